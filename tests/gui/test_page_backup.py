"""Backups in the window: the page, the status bar, what is made unasked, restoring, a damaged store."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.errors import StorageFailed
from core.model.audit import ActQuery
from core.model.journal import ActDraft
from core.model.organization import Organization
from core.services.backups import RESTORED
from core.services.services import Services
from db.backup import FolderBackups
from db.store import open_store
from gui.app import WindowProgram
from gui.backup_keeper import BackupKeeper
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.home_start import StartPane
from gui.pages.system import SystemPage
from gui.pages.system_backup import BackupPane
from gui.settings_store import SettingsStore
from gui.widgets.status_bar import StatusBar
from main import STORE_NAME, open_backups, open_door
from tests.conftest import copied, outside_of
from tests.gui.resting import wait_for_rest


class Clock:
    now = datetime(2026, 1, 8, 9, 30)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(office_store: Path, tmp_path: Path, paper: Any, clock: Clock) -> Iterator[Services]:
    """An office that keeps backups, with one organization."""
    path = copied(office_store, own_folder(tmp_path))
    outside = outside_of(path, paper, clock, FolderBackups(path))
    with closing(Services(open_store(path), "录入员", outside)) as services:
        add(services, "甲协会")
        yield services


def own_folder(folder: Path) -> Path:
    own = folder / "office"
    own.mkdir()
    return own


def add(services: Services, name: str) -> None:
    with services.store.writing(ActDraft("保存组织", "张三")) as work:
        work.add([Organization(name, name)])


@pytest.fixture
def pane(show_page: Any, office: Services, wait_for_jobs: Callable[[], None]) -> Iterator[BackupPane]:
    page = show_page(SystemPage, office)
    page.perform("backup", "")
    wait_for_jobs()
    (pane,) = page.findChildren(BackupPane)
    yield pane


def press(pane: BackupPane, text: str) -> None:
    button = next(each for each in pane.window().findChildren(QPushButton) if each.text().startswith(text))
    assert button.isEnabled()
    button.click()


def rows(pane: BackupPane) -> list[list[str]]:
    model = pane.table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_backup_is_made_by_a_button_and_stands_in_the_list(
    pane: BackupPane, wait_for_jobs: Callable[[], None]
) -> None:
    assert pane.here.state() == "还没有备份"
    press(pane, "立即备份")
    wait_for_jobs()
    assert pane.here.state() == "今天 09:30，正常"
    (row,) = rows(pane)
    assert (row[0], row[2], row[3]) == ("2026-01-08 09:30", "本机", "手工：1 个组织")


def test_damaged_backup_is_shown_and_not_offered(
    pane: BackupPane, office: Services, wait_for_jobs: Callable[[], None]
) -> None:
    made = office.backups.make().backup
    store = made.folder / STORE_NAME
    store.write_bytes(store.read_bytes()[:-1])
    pane.reload()
    wait_for_jobs()
    assert pane.here.state() == "今天 09:30，正常", "nobody has looked yet"
    press(pane, "全部检查")
    wait_for_jobs()
    assert pane.here.state() == "今天 09:30，有 1 份损坏"
    (made.folder / "manifest.json").write_bytes(b"?")
    pane.reload()
    wait_for_jobs()
    assert "已损坏" in rows(pane)[0][3]
    buttons = [each for each in pane.findChildren(QPushButton) if each.text().startswith("用它")]
    assert [each.isEnabled() for each in buttons] == [False, False]


def test_stick_is_chosen_written_and_reminded_of(
    pane: BackupPane, office: Services, clock: Clock, messages: Any, tmp_path: Path, wait_for_jobs: Any
) -> None:
    assert pane.stick.state() == "还没有选 U 盘"
    messages.chosen = tmp_path / "社事办01"
    messages.chosen.mkdir()
    press(pane, "选择位置")
    wait_for_jobs()
    press(pane, "备份到 U 盘")
    wait_for_jobs()
    assert pane.stick.state() == "今天 09:30"
    assert [row[2] for row in rows(pane)] == ["U 盘“社事办01”"]
    clock.now += timedelta(days=9)
    pane.reload()
    wait_for_jobs()
    assert pane.stick.state() == "已 9 天没有备份"
    shutil.rmtree(messages.chosen)
    press(pane, "备份到 U 盘")
    wait_for_jobs()
    assert [each.code for each in messages.errors] == ["backup_place_gone"]


def test_what_is_decided_is_kept(pane: BackupPane, office: Services, wait_for_jobs: Any) -> None:
    box = pane.decisions._boxes["every_change"]
    assert box.isChecked()
    box.click()
    wait_for_jobs()
    assert office.backups.settings().every_change is False
    assert office.backups.settings().at_start is True


def test_restore_asks_with_figures_and_opens_anew(
    pane: BackupPane, office: Services, messages: Any, wait_for_jobs: Any
) -> None:
    reopened: list[bool] = []
    pane._desk.reopen_asked.connect(lambda: reopened.append(True))
    office.backups.make()
    add(office, "乙协会")
    pane.reload()
    wait_for_jobs()
    messages.says_yes = False
    press(pane, "用它恢复")
    wait_for_jobs()
    assert ("1 次", "备份之后的操作，恢复后就没有了") in messages.facts[-1]
    assert not reopened
    messages.says_yes = True
    press(pane, "用它恢复")
    wait_for_jobs()
    assert reopened == [True]
    assert [each.occasion for each in office.backups.overview().backups] == ["恢复前", "手工"]


def test_drill_tells_what_it_found(
    pane: BackupPane, office: Services, messages: Any, wait_for_jobs: Any
) -> None:
    made = office.backups.make().backup
    pane.reload()
    wait_for_jobs()
    told: list[str] = []
    pane._desk.told.connect(lambda text, *_rest: told.append(text))
    press(pane, "用它演练")
    wait_for_jobs()
    assert told[-1].startswith("演练成功")
    assert "1 个组织" in told[-1]
    (made.folder / STORE_NAME).write_bytes(b"gone")
    press(pane, "立即演练")
    wait_for_jobs()
    assert messages.problems == ["2026-01-08 09:30 的备份不能恢复"]


def test_small_window_shows_list_or_decisions(pane: BackupPane) -> None:
    pane.set_narrow(True)
    assert pane.decisions.isHidden()
    pane._decide.click()
    assert not pane.decisions.isHidden()
    assert pane._list.isHidden()
    pane.set_narrow(False)
    assert not pane.decisions.isHidden()
    assert not pane._list.isHidden()


# Unasked


@pytest.fixture
def status(qtbot: QtBot, jobs: JobRunner) -> StatusBar:
    bar = StatusBar(jobs)
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def keeper(
    office: Services, jobs: JobRunner, messages: Any, settings: SettingsStore, status: StatusBar
) -> BackupKeeper:
    desk = Desk(office, jobs, messages, settings, 2025)
    assert office.backups is not None
    keeper = BackupKeeper(desk, office.backups, status)
    keeper.setProperty("desk", desk)
    return keeper


def test_day_begins_with_a_backup_and_the_status_bar_says_so(
    keeper: BackupKeeper, office: Services, status: StatusBar, wait_for_jobs: Any
) -> None:
    keeper.begin()
    wait_for_jobs()
    assert [each.occasion for each in office.backups.overview().backups] == ["打开程序时"]
    assert status._backup.text() == "上次备份 今天 09:30"


def test_changes_are_backed_up_after_half_an_hour(
    keeper: BackupKeeper, office: Services, clock: Clock, wait_for_jobs: Any
) -> None:
    keeper.begin()
    wait_for_jobs()
    add(office, "乙协会")
    for minutes, count in ((29, 1), (1, 2), (30, 2)):
        clock.now += timedelta(minutes=minutes)
        keeper._timer.timeout.emit()
        wait_for_jobs()
        assert len(office.backups.overview().backups) == count


def test_once_a_month_every_backup_is_read_again_and_a_damaged_one_is_told(
    keeper: BackupKeeper, office: Services, clock: Clock, wait_for_jobs: Any
) -> None:
    told: list[str] = []
    keeper._desk.told.connect(lambda text, *_rest: told.append(text))
    keeper._desk.warned.connect(lambda text, *_rest: told.append(text))
    made = office.backups.make().backup
    for days, said in ((29, []), (1, ["每月检查：1 份备份都完好"]), (29, [])):
        clock.now += timedelta(days=days)
        told.clear()
        keeper.begin()
        wait_for_jobs()
        assert [each for each in told if each.startswith("每月")] == said
    (made.folder / STORE_NAME).write_bytes(b"gone")
    clock.now += timedelta(days=1)
    keeper.begin()
    wait_for_jobs()
    assert "每月检查：1 份备份里有 1 份损坏" in told


def test_trouble_stands_in_the_status_bar_and_opens_no_box(
    keeper: BackupKeeper, office: Services, status: StatusBar, messages: Any, wait_for_jobs: Any
) -> None:
    told: list[str] = []
    keeper._desk.warned.connect(lambda text, *_rest: told.append(text))
    office.backups.local.write_text("in the way")
    keeper.begin()
    wait_for_jobs()
    assert status._backup.text() == "上次备份 没有做成"
    assert len(told) == 1
    assert told[0].startswith("备份没有做成")
    keeper._timer.timeout.emit()
    wait_for_jobs()
    assert len(told) == 1
    assert messages.errors == []


def test_first_start_restores_from_a_stick(
    show_page: Any,
    bare_services: Services,
    messages: Any,
    tmp_path: Path,
    wait_for_jobs: Any,
    office: Services,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    office.backups.choose_second(stick)
    office.backups.make_second()
    bare = tmp_path / "bare"
    bare.mkdir()
    bare_services.backups = open_backups(bare)
    reopened: list[bool] = []
    pane = show_page(lambda desk: _start(desk, reopened), bare_services)
    messages.chosen = stick
    pane._restore.click()
    wait_for_jobs()
    assert reopened == [True]
    open_backups(bare).finish()
    with closing(open_store(bare / STORE_NAME)) as store, store.reading() as view:
        assert [each.name for each in view.all(Organization)] == ["甲协会"]


def _start(desk: Desk, reopened: list[bool]) -> Any:
    desk.reopen_asked.connect(lambda: reopened.append(True))
    pane = StartPane(desk)
    pane.reload = lambda: None
    return pane


# A store that is damaged


@pytest.fixture
def folder(office: Services, tmp_path: Path) -> Path:
    """The data folder of an office with a backup, closed."""
    office.backups.make()
    add(office, "乙协会")
    folder = office.store.path.parent
    office.close()
    return folder


class NextDay(datetime):
    """Where the PC's own clock would be years later, old backups would be cleared away."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return Clock.now + timedelta(days=1)


