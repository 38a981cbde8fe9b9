"""Blank sheets of certificates: how many came, were used and spoiled, and how many there must be.

CertificateStock(desk, "8K 荣誉证书纸 370×260", parent).open()
"""

from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from core.errors import AppError
from core.model.certificate import STOCK_MOVEMENTS, StockBalance, StockKind, StockMovement
from core.model.dates import PartialDate
from core.model.identity import new_id
from gui.desk import Desk
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import bound_width, fix_width
from gui.undo import do_undoably
from gui.widgets.buttons import push_button
from gui.widgets.choice import Choice
from gui.widgets.day_edit import DayEdit
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label

SIZE = (860, 460)
MOST_SHEETS = 100_000
LEDGER = "ledger:stock_movements"

COLUMNS: tuple[Column[StockBalance], ...] = (
    Column("证书纸", lambda row: row.form, stretch=True, bold=True),
    Column("领入", lambda row: f"{row.received:,}", width=92, align_right=True),
    Column("用去", lambda row: f"{row.used:,}", width=92, align_right=True),
    Column("报废", lambda row: f"{row.spoiled:,}", width=92, align_right=True),
    Column(
        "结存",
        lambda row: f"{row.balance:,}",
        width=100,
        align_right=True,
        bold=True,
        tint=lambda row: "warn" if row.balance < 0 else "",
        tooltip=lambda row: "用去的比领入的多，请补记领入" if row.balance < 0 else "",
    ),
)


class CertificateStock(FramedDialog):
    """Balances, and what is written down."""

    def __init__(self, desk: Desk, form: str, parent: QWidget) -> None:
        super().__init__("空白证书纸", SIZE, parent)
        self._desk = desk
        self._form = form
        self.model = RecordTableModel(COLUMNS, record_id=lambda row: row.form, parent=self)
        self.table = RecordTable(self.model, desk.settings, "certificate-stock", label="空白证书纸")
        self._words = label("", "hint")
        self.head.addWidget(label("空白证书纸", "heading"))
        self.head.addWidget(self._words, 1)
        self.add_button = push_button("登记收发", self._ask, icon_name="add-line", dense=True)
        self.head.addWidget(self.add_button)
        self.middle.addWidget(self.table)
        self.foot.addWidget(push_button("看每一笔", self._open_ledger, icon_name="list-unordered"))
        self.close_below("套打时用去的自动记上")
        desk.jobs.saved.connect(self.reload)
        self.table.setFocus()
        self.reload()

    def reload(self) -> None:
        register = self._desk.services.certificate_register
        self._desk.jobs.start(
            lambda _report: register.stock(), self._show, title="读取空白证书纸", owner=self
        )

    def _show(self, rows: tuple[StockBalance, ...]) -> None:
        self.model.set_records(rows)
        self._words.setText("" if rows else "还没有登记。领来证书纸以后，点“登记收发”记一笔领入。")

    def _ask(self) -> None:
        row = self.table.current_record()
        StockForm(self._desk, row.form if row else self._form, self).open()

    def _open_ledger(self) -> None:
        self.accept()
        self._desk.go(LEDGER)


class StockForm(FittedDialog):
    """One movement of sheets."""

    def __init__(self, desk: Desk, form: str, parent: QWidget) -> None:
        super().__init__(540, parent)
        self.setWindowTitle("登记收发")
        self._desk = desk
        self.form = QComboBox()
        self.form.setEditable(True)
        self.form.setEditText(form)
        self.kind = Choice(tuple((each, each.label) for each in StockKind), width=168, empty="")
        self.count = QSpinBox()
        self.count.setRange(1, MOST_SHEETS)
        self.day = DayEdit(168)
        self.day.show_day(desk.services.clock().date())
        self.person, self.remarks = QLineEdit(desk.services.actor), QLineEdit()
        fix_width(self.count, 124)
        for field in (self.form, self.person, self.remarks):
            bound_width(field, least=340)
        self.form_row = FormRow("证书纸", self.form, required=True)
        self.words.addWidget(label("证书纸的收发", "heading"))
        for row in (
            self.form_row,
            FormRow("事项", self.kind, required=True),
            FormRow("张数", self.count, required=True),
            FormRow("日期", self.day, required=True),
            FormRow("经手人", self.person),
            FormRow("说明", self.remarks),
        ):
            self.words.addWidget(row)
        self.end_with(FormFoot(self, "登记"))
        self._offer(form)
        self.count.setFocus()
        self.count.selectAll()

    def _offer(self, chosen: str) -> None:
        designs = self._desk.services.certificate_designs

        def show(names: tuple[str, ...]) -> None:
            self.form.addItems(list(names))
            self.form.setEditText(chosen)

        self._desk.jobs.start(
            lambda _report: tuple(each.name for each in designs.forms()),
            show,
            title="读取版式",
            owner=self,
        )

    def accept(self) -> None:
        name = self.form.currentText().strip()
        if not name:
            self.form_row.show_error("请写是哪一种证书纸。")
            return
        movement = StockMovement(
            new_id(),
            name,
            StockKind(str(self.kind.chosen())),
            self.count.value(),
            PartialDate.of(self.day.day()),
            self.person.text().strip(),
            self.remarks.text().strip(),
        )
        ledgers = self._desk.services.ledgers
        do_undoably(
            self._desk,
            lambda: ledgers.save(STOCK_MOVEMENTS, movement),
            title="登记空白证书",
            told=lambda _id: f"已登记{self.kind.currentText()} {movement.count} 张“{name}”",
            done=lambda _id: super(StockForm, self).accept(),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        self.form_row.show_error(str(error))
