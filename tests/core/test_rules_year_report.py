"""Sections of the year's report: every figure counted once, sums that agree, gaps that are named."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.activities import Brand, BrandLevel
from core.model.assessment import ResultState
from core.model.award_payment import AwardPayment
from core.model.chart import ChartKind
from core.model.dates import PartialDate
from core.model.organization import (
    Category,
    Community,
    CommunityKind,
    Organization,
    PartyOrganization,
    Standing,
    Status,
)
from core.model.outcome import AwardFilling
from core.model.year_report import ReportSection
from core.rules.award_money import NO_MORE
from core.rules.completeness import living
from core.rules.year_activity import SaidFigures, activity_section, month_section
from core.rules.year_grades import GradedSubject, GradedYear, comparison_section, grade_section
from core.rules.year_money import money_section
from core.rules.year_register import (
    BrandKind,
    Kind,
    RegisterFacts,
    brand_section,
    class_section,
    community_section,
    party_section,
    standing_section,
)
from core.rules.year_report import YearFacts, year_report

GRADES = ("优秀", "良好", "合格", "不合格")
COMPLETE, NOT_ASSESSED = ResultState.COMPLETE, ResultState.NOT_ASSESSED
CATEGORIES = (Category("c1", 1, "作风建设类"), Category("c2", 2, "矛盾调处类"))
COMMUNITIES = (Community("m1", "松枫社区"), Community("m2", "塘桥村", CommunityKind.RURAL))
ORGANIZATIONS = (
    Organization("o1", "一队", "m1", "c1", Standing.FILED, party_organization=PartyOrganization.OWN),
    Organization("o2", "二队", "m1", "c1", Standing.REGISTERED, party_organization=PartyOrganization.NONE),
    Organization("o3", "三队", None, None),
    Organization("o4", "四队", "m2", "c2", Standing.FILED, status=Status.DEREGISTERED),
    Organization("o5", "五队", "m2", "c2", Standing.FILED, merged_into="o1"),
)


def facts(
    organizations: Sequence[Organization] = ORGANIZATIONS, brands: Sequence[Brand] = ()
) -> RegisterFacts:
    return counted(organizations, COMMUNITIES, CATEGORIES, brands)


def counted(
    organizations: Sequence[Organization],
    communities: Sequence[Community] = (),
    categories: Sequence[Category] = (),
    brands: Sequence[Brand] = (),
) -> RegisterFacts:
    """The register as the store counts it."""
    alive = living(organizations)
    holders = {each.organization_id for each in brands}
    return RegisterFacts(
        Counter(
            Kind(each.category_id, each.community_id, each.standing, each.party_organization)
            for each in alive
        ),
        communities,
        categories,
        Counter(BrandKind(each.organization_id, each.level, each.year) for each in brands),
        {each.id: each.community_id for each in alive if each.id in holders},
    )


def said_of(organizations: Sequence[Organization], year: int) -> SaidFigures:
    said = [each for each in living(organizations) if each.figures_year == year]
    return SaidFigures(
        Counter((each.category_id, each.activities) for each in said),
        Counter((each.category_id, each.visits) for each in said),
        Counter(each.category_id for each in said if (each.activities, each.visits) == (None, None)),
    )


def rows(section: ReportSection) -> dict[object, tuple]:
    return {row[0]: row[1:] for row in section.sheet.rows}


def drawn(section: ReportSection, place: int = 0) -> dict[str, object]:
    chart = section.charts[place]
    labels = [each.label for each in chart.categories]
    return dict(zip(labels, chart.series[0].figures, strict=True))


def graded(
    year: int, *subjects: tuple[str, str, str], missing: str = "没有公布的考核结果", note: str = ""
) -> GradedYear:
    made = tuple(
        GradedSubject(
            category,
            grade,
            COMPLETE if grade else NOT_ASSESSED,
            Decimal(final) if final else None,
        )
        for category, grade, final in subjects
    )
    return GradedYear(year, GRADES if made else (), made, "" if made else missing, note)


def test_classes_count_the_living_and_name_those_without() -> None:
    section = class_section(facts())
    assert rows(section) == {
        "作风建设类": (2, Decimal("66.7")),
        "矛盾调处类": (0, Decimal("0.0")),
        "未分类别": (1, Decimal("33.3")),
        "合计": (3, Decimal("100.0")),
    }
    assert drawn(section) == {"作风建设类": 2, "矛盾调处类": 0, "未分类别": 1}
    assert (
        section.sentence
        == "共有社会组织3个（不含已注销、已撤销），最多的是作风建设类（2个），最少的是矛盾调处类（0个）。"
    )


def test_communities_have_their_brands_and_those_without_a_community_are_named() -> None:
    section = community_section(facts(brands=[Brand("b1", "o2", "茶话"), Brand("b2", "o4", "旧")]))
    assert rows(section)["松枫社区"] == (2, Decimal("66.7"), 1)
    assert rows(section)["塘桥村"] == (0, Decimal("0.0"), 0)
    assert rows(section)["未填社区（村）"] == (1, Decimal("33.3"), 0)
    assert rows(section)["合计"] == (3, Decimal("100.0"), 1)
    assert section.sentence.startswith("1个社区平均2.00个，1个村平均0.00个；最多的是松枫社区（2个）")


def test_many_communities_are_drawn_in_parts() -> None:
    many = [Community(f"m{n}", f"第{n}社区") for n in range(80)]
    organizations = [Organization(f"o{n}", f"{n}队", f"m{n % 80}") for n in range(200)]
    section = community_section(counted(organizations, many))
    assert len(section.charts) == 3
    assert sum(sum(chart.series[0].figures) for chart in section.charts) == 200
    assert rows(section)["合计"][0] == 200


def test_standing_and_party() -> None:
    standing = standing_section(facts())
    assert drawn(standing) == {"备案": 1, "登记": 1, "纳入管理": 0, "培育中": 0, "未填写": 1}
    assert standing.sentence == "备案1个，登记1个，未填写1个。"
    party = party_section(facts())
    assert party.sentence == "党的组织覆盖率33.33%；1个没有填写，按未覆盖计。"
    assert rows(party)["单独组建"] == (1, Decimal("33.3"))
    nobody = party_section(facts([Organization("o1", "一队")]))
    assert "说不出覆盖率" in nobody.sentence


def test_brands_until_the_year_of_the_living() -> None:
    brands = [
        Brand("b1", "o1", "一", BrandLevel.CITY, 2024),
        Brand("b2", "o1", "二", BrandLevel.CITY, 2025),
        Brand("b3", "o2", "三", None, None),
        Brand("b4", "o2", "四", BrandLevel.CITY, 2026),
        Brand("b5", "o4", "五", BrandLevel.CITY, 2025),
    ]
    section = brand_section(facts(brands=brands), 2025)
    assert drawn(section)["市级"] == 2
    assert drawn(section)["未填写"] == 1
    assert section.sentence == "到2025年有品牌3个，属于2个组织（占66.7%）；当年新增1个。"
    none = brand_section(facts(), 2025)
    assert (none.sentence, none.charts, none.sheet.rows) == ("台账里还没有登记品牌。", (), ())


@pytest.mark.parametrize("make", [class_section, community_section, standing_section, party_section])
def test_an_empty_register_has_no_picture_and_says_so(make) -> None:
    section = make(facts([]))
    assert section.charts == ()
    assert section.sheet.rows == ()
    assert section.sentence == "名册里没有组织。"


def test_grades_by_class_in_the_office_s_order_with_those_not_assessed() -> None:
    year = graded(
        2025,
        ("矛盾调处类", "优秀", "95"),
        ("作风建设类", "良好", "85"),
        ("作风建设类", "优秀", "92"),
        ("", "", ""),
        note="考核已计算，结果还没有公布。",
    )
    section = grade_section(year, [each.name for each in CATEGORIES])
    assert [column.title for column in section.sheet.columns][1:-1] == [*GRADES, "不参评"]
    assert rows(section) == {
        "作风建设类": (1, 1, 0, 0, 0, 2),
        "矛盾调处类": (1, 0, 0, 0, 0, 1),
        "未分类别": (0, 0, 0, 0, 1, 1),
        "合计": (2, 1, 0, 0, 1, 4),
    }
    assert list(rows(section)) == ["作风建设类", "矛盾调处类", "未分类别", "合计"]
    assert section.sentence == (
        "2025年度考核对象4个，评出等次的3个：优秀2个（66.7%）、良好1个（33.3%）；不参评1个。"
        "考核已计算，结果还没有公布。"
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["甲", "乙", ""]),
            st.sampled_from([*GRADES, "", *(f"等{n}" for n in range(9))]),
            st.just("60"),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_every_subject_is_counted_once_whatever_its_grade_is_called(
    subjects: list[tuple[str, str, str]],
) -> None:
    section = grade_section(graded(2025, *subjects), ["乙"])
    totals = rows(section)["合计"]
    assert totals[-1] == sum(totals[:-1]) == len(subjects)
    [columns, stacks] = section.charts
    assert sum(columns.series[0].figures) == len(subjects)
    assert sum(sum(each.figures) for each in stacks.series) == len(subjects)


def test_years_are_compared_and_a_missing_one_is_a_gap() -> None:
    section = comparison_section(
        [
            graded(2023, ("", "优秀", "90.10"), ("", "合格", "70.00")),
            graded(2024),
            graded(2025, ("", "优秀", "91"), ("", "优秀", "92"), ("", "良好", "80"), ("", "", "")),
        ]
    )
    half, most, third, none = map(Decimal, ("50.0", "66.7", "33.3", "0.0"))
    assert rows(section)["2024年"] == (None,) * 9
    assert rows(section)["2023年"] == (1, 0, 1, 0, 0, 2, half, none, Decimal("80.05"))
    assert rows(section)["2025年"] == (2, 1, 0, 0, 1, 4, most, third, Decimal("87.67"))
    stacks, shares = section.charts
    assert stacks.series[0].figures == (1, None, 2)
    assert shares.kind is ChartKind.LINES
    assert shares.series[0].figures == (half, None, most)
    assert section.sentence == (
        "优秀的占比，2023年50.0%，2025年66.7%；平均得分，2023年80.05，2025年87.67；2024年没有公布的考核结果。"
    )


def test_one_year_alone_is_not_compared() -> None:
    section = comparison_section([graded(2023), graded(2024), graded(2025, ("", "优秀", "91"))])
    assert [each.code for each in section.charts] == ["years"]
    assert "有考核结果的只有2025年，还不能对比" in section.sentence
    nothing = comparison_section([graded(2023), graded(2024), graded(2025)])
    assert (nothing.charts, nothing.sheet.rows) == ((), ())
    assert nothing.sentence.count("没有公布的考核结果") == 3


def a_line(award: str, fen: int, **said: object) -> AwardPayment:
    return AwardPayment(f"p{award}{fen}", "一队", 2025, award=award, amount=fen, **said)


def test_money_follows_the_ledger() -> None:
    section = money_section(
        [
            a_line("一等奖", 300_000, paid_on=PartialDate(2026, 1)),
            a_line("二等奖", 100_050),
            a_line("二等奖", 200_000, remarks=NO_MORE),
        ],
        (),
        2025,
    )
    assert drawn(section) == {"一等奖": Decimal("3000.00"), "二等奖": Decimal("1000.50")}
    assert section.sentence == "应发奖金4,000.50元，已拨付3,000元，未拨付1,000.50元。"


def test_money_not_in_the_ledger_follows_the_outcome_and_says_so() -> None:
    fillings = [
        AwardFilling("a", "一等奖", category, 1, ("s1", "s2"), (), (), 100_000, (60_000, 40_000))
        for category in ("甲", "乙")
    ]
    section = money_section((), fillings, 2025)
    assert rows(section) == {"一等奖": (4, Decimal("4000.00")), "合计": (4, Decimal("4000.00"))}
    assert section.sentence == "应发奖金4,000元。奖金还没有登记，按考核结果应发。"
    nothing = money_section((), (), 2025)
    assert (nothing.sentence, nothing.charts, nothing.sheet.rows) == ("没有奖金。", (), ())


def test_activity_takes_figures_of_the_year_alone() -> None:
    organizations = [
        Organization("o1", "一队", category_id="c1", figures_year=2025, activities=12, visits=300),
        Organization("o2", "二队", category_id="c1", figures_year=2024, activities=99, visits=99),
        Organization("o3", "三队", category_id="c2", figures_year=2025, activities=0),
        Organization("o4", "四队"),
    ]
    section = activity_section(facts(organizations), said_of(organizations, 2025), 2025)
    assert rows(section) == {
        "作风建设类": (2, 1, 12, 300),
        "矛盾调处类": (1, 1, 0, None),
        "未分类别": (1, 0, None, None),
        "合计": (4, 2, 12, 300),
    }
    times, visits = section.charts
    assert times.series[0].figures == (12, 0, None)
    assert visits.series[0].figures == (300, None, None)
    assert section.sentence == "2个组织填报2025年开展活动12次，服务300人次；2个没有填报。"
    silent = activity_section(facts(), said_of(ORGANIZATIONS, 2025), 2025)
    assert (silent.charts, silent.sheet.rows) == ((), ())
    assert silent.sentence == "名册里没有2025年的活动次数和服务人次。"


def test_the_ledger_s_activities_stand_by_month() -> None:
    held = {PartialDate(2025, 3, 12): 1, PartialDate(2025): 1, PartialDate(2024, 3): 1, None: 1}
    section = month_section(held, 2025)
    assert drawn(section)["3月"] == 1
    assert drawn(section)["月份不明"] == 1
    assert rows(section)["合计"] == (2, Decimal("100.0"))
    assert section.sentence == "台账里登记了2025年的活动2次。"
    nothing = month_section(held, 2023)
    assert (nothing.charts, nothing.sheet.rows) == ((), ())


def test_a_report_of_nothing_has_all_sections_and_no_picture() -> None:
    nothing = counted(())
    years = [graded(year) for year in (2023, 2024, 2025)]
    silent = said_of((), 2025)
    found = year_report(YearFacts("示例街道办事处", date(2026, 1, 8), nothing, "", silent, years, (), (), {}))
    assert len(found.sections) == 10
    assert not any(each.charts or each.sheet.rows for each in found.sections)
    assert all(each.sentence.endswith("。") for each in found.sections)
    assert found.sections[0].sheet.title == "示例街道办事处2025年考核等次"
