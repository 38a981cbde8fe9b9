"""The values of a ledger's fields: out of cells and texts, onto the screen, into cells again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeAlias

from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.labelled import Labelled
from core.model.ledger import Field, FieldKind, Ledger
from core.model.organization import masked_phone
from core.model.reading import Remark, RemarkKind
from core.model.tables import OutValue
from core.model.workbook import CellValue
from core.rules.amounts import MOST_READ
from core.rules.cell_values import (
    NAME_LENGTH,
    Read,
    fault,
    folded,
    has_note_mark,
    is_none_word,
    note,
    question,
    read_count,
    read_name,
    read_text,
    shown,
    trimmed,
)
from core.rules.chinese_numerals import read_numeral
from core.rules.id_numbers import masked_id_number, read_id_number
from core.rules.ledger_titles import LinkBook
from core.rules.partial_dates import read_date
from core.rules.phones import read_phones
from core.rules.private_use import made_visible

Reader: TypeAlias = Callable[[Field, CellValue], Read[Any]]

NOTHING = "—"
LONG_LENGTH = 5_000
_PERCENT = "%"
_LARGEST = MOST_READ
"""In hundredths: of money fen; of areas more than there is."""
_HAN = "\u3007\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U000323af"
_ODD_POINT = re.compile(f"(?<=[{_HAN}])[\u2022\u2027\u2219\u22c5\u30fb\uff65\u25cf.\uff0e](?=[{_HAN}])")
_POINT = "\u00b7"
_SEVERAL = re.compile(r"[、；;\n]")
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
_NUMBER = r"(?P<sign>[-−(]?)(?P<number>(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)\)?(?P<times>万|亿)?"
_MONEY = re.compile(rf"(?:人民币|rmb|cny)?[¥]?{_NUMBER}(?:元|圆)?[整正]?", re.IGNORECASE)
_AREA = re.compile(rf"(?:约)?{_NUMBER}(?:m2|平方米|平方|平米|平)?", re.IGNORECASE)
_CHINESE_MONEY = re.compile(
    r"(?:人民币)?([零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+)[元圆][整正]?"
)
_ORDINAL = re.compile(r"(?P<end>倒数)?第(?P<number>\d+|[一二三四五六七八九十百]+)个?(?:工作日)?")
_LAST = re.compile(r"最后[一1]?个?(?:工作日)?")
_TIMES = {None: 1, "万": 10_000, "亿": 100_000_000}
_YES = frozenset(
    {"是", "有", "已", "对", "√", "✓", "✔", "☑", "1", "y", "yes", "true", "在", "到"} | {"上班", "调休上班"}
)
_NO = frozenset(
    {"否", "无", "未", "错", "×", "✗", "✘", "☒", "☐", "x", "0", "n", "no", "false", "不", "没有", "没"}
    | {"放假", "休息", "休"}
)
_BLANKS: Mapping[FieldKind, Any] = {
    **dict.fromkeys(
        (
            FieldKind.TEXT,
            FieldKind.NAME,
            FieldKind.LONG,
            FieldKind.CYCLE,
            FieldKind.LINK,
            FieldKind.ID_NUMBER,
        ),
        "",
    ),
    **dict.fromkeys((FieldKind.TEXTS, FieldKind.PHONES), ()),
    FieldKind.YES_NO: False,
}


def read_value(field: Field, cell: CellValue, links: LinkBook, today: date) -> Read[Any]:
    """What a cell of a file says in a field; `links` must know the records of the field's target."""
    said: tuple[Remark, ...] = ()
    if isinstance(cell, str):
        cell, said = made_visible(cell)
    read: Read[Any]
    if field.kind is FieldKind.LINK:
        read = _read_link(field, cell, links)
    elif field.kind is FieldKind.DATE:
        read = read_date(cell, None if field.ahead else today)
    elif field.kind is FieldKind.ID_NUMBER:
        read = read_id_number(cell, today)
    else:
        read = _READERS[field.kind](field, cell)
    return Read(read.value, (*said, *read.remarks)) if said else read


