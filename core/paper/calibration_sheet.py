"""The calibration sheet: rulers along the edges, numbered crosses, and lines to note the readings on."""

from collections.abc import Iterator

from reportlab.pdfgen.canvas import Canvas

from core.model.certificate_form import Adjustment, CalibrationSheet
from core.paper.certificate import page_matrix
from core.paper.drawing import draw_marks
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import MM
from core.paper.page import Ink, Mark, Rule

_THIN, _THICK = 0.1 * MM, 0.2 * MM
_TICKS = ((10, 5.0), (5, 3.5), (1, 2.0))
"""Every so many millimetres a stroke of this length."""
_ARM, _NUMBER_SIZE, _TEXT_SIZE = 6.0, 9.0, 9.0
_GUIDE = (
    "一、打印时选“实际大小”（100%），纸的方向、进纸方式和正式打印时一样。",
    "二、用直尺量每个十字中心到纸左边、上边的距离（毫米，估读到 0.1），填在下面。",
    "三、把读数填进“套打校准”（或用命令行），程序算出偏移、比例和旋转。",
)


def draw_calibration_sheet(canvas: Canvas, sheet: CalibrationSheet, fonts: FontLibrary) -> None:
    """The sheet as a page; with an adjustment it shows what is left of the error."""
    height = sheet.height * MM
    if sheet.adjustment != Adjustment():
        canvas.transform(*page_matrix(sheet.adjustment, height))
    canvas.translate(0, height)
    marks = [*_rulers(sheet), *_crosses(sheet), *_words(sheet, fonts)]
    draw_marks(canvas, marks, fonts)
    canvas.showPage()


def _rulers(sheet: CalibrationSheet) -> Iterator[Mark]:
    """Strokes from each edge inwards; what of the first ones is missing tells where the printer ends."""
    for at in range(1, int(sheet.width)):
        length = _stroke(at)
        yield _rule(at, 0, at, length)
        yield _rule(at, sheet.height - length, at, sheet.height)
        if at % 10 == 0:
            yield _number(at, 8.2, str(at))
    for at in range(1, int(sheet.height)):
        length = _stroke(at)
        yield _rule(0, at, length, at)
        yield _rule(sheet.width - length, at, sheet.width, at)
        if at % 10 == 0:
            yield _number(7.6, at + 1, str(at))


def _stroke(at: int) -> float:
    return next(length for step, length in _TICKS if at % step == 0)


def _crosses(sheet: CalibrationSheet) -> Iterator[Mark]:
    for number, (x, y) in enumerate(sheet.crosses, start=1):
        yield _rule(x - _ARM, y, x + _ARM, y, _THICK)
        yield _rule(x, y - _ARM, x, y + _ARM, _THICK)
        yield Ink((x + 1.5) * MM, (y - 1.5) * MM, str(number), Role.HEI, _NUMBER_SIZE)


def _words(sheet: CalibrationSheet, fonts: FontLibrary) -> Iterator[Mark]:
    """Title, guide and the list of readings, below the upper crosses."""
    left, y = 36.0, 30.0
    size = 13.0
    yield Ink(left * MM, y * MM, sheet.title, Role.HEI, size)
    for line in _GUIDE:
        y += 5.5
        yield Ink(left * MM, y * MM, line, Role.SONG, _TEXT_SIZE)
    y += 2.5
    for number, (x, down) in enumerate(sheet.crosses, start=1):
        y += 5.2
        line = f"十字 {number}　应在　左 {x:.1f}　上 {down:.1f}　　读数　左 ________　上 ________"
        yield Ink(left * MM, y * MM, line, Role.SONG, _TEXT_SIZE)


def _number(x: float, y: float, text: str) -> Ink:
    return Ink((x - 0.9 * len(text)) * MM, y * MM, text, Role.SONG, 6.5)


def _rule(x: float, y: float, x_end: float, y_end: float, weight: float = _THIN) -> Rule:
    return Rule(x * MM, y * MM, x_end * MM, y_end * MM, weight)
