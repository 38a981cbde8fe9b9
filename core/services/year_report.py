"""The desk for a year's figures: shown, drawn, printed and exported from one report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import NotFound
from core.model.activities import Activity, Brand
from core.model.assessment import Cycle, CycleState, Result, SchemeText, Subject
from core.model.award_payment import AwardPayment
from core.model.chart import Chart
from core.model.cycle_view import ComputedYear
from core.model.drawn_chart import DrawnChart
from core.model.finding import Find
from core.model.office import Office
from core.model.organization import Category, Community, Organization
from core.model.year_report import ReportSection, YearReport
from core.ports import Clock, Paper, Reading, Source, Store, WriteWorkbook
from core.rules.completeness import LIVING
from core.rules.register_papers import PaperFrame
from core.rules.year_activity import SaidFigures
from core.rules.year_grades import GradedSubject, GradedYear
from core.rules.year_register import BrandKind, Kind, RegisterFacts
from core.rules.year_report import YearFacts, year_report, year_report_paper
from core.services.cycle_reading import cycle_as_it_stands, cycles_of, find_cycle, scheme_of
from core.services.past import last_act_of, seen_on

_FINISHED = (CycleState.ANNOUNCED, CycleState.ARCHIVED)
_COUNTED = frozenset(
    {*dict(LIVING.equal), *dict(LIVING.among), *Kind._fields, "figures_year", "activities", "visits"}
)
"""The fields of organizations that figures depend on."""
_PORTION = 500
_COMPARED = 3
"""Years side by side, the reported one among them."""


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its charts as they are printed, for a page."""

    section: ReportSection
    charts: tuple[tuple[Chart, DrawnChart], ...]


class YearReportService:
    """Reads the figures of a year and keeps nothing."""

    def __init__(self, store: Store, clock: Clock, paper: Paper, write_workbook: WriteWorkbook) -> None:
        """Report what this store holds; draw, print and write with these."""
        self._store = store
        self._clock = clock
        self._paper = paper
        self._write = write_workbook

    def report(self, year: int, cycle: str = "", day: date | None = None) -> YearReport:
        """The figures of a year; `cycle` names one of its assessments, without it the first is meant.

        With a `day` register and ledgers are as they stood at the end of it, else at the year's end.

        Raises:
            NotFound: there is no office, or no such cycle in the year.
            InvalidInput: something of the cycle does not fit its scheme.
        """
        return self._read(year, cycle, day)[1]

    def shown(
        self, year: int, cycle: str = "", day: date | None = None
    ) -> tuple[YearReport, tuple[ShownSection, ...]]:
        """The figures with their charts drawn: all that a page needs.

        Raises:
            NotFound, InvalidInput: as `report`.
            DocumentFailed: a character has no font.
        """
        report = self.report(year, cycle, day)
        return report, tuple(
            ShownSection(each, tuple((chart, self._paper.chart(chart)) for chart in each.charts))
            for each in report.sections
        )

    def paper(self, year: int, cycle: str = "", day: date | None = None, code: str = "") -> bytes:
        """The report as PDF: sentences, charts, and the figures below them; of one section, if one is named.

        Raises:
            NotFound, InvalidInput: as `report`.
            DocumentFailed: a character has no font.
        """
        office, report = self._read(year, cycle, day)
        if code:
            report = replace(report, sections=tuple(each for each in report.sections if each.code == code))
        with self._store.reading() as view:
            frame = PaperFrame(office, report.dated_on, log_head=view.log.head().said)
        return self._paper.register_paper(year_report_paper(frame, report))

    def workbook(self, year: int, cycle: str = "", day: date | None = None) -> bytes:
        """The figures as an Excel file, a sheet for each section that has any.

        Raises:
            NotFound, InvalidInput: as `report`; or no section has figures.
        """
        report = self.report(year, cycle, day)
        sheets = [each.sheet for each in report.sections if each.sheet.rows]
        if not sheets:
            raise NotFound("no_figures", f"{year}年没有可导出的数字。", "请先导入名册，或者换一个年度。")
        return self._write(sheets)

    def _read(self, year: int, cycle: str, day: date | None) -> tuple[Office, YearReport]:
        today = self._clock().date()
        with self._store.reading() as view:
            office = next(iter(view.all(Office)), None)
            if office is None:
                raise NotFound("office_missing", "还没有新建单位。", "请先新建单位。")
            register, said, note = _register(view, year, today, day)
            held = _seen_on(view, day or today, today).tally(Activity, ("held_on",), Find())
            graded, computed, code = _this_year(view, year, cycle)
            before = [_earlier(view, year - ago, code) for ago in range(_COMPARED - 1, 0, -1)]
            facts = YearFacts(
                office=office.name,
                today=today,
                register=register,
                register_note=note,
                said=said,
                years=(*before, graded),
                payments=_payments(view, year, cycle),
                awards=computed.outcome.awards if computed else (),
                held={held_on: count for (held_on,), count in held.items()},
                as_of=day,
            )
        return office, year_report(facts)


