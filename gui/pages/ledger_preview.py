"""The third step of an import: every row with its verdict, before anything is stored.

step = PreviewStep(settings); step.begin(preview); step.preview, step.table, step.foot, step.notice
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.model.ledger_view import LedgerLine, LedgerPreview, LedgerReading
from core.model.roster import Verdict
from gui.pages.import_roster_frame import ImportFoot, VerdictTiles
from gui.pages.import_roster_rows import VERDICTS
from gui.pages.ledger_import_rows import LinePane, import_columns
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_split import SideSplit
from gui.settings_store import SettingsStore
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled
from gui.widgets.banner import Banner
from gui.widgets.notice_line import NoticeLine

ROOMY = 800
MOST_TOLD = 3


class PreviewStep(QWidget):
    """Tiles, list and pane as in the import of the roster."""

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        self._narrow = False
        self.preview: LedgerPreview | None = None
        self.tiles = VerdictTiles("台账")
        self.trouble = Banner("warn", "")
        self.filters = FilterBar("在本次导入中查找", (("verdict", "判定"),), unit="行", width=200)
        self.hide_same = QCheckBox()
        self.notice = NoticeLine()
        self.side = LinePane()
        self.foot = ImportFoot("台账", "条")
        columns = import_columns(self._reading)
        self.model = RecordTableModel(columns, lambda line: line.row.number, parent=self)
        self.table = RecordTable(self.model, settings, "import_ledger", label="导入预览")
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._split = SideSplit(self._list, self.side, width=332)
        self._build()

    def _build(self) -> None:
        self.filters.set_choices("verdict", [(verdict, verdict.label) for verdict in VERDICTS])
        self.filters.add_widget(self.hide_same)
        said = QWidget()
        line = QVBoxLayout(said)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.trouble)
        self._said = said
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.filters, said, self.notice):
            self._column.addWidget(part)
        self._column.addWidget(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tiles)
        whole.addWidget(self._split, 1)
        whole.addWidget(self.foot)
        self.filters.changed.connect(self._refilter)
        self.hide_same.toggled.connect(self._refilter)
        self.table.current_changed.connect(self._show_line)
        self.table.opened.connect(self._open_line)
        self.tiles.chosen.connect(lambda verdict: self.filters.choose("verdict", verdict))
        back = QShortcut(Qt.Key.Key_Escape, self.side, self.close_side)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self, preview: LedgerPreview) -> None:
        """Show a file from its beginning; rows that change nothing stand back while there are others."""
        self.preview = preview
        self.model.set_records(preview.lines)
        self.tiles.show_preview(preview)
        self.foot.show_counts(preview.counts())
        told = [str(problem) for problem in preview.reading.problems[:MOST_TOLD]]
        self.trouble.set_text("\n".join(told))
        self._said.setVisible(bool(told))
        self.filters.clear()
        same = len(preview.of(Verdict.SAME))
        self.hide_same.setText(f"不显示相同的 {same:,} 行")
        self.hide_same.setVisible(0 < same < len(preview.lines))
        self.hide_same.setChecked(0 < same < len(preview.lines))
        self._split.show_list()
        self._refilter()
        faulty = preview.of(Verdict.REFUSED)
        if faulty:
            self.table.select_ids((faulty[0].row.number,))

    def _reading(self) -> LedgerReading:
        assert self.preview is not None
        return self.preview.reading

    def _refilter(self) -> None:
        if self.preview is None:
            return
        needle, verdict = self.filters.needle(), self.filters.chosen().get("verdict")
        hides_same = self.hide_same.isChecked() and verdict is not Verdict.SAME

        def is_wanted(line: LedgerLine) -> bool:
            return (
                (verdict is None or line.verdict is verdict)
                and not (hides_same and line.verdict is Verdict.SAME)
                and (not needle or any(needle in str(cell) for cell in line.row.cells if cell is not None))
            )

        self.model.set_filter(is_wanted)
        self.filters.set_count(self.model.rowCount(), self.model.total())
        self.tiles.set_chosen(verdict)
        if self.table.current_record() is None and self.model.rowCount():
            self.table.selectRow(0)

    def _show_line(self, line: LedgerLine | None) -> None:
        if line is not None and self.preview is not None:
            self.side.show_line(line, self.preview)

    def _open_line(self, _line: LedgerLine) -> None:
        self._split.show_side()
        self.side.setFocus()

    def close_side(self) -> bool:
        """Back to the list of a small window; False if it is shown already."""
        was_alone = self._split.is_side_alone()
        self._split.show_list()
        self.table.setFocus()
        return was_alone

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.tiles.setVisible(not narrow)
        self.filters.set_narrow(narrow)
        self._split.set_narrow(narrow)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self.table.set_narrow(self._narrow or self.width() < scaled(ROOMY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
