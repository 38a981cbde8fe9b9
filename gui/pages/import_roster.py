"""The import of a roster: a file or a pasted block, its columns where need be, the preview, then everything.

pane = ImportRosterPane(desk); pane.choose_file(); pane.open_table(path or rows of texts)
pane.opened, pane.left, pane.imported(counts); pane.leave() -> False when the user stays
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import AppError, InvalidInput
from core.model.ledger import Field
from core.model.reading import FileLook, TablePlace
from core.model.register import OrganizationSummary
from core.model.roster import RosterColumn, RosterPreview, Verdict
from core.model.workbook import Block, table_name
from core.ports import Report
from core.services.files import write_file
from core.services.roster_import import RosterCounts
from core.services.services import Services
from gui.desk import Desk
from gui.messages import EXCEL_IN, EXCEL_OUT
from gui.pages.import_frame import CHECKING, MAPPING, ImportFrame
from gui.pages.import_mapping import MappingStep
from gui.pages.import_roster_preview import RosterPreviewStep
from gui.widgets.notice_line import open_folder_of

ROSTER = "roster"
FIELDS = tuple(Field(each.value, each.label, required=each is RosterColumn.NAME) for each in RosterColumn)
Opened: TypeAlias = tuple[RosterPreview, Mapping[str, OrganizationSummary]]


def read_table(
    services: Services, table: Path | Block, place: TablePlace, report: Report
) -> Opened | FileLook:
    """What importing would do, with the register to hold refused rows against; a look if no head is found."""
    try:
        preview = services.roster_import.preview(table, place, report)
    except InvalidInput as error:
        if error.code != "no_header":
            raise
        return services.roster_import.look(table, place)
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
        self._table: Path | Block = Path()
        self._is_mapped = False
        self.mapping = MappingStep(desk.settings)
        self.checking = RosterPreviewStep(desk)
        self.frame = ImportFrame("导入名册", self.mapping, self.checking, back=self.go_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()

    def _connect(self) -> None:
        self.mapping.place_changed.connect(self._look)
        self.mapping.next_asked.connect(self._check)
        self.mapping.left.connect(self.leave)
        self.checking.columns_asked.connect(self._show_columns)
        self.checking.sheet_asked.connect(lambda name: self.open_table(self._table, name))
        self.checking.foot.import_asked.connect(self._import)
        self.checking.foot.export_asked.connect(self._export_faulty)
        self.checking.foot.left.connect(self.leave)

    def set_narrow(self, narrow: bool) -> None:
        self.frame.set_narrow(narrow)
        self.checking.set_narrow(narrow)

    def take_focus(self) -> None:
        (self.checking.rows if self.frame.is_checking() else self.mapping).table.setFocus()

    def leave(self) -> bool:
        """Give up the import, after asking where corrections would be lost; False when the user stays."""
        if not self.checking.may_drop("不导入这份花名册了吗？", "不导入"):
            return False
        self._close()
        return True

    def go_back(self) -> None:
        """One step back; out of the import from its first one."""
        if self.frame.is_checking() and self.checking.close_side():
            return
        if self.frame.is_checking() and self._is_mapped:
            self._show_columns()
        else:
            self.leave()

    # The file

    def choose_file(self) -> None:
        """Ask for a roster and show what importing it would do."""
        path = self._desk.messages.choose_open_file("选择花名册", EXCEL_IN, purpose="import")
        if path is not None:
            self.open_table(path)

    def open_table(self, table: Path | Block, sheet: str | None = None) -> None:
        """Show what importing this file or block would do; its columns first if no head is found."""
        self._is_mapped = False
        self._read(table, TablePlace(sheet, titles=self._desk.settings.column_meanings(ROSTER)))

    def _read(self, table: Path | Block, place: TablePlace) -> None:
        services, name = self._desk.services, table_name(table)
        self._desk.jobs.start(
            lambda report: read_table(services, table, place, report),
            lambda found: self._show_opened(table, place, found),
            failed=lambda error: self._refuse(name, error),
            ended=lambda: self.mapping.setEnabled(True),
            title=f"读取“{name}”",
            owner=self,
        )

    def _refuse(self, name: str, error: AppError) -> None:
        remedy = f"{error.remedy_zh}名册没有改动。"
        if self._desk.messages.show_problem(
            f"没有读取“{name}”", error.message_zh, remedy, retry="选择其他文件"
        ):
            self.choose_file()

    def _show_opened(self, table: Path | Block, place: TablePlace, found: Opened | FileLook) -> None:
        self._table = table
        if isinstance(found, FileLook):
            self._show_look(found, place)
        else:
            self.checking.begin(*found)
            self.frame.show_step(CHECKING, _told(found[0]))
        self.opened.emit()
        self.take_focus()

    # The columns

    def _show_columns(self) -> None:
        """Let the clerk say what the columns mean."""
        preview = self.checking.preview
        if preview is None or not self.checking.may_drop("回去改列的对应吗？", "改对应列"):
            return
        if self._is_mapped:
            self.frame.show_step(MAPPING, table_name(self._table))
            self.take_focus()
        else:
            titles = self._desk.settings.column_meanings(ROSTER)
            self._look(TablePlace(preview.reading.sheet, titles=titles))

    def _check(self) -> None:
        self.mapping.setEnabled(False)
        self._read(self._table, self.mapping.place())

    def _look(self, place: TablePlace) -> None:
        imports, table = self._desk.services.roster_import, self._table
        self._desk.jobs.start(
            lambda _report: imports.look(table, place),
            lambda look: self._show_look(look, place),
            title=f"读取“{table_name(table)}”",
            owner=self,
        )

    def _show_look(self, look: FileLook, place: TablePlace) -> None:
        self._is_mapped = True
        self.mapping.show_look(ROSTER, FIELDS, look, place)
        self.frame.show_step(MAPPING, table_name(self._table))
        self.take_focus()

    # The way out

    def _close(self) -> None:
        self.checking.end()
        self.left.emit()

    def _import(self) -> None:
        preview, imports = self.checking.preview, self._desk.services.roster_import
        if preview is None:
            return
        self.checking.foot.setEnabled(False)
        self._desk.jobs.start(
            lambda report: imports.apply(preview, report),
            self._tell_imported,
            failed=self._offer_reread,
            ended=lambda: self.checking.foot.setEnabled(True),
            title="导入名册",
            saves=True,
        )

    def _tell_imported(self, found: RosterCounts) -> None:
        self._close()
        self.imported.emit(found)

    def _offer_reread(self, error: AppError) -> None:
        why, remedy = error.message_zh, error.remedy_zh
        if self._desk.messages.show_problem("没有导入名册", why, remedy, retry="重新读取文件"):
            self.open_table(self._table)

    def _export_faulty(self) -> None:
        preview, services = self.checking.preview, self._desk.services
        if preview is None:
            return
        name = f"{Path(table_name(self._table)).stem}-有误.xlsx"
        path = self._desk.messages.choose_save_file("导出有误的行", EXCEL_OUT, name=name, purpose="export")
        if path is None:
            return
        count = len(preview.of(Verdict.REFUSED))

        def write() -> None:
            write_file(path, services.exports.sheet(services.roster_import.faulty_sheet(preview)))

        self._desk.jobs.start(
            lambda _report: write(),
            lambda _none: self.checking.rows.notice.say(
                f"已把有误的 {count} 行导出到“{path.name}”，改好后可以直接导入。",
                "打开文件夹",
                lambda: open_folder_of(path),
            ),
            title="导出有误的行",
            owner=self,
        )


def _told(preview: RosterPreview) -> str:
    """The rows of a file in words."""
    reading = preview.reading
    first, last = reading.rows[0].number, reading.rows[-1].number
    sheet = f"，工作表“{reading.sheet}”" if reading.sheet != reading.file else ""
    return f"{reading.file}{sheet}，第 {first}–{last} 行共 {len(reading.rows):,} 行"
