"""One year's assessment: cycle, frozen subjects, sheets, entries, results and their trace."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from core.model.labelled import Labelled

MARK_PLACES = 6
"""Marks are kept as whole numbers of 10⁻⁶ points, so that sums are exact and fast."""


class CycleState(Labelled):
    """How far a cycle has come; the order of the members is the order of the path."""

    OPEN = "open", "评分中"
    COMPUTED = "computed", "已计算"
    REPORTED = "reported", "已报备"
    NOTICED = "noticed", "公示中"
    CONFIRMED = "confirmed", "已确定"
    ANNOUNCED = "announced", "已公布"
    ARCHIVED = "archived", "已归档"


class EntryKind(StrEnum):
    """What an entry does: to the score (R7, R10), or confirm an award by proof, named by its code (R13)."""

    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"
    DIRECT = "direct"


class ResultState(Labelled):
    """Whether a subject has a valid result; the label stands where one has no grade."""

    COMPLETE = "complete", "未定等次"
    INCOMPLETE = "incomplete", "评分不全"
    VETOED = "vetoed", "一票否决"
    REVOKED = "revoked", "已撤销"
    NOT_ASSESSED = "not_assessed", "不参评"


class Source(NamedTuple):
    """Where a figure comes from; empty texts and 0 where it was typed in the program.

    `corrected` names who changed what the file said, and when; empty if nobody did.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    person: str = ""
    at: str = ""
    corrected: str = ""


_NO_SOURCE = Source()


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


class ChosenWeight(NamedTuple):
    """The weight that a cycle chose where the scheme gives a lower bound (R4); `category` empty for all."""

    stage: str
    rater: str
    weight: Decimal
    category: str = ""


@dataclass(frozen=True, slots=True)
class Cycle:
    """One scheme applied to one period (考核周期); `opened_on` is the day the register facts were frozen.

    `code` tells the cycles of a year apart, `title` names one on screen and paper; empty in a cycle from
    before there were several. `digest` is that of the last computation (R21), empty before it. The days of
    the path are ISO texts, empty until they are reached; the public notice runs from its first to its last
    day.
    """

    id: str
    year: int
    scheme_id: str
    state: CycleState
    opened_on: str
    computed_at: str = ""
    digest: str = ""
    code: str = ""
    title: str = ""
    weights: tuple[ChosenWeight, ...] = ()
    reported_on: str = ""
    reported_to: str = ""
    notice_from: str = ""
    notice_until: str = ""
    confirmed_on: str = ""
    announced_on: str = ""
    archived_on: str = ""
    version: int = 1

    @property
    def called(self) -> str:
        """What messages call it: by year and title, as a year may have several (2025 年度“第一季度评比”)."""
        return f"{self.year} 年度“{self.title}”" if self.title else f"{self.year} 年度考核"


class FrozenFact(NamedTuple):
    """A register fact as it stood when the cycle opened: its name in the model and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is assessed as it stood when the cycle opened (R21); `barred` says why it is not assessed (R11).

    `kind` is the scheme's word (社会组织, 社区, 街镇 …); `organization_id` is empty for others, `ref_id`
    then names the community or unit it stands for, if any. `facts` are what awards may ask for beyond the
    fields here.
    """

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
    kind: str = ""
    ref_id: str = ""
    facts: tuple[FrozenFact, ...] = ()
    version: int = 1

    def fact(self, name: str) -> str:
        """The text of a frozen fact; empty if it was not known."""
        return next((fact.text for fact in self.facts if fact.name == name), "")


@dataclass(frozen=True, slots=True)
class MarkIssue:
    """A mark as it was written and why it is not counted; `indicator` is empty for the stated total."""

    indicator: str
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class MarkNote:
    """What is to be said about a mark, such as why points were taken off, and what proves it."""

    indicator: str
    text: str
    evidence: str = ""


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
    source: Source = _NO_SOURCE
    notes: tuple[MarkNote, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A bonus, deduction or veto of one subject; points are positive amounts, None for a veto.

    `level` (国家、省、市、区) belongs to items that are worth points by level (R7).
    """

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
    source: Source = _NO_SOURCE
    level: str = ""
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


WAITS = "并列待定"
"""The note of a result whose award waits for a decision about a tie (R14)."""


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

    @property
    def waits(self) -> bool:
        """Whether its award waits for a decision about a tie."""
        return WAITS in self.notes
