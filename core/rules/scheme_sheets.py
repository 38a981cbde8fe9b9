"""A draft of a scheme as the sheets of a workbook.

What stands at the root is the sheet 基本, a line for each key. Every other table is a row of the sheet of its
kind, which names the tables above it by their codes; indicators follow each other as in a book, with their
level.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from core.model.scheme_draft import Table, Value
from core.model.scheme_parts import PARTS, ROOT, Kind, Part, SchemeKey, part_of
from core.model.scheme_words import NO, YES, text_for
from core.model.tables import OutColumn, OutSheet, OutValue

BASICS = "基本"
KEY, CONTENT, GUIDE = "项目", "内容", "说明"
STAGE, _RATER, _INDICATOR, _AWARD, _ITEM = "环节代码", "评分方代码", "指标代码", "奖项代码", "项目代码"
_CATEGORIES, LEVEL = "适用类别", "级"
ABOVE: Mapping[str, tuple[str, ...]] = {
    "raters": (STAGE,),
    "categories": (STAGE, _RATER),
    "indicators": (STAGE, _CATEGORIES, LEVEL),
    "choices": (STAGE, _CATEGORIES, _INDICATOR),
    "thresholds": (STAGE, _CATEGORIES, _INDICATOR),
    "conditions": (_AWARD,),
    "amounts": (_AWARD,),
    "bonus_levels": (_ITEM,),
    "deduction_levels": (_ITEM,),
}
"""What the rows of a kind are found by; the lists of the root need nothing."""
_NAMES = {
    "categories": "评分方类别权重",
    "choices": "指标选项",
    "thresholds": "指标档次",
    "conditions": "奖项条件",
    "bonus_levels": "加分级别",
    "deduction_levels": "扣分级别",
}


class _Row(NamedTuple):
    """A table with the words for what is above it."""

    above: tuple[str, ...]
    table: Table


class SheetField(NamedTuple):
    """A column: a key of the table, or of a table in it."""

    title: str
    key: SchemeKey
    inside: str = ""


def sheets_of(draft: Table) -> tuple[OutSheet, ...]:
    """The sheets of a draft, in the order in which it is read; lists without rows are there to fill in."""
    rows: dict[str, list[_Row]] = {}
    for kind, row in _rows(draft):
        rows.setdefault(kind, []).append(row)
    return (
        _basics(draft),
        *(_sheet(kind, rows.get(kind, ()), draft.word("name")) for kind in sheet_kinds(ROOT)),
    )


def sheet_name(kind: str) -> str:
    """What the sheet of a kind is called."""
    return _NAMES.get(kind, PARTS[kind].word)


def sheet_kinds(part: Part) -> Iterator[str]:
    """The kinds of tables that have a sheet: those of a list come right after those that hold it."""
    for known in part.keys:
        if known.kind is Kind.TABLES and known.key not in ("sets", "children"):
            yield known.part
            yield from sheet_kinds(part_of(part, known.key))


def _rows(draft: Table) -> Iterator[tuple[str, _Row]]:
    for known in ROOT.keys:
        for table in draft.tables(known.key):
            yield known.part, _Row((), table)
            yield from _rows_inside(table, part_of(ROOT, known.key), (table.word("code"),))


def _rows_inside(table: Table, part: Part, above: tuple[str, ...]) -> Iterator[tuple[str, _Row]]:
    for known in part.keys:
        if known.key == "indicators":
            yield from _tree(table.tables("indicators"), (*above, ""), 1)
        elif known.key == "sets":
            for own in table.tables("sets"):
                categories = text_for(PARTS["sets"].by_key["categories"], own.get("categories"))
                yield from _tree(own.tables("indicators"), (*above, categories), 1)
        elif known.key != "children":
            for each in table.tables(known.key):
                yield known.part, _Row(above, each)
                yield from _rows_inside(each, part_of(part, known.key), (*above, each.word("code")))


def _tree(nodes: Sequence[Table], above: tuple[str, ...], level: int) -> Iterator[tuple[str, _Row]]:
    for node in nodes:
        yield "indicators", _Row((*above, str(level)), node)
        yield from _rows_inside(node, PARTS["indicators"], (*above, node.word("code")))
        yield from _tree(node.tables("children"), above, level + 1)


def fields_of(part: Part) -> Iterator[SheetField]:
    """The keys that fit in a cell, also those of tables that a table holds once."""
    for known in part.keys:
        if known.kind is Kind.TABLE:
            inner = part_of(part, known.key)
            yield from (SheetField(f"{known.label}：{each.label}", each, known.key) for each in inner.keys)
        elif known.kind is not Kind.TABLES:
            yield SheetField(known.label, known)


def _content(table: Table, field: SheetField) -> Value | None:
    return (table.table(field.inside) if field.inside else table).get(field.key.key)


def _basics(draft: Table) -> OutSheet:
    columns = (OutColumn(KEY, 24), OutColumn(CONTENT, 60, as_text=True), OutColumn(GUIDE, 60))
    rows = tuple(
        (field.title, text_for(field.key, _content(draft, field)), _hint(field.key))
        for field in fields_of(ROOT)
    )
    return OutSheet(BASICS, f"考核方案：{draft.word('name')}", columns, rows)


def _hint(known: SchemeKey) -> str:
    """What may stand there and what holds where nothing does."""
    words = [words for _, words in known.choices]
    if words:
        return f"可写：{'、'.join(words)}；不写为“{words[0]}”"
    must = "必填" if known.required else ""
    return "；".join(filter(None, (must, known.hint, known.standard and f"不写为{known.standard}")))


def _sheet(kind: str, rows: Sequence[_Row], name: str) -> OutSheet:
    fields, title = tuple(fields_of(PARTS[kind])), sheet_name(kind)
    columns = (
        *(OutColumn(title, 14, as_text=True) for title in ABOVE.get(kind, ())),
        *(_column(field) for field in fields),
    )
    cells = tuple((*row.above, *(_cell(row.table, field) for field in fields)) for row in rows)
    return OutSheet(title, f"{name}：{title}", columns, cells)


def _column(field: SheetField) -> OutColumn:
    known = field.key
    choices = tuple(words for _, words in known.choices)
    if known.kind is Kind.YES_NO:
        choices = (YES, NO)
    width = 24 if known.key in ("name", "grades", "categories") else max(12, 2 * len(field.title))
    return OutColumn(field.title, width, choices=choices, as_text=known.kind is not Kind.NUMBER)


def _cell(table: Table, field: SheetField) -> OutValue:
    value = _content(table, field)
    return value if isinstance(value, Decimal) and value.is_finite() else text_for(field.key, value)
