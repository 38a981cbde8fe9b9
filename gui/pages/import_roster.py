"""The import of a roster: preview first, correct what is wrong, then everything at once.

pane = ImportRosterPane(desk); pane.choose_file(); pane.open_file(path)
pane.opened, pane.left, pane.imported(counts)
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.roster import PreviewRow, RosterColumn, RosterPreview, Verdict
from core.services.files import write_file
from core.services.roster_import import RosterCounts, counts
from gui.desk import Desk
from gui.messages import EXCEL_IN, EXCEL_OUT
from gui.pages.import_roster_rows import PREVIEW_COLUMNS, VERDICTS
from gui.pages.import_roster_side import RowPane
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_notice import NoticeLine, open_folder_of
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import row_height, scaled, set_kind
from gui.widgets.buttons import push_button
from gui.widgets.labels import IconLabel, label
from gui.widgets.page import PageHeader
from gui.widgets.step_path import StepLine
from gui.widgets.tile import Tile

STEPS = ("选择文件", "对应列", "核对预览", "完成")
CHECKING = 2
Cell = tuple[int, RosterColumn]


class ImportRosterPane(QWidget):
    """Takes the whole page; nothing is stored until 导入 is pressed."""

    opened = Signal()
    left = Signal()
    imported = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path = Path()
        self._preview: RosterPreview | None = None
        self._typed: dict[Cell, tuple[str, str]] = {}
        self._narrow = False
        self.header = PageHeader("导入名册")
        self.tiles = {verdict: Tile(face.icon, face.token, face.word, face.second) for verdict, face in VERDICTS.items()}
        self.filters = FilterBar(
            "在本次导入中查找", (("verdict", "判定"), ("community", "社区\uff08村\uff09")), unit="行", width=200
        )
        self.hide_same = QCheckBox()
        self.model = RecordTableModel(PREVIEW_COLUMNS, lambda row: row.row.number, parent=self)
        self.table = RecordTable(self.model, desk.settings, "import_roster", label="导入预览")
        self.side = RowPane()
        self.notice = NoticeLine()
        self._tile_row = QFrame()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        self._steps = StepLine(STEPS)
        self._steps.set_current(CHECKING)
        gap = QWidget()
        gap.setFixedWidth(16)
        self.header.add_beside_title(gap)
        self.header.add_beside_title(self._steps)
        self.header.show_back(self._leave)
        tiles = QHBoxLayout(self._tile_row)
        tiles.setContentsMargins(24, 0, 24, 10)
        self._tile_row.setProperty("kind", "header")
        set_kind(self.header, "kind", "canvas")
        tiles.setSpacing(10)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        self.filters.set_choices("verdict", [(verdict, face.word) for verdict, face in VERDICTS.items()])
        self.filters.add_widget(self.hide_same)
        self._left = self._list()
        for part in (self._left, self.side):
            self._split.addWidget(part)
        self._split.setStretchFactor(0, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([scaled(900), scaled(332)])
        self._stack.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self._tile_row):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot())

    def _list(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        return holder

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        foot.setMinimumHeight(row_height(60))
        self._sum = label("", wrap=True)
        self._made = push_button("", self._show_file, kind="link", dense=True)
        self.export_button = push_button("", self._export_faulty, icon_name="file-excel-2-line")
        self.import_button = push_button("", self._import, icon_name="check-line", kind="primary")
        self.import_button.setShortcut("Ctrl+Return")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(8)
        row.addWidget(IconLabel("information-line", "info", 18))
        row.addWidget(self._sum, 1)
        row.addWidget(self._made)
        row.addWidget(self.export_button)
        row.addWidget(push_button("取消", self._leave))
        row.addWidget(self.import_button)
        return foot

    def _connect(self) -> None:
        for verdict, tile in self.tiles.items():
            tile.clicked.connect(lambda on, verdict=verdict: self.filters.choose("verdict", verdict if on else None))
        self.filters.changed.connect(self._refilter)
        self.hide_same.toggled.connect(self._refilter)
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(self._open_row)
        self.side.corrected.connect(self._correct)
        self.side.kept.connect(self._keep)
        self.side.sheet_asked.connect(lambda name: self.open_file(self._path, name))
        back = QShortcut(Qt.Key.Key_Escape, self.side, self._close_row)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self._tile_row.setVisible(not narrow)
        self._say_file()
        self.table.set_narrow(narrow)
        self.filters.set_narrow(narrow)
        if narrow and self._stack.indexOf(self.side) < 0:
            self._stack.addWidget(self.side)
            self._stack.setCurrentIndex(0)
        elif not narrow and self._stack.indexOf(self.side) >= 0:
            self._stack.removeWidget(self.side)
            self._split.addWidget(self.side)
            self.side.show()

    # The file

    def choose_file(self) -> None:
        """Ask for a roster and show what importing it would do."""
        path = self._desk.messages.choose_open_file("选择花名册", EXCEL_IN, purpose="import")
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path, sheet: str | None = None) -> None:
        """Show what importing this file would do."""
        imports = self._desk.services.roster_import
        self._desk.jobs.start(
            lambda _report: imports.preview(path, sheet),
            lambda preview: self._show_opened(path, preview),
            failed=lambda error: self._refuse(path, error),
            title=f"读取“{path.name}”",
            owner=self,
        )

    def _refuse(self, path: Path, error: AppError) -> None:
        remedy = f"{error.remedy_zh}名册没有改动。"
        headline = f"没有读取“{path.name}”"
        if self._desk.messages.show_problem(headline, error.message_zh, remedy, retry="选择其他文件"):
            self.choose_file()

    def _show_opened(self, path: Path, preview: RosterPreview) -> None:
        self._path = path
        self._typed.clear()
        self.filters.clear()
        found = counts(preview)
        self.hide_same.setChecked(found.same > 0 and found.same < len(preview.rows))
        self._show(preview)
        self.opened.emit()
        faulty = preview.of(Verdict.REFUSED)
        self.table.clearSelection()
        if faulty:
            self.table.select_ids((faulty[0].row.number,))
        else:
            self._show_file()
        self.table.setFocus()

    def _show(self, preview: RosterPreview) -> None:
        self._preview = preview
        found = counts(preview)
        figures = (found.added, found.changed, found.same, found.duplicates, found.refused)
        for (verdict, tile), figure in zip(self.tiles.items(), figures, strict=True):
            tile.set_figure(figure, self._second(verdict, preview))
        communities = sorted({row.row.draft.community for row in preview.rows} - {""})
        self.filters.set_choices("community", [(name, name) for name in communities])
        self.hide_same.setText(f"不显示相同的 {found.same:,} 行")
        self.hide_same.setVisible(0 < found.same < len(preview.rows))
        self._say_sum(found)
        self._say_file()
        self.model.set_records(preview.rows)
        self._refilter()

    def _second(self, verdict: Verdict, preview: RosterPreview) -> str:
        if verdict is not Verdict.CHANGED:
            return VERDICTS[verdict].second
        return f"共 {sum(len(row.changes) for row in preview.of(verdict)):,} 处"

    def _say_sum(self, found: RosterCounts) -> None:
        taken = found.added + found.changed
        left = f"相同 {found.same:,} 行、重复 {found.duplicates:,} 行、有误 {found.refused:,} 行不写入。"
        self._sum.setText(f"将新增 {found.added:,} 个、更改 {found.changed:,} 个；{left}")
        self._made.setText(f"将新建 {found.new_communities} 个社区\uff08村\uff09")
        self._made.setVisible(found.new_communities > 0)
        self.export_button.setText(f"导出有误的 {found.refused:,} 行")
        self.export_button.setVisible(found.refused > 0)
        self.import_button.setText(f"导入 {taken:,} 行" if taken else "没有要导入的行")
        self.import_button.setEnabled(taken > 0)

    def _say_file(self) -> None:
        if self._preview is None or self._narrow:
            self.header.set_note("")
            return
        reading = self._preview.reading
        first, last = reading.rows[0].number, reading.rows[-1].number
        rows = f"第 {first}–{last} 行共 {len(reading.rows):,} 行"
        self.header.set_note(f"{reading.file}，工作表“{reading.sheet}”，{rows}")

    # Rows

    def _refilter(self) -> None:
        needle, chosen = self.filters.needle(), self.filters.chosen()
        verdict, community = chosen.get("verdict"), chosen.get("community")
        hides_same = self.hide_same.isChecked() and verdict is not Verdict.SAME
        for each, tile in self.tiles.items():
            tile.setChecked(each == verdict)

        def is_wanted(row: PreviewRow) -> bool:
            draft = row.row.draft
            return (
                (verdict is None or row.verdict is verdict)
                and (community is None or draft.community == community)
                and not (hides_same and row.verdict is Verdict.SAME)
                and (not needle or needle in draft.name or needle in draft.principal)
            )

        self.model.set_filter(is_wanted)
        self.filters.set_count(self.model.rowCount(), self.model.total())

    def _show_row(self, row: PreviewRow | None) -> None:
        if row is None or self._preview is None:
            return
        number = row.row.number
        typed = {column: texts for (each, column), texts in self._typed.items() if each == number}
        self.side.show_row(row, self._preview.reading, typed)

    def _show_file(self) -> None:
        if self._preview is not None:
            self.side.show_file(self._preview)
            if self._narrow:
                self._stack.setCurrentWidget(self.side)

    def _open_row(self, row: PreviewRow) -> None:
        self._show_row(row)
        if self._narrow:
            self._stack.setCurrentWidget(self.side)
        self.side.focus_first()

    def _close_row(self) -> None:
        if self._narrow:
            self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def _correct(self, number: int, column: RosterColumn, text: str) -> None:
        if self._preview is None:
            return
        preview, imports = self._preview, self._desk.services.roster_import
        self._note_typed(number, column, text)
        # One correction after the other: each starts from the reading the last one gave.
        self.side.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: imports.correct(preview.reading, number, column, text),
            self._show_corrected,
            ended=lambda: self.side.setEnabled(True),
            title="更正",
        )

    def _note_typed(self, number: int, column: RosterColumn, text: str) -> None:
        old = self._typed.get((number, column), (self._written(number, column), ""))[0]
        if text == old:
            self._typed.pop((number, column), None)
        else:
            self._typed[number, column] = (old, text)

    def _written(self, number: int, column: RosterColumn) -> str:
        """What the file says in a cell."""
        assert self._preview is not None
        row = next(each.row for each in self._preview.rows if each.row.number == number)
        said = next((each.text for each in row.remarks if each.column is column), None)
        index = next(each.index for each in self._preview.reading.columns if each.meaning is column)
        return said if said is not None else str(row.cells[index] or "")

    def _keep(self, number: int, column: RosterColumn) -> None:
        if self._preview is None:
            return
        preview, imports = self._preview, self._desk.services.roster_import
        self._desk.jobs.start(
            lambda _report: imports.keep(preview.reading, number, column), self._show_corrected, title="更正"
        )

    def _show_corrected(self, preview: RosterPreview) -> None:
        self._show(preview)
        self._show_row(self.table.current_record())

    # The way out

    def _leave(self) -> None:
        self._preview = None
        self.left.emit()

    def _import(self) -> None:
        if self._preview is None:
            return
        preview, imports = self._preview, self._desk.services.roster_import
        self.import_button.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: imports.apply(preview),
            self._tell_imported,
            failed=self._offer_reread,
            ended=lambda: self.import_button.setEnabled(True),
            title="导入名册",
            saves=True,
        )

    def _tell_imported(self, found: RosterCounts) -> None:
        self._leave()
        self.imported.emit(found)

    def _offer_reread(self, error: AppError) -> None:
        if self._desk.messages.show_problem(
            "没有导入名册", error.message_zh, error.remedy_zh, retry="重新读取文件"
        ):
            self.open_file(self._path)

    def _export_faulty(self) -> None:
        if self._preview is None:
            return
        preview, services = self._preview, self._desk.services
        name = f"{self._path.stem}-有误.xlsx"
        path = self._desk.messages.choose_save_file("导出有误的行", EXCEL_OUT, name=name, purpose="export")
        if path is None:
            return
        count = len(preview.of(Verdict.REFUSED))

        def write() -> None:
            write_file(path, services.exports.sheet(services.roster_import.faulty_sheet(preview)))

        self._desk.jobs.start(
            lambda _report: write(),
            lambda _none: self.notice.say(
                f"已把有误的 {count} 行导出到“{path.name}”，改好后可以直接导入。",
                "打开文件夹",
                lambda: open_folder_of(path),
            ),
            title="导出有误的行",
            owner=self,
        )
