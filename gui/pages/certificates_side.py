"""The right of the tab of certificates: how the printer is corrected, and the box that is chosen.

side = CertificateSide(readings=ask, underlay=choose, forms=open)       what its buttons do
side.show_form(form, "recipient"); side.show_field("recipient")
side.adjustment(), side.output(), side.printer, side.tray
side.form_asked (code), side.output_changed, side.field_chosen (key), side.field_edited (FormField)
side.adjustment_edited         the user has changed one of its figures
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.model.certificate_form import (
    Adjustment,
    Align,
    CertificateForm,
    Face,
    FieldText,
    FormField,
    Output,
    PrintProfile,
)
from gui.theme import fix_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.card import ScrollPane
from gui.widgets.choice import Choice
from gui.widgets.labels import label, rule
from gui.widgets.measure_edit import MeasureEdit, field_row

WIDTH = 290
WIDE = 242
SHORT = 124
TRAYS = ("手动进纸", "纸盒 1", "纸盒 2")
HINT = "先打印校准页，叠在证书上对光看，量出偏差填在下面；或者填写十字的读数，由程序算。"
_OUTPUTS = {
    Output.BOTH: "底图和文字（白纸）",
    Output.TEXT: "只打文字（套打）",
    Output.BACKGROUND: "只打底图",
}
# A name that may shrink may do so to this share of its size.
SHRINKS_TO = 0.55
_PLACES = ("left", "top", "width", "height", "size", "least")


class CertificateSide(QFrame):
    """See the module."""

    form_asked = Signal(str)
    profile_asked = Signal()
    output_changed = Signal()
    adjustment_edited = Signal()
    field_chosen = Signal(str)
    field_edited = Signal(object)
    field_removed = Signal(str)
    field_added = Signal(str)

    def __init__(
        self,
        *,
        readings: Callable[[], object],
        underlay: Callable[[], object],
        forms: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setAccessibleName("套打校准和文字框")
        fix_width(self, WIDTH)
        self._readings = push_button("填写校准读数……", readings, dense=True)
        self.underlay = push_button("证书底图……", underlay, kind="link", dense=True)
        self._forms = push_button("管理版式……", forms, kind="link", dense=True)
        self.printer = _named("打印机")
        self.tray = _named("进纸方式")
        self.form = Choice((), width=WIDE, empty="")
        self.what = Choice(tuple(_OUTPUTS.items()), width=WIDE, empty="")
        self.shifts = {
            "dx": MeasureEdit("向右（毫米）", -50, 50, decimals=2),
            "dy": MeasureEdit("向下（毫米）", -50, 50, decimals=2),
            "scale_x": MeasureEdit("横向比例（%）", 90, 110, decimals=2, step=0.05),
            "scale_y": MeasureEdit("纵向比例（%）", 90, 110, decimals=2, step=0.05),
            "rotation": MeasureEdit("旋转（度）", -5, 5, decimals=4, step=0.05),
        }
        self.field = Choice((), width=WIDE, empty="没有选中")
        self.places = {
            "left": MeasureEdit("左边距（毫米）", 0, 1500),
            "top": MeasureEdit("上边距（毫米）", 0, 1500),
            "width": MeasureEdit("宽（毫米）", 3, 1500),
            "height": MeasureEdit("高（毫米）", 2, 1500),
            "size": MeasureEdit("字号（磅）", 4, 300, step=0.5),
            "least": MeasureEdit("最小字号（磅）", 4, 300, step=0.5),
        }
        self.face = Choice(tuple((each, each.label) for each in Face), width=SHORT, empty="")
        self.align = Choice(tuple((each, each.label) for each in Align), width=SHORT, empty="")
        self._face_row, self._align_row = field_row("字体", self.face), field_row("对齐", self.align)
        self.shrinks = QCheckBox("名称过长时自动缩小")
        self.printed = QCheckBox("纸上已印好，套打时不打")
        self._add = Choice((), width=WIDE, empty="添加文字框……")
        self._remove = push_button("删除这个文字框", self._ask_remove, kind="link", dense=True)
        self.trouble = Banner("err", "")
        self._field_parts = QWidget()
        self._known: CertificateForm | None = None
        self._pane = ScrollPane(16)
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        self.trouble.hide()
        body = self._pane.body
        body.setSpacing(6)
        body.addWidget(label("套打校准", "heading"))
        hint = label(HINT, "hint", wrap=True)
        body.addWidget(hint)
        body.addWidget(self._readings)
        body.addWidget(self.trouble)
        body.addWidget(label("打印机与纸张", "strong"))
        for combo in (self.printer, self.tray, self.form, self.what):
            body.addWidget(combo)
        links = QHBoxLayout()
        links.addWidget(self.underlay)
        links.addWidget(self._forms)
        links.addStretch(1)
        body.addLayout(links)
        body.addWidget(rule())
        body.addWidget(label("整页偏移", "strong"))
        for shift in self.shifts.values():
            body.addWidget(shift.row)
        body.addWidget(rule())
        body.addWidget(label("选中的文字框", "strong"))
        body.addWidget(self.field)
        self._build_field()
        body.addWidget(self._field_parts)
        body.addWidget(self._add)
        body.addStretch(1)
        for name, combo in (
            ("证书纸", self.form),
            ("打印内容", self.what),
            ("选中的文字框", self.field),
            ("添加文字框", self._add),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._pane)

    def _build_field(self) -> None:
        column = QVBoxLayout(self._field_parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for name in _PLACES[:-1]:
            column.addWidget(self.places[name].row)
        column.addWidget(self._face_row)
        column.addWidget(self._align_row)
        for part in (self.shrinks, self.places["least"].row, self.printed):
            column.addWidget(part)
        column.addWidget(self._remove)

    def _connect(self) -> None:
        self.form.activated.connect(lambda _place: self.form_asked.emit(str(self.form.chosen())))
        self.what.currentIndexChanged.connect(lambda _place: self.output_changed.emit())
        for combo in (self.printer, self.tray):
            combo.activated.connect(lambda _place: self.profile_asked.emit())
            line = combo.lineEdit()
            assert line is not None
            line.editingFinished.connect(self.profile_asked.emit)
        for shift in self.shifts.values():
            shift.edited.connect(lambda _value: self.adjustment_edited.emit())
        self.field.activated.connect(lambda _place: self.field_chosen.emit(str(self.field.chosen() or "")))
        for name, place in self.places.items():
            place.edited.connect(lambda value, name=name: self._edit(**{name: value}))
        self.face.activated.connect(lambda _place: self._edit(face=self.face.chosen()))
        self.align.activated.connect(lambda _place: self._edit(align=self.align.chosen()))
        self.printed.clicked.connect(lambda ticked: self._edit(printed=ticked))
        self.shrinks.clicked.connect(self._let_shrink)
        self._add.activated.connect(self._ask_add)

    # Showing

    def show_printers(self, printers: tuple[str, ...], trays: tuple[str, ...]) -> None:
        """Offer these; what stands in the fields stays."""
        for combo, names in ((self.printer, printers), (self.tray, tuple(dict.fromkeys((*trays, *TRAYS))))):
            text = combo.currentText()
            blocked = combo.blockSignals(True)
            combo.clear()
            combo.addItems(list(names))
            combo.setEditText(text or (names[0] if names else ""))
            combo.blockSignals(blocked)

    def show_forms(self, forms: tuple[CertificateForm, ...], chosen: str) -> None:
        blocked = self.form.blockSignals(True)
        self.form.clear()
        for each in forms:
            self.form.addItem(each.name, each.code)
            if each.code == chosen:
                self.form.setToolTip(f"证书纸，{each.width:g}×{each.height:g} 毫米")
        self.form.choose(chosen)
        self.form.blockSignals(blocked)

    def show_form(self, form: CertificateForm, key: str) -> None:
        """Offer the boxes of this form, and show one."""
        self._known = form
        blocked = self.field.blockSignals(True)
        self.field.clear()
        self.field.addItem("没有选中", None)
        for each in form.fields:
            self.field.addItem(each.text.label, each.text.value)
        self.field.blockSignals(blocked)
        there = {each.text for each in form.fields}
        self._add.clear()
        self._add.addItem("添加文字框……", None)
        for text in FieldText:
            if text not in there:
                self._add.addItem(text.label, text.value)
        self._add.setVisible(self._add.count() > 1)
        self.show_field(key)

    def show_field(self, key: str) -> None:
        """Show the measures of a box; "" for none."""
        self.field.choose(key or None)
        field = self.shown_field()
        self._field_parts.setVisible(field is not None)
        if field is None:
            return
        for name, place in self.places.items():
            place.show_value(getattr(field, name))
        self.face.choose(field.face)
        self.align.choose(field.align)
        self.shrinks.setChecked(field.least < field.size)
        self.printed.setChecked(field.printed)
        sets_text = field.text is not FieldText.QR
        for part in (
            self.places["size"].row,
            self._face_row,
            self._align_row,
            self.shrinks,
        ):
            part.setVisible(sets_text)
        self.places["least"].row.setVisible(sets_text and field.least < field.size)
        self.shrinks.setText(
            "名称过长时自动缩小" if field.text is FieldText.RECIPIENT else "文字过长时自动缩小"
        )

    def shown_field(self) -> FormField | None:
        key = self.field.chosen()
        if self._known is None or key is None:
            return None
        return self._known.field(FieldText(str(key)))

    def show_profile(self, profile: PrintProfile | None) -> None:
        """Show how a printer is corrected; nothing is, where it was not measured."""
        adjustment = profile.adjustment if profile else Adjustment()
        for name, shift in self.shifts.items():
            shift.show_value(float(getattr(adjustment, name)))

    def show_trouble(self, text: str, second: str = "") -> None:
        self.trouble.set_text(text, second)
        self.trouble.setVisible(bool(text))
        if text:
            self._pane.ensureWidgetVisible(self.trouble)

    def adjustment(self) -> Adjustment:
        """The figures as they stand."""
        return Adjustment(
            **{
                name: Decimal(str(round(shift.value(), shift.decimals()))) + Decimal(0)
                for name, shift in self.shifts.items()
            }
        )

    def output(self) -> Output:
        """What of a certificate is printed."""
        return Output(str(self.what.chosen()))

    # Editing

    def _edit(self, **changes: Any) -> None:
        field = self.shown_field()
        if field is None:
            return
        edited = replace(field, **changes)
        if "size" in changes:
            edited = replace(edited, least=min(field.least, edited.size))
        if edited != field:
            self.field_edited.emit(edited)

    def _let_shrink(self, ticked: bool) -> None:
        field = self.shown_field()
        if field is not None:
            least = max(4.0, round(field.size * SHRINKS_TO, 1)) if ticked else field.size
            self._edit(least=least)

    def _ask_remove(self) -> None:
        field = self.shown_field()
        if field is not None:
            self.field_removed.emit(field.text.value)

    def _ask_add(self, _place: int) -> None:
        if self._add.chosen() is not None:
            self.field_added.emit(str(self._add.chosen()))


def _named(name: str) -> QComboBox:
    combo = Choice((), width=WIDE, empty="")
    line = QLineEdit()
    line.setPlaceholderText(f"{name}的名称")
    combo.setEditable(True)
    combo.setLineEdit(line)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    return combo
