"""The rows of a roster that cannot be taken, as a sheet to repair and import again."""

from datetime import date
from decimal import Decimal

from core.model.roster import PreviewRow, RosterColumn, RosterPreview, RosterReading, Verdict
from core.model.tables import OutColumn, OutSheet, OutValue
from core.model.workbook import CellValue
from core.rules.cell_values import shown

PROBLEM_TITLE = "问题"
_FIGURES = (RosterColumn.ACTIVITIES, RosterColumn.VISITS)


def faulty_rows_sheet(preview: RosterPreview) -> OutSheet:
    """The refused rows with their original cells, titles that are understood again, and what is wrong."""
    reading = preview.reading
    columns = tuple(OutColumn(_title(reading, index), 14) for index in range(len(reading.columns)))
    return OutSheet(
        name="待修改",
        title=f"“{reading.file}”中不能导入的行",
        columns=(*columns, OutColumn("原行号", 8), OutColumn(PROBLEM_TITLE, 60)),
        rows=tuple(_row(row, len(columns)) for row in preview.of(Verdict.REFUSED)),
        note="注：按“问题”一列改好后，可以把本表直接导入；“原行号”“问题”两列不会导入。",
    )


def _title(reading: RosterReading, index: int) -> str:
    column = reading.columns[index]
    if column.meaning is None:
        return column.title
    year = f"{reading.figures_year}年" if reading.figures_year and column.meaning in _FIGURES else ""
    return year + column.meaning.label


def _row(row: PreviewRow, width: int) -> tuple[OutValue, ...]:
    cells = row.row.cells[:width] + (None,) * (width - len(row.row.cells))
    problems = "；".join(str(problem) for problem in row.problems)
    return (*(_written(cell) for cell in cells), row.row.number, problems)


def _written(cell: CellValue) -> OutValue:
    """The cell so that it is read again as it was."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else Decimal(shown(cell))
    if type(cell) is int or type(cell) is date:
        return cell
    return shown(cell) or None
