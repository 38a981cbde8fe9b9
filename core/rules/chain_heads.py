"""Heads of the chain as somebody types them from a paper."""

import re
import unicodedata

from core.model.audit import SHOWN_DIGITS

_LOOK_ALIKE = str.maketrans("oil", "011")
_LONGEST = 64
_MOST_FIGURES = 18
"""An act has a number of fewer figures."""


def read_head(typed: str) -> tuple[int | None, str] | None:
    """The act's number, if it was typed, and how its digest begins, in small letters; None if it is no head.

    Taken are 128-3F2A-91BC, 128 3f2a91bc, 3F2A-91BC and the whole digest of a backup; with full-width
    signs, and with o, i and l, which are none of its letters, for the digits that look like them.
    """
    folded = unicodedata.normalize("NFKC", typed).lower().translate(_LOOK_ALIKE)
    parts = re.findall(r"[0-9a-z]+", folded)
    rest = "".join(parts[1:])
    if len(rest) >= SHOWN_DIGITS and parts[0].isdigit() and len(parts[0]) <= _MOST_FIGURES:
        number, digest = int(parts[0]), rest
    else:
        number, digest = None, "".join(parts)
    if not SHOWN_DIGITS <= len(digest) <= _LONGEST or not re.fullmatch("[0-9a-f]+", digest):
        return None
    return number, digest
