"""The year's report: all sections in order, and how they stand on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.model.award_payment import AwardPayment
from core.model.chart import UNKNOWN
from core.model.dates import PartialDate
from core.model.document import Paragraph, Table
from core.model.outcome import AwardFilling
from core.model.register_papers import Block, PaperPart, RegisterPaper
from core.model.tables import OutSheet
from core.model.year_report import ReportSection, YearReport
from core.rules.register_papers import PaperFrame, sheet_table
from core.rules.year_activity import SaidFigures, activity_section, month_section
from core.rules.year_figures import TOTAL
from core.rules.year_grades import GradedYear, comparison_section, grade_section
from core.rules.year_money import money_section
from core.rules.year_register import (
    RegisterFacts,
    brand_section,
    class_section,
    community_section,
    party_section,
    standing_section,
)

_OF_THE_DAY = ("classes", "communities", "standing", "party", "brands")
"""What is of the day that was asked for, not of the year."""
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything that the report of a year is made from.

    `years` are the compared years, the reported one last; `register_note` says of which day the register is,
    `said` are its figures of the year. `held` counts the ledger's activities by their dates.
    """

    office: str
    today: date
    register: RegisterFacts
    register_note: str
    said: SaidFigures
    years: Sequence[GradedYear]
    payments: Sequence[AwardPayment]
    awards: Sequence[AwardFilling]
    held: Mapping[PartialDate | None, int]
    as_of: date | None = None


def year_report(facts: YearFacts) -> YearReport:
    """The figures of the last of the years."""
    graded = facts.years[-1]
    year = graded.year
    register = facts.register
    sections = (
        grade_section(graded, [each.name for each in register.categories]),
        comparison_section(facts.years),
        class_section(register),
        community_section(register),
        standing_section(register),
        party_section(register),
        brand_section(register, facts.as_of.year if facts.as_of else year),
        money_section(facts.payments, facts.awards, year),
        activity_section(register, facts.said, year),
        month_section(facts.held, year),
    )
    titled = tuple(
        _titled(each, facts.office, "" if facts.as_of and each.code in _OF_THE_DAY else f"{year}年")
        for each in sections
    )
    return YearReport(facts.office, year, facts.today, facts.register_note, titled, facts.as_of)


def year_report_paper(frame: PaperFrame, report: YearReport) -> RegisterPaper:
    """The report on upright pages: each section with its sentence, its charts, and the figures below.

    One section alone gives the paper its title.
    """
    blocks: list[Block] = []
    is_whole = len(report.sections) > 1
    title = report.title if is_whole else report.sections[0].title
    for number, section in enumerate(report.sections):
        if is_whole:
            blocks.append(Paragraph(heading=f"{_NUMERALS[number]}、{section.title}", level=1))
        blocks.append(Paragraph(section.sentence))
        blocks += section.charts
        if section.sheet.rows:
            blocks.append(_table(section.sheet))
    return frame.paper(title, [PaperPart(title, report.note, tuple(blocks))])


def _table(sheet: OutSheet) -> Table:
    """The figures as they are read: thousands apart, a word where one is not known, the sum last."""
    printed = sheet_table(sheet)
    rows = tuple(
        tuple(
            f"{value:,}" if isinstance(value, int) else cell or UNKNOWN
            for value, cell in zip(values, cells, strict=True)
        )
        for values, cells in zip(sheet.rows, printed.rows, strict=True)
    )
    if rows[-1][0] == TOTAL:
        return replace(printed, rows=rows[:-1], totals=rows[-1])
    return replace(printed, rows=rows)


def _titled(section: ReportSection, office: str, year: str) -> ReportSection:
    title = f"{office}{year}{section.sheet.title}"
    return replace(section, sheet=replace(section.sheet, title=title, subtitle=section.sentence))
