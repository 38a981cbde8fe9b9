"""Who is at the window: logging in at the start, the screen that locks by itself, another person or key.

access = Access(window, jobs, messages, settings)
access.come_in(door, state)            asks for login and password; `entered` or `given_up`
access.watch(services)                 the open office: from now on the window locks when nobody works
access.lock(); access.change_password(); access.leave()
access.convert(door.encrypt, "加密数据")        `beginning_over`: a fresh window first does this, then opens
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.model.user import AccessRules, LoginState
from core.services.door import Converted, Door
from core.services.services import Services
from gui.dialogs.login import LockDialog, LoginDialog, OwnPasswordDialog
from gui.jobs import JobRunner
from gui.messages import Messages
from gui.settings_store import SettingsStore
from gui.widgets.labels import IconLabel, label

_LIVE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Access(QObject):
    """Owned by the program; the window may be another one after somebody else logged in."""

    entered = Signal(object)
    given_up = Signal()
    stuck = Signal(object)
    beginning_over = Signal(object, str)

    def __init__(self, window: QWidget, jobs: JobRunner, messages: Messages, settings: SettingsStore) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._messages = messages
        self._settings = settings
        self._services: Services | None = None
        self._covers: list[Cover] = []
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._watches = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusWindowChanged.connect(self._attend)
        self.door: Door | None = None
        self.login_dialog: LoginDialog | None = None

    @property
    def is_locked(self) -> bool:
        """Whether the window is covered."""
        return bool(self._covers)

    # Coming in

    def come_in(self, door: Door, state: LoginState) -> None:
        """Ask who it is."""
        self.door = door
        dialog = self.login_dialog = LoginDialog(door, state, self._jobs, self._settings, self._window)
        dialog.entered.connect(self._check_password)
        dialog.rejected.connect(self.given_up)
        dialog.stuck.connect(self.stuck)
        dialog.open()

    def leave_to_rescue(self) -> None:
        """Nobody can come in before the store is mended."""
        if self.login_dialog is not None:
            self.login_dialog.accept()

    def _check_password(self, services: Services) -> None:
        why = services.gate.must_change
        if not why:
            self.entered.emit(services)
            return
        dialog = OwnPasswordDialog(services, self._jobs, self._window, why=why)
        dialog.changed.connect(lambda: self.entered.emit(services))
        dialog.rejected.connect(services.close)
        dialog.rejected.connect(self.given_up)
        dialog.open()

    # Being in

    def watch(self, services: Services) -> None:
        """Lock when nobody works for as long as the office says."""
        self._services = services
        if self._has_user():
            self._jobs.look(services.users.rules, self.follow, title="读取密码规则", owner=self)

    def follow(self, rules: AccessRules) -> None:
        """The rules as they are now."""
        self._idle.stop()
        self._watches = bool(rules.idle_minutes) and self._has_user()
        if self._watches:
            self._idle.setInterval(rules.idle_minutes * 60_000)
            self._idle.start()
            self._attend(self._window.windowHandle())

    def _attend(self, window: QWindow | None) -> None:
        """Notice what is typed and clicked in a window, which gets far fewer events than the application."""
        if window is not None and self._watches:
            window.installEventFilter(self)
            self._idle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LIVE and self._watches and not self._covers:
            self._idle.start()
        return False

    def _has_user(self) -> bool:
        return self._services is not None and self._services.gate.session.user is not None

    def lock(self) -> None:
        """Cover every window until the same person is back; dialogs, what was typed, what has ended waits."""
        services = self._services
        if services is None or not self._has_user() or self._covers:
            return
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        for each in shown:
            if each.windowType() is Qt.WindowType.Popup:
                each.close()
        lasting = (Qt.WindowType.Window, Qt.WindowType.Dialog)
        self._covers = [Cover(each) for each in shown if each.windowType() in lasting]
        dialog = LockDialog(services, self._jobs, self._window)
        dialog.unlocked.connect(self._unlock)
        dialog.changing.connect(lambda: self._change_person(dialog))
        self._jobs.hold(dialog)
        # Modal to all windows, which `open` would not be; a dialog may end with its job while it is covered.
        dialog.show()

    def _unlock(self) -> None:
        for cover in filter(isValid, self._covers):
            cover.lift()
        self._covers = []
        # First: what is told now may stand there until somebody comes.
        self._idle.start()
        self._jobs.release()

    def _change_person(self, dialog: LockDialog) -> None:
        lost = (("没有保存的内容", "会丢失"),)
        if self._messages.confirm("换人登录吗？", lost, yes="换人登录"):
            dialog.done(0)
            self.leave()

    def change_password(self) -> None:
        """Ask for the old and the new password."""
        if self._services is not None:
            OwnPasswordDialog(self._services, self._jobs, self._window).open()

    def leave(self) -> None:
        """Let go of the office; the next person logs in."""
        if (services := self._services) is not None:
            self._begin_over(services.close, "退出登录")

    def begin_over(self) -> None:
        """A fresh window over the same services, as somebody is in now who was not before."""
        if (services := self._services) is not None:
            self._begin_over(lambda: Converted(services), "打开数据")

    def convert(self, change: Callable[[Services], Converted], title: str) -> None:
        """Let the door change the whole store, then begin again over it."""
        if (services := self._services) is not None:
            self._begin_over(lambda: change(services), title)

    def _begin_over(self, work: Callable[[], Converted | None], title: str) -> None:
        self.stop()
        self.beginning_over.emit(work, title)

    def stop(self) -> None:
        """Watch no more; what ended behind the lock is nothing for the next person."""
        self._jobs.release(drop=True)
        self._services = None
        self._watches = False
        self._idle.stop()


class Cover(QWidget):
    """Lies over a whole window, so that nothing of it is seen; it follows its size."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("kind", "canvas")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.addStretch(1)
        line = IconLabel("lock-2-line", "text3", 32, disc="track", disc_size=72)
        words = label("已锁定", "title")
        for each in (line, words):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def lift(self) -> None:
        """Show what is under it again."""
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False
