"""How a sheet with its rulers and boxes is painted; paper is white in either theme."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.theme import color
from gui.tokens import LIGHT

RULER, SPARE = 34, 10
HANDLE = 6
HANDLES = tuple((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0))
LABEL_STEPS = (10, 20, 50, 100, 200, 500)
LEAST_LABEL_GAP, LEAST_TICK_GAP = 56, 5
_BLUE, _QUIET = QColor(LIGHT.focus), QColor(LIGHT.field)


def paint_sheet(painter: QPainter, sheet: QRectF) -> None:
    """White paper with a hairline around it."""
    painter.fillRect(sheet, Qt.GlobalColor.white)
    painter.setPen(QPen(color("line2"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(sheet.adjusted(-0.5, -0.5, 0.5, 0.5))


def paint_rulers(painter: QPainter, sheet: QRectF, scale: float) -> None:
    """Millimetres above and left of the sheet, in steps that leave room for their figures."""
    painter.setPen(QPen(color("text2"), 1))
    step = next((each for each in LABEL_STEPS if each * scale >= LEAST_LABEL_GAP), LABEL_STEPS[-1])
    tick = next(each for each in (1, 5, 10, 50, 100) if each * scale >= LEAST_TICK_GAP or each == 100)
    high = QFontMetricsF(painter.font()).height()
    for along, length in ((True, sheet.width()), (False, sheet.height())):
        for mark in range(0, int(length / scale + 1e-6) + 1, tick):
            place = mark * scale
            long = 8 if mark % step == 0 else 6 if mark % (2 * tick) == 0 else 3
            _tick(painter, sheet, along, place, long)
            if mark and mark % step == 0 and place + 16 < length:
                _figure(painter, sheet, along, place, str(mark), high)


def _tick(painter: QPainter, sheet: QRectF, along: bool, place: float, long: int) -> None:
    if along:
        x = round(sheet.left() + place) + 0.5
        painter.drawLine(QPointF(x, sheet.top() - 4), QPointF(x, sheet.top() - 4 - long))
    else:
        y = round(sheet.top() + place) + 0.5
        painter.drawLine(QPointF(sheet.left() - 4, y), QPointF(sheet.left() - 4 - long, y))


def _figure(painter: QPainter, sheet: QRectF, along: bool, place: float, text: str, high: float) -> None:
    painter.save()
    if along:
        painter.translate(sheet.left() + place, sheet.top() - 13 - high / 2)
    else:
        painter.translate(sheet.left() - 13 - high / 2, sheet.top() + place)
        painter.rotate(-90)
    painter.drawText(QRectF(-40, -high / 2, 80, high), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def paint_box(painter: QPainter, area: QRectF, *, chosen: bool, printed: bool) -> None:
    """Dashed, grey where the stock has the text already; a full line around the chosen one."""
    pen = QPen(_QUIET if printed else _BLUE, 2 if chosen else 1)
    if not chosen:
        pen.setDashPattern((4, 3))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)


def paint_handles(painter: QPainter, area: QRectF, *, focused: bool) -> None:
    """Eight squares to pull at, filled while the keyboard is on the sheet."""
    painter.setPen(QPen(_BLUE, 1))
    painter.setBrush(_BLUE if focused else QColor(Qt.GlobalColor.white))
    for each in HANDLES:
        middle = handle_point(area, each)
        painter.drawRect(QRectF(middle.x() - HANDLE / 2, middle.y() - HANDLE / 2, HANDLE, HANDLE))


def handle_point(area: QRectF, handle: tuple[int, int]) -> QPointF:
    """The middle of a handle: -1 is left or top, 1 right or bottom."""
    x, y = handle
    return QPointF(
        area.center().x() + x * area.width() / 2,
        area.center().y() + y * area.height() / 2,
    )