def shown_value(field: Field, value: Any, links: LinkBook, *, masked: bool = True) -> str:
    """The value as lists and papers show it; — for nothing."""
    if value is None or value == "" or value == ():
        return NOTHING
    if field.kind is FieldKind.MONEY:
        return f"{_hundredths(value):,}元"
    if field.kind is FieldKind.AREA:
        return f"{_hundredths(value):,}㎡"
    if field.kind is FieldKind.YES_NO:
        return "是" if value else "否"
    if field.kind is FieldKind.LINK:
        return links.title(field, value) or NOTHING
    if field.kind is FieldKind.WHOLE and field.hint == _PERCENT:
        return f"{value}%"
    return _text(field, value, masked)


def form_text(field: Field, value: Any, *, masked: bool = True) -> str:
    """The value as a form holds it: the stored value of a choice, the id of a link, 1 for yes."""
    if value is None:
        return ""
    if field.kind in (FieldKind.MONEY, FieldKind.AREA):
        return str(_hundredths(value)).removesuffix(".00")
    if field.kind is FieldKind.YES_NO:
        return "1" if value else ""
    if field.kind is FieldKind.CHOICE:
        return str(value.value)
    return _text(field, value, masked)


def out_value(field: Field, value: Any, links: LinkBook) -> OutValue:
    """The value as a cell of a file holds it, unmasked, so that it is read again as it was."""
    if value is None or value == "" or value == ():
        return None
    if field.kind in (FieldKind.MONEY, FieldKind.AREA):
        return _hundredths(value)
    if field.kind in (FieldKind.WHOLE, FieldKind.YEAR) and not field.signed:
        return int(value)
    if field.kind is FieldKind.YES_NO:
        return "是" if value else "否"
    if field.kind is FieldKind.LINK:
        return links.full_title(field, value) or None
    if isinstance(value, PartialDate) and value.day:
        return date(value.year, value.month, value.day)
    return _text(field, value, False)


def blank(field: Field) -> Any:
    """What a field holds that says nothing."""
    return _BLANKS.get(field.kind)


def blank_record(ledger: Ledger) -> Any:
    """A new record of a ledger that says nothing yet."""
    empty = {each.name: blank(each) for each in ledger.fields}
    needed = {
        each.name: empty[each.name]
        for each in fields(ledger.kind)
        if each.default is MISSING and each.name != "id"
    }
    return ledger.kind(id=new_id(), **needed)


def is_blank(field: Field, value: Any) -> bool:
    """Whether a value says nothing; a count of 0 and a No say something."""
    return field.kind is not FieldKind.YES_NO and value == blank(field)


def _text(field: Field, value: Any, masked: bool) -> str:
    if isinstance(value, Labelled):
        return value.label
    if field.kind is FieldKind.PHONES:
        return "、".join(masked_phone(each) if masked else each for each in value)
    if field.kind is FieldKind.ID_NUMBER and masked:
        return masked_id_number(value)
    if field.signed:
        return _ordinal(value)
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _ordinal(number: int) -> str:
    if number == -1:
        return "最后一个"
    return f"倒数第 {-number} 个" if number < 0 else f"第 {number} 个"


def _hundredths(value: int) -> Decimal:
    return Decimal(value).scaleb(-2).quantize(Decimal("0.01"))


def _read_name(field: Field, cell: CellValue) -> Read[str]:
    read = read_name(cell)
    if any(said.may_stand for said in read.remarks):
        # A row of a ledger cannot be let stand; no record is called like a formula.
        return Read("", (fault("写法像公式，不像名称", "请改成名称"),))
    name = _ODD_POINT.sub(_POINT, read.value)
    if name == read.value:
        return read
    doubt = question(f"分隔号应为“{_POINT}”，读作“{name}”", "请核对")
    return Read(name, (*read.remarks, doubt))


