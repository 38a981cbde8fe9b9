"""The frame of a certificate, drawn in lines: nothing of it is a picture."""

from reportlab.pdfgen.canvas import Canvas

from core.paper.grid import MM

_GOLD = (0.72, 0.58, 0.27)
_PALE_GOLD = (0.86, 0.77, 0.55)
_DARK_RED = (0.66, 0.08, 0.1)

_OUTER, _MIDDLE, _INNER = 9 * MM, 11.2 * MM, 14.5 * MM
_NOTCH = 7 * MM
_DIAMOND = 1.6 * MM
_HEADING_RULE = 55 * MM


def draw_frame(canvas: Canvas, width: float, height: float, rule: float) -> None:
    """A double frame with hollow corners inside it; a line `rule` points below the top, none for 0."""
    canvas.setStrokeColorRGB(*_GOLD)
    canvas.setLineWidth(3)
    canvas.rect(_OUTER, _OUTER, width - 2 * _OUTER, height - 2 * _OUTER)
    canvas.setStrokeColorRGB(*_DARK_RED)
    canvas.setLineWidth(0.8)
    canvas.rect(_MIDDLE, _MIDDLE, width - 2 * _MIDDLE, height - 2 * _MIDDLE)
    _notched_rectangle(canvas, width, height)
    _corner_diamonds(canvas, width, height)
    if rule:
        _heading_rule(canvas, width / 2, height - rule)


def _notched_rectangle(canvas: Canvas, width: float, height: float) -> None:
    """A thin frame whose corners curve inwards."""
    left, right, bottom, top = _INNER, width - _INNER, _INNER, height - _INNER
    path = canvas.beginPath()
    path.moveTo(left + _NOTCH, bottom)
    for x, y, start in ((right, bottom, 180), (right, top, 270), (left, top, 0), (left, bottom, 90)):
        path.arcTo(x - _NOTCH, y - _NOTCH, x + _NOTCH, y + _NOTCH, startAng=start, extent=-90)
    path.close()
    canvas.setStrokeColorRGB(*_GOLD)
    canvas.setLineWidth(0.7)
    canvas.drawPath(path)


def _corner_diamonds(canvas: Canvas, width: float, height: float) -> None:
    inset = _INNER + 0.28 * _NOTCH
    canvas.setFillColorRGB(*_DARK_RED)
    for x in (inset, width - inset):
        for y in (inset, height - inset):
            _diamond(canvas, x, y, _DIAMOND)


def _heading_rule(canvas: Canvas, x: float, y: float) -> None:
    """A pale line with a diamond in its middle."""
    canvas.setStrokeColorRGB(*_PALE_GOLD)
    canvas.setLineWidth(0.8)
    gap = 2.5 * _DIAMOND
    canvas.line(x - _HEADING_RULE, y, x - gap, y)
    canvas.line(x + gap, y, x + _HEADING_RULE, y)
    canvas.setFillColorRGB(*_GOLD)
    _diamond(canvas, x, y, _DIAMOND)


def _diamond(canvas: Canvas, x: float, y: float, radius: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x - radius, y)
    for corner_x, corner_y in ((x, y + radius), (x + radius, y), (x, y - radius)):
        path.lineTo(corner_x, corner_y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
