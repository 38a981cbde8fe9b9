"""Award certificates on A4 landscape: a drawn frame, and every text fitted to its room."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from reportlab.pdfgen.canvas import Canvas

from core.errors import DocumentFailed
from core.model.certificate import Certificate
from core.paper.certificate_frame import draw_frame
from core.paper.drawing import text_code
from core.paper.fonts import FontLibrary, Role
from core.paper.glyphs import fitted_size
from core.paper.grid import MM, PAPER_HEIGHT, PAPER_WIDTH
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.page import Ink, line_inks
from core.paper.punctuation import may_part, pieces_of
from core.paper.signature import date_text
from core.ports import Report

WIDTH, HEIGHT = PAPER_HEIGHT, PAPER_WIDTH

_Block: TypeAlias = tuple[Callable[..., list[Ink]], tuple[str | float, ...]]
"""What belongs together on the page: the function that places it, and what of."""

_DARK_RED = (0.66, 0.08, 0.1)
_MEASURE = 27 * 22.0
_LEFT = (WIDTH - _MEASURE) / 2
_HEADING_SIZE, _HEADING_Y, _HEADING_SPAN = 46.0, 50 * MM, 130 * MM
_NAME_SIZE, _NAME_FLOOR, _NAME_Y = 26.0, 21.0, 89 * MM
_HALF_NAME_SIZE, _HALF_NAME_LEAST, _HALF_NAME_LEADING = 23.0, 15.0, 1.35
_MOST_NAME_LINES = 3
_TEXT_SIZES, _TEXT_LEADING = (22.0, 20.0, 18.0, 16.0), 1.75
_TEXT_TOP, _TEXT_BOTTOM = 92 * MM, 152 * MM
_ISSUER_SIZE, _ISSUER_Y, _DATE_Y, _SIGNATURE_MIDDLE = 20.0, 163 * MM, 174.5 * MM, 210 * MM
_NUMBER_SIZE, _NUMBER_Y = 12.0, 181 * MM
_PLACE_WORDS = ("街道", "协会", "联合会", "总队", "大队", "暨", *"区村镇乡县市省")
"""A name is parted after one of these if it can be: no dictionary is at hand."""


def draw_certificates(
    canvas: Canvas, certificates: Sequence[Certificate], fonts: FontLibrary, report: Report
) -> None:
    """A page for each certificate; what several have in common is set once.

    Raises:
        DocumentFailed: a text does not fit even at its smallest size.
    """
    canvas.beginForm("frame")
    draw_frame(canvas, WIDTH, HEIGHT)
    canvas.endForm()
    written: dict[_Block, str] = {}
    for done, certificate in enumerate(certificates, start=1):
        canvas.doForm("frame")
        for block in _blocks(certificate, fonts):
            if block not in written:
                written[block] = text_code(canvas, _inks(block, fonts), fonts, HEIGHT)
            canvas.addLiteral(written[block])
        canvas.showPage()
        report(done, len(certificates))


def certificate_inks(certificate: Certificate, fonts: FontLibrary) -> list[Ink]:
    """All texts of a certificate, placed from the top left of the page."""
    return [ink for block in _blocks(certificate, fonts) for ink in _inks(block, fonts)]


def _blocks(certificate: Certificate, fonts: FontLibrary) -> list[_Block]:
    size = _text_size(certificate.text, certificate.closing, fonts)
    closing_line = 1 + len(_lines(certificate.text, size, fonts))
    return [
        (_heading, (certificate.heading,)),
        (_recipient, (certificate.recipient,)),
        (_paragraph, (certificate.text, size, 1)),
        (_paragraph, (certificate.closing, size, closing_line)),
        (_signature, (certificate.issuer, date_text(certificate.dated_on))),
        (_number, (certificate.number,)),
    ]


def _inks(block: _Block, fonts: FontLibrary) -> list[Ink]:
    place, what = block
    return place(*what, fonts)


def _heading(heading: str, fonts: FontLibrary) -> list[Ink]:
    """The title, spaced out over its span."""
    size = fitted_size(heading, Role.TITLE, _HEADING_SIZE, 20, _MEASURE, fonts)
    natural = fonts.width(heading, Role.TITLE, size)
    gaps = max(1, len(heading) - 1)
    spacing = max(0.0, min(1.2 * size, (_HEADING_SPAN - natural) / gaps))
    x = (WIDTH - natural - spacing * (len(heading) - 1)) / 2
    return [Ink(x, _HEADING_Y, heading, Role.TITLE, size, _DARK_RED, spacing)]


def _recipient(name: str, fonts: FontLibrary) -> list[Ink]:
    """The name with its colon: on one line down to a floor, then on two, a very long one on three."""
    text = f"{name}："
    size = min(_NAME_SIZE, _MEASURE / fonts.width(text, Role.TITLE, 1))
    lines: Sequence[str] = (text,)
    if size < _NAME_FLOOR:
        lines = _halves(text, fonts)
        size = min(_HALF_NAME_SIZE, *(_MEASURE / fonts.width(half, Role.TITLE, 1) for half in lines))
    if size < _HALF_NAME_LEAST:
        size = _HALF_NAME_LEAST
        spans = [Span(text, Role.TITLE)]
        lines = [line.text for line in break_lines(spans, _setting(size, fonts), _MEASURE, justify=False)]
    if len(lines) > _MOST_NAME_LINES:
        raise DocumentFailed("name_too_long", f"组织名称“{name}”太长，证书上排不下。", "请缩短名称后重试。")
    first_y = _NAME_Y - (len(lines) - 1) * _HALF_NAME_LEADING * size
    return [
        Ink(_LEFT, first_y + number * _HALF_NAME_LEADING * size, line, Role.TITLE, size)
        for number, line in enumerate(lines)
    ]


def _halves(text: str, fonts: FontLibrary) -> Sequence[str]:
    """The text parted near its middle, after a word if one ends near it; whole if it may not be parted."""
    pieces = pieces_of(text)
    whole = fonts.width(text, Role.TITLE, 1)
    ways: list[tuple[float, str, str]] = []
    for place in range(1, len(pieces)):
        if may_part(pieces[place - 1], pieces[place]):
            first, second = "".join(pieces[:place]), "".join(pieces[place:])
            off_middle = abs(fonts.width(first, Role.TITLE, 1) / whole - 0.5)
            ways.append((off_middle + (0 if first.endswith(_PLACE_WORDS) else 0.1), first, second))
    return min(ways)[1:] if ways else (text,)


def _text_size(text: str, closing: str, fonts: FontLibrary) -> float:
    """The largest size at which the paragraph and the closing line fit."""
    for size in _TEXT_SIZES:
        count = len(_lines(text, size, fonts)) + len(_lines(closing, size, fonts))
        if count * _TEXT_LEADING * size <= _TEXT_BOTTOM - _TEXT_TOP:
            return size
    raise DocumentFailed("text_too_long", f"证书正文“{text[:20]}…”太长，排不下。", "请缩短正文后重试。")


def _paragraph(text: str, size: float, first_line: int, fonts: FontLibrary) -> list[Ink]:
    """A paragraph from this line of the text's room on."""
    left = (WIDTH - _measure(size)) / 2
    return [
        ink
        for number, line in enumerate(_lines(text, size, fonts), start=first_line)
        for ink in line_inks(line, left, _TEXT_TOP + number * _TEXT_LEADING * size, size)
    ]


