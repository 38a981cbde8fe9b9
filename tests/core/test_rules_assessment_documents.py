"""The wording of an assessment's documents in years that are not like the sample's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.model.assessment import Entry, EntryKind
from core.model.award_payment import AwardPayment
from core.model.cycle_view import ComputedYear
from core.model.dates import PartialDate
from core.model.document import OfficialDocument, Paragraph, Table
from core.model.document_text import About
from core.model.facts import Fact, Row
from core.model.objection import Objection
from core.model.scheme import (
    CategoryWeight,
    Choice,
    HeadShare,
    Indicator,
    IndicatorSet,
    LeafKind,
    MissingStage,
    PlaceAmount,
    Places,
    Rater,
    Scheme,
    Threshold,
    VetoEffect,
    VetoItem,
)
from core.rules.award_money import payment_lines
from core.rules.chinese_numerals import counting_numeral
from core.rules.computing import Computation
from core.rules.document_filling import Scope, fill
from core.rules.facts_cycle import CycleFacts
from core.rules.facts_office import office_facts
from core.rules.facts_opening import opening_row
from core.rules.facts_payment import payment_row
from core.rules.facts_revocation import revocation_row
from core.rules.facts_subject import paper_row
from core.rules.working_days import WorkingDays
from core.services.document_templates import shipped_templates
from tests.core.engine_cases import EXCELLENT, GOOD, a_revocation, a_scheme, a_stage, an_entry
from tests.core.filled_documents import lines_of
from tests.core.test_rules_results_notice import FRAME, OFFICE, a_computed_year

TODAY = date(2026, 1, 5)
CYCLE = (
    "criticism-circular",
    "payment-table",
    "praise-circular",
    "praise-decision",
    "public-notice",
    "results-table",
)
OPEN_AWARD = replace(EXCELLENT, places=Places.OPEN)


def rows_of(fact: Fact) -> tuple[Row, ...]:
    assert isinstance(fact, tuple)
    return fact


def facts_of(computed: ComputedYear, subject_id: str = "") -> Row:
    """All facts of a year, and those of a subject's own paper."""
    view = computed.view
    verdicts = Computation.of(view.scheme, view.subjects, view.sheets, view.entries, view.settled).verdicts
    facts = CycleFacts(computed, WorkingDays(), TODAY, verdicts)
    held = {each.name for each in view.subjects if each.id in view.held}
    known = {
        **office_facts(OFFICE, 2025, TODAY),
        **opening_row(view),
        **facts.row,
        **payment_row(payment_lines(computed, {}), held),
    }
    return {**known, **paper_row(facts, subject_id)} if subject_id else known


def document_of(code: str, computed: ComputedYear, subject_id: str = "") -> OfficialDocument:
    text = shipped_templates()[code]
    facts = facts_of(computed, subject_id)
    if text.about is About.OPENING:
        facts = {**facts, **opening_row(computed.view)}
    return fill(text, facts, replace(FRAME, dated_on=TODAY))


def says(code: str, computed: ComputedYear, subject_id: str = "") -> str:
    paragraphs = document_of(code, computed, subject_id).paragraphs
    return "".join(each.heading + each.text for each in paragraphs if isinstance(each, Paragraph))


def is_needed(code: str, computed: ComputedYear, subject_id: str = "") -> bool:
    return Scope(facts_of(computed, subject_id)).holds(shipped_templates()[code].needs)


def many(count: int, mark: str = "95") -> dict[str, str]:
    return {f"{number:02d}": mark for number in range(1, count + 1)}


@pytest.mark.parametrize("code", CYCLE)
@pytest.mark.parametrize("count", [0, 1, 60])
def test_years_of_any_size_are_told(code: str, count: int) -> None:
    computed = a_computed_year(many(count), scheme=a_scheme(awards=(OPEN_AWARD,)))
    document = document_of(code, computed)
    said = lines_of(document)
    assert not any("{" in line or "。。" in line or "，。" in line for line in said)
    if code == "results-table":
        [table] = [each for each in document.paragraphs if isinstance(each, Table)]
        assert len(table.rows) == count
    if code in ("praise-decision", "praise-circular"):
        assert len(document.annexes) == (count > 5)


