"""The middle of the tab of certificates: the sheet in millimetres, with its bar and its legend.

sheet = CertificateSheet(); sheet.show_form(form, output); sheet.show_place(0, 5)
sheet.canvas                   boxes are chosen, moved and sized there
sheet.turned (1 or -1); sheet.say("warn", text, second, verb, on_verb); sheet.be_silent()
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core.model.certificate_form import CertificateForm, FieldText, FormField, Output
from gui.theme import fix_height, scaled
from gui.widgets.banner import Banner
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.labels import ElidedLabel, IconLabel, label
from gui.widgets.layouts import clear
from gui.widgets.sheet_canvas import LEAST_SIDE, SheetBox, SheetCanvas
from gui.widgets.sheet_painting import RULER, SPARE

ZOOM_STEP = 1.2
LEAST_SCALE, MOST_SCALE = 0.4, 12.0
DESK_MARGIN = 10
LEAST_WIDTH = 580
LEAST_QR = 15.0
MM_OF_POINT = 25.4 / 72
PALE_WORDS = "浅色：证书上已印好的部分"
FULL_WORDS = "底图：和文字一起打印"


def box_of(field: FormField) -> SheetBox:
    """A field of a form as a box of the sheet."""
    least = LEAST_QR if field.text is FieldText.QR else max(LEAST_SIDE, field.size * MM_OF_POINT)
    return SheetBox(
        field.text.value,
        field.text.label,
        field.left,
        field.top,
        field.width,
        field.height,
        least_height=least,
        least_width=LEAST_QR if field.text is FieldText.QR else LEAST_SIDE,
        printed=field.printed,
    )


class _Desk(QScrollArea):
    """Shows the canvas whole until somebody zooms; the wheel with Ctrl zooms."""

    def __init__(self, canvas: SheetCanvas) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(canvas)
        # The desk is seen around the sheet.
        canvas.setAutoFillBackground(False)
        self._canvas = canvas
        self._is_whole = True

    def show_whole(self) -> None:
        self._is_whole = True
        self.fit()

    def zoom(self, step: float) -> None:
        self._is_whole = False
        self._canvas.set_scale(min(MOST_SCALE, max(LEAST_SCALE, self._canvas.scale() * step)))

    def fit(self) -> None:
        if not self._is_whole:
            return
        width, height = self._canvas.sheet_size()
        room = self.viewport().size()
        spare = RULER + SPARE + 2 * DESK_MARGIN
        scale = min((room.width() - spare) / width, (room.height() - spare) / height)
        self._canvas.set_scale(max(LEAST_SCALE, scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta() != QPoint():
            self.zoom(1 / ZOOM_STEP if event.angleDelta().y() < 0 else ZOOM_STEP)
        else:
            super().wheelEvent(event)


class CertificateSheet(QFrame):
    """See the module."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.canvas = SheetCanvas()
        self.desk = _Desk(self.canvas)
        self.stock_tick = QCheckBox("显示证书底图")
        self.boxes_tick = QCheckBox("显示文字框")
        self._count = ElidedLabel("", "strong")
        self._previous = icon_button(
            "arrow-left-s-line", "上一张（PageUp）", lambda: self.turned.emit(-1), dense=True
        )
        self._next = icon_button(
            "arrow-right-s-line", "下一张（PageDown）", lambda: self.turned.emit(1), dense=True
        )
        self.side_button = icon_button("settings-3-line", "打印机、校准和文字框", dense=True)
        self.side_button.setCheckable(True)
        self.side_button.hide()
        self._notice = QWidget()
        self._room = QVBoxLayout(self._notice)
        self._legend_line = QWidget()
        self._stock_words = label(PALE_WORDS, "hint")
        self._form: CertificateForm | None = None
        self._place = (-1, 0)
        self._build()
        self.canvas.installEventFilter(self)

    def _build(self) -> None:
        for tick, show in (
            (self.stock_tick, self.canvas.show_stock),
            (self.boxes_tick, self.canvas.show_boxes),
        ):
            tick.setChecked(True)
            tick.toggled.connect(show)
        self._room.setContentsMargins(16, 10, 16, 0)
        self._notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._notice)
        column.addWidget(self.desk, 1)
        column.addWidget(self._legend())

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("kind", "top")
        fix_height(bar, 48)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 10, 0)
        row.setSpacing(4)
        row.addWidget(self._count, 1)
        row.addWidget(self._previous)
        row.addWidget(self._next)
        row.addSpacing(8)
        row.addWidget(self.stock_tick)
        row.addWidget(self.boxes_tick)
        row.addSpacing(4)
        row.addWidget(
            icon_button(
                "zoom-out-line", "缩小（Ctrl+滚轮）", lambda: self.desk.zoom(1 / ZOOM_STEP), dense=True
            )
        )
        row.addWidget(push_button("整页", self.desk.show_whole, kind="flat", dense=True))
        row.addWidget(
            icon_button("zoom-in-line", "放大（Ctrl+滚轮）", lambda: self.desk.zoom(ZOOM_STEP), dense=True)
        )
        row.addWidget(self.side_button)
        return bar

    def _legend(self) -> QWidget:
        row = QHBoxLayout(self._legend_line)
        row.setContentsMargins(16, 0, 16, 10)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(IconLabel("checkbox-blank-line", "text3", 16))
        row.addWidget(self._stock_words)
        row.addSpacing(16)
        row.addWidget(IconLabel("pencil-line", "info", 16))
        row.addWidget(label("黑色、蓝框：本次打印的文字", "hint"))
        row.addStretch(1)
        return self._legend_line

    def offer_side(self, offered: bool) -> None:
        """Whether the button stands here that shows the right side in place of the list."""
        self.side_button.setVisible(offered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Say less where there is little room."""
        narrow = self.width() < scaled(LEAST_WIDTH)
        self._legend_line.setHidden(narrow)
        self._tell_place()
        for tick, short, words in (
            (self.stock_tick, "底图", "显示证书底图"),
            (self.boxes_tick, "文字框", "显示文字框"),
        ):
            tick.setText(short if narrow else words)
            tick.setAccessibleName(words)

    def show_form(self, form: CertificateForm, output: Output) -> None:
        """Show the sheet and the boxes of this form."""
        self._form = form
        if self.canvas.sheet_size() != (form.width, form.height):
            self.canvas.set_sheet(form.width, form.height)
            self.desk.fit()
        self.canvas.set_boxes([box_of(each) for each in form.fields])
        self.canvas.set_pale(output is Output.TEXT)
        self._stock_words.setText(PALE_WORDS if output is Output.TEXT else FULL_WORDS)

    def show_place(self, place: int, count: int) -> None:
        """Say which of how many certificates it is, counted from 0; -1 for a specimen."""
        self._place = (place, count)
        self._tell_place()
        self._previous.setEnabled(place > 0)
        self._next.setEnabled(0 <= place < count - 1)

    def _tell_place(self) -> None:
        place, count = self._place
        words = f"第 {place + 1} 张，共 {count} 张" if place >= 0 else "样张"
        short = f"{place + 1} / {count}" if place >= 0 else words
        self._count.set_whole_text(short if self._legend_line.isHidden() else words)

    def say(
        self,
        kind: str,
        text: str,
        second: str = "",
        verb: str = "",
        on_verb: Callable[[], object] | None = None,
    ) -> None:
        """Say something above the sheet, with the way out."""
        self.be_silent()
        banner = Banner(kind, text, second)
        if verb:
            banner.add_button(push_button(verb, on_verb, dense=True))
        self._room.addWidget(banner)
        self._notice.show()

    def be_silent(self) -> None:
        clear(self._room)
        self._notice.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.turned.emit(step)
                return True
        return super().eventFilter(watched, event)