def _register(
    view: Reading, year: int, today: date, day: date | None
) -> tuple[RegisterFacts, SaidFigures, str]:
    """The register at a day, else at the year's end.

    As it is now where the year goes on or nothing was kept then.
    """
    if day is not None:
        found = _counted(_seen_on(view, day, today), year)
        return *found, f"名册为{_said(day)}的情况；考核、奖金和活动是{year}年度的。"
    end = date(year, 12, 31)
    if end < today and last_act_of(view, end):
        then = _counted(_seen_on(view, end, today), year)
        if then[0].organizations:
            return *then, f"名册为{_said(end)}的情况。"
    kept = f"（程序里没有{year}年末的名册）" if end < today else ""
    return *_counted(view, year), f"名册为{_said(today)}的情况{kept}。"


def _seen_on(view: Reading, day: date, today: date) -> Source:
    return seen_on(view, None if day == today else day, together=_COUNTED)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _counted(source: Source, year: int) -> tuple[RegisterFacts, SaidFigures]:
    """The register counted by the store: rows come one for each kind, not one for each organization."""
    brands = source.tally(Brand, BrandKind._fields, Find())
    facts = RegisterFacts(
        {Kind(*kind): count for kind, count in source.tally(Organization, Kind._fields, LIVING).items()},
        sorted(source.all(Community), key=lambda each: each.position),
        sorted(source.all(Category), key=lambda each: each.number),
        {BrandKind(*brand): count for brand, count in brands.items()},
        _homes(source, sorted({BrandKind(*brand).organization_id for brand in brands})),
    )
    of_year = replace(LIVING, equal=(*LIVING.equal, ("figures_year", year)))
    silent = replace(of_year, equal=(*of_year.equal, ("activities", None), ("visits", None)))
    said = SaidFigures(
        source.tally(Organization, ("category_id", "activities"), of_year),
        source.tally(Organization, ("category_id", "visits"), of_year),
        {key: count for (key,), count in source.tally(Organization, ("category_id",), silent).items()},
    )
    return facts, said


def _homes(source: Source, holders: Sequence[str]) -> dict[str, str | None]:
    """The communities of those of these organizations that are living."""
    homes: dict[str, str | None] = {}
    for start in range(0, len(holders), _PORTION):
        some = replace(LIVING, among=(*LIVING.among, ("id", holders[start : start + _PORTION])))
        homes |= dict(source.values(Organization, ("id", "community_id"), some))
    return homes


def _this_year(view: Reading, year: int, code: str) -> tuple[GradedYear, ComputedYear | None, str]:
    """The year's results as they stand, what they were computed to, and the code of their scheme."""
    if not cycles_of(view, year) and not code:
        return GradedYear(year, missing="没有开启考核"), None, ""
    cycle = find_cycle(view, year, code)
    shown, computed = cycle_as_it_stands(view, year, code)
    scheme = view.get(SchemeText, cycle.scheme_id).code
    if computed is None:
        missing = (
            "的考核还没有计算结果"
            if cycle.state is CycleState.OPEN
            else "计算以后评分有改动，结果已经过时，请重新计算"
        )
        return GradedYear(year, missing=missing), None, scheme
    subjects = _subjects(shown.subjects, computed.outcome.results)
    settled = cycle.state in _FINISHED
    note = "" if settled else f"考核{cycle.state.label}，结果还没有公布。"
    return GradedYear(year, shown.scheme.grades(), subjects, note=note), computed, scheme


def _earlier(view: Reading, year: int, scheme: str) -> GradedYear:
    """The published results of a year before, of the same scheme if one is given; of several the last."""
    finished = [each for each in cycles_of(view, year) if each.state in _FINISHED]
    alike = [each for each in finished if scheme in ("", _scheme_code(view, each))]
    if not alike:
        missing = "用的是另一个考核方案，不能对比" if finished else "没有公布的考核结果"
        return GradedYear(year, missing=missing)
    cycle = alike[-1]
    subjects = _subjects(view.all(Subject, cycle_id=cycle.id), view.all(Result, cycle_id=cycle.id))
    note = f"{year}年有{len(alike)}次考核，取最后一次" if len(alike) > 1 else ""
    return GradedYear(year, scheme_of(view, cycle).grades(), subjects, note=note)


def _scheme_code(view: Reading, cycle: Cycle) -> str:
    return view.get(SchemeText, cycle.scheme_id).code


def _subjects(subjects: Iterable[Subject], results: Sequence[Result]) -> tuple[GradedSubject, ...]:
    categories = {each.id: each.category for each in subjects}
    return tuple(
        GradedSubject(categories.get(each.subject_id, ""), each.grade, each.state, each.final)
        for each in results
    )


def _payments(view: Reading, year: int, cycle: str) -> tuple[AwardPayment, ...]:
    """The year's lines of the ledger; of one cycle alone where one is named."""
    if cycle:
        return view.all(AwardPayment, year=year, cycle=cycle)
    return view.all(AwardPayment, year=year)
