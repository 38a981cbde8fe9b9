"""The chosen work group: its facts, its organizations, and in tabs its members, papers and tasks.

detail = GroupDetail(desk); detail.show_group(row, reading); detail.show_holdings(holdings)
detail.set_narrow(narrow)               where there is no room beside each other, everything is a tab
pop_under(menu, button)
"""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from core.model.task_view import Urgency
from gui.desk import Desk
from gui.pages.groups_facts import GroupFacts
from gui.pages.groups_organizations import GroupOrganizations
from gui.pages.groups_papers import GroupPapers
from gui.pages.groups_posts import KIND, NAME, PHONES, PLACE_AND_END, SINCE, UNTIL, PostList, is_held
from gui.pages.groups_reading import GroupHoldings, GroupsReading
from gui.pages.groups_rows import GroupRow
from gui.pages.groups_tasks import GroupTasks
from gui.rights import offer
from gui.theme import scaled, set_kind
from gui.widgets.buttons import push_button, rename
from gui.widgets.card import ScrollPane
from gui.widgets.labels import rule
from gui.widgets.notice_line import NoticeLine

FACTS, ORGANIZATIONS, MEMBERS, PAPERS, TASKS = range(5)
# Under the first everything takes turns; from the others on all columns of the organizations have room.
ROOM_FOR_TWO, ROOMY, ROOMY_ALONE = 760, 1100, 720
MEMBER_COLUMNS = (
    replace(NAME, width=72),
    replace(KIND, width=80),
    PLACE_AND_END,
    replace(PHONES, width=112),
    replace(SINCE, shown=False),
    replace(UNTIL, shown=False),
)
NO_MEMBERS = "还没有登记成员；牵头领导、牵头人、联络员都记在这里"
ADDING = {MEMBERS: "新增成员", PAPERS: "登记文件", TASKS: "新增任务"}


