"""The register of document numbers as it is shown and exported: numbers given, and gaps between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.model.tables import OutColumn, OutSheet
from core.model.written_document import IssuedPaper, PaperState
from core.rules.paper_numbers import NumberGap, number_gaps, number_words
from core.services.document_templates import TemplateLine

GAP = "未登记"
"""The state of numbers that nothing stands for and nobody has explained."""
AWAITED, RECEIVED = "未收回", "已收回"
"""How the receipt of a letter stands."""
COLUMNS = (
    OutColumn("发文字号", 24),
    OutColumn("标题", 48),
    OutColumn("文种", 10),
    OutColumn("成文日期", 12),
    OutColumn("发给", 28),
    OutColumn("状态", 10),
    OutColumn("说明", 28),
)


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A line of the register; of a gap `first` to `last` are the numbers that are missing."""

    key: str
    series: str
    year: int
    first: int
    last: int
    title: str = ""
    genre: str = ""
    dated_on: str = ""
    recipient: str = ""
    state: str = GAP
    reason: str = ""
    document_id: str = ""
    received_on: str = ""

    @property
    def number(self) -> str:
        """The 发文字号 in words; empty for a paper without one."""
        words = number_words(self.series, self.year, self.first)
        return words if self.first == self.last else f"{words.removesuffix('号')} 至 {self.last}号"

    @property
    def order(self) -> tuple[str, int, int]:
        """By series, year and number."""
        return self.series, self.year, self.first

    @property
    def remark(self) -> str:
        """Why it is void or empty, and when its receipt came back."""
        received = f"{self.received_on} 收回回执" if self.received_on else ""
        return "；".join(filter(None, (self.reason, received)))

    @property
    def receipt(self) -> str:
        """How its receipt stands; empty for what went to nobody in particular, or does not count."""
        if self.received_on:
            return RECEIVED
        return AWAITED if self.recipient and self.state == PaperState.ISSUED.label else ""

    @property
    def is_gap(self) -> bool:
        """Whether it is a number that nobody has explained."""
        return self.state == GAP


def read_numbers(papers: Sequence[IssuedPaper], templates: Sequence[TemplateLine]) -> tuple[NumberRow, ...]:
    """The register with its gaps, the newest year first, series in order; certificates have their own."""
    genres = {each.code: each.genre for each in templates}
    own = [each for each in papers if each.document_id or each.kind in genres or each.kind == "skipped"]
    rows = [*(_row(each, genres) for each in own), *map(_gap, number_gaps(own))]
    return tuple(sorted(rows, key=lambda row: (-row.year, row.series, row.first, row.key)))


def numbers_sheet(rows: Sequence[NumberRow]) -> OutSheet:
    """The lines given as a sheet."""
    cells = tuple(
        (
            row.number or None,
            row.title or None,
            row.genre or None,
            row.dated_on or None,
            row.recipient or None,
            row.state,
            row.remark or None,
        )
        for row in rows
    )
    return OutSheet("发文字号登记簿", "发文字号登记簿", COLUMNS, cells)


def _row(paper: IssuedPaper, genres: dict[str, str]) -> NumberRow:
    return NumberRow(
        paper.id,
        paper.series,
        paper.year,
        paper.sequence,
        paper.sequence,
        paper.title,
        genres.get(paper.kind, ""),
        paper.dated_on,
        paper.recipient,
        paper.state.label,
        paper.reason,
        paper.document_id,
        paper.received_on or "",
    )


def _gap(gap: NumberGap) -> NumberRow:
    return NumberRow(f"gap {gap.series} {gap.year} {gap.first}", gap.series, gap.year, gap.first, gap.last)
