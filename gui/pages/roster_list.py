"""The list of organizations: filters, table, what to do with ticked rows, the detail pane.

pane = OrganizationsPane(desk, notice); pane.show_register(register, stroke_key); pane.choose(id)
pane.filter_by(id), pane.set_day(day), pane.export()
pane.edit_asked(summary), pane.history_asked(summary), pane.day_asked(date or None)
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core.model.organization import Status
from core.model.register import OrganizationSummary, Register
from core.model.register_changes import BulkField
from gui.actions import EDIT, REMOVE, command_action
from gui.desk import Desk
from gui.dialogs.bulk_change import title_of
from gui.pages.roster_acts import RosterActs
from gui.pages.roster_bulk import BulkBar, menu_button
from gui.pages.roster_columns import COMMUNITY, NAME, PRINCIPAL, RosterOrder, grade_rank, ordered_columns
from gui.pages.roster_day import DayButton, DayLine
from gui.pages.roster_detail import OrganizationDetail
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_finding import RECORD_ID, wanted_by
from gui.pages.roster_split import SideSplit
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import label
from gui.widgets.notice_line import NoticeLine
from gui.widgets.saved_views import SavedViews

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
HINTS = "Enter 打开　F2 修改　Delete 移到回收站　Ctrl+C 复制选中行　空格 勾选"


class OrganizationsPane(QWidget):
    """Everything of 社会组织."""

    edit_asked = Signal(object)
    history_asked = Signal(object)
    day_asked = Signal(object)

    def __init__(self, desk: Desk, notice: NoticeLine) -> None:
        super().__init__()
        self._desk = desk
        self.notice = notice
        self._narrow = False
        self._total = 0
        self._day: date | None = None
        self._order = RosterOrder()
        self.model = RecordTableModel(ordered_columns(self._order), RECORD_ID, checkable=True, parent=self)
        self.table = RecordTable(self.model, desk.settings, "roster", label="社会组织")
        self.filters = FilterBar("名称、负责人、拼音", CHIPS, width=184)
        self.acts = RosterActs(desk, self.model, self.table, notice)
        self.bulk = BulkBar(self.model, self.table)
        self.detail = OrganizationDetail(desk)
        self.day_button = DayButton(desk.services.clock().date())
        self.day_line = DayLine()
        self.change_button = menu_button("批量修改", "pencil-line", "改勾选的组织的类别、社区、状态、标签……")
        self.merge_button = push_button("合并", self.acts.merge, icon_name="links-line")
        self.remove_button = push_button(REMOVE.text, self._remove_ticked, icon_name=REMOVE.icon)
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
        for button in (self.change_button, self.merge_button, self.remove_button):
            self.bulk.add_button(button)
        self.bulk.add_button(push_button("导出", self.export_ticked, icon_name="file-excel-2-line"))
        self._hints.setProperty("kind", "hints")
        row = QHBoxLayout(self._hints)
        row.setContentsMargins(24, 0, 16, 0)
        row.addWidget(label(HINTS, "caption"))
        self._hints.setFixedHeight(28)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.filters, self.day_line, self.notice):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self._hints)
        column.addWidget(self.bulk)
        self._split = SideSplit(left, self.detail, width=320)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._split)

    def _connect(self) -> None:
        self.filters.changed.connect(self._refilter)
        self.filters.search.returnPressed.connect(self.table.setFocus)
        self.table.current_changed.connect(self.detail.show_organization)
        self.table.opened.connect(self._open)
        self.model.checks_changed.connect(self._show_hints)
        self.bulk.move_asked.connect(self.acts.move)
        self.day_button.chosen.connect(self.day_asked)
        self.day_line.left.connect(lambda: self.day_asked.emit(None))
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
        self._day = day
        self.day_line.show_day(day)
        self.detail.set_day(day)
        changing = (self.bulk.move_button, self.change_button, self.merge_button, self.remove_button)
        for button in changing:
            button.setVisible(day is None)
        for action in (self._edit, self._delete):
            action.setEnabled(day is None)
        self._show_hints()

    def show_register(self, register: Register, stroke_key: Callable[[str], tuple[int, ...]]) -> None:
        """Show the register as it was just read; filters, selection and ticks stay."""
        self.acts.register = register
        self._order.learn(register, stroke_key)
        self._total = len(register.organizations)
        names = {each.community_id for each in (row.organization for row in register.organizations)}
        grades = {row.organization.previous_grade for row in register.organizations}
        self.filters.set_choices("category", [(each.id, each.name) for each in register.categories])
        self.filters.set_choices(
            "community", [(each.id, each.name) for each in register.communities if each.id in names]
        )
        self.filters.set_choices("status", [(each, each.label) for each in Status])
        self.filters.set_choices(
            "grade", [(word, word or "未填") for word in sorted(grades, key=_grade_order)]
        )
        self.filters.set_choices("group", [(each.id, each.name) for each in register.work_groups])
        self.bulk.set_groups(register.work_groups)
        self.model.set_records(register.organizations)
        self._refilter()

    def _refilter(self) -> None:
        self.model.set_filter(wanted_by(self.filters.needle(), self.filters.chosen()))
        self.filters.set_count(self.model.rowCount(), self._total)
        if self.table.current_record() is None and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 1))

    def choose(self, organization_id: str) -> None:
        """Select an organization, shown whatever the filters say."""
        if not self.model.rows_of({organization_id}):
            self.filters.clear()
        self.table.select_ids((organization_id,))
        self._split.show_side()
        self.table.setFocus()

    def filter_by(self, key: str) -> None:
        """Show only what belongs to a category, community or work group."""
        self.filters.clear()
        for chip in ("category", "community", "group"):
            self.filters.choose(chip, key)

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

    def _open(self, summary: OrganizationSummary | None) -> None:
        if summary is None:
            return
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
        self.acts.remove([summary.id for summary in self.table.selected_records()])

    def _remove_ticked(self) -> None:
        self.acts.remove(self.acts.ticked())

    def export(self) -> None:
        """Write what is shown, in the order shown, as an Excel file."""
        self.acts.export(self.model.shown(), self._day)

    def export_ticked(self) -> None:
        """Write the ticked rows as an Excel file."""
        self.acts.export(self.model.checked_records(), self._day)


def _grade_order(word: str) -> tuple[int, str]:
    rank = grade_rank(word)
    return (99 if rank is None else rank, word)
