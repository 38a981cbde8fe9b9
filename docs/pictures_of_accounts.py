"""Pictures of accounts: set-up, the code, the page, login, forgotten password, the locked window.

.venv/bin/python docs/pictures_of_accounts.py      writes account*.png
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pictures
from pictures import ACTOR, keep, picture_of, start_application
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog

import main as program
from core.rules.recovery_code import code_from
from core.services import users
from core.services.sample import fill_sample
from db import store_keys
from db.keyring import Cost
from gui.app import WindowProgram
from gui.dialogs.login import LockDialog, LoginDialog, RecoverDialog
from gui.dialogs.user_forms import CodeDialog, SetUpForm, UserForm
from gui.messages import BoxMessages
from gui.pages.system_users import UsersPane
from gui.settings_store import SettingsStore
from gui.theme import scaled

PASSWORD, SECOND, NEW = "Biao-2026x", "Ji-Hao-77y", "Xin-Mima-5"
CODE = code_from(bytes(range(7, 39)))
WAIT_S = 20.0
D = TypeVar("D", bound=QDialog)


class Seat:
    """Somebody before the whole program."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        program._actor = lambda: ACTOR
        services = program.open_services(folder, create=True)
        if not new:
            fill_sample(services)
        services.close()
        settings = SettingsStore(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.program = WindowProgram(
            app,
            lambda: program.open_door(folder, create=False),
            BoxMessages(settings),
            settings,
            open_sample=lambda: program._sample_door(folder / "示例"),
        )
        self.show()

    def show(self) -> None:
        """As large as the pictures are."""
        self.program.window.resize(*map(scaled, pictures.WHOLE))
        self.program.window.show()

    def wait(self, is_so: Callable[[], object]) -> None:
        """Until it is so, and nothing works any more."""
        end = time.monotonic() + WAIT_S
        while not is_so() or self.program.jobs.is_busy():
            QApplication.processEvents()
            if time.monotonic() > end:
                raise TimeoutError
        for _ in range(20):
            QApplication.processEvents()

    def dialog(self, kind: type[D]) -> D:
        """The dialog of a kind, once it is there."""

        def shown() -> Sequence[D]:
            return [
                each for each in QApplication.topLevelWidgets() if type(each) is kind and each.isVisible()
            ]

        self.wait(shown)
        return shown()[0]

    def take(self, name: str, dialog: QDialog | None = None) -> None:
        """The window with a dialog before it."""
        self.wait(lambda: True)
        keep(picture_of(self.program.window, dialog), name)

    def is_open(self) -> bool:
        """Whether the pages are there."""
        return self.program.workplace is not None

    def pane(self) -> UsersPane:
        """The page of accounts."""
        assert self.program.workplace is not None
        self.program.workplace.go("users")
        self.wait(lambda: self.program.window.findChildren(UsersPane))
        return self.program.window.findChildren(UsersPane)[0]

    def again(self, change: Callable[[], object]) -> None:
        """What leads to a fresh window, which is then as large as the first."""
        before = self.program.window
        change()
        self.wait(lambda: self.program.window is not before)
        self.show()


def _fill(form: SetUpForm | UserForm, name: str, login: str, password: str) -> None:
    form.name.setText(name)
    form.login.setText(login)
    form.first.setText(password)
    form.second.setText(password)


def set_up(seat: Seat) -> None:
    """The first administrator, the code, another user."""
    seat.wait(seat.is_open)
    seat.pane().begin()
    form = seat.dialog(SetUpForm)
    _fill(form, "王主任", "wang", PASSWORD)
    seat.take("account-set-up", form)
    form.send()
    code = seat.dialog(CodeDialog)
    seat.take("account-code", code)
    seat.again(code.send)
    seat.wait(seat.is_open)
    seat.pane().add()
    other = seat.dialog(UserForm)
    _fill(other, "李副主任", "li", SECOND)
    other.send()
    seat.wait(lambda: not seat.program.window.findChildren(UserForm))
    seat.take("account-users")


def lock(seat: Seat) -> None:
    """The covered window."""
    access = seat.program.workplace.desk.access
    access.lock()
    dialog = seat.dialog(LockDialog)
    seat.take("account-locked", dialog)
    dialog.password.setText(PASSWORD)
    dialog.send()
    seat.wait(lambda: not access.is_locked)
    seat.again(access.leave)


def forget(seat: Seat) -> None:
    """The way back in by the code."""
    login = seat.dialog(LoginDialog)
    login.login.setText("wang")
    login.password.setText("x")
    login.send()
    seat.wait(lambda: not login.password.text())
    seat.take("account-login", login)
    login.forgotten()
    form = seat.dialog(RecoverDialog)
    form.code.setText(f"{CODE[:-1]}0")
    form.first.setText(NEW)
    form.second.setText(NEW)
    form.send()
    seat.take("account-recovery", form)
    form.code.setText(CODE)
    form.send()
    seat.wait(seat.is_open)


def main() -> None:
    """Take the pictures."""
    start_application()
    users._new_code = lambda: CODE
    scratch = Path(tempfile.mkdtemp(prefix="pictures-"))
    folder = scratch / "社评通数据"
    folder.mkdir()
    store_keys.measured_cost = lambda: Cost(1, 8192)
    seat = Seat(folder)
    try:
        set_up(seat)
        lock(seat)
        forget(seat)
    finally:
        seat.program.close()
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