def _read_long(field: Field, cell: CellValue) -> Read[str]:
    text = shown(cell)
    if is_none_word(text):
        return Read("")
    lines = "\n".join(trimmed(line) for line in text.splitlines()).strip()
    if len(lines) > LONG_LENGTH:
        return Read("", (fault(f"有 {len(lines)} 个字，超过 {LONG_LENGTH} 个字", "请缩短"),))
    checked = read_text(lines.replace("\n", ""), LONG_LENGTH)
    return Read(lines if checked.value else "", checked.remarks)


def _read_whole(field: Field, cell: CellValue) -> Read[int | None]:
    if field.hint == _PERCENT:
        return _read_percent(cell)
    text = folded(shown(cell)).replace("−", "-")
    if field.signed:
        return _read_ordinal(text)
    if re.fullmatch(r"-\d[\d,.]*", text):
        return Read(None, (fault("是负数", "请填写 0 或更大的整数"),))
    return read_count(cell)


def _read_ordinal(text: str) -> Read[int | None]:
    """Which one, by number or in words; negative from the end."""
    if _LAST.fullmatch(text):
        return Read(-1)
    said = _ORDINAL.fullmatch(text)
    number = said["number"] if said else text.removeprefix("-")
    from_end = said["end"] is not None if said else text != number
    read = read_count(number)
    if read.value == 0:
        return Read(None, (fault("没有第 0 个", "请填写 1 或更大的数；倒数写负数"),))
    return Read(-read.value if from_end and read.value else read.value, read.remarks)


def _read_percent(cell: CellValue) -> Read[int | None]:
    """A share in percent; Excel keeps a cell that shows 80% as 0.8."""
    if isinstance(cell, float) and 0 < cell <= 1:
        percent = Decimal(shown(cell)) * 100
        if percent == percent.to_integral_value():
            return Read(int(percent), (note(f"读作 {int(percent)}%"),))
    read = read_count(folded(shown(cell)).removesuffix(_PERCENT))
    if read.value is not None and read.value > 100:
        return Read(None, (fault("超过 100%", "请填写 0 到 100 的整数"),))
    return read


def _read_year(field: Field, cell: CellValue) -> Read[int | None]:
    text = str(cell.year) if isinstance(cell, date) else shown(cell)
    if is_none_word(text):
        return Read(None)
    match = _YEAR.fullmatch(folded(text))
    if match is None:
        return Read(None, (fault("看不懂这个年份", "请写成四位数的年份，例如 2025"),))
    return Read(int(match[1]), (note(f"读作 {match[1]} 年"),) if isinstance(cell, date) else ())


def _read_money(field: Field, cell: CellValue) -> Read[int | None]:
    text = shown(cell)
    if has_note_mark(text):
        return Read(None, (fault("看不懂这个金额", "请只填写数字，注释写在备注里"),))
    chinese = _CHINESE_MONEY.fullmatch(folded(text))
    if chinese:
        yuan = read_numeral(chinese[1])
        if yuan is not None and yuan * 100 <= _LARGEST:
            return Read(yuan * 100, (note(f"读作 {yuan:,} 元"),))
    return _read_hundredths(text, _MONEY, "金额", "请填写以元为单位的数字，例如 40000 或 40000.50")


def _read_area(field: Field, cell: CellValue) -> Read[int | None]:
    return _read_hundredths(shown(cell), _AREA, "面积", "请填写以平方米为单位的数字，例如 120.5")


def _read_hundredths(text: str, pattern: re.Pattern[str], what: str, remedy: str) -> Read[int | None]:
    if is_none_word(text):
        return Read(None)
    plain = folded(text)
    match = pattern.fullmatch(plain) if len(plain) <= NAME_LENGTH else None
    if match is None:
        return Read(None, (fault(f"看不懂这个{what}", remedy),))
    if match["sign"]:
        return Read(None, (fault(f"{what}是负数", "请填写 0 或更大的数"),))
    scaled = Decimal(match["number"].replace(",", "")) * _TIMES[match["times"]] * 100
    if scaled != scaled.to_integral_value():
        return Read(None, (fault("小数多于两位", "请四舍五入到两位小数"),))
    if scaled > _LARGEST:
        return Read(None, (fault(f"{what}太大", "请核对单位和位数"),))
    value = int(scaled)
    as_written = re.fullmatch(r"\d+(?:\.\d+)?", plain)
    return Read(value, () if as_written else (note(f"读作 {_hundredths(value):,}"),))


