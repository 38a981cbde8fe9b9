"""Findings about a scheme that reads well but cannot work as written (scheme.md 4)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from core.errors import Problem
from core.model.assessment import Subject
from core.model.organization import Standing, Status
from core.model.scheme import (
    ChangeItem,
    Places,
    Scheme,
    Stage,
    TieKey,
    TieKeyKind,
    VetoEffect,
    plain,
)
from core.rules.amounts import yuan_figure
from core.rules.award_checks import check_awards, check_grades
from core.rules.awarding import concerns, parts_of, places_of
from core.rules.indicator_checks import check_indicators, nodes, twice
from core.rules.money import is_enough, lines_of
from core.rules.sections import nearest
from core.rules.weight_checks import check_weights

MOST_PLACES = 6
MOST_NOTICE_DAYS = 250
"""A year has no more working days."""


def check_scheme(scheme: Scheme) -> tuple[Problem, ...]:
    """Everything that is wrong, with place and remedy; the engine relies on a scheme without findings."""
    return (
        *_check_score(scheme),
        *_check_stages(scheme.stages),
        *_check_bands(scheme),
        *_check_vetoes(scheme),
        *_check_tie_keys(scheme),
        *_check_items(scheme),
        *check_awards(scheme),
        *_check_lists(scheme),
        *_check_money(scheme),
        *_check_path(scheme),
    )


def check_places(scheme: Scheme, subjects: Sequence[Subject]) -> tuple[Problem, ...]:
    """Awards with more places than there are subjects to fill them; for the opening of a cycle."""
    problems = []
    for award in scheme.awards:
        assessed = [one for one in subjects if not one.barred and concerns(award, one)]
        sizes = Counter(subject.category for subject in assessed)
        for category, size in sizes.items() if award.per_category else [("", len(assessed))]:
            places = places_of(award, size)
            if places is not None and places > size:
                where = f"（{category}）" if category else ""
                message = f"名额 {places} 个，参评对象只有 {size} 个"
                problems.append(Problem(f"奖项“{award.name}”{where}", message, "请减少名额"))
    return tuple(problems)


def _check_score(scheme: Scheme) -> Iterator[Problem]:
    if scheme.full <= 0:
        yield Problem("full", "满分不大于 0", "请写大于 0 的数，例如 full = 100")
    if not 0 <= scheme.score_floor < scheme.score_cap:
        yield Problem("[score]", "最低分、最高分不对", "应是 0 ≤ floor < cap")
    for key, value in (("bonus_cap", scheme.bonus_cap), ("deduction_cap", scheme.deduction_cap)):
        if value is not None and value < 0:
            yield Problem(f"[score]的 {key}", "小于 0", "请写不小于 0 的数，或删去（不限）")
    if not 0 <= scheme.rounding.places <= MOST_PLACES:
        yield Problem("[rounding]的 places", "小数位数不对", f"请写 0 至 {MOST_PLACES}")
    if scheme.edge_margin < 0:
        yield Problem("edge_margin", "小于 0", "请写不小于 0 的数")


def _check_stages(stages: Sequence[Stage]) -> Iterator[Problem]:
    yield from twice("环节", (stage.code for stage in stages), "代码")
    for stage in stages:
        place = f"环节“{stage.name}”"
        if stage.full <= 0 or stage.weight <= 0:
            yield Problem(place, "满分或权重不大于 0", "请写大于 0 的数")
        if stage.minimum_sheets < 1:
            yield Problem(place, "minimum_sheets 小于 1", "请写不小于 1 的整数，或删去（1 张）")
        if stage.starts_on and stage.ends_on and stage.ends_on < stage.starts_on:
            yield Problem(place, "结束早于开始", "请改 starts_on 或 ends_on")
        yield from check_weights(place, stage.raters, stage.minimum_sheets)
        yield from check_indicators(stage)
    dated = [stage for stage in stages if stage.starts_on]
    for before, after in pairwise(dated):
        if before.starts_on and after.starts_on and after.starts_on < before.starts_on:
            yield Problem(
                f"环节“{after.name}”", f"早于前面的“{before.name}”开始", "请按开始的先后排环节，或改日期"
            )


def _check_bands(scheme: Scheme) -> Iterator[Problem]:
    yield from twice("等次", scheme.grades(), "名称")
    for better, worse in pairwise(scheme.bands):
        if better.floor <= worse.floor:
            message = f"下限 {plain(worse.floor)}，不低于前面的“{better.name}”{plain(better.floor)}"
            yield Problem(f"等次“{worse.name}”", message, "请从高到低排，下限一档比一档低")
    highest = scheme.score_cap
    if scheme.bonus_cap is not None:
        highest = min(highest, scheme.full + scheme.bonus_cap)
    for band in scheme.bands:
        if scheme.rounding.places <= MOST_PLACES and round(band.floor, scheme.rounding.places) != band.floor:
            message = f"下限 {plain(band.floor)} 的小数比总分多，总分只保留 {scheme.rounding.places} 位"
            yield Problem(f"等次“{band.name}”", message, "请减少下限的小数位")
        if band.floor > highest:
            message = f"下限 {plain(band.floor)}，最高只能得 {plain(highest)}，谁也达不到"
            yield Problem(f"等次“{band.name}”", message, "请降低下限")
    if scheme.bands and scheme.bands[-1].floor <= scheme.score_floor:
        message = f"最后一档“{scheme.bands[-1].name}”已到最低分，谁也不会是“{scheme.below_name}”"
        yield Problem("below_name", message, "请提高最后一档的下限")


def _check_vetoes(scheme: Scheme) -> Iterator[Problem]:
    yield from twice("一票否决", (veto.code for veto in scheme.vetoes), "代码")
    yield from twice("一票否决", (veto.name for veto in scheme.vetoes), "名称")
    for veto in scheme.vetoes:
        place = f"一票否决“{veto.name}”"
        if veto.effect is VetoEffect.CAP:
            yield from check_grades(scheme, place, [veto.cap_grade])
        elif veto.cap_grade:
            yield Problem(place, "写了 cap_grade，作用却不是 cap", '请写 effect = "cap"，或删去 cap_grade')


def _check_tie_keys(scheme: Scheme) -> Iterator[Problem]:
    for number, key in enumerate(scheme.tie_keys, start=1):
        yield from _check_tie_key(scheme, f"第 {number} 项同分排序", key)


def _check_tie_key(scheme: Scheme, place: str, key: TieKey) -> Iterator[Problem]:
    wants_stage = key.kind in (TieKeyKind.STAGE, TieKeyKind.INDICATOR)
    if bool(key.stage) != wants_stage or bool(key.indicator) != (key.kind is TieKeyKind.INDICATOR):
        yield Problem(
            place, "写多了或写少了", "stage 一项只写 stage；indicator 一项写 stage 和 indicator；其余都不写"
        )
        return
    stage = next((stage for stage in scheme.stages if stage.code == key.stage), None)
    if wants_stage and stage is None:
        yield Problem(
            place, f"没有代码是“{key.stage}”的环节", nearest(key.stage, [one.code for one in scheme.stages])
        )
    elif stage is not None and key.indicator:
        codes = sorted({node.code for one in stage.indicator_sets for node in nodes(one.indicators)})
        if key.indicator not in codes:
            yield Problem(place, f"没有代码是“{key.indicator}”的指标", nearest(key.indicator, codes))


def _check_items(scheme: Scheme) -> Iterator[Problem]:
    for word, items in (("加分项目", scheme.bonuses), ("扣分项目", scheme.deductions)):
        yield from twice(word, (item.code for item in items), "代码")
        yield from twice(word, (item.name for item in items), "名称")
        for item in items:
            yield from _check_item(f"{word}“{item.name}”", item)


def _check_item(place: str, item: ChangeItem) -> Iterator[Problem]:
    if (item.points is None) != bool(item.levels):
        yield Problem(place, "分值写多了或写少了", "请写 points，或分级别写 levels，只写一种")
    yield from twice(place, (one.level for one in item.levels), "级别")
    worth = [one.points for one in item.levels] if item.points is None else [item.points]
    if any(points <= 0 for points in worth):
        yield Problem(place, "分值不大于 0", "加分、扣分都写大于 0 的数")
    if item.starts_on and item.ends_on and item.ends_on < item.starts_on:
        yield Problem(place, "结束早于开始", "请改 from 或 until")
    if item.at_most < 0:
        yield Problem(place, "at_most 小于 0", "请写最多计几次，或删去（不限）")


def _check_lists(scheme: Scheme) -> Iterator[Problem]:
    yield from twice("名单", (rule.code for rule in scheme.lists), "代码")
    for rule in scheme.lists:
        place = f"名单“{rule.name}”"
        yield from check_grades(scheme, place, rule.grades)
        if not rule.grades and not rule.last:
            yield Problem(place, "没有写列入的条件", "请写 grades（等次）或 last（最后几名）")
        if rule.last < 0 or rule.years < 1:
            yield Problem(place, "last 或 years 不对", "last 写最后几名，years 写连续几年（不小于 1）")


def _check_path(scheme: Scheme) -> Iterator[Problem]:
    if scheme.notice_days < 0:
        yield Problem("notice_days", "小于 0", "请写公示几个工作日，例如 notice_days = 5")
    if scheme.notice_days > MOST_NOTICE_DAYS:
        yield Problem("notice_days", f"大于 {MOST_NOTICE_DAYS}", "请写公示几个工作日，例如 notice_days = 5")
    if scheme.entry.minimum_months < 0:
        yield Problem("[entry]的 minimum_months", "小于 0", "请写满几个月才参评，或删去")
    yield from _unknown_words("standings", scheme.entry.standings, [one.label for one in Standing])
    yield from _unknown_words("statuses", scheme.entry.statuses, [one.label for one in Status])


def _unknown_words(key: str, words: Iterable[str], known: Sequence[str]) -> Iterator[Problem]:
    for word in words:
        if word not in known:
            yield Problem(f"[entry]的 {key}", f"不认识“{word}”", nearest(word, known))


def _check_money(scheme: Scheme) -> Iterator[Problem]:
    paid = [part for award in scheme.awards for part in parts_of(award) if part.amount_fen]
    if paid and scheme.budget_fen is None:
        yield Problem("budget_yuan", "奖项有奖金，却没有写预算", "请写 budget_yuan = 预算金额（元）")
    fixed = [award for award in paid if award.places is Places.NUMBER and not award.per_category]
    need = sum(sum(lines_of(award)) * int(award.number) for award in fixed if is_enough(award))
    if scheme.budget_fen is not None and need > scheme.budget_fen:
        message = f"名额全满要 {yuan_figure(need)} 元，预算只有 {yuan_figure(scheme.budget_fen)} 元"
        yield Problem("budget_yuan", message, "请提高预算，或减少名额、奖金")
