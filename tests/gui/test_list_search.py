"""A list that is found beside the window: first rows first, the newest search wins, nothing is read twice."""

import threading
import time
from collections.abc import Callable, Sequence

import pytest
from pytestqt.qtbot import QtBot

from core.errors import StorageFailed
from gui.jobs import JobRunner
from gui.list_search import ListSearch, Lookup
from gui.settings_store import SettingsStore
from gui.table_model import Column
from gui.windowed_table import TYPING_REST_MS, WINDOW, WindowedModel, WindowedTable

IDS = tuple(f"{number:04d}" for number in range(3 * WINDOW))


class Source:
    """Gives the ids that it was told to; rows are their ids."""

    def __init__(self, ids: tuple[str, ...] = IDS) -> None:
        self.ids = ids
        self.found: list[int | None] = []
        self.read: list[int] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def find(self, limit: int | None) -> tuple[str, ...]:
        self.found.append(limit)
        self.go_on.wait(60)
        return self.ids[:limit]

    def rows(self, ids: Sequence[str]) -> Sequence[str]:
        self.read.append(len(ids))
        return ids

    def lookup(self) -> Lookup:
        return Lookup(self.find, self.rows)


@pytest.fixture
def model() -> WindowedModel[str]:
    return WindowedModel((Column("名称", str),), lambda row: row, "")


@pytest.fixture
def search(jobs: JobRunner, model: WindowedModel[str]) -> ListSearch:
    return ListSearch(jobs, model, "查找", "读取")


def test_typed_search_shows_first_rows_and_then_knows_all(
    search: ListSearch, model: WindowedModel[str], wait_for_jobs
) -> None:
    source = Source()
    counts: list[tuple[int, bool]] = []
    search.answered.connect(lambda: counts.append((model.rowCount(), search.is_whole)))
    search.begin(source.lookup(), typed=True)
    wait_for_jobs()
    assert counts == [(WINDOW, False), (len(IDS), True)]
    assert source.found == [WINDOW, None] and source.read == [WINDOW]
    assert model.shown_ids() == IDS and model.is_held(WINDOW - 1) and not model.is_held(WINDOW)


def test_few_hits_and_what_is_not_typed_need_one_answer(
    search: ListSearch, model: WindowedModel[str], wait_for_jobs
) -> None:
    few, all_ids = Source(IDS[:3]), Source()
    search.begin(few.lookup(), typed=True)
    wait_for_jobs()
    assert few.found == [WINDOW] and search.is_whole and model.rowCount() == 3
    search.begin(all_ids.lookup(), typed=False)
    wait_for_jobs()
    assert all_ids.found == [None] and model.rowCount() == len(IDS)


def test_an_older_answer_never_overwrites_a_newer_one(
    search: ListSearch, model: WindowedModel[str], wait_for_jobs
) -> None:
    older, newer = Source(IDS[:5]), Source(IDS[5:7])
    older.go_on.clear()
    search.begin(older.lookup(), typed=True)
    search.begin(newer.lookup(), typed=True)
    wait = threading.Timer(0, older.go_on.set)
    wait.start()
    wait_for_jobs()
    assert model.shown_ids() == IDS[5:7]


def test_what_changed_between_the_answers_is_shown_as_it_is(
    search: ListSearch, model: WindowedModel[str], wait_for_jobs
) -> None:
    source = Source()

    def find(limit: int | None) -> tuple[str, ...]:
        found = source.find(limit)
        source.ids = IDS[1:]
        return found

    search.begin(Lookup(find, source.rows), typed=True)
    wait_for_jobs()
    assert source.found == [WINDOW, None]
    assert model.shown_ids() == IDS[1:]


def test_rows_in_sight_are_read_by_windows(
    qtbot: QtBot, search: ListSearch, model: WindowedModel[str], wait_for_jobs
) -> None:
    source = Source()
    search.begin(source.lookup(), typed=False)
    wait_for_jobs()
    with qtbot.waitSignal(model.rows_arrived):
        assert model.record_at(2 * WINDOW) == ""
    assert model.record_at(2 * WINDOW) == IDS[2 * WINDOW]
    assert source.read == [WINDOW, WINDOW]


def at_first_answer(search: ListSearch, *acts: Callable[[], object]) -> None:
    """Do this once the first rows are there and the others are not."""

    def go() -> None:
        search.answered.disconnect(go)
        assert not search.is_whole
        for act in acts:
            act()

    search.answered.connect(go)


def test_after_a_key_the_answer_is_painted_first_and_the_pane_beside_follows_later(
    search: ListSearch, model: WindowedModel[str], settings: SettingsStore, wait_for_jobs, qtbot: QtBot
) -> None:
    table = WindowedTable(model, settings, "list", label="列表")
    qtbot.addWidget(table)
    table.show()
    told: list[str] = []
    table.current_changed.connect(told.append)
    search.begin(Source().lookup(), typed=False)
    wait_for_jobs()
    table.select_ids((IDS[1],))
    began = time.monotonic()
    search.begin(Source(IDS[1:]).lookup(), typed=True)
    assert not table.viewport().updatesEnabled()
    with qtbot.waitSignal(model.modelReset):
        pass
    assert table.viewport().updatesEnabled()
    qtbot.waitUntil(lambda: told[-1:] == [IDS[1]])
    # Qt's timers may be a twentieth early.
    assert time.monotonic() - began >= 0.9 * TYPING_REST_MS / 1000


