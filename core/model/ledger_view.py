"""Ledgers as pages show them: rows, forms, and the preview of an import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Problem
from core.model.ledger import Ledger
from core.model.reading import Remark, RemarkKind, TitledColumn
from core.model.roster import FieldChange, Verdict
from core.model.workbook import CellValue


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of the list: the record and a text for each field of its ledger; numbers are masked."""

    record: Any
    texts: tuple[str, ...]

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.record.id)


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """What a form says: the record as it would be kept, and remarks with the names of their fields."""

    record: Any
    remarks: tuple[tuple[str, Remark], ...] = ()

    @property
    def faults(self) -> tuple[tuple[str, Remark], ...]:
        """The remarks that forbid keeping it."""
        return tuple(said for said in self.remarks if said[1].kind is RemarkKind.FAULT)


@dataclass(frozen=True, slots=True)
class LedgerDraft:
    """A data row of a file: its number there, its cells, what it says by field name, what is wrong."""

    number: int
    cells: tuple[CellValue, ...]
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """A sheet as it was understood.

    The meaning of a column is the name of a field. `problems` speak of whole columns, `notes` of what was
    left out.
    """

    ledger: Ledger
    file: str
    sheet: str
    columns: tuple[TitledColumn[str], ...]
    rows: tuple[LedgerDraft, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def mapping(self) -> Mapping[int, str]:
        """Field names by the place of their column, as `preview` takes them."""
        return {each.index: each.meaning for each in self.columns if each.meaning is not None}

    @property
    def unread_titles(self) -> tuple[str, ...]:
        """Titles of columns that are left out."""
        return tuple(each.title for each in self.columns if each.meaning is None and each.title)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What importing a row would do.

    `record` is the record as it would be kept, None where none would be; `changes` are those to the record it
    was matched to, of a duplicate to the row `duplicate_of`, which counts.
    """

    row: LedgerDraft
    verdict: Verdict
    record: Any = None
    changes: tuple[FieldChange, ...] = ()
    duplicate_of: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerPreview:
    """All rows of a file with their verdicts; a later act than `register_at` makes it old."""

    reading: LedgerReading
    lines: tuple[LedgerLine, ...] = ()
    register_at: int = 0

    def of(self, *verdicts: Verdict) -> Sequence[LedgerLine]:
        """The lines with one of these verdicts, in the file's order."""
        return [line for line in self.lines if line.verdict in verdicts]

    def counts(self) -> "LedgerCounts":
        """What importing the lines comes to."""
        return LedgerCounts(
            added=len(self.of(Verdict.NEW)),
            changed=len(self.of(Verdict.CHANGED)),
            same=len(self.of(Verdict.SAME)),
            duplicates=len(self.of(Verdict.DUPLICATE)),
            refused=len(self.of(Verdict.REFUSED)),
        )


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """What an import came to."""

    added: int
    changed: int
    same: int
    duplicates: int
    refused: int
