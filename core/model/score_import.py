"""A score file as it was understood: what it is read against, and what came out."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from core.errors import Problem
from core.model.assessment import EntryKind, MarkIssue
from core.model.reading import Remark, RemarkKind
from core.model.scheme import Indicator


@dataclass(frozen=True, slots=True)
class RaterFacts:
    """A rater of the stage; weights are relative."""

    code: str
    name: str
    weight: Decimal


class SubjectFacts(NamedTuple):
    """An organization that is assessed."""

    id: str
    name: str
    community: str = ""


@dataclass(frozen=True, slots=True)
class ScoringFacts:
    """What a score file is read against; marks follow `indicators`, leaves with unlike names."""

    raters: tuple[RaterFacts, ...]
    indicators: tuple[Indicator, ...]
    subjects: tuple[SubjectFacts, ...]


@dataclass(frozen=True, slots=True)
class ScoreRemark:
    """A remark with its place; `row` is 0 and `title` empty where it is about the whole sheet.

    A FAULT names what is not counted until it is mended; the rest of its row may be counted all the same. A
    QUESTION names what was changed in a sheet that had been sent out. `file` is empty if there is only one.
    """

    sheet: str
    row: int
    title: str
    text: str
    remark: Remark
    file: str = ""

    @property
    def problem(self) -> Problem:
        """The remark as a line for the clerk."""
        file = f"“{self.file}”" if self.file else ""
        row = f"第 {self.row} 行" if self.row else ""
        title = f"“{self.title}”" if self.title else ""
        said = f"写的是“{self.text}”，" if self.text else ""
        return Problem(
            f"{file}工作表“{self.sheet}”{row}{title}", said + self.remark.message, self.remark.remedy
        )


class ScoreSheetDraft(NamedTuple):
    """One rater's marks for one subject, in units of 10⁻⁶ points and in the order of the indicators.

    `remark` is what stood in place of marks ("/", 未测评), `recused` why the rater stands back (回避); all
    marks are None then.
    """

    rater: str
    subject_id: str
    marks: tuple[int | None, ...]
    sheet: str
    row: int
    issues: tuple[MarkIssue, ...] = ()
    remark: str = ""
    recused: str = ""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """A bonus, deduction or veto; points are positive amounts, None for a veto."""

    subject_id: str
    kind: EntryKind
    points: Decimal | None
    reason: str
    evidence: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class MissingMarks:
    """The subjects that a rater gave no marks at all, in the order of the facts."""

    rater: str
    subject_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoresReading:
    """A score file as it was understood; `year` is the one its titles name, None if they name none."""

    file: str
    year: int | None
    sheets: tuple[ScoreSheetDraft, ...]
    entries: tuple[EntryDraft, ...]
    remarks: tuple[ScoreRemark, ...]
    missing: tuple[MissingMarks, ...]
    unread_sheets: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is not counted, and why."""
        return tuple(said.problem for said in self.remarks if said.remark.kind is RemarkKind.FAULT)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """How unusual spellings were read."""
        return tuple(said.problem for said in self.remarks if said.remark.kind is not RemarkKind.FAULT)
