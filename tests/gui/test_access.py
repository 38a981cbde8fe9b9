"""Logging in, locking, recovering and setting up in the window, over a real store."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import main
from core.errors import StorageFailed
from core.model.user import NewUser, Role
from db.keyring import Cost
from gui.access import Cover
from gui.app import WindowProgram
from gui.dialogs.login import LockDialog, LoginDialog, OwnPasswordDialog, RecoverDialog
from gui.dialogs.user_forms import CodeDialog, SetUpForm, UserForm
from gui.jobs import Report
from gui.pages.system_users import UsersPane, state_words
from gui.settings_store import SettingsStore
from tests.conftest import copied
from tests.gui.doors import FakeApplication
from tests.gui.resting import wait_for_rest

PASSWORD, SECOND = "Biao-2026x", "Ji-Hao-77y"


@pytest.fixture(scope="module", autouse=True)
def cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.store_keys.measured_cost", lambda: Cost(1, 8192))
        yield


@pytest.fixture
def folder(sample_store: Path, tmp_path: Path) -> Path:
    return copied(sample_store, tmp_path).parent


@pytest.fixture(scope="module")
def begun(sample_store: Path, tmp_path_factory: pytest.TempPathFactory, cheap: None) -> tuple[Path, str]:
    """The sample office with an administrator and an enterer, encrypted, and the recovery code; made once."""
    folder = copied(sample_store, tmp_path_factory.mktemp("begun")).parent
    door = main.open_door(folder, create=False)
    services = door.alone()
    made = services.users.begin(NewUser("wang", "王主任", tuple(Role), PASSWORD))
    services.users.add(NewUser("li", "李录入", (Role.ENTER,), SECOND))
    door.encrypt(services).services.close()
    return folder, made


@pytest.fixture
def code(begun: tuple[Path, str], folder: Path) -> str:
    """The office is the one with accounts; its recovery code."""
    shutil.copytree(begun[0], folder, dirs_exist_ok=True)
    return begun[1]


class Seat:
    """Somebody before the window of the program."""

    def __init__(self, qtbot: QtBot, program: WindowProgram, app: FakeApplication) -> None:
        self.qtbot = qtbot
        self.program = program
        self.app = app

    def rest(self) -> None:
        wait_for_rest(self.qtbot, self.program.jobs)

    def wait(self, is_so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_so()))
        self.rest()

    def dialog(self, kind: type) -> object:
        self.wait(lambda: self._shown(kind))
        return self._shown(kind)

    def _shown(self, kind: type) -> object:
        shown = (each for each in QApplication.topLevelWidgets() if type(each) is kind and each.isVisible())
        return next(shown, None)

    def is_open(self) -> bool:
        return self.program.workplace is not None

    def log_in(self, login: str, password: str) -> None:
        dialog = self.dialog(LoginDialog)
        dialog.login.setText(login)
        dialog.password.setText(password)
        self.qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
        self.rest()

    def pane(self) -> UsersPane:
        self.program.workplace.go("users")
        self.rest()
        return self.program.window.page("system").findChild(UsersPane)


@pytest.fixture
def seat(qtbot: QtBot, folder: Path, messages, settings: SettingsStore) -> Iterator[Seat]:
    app = FakeApplication()
    program = WindowProgram(
        app,
        lambda: main.open_door(folder, create=False),
        messages,
        settings,
        lambda: main.open_backups(folder),
    )
    program.window.show()
    yield Seat(qtbot, program, app)
    program.close()
    for each in QApplication.topLevelWidgets():
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    program.deleteLater()


def test_office_without_accounts_asks_nobody(seat: Seat) -> None:
    seat.wait(seat.is_open)
    assert seat._shown(LoginDialog) is None
    seat.program._access.lock()
    assert not seat.program._access.is_locked


def test_wrong_password_is_told_and_emptied_and_the_right_one_opens(code: str, seat: Seat) -> None:
    seat.log_in("wang", "falsch")
    dialog = seat.dialog(LoginDialog)
    assert dialog.password.text() == ""
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password
    assert "登录名或密码不对" in _words(dialog)
    seat.log_in("wang", PASSWORD)
    seat.wait(seat.is_open)
    assert seat.program.workplace.desk.services.actor == "王主任"
    assert seat.program._settings.last_login == "wang"


def _words(dialog: object) -> str:
    return "".join(each.text() for each in dialog.findChildren(QLabel))


def test_damaged_store_is_offered_its_backup_to_who_logs_in(code: str, seat: Seat, folder: Path) -> None:
    store = folder / "shepingtong.sqlite"
    with closing(main.open_door(folder, create=False).enter("wang", PASSWORD)) as services:
        services.backups.make()
    content = store.read_bytes()
    half = len(content) // 8192 * 4096
    store.write_bytes(content[:half] + bytes(4096) + content[half + 4096 :])
    first = seat.program.window
    seat.log_in("wang", PASSWORD)
    seat.wait(lambda: seat.program.window is not first)
    assert "要用最近一份完好的备份恢复吗" in seat.program._messages.questions[0]
    seat.log_in("wang", PASSWORD)
    seat.wait(seat.is_open)
    assert seat.app.statuses == []


def test_who_does_not_log_in_leaves_the_program(code: str, seat: Seat) -> None:
    seat.dialog(LoginDialog).reject()
    assert seat.app.statuses == [0]


def test_forgotten_password_is_walked_through(code: str, seat: Seat) -> None:
    login = seat.dialog(LoginDialog)
    _button(login, "忘记密码……").click()
    form = seat.dialog(RecoverDialog)
    form.login.setText("wang")
    form.code.setText("00000" + code[5:])
    form.first.setText("Xin-Mima-5")
    form.second.setText("Xin-Mima-6")
    form.send()
    assert "不一样" in _words(form)
    form.second.setText("Xin-Mima-5")
    form.send()
    seat.rest()
    assert "第 1 组" in _words(form)
    assert form.focusWidget() is form.code
    form.code.setText(code.lower().replace("-", ""))
    form.send()
    seat.wait(seat.is_open)
    assert seat.program.workplace.desk.services.actor == "王主任"
    assert seat.pane()._code_used.isVisible()


def _button(widget: object, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


def test_password_that_somebody_else_chose_is_changed_first(code: str, seat: Seat) -> None:
    seat.log_in("li", SECOND)
    form = seat.dialog(OwnPasswordDialog)
    assert not seat.is_open()
    assert "至少 8 个字符" in _words(form)
    form.old.setText(PASSWORD)
    form.first.setText("Xin-Mima-5")
    form.second.setText("Xin-Mima-5")
    form.send()
    seat.rest()
    assert "现在的密码不对" in _words(form)
    assert form.focusWidget() is form.old
    form.old.setText(SECOND)
    form.send()
    seat.wait(seat.is_open)
    pane = seat.pane()
    # What is an administrator's is shut, and the window says so where it is asked for all the same.
    assert not _button(pane, "保存规则").isEnabled()
    pane.save_rules()
    seat.rest()
    assert "要由管理员来做" in seat.program.window.status._notice.whole_text()
    assert seat.program._messages.errors == []


def test_locked_window_hides_everything_and_keeps_what_was_typed(code: str, seat: Seat) -> None:
    seat.log_in("wang", PASSWORD)
    seat.wait(seat.is_open)
    pane = seat.pane()
    pane.add()
    form = seat.dialog(UserForm)
    form.name.setText("赵审核")
    seat.program._access.lock()
    lock = seat.dialog(LockDialog)
    covers = seat.program.window.findChildren(Cover)
    assert {cover.parentWidget() for cover in covers} == {seat.program.window, form}
    assert all(cover.size() == cover.parentWidget().size() for cover in covers)
    seat.qtbot.keyClick(lock, Qt.Key.Key_Escape)
    lock.close()
    assert lock.isVisible()
    lock.password.setText(SECOND)
    lock.send()
    seat.rest()
    assert lock.isVisible() and seat.program._access.is_locked
    lock.password.setText(PASSWORD)
    lock.send()
    seat.wait(lambda: not seat.program._access.is_locked)
    assert form.name.text() == "赵审核"
    assert seat.program.window.findChildren(Cover) == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_closes_behind_the_lock_does_not_keep_it_shut(code: str, seat: Seat) -> None:
    seat.log_in("wang", PASSWORD)
    seat.wait(seat.is_open)
    window, access = seat.program.window, seat.program._access
    seat.pane().add()
    form = seat.dialog(UserForm)
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("打开")
    menu.popup(window.pos())
    access.lock()
    lock = seat.dialog(LockDialog)
    form.accept()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(form) and not isValid(menu)
    assert lock.isVisible() and access.is_locked
    lock.password.setText(PASSWORD)
    lock.send()
    seat.wait(lambda: not access.is_locked)


def test_what_ends_behind_the_lock_is_told_after_it(code: str, seat: Seat) -> None:
    seat.log_in("wang", PASSWORD)
    seat.wait(seat.is_open)
    access, told = seat.program._access, seat.program._messages.errors

    def fail(_report: Report) -> None:
        raise StorageFailed("full", "磁盘满了。")

    def open_again(password: str) -> None:
        lock = seat.dialog(LockDialog)
        lock.password.setText(password)
        lock.send()
        seat.rest()

    def show(words: str) -> None:
        shown.append((words, access._idle.isActive()))

    shown: list[tuple[str, bool]] = []
    access.lock()
    access._idle.stop()
    seat.program.jobs.start(fail, pytest.fail, title="导出")
    seat.program.jobs.start(lambda _report: "名单", show, title="读取名单")
    open_again(SECOND)
    assert access.is_locked and (told, shown) == ([], [])
    open_again(PASSWORD)
    seat.wait(lambda: shown == [("名单", True)])
    assert [error.code for error in told] == ["full"]

    access.lock()
    seat.program.jobs.start(fail, pytest.fail, title="导出")
    first = seat.program.window
    access.leave()
    seat.wait(lambda: seat.program.window is not first)
    assert len(told) == 1


def test_window_locks_by_itself_and_a_key_puts_it_off(code: str, seat: Seat) -> None:
    seat.log_in("wang", PASSWORD)
    seat.wait(seat.is_open)
    access = seat.program._access
    assert access._idle.interval() == 15 * 60_000
    seat.program.window.activateWindow()
    for _ in range(3):
        running = access._idle.timerId()
        seat.qtbot.keyClick(seat.program.window.windowHandle(), Qt.Key.Key_Shift)
        # A timer that begins anew has another number.
        assert access._idle.isActive() and access._idle.timerId() != running
    access._idle.setInterval(50)
    seat.wait(lambda: access.is_locked)


def test_another_person_logs_in_after_the_first_left(code: str, seat: Seat) -> None:
    seat.log_in("wang", PASSWORD)
    seat.wait(seat.is_open)
    first = seat.program.window
    seat.program._access.leave()
    seat.wait(lambda: seat.program.window is not first)
    seat.log_in("li", SECOND)
    assert isinstance(seat.dialog(OwnPasswordDialog), OwnPasswordDialog)


def test_set_up_in_the_window_shows_the_code_once_and_encrypts(seat: Seat, folder: Path) -> None:
    seat.wait(seat.is_open)
    pane = seat.pane()
    pane.begin()
    form = seat.dialog(SetUpForm)
    assert form.encrypts.isChecked()
    form.name.setText("王主任")
    form.login.setText("wang")
    form.first.setText("123")
    form.second.setText("123")
    form.send()
    seat.rest()
    assert "8 个字符" in _words(form)
    form.first.setText(PASSWORD)
    form.second.setText(PASSWORD)
    form.send()
    shown = seat.dialog(CodeDialog)
    first = seat.program.window
    seat.qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.isVisible()
    shown.send()
    seat.wait(lambda: seat.program.window is not first and seat.is_open())
    assert (folder / "shepingtong.sqlite").read_bytes()[:6] != b"SQLite"
    lines = seat.program.workplace.desk.services.users.state()
    assert [state_words(each) for each in lines] == [("", "hint")]
    seat.rest()
    pane = seat.program.window.page("system").findChild(UsersPane)
    assert pane.isVisible()
    assert pane._one_admin.isVisibleTo(pane)