def test_a_list_whose_answer_takes_long_is_painted_again(
    search: ListSearch, model: WindowedModel[str], settings: SettingsStore, wait_for_jobs, qtbot: QtBot
) -> None:
    table = WindowedTable(model, settings, "list", label="列表")
    qtbot.addWidget(table)
    slow = Source()
    slow.go_on.clear()
    search.begin(slow.lookup(), typed=True)
    assert not table.viewport().updatesEnabled()
    qtbot.waitUntil(table.viewport().updatesEnabled)
    assert not model.rowCount()
    slow.go_on.set()
    wait_for_jobs()


def test_acts_on_all_rows_wait_for_all_ids(
    search: ListSearch, model: WindowedModel[str], wait_for_jobs
) -> None:
    seen: list[int] = []
    at_first_answer(search, lambda: search.when_whole(lambda: seen.append(model.rowCount())))
    search.begin(Source().lookup(), typed=True)
    wait_for_jobs()
    search.when_whole(lambda: seen.append(-1))
    assert seen == [len(IDS), -1]


def test_rows_are_ticked_selected_and_copied_when_all_are_known(
    qtbot: QtBot, settings, search: ListSearch, wait_for_jobs
) -> None:
    model = search.parent()
    table = WindowedTable(model, settings, "all", label="全部")
    qtbot.addWidget(table)
    copied: list[Sequence[str]] = []
    table.copy_asked.connect(copied.append)
    at_first_answer(search, lambda: model.check_shown(True), table.selectAll, table.copy_selection)
    search.begin(Source().lookup(), typed=True)
    wait_for_jobs()
    assert model.ticked_ids() == table.selected_ids() == IDS
    assert copied == [IDS]


def test_what_is_chosen_anew_while_waiting_is_not_meant(
    qtbot: QtBot, settings, search: ListSearch, model: WindowedModel[str], wait_for_jobs
) -> None:
    table = WindowedTable(model, settings, "chosen", label="全部")
    qtbot.addWidget(table)
    search.begin(Source().lookup(), typed=False)
    wait_for_jobs()
    chosen: list[Sequence[str]] = []
    table.select_ids(IDS[:2])
    search.begin(Source(IDS[2:]).lookup(), typed=False)
    table.with_chosen(chosen.append)
    search.answered.connect(lambda: table.select_ids(IDS[2:3]))
    wait_for_jobs()
    assert table.selected_ids() == IDS[2:3] and chosen == []


def test_a_failed_search_forgets_its_acts_and_the_next_act_searches_again(
    search: ListSearch, model: WindowedModel[str], messages, wait_for_jobs
) -> None:
    source, seen = Source(), []

    def fail(_limit: int | None) -> tuple[str, ...]:
        raise StorageFailed("store_damaged", "读不出来。")

    search.begin(Lookup(fail, source.rows), typed=True)
    search.when_whole(lambda: seen.append("old"))
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["store_damaged"]
    search._lookup = source.lookup()
    search.when_whole(lambda: seen.append(model.rowCount()))
    wait_for_jobs()
    assert seen == [len(IDS)]


@pytest.mark.parametrize("changed", [False, True])
def test_what_is_selected_stays_when_nothing_is_looked_for_any_more(
    search: ListSearch,
    model: WindowedModel[str],
    settings: SettingsStore,
    wait_for_jobs,
    qtbot,
    changed: bool,
) -> None:
    table = WindowedTable(model, settings, "list", label="列表")
    qtbot.addWidget(table)
    far = IDS[2 * WINDOW]
    search.begin(Source((far,)).lookup(), typed=True)
    wait_for_jobs()
    table.setCurrentIndex(model.index(0, 0))
    awaited: list[bool] = []
    at_first_answer(search, lambda: awaited.append(table.is_awaiting()))
    source = Source()

    def find(limit: int | None) -> tuple[str, ...]:
        found = source.find(limit)
        source.ids = IDS[1:] if changed else IDS
        return found

    search.begin(Lookup(find, source.rows), typed=True, cleared=True)
    wait_for_jobs()
    assert awaited == [True]
    assert (table.current_id(), table.selected_ids()) == (far, (far,))


def test_a_row_that_is_chosen_meanwhile_is_not_left_again(
    search: ListSearch, model: WindowedModel[str], settings: SettingsStore, wait_for_jobs, qtbot: QtBot
) -> None:
    table = WindowedTable(model, settings, "list", label="列表")
    qtbot.addWidget(table)
    search.begin(Source(IDS[-1:]).lookup(), typed=True)
    wait_for_jobs()
    table.setCurrentIndex(model.index(0, 0))
    at_first_answer(search, lambda: table.setCurrentIndex(model.index(3, 0)))
    search.begin(Source().lookup(), typed=True, cleared=True)
    wait_for_jobs()
    assert table.current_id() == IDS[3]
