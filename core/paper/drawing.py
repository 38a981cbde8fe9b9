"""Marks to PDF operators: the only place where text and rules are put on a ReportLab canvas."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from core.paper.fonts import FontLibrary
from core.paper.page import Ink, Mark, Picture, Rule


def text_code(canvas: Canvas, inks: Sequence[Ink], fonts: FontLibrary, height: float = 0.0) -> str:
    """The operators that write the texts; good for every page of this canvas. `height` is where y begins."""
    writing = canvas.beginText()
    colour, char_space, breadth = None, None, 1.0  # what went before on the page is not known
    for ink in inks:
        if ink.colour != colour:
            colour = ink.colour
            writing.setFillColorRGB(*colour)
        if ink.breadth != breadth:
            breadth = ink.breadth
            writing.setHorizScale(100 * breadth)
        for run in fonts.runs(ink.text, ink.role, ink.size, ink.spacing / breadth):
            writing.setFont(run.font_name, run.size)
            writing.setTextOrigin(ink.x + run.x * breadth, height - ink.y)
            if run.char_space != char_space:
                char_space = run.char_space
                writing.setCharSpace(char_space)
            writing.textLine(run.text)  # textOut would measure the text once more
    if breadth != 1:
        writing.setHorizScale(100)
    return str(writing.getCode())


def draw_marks(canvas: Canvas, marks: Sequence[Mark], fonts: FontLibrary) -> None:
    """Put the marks on the canvas, whose origin is the corner that they are measured from."""
    for mark in marks:
        if isinstance(mark, Picture):
            mark.draw(canvas, mark.x, -mark.y)
        elif isinstance(mark, Rule):
            canvas.setStrokeColorRGB(*mark.colour)
            canvas.setLineWidth(mark.weight)
            if mark.dash:
                canvas.setDash(mark.dash, mark.dash)
            canvas.line(mark.x, -mark.y, mark.x_end, -mark.y_end)
            if mark.dash:
                canvas.setDash()
    canvas.addLiteral(text_code(canvas, [mark for mark in marks if isinstance(mark, Ink)], fonts))
