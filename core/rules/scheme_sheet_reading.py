"""A draft of a scheme from the sheets of a workbook, laid out as `core.rules.scheme_sheets` says."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from core.errors import InvalidInput, Problem
from core.model.scheme_codes import with_codes
from core.model.scheme_draft import Path, Table, inserted
from core.model.scheme_parts import PARTS, ROOT
from core.model.scheme_words import NO, YES, value_of
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.cell_values import quoted
from core.rules.scheme_sheets import (
    ABOVE,
    BASICS,
    CONTENT,
    GUIDE,
    KEY,
    LEVEL,
    STAGE,
    SheetField,
    fields_of,
    sheet_kinds,
    sheet_name,
)
from core.rules.sections import nearest

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
_LONGEST_LEVEL = 20
_REMEDY = "请按所列逐条修改后再导入；没有改动任何内容。"


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
        """The whole draft, or all that cannot be placed."""
        if BASICS not in self._sheets:
            raise InvalidInput(
                "scheme_no_sheets",
                f"“{self._file}”里没有“{BASICS}”工作表，不是考核方案的表格。",
                "请先从一个方案导出表格，在它上面修改。",
            )
        names = (BASICS, *map(sheet_name, sheet_kinds(ROOT)))
        for name in self._sheets:
            if name not in names:
                message = "方案里没有这张工作表，用不着就删掉"
                self._problems.append(Problem(f"工作表“{name}”", message, nearest(name, names)))
        self._read_basics(self._sheets[BASICS])
        for kind in sheet_kinds(ROOT):
            if sheet := self._sheets.get(sheet_name(kind)):
                self._read_list(kind, sheet)
        if self._problems:
            count = len(self._problems)
            raise InvalidInput(
                "scheme_sheets_wrong", f"“{self._file}”有 {count} 处读不懂。", _REMEDY, self._problems
            )
        return with_codes(self._draft)

    def _read_basics(self, sheet: RawSheet) -> None:
        fields = {field.title: field for field in fields_of(ROOT)}
        for place, cells in self._rows(sheet, (KEY, CONTENT), (GUIDE,)):
            title, content = cells[KEY], cells[CONTENT]
            if field := fields.get(title):
                self._draft = _with(self._draft, field, content)
            elif content:
                self._problems.append(Problem(place, f"不认识项目“{title}”", nearest(title, list(fields))))

    def _read_list(self, kind: str, sheet: RawSheet) -> None:
        above, fields = ABOVE.get(kind, ()), tuple(fields_of(PARTS[kind]))
        for place, cells in self._rows(sheet, (*above, *(field.title for field in fields))):
            table = Table()
            for field in fields:
                table = _with(table, field, cells[field.title])
            words = tuple(cells[title] or self._only(title) for title in above)
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
            word = PARTS[above].word
            message = f"没有代码是“{last}”的{word}" if last else f"没有写{word}代码"
            remedy = f"请先在工作表“{sheet_name(above)}”里写上，或改成那里有的代码"
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
        higher = str(int(level) - 1) if len(level) == 1 and level.isdecimal() else ""
        key = "indicators" if level == "1" else "children"
        holder = (
            self._tree(stage, categories)
            if level == "1"
            else self._paths.get((LEVEL, stage, categories, higher))
        )
        if holder is None:
            said = f"级写的是“{quoted(level, _LONGEST_LEVEL)}”，上面没有高一级的指标"
            message = said if level else "没有写级"
            self._problems.append(Problem(place, message, "第一级写 1，它的下级紧接着写 2，以此类推"))
            return
        path = self._put(holder, key, table, ("indicators", stage, categories, table.word("code")))
        self._paths[LEVEL, stage, categories, level] = path

    def _only(self, title: str) -> str:
        """What an empty cell names: the stage, where the scheme has but one."""
        stages = self._draft.tables("stages")
        return stages[0].word("code") if title == STAGE and len(stages) == 1 else ""

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


def _with(table: Table, field: SheetField, text: str) -> Table:
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
