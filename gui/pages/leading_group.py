"""领导小组: who leads the work on social organizations, and its office; today, on a day, or ever.

pane = LeadingGroupPane(desk); pane.reload(); pane.new(); pane.counted(number of posts held today)
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core.model.people import LEADING_GROUP_POSTS, PostKind
from core.services.services import Services
from gui.desk import Desk
from gui.pages.groups_posts import (
    KIND,
    NAME,
    PHONES,
    PLACE,
    SINCE,
    TERM,
    UNTIL,
    PostList,
    PostRow,
    is_held,
    read_posts,
)
from gui.theme import fix_height
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.day_edit import DayEdit
from gui.widgets.labels import ElidedLabel

NOWHERE = {"work_group_id": "", "organization_id": "", "unit_id": "", "community_id": ""}
WANTED = (PostKind.GROUP_HEAD, PostKind.FIRST_DEPUTY, PostKind.OFFICE_DIRECTOR)
NOTHING = "还没有登记领导小组；点“新增任职”，登记组长、副组长、成员和办公室主任"


def read_leading_group(services: Services) -> tuple[tuple[PostRow, ...], date]:
    """All posts of the leading group and its office, past ones too, and today."""
    rows = tuple(row for row in read_posts(services, NOWHERE) if row.post.kind in LEADING_GROUP_POSTS)
    return rows, services.clock().date()


class LeadingGroupPane(QWidget):
    """A filter line over a table."""

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[PostRow, ...] = ()
        self._today = date.min
        self.posts = PostList(desk, "leading_group", (KIND, NAME, PLACE, PHONES, SINCE, UNTIL, TERM), NOTHING)
        self.on_day = QCheckBox("看某一天")
        self.day = DayEdit(144)
        self.past = QCheckBox("含已离任")
        self.missing = Banner("warn", "")
        self._count = ElidedLabel("", "hint")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.edit_button = push_button("修改", self.posts.edit, icon_name="pencil-line", dense=True)
        self.edit_button.setToolTip("修改选中的任职\uff08F2\uff09")
        self.history_button = push_button(
            "变更记录", self.posts.show_history, icon_name="history-line", dense=True
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        self.day.setAccessibleName("看哪一天的领导小组")
        self.day.setEnabled(False)
        bar = QFrame()
        bar.setProperty("kind", "filters")
        fix_height(bar, 32, spare=20)
        row = self._bar = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(12)
        for part in (self.on_day, self.day, self.past):
            row.addWidget(part)
        row.addWidget(self._count, 1)
        for button in (self.edit_button, self.history_button):
            row.addWidget(button)
        holder = QVBoxLayout()
        holder.setContentsMargins(16, 8, 16, 8)
        holder.addWidget(self.missing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(holder)
        column.addWidget(self.posts, 1)
        self.missing.hide()

    def _connect(self) -> None:
        self.on_day.toggled.connect(self._choose_mode)
        self.past.toggled.connect(lambda _on: self._refilter())
        self.day.dateChanged.connect(lambda _day: self._refilter())
        self.posts.chosen.connect(self._allow)

    # What the page around asks for

    def reload(self) -> None:
        services = self._desk.services
        self._desk.jobs.start(lambda _report: read_leading_group(services), self._show, title="读取领导小组")

    def take_focus(self) -> None:
        self.posts.table.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._bar.setContentsMargins(16 if narrow else 24, 0, 16, 0)
        self.posts.table.set_narrow(narrow)

    def fill_menu(self, menu: QMenu) -> None:
        """Offer the ways to a new post of the leading group."""
        self.posts.fill_menu(menu, {})

    # Showing

    def _show(self, reading: tuple[Sequence[PostRow], date]) -> None:
        rows, today = reading
        is_first = self._today == date.min
        self._rows, self._today = tuple(rows), today
        if is_first:
            self.day.show_day(today)
        self._refilter()
        self._say_missing()

    def _choose_mode(self, on_day: bool) -> None:
        """On a day those who held the posts then; past ones are then no question."""
        self.day.setEnabled(on_day)
        self.past.setEnabled(not on_day)
        self._refilter()

    def _refilter(self) -> None:
        day = self.day.day() if self.on_day.isChecked() else self._today
        everything = self.past.isChecked() and not self.on_day.isChecked()
        shown = [row for row in self._rows if everything or is_held(row.post, day)]
        self.posts.show_posts(shown)
        when = f"{day} 在任" if self.on_day.isChecked() else "含已离任" if everything else "今天在任"
        self._count.set_whole_text(f"{len(shown)} 个职务，{when}")
        self.counted.emit(sum(is_held(row.post, self._today) for row in self._rows))

    def _allow(self, row: PostRow | None) -> None:
        for button in (self.edit_button, self.history_button):
            button.setEnabled(row is not None)

    def _say_missing(self) -> None:
        """Which posts nobody holds today, once there is a leading group at all."""
        held = {row.post.kind for row in self._rows if is_held(row.post, self._today)}
        gone = [kind.label for kind in WANTED if kind not in held]
        self.missing.setVisible(bool(self._rows and gone))
        self.missing.set_text(f"现在没有在任的{'、'.join(gone)}。")