@pytest.fixture
def start(
    qtbot: QtBot, messages: Any, settings: SettingsStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], WindowProgram]]:
    monkeypatch.setattr("main.datetime", NextDay)
    programs: list[WindowProgram] = []

    def begin() -> WindowProgram:
        statuses: list[int] = []
        app = SimpleNamespace(exit=statuses.append, statuses=statuses)
        program = WindowProgram(
            app, lambda: open_door(folder, create=True), messages, settings, lambda: open_backups(folder)
        )
        programs.append(program)
        program.window.show()
        return program

    yield begin
    for program in programs:
        program.close()
        program.window.deleteLater()
        QCoreApplication.sendPostedEvents(program.window, QEvent.Type.DeferredDelete)
        program.deleteLater()


def opened(qtbot: QtBot, program: WindowProgram) -> list[str]:
    qtbot.waitUntil(lambda: program.workplace is not None)
    wait_for_rest(qtbot, program.jobs)
    with program.workplace.desk.services.store.reading() as view:
        return sorted(each.name for each in view.all(Organization))


def test_damaged_store_is_replaced_by_the_newest_good_backup(
    qtbot: QtBot, start: Callable[[], WindowProgram], folder: Path, messages: Any
) -> None:
    (folder / STORE_NAME).write_bytes(b"\x00" * 4096)
    program = start()
    assert opened(qtbot, program) == ["甲协会"]
    assert "要用最近一份完好的备份恢复吗" in messages.questions[0]
    assert messages.facts[0][0][0] == "2026-01-08"
    assert [each.read_bytes() for each in folder.glob(f"replaced/*/{STORE_NAME}")] == [b"\x00" * 4096]
    assert program._app.statuses == []


