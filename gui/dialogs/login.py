"""Coming in: the login, the forgotten password, the screen that is locked.

LoginDialog(door, state, jobs, settings, parent).entered -> Services        rejected: nobody comes in
                                                .stuck -> AppError          the store cannot be opened
LockDialog(services, jobs, parent).unlocked / .changing                     the same person, or another one
"""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.errors import AppError, StorageFailed
from core.model.user import AccessRules, LoginState
from core.services.door import Door
from core.services.services import Services
from gui.dialogs.password_form import PasswordForm
from gui.jobs import JobRunner
from gui.settings_store import SettingsStore
from gui.widgets.buttons import push_button

CODE_WIDTH = 380


class LoginDialog(PasswordForm):
    """Login name and password; a way on for who forgot it."""

    entered = Signal(object)
    stuck = Signal(object)

    def __init__(
        self, door: Door, state: LoginState, jobs: JobRunner, settings: SettingsStore, parent: QWidget
    ) -> None:
        hint = (
            "数据已加密，登录后才能打开。"
            if state.is_encrypted
            else "请用自己的账户登录，操作会记在您的名下。"
        )
        super().__init__("登录", "登录", hint, parent)
        self._door = door
        self._jobs = jobs
        self._settings = settings
        only = state.logins[0] if len(state.logins) == 1 else ""
        self.login = self.text_row("登录名", settings.last_login or only)
        self.password = self.password_row("密码")
        self.finish(push_button("忘记密码……", self.forgotten, kind="link"), cancel="退出程序")
        (self.password if self.login.text() else self.login).setFocus()

    def send(self) -> None:
        login, password, door = self.login.text(), self.password.text(), self._door
        self.run(
            self._jobs, lambda: door.enter(login, password), self._come_in, title="登录", failed=self._wrong
        )

    def _come_in(self, services: Services) -> None:
        self._settings.last_login = self.login.text().strip()
        self.accept()
        self.entered.emit(services)

    def _wrong(self, error: AppError) -> None:
        self.refused(error)
        self.password.clear()
        self.password.setFocus()
        if isinstance(error, StorageFailed):
            self.stuck.emit(error)

    def forgotten(self) -> None:
        """Ask for the recovery code."""
        form = RecoverDialog(self._door, self._jobs, self.login.text(), self)
        form.entered.connect(self._recovered)
        form.stuck.connect(self.stuck)
        form.open()

    def _recovered(self, services: Services) -> None:
        self.accept()
        self.entered.emit(services)


class RecoverDialog(PasswordForm):
    """A new password by the recovery code."""

    entered = Signal(object)
    stuck = Signal(object)

    def __init__(self, door: Door, jobs: JobRunner, login: str, parent: QWidget) -> None:
        super().__init__(
            "用恢复码重设密码",
            "重设并登录",
            "有管理员在的，请他在“系统 › 用户”里重设您的密码。恢复码在启用账户时打印，由单位封存。",
            parent,
        )
        self._door = door
        self._jobs = jobs
        self.login = self.text_row("登录名", login)
        self.code = self.text_row("恢复码", width=CODE_WIDTH)
        self.code.setPlaceholderText("六组，每组 5 个字符；大小写都行")
        self.first, self.second = self.new_password_rows("新密码", None)
        self.points(self.code, "code_length", "code_typed", "code_wrong")
        self.points(self.login, "no_account")
        self.finish()
        (self.code if login else self.login).setFocus()

    def send(self) -> None:
        password = self.twice(self.first, self.second)
        if password is None:
            return
        login, code, door = self.login.text(), self.code.text(), self._door
        self.run(
            self._jobs, lambda: door.enter_by_code(login, code, password), self._come_in, title="重设密码"
        )

    def refused(self, error: AppError) -> None:
        super().refused(error)
        if isinstance(error, StorageFailed):
            self.stuck.emit(error)

    def _come_in(self, services: Services) -> None:
        self.code.clear()
        self.accept()
        self.entered.emit(services)


class LockDialog(PasswordForm):
    """Over the covered window until the same person is back; what was typed behind it stays."""

    unlocked = Signal()
    changing = Signal()

    def __init__(self, services: Services, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(
            "已锁定", "解锁", f"{services.gate.session.actor}，请输入密码继续；没有保存的内容都还在。", parent
        )
        self._services = services
        self._jobs = jobs
        self._locked_at = services.clock()
        self.password = self.password_row("密码")
        self.finish(push_button("换人登录……", self.changing.emit, kind="link"), cancel="")
        self.password.setFocus()

    def send(self) -> None:
        users, password, since = self._services.users, self.password.text(), self._locked_at
        self.run(
            self._jobs,
            lambda: users.unlock_screen(password, since),
            self._come_back,
            title="解锁",
            failed=self._wrong,
        )

    def reject(self) -> None:
        """Esc and the window's cross do not open it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def closeEvent(self, event: QEvent) -> None:
        event.ignore()

    def _come_back(self, _nothing: None) -> None:
        self.accept()
        self.unlocked.emit()

    def _wrong(self, error: AppError) -> None:
        self.refused(error)
        self.password.clear()
        self.password.setFocus()


class OwnPasswordDialog(PasswordForm):
    """The own password, changed by choice or because it is due."""

    changed = Signal()

    def __init__(self, services: Services, jobs: JobRunner, parent: QWidget, *, why: str = "") -> None:
        super().__init__("修改密码", "修改密码", why, parent)
        self._services = services
        self._jobs = jobs
        self.old = self.password_row("现在的密码")
        self.points(self.old, "password_wrong", "login_locked")
        self.first, self.second = self.new_password_rows("新密码", AccessRules(""))
        jobs.look(services.users.rules, self.follow, title="读取密码规则", owner=self)
        self.finish(cancel="退出程序" if why else "取消")
        self.old.setFocus()

    def send(self) -> None:
        password = self.twice(self.first, self.second)
        if password is None:
            return
        users, old = self._services.users, self.old.text()
        self.run(self._jobs, lambda: users.change_own_password(old, password), self._done, title="修改密码")

    def _done(self, _nothing: None) -> None:
        self.accept()
        self.changed.emit()
