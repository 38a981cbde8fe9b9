"""One year's assessment: cycle, frozen subjects, sheets, entries, results and their trace."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

MARK_PLACES = 6
"""Marks are kept as whole numbers of 10⁻⁶ points, so that sums are exact and fast."""


class CycleState(StrEnum):
    """How far a cycle has come; later stages follow with their own issue."""

    OPEN = "open"
    COMPUTED = "computed"


class EntryKind(StrEnum):
    """What an entry does: to the score (R7, R10), or confirm an award by proof, named by its code (R13)."""

    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"
    DIRECT = "direct"


class ResultState(StrEnum):
    """Whether a subject has a valid result."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    VETOED = "vetoed"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from; empty texts and 0 where it was typed in the program.

    `corrected` names who changed what the file said, and when; empty if nobody did.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    person: str = ""
    at: str = ""
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class SchemeText:
    """A scheme as it was loaded: its TOML text and the SHA-256 of that text."""

    id: str
    code: str
    name: str
    text: str
    digest: str
    loaded_at: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Cycle:
    """One scheme applied to one year (考核周期); `opened_on` is the day the register facts were frozen.

    `digest` is that of the last computation (R21), empty before it.
    """

    id: str
    year: int
    scheme_id: str
    state: CycleState
    opened_on: str
    computed_at: str = ""
    digest: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """An organization as it stood when the cycle opened (R21); `barred` says why it is not assessed (R11)."""

    id: str
    cycle_id: str
    organization_id: str
    name: str
    category: str = ""
    community: str = ""
    filed_on: str = ""
    previous_grade: str = ""
    barred: str = ""
    position: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class MarkIssue:
    """A mark as it was written and why it is not counted; `indicator` is empty for the stated total."""

    indicator: str
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One rater's marks for one subject in one stage (评分表).

    `marks` follow the leaves of the stage's indicators for the subject's category, in scheme order, in units
    of 10⁻⁶ points; None where nothing valid was given. `recused` is the reason of a recusal (回避), `remark`
    what stood in place of marks ("/", 未测评).
    """

    id: str
    cycle_id: str
    subject_id: str
    stage: str
    rater: str
    marks: tuple[int | None, ...]
    issues: tuple[MarkIssue, ...] = ()
    recused: str = ""
    remark: str = ""
    source: Source = Source()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A bonus, deduction or veto of one subject; points are positive amounts, None for a veto."""

    id: str
    cycle_id: str
    subject_id: str
    kind: EntryKind
    points: Decimal | None
    reason: str
    item: str = ""
    evidence: str = ""
    dated_on: str = ""
    lifted: str = ""
    source: Source = Source()
    version: int = 1


class TraceInput(NamedTuple):
    """One figure that went into a step, and where it came from."""

    label: str
    value: str
    source: str = ""


class TraceStep(NamedTuple):
    """One step of a result: the rule's number, its inputs, the working in figures, the outcome."""

    rule: str
    title: str
    inputs: tuple[TraceInput, ...]
    working: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a subject got. `final` is rounded (R8) and graded (R9) as shown; `rank` 0 means none (R12).

    `grade` is the scheme's word (优秀 …), empty if there is none; `award` the award's name, `amount_fen` its
    money.
    `notes` are marks for the list: 并列待定, 距优秀 0.01, 一票否决 …
    """

    id: str
    cycle_id: str
    subject_id: str
    state: ResultState
    final: Decimal | None = None
    grade: str = ""
    rank: int = 0
    award: str = ""
    amount_fen: int = 0
    notes: tuple[str, ...] = ()
    trace: tuple[TraceStep, ...] = ()
    version: int = 1
