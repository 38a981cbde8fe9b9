"""The texts of a certificate, fitted to the boxes of its form; none ever leaves its box."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from core.errors import DocumentFailed
from core.model.certificate import Certificate
from core.model.certificate_form import Align, CertificateForm, Colour, FieldText, Fit, FormField
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import BASELINE, BLACK, MM, RED
from core.paper.imprint import log_head_text
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.names import halves
from core.paper.page import Colour as Shade
from core.paper.page import Ink, line_inks
from core.paper.signature import date_text

Block: TypeAlias = tuple[Callable[..., list[Ink]], tuple[FormField | str | float, ...]]
"""What belongs together on the page: the function that places it, and what of."""

_SHADES: Mapping[Colour, Shade] = {
    Colour.BLACK: BLACK,
    Colour.RED: RED,
    Colour.DARK_RED: (0.66, 0.08, 0.1),
    Colour.GOLD: (0.72, 0.58, 0.27),
}
_ROLES: Mapping[str, Role] = {role.value: role for role in Role}
_WIDEST_GAP = 1.2
"""A spread line is spaced out by so many ems at most."""
_ONE_LINE, _TWO_LINES = 21 / 26, 23 / 26
"""Shares of its size that a name keeps on one line, and that it has at most on two."""
_STEP = 2.0
"""Points from one size of a text to the next smaller one."""
_TOLERANCE = 0.01
_NUMERALS = "〇一二三四五六七八九"


class _DoesNotFitError(Exception):
    """A text that does not fit its field even at the least size."""


def field_blocks(
    certificate: Certificate, form: CertificateForm, fields: Sequence[FormField], fonts: FontLibrary
) -> list[Block]:
    """The texts of these fields of the form.

    Raises:
        DocumentFailed: one does not fit, with field and organization.
    """
    owner = certificate.recipient or certificate.heading
    blocks: list[Block] = []
    for field in fields:
        if field.text is FieldText.QR:
            continue
        try:
            blocks += _blocks(certificate, form, field, fonts)
        except _DoesNotFitError as error:
            shown = text_of(certificate, field)
            shown = f"{shown[:40]}…" if len(shown) > 41 else shown
            raise DocumentFailed(
                "certificate_text_too_long",
                f"“{owner}”的证书排不下：{field.text.label}“{shown}”太长。",
                f"请缩短这段文字，或在版式“{form.name}”里放大“{field.text.label}”一栏、减小最小字号。",
            ) from error
    return blocks


def block_inks(block: Block, fonts: FontLibrary) -> list[Ink]:
    """The texts of a block, in points from the top left of the sheet."""
    place, what = block
    return place(*what, fonts)


def text_of(certificate: Certificate, field: FormField) -> str:
    """What a field shows of a certificate; blank if it has nothing for it."""
    text = str(_TEXTS[field.text](certificate))
    return f"{field.prefix}{text}{field.suffix}" if text else ""


def ceremonial_date(day: date) -> str:
    """The month of a day as ceremonies write it: 二〇二六年十一月."""
    year = "".join(_NUMERALS[int(digit)] for digit in str(day.year))
    tens, ones = divmod(day.month, 10)
    return f"{year}年{'十' * tens}{_NUMERALS[ones] if ones else ''}月"


_TEXTS: Mapping[FieldText, Callable[[Certificate], str]] = {
    FieldText.HEADING: lambda each: each.heading,
    FieldText.RECIPIENT: lambda each: each.recipient,
    FieldText.TEXT: lambda each: each.text,
    FieldText.CLOSING: lambda each: each.closing,
    FieldText.ISSUER: lambda each: each.issuer,
    FieldText.DATE: lambda each: (ceremonial_date if each.ceremonial else date_text)(each.dated_on),
    FieldText.NUMBER: lambda each: each.number,
    FieldText.QR: lambda each: each.qr,
    FieldText.LOG_HEAD: lambda each: log_head_text(each.log_head),
}


def _blocks(
    certificate: Certificate, form: CertificateForm, field: FormField, fonts: FontLibrary
) -> list[Block]:
    text = text_of(certificate, field)
    if field.fit is Fit.TEXT:
        follows = field.text is FieldText.TEXT and form.field(FieldText.CLOSING) is None
        return _text_blocks(field, text, certificate.closing if follows else "", fonts)
    if not text:
        return []
    if field.fit is Fit.NAME:
        _name_lines(field, text, fonts)
        return [(_name, (field, text))]
    leader = form.field(field.axis_of) if field.axis_of else None
    middle = _middle(leader, text_of(certificate, leader), fonts) if leader else _axis(field)
    _line_size(field, text, fonts)
    return [(_line, (field, text, middle))]


def _axis(field: FormField) -> float:
    return (field.axis or field.left + field.width / 2) * MM


@lru_cache(maxsize=64)
def _middle(field: FormField, text: str, fonts: FontLibrary) -> float:
    """The middle that centred text comes to: its axis, unless it would leave its box there."""
    size = _line_size(field, text, fonts) if text else field.size
    half = fonts.width(text, _ROLES[field.face], size) / 2
    left, right = field.left * MM, (field.left + field.width) * MM
    return max(left + half, min(_axis(field), right - half))


@lru_cache(maxsize=256)
def _line_size(field: FormField, text: str, fonts: FontLibrary) -> float:
    natural = fonts.width(text, _ROLES[field.face], field.size)
    room = field.width * MM
    size = field.size if natural <= room else field.size * room / natural
    if size < field.least:
        raise _DoesNotFitError
    return size


def _foot(field: FormField) -> float:
    """The last baseline of what stands on the foot of its box."""
    return (field.top + field.height) * MM - (1 - BASELINE) * field.size


def _line(field: FormField, text: str, middle: float, fonts: FontLibrary) -> list[Ink]:
    role, size = _ROLES[field.face], _line_size(field, text, fonts)
    width, spacing = fonts.width(text, role, size), 0.0
    if field.align is Align.SPREAD:
        gaps = max(1, len(text) - 1)
        room = (field.span or field.width) * MM
        spacing = max(0.0, min(_WIDEST_GAP * size, (room - width) / gaps))
        width += spacing * (len(text) - 1)
    x = _start(field, width, middle)
    return [Ink(x, _foot(field), text, role, size, _SHADES[field.colour], spacing)]


def _start(field: FormField, width: float, middle: float) -> float:
    left, right = field.left * MM, (field.left + field.width) * MM
    if field.align is Align.LEFT:
        return left
    if field.align is Align.RIGHT:
        return right - width
    return max(left, min(middle, right - width / 2) - width / 2)


def _name(field: FormField, text: str, fonts: FontLibrary) -> list[Ink]:
    """The name, its last line on the foot of the box."""
    lines, size = _name_lines(field, text, fonts)
    role, leading = _ROLES[field.face], field.leading * size
    first = _foot(field) - (len(lines) - 1) * leading
    return [
        Ink(
            _start(field, fonts.width(line, role, size), _axis(field)),
            first + number * leading,
            line,
            role,
            size,
            _SHADES[field.colour],
        )
        for number, line in enumerate(lines)
    ]


@lru_cache(maxsize=64)
def _name_lines(field: FormField, text: str, fonts: FontLibrary) -> tuple[tuple[str, ...], float]:
    """On one line down to a floor, then on two, a very long one on as many as the box holds."""
    role, room = _ROLES[field.face], field.width * MM
    size = min(field.size, room / fonts.width(text, role, 1))
    lines: Sequence[str] = (text,)
    if size < max(field.least, _ONE_LINE * field.size):
        lines = halves(text, lambda part: fonts.width(part, role, 1))
        size = min(_TWO_LINES * field.size, *(room / fonts.width(half, role, 1) for half in lines))
    if size < field.least:
        size = field.least
        broken = break_lines([Span(text, role)], _setting(size, fonts), room, justify=False)
        lines = [line.text for line in broken]
    if ((len(lines) - 1) * field.leading + 1) * size > field.height * MM + _TOLERANCE:
        raise _DoesNotFitError
    return tuple(lines), size


def _text_blocks(field: FormField, text: str, closing: str, fonts: FontLibrary) -> list[Block]:
    """The text and the closing line after it, at the largest size at which both fit."""
    paragraphs = [each for each in (text, closing) if each]
    size = field.size
    while True:
        counts = [len(_lines(field, each, size, fonts)) for each in paragraphs]
        if sum(counts) * field.leading * size <= field.height * MM + _TOLERANCE:
            break
        if size <= field.least:
            raise _DoesNotFitError
        size = max(field.least, size - _STEP)
    firsts = (1, 1 + counts[0]) if counts else ()
    return [(_paragraph, (field, each, size, first)) for each, first in zip(paragraphs, firsts, strict=False)]


def _paragraph(field: FormField, text: str, size: float, first_line: int, fonts: FontLibrary) -> list[Ink]:
    """A paragraph from this line of the text's room on."""
    left = field.left * MM + (field.width * MM - _measure(field, size)) / 2
    top, leading = field.top * MM, field.leading * size
    return [
        ink
        for number, line in enumerate(_lines(field, text, size, fonts), start=first_line)
        for ink in line_inks(line, left, top + number * leading, size)
    ]


@lru_cache(maxsize=8)
def _lines(field: FormField, text: str, size: float, fonts: FontLibrary) -> tuple[Line, ...]:
    """Remembered from the fitting to the placing, and the closing line from one certificate to the next."""
    measure = _measure(field, size)
    spans = [Span(text, _ROLES[field.face])]
    return break_lines(spans, _setting(size, fonts), measure, indent=2 * size)


def _measure(field: FormField, size: float) -> float:
    """Whole characters, as many as the box is wide."""
    return (field.width * MM + _TOLERANCE) // size * size


@lru_cache(maxsize=16)
def _setting(size: float, fonts: FontLibrary) -> Setting:
    """One for all certificates: a thousand texts are made of the same few hundred characters."""
    return Setting(size, size, fonts.width)
