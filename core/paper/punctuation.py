"""Which characters may stand where in a line of Chinese text (GB/T 15834-2011, 5.1)."""

import re

CLOSING_MARKS = frozenset("。，、；：”’）〕】》〉」』］｝")
"""Full-width marks whose right half is blank, so that they can be set half-width."""

OPENING_MARKS = frozenset("“‘（〔【《〈「『［｛")
"""Full-width marks whose left half is blank."""

_NEVER_AT_HEAD = CLOSING_MARKS | frozenset("？！—～·•・－％‰℃°" + ",.;:!?)]}>%-/" + " \u3000")
_NEVER_AT_TAIL = OPENING_MARKS | frozenset("￥¥＄" + "([{<$/")

_PIECE = re.compile(r"——|……|[!-~À-ÖØ-öø-ɏ]+|\s+|.", re.DOTALL)
_STACKED = re.compile(r"[？！]{2,3}")
_DOCUMENT_NUMBER = re.compile(r"〔\d{4}〕\d+号")


def pieces_of(text: str) -> list[str]:
    """The text cut into what is set as one: a character, a dash or ellipsis, a Latin word, a space."""
    return _PIECE.findall(text)


def unbreakable_places(text: str) -> frozenset[int]:
    """Places inside the text where no line may end although both neighbours would allow it."""
    return frozenset(
        place for match in _DOCUMENT_NUMBER.finditer(text) for place in range(match.start() + 1, match.end())
    )


def stacked_places(text: str) -> dict[int, float]:
    """Where question and exclamation marks stand together, and the share of a cell that each of them has.

    Two share one cell, three have two.
    """
    return {
        place: 1 / 2 if len(match[0]) == 2 else 2 / 3
        for match in _STACKED.finditer(text)
        for place in range(match.start(), match.end())
    }


def may_part(left: str, right: str) -> bool:
    """Whether a line may end with `left` when the next begins with `right`."""
    if right in ("——", "……"):
        return left[-1] not in _NEVER_AT_TAIL
    if left[-1].isdecimal() and right[0].isdecimal():
        return False
    return left[-1] not in _NEVER_AT_TAIL and right[0] not in _NEVER_AT_HEAD
