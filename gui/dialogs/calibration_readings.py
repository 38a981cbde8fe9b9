"""The readings of a printed calibration sheet, and the adjustment that follows from them.

form = CalibrationReadings(desk, certificate_form, "二楼激光打印机", parent)
form.found (printer, Adjustment)       once the user has agreed
form.check_asked (Adjustment)          print the sheet again, corrected, to see what is left
form.open()
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.certificate_form import Adjustment, Calibration, CertificateForm
from gui.desk import Desk
from gui.theme import bound_width, fix_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, FIELD = 660, 88
COLUMNS = 3
PAUSE_MS = 250
MOST_MM = 2000.0
VERB = "采用这个校准"
HINT = (
    "校准页按“实际大小”打印。从纸的左边和上边量到每个十字的中心，写毫米数；"
    "至少一个十字，四角都量最准。没有量的不填。"
)


class CalibrationReadings(FittedDialog):
    """See the module; the figures are worked out while they are typed."""

    found = Signal(str, object)
    check_asked = Signal(object)

    def __init__(self, desk: Desk, form: CertificateForm, printer: str, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle("填写校准读数")
        self._desk = desk
        self._form = form
        self._crosses = desk.services.certificate_designs.crosses(form)
        self._result: Calibration | None = None
        self.printer = QLineEdit(printer)
        bound_width(self.printer, least=300)
        self.printer_row = FormRow("打印机", self.printer, required=True)
        self.fields = [(QLineEdit(), QLineEdit()) for _cross in self._crosses]
        self.answer = Banner("info", "填了读数，这里就显示要怎样校准。")
        self._check = push_button("打印复核页", self._ask_check, icon_name="printer-line")
        self._pause = QTimer(self)
        self._build()
        self._pause.timeout.connect(self._work_out)
        self.fields[0][0].setFocus()

    def _build(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.words.addWidget(
            label(f"{self._form.name}　{self._form.width:g}×{self._form.height:g} 毫米", "heading")
        )
        self.words.addWidget(label(HINT, "secondary", wrap=True))
        self.words.addWidget(self.printer_row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for place, pair in enumerate(zip(self._crosses, self.fields, strict=True)):
            grid.addLayout(self._cross(place + 1, *pair), place // COLUMNS, place % COLUMNS)
        self.words.addLayout(grid)
        self.words.addWidget(self.answer)
        self.answer.add_button(self._check)
        self._check.hide()
        self.end_with(FormFoot(self, VERB))

    def _cross(
        self, number: int, place: tuple[float, float], fields: tuple[QLineEdit, QLineEdit]
    ) -> QVBoxLayout:
        """A cross as it lies on the sheet: where it should be, where it was read."""
        x, y = place
        cell, line = QVBoxLayout(), QHBoxLayout()
        cell.setSpacing(2)
        line.setSpacing(6)
        cell.addWidget(label(f"十字 {number}，应在左 {x:g}、上 {y:g}", "hint"))
        for field, side in zip(fields, ("左边", "上边"), strict=True):
            fix_width(field, FIELD)
            field.setProperty("dense", True)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setPlaceholderText(f"距{side}")
            field.setAccessibleName(f"十字 {number} 距{side}的毫米数")
            field.textEdited.connect(lambda _text: self._pause.start())
            line.addWidget(field)
        line.addStretch(1)
        cell.addLayout(line)
        return cell

    def readings(self) -> list[tuple[int, float, float]]:
        """What was typed: number of the cross, from the left, from the top.

        Raises:
            ValueError: with words for the user, where it is no number or half of a reading.
        """
        made = []
        for number, pair in enumerate(self.fields, start=1):
            texts = [each.text().strip().replace("，", ".").replace("。", ".") for each in pair]
            if not any(texts):
                continue
            if not all(texts):
                raise ValueError(f"十字 {number} 只填了一半，请把左边、上边都填上，或都不填。")
            left, top = (_millimetres(number, each) for each in texts)
            made.append((number, left, top))
        return made

    def _work_out(self, then: Callable[[], object] | None = None) -> None:
        self._pause.stop()
        self._result = None
        try:
            readings = self.readings()
        except ValueError as wrong:
            self._say("err", str(wrong))
            return
        designs, form = self._desk.services.certificate_designs, self._form

        def show(found: Calibration) -> None:
            self._result = found
            self._say("ok", adjustment_words(found.adjustment), left_over_words(found))
            if then is not None:
                then()

        self._desk.jobs.start(
            lambda _report: designs.calibrated(form, readings),
            show,
            title="计算校准",
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        self._say("err", error.message_zh, error.remedy_zh)

    def _say(self, kind: str, text: str, second: str = "") -> None:
        self.answer.turn(kind)
        self.answer.set_text(text, second)
        self._check.setVisible(kind == "ok")

    def _ask_check(self) -> None:
        if self._result is not None:
            self.check_asked.emit(self._result.adjustment)

    def accept(self) -> None:
        printer = self.printer.text().strip()
        if not printer:
            self.printer_row.show_error("请写打印机的名称，例如“二楼激光打印机”。")
            self.printer.setFocus()
            return
        self.printer_row.clear_message()
        self._work_out(self._finish)

    def _finish(self) -> None:
        assert self._result is not None
        super().accept()
        self.found.emit(self.printer.text().strip(), self._result.adjustment)


def _millimetres(number: int, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= MOST_MM:
        raise ValueError(f"十字 {number} 的读数“{text}”不是毫米数，请写成 20.5 这样。")
    return value


def adjustment_words(found: Adjustment) -> str:
    """What is done to the page."""
    words = (
        f"向{'左' if found.dx < 0 else '右'} {abs(found.dx):.2f} 毫米，"
        f"向{'上' if found.dy < 0 else '下'} {abs(found.dy):.2f} 毫米；"
        f"横向 {found.scale_x:.2f}%，纵向 {found.scale_y:.2f}%"
    )
    return f"{words}；旋转 {found.rotation:.2f} 度" if found.rotation else words


def left_over_words(found: Calibration) -> str:
    """How far off the crosses were and will be."""
    return f"校准前最大偏差 {found.before:.2f} 毫米，校准后 {found.worst:.2f} 毫米。"
