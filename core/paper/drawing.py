"""Marks to PDF operators: the only place where text and rules are put on a ReportLab canvas."""

from collections.abc import Sequence

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.canvas import Canvas

from core.paper.fonts import FontLibrary
from core.paper.page import Ink, Mark, Picture, Rule
from core.paper.truetype import registered


def text_code(canvas: Canvas, inks: Sequence[Ink], fonts: FontLibrary, height: float = 0.0) -> str:
    """The operators that write the texts; good for every page of this canvas. `height` is where y begins."""
    code = ["BT"]
    document = canvas._doc
    # What went before on the page is not known.
    colour, char_space, breadth, font = None, None, 1.0, ("", 0.0)
    for ink in inks:
        if ink.colour != colour:
            colour = ink.colour
            code.append(f"{fp_str(colour)} rg")
        if ink.breadth != breadth:
            breadth = ink.breadth
            code.append(f"{fp_str(100 * breadth)} Tz")
        for run in fonts.runs(ink.text, ink.role, ink.size, ink.spacing / breadth):
            code.append(f"1 0 0 1 {fp_str(ink.x + run.x * breadth, height - ink.y)} Tm")
            if run.char_space != char_space:
                char_space = run.char_space
                code.append(f"{fp_str(char_space)} Tc")
            for name, codes in registered(run.font_name).codes(run.text, document):
                if (name, run.size) != font:
                    font = name, run.size
                    code.append(f"{name} {fp_str(run.size)} Tf")
                code.append(f"({codes}) Tj")
    if breadth != 1:
        code.append("100 Tz")
    code.append("ET")
    return " ".join(code)


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
