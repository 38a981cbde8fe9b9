"""Names parted in two lines after a word: no dictionary is at hand."""

from collections.abc import Callable

from core.paper.punctuation import may_part, pieces_of

_PLACE_WORDS = ("街道", "协会", "联合会", "总队", "大队", "暨", *"区村镇乡县市省")
"""A name is parted after one of these if it can be."""
_GOING_ON = ("级", "内", "外")
"""What follows a place and is no new word (区级)."""


def ends_word(first: str, second: str) -> bool:
    """Whether a word is known to end between the two parts of a name."""
    return first.endswith(_PLACE_WORDS) and not second.startswith(_GOING_ON)


def halves(text: str, width_of: Callable[[str], float]) -> tuple[str, ...]:
    """The text parted near its middle, after a word if one ends near it; whole if it may not be parted."""
    pieces = pieces_of(text)
    whole = width_of(text)
    ways: list[tuple[float, str, str]] = []
    for place in range(1, len(pieces)):
        if may_part(pieces[place - 1], pieces[place]):
            first, second = "".join(pieces[:place]), "".join(pieces[place:])
            off_middle = abs(width_of(first) / whole - 0.5)
            ways.append((off_middle + (0 if ends_word(first, second) else 0.1), first, second))
    return min(ways)[1:] if ways else (text,)
