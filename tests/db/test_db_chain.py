"""The chain of acts, and records beside the journal: what was changed behind the program's back is found."""

import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from core.model.audit import ChainHead, ChainReport
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db.chain import digests_like, newest_sealed, seal_all, verified
from db.sqlite_engine import connect, make_engine
from db.store import SqliteStore

ACTS = 12
GUARDS = [
    f"DROP TRIGGER {table}_refuse_{event}"
    for table in ("acts", "changes", "act_digests")
    for event in ("update", "delete")
]


@pytest.fixture
def written(store: SqliteStore) -> SqliteStore:
    """A store of twelve acts: additions, changes, one removal."""
    for number in range(ACTS // 2):
        records = [Organization(new_id(), f"第{number}志愿队", members=number + 1) for _ in range(3)]
        with store.writing(ActDraft("新增", "张三", f"原因\x1f{number}")) as unit:
            unit.add(records)
        with store.writing(ActDraft("修改", "李四")) as unit:
            if number == 3:
                unit.remove(records[:1])
            unit.change([replace(each, members=99, remarks="改\n过") for each in records[1:]])
    return store


def report(store: SqliteStore) -> ChainReport:
    with store._engine.connect() as connection:
        return verified(connection)


def tampered(store: SqliteStore, *statements: str) -> ChainReport:
    """What is found after somebody took the guards off and did this."""
    with closing(connect(store.path, foreign_keys=False)) as other:
        for statement in (*GUARDS, *statements):
            other.execute(statement).close()
    return report(store)


def test_a_store_that_only_the_program_wrote_fits(written: SqliteStore) -> None:
    found = report(written)
    assert (found.count, found.head.number, found.faults) == (ACTS, ACTS, ())
    assert len(found.head.digest) == 64
    assert written.check().faults == ()


def test_an_empty_store_has_no_head(store: SqliteStore) -> None:
    assert report(store) == ChainReport(0, ChainHead(0, ""), ())
    assert report(store).head.said == ""


def test_an_act_that_failed_leaves_no_link(written: SqliteStore) -> None:
    before = report(written)
    with pytest.raises(ZeroDivisionError), written.writing(ActDraft("新增", "张三")) as unit:
        unit.add([Organization(new_id(), "乙队")])
        raise ZeroDivisionError
    assert report(written) == before


@pytest.mark.parametrize(
    ("statement", "number", "words"),
    [
        ("UPDATE acts SET actor = '王五' WHERE number = 5", 5, "不符"),
        ("UPDATE acts SET reason = '' WHERE number = 1", 1, "不符"),
        ("UPDATE acts SET at = '2026-01-01T00:00:00' WHERE number = 12", 12, "不符"),
        ("UPDATE acts SET id = 'x' WHERE number = 2", 2, "不符"),
        ("UPDATE changes SET after = replace(after, '99', '98') WHERE act_number = 4", 4, "不符"),
        ("UPDATE changes SET before = NULL WHERE act_number = 4", 4, "不符"),
        ("UPDATE changes SET version = version + 1 WHERE act_number = 3", 3, "不符"),
        ("DELETE FROM changes WHERE id = (SELECT max(id) FROM changes WHERE act_number = 7)", 7, "不符"),
        ("UPDATE changes SET act_number = 6 WHERE act_number = 7", 6, "不符"),
        ("DELETE FROM acts WHERE number = 6", 6, "不见了"),
        ("DELETE FROM act_digests WHERE act_number = 9", 9, "没有校验码"),
        ("UPDATE act_digests SET digest = lower(hex(randomblob(32))) WHERE act_number = 10", 10, "不符"),
        ("DELETE FROM acts WHERE number > 8", 9, "被截去"),
        (
            "INSERT INTO changes (act_number, kind, record_id, version, before, after) "
            "VALUES (3, 'organizations', 'x', 1, NULL, '{}')",
            3,
            "次序不对",
        ),
    ],
)
def test_the_first_act_that_does_not_fit_is_named(
    written: SqliteStore, statement: str, number: int, words: str
) -> None:
    fault = tampered(written, statement).faults[0]
    assert (fault.number, words in fault.message) == (number, True)
    assert str(fault) in written.check().faults


def test_swapped_acts_do_not_fit(written: SqliteStore) -> None:
    swap = (
        "UPDATE acts SET number = -1 WHERE number = 3",
        "UPDATE acts SET number = 3 WHERE number = 5",
        "UPDATE acts SET number = 5 WHERE number = -1",
    )
    assert [each.number for each in tampered(written, *swap).faults] == [3, 5]


def test_whoever_computes_one_digest_anew_breaks_the_next(written: SqliteStore) -> None:
    tampered(
        written,
        "UPDATE acts SET actor = '王五' WHERE number = 5",
        "DELETE FROM act_digests WHERE act_number = 5",
    )
    with written._writer.begin() as connection:
        seal_all(connection)
    assert [each.number for each in report(written).faults] == [6]


def test_a_tail_cut_off_or_a_chain_made_anew_is_seen_by_a_head_kept_elsewhere(written: SqliteStore) -> None:
    kept = report(written).head
    cut = tampered(
        written,
        "DELETE FROM changes WHERE act_number > 10",
        "DELETE FROM act_digests WHERE act_number > 10",
        "DELETE FROM acts WHERE number > 10",
    )
    assert (cut.faults, cut.head.number) == ((), 10)
    with written._engine.connect() as connection:
        assert digests_like(connection, kept.digest[:8]) == ()
        assert digests_like(connection, cut.head.digest[:8]) == (cut.head,)
        assert newest_sealed(connection) == cut.head


def test_a_thousand_attempts_are_all_found(written: SqliteStore) -> None:
    """Any edited, removed, swapped or moved row (G11), each on the store as it was."""
    tampered(written)
    chance = random.Random(2026)
    for _ in range(1000):
        with written._writer.connect() as connection, connection.begin() as tried:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            statement = attempt(chance)
            assert connection.execute(text(statement)).rowcount, statement
            assert verified(connection).faults, statement
            tried.rollback()
    assert report(written).faults == ()


def attempt(chance: random.Random) -> str:
    """A change of one row that changes something."""
    number = chance.randint(1, ACTS)
    row = f"id = (SELECT id FROM changes WHERE act_number = {number} LIMIT 1 OFFSET {chance.randint(0, 1)})"
    field = chance.choice(("actor", "verb", "reason", "at", "id"))
    part = chance.choice(("kind", "record_id", "version", "before", "after"))
    return chance.choice(
        (
            f"UPDATE acts SET {field} = {field} || 'x' WHERE number = {number}",
            f"UPDATE changes SET {part} = coalesce({part}, '') || '1' WHERE {row}",
            f"DELETE FROM changes WHERE {row}",
            f"UPDATE changes SET id = id + 1000 WHERE {row} AND act_number < {ACTS}"
            if number < ACTS
            else f"DELETE FROM act_digests WHERE act_number = {number}",
            f"UPDATE changes SET act_number = {number % ACTS + 1} WHERE {row}",
            f"UPDATE act_digests SET digest = substr(digest, 2) || 'x' WHERE act_number = {number}",
        )
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organizations SET name = '改名队'",
        "UPDATE organizations SET members = members + 1 WHERE rowid = 2",
        "UPDATE organizations SET phones = '[\"13800000001\"]' WHERE rowid = 1",
        "UPDATE organizations SET remarks = '' WHERE remarks <> ''",
        "UPDATE organizations SET status = 'cancelled' WHERE rowid = 5",
    ],
)
def test_contents_that_no_act_wrote_are_seen(written: SqliteStore, statement: str) -> None:
    with closing(connect(written.path)) as other:
        other.execute(statement).close()
    [fault] = written.check().faults
    assert "“社会组织”记录的内容与操作日志不符" in fault


def test_derived_fields_may_be_made_anew(written: SqliteStore) -> None:
    with closing(connect(written.path)) as other:
        other.execute("UPDATE organizations SET search_key = 'x', sort_key = 'y'").close()
    assert written.check().faults == ()


def test_a_record_that_came_back_is_what_it_was(written: SqliteStore) -> None:
    with written.reading() as view:
        [(_, change)] = view.removed()
        again = view.before(change)
    with written.writing(ActDraft("恢复", "张三")) as unit:
        unit.add([replace(again, version=change.version + 1)])
    assert written.check().faults == ()


def test_an_older_store_gets_its_chain(store_path: Path) -> None:
    with closing(connect(store_path)) as plain:
        plain.execute("DROP TRIGGER act_digests_refuse_delete").close()
        plain.execute("DELETE FROM act_digests").close()
        plain.execute("INSERT INTO acts VALUES (1, 'x', '2026-01-08T09:30:00', '新增', '张三', '')").close()
    engine = make_engine(store_path)
    with engine.begin() as connection:
        seal_all(connection)
        assert verified(connection).faults == ()
    engine.dispose()
