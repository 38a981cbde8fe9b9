"""The values of a scheme's keys as people write and read them, in a form's field or in a cell.

What cannot be understood stays as it was typed, for the reader of schemes to refuse.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from core.model.scheme_draft import Value
from core.model.scheme_parts import Kind, SchemeKey

YES, NO = "是", "否"
ANY = "不限"
"""Written where a list is empty on purpose, not left out."""
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
_MOST_SIGNS = 30
_SEPARATORS = re.compile("[、,，;；]")


def value_of(known: SchemeKey, text: str) -> Value | None:
    """The value that a text stands for; None for an empty one."""
    if known.kind is Kind.TEXTS:
        return () if text.strip() == ANY else _texts(text) or None
    text = text.strip()
    if not text:
        return None
    if known.kind is Kind.NUMBER:
        figure = unicodedata.normalize("NFKC", text)
        is_number = _NUMBER.fullmatch(figure) and len(figure) <= _MOST_SIGNS
        return Decimal(figure.replace(",", "")) if is_number else text
    if known.kind is Kind.YES_NO:
        return {YES: True, NO: False}.get(text, text)
    if known.kind is Kind.CHOICE:
        return next((value for value, words in known.choices if words == text), text)
    return _day(text) if known.kind is Kind.DAY else text


def text_for(known: SchemeKey, value: Value | None) -> str:
    """A value in words; empty for none, and for a table."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return f"{value:f}" if abs(value.adjusted()) < _MOST_SIGNS else str(value)
    if isinstance(value, tuple):
        if not value:
            return ANY
        texts = [each for each in value if isinstance(each, str)]
        whole = not any(_SEPARATORS.search(each) for each in texts)
        return "、".join(texts) if whole else "".join(f"{each}\n" for each in texts)
    if isinstance(value, date):
        return value.isoformat()
    return known.words_for(value) if isinstance(value, str) else ""


def _day(text: str) -> date | str:
    found = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups() if part)) if found else text
    except ValueError:
        return text


def _texts(text: str) -> tuple[str, ...]:
    """Several texts; where there are lines, each is one, with whatever is in it."""
    parts = text.splitlines() if "\n" in text else _SEPARATORS.split(text)
    return tuple(part.strip() for part in parts if part.strip())
