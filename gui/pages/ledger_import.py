"""The import into a ledger: a file or a pasted block, its columns, the preview, then everything at once.

pane = LedgerImportPane(desk); pane.choose_file(ledger); pane.open_table(ledger, path or rows of texts)
pane.opened, pane.left, pane.imported(ledger, counts)
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import AppError
from core.model.ledger import Field, Ledger
from core.model.ledger_view import LedgerCounts, LedgerPreview
from core.model.reading import FileLook, TablePlace
from core.model.roster import Verdict
from core.model.workbook import Block, table_name
from core.services.files import write_file
from core.services.services import Services
from gui.desk import Desk
from gui.messages import EXCEL_IN, EXCEL_OUT
from gui.pages.import_frame import CHECKING, MAPPING, ImportFrame
from gui.pages.import_mapping import MappingStep
from gui.pages.ledger_preview import PreviewStep
from gui.widgets.notice_line import open_folder_of


def look_at(
    services: Services, table: Path | Block, ledger: Ledger, place: TablePlace
) -> tuple[tuple[Field, ...], FileLook]:
    """The fields that columns can be imported to, and how the head is understood."""
    return services.ledgers.fields(ledger), services.ledgers.look(table, ledger, place)


class LedgerImportPane(QWidget):
    """Takes the whole page; nothing is stored until 导入 is pressed."""

    opened = Signal()
    left = Signal()
    imported = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ledger: Ledger | None = None
        self._table: Path | Block = Path()
        self.mapping = MappingStep(desk.settings)
        self.checking = PreviewStep(desk.settings)
        self.frame = ImportFrame("导入", self.mapping, self.checking, back=self.go_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()

    def _connect(self) -> None:
        self.mapping.place_changed.connect(self._look_again)
        self.mapping.next_asked.connect(self._check)
        self.mapping.left.connect(self.left)
        self.checking.foot.import_asked.connect(self._import)
        self.checking.foot.export_asked.connect(self._export_faulty)
        self.checking.foot.left.connect(self.left)

    def set_narrow(self, narrow: bool) -> None:
        self.frame.set_narrow(narrow)
        self.checking.set_narrow(narrow)

    def go_back(self) -> None:
        """One step back; out of the import from its first one."""
        if not self.frame.is_checking():
            self.left.emit()
        elif not self.checking.close_side():
            self._show_columns()

    def take_focus(self) -> None:
        (self.checking if self.frame.is_checking() else self.mapping).table.setFocus()

    # The file

    def choose_file(self, ledger: Ledger) -> None:
        """Ask for a file and show its columns."""
        path = self._desk.messages.choose_open_file(f"选择{ledger.label}表格", EXCEL_IN, purpose="import")
        if path is not None:
            self.open_table(ledger, path)

    def open_table(self, ledger: Ledger, table: Path | Block) -> None:
        """Show the columns of this file or block."""
        services = self._desk.services
        place = TablePlace(titles=self._desk.settings.column_meanings(ledger.code))
        self._desk.jobs.start(
            lambda _report: look_at(services, table, ledger, place),
            lambda found: self._begin(ledger, table, place, *found),
            failed=lambda error: self._refuse(ledger, table, error),
            title=f"读取“{table_name(table)}”",
            owner=self,
        )

    def _refuse(self, ledger: Ledger, table: Path | Block, error: AppError) -> None:
        remedy = f"{error.remedy_zh}台账没有改动。"
        headline = f"没有读取“{table_name(table)}”"
        if self._desk.messages.show_problem(headline, error.message_zh, remedy, retry="选择其他文件"):
            self.choose_file(ledger)

    def _begin(
        self,
        ledger: Ledger,
        table: Path | Block,
        place: TablePlace,
        fields: tuple[Field, ...],
        look: FileLook,
    ) -> None:
        self._ledger, self._table = ledger, table
        self.frame.header.set_title(f"导入{ledger.label}")
        self.mapping.show_look(ledger.code, fields, look, place)
        self._show_columns()
        self.opened.emit()

    def _show_columns(self) -> None:
        self.frame.show_step(MAPPING, table_name(self._table))
        self.take_focus()

    def _look_again(self, place: TablePlace) -> None:
        if self._ledger is None:
            return
        services, table, ledger = self._desk.services, self._table, self._ledger
        self._desk.jobs.start(
            lambda _report: look_at(services, table, ledger, place),
            lambda found: self.mapping.show_look(ledger.code, *found, place),
            title=f"读取“{table_name(table)}”",
            owner=self,
        )

    # The preview

    def _check(self) -> None:
        if self._ledger is None:
            return
        ledgers, table, ledger = self._desk.services.ledgers, self._table, self._ledger
        place = self.mapping.place()
        self.mapping.setEnabled(False)
        self._desk.jobs.start(
            lambda report: ledgers.preview(table, ledger, place, report),
            self._show_preview,
            failed=lambda error: self._desk.messages.show_error(error, headline="没有读出内容"),
            ended=lambda: self.mapping.setEnabled(True),
            title=f"核对“{table_name(table)}”",
        )

    def _show_preview(self, preview: LedgerPreview) -> None:
        reading = preview.reading
        is_file = reading.file != reading.sheet
        self.checking.begin(preview)
        self.frame.show_step(
            CHECKING,
            f"{reading.file}，工作表“{reading.sheet}”，{len(reading.rows):,} 行" if is_file else reading.file,
        )
        self.take_focus()

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
        name = f"{Path(table_name(self._table)).stem}-有误.xlsx"
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
