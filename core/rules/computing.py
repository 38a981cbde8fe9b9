"""One computation step by step, each step made once and only when it is asked for.

Scores and grades stand for each subject alone; ranks, awards and lists compare them. A changed mark makes
its own subject anew and keeps the others.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, partial

from core.model.assessment import Entry, EntryKind, Result, ScoreSheet, Subject, TraceStep
from core.model.outcome import AwardFilling, Decided, GradeCount, NearEdge, Outcome
from core.model.scheme import Scheme
from core.model.settled import NOTHING_SETTLED, Settled
from core.rules.awarding import Contest, fill_awards
from core.rules.chosen_weights import with_weights
from core.rules.earlier_years import EarlierYears
from core.rules.grading import COMPLETE, GradeScale, Verdict, judge, shown_final
from core.rules.money import total_money
from core.rules.ranking import Rank, rank_subjects
from core.rules.result_notes import notes_of
from core.rules.score_plan import index_sheets, plan_categories
from core.rules.scoring import Limits, score_subject
from core.rules.settling import decide, revoke
from core.rules.support_lists import make_lists
from core.rules.tracing import Tracer


@dataclass(frozen=True)
class Computation:
    """Everything that follows from one set of inputs; `computed` are the verdicts before people decided.

    They stand by subject id, in the order of the subjects given; the inputs must have been checked.
    """

    scheme: Scheme
    computed: Mapping[str, Verdict]
    settled: Settled

    @classmethod
    def of(
        cls,
        scheme: Scheme,
        subjects: Sequence[Subject],
        sheets: Sequence[ScoreSheet],
        entries: Iterable[Entry],
        settled: Settled = NOTHING_SETTLED,
    ) -> "Computation":
        """The computation of these inputs."""
        weighted = with_weights(scheme, settled.weights)
        return cls(weighted, _judge_all(weighted, subjects, sheets, entries), settled)

    def changed(
        self, subject: Subject, sheets: Sequence[ScoreSheet], entries: Iterable[Entry]
    ) -> "Computation":
        """The same with other sheets or entries of one subject; these are all that it has now."""
        anew = _judge_all(self.scheme, [subject], sheets, entries)
        return Computation(self.scheme, {**self.computed, **anew}, self.settled)

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """Score, state and grade of each subject, as decided and revoked."""
        revoked = revoke(self.scheme, self._decided, self.settled.revocations)
        return {**self._decided, **revoked} if revoked else self._decided

    @cached_property
    def ranks(self) -> Mapping[str, Rank]:
        """The rank of each subject that has one."""
        return rank_subjects(self.scheme, self.verdicts.values())

    @cached_property
    def contests(self) -> tuple[Contest, ...]:
        """How the awards were filled; those who were revoked without anyone moving up still hold theirs."""
        void = {one.subject_id for one in self.settled.revocations if not (one.promote or one.lifted)}
        taking_part = {**self.verdicts, **{one: self._decided[one] for one in void}}
        return fill_awards(self.scheme, taking_part.values(), self.settled.decisions, self.years, void)

    @cached_property
    def near_edges(self) -> Mapping[str, NearEdge]:
        """Those just under a better grade."""
        scale = GradeScale(self.scheme)
        return {
            subject_id: edge
            for subject_id, verdict in self.verdicts.items()
            if verdict.state is COMPLETE
            if (edge := scale.near_edge(verdict.score))
        }

    @cached_property
    def shown(self) -> Callable[[int], Decimal]:
        """Finals as they are shown, each made once: they repeat."""
        return cache(partial(shown_final, self.scheme))

    @cached_property
    def years(self) -> EarlierYears:
        """The results of earlier years."""
        return EarlierYears(self.settled.earlier)

    def explain(self, subject_id: str) -> tuple[TraceStep, ...]:
        """The trace of one subject."""
        return self._tracer.explain(self.verdicts[subject_id])

    def results(self, cycle_id: str = "", *, trace: bool) -> tuple[Result, ...]:
        """The result of each subject, their ids empty."""
        held = {winner: contest.filling for contest in self.contests for winner in contest.filling.winners}
        waiting = {one for contest in self.contests for one in contest.filling.undecided}
        explain = self._tracer.explain if trace else lambda verdict: ()
        return tuple(
            _result(self, verdict, held.get(subject_id), subject_id in waiting, explain(verdict), cycle_id)
            for subject_id, verdict in self.verdicts.items()
        )

    def outcome(self, *, digest: str, cycle_id: str = "", trace: bool = True) -> Outcome:
        """All of it; `digest` is that of the inputs."""
        fillings = tuple(contest.filling for contest in self.contests)
        verdicts = tuple(self.verdicts.values())
        return Outcome(
            results=self.results(cycle_id, trace=trace),
            awards=fillings,
            lists=make_lists(self.scheme, verdicts, self.ranks, self.years),
            near_edges=tuple(self.near_edges.values()),
            grade_counts=_count_grades(self.scheme, verdicts),
            money_fen=total_money(fillings),
            budget_fen=self.scheme.budget_fen,
            digest=digest,
            decided=tuple(_decided(self.scheme, one) for one in verdicts if one.decisions),
        )

    @cached_property
    def _decided(self) -> Mapping[str, Verdict]:
        decided = decide(self.scheme, self.computed, self.settled.decisions)
        return {**self.computed, **decided} if decided else self.computed

    @cached_property
    def _tracer(self) -> Tracer:
        return Tracer(self.scheme, self.ranks, self.contests, self.years)


def _judge_all(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet], entries: Iterable[Entry]
) -> dict[str, Verdict]:
    plans = plan_categories(scheme, subjects, index_sheets(scheme, sheets))
    entries_of: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        # A veto that was lifted is told in the trace; a bonus or deduction is as if it had never been.
        if not entry.lifted or entry.kind is EntryKind.VETO:
            entries_of[entry.subject_id].append(entry)
    scale, limits = GradeScale(scheme), Limits.of(scheme)
    verdicts = {}
    for subject in subjects:
        own = tuple(entries_of[subject.id]) if subject.id in entries_of else ()
        stages = () if subject.barred else plans[subject.category]
        score = score_subject(scheme, limits, subject, stages, own)
        verdicts[subject.id] = judge(scheme, scale, score)
    return verdicts


def _result(
    whole: Computation,
    verdict: Verdict,
    award: AwardFilling | None,
    waits: bool,
    trace: tuple[TraceStep, ...],
    cycle_id: str,
) -> Result:
    final, subject_id = verdict.score.final, verdict.score.subject.id
    rank = whole.ranks.get(subject_id)
    return Result(
        "",
        cycle_id,
        subject_id,
        verdict.state,
        None if final is None else whole.shown(final),
        verdict.grade,
        rank.number if rank else 0,
        award.name if award else "",
        award.paid_fen if award else 0,
        notes_of(whole.scheme, verdict, whole.near_edges.get(subject_id), waits),
        trace,
    )


def _decided(scheme: Scheme, verdict: Verdict) -> Decided:
    final = verdict.computed_final
    shown = None if final is None else shown_final(scheme, final)
    return Decided(verdict.score.subject.id, shown, verdict.computed_band)


def _count_grades(scheme: Scheme, verdicts: Iterable[Verdict]) -> tuple[GradeCount, ...]:
    counts = Counter(verdict.grade for verdict in verdicts)
    return tuple(GradeCount(grade, counts[grade]) for grade in scheme.grades())
