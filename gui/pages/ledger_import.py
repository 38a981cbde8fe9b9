"""The import into a ledger: a file or a pasted block, its columns, the preview, then everything at once.

pane = LedgerImportPane(desk); pane.choose_file(ledger); pane.open_file(ledger, path)
pane.open_block(ledger, rows of texts)
pane.opened, pane.left, pane.imported(ledger, counts)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.errors import AppError, InvalidInput
from core.model.ledger import Field, Ledger
from core.model.ledger_view import LedgerCounts, LedgerPreview, LedgerReading, SheetTop
from core.model.roster import Verdict
from core.ports import Report, unwatched
from core.services.files import write_file
from core.services.services import Services
from gui.desk import Desk
from gui.messages import EXCEL_IN, EXCEL_OUT
from gui.pages.ledger_mapping import MappingStep, Place
from gui.pages.ledger_preview import PreviewStep
from gui.theme import set_kind
from gui.widgets.notice_line import open_folder_of
from gui.widgets.page import PageHeader
from gui.widgets.step_path import StepLine

STEPS = ("选择文件", "对应列", "核对预览", "完成")
MAPPING, CHECKING = 1, 2
BLOCK = "粘贴的内容"
TOP_ROWS = 12


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows come from: a file, or a pasted block."""

    path: Path | None
    block: tuple[tuple[str, ...], ...] = ()

    @property
    def name(self) -> str:
        return self.path.name if self.path else BLOCK

    def tops(self, services: Services) -> tuple[SheetTop, ...]:
        """The first rows of each sheet."""
        if self.path:
            return tuple(top for top in services.ledgers.tops(self.path) if top.rows)
        return (SheetTop(BLOCK, self.block[:TOP_ROWS]),)

    def preview(
        self,
        services: Services,
        ledger: Ledger,
        place: Place | None,
        mapping: Mapping[int, str] | None,
        report: Report = unwatched,
    ) -> LedgerPreview:
        """What importing the rows would do; a place without a row is found by the titles."""
        row = place.header_row if place and place.header_row >= 0 else None
        if self.path:
            sheet = place.sheet if place else None
            return services.ledgers.preview(
                self.path, ledger, sheet=sheet, header_row=row, mapping=mapping, report=report
            )
        return services.ledgers.preview_pasted(self.block, ledger, header_row=row, mapping=mapping)


@dataclass(frozen=True, slots=True)
class Look:
    """A source as the mapping step needs it; `message` says why nothing was understood."""

    fields: tuple[Field, ...]
    tops: tuple[SheetTop, ...]
    reading: LedgerReading | None
    message: str = ""


def look_at(services: Services, origin: Origin, ledger: Ledger, place: Place | None) -> Look:
    """Read a source for the first time, or again at another place."""
    tops = origin.tops(services)
    fields = services.ledgers.fields(ledger)
    if not tops:
        raise InvalidInput("file_empty", f"“{origin.name}”里没有内容。", "请选择其他文件。")
    try:
        reading = origin.preview(services, ledger, place, None).reading
    except InvalidInput as error:
        return Look(fields, tops, None, f"{error.message_zh}{error.remedy_zh}")
    return Look(fields, tops, reading, "\n".join(reading.notes))


