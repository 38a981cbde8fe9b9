"""Records as they once stood, from the journal alone."""

import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotFound
from core.model.activities import Activity
from core.model.dates import PartialDate
from core.model.finding import Find, Then
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from core.model.people import Unit
from core.ports import Reading, Record
from db.store import SqliteStore, open_store
from tests.laws import examples

EDIT = ActDraft("修改", "李四")
KINDS = (Organization, Unit)
QUERIES = (
    (Organization, Find(order="members", descending=True)),
    (Organization, Find(equal=(("members", 1), ("community_id", None)), order="name", limit=2)),
    (Unit, Find(order="position")),
    (
        Unit,
        Find(equal=(("plan_handed_in_on", PartialDate(2025, 2)),), order="name", descending=True, offset=1),
    ),
)


@dataclass(frozen=True)
class Step:
    """One thing that an act does: to which record, in the order of making, with which value."""

    kind: type[Any]
    at: int
    does: str
    value: int


STEPS = st.builds(
    Step,
    st.sampled_from(KINDS),
    st.integers(0, 3),
    st.sampled_from(("add", "change", "change", "remove", "back")),
    st.integers(0, 3),
)
ACTS = st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=1, max_size=8)


def blank(records: tuple[Record, ...]) -> tuple[Record, ...]:
    return tuple(
        replace(each, search_key="", **({"sort_key": ""} if isinstance(each, Organization) else {}))  # type: ignore[type-var]
        for each in records
    )


def changed(record: Any, value: int) -> Any:
    if isinstance(record, Organization):
        return replace(record, members=value or None, phones=(str(value),) * value, search_key=str(value))
    return replace(record, position=value or None, plan_handed_in_on=PartialDate(2025, value), search_key="x")


def do(store: SqliteStore, steps: list[Step], bin_: dict[str, Record]) -> None:
    with store.writing(EDIT) as unit:
        for step in steps:
            present = unit.all(step.kind)
            if step.does == "add":
                unit.add([changed(step.kind(new_id(), f"第{step.value}个"), step.value)])
            elif step.does == "back" and (gone := [e for e in bin_.values() if type(e) is step.kind]):
                record = gone[step.at % len(gone)]
                unit.add([replace(record, version=record.version + 1)])  # type: ignore[type-var]
                del bin_[record.id]
            elif present:
                record = present[step.at % len(present)]
                if step.does == "remove":
                    unit.remove([record])
                    bin_[record.id] = replace(record, version=record.version + 1)
                else:
                    unit.change([changed(record, step.value)])


def seen(unit: Reading) -> dict[type[Any], tuple[Record, ...]]:
    return {kind: blank(unit.all(kind)) for kind in KINDS}


def found(unit: Reading, since: int | None = None) -> list[tuple[str, ...]]:
    """What the queries find now, or found after an act."""
    if since is None:
        return [unit.find(kind, query) for kind, query in QUERIES]
    return [unit.find(kind, query, then(unit, kind, since, None)) for kind, query in QUERIES]


def found_by_fields(unit: Reading, since: int) -> list[tuple[str, ...]]:
    """As `found`, but only changes of what the queries ask for count."""
    asked = [frozenset((query.order, *dict(query.equal), *dict(query.among))) for _, query in QUERIES]
    return [
        unit.find(kind, query, then(unit, kind, since, fields))
        for (kind, query), fields in zip(QUERIES, asked, strict=True)
    ]


def then(unit: Reading, kind: type[Record], since: int, fields: frozenset[str] | None) -> Then:
    touched, changed = unit.touched_since(kind, since, fields)
    assert changed <= touched
    # Both ways: as the journal says again, and as it was said.
    return Then(since, unit.as_of(kind, since, sorted(changed)), fields, touched if since % 2 else None)


@settings(max_examples=examples(25))
@given(acts=ACTS)
def test_as_of_an_act_is_what_was_read_after_it(
    tmp_path_factory: pytest.TempPathFactory, empty_store: Path, acts: list[list[Step]]
) -> None:
    path = Path(shutil.copy(empty_store, tmp_path_factory.mktemp("past")))
    read: dict[int, dict[type[Any], tuple[Record, ...]]] = {0: dict.fromkeys(KINDS, ())}
    answers: dict[int, list[tuple[str, ...]]] = {0: [()] * len(QUERIES)}
    removed: dict[str, Record] = {}
    with closing(open_store(path)) as store:
        for steps in acts:
            do(store, steps, removed)
            with store.reading() as unit:
                newest = unit.acts(1)
                number = newest[0].number if newest else 0
                read[number], answers[number] = seen(unit), found(unit)
    with closing(open_store(path)) as store, store.reading() as unit:
        for number, records in read.items():
            assert {kind: unit.as_of(kind, number) for kind in KINDS} == records
            for kind in KINDS:
                some = [each.id for each in records[kind]][::2]
                assert [each.id for each in unit.as_of(kind, number, some)] == some
                with patch("db.past._MANY", 0):
                    assert [each.id for each in unit.as_of(kind, number, some)] == some
            assert found(unit, number) == answers[number]
            assert found_by_fields(unit, number) == answers[number]
        assert {change.record_id for _, change in unit.removed()} == set(removed)
        assert store.check().faults == ()


