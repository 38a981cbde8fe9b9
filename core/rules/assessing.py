"""The engine: a pure function of scheme, subjects, sheets and entries."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from core.model.assessment import ChosenWeight, Entry, Result, ResultState, ScoreSheet, Subject
from core.model.decision import Decision, Revocation
from core.model.earlier import EarlierResult
from core.model.outcome import AwardFilling, GradeCount, NearEdge, Outcome
from core.model.scheme import Scheme, VetoEffect, plain
from core.model.settled import Settled
from core.rules.awarding import fill_awards
from core.rules.grading import GradeScale, Verdict, judge, shown_final
from core.rules.input_checks import refuse_misfits
from core.rules.input_digest import digest_of
from core.rules.money import total_money
from core.rules.ranking import Rank, rank_subjects
from core.rules.score_plan import index_sheets, plan_categories
from core.rules.score_steps import gap_text, missing_raters
from core.rules.scoring import Limits, score_subject
from core.rules.support_lists import make_lists
from core.rules.tracing import Tracer

NOTHING_SETTLED = Settled()


@dataclass(frozen=True, slots=True)
class _Standing:
    """What all results together say about each: ranks, awards held, ties, near edges; by subject id."""

    ranks: Mapping[str, Rank]
    held: Mapping[str, AwardFilling]
    undecided: Set[str]
    edges: Mapping[str, NearEdge]


def assess(
    scheme: Scheme,
    subjects: Sequence[Subject],
    sheets: Sequence[ScoreSheet],
    entries: Sequence[Entry],
    *,
    decisions: Sequence[Decision] = (),
    revocations: Sequence[Revocation] = (),
    earlier: Sequence[EarlierResult] = (),
    weights: Sequence[ChosenWeight] = (),
    cycle_id: str = "",
    trace: bool = True,
) -> Outcome:
    """Scores, grades, ranks, awards, lists and money; results in the order of `subjects`, their ids empty.

    The scheme must be checked (`read_scheme` does so). Without `trace` the results carry no steps.

    Raises:
        InvalidInput: a sheet or an entry does not fit the scheme or the subjects.
    """
    refuse_misfits(scheme, subjects, sheets, entries)
    settled = Settled(tuple(decisions), tuple(revocations), tuple(earlier), tuple(weights))
    digest = digest_of(scheme.digest, subjects, sheets, entries, **settled._asdict())
    return compute(scheme, subjects, sheets, entries, settled, digest=digest, cycle_id=cycle_id, trace=trace)


def compute(
    scheme: Scheme,
    subjects: Sequence[Subject],
    sheets: Sequence[ScoreSheet],
    entries: Sequence[Entry],
    settled: Settled = NOTHING_SETTLED,
    *,
    digest: str,
    cycle_id: str = "",
    trace: bool = True,
) -> Outcome:
    """The same for input that was checked and digested before."""
    verdicts = _judge_all(scheme, subjects, sheets, entries)
    ranks = rank_subjects(scheme, verdicts)
    contests = fill_awards(scheme, verdicts)
    fillings = tuple(contest.filling for contest in contests)
    edges = _near_edges(scheme, verdicts)
    standing = _Standing(
        ranks=ranks,
        held={winner: filling for filling in fillings for winner in filling.winners},
        undecided={waiting for filling in fillings for waiting in filling.undecided},
        edges={edge.subject_id: edge for edge in edges},
    )
    tracer = Tracer(scheme, ranks, contests) if trace else None
    return Outcome(
        results=tuple(_result(scheme, verdict, standing, tracer, cycle_id) for verdict in verdicts),
        awards=fillings,
        lists=make_lists(scheme, verdicts),
        near_edges=edges,
        grade_counts=_count_grades(scheme, verdicts),
        money_fen=total_money(fillings),
        budget_fen=scheme.budget_fen,
        digest=digest,
    )


def _judge_all(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet], entries: Sequence[Entry]
) -> list[Verdict]:
    plans = plan_categories(scheme, subjects, index_sheets(sheets))
    entries_of: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        entries_of[entry.subject_id].append(entry)
    scale, limits = GradeScale(scheme), Limits.of(scheme)
    verdicts = []
    for subject in subjects:
        own = tuple(entries_of[subject.id]) if subject.id in entries_of else ()
        stages = () if subject.barred else plans[subject.category]
        score = score_subject(scheme, limits, subject, stages, own)
        verdicts.append(judge(scheme, scale, score))
    return verdicts


def _near_edges(scheme: Scheme, verdicts: Sequence[Verdict]) -> tuple[NearEdge, ...]:
    scale = GradeScale(scheme)
    return tuple(
        edge
        for verdict in verdicts
        if verdict.state is ResultState.COMPLETE
        if (edge := scale.near_edge(verdict.score))
    )


def _result(
    scheme: Scheme, verdict: Verdict, standing: _Standing, tracer: Tracer | None, cycle_id: str
) -> Result:
    score, state = verdict.score, verdict.state
    subject_id = score.subject.id
    rank = standing.ranks.get(subject_id)
    award = standing.held.get(subject_id)
    return Result(
        "",
        cycle_id,
        subject_id,
        state,
        None if score.final is None else shown_final(scheme, score.final),
        verdict.grade,
        rank.number if rank else 0,
        award.name if award else "",
        award.amount_fen if award else 0,
        _notes(verdict, standing),
        tracer.explain(verdict) if tracer else (),
    )


def _notes(verdict: Verdict, standing: _Standing) -> tuple[str, ...]:
    score, subject_id = verdict.score, verdict.score.subject.id
    if verdict.state is ResultState.NOT_ASSESSED:
        return (f"不参评：{score.subject.barred}",)
    notes = []
    if verdict.vetoes:
        notes = [f"{_veto_word(verdict)}：{veto.reason}" for veto in verdict.vetoes]
    for stage in score.stages:
        if stage.value is None:
            notes.append(f"缺环节：{stage.plan.stage.name}")
        elif None in stage.totals:
            notes += [
                f"缺{rater.rater.name}评分：{gap_text(stage.plan, rater.sheets.get(subject_id))}"
                for rater in missing_raters(stage)
            ]
    if edge := standing.edges.get(subject_id):
        notes.append(f"距{edge.grade} {plain(edge.gap)}")
    if subject_id in standing.undecided:
        notes.append("并列待定")
    return tuple(notes)


def _veto_word(verdict: Verdict) -> str:
    return "不得评奖" if verdict.effect is VetoEffect.BAR_AWARDS else "一票否决"


def _count_grades(scheme: Scheme, verdicts: Sequence[Verdict]) -> tuple[GradeCount, ...]:
    counts = Counter(verdict.grade for verdict in verdicts)
    return tuple(GradeCount(grade, counts[grade]) for grade in scheme.grades())
