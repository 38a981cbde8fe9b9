"""Which cells of an .xlsx file hold a formula: the parser gives their values only."""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from html import unescape
from operator import itemgetter, methodcaller

_CELL = re.compile(rb'([A-Z]{1,3})(\d{1,7})"[^<>]*')
_AT_CELL, _LAST = methodcaller("rpartition", b'<c r="'), itemgetter(2)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ID, _TARGET, _NAME, _REFERENCE = (
    re.compile(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)") for name in (b"Id", b"Target", b"name", rb"\w+:id")
)


class FormulaPlaces:
    """Fed part by part while the package is checked, then asked sheet by sheet."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._places: dict[str, frozenset[tuple[int, int]]] = {}
        self._book = b""
        self._relations = b""

    def look(self, part: str, xml: bytes) -> None:
        """Take in one part; its name is in lower case."""
        if part == "xl/workbook.xml":
            self._book = xml
        elif part == "xl/_rels/workbook.xml.rels":
            self._relations = xml
        elif part.startswith("xl/worksheets/") and b"<f" in xml:
            # What stands before each formula ends in its cell's tag: far fewer places to look at than cells.
            before = xml.split(b"><f")[:-1]
            places = set(map(_place, map(_LAST, map(_AT_CELL, before))))
            self._places[part] = frozenset([place for place in places if place])

    def of(self, sheet: str) -> frozenset[tuple[int, int]]:
        """The places (row, column), from 0, of a sheet's formulas."""
        return self._places.get(self._parts.get(sheet, ""), frozenset()) if self._places else frozenset()

    @cached_property
    def _parts(self) -> dict[str, str]:
        """The sheets' parts by their names."""
        targets = _targets(self._relations)
        found = ((_value(tag, _NAME), _value(tag, _REFERENCE)) for tag in _SHEET.findall(self._book))
        return {name: f"xl/{targets.get(key, '').lower().removeprefix('/xl/')}" for name, key in found}


@lru_cache(maxsize=16)
def _targets(relations: bytes) -> Mapping[str, str]:
    """The parts that a workbook names, by their keys; the same in hundreds of forms."""
    return {_value(tag, _ID): _value(tag, _TARGET) for tag in _RELATION.findall(relations)}


@lru_cache(maxsize=2048)
def _place(cell: bytes) -> tuple[int, int] | None:
    """Row and column, from 0, of a cell's tag from its place on; the same ones stand in hundreds of forms."""
    found = _CELL.fullmatch(cell)
    return (int(found[2]) - 1, _column(found[1])) if found else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _value(tag: bytes, attribute: re.Pattern[bytes]) -> str:
    found = attribute.search(tag)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""