class GroupDetail(QWidget):
    """Everything of one group."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: GroupRow | None = None
        self._reading: GroupsReading | None = None
        self._holdings: GroupHoldings | None = None
        self._folded = False
        self.facts = GroupFacts()
        self.notice = NoticeLine()
        self.organizations = GroupOrganizations(desk)
        self.members = PostList(desk, "group_members", MEMBER_COLUMNS, NO_MEMBERS)
        self.past = QCheckBox("含已离任")
        self.papers = GroupPapers(desk)
        self.tasks = GroupTasks(desk)
        self.tabs = QTabBar()
        self.add_button = push_button("", self._add, icon_name="add-line", kind="link", dense=True)
        offer(desk.services.gate, self.add_button, "ledgers.save")
        self._stack = QStackedWidget()
        self._side = QFrame()
        self._facts_page = ScrollPane(12)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._build_side()
        self._parts = QHBoxLayout()
        self._parts.setSpacing(12)
        self._parts.addWidget(self.organizations, 6)
        self._parts.addWidget(self._side, 5)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.facts)
        column.addWidget(self.notice)
        column.addLayout(self._parts, 1)

    def _build_side(self) -> None:
        self._side.setProperty("kind", "card")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("本组的情况")
        for text in ("概况", "组织", "成员", "文件", "任务"):
            self.tabs.addTab(text)
        for tab in (FACTS, ORGANIZATIONS):
            self.tabs.setTabVisible(tab, False)
        self.tabs.setCurrentIndex(MEMBERS)
        self._facts_page.body.addStretch(1)
        for part in (self._facts_page, self.members, self.papers, self.tasks):
            self._stack.addWidget(part)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 8, 4)
        head.addWidget(self.tabs)
        head.addStretch(1)
        self._foot = QFrame()
        self._foot.setProperty("kind", "foot")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, 4, 8, 4)
        foot.addWidget(self.past)
        foot.addStretch(1)
        foot.addWidget(self.add_button)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)
        self._show_tab()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())
        self.past.toggled.connect(lambda _on: self._show_members())
        self.organizations.moved.connect(self._say_moved)

    # Showing

    def show_group(self, row: GroupRow, reading: GroupsReading) -> None:
        """Show a group, or the organizations that have none; what it holds follows."""
        self._row, self._reading = row, reading
        if row.group is not None:
            self.facts.show_group(row.group, row.category, leader=row.leader, convener=row.convener)
            self.tasks.show_tasks(row.key, row.tasks)
        title = f"{row.category}组织" if row.category else row.name
        self.organizations.show_organizations(title, row, reading)
        self._name_tabs()
        self._fit()

    def show_holdings(self, holdings: GroupHoldings) -> None:
        """Show members and papers, unless another group was chosen meanwhile."""
        if self._row is None or self._row.key != holdings.group_id:
            return
        self._holdings = holdings
        self._show_members()
        gap = f"本年还{self._row.gap}。" if self._row.gap else ""
        self.papers.show_papers(holdings.group_id, holdings.papers, gap)
        self._name_tabs()

    def _show_members(self) -> None:
        if self._holdings is None or self._reading is None:
            return
        today, posts = self._reading.today, self._holdings.posts
        held = [row for row in posts if is_held(row.post, today)]
        self.members.show_posts(posts if self.past.isChecked() else held)

    def _name_tabs(self) -> None:
        """The numbers of what was read of this group so far."""
        row, reading, holdings = self._row, self._reading, self._holdings
        if row is None or reading is None:
            return
        self.tabs.setTabText(ORGANIZATIONS, f"组织 {row.count}")
        if holdings is not None and holdings.group_id == row.key:
            held = sum(is_held(each.post, reading.today) for each in holdings.posts)
            self.tabs.setTabText(MEMBERS, f"成员 {held}")
            self.tabs.setTabText(PAPERS, f"文件 {len(holdings.papers)}")
        urgencies = [item.deadline.urgency for item in row.tasks]
        late, waiting = urgencies.count(Urgency.OVERDUE), len(urgencies) - urgencies.count(Urgency.DONE)
        self.tabs.setTabText(TASKS, f"任务 {waiting} · 逾期 {late}" if late else f"任务 {waiting}")

    def _show_tab(self) -> None:
        tab = self.tabs.currentIndex()
        parts = (self._facts_page, self.organizations, self.members, self.papers, self.tasks)
        self._stack.setCurrentWidget(parts[tab])
        self.past.setVisible(tab == MEMBERS)
        self._foot.setVisible(tab in ADDING)
        rename(self.add_button, ADDING.get(tab, ""))

    # Room

    def set_narrow(self, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._column.setContentsMargins(margin, 10 if narrow else 14, margin, 12 if narrow else 16)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Side by side where both have room; those without a group have nothing but organizations."""
        alone = self._row is not None and self._row.group is None
        folded = not alone and self.width() < scaled(ROOM_FOR_TWO)
        self._fold(folded)
        # Said again after each move from one parent to another: Qt hides what is moved.
        self.facts.setVisible(not alone)
        self._side.setVisible(not alone)
        room = ROOMY_ALONE if alone or folded else ROOMY
        self.organizations.table.set_narrow(self.width() < scaled(room))

    def _fold(self, folded: bool) -> None:
        if folded == self._folded:
            return
        self._folded = folded
        if folded:
            self._facts_page.body.insertWidget(0, self.facts)
            self._stack.addWidget(self.organizations)
            self.tabs.setCurrentIndex(ORGANIZATIONS)
        else:
            self._column.insertWidget(0, self.facts)
            self._parts.insertWidget(0, self.organizations, 6)
            self.organizations.show()
            if self.tabs.currentIndex() in (FACTS, ORGANIZATIONS):
                self.tabs.setCurrentIndex(MEMBERS)
        for tab in (FACTS, ORGANIZATIONS):
            self.tabs.setTabVisible(tab, folded)
        set_kind(self.organizations, "kind", "" if folded else "card")
        self._show_tab()

    # Doing

    def _add(self) -> None:
        if self._row is None:
            return
        tab = self.tabs.currentIndex()
        if tab == TASKS:
            self.tasks.new()
            return
        menu = QMenu(self)
        if tab == MEMBERS:
            self.members.fill_menu(menu, {"work_group_id": self._row.key})
        else:
            self.papers.fill_menu(menu)
        pop_under(menu, self.add_button)

    def _say_moved(self, count: int) -> None:
        self.notice.say(f"已把 {count} 个组织归到另一个组。" if count else "这些组织已经在这个组里。")


def pop_under(menu: QMenu, button: QPushButton) -> None:
    """Show a menu under its button, or at the mouse while the button is folded into ⋮; then it is gone."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    corner = button.mapToGlobal(button.rect().bottomLeft())
    menu.popup(corner if button.isVisible() else QCursor.pos())
