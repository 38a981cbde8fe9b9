"""Findings about the weights of raters (R4, scheme.md 4)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.errors import Problem
from core.model.scheme import Rater, plain
from core.rules.indicator_checks import twice

WHOLE = Decimal(100)


def check_weights(place: str, raters: Sequence[Rater], minimum_sheets: int) -> Iterator[Problem]:
    """Weights that are missing, do not add up, or lie below their bound; in every category."""
    yield from twice(f"{place}的评分方", (rater.code for rater in raters), "代码")
    yield from twice(f"{place}的评分方", (rater.name for rater in raters), "名称")
    for rater in raters:
        if rater.minimum_ballots < 1 or (rater.minimum_ballots > 1 and not rater.ballots):
            message = f"“{rater.name}”的 minimum_ballots 不对"
            yield Problem(place, message, "有 ballots = true 才写，不小于 1")
    categories = dict.fromkeys(own.category for rater in raters for own in rater.category_weights)
    for category in ("", *categories):
        where = f"{place}的权重（{category}）" if category else f"{place}的权重"
        weights = [rater.weight_for(category) for rater in raters]
        total = sum((weight for weight, _ in weights), Decimal(0))
        if total <= 0 or any(weight < 0 for weight, _ in weights):
            yield Problem(where, "有负数，或全部是 0", "请给评分方写大于 0 的权重")
            continue
        weighing = sum(weight > 0 for weight, _ in weights)
        if minimum_sheets > weighing:
            message = f"至少要 {minimum_sheets} 张评分表，有权重的评分方有 {weighing} 个"
            yield Problem(where, message, "请减小 minimum_sheets")
        bounded = [bound for _, bound in weights if bound is not None]
        if bounded and total != WHOLE:
            yield Problem(where, f"有“不低于”的要求，合计却是 {plain(total)}", "请使合计等于 100")
        for rater, (weight, bound) in zip(raters, weights, strict=True):
            if bound is not None and weight / total * WHOLE < bound:
                message = f"“{rater.name}”占 {plain(weight)}，要求不低于 {plain(bound)}"
                yield Problem(where, message, "请提高这一权重")
