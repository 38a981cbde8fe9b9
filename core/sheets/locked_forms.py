"""Sheets to fill in: locked but for some columns, and every number checked while it is typed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil

from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from core.model.scheme import plain
from core.model.tables import FillIn, OutSheet, OutValue

OPEN_CELL = {"protection": Protection(locked=False), "fill": PatternFill("solid", fgColor="FFF8E1")}
"""How a cell looks that may be filled in."""
LINE = 16
_LONGEST_RULE = 255
"""Characters of a list of choices, and of what is said of a wrong one: Excel takes longer ones for damage."""


def lock_form(target: WriteOnlyWorksheet, sheet: OutSheet, head_row: int) -> None:
    """Lock the sheet without a password, check what is put into the open columns, keep the names in sight."""
    target.protection.sheet = True
    target.protection.formatColumns = target.protection.formatRows = False
    opened = [place for place, column in enumerate(sheet.columns, start=1) if column.fill]
    target.freeze_panes = f"{get_column_letter(opened[0])}{head_row + 1}"
    for place in opened:
        fill = sheet.columns[place - 1].fill
        if fill is None or fill.full is None:
            continue
        letter = get_column_letter(place)
        checked = _check(fill, fill.full, f"{letter}{head_row + 1}")
        checked.errorTitle, checked.error = "不能填这个数", f"{fill.rule}。"[:_LONGEST_RULE]
        checked.showErrorMessage = True
        checked.add(f"{letter}{head_row + 1}:{letter}{head_row + max(1, len(sheet.rows))}")
        target.data_validations.append(checked)


def row_height(sheet: OutSheet, rows: Iterable[Sequence[OutValue]] = ()) -> float:
    """Room in points for the longest text of these rows of a form; not every program finds it by itself."""
    if not sheet.is_form:
        return 0
    lines = (
        sum(ceil(max(1, 2 * len(part)) / (column.width - 1)) for part in value.split("\n"))
        for row in rows
        for value, column in zip(row, sheet.columns, strict=True)
        if isinstance(value, str)
    )
    return 4 + LINE * max(lines, default=1)


def _check(fill: FillIn, full: Decimal, cell: str) -> DataValidation:
    listed = f'"{",".join(map(plain, fill.points))}"'
    if fill.points and len(listed) <= _LONGEST_RULE:
        return DataValidation("list", listed, allow_blank=True)
    if fill.step:
        steps = f"{cell}/{plain(fill.step)}"
        between = f"ISNUMBER({cell}),{cell}>=0,{cell}<={plain(full)}"
        whole = f"OR({cell}={plain(full)},ABS({steps}-ROUND({steps},0))<0.000001)"
        return DataValidation("custom", f"AND({between},{whole})", allow_blank=True)
    return DataValidation("decimal", "0", plain(full), allow_blank=True, operator="between")