class LedgerImportPane(QWidget):
    """Takes the whole page; nothing is stored until 导入 is pressed."""

    opened = Signal()
    left = Signal()
    imported = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ledger: Ledger | None = None
        self._origin = Origin(None)
        self._narrow = False
        self.header = PageHeader("导入")
        self._steps = StepLine(STEPS)
        self.mapping = MappingStep(desk.settings)
        self.checking = PreviewStep(desk.settings)
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        gap = QWidget()
        gap.setFixedWidth(16)
        for part in (gap, self._steps):
            self.header.add_beside_title(part)
        self.header.show_back(self.go_back)
        set_kind(self.header, "kind", "canvas")
        for step in (self.mapping, self.checking):
            self._stack.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.mapping.place_changed.connect(self._look_again)
        self.mapping.next_asked.connect(self._check)
        self.mapping.left.connect(self.left)
        self.checking.foot.import_asked.connect(self._import)
        self.checking.foot.export_asked.connect(self._export_faulty)
        self.checking.foot.left.connect(self.left)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self._steps.setVisible(not narrow)
        self.checking.set_narrow(narrow)

    def go_back(self) -> None:
        """One step back; out of the import from its first one."""
        if self._stack.currentWidget() is self.checking:
            if not self.checking.close_side():
                self._show_step(MAPPING)
        else:
            self.left.emit()

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self.checking:
            self.checking.table.setFocus()
        else:
            self.mapping.table.setFocus()

    # The source

    def choose_file(self, ledger: Ledger) -> None:
        """Ask for a file and show its columns."""
        path = self._desk.messages.choose_open_file(f"选择{ledger.label}表格", EXCEL_IN, purpose="import")
        if path is not None:
            self.open_file(ledger, path)

    def open_file(self, ledger: Ledger, path: Path) -> None:
        """Show the columns of this file."""
        self._open(ledger, Origin(path))

    def open_block(self, ledger: Ledger, rows: Sequence[Sequence[str]]) -> None:
        """Show the columns of a pasted block."""
        self._open(ledger, Origin(None, tuple(map(tuple, rows))))

    def _open(self, ledger: Ledger, origin: Origin) -> None:
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: look_at(services, origin, ledger, None),
            lambda look: self._begin(ledger, origin, look),
            failed=lambda error: self._refuse(ledger, origin, error),
            title=f"读取“{origin.name}”",
            owner=self,
        )

    def _refuse(self, ledger: Ledger, origin: Origin, error: AppError) -> None:
        remedy = f"{error.remedy_zh}台账没有改动。"
        headline = f"没有读取“{origin.name}”"
        if self._desk.messages.show_problem(headline, error.message_zh, remedy, retry="选择其他文件"):
            self.choose_file(ledger)

    def _begin(self, ledger: Ledger, origin: Origin, look: Look) -> None:
        self._ledger, self._origin = ledger, origin
        self.header.set_title(f"导入{ledger.label}")
        self.mapping.show_source(ledger, look.fields, look.tops, look.reading, look.message)
        self._show_step(MAPPING)
        self.opened.emit()
        self.take_focus()

    def _look_again(self) -> None:
        if self._ledger is None:
            return
        services, origin, ledger, place = (
            self._desk.services,
            self._origin,
            self._ledger,
            self.mapping.place(),
        )
        first = Place(place.sheet, max(place.header_row, 0))
        self._desk.jobs.start(
            lambda _report: look_at(services, origin, ledger, place),
            lambda look: self.mapping.show_source(
                ledger, look.fields, look.tops, look.reading, look.message, first
            ),
            title=f"读取“{origin.name}”",
            owner=self,
        )

    # The preview

    def _check(self) -> None:
        if self._ledger is None:
            return
        services, origin, ledger = self._desk.services, self._origin, self._ledger
        place, mapping = self.mapping.place(), self.mapping.mapping()
        self.mapping.setEnabled(False)
        self._desk.jobs.start(
            lambda report: origin.preview(services, ledger, place, mapping, report),
            self._show_preview,
            failed=lambda error: self._desk.messages.show_error(error, headline="没有读出内容"),
            ended=lambda: self.mapping.setEnabled(True),
            title=f"核对“{origin.name}”",
        )

    def _show_preview(self, preview: LedgerPreview) -> None:
        self.checking.begin(preview)
        self._show_step(CHECKING)
        self.take_focus()

    def _show_step(self, step: int) -> None:
        self._steps.set_current(step)
        self._stack.setCurrentWidget(self.checking if step == CHECKING else self.mapping)
        reading = self.checking.preview.reading if step == CHECKING and self.checking.preview else None
        self.header.set_note(
            f"{reading.file}，工作表“{reading.sheet}”，{len(reading.rows):,} 行"
            if reading and reading.file != reading.sheet and not self._narrow
            else self._origin.name
        )

    def _import(self) -> None:
        preview = self.checking.preview
        if preview is None:
            return
        ledgers, ledger = self._desk.services.ledgers, preview.reading.ledger
        self.checking.foot.setEnabled(False)
        self._desk.jobs.start(
            lambda report: ledgers.apply(preview, report),
            lambda found: self._tell_imported(ledger, found),
            failed=self._offer_reread,
            ended=lambda: self.checking.foot.setEnabled(True),
            title=f"导入{ledger.label}",
            saves=True,
            owner=self,
        )

    def _tell_imported(self, ledger: Ledger, found: LedgerCounts) -> None:
        self.left.emit()
        self.imported.emit(ledger, found)

    def _offer_reread(self, error: AppError) -> None:
        if self._desk.messages.show_problem("没有导入", error.message_zh, error.remedy_zh, retry="重新核对"):
            self._check()

    def _export_faulty(self) -> None:
        preview = self.checking.preview
        if preview is None:
            return
        services = self._desk.services
        name = f"{Path(self._origin.name).stem}-有误.xlsx"
        path = self._desk.messages.choose_save_file("导出有误的行", EXCEL_OUT, name=name, purpose="export")
        if path is None:
            return
        count = len(preview.of(Verdict.REFUSED))
        self._desk.jobs.start(
            lambda _report: write_file(path, services.exports.sheet(services.ledgers.faulty_sheet(preview))),
            lambda _none: self.checking.notice.say(
                f"已把有误的 {count:,} 行导出到“{path.name}”，改好后可以直接导入。",
                "打开文件夹",
                lambda: open_folder_of(path),
            ),
            title="导出有误的行",
            owner=self,
        )