@pytest.mark.parametrize(
    ("totals", "decided", "told"),
    [
        ({}, "", "优秀奖空缺。良好奖空缺。各社会组织要对照指标"),
        ({"甲": "70"}, "", "优秀奖空缺。良好奖空缺。"),
        (
            {"甲": "95"},
            "决定对下列社会组织予以通报表扬：组织甲获优秀奖，给予扶持资金4万元。以上",
            "组织甲获优秀奖，给予扶持资金4万元。良好奖空缺。",
        ),
        (
            {"甲": "95", "乙": "94", "丙": "81"},
            "下列3个社会组织予以通报表扬：组织甲、组织乙等2个社会组织获优秀奖，每个给予扶持资金4万元。组织丙获良好奖，",
            "组织丙获良好奖，给予扶持资金3万元。以上扶持资金合计11万元。",
        ),
        ({"甲": "94", "乙": "94", "丙": "94"}, "", "优秀奖因3个社会组织得分并列，待研究确定后另行通报。"),
    ],
)
def test_nobody_one_and_many_are_praised(totals: Mapping[str, str], decided: str, told: str) -> None:
    computed = a_computed_year(totals)
    assert is_needed("praise-decision", computed) is bool(decided)
    assert decided in says("praise-decision", computed)
    assert told in says("praise-circular", computed)


def test_a_scheme_without_awards_says_so() -> None:
    computed = a_computed_year({"甲": "95"}, scheme=a_scheme())
    assert "本次考核不设奖项。" in says("public-notice", computed)
    assert "2025年度考核不设奖项，没有获奖的社会组织。" in says("praise-circular", computed)
    assert "没有要发放的资金" in says("payment-table", computed)


@pytest.mark.parametrize(
    ("totals", "entries", "said"),
    [
        ({"甲": "95"}, (), ""),
        (
            {"甲": "95"},
            (an_entry("甲", EntryKind.VETO),),
            "有1个社会组织存在突出问题，现予以通报批评：组织甲。一票否决：事由。该",
        ),
        ({"甲": "95", "乙": "50"}, (), "组织乙。得分50.00，不合格。"),
        (many(6, "50"), (), "有6个社会组织存在突出问题，现予以通报批评（名单和原因见附件）。以上社会组织"),
    ],
)
def test_criticism_names_the_reason(totals: Mapping[str, str], entries: tuple[Entry, ...], said: str) -> None:
    computed = a_computed_year(totals, *entries)
    assert is_needed("criticism-circular", computed) is bool(said)
    assert said in says("criticism-circular", computed)
    assert len(document_of("criticism-circular", computed).annexes) == (len(totals) > 5)


@pytest.mark.parametrize(
    ("mark", "entries", "said", "mends"),
    [
        ("95", (), "得分95.00分，等次为优秀，列第1名，获优秀奖，扶持资金4万元。", False),
        ("55", (), "得分55.00分，等次为不合格，列第1名。", True),
        ("95", (an_entry("甲", EntryKind.VETO),), "被一票否决，等次为不合格。事由：事由。", True),
        (None, (), "评分不全，没有评定等次。具体是：缺环节：year环节。", False),
        ("80", (an_entry("甲", EntryKind.BONUS, "2.5"),), "year环节80.00分。因事由加2.5分。", False),
        ("90", (an_entry("甲", EntryKind.DEDUCTION, "1"),), "year环节90.00分。因事由扣1分。", False),
        ("90", (an_entry("甲", EntryKind.VETO, lifted="查无此事"),), "等次为优秀", False),
    ],
)
def test_a_letter_tells_what_there_is_and_why(
    mark: str | None, entries: tuple[Entry, ...], said: str, mends: bool
) -> None:
    computed = a_computed_year({"甲": mark}, *entries)
    assert said in says("result-letter", computed, "甲")
    assert ("整改要求。" in says("result-letter", computed, "甲")) is mends
    assert is_needed("rectification-notice", computed, "甲") is mends


