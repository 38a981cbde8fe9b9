"""Dates in a document: those that cannot be, and those that do not agree."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.dates import PartialDate
from core.model.document_check import DocumentCheck
from core.model.tasks import Holiday
from core.rules.document_checks import check_document
from core.rules.working_days import WorkingDays
from tests.core.checked_documents import KNOWN, a_document, finding_in, found_in
from tests.laws import examples

DATE, WORKING_DAYS = DocumentCheck.DATE, DocumentCheck.WORKING_DAYS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026年2月30日召开。", "2026年2月30日"),
        ("2026年13月1日召开。", "2026年13月1日"),
        ("2月29日召开。", "2月29日"),
        ("2026年1月8日\uff08星期五\uff09召开。", "2026年1月8日\uff08星期五\uff09"),
        ("1月8日周日召开。", "1月8日周日"),
        ("2026年03月5日召开。", "2026年03月5日"),
        ("3月05日召开。", "3月05日"),
        ("二〇二六年三月五日召开。", "二〇二六年三月五日"),
        ("二○二六年三月召开。", "二○二六年三月"),
        ("自2026年1月8日至2025年1月14日。", "2026年1月8日至2025年1月14日"),
        ("2026年1月8日至7日。", "2026年1月8日至7日"),
        ("自2025年12月28日起至1月5日止。", "2025年12月28日起至1月5日"),
        ("请于2025年1月20日前报送。", "2025年1月20日"),
    ],
)
def test_dates_that_are_wrong(text: str, words: str) -> None:
    assert found_in(a_document(text)) == [(DATE, words)]


@pytest.mark.parametrize(
    "text",
    [
        "2026年2月28日召开，2028年2月29日再开。",
        "2026年1月8日\uff08星期四\uff09召开，1月11日\uff08周日\uff09休息，1月11日星期天。",
        "12月31日\uff08星期三\uff09前报送。",
        "自2025年12月28日起至2026年1月5日止。",
        "2026年1月8日至14日。",
        "请于1月20日前报送。",
        "2025年1月20日前登记的组织参加考核。",
        "第三季度、二〇二六号、1月份和3.5日。",
    ],
)
def test_dates_that_are_sound(text: str) -> None:
    assert found_in(a_document(text)) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dated_on": date(2026, 1, 8)}, ""),
        ({"dated_on": date(2026, 1, 9)}, "成文日期是2026年1月9日，晚于今天\uff082026年1月8日\uff09。"),
        ({"dated_on": date(2025, 12, 31)}, "发文字号的年份是2026，成文日期在2025年。"),
        ({"printed_on": date(2026, 1, 5)}, ""),
        ({"printed_on": date(2026, 1, 4)}, "印发日期2026年1月4日早于成文日期2026年1月5日。"),
        ({"dated_on": date(2025, 11, 1), "number": ""}, "成文日期是2025年11月1日，已经过了 68 天。"),
    ],
)
def test_the_date_of_the_document(changes: dict[str, object], message: str) -> None:
    found = check_document(a_document("如下：", **changes), KNOWN)
    assert [(each.place, each.message) for each in found] == ([("成文日期", message)] if message else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公示期为5个工作日，自2026年1月8日至1月14日。", []),
        ("公示期为五个工作日\uff082026年1月8日至14日\uff09。", []),
        ("公示期为5个工作日，自2026年1月8日至1月13日。", [(WORKING_DAYS, "5个工作日")]),
        ("公示期为七个工作日，自2026年1月8日至1月14日。", [(WORKING_DAYS, "七个工作日")]),
        # 2026年春节调休：2月14日周六上班，2月15日至23日放假
        ("公示期为5个工作日，自2026年2月11日至2月24日。", []),
        ("公示时间为7天，自2026年1月8日至1月14日。", []),
        ("公示时间为5天，自2026年1月8日至1月14日。", [(DATE, "公示时间为5天")]),
        # 1月1日至3日放假，4日周日上班；早于成文日期
        ("公示期为3个工作日，自2026年1月2日至1月6日。", [(DATE, "2026年1月2日至1月6日")]),
        ("活动自2026年1月2日至1月6日开展，用时5个工作日。", []),
        ("公示期自2026年1月8日至1月14日，公示结束后3个工作日内答复。", []),
    ],
)
def test_the_days_of_a_public_notice(text: str, found: list[tuple[DocumentCheck, str]]) -> None:
    public = a_document(text, title=("关于考核结果的公示",))
    assert sorted(found_in(public)) == sorted(found)


def test_other_documents_may_tell_of_a_public_notice_before_them() -> None:
    told = "2025年12月29日至2026年1月5日公示5个工作日，无异议。"
    assert found_in(a_document(told)) == []
    assert found_in(a_document(told.replace("5个", "4个"))) == [(WORKING_DAYS, "4个工作日")]


def test_a_wrong_count_says_the_day_that_would_be_right() -> None:
    finding = finding_in(a_document("公示期为5个工作日，自2026年1月8日至1月13日。"))
    assert finding.message == "写的是5个工作日，2026年1月8日至2026年1月13日是4个工作日。"
    assert "5个工作日到2026年1月14日为止" in finding.remedy


def test_the_offices_own_calendar_counts() -> None:
    text = "公示期为5个工作日，自2026年1月8日至1月15日。"
    own = Holiday("", PartialDate(2026, 1, 9))
    assert found_in(a_document(text), replace(KNOWN, holidays=(own,))) == []


def test_a_year_without_data_says_so() -> None:
    document = a_document(
        "公示期为5个工作日，自2031年1月8日至1月14日。", dated_on=date(2031, 1, 8), number=""
    )
    finding = finding_in(document, replace(KNOWN, today=date(2031, 1, 8)))
    assert finding.code is WORKING_DAYS
    assert finding.message == "程序里没有 2031 年的放假安排，只按周末推算。"
    assert "节假日" in finding.remedy


@settings(max_examples=examples(30))
@given(st.dates(date(2026, 1, 5), date(2026, 11, 1)), st.integers(1, 20))
def test_a_period_counted_by_the_calendar_is_sound_and_a_day_less_is_not(first: date, many: int) -> None:
    last = WorkingDays().after(first - timedelta(days=1), many)
    known = replace(KNOWN, today=first)

    def found(until: date) -> list[DocumentCheck]:
        text = f"公示期为{many}个工作日，自{said(first)}至{said(until)}。"
        return [each.code for each in check_document(a_document(text, dated_on=first), known)]

    assert found(last) == []
    if last > first:
        assert found(last - timedelta(days=1)) == [WORKING_DAYS]


@settings(max_examples=examples(50))
@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_every_weekday_but_one_is_wrong(day: date, weekday: int) -> None:
    text = f"{said(day)}\uff08星期{'一二三四五六日'[weekday]}\uff09召开。"
    assert bool(found_in(a_document(text))) == (weekday != day.weekday())


def said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
