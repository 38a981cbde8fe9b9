"""The import of a roster: preview first, correct what is wrong, then everything at once.

pane = ImportRosterPane(desk); pane.choose_file(); pane.open_file(path)
pane.opened, pane.left, pane.imported(counts)
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import AppError
from core.model.register import OrganizationSummary
from core.model.roster import PreviewRow, RosterColumn, RosterPreview, Verdict
from core.ports import Report
from core.services.files import write_file
from core.services.roster_import import RosterCounts, counts
from core.services.services import Services
from gui.desk import Desk
from gui.messages import EXCEL_IN, EXCEL_OUT
from gui.pages.import_roster_corrections import Corrections
from gui.pages.import_roster_frame import ImportFoot, VerdictTiles
from gui.pages.import_roster_list import PreviewList
from gui.pages.import_roster_side import RowPane
from gui.pages.roster_split import SideSplit
from gui.theme import set_kind
from gui.widgets.notice_line import open_folder_of
from gui.widgets.page import PageHeader
from gui.widgets.step_path import StepLine

STEPS = ("选择文件", "对应列", "核对预览", "完成")
CHECKING = 2


def read_roster(
    services: Services, path: Path, sheet: str | None, report: Report
) -> tuple[RosterPreview, dict[str, OrganizationSummary]]:
    """What importing a file would do, and the register to hold refused rows against."""
    preview = services.roster_import.preview(path, sheet, report)
    if not preview.of(Verdict.REFUSED):
        return preview, {}
    return preview, {each.id: each for each in services.register.register().organizations}


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
        self._known: Mapping[str, OrganizationSummary] = {}
        self._corrections = Corrections()
        self._narrow = False
        self.header = PageHeader("导入名册")
        self.tiles = VerdictTiles("名册")
        self.rows = PreviewList(desk.settings)
        self.side = RowPane()
        self.foot = ImportFoot("名册", "个")
        self._split = SideSplit(self.rows, self.side, width=332)
        self._build()
        self._connect()

    def _build(self) -> None:
        steps = StepLine(STEPS)
        steps.set_current(CHECKING)
        gap = QWidget()
        gap.setFixedWidth(16)
        for part in (gap, steps):
            self.header.add_beside_title(part)
        self.header.show_back(self._go_back)
        # The tiles belong to the head: the line under it is theirs.
        set_kind(self.header, "kind", "canvas")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.tiles):
            column.addWidget(part)
        column.addWidget(self._split, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.tiles.chosen.connect(self.rows.choose_verdict)
        self.rows.verdict_changed.connect(self.tiles.set_chosen)
        self.rows.table.current_changed.connect(self._show_row)
        self.rows.table.opened.connect(self._open_row)
        self.side.corrected.connect(self._correct)
        self.side.kept.connect(self._keep)
        self.side.sheet_asked.connect(lambda name: self.open_file(self._path, name))
        self.foot.import_asked.connect(self._import)
        self.foot.export_asked.connect(self._export_faulty)
        self.foot.communities_asked.connect(self._show_communities)
        self.foot.left.connect(self.leave)
        back = QShortcut(Qt.Key.Key_Escape, self.side, self._close_row)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self.tiles.setVisible(not narrow)
        self.rows.set_narrow(narrow)
        self._split.set_narrow(narrow)
        self._say_file()

    def leave(self) -> bool:
        """Give up the preview, after asking where corrections would be lost; False when the user stays."""
        lost = ((f"{len(self._corrections)} 处", "在这里更正的内容会丢失，原表格和名册都没有改动"),)
        if self._corrections and not self._desk.messages.confirm(
            "不导入这份花名册了吗？", lost, yes="不导入", no="继续核对"
        ):
            return False
        self._close()
        return True

    # The file

    def choose_file(self) -> None:
        """Ask for a roster and show what importing it would do."""
        path = self._desk.messages.choose_open_file("选择花名册", EXCEL_IN, purpose="import")
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path, sheet: str | None = None) -> None:
        """Show what importing this file would do."""
        services = self._desk.services
        self._desk.jobs.start(
            lambda report: read_roster(services, path, sheet, report),
            lambda read: self._show_opened(path, *read),
            failed=lambda error: self._refuse(path, error),
            title=f"读取“{path.name}”",
            owner=self,
        )

    def _refuse(self, path: Path, error: AppError) -> None:
        remedy = f"{error.remedy_zh}名册没有改动。"
        headline = f"没有读取“{path.name}”"
        if self._desk.messages.show_problem(headline, error.message_zh, remedy, retry="选择其他文件"):
            self.choose_file()

    def _show_opened(
        self, path: Path, preview: RosterPreview, known: Mapping[str, OrganizationSummary]
    ) -> None:
        self._path = path
        self._known = known
        self._corrections.clear()
        self._split.show_list()
        self._show_frame(preview)
        self.rows.begin(preview)
        self.opened.emit()
        self.rows.table.setFocus()
        if not preview.of(Verdict.REFUSED):
            self.side.show_file(preview)

    def _show_frame(self, preview: RosterPreview) -> None:
        self._preview = preview
        self.tiles.show_preview(preview)
        self.foot.show_counts(counts(preview))
        self._say_file()

    def _say_file(self) -> None:
        if self._preview is None or self._narrow:
            self.header.set_note("")
            return
        reading = self._preview.reading
        first, last = reading.rows[0].number, reading.rows[-1].number
        rows = f"第 {first}–{last} 行共 {len(reading.rows):,} 行"
        self.header.set_note(f"{reading.file}，工作表“{reading.sheet}”，{rows}")

    def _show_communities(self) -> None:
        if self._preview is not None:
            self.side.show_file(self._preview)
            self._split.show_side()

    # Rows

    def _show_row(self, row: PreviewRow | None) -> None:
        if row is not None and self._preview is not None:
            known = self._known.get(row.organization_id or "")
            self.side.show_row(row, self._preview.reading, self._corrections.of(row.row.number), known)

    def _open_row(self, row: PreviewRow) -> None:
        self._show_row(row)
        self._split.show_side()
        self.side.focus_first()

    def _close_row(self) -> None:
        self._split.show_list()
        self.rows.table.setFocus()

    def _correct(self, number: int, column: RosterColumn, text: str) -> None:
        if self._preview is None:
            return
        preview, imports = self._preview, self._desk.services.roster_import
        self._corrections.note(preview, number, column, text)
        self._rejudge(lambda: imports.correct(preview.reading, number, column, text))

    def _keep(self, number: int, column: RosterColumn) -> None:
        if self._preview is None:
            return
        preview, imports = self._preview, self._desk.services.roster_import
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

    # The way out

    def _go_back(self) -> None:
        if self._split.is_side_alone():
            self._close_row()
        else:
            self.leave()

    def _close(self) -> None:
        self._preview = None
        self._corrections.clear()
        self.left.emit()

    def _import(self) -> None:
        if self._preview is None:
            return
        preview, imports = self._preview, self._desk.services.roster_import
        self.foot.setEnabled(False)
        self._desk.jobs.start(
            lambda report: imports.apply(preview, report),
            self._tell_imported,
            failed=self._offer_reread,
            ended=lambda: self.foot.setEnabled(True),
            title="导入名册",
            saves=True,
        )

    def _tell_imported(self, found: RosterCounts) -> None:
        self._close()
        self.imported.emit(found)

    def _offer_reread(self, error: AppError) -> None:
        why, remedy = error.message_zh, error.remedy_zh
        if self._desk.messages.show_problem("没有导入名册", why, remedy, retry="重新读取文件"):
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
            lambda _none: self.rows.notice.say(
                f"已把有误的 {count} 行导出到“{path.name}”，改好后可以直接导入。",
                "打开文件夹",
                lambda: open_folder_of(path),
            ),
            title="导出有误的行",
            owner=self,
        )
