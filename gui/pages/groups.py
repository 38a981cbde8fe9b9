"""工作组: the special working groups, the leading group over them, and what they all have to do.

Actions: groups, group:ID, leading_group; todo, todo:TASK and calendar belong to the tab 待办.
"""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtWidgets import QMenu, QVBoxLayout

from gui.desk import Desk
from gui.dialogs.history import HistoryDialog
from gui.dialogs.paper_preview import PaperPreview
from gui.icons import icon
from gui.pages.groups_detail import pop_under
from gui.pages.groups_list import GroupsPane
from gui.pages.groups_reading import GroupsReading
from gui.pages.leading_group import LeadingGroupPane
from gui.pages.todo import TodoPage
from gui.rights import offer
from gui.widgets.buttons import literal, push_button, rename
from gui.widgets.late_stack import SeenStack
from gui.widgets.page import Page, PageHeader

GROUPS, LEADING, TO_DO = range(3)
# What the primary button does in a tab: word, icon, tooltip, keys. F2 is of the list: the tables beside it
# have the same key.
MAIN = {
    GROUPS: ("修改本组", "pencil-line", "修改这个专项推进组\uff08在列表里按 F2\uff09", ""),
    LEADING: ("新增任职", "add-line", "登记领导小组的一个职务\uff08Ctrl+N\uff09", "Ctrl+N"),
}
TAB_OF = {"leading_group": LEADING, "todo": TO_DO, "calendar": TO_DO}


class GroupsPage(Page):
    """Three tabs under one header; each reads anew when it is shown after something was saved.

    What is not seen at first is made when it is first asked for.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._narrow = False
        self._stale = {GROUPS, LEADING, TO_DO}
        self.header = PageHeader("工作组", tabs=("专项推进组", "领导小组", "待办"))
        self.groups = GroupsPane(desk)
        self._stack = SeenStack()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.print_button = push_button("打印", self._choose_paper, icon_name="printer-line")
        self.print_button.setToolTip("打印工作组手册或缺件清单")
        # One for all tabs: in a small window the header leaves only its last button outside of ⋮.
        self.main_button = push_button("", self._do_main, kind="primary")
        offer(self._desk.services.gate, self.main_button, "register.save_work_group")
        self.history_button = push_button("变更记录", self._show_history, icon_name="history-line")
        for button in (self.history_button, self.print_button, self.main_button):
            self.header.add_button(button)
        self._stack.addWidget(self.groups)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self._show_buttons()

    def _connect(self) -> None:
        self.header.tab_changed.connect(self._show_tab)
        self.groups.loaded.connect(self._count_groups)
        self.groups.chosen.connect(lambda _row: self._show_buttons())

    @cached_property
    def leading(self) -> LeadingGroupPane:
        """The second tab."""
        pane = LeadingGroupPane(self._desk)
        pane.counted.connect(
            lambda count: self.header.set_tab_text(LEADING, f"领导小组 {count}" if count else "领导小组")
        )
        self._stack.addWidget(pane)
        pane.set_narrow(self._narrow)
        return pane

    @cached_property
    def todo(self) -> TodoPage:
        """The third tab."""
        pane = TodoPage(self._desk)
        # The tab says it already.
        pane.header.set_title("")
        self._stack.addWidget(pane)
        pane.set_narrow(self._narrow)
        return pane

    def _pane(self) -> GroupsPane | LeadingGroupPane | TodoPage:
        tab = self.header.tabs.currentIndex()
        return self.leading if tab == LEADING else self.todo if tab == TO_DO else self.groups

    # What the shell and other pages ask for

    def reload(self) -> None:
        self._stale = {GROUPS, LEADING, TO_DO}
        self._read_shown()

    def _read_shown(self) -> None:
        tab = self.header.tabs.currentIndex()
        if tab in self._stale:
            self._stale.discard(tab)
            self._pane().reload()

    def perform(self, action: str, argument: str) -> None:
        """Show the tab of an action; group:ID selects that group."""
        tab = TAB_OF.get(action, GROUPS)
        self.header.tabs.setCurrentIndex(tab)
        if tab == TO_DO:
            self.todo.perform(action, argument)
        elif tab == GROUPS and argument:
            self.groups.choose(argument)
        self.take_focus()

    def take_focus(self) -> None:
        tab = self.header.tabs.currentIndex()
        if tab == GROUPS:
            self.groups.list.setFocus()
        elif tab == LEADING:
            self.leading.take_focus()
        else:
            self.todo.take_focus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._show_buttons()
        self.groups.set_narrow(narrow)
        for name in {"leading", "todo"} & vars(self).keys():
            getattr(self, name).set_narrow(narrow)

    # Showing

    def _show_tab(self, tab: int) -> None:
        self._stack.setCurrentWidget(self._pane())
        self._show_buttons()
        self._read_shown()

    def _show_buttons(self) -> None:
        """Each tab has its own; 待办 brings them along."""
        tab = self.header.tabs.currentIndex()
        # Unfolded first: what the page takes away must not stand in the folded menu either.
        self.header.set_narrow(False)
        for button in (self.print_button, self.main_button):
            button.setVisible(tab != TO_DO)
        self.history_button.setVisible(tab == GROUPS and self.groups.current_group() is not None)
        text, icon_name, tip, keys = MAIN.get(tab, MAIN[GROUPS])
        rename(self.main_button, text)
        self.main_button.setIcon(icon(icon_name, "on_accent"))
        self.main_button.setToolTip(tip)
        self.main_button.setShortcut(keys)
        self.main_button.setEnabled(tab != GROUPS or self.groups.current_group() is not None)
        self.header.set_narrow(self._narrow)

    def _count_groups(self, reading: GroupsReading) -> None:
        self.header.set_tab_text(GROUPS, f"专项推进组 {len(reading.sizes.work_groups)}")

    # Doing

    def _do_main(self) -> None:
        if self.header.tabs.currentIndex() == GROUPS:
            self.groups.edit_group()
            return
        menu = QMenu(self)
        self.leading.fill_menu(menu)
        pop_under(menu, self.main_button)

    def _show_history(self) -> None:
        if (group := self.groups.current_group()) is not None:
            HistoryDialog(self._desk, group.name, group.id, self).open()

    def _choose_paper(self) -> None:
        pop_under(self.print_menu(), self.print_button)

    def print_menu(self) -> QMenu:
        """The papers that can be printed from here."""
        menu = QMenu(self)
        group = self.groups.current_group() if self.header.tabs.currentIndex() == GROUPS else None
        if group is not None:
            key, name = group.id, group.name
            menu.addAction(f"本组手册\uff08{literal(name)}\uff09", lambda: self._print_booklet([key], name))
        menu.addAction("全部工作组手册", lambda: self._print_booklet(None, "全部"))
        menu.addSeparator()
        menu.addAction("缺件清单", self._print_missing)
        return menu

    def _print_booklet(self, group_ids: list[str] | None, what: str) -> None:
        papers = self._desk.services.papers
        self._preview(
            "工作组手册",
            f"工作组手册\uff08{what}\uff09.pdf",
            lambda: papers.booklet(group_ids),
            lambda: papers.booklet(group_ids, masked=False),
        )

    def _print_missing(self) -> None:
        papers = self._desk.services.papers
        self._preview(
            "缺件清单",
            "缺件清单.pdf",
            papers.missing_papers,
            lambda: papers.missing_papers(masked=False),
        )

    def _preview(
        self, title: str, file_name: str, make: Callable[[], bytes], whole: Callable[[], bytes]
    ) -> None:
        PaperPreview(self._desk, title, make, file_name, self, whole=whole).open()
