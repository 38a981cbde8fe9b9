"""The QR code of a certificate, as one path."""

import re

import segno

from core.errors import DocumentFailed
from core.model.certificate_form import FormField
from core.paper.grid import MM

_QUIET = 4
"""Modules of white around the code that ISO/IEC 18004 asks for."""
_MASK = 3
"""Any of the eight masks can be read; trying all of them would take five times as long."""
_OVERLAP = 0.03
"""Of a module: without it some viewers show a hair between the rows."""
_DARK = re.compile(b"\x01+")


def qr_code(text: str, field: FormField, owner: str, height: float) -> str:
    """The operators that draw the code in its field, on a sheet that is `height` points high.

    Raises:
        DocumentFailed: the text is too long for any code.
    """
    rows = qr_rows(text, owner)
    side = min(field.width, field.height) * MM
    module = side / (len(rows) + 2 * _QUIET)
    x = field.left * MM + _QUIET * module
    y = height - field.top * MM - _QUIET * module
    places = [
        f"{start} {-number - 1} {end - start} {1 + _OVERLAP} re"
        for number, row in enumerate(rows)
        for start, end in (found.span() for found in _DARK.finditer(row))
    ]
    path = "\n".join(places)
    return f"q 0 0 0 rg {module:.5f} 0 0 {module:.5f} {x:.4f} {y:.4f} cm\n{path}\nf Q"


def qr_rows(text: str, owner: str) -> tuple[bytes, ...]:
    """The rows of the code, a byte for each module: 1 is dark. UTF-8, error correction M (15 %).

    Raises:
        DocumentFailed: as `qr_code`.
    """
    try:
        code = segno.make_qr(text, error="m", mode="byte", encoding="utf-8", mask=_MASK, boost_error=False)
    except segno.DataOverflowError as error:
        raise DocumentFailed(
            "qr_too_long", f"“{owner}”的二维码内容太长。", "请缩短名称或奖项名称后重试。"
        ) from error
    return tuple(map(bytes, code.matrix))
