"""Undo, redo, bin and views of a day, over real stores that are closed and opened in between."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import AccessDenied, AppError, RuleViolation
from core.model.activities import Activity, Income, Training
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Assignment, Category, Community, Organization, Status, WorkGroup
from core.model.people import Person
from core.model.user import Role, Session
from core.ports import Store
from core.rules.undoing import role_to_undo
from core.services.services import Services
from core.services.versions import VersionService
from db.store import SqliteStore, open_store
from tests.laws import examples

EDIT = ActDraft("修改", "李四")
NOW = datetime(2026, 1, 8, 9, 30)
KINDS = (Community, Organization, Activity)


def versions_of(store: Store) -> VersionService:
    return VersionService(store, Session.alone("张三"), lambda: NOW)


def written(store: Store, write: Callable[[Any], None], verb: str = "修改") -> int:
    """Do something as an act; its number."""
    with store.writing(ActDraft(verb, "李四")) as work:
        write(work)
    with store.reading() as view:
        return view.acts(1)[0].number


def an_organization(**changes: Any) -> Organization:
    return replace(Organization(new_id(), "夕阳红合唱团"), **changes)


@pytest.fixture
def store(empty_store: Path, tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(open_store(Path(shutil.copy(empty_store, tmp_path)))) as opened:
        yield opened


@pytest.fixture
def versions(store: SqliteStore) -> VersionService:
    return versions_of(store)


def code_of(do: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(AppError) as caught:
        do()
    return caught.value.code, caught.value.message_zh + caught.value.remedy_zh


def test_undo_puts_back_what_an_act_changed_and_redo_does_it_again(
    store: SqliteStore, versions: VersionService
) -> None:
    community, organization = Community(new_id(), "东街社区"), an_organization(principal="王五")
    written(store, lambda work: work.add([community, organization]), "导入名册")
    edited = replace(organization, principal="赵六", community_id=community.id)
    number = written(store, lambda work: work.change([edited]))
    undone = versions.undo(number, "录错了")
    assert (undone.number, undone.verb, undone.actor) == (3, "撤销：修改", "张三")
    assert (undone.reason, undone.change_count) == ("第 2 号操作；录错了", 1)
    with store.reading() as view:
        back = view.get(Organization, organization.id)
        assert (back.principal, back.community_id, back.version) == ("王五", None, 3)
        assert "xiyanghong" in back.search_key
        assert "dongjie" not in back.search_key
        assert back.sort_key
    redone = versions.redo(undone.number)
    assert redone.verb == "重做：修改"
    with store.reading() as view:
        again = view.get(Organization, organization.id)
        assert (again.principal, again.community_id, again.version) == ("赵六", community.id, 4)
        assert "dongjie" in again.search_key
    assert versions.undo(redone.number).verb == "撤销：修改"
    assert code_of(lambda: versions.redo(number))[0] == "redo_never"
    assert code_of(lambda: versions.undo(99))[0] == "act_missing"


def test_a_later_change_stands_in_the_way_until_it_is_undone(
    store: SqliteStore, versions: VersionService
) -> None:
    organization = an_organization(members=30)
    added = written(store, lambda work: work.add([organization]), "新增")
    first = written(store, lambda work: work.change([replace(organization, members=31)]))
    second = written(
        store, lambda work: work.change([replace(organization, volunteers=9, version=2)]), "补充"
    )
    for number in (added, first):
        code, message = code_of(lambda number=number: versions.undo(number))
        assert code == "undo_blocked"
        assert f"第 {second} 号操作“补充”（李四，" in message
        assert f"请先撤销第 {second} 号操作" in message
    assert [each.can_undo for each in versions.undoable()] == [True, False, False]
    assert "第 3 号操作" in versions.undoable()[1].why_not
    versions.undo(second)
    versions.undo(first)
    versions.undo(added)
    with store.reading() as view:
        assert view.count(Organization) == 0


def test_an_act_undone_before_is_not_undone_twice(store: SqliteStore, versions: VersionService) -> None:
    number = written(store, lambda work: work.add([an_organization()]))
    undone = versions.undo(number)
    code, message = code_of(lambda: versions.undo(number))
    assert code == "undo_blocked"
    assert f"第 {undone.number} 号操作“撤销：修改”" in message


def test_a_removed_record_comes_back_with_its_version_counted_on(
    store: SqliteStore, versions: VersionService
) -> None:
    person, organization = Person(new_id(), "王老师"), an_organization()
    training = Training(new_id(), "财务培训", teacher_id=person.id)
    income = Income(new_id(), organization.id, amount=40_000_00, purpose="活动经费")
    written(store, lambda work: work.add([person, organization, training, income]))
    removed = written(store, lambda work: work.remove([training, person, income]), "删除")
    versions.undo(removed)
    with store.reading() as view:
        again = view.get(Training, training.id)
        assert (replace(again, search_key=""), again.version) == (replace(training, version=3), 3)
        assert "caiwupeixun" in again.search_key
        assert "王老师" in again.search_key
        assert view.get(Income, income.id).amount == 40_000_00
    assert store.check().faults == ()


def test_undo_that_would_break_a_reference_is_refused_in_words(
    store: SqliteStore, versions: VersionService
) -> None:
    organization = an_organization()
    added = written(store, lambda work: work.add([organization]), "新增")
    written(store, lambda work: work.add([Activity(new_id(), organization.id, "邻里节")]), "记活动")
    code, message = code_of(lambda: versions.undo(added))
    assert code == "undo_blocked"
    assert f"第 {added} 号操作“新增”" in message
    with store.reading() as view:
        assert view.count(Organization) == 1
        assert len(view.acts()) == 2


def test_what_is_never_undone_says_why(sample: Services) -> None:
    versions = versions_of(sample.store)
    sample.assessments.compute(2025)
    computed = sample.register.acts(1)[0]
    assert code_of(lambda: versions.undo(computed.number)) == (
        "undo_never",
        "计算可以随时重做，不用撤销。",
    )
    assert code_of(lambda: versions.undo(1))[0] == "undo_never"
    with sample.store.writing(ActDraft("查看号码", "李四", "夕阳红 联系电话", keep=True)):
        pass
    looked = sample.register.acts(1)[0]
    assert code_of(lambda: versions.undo(looked.number))[0] == "undo_never"
    assert [each.can_undo for each in versions.undoable(2)] == [False, False]


def test_derived_keys_alone_do_not_stand_in_the_way(store: SqliteStore, versions: VersionService) -> None:
    organization = an_organization()
    number = written(store, lambda work: work.add([organization]))
    written(store, lambda work: work.change([replace(organization, search_key="neu")]))
    versions.undo(number)
    with store.reading() as view:
        assert view.count(Organization) == 0


def test_an_act_that_left_everything_as_it_was_has_nothing_to_undo(
    store: SqliteStore, versions: VersionService
) -> None:
    def add_and_remove(work: Any) -> None:
        work.add([organization := an_organization()])
        work.remove([organization])

    number = written(store, add_and_remove)
    assert code_of(lambda: versions.undo(number))[0] == "undo_never"
    with store.reading() as view:
        assert len(view.acts()) == 1


def test_the_bin_shows_removed_records_and_brings_them_back_with_what_belongs_to_them(
    store: SqliteStore, versions: VersionService
) -> None:
    category = Category(new_id(), 1, "文化体育类")
    group = WorkGroup(new_id(), category.id, "文化体育推进组")
    organizations = [an_organization(), an_organization(name="太极队")]
    assignments = [Assignment(new_id(), each.id, group.id, "2026-01-08") for each in organizations]
    activity = Activity(new_id(), organizations[0].id, "邻里节")
    written(store, lambda work: work.add([category, group, *organizations, *assignments, activity]))
    gone = [*organizations, *assignments, activity]
    removed = written(store, lambda work: work.remove(gone), "删除组织")
    entries = versions.bin()
    assert sorted((each.label, each.title) for each in entries) == [
        ("社会组织", "夕阳红合唱团"),
        ("社会组织", "太极队"),
    ]
    assert {each.act.number for each in entries} == {removed}
    versions.restore(removed, organizations[0].id)
    with store.reading() as view:
        assert [each.name for each in view.all(Organization)] == ["夕阳红合唱团"]
        assert [each.organization_id for each in view.all(Assignment)] == [organizations[0].id]
        assert view.get(Activity, activity.id).version == 3
        act = view.acts(1)[0]
    assert (act.verb, act.actor) == ("从回收站恢复", "张三")
    assert [each.title for each in versions.bin()] == ["太极队"]
    assert code_of(lambda: versions.restore(removed, organizations[0].id))[0] == "not_in_bin"
    versions.undo(act.number)
    assert [each.title for each in versions.bin()] == ["夕阳红合唱团", "太极队"]
    assert store.check().faults == ()


def test_a_record_whose_community_is_gone_for_good_is_not_restored(
    store: SqliteStore, versions: VersionService
) -> None:
    community = Community(new_id(), "东街社区")
    organization = an_organization(community_id=community.id)
    written(store, lambda work: work.add([community, organization]))
    first = written(store, lambda work: work.remove([organization]), "删除")
    written(store, lambda work: work.remove([community]), "删除")
    code, message = code_of(lambda: versions.restore(first, organization.id))
    assert code == "undo_blocked"
    assert "引用" in message


def test_register_as_of_a_day(empty_store: Path, tmp_path: Path) -> None:
    path, days = Path(shutil.copy(empty_store, tmp_path)), iter(range(100))
    start = datetime(2025, 12, 30, 10).astimezone()
    with closing(open_store(path, lambda: start + timedelta(days=next(days)))) as store:
        community, organization = Community(new_id(), "东街社区"), an_organization()
        activity = Activity(new_id(), organization.id, "邻里节")
        written(store, lambda work: work.add([community, organization, activity]))
        ended = replace(organization, status=Status.DEREGISTERED, name="新名", community_id=community.id)
        written(store, lambda work: work.change([ended, replace(community, name="西街社区")]))
        written(store, lambda work: work.remove([activity]))
        versions = versions_of(store)
        assert versions.register_as_of(date(2025, 12, 29)).organizations == ()
        (row,) = versions.register_as_of(date(2025, 12, 30)).organizations
        assert (row.organization.name, row.organization.status, row.community) == (
            "夕阳红合唱团",
            Status.ACTIVE,
            "",
        )
        assert "xiyanghong" in row.organization.search_key
        (row,) = versions.register_as_of(date(2025, 12, 31)).organizations
        assert (row.organization.name, row.community) == ("新名", "西街社区")


def test_the_history_of_a_ledger_record_is_told_in_its_words(
    store: SqliteStore, versions: VersionService
) -> None:
    unit_person = Person(new_id(), "王老师", phones=("13800000104",), id_number="11010519491231002X")
    organization = an_organization(tags=("3+社区",), merged_into="")
    income = Income(new_id(), organization.id, amount=40_000_00, purpose="活动经费")
    written(store, lambda work: work.add([unit_person, organization, income]), "新增")
    lines = {line.field: line.new for line in versions.history(unit_person.id)}
    assert lines == {
        "姓名": "王老师",
        "联系电话": "138****0104",
        "居民身份证号": "110105********002X",
    }
    lines = {line.field: line.new for line in versions.history(income.id)}
    assert lines == {"社会组织": "夕阳红合唱团", "金额": "40,000.00元", "用途": "活动经费"}
    assert {line.field: line.new for line in versions.history(organization.id)}["标签"] == "3+社区"


@contextmanager
def reopened(path: Path) -> Iterator[tuple[SqliteStore, VersionService]]:
    with closing(open_store(path)) as store:
        yield store, versions_of(store)


def contents(store: SqliteStore) -> dict[type[Any], list[Any]]:
    """All records without versions and derived fields, which undoing makes anew."""
    with store.reading() as view:
        newest = view.acts(1)
        number = newest[0].number if newest else 0
        return {kind: [replace(each, version=1) for each in view.as_of(kind, number)] for kind in KINDS}


Steps = list[tuple[str, int, int]]
DOES = st.sampled_from(("add", "change", "change", "remove"))
ACTS = st.lists(
    st.lists(st.tuples(DOES, st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=4),
    min_size=1,
    max_size=7,
)


def act_out(store: SqliteStore, steps: Steps) -> None:
    """Do some steps as one act; what exists decides what a step can do."""
    with store.writing(EDIT) as work:
        for does, at, value in steps:
            organizations, activities = work.all(Organization), work.all(Activity)
            if does == "add" and (at % 2 or not organizations):
                work.add([an_organization(name=f"第{value}合唱团")])
            elif does == "add":
                owner = organizations[at % len(organizations)]
                work.add([Activity(new_id(), owner.id, f"第{value}次活动", visits=value)])
            elif does == "remove" and activities:
                work.remove([activities[at % len(activities)]])
            elif does == "change" and organizations:
                record = organizations[at % len(organizations)]
                work.change([replace(record, members=value, phones=(str(value),) * value)])


@settings(max_examples=examples(20))
@given(acts=ACTS)
def test_undoing_everything_newest_first_leads_back_to_the_start(
    tmp_path_factory: pytest.TempPathFactory, empty_store: Path, acts: list[Steps]
) -> None:
    path = Path(shutil.copy(empty_store, tmp_path_factory.mktemp("undo")))
    with reopened(path) as (store, _):
        for steps in acts:
            act_out(store, steps)
        with store.reading() as view:
            numbers = [act.number for act in view.acts()]
    with reopened(path) as (store, versions):
        for number in numbers:
            with suppress_never():
                versions.undo(number)
        assert contents(store) == {kind: [] for kind in KINDS}
        assert store.check().faults == ()


@settings(max_examples=examples(20))
@given(acts=ACTS, choice=st.integers(0, 6))
def test_undo_and_redo_change_nothing_and_a_refusal_names_a_later_act(
    tmp_path_factory: pytest.TempPathFactory, empty_store: Path, acts: list[Steps], choice: int
) -> None:
    path = Path(shutil.copy(empty_store, tmp_path_factory.mktemp("redo")))
    with reopened(path) as (store, _):
        for steps in acts:
            act_out(store, steps)
        full = contents(store)
        with store.reading() as view:
            count = len(view.acts())
    if not count:
        return
    number = choice % count + 1
    with reopened(path) as (store, versions):
        try:
            undone = versions.undo(number)
        except RuleViolation as error:
            named = [int(found) for found in re.findall(r"第 (\d+) 号操作", error.message_zh)]
            assert error.code == "undo_never" or named[0] == number
            assert all(number < each <= count for each in named[1:])
            assert contents(store) == full
            return
    with reopened(path) as (store, versions):
        versions.redo(undone.number)
        assert contents(store) == full
        assert store.check().faults == ()


@contextmanager
def suppress_never() -> Iterator[None]:
    """An act that left everything as it was, say by adding and removing, has nothing to undo."""
    try:
        yield
    except RuleViolation as error:
        assert error.code == "undo_never"


def test_what_somebody_else_did_takes_the_role_that_checks(store: SqliteStore) -> None:
    def session(name: str, *roles: Role) -> VersionService:
        return VersionService(store, Session(name, frozenset(roles)), lambda: NOW)

    number = written(store, lambda work: work.add([an_organization()]))
    (line,) = session("张三", Role.ENTER).undoable(1)
    assert line.why_not == f"第 {number} 号操作“修改”是“李四”做的，要撤销它，须由本人或审核员来做。"
    with pytest.raises(AccessDenied, match="须由本人或审核员来做"):
        session("张三", Role.ENTER).undo(number)
    undone = session("李四", Role.ENTER).undo(number)
    assert session("王五", Role.CHECK).redo(undone.number).verb == "重做：修改"
    assert role_to_undo({"offices"}) is Role.ADMIN
