"""A draft of a scheme as the sheets of a workbook, and from them again.

What stands at the root is the sheet 基本, a line for each key. Every other table is a row of the sheet of its
kind, which names the tables above it by their codes; indicators follow each other as in a book, with their
level.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from core.errors import InvalidInput, Problem
from core.model.scheme_draft import Path, Table, Value, inserted
from core.model.scheme_parts import PARTS, ROOT, Kind, Part, SchemeKey, part_of
from core.model.scheme_words import NO, YES, text_for, value_of
from core.model.tables import OutColumn, OutSheet, OutValue
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.sections import nearest

BASICS = "基本"
_KEY, _CONTENT, _GUIDE = "项目", "内容", "说明"
_STAGE, _RATER, _INDICATOR, _AWARD, _ITEM = "环节代码", "评分方代码", "指标代码", "奖项代码", "项目代码"
_CATEGORIES, _LEVEL = "适用类别", "级"
_ABOVE: Mapping[str, tuple[str, ...]] = {
    "raters": (_STAGE,),
    "categories": (_STAGE, _RATER),
    "indicators": (_STAGE, _CATEGORIES, _LEVEL),
    "choices": (_STAGE, _CATEGORIES, _INDICATOR),
    "thresholds": (_STAGE, _CATEGORIES, _INDICATOR),
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
_KINDS_ABOVE = {
    "raters": "stages",
    "indicators": "stages",
    "categories": "raters",
    "choices": "indicators",
    "thresholds": "indicators",
    "conditions": "awards",
    "amounts": "awards",
    "bonus_levels": "bonuses",
    "deduction_levels": "deductions",
}
_KEYS = {"bonus_levels": "levels", "deduction_levels": "levels"}
_MOST_ROWS, _HEAD_WITHIN = 5_000, 10
_REMEDY = "请按所列逐条修改后再导入；没有改动任何内容。"


class _Row(NamedTuple):
    """A table with the words for what is above it."""

    above: tuple[str, ...]
    table: Table


class _Field(NamedTuple):
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
        *(_sheet(kind, rows.get(kind, ()), draft.word("name")) for kind in _kinds(ROOT)),
    )


def _name(kind: str) -> str:
    """What the sheet of a kind is called."""
    return _NAMES.get(kind, PARTS[kind].word)


def _kinds(part: Part) -> Iterator[str]:
    """The kinds of tables that have a sheet: those of a list come right after those that hold it."""
    for known in part.keys:
        if known.kind is Kind.TABLES and known.key not in ("sets", "children"):
            yield known.part
            yield from _kinds(part_of(part, known.key))


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


def _fields(part: Part) -> Iterator[_Field]:
    """The keys that fit in a cell, also those of tables that a table holds once."""
    for known in part.keys:
        if known.kind is Kind.TABLE:
            inner = part_of(part, known.key)
            yield from (_Field(f"{known.label}：{each.label}", each, known.key) for each in inner.keys)
        elif known.kind is not Kind.TABLES:
            yield _Field(known.label, known)


def _content(table: Table, field: _Field) -> Value | None:
    return (table.table(field.inside) if field.inside else table).get(field.key.key)


def _basics(draft: Table) -> OutSheet:
    columns = (OutColumn(_KEY, 24), OutColumn(_CONTENT, 60, as_text=True), OutColumn(_GUIDE, 60))
    rows = tuple(
        (field.title, text_for(field.key, _content(draft, field)), _hint(field.key))
        for field in _fields(ROOT)
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
    fields, title = tuple(_fields(PARTS[kind])), _name(kind)
    columns = (
        *(OutColumn(title, 14, as_text=True) for title in _ABOVE.get(kind, ())),
        *(_column(field) for field in fields),
    )
    cells = tuple((*row.above, *(_cell(row.table, field) for field in fields)) for row in rows)
    return OutSheet(title, f"{name}：{title}", columns, cells)


def _column(field: _Field) -> OutColumn:
    known = field.key
    choices = tuple(words for _, words in known.choices)
    if known.kind is Kind.YES_NO:
        choices = (YES, NO)
    width = 24 if known.key in ("name", "grades", "categories") else max(12, 2 * len(field.title))
    return OutColumn(field.title, width, choices=choices, as_text=known.kind is not Kind.NUMBER)


def _cell(table: Table, field: _Field) -> OutValue:
    value = _content(table, field)
    return value if isinstance(value, Decimal) and value.is_finite() else text_for(field.key, value)


def draft_of_sheets(workbook: RawWorkbook) -> Table:
    """The draft that a workbook holds; what stands in its cells is not judged here.

    Raises:
        InvalidInput: no sheet 基本, or rows or columns that cannot be placed; all of it is in `problems`.
    """
    return _SheetsReader(workbook).draft()


class _SheetsReader:
    """Reads sheet by sheet, each row into the table that it names, and notes what cannot be placed."""

    def __init__(self, workbook: RawWorkbook) -> None:
        self._file = workbook.file
        self._sheets = {sheet.name.strip(): sheet for sheet in workbook.sheets if not sheet.hidden}
        self._problems: list[Problem] = []
        self._paths: dict[tuple[str, ...], Path] = {}
        self._draft = Table()

    def draft(self) -> Table:
        if BASICS not in self._sheets:
            raise InvalidInput(
                "scheme_no_sheets",
                f"“{self._file}”里没有“{BASICS}”工作表，不是考核方案的表格。",
                "请先从一个方案导出表格，在它上面修改。",
            )
        self._read_basics(self._sheets[BASICS])
        for kind in _kinds(ROOT):
            if sheet := self._sheets.get(_name(kind)):
                self._read_list(kind, sheet)
        if self._problems:
            count = len(self._problems)
            raise InvalidInput(
                "scheme_sheets_wrong", f"“{self._file}”有 {count} 处读不懂。", _REMEDY, self._problems
            )
        return self._draft

    def _read_basics(self, sheet: RawSheet) -> None:
        fields = {field.title: field for field in _fields(ROOT)}
        for place, cells in self._rows(sheet, (_KEY, _CONTENT), (_GUIDE,)):
            title, content = cells[_KEY], cells[_CONTENT]
            if field := fields.get(title):
                self._draft = _with(self._draft, field, content)
            elif content:
                self._problems.append(Problem(place, f"不认识项目“{title}”", nearest(title, list(fields))))

    def _read_list(self, kind: str, sheet: RawSheet) -> None:
        above, fields = _ABOVE.get(kind, ()), tuple(_fields(PARTS[kind]))
        for place, cells in self._rows(sheet, (*above, *(field.title for field in fields))):
            table = Table()
            for field in fields:
                table = _with(table, field, cells[field.title])
            words = tuple(cells[title] for title in above)
            if kind == "indicators":
                self._add_indicator(table, words, place)
            else:
                self._add(kind, table, words, place)

    def _add(self, kind: str, table: Table, words: tuple[str, ...], place: str) -> None:
        """Put a table into the one that its words name."""
        *outer, last = (_KINDS_ABOVE.get(kind, ""), *words)
        holder = self._paths.get((*outer, last)) if words else ()
        if holder is None:
            above = str(outer[0])
            message = f"没有代码是“{last}”的{PARTS[above].word}"
            remedy = f"请先在工作表“{_name(above)}”里写上，或改成那里有的代码"
            self._problems.append(Problem(place, message, remedy))
        else:
            self._put(holder, _KEYS.get(kind, kind), table, (kind, *words, table.word("code")))

    def _add_indicator(self, table: Table, words: tuple[str, ...], place: str) -> None:
        """Put an indicator below the nearest one above it that is one level higher."""
        stage, categories, level = words
        categories = "、".join(part.strip() for part in re.split("[、，,;；\n]", categories) if part.strip())
        if ("stages", stage) not in self._paths:
            self._add("indicators", table, (stage,), place)
            return
        higher = str(int(level) - 1) if level.isdecimal() else ""
        key = "indicators" if level == "1" else "children"
        holder = (
            self._tree(stage, categories)
            if level == "1"
            else self._paths.get((_LEVEL, stage, categories, higher))
        )
        if holder is None:
            message = f"级写的是“{level}”，上面没有高一级的指标"
            self._problems.append(Problem(place, message, "第一级写 1，它的下级紧接着写 2，以此类推"))
            return
        path = self._put(holder, key, table, ("indicators", stage, categories, table.word("code")))
        self._paths[_LEVEL, stage, categories, level] = path

    def _tree(self, stage: str, categories: str) -> Path:
        """What holds the indicators of a stage for these categories; made at the first of them."""
        path = self._paths["stages", stage]
        if not categories:
            return path
        known = self._paths.get(("sets", stage, categories))
        own = Table().put("categories", tuple(categories.split("、")))
        return known or self._put(path, "sets", own, ("sets", stage, categories))

    def _put(self, holder: Path, key: str, table: Table, name: tuple[str, ...]) -> Path:
        """Put a table at the end of a list; later rows find it by its name."""
        path = (*holder, key, len(self._draft.at(holder).tables(key)))
        self._draft = inserted(self._draft, path, table)
        self._paths.setdefault(name, path)
        return path

    def _rows(
        self, sheet: RawSheet, titles: Sequence[str], others: Sequence[str] = ()
    ) -> Iterator[tuple[str, dict[str, str]]]:
        """The rows under the head that are not empty: their place, and their texts by title."""
        head = next((each for each, row in enumerate(sheet.rows[:_HEAD_WITHIN]) if titles[0] in row), None)
        place = f"工作表“{sheet.name}”"
        if head is None or len(sheet.rows) > _MOST_ROWS:
            message = f"找不到写着“{titles[0]}”的表头" if head is None else f"超过 {_MOST_ROWS} 行"
            self._problems.append(Problem(place, message, "请从方案导出表格，在它上面修改"))
            return
        heads = [_text(cell) for cell in sheet.rows[head]]
        for title in heads:
            if title and title not in (*titles, *others):
                self._problems.append(Problem(place, f"不认识“{title}”这一列", nearest(title, titles)))
        for number, row in enumerate(sheet.rows[head + 1 :], start=head + 2):
            said = {title: _text(cell) for title, cell in zip(heads, row, strict=False)}
            if any(said.values()):
                yield f"{place}第 {number} 行", {title: said.get(title, "") for title in titles}


def _with(table: Table, field: _Field, text: str) -> Table:
    value = value_of(field.key, text)
    if not field.inside:
        return table.put(field.key.key, value)
    return table.put(field.inside, table.table(field.inside).put(field.key.key, value))


def _text(cell: CellValue) -> str:
    """What a cell shows: whole numbers without a point, days as 2026-12-01."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return YES if cell else NO
    return str(cell).strip(" ")
