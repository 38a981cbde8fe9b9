"""The form of the office's own record: two fields at the first start, all of them among the settings.

form = OfficeForm(); form.draft() -> OfficeDraft | None            None when something is wrong
form = OfficeForm(full=True); form.show_office(office); form.office() -> Office | None; form.is_changed()
form.show_fonts(found)                                             what this PC has
form.edited, form.submitted                                        something was changed; Enter was pressed
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.model.office import LinePitch, Office
from core.services.setup import OfficeDraft
from gui.theme import fix_width
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

LONGEST_NAME = 30
LONGEST_CLOCK = 365
CLOCKS_IN_A_LINE = 2
CLOCKS = {
    "accept_days": ("受理", "个工作日，"),
    "opinion_days": ("各方签署意见", "个工作日，"),
    "decision_days": ("办结", "个工作日；"),
    "cancellation_days": ("注销", "天"),
}
PITCHES = {
    LinePitch.A: "每行 225 ÷ 22 毫米（常用）",
    LinePitch.B: "首行、末行顶到版心边",
}

LOG_HEAD_NOTE = "照着它能查出变更记录有没有被截去。不印的，只写在 PDF 的属性里。"


class OfficeForm(QWidget):
    """Checks a field when it is left; the message stands under it."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, *, full: bool = False) -> None:
        super().__init__()
        self._full = full
        self._shown: Office | None = None
        self._name = _line(360 if full else 280, "如：城东街道办事处")
        self._code = _line(200, "如：城东街办")
        self._desk = _line(360)
        self._addressee = _line(440)
        self._copy_to = _line(440, "没有抄送单位就不填")
        self._pitch = QButtonGroup(self)
        self._two_sided = QCheckBox("双面打印，版记排在最后一个双数页")
        self._log_head = QCheckBox("印发时印一行小字：公文在末页的版心以外，证书在下方")
        self._own_fonts = QCheckBox("优先用本机的仿宋、小标宋、楷体、黑体，没有的用自带字体")
        self._clocks = {name: _days() for name in CLOCKS}
        self._id_numbers = QCheckBox("登记负责人的居民身份证号（没有规定要求的，不要登记）")
        self._short_names = QCheckBox("按姓氏笔画排序时，两个字的姓名排在三个字的前面")
        self._name_row = FormRow("单位名称", self._name, required=True, hint="公文红头用的全称")
        self._fonts_row = FormRow("字体", self._own_fonts)
        self._log_head_row = FormRow("日志校验码", self._log_head)
        self._log_head_row.show_note(LOG_HEAD_NOTE)
        self._code_row = FormRow("机关代字", self._code, required=full, hint=_code_hint(full))
        self._build()
        self._connect()
        self.setFocusProxy(self._name)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._name_row)
        if self._full:
            column.addWidget(FormRow("承办科室", self._desk))
        column.addWidget(self._code_row)
        if not self._full:
            return
        for row in (
            FormRow("主送", self._addressee, hint="通报默认的主送单位"),
            FormRow("抄送", self._copy_to),
            FormRow("正文行距", self._pitches()),
            FormRow("装订", self._two_sided),
            self._log_head_row,
            self._fonts_row,
            FormRow("备案期限", self._clock_line()),
            FormRow("身份证号", self._id_numbers),
            FormRow("姓名排序", self._short_names),
        ):
            column.addWidget(row)

    def _clock_line(self) -> QWidget:
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        for place, (name, (before, after)) in enumerate(CLOCKS.items()):
            self._clocks[name].setAccessibleName(f"{before}期限，{after[:-1] or after}")
            if place % CLOCKS_IN_A_LINE == 0:
                row = QHBoxLayout()
                row.setSpacing(6)
                lines.addLayout(row)
            for part in (label(before), self._clocks[name], label(after)):
                row.addWidget(part)
            if place % CLOCKS_IN_A_LINE == CLOCKS_IN_A_LINE - 1:
                row.addStretch(1)
        return holder

    def _pitches(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(20)
        for number, (pitch, words) in enumerate(PITCHES.items()):
            button = QRadioButton(words)
            self._pitch.addButton(button, number)
            button.setChecked(pitch is LinePitch.A)
            row.addWidget(button)
        return holder

    def _connect(self) -> None:
        self._name.editingFinished.connect(self._check_name)
        self._code.editingFinished.connect(self._check_code)
        for line in (self._name, self._code, self._desk, self._addressee, self._copy_to):
            line.textEdited.connect(lambda _text: self.edited.emit())
            line.returnPressed.connect(self.submitted)
        for clock in self._clocks.values():
            clock.valueChanged.connect(lambda _days: self.edited.emit())
        for box in (self._two_sided, self._log_head, self._own_fonts, self._id_numbers, self._short_names):
            box.clicked.connect(lambda _checked: self.edited.emit())
        self._pitch.idClicked.connect(lambda _number: self.edited.emit())

    def show_office(self, office: Office) -> None:
        """Fill in the office as it is stored."""
        self._shown = office
        for line, text in (
            (self._name, office.name),
            (self._code, office.document_code),
            (self._desk, office.desk),
            (self._addressee, office.addressee),
            (self._copy_to, office.copy_to),
        ):
            line.setText(text)
            line.setCursorPosition(0)
        self._pitch.button(tuple(PITCHES).index(office.line_pitch)).setChecked(True)
        self._two_sided.setChecked(office.two_sided)
        self._log_head.setChecked(office.print_log_head)
        self._own_fonts.setChecked(office.use_office_fonts)
        self._id_numbers.setChecked(office.keep_id_numbers)
        self._short_names.setChecked(office.short_names_first)
        for name, clock in self._clocks.items():
            clock.setValue(getattr(office, name))
        for row in (self._name_row, self._code_row):
            row.clear_message()

    def show_fonts(self, found: Sequence[tuple[str, str]]) -> None:
        """Say which official faces this PC has, as (仿宋, simfang.ttf)."""
        names = "、".join(f"{face}\uff08{file}\uff09" for face, file in found)
        text = f"本机有{names}，其余用自带字体。" if found else "本机没有找到这些字体，公文用自带字体。"
        self._fonts_row.show_note(text)

    def draft(self) -> OfficeDraft | None:
        """What a new office is made from; None, with the focus on the fault, when it cannot be."""
        if not self._is_right():
            return None
        return OfficeDraft(self._name.text().strip(), self._code.text().strip())

    def office(self) -> Office | None:
        """The shown office with what was changed; None, with the focus on the fault, when it cannot be."""
        if self._shown is None or not self._is_right():
            return None
        return self._changed(self._shown)

    def is_changed(self) -> bool:
        return self._shown is not None and self._changed(self._shown) != self._shown

    def show_name_error(self, text: str) -> None:
        """What the service says of the name."""
        self._name_row.show_error(text)
        self._name.setFocus()

    def _changed(self, office: Office) -> Office:
        return replace(
            office,
            name=self._name.text().strip(),
            document_code=self._code.text().strip(),
            desk=self._desk.text().strip(),
            addressee=self._addressee.text().strip(),
            copy_to=self._copy_to.text().strip(),
            line_pitch=tuple(PITCHES)[self._pitch.checkedId()],
            two_sided=self._two_sided.isChecked(),
            print_log_head=self._log_head.isChecked(),
            use_office_fonts=self._own_fonts.isChecked(),
            keep_id_numbers=self._id_numbers.isChecked(),
            short_names_first=self._short_names.isChecked(),
            accept_days=self._clocks["accept_days"].value(),
            opinion_days=self._clocks["opinion_days"].value(),
            decision_days=self._clocks["decision_days"].value(),
            cancellation_days=self._clocks["cancellation_days"].value(),
        )

    def _is_right(self) -> bool:
        self._check_name()
        self._check_code()
        for row in (self._name_row, self._code_row):
            if row.is_wrong():
                row.field.setFocus()
                return False
        return True

    def _check_name(self) -> None:
        length = len(self._name.text().strip())
        if not length:
            self._name_row.show_error("请写单位全称，例如“城东街道办事处”。")
        elif length > LONGEST_NAME:
            self._name_row.show_error(f"有 {length} 个字，公文的红头放不下；请不超过 {LONGEST_NAME} 个字。")
        else:
            self._name_row.clear_message()

    def _check_code(self) -> None:
        if self._full and not self._code.text().strip():
            self._code_row.show_error("请写机关代字，发文字号要用，例如“城东街办”。")
        else:
            self._code_row.clear_message()


def _days() -> QSpinBox:
    days = QSpinBox()
    days.setRange(1, LONGEST_CLOCK)
    days.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    days.setAlignment(Qt.AlignmentFlag.AlignRight)
    fix_width(days, 56)
    return days


def _line(width: int, hint: str = "") -> QLineEdit:
    line = QLineEdit()
    fix_width(line, width)
    line.setPlaceholderText(hint)
    return line


def _code_hint(full: bool) -> str:
    return "用在发文字号里" if full else "用在发文字号里，不填就按名称拟定"
