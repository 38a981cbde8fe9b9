"""Pages of a PDF exactly as they print, on a desk.

    view = PdfView(); view.set_pdf(data)            bytes; view.clear() empties the desk
    view.mark({0: (QRectF(...),)}); view.pointed    places in points, by page
    view.set_fit(Fit.WIDTH) / Fit.PAGE; view.zoom_in(); view.page_count(); view.go_to(0)
    bar = PdfBar(view)                              previous/next, page number, zoom, whole page or width

Only the page shown is rendered, at the pixel ratio of the screen. No document stays open: reading one from
memory costs a millisecond, and nothing has to be closed when the window goes.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.pdfium import opened
from gui.theme import color, fix_height
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.card import ScrollArea
from gui.widgets.labels import ElidedLabel, label

DESK_MARGIN = 16
ZOOM_STEP = 1.2
MIN_SCALE, MAX_SCALE = 0.2, 5.0
_MARK = QColor("#fdf0c4")
"""On paper, which is white in the dark too."""


class Fit(Enum):
    """How large a page is shown."""

    PAGE = auto()
    WIDTH = auto()
    FREE = auto()


class _Sheet(QWidget):
    """One page with a thin shadow; renders itself when its size or the screen changes."""

    def __init__(self) -> None:
        super().__init__()
        self._render: Callable[[float], QImage] | None = None
        self._scale = 1.0
        self._image: QImage | None = None
        self._marks: tuple[QRectF, ...] = ()

    def mark(self, places: tuple[QRectF, ...]) -> None:
        """Lay a soft colour under these places, in points."""
        if places != self._marks:
            self._marks = places
            self.update()

    def point_at(self, place: QPoint) -> QPointF:
        """What a pixel of the sheet is in points."""
        return QPointF((place.x() - 1) / self._scale, (place.y() - 1) / self._scale)

    def show_page(self, render: Callable[[float], QImage] | None, size: QSize, scale: float) -> None:
        self._render, self._scale, self._image = render, scale, None
        self.setFixedSize(size + QSize(2, 2))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._render is None:
            return
        ratio = self.devicePixelRatioF()
        if self._image is None or self._image.devicePixelRatio() != ratio:
            self._image = self._render(self._scale * ratio)
            self._image.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("line2"))
        painter.drawImage(QRectF(1, 1, self.width() - 2, self.height() - 2), self._image)
        # The colour goes under the ink: paper is white, and white takes any colour.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for place in self._marks:
            corner, size = place.topLeft() * self._scale, place.size() * self._scale
            painter.fillRect(QRectF(corner + QPointF(1, 1), size), _MARK)
        painter.end()


class PdfView(ScrollArea):
    """One page at a time; PageUp and PageDown turn, Ctrl and the wheel zoom."""

    page_changed = Signal(int, int)
    pointed = Signal(int, QPointF)
    """Where on which page somebody pressed, in points."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: Mapping[int, tuple[QRectF, ...]] = {}
        self.setProperty("kind", "desk")
        self.setAccessibleName("打印预览")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self._data = b""
        self._sizes: tuple[QSizeF, ...] = ()
        self._page = 0
        self._fit = Fit.PAGE
        self._scale = 1.0

    def set_pdf(self, data: bytes) -> None:
        """Show this document from its first page, or from the page shown if it has as many."""
        self._data = data
        with opened(data) as document:
            self._sizes = tuple(QSizeF(*document.get_page_size(place)) for place in range(len(document)))
        self._page = min(self._page, len(self._sizes) - 1)
        self._arrange()

    def clear(self) -> None:
        """Show an empty desk."""
        self._sheet.show_page(None, QSize(0, 0), 1.0)
        self._data, self._sizes = b"", ()

    def mark(self, places: Mapping[int, tuple[QRectF, ...]]) -> None:
        """Mark these places, by page, in points; turn to the first of them if none is in sight."""
        self._marks = places
        if places and self._page not in places and self._sizes:
            self.go_to(min(places))
        self._sheet.mark(places.get(self._page, ()))

    def page_count(self) -> int:
        return len(self._sizes)

    def page_index(self) -> int:
        return self._page

    def go_to(self, index: int) -> None:
        """Show a page, counted from 0; outside the document nothing happens."""
        if 0 <= index < self.page_count():
            self._page = index
            self._arrange()
            self.verticalScrollBar().setValue(0)

    def set_fit(self, fit: Fit) -> None:
        self._fit = fit
        self._arrange()

    def zoom_in(self) -> None:
        self._zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP)

    def _zoom(self, step: float) -> None:
        self._fit = Fit.FREE
        self._scale = min(MAX_SCALE, max(MIN_SCALE, self._scale * step))
        self._arrange()

    def _arrange(self) -> None:
        if not self._sizes:
            return
        size = self._sizes[self._page]
        room = QSizeF(self.viewport().size()) - QSizeF(2 * DESK_MARGIN, 2 * DESK_MARGIN)
        across, down = room.width() / size.width(), room.height() / size.height()
        if self._fit is Fit.WIDTH:
            self._scale = max(MIN_SCALE, across)
        elif self._fit is Fit.PAGE:
            self._scale = max(MIN_SCALE, min(across, down))
        shown = QSize(round(size.width() * self._scale), round(size.height() * self._scale))
        self._sheet.show_page(partial(_image_of, self._data, self._page), shown, self._scale)
        self._sheet.mark(self._marks.get(self._page, ()))
        self.page_changed.emit(self._page, self.page_count())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self._sheet.mapFrom(self.viewport(), event.position().toPoint())
        if self._sizes and self._sheet.rect().contains(place):
            self.pointed.emit(self._page, self._sheet.point_at(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.go_to(self._page + steps[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        down = event.angleDelta().y() < 0
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(1 / ZOOM_STEP if down else ZOOM_STEP)
        elif bar.value() == (bar.maximum() if down else bar.minimum()) and event.angleDelta() != QPoint():
            self.go_to(self._page + (1 if down else -1))
        else:
            super().wheelEvent(event)


def _image_of(data: bytes, index: int, scale: float) -> QImage:
    form = {3: QImage.Format.Format_BGR888, 4: QImage.Format.Format_RGB32, 1: QImage.Format.Format_Grayscale8}
    with opened(data) as document:
        bitmap = document[index].render(scale=scale, rev_byteorder=False)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form[bitmap.n_channels])
        # The bitmap's memory is PDFium's and goes with it.
        return image.copy()


class PdfBar(QFrame):
    """The bar over a PdfView."""

    def __init__(self, view: PdfView, title: str = "打印预览") -> None:
        super().__init__()
        self.setProperty("kind", "top")
        fix_height(self, 48)
        self._view = view
        self._count = label("")
        self._previous = icon_button(
            "arrow-left-s-line", "上一页\uff08PageUp\uff09", self._turn_back, dense=True
        )
        self._next = icon_button("arrow-right-s-line", "下一页\uff08PageDown\uff09", self._turn, dense=True)
        parts = (
            self._previous,
            self._count,
            self._next,
            icon_button("zoom-out-line", "缩小", view.zoom_out, dense=True),
            push_button("整页", lambda: view.set_fit(Fit.PAGE), kind="flat", dense=True),
            push_button("页宽", lambda: view.set_fit(Fit.WIDTH), kind="flat", dense=True),
            icon_button("zoom-in-line", "放大", view.zoom_in, dense=True),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(ElidedLabel(title, "strong"), 1)
        for part in parts:
            row.addWidget(part)
        view.page_changed.connect(self._show)

    def _turn(self) -> None:
        self._view.go_to(self._view.page_index() + 1)

    def _turn_back(self) -> None:
        self._view.go_to(self._view.page_index() - 1)

    def _show(self, index: int, count: int) -> None:
        self._count.setText(f"{index + 1} / {count}")
        self._previous.setEnabled(index > 0)
        self._next.setEnabled(index + 1 < count)
