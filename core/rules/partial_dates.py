"""Dates as offices write them in spreadsheets, with the precision they have (domain 3.4)."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TypeAlias

from core.model.dates import PartialDate
from core.model.workbook import CellValue
from core.rules.cell_values import Read, fault, folded, is_none_word, note, question, shown

DateRead: TypeAlias = Read[PartialDate | None]

FIRST_YEAR = 1949
_YEARS = range(1900, 2101)
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 60_001)
_DIGITS = {
    mark: str(value)
    for value, marks in enumerate(("〇零○", *"一二三四五六七八九"))
    for mark in (*marks, str(value))
}
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_ABOUT = re.compile(r"^(?:大约|大概|约)|(?:左右|前后)$")
_POINT = r"[./\-。、·—–]"
_WRITTEN = re.compile(
    rf"(\d{{4}}|\d{{2}})(?:年|{_POINT}(?=\d)|$)(?:(\d{{1,2}})(?:月份?|{_POINT}(?=\d)|$)(?:(\d{{1,2}})[日号]?)?)?"
)
_CHINESE = re.compile(
    r"([〇零○一二三四五六七八九0-9]{4}|[〇零○一二三四五六七八九0-9]{2})年(?:(.{1,2})月份?(?:(.{1,3})[日号])?)?"
)
_REMEDY = "请写成 2019-03-05、2019年3月 或 2019年"


def read_date(value: CellValue, today: date | None = None) -> DateRead:
    """The date a cell means; `today` lets dates to come be questioned."""
    if isinstance(value, date):
        read = _dated(value.year, value.month, value.day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        read = _from_number(shown(value))
    else:
        read = _from_text(shown(value))
    return _with_doubts(read, today)


def _with_doubts(read: DateRead, today: date | None) -> DateRead:
    found = read.value
    if found is None:
        return read
    if found.year < FIRST_YEAR:
        return Read(found, (*read.remarks, question(f"早于 {FIRST_YEAR} 年", "请核对年份")))
    if today is not None and found > PartialDate.of(today):
        return Read(found, (*read.remarks, question("晚于今天", "请核对日期")))
    return read


def _from_number(text: str) -> DateRead:
    """A number cell: digits alone, or a year with the month behind the point."""
    year, point, month = text.partition(".")
    if not point:
        return _from_digits(text)
    if len(year) != 4 or len(month) > 2 or not month.isdigit():
        return _not_understood()
    read = _dated(int(year), int(month))
    if month == "1" and read.value:
        # 2019.10 typed into a number cell is kept as 2019.1.
        return Read(read.value, (question("可能是 1 月，也可能是 10 月，暂读作 1 月", "请核对后改正"),))
    return read


def _from_text(text: str) -> DateRead:
    if match := _WRITTEN.fullmatch(text):
        return _from_parts(match)
    if is_none_word(text):
        return Read(None)
    plain = folded(_CLOCK.sub("", text.strip()))
    bare = _ABOUT.sub("", plain)
    read = _from_bare(bare)
    if bare != plain and read.value:
        return Read(read.value, (*read.remarks, note(f"大约的日期，读作 {read.value}")))
    return read


def _from_bare(text: str) -> DateRead:
    if match := _WRITTEN.fullmatch(text):
        return _from_parts(match)
    match = _CHINESE.fullmatch(text)
    if match:
        year, month, day = match.groups()
        digits = "".join(_DIGITS[mark] for mark in year)
        return _dated_short(int(digits), _chinese_number(month), _chinese_number(day), len(year) == 2)
    return _from_digits(text)


def _from_parts(written: re.Match[str]) -> DateRead:
    year, month, day = written.groups()
    return _dated_short(int(year), _number(month), _number(day), len(year) == 2)


def _from_digits(text: str) -> DateRead:
    """20190305, 201903, 2019, or an Excel serial number."""
    if not (text.isascii() and text.isdigit()):
        return _not_understood()
    if len(text) == 8:
        return _dated(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 6:
        return _dated(int(text[:4]), int(text[4:]))
    if len(text) == 5 and int(text) in _SERIALS:
        found = PartialDate.of(_DAY_ZERO + timedelta(days=int(text)))
        return Read(found, (note(f"Excel 的日期序号，读作 {found}"),))
    if len(text) == 4:
        return _dated(int(text))
    return _not_understood()


def _dated_short(year: int, month: int | None, day: int | None, short: bool) -> DateRead:
    """As _dated; a `short` year of two digits is of 1949 to 2048 and needs its month and day."""
    if not short:
        return _dated(year, month, day)
    if day is None:
        return _not_understood()
    read = _dated(year + (1900 if year >= FIRST_YEAR % 100 else 2000), month, day)
    return Read(read.value, (note(f"两位数的年份，读作 {read.value}"),)) if read.value else read


def _dated(year: int, month: int | None = None, day: int | None = None) -> DateRead:
    """The date, if there is such a day; None stands for what the source does not say."""
    if year not in _YEARS:
        return _not_understood()
    if month is not None and not 1 <= month <= 12:
        return Read(None, (fault(f"没有 {month} 月", _REMEDY),))
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        return Read(None, (fault(f"{year}年{month}月没有 {day} 日", "请核对后改正"),))
    return Read(PartialDate(year, month or 0, day or 0))


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _chinese_number(text: str | None) -> int | None:
    """三, 十, 十二, 三十一, 二〇, 12 as a number; 0 for what is none, None for nothing."""
    if not text:
        return None
    tens, ten, ones = text.rpartition("十")
    tens = "一" if ten and not tens else tens
    digits = "".join(_DIGITS.get(mark, "?") for mark in tens + (ones or "〇" * len(ten)))
    return int(digits) if digits.isdigit() else 0


def _not_understood() -> DateRead:
    return Read(None, (fault("看不懂这个日期", _REMEDY),))
