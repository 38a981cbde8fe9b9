"""The lists beside the ranking, made by hand-made results; what a revocation would change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.model.assessment import Cycle, CycleState, Entry, EntryKind, Result, ResultState, Subject
from core.model.cycle_view import ComputedYear, CycleView, place_in_list
from core.model.decision import DecisionKind
from core.model.result_list import ListKind, ResultList
from core.model.scheme import HeadShare, Scheme, SupportListRule, TieKey, TieKeyKind
from core.model.settled import Settled
from core.rules.assessing import assess
from core.rules.computing import Computation
from core.rules.consequences import consequences
from core.rules.result_findings import ResultFindings
from core.rules.result_lists import result_lists
from tests.core.engine_cases import (
    EXCELLENT,
    GOOD,
    a_decision,
    a_revocation,
    a_scheme,
    a_sheet,
    a_subject,
    an_earlier,
    an_entry,
)

SCHEME = a_scheme(awards=(EXCELLENT, GOOD))


def lists_of(
    totals: Mapping[str, str],
    entries: Sequence[Entry] = (),
    *,
    scheme: Scheme = SCHEME,
    known: Mapping[str, Mapping[str, Any]] | None = None,
    **settled: Any,
) -> dict[ListKind, ResultList]:
    """All lists of a cycle with one total for each subject; `known` are facts of some subjects."""
    facts = known or {}
    subjects = tuple(a_subject(each, **facts.get(each, {})) for each in totals)
    sheets = tuple(a_sheet(each, total) for each, total in totals.items())
    outcome = assess(scheme, subjects, sheets, entries, **settled)
    cycle = Cycle("cycle", 2025, "scheme", CycleState.COMPUTED, "2026-01-02", title="年度考核")
    view = CycleView(
        cycle, scheme, subjects, sheets, tuple(entries), outcome.results, (), (), False, **settled
    )
    computation = Computation.of(scheme, subjects, sheets, entries, Settled(**settled))
    scores = {each: verdict.score for each, verdict in computation.verdicts.items()}
    found = result_lists(ResultFindings(ComputedYear(view, outcome, computation.explain), scores))
    return {one.kind: one for one in found}


def rows(found: ResultList, *titles: str) -> list[tuple[Any, ...]]:
    """These columns of a list."""
    heads = [column.title for column in found.columns]
    return [tuple(line.values[heads.index(title)] for title in titles) for line in found.lines]


def test_edges_lie_within_half_a_point_on_either_side_the_closest_first() -> None:
    found = lists_of({"1": "89.99", "2": "90", "3": "90.51", "4": "79.5", "5": "79.49", "6": "90.01"})
    assert rows(found[ListKind.EDGES], "考核对象", "相差", "说明") == [
        ("组织2", Decimal("0.00"), "刚好到优秀"),
        ("组织6", Decimal("0.01"), "超过优秀线 0.01 分，只差一个取整单位"),
        ("组织1", Decimal("-0.01"), "再多 0.01 分就到优秀，只差一个取整单位"),
        ("组织4", Decimal("-0.50"), "再多 0.50 分就到良好"),
    ]
    assert "其中一个取整单位（0.01 分）以内的 3 个" in found[ListKind.EDGES].note


def test_a_veto_decides_without_limits() -> None:
    found = lists_of({"1": "89.99"}, [an_entry("1", EntryKind.VETO)])
    assert found[ListKind.EDGES].lines == ()
    assert rows(found[ListKind.APART], "情形", "考核对象", "最后得分", "等次", "原因") == [
        ("一票否决", "组织1", Decimal("89.99"), "不合格", "一票否决：事由")
    ]


def test_equals_stand_side_by_side_in_the_order_of_the_keys() -> None:
    scheme = replace(SCHEME, tie_keys=(TieKey(TieKeyKind.FEWER_DEDUCTIONS), TieKey(TieKeyKind.MORE_BONUS)))
    entries = [an_entry("1", EntryKind.DEDUCTION, "1"), an_entry("1", EntryKind.BONUS, "2")]
    found = lists_of({"1": "91", "2": "92", "3": "92", "4": "95"}, entries, scheme=scheme)[ListKind.TIES]
    assert [column.title for column in found.columns[5:]] == ["扣分合计（少者在前）", "加分合计"]
    assert [line.values for line in found.lines] == [
        (2, "组织2", Decimal("92.00"), "并列第 1", "并列待定", "0.00", "0.00"),
        (2, "组织3", Decimal("92.00"), "并列第 1", "并列待定", "0.00", "0.00"),
        (2, "组织1", Decimal("92.00"), "第 3", "良好奖", "1.00", "2.00"),
    ]


def test_equals_that_people_put_in_order_say_so() -> None:
    vote = a_decision(DecisionKind.TIE, award="good", order=("3", "1", "2"))
    totals = {"1": "92", "2": "92", "3": "92", "4": "95"}
    found = lists_of(totals, decisions=(vote,))[ListKind.TIES]
    assert rows(found, "考核对象", "先后") == [
        ("组织3", "表决第 1"),
        ("组织1", "表决第 2"),
        ("组织2", "表决第 3"),
    ]
    lifted = replace(vote, lifted="重议")
    assert {place for (place,) in rows(lists_of(totals, decisions=(lifted,))[ListKind.TIES], "先后")} == {
        "并列第 1"
    }


def test_of_equals_those_with_an_award_stand_first() -> None:
    awards = (("", 0), ("良好奖", 3_000_000), ("优秀奖", 4_000_000), ("光荣榜", 0))
    pairs = [
        (
            Subject(str(place), "", "", "", position=place),
            Result("", "", str(place), ResultState.COMPLETE, rank=5, award=award, amount_fen=money),
        )
        for place, (award, money) in enumerate(awards)
    ]
    ordered = sorted(pairs, key=place_in_list)
    assert [result.award for _, result in ordered] == ["优秀奖", "良好奖", "光荣榜", ""]


def test_places_their_holders_and_those_who_wait() -> None:
    found = lists_of({"1": "93", "2": "92", "3": "92", "4": "92", "5": "85"})[ListKind.AWARDS]
    # 40,000 for the one winner and 30,000 for the one 良好: the three equals are considered for neither.
    assert found.note == "奖励合计 70,000 元，预算 170,000 元，结余 100,000 元。"
    assert rows(found, "奖项", "名额", "考核对象", "奖金（元）", "说明") == [
        ("优秀奖", "1/2", "组织1", Decimal("40000.00"), None),
        ("优秀奖", None, "组织2", None, "并列待定"),
        ("优秀奖", None, "组织3", None, "并列待定"),
        ("优秀奖", None, "组织4", None, "并列待定"),
        ("优秀奖", "2/2", "（空缺）", None, "名额线上并列"),
        ("良好奖", "1/3", "组织5", Decimal("30000.00"), None),
        ("良好奖", "2/3", "（空缺）", None, "没有符合条件的对象"),
        ("良好奖", "3/3", "（空缺）", None, "没有符合条件的对象"),
    ]


def test_shares_of_heads_and_categories_have_columns_of_their_own() -> None:
    award = replace(EXCELLENT, per_category=True, share=HeadShare(Decimal(5), heads=2))
    known = {"1": {"category": "甲类"}, "2": {"category": "乙类"}}
    found = lists_of({"1": "93", "2": "92"}, scheme=replace(SCHEME, awards=(award,)), known=known)[
        ListKind.AWARDS
    ]
    won = [line.values for line in found.lines if line.subject_id]
    assert [column.title for column in found.columns][1:7:5] == ["类别", "其中负责人（元）"]
    # 40,000 with 5 % to each of two heads, cut from it
    assert won == [
        ("优秀奖", "甲类", "1/2", "组织1", Decimal("93.00"), Decimal("40000.00"), Decimal("4000.00"), None),
        ("优秀奖", "乙类", "1/2", "组织2", Decimal("92.00"), Decimal("40000.00"), Decimal("4000.00"), None),
    ]


def test_money_above_the_budget_is_said() -> None:
    scheme = replace(SCHEME, budget_fen=3_999_950)
    found = lists_of({"1": "93"}, scheme=scheme)[ListKind.AWARDS]
    assert found.note == "奖励合计 40,000 元，预算 39,999.50 元，超出预算 0.50 元。"


def test_who_came_onto_a_list_who_stays_and_who_went() -> None:
    scheme = replace(SCHEME, lists=(SupportListRule("support", "重点名单", ("优秀", "良好")),))
    earlier = (an_earlier(2024, "9", "良好"), an_earlier(2024, "3", "优秀"), an_earlier(2024, "2", "良好"))
    found = lists_of({"1": "93", "2": "85", "3": "72"}, scheme=scheme, earlier=earlier)[ListKind.LISTS]
    assert found.note == "重点名单 2 个，比上年新列入 1 个、退出 2 个。"
    assert rows(found, "考核对象", "变化", "缘由") == [
        ("组织1", "新列入", "上年没有等次，本年优秀"),
        ("组织2", "保留", None),
        ("组织3", "退出", "上年优秀，本年合格"),
        ("组织9", "退出", "本年不在考核名单里"),
    ]
    quarter = tuple(replace(one, number=1) for one in earlier)
    found = lists_of({"1": "93"}, scheme=scheme, earlier=quarter)[ListKind.LISTS]
    assert found.note == "重点名单 1 个，比上次新列入 1 个、退出 3 个。"
    assert rows(found, "缘由")[1:] == [("本次不在考核名单里",)] * 3


def test_those_apart_stand_with_their_reason() -> None:
    found = lists_of({"1": "93", "2": "85"}, known={"2": {"barred": "备案不满 6 个月"}})[ListKind.APART]
    assert found.note == "不参评 1 个。"
    assert rows(found, "情形", "考核对象", "最后得分", "原因") == [
        ("不参评", "组织2", None, "备案不满 6 个月")
    ]


def test_years_stand_side_by_side() -> None:
    earlier = (
        an_earlier(2023, "1", "合格", 4, 9, final=Decimal("75.00")),
        an_earlier(2024, "1", "良好", 2, 9, final=Decimal("88.10")),
        an_earlier(2024, "2", "优秀", 1, 9, final=Decimal("90.00")),
    )
    found = lists_of({"1": "93", "2": "85", "3": "72"}, earlier=earlier)[ListKind.YEARS]
    heads = [column.title for column in found.columns]
    assert heads[1:4] == ["2023得分", "2023等次", "2023名次"]
    assert heads[-2:] == ["得分变化", "等次变化"]
    assert rows(found, "考核对象", "2023名次", "2024得分", "2025等次", "得分变化", "等次变化") == [
        ("组织1", 4, Decimal("88.10"), "优秀", Decimal("4.90"), "上升：良好→优秀"),
        ("组织2", None, Decimal("90.00"), "良好", Decimal("-5.00"), "下降：优秀→良好"),
        ("组织3", None, None, "合格", None, "上年没有等次"),
    ]


def test_without_earlier_cycles_the_register_says_last_years_grade() -> None:
    found = lists_of({"1": "93"}, known={"1": {"previous_grade": "优秀"}})[ListKind.YEARS]
    assert rows(found, "上年等次", "2025等次", "等次变化") == [("优秀", "优秀", "不变")]
    assert "取自名册" in found.note


def test_decisions_stand_with_what_they_replaced_also_when_lifted() -> None:
    decisions = (
        a_decision(
            DecisionKind.SCORE, subject_id="1", score=Decimal("90.5"), decided_on="2026-01-03", id="a"
        ),
        a_decision(DecisionKind.GRADE, subject_id="2", grade="合格", lifted="误录", id="b"),
    )
    revocations = (a_revocation("3", id="c", dated_on="2026-03-02", promote=False),)
    found = lists_of({"1": "93", "2": "85", "3": "72"}, decisions=decisions, revocations=revocations)[
        ListKind.DECISIONS
    ]
    assert rows(found, "日期", "事项", "对象", "决定", "效力") == [
        ("2026-03-02", "撤销", "组织3", "撤销等次、奖项和奖金；名额空着，不递补", "有效"),
        ("2026-01-20", "核定等次", "组织2", "定为合格", "已撤下：误录"),
        ("2026-01-03", "核定得分", "组织1", "定为 90.50 分（计算得 93.00）", "有效"),
    ]
    assert [line.record_id for line in found.lines] == ["c", "b", "a"]


def test_consequences_name_those_whose_results_change() -> None:
    totals = {"1": "95", "2": "94", "3": "93", "4": "70"}
    subjects = [a_subject(each) for each in totals]
    sheets = [a_sheet(each, total) for each, total in totals.items()]
    before = assess(SCHEME, subjects, sheets, [])
    after = assess(SCHEME, subjects, sheets, [], revocations=[a_revocation("1")])
    names = {each.id: each.name for each in subjects}
    assert after.results[0].state is ResultState.REVOKED
    assert consequences(before, after, names) == (
        ("组织1", "等次 优秀→不合格，奖项 优秀奖→无，奖金 4万元→0元"),
        ("组织3", "奖项 良好奖→优秀奖，奖金 3万元→4万元"),
    )
    assert consequences(before, before, names) == ()
    zero = a_decision(DecisionKind.SCORE, subject_id="4", score=Decimal(0))
    decided = assess(SCHEME, subjects, sheets, [], decisions=[zero])
    assert consequences(before, decided, names) == (("组织4", "得分 70.00→0.00，等次 合格→不合格"),)
