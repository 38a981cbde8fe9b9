"""What importing a score file would do, sheet by sheet and entry by entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.model.assessment import Entry, ScoreSheet, Subject
from core.model.roster import Verdict
from core.model.score_import import ScoresReading


class SheetPreview(NamedTuple):
    """A sheet as it would be stored; `old` is the one that it would replace."""

    subject: Subject
    rater_name: str
    sheet: ScoreSheet
    old: ScoreSheet | None

    @property
    def verdict(self) -> Verdict:
        """New, changed or the same."""
        if self.old is None:
            return Verdict.NEW
        return Verdict.SAME if _said(self.old) == _said(self.sheet) else Verdict.CHANGED


def _said(sheet: ScoreSheet) -> tuple[object, ...]:
    """What a rater says in a sheet, wherever it came from."""
    return sheet.marks, sheet.issues, sheet.recused, sheet.remark


@dataclass(frozen=True, slots=True)
class EntryPreview:
    """A bonus, deduction or veto as it would be stored; `known` when it stands there already."""

    subject: Subject
    entry: Entry
    known: bool


@dataclass(frozen=True, slots=True)
class ScorePreview:
    """All of a file; `register_at` is as in RosterPreview.

    `missing` names for each rater those that are assessed and got no marks.
    """

    year: int
    cycle_id: str
    reading: ScoresReading
    sheets: tuple[SheetPreview, ...]
    entries: tuple[EntryPreview, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    register_at: int

    def of(self, *verdicts: Verdict) -> Sequence[SheetPreview]:
        """The sheets with one of these verdicts, in the file's order."""
        return [each for each in self.sheets if each.verdict in verdicts]

    @property
    def new_entries(self) -> Sequence[EntryPreview]:
        """Entries that would be added."""
        return [each for each in self.entries if not each.known]
