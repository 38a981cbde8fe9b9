"""A year's assessment as pages and commands show it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.model.assessment import (
    Cycle,
    CycleState,
    Entry,
    Result,
    ResultState,
    ScoreSheet,
    Subject,
    TraceStep,
)
from core.model.ballot import Ballot
from core.model.decision import Decision, Revocation
from core.model.earlier import EarlierResult
from core.model.objection import Objection
from core.model.outcome import Outcome
from core.model.scheme import RankWithin, Rater, Scheme, Stage
from core.model.settled import Settled
from core.model.written_document import IssuedPaper, PaperState


@dataclass(frozen=True, slots=True)
class RaterProgress:
    """What one rater has handed in for the `subjects` that it marks.

    `delivered` counts complete sheets, `missing` are the subjects without one, `issue_count` is what is to be
    checked.
    """

    stage: Stage
    rater: Rater
    subjects: tuple[Subject, ...]
    delivered: int
    missing: tuple[Subject, ...]
    incomplete: tuple[ScoreSheet, ...]
    issue_count: int

    @property
    def expected(self) -> int:
        """How many sheets it owes in all."""
        return len(self.subjects)

    @property
    def weights(self) -> tuple[Decimal, ...]:
        """The rater's weights for its subjects, the highest first; several where categories differ."""
        categories = {subject.category for subject in self.subjects} or {""}
        return tuple(sorted({self.rater.weight_for(each)[0] for each in categories}, reverse=True))


RESULTS_NOTICE = "results-notice"
"""The template of the 通报 that tells the results."""


@dataclass(frozen=True, slots=True)
class CycleView:
    """One cycle, read at one moment; its `scheme` has the weights that the cycle chose (R4).

    `sheets` hold one for each ballot that counts, too, under the ballot's id. `results` are those last kept,
    without traces; `stale` says that what they were computed from changed since then.
    """

    cycle: Cycle
    scheme: Scheme
    subjects: tuple[Subject, ...]
    sheets: tuple[ScoreSheet, ...]
    entries: tuple[Entry, ...]
    results: tuple[Result, ...]
    progress: tuple[RaterProgress, ...]
    papers: tuple[IssuedPaper, ...]
    stale: bool
    decisions: tuple[Decision, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    objections: tuple[Objection, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    earlier: tuple[EarlierResult, ...] = ()

    @property
    def heading(self) -> str:
        """What the cycle is called on paper, with its year once: 2025年度街道社会组织年度考核."""
        title, year = self.cycle.title or self.scheme.name, f"{self.cycle.year}年"
        return title if year in title else f"{year}度{title}"

    @property
    def settled(self) -> Settled:
        """What the engine takes beside subjects, sheets and entries."""
        return Settled(self.decisions, self.revocations, self.earlier, self.cycle.weights)

    @property
    def held(self) -> frozenset[str]:
        """The subjects whose results wait for the end of an objection; the others go on."""
        return frozenset(each.subject_id for each in self.objections if each.is_open)

    @property
    def standing(self) -> tuple[IssuedPaper, ...]:
        """The papers that went out and are neither void nor revoked."""
        return tuple(each for each in self.papers if each.state is PaperState.ISSUED)

    @property
    def is_told(self) -> bool:
        """Whether there is a 通报 of the results."""
        return any(each.kind == RESULTS_NOTICE for each in self.standing)

    @property
    def assessed(self) -> tuple[Subject, ...]:
        """Subjects that take part (R11)."""
        return tuple(subject for subject in self.subjects if not subject.barred)

    @property
    def issue_count(self) -> int:
        """What is to be checked over all raters: faulty marks, and stated totals that do not agree."""
        return sum(each.issue_count for each in self.progress)

    @property
    def uncounted_marks(self) -> int:
        """Marks of those who take part that are not counted because they are faulty."""
        barred = {subject.id for subject in self.subjects if subject.barred}
        return sum(
            bool(issue.indicator)
            for sheet in self.sheets
            if sheet.issues and sheet.subject_id not in barred
            for issue in sheet.issues
        )


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A cycle in a list to choose from."""

    year: int
    code: str
    title: str
    scheme_name: str
    state: CycleState


@dataclass(frozen=True, slots=True)
class ComputedYear:
    """What a computation gave: the view with the kept results, and awards, lists and money.

    `explain` makes the trace of the subject with an id; the results of `outcome` need not carry theirs, as
    all of them together take longer than everything else.
    """

    view: CycleView
    outcome: Outcome
    explain: Callable[[str], tuple[TraceStep, ...]] = field(repr=False, compare=False)

    def ordered(self) -> list[tuple[Subject, Result]]:
        """Subjects with their results in the order of a list (`place_in_list`)."""
        results = {each.subject_id: each for each in self.outcome.results}
        pairs = [(subject, results[subject.id]) for subject in self.view.subjects]
        return sorted(pairs, key=place_in_list)

    def explained(self, result: Result) -> Result:
        """A result with its trace."""
        return replace(result, trace=self.explain(result.subject_id))


def ranked_among(within: RankWithin, subject: Subject) -> str:
    """What subjects that are ranked together have in common; empty where all of them are."""
    if within is RankWithin.ALL:
        return ""
    return subject.category if within is RankWithin.CATEGORY else subject.kind


def place_in_list(pair: tuple[Subject, Result]) -> tuple[bool, bool, int, int, bool, int]:
    """Where a subject stands in a list: by rank, then those without one, at last those not assessed.

    Of equals those with an award stand before the others, the one with more money first.
    """
    subject, result = pair
    of_equals = -result.amount_fen, not result.award, subject.position
    return bool(subject.barred), result.rank == 0, result.rank, *of_equals


def remark_of(subject: Subject, result: Result) -> str:
    """What a list says beside a result: the award, or why there is no rank."""
    if result.award:
        return result.award
    if subject.barred:
        return f"不参评（{subject.barred}）"
    return "" if result.state is ResultState.COMPLETE else result.state.label
