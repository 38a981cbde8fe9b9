"""The index beside the store: it finds what looking at every record finds, whatever was done to them."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.activities import Activity
from core.model.finding import Find, Then
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db import sqlite_grams
from db.sqlite_engine import connect
from db.store import SqliteStore, open_store
from db.units import ReadingUnit
from tests.laws import ON_A_FIXTURE, examples

DONE = ActDraft("改动", "张三")
MARKS = '\t\n团队义诊龘ab1%_"\\ 𬭎'
KEYS = st.text(MARKS, max_size=8)
WORDS = st.lists(st.text(MARKS + "AZ*", min_size=1, max_size=5), min_size=1, max_size=2)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few records are indexed too, in many portions."""
    monkeypatch.setattr(sqlite_grams, "LEAST", 1)
    monkeypatch.setattr(sqlite_grams, "_PORTION", 3)


def activity(key: str) -> Activity:
    return Activity(new_id(), "", key, search_key=key)


def add(store: SqliteStore, *keys: str) -> list[Activity]:
    made = [activity(key) for key in keys]
    with store.writing(DONE) as unit:
        unit.add(made)
    return made


def caught_up(store: SqliteStore) -> None:
    """The index knows all that the store holds."""
    with store.reading() as unit:
        unit.find(Activity, Find(("何",)))
    store.index.wait()


def found(store: SqliteStore, *words: str, then: Then | None = None) -> list[str]:
    with store.reading() as unit:
        return [str(title) for (title,) in unit.values(Activity, ("title",), Find(words), then)]


def named(store: SqliteStore, *words: str) -> int | None:
    """How many records the index names; None if it does not know."""
    with store.reading() as unit:
        assert isinstance(unit, ReadingUnit)
        among = store.index.among(unit._connection, "activities", words)
    return None if among is None else len(among)


def lower(text: str) -> str:
    return "".join(each.lower() if each.isascii() else each for each in text)