def test_a_letter_tells_each_of_several_stages() -> None:
    scheme = a_scheme(a_stage("half"), a_stage(), missing_stage=MissingStage.ZERO)
    computed = a_computed_year({"甲": "80"}, scheme=scheme)
    assert "得分情况。half环节80.00分，year环节没有得分。" in says("result-letter", computed, "甲")
    assert "得分情况" not in says("result-letter", a_computed_year({"甲": "80"}), "甲")


def barred(computed: ComputedYear, reason: str) -> ComputedYear:
    """The same year with everybody kept out, as the cycle froze them."""
    subjects = tuple(replace(each, barred=reason) for each in computed.view.subjects)
    view = replace(computed.view, subjects=subjects, sheets=())
    verdicts = Computation.of(view.scheme, subjects, (), (), view.settled)
    outcome = verdicts.outcome(digest="")
    return ComputedYear(replace(view, results=outcome.results), outcome, computed.explain)


def test_a_letter_to_one_that_was_not_assessed_tells_why() -> None:
    computed = barred(a_computed_year({"甲": "95"}), "暂停活动")
    said = says("result-letter", computed, "甲")
    assert "考核结果。没有参加本次考核。原因：暂停活动。提出异议。" in said
    assert "得分情况" not in said
    opening = document_of("opening-notice", computed)
    assert "本次没有参加考核的社会组织。不参加本次考核1个，其中暂停活动1个（名单见附件2）。" in says(
        "opening-notice", computed
    )
    assert [each.title for each in opening.annexes] == [
        "2025年度社会组织考核名单",
        "不参加2025年度考核的社会组织",
    ]


def test_whose_objection_is_open_is_neither_named_nor_paid() -> None:
    computed = a_computed_year({"甲": "95", "乙": "50"})
    waiting = tuple(Objection(each, "cycle", each, "2026-01-03", "某人", "有误") for each in ("甲", "乙"))
    held = replace(computed, view=replace(computed.view, objections=waiting))
    for code in CYCLE:
        assert not any("组织甲" in line or "组织乙" in line for line in lines_of(document_of(code, held))), (
            code
        )
    assert not is_needed("praise-decision", held)
    assert not is_needed("criticism-circular", held)
    assert "另有2个因异议正在核实，结果暂不公示" in says("public-notice", held)


def test_the_public_notice_tells_where_to_object_and_nothing_of_a_person() -> None:
    computed = a_computed_year({"甲": "95"})
    office = replace(OFFICE, contact_phone="010-12345678", contact_address="示例路1号")
    facts = {**facts_of(computed), **office_facts(office, 2025, TODAY)}
    said = lines_of(fill(shipped_templates()["public-notice"], facts, FRAME))
    [where] = [line for line in said if line.startswith("四、")]
    assert where.endswith("受理电话：010-12345678。受理地址：示例路1号。")
    assert "2026年1月5日至2026年1月9日，共5个工作日。" in "".join(said)
    assert "受理电话" not in says("public-notice", computed)


def test_the_public_notice_tells_of_a_tie_that_may_change_its_list() -> None:
    said = says("public-notice", a_computed_year({"甲": "97", "乙": "95", "丙": "95", "丁": "81"}))
    tied = "优秀奖因2个社会组织得分并列，有名额正在研究确定，名单有变化的另行公示。"
    assert f"优秀奖1个：组织甲。{tied}良好奖1个：组织丁。" in said
    everyone = says("public-notice", a_computed_year({"甲": "95", "乙": "95", "丙": "95"}))
    assert "优秀奖因3个社会组织得分并列，有名额正在研究确定" in everyone
    assert "优秀奖空缺" not in everyone


