"""A chart on screen: the very shapes that paper prints, in the colours of the theme.

    view = ChartView(); view.set_chart(drawn)          a DrawnChart, as services.year_report makes it
    view.chosen.connect(show)                          the key of the category that was pressed
    view.moved.connect(bring_into_sight)               where the category is to which the keyboard went

The picture keeps its proportions and is as wide as the widget. The pointer over a category shows its exact
figures; the arrow keys go from one to the next, Enter or Space chooses it.
"""

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontDatabase,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.model.drawn_chart import (
    DrawnBox,
    DrawnChart,
    DrawnLine,
    DrawnOutline,
    DrawnShape,
    DrawnText,
    Shade,
    Spot,
)
from gui.theme import Mode, color, current
from gui.widgets.buttons import ENTER

_TOKENS: Mapping[Shade, str] = {
    Shade.INK: "text",
    Shade.QUIET: "text2",
    Shade.RULE: "field",
    Shade.ACCENT: "accent",
    Shade.ON_ACCENT: "on_accent",
    Shade.DARK: "text3",
    Shade.MIDDLE: "bar",
    Shade.LIGHT: "line",
    Shade.PAPER: "surface",
}
_IN_THE_DARK: Mapping[Shade, str] = {**_TOKENS, Shade.MIDDLE: "line2"}
"""Figures stand on this grey: on the dark theme's `bar` light letters would be hard to read."""
LEAST_SCALE, MOST_SCALE = 1.5, 2.2
"""Pixels of a point: from where the smallest text of a chart is readable, to where it grows coarse."""
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
}


class ChartView(QWidget):
    """One chart, as it prints."""

    chosen = Signal(str)
    moved = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self._chart: DrawnChart | None = None
        self._place = -1
        self._under = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_chart(self, chart: DrawnChart) -> None:
        """Show this chart; the current category stays where it is still there."""
        kept = self.current_key()
        self._chart = chart
        self._place = next((n for n, spot in enumerate(chart.spots) if spot.key == kept), -1)
        self._under = -1
        self.setMinimumWidth(round(chart.width * LEAST_SCALE))
        self.setAccessibleName(chart.title)
        self._tell_current()
        self.updateGeometry()
        self.update()

    def current_key(self) -> str:
        """The key of the current category, empty if there is none."""
        spot = self._spot(self._place)
        return spot.key if spot else ""

    def spot_rect(self, key: str) -> QRectF:
        """Where the category with this key is shown."""
        return next((self._rect(spot) for spot in self._spots() if spot.key == key), QRectF())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._chart.height * self._scale_at(width)) if self._chart else 0

    def sizeHint(self) -> QSize:
        if self._chart is None:
            return QSize(0, 0)
        width = round(self._chart.width * LEAST_SCALE)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color("surface"))
        hovered = self._spot(self._under)
        if hovered:
            painter.fillRect(self._rect(hovered), color("hover"))
        painter.save()
        painter.scale(self._scale(), self._scale())
        for shape in self._chart.shapes:
            _paint(painter, shape)
        painter.restore()
        focused = self._spot(self._place)
        if self.hasFocus():
            painter.setPen(QPen(color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            place = self._rect(focused) if focused else QRectF(self.rect())
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._spots())
        key = Qt.Key(event.key())
        if key in _STEPS and count:
            start = self._place if self._place >= 0 else (-1 if _STEPS[key] > 0 else count)
            self._go_to(min(count - 1, max(0, start + _STEPS[key])))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and count:
            self._go_to(0 if key == Qt.Key.Key_Home else count - 1)
        elif key in (*ENTER, Qt.Key.Key_Space) and self._place >= 0:
            self.chosen.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._place = place
            self._tell_current()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0 and place == self._place:
            self.chosen.emit(self.current_key())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._tell_current()
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self._spot(self._place_at(QPointF(event.pos())))
            if spot:
                QToolTip.showText(event.globalPos(), spot.words, self, self._rect(spot).toRect())
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _go_to(self, place: int) -> None:
        self._place = place
        self._tell_current()
        self.update()
        spot = self._spot(place)
        if spot:
            corner = self._rect(spot).toRect()
            self.moved.emit(corner)
            QToolTip.showText(self.mapToGlobal(corner.bottomLeft()), spot.words, self, corner)

    def _hover(self, place: int) -> None:
        if place != self._under:
            self._under = place
            shape = Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def _tell_current(self) -> None:
        spot = self._spot(self._place)
        self.setAccessibleDescription(spot.words if spot else "")

    def _spots(self) -> tuple[Spot, ...]:
        return self._chart.spots if self._chart else ()

    def _spot(self, place: int) -> Spot | None:
        spots = self._spots()
        return spots[place] if 0 <= place < len(spots) else None

    def _place_at(self, at: QPointF) -> int:
        places = (place for place, spot in enumerate(self._spots()) if self._rect(spot).contains(at))
        return next(places, -1)

    def _rect(self, spot: Spot) -> QRectF:
        scale = self._scale()
        return QRectF(spot.x * scale, spot.y * scale, spot.width * scale, spot.height * scale)

    def _scale(self) -> float:
        return self._scale_at(self.width())

    def _scale_at(self, width: int) -> float:
        return min(MOST_SCALE, width / self._chart.width) if self._chart else 1.0


def _paint(painter: QPainter, shape: DrawnShape) -> None:
    if isinstance(shape, DrawnText):
        _paint_text(painter, shape)
    elif isinstance(shape, DrawnLine):
        painter.setPen(_pen(shape.shade, shape.weight, shape.dash))
        painter.drawLine(QLineF(shape.x, shape.y, shape.x_end, shape.y_end))
    elif isinstance(shape, DrawnBox):
        _prepare(painter, shape)
        painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))
    else:
        _prepare(painter, shape)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.corners]))


def _prepare(painter: QPainter, shape: DrawnBox | DrawnOutline) -> None:
    painter.setPen(_pen(shape.edge, shape.weight) if shape.edge else Qt.PenStyle.NoPen)
    painter.setBrush(_color(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)


def _pen(shade: Shade, weight: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(_color(shade), weight)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        # Qt counts dashes in widths of the pen.
        pen.setDashPattern([each / weight for each in (dash * 2 if len(dash) % 2 else dash)])
    return pen


def _paint_text(painter: QPainter, text: DrawnText) -> None:
    """The text exactly as wide as it is printed, whatever the screen makes of the font."""
    face = QFont(_family(text.font))
    face.setPixelSize(_DRAWN_AT)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.save()
    painter.setFont(face)
    painter.setPen(_color(text.shade))
    painter.translate(text.x, text.y)
    painter.scale(text.size / _DRAWN_AT, text.size / _DRAWN_AT)
    painter.drawText(QPointF(0, 0), text.text)
    painter.restore()


_DRAWN_AT = 100
"""Pixels at which a font is asked for its shapes, before they are made as large as they are printed."""


def _color(shade: Shade) -> QColor:
    return color((_IN_THE_DARK if current().mode is Mode.DARK else _TOKENS)[shade])


@cache
def _family(path: str) -> str:
    """The family of a font file, for the whole program."""
    number = QFontDatabase.addApplicationFont(path)
    families = QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else ""