def _read_yes_no(field: Field, cell: CellValue) -> Read[bool]:
    text = folded(shown(cell)).casefold()
    if text in _YES:
        return Read(True)
    if text in _NO or is_none_word(text):
        return Read(False)
    return Read(False, (fault("看不出是还是否", "请填写是或否（也可以打√或×）"),))


def _read_choice(field: Field, cell: CellValue) -> Read[Labelled | None]:
    assert field.choices is not None
    text = shown(cell)
    if is_none_word(text):
        return Read(None)
    key = folded(text).casefold()
    labels = {folded(each.label).casefold(): each for each in field.choices}
    found = labels.get(key) or next((each for each in field.choices if each.value == key), None)
    if found:
        return Read(found)
    known = "、".join(each.label for each in field.choices)
    near = [label for label in labels if label in key or key in label]
    near = near or get_close_matches(key, labels, 1, 0.4)
    if not near:
        return Read(None, (fault("没有这一项", f"请改为下列之一：{known}"),))
    label = labels[near[0]].label
    remedy = f"请改为下列之一：{known}"
    return Read(None, (Remark(RemarkKind.FAULT, f"没有这一项，可能是“{label}”", remedy, repair=label),))


def _read_link(field: Field, cell: CellValue, links: LinkBook) -> Read[str]:
    read = _read_name(field, cell)
    if not read.value:
        return read
    ids = links.ids(field, read.value)
    if len(ids) == 1:
        title = links.title(field, ids[0])
        known = title in read.value or folded(title) in folded(read.value)
        return Read(ids[0], () if known else (note(f"读作“{title}”"),))
    place = links.place(field)
    if ids:
        names = "、".join(dict.fromkeys(links.full_title(field, each) for each in ids[:5]))
        return Read("", (fault(f"{place}有 {len(ids)} 个同名的：{names}", "请在名称后面加括号写明是哪一个"),))
    if nearest := links.nearest(field, read.value):
        message = f"{place}没有这个名称，可能是“{nearest}”"
        return Read("", (Remark(RemarkKind.FAULT, message, "请改正名称，或先登记它", repair=nearest),))
    return Read("", (fault(f"{place}没有这个名称", "请改正名称，或先登记它"),))


def _read_texts(field: Field, cell: CellValue) -> Read[tuple[str, ...]]:
    text = shown(cell)
    if is_none_word(text):
        return Read(())
    parts = [read_text(part, NAME_LENGTH) for part in _SEVERAL.split(text)]
    said = tuple(remark for part in parts for remark in part.remarks)
    return Read(tuple(dict.fromkeys(part.value for part in parts if part.value)), said)


def _read_phones(field: Field, cell: CellValue) -> Read[tuple[str, ...]]:
    if "*" in folded(shown(cell)).strip("*"):
        return Read((), (fault("中间几位是隐去的", "请填写完整的号码，或清空这一格"),))
    return read_phones(cell)


_READERS: Mapping[FieldKind, Reader] = {
    FieldKind.TEXT: lambda _, cell: read_text(cell),
    FieldKind.NAME: _read_name,
    FieldKind.CYCLE: lambda _, cell: read_text(cell),
    FieldKind.LONG: _read_long,
    FieldKind.WHOLE: _read_whole,
    FieldKind.YEAR: _read_year,
    FieldKind.MONEY: _read_money,
    FieldKind.AREA: _read_area,
    FieldKind.YES_NO: _read_yes_no,
    FieldKind.CHOICE: _read_choice,
    FieldKind.TEXTS: _read_texts,
    FieldKind.PHONES: _read_phones,
}
