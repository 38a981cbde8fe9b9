"""What the marks grid shows of one rater: every cell, total and state of the subjects, from their sheets."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.model.assessment import MARK_PLACES, MarkIssue, MarkNote, ScoreSheet, Subject
from core.model.cycle_view import CycleView, RaterProgress
from core.model.scheme import Indicator, Visible
from core.model.visibility import Seen, SeenStage, SeenSubject
from core.services.cycle_reading import STILL_OPEN
from gui.widgets.badge import BadgeFace

MISSING = "未填"
UNIT = 10**MARK_PLACES


class SheetState(StrEnum):
    """How one subject's sheet stands."""

    COMPLETE = "complete"
    ABSENT = "absent"
    INCOMPLETE = "incomplete"
    FAULTY = "faulty"
    DISAGREES = "disagrees"
    RECUSED = "recused"


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell: a subject's mark for an indicator."""

    subject_id: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was typed into a cell and why it was not taken."""

    text: str
    message: str


class SheetBook:
    """The sheets of one rater, looked up by subject; `show` puts newer ones in their place.

    `locked` says why nothing may be changed, by nobody any more or not by who works now. `pending` are texts
    on their way to the store, `refused` those that it did not take; both stay in sight. `seen` is what the
    rater may see of the others, once it was read.
    """

    def __init__(self, view: CycleView, progress: RaterProgress, why_not: str = "") -> None:
        self._why_not = why_not
        self.pending: dict[Spot, str] = {}
        self.refused: dict[Spot, Refusal] = {}
        self.seen: SeenStage | None = None
        self.show(view, progress)

    def show(self, view: CycleView, progress: RaterProgress) -> None:
        """Look at the year as it stands now."""
        is_open = view.cycle.state in STILL_OPEN
        self.locked = self._why_not if is_open else f"{view.cycle.state.label}，评分已经锁定"
        self.stage, self.rater = progress.stage, progress.rater
        self.scheme_full = view.scheme.full
        self.subjects = progress.subjects
        self._by_id = {subject.id: subject for subject in self.subjects}
        self._sheets: dict[str, ScoreSheet] = {}
        self._states = dict.fromkeys(self._by_id, SheetState.ABSENT)
        self._counts = Counter(self._states.values())
        stage, rater = self.stage.code, self.rater.code
        self.take(each for each in view.sheets if each.rater == rater and each.stage == stage)
        self._places: dict[str, dict[str, int]] = {}
        self._leaves: dict[str, Indicator] = {}
        for category in {subject.category for subject in self.subjects}:
            leaves = view.scheme.leaves(self.stage.code, category)
            self._places[category] = {leaf.code: place for place, leaf in enumerate(leaves)}
            self._leaves.update({leaf.code: leaf for leaf in leaves if leaf.code not in self._leaves})

    def take(self, sheets: Iterable[ScoreSheet]) -> None:
        """Put newer states of sheets in their place."""
        for sheet in sheets:
            if sheet.subject_id in self._states:
                self._sheets[sheet.subject_id] = sheet
                state = _state_of(sheet)
                self._counts[self._states[sheet.subject_id]] -= 1
                self._counts[state] += 1
                self._states[sheet.subject_id] = state

    @property
    def key(self) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
        """Equal for two books that fill the same grid."""
        subjects = tuple(subject.id for subject in self.subjects)
        return self.stage.code, self.rater.code, (*self._leaves, *self.offered), subjects

    @property
    def leaves(self) -> tuple[Indicator, ...]:
        """The columns: all leaves that any category marks."""
        return tuple(self._leaves.values())

    @property
    def offered(self) -> tuple[Seen, ...]:
        """What the scheme ever lets the stage's raters see of the others."""
        return tuple(each for each in Seen if each.setting(self.stage) is not Visible.NEVER)

    def shows(self, seen: Seen) -> bool:
        """Whether the rater may see it now."""
        return self.seen is not None and seen in self.seen.shown

    def seen_of(self, subject: Subject) -> SeenSubject:
        """What the rater sees of the others for a subject."""
        return self.seen.of(subject.id) if self.seen else SeenSubject()

    def leaf(self, code: str) -> Indicator:
        return self._leaves[code]

    def subject(self, subject_id: str) -> Subject:
        return self._by_id[subject_id]

    def sheet(self, subject: Subject) -> ScoreSheet | None:
        return self._sheets.get(subject.id)

    def applies(self, subject: Subject, code: str) -> bool:
        """Whether the subject's category is marked for this indicator."""
        return code in self._places[subject.category]

    def mark(self, subject: Subject, code: str) -> int | None:
        sheet = self.sheet(subject)
        place = self._places[subject.category].get(code)
        return None if sheet is None or place is None else sheet.marks[place]

    def issue(self, subject: Subject, code: str) -> MarkIssue | None:
        """What is wrong with a mark; with the code "" with the stated total."""
        sheet = self.sheet(subject)
        return next((each for each in sheet.issues if each.indicator == code), None) if sheet else None

    def note(self, subject: Subject, code: str) -> MarkNote | None:
        """What is said about a mark."""
        sheet = self.sheet(subject)
        return next((each for each in sheet.notes if each.indicator == code), None) if sheet else None

    def said(self, subject: Subject, code: str) -> str:
        """The note in one line."""
        note = self.note(subject, code)
        if note is None:
            return ""
        proof = f"\uff08佐证：{note.evidence}\uff09" if note.evidence else ""
        return f"{note.text}{proof}"

    def typed(self, subject: Subject, code: str) -> str:
        """What stands in a cell for editing: the mark, or the text that is not counted."""
        spot = Spot(subject.id, code)
        if spot in self.pending:
            return self.pending[spot]
        if spot in self.refused:
            return self.refused[spot].text
        issue, mark = self.issue(subject, code), self.mark(subject, code)
        if issue:
            return issue.text
        return "" if mark is None else points_text(mark)

    def text(self, subject: Subject, code: str) -> str:
        """What a cell shows; empty where nothing belongs."""
        if not self.applies(subject, code):
            return ""
        return self.typed(subject, code) or ("回避" if self.state(subject) is SheetState.RECUSED else MISSING)

    def tint(self, subject: Subject, code: str) -> str:
        """Colour of a cell: faulty, missing, or nothing to fill in."""
        if not self.applies(subject, code) or self.state(subject) is SheetState.RECUSED:
            return "mute"
        if self.is_faulty(subject, code):
            return "err"
        return "" if self.typed(subject, code) else "warn"

    def is_faulty(self, subject: Subject, code: str) -> bool:
        spot = Spot(subject.id, code)
        if spot in self.pending:
            return False
        return spot in self.refused or self.issue(subject, code) is not None

    def is_open(self, subject: Subject, code: str) -> bool:
        """Whether a valid mark is still to come."""
        return bool(self.tint(subject, code) in ("warn", "err"))

    def fault(self, subject: Subject, code: str) -> str:
        """Why a cell is not counted, and what to do."""
        refusal, issue = self.refused.get(Spot(subject.id, code)), self.issue(subject, code)
        if refusal:
            return refusal.message
        return f"{issue.message}。写的是“{issue.text}”，请改正。" if issue else ""

    def total(self, subject: Subject) -> int | None:
        """Sum of the marks that a sheet has so far; None before the first."""
        sheet = self.sheet(subject)
        given = [mark for mark in sheet.marks if mark is not None] if sheet else []
        return sum(given) if given else None

    def is_whole(self, subject: Subject) -> bool:
        """Whether the total is that of all marks, and counts."""
        return self.state(subject) in (SheetState.COMPLETE, SheetState.DISAGREES)

    def state(self, subject: Subject) -> SheetState:
        return self._states[subject.id]

    def count(self, states: Iterable[SheetState]) -> int:
        """How many sheets stand in one of these states."""
        return sum(self._counts[each] for each in states)

    def badge(self, subject: Subject) -> BadgeFace:
        """The state as a badge."""
        sheet = self.sheet(subject)
        state = self.state(subject)
        if state is SheetState.INCOMPLETE and sheet:
            return BadgeFace(f"缺 {sheet.marks.count(None)} 项", "warn", "time-line")
        if state is SheetState.FAULTY and sheet:
            return BadgeFace(f"{len(sheet.issues)} 处有误", "err", "error-warning-line")
        return _BADGES[state]

    def source(self, subject: Subject) -> str:
        """Where the marks come from, or why there are none."""
        sheet = self.sheet(subject)
        if sheet is None:
            return ""
        if sheet.recused:
            return f"回避：{sheet.recused}"
        source = sheet.source
        if source.file:
            corrected = f"，{source.corrected} 更正" if source.corrected else ""
            return f"来自 {source.file} {source.sheet} 第 {source.row} 行{corrected}"
        return f"{source.person} {source.at[:16].replace('T', ' ')} 录入" if source.person else ""


def _state_of(sheet: ScoreSheet) -> SheetState:
    if sheet.recused:
        return SheetState.RECUSED
    if any(each.indicator for each in sheet.issues):
        return SheetState.FAULTY
    if None not in sheet.marks:
        return SheetState.DISAGREES if sheet.issues else SheetState.COMPLETE
    given = any(mark is not None for mark in sheet.marks)
    return SheetState.INCOMPLETE if given else SheetState.ABSENT


_BADGES = {
    SheetState.COMPLETE: BadgeFace("已交", "ok", "check-line"),
    SheetState.ABSENT: BadgeFace("未交", "warn", "time-line"),
    SheetState.DISAGREES: BadgeFace("合计不符", "err", "error-warning-line"),
    SheetState.RECUSED: BadgeFace("回避", "mute", "user-unfollow-line"),
}
LATE = frozenset({SheetState.ABSENT, SheetState.INCOMPLETE})
WRONG = frozenset({SheetState.FAULTY, SheetState.DISAGREES})


def points_text(units: int) -> str:
    """Marks with two decimals, more only where there are more."""
    points = Decimal(units) / UNIT
    short = points.quantize(Decimal("0.01"))
    return str(short if short == points else points.normalize())
