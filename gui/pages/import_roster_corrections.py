"""What was corrected in an import preview: by cell, what the file says and what was typed instead.

corrections = Corrections(); corrections.note(preview, row number, column, text); corrections.of(row number)
"""

from core.model.roster import RosterColumn, RosterPreview


class Corrections:
    """Only for showing: the reading itself carries the corrected cells."""

    def __init__(self) -> None:
        self._typed: dict[tuple[int, RosterColumn], tuple[str, str]] = {}

    def __len__(self) -> int:
        return len(self._typed)

    def clear(self) -> None:
        self._typed.clear()

    def note(self, preview: RosterPreview, number: int, column: RosterColumn, text: str) -> None:
        """Remember that `text` is read in a cell of a file row; the file's own text is no correction."""
        known = self._typed.get((number, column))
        written = known[0] if known else _written(preview, number, column)
        if text == written:
            self._typed.pop((number, column), None)
        else:
            self._typed[number, column] = (written, text)

    def of(self, number: int) -> dict[RosterColumn, tuple[str, str]]:
        """The corrected columns of a row."""
        return {column: texts for (each, column), texts in self._typed.items() if each == number}


def _written(preview: RosterPreview, number: int, column: RosterColumn) -> str:
    row = next(each.row for each in preview.rows if each.row.number == number)
    for said in row.remarks:
        if said.column is column:
            return said.text
    index = next(each.index for each in preview.reading.columns if each.meaning is column)
    cell = row.cells[index]
    return "" if cell is None else str(cell)
