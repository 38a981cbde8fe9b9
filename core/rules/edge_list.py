"""临界名单: the results that lie close to a limit between two grades, on either side."""

from collections.abc import Iterator
from decimal import Decimal

from core.model.assessment import Result, ResultState
from core.model.result_list import ListKind, ResultLine, ResultList
from core.model.scheme import Band
from core.model.tables import OutColumn
from core.rules.result_findings import NAME, ResultFindings

CLOSE = Decimal("0.5")
"""Points of a scheme of 100; one with a wider margin of its own shows that."""


def edge_list(found: ResultFindings) -> ResultList:
    """Those within half a point of a limit, the closest first; a veto decides without limits."""
    scheme = found.view.scheme
    step, margin = Decimal(1).scaleb(-scheme.rounding.places), max(CLOSE, scheme.edge_margin)
    near = [
        (abs(gap), line)
        for _, result in found.ordered
        if result.state is ResultState.COMPLETE and result.final is not None
        for gap, line in _lines(found, result, result.final, margin, step)
    ]
    near.sort(key=lambda pair: pair[0])
    closest = sum(gap <= step for gap, _ in near)
    return ResultList(
        ListKind.EDGES,
        found.title("等次临界名单"),
        f"离等次分数线不超过 {margin} 分的 {len(near)} 个，其中一个取整单位（{step} 分）以内的 {closest} 个。"
        "请核对这些对象的评分和加减分。",
        (
            NAME,
            found.final(),
            found.grade(),
            OutColumn("分数线", 14),
            found.final("相差"),
            OutColumn("说明", 28),
        ),
        tuple(line for _, line in near),
        f"没有离等次分数线不超过 {margin} 分的对象。",
    )


def _lines(
    found: ResultFindings, result: Result, final: Decimal, margin: Decimal, step: Decimal
) -> Iterator[tuple[Decimal, ResultLine]]:
    places = found.view.scheme.rounding.places
    for band in found.view.scheme.bands:
        gap = final - band.floor
        if abs(gap) <= margin:
            words = _words(band, gap, step)
            limit = f"{band.name} {band.floor:.{places}f}"
            name = found.subjects[result.subject_id].name
            yield gap, ResultLine((name, final, result.grade, limit, gap, words), result.subject_id)


def _words(band: Band, gap: Decimal, step: Decimal) -> str:
    close = "，只差一个取整单位" if abs(gap) == step else ""
    if gap < 0:
        return f"再多 {-gap} 分就到{band.name}{close}"
    return f"刚好到{band.name}" if gap == 0 else f"超过{band.name}线 {gap} 分{close}"
