"""A sheet in millimetres: rulers along it, what its stock shows, the text, and boxes to move and to size.

canvas = SheetCanvas()
canvas.set_sheet(297, 210); canvas.set_boxes((SheetBox("name", "名称", 39.8, 65, 217, 22),))
canvas.set_stock(pdf); canvas.set_text(pdf)     one page each, as bytes; empty for none
canvas.choose("name"); canvas.chosen_key()
canvas.box_chosen (key)        "" when none is
canvas.box_changed (SheetBox)  after a drag, or a short while after the last arrow key
canvas.box_removed (key)       Delete was pressed
canvas.is_busy()               a box is being moved: do not set others now

Arrows move the chosen box by 0.1 mm, with Shift by 1 mm; with Ctrl they size it. Tab goes from box to box.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.pdfium import opened
from gui.theme import font
from gui.widgets.sheet_painting import (
    HANDLES,
    RULER,
    SPARE,
    handle_point,
    paint_box,
    paint_handles,
    paint_rulers,
    paint_sheet,
)

STEP, LONG_STEP = 0.1, 1.0
KEY_PAUSE_MS = 300
LEAST_SIDE = 3.0
REACH = 6
POINTS_PER_MM = 72 / 25.4
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
}
MOVE = (0, 0)


@dataclass(frozen=True, slots=True)
class SheetBox:
    """A box on the sheet, in mm from its top left corner; `printed`: the stock has its text already."""

    key: str
    name: str
    left: float
    top: float
    width: float
    height: float
    least_height: float = LEAST_SIDE
    least_width: float = LEAST_SIDE
    printed: bool = False

    @property
    def place(self) -> tuple[float, float, float, float]:
        """Left, top, width and height."""
        return self.left, self.top, self.width, self.height


@dataclass(frozen=True, slots=True)
class _Drag:
    """What the mouse holds: where it was pressed, which box as it was, by which handle."""

    start: QPointF
    box: SheetBox
    handle: tuple[int, int]


class SheetCanvas(QWidget):
    """See the module; `set_scale` gives the pixels of a millimetre."""

    box_chosen = Signal(str)
    box_changed = Signal(object)
    box_removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("证书版面，方向键移动选中的文字框")
        self._size = (297.0, 210.0)
        self._scale = 2.0
        self._boxes: tuple[SheetBox, ...] = ()
        self._chosen = ""
        self._drag: _Drag | None = None
        self._stock, self._text = b"", b""
        self._images: dict[tuple[str, float], QImage] = {}
        self._shows_stock = self._shows_boxes = True
        self._is_pale = True
        self._keys = QTimer(self)
        self._keys.setSingleShot(True)
        self._keys.setInterval(KEY_PAUSE_MS)
        self._keys.timeout.connect(self._tell_changed)
        self.set_scale(self._scale)

    # What it shows

    def set_sheet(self, width: float, height: float) -> None:
        self._size = (width, height)
        self.set_scale(self._scale)

    def sheet_size(self) -> tuple[float, float]:
        return self._size

    def set_scale(self, scale: float) -> None:
        self._scale = scale
        width, height = self._size
        self.setFixedSize(QSize(round(width * scale) + RULER + SPARE, round(height * scale) + RULER + SPARE))
        self._images.clear()
        self.update()

    def scale(self) -> float:
        """Pixels of a millimetre."""
        return self._scale

    def set_boxes(self, boxes: Sequence[SheetBox]) -> None:
        """Show these; what is being dragged is let go of."""
        self._boxes = tuple(boxes)
        self._drag = None
        self._keys.stop()
        if self._chosen not in {each.key for each in self._boxes}:
            self.choose("")
        self.update()

    def set_stock(self, pdf: bytes) -> None:
        self._set_page("stock", pdf)

    def set_text(self, pdf: bytes) -> None:
        self._set_page("text", pdf)

    def _set_page(self, which: str, pdf: bytes) -> None:
        if which == "stock":
            self._stock = pdf
        else:
            self._text = pdf
        self._images = {key: image for key, image in self._images.items() if key[0] != which}
        self.update()

    def show_stock(self, shown: bool) -> None:
        self._shows_stock = shown
        self.update()

    def show_boxes(self, shown: bool) -> None:
        self._shows_boxes = shown
        self.update()

    def set_pale(self, pale: bool) -> None:
        """Whether the stock is printed already, and so stands behind the text."""
        self._is_pale = pale
        self.update()

    def is_busy(self) -> bool:
        """Whether a box is being moved that nobody was told of yet."""
        return self._drag is not None or self._keys.isActive()

    # Which box

    def chosen_key(self) -> str:
        return self._chosen

    def chosen_box(self) -> SheetBox | None:
        return next((each for each in self._boxes if each.key == self._chosen), None)

    def choose(self, key: str) -> None:
        """Choose a box, "" none."""
        if key == self._chosen:
            return
        self._tell_pending()
        self._chosen = key
        self._describe()
        self.update()
        self.box_chosen.emit(key)

    def _describe(self) -> None:
        box = self.chosen_box()
        if box is None:
            self.setAccessibleDescription("没有选中文字框")
            return
        places = zip(("左", "上", "宽", "高"), box.place, strict=True)
        measures = "、".join(f"{name} {place:.1f}" for name, place in places)
        self.setAccessibleDescription(f"选中“{box.name}”：{measures} 毫米")

    def rect_of(self, box: SheetBox) -> QRectF:
        """Where a box stands on the screen."""
        left, top, width, height = (each * self._scale for each in box.place)
        return QRectF(RULER + left, RULER + top, width, height)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(12))
        width, height = (each * self._scale for each in self._size)
        sheet = QRectF(RULER, RULER, width, height)
        paint_rulers(painter, sheet, self._scale)
        paint_sheet(painter, sheet)
        if self._shows_stock and self._stock:
            painter.setOpacity(0.45 if self._is_pale else 1.0)
            painter.drawImage(sheet, self._image("stock", self._stock))
            painter.setOpacity(1.0)
        if self._text:
            painter.drawImage(sheet, self._image("text", self._text))
        if self._shows_boxes:
            for box in self._boxes:
                paint_box(painter, self.rect_of(box), chosen=box.key == self._chosen, printed=box.printed)
        chosen = self.chosen_box()
        if chosen and self._shows_boxes:
            paint_handles(painter, self.rect_of(chosen), focused=self.hasFocus())
        painter.end()

    def _image(self, which: str, pdf: bytes) -> QImage:
        ratio = self.devicePixelRatioF()
        key = (which, ratio)
        if key not in self._images:
            self._images[key] = page_image(pdf, self._scale * ratio / POINTS_PER_MM)
        return self._images[key]

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._shows_boxes:
            super().mousePressEvent(event)
            return
        place = event.position()
        chosen = self.chosen_box()
        handle = self._handle_at(place) if chosen else None
        if handle is None:
            found = self._box_at(place)
            self.choose(found.key if found else "")
            chosen, handle = found, MOVE
        self._tell_pending()
        self._drag = _Drag(place, chosen, handle) if chosen else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self._show_cursor(event.position())
            return
        by = event.position() - self._drag.start
        x, y = by.x() / self._scale, by.y() / self._scale
        self._put(self._shaped(self._drag.box, self._drag.handle, x, y))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        box = self.chosen_box()
        if drag is not None and box is not None and box != drag.box:
            self.box_changed.emit(box)
        super().mouseReleaseEvent(event)

    def _show_cursor(self, place: QPointF) -> None:
        handle = self._handle_at(place) if self.chosen_box() else None
        if handle is not None:
            self.setCursor(_CURSORS[handle])
        elif self._shows_boxes and self._box_at(place):
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.unsetCursor()

    def _handle_at(self, place: QPointF) -> tuple[int, int] | None:
        box = self.chosen_box()
        if box is None or not self._shows_boxes:
            return None
        area = self.rect_of(box)
        near = [each for each in HANDLES if (handle_point(area, each) - place).manhattanLength() <= 2 * REACH]
        return min(near, key=lambda each: (handle_point(area, each) - place).manhattanLength(), default=None)

    def _box_at(self, place: QPointF) -> SheetBox | None:
        """The smallest box there, the chosen one before all others."""
        under = [each for each in self._boxes if self.rect_of(each).contains(place)]
        return min(under, key=lambda each: (each.key != self._chosen, each.width * each.height), default=None)

    # Moving and sizing

    def _shaped(self, box: SheetBox, handle: tuple[int, int], by_x: float, by_y: float) -> SheetBox:
        """The box moved or sized by so many mm, to a whole tenth; nothing leaves the sheet."""
        wide, high = self._size
        if handle == MOVE:
            left = _within(box.left + by_x, 0, wide - box.width) if by_x else box.left
            top = _within(box.top + by_y, 0, high - box.height) if by_y else box.top
            return replace(box, left=left, top=top)
        left, width = _sized(box.left, box.width, handle[0], by_x, box.least_width, wide)
        top, height = _sized(box.top, box.height, handle[1], by_y, box.least_height, high)
        return replace(box, left=left, top=top, width=width, height=height)

    def _put(self, box: SheetBox) -> None:
        self._boxes = tuple(box if each.key == box.key else each for each in self._boxes)
        self._describe()
        self.update()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow, box = _ARROWS.get(Qt.Key(event.key())), self.chosen_box()
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._put(self._drag.box)
            self._drag = None
        elif event.key() == Qt.Key.Key_Delete and box is not None and self._shows_boxes:
            self._keys.stop()
            self.box_removed.emit(box.key)
        elif arrow is None or box is None or not self._shows_boxes:
            super().keyPressEvent(event)
        else:
            held = event.modifiers()
            step = LONG_STEP if held & Qt.KeyboardModifier.ShiftModifier else STEP
            sizes = bool(held & Qt.KeyboardModifier.ControlModifier)
            handle = (abs(arrow[0]), abs(arrow[1])) if sizes else MOVE
            self._put(self._shaped(box, handle, arrow[0] * step, arrow[1] * step))
            self._keys.start()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """From box to box, and out of the sheet behind the last one."""
        keys = [each.key for each in self._boxes] if self._shows_boxes else []
        step = 1 if forward else -1
        place = keys.index(self._chosen) + step if self._chosen in keys else (0 if forward else len(keys) - 1)
        if 0 <= place < len(keys):
            self.choose(keys[place])
            return True
        return super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._tell_pending()
        return super().event(event)

    def _tell_pending(self) -> None:
        if self._keys.isActive():
            self._keys.stop()
            self._tell_changed()

    def _tell_changed(self) -> None:
        box = self.chosen_box()
        if box is not None:
            self.box_changed.emit(box)


def _within(value: float, least: float, most: float) -> float:
    """The nearest whole tenth that is not outside; the far end itself where it is no tenth."""
    return round(max(least, min(round(value, 1), most)), 3) + 0.0


def _sized(
    start: float, length: float, side: int, by: float, least: float, room: float
) -> tuple[float, float]:
    """Start and length after an end was pulled: the far one for 1, the near one for -1."""
    if side == 0 or not by:
        return start, length
    end = start + length
    most = room - start if side > 0 else end
    sized = _within(length + side * by, least, most)
    return (start, sized) if side > 0 else (round(end - sized, 3) + 0.0, sized)


def page_image(pdf: bytes, scale: float) -> QImage:
    """The first page at so many pixels a point, clear where nothing is drawn."""
    with opened(pdf) as document:
        bitmap = document[0].render(scale=scale, fill_color=(255, 255, 255, 0))
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_ARGB32)
        # The bitmap's memory is PDFium's and goes with it.
        return image.copy()
