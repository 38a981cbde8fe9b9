"""The system page: settings, log, bin, data file, looks, fonts, accounts, first steps, backups."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

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
from gui.widgets.late_stack import LateStack
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
    """Nine panes under one header; a pane is made and loads when it is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        backups = desk.services.backups
        kinds = (OfficePane, LogPane, BinPane, DataPane, DisplayPane, FontsPane, UsersPane, FirstStepsPane)
        factories: list[Callable[[], QWidget]] = [partial(kind, desk) for kind in kinds]
        if backups is not None:
            factories.append(partial(BackupPane, desk, backups))
        self._header = PageHeader("系统", tabs=TABS[: len(factories)])
        self._narrow = False
        self._tab = OFFICE
        self._stack = LateStack(factories)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self._stack.made.connect(lambda _place, pane: self._arrange(pane))
        self._stack.turn_to(OFFICE)
        self._header.tab_changed.connect(self._turn)

    def reload(self) -> None:
        pane = self._stack.currentWidget()
        if isinstance(pane, _PANES):
            pane.reload()

    def perform(self, action: str, argument: str) -> None:
        """Show the pane of an action; `check` also starts the examination."""
        self._header.tabs.setCurrentIndex(PLACES[action])
        pane = self._stack.currentWidget()
        if isinstance(pane, DataPane) and action == "check":
            pane.check()

    def take_focus(self) -> None:
        self._header.tabs.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._header.set_narrow(narrow)
        for pane in self._stack.panes():
            self._arrange(pane)
        self._show_buttons()

    def _arrange(self, pane: QWidget) -> None:
        if isinstance(pane, LogPane | BinPane | BackupPane):
            pane.set_narrow(self._narrow)

    def may_leave(self) -> bool:
        pane = self._stack.currentWidget()
        return not isinstance(pane, OfficePane) or pane.may_leave()

    def _turn(self, index: int) -> None:
        if index == self._tab:
            return
        if not self.may_leave():
            self._header.tabs.setCurrentIndex(self._tab)
            return
        self._tab = index
        self._stack.turn_to(index)
        self._show_buttons()
        self.reload()

    def _show_buttons(self) -> None:
        pane = self._stack.currentWidget()
        self._header.set_buttons(pane.buttons() if isinstance(pane, BackupPane) else ())
