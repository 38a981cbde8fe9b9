"""What decides between equal finals (R14): never name, number or row."""

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from core.model.scheme import Indicator, Scheme, TieKey, TieKeyKind
from core.rules.exact import UNIT, Ratio, figure, units_text
from core.rules.scoring import StageScore, SubjectScore

SortValue: TypeAlias = tuple[int, Fraction, str]
"""Smaller stands first; a missing value is (1, 0, "") and so stands last."""

MISSING: SortValue = (1, Fraction(0), "")


class TieValue(NamedTuple):
    """One key of one subject: what it is called, what it says, how it sorts."""

    label: str
    text: str
    order: SortValue


def tie_values(scheme: Scheme, score: SubjectScore) -> tuple[TieValue, ...]:
    """The values of a subject for all tie keys, in the scheme's order."""
    return tuple(_value(scheme, key, score) for key in scheme.tie_keys)


def _value(scheme: Scheme, key: TieKey, score: SubjectScore) -> TieValue:
    if key.kind is TieKeyKind.STAGE:
        stage = _stage_of(score, key.stage)
        return _higher(f"{stage.plan.stage.name}得分", stage.value.fraction() if stage.value else None)
    if key.kind is TieKeyKind.INDICATOR:
        stage = _stage_of(score, key.stage)
        indicator = _find(stage.plan.stage.indicators(score.subject.category), key.indicator)
        name = indicator.name if indicator else key.indicator
        return _higher(f"{name}加权平均分", _indicator_mean(stage, indicator) if indicator else None)
    if key.kind is TieKeyKind.FEWER_DEDUCTIONS:
        text = units_text(score.deductions)
        return TieValue("扣分合计（少者在前）", text, (0, Fraction(score.deductions), ""))
    if key.kind is TieKeyKind.MORE_BONUS:
        return _higher("加分合计", Fraction(score.bonus, UNIT))
    if key.kind is TieKeyKind.EARLIER_FILING:
        return _filing(score.subject.filed_on)
    return _higher("取整前总分", score.raw.fraction() if score.raw else None)


def _higher(label: str, value: Fraction | None) -> TieValue:
    if value is None:
        return TieValue(label, "缺", MISSING)
    return TieValue(label, figure(value), (0, -value, ""))


def _filing(filed_on: str) -> TieValue:
    """A date without day or month counts as its last day: vagueness must not win."""
    label = "备案时间（早者在前）"
    if not filed_on:
        return TieValue(label, "缺", MISSING)
    last = filed_on + "-12-31"[len(filed_on) - 4 :] if len(filed_on) < len("2019-03-05") else filed_on
    return TieValue(label, filed_on, (0, Fraction(0), last))


def _stage_of(score: SubjectScore, code: str) -> StageScore:
    return next(stage for stage in score.stages if stage.plan.stage.code == code)


def _find(trees: tuple[Indicator, ...], code: str) -> Indicator | None:
    for tree in trees:
        if tree.code == code:
            return tree
        if found := _find(tree.children, code):
            return found
    return None


def _indicator_mean(stage: StageScore, indicator: Indicator) -> Fraction | None:
    """The weighted mean of what the valid sheets gave an indicator; a parent is the sum of its leaves."""
    wanted = {leaf.code for leaf in indicator.leaves()}
    columns = [column for column, leaf in enumerate(stage.plan.leaves) if leaf.code in wanted]
    over = under = 0
    for rater, sheet, _ in stage.sheets:
        if sheet is not None:
            over += rater.weight * sum(sheet.marks[column] or 0 for column in columns)
            under += rater.weight
    return Ratio(over, under * UNIT).fraction() if under else None
