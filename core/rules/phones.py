"""Telephone numbers out of one cell (domain 3.3)."""

import re
import unicodedata
from collections.abc import Iterator

from core.model.reading import Remark
from core.model.workbook import CellValue
from core.rules.cell_values import POWER, TEXT_LENGTH, Read, fault, folded, is_none_word, note, shown

_BETWEEN = re.compile(r"[/、;,|\\\n]|或|和")
_AROUND = re.compile(r"\.0+$|[^\d+()转#\-]+")
_ABROAD = re.compile(r"^(?:\+|00)?86-?(?=1[3-9]\d{9}$|0\d{9,11}$)")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_TWO_MOBILES = re.compile(r"(1[3-9]\d{9})(1[3-9]\d{9})")
_LANDLINE = re.compile(r"\(?(0\d{2,3})\)?-?(\d{7,8})(?:[-转#](\d{1,5}))?")
_SERVICE = re.compile(r"[48]00\d{7}")
_MOST_QUOTED = 20
_REMEDY = "请核对后改正；手机号应为 11 位"


def read_phones(value: CellValue) -> Read[tuple[str, ...]]:
    """The numbers of a cell in its order; a number that cannot be one is a fault."""
    text = shown(value)
    digits = text.replace(" ", "")
    if len(digits) == 11 and digits.isascii() and _MOBILE.fullmatch(digits):
        return Read((digits,))
    if is_none_word(text):
        return Read(())
    if len(text) > TEXT_LENGTH:
        return Read((), (fault(f"有 {len(text)} 个字，不像电话号码", _REMEDY),))
    if POWER.fullmatch(folded(text)):
        message = "Excel 把号码当成了数字，末几位已经丢失"
        return Read((), (fault(message, "请把这一格设为“文本”格式，重新输入号码"),))
    phones: dict[str, None] = {}
    remarks: list[Remark] = []
    for part in _parts(text):
        phone, remark = _read_one(part)
        if phone:
            phones[phone] = None
        if remark:
            remarks.append(remark)
    if not phones and not remarks:
        return Read((), (fault("没有电话号码", _REMEDY),))
    return Read(tuple(phones), tuple(remarks))


def _parts(text: str) -> Iterator[str]:
    """The single numbers, without what stands around them (a name, 手机: …)."""
    for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)):
        number = _AROUND.sub("", part).strip("-")
        both = _TWO_MOBILES.fullmatch(number)
        if both:
            yield from both.groups()
        elif number:
            yield number


def _read_one(number: str) -> tuple[str, Remark | None]:
    """The number in its stored form, empty if it is none, and what to say about it."""
    landline = _LANDLINE.fullmatch(_ABROAD.sub("", number))
    if landline:
        area, local, extension = landline.groups()
        return f"{area}-{local}" + (f"-{extension}" if extension else ""), None
    digits = _ABROAD.sub("", re.sub(r"[()\-转#]", "", number)).removeprefix("+")
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits, None
    if not digits.isdigit():
        return "", fault(f"“{digits[:_MOST_QUOTED]}”不是电话号码", _REMEDY)
    if len(digits) in (7, 8):
        return digits, note(f"“{digits}”没有区号，按本地固定电话读取")
    if len(digits) in (5, 6):
        return digits, note(f"“{digits}”按短号或服务热线读取")
    if len(digits) == 10:
        return "", fault(f"“{digits}”只有 10 位，少了一位", _REMEDY)
    shortened = digits if len(digits) <= _MOST_QUOTED else f"{digits[:_MOST_QUOTED]}……"
    return "", fault(f"“{shortened}”有 {len(digits)} 位，不是电话号码", _REMEDY)
