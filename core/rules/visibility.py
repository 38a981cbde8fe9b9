"""What the raters of a stage may see of the others while marks come in."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.model.assessment import MARK_PLACES, ScoreSheet, Subject
from core.model.cycle_view import RaterProgress
from core.model.scheme import Rater, Scheme, Stage, Visible
from core.model.visibility import Seen, SeenStage, SeenSubject
from core.rules.exact import UNIT, Ratio, to_decimal
from core.rules.ranking import rank_finals
from core.rules.score_plan import Points, index_sheets, plan_categories
from core.rules.scoring import StageScore, score_stage

_CENTS = Decimal("0.01")


def may_see(stage: Stage, seen: Seen, *, own_delivered: bool) -> bool:
    """Whether a rater may see it now; `own_delivered` says that its own sheets are all handed in."""
    setting = seen.setting(stage)
    return setting is Visible.ALWAYS or (setting is Visible.AFTER_OWN and own_delivered)


def seen_by(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet], progress: RaterProgress
) -> SeenStage:
    """What the rater of this progress may see now; the scheme has the weights that the cycle chose.

    Totals, means and ranks are the engine's own (R2-R5, R8, R12), as if the stage were computed now: what is
    not there counts as the scheme says.
    """
    stage, rater = progress.stage, progress.rater
    delivered = progress.delivered == progress.expected
    shown = frozenset(each for each in Seen if may_see(stage, each, own_delivered=delivered))
    later = frozenset(each for each in Seen if may_see(stage, each, own_delivered=True))
    others = tuple(each for each in stage.raters if each.code != rater.code)
    taking_part = tuple(subject for subject in subjects if not subject.barred)
    scores = _scores(scheme, stage.code, taking_part, sheets) if shown else {}
    return SeenStage(
        stage=stage,
        rater=rater,
        own_delivered=delivered,
        shown=shown,
        waiting=later - shown,
        others=others,
        subjects=taking_part,
        seen=_seen(scheme, taking_part, scores, others, shown),
    )


def _scores(
    scheme: Scheme, code: str, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet]
) -> dict[str, StageScore]:
    """The score of each subject in this stage."""
    alone = replace(scheme, stages=(scheme.stage(code),))
    plans = plan_categories(alone, subjects, index_sheets(alone, sheets))
    return {
        subject.id: score_stage(scheme, plan, subject.id)
        for subject in subjects
        for plan in plans[subject.category]
    }


def _seen(
    scheme: Scheme,
    subjects: Sequence[Subject],
    scores: dict[str, StageScore],
    others: Sequence[Rater],
    shown: frozenset[Seen],
) -> dict[str, SeenSubject]:
    places = scheme.rounding.places
    rounded = {
        subject_id: score.value.rounded(places)
        for subject_id, score in scores.items()
        if score.value is not None
    }
    ranks = rank_finals(
        scheme, ((subject, rounded[subject.id]) for subject in subjects if subject.id in rounded)
    )
    means = {subject_id: to_decimal(value, places) for subject_id, value in rounded.items()}
    return {
        subject_id: SeenSubject(
            _totals(score, others, places) if Seen.SHEETS in shown else (),
            means.get(subject_id) if Seen.MEANS in shown else None,
            ranks[subject_id].number if Seen.RANKS in shown and subject_id in ranks else 0,
        )
        for subject_id, score in scores.items()
    }


def _totals(score: StageScore, others: Sequence[Rater], places: int) -> tuple[Decimal | None, ...]:
    """The totals of these raters that count; one without a weight for the subject has none."""
    totals = {plan.rater.code: total for plan, total in zip(score.plan.raters, score.totals, strict=True)}
    return tuple(_shown(totals.get(each.code), places) for each in others)


def _shown(total: Points | None, places: int) -> Decimal | None:
    """A sheet's total to its last digit, with two decimals at least; the mean of ballots rounded (R8)."""
    if total is None:
        return None
    if not isinstance(total, int):
        return to_decimal(Ratio(total.numerator, total.denominator * UNIT).rounded(places), places)
    exact = to_decimal(total, MARK_PLACES)
    short = exact.quantize(_CENTS)
    return short if short == exact else exact.normalize()
