"""The list of organizations: filters, table, what to do with ticked rows, the detail pane.

pane = OrganizationsPane(desk, notice); pane.show_frame(frame); pane.reload(); pane.choose(id)
pane.filter_by(id), pane.show_counted(listed), pane.set_day(day), pane.query(), pane.export()
pane.edit_asked(summary), pane.history_asked(summary), pane.day_asked(date or None)
pane.pasted(rows of texts)
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core.model.organization import Status
from core.model.register import RosterFrame, RosterQuery
from core.model.register_changes import BulkField
from core.model.year_report import CountedList
from gui.actions import EDIT, REMOVE, command_action
from gui.desk import Desk
from gui.dialogs.bulk_change import title_of
from gui.list_search import ListSearch, Lookup
from gui.pages.ledger_scope import ScopeLine
from gui.pages.roster_acts import RosterActs
from gui.pages.roster_bulk import BulkBar, menu_button
from gui.pages.roster_columns import (
    COMMUNITY,
    NAME,
    ORDER_FIELDS,
    ORGANIZATION_COLUMNS,
    PRINCIPAL,
    grade_rank,
)
from gui.pages.roster_detail import OrganizationDetail
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_finding import BLANK, query_of
from gui.pages.roster_split import SideSplit
from gui.rights import offer
from gui.theme import scaled
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import label
from gui.widgets.notice_line import NoticeLine
from gui.widgets.past_day import DayButton, DayLine, past_words
from gui.widgets.saved_views import SavedViews
from gui.widgets.search_field import BESIDE_PAUSE_MS
from gui.windowed_table import WindowedModel, WindowedTable

CHIPS = (
    ("category", "类别"),
    ("community", "社区\uff08村\uff09"),
    ("status", "状态"),
    ("grade", "上年等次"),
    ("group", "专项推进组"),
)
ORDERS = (
    ("按名称拼音排列", NAME),
    ("按负责人姓氏笔画排列", PRINCIPAL),
    ("按社区\uff08村\uff09顺序排列", COMMUNITY),
)
ROOMY = 1000
HINTS = "Enter 打开　F2 修改　Delete 移到回收站　Ctrl+C 复制选中行　Ctrl+V 粘贴导入　空格 勾选"


class OrganizationsPane(QWidget):
    """Everything of 社会组织."""

    edit_asked = Signal(object)
    history_asked = Signal(object)
    day_asked = Signal(object)
    pasted = Signal(object)

    def __init__(self, desk: Desk, notice: NoticeLine) -> None:
        super().__init__()
        self._desk = desk
        self.notice = notice
        self._narrow = False
        self._total = 0
        self._wanted = ""
        self._needle = ""
        self._day: date | None = None
        self.model = WindowedModel(
            ORGANIZATION_COLUMNS,
            lambda row: row.id,
            BLANK,
            sortable=ORDER_FIELDS,
            checkable=True,
            parent=self,
        )
        self.table = WindowedTable(self.model, desk.settings, "roster", label="社会组织")
        self._search = ListSearch(desk.jobs, self.model, "查找社会组织", "读取社会组织")
        self.filters = FilterBar("名称、负责人、拼音", CHIPS, width=184, pause_ms=BESIDE_PAUSE_MS)
        self.acts = RosterActs(desk, self.model, self.table, notice)
        self.bulk = BulkBar(self.model, self.table)
        self.detail = OrganizationDetail(desk)
        self.day_button = DayButton(desk.services.clock)
        self.day_line = DayLine()
        self.scope = ScopeLine("社会组织")
        self.change_button = menu_button("批量修改", "pencil-line", "改勾选的组织的类别、社区、状态、标签……")
        self.merge_button = push_button("合并", self.acts.merge, icon_name="links-line")
        self.remove_button = push_button(REMOVE.text, self.acts.remove_ticked, icon_name=REMOVE.icon)
        self._hints = QFrame()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.filters.add_end(SavedViews(self._desk, self._desk.services.saved_views, "roster", self.filters))
        self.filters.add_end(self.day_button)
        columns = icon_button("layout-column-line", "显示哪些列", self._show_columns, dense=True)
        self.filters.add_end(columns)
        self._column_button = columns
        for field in BulkField:
            if field is not BulkField.WORK_GROUP:
                menu = self.change_button.menu()
                menu.addAction(f"{title_of(field)}……", partial(self.acts.change, field))
        self.merge_button.setToolTip("勾选同一个组织的两条记录，合并成一条")
        gate = self._desk.services.gate
        offer(gate, self.change_button, "register.bulk_change")
        offer(gate, self.bulk.move_button, "register.move")
        for button in (self.change_button, self.merge_button, self.remove_button):
            self.bulk.add_button(button)
        self.bulk.add_button(push_button("导出", self.acts.export_ticked, icon_name="file-excel-2-line"))
        self._hints.setProperty("kind", "hints")
        row = QHBoxLayout(self._hints)
        row.setContentsMargins(24, 0, 16, 0)
        row.addWidget(label(HINTS, "caption"))
        self._hints.setFixedHeight(28)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.filters, self.day_line, self.scope, self.notice):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self._hints)
        column.addWidget(self.bulk)
        self._split = SideSplit(left, self.detail, width=320)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._split)

    def _connect(self) -> None:
        self.filters.changed.connect(self._search_again)
        self.model.order_asked.connect(self.search)
        self._search.answered.connect(self._show_found)
        self.filters.search.returnPressed.connect(self.table.setFocus)
        self.table.current_changed.connect(self.detail.show_organization)
        self.table.opened.connect(lambda _row: self._open())
        self.table.copy_asked.connect(self._copy)
        self.table.accept_paste()
        self.table.pasted.connect(self._paste)
        self.model.checks_changed.connect(self._show_hints)
        self.bulk.move_asked.connect(self.acts.move)
        self.day_button.chosen.connect(self.day_asked)
        self.day_line.left.connect(lambda: self.day_asked.emit(None))
        self.scope.left.connect(self._leave_scope)
        self.day_line.change_asked.connect(self.day_button.choose_again)
        self.detail.closed.connect(self._close_detail)
        self.detail.edit_asked.connect(self.edit_asked)
        self.detail.history_asked.connect(self.history_asked)
        self.detail.remove_asked.connect(lambda summary: self.acts.remove([summary.id]))
        self._edit = command_action(EDIT, self._edit_current, self.table)
        self._delete = command_action(REMOVE, self._remove_selected, self.table)
        for action in (self._edit, self._delete):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.table.addAction(action)
        leave = QShortcut(Qt.Key.Key_Escape, self.detail, self._close_detail)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What is shown

    def set_day(self, day: date | None) -> None:
        """Show the register as of a day from now on, only to look at and to export; None is now."""
        self._day = self.acts.day = day
        self.day_line.show_day(day)
        self.detail.set_day(day)
        changing = (self.bulk.move_button, self.change_button, self.merge_button, self.remove_button)
        for button in changing:
            button.setVisible(day is None)
        for action in (self._edit, self._delete):
            action.setEnabled(day is None)
        self._show_hints()

    def show_frame(self, frame: RosterFrame) -> None:
        """Offer what there is to filter by and to change into; choices that are still offered stay."""
        self.acts.frame = frame
        self._total = frame.total
        used = {community for community, _category, _status in frame.counts}
        self.filters.set_choices("category", [(each.id, each.name) for each in frame.categories])
        self.filters.set_choices(
            "community", [(each.id, each.name) for each in frame.communities if each.id in used]
        )
        self.filters.set_choices("status", [(each, each.label) for each in Status])
        self.filters.set_choices(
            "grade", [(word, word or "未填") for word in sorted(frame.grades, key=_grade_order)]
        )
        self.filters.set_choices("group", [(each.id, each.name) for each in frame.work_groups])
        self.bulk.set_groups(frame.work_groups)
        self._show_count()

    def reload(self) -> None:
        """Read the list again; filters, selection and ticks stay."""
        roster, ticked = self._desk.services.roster, self.model.ticked_ids()
        if ticked:
            self._desk.jobs.look(
                lambda: roster.present(ticked), self.model.keep_checked, title="核对勾选", owner=self
            )
        self.search()

    def _search_again(self) -> None:
        before, self._needle = self._needle, self.filters.needle()
        self.search(typed=self._needle != before)

    def search(self, *, typed: bool = False) -> None:
        """Ask the store for what the filters say."""
        roster, query = self._desk.services.roster, self.query()
        lookup = Lookup(partial(roster.find, query), lambda ids: roster.rows(ids, query.day))
        self._search.begin(lookup, typed=typed, cleared=not self.filters.needle())

    def query(self) -> RosterQuery:
        """What is shown, in which order."""
        return replace(query_of(self.filters, self.model, self._day), among=self.scope.among)

    def _show_found(self) -> None:
        self._show_count()
        self._choose_row()

    def _show_count(self) -> None:
        if self._search.is_whole:
            self.filters.set_count(self.model.rowCount(), self._total)

    def _choose_row(self) -> None:
        if self._wanted and self.model.rows_of({self._wanted}):
            self.table.select_ids((self._wanted,))
            self._wanted = ""
        elif self._wanted and self._search.is_whole and self.filters.state():
            self.filters.clear()
        elif self.table.is_awaiting():
            return
        elif not self.table.current_id() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 1))

    def choose(self, organization_id: str) -> None:
        """Select an organization, shown whatever the filters say."""
        self._wanted = organization_id
        if self.model.rows_of({organization_id}):
            self._choose_row()
        else:
            self._leave_scope()
        self._split.show_side()
        self.table.setFocus()

    def filter_by(self, key: str) -> None:
        """Show only what belongs to a category, community or work group."""
        self.filters.clear()
        self._leave_scope()
        for chip in ("category", "community", "group"):
            self.filters.choose(chip, key)

    def show_counted(self, listed: CountedList) -> None:
        """Show only what a figure of the statistics counts."""
        self.filters.clear()
        self.scope.show_counted(listed)
        self.search()

    def _leave_scope(self) -> None:
        self.scope.clear()
        self.search()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._fit_columns()
        self.filters.set_narrow(narrow)
        self._column_button.setVisible(not narrow)
        self._show_hints()
        self._split.set_narrow(narrow)

    def _fit_columns(self) -> None:
        """A small window, or large text in a normal one: the name needs the room."""
        self.table.set_narrow(self._narrow or self.width() < scaled(ROOMY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _show_hints(self) -> None:
        ticked = len(self.model.checked_ids())
        self.merge_button.setEnabled(ticked == 2)
        self._hints.setVisible(not self._narrow and not ticked and self._day is None)

    def _show_columns(self) -> None:
        self.columns_menu().popup(self._column_button.mapToGlobal(self._column_button.rect().bottomLeft()))

    def columns_menu(self) -> QMenu:
        """The official orders, and the columns to show."""
        menu = self.table.header_menu(-1)
        first = menu.actions()[0]
        for words, column in ORDERS:
            order = QAction(words, menu)
            order.triggered.connect(partial(self._sort_by, column.name))
            menu.insertAction(first, order)
        menu.insertSeparator(first)
        return menu

    def _sort_by(self, name: str, _checked: bool = False) -> None:
        self.model.sort_by(name)
        self.table.save_layout()

    def _open(self) -> None:
        self._split.show_side()
        self.detail.setFocus()

    def _close_detail(self) -> None:
        self._split.close_side()
        self.table.setFocus()

    def _edit_current(self) -> None:
        if (summary := self.table.current_record()) is not None:
            self.edit_asked.emit(summary)

    # What can be done

    def _remove_selected(self) -> None:
        self.table.with_chosen(self.acts.remove)

    def _paste(self, rows: Sequence[Sequence[str]]) -> None:
        if self._day is None:
            self.pasted.emit(rows)
        else:
            self.notice.say(past_words(self._day), "回到今天", lambda: self.day_asked.emit(None))

    def _copy(self, ids: Sequence[str]) -> None:
        roster, day = self._desk.services.roster, self._day
        self._desk.jobs.start(
            lambda _report: roster.rows(ids, day), self.table.copy_records, title=f"复制 {len(ids):,} 行"
        )

    def export(self) -> None:
        """Write what is shown, in the order shown, as an Excel file."""
        self.filters.search.tell()
        self._search.when_whole(self._export)

    def _export(self) -> None:
        if ids := self.model.shown_ids():
            self.acts.export(ids)
        else:
            self.notice.say("没有可以导出的组织，请先清除筛选。")


def _grade_order(word: str) -> tuple[int, str]:
    rank = grade_rank(word)
    return (99 if rank is None else rank, word)
