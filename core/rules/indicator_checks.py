"""Findings about indicator trees (scheme.md 4)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from core.errors import Problem
from core.model.scheme import Indicator, IndicatorSet, LeafKind, Stage, plain

_OWN_KEYS = {
    "step": LeafKind.POINTS,
    "choices": LeafKind.OPTIONS,
    "thresholds": LeafKind.STEPS,
    "unit": LeafKind.COUNT,
    "target": LeafKind.RATE,
}


def check_indicators(stage: Stage) -> Iterator[Problem]:
    """Sums per category, unique codes and names, what each kind of leaf needs."""
    place = f"环节“{stage.name}”"
    named = Counter(category for one in stage.indicator_sets for category in one.categories)
    for category, times in named.items():
        if times > 1:
            yield Problem(f"{place}类别“{category}”", "有几套指标", "每个类别只留一套")
    for indicator_set in stage.indicator_sets:
        yield from _check_set(stage, indicator_set)


def twice(place: str, words: Iterable[str], what: str) -> Iterator[Problem]:
    """Words that stand more than once where each must be unique."""
    for word, times in Counter(words).items():
        if times > 1:
            yield Problem(place, f"{what}“{word}”用了 {times} 次", f"请让每个{what}各不相同")


def nodes(trees: Iterable[Indicator]) -> Iterator[Indicator]:
    """All nodes of some trees, parents before children."""
    for tree in trees:
        yield tree
        yield from nodes(tree.children)


def _check_set(stage: Stage, indicator_set: IndicatorSet) -> Iterator[Problem]:
    for_whom = f"（{'、'.join(indicator_set.categories)}）" if indicator_set.categories else ""
    place = f"环节“{stage.name}”的指标{for_whom}"
    tree = list(nodes(indicator_set.indicators))
    yield from twice(place, (node.code for node in tree), "代码")
    yield from twice(place, (node.name for node in tree if not node.children), "名称")
    total = sum((one.full for one in indicator_set.indicators), Decimal(0))
    if total != stage.full:
        yield Problem(
            place,
            f"各项满分合计 {plain(total)}，环节满分 {plain(stage.full)}",
            "请改各项满分或环节满分，使两者相等",
        )
    for node in tree:
        yield from _check_node(f"{place}“{node.name}”", node)


def _check_node(place: str, node: Indicator) -> Iterator[Problem]:
    if node.full <= 0:
        yield Problem(place, f"满分是 {plain(node.full)}", "满分应大于 0")
    if node.children:
        total = sum((child.full for child in node.children), Decimal(0))
        if total != node.full:
            yield Problem(place, f"下级满分合计 {plain(total)}，本级 {plain(node.full)}", "请使两者相等")
        if node.kind is not LeafKind.POINTS or any(getattr(node, key) for key in _OWN_KEYS):
            yield Problem(place, "有下级，自己不计分，却写了计分方式", "请删去 kind 等计分的键，或删去下级")
        return
    yield from _check_keys(place, node)
    yield from _check_kind(place, node)


def _check_keys(place: str, leaf: Indicator) -> Iterator[Problem]:
    """Keys that would be passed over without a word, and a step that cannot be taken."""
    for key, kind in _OWN_KEYS.items():
        if getattr(leaf, key) and leaf.kind is not kind:
            message = f"写了 {key}，计分方式却是 {leaf.kind.value}"
            yield Problem(place, message, f'请写 kind = "{kind.value}"，或删去 {key}')
    if leaf.step is not None and leaf.step <= 0:
        yield Problem(place, "step 不大于 0", "请写大于 0 的数，或删去 step")
    elif leaf.step and leaf.full % leaf.step:
        message = f"每档 {plain(leaf.step)} 分，给不出满分 {plain(leaf.full)}"
        yield Problem(place, message, "请使满分是 step 的整数倍")


def _check_kind(place: str, leaf: Indicator) -> Iterator[Problem]:
    """What the kind of a leaf asks for."""
    if leaf.kind is LeafKind.COUNT and not (leaf.unit and leaf.unit > 0):
        yield Problem(place, "按次计分没有写每次几分", "请写 unit = 每次的分值")
    if leaf.kind is LeafKind.RATE and not (leaf.target and leaf.target > 0):
        yield Problem(place, "按比率计分没有写目标", "请写 target，例如 target = 0.95")
    if leaf.kind is LeafKind.OPTIONS and not leaf.choices:
        yield Problem(place, "按选项计分没有写选项", "请写 choices，每项有 name 和 points")
    if leaf.kind is LeafKind.STEPS and not leaf.thresholds:
        yield Problem(place, "按档次计分没有写档次", "请写 thresholds，每档有 at_least 和 points")
    for above, below in pairwise(leaf.thresholds):
        if above.at_least <= below.at_least:
            yield Problem(place, "档次没有从高到低排", "请按 at_least 从大到小写")
    named = leaf.possible_points() or ()
    if any(not 0 <= points <= leaf.full for points in named):
        yield Problem(place, f"有的分值不在 0 至 {plain(leaf.full)} 之间", "请改分值或满分")
    elif named and leaf.full not in named:
        yield Problem(place, f"没有一项能得满分 {plain(leaf.full)}", "请改分值或满分")
