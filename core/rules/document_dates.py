"""Dates in a document: that they exist, agree with their weekday and each other, and count as is said."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from core.model.document import OfficialDocument
from core.model.document_check import DocumentCheck, Known
from core.rules.chinese_numerals import read_numeral
from core.rules.document_texts import (
    PUBLIC_NOTICE,
    DocumentText,
    DocumentTexts,
    Found,
    TextKind,
    is_public_notice,
    sentences,
)
from core.rules.working_days import WorkingDays

_DATE = re.compile(
    r"(?:(?<!\d)(?P<year>\d{4})年)?(?<![\d])(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    r"(?P<week>\s*[（(]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[）)]?)?"
)
_CHINESE_DATE = re.compile(
    r"[〇零○Ｏ一二三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?"
)
_SHORT_END = re.compile(r"\s*(?P<day>\d{1,2})日")
_TO = re.compile(r"^\s*(?:[上下]午|\d{1,2}[：:时点]\d{0,2}分?|起)*\s*(?:至|到|—+|－|～|~|-)\s*$")
_TO_START = re.compile(r"\s*(?:起)?\s*(?:至|到|—+|－|～|~|-)")
_BEFORE = re.compile(r"^(?:（[^）]*）|[上下]午|下班|\d{1,2}[：:时点]\d{0,2}分?)*(?:以前|之前|前|截止|止)")
_WORKED = re.compile(r"(?<!\d)(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})个工作日(?![以之]?[内前后])")
_PLAIN_DAYS = re.compile(r"公示(?:期限|期|时间)?(?:为|共|是)?(?P<number>\d{1,3})(?:天|日)(?!内|起)")
_ASKED = re.compile(r"(?:请|应|须|务必)(?:[^，。；]{0,12}(?:于|在))?$")
_WEEKDAYS = "一二三四五六日"
_REACH = 20
_LONG_AGO = timedelta(days=60)
_REMEDY = "请核对后改正。"


class _Day(NamedTuple):
    """A date in a text; `day` is None where there is no such day."""

    start: int
    end: int
    day: date | None
    words: str


def date_findings(document: OfficialDocument, texts: DocumentTexts, known: Known) -> Iterator[Found]:
    """All that is wrong with dates."""
    calendar = WorkingDays(known.holidays)
    posted_on = document.dated_on if is_public_notice(texts, known) else None
    for text in texts.texts:
        if text.kind is TextKind.DATE:
            yield from _dated_on(document, text, known)
        elif "月" in text.text or "年" in text.text:
            yield from _written(text)
            days = list(_days(text.text, document.dated_on))
            yield from _impossible(text, days)
            yield from _periods(text, days, posted_on, calendar)
            yield from _limits(text, days, document)


def _dated_on(document: OfficialDocument, text: DocumentText, known: Known) -> Iterator[Found]:
    day, number = document.dated_on, re.search(r"[〔\[【（(](\d{4})", document.number)
    if day > known.today:
        message = f"成文日期是{_said(day)}，晚于今天（{_said(known.today)}）。"
        yield text.found(DocumentCheck.DATE, message, "成文日期是签发的日子；请改正，或到那天再印发。")
    if known.today - day > _LONG_AGO:
        message = f"成文日期是{_said(day)}，已经过了 {(known.today - day).days} 天。"
        yield text.found(DocumentCheck.DATE, message, "请核对是不是签发的日子。")
    if number and int(number[1]) != day.year:
        message = f"发文字号的年份是{number[1]}，成文日期在{day.year}年。"
        yield text.found(DocumentCheck.DATE, message, _REMEDY)
    if document.printed_on and document.printed_on < day:
        message = f"印发日期{_said(document.printed_on)}早于成文日期{_said(day)}。"
        yield text.found(DocumentCheck.DATE, message, _REMEDY)


def _written(text: DocumentText) -> Iterator[Found]:
    """Dates with filling zeros or in Chinese numerals."""
    for found in _DATE.finditer(text.text):
        if found["month"].startswith("0") or found["day"].startswith("0"):
            right = f"{int(found['month'])}月{int(found['day'])}日"
            message = f"日期“{found[0]}”补了 0。"
            yield text.found(
                DocumentCheck.DATE, message, f"公文里不补 0，应写成“{right}”。", found[0], found.start()
            )
    for found in _CHINESE_DATE.finditer(text.text):
        message = f"日期“{found[0]}”用了汉字数字。"
        yield text.found(
            DocumentCheck.DATE,
            message,
            "公文里的日期用阿拉伯数字，例如 2026年3月5日。",
            found[0],
            found.start(),
        )


def _days(text: str, dated_on: date) -> Iterator[_Day]:
    """The dates of a text; one without a year has that of the date before, or is nearest to `dated_on`."""
    year = 0
    for found in _DATE.finditer(text):
        year = int(found["year"] or year)
        month = int(found["month"])
        day = _day(year, month, int(found["day"])) if year else _nearest(dated_on, found)
        yield _Day(found.start(), found.end(), day, found[0])
        joined = _TO_START.match(text, found.end())
        short = _SHORT_END.match(text, joined.end()) if joined else None
        if short:
            last = _day(year or (day or dated_on).year, month, int(short["day"]))
            yield _Day(short.start("day"), short.end(), last, short[0])


def _nearest(dated_on: date, found: re.Match[str]) -> date | None:
    """The day without a year that is nearest to another; None if none of the years around has it."""
    years = range(dated_on.year - 1, dated_on.year + 2)
    days = (_day(year, int(found["month"]), int(found["day"])) for year in years)
    return min((day for day in days if day), key=lambda day: abs(day - dated_on), default=None)


def _by_sentence(text: DocumentText, days: list[_Day]) -> Iterator[tuple[int, str, list[_Day]]]:
    """The sentences that have dates, each with its place and its dates."""
    place = 0
    for start, sentence in sentences(text.text) if days else ():
        inside = []
        while place < len(days) and days[place].start < start + len(sentence):
            inside.append(days[place])
            place += 1
        if inside:
            yield start, sentence, inside


def _impossible(text: DocumentText, days: list[_Day]) -> Iterator[Found]:
    for each in days:
        if each.day is None:
            message = f"没有“{each.words}”这一天。"
            yield text.found(DocumentCheck.DATE, message, _REMEDY, each.words, each.start)
            continue
        found = _DATE.match(text.text, each.start)
        said = (found["weekday"] or "").replace("天", "日") if found else ""
        right = _WEEKDAYS[each.day.weekday()]
        if said and said != right:
            message = f"{_said(each.day)}是星期{right}，写的是星期{said}。"
            yield text.found(DocumentCheck.DATE, message, "请核对日期和星期。", each.words, each.start)


def _periods(
    text: DocumentText, days: list[_Day], posted_on: date | None, calendar: WorkingDays
) -> Iterator[Found]:
    """Periods that end before they begin; of a sentence about a 公示 the length of its first one."""
    for start, sentence, inside in _by_sentence(text, days):
        notice: tuple[date, date] | None = None
        for first, last in pairwise(inside):
            if not first.day or not last.day or not _TO.match(text.text[first.end : last.start]):
                continue
            words = text.text[first.start : last.end]
            if last.day < first.day:
                message = f"“{words}”的结束日期早于开始日期。"
                remedy = "请核对两个日期的先后和年份。"
                yield text.found(DocumentCheck.DATE, message, remedy, words, first.start)
            elif notice is None and PUBLIC_NOTICE in sentence:
                notice = first.day, last.day
                if posted_on and first.day < posted_on:
                    message = f"公示从{_said(first.day)}开始，早于成文日期{_said(posted_on)}。"
                    remedy = "公示期从张贴的那天算起，请核对。"
                    yield text.found(DocumentCheck.DATE, message, remedy, words, first.start)
        if notice:
            yield from _length(text, sentence, start, notice, calendar)


def _length(
    text: DocumentText, sentence: str, start: int, period: tuple[date, date], calendar: WorkingDays
) -> Iterator[Found]:
    """As many days of the period as the sentence says, both ends counted."""
    first, last = period
    plain = _PLAIN_DAYS.search(sentence)
    if plain and int(plain["number"]) != (last - first).days + 1:
        message = f"写的是{plain['number']}天，{_said(first)}至{_said(last)}是{(last - first).days + 1}天。"
        yield text.found(DocumentCheck.DATE, message, "请核对天数和日期。", plain[0], start + plain.start())
    found = _WORKED.search(sentence)
    if not found:
        return
    number = int(found["number"]) if found["number"].isdecimal() else read_numeral(found["number"])
    unknown = calendar.note(first, last)
    before = first - timedelta(days=1)
    worked = calendar.count_between(before, last)
    if number and number != worked:
        right = _said(calendar.after(before, number))
        message = f"写的是{found[0]}，{_said(first)}至{_said(last)}是{worked}个工作日。"
        remedy = f"从{_said(first)}算起，{number}个工作日到{right}为止；请核对。{unknown}"
        yield text.found(DocumentCheck.WORKING_DAYS, message, remedy, found[0], start + found.start())
    elif unknown:
        message, _, remedy = unknown.partition("；")
        yield text.found(DocumentCheck.WORKING_DAYS, f"{message}。", remedy, found[0], start + found.start())


def _limits(text: DocumentText, days: list[_Day], document: OfficialDocument) -> Iterator[Found]:
    """Something to be done by a day that is past when the document is signed: 请于1月5日前报送."""
    for each in days:
        if each.day is None or each.day >= document.dated_on:
            continue
        before = text.text[max(0, each.start - _REACH) : each.start]
        after = text.text[each.end : each.end + _REACH]
        if _ASKED.search(before) and _BEFORE.match(after):
            message = f"期限{_said(each.day)}早于成文日期{_said(document.dated_on)}。"
            yield text.found(DocumentCheck.DATE, message, "请核对期限的年份和日期。", each.words, each.start)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
