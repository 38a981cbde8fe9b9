"""The shapes of a finished Drawing as plain data, so that the window paints what paper prints."""

from collections.abc import Iterator, Sequence

from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect, String
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics

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


def drawn_chart(title: str, drawing: Drawing, spots: Sequence[Spot]) -> DrawnChart:
    """The drawing shape by shape, measured down from its upper left corner."""
    shapes = tuple(_shapes(drawing))
    return DrawnChart(title, drawing.width, drawing.height, shapes, tuple(spots))


def _shapes(drawing: Drawing) -> Iterator[DrawnShape]:
    top = drawing.height
    for shape in drawing.contents:
        if isinstance(shape, String):
            yield _text(shape, top)
        elif isinstance(shape, Line):
            dash = tuple(shape.strokeDashArray or ())
            shade = _shade(shape.strokeColor) or Shade.INK
            yield DrawnLine(
                shape.x1, top - shape.y1, shape.x2, top - shape.y2, shape.strokeWidth, shade, dash
            )
        elif isinstance(shape, Rect):
            fill, edge = _shade(shape.fillColor), _shade(shape.strokeColor)
            upper = top - shape.y - shape.height
            weight = shape.strokeWidth
            yield DrawnBox(shape.x, upper, shape.width, shape.height, fill, edge, weight)
        elif isinstance(shape, Polygon):
            corners = zip(shape.points[::2], (top - y for y in shape.points[1::2]), strict=True)
            fill, edge = _shade(shape.fillColor), _shade(shape.strokeColor)
            yield DrawnOutline(tuple(corners), fill, edge, shape.strokeWidth)


def _text(shape: String, top: float) -> DrawnText:
    font = pdfmetrics.getFont(shape.fontName)
    width = pdfmetrics.stringWidth(shape.text, shape.fontName, shape.fontSize)
    shade = _shade(shape.fillColor) or Shade.INK
    return DrawnText(shape.x, top - shape.y, shape.text, shape.fontSize, width, font.face.filename, shade)


def _shade(colour: Color | None) -> Shade | None:
    return None if colour is None else Shade(colour.shade)
