"""The rows of an import preview with their filters.

rows = PreviewList(settings); rows.begin(preview) for a new file; rows.show_preview(preview) when corrected
rows.choose_verdict(verdict or None); rows.verdict_changed(verdict or None); rows.columns_asked
rows.table; rows.notice
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.model.roster import PreviewRow, RosterPreview, Verdict
from gui.pages.import_roster_rows import PREVIEW_COLUMNS, VERDICTS
from gui.pages.roster_filters import FilterBar
from gui.settings_store import SettingsStore
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.notice_line import NoticeLine

CHIPS = (("verdict", "判定"), ("community", "社区\uff08村\uff09"))
ROOMY = 800


class PreviewList(QWidget):
    """Filter bar, what was just done, table."""

    verdict_changed = Signal(object)
    columns_asked = Signal()

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        self._narrow = False
        self.filters = FilterBar("在本次导入中查找", CHIPS, unit="行", width=200)
        self.hide_same = QCheckBox()
        self.notice = NoticeLine()
        self.model = RecordTableModel(PREVIEW_COLUMNS, lambda row: row.row.number, parent=self)
        self.table = RecordTable(self.model, settings, "import_roster", label="导入预览")
        self.filters.set_choices("verdict", [(verdict, verdict.label) for verdict in VERDICTS])
        self.filters.add_widget(self.hide_same)
        columns = push_button("对应列", self.columns_asked.emit, icon_name="layout-column-line", dense=True)
        columns.setToolTip("改工作表、表头，或某一列导入到哪一项")
        self.filters.add_end(columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        self.filters.changed.connect(self._refilter)
        self.hide_same.toggled.connect(self._refilter)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.filters.set_narrow(narrow)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """A small window, or large text in a normal one: what is wrong needs the room."""
        self.table.set_narrow(self._narrow or self.width() < scaled(ROOMY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def begin(self, preview: RosterPreview) -> None:
        """Show a file from its beginning; rows that change nothing stand back while there are others."""
        self.filters.clear()
        self.table.clearSelection()
        self.hide_same.setChecked(0 < len(preview.of(Verdict.SAME)) < len(preview.rows))
        self.show_preview(preview)
        if first := preview.of(Verdict.REFUSED) or self.model.shown():
            self.table.select_ids((first[0].row.number,))

    def show_preview(self, preview: RosterPreview) -> None:
        """Show the rows as they are judged now; filters and selection stay."""
        same = len(preview.of(Verdict.SAME))
        communities = sorted({row.row.draft.community for row in preview.rows} - {""})
        self.filters.set_choices("community", [(name, name) for name in communities])
        self.hide_same.setText(f"不显示相同的 {same:,} 行")
        self.hide_same.setVisible(0 < same < len(preview.rows))
        self.model.set_records(preview.rows)
        self._refilter()

    def choose_verdict(self, verdict: Verdict | None) -> None:
        self.filters.choose("verdict", verdict)

    def _refilter(self) -> None:
        needle, chosen = self.filters.needle(), self.filters.chosen()
        verdict, community = chosen.get("verdict"), chosen.get("community")
        hides_same = self.hide_same.isChecked() and verdict is not Verdict.SAME

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
        self.verdict_changed.emit(verdict)
