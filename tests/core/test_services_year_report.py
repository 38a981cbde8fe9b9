"""The year's report of an office: the figures of the screens, whole years missing, paper and sheets."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from core.errors import NotFound
from core.model.activities import Activity, Brand, BrandLevel
from core.model.assessment import Cycle, CycleState, Result, ResultState, Subject
from core.model.award_payment import AwardPayment
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.ledgers import LEDGERS
from core.model.mark_entry import TypedMark
from core.model.organization import Organization, Status
from core.model.register import RosterQuery
from core.model.year_report import ReportSection
from core.services import year_report
from core.services.services import Services

YEAR = 2025
CLOSED = (Status.DEREGISTERED, Status.REVOKED)


def put(services: Services, *records: object) -> None:
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add(records)


def section(services: Services, code: str, year: int = YEAR) -> ReportSection:
    return next(each for each in services.year_report.report(year).sections if each.code == code)


def totals(found: ReportSection) -> tuple:
    return found.sheet.rows[-1]


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@pytest.fixture
def computed(sample: Services) -> Iterator[Services]:
    sample.assessments.compute(YEAR)
    yield sample


def an_earlier_year(services: Services, year: int, state: CycleState, *grades: str) -> Cycle:
    """A finished cycle of the sample's scheme, with these grades."""
    with services.store.reading() as view:
        now = view.all(Cycle)[0]
    cycle = replace(now, id=new_id(), code=new_id(), year=year, state=state, digest="")
    subjects = [Subject(new_id(), cycle.id, "", f"第{n}队") for n, _ in enumerate(grades)]
    results = [
        Result(new_id(), cycle.id, subject.id, ResultState.COMPLETE, Decimal("80.50"), grade)
        for subject, grade in zip(subjects, grades, strict=True)
    ]
    put(services, cycle, *subjects, *results)
    return cycle


def test_grades_are_those_of_the_results_page(computed: Services) -> None:
    found = section(computed, "grades")
    outcome = computed.assessments.outcome(YEAR).outcome
    counts = {each.grade: each.count for each in outcome.grade_counts}
    titles = [column.title for column in found.sheet.columns]
    sums = dict(zip(titles, totals(found), strict=True))
    assert {grade: sums[grade] for grade in counts} == counts
    assert sums["合计"] == len(outcome.results)
    assert "结果还没有公布" in found.sentence


def test_classes_and_communities_are_those_of_the_register(sample: Services) -> None:
    register = sample.register.register()
    counted = [each for each in register.organizations if each.organization.status not in CLOSED]
    classes = Counter(each.category for each in counted)
    found = section(sample, "classes")
    assert {row[0]: row[1] for row in found.sheet.rows[:-1]} == classes
    communities = section(sample, "communities")
    assert {row[0]: row[1] for row in communities.sheet.rows[:-1]} == Counter(
        each.community for each in counted
    )
    assert totals(communities)[1] == totals(found)[1] == len(counted)


def test_money_is_that_of_the_outcome_until_it_is_in_the_ledger(computed: Services) -> None:
    found = section(computed, "money")
    outcome = computed.assessments.outcome(YEAR).outcome
    assert totals(found)[2] * 100 == outcome.money_fen
    assert "还没有登记" in found.sentence


def test_a_year_that_was_not_computed_or_is_stale_is_named(sample: Services) -> None:
    assert section(sample, "grades").sentence == "2025年的考核还没有计算结果。"
    assert not section(sample, "grades").charts
    sample.assessments.compute(YEAR)
    view = sample.assessments.year(YEAR)
    [first, *_] = view.progress
    leaf = view.scheme.leaves(first.stage.code)[0]
    mark = TypedMark(view.assessed[0].id, leaf.code, "1")
    sample.marks.enter(YEAR, first.stage.code, first.rater.code, mark)
    assert section(sample, "grades").sentence.endswith("结果已经过时，请重新计算。")


def test_a_year_without_anything_is_reported_with_its_gaps(services: Services) -> None:
    report = services.year_report.report(2030)
    assert report.sections[0].sentence == "2030年没有开启考核。"
    assert all(each.sentence for each in report.sections)
    assert "2030年度社会组织统计报告" in text_of(services.year_report.paper(2030))
    with pytest.raises(NotFound) as caught:
        services.year_report.workbook(2030)
    assert caught.value.code == "no_figures"


def test_a_store_without_office_is_refused(bare_services: Services) -> None:
    with pytest.raises(NotFound, match="还没有新建单位"):
        bare_services.year_report.report(YEAR)


def test_an_unknown_cycle_is_refused(sample: Services) -> None:
    with pytest.raises(NotFound, match="没有代号为"):
        sample.year_report.report(YEAR, "没有")


def test_three_years_side_by_side(sample: Services) -> None:
    best, second = sample.assessments.year(YEAR).scheme.grades()[:2]
    an_earlier_year(sample, 2023, CycleState.ANNOUNCED, best, second)
    an_earlier_year(sample, 2024, CycleState.COMPUTED, best)
    sample.assessments.compute(YEAR)
    rows = {row[0]: row[1:] for row in section(sample, "years").sheet.rows}
    assert rows["2023年"][:2] == (1, 1)
    assert rows["2023年"][-4:] == (2, Decimal("50.0"), Decimal("50.0"), Decimal("80.50"))
    assert set(rows["2024年"]) == {None}
    assert rows["2025年"][-4] == 60
    assert "2024年没有公布的考核结果" in section(sample, "years").sentence
    an_earlier_year(sample, 2023, CycleState.ARCHIVED, second)
    assert "2023年有2次考核，取最后一次" in section(sample, "years").sentence


