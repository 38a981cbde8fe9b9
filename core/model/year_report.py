"""The figures of a year as pages show them, papers print them and sheets hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.model.chart import Chart
from core.model.tables import OutSheet


@dataclass(frozen=True, slots=True)
class CountedList:
    """What was counted: where it is listed, and which of the records there, in words and as a question.

    `code` is `organizations`, `results`, or that of a ledger. `among` are fields with values, of which each
    record has one; None stands for a field that says nothing.
    """

    code: str
    words: str
    among: tuple[tuple[str, Sequence[object]], ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One subject of the report: what is to be seen in a sentence, drawn, and in figures.

    Where there is nothing to show, `charts` is empty and the sheet without rows; `sentence` then says why.
    `lists` are what the categories of its charts count, by their keys.
    """

    code: str
    title: str
    sentence: str
    charts: tuple[Chart, ...]
    sheet: OutSheet
    lists: Mapping[str, CountedList] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearReport:
    """The year's report; `note` says of which day the register is, and what else a reader has to know.

    Asked for a day it is 社会组织统计 of that day, `as_of`, with the year's assessment beside it.
    """

    office: str
    year: int
    dated_on: date
    note: str
    sections: tuple[ReportSection, ...]
    as_of: date | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return "社会组织统计" if self.as_of else f"{self.year}年度社会组织统计报告"
