"""The list of organizations: filters, table, what to do with ticked rows, the detail pane.

pane = OrganizationsPane(desk, notice); pane.show_register(register); pane.choose(id); pane.filter_by(id)
pane.edit_asked(summary), pane.history_asked(summary); pane.export()
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.organization import Status
from core.model.register import OrganizationSummary, Register
from core.services.files import write_file
from gui.actions import EDIT, command_action
from gui.desk import Desk
from gui.messages import EXCEL_OUT
from gui.pages.roster_bulk import BulkBar
from gui.pages.roster_columns import ORGANIZATION_COLUMNS, grade_rank
from gui.pages.roster_detail import OrganizationDetail
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_finding import RECORD_ID, wanted_by
from gui.pages.roster_split import SideSplit
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import label
from gui.widgets.notice_line import NoticeLine, open_folder_of

CHIPS = (
    ("category", "类别"),
    ("community", "社区\uff08村\uff09"),
    ("status", "状态"),
    ("grade", "上年等次"),
    ("group", "专项推进组"),
)
ROOMY = 1000
HINTS = "Enter 打开　F2 修改　Ctrl+C 复制选中行　空格 勾选"


class OrganizationsPane(QWidget):
    """Everything of 社会组织."""

    edit_asked = Signal(object)
    history_asked = Signal(object)

    def __init__(self, desk: Desk, notice: NoticeLine) -> None:
        super().__init__()
        self._desk = desk
        self.notice = notice
        self._narrow = False
        self._total = 0
        self.model = RecordTableModel(ORGANIZATION_COLUMNS, RECORD_ID, checkable=True, parent=self)
        self.table = RecordTable(self.model, desk.settings, "roster", label="社会组织")
        self.filters = FilterBar("名称、负责人、拼音", CHIPS, width=208)
        self.bulk = BulkBar(self.model, self.table)
        self.detail = OrganizationDetail(desk)
        self._hints = QFrame()
        self._build()
        self._connect()

    def _build(self) -> None:
        columns = icon_button("layout-column-line", "显示哪些列", self._show_columns, dense=True)
        self.filters.add_end(columns)
        self._column_button = columns
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
        for part in (self.filters, self.notice):
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
        self.bulk.move_asked.connect(self._move)
        self.detail.closed.connect(self._close_detail)
        self.detail.edit_asked.connect(self.edit_asked)
        self.detail.history_asked.connect(self.history_asked)
        edit = command_action(EDIT, self._edit_current, self.table)
        edit.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table.addAction(edit)
        leave = QShortcut(Qt.Key.Key_Escape, self.detail, self._close_detail)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What is shown

    def show_register(self, register: Register) -> None:
        """Show the register as it was just read; filters, selection and ticks stay."""
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
        self._hints.setVisible(not self._narrow and not self.model.checked_ids())

    def _show_columns(self) -> None:
        menu = self.table.header_menu(-1)
        menu.popup(self._column_button.mapToGlobal(self._column_button.rect().bottomLeft()))

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

    def _move(self, group_id: str) -> None:
        ids = [str(key) for key in self.model.checked_ids()]
        register = self._desk.services.register
        self._desk.jobs.start(
            lambda _report: register.move(ids, group_id), self._say_moved, title="调整归口", saves=True
        )

    def _say_moved(self, count: int) -> None:
        self.model.clear_checks()
        self.notice.say(f"已调整 {count} 个组织的归口。" if count else "这些组织已经归口到这个专项推进组。")

    def export(self) -> None:
        """Write what is shown, in the order shown, as an Excel file."""
        self._export(self.model.shown())

    def export_ticked(self) -> None:
        """Write the ticked rows as an Excel file."""
        self._export(self.model.checked_records())

    def _export(self, rows: tuple[OrganizationSummary, ...]) -> None:
        if not rows:
            self.notice.say("没有可以导出的组织，请先清除筛选。")
            return
        path = self._desk.messages.choose_save_file(
            "导出社会组织", EXCEL_OUT, name="社会组织花名册.xlsx", purpose="export"
        )
        if path is None:
            return
        exports = self._desk.services.exports
        self._desk.jobs.start(
            lambda _report: write_file(path, exports.roster(rows, "社会组织花名册")),
            lambda _none: self.notice.say(
                f"已导出 {len(rows):,} 个组织到“{path.name}”。", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出名册",
            owner=self,
        )


def _grade_order(word: str) -> tuple[int, str]:
    rank = grade_rank(word)
    return (99 if rank is None else rank, word)