def test_a_change_knows_the_whole_record_before_and_after_it(store: SqliteStore) -> None:
    organization = Organization(new_id(), "示例合唱团", members=30, search_key="shili", sort_key="sl")
    with store.writing(ActDraft("新增", "张三")) as unit:
        unit.add([organization])
    with store.writing(EDIT) as unit:
        unit.change([replace(organization, members=31)])
        unit.change([replace(organization, members=32, version=2)])
    with store.writing(ActDraft("删除", "王五")) as unit:
        unit.remove([replace(organization, members=32, version=3)])
    kept = replace(organization, search_key="", sort_key="")
    with store.reading() as unit:
        made, (first, second), (gone,) = unit.changes(1), unit.changes(2), unit.changes(3)
        assert (unit.before(made[0]), unit.after(made[0])) == (None, kept)
        assert unit.before(first) == kept
        assert unit.after(first) == unit.before(second) == replace(kept, members=31, version=2)
        assert (unit.before(gone), unit.after(gone)) == (replace(kept, members=32, version=3), None)
        assert [change.record_id for _, change in unit.removed()] == [organization.id]
        assert tuple(unit.overtaken(1)) == made
        assert tuple(unit.overtaken(3)) == ()
        assert unit.touched(3) == {"organizations"}


def test_a_record_removed_before_its_kind_got_new_fields_comes_back_with_their_defaults(
    store: SqliteStore,
) -> None:
    activity = Activity(new_id(), "", "邻里节")
    with store.writing(EDIT) as unit:
        unit.add([activity])
    with store.writing(EDIT) as unit:
        unit.remove([activity])
        said = "json_remove(before, '$.volunteers', '$.series', '$.remarks')"
        unit._connection.exec_driver_sql("DROP TRIGGER changes_refuse_update")  # type: ignore[attr-defined]
        unit._connection.exec_driver_sql(  # type: ignore[attr-defined]
            f"UPDATE changes SET before = json_set({said}, '$.gone', 1) WHERE after IS NULL"
        )
    with store.reading() as unit:
        assert unit.as_of(Activity, 1) == (activity,)


def test_a_record_that_came_back_stood_in_the_past_with_its_defaults(store: SqliteStore) -> None:
    first = Organization(new_id(), "示例合唱团", search_key="k", sort_key="s")
    came_back = replace(first, version=3, members=30, phones=("13800000000",), tags=("示范",))
    with store.writing(EDIT) as unit:
        unit.add([first])
    with store.writing(EDIT) as unit:
        unit.remove([first])
    with store.writing(EDIT) as unit:
        unit.add([came_back])
    with store.reading() as unit:
        stood = [unit.as_of(Organization, number) for number in range(4)]
        assert stood == [(), blank((first,)), (), blank((came_back,))]
        assert unit.as_of(Organization, 1, [first.id]) == blank((first,))


def test_the_last_act_until_a_moment_goes_by_number_and_knows_offsets(store_path: Path) -> None:
    hours = iter((8, 10, 9, 12))
    china = timezone(timedelta(hours=8))
    with closing(open_store(store_path, lambda: datetime(2026, 1, 8, next(hours), tzinfo=china))) as store:
        for name in "甲乙丙丁":
            with store.writing(EDIT) as unit:
                unit.add([Unit(new_id(), name)])
        with store.reading() as unit:
            at = [unit.last_act_until(datetime(2026, 1, 8, hour, tzinfo=china)) for hour in range(7, 13)]
            assert at == [0, 1, 3, 3, 3, 4]
            assert unit.last_act_until(datetime(2026, 1, 8, 4, tzinfo=UTC)) == 4
            assert unit.last_act_until(datetime(2026, 1, 8, 0, tzinfo=UTC)) == 1


def test_an_act_may_stand_in_the_log_without_changes(store: SqliteStore) -> None:
    with store.writing(ActDraft("查看号码", "张三", "示例合唱团 联系电话", keep=True)):
        pass
    with store.reading() as unit:
        act = unit.act(1)
        assert (act.verb, act.reason, act.change_count) == ("查看号码", "示例合唱团 联系电话", 0)
        assert unit.changes(1) == ()
        with pytest.raises(NotFound) as caught:
            unit.act(2)
    assert caught.value.code == "act_missing"
    with pytest.raises(RuntimeError), store.writing(ActDraft("查看号码", "张三", keep=True)):
        raise RuntimeError
    with store.reading() as unit:
        assert len(unit.acts()) == 1