def test_money_is_paid_to_winners_and_heads_but_not_where_it_was_taken_back() -> None:
    lines = (
        AwardPayment("1", "甲", award="优秀奖", amount=3_800_000, payee="甲合作社"),
        AwardPayment("2", "甲", award="优秀奖", head="张三", amount=200_050),
        AwardPayment("3", "乙", award="优秀奖", amount=100, remarks="不再得奖，应追回"),
        AwardPayment("4", "丙", award="优秀奖", amount=100),
    )
    row = payment_row(lines, {"丙"})
    assert [(each["领取人"], each["发放金额"]) for each in rows_of(row["发放明细"])] == [
        ("甲\uff08甲合作社\uff09", "38,000"),
        ("甲\uff08张三\uff09", "2,000.50"),
    ]
    assert (row["发放笔数"], row["发放合计"]) == (2, "40,000.50")
    assert row["发放合计大写"] == "人民币肆万元伍角"


TREE = (
    Indicator("a", "组织建设", Decimal(40), children=(Indicator("b", "班子", Decimal(40)),)),
    Indicator("c", "活动", Decimal(10), LeafKind.COUNT, unit=Decimal(2)),
    Indicator(
        "d",
        "档案",
        Decimal(10),
        LeafKind.OPTIONS,
        choices=(Choice("齐全", Decimal(10)), Choice("缺", Decimal(0))),
    ),
    Indicator("e", "志愿者", Decimal(10), LeafKind.STEPS, thresholds=(Threshold(Decimal(50), Decimal(10)),)),
    Indicator("f", "安全", Decimal(10), LeafKind.DEDUCT),
    Indicator("g", "满意度", Decimal(10), LeafKind.PERCENT),
    Indicator("h", "到会", Decimal(5), LeafKind.RATE, target=Decimal("0.95")),
    Indicator("i", "公开", Decimal(5), LeafKind.YES_NO),
)


def a_rich_scheme() -> Scheme:
    first = a_stage(
        "half", {"自评": 1, "社区": 2}, indicator_sets=(IndicatorSet(("文体类",), TREE),), weight=Decimal(1)
    )
    votes = (Rater("box", "群众", Decimal(1), ballots=True), Rater("desk", "街道", Decimal(1)))
    second = a_stage("year", starts_on=date(2025, 12, 1), ends_on=date(2025, 12, 20), weight=Decimal(2))
    return a_scheme(
        first,
        replace(second, raters=votes),
        awards=(
            replace(EXCELLENT, amounts=(PlaceAmount(1, 2_000_000), PlaceAmount(2, 1_000_000))),
            replace(GOOD, places=Places.PERCENT, number=Decimal(20), per_category=True, amount_fen=0),
            replace(OPEN_AWARD, name="创新奖", share=HeadShare(Decimal(5), heads=2)),
            replace(OPEN_AWARD, name="带头奖", share=HeadShare(Decimal(10), added=True)),
        ),
        vetoes=(
            VetoItem("a", "弄虚作假"),
            VetoItem("b", "上访", VetoEffect.CAP, "合格"),
            VetoItem("c", "安全事故", VetoEffect.BAR_AWARDS),
        ),
        report_to="区委组织部",
        notice_days=5,
    )