def test_no_to_the_offer_leaves_everything(
    qtbot: QtBot, start: Callable[[], WindowProgram], folder: Path, messages: Any
) -> None:
    (folder / STORE_NAME).write_bytes(b"\x00" * 4096)
    messages.says_yes = False
    program = start()
    qtbot.waitUntil(lambda: bool(program._app.statuses))
    assert program._app.statuses == [4]
    assert (folder / STORE_NAME).read_bytes() == b"\x00" * 4096
    assert [each.code for each in messages.errors] == ["not_a_store"]
    # Who does not want what is on this PC may have a newer one on a stick.
    assert "要从 U 盘" in messages.questions[1]


def test_store_that_is_gone_is_not_begun_anew_without_asking(
    qtbot: QtBot, start: Callable[[], WindowProgram], folder: Path, messages: Any
) -> None:
    (folder / STORE_NAME).unlink()
    program = start()
    assert opened(qtbot, program) == ["甲协会"]
    assert len(messages.questions) == 1
    assert [head for head, _ in messages.facts[0]] == ["2026-01-08", "要补做"]
    with program.workplace.desk.services.store.reading() as view:
        assert view.log.find(ActQuery())[0].verb == RESTORED


def test_without_a_good_backup_a_stick_is_asked_for(
    qtbot: QtBot, start: Callable[[], WindowProgram], folder: Path, messages: Any, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    shutil.move(folder / "backups", stick)
    (folder / STORE_NAME).write_bytes(b"")
    messages.chosen = stick
    assert opened(qtbot, start()) == ["甲协会"]
    assert "U 盘" in messages.questions[0]


def test_restore_from_the_page_opens_the_restored_store(
    qtbot: QtBot, start: Callable[[], WindowProgram], folder: Path, messages: Any
) -> None:
    program = start()
    assert opened(qtbot, program) == ["乙协会", "甲协会"]
    first = program.workplace
    program.workplace.go("backup")
    wait_for_rest(qtbot, program.jobs)
    (pane,) = program.window.findChildren(BackupPane)
    pane.table.select_ids((pane._overview.backups[-1].folder,))
    press(pane, "用它恢复")
    qtbot.waitUntil(lambda: program.workplace not in (None, first))
    assert opened(qtbot, program) == ["甲协会"]
    assert messages.errors == []


def test_error_that_no_backup_mends_is_told_as_before(
    qtbot: QtBot, messages: Any, settings: SettingsStore
) -> None:
    statuses: list[int] = []

    def refuse() -> Any:
        raise StorageFailed("store_newer", "数据由更新版本建立。", "请安装新版。")

    program = WindowProgram(
        SimpleNamespace(exit=statuses.append), refuse, messages, settings, lambda: pytest.fail("asked")
    )
    qtbot.addWidget(program.window)
    program.window.show()
    qtbot.waitUntil(lambda: bool(statuses))
    assert [each.code for each in messages.errors] == ["store_newer"]
    program.close()
