"""A ledger as Excel files: what is shown, for the office or for publication, and the empty sheet to fill in.

sheets = LedgerSheets(desk, ledger, say); sheets.export(ids, publication=False, day=None)
sheets.print(ids, names of fields, day, parent); sheets.save_template()
say(text, link, on_link)                what was done, with the way to the file
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.model.ledger import Ledger
from core.model.tables import OutSheet
from core.services.files import write_file
from gui.desk import Desk
from gui.dialogs.paper_preview import PaperPreview
from gui.messages import EXCEL_OUT
from gui.widgets.notice_line import open_folder_of

Say = Callable[[str, str, Callable[[], object]], None]


class LedgerSheets(QObject):
    """Asks where to, then writes as a job."""

    def __init__(self, desk: Desk, ledger: Ledger, say: Say) -> None:
        super().__init__()
        self._desk = desk
        self._ledger = ledger
        self._say = say

    def export(self, ids: Sequence[str], *, publication: bool, day: date | None) -> None:
        """Write these records in this order, as of a day or now."""
        ledgers, ledger = self._desk.services.ledgers, self._ledger
        what = f"{ledger.label}\uff08公开\uff09" if publication else ledger.label
        self._write(
            lambda: ledgers.export(ledger, ids, publication=publication, masked=False, day=day),
            f"{what}{day or ''}.xlsx",
            f"已导出 {len(ids):,} 条{ledger.label}",
        )

    def print(self, ids: Sequence[str], names: Sequence[str], day: date | None, parent: QWidget) -> None:
        """Preview these records in this order on paper, the fields with these names, as of a day or now."""
        services, ledger = self._desk.services, self._ledger
        when = f"{day} 的内容　" if day else ""

        def make(masked: bool) -> bytes:
            sheet = services.ledgers.export(
                ledger, ids, publication=False, masked=masked, names=names, day=day
            )
            note = f"{when}共 {len(sheet.rows):,} 条"
            return services.papers.table(sheet, f"{ledger.label}台账", note, masked=masked)

        has_numbers = any(field.masked and field.name in names for field in ledger.fields)
        PaperPreview(
            self._desk,
            f"{ledger.label}台账",
            lambda: make(True),
            f"{ledger.label}{day or ''}.pdf",
            parent,
            whole=(lambda: make(False)) if has_numbers else None,
        ).open()

    def save_template(self) -> None:
        """Write an empty sheet to fill in."""
        ledgers, ledger = self._desk.services.ledgers, self._ledger
        self._write(lambda: ledgers.template(ledger), f"{ledger.label}模板.xlsx", f"已保存{ledger.label}模板")

    def _write(self, make: Callable[[], OutSheet], name: str, said: str) -> None:
        path = self._desk.messages.choose_save_file("导出表格", EXCEL_OUT, name=name, purpose="export")
        if path is None:
            return
        exports = self._desk.services.exports
        self._desk.jobs.start(
            lambda _report: write_file(path, exports.sheet(make())),
            lambda _none: self._say(f"{said}到“{path.name}”。", "打开文件夹", lambda: open_folder_of(path)),
            title="导出表格",
            owner=self,
        )
