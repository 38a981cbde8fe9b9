"""The figures of a year as pages show them, papers print them and sheets hold them."""

from dataclasses import dataclass
from datetime import date

from core.model.chart import Chart
from core.model.tables import OutSheet


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One subject of the report: what is to be seen in a sentence, drawn, and in figures.

    Where there is nothing to show, `charts` is empty and the sheet without rows; `sentence` then says why.
    """

    code: str
    title: str
    sentence: str
    charts: tuple[Chart, ...]
    sheet: OutSheet


@dataclass(frozen=True, slots=True)
class YearReport:
    """The year's report; `note` says of which day the register is, and what else a reader has to know."""

    office: str
    year: int
    dated_on: date
    note: str
    sections: tuple[ReportSection, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.year}年度社会组织统计报告"
