"""What single cells say: texts, names, counts, categories, standing, status."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from core.errors import InvalidInput
from core.model.organization import Category, Standing, Status
from core.model.reading import Remark, RemarkKind
from core.model.workbook import CellValue
from core.rules.chinese_numerals import read_numeral

T = TypeVar("T")

NAME_LENGTH = 100
TEXT_LENGTH = 500
LARGEST_COUNT = 99_999_999
MOST_QUOTED = 60
_LONGEST_COUNT = 30

_NONE_WORDS = frozenset(
    {"/", "\\", "-", "--", "—", "——", "–", "_", "*", "无", "暂无", "没有", "空", "n/a", "不详", "未知"}
    # Blanks that count as letters, as folded leaves them.
    | {"\u1160", "\u2800"}
)
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
"""Marks without width, and those that turn the direction of writing."""
POWER = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
"""A long number as Excel shows it: its last digits are lost."""
_FAILED = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
# Halves of characters and codes that are none go into no store and into no Excel file.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HAN = "\u3007\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U000323af"
_DOT = re.compile(f"(?<=[{_HAN}]) *[•・･‧∙⋅●．.·] *(?=[{_HAN}])")
_GAP = re.compile(f"(?<=[{_HAN}）)]) +(?=[{_HAN}（(])")
_COUNT = re.compile(
    r"(约|大约|近|共|计|超过?)?(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?(余|多)?[人名个次户支场位件]{0,2}(余|多|左右|以上)?"
)
_CHINESE_COUNT = re.compile(r"[〇零一二两三四五六七八九十百千万]+")
_ALIKE = str.maketrans("〔【[〈《{﹝〕】]〉》}﹞•・‧∙⋅●.", "(" * 7 + ")" * 7 + "·" * 7)
_ODD_SIGNS = frozenset(map(chr, _ALIKE))
_STANDINGS = {
    "已备案": Standing.FILED,
    "备案制": Standing.FILED,
    "已登记": Standing.REGISTERED,
    "注册": Standing.REGISTERED,
    "注册登记": Standing.REGISTERED,
    "登记注册": Standing.REGISTERED,
    "纳管": Standing.ENROLLED,
    "已纳入管理": Standing.ENROLLED,
    "培育": Standing.NURTURED,
    **{standing.label: standing for standing in Standing},
}
_STATUSES = {
    "在册": Status.ACTIVE,
    "活动中": Status.ACTIVE,
    "正常活动": Status.ACTIVE,
    "暂停": Status.SUSPENDED,
    "停止活动": Status.SUSPENDED,
    "停止": Status.SUSPENDED,
    "注销": Status.DEREGISTERED,
    "撤销": Status.REVOKED,
    "撤销登记": Status.REVOKED,
    **{status.label: status for status in Status},
}
_STATUS_SIGNS = (
    (re.compile(r"已(?:经|于[\d年月日.]+)?注销"), Status.DEREGISTERED),
    (re.compile(r"已(?:经|于[\d年月日.]+)?撤销|撤销登记"), Status.REVOKED),
    (re.compile(r"(?<!未)(?:暂停|停止)活动"), Status.SUSPENDED),
)


class Read(NamedTuple, Generic[T]):
    """What was understood of a cell, and what there is to say about it."""

    value: T
    remarks: tuple[Remark, ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Whether a fault stands in the way."""
        return any(said.kind is RemarkKind.FAULT for said in self.remarks)


def accepted(what: str, read: Read[T]) -> T:
    """What was read of a text that stands alone; `what` it is, for the message.

    Raises:
        InvalidInput: a fault forbids keeping it.
    """
    for said in read.remarks:
        if said.kind is RemarkKind.FAULT:
            raise InvalidInput("text_not_accepted", f"{what}{said.message}。", f"{said.remedy}。")
    return read.value


def note(message: str) -> Remark:
    """A remark that tells how something was read."""
    return Remark(RemarkKind.NOTE, message)


def question(message: str, remedy: str) -> Remark:
    """A remark that asks the clerk to look; the row is taken all the same."""
    return Remark(RemarkKind.QUESTION, message, remedy)


def fault(message: str, remedy: str, may_stand: bool = False) -> Remark:
    """A remark that keeps the row out until it is mended."""
    return Remark(RemarkKind.FAULT, message, remedy, may_stand)


def shown(value: CellValue) -> str:
    """The cell as the clerk sees it: no `.0`, 15 digits at most, dates as 2019-03-05, empty for nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def folded(text: str) -> str:
    """The text for comparison: NFKC, no white space, no invisible marks."""
    if text.isascii():
        return "".join(text.split())
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return text if text.isprintable() else INVISIBLE.sub("", text)


def has_note_mark(text: str) -> bool:
    """Whether a mark like ① or ² is in it, which `folded` would make a figure of the number beside it."""
    return not text.isascii() and any(unicodedata.category(mark) == "No" for mark in text)


def quoted(text: str, longest: int = MOST_QUOTED) -> str:
    """The text as messages repeat it: on one line, not too long, nothing in it that a terminal would obey."""
    short = text if len(text) <= longest else f"{text[:longest]}……"
    return _CONTROL.sub("□", trimmed(short))


def name_key(text: str) -> str:
    """The name for finding the same one again: folded, all brackets and points alike, lower case."""
    key = folded(text)
    return (key if _ODD_SIGNS.isdisjoint(key) else key.translate(_ALIKE)).casefold()


def is_none_word(text: str) -> bool:
    """Whether a text only says that there is nothing: it is blank, or `/`, `—`, 无 and the like."""
    bare = text.strip()
    return not bare or (len(bare) < 5 and folded(bare).lower() in _NONE_WORDS)


def trimmed(text: str) -> str:
    """The text as written, without blanks at its ends, line breaks, double blanks and invisible marks."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(INVISIBLE.sub("", text).split())


