"""The third step of importing a roster: every row with its verdict, corrected in place.

step = RosterPreviewStep(desk); step.begin(preview, known organizations by id); step.preview, step.foot
step.sheet_asked(name), step.columns_asked; step.may_drop("不导入这份花名册了吗？", "不导入")
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.model.register import OrganizationSummary
from core.model.roster import PreviewRow, RosterColumn, RosterPreview, Verdict
from core.services.roster_import import counts
from gui.desk import Desk
from gui.pages.import_roster_corrections import Corrections
from gui.pages.import_roster_frame import ImportFoot, VerdictTiles
from gui.pages.import_roster_list import PreviewList
from gui.pages.import_roster_side import RowPane
from gui.pages.roster_split import SideSplit


class RosterPreviewStep(QWidget):
    """Five figures, the rows with the pane of one of them, the way on."""

    sheet_asked = Signal(str)
    columns_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.preview: RosterPreview | None = None
        self._known: Mapping[str, OrganizationSummary] = {}
        self._corrections = Corrections()
        self.tiles = VerdictTiles("名册")
        self.rows = PreviewList(desk.settings)
        self.side = RowPane()
        self.foot = ImportFoot("名册", "个")
        self._split = SideSplit(self.rows, self.side, width=332)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tiles)
        column.addWidget(self._split, 1)
        column.addWidget(self.foot)
        self._connect()

    def _connect(self) -> None:
        self.tiles.chosen.connect(self.rows.choose_verdict)
        self.rows.verdict_changed.connect(self.tiles.set_chosen)
        self.rows.columns_asked.connect(self.columns_asked)
        self.rows.table.current_changed.connect(self._show_row)
        self.rows.table.opened.connect(self._open_row)
        self.side.corrected.connect(self._correct)
        self.side.kept.connect(self._keep)
        self.side.sheet_asked.connect(self.sheet_asked)
        self.foot.communities_asked.connect(self._show_communities)
        back = QShortcut(Qt.Key.Key_Escape, self.side, self.close_side)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def set_narrow(self, narrow: bool) -> None:
        self.tiles.setVisible(not narrow)
        self.rows.set_narrow(narrow)
        self._split.set_narrow(narrow)

    def may_drop(self, question: str, yes: str) -> bool:
        """Whether what was corrected may be lost, after asking where there is something; then it is gone."""
        lost = ((f"{len(self._corrections)} 处", "在这里更正的内容会丢失，原表格和名册都没有改动"),)
        may = not self._corrections or self._desk.messages.confirm(question, lost, yes=yes, no="继续核对")
        if may:
            self._corrections.clear()
        return may

    def begin(self, preview: RosterPreview, known: Mapping[str, OrganizationSummary]) -> None:
        """Show a file from its beginning; `known` are those that refused rows are held against."""
        self._known = known
        self._corrections.clear()
        self._split.show_list()
        self._show_frame(preview)
        self.rows.begin(preview)
        if not preview.of(Verdict.REFUSED):
            self.side.show_file(preview)

    def end(self) -> None:
        """Forget the file and what was corrected."""
        self.preview = None
        self._corrections.clear()

    def _show_frame(self, preview: RosterPreview) -> None:
        self.preview = preview
        self.tiles.show_preview(preview)
        self.foot.show_counts(counts(preview))

    def _show_communities(self) -> None:
        if self.preview is not None:
            self.side.show_file(self.preview)
            self._split.show_side()

    # Rows

    def _show_row(self, row: PreviewRow | None) -> None:
        if row is not None and self.preview is not None:
            known = self._known.get(row.organization_id or "")
            self.side.show_row(row, self.preview.reading, self._corrections.of(row.row.number), known)

    def _open_row(self, row: PreviewRow) -> None:
        self._show_row(row)
        self._split.show_side()
        self.side.focus_first()

    def close_side(self) -> bool:
        """Back to the list of a small window; False if it is shown already."""
        was_alone = self._split.is_side_alone()
        self._split.show_list()
        self.rows.table.setFocus()
        return was_alone

    def _correct(self, number: int, column: RosterColumn, text: str) -> None:
        if self.preview is None:
            return
        preview, imports = self.preview, self._desk.services.roster_import
        self._corrections.note(preview, number, column, text)
        self._rejudge(lambda: imports.correct(preview.reading, number, column, text))

    def _keep(self, number: int, column: RosterColumn) -> None:
        if self.preview is None:
            return
        preview, imports = self.preview, self._desk.services.roster_import
        self._rejudge(lambda: imports.keep(preview.reading, number, column))

    def _rejudge(self, work: Callable[[], RosterPreview]) -> None:
        # One correction after the other: each starts from the reading that the last one gave.
        self.side.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: work(),
            self._show_rejudged,
            ended=lambda: self.side.setEnabled(True),
            title="更正",
        )

    def _show_rejudged(self, preview: RosterPreview) -> None:
        self._show_frame(preview)
        self.rows.show_preview(preview)
        self._show_row(self.rows.table.current_record())
        self.rows.table.setFocus()
