"""What the engine refuses of decisions, revocations and chosen weights (R4, R15, R17)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from core.errors import Problem
from core.model.assessment import ChosenWeight, Subject
from core.model.condition import OPENED_ON, Fact
from core.model.decision import ABOUT_AWARDS, Decision, DecisionKind, Revocation
from core.model.scheme import Award, Rater, Scheme, plain
from core.model.settled import Settled
from core.rules.chosen_weights import with_weights
from core.rules.sections import nearest
from core.rules.weight_checks import check_weights

Subjects: TypeAlias = Mapping[str, Subject]


def bad_settled(scheme: Scheme, subjects: Sequence[Subject], settled: Settled) -> Iterator[Problem]:
    """Everything that cannot be carried out; what was lifted is not looked at."""
    known = {subject.id: subject for subject in subjects}
    decisions = [one for one in settled.decisions if not one.lifted]
    for decision in decisions:
        yield from _bad_decision(scheme, known, decision)
    yield from _against_each_other(known, decisions)
    yield from _bad_revocations(known, [one for one in settled.revocations if not one.lifted])
    yield from _bad_weights(scheme, settled.weights)
    yield from _undated(scheme, subjects)


def _bad_decision(scheme: Scheme, subjects: Subjects, decision: Decision) -> Iterator[Problem]:
    place = _place(subjects, decision)
    said = (decision.body, decision.decided_on, decision.persons, decision.reason)
    if not all(map(str.strip, said)):
        yield Problem(place, "决定没有写全", "请写明决定机构、日期、参加人员和理由")
    if decision.kind in ABOUT_AWARDS:
        yield from _bad_award(scheme, subjects, decision, place)
        return
    subject = subjects.get(decision.subject_id)
    if subject is None or subject.barred:
        yield Problem(place, "对象不在本次考核中，或不参评", "请从参评对象中选择")
    if decision.kind is DecisionKind.GRADE and decision.grade not in scheme.grades():
        yield Problem(place, f"没有“{decision.grade}”这个等次", nearest(decision.grade, scheme.grades()))
    if decision.score is not None or decision.kind is DecisionKind.SCORE:
        yield from _bad_score(scheme, decision, place)


def _bad_score(scheme: Scheme, decision: Decision, place: str) -> Iterator[Problem]:
    score, places = decision.score, scheme.rounding.places
    if (
        score is None
        or not score.is_finite()
        or not scheme.score_floor <= score <= scheme.score_cap
        or score != round(score, places)
    ):
        limits = f"{plain(scheme.score_floor)} 至 {plain(scheme.score_cap)}"
        yield Problem(
            place, f"得分“{'' if score is None else score}”不对", f"应在 {limits} 之间，最多 {places} 位小数"
        )


def _bad_award(scheme: Scheme, subjects: Subjects, decision: Decision, place: str) -> Iterator[Problem]:
    award = next((one for one in scheme.awards if one.code == decision.award), None)
    if award is None:
        codes = [one.code for one in scheme.awards]
        yield Problem(place, f"方案里没有“{decision.award}”这个奖项", nearest(decision.award, codes))
    elif award.per_category != bool(decision.category) and not _is_bare(award, subjects):
        yield Problem(place, "按类别评的奖项要写类别，其余不写", "请核对类别")
    if decision.kind is DecisionKind.TIE:
        order = decision.order
        if len(order) < 2 or len(set(order)) < len(order) or not subjects.keys() >= set(order):
            yield Problem(place, "先后的次序不对", "请把并列的对象每个写一次，排出先后")


def _is_bare(award: Award, subjects: Subjects) -> bool:
    """Whether an award by category also has subjects without one: their category is an empty text."""
    return award.per_category and any(not one.category for one in subjects.values())


def _against_each_other(subjects: Subjects, decisions: Iterable[Decision]) -> Iterator[Problem]:
    """Two decisions about the same: people must lift one, the program does not choose."""
    about = Counter((one.kind, one.subject_id, one.award, one.category) for one in decisions)
    for (kind, subject_id, award, category), times in about.items():
        if times > 1:
            name = subjects[subject_id].name if subject_id in subjects else f"{award}{category}"
            yield Problem(f"{kind.label}决定“{name}”", f"有 {times} 份", "请只留一份，其余先撤销")


def _bad_revocations(subjects: Subjects, revocations: Iterable[Revocation]) -> Iterator[Problem]:
    for subject_id, times in Counter(one.subject_id for one in revocations).items():
        subject = subjects.get(subject_id)
        if subject is None or subject.barred:
            yield Problem(
                f"撤销“{subject.name if subject else subject_id}”", "对象没有结果可撤销", "请核对对象"
            )
        elif times > 1:
            yield Problem(f"撤销“{subject.name}”", f"撤销了 {times} 次", "请只留一次")


def _bad_weights(scheme: Scheme, weights: Sequence[ChosenWeight]) -> Iterator[Problem]:
    for one in weights:
        place = f"本次选定的权重“{one.stage} {one.rater} {one.category}”".replace(" ”", "”")
        if scheme.rater(one.stage, one.rater) is None:
            yield Problem(place, "方案里没有这个环节或评分方", "请写方案里的代码")
        elif not _is_bounded(scheme.stage(one.stage).raters, one.category):
            yield Problem(place, "方案已定死这一环节的权重", "只有写“不低于”的环节可以选定权重")
    chosen = {one.stage for one in weights}
    for stage in with_weights(scheme, weights).stages:
        if stage.code in chosen:
            yield from check_weights(f"环节“{stage.name}”", stage.raters, stage.minimum_sheets)


def _is_bounded(raters: Iterable[Rater], category: str) -> bool:
    return any(rater.weight_for(category)[1] is not None for rater in raters)


def _undated(scheme: Scheme, subjects: Iterable[Subject]) -> Iterator[Problem]:
    """Penalties are counted back from the day on which the facts were frozen."""
    asks = any(
        condition.fact is Fact.LAST_PENALTY_ON and condition.years
        for award in scheme.awards
        for condition in award.conditions
    )
    missing = [one for one in subjects if one.fact(Fact.LAST_PENALTY_ON) and not one.fact(OPENED_ON)]
    if asks and missing:
        yield Problem(
            f"“{missing[0].name}”等 {len(missing)} 个对象",
            "没有冻结日期，算不出处罚过了几年",
            "请重新开启考核",
        )


def _place(subjects: Subjects, decision: Decision) -> str:
    subject = subjects.get(decision.subject_id)
    about = subject.name if subject else decision.award or decision.subject_id
    return f"{decision.kind.label}决定“{about}”"
