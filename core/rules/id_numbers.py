"""Numbers of identity cards (GB 11643-1999; domain 3.2)."""

import re
from datetime import date

from stdnum.cn import ric

from core.model.workbook import CellValue
from core.rules.cell_values import POWER, Read, fault, folded, is_none_word, note, shown

LENGTH = 18
_OLD_LENGTH = 15
_DIGITS_LOST = 10**15
_EARLIEST = date(1800, 1, 1)
_REMEDY = "请按居民身份证核对后改正"


def read_id_number(value: CellValue, today: date) -> Read[str]:
    """The number with its last x in capitals; only a number that can be one is taken."""
    if isinstance(value, int | float) and abs(value) >= _DIGITS_LOST:
        return _digits_lost()
    text = shown(value)
    if is_none_word(text):
        return Read("")
    written = folded(text)
    number = written.upper()
    if POWER.fullmatch(number):
        return _digits_lost()
    if message := _wrong(number, today):
        return Read("", (fault(message, _REMEDY),))
    return Read(number, () if number == written else (note("末位的 x 读作大写 X"),))


def masked_id_number(number: str) -> str:
    """The number as lists and logs show it: 330499********0012."""
    return f"{number[:6]}********{number[-4:]}" if number else ""


def _wrong(number: str, today: date) -> str:
    """What forbids the number; empty if nothing does."""
    if len(number) == _OLD_LENGTH and number.isdigit():
        return "是 15 位的旧号码，已经停用"
    if len(number) != LENGTH:
        return f"有 {len(number)} 位，居民身份证号应为 {LENGTH} 位"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return "前 17 位应全部是数字，末位是数字或 X"
    born = _born(number)
    if born is None or not _EARLIEST <= born <= today:
        return "第 7 至 14 位不是出生日期"
    return "" if number[-1] == ric.calc_check_digit(number) else "校验位不对，可能有一位写错"


def _born(number: str) -> date | None:
    """The birth date, if there is such a day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _digits_lost() -> Read[str]:
    message = "Excel 把号码当成了数字，末几位已经丢失"
    return Read("", (fault(message, "请把这一格设为“文本”格式，按居民身份证重新输入"),))
