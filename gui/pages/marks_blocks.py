"""What is done to the marked cells of the grid at once: copied, pasted over, filled, emptied.

blocks = MarkedCells(cells, book)           the view of the marks and the book that it shows
blocks.texts()                              rows of texts, for the clipboard
blocks.pasted(rows), blocks.filled(down=True), blocks.emptied()      the marks that are to be put in
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.model.mark_entry import TypedMark
from gui.pages.marks_book import SheetBook
from gui.pages.marks_view import CellsView


@dataclass(frozen=True, slots=True)
class Pasted:
    """The marks of a pasted block, and how many of its cells lie beyond the grid.

    A block that was copied with the `name` of a subject has none: they would stand a column too far right.
    """

    marks: tuple[TypedMark, ...]
    beyond: int = 0
    name: str = ""


class MarkedCells:
    """The block that is marked in a grid, as marks of its subjects."""

    def __init__(self, cells: CellsView, book: SheetBook) -> None:
        self._book = book
        self._block = cells.block()
        assert cells.header.records is not None
        self._model = cells.header.records
        self._codes = {at: column.name for at, column in enumerate(self._model.columns)}
        self._last = next(at for at in reversed(self._codes) if not self._codes[at].startswith(":"))

    def texts(self) -> list[list[str]]:
        """What stands in the cells, as it would be typed."""
        return [[self._text(row, column) for column in self._block.columns] for row in self._block.rows]

    def pasted(self, rows: Sequence[Sequence[str]]) -> Pasted:
        """The block put down at the first marked cell; a single text goes into all of them."""
        if [len(row) for row in rows] == [1]:
            return Pasted(tuple(self._marks(rows[0][0])))
        if not self._block.rows:
            return Pasted(())
        named = {subject.name for subject in self._book.subjects}
        if name := next((text for row in rows for text in row if text.strip() in named), ""):
            return Pasted((), name=name.strip())
        marks: list[TypedMark] = []
        beyond = 0
        for row, texts in enumerate(rows, start=self._block.rows.start):
            for column, text in enumerate(texts, start=self._block.columns.start):
                if row < self._model.rowCount() and column <= self._last:
                    marks += self._mark(row, column, text.strip())
                elif text.strip():
                    beyond += 1
        return Pasted(tuple(marks), beyond)

    def filled(self, *, down: bool) -> tuple[TypedMark, ...]:
        """The first row (or column) repeated over the others; of one only, that before it is taken."""
        rows, columns = self._block.rows, self._block.columns
        along = rows if down else columns
        first = 0 if down else min(at for at, code in self._codes.items() if not code.startswith(":"))
        if not along or (len(along) == 1 and along.start == first):
            return ()
        source = along.start - (len(along) == 1)
        targets = [at for at in along if at != source]
        marks: list[TypedMark] = []
        for row in targets if down else rows:
            for column in columns if down else targets:
                text = self._text(source, column) if down else self._text(row, source)
                marks += self._mark(row, column, text)
        return tuple(marks)

    def emptied(self) -> tuple[TypedMark, ...]:
        """All that stands there taken out."""
        return tuple(self._marks(""))

    def _marks(self, text: str) -> Iterator[TypedMark]:
        for row in self._block.rows:
            for column in self._block.columns:
                yield from self._mark(row, column, text.strip())

    def _mark(self, row: int, column: int, text: str) -> Iterator[TypedMark]:
        """The mark of a cell, unless nothing would go where nothing stands."""
        if text or self._text(row, column):
            yield TypedMark(self._model.record_at(row).id, self._codes[column], text)

    def _text(self, row: int, column: int) -> str:
        subject, code = self._model.record_at(row), self._codes[column]
        return self._book.typed(subject, code) if self._book.applies(subject, code) else ""
