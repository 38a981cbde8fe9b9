"""The chain of acts: `python3 run.py bench tests/benchmarks/bench_audit.py`.

Law (issue 6): a chain of 100,000 acts verified under 1 s. Beside it, without a law: what sealing adds to an
act of 10,000 changes, and the comparison of all records with their journal (100,000 organizations, 1,000,000
marks in 100,000 sheets), which is made on demand and after a crash only.
"""

import random
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from core.model.assessment import Cycle, CycleState, SchemeText, ScoreSheet, Source, Subject
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from db.chain import Seal, seal_all, verified
from db.record_checks import record_faults
from db.schema import create_store
from db.sqlite_engine import connect
from db.store import SqliteStore, open_store
from db.tables import act_digests
from tests.benchmarks.bench_store import organizations
from tests.benchmarks.measuring import best_of

ACTS = 100_000
ROUNDS = 3
VERIFIED_S = 1.0
ADD = ActDraft("导入", "张三")
MARKS, RATERS = 10, 10


def acted(path: Path, count: int) -> SqliteStore:
    """A store of so many acts, each of which changed one organization; the chain by the program."""
    create_store(path)
    with closing(connect(path)) as other:
        other.execute("BEGIN").close()
        for number in range(1, count + 1):
            other.execute(
                "INSERT INTO acts VALUES (?, ?, '2026-01-08T09:30:00', '修改', '张三', '电话变更')",
                (number, new_id()),
            )
            other.execute(
                "INSERT INTO changes (act_number, kind, record_id, version, before, after) "
                "VALUES (?, 'organizations', ?, 2, ?, ?)",
                (
                    number,
                    new_id(),
                    '{"members":11,"remarks":""}',
                    '{"members":12,"remarks":"每周六上午活动"}',
                ),
            )
        other.execute("COMMIT").close()
    store = open_store(path)
    with store._writer.begin() as connection:
        seal_all(connection)
    return store


def test_verifying(tmp_path: Path) -> None:
    store = acted(tmp_path / "store.sqlite", ACTS)
    with store._engine.connect() as connection:
        mine = best_of(lambda: verified(connection), ROUNDS)
        floor = best_of(
            lambda: [sha256(row[0].encode()) for row in connection.execute(select(act_digests.c.digest))],
            ROUNDS,
        )
        assert verified(connection).faults == ()
    store.close()
    print(
        f"\nverify {ACTS:,} acts: {mine * 1000:,.0f} ms, "
        f"reading and hashing their digests alone {floor * 1000:,.0f} ms"
    )
    assert mine < VERIFIED_S


def test_what_sealing_adds(tmp_path: Path) -> None:
    create_store(tmp_path / "store.sqlite")
    store = open_store(tmp_path / "store.sqlite")
    records = organizations(10_000)

    def add() -> None:
        with store.writing(ADD) as unit:
            unit.add(records)
        with store.writing(ADD) as unit:
            unit.remove(records)

    shape = store._kinds[Organization]
    rows = [(1, "organizations", each.id, 1, None, "x" * 400 + "示例" * 20) for each in records]
    both = best_of(add, ROUNDS)
    sealing = best_of(lambda: Seal((1, "", "", "", "", "")).take(rows), ROUNDS)
    store.close()
    print(
        f"\nan act of 10,000 {shape.label} added and one that removes them: {both * 1000:,.0f} ms, "
        f"sealing each {sealing * 1000:,.1f} ms"
    )


def test_records_beside_their_journal(tmp_path: Path) -> None:
    create_store(tmp_path / "store.sqlite")
    store = open_store(tmp_path / "store.sqlite")
    owners = organizations(100_000)
    scheme = SchemeText(new_id(), "sample", "示例办法", "", "0" * 64, "2026-01-08")
    cycle = Cycle(new_id(), 2025, scheme.id, CycleState.COMPUTED, "2026-01-08", code="sample")
    subjects = [
        Subject(new_id(), cycle.id, each.id, each.name, kind="社会组织")
        for each in owners[: 100_000 // RATERS]
    ]
    chance = random.Random(7)
    source = Source("scores.xlsx", "评委一", 4, "张三", "2026-01-08T09:30:00")
    with store.writing(ADD) as unit:
        unit.add([scheme, cycle, *owners, *subjects])
        unit.add(
            [
                ScoreSheet(
                    id=new_id(),
                    cycle_id=cycle.id,
                    subject_id=subject.id,
                    stage="main",
                    rater=f"r{rater}",
                    marks=tuple(chance.randrange(0, 5_000_001, 500_000) for _ in range(MARKS)),
                    source=source,
                )
                for subject in subjects
                for rater in range(RATERS)
            ]
        )
    with store._engine.connect() as connection:
        assert list(record_faults(connection)) == []
        records = best_of(lambda: list(record_faults(connection)), ROUNDS)
        links = best_of(lambda: verified(connection), ROUNDS)
    whole = best_of(store.check, 1)
    store.close()
    print(
        f"\n100,000 organizations and 1,000,000 marks: records beside journal {records:.2f} s, "
        f"chain {links:.2f} s, full check {whole:.2f} s"
    )
