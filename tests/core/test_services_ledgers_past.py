"""Ledgers as they stood at the end of a day: found, shown and handed out."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from core.model.activities import Activity
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.ledgers import LEDGERS
from core.model.organization import Organization
from core.services import past
from core.services.ledgers import LedgerService
from core.services.register import RegisterService
from core.sheets.reader import read_workbook
from db.store import SqliteStore, open_store
from db.units import ReadingUnit

ACTIVITIES = LEDGERS["activities"]
TEAM = Organization(new_id(), "红袖章巡逻队")


def saved(desk: LedgerService, **texts: str) -> str:
    return desk.save(ACTIVITIES, desk.read_form(ACTIVITIES, {"organization_id": TEAM.id, **texts}).record)


@pytest.fixture
def years(empty_store: Path, tmp_path: Path) -> Iterator[tuple[LedgerService, SqliteStore]]:
    """The desk over a store in which each act is done on the next day, from 2025-12-30 on."""
    path, days = Path(shutil.copy(empty_store, tmp_path)), count()
    start = datetime(2025, 12, 30, 10).astimezone()
    store = open_store(path, lambda: start + timedelta(days=next(days)))
    yield LedgerService(store, "录入员", lambda: start, read_workbook), store
    store.close()


def test_a_ledger_is_seen_as_of_a_day(years: tuple[LedgerService, SqliteStore]) -> None:
    desk, store = years
    with store.writing(ActDraft("准备", "录入员")) as work:
        work.add([TEAM])
    kept = saved(desk, title="重阳敬老", held_on="2025-10-29")
    later = saved(desk, title="冬至慰问", held_on="2025-12-21")
    renamed = replace(desk.record(ACTIVITIES, kept), title="登高", held_on=PartialDate(2025, 12, 30))
    desk.save(ACTIVITIES, renamed)
    with store.writing(ActDraft("改名", "录入员")) as work:
        work.change([replace(work.get(Organization, TEAM.id), name="平安队")])
    desk.remove(ACTIVITIES, [kept])
    before, both, after = date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 4)
    assert desk.find(ACTIVITIES, day=date(2025, 12, 30)) == ()
    assert desk.find(ACTIVITIES, day=before) == (kept,)
    assert desk.find(ACTIVITIES, day=both) == (later, kept)
    assert desk.find(ACTIVITIES, day=date(2026, 1, 2)) == (kept, later)
    assert desk.find(ACTIVITIES, day=after) == desk.find(ACTIVITIES) == (later,)
    assert desk.find(ACTIVITIES, day=date.min) == ()
    assert desk.find(ACTIVITIES, day=date.max) == (later,)
    assert desk.find(ACTIVITIES, "红袖章 jinglao", day=before) == (kept,)
    assert desk.find(ACTIVITIES, "重阳", day=date(2026, 1, 2)) == ()
    assert desk.find(ACTIVITIES, equal={"organization_id": TEAM.id}, day=before) == (kept,)
    (row,) = desk.rows(ACTIVITIES, [kept, later], before)
    assert row.texts[:3] == ("红袖章巡逻队", "重阳敬老", "2025-10-29")
    sheet = desk.export(ACTIVITIES, [kept], publication=True, masked=True, day=before)
    assert sheet.title == "活动台账（2025年12月31日）"
    assert {"红袖章巡逻队", "重阳敬老"} <= set(sheet.rows[0])


def test_what_was_read_of_a_day_is_read_again_after_another_act(
    years: tuple[LedgerService, SqliteStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, store = years
    with store.writing(ActDraft("准备", "录入员")) as work:
        work.add([TEAM])
    kept, other = saved(desk, title="重阳敬老"), saved(desk, title="邻里节")
    desk.save(ACTIVITIES, replace(desk.record(ACTIVITIES, kept), title="登高"))
    day, read = date(2026, 1, 1), []
    as_of = ReadingUnit.as_of
    monkeypatch.setattr(
        ReadingUnit,
        "as_of",
        lambda *asked: (read.append(asked[1]), as_of(*asked))[1],
    )
    assert [desk.find(ACTIVITIES, words, day=day) for words in ("重阳", "jinglao", "登高", "邻里")] == [
        (kept,),
        (kept,),
        (),
        (other,),
    ]
    assert read.count(Activity) == 1
    assert set(desk.find(ACTIVITIES, day=day)) == {kept, other}
    assert read.count(Activity) == 2
    desk.save(ACTIVITIES, replace(desk.record(ACTIVITIES, other), title="改了名"))
    assert [desk.find(ACTIVITIES, words, day=day) for words in ("邻里", "改了", "重阳")] == [
        (other,),
        (),
        (kept,),
    ]
    assert desk.find(ACTIVITIES, "改了", day=date(2026, 1, 3)) == (other,)


def test_days_since_which_much_changed_are_not_kept() -> None:
    memo, read = past.Memo(2), []

    def stood(newest: int, act: int, count: int, ids: int = 0) -> int:
        def since() -> past._Since:
            read.append(act)
            return past._Since([None] * count, frozenset(map(str, range(ids))))

        return len(memo.since(newest, (Activity, act, frozenset()), since).stood)

    assert [stood(9, 1, 3), stood(9, 1, 3), stood(9, 2, 2), stood(9, 2, 2)] == [3, 3, 2, 2]
    assert read == [1, 1, 2]
    assert [stood(9, act, 1) for act in (3, 4, 3, 4)] == [1] * 4
    assert read == [1, 1, 2, 3, 4]
    assert [stood(9, 5, 1, ids=20), stood(9, 5, 1), stood(9, 4, 1)] == [1] * 3
    assert read == [1, 1, 2, 3, 4, 5, 5, 4]
    assert [stood(9, 4, 0), stood(9, 2, 0), stood(10, 4, 0)] == [1, 0, 0]


def test_a_record_is_found_by_what_the_organization_was_called_then(
    years: tuple[LedgerService, SqliteStore],
) -> None:
    """Its own fields did not change since, only the key made from the name."""
    desk, store = years
    register = RegisterService(store, "录入员", lambda: datetime(2025, 12, 30))
    register.save_form(TEAM, None)
    kept = saved(desk, title="重阳敬老")
    register.save_form(replace(register.named(TEAM.name), name="平安队"), None)
    day = date(2025, 12, 31)
    assert [desk.find(ACTIVITIES, words, day=day) for words in ("红袖章", "平安")] == [(kept,), ()]
    assert [desk.find(ACTIVITIES, words) for words in ("红袖章", "平安")] == [(), (kept,)]
