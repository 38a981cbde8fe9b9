"""What decides between equal finals (R14): never name, number or row."""

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from core.model.scheme import Indicator, Scheme, TieKey, TieKeyKind
from core.rules.exact import UNIT, figure, units_text
from core.rules.score_plan import valid_sheets
from core.rules.scoring import StageScore, SubjectScore, missing_is_zero
from core.rules.vague_days import last_day

SortValue: TypeAlias = tuple[int, Fraction, str]
"""Smaller stands first; a missing value is (1, 0, "") and so stands last."""

_LABELS = {
    TieKeyKind.FEWER_DEDUCTIONS: "扣分合计（少者在前）",
    TieKeyKind.MORE_BONUS: "加分合计",
    TieKeyKind.EARLIER_FILING: "备案时间（早者在前）",
    TieKeyKind.RAW: "取整前总分",
}
MISSING: SortValue = (1, Fraction(0), "")


class TieValue(NamedTuple):
    """One key of one subject: what it is called, what it says, how it sorts."""

    label: str
    text: str
    order: SortValue


def tie_values(scheme: Scheme, score: SubjectScore) -> tuple[TieValue, ...]:
    """The values of a subject for all tie keys, in the scheme's order."""
    return tuple(_value(scheme, key, score) for key in scheme.tie_keys)


def key_label(scheme: Scheme, key: TieKey) -> str:
    """What a key is called: 居民满意度加权平均分."""
    if key.kind is TieKeyKind.STAGE:
        return f"{scheme.stage(key.stage).name}得分"
    if key.kind is TieKeyKind.INDICATOR:
        sets = scheme.stage(key.stage).indicator_sets
        found = (_find(one.indicators, key.indicator) for one in sets)
        return f"{next((one.name for one in found if one), key.indicator)}加权平均分"
    return _LABELS[key.kind]


def _value(scheme: Scheme, key: TieKey, score: SubjectScore) -> TieValue:
    label = key_label(scheme, key)
    if key.kind is TieKeyKind.FEWER_DEDUCTIONS:
        return TieValue(label, units_text(score.deductions), (0, Fraction(score.deductions), ""))
    if key.kind is TieKeyKind.EARLIER_FILING:
        return _filing(label, score.subject.filed_on)
    value = _amount(scheme, key, score)
    if value is None:
        return TieValue(label, "缺", MISSING)
    return TieValue(label, figure(value), (0, -value, ""))


def _amount(scheme: Scheme, key: TieKey, score: SubjectScore) -> Fraction | None:
    """What stands first when it is higher."""
    if key.kind is TieKeyKind.MORE_BONUS:
        return Fraction(score.bonus, UNIT)
    if key.kind is TieKeyKind.RAW:
        return score.raw.fraction() if score.raw else None
    stage = next(stage for stage in score.stages if stage.plan.stage.code == key.stage)
    if stage.value is None:
        return None
    if key.kind is TieKeyKind.STAGE:
        return stage.value.fraction()
    indicator = _find(stage.plan.stage.indicators(score.subject.category), key.indicator)
    return _indicator_mean(scheme, score.subject.id, stage, indicator) if indicator else None


def _filing(label: str, filed_on: str) -> TieValue:
    if not filed_on:
        return TieValue(label, "缺", MISSING)
    return TieValue(label, filed_on, (0, Fraction(0), last_day(filed_on)))


def _find(trees: tuple[Indicator, ...], code: str) -> Indicator | None:
    for tree in trees:
        if tree.code == code:
            return tree
        if found := _find(tree.children, code):
            return found
    return None


def _indicator_mean(scheme: Scheme, subject_id: str, stage: StageScore, indicator: Indicator) -> Fraction:
    """The weighted mean of an indicator over the sheets that count; a parent is the sum of its leaves."""
    wanted = {leaf.code for leaf in indicator.leaves()}
    columns = [column for column, leaf in enumerate(stage.plan.leaves) if leaf.code in wanted]
    over, under = Fraction(0), 0
    for rater, total in zip(stage.plan.raters, stage.totals, strict=True):
        if total is not None:
            sheets = valid_sheets(rater, subject_id, scheme.incomplete_sheet)
            marks = sum(sheet.marks[column] or 0 for sheet in sheets for column in columns)
            over += Fraction(rater.weight * marks, len(sheets))
        elif not missing_is_zero(scheme, rater, subject_id):
            continue
        under += rater.weight
    return Fraction(over, under * UNIT)
