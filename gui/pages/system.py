"""The system page: settings, log, bin, data file, looks, fonts, accounts, first steps, backups."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from gui.desk import Desk
from gui.pages.bin import BinPane
from gui.pages.first_steps import FirstStepsPane
from gui.pages.system_backup import BackupPane
from gui.pages.system_data import DataPane
from gui.pages.system_display import DisplayPane
from gui.pages.system_fonts import FontsPane
from gui.pages.system_log import LogPane
from gui.pages.system_office import OfficePane
from gui.pages.system_users import UsersPane
from gui.widgets.page import Page, PageHeader

TABS = ("单位设置", "变更记录", "回收站", "数据", "显示", "字体", "用户", "开始使用", "备份")
PLACES = {"office": 0, "log": 1, "bin": 2, "check": 3, "fonts": 5, "users": 6, "first_steps": 7, "backup": 8}
OFFICE = PLACES["office"]
_PANES = (
    OfficePane
    | LogPane
    | BinPane
    | DataPane
    | DisplayPane
    | FontsPane
    | UsersPane
    | FirstStepsPane
    | BackupPane
)


class SystemPage(Page):
    """Nine panes under one header; a pane loads when it is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        backups = desk.services.backups
        self._header = PageHeader("系统", tabs=TABS if backups else TABS[:-1])
        self._office = OfficePane(desk)
        self._log = LogPane(desk)
        self._bin = BinPane(desk)
        self._data = DataPane(desk)
        self._stack = QStackedWidget()
        for pane in (
            self._office,
            self._log,
            self._bin,
            self._data,
            DisplayPane(desk),
            FontsPane(desk),
            UsersPane(desk),
            FirstStepsPane(desk),
        ):
            self._stack.addWidget(pane)
        self._backup = BackupPane(desk, backups) if backups else None
        if self._backup is not None:
            self._stack.addWidget(self._backup)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self._header.tab_changed.connect(self._turn)

    def reload(self) -> None:
        pane = self._stack.currentWidget()
        if isinstance(pane, _PANES):
            pane.reload()

    def perform(self, action: str, argument: str) -> None:
        """Show the pane of an action; `check` also starts the examination."""
        self._header.tabs.setCurrentIndex(PLACES[action])
        if action == "check":
            self._data.check()

    def take_focus(self) -> None:
        self._header.tabs.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._header.set_narrow(narrow)
        self._log.set_narrow(narrow)
        self._bin.set_narrow(narrow)
        if self._backup is not None:
            self._backup.set_narrow(narrow)
            self._show_buttons()

    def may_leave(self) -> bool:
        return self._office.may_leave()

    def _turn(self, index: int) -> None:
        if self._stack.currentIndex() == OFFICE and index != OFFICE and not self._office.may_leave():
            self._header.tabs.setCurrentIndex(OFFICE)
            return
        self._stack.setCurrentIndex(index)
        self._show_buttons()
        self.reload()

    def _show_buttons(self) -> None:
        pane = self._stack.currentWidget()
        self._header.set_buttons(pane.buttons() if isinstance(pane, BackupPane) else ())