def test_an_opening_tells_stages_indicators_and_awards() -> None:
    computed = a_computed_year({"甲": None}, scheme=a_rich_scheme())
    said = says("opening-notice", computed)
    for sentence in (
        "考核满分100分，分2个环节进行，按权重汇总。指标和分值见附件2。",
        "（一）half环节。由自评\uff0833.3%\uff09、社区\uff0866.7%\uff09评分，满分100分，占总分的33.3%。评分表填好后及时报送。",
        "（二）year环节。由群众\uff0850%\uff09、街道\uff0850%\uff09评分，满分100分，占总分的66.7%。"
        "2025年12月1日至2025年12月20日进行，测评票和评分表请在结束前报送。",
        "90分以上为优秀，80分以上不满90分为良好，70分以上不满80分为合格，60分以上不满70分为基本合格，不满60分为不合格。",
        "一票否决：弄虚作假。有下列情形之一的，等次受限：上访\uff08最高合格\uff09。有下列情形之一的，不得评奖：安全事故。",
        "优秀奖2个，第1名2万元，第2至3名每个1万元。良好奖每个类别参加考核数的20%。",
        "创新奖不限名额，每个4万元，2位负责人各得奖金的5%。带头奖不限名额，每个4万元，负责人得奖金的10%，另外发给。",
        "奖励资金预算17万元。",
        "结果公示不少于5个工作日。结果公布前报区委组织部。",
    ):
        assert sentence in said
    [table] = document_of("opening-notice", computed).annexes[1].blocks
    assert isinstance(table, Table)
    assert [row[2:] for row in table.rows] == [
        ("文体类", "组织建设", "班子", "40", "0至40分"),
        ("文体类", "", "活动", "10", "每项2分，最多10分"),
        ("文体类", "", "档案", "10", "齐全10分，缺0分"),
        ("文体类", "", "志愿者", "10", "达到50得10分"),
        ("文体类", "", "安全", "10", "从10分起扣，扣完为止"),
        ("文体类", "", "满意度", "10", "按百分比折成10分"),
        ("文体类", "", "到会", "5", "达到目标得5分，不到的按比例"),
        ("文体类", "", "公开", "5", "有得5分，没有得0分"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2025, 12, 1), None, "从2025年12月1日开始进行，评分表填好后及时报送。"),
        (None, date(2025, 12, 20), "评分表请于2025年12月20日前报送。"),
        (None, None, "评分表填好后及时报送。"),
    ],
)
def test_a_stage_says_the_days_that_it_has(first: date | None, last: date | None, said: str) -> None:
    for stages in ((a_stage(),), (a_stage("half"), a_stage())):
        scheme = a_scheme(*(replace(each, starts_on=first, ends_on=last) for each in stages))
        assert says("opening-notice", a_computed_year({"甲": None}, scheme=scheme)).count(said) == len(stages)


def test_the_money_to_take_back_is_the_subjects_own() -> None:
    computed = a_computed_year({"甲": "95"})
    paid = [
        AwardPayment(
            one, "组织甲", award="优秀奖", amount=amount, organization_id=own, paid_on=PartialDate(2026, 2, 1)
        )
        for one, own, amount in (("1", "organization-甲", 100_00), ("2", "", 20_00), ("3", "namesake", 5_00))
    ]
    facts = CycleFacts(computed, WorkingDays(), TODAY)
    assert revocation_row(facts, computed.outcome, a_revocation("甲"), paid)["应追回"] == "120元"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "2025年度测试方案"),
        ("第一季度评比", "2025年度第一季度评比"),
        ("2025年上半年评比", "2025年上半年评比"),
    ],
)
def test_the_year_stands_once_in_a_heading(title: str, said: str) -> None:
    view = a_computed_year({"甲": "95"}).view
    assert replace(view, cycle=replace(view.cycle, title=title)).heading == said


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("", ""),
        ("测试方案", ""),
        ("第一季度", "第一季度"),
        ("2025年度第一季度", "第一季度"),
        ("2025年上半年", "上半年"),
    ],
)
def test_one_of_several_assessments_in_a_year_is_told_apart(title: str, period: str) -> None:
    computed = a_computed_year({"甲": "95"})
    view = replace(computed.view, cycle=replace(computed.view.cycle, title=title))
    document = document_of("public-notice", replace(computed, view=view))
    assert "".join(document.title) == f"关于2025年度{period}社会组织考核结果的公示"


def test_raters_whose_weights_differ_by_category_are_named_without() -> None:
    by_category = Rater("a", "自评", Decimal(1), category_weights=(CategoryWeight("文体类", Decimal(2)),))
    stage = replace(a_stage(), raters=(by_category, Rater("b", "社区", Decimal(1))))
    assert "由自评、社区评分" in says("opening-notice", a_computed_year({"甲": None}, scheme=a_scheme(stage)))


def test_headings_are_counted_in_chinese() -> None:
    numerals = [counting_numeral(number) for number in (1, 9, 10, 11, 20, 21, 99)]
    assert numerals == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]
