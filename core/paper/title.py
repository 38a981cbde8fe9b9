"""Titles parted by words into a trapezium or a diamond (GB/T 9704, 7.3.1)."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import comb, inf

from core.paper.fonts import FontLibrary, Role
from core.paper.grid import TITLE_WIDEST, TYPE_WIDTH

_IDEAL_SHAPE = 0.75
"""Shortest by longest line of a title that is neither a rectangle nor a spike."""
_TORN, _BAD_SHAPE, _ONE_MORE_LINE = 100, 10, 1
_KINDS = (
    *("决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知书", "通知", "通报", "报告", "请示"),
    *("批复", "议案", "函", "纪要", "公示", "告知书"),
)
"""What a title ends with, and what never stands alone on its last line."""
_LONGEST_GROUP = TYPE_WIDTH
_SAME = 1e-6
_MOST_OFF = 0.4
"""Share by which a line may be longer or shorter than its shape wants it."""
_MOST_WAYS = 5000
"""So many ways to write a title are all looked at, of more only those near a good shape."""
_PARTS = re.compile(
    rf"(?:的(?:{'|'.join(_KINDS)})|(?:以及|[和与及等的])?(?:"
    r"《[^《》]{1,12}》|[!-~]+(?:年度|年|月|日|号)?|[〇一二三四五六七八九十]+年度?|"
    r"关于|街道|办事处|居民委员会|管理|委员会|领导小组|推进组|社会组织|社区|年度|考核|评定|评选|评估|结果|"
    r"工作|活动|服务|建设|培育|发展|规范化?|实施|方案|办法|开展|成立|调整|公示|公告|通报|通知|表扬|表彰|先进|"
    r"集体|个人|单位|重点|扶持|补助|资金|发放|事项|相关|有关|进一步|加强|做好|推进|落实|确定|监督|印发|转发|"
    r"备案|登记|整改|督办|名单|聘任|品牌|专项|.))[，、]*",
    re.DOTALL,
)
"""Words of titles: what cuts a group that is too long for a line."""


def title_lines(groups: Sequence[str], size: float, fonts: FontLibrary) -> tuple[str, ...]:
    """The title in as few lines as fit, parted between word groups only, in the best shape there is.

    One line more is taken if only that gives a trapezium or a diamond. A group longer than a line is cut
    into the words it is made of.
    """
    words = [word for group in groups for word in _words(group, size, fonts)]
    widths = [fonts.width(word, Role.TITLE, size) for word in words]
    if not words:
        return ()
    widest = max(TITLE_WIDEST, *widths)
    best: tuple[float, tuple[str, ...]] | None = None
    for count in range(1, len(words) + 1):
        found = _best(words, widths, count, widest, size)
        if found and (best is None or found[0] + _ONE_MORE_LINE < best[0]):
            best, again = found, best is None
        else:
            again = best is None
        if best and (best[0] < _BAD_SHAPE or not again):
            break
    return best[1] if best else tuple(words)


def _words(group: str, size: float, fonts: FontLibrary) -> Sequence[str]:
    if fonts.width(group, Role.TITLE, size) <= _LONGEST_GROUP:
        return (group,)
    return _PARTS.findall(group)


def _best(
    words: Sequence[str], widths: Sequence[float], count: int, widest: float, size: float
) -> tuple[float, tuple[str, ...]] | None:
    """The least ugly way to write the words in so many lines, and how ugly it is."""
    few = comb(len(words) - 1, count - 1) <= _MOST_WAYS
    partings = _partings(widths, count, widest) if few else _shapely_partings(words, widths, count, widest)
    ways = (
        (_ugliness(lines, room, size), lines)
        for edges in partings
        for lines, room in [_written(words, widths, edges)]
    )
    return min(ways, key=lambda way: way[0], default=None)


def _partings(
    widths: Sequence[float], count: int, widest: float, start: int = 0
) -> Iterator[tuple[int, ...]]:
    """Where the lines end, for every way to write the words from `start` on in so many lines that fit."""
    left = list(accumulate(reversed(widths[start:]), initial=0.0))[::-1]
    if count == 1:
        if left[0] <= widest:
            yield (len(widths),)
        return
    width = 0.0
    for end in range(start + 1, len(widths) - count + 2):
        width += widths[end - 1]
        if width > widest:
            return
        if left[end - start] <= (count - 1) * widest:
            yield from ((end, *rest) for rest in _partings(widths, count - 1, widest, end))


def _shapely_partings(
    words: Sequence[str], widths: Sequence[float], count: int, widest: float
) -> Iterator[tuple[int, ...]]:
    """For each line that could be the longest, where the lines end that come nearest to such a shape."""
    total = sum(widths)
    shapes = [
        [1 - (1 - _IDEAL_SHAPE) * abs(n - peak) / max(peak, count - 1 - peak, 1) for n in range(count)]
        for peak in range(count)
    ]
    wanted = [[total * each / sum(shape) for each in shape] for shape in shapes]
    found = [_nearest_parting(words, widths, rooms, widest, peak) for peak, rooms in enumerate(wanted)]
    if not any(found):
        found = [_nearest_parting(words, widths, rooms, widest, None) for rooms in wanted]
    yield from (edges for edges in found if edges)


def _nearest_parting(
    words: Sequence[str],
    widths: Sequence[float],
    wanted: Sequence[float],
    widest: float,
    peak: int | None,
) -> tuple[int, ...]:
    """Where lines end that are as long as wanted, least squares; empty if the words do not fit.

    None is shorter than the one before it up to `peak`, and none longer after it, if there is one.
    """
    ends = list(accumulate(widths, initial=0.0))
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for number, room in enumerate(wanted):
        longer: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
        for (before, start), (cost, edges) in best.items():
            above = ends[start] - ends[before]
            for end in range(start + 1, len(words) + 1):
                width = ends[end] - ends[start]
                if width > min(widest, (1 + _MOST_OFF) * room):
                    break
                if width < (1 - _MOST_OFF) * room:
                    continue
                if (
                    peak is not None
                    and number
                    and ((above - width if number <= peak else width - above) > _SAME)
                ):
                    continue
                torn = _TORN * room**2 if start and words[start].startswith("的") else 0.0
                so_far = cost + (width - room) ** 2 + torn
                if so_far < longer.get((start, end), (inf, ()))[0]:
                    longer[start, end] = so_far, (*edges, end)
        best = longer
    return min((found for (_, end), found in best.items() if end == len(words)), default=(inf, ()))[1]


def _written(
    words: Sequence[str], widths: Sequence[float], edges: Sequence[int]
) -> tuple[tuple[str, ...], list[float]]:
    starts = (0, *edges[:-1])
    pairs = list(zip(starts, edges, strict=True))
    return tuple("".join(words[a:b]) for a, b in pairs), [sum(widths[a:b]) for a, b in pairs]


def _ugliness(lines: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Lower for a trapezium or a diamond; a line that begins with 的, or says only 通知, is the worst."""
    if len(lines) == 1:
        return 0.0
    peak = widths.index(max(widths))
    rises = all(widths[n] <= widths[n + 1] for n in range(peak))
    falls = all(widths[n] >= widths[n + 1] for n in range(peak, len(widths) - 1))
    rectangle = max(widths) - min(widths) < size
    torn = sum(line.startswith("的") for line in lines[1:]) or lines[-1] in _KINDS
    return (
        torn * _TORN
        + (_BAD_SHAPE if rectangle or not (rises and falls) else 0)
        + abs(min(widths) / max(widths) - _IDEAL_SHAPE)
    )
