"""The lens as tables to hand to the leader: raters, spreads, and what was tried."""

from collections.abc import Iterator

from core.model.lens import Lens, Standing, Trials, WhatIf
from core.model.tables import OutColumn, OutSheet, OutValue
from core.rules.ledger_sheets import INTERNAL

_RATERS = (
    OutColumn("环节", 14),
    OutColumn("评分方", 18),
    OutColumn("可比对象", 10),
    OutColumn("平均差（分）", 12, places=2),
    OutColumn("先后相关", 10, places=2),
    OutColumn("说明", 90),
)
_SPREADS = (
    OutColumn("环节", 14),
    OutColumn("考核对象", 32),
    OutColumn("评分方数", 10),
    OutColumn("相差（分）", 12, places=2),
    OutColumn("最低分", 10, places=2),
    OutColumn("最低的评分方", 18),
    OutColumn("最高分", 10, places=2),
    OutColumn("最高的评分方", 18),
)
_TRIALS = (
    OutColumn("评分或评分方", 44),
    OutColumn("考核对象", 32),
    OutColumn("现在得分", 10, places=2),
    OutColumn("现在等次", 10),
    OutColumn("现在奖项", 24),
    OutColumn("试算得分", 10, places=2),
    OutColumn("试算等次", 10),
    OutColumn("试算奖项", 24),
)


def lens_sheets(lens: Lens) -> tuple[OutSheet, ...]:
    """One sheet for each part; the notes say what it means and what it does not."""
    agreement = "\n".join(f"{stage.name}：{stage.concordance_words}" for stage in lens.stages)
    spreads = "\n".join(f"{stage.name}：{stage.spread_words}" for stage in lens.stages)
    head = f"{lens.year}年度 {lens.title}"
    return (
        OutSheet("评分方", f"{head} 评分方的松紧与一致", _RATERS, tuple(_raters(lens)), agreement, INTERNAL),
        OutSheet("分歧", f"{head} 各评分方的分歧", _SPREADS, tuple(_spreads(lens)), spreads, INTERNAL),
        *(_tried(head, trials) for trials in (lens.deciding, lens.without, lens.one_point)),
    )


def _raters(lens: Lens) -> Iterator[tuple[OutValue, ...]]:
    for stage in lens.stages:
        for rater in stage.raters:
            words = rater.severity_words + rater.correlation_words
            yield stage.name, rater.name, rater.subjects, rater.difference, rater.correlation, words


def _spreads(lens: Lens) -> Iterator[tuple[OutValue, ...]]:
    for stage in lens.stages:
        for one in stage.spreads:
            yield (
                stage.name, one.name, one.raters, one.width,
                one.lowest, one.lowest_by, one.highest, one.highest_by,
            )  # fmt: skip


def _tried(head: str, trials: Trials) -> OutSheet:
    rows = tuple(row for case in trials.cases for row in _case_rows(case))
    return OutSheet(trials.title, f"{head} {trials.title}", _TRIALS, rows, trials.words, INTERNAL)


def _case_rows(case: WhatIf) -> Iterator[tuple[OutValue, ...]]:
    """A row for each mark or rater and each subject that shifts; one that says so where none does."""
    for cause in case.marks or case.raters:
        for _, name, before, after in case.shifts:
            yield (cause, name, *_cells(before), *_cells(after))
    if not case.shifts:
        yield (case.words, *(None,) * (len(_TRIALS) - 1))


def _cells(standing: Standing) -> tuple[OutValue, ...]:
    return standing.final, standing.grade or None, standing.award or None