@lru_cache(maxsize=8)
def _lines(text: str, size: float, fonts: FontLibrary) -> tuple[Line, ...]:
    """Remembered from the fitting to the placing, and the closing line from one certificate to the next."""
    return break_lines([Span(text, Role.BODY)], _setting(size, fonts), _measure(size), indent=2 * size)


def _measure(size: float) -> float:
    return _MEASURE // size * size


@lru_cache(maxsize=len(_TEXT_SIZES))
def _setting(size: float, fonts: FontLibrary) -> Setting:
    """One for all certificates: a thousand texts are made of the same few hundred characters."""
    return Setting(size, size, fonts.width)


def _signature(issuer: str, day: str, fonts: FontLibrary) -> list[Ink]:
    """Office and date, one over the other, with room for the seal around them."""
    right = _LEFT + _MEASURE
    size = fitted_size(issuer, Role.BODY, _ISSUER_SIZE, 12, _MEASURE, fonts)
    width = fonts.width(issuer, Role.BODY, size)
    middle = min(_SIGNATURE_MIDDLE, right - width / 2)
    day_width = fonts.width(day, Role.BODY, _ISSUER_SIZE)
    return [
        Ink(middle - width / 2, _ISSUER_Y, issuer, Role.BODY, size),
        Ink(middle - day_width / 2, _DATE_Y, day, Role.BODY, _ISSUER_SIZE),
    ]


def _number(number: str, fonts: FontLibrary) -> list[Ink]:
    """The number of the certificate, small."""
    text = f"编号：{number}"
    size = fitted_size(text, Role.BODY, _NUMBER_SIZE, 6, _MEASURE / 2, fonts)
    return [Ink(_LEFT, _NUMBER_Y, text, Role.BODY, size)]
