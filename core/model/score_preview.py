"""What importing a score file would do, sheet by sheet and entry by entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.model.assessment import Entry, ScoreSheet, Subject
from core.model.roster import Verdict
from core.model.score_import import ScoresReading


@dataclass(frozen=True, slots=True)
class SheetPreview:
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
        same = (self.old.marks, self.old.issues, self.old.remark) == (
            self.sheet.marks,
            self.sheet.issues,
            self.sheet.remark,
        )
        return Verdict.SAME if same else Verdict.CHANGED


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
