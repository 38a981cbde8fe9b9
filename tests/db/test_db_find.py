"""What the store finds: words in search keys, equal fields, order, windows."""

from dataclasses import replace

import pytest

from core.model.activities import Activity
from core.model.dates import PartialDate
from core.model.finding import Find
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db.store import SqliteStore

ADD = ActDraft("新增", "张三")


@pytest.fixture
def activities(store: SqliteStore) -> list[Activity]:
    organization = Organization(new_id(), "示例合唱团")
    said = [
        ("重阳敬老 100%", PartialDate(2025, 10, 29)),
        ("重阳登高_一", None),
        ("邻里节", PartialDate(2025, 10)),
        ("重阳登高a一", PartialDate(2025, 10, 29)),
    ]
    made = [
        Activity(new_id(), organization.id, title, held_on, search_key=f"{title}\nshili")
        for title, held_on in said
    ]
    with store.writing(ADD) as unit:
        unit.add([organization, *made, Activity(new_id(), "", "无主的", search_key="")])
    return made


def titles(store: SqliteStore, query: Find) -> list[str]:
    with store.reading() as unit:
        return [each.title for each in unit.some(Activity, unit.find(Activity, query))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), 5),
        (("重阳",), 3),
        (("重阳", "shili"), 3),
        (("重阳", "邻里"), 0),
        (("0%",), 1),
        (("%",), 1),
        (("高_一",), 1),
        (("\\",), 0),
        (("/",), 0),
    ],
)
def test_every_word_must_stand_in_the_search_key_as_it_is(
    store: SqliteStore, activities: list[Activity], words: tuple[str, ...], found: int
) -> None:
    assert len(titles(store, Find(words))) == found


def test_order_is_by_field_then_by_making_and_what_has_no_value_comes_first(
    store: SqliteStore, activities: list[Activity]
) -> None:
    ordered = ["重阳登高_一", "无主的", "邻里节", "重阳敬老 100%", "重阳登高a一"]
    assert titles(store, Find(order="held_on")) == ordered
    assert titles(store, Find(order="held_on", descending=True)) == ordered[::-1]


def test_a_window_is_part_of_the_whole(store: SqliteStore, activities: list[Activity]) -> None:
    whole = titles(store, Find(order="title"))
    assert titles(store, Find(order="title", limit=2)) == whole[:2]
    assert titles(store, Find(order="title", limit=2, offset=4)) == whole[4:]
    assert titles(store, Find(order="title", offset=3)) == whole[3:]


def test_equal_takes_values_of_the_model(store: SqliteStore, activities: list[Activity]) -> None:
    day = Find(equal=(("held_on", PartialDate(2025, 10, 29)),))
    assert titles(store, day) == ["重阳敬老 100%", "重阳登高a一"]
    assert titles(store, Find(equal=(("organization_id", ""),))) == ["无主的"]
    both = replace(day, words=("登高",))
    assert titles(store, both) == ["重阳登高a一"]


def test_among_takes_any_of_several_values_of_the_model(
    store: SqliteStore, activities: list[Activity]
) -> None:
    day, month = PartialDate(2025, 10, 29), PartialDate(2025, 10)
    assert titles(store, Find(among=(("held_on", (day, month)),))) == [
        "重阳敬老 100%",
        "邻里节",
        "重阳登高a一",
    ]
    assert titles(store, Find(words=("邻里",), among=(("held_on", (day,)),))) == []
    assert titles(store, Find(among=(("held_on", ()),))) == []


def test_values_are_fields_of_what_is_found_as_the_model_has_them(
    store: SqliteStore, activities: list[Activity]
) -> None:
    query = Find(words=("重阳",), order="title", limit=2)
    with store.reading() as unit:
        assert unit.values(Activity, ("title", "held_on"), query) == (
            ("重阳敬老 100%", PartialDate(2025, 10, 29)),
            ("重阳登高_一", None),
        )
        assert unit.values(Activity, ("title",), Find(words=("无此",))) == ()


def test_tally_counts_what_is_found_by_values_of_the_model(
    store: SqliteStore, activities: list[Activity]
) -> None:
    with store.reading() as unit:
        assert unit.tally(Activity, ("held_on",), Find(words=("重阳",))) == {
            (PartialDate(2025, 10, 29),): 2,
            (None,): 1,
        }
        assert sum(unit.tally(Activity, ("organization_id", "series"), Find()).values()) == 5
        assert unit.tally(Activity, ("held_on",), Find(words=("无此",))) == {}


def test_some_keeps_the_order_that_was_asked_for_and_leaves_out_what_is_gone(
    store: SqliteStore, activities: list[Activity]
) -> None:
    first, second, *_ = activities
    with store.reading() as unit:
        assert unit.some(Activity, [second.id, "none", first.id]) == (second, first)
        assert unit.some(Activity, []) == ()


def test_finding_in_the_order_of_the_list_needs_no_look_at_the_rows(store: SqliteStore) -> None:
    asked: list[str] = []
    with store.reading() as unit:
        raw = unit._connection.connection.dbapi_connection  # type: ignore[attr-defined]
        raw.set_trace_callback(asked.append)
        unit.find(Activity, Find(("重阳",), order="held_on", descending=True, limit=100))
        raw.set_trace_callback(None)
        (query,) = [each for each in asked if "ORDER BY" in each]
        plan = raw.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert [row[-1] for row in plan] == ["SCAN activities USING COVERING INDEX ix_activities_found"]
