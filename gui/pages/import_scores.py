"""The import of score sheets: what came, what is wrong and what is missing; then everything at once.

pane = ImportScoresPane(desk); pane.choose_file(view); pane.open_file(view, path)
pane.opened, pane.left, pane.imported(counts, the first sheet that was stored or None)
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.cycle_view import CycleView
from core.model.roster import Verdict
from core.model.score_preview import ScorePreview
from core.services.score_import import ScoreCounts
from gui.desk import Desk
from gui.messages import EXCEL_IN
from gui.pages.import_scores_lines import KINDS, LINE_COLUMNS, ImportLine, LineKind, preview_lines
from gui.pages.import_scores_side import LinePane
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import row_height, scaled, set_kind
from gui.widgets.buttons import push_button, rename
from gui.widgets.chip import ChipFilter
from gui.widgets.labels import ElidedLabel, IconLabel, label
from gui.widgets.page import PageHeader
from gui.widgets.search_field import SearchField
from gui.widgets.step_path import StepLine
from gui.widgets.tile import Tile

STEPS = ("选择文件", "核对预览", "完成")
CHECKING = 1
ROOM = 1050
TILES = (LineKind.NEW, LineKind.CHANGED, LineKind.SAME, LineKind.ENTRY, LineKind.FAULT, LineKind.MISSING)


class ImportScoresPane(QWidget):
    """Takes the whole page; nothing is stored until 导入 is pressed."""

    opened = Signal()
    left = Signal()
    imported = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._again: Callable[[], None] = self._leave
        self._preview: ScorePreview | None = None
        self._small_window = False
        self._narrow = False
        self.header = PageHeader("导入评分表")
        self.tiles = {kind: _tile(kind) for kind in TILES}
        self.search = SearchField("在本次导入中查找", width=200, keys="Ctrl+F")
        self.kind = ChipFilter("判定", [(kind, face.word) for kind, face in KINDS.items()])
        self.sheet = ChipFilter("工作表")
        self._count = ElidedLabel("", "hint")
        self.model: RecordTableModel[ImportLine] = RecordTableModel(LINE_COLUMNS, lambda line: line.number)
        self.table = RecordTable(self.model, desk.settings, "import_scores", label="导入预览")
        self.side = LinePane()
        self._sum = label("", wrap=True)
        self.import_button = push_button("", self._import, icon_name="check-line", kind="primary")
        self._list = QWidget()
        self._tile_row = QFrame()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        self._steps = StepLine(STEPS)
        self._steps.set_current(CHECKING)
        gap = QWidget()
        gap.setFixedWidth(16)
        for part in (gap, self._steps):
            self.header.add_beside_title(part)
        # The tiles belong to the head: the line under it is theirs.
        set_kind(self.header, "kind", "canvas")
        set_kind(self._tile_row, "kind", "header")
        self.header.show_back(self._leave)
        tiles = QHBoxLayout(self._tile_row)
        tiles.setContentsMargins(24, 0, 24, 10)
        tiles.setSpacing(10)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        left = QVBoxLayout(self._list)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._filter_line())
        left.addWidget(self.table, 1)
        self._split.addWidget(self._list)
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([10_000, scaled(332)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self._tile_row):
            column.addWidget(part)
        column.addWidget(self._split, 1)
        column.addWidget(self._foot())

    def _filter_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("kind", "filters")
        self._filters = QHBoxLayout(line)
        self._filters.setContentsMargins(24, 6, 24, 6)
        self._filters.setSpacing(8)
        for part in (self.search, self.kind, self.sheet):
            self._filters.addWidget(part)
        self._filters.addStretch(1)
        self._filters.addWidget(self._count)
        return line

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        foot.setMinimumHeight(row_height(60))
        self.import_button.setShortcut("Ctrl+Return")
        self.import_button.setToolTip("写入评分\uff08Ctrl+Enter\uff09")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(8)
        row.addWidget(IconLabel("information-line", "info", 18))
        row.addWidget(self._sum, 1)
        row.addWidget(push_button("取消", self._leave))
        row.addWidget(self.import_button)
        return foot

    def _connect(self) -> None:
        for kind, tile in self.tiles.items():
            tile.clicked.connect(lambda on, kind=kind: self.kind.set_chosen(kind if on else None))
        self.search.changed.connect(lambda _text: self._refilter())
        for chip in (self.kind, self.sheet):
            chip.changed.connect(lambda _key: self._refilter())
        self.table.current_changed.connect(self._show_line)
        self.table.opened.connect(self._open_line)
        back = QShortcut(Qt.Key.Key_Escape, self, self._go_back)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def set_narrow(self, narrow: bool) -> None:
        self._small_window = narrow
        self.header.set_narrow(narrow)
        self._tile_row.setVisible(not narrow)
        self._count.setVisible(not narrow)
        margin = 16 if narrow else 24
        self._filters.setContentsMargins(margin, 6, margin, 6)
        self._say_file()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Side by side only where both have room; large text needs more of it."""
        narrow = self._small_window or self.width() < scaled(ROOM)
        if narrow != self._narrow:
            self._narrow = narrow
            self.table.set_narrow(narrow)
            self._list.show()
            self.side.setVisible(not narrow)

    # The file

    def choose_file(self, view: CycleView) -> None:
        """Ask for a score file and show what importing it into this year would do."""
        path = self._desk.messages.choose_open_file("选择评分表", EXCEL_IN, purpose="import")
        if path is not None:
            self.open_file(view, path)

    def open_file(self, view: CycleView, path: Path) -> None:
        """Show what importing this file would do."""
        imports = self._desk.services.score_import
        self._desk.jobs.start(
            lambda _report: imports.preview(view.cycle.year, path, view.cycle.code),
            lambda preview: self.show_preview(view, preview, lambda: self.open_file(view, path)),
            failed=lambda error: self._refuse(view, path, error),
            title=f"读取“{path.name}”",
            owner=self,
        )

    def _refuse(self, view: CycleView, path: Path, error: AppError) -> None:
        headline, remedy = f"没有读取“{path.name}”", f"{error.remedy_zh}评分没有改动。"
        if self._desk.messages.show_problem(headline, error.message_zh, remedy, retry="选择其他文件"):
            self.choose_file(view)

    def show_preview(self, view: CycleView, preview: ScorePreview, again: Callable[[], None]) -> None:
        """Show what importing would do; `again` reads the files anew."""
        self._preview, self._again = preview, again
        self.search.clear()
        for chip in (self.kind, self.sheet):
            chip.clear()
        lines = preview_lines(preview, view)
        counts = Counter(line.kind for line in lines)
        for kind, tile in self.tiles.items():
            tile.set_figure(counts[kind])
        self.kind.set_choices(
            [(kind, f"{face.word} {counts[kind]}") for kind, face in KINDS.items() if counts[kind]]
        )
        sheets = list(dict.fromkeys(each.sheet.source.sheet for each in preview.sheets))
        self.sheet.set_choices([(name, name) for name in sheets])
        self.side.show_preview(preview, view)
        self.model.set_records(lines)
        self._refilter()
        self._say_sum(preview)
        self._say_file()
        self.opened.emit()
        if lines:
            self.table.select_ids((lines[0].number,))
        self.table.setFocus()

    def _say_sum(self, preview: ScorePreview) -> None:
        over = len(preview.of(Verdict.CHANGED))
        taken = len(preview.of(Verdict.NEW)) + over
        entries, wrong = len(preview.new_entries), len(preview.reading.problems)
        added = f"、加减分和否决 {entries} 条" if entries else ""
        left = f"；{wrong} 处有误，导入后可以在“打分”里更正" if wrong else ""
        replaced = f"\uff08其中 {over} 份换掉已有的评分\uff09" if over else ""
        will = f"将导入 {taken} 份评分表{replaced}{added}" if taken or entries else "没有新的评分要导入"
        self._sum.setText(f"{will}{left}。")
        idle = "导入" if entries else "没有要导入的内容"
        rename(self.import_button, f"导入 {taken} 份" if taken else idle)
        self.import_button.setEnabled(bool(taken or entries))

    def _say_file(self) -> None:
        preview = self._preview
        if preview is None or self._small_window:
            self.header.set_note("")
            return
        sheets = len({each.sheet.source.sheet for each in preview.sheets})
        self.header.set_note(f"{preview.reading.file}，{sheets} 个工作表，{preview.year} 年度")

    # Lines

    def _refilter(self) -> None:
        needle, kind, sheet = self.search.needle(), self.kind.chosen(), self.sheet.chosen()
        for each, tile in self.tiles.items():
            tile.setChecked(each == kind)

        def is_wanted(line: ImportLine) -> bool:
            return (
                kind in (None, line.kind)
                and sheet in (None, line.sheet)
                and (needle in line.name or needle in line.text)
            )

        self.model.set_filter(is_wanted if needle or kind or sheet else None)
        self._count.set_whole_text(f"显示 {self.model.rowCount()} 行")

    def _show_line(self, line: object) -> None:
        if isinstance(line, ImportLine):
            self.side.show_line(line)

    def _open_line(self, line: object) -> None:
        self._show_line(line)
        if self._narrow:
            self._list.hide()
            self.side.show()
            self.side.setFocus()

    def _go_back(self) -> None:
        """Esc: from the opened line to the list, from the list out of the import."""
        if self._list.isHidden():
            self._list.show()
            self.side.hide()
            self.table.setFocus()
        else:
            self._leave()

    # The way out

    def _leave(self) -> None:
        self._preview = None
        self.left.emit()

    def _import(self) -> None:
        preview, imports = self._preview, self._desk.services.score_import
        if preview is None:
            return
        self.import_button.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: imports.apply(preview),
            partial(self._tell_imported, preview),
            failed=self._offer_reread,
            ended=lambda: self.import_button.setEnabled(True),
            title="导入评分表",
            saves=True,
        )

    def _tell_imported(self, preview: ScorePreview, counts: ScoreCounts) -> None:
        self._leave()
        stored = preview.of(Verdict.NEW, Verdict.CHANGED)
        self.imported.emit(counts, stored[0].sheet if stored else None)

    def _offer_reread(self, error: AppError) -> None:
        again = self._desk.messages.show_problem(
            "没有导入评分表", error.message_zh, error.remedy_zh, retry="重新读取文件"
        )
        if again:
            self._again()


def _tile(kind: LineKind) -> Tile:
    face = KINDS[kind]
    return Tile(face.icon, face.token, face.word, face.second)
