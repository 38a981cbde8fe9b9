"""The desk of the roster's list: what is found in which order, rows, what stands around, as of a day."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from core.model.identity import new_id
from core.model.organization import Organization, Standing, Status
from core.model.register import Register, RosterQuery
from core.model.register_changes import BulkChange, BulkField
from core.rules.roster_order import in_order, placed, plain
from core.services.services import Services

GRADES = ("优秀", "良好", "合格")


@pytest.fixture
def register(sample: Services) -> Register:
    return sample.register.register()


def test_rows_of_all_that_is_found_are_the_register(sample: Services, register: Register) -> None:
    ids = sample.roster.find(RosterQuery())
    assert sample.roster.rows(ids) == register.organizations
    assert sample.roster.rows(("none", ids[3], ids[1])) == (
        register.organizations[3],
        register.organizations[1],
    )


@pytest.mark.parametrize(
    ("field", "of"),
    [
        ("category_id", lambda row: row.organization.category_id),
        ("community_id", lambda row: row.organization.community_id),
        ("status", lambda row: row.organization.status),
        ("previous_grade", lambda row: row.organization.previous_grade),
        ("work_group_id", lambda row: row.work_group_id),
    ],
)
def test_each_filter_keeps_the_order_and_combines_with_words_and_limit(
    sample: Services, register: Register, field: str, of
) -> None:
    rows = register.organizations
    for value in {of(row) for row in rows}:
        same = [row for row in rows if of(row) == value]
        query = RosterQuery(equal=((field, value),))
        assert sample.roster.find(query) == tuple(row.id for row in same)
        assert sample.roster.find(query, 2) == tuple(row.id for row in same[:2])
        named = tuple(row.id for row in same if "志愿" in row.organization.search_key)
        assert sample.roster.find(replace(query, words="志愿")) == named


@pytest.mark.parametrize(
    ("order", "of"),
    [
        ("sort_key", lambda row, _: row.organization.sort_key),
        ("community_id", lambda row, at: at(row.organization.community_id)),
        ("category_id", lambda row, at: at(row.organization.category_id)),
        ("work_group_id", lambda row, at: at(row.work_group_id)),
        ("standing", lambda row, _: list(Standing).index(row.organization.standing)),
        ("members", lambda row, _: row.organization.members),
        ("founded_on", lambda row, _: row.organization.founded_on),
        ("number", lambda row, _: row.organization.credit_code or row.organization.filing_number or None),
        (
            "previous_grade",
            lambda row, _: (
                GRADES.index(row.organization.previous_grade)
                if row.organization.previous_grade in GRADES
                else None
            ),
        ),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_orders_go_both_ways_and_what_has_no_value_comes_last(
    sample: Services, register: Register, order: str, of, descending: bool
) -> None:
    places = (*register.communities, *register.categories, *register.work_groups)
    place_of = {each.id: place for place, each in enumerate(places)}
    ids = sample.roster.find(RosterQuery(order=order, descending=descending, grades=GRADES))
    keys = [of(row, place_of.get) for row in sample.roster.rows(ids)]
    known = [key for key in keys if key is not None]
    assert keys == sorted(known, reverse=descending) + [None] * (len(keys) - len(known))
    assert set(ids) == {row.id for row in register.organizations} and len(set(keys)) > 1


def test_order_rules_leave_equals_as_they_stand() -> None:
    rows = [("a", "二"), ("b", ""), ("c", "一"), ("d", "二"), ("e", "三")]
    assert in_order(rows, placed("一二"), descending=False) == ("c", "a", "d", "b", "e")
    assert in_order(rows, placed("一二"), descending=True) == ("a", "d", "c", "b", "e")
    assert [plain(each) for each in (0, "", None, (), "字")] == [0, None, None, None, "字"]


def test_frame_counts_what_is_listed(sample: Services, register: Register) -> None:
    kept, duplicate = register.organizations[0].id, new_id()
    sample.register.save_form(Organization(duplicate, "另一条记录"), None)
    tagged = replace(register.organizations[2].organization, tags=("3+", "示范"))
    sample.register.save_form(tagged, None)
    sample.register.merge(kept, duplicate)
    frame = sample.roster.frame()
    rows = sample.register.register().organizations
    assert frame.total == len(rows) == 60
    assert frame.communities == register.communities and frame.categories == register.categories
    assert frame.tags == ("3+", "示范")
    assert set(frame.grades) == {row.organization.previous_grade for row in rows}
    active = sum(count for (*_place, status), count in frame.counts.items() if status is Status.ACTIVE)
    assert active == sum(row.organization.status is Status.ACTIVE for row in rows)
    assert sample.roster.present([kept, duplicate]) == {kept} and sample.roster.present([]) == frozenset()


def test_roster_of_a_past_day_is_found_as_it_stood(
    sample: Services, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample.store, "_clock", datetime(2090, 3, 1, 9, 0).astimezone)
    first = register.organizations[0].organization
    sample.register.save_form(replace(first, name="丙社区改名志愿队", previous_grade=""), None)
    sample.register.save_form(Organization(new_id(), "后来的志愿队"), None)
    day = RosterQuery(day=date(2090, 2, 28))
    assert [row.id for row in sample.roster.rows(sample.roster.find(day), day.day)] == [
        row.id for row in register.organizations
    ]
    found = sample.roster.find(replace(day, words=first.name))
    assert [row.organization.name for row in sample.roster.rows(found, day.day)] == [first.name]
    assert sample.roster.find(replace(day, words="改名")) == ()
    for order in ("sort_key", "principal"):
        now = RosterQuery(order=order)
        names = [row.organization.name for row in sample.roster.rows(sample.roster.find(now))]
        then = sample.roster.find(replace(now, day=day.day))
        past = [row.organization.name for row in sample.roster.rows(then, day.day)]
        assert len(past) == 60 and [name for name in past if name in names] == [
            name for name in names if name in past
        ]
    assert sample.roster.frame(day.day).total == 60 and sample.roster.frame().total == 61


def test_a_namesake_is_another_one_of_the_same_name(sample: Services, register: Register) -> None:
    first = register.organizations[0].organization
    assert sample.roster.namesake(first) is None
    twin = sample.roster.namesake(Organization("new", f" {first.name} "))
    assert twin is not None and twin.id == first.id and twin.community == "松枫社区"
    assert sample.roster.namesake(Organization("new", first.name[:-1])) is None


def test_figures_count_what_the_register_holds_whatever_was_done(sample: Services) -> None:
    """Moved, cancelled, merged, without phone, category or standing, removed, added; then all taken back."""
    rows = sample.register.register().organizations
    groups = sample.register.register().work_groups
    newcomer = Organization(new_id(), "新来的合唱团")

    def is_counted() -> bool:
        register, figures = sample.register.register(), sample.register.figures()
        organizations = [each.organization for each in register.organizations]
        by_group = Counter(each.work_group_id for each in register.organizations)
        for group in ("", *(each.id for each in register.work_groups)):
            found = sample.roster.find(RosterQuery(equal=(("work_group_id", group),)))
            assert found == tuple(each.id for each in register.organizations if each.work_group_id == group)
        return (
            (figures.communities, figures.categories, figures.work_groups)
            == (register.communities, register.categories, register.work_groups)
            and figures.total == len(organizations)
            and figures.of_standing == Counter(each.standing for each in organizations)
            and figures.of_status == Counter(each.status for each in organizations)
            and figures.in_category == Counter(each.category_id for each in organizations)
            and Counter(sample.roster.group_sizes().in_group) == by_group
            and figures.unreachable == tuple(each.name for each in organizations if not each.phones)
            and figures.unclassed == tuple(each.name for each in organizations if not each.category_id)
        )

    acts: list[Callable[[], object]] = [
        lambda: sample.register.move([rows[0].id, rows[1].id], groups[5].id),
        lambda: sample.register.bulk_change([rows[1].id], BulkChange(BulkField.STATUS, Status.DEREGISTERED)),
        lambda: sample.register.save_form(newcomer, None),
        lambda: sample.register.move([newcomer.id], groups[1].id),
        lambda: sample.register.merge(rows[2].id, newcomer.id),
        lambda: sample.register.save_form(
            replace(rows[4].organization, phones=(), category_id=None, standing=None), None
        ),
        lambda: sample.register.save_form(Organization(new_id(), "另一个合唱团"), None),
    ]
    assert is_counted()
    for act in acts:
        act()
        assert is_counted()
    assert len(sample.register.figures().unreachable) > 0
    for act in sample.register.acts(len(acts)):
        sample.versions.undo(act.number)
        assert is_counted()
