"""From sheets to the final score (R2-R8), exact to the last digit."""

from collections.abc import Sequence
from decimal import Decimal
from operator import mul
from typing import NamedTuple

from core.model.assessment import Entry, EntryKind, Subject
from core.model.scheme import Aggregate, MissingRater, MissingStage, Scheme
from core.rules.exact import UNIT, Ratio, to_units
from core.rules.score_plan import Points, RaterPlan, StagePlan, Totals

TRIMMED_FROM = 5
"""From this many sheets on, `trimmed` drops the highest and the lowest (R4)."""


class StageScore(NamedTuple):
    """A stage of one subject; `totals` follow the raters, None for a missing sheet (R5).

    `value` is in points of the scheme (R3), None where the stage is missing.
    """

    plan: StagePlan
    totals: Totals
    value: Ratio | None


class SubjectScore(NamedTuple):
    """The whole way of one subject to its final; `final` is in units of the scheme's last shown place.

    `bonus` and `deductions` are the sums before their caps, in 10⁻⁶ points.
    """

    subject: Subject
    stages: tuple[StageScore, ...]
    base: Ratio | None
    bonus: int
    deductions: int
    raw: Ratio | None
    final: int | None
    entries: tuple[Entry, ...]


class Term(NamedTuple):
    """What one rater adds to a stage: its total, or the 0 that the scheme puts for a missing sheet."""

    rater: RaterPlan
    total: Points


class Terms(NamedTuple):
    """The terms of a stage that count, and whether by their weights."""

    terms: tuple[Term, ...]
    weighted: bool

    def mean(self) -> Ratio:
        """Their mean, in points of the stage."""
        over: Points = 0
        under = 0
        for rater, total in self.terms:
            weight = rater.weight if self.weighted else 1
            over += weight * total
            under += weight
        return Ratio(over.numerator, over.denominator * under * UNIT)


class Limits(NamedTuple):
    """Within what the raw score is held, in 10⁻⁶ points (R7); `wide` if no base can lie outside."""

    low: int
    high: int
    wide: bool

    @classmethod
    def of(cls, scheme: Scheme) -> "Limits":
        """Floor and cap of a scheme."""
        low, high = to_units(scheme.score_floor), to_units(scheme.score_cap)
        # A base that was rounded itself may lie above the full mark: 99.5 at 0 decimals.
        wide = low <= 0 and high >= to_units(scheme.full) and not scheme.rounding.each_stage
        return cls(low, high, wide)

    def hold(self, raw: Ratio) -> Ratio:
        """The nearest score within the limits."""
        over = raw.over * UNIT
        if over < self.low * raw.under:
            return Ratio(self.low, UNIT)
        return Ratio(self.high, UNIT) if over > self.high * raw.under else raw


def score_subject(
    scheme: Scheme,
    limits: Limits,
    subject: Subject,
    plans: Sequence[StagePlan],
    entries: tuple[Entry, ...],
) -> SubjectScore:
    """What a subject reaches; base, raw and final are None where a stage is missing that must not be."""
    stages = tuple([score_stage(scheme, plan, subject.id) for plan in plans])
    base = stages[0].value if len(stages) == 1 else _base(scheme, stages)
    bonus = deductions = 0
    if entries:
        bonus, deductions = _sum(entries, EntryKind.BONUS), _sum(entries, EntryKind.DEDUCTION)
    if base is None:
        return SubjectScore(subject, stages, None, bonus, deductions, None, None, entries)
    raw = base
    if entries or not limits.wide:
        raw = limits.hold(changed(scheme, base, bonus, deductions))
    final = raw.rounded(scheme.rounding.places)
    return SubjectScore(subject, stages, base, bonus, deductions, raw, final, entries)


def score_stage(scheme: Scheme, plan: StagePlan, subject_id: str) -> StageScore:
    """One stage of one subject (R3-R5)."""
    totals = plan.totals[subject_id]
    if plan.straight and None not in totals:
        over: int = sum(map(mul, plan.weights, totals))
        return StageScore(plan, totals, Ratio(over * plan.factor, plan.under))
    if len(totals) - totals.count(None) < plan.stage.minimum_sheets:
        return StageScore(plan, totals, None)
    mean = stage_terms(scheme, plan, subject_id, totals).mean()
    return StageScore(plan, totals, _stage_rounded(scheme, scaled(plan, mean)))


def stage_terms(scheme: Scheme, plan: StagePlan, subject_id: str, totals: Totals) -> Terms:
    """The terms that count: missing sheets are left out or 0, extremes dropped (R4, R5)."""
    terms = []
    for rater, total in zip(plan.raters, totals, strict=True):
        if total is not None:
            terms.append(Term(rater, total))
        elif missing_is_zero(scheme, rater, subject_id):
            terms.append(Term(rater, 0))
    aggregate = plan.stage.aggregate
    if aggregate is Aggregate.MEAN or (aggregate is Aggregate.TRIMMED and len(terms) < TRIMMED_FROM):
        return Terms(tuple(terms), True)
    terms.sort(key=lambda term: term.total)
    if aggregate is Aggregate.TRIMMED:
        return Terms(tuple(terms[1:-1]), False)
    middle = (len(terms) - 1) // 2
    return Terms(tuple(terms[middle : len(terms) - middle]), False)


def missing_is_zero(scheme: Scheme, rater: RaterPlan, subject_id: str) -> bool:
    """Whether a rater without a valid sheet for this subject counts as 0 (R5); a recused one never."""
    return scheme.missing_rater is MissingRater.ZERO and rater.recusal(subject_id) is None


def scaled(plan: StagePlan, mean: Ratio) -> Ratio:
    """A stage's mean in points of the scheme (R3)."""
    if plan.full == plan.scheme_full:
        return mean
    return Ratio(mean.over * plan.scheme_full, mean.under * plan.full)


def _stage_rounded(scheme: Scheme, value: Ratio) -> Ratio:
    if not scheme.rounding.each_stage:
        return value
    places = scheme.rounding.places
    return Ratio(value.rounded(places), int(10**places))


def _base(scheme: Scheme, stages: Sequence[StageScore]) -> Ratio | None:
    exact = exact_base(scheme, stages)
    return None if exact is None else _stage_rounded(scheme, exact)


def exact_base(scheme: Scheme, stages: Sequence[StageScore]) -> Ratio | None:
    """Weighted mean of the stages (R6), with the scheme's answer to missing ones (R5)."""
    if all(stage.value is None for stage in stages):
        return None
    over, under, weights = 0, 1, 0
    for stage in stages:
        if stage.value is None and scheme.missing_stage is MissingStage.BLOCK:
            return None
        if stage.value is None and scheme.missing_stage is MissingStage.RENORMALISE:
            continue
        value = stage.value or Ratio(0, 1)
        over = over * value.under + stage.plan.weight * value.over * under
        under *= value.under
        weights += stage.plan.weight
    return Ratio(over, under * weights)


def _sum(entries: Sequence[Entry], kind: EntryKind) -> int:
    return sum(to_units(entry.points) for entry in entries if entry.kind is kind and entry.points is not None)


def changed(scheme: Scheme, base: Ratio, bonus: int, deductions: int) -> Ratio:
    """Base with bonus and deductions, each up to its cap (R7)."""
    if not (bonus or deductions):
        return base
    change = capped(bonus, scheme.bonus_cap) - capped(deductions, scheme.deduction_cap)
    return Ratio(base.over * UNIT + change * base.under, base.under * UNIT)


def capped(units: int, cap: Decimal | None) -> int:
    """The part of a sum of bonuses or deductions that counts."""
    return units if cap is None else min(units, to_units(cap))