def read_text(value: CellValue, limit: int = TEXT_LENGTH) -> Read[str]:
    """A free text; `limit` is the most characters it may have."""
    if type(value) is str and 7 < len(value) <= limit and value.isprintable() and " " not in value:
        return Read(value)
    text = shown(value)
    if is_none_word(text):
        return Read("")
    if text in _FAILED:
        return Read(
            "", (fault("是 Excel 公式出错的标记，不是内容", "请在文件里改正这一格的公式，或直接填写"),)
        )
    if not text.isprintable() and _CONTROL.search(text):
        return Read("", (fault("含有控制字符或残缺的字符", "请删去这一格，重新输入文字"),))
    text = trimmed(text)
    if len(text) > limit:
        return Read("", (fault(f"有 {len(text)} 个字，超过 {limit} 个字", "请缩短"),))
    return Read(text)


def read_name(value: CellValue) -> Read[str]:
    """A name of an organization, a community or a person; blanks between Chinese characters are taken out.

    What is written like a formula stays text wherever it goes, but a person must say that it is a name.
    """
    read = read_text(value, NAME_LENGTH)
    if read.value.startswith(("=", "＝")):
        return Read(
            read.value, (fault("写法像公式，不像名称", "请改成名称；确认无误可以保留", may_stand=True),)
        )
    if " " not in read.value:
        return read
    name = _GAP.sub("", read.value)
    return read if name == read.value else Read(name, (note(f"去掉中间的空格，读作“{name}”"),))


def read_community(value: CellValue) -> Read[str]:
    """The name of a community or village; numbers and dates come from a column that was mistaken for it."""
    read = read_name(value)
    if not read.value or any(map(str.isalpha, read.value)):
        return read
    return Read("", (fault("不像社区（村）的名称", "请核对这一列是不是社区（村），写上全称"),))


def read_person(value: CellValue) -> Read[str]:
    """A person's name; whatever dot stands between its parts becomes U+00B7 (domain 3.6)."""
    read = read_name(value)
    name = _DOT.sub("·", read.value)
    return read if name == read.value else Read(name, (note(f"间隔号统一，读作“{name}”"),))


def read_count(value: CellValue) -> Read[int | None]:
    """A whole number of persons, activities …; words around it are noted."""
    if isinstance(value, float) and value.is_integer() and 0 <= value <= LARGEST_COUNT:
        return Read(int(value))
    text = shown(value)
    if is_none_word(text):
        return Read(None)
    plain = folded(text)
    if len(plain) > _LONGEST_COUNT or has_note_mark(text):
        return Read(None, (fault("不是整数", "请填写数字，例如 72"),))
    match = _COUNT.fullmatch(plain)
    number = int(match[2].replace(",", "")) if match else _chinese_count(plain)
    if number is None or number > LARGEST_COUNT:
        return Read(None, (fault("不是整数", "请填写数字，例如 72"),))
    return Read(number, () if plain == text and plain.isdigit() else (note(f"读作 {number}"),))


def _chinese_count(text: str) -> int | None:
    digits = text.rstrip("人名个次户")
    return read_numeral(digits) if _CHINESE_COUNT.fullmatch(digits) else None


def category_names(categories: Iterable[Category]) -> dict[str, str]:
    """Every spelling of every category, folded, with its id; with and without 类."""
    spellings: dict[str, str] = {}
    for category in categories:
        for name in (category.name, *category.aliases):
            key = folded(name)
            spellings[key] = spellings[key.removesuffix("类")] = category.id
    return spellings


def read_category(value: CellValue, spellings: dict[str, str]) -> Read[str | None]:
    """The id of the category meant; `spellings` from category_names."""
    text = shown(value)
    if is_none_word(text):
        return Read(None)
    found = spellings.get(folded(text))
    if found:
        return Read(found)
    known = "、".join(name for name in spellings if name.endswith("类"))
    return Read(None, (fault("没有这个类别", f"请改为下列之一：{known}"),))


def read_standing(value: CellValue) -> Read[Standing | None]:
    """How the organization stands with the authorities."""
    text = shown(value)
    if is_none_word(text):
        return Read(None)
    found = _STANDINGS.get(folded(text))
    if found is None:
        return Read(None, (fault("看不懂登记方式", "请填写备案、登记、纳入管理或培育中"),))
    return Read(found)


def read_status(value: CellValue) -> Read[Status | None]:
    """The status out of a column of its own."""
    text = shown(value)
    if is_none_word(text):
        return Read(None)
    found = _STATUSES.get(folded(text))
    if found is None:
        return Read(None, (fault("看不懂状态", "请填写正常、暂停活动、已注销或已撤销"),))
    return Read(found)


def status_in_remarks(remarks: str) -> Status | None:
    """The status that the remarks speak of, as a proposal; a plan such as 拟注销 is none, nor is 已恢复."""
    text = folded(remarks)
    if text in _STATUSES:
        return _STATUSES[text]
    if "恢复" in text:
        return None
    return next((status for sign, status in _STATUS_SIGNS if sign.search(text)), None)
