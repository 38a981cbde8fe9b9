"""How many a document says there are: against the names listed, the parts, the annexes and the data."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from core.model.document_check import DocumentCheck, Known
from core.rules.chinese_numerals import read_numeral
from core.rules.document_texts import DocumentText, DocumentTexts, Found, sentences

_NUMERAL = r"(?<![\d.〇零一二两三四五六七八九十百千第])(\d{1,7}|[一二两三四五六七八九十百千]{1,7})"
_UNIT = r"(?:个(?!月|工作日|百分点)|家|支(?!部)|名(?!单|称|录|额)|户(?!籍))"
_COUNT = re.compile(rf"{_NUMERAL}{_UNIT}")
_CLOSED = re.compile(rf"(?P<word>等|共|共计|合计){_NUMERAL}{_UNIT}")
_BEGIN = re.compile(r"[，。；：！？（）“”]")
_AHEAD = re.compile(
    rf"{_NUMERAL}{_UNIT}(?:社会)?(?:组织|单位|集体|队伍)[^，。；：、]{{0,12}}：([^。；：，]+)(?:[。；]|$)"
)
_AMONG = re.compile(rf"{_NUMERAL}{_UNIT}[^，。；：其\d]{{0,12}}[，；：（]其中[：，]?(?P<parts>[^。；）]+)")
_PART = re.compile(rf"^(?P<label>[^\d，、]{{1,20}}?){_NUMERAL}{_UNIT}$")
_REST = re.compile(r"其余|其他|其它")
_ROSTER = re.compile(r"名单(?:详)?见附件(\d{0,9})")
_ASSESSED = re.compile(
    rf"(?<![不未])(?:参加考核|参加评定|参评|参加评估)(?:的)?(?:社会组织|组织|单位)?(?:共|有|共有|为)?{_NUMERAL}{_UNIT}"
)
_GRADED = re.compile(
    r"(?:评定|评为|其中)(?P<parts>[^\d，。；]{1,8}\d{1,9}个(?:[，、][^\d，。；]{1,8}\d{1,9}个){2,})(?P<rest>[^。]*)"
)
_GRADE = re.compile(r"(?:^|[，、])([^\d，、]{1,8})(\d{1,9})个")
_JOINED = re.compile(r"(?<=.)(?:和|以及|及|与)(?=.)")
_HAN = r"[\u3400-\u9fff]"
_NEAR = 2
_MOST_LOOSE = 6


class Count(NamedTuple):
    """A count in a text: where it stands, and how many."""

    start: int
    end: int
    number: int


class Listing(NamedTuple):
    """Items with 、 between them and their count behind them, at `end`, in these `words`.

    `closed`: it says that these are all (共3个); `whole`: nothing says that there are more elsewhere.
    """

    start: int
    end: int
    items: tuple[str, ...]
    number: int
    words: str
    closed: bool
    whole: bool


def counts_in(text: str) -> Iterator[Count]:
    """The counts in a text in their order: 58个, 三家; months and working days are none."""
    for found in _COUNT.finditer(text):
        number = _number(found[1])
        if number is not None:
            yield Count(found.start(), found.end(), number)


def count_findings(texts: DocumentTexts, known: Known) -> Iterator[Found]:
    """All counts that do not agree with what is listed or known."""
    names = frozenset((*known.names, *known.other_names))
    with_comma = tuple(name for name in names if "、" in name)
    assessed: list[int] = []
    for text in texts.paragraphs:
        if not _COUNT.search(text.text):
            continue
        yield from _listed(text, names, with_comma)
        yield from _ahead(text, with_comma)
        yield from _among(text, known)
        yield from _grades(text, assessed)
        yield from _rosters(text, texts)
        yield from _against_data(text, known)


def lists_in(text: str, with_comma: tuple[str, ...]) -> Iterator[Listing]:
    """The lists of a text that end with their count; `with_comma` are names that have a 、 inside."""
    for start, sentence in sentences(_without_commas(text, with_comma)):
        begins = [each.end() for each in _BEGIN.finditer(sentence)]
        points_on = "附件" in sentence or "名单" in sentence or "如下" in sentence
        last = 0
        for found in _CLOSED.finditer(sentence):
            place = bisect_right(begins, found.start())
            begin = max(last, begins[place - 1] if place else 0)
            last = found.end()
            listed = sentence[begin : found.start()].rstrip("，").split("、")
            items = tuple(_as_written(text, start + begin, listed))
            number = _number(found[2])
            if number is not None and len(items) > 1:
                end, closed = start + found.start(), found["word"] != "等"
                whole = closed or not points_on
                yield Listing(start + begin, end, items, number, found[0], closed, whole)


def _listed(text: DocumentText, names: frozenset[str], with_comma: tuple[str, ...]) -> Iterator[Found]:
    """A、B、C等3个组织: as many as are listed.

    More than are listed is a fault only where all of them are names of the register and nothing points to a
    full list, since a list may be open (民政、司法等8个部门) or be none (初评、复评共58个组织); after 共 also
    where it is nearly the number.
    """
    for each in lists_in(text.text, with_comma):
        if each.number in _possible(each.items):
            continue
        more = each.number - len(each.items)
        are_names = all(_ends_in_name(item, names) for item in each.items)
        if more > 0 and not (are_names and each.whole) and not (each.closed and more <= _NEAR):
            continue
        message = f"列出了{len(each.items)}个，写的是“{each.words}”。"
        yield text.found(DocumentCheck.COUNT, message, "请核对名单和个数。", each.words, each.end)


def _possible(items: Sequence[str]) -> set[int]:
    """How many a list may have: 和 in its last item may join two, or belong to a name."""
    return {len(items), len(items) + len(_JOINED.findall(items[-1]))}


def _ahead(text: DocumentText, with_comma: tuple[str, ...]) -> Iterator[Found]:
    """以下3个组织：A、B、C。 as many as are listed."""
    for found in _AHEAD.finditer(_without_commas(text.text, with_comma)):
        number, items = _number(found[1]), found[2].split("、")
        if number is None or len(items) < 2 or any(len(each) > 40 for each in items):
            continue
        if number not in _possible(items):
            message = f"写的是{number}个，后面列出了{len(items)}个。"
            yield text.found(DocumentCheck.COUNT, message, "请核对名单和个数。", found[1], found.start())


def _among(text: DocumentText, known: Known) -> Iterator[Found]:
    """5个，其中甲类3个，乙类2个: parts against the whole.

    Parts that the data knows are compared with it. The others may be some of the whole; where they are
    nearly all of it, and the text names no rest, one of the figures will be wrong.
    """
    for found in _AMONG.finditer(text.text):
        whole = _number(found[1])
        parts = [_PART.match(each) for each in re.split("[，、]", found["parts"])]
        counted = [each for each in parts if each]
        if whole is None or len(counted) < 2 or len(counted) != len(parts):
            continue
        total = sum(_number(each[2]) or 0 for each in counted)
        if total > whole or (0 < whole - total <= _near_miss(whole) and not _is_told(found, counted, known)):
            message = f"其中各项相加是{total}个，前面写的是{whole}个。"
            yield text.found(DocumentCheck.COUNT, message, "请核对各项和总数。", found[0], found.start())


def _is_told(found: re.Match[str], parts: Sequence[re.Match[str]], known: Known) -> bool:
    """Whether the text names a rest, or the data knows all of the parts."""
    return bool(_REST.search(found[0])) or all(each["label"] in known.counts for each in parts)


def _near_miss(whole: int) -> int:
    return max(1, whole // 10)


def _grades(text: DocumentText, assessed: list[int]) -> Iterator[Found]:
    """评定优秀2个，良好3个，合格1个: all grades against those assessed, said before in the document."""
    assessed += [number for found in _ASSESSED.finditer(text.text) if (number := _number(found[1]))]
    for found in _GRADED.finditer(text.text):
        total = sum(int(number) for _label, number in _GRADE.findall(found["parts"]))
        loose = [each.number for each in counts_in(found["rest"])][:_MOST_LOOSE]
        if (
            not assessed
            or _REST.search(found["rest"])
            or assessed[-1] in {total + more for more in _sums_of(loose)}
        ):
            continue
        message = f"各等次相加是{total}个，参加考核的是{assessed[-1]}个。"
        yield text.found(
            DocumentCheck.COUNT, message, "请核对各等次的个数。", found["parts"], found.start("parts")
        )


def _rosters(text: DocumentText, texts: DocumentTexts) -> Iterator[Found]:
    """29个社会组织列入…（名单见附件2）: as many as that annex has rows."""
    for start, sentence in sentences(text.text):
        found = _ROSTER.search(sentence)
        counts = list(counts_in(sentence[: found.start()])) if found else []
        if not found or not counts:
            continue
        annex = int(found[1] or 1)
        tables = [table for table in texts.tables if table.annex == annex]
        listed = sum(table.listed for table in tables)
        if not tables or any(each.number == listed for each in counts):
            continue
        words = sentence[counts[0].start : counts[0].end]
        message = f"写的是“{words}”，附件{annex}的表里有{listed}行。"
        yield text.found(
            DocumentCheck.COUNT, message, "请核对正文和附件的名单。", words, start + counts[0].start
        )


def _against_data(text: DocumentText, known: Known) -> Iterator[Found]:
    if not known.counts:
        return
    for found in _of_data(tuple(known.counts)).finditer(text.text):
        name = found["before"] or found["after"]
        number = _number(found["number"] or found["number_first"])
        if number is not None and number != known.counts[name]:
            message = f"“{name}”按考核结果是{known.counts[name]}个，这里写的是{number}个。"
            yield text.found(DocumentCheck.COUNT, message, "请按考核结果改正。", found[0], found.start())


@lru_cache(maxsize=8)
def _of_data(names: tuple[str, ...]) -> re.Pattern[str]:
    """参加考核58个, or 29个社会组织列入重点扶持培育名单; of names in one another the longest counts."""
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    number = r"(?:\d{1,7}|[一二两三四五六七八九十百千]{1,7})"
    return re.compile(
        rf"(?<![不未])(?P<before>{words})(?:的)?(?:社会组织|组织|单位)?(?:共有|共计|共|有|为)?(?P<number>{number}){_UNIT}"
        rf"|(?P<number_first>(?<![\d第]){number}){_UNIT}{_HAN}{{0,6}}?(?:被)?"
        rf"(?:列入|评定为|评为|获得|获)(?P<after>{words})(?:等次|等级)?(?!{_HAN})"
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else read_numeral(text)


def _sums_of(numbers: list[int]) -> set[int]:
    return {sum(some) for many in range(len(numbers) + 1) for some in combinations(numbers, many)}


def _without_commas(text: str, names: tuple[str, ...]) -> str:
    """The text with 、 inside known names put out of the way."""
    for name in names:
        if name in text:
            text = text.replace(name, name.replace("、", "·"))
    return text


def _as_written(text: str, at: int, items: Sequence[str]) -> Iterator[str]:
    """The items with the 、 that were put out of the way."""
    for item in items:
        yield text[at : at + len(item)]
        at += len(item) + 1


def _ends_in_name(item: str, names: frozenset[str]) -> bool:
    return any(item[at:] in names for at in range(len(item)))