def test_the_register_is_that_of_the_year_s_end_where_the_store_has_it(
    sample: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sample.year_report.report(YEAR).note == "名册为2026年1月8日的情况（程序里没有2025年末的名册）。"
    with sample.store.reading() as view:
        [newest] = view.acts(1)
        before = sum(each.status not in CLOSED for each in view.all(Organization))
    put(sample, Organization(new_id(), "后来的队"))
    assert totals(section(sample, "classes"))[1] == before + 1
    # As if all but the last act had been done in the year itself.
    monkeypatch.setattr(year_report, "last_act_of", lambda view, day: newest.number)
    monkeypatch.setattr("core.services.past.last_act_of", lambda view, day: newest.number)
    assert sample.year_report.report(YEAR).note == "名册为2025年12月31日的情况。"
    assert totals(section(sample, "classes"))[1] == before


def test_paper_has_every_sentence_and_figure_and_is_byte_equal(computed: Services) -> None:
    with computed.store.reading() as view:
        first = view.all(Organization)[0]
    put(computed, Brand(new_id(), first.id, "邻里茶话", None, YEAR))
    report = computed.year_report.report(YEAR)
    pdf = computed.year_report.paper(YEAR)
    said = "".join(text_of(pdf).split())
    for each in report.sections:
        assert each.sentence in said
        for chart in each.charts:
            assert chart.title in said
        for row in each.sheet.rows:
            assert str(row[0]) in said
    assert pdf == computed.year_report.paper(YEAR)
    assert len(pdf) < 300_000


def test_every_chart_has_its_figures_below_it(computed: Services) -> None:
    report, shown = computed.year_report.shown(YEAR)
    assert [each.section for each in shown] == list(report.sections)
    for each in shown:
        assert [chart for chart, _ in each.charts] == list(each.section.charts)
        for chart, drawn in each.charts:
            assert len(drawn.spots) == len(chart.categories)
            assert each.section.sheet.rows


def test_every_bar_leads_to_the_list_of_what_it_counts(computed: Services) -> None:
    """Organizations and ledgers of any state: each figure is how many records its list shows."""
    with computed.store.reading() as view:
        first, second, third, fourth, *_ = view.all(Organization)
    put(
        computed,
        Brand(new_id(), first.id, "邻里茶话", None, YEAR),
        Brand(new_id(), second.id, "老黄牛", BrandLevel.CITY),
        Brand(new_id(), second.id, "以后的", BrandLevel.CITY, YEAR + 1),
        Brand(new_id(), third.id, "旧的", BrandLevel.CITY, YEAR),
        Organization(new_id(), "没有写明的队"),
        Activity(new_id(), first.id, "植树", PartialDate(YEAR, 3, 12)),
        Activity(new_id(), first.id, "义诊", PartialDate(YEAR, 3)),
        Activity(new_id(), first.id, "清洁", PartialDate(YEAR)),
        AwardPayment(new_id(), "一队", YEAR, award="一等奖", amount=100_000),
        AwardPayment(new_id(), "二队", YEAR, amount=100_000),
    )
    with computed.store.writing(ActDraft("准备", "录入员")) as work:
        work.change([replace(third, status=Status.REVOKED), replace(fourth, status=Status.SUSPENDED)])
    seen = set()
    for each in computed.year_report.report(YEAR).sections:
        for chart in each.charts if each.code not in ("grades", "years") else ():
            for category, figure in zip(chart.categories, chart.series[0].figures, strict=True):
                listed = each.lists[category.key]
                if listed.code == "organizations":
                    found = computed.roster.find(RosterQuery(among=tuple(listed.among)))
                else:
                    found = computed.ledgers.find(LEDGERS[listed.code], among=listed.among)
                if chart.unit in ("元", "人次") or each.code == "activity":
                    assert bool(found) == (figure is not None)
                else:
                    assert len(found) == figure, (chart.title, category.label)
            seen.add(each.code)
    assert seen == {"classes", "communities", "standing", "party", "brands", "money", "activity", "months"}


def test_sheets_hold_the_figures(computed: Services) -> None:
    book = openpyxl.load_workbook(BytesIO(computed.year_report.workbook(YEAR)))
    report = computed.year_report.report(YEAR)
    with_figures = [each for each in report.sections if each.sheet.rows]
    assert book.sheetnames == [each.sheet.name for each in with_figures]
    for each in with_figures:
        cells = {str(cell) for row in book[each.sheet.name].values for cell in row if cell is not None}
        assert {str(row[0]) for row in each.sheet.rows} <= cells


def test_a_service_reads_and_keeps_nothing(computed: Services) -> None:
    with computed.store.reading() as view:
        newest = view.acts(1)
    computed.year_report.paper(YEAR)
    with computed.store.reading() as view:
        assert view.acts(1) == newest
