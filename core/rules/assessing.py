"""The engine: a pure function of scheme, subjects, sheets and entries."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.model.assessment import Entry, Result, ResultState, ScoreSheet, Subject
from core.model.outcome import AwardFilling, GradeCount, NearEdge, Outcome
from core.model.scheme import Scheme, VetoEffect
from core.rules.awarding import fill_awards
from core.rules.exact import plain
from core.rules.grading import Verdict, judge, near_edge, shown_final
from core.rules.input_checks import refuse_misfits
from core.rules.input_digest import digest_of
from core.rules.money import total_money
from core.rules.ranking import Rank, rank_subjects
from core.rules.score_plan import index_sheets, plan_categories
from core.rules.scoring import score_subject
from core.rules.support_lists import make_lists
from core.rules.tracing import Tracer


class _Standing(NamedTuple):
    """What all results together say about each: ranks, awards held, ties, near edges; by subject id."""

    ranks: Mapping[str, Rank]
    held: Mapping[str, AwardFilling]
    tied: Mapping[str, AwardFilling]
    edges: Mapping[str, NearEdge]


def assess(
    scheme: Scheme,
    subjects: Sequence[Subject],
    sheets: Sequence[ScoreSheet],
    entries: Sequence[Entry],
    *,
    cycle_id: str = "",
    trace: bool = True,
) -> Outcome:
    """Scores, grades, ranks, awards, lists and money; results in the order of `subjects`, their ids empty.

    The scheme must be checked (`read_scheme` does so). Without `trace` the results carry no steps.

    Raises:
        InvalidInput: a sheet or an entry does not fit the scheme or the subjects.
    """
    verdicts = judge_all(scheme, subjects, sheets, entries)
    ranks = rank_subjects(scheme, verdicts)
    contests = fill_awards(scheme, verdicts)
    fillings = tuple(contest.filling for contest in contests)
    edges = tuple(edge for verdict in verdicts if (edge := near_edge(scheme, verdict)))
    standing = _Standing(
        ranks=ranks,
        held={winner: filling for filling in fillings for winner in filling.winners},
        tied={waiting: filling for filling in fillings for waiting in filling.undecided},
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
        digest=digest_of(scheme.digest, subjects, sheets, entries),
    )


def judge_all(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet], entries: Sequence[Entry]
) -> tuple[Verdict, ...]:
    """Score and grade of every subject by itself, in the order given.

    Raises:
        InvalidInput: a sheet or an entry does not fit the scheme or the subjects.
    """
    index = index_sheets(sheets)
    plans = plan_categories(scheme, subjects, index)
    refuse_misfits(scheme, subjects, sheets, entries, index, plans)
    entries_of: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        entries_of[entry.subject_id].append(entry)
    return tuple(
        judge(
            scheme,
            score_subject(scheme, subject, plans[subject.category], tuple(entries_of.get(subject.id, ()))),
        )
        for subject in subjects
    )


def _result(
    scheme: Scheme, verdict: Verdict, standing: _Standing, tracer: Tracer | None, cycle_id: str
) -> Result:
    subject_id = verdict.score.subject.id
    rank = standing.ranks.get(subject_id)
    award = standing.held.get(subject_id)
    final = None if verdict.state is ResultState.NOT_ASSESSED else verdict.score.final
    return Result(
        id="",
        cycle_id=cycle_id,
        subject_id=subject_id,
        state=verdict.state,
        final=None if final is None else shown_final(scheme, final),
        grade=verdict.grade,
        rank=rank.number if rank else 0,
        award=award.name if award else "",
        amount_fen=award.amount_fen if award else 0,
        notes=_notes(verdict, standing),
        trace=tracer.explain(verdict) if tracer else (),
    )


def _notes(verdict: Verdict, standing: _Standing) -> tuple[str, ...]:
    subject = verdict.score.subject
    if verdict.state is ResultState.NOT_ASSESSED:
        return (f"不参评：{subject.barred}",)
    notes = [f"{_veto_word(verdict)}：{veto.reason}" for veto in verdict.vetoes]
    for stage in verdict.score.stages:
        if stage.value is None:
            notes.append(f"缺环节：{stage.plan.stage.name}")
        else:
            notes += [f"缺评分：{gap.rater.rater.name}（{gap.why}）" for gap in stage.gaps]
    if edge := standing.edges.get(subject.id):
        notes.append(f"距{edge.grade} {plain(edge.gap)} 分")
    if filling := standing.tied.get(subject.id):
        notes.append(f"并列待定：{filling.name}")
    return tuple(notes)


def _veto_word(verdict: Verdict) -> str:
    return "不得评奖" if verdict.effect is VetoEffect.BAR_AWARDS else "一票否决"


def _count_grades(scheme: Scheme, verdicts: Sequence[Verdict]) -> tuple[GradeCount, ...]:
    counts = Counter(verdict.grade for verdict in verdicts)
    return tuple(GradeCount(grade, counts[grade]) for grade in scheme.grades())