@pytest.fixture(scope="module")
def emptied(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    path = tmp_path_factory.mktemp("grams") / "store.sqlite"
    store = open_store(Path(shutil.copy(empty_store, path)))
    yield store
    store.close()


@settings(suppress_health_check=ON_A_FIXTURE, max_examples=examples(40))
@given(
    kept=st.lists(KEYS, min_size=1, max_size=12),
    renamed=KEYS,
    later=st.lists(KEYS, max_size=3),
    asked=st.lists(WORDS, min_size=1, max_size=6),
)
def test_it_finds_what_looking_at_every_record_finds(
    emptied: SqliteStore, kept: list[str], renamed: str, later: list[str], asked: list[list[str]]
) -> None:
    """Indexed, changed and removed after that, added after that; asked before and after it has caught up.

    Asked too as it stood before the changes.
    """
    store = emptied
    with store.writing(DONE) as unit:
        unit.remove(unit.all(Activity))
    first, *others = add(store, *kept)
    caught_up(store)
    with store.reading() as view:
        gone = [first, *others[:1]] if first.title != renamed else others[:1]
        then = Then(view.acts(1)[0].number, gone)
    with store.writing(DONE) as unit:
        unit.change([replace(first, title=renamed, search_key=renamed)])
        unit.remove(others[:1])
    add(store, *later)
    stand = [renamed, *(each.title for each in others[1:]), *later]
    for _ in range(2):
        for words in asked:
            expected = [each for each in stand if all(lower(word) in each for word in words)]
            assert sorted(found(store, *words)) == sorted(expected)
            expected = [each for each in kept if all(lower(word) in each for word in words)]
            assert sorted(found(store, *words, then=then)) == sorted(expected)
        caught_up(store)
    assert named(store, "无此") == 0


def test_it_names_few_where_few_hold_the_words(store: SqliteStore) -> None:
    add(store, *(f"\t夜间巡逻{number:02}" for number in range(50)), "\t重阳敬老")
    caught_up(store)
    assert [named(store, each) for each in ("重阳敬老", "敬老", "老", "阳敬", "巡逻07", "登高", "高")] == [
        1, 1, 1, 1, 1, 0, 0,
    ]  # fmt: skip
    assert named(store, "巡逻", "敬老") == 0
    assert named(store, "巡逻") == 50


def test_what_a_later_act_did_is_found_before_the_index_follows(store: SqliteStore) -> None:
    (first,) = add(store, "旧名称")
    caught_up(store)
    store.index._stopped.set()
    with store.writing(DONE) as unit:
        unit.change([replace(first, title="新名称", search_key="新名称")])
    add(store, "另一个新名称")
    assert named(store, "新名称") == 2
    assert sorted(found(store, "新名称")) == ["另一个新名称", "新名称"]
    assert found(store, "旧名称") == []


def test_more_than_help_are_looked_for_in_the_order_of_the_list(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_grams, "MOST", 4)
    monkeypatch.setattr(sqlite_grams, "_TERMS_RECORDS", 4)
    add(store, *["常见的字"] * 6, "少见的字")
    caught_up(store)
    assert [named(store, each) for each in ("常见", "常见的字", "少见", "少见的字")] == [None, None, 1, 1]
    assert len(found(store, "常见")) == 6
    add(store, *["后来的"] * 5)
    assert named(store, "少见") is None
    assert found(store, "少见") == ["少见的字"]


def test_a_view_from_before_the_index_does_not_ask_it(store: SqliteStore) -> None:
    (first,) = add(store, "旧名称")
    caught_up(store)
    with store.reading() as old:
        assert old.find(Activity, Find(("旧名",)))
        with store.writing(DONE) as unit:
            unit.change([replace(first, search_key="新名称")])
        caught_up(store)
        assert old.find(Activity, Find(("旧名",))) == (first.id,)
        assert old.find(Activity, Find(("新名",))) == ()
    assert named(store, "新名") == 1


def test_equal_fields_order_and_the_past_go_with_it(store: SqliteStore) -> None:
    owner = Organization(new_id(), "示例合唱团", search_key="示例合唱团")
    with store.writing(DONE) as unit:
        unit.add([owner])
    first, second, third = (
        replace(activity("邻里节"), organization_id=one, place=place)
        for one, place in ((owner.id, "二楼"), (owner.id, "一楼"), ("", "三楼"))
    )
    with store.writing(DONE) as unit:
        unit.add([first, second, third])
    caught_up(store)
    query = Find(("邻里",), equal=(("organization_id", owner.id),), order="place")
    with store.reading() as unit:
        assert unit.find(Activity, query) == (second.id, first.id)
        assert unit.find(Activity, replace(query, descending=True, limit=1)) == (first.id,)
        assert unit.tally(Activity, ("place",), Find(("邻里",))) == {("一楼",): 1, ("二楼",): 1, ("三楼",): 1}
    with store.writing(DONE) as unit:
        unit.change([replace(second, title="改了", search_key="改了")])
    caught_up(store)
    assert found(store, "邻里", then=Then(2, [replace(second, search_key="邻里节")])) == ["邻里节"] * 3


def test_the_next_program_goes_on_with_it(store_path: Path) -> None:
    store = open_store(store_path)
    add(store, "重阳敬老", "邻里节")
    caught_up(store)
    store.close()
    store = open_store(store_path)
    add(store, "重阳登高")
    caught_up(store)
    assert named(store, "重阳") == 2
    store.close()
    with connect(store.index.path) as index:
        assert index.execute("SELECT count(*) FROM entries_activities").fetchone() == (3,)


@pytest.mark.parametrize("content", [b"", b"no database at all " * 500])
def test_what_is_no_index_is_made_anew(store_path: Path, content: bytes) -> None:
    store_path.with_name("store.search.sqlite").write_bytes(content)
    store = open_store(store_path)
    add(store, "重阳敬老")
    caught_up(store)
    assert named(store, "敬老") == 1
    store.close()


def test_the_index_of_another_history_is_made_anew(store_path: Path, tmp_path: Path) -> None:
    """As after a backup was put back, and other acts were done since."""
    backup = Path(shutil.copy(store_path, tmp_path / "backup.sqlite"))
    store = open_store(store_path)
    add(store, "重阳敬老")
    caught_up(store)
    store.close()
    shutil.copy(backup, store_path)
    store = open_store(store_path)
    add(store, "邻里节")
    with store.reading() as unit:
        assert len(unit.find(Activity, Find(("邻里",)))) == 1
    caught_up(store)
    assert [named(store, each) for each in ("重阳", "邻里")] == [0, 1]
    store.close()


def test_a_worn_index_is_made_anew(store: SqliteStore) -> None:
    (each,) = add(store, "初")
    for number in range(4):
        with store.writing(DONE) as unit:
            each = replace(unit.get(Activity, each.id), search_key=f"第{number}次改名")
            unit.change([each])
        caught_up(store)
    assert named(store, "次改") == 1
    with connect(store.index.path) as index:
        assert index.execute("SELECT count(*) FROM entries_activities").fetchone() < (4,)


def test_damage_while_it_is_asked_is_no_damage_to_finding(store_path: Path) -> None:
    store = open_store(store_path)
    add(store, "重阳敬老")
    caught_up(store)
    with connect(store.index.path) as index:
        index.execute("DROP TABLE entries_activities")
    assert found(store, "敬老") == ["重阳敬老"]
    assert named(store, "敬老") is None
    store.close()
    assert not store.index.path.exists()


def test_few_records_need_none(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_grams, "LEAST", 3)
    add(store, "重阳敬老")
    caught_up(store)
    assert named(store, "敬老") is None
    assert not store.index.path.exists()
