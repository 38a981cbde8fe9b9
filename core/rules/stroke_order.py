"""Order of names by strokes (姓氏笔画排序)."""

import unicodedata
from functools import lru_cache

_EMPTY, _IGNORED = -1, -2
_WRITTEN = "LMNS"
"""Letters, marks, digits and signs count; spaces and separators such as · do not."""


class StrokeOrder:
    """Where characters stand by number of strokes, then by their kinds in writing order 横竖撇点折.

    Source: GB 13000.1 字符集汉字字序(笔画序)规范.
    """

    def __init__(self, table: str) -> None:
        """`table` holds the characters in order, a line for each number of strokes from 1 on."""
        self._table = table
        self._ends = len(table)
        self._place = lru_cache(maxsize=8192)(self._looked_up)

    def key(self, name: str, *, short_names_first: bool, position: int | None = None) -> tuple[int, ...]:
        """What orders names: compared character by character, compound surnames too by their first one.

        `short_names_first` reads a name of two characters as one of three with an empty middle (party lists);
        otherwise its second character is compared directly (congress lists). A `position` goes before all
        strokes: leaders stand in the order that the office gives them, before those without one.
        """
        # Compatibility forms of a character stand where the usual form stands.
        plain = unicodedata.normalize("NFC", name)
        places = [place for place in map(self._place, plain) if place != _IGNORED]
        if short_names_first and len(places) == 2:
            places.insert(1, _EMPTY)
        return (0, position, *places) if position is not None else (1, *places)

    def strokes(self, character: str) -> int | None:
        """How many strokes a character has; None if the table does not have it."""
        place = self._looked_up(character)
        return self._table.count("\n", 0, place) + 1 if 0 <= place < self._ends else None

    def unknown(self, name: str) -> str:
        """The characters of a name that the table does not have; they stand after all others."""
        plain = unicodedata.normalize("NFC", name)
        return "".join(mark for mark in plain if self._place(mark) >= self._ends)

    def _looked_up(self, mark: str) -> int:
        """The place of a character; those without strokes come last, by code point."""
        place = self._table.find(mark)
        if place >= 0:
            return place
        category = unicodedata.category(mark)
        # Private use: a rare character as an old program wrote it.
        is_written = category[0] in _WRITTEN or category == "Co"
        return self._ends + ord(mark) if is_written else _IGNORED
