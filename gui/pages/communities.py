"""The list of communities and villages with what they hold and want, and the way to correct their facts.

pane = CommunitiesPane(desk, notice); pane.show_frame(frame); pane.export(); pane.set_narrow(narrow)
pane.show_day(day)               as of a past day, only to look at; None is now
pane.edit_asked(community, new or not), pane.organizations_asked(community id)
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core.model.completeness_view import Completeness
from core.model.identity import new_id
from core.model.organization import Community, CommunityKind
from core.model.register import RosterFrame
from core.services.files import write_file
from gui.actions import EDIT, command_action
from gui.desk import Desk
from gui.dialogs.class_report import ClassReportDialog
from gui.dialogs.paper_preview import PaperPreview
from gui.messages import EXCEL_OUT
from gui.pages.communities_detail import WIDTH, CommunityDetail
from gui.pages.communities_rows import (
    COLUMNS,
    CommunityRow,
    average_words,
    community_rows,
    out_sheet,
    with_counts,
)
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_split import SideSplit
from gui.rights import Way, needs
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled, set_kind
from gui.widgets.buttons import push_button
from gui.widgets.empty_page import EmptyPage
from gui.widgets.labels import ElidedLabel
from gui.widgets.notice_line import NoticeLine, open_folder_of
from gui.widgets.past_day import DayButton, DayLine, past_words

# So much the list needs for itself beside the pane.
ROOM = 560


class CommunitiesPane(QWidget):
    """Everything of 社区（村）."""

    edit_asked = Signal(object)
    organizations_asked = Signal(str)

    def __init__(self, desk: Desk, notice: NoticeLine) -> None:
        super().__init__()
        self._desk = desk
        self.notice = notice
        self._rows: tuple[CommunityRow, ...] = ()
        self._is_stale = False
        self._narrow = False
        self._day: date | None = None
        self.model = RecordTableModel(COLUMNS, lambda row: row.community.id, parent=self)
        self.table = RecordTable(self.model, desk.settings, "communities", label="社区\uff08村\uff09")
        self.filters = FilterBar("社区\uff08村\uff09名称", (("kind", "类型"), ("preparatory", "状态")))
        self.day_button = DayButton(desk.services.clock, "社区\uff08村\uff09")
        self.day_line = DayLine("社区\uff08村\uff09")
        self.detail = CommunityDetail(desk)
        self.averages = ElidedLabel("", "caption")
        self._foot = QFrame()
        self._left = QWidget()
        self._empty = self._empty_page()
        self._build()
        self._connect()

    def _empty_page(self) -> EmptyPage:
        return EmptyPage(
            "community-line",
            "还没有社区\uff08村\uff09",
            "导入花名册时，表中的社区\uff08村\uff09先列出来，确认后一并建立。",
            buttons=(
                push_button("新增社区\uff08村\uff09", self.new, icon_name="add-line"),
                push_button(
                    "导入名册",
                    Way(self._desk, "import_roster"),
                    icon_name="upload-2-line",
                    kind="primary",
                ),
            ),
        )

    def _build(self) -> None:
        self.print_button = push_button("打印", icon_name="printer-line", dense=True)
        set_kind(self.print_button, "menu", True)
        self.print_button.setMenu(self._print_menu())
        self._new = push_button("新增", self.new, icon_name="add-line", dense=True)
        self._new.setAccessibleName("新增社区\uff08村\uff09")
        for button in (self.day_button, self.print_button, self._new):
            self.filters.add_end(button)
        self._foot.setProperty("kind", "hints")
        self._foot.setFixedHeight(28)
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(24, 0, 16, 0)
        line.addWidget(self.averages, 1)
        inside = QVBoxLayout(self._left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for part in (self.filters, self.day_line, self.notice):
            inside.addWidget(part)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._foot)
        self._split = SideSplit(self._left, self.detail, width=WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._split, 1)
        column.addWidget(self._empty, 1)

    def _print_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("全部卡片", lambda: self.print_cards(None))
        menu.addAction("显示的卡片", lambda: self.print_cards([row.community for row in self.model.shown()]))
        menu.addSeparator()
        menu.addAction("缺件清单", self._print_missing)
        menu.addAction("分类统计", lambda: ClassReportDialog(self._desk, self).open())
        return menu

    def _connect(self) -> None:
        self.filters.set_choices("kind", [(kind, kind.label) for kind in CommunityKind])
        self.filters.set_choices("preparatory", [(True, "筹建中"), (False, "已成立")])
        self.filters.changed.connect(self._refilter)
        self.day_button.chosen.connect(self.show_day)
        self.day_line.left.connect(lambda: self.show_day(None))
        self.day_line.change_asked.connect(self.day_button.choose_again)
        self.table.opened.connect(lambda _row: self._open_detail())
        self.table.current_changed.connect(self.detail.show_row)
        self.detail.closed.connect(self._close_detail)
        self.detail.edit_asked.connect(self._ask_edit)
        self.detail.organizations_asked.connect(self._ask_organizations)
        self.detail.print_asked.connect(self._print_current)
        edit = command_action(EDIT, self._ask_edit, self.table)
        edit.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table.addAction(edit)
        leave = QShortcut(QKeyCombination(Qt.Key.Key_Escape), self.detail, self._close_detail)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Showing

    def show_frame(self, frame: RosterFrame) -> None:
        """Show what was just counted; how it stands to the targets follows once it is seen.

        A past day that is shown stays.
        """
        if self._day is None:
            self._show_communities(frame)

    def show_day(self, day: date | None) -> None:
        """Show the communities as of a day, only to look at and to export; None is now."""
        self._day = day = None if day == self._desk.services.clock().date() else day
        self.day_line.show_day(day)
        self.detail.set_day(day)
        for button in (self.print_button, self._new):
            button.setEnabled(day is None)
            button.setToolTip(past_words(day) if day else "")
        roster = self._desk.services.roster
        self._desk.jobs.look(
            lambda: roster.frame(day), self._show_communities, title="读取社区\uff08村\uff09", owner=self
        )

    def _show_communities(self, frame: RosterFrame) -> None:
        self._rows = community_rows(frame)
        self.averages.set_whole_text("")
        self._show_rows()
        is_filled = bool(self._rows) or self._day is not None
        self._split.setVisible(is_filled)
        self._empty.setVisible(not is_filled)
        self._is_stale = self._day is None
        if self._is_stale and self.isVisible():
            self._read_counts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._read_counts()

    def _read_counts(self) -> None:
        self._is_stale = False
        filing = self._desk.services.filing
        self._desk.jobs.start(
            lambda _report: filing.completeness(), self._show_counts, title="核对社区\uff08村\uff09的目标"
        )

    def _show_counts(self, found: Completeness) -> None:
        if self._day is not None:
            return
        self._rows = with_counts(self._rows, found.communities)
        self.averages.set_whole_text("　　".join(filter(None, map(average_words, found.averages))))
        self._show_rows()

    def _show_rows(self) -> None:
        self.model.set_records(self._rows)
        self._refilter()

    def _refilter(self) -> None:
        needle, chosen = self.filters.needle(), self.filters.chosen()
        self.model.set_filter(
            lambda row: (
                needle in row.community.name
                and all(getattr(row.community, name) == value for name, value in chosen.items())
            )
        )
        self.filters.set_count(self.model.rowCount(), len(self._rows))
        if self.table.current_record() is None and self.model.rowCount():
            self.table.selectRow(0)
        self.detail.show_row(self.table.current_record())

    # Room

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.filters.set_narrow(narrow)
        self._foot.setVisible(not narrow)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where list and pane have no room beside each other the pane becomes a page of its own."""
        self._split.set_narrow(self._narrow or self.width() < scaled(ROOM + WIDTH))
        self.table.set_narrow(self._narrow or self.width() < scaled(ROOM + WIDTH + 440))

    def _open_detail(self) -> None:
        self._split.show_side()
        self.detail.setFocus()
        self.detail.focusNextChild()

    def _close_detail(self) -> None:
        self._split.close_side()
        self.table.setFocus()

    # Doing

    @needs("register.save_community")
    def new(self) -> None:
        """Ask for a form for a community that is not in the list."""
        self.edit_asked.emit(Community(new_id(), ""))

    @needs("register.save_community")
    def _ask_edit(self) -> None:
        if (row := self.table.current_record()) is None:
            return
        if self._day is None:
            self.edit_asked.emit(row.community)
        else:
            self.notice.say(past_words(self._day), "回到今天", lambda: self.show_day(None))

    def _ask_organizations(self) -> None:
        if (row := self.table.current_record()) is not None:
            self.organizations_asked.emit(row.community.id)

    def _print_current(self) -> None:
        if (row := self.table.current_record()) is not None:
            self.print_cards([row.community])

    def print_cards(self, communities: Sequence[Community] | None) -> None:
        """Preview the cards of these communities, or of all."""
        papers = self._desk.services.papers
        ids = None if communities is None else [each.id for each in communities]
        one = communities[0].name if communities is not None and len(communities) == 1 else ""
        name = f"社区卡片\uff08{one}\uff09.pdf" if one else "社区卡片.pdf"
        PaperPreview(self._desk, "社区卡片", lambda: papers.community_card(ids), name, self).open()

    def _print_missing(self) -> None:
        papers = self._desk.services.papers
        PaperPreview(
            self._desk,
            "缺件清单",
            papers.missing_papers,
            "缺件清单.pdf",
            self,
            whole=lambda: papers.missing_papers(masked=False),
        ).open()

    def export(self) -> None:
        """Write what is shown, in the order shown, as an Excel file."""
        path = self._desk.messages.choose_save_file(
            "导出社区（村）", EXCEL_OUT, name=f"社区（村）一览{self._day or ''}.xlsx", purpose="export"
        )
        if path is None:
            return
        rows = self.model.shown()
        exports, sheet = self._desk.services.exports, out_sheet(rows, self._day)
        self._desk.jobs.start(
            lambda _report: write_file(path, exports.sheet(sheet)),
            lambda _none: self.notice.say(
                f"已导出 {len(rows)} 个社区（村）到“{path.name}”。",
                "打开文件夹",
                lambda: open_folder_of(path),
            ),
            title="导出社区（村）",
            owner=self,
        )
