"""Money in a document: capitals against figures, parts against their sum, each times how many, the data."""

import re
from collections.abc import Iterator

from core.model.document_check import DocumentCheck, Known
from core.rules.amount_reading import (
    CAPITAL_IN_TEXT,
    Figure,
    figures_in,
    is_lawful_capital,
    read_capital,
    read_figure,
)
from core.rules.amounts import LARGEST, capital_amount, grouped_yuan, yuan_text
from core.rules.document_counts import counts_in
from core.rules.document_texts import DocumentText, DocumentTexts, Found, PlacedTable, sentences

_AFTER = re.compile(r"\s*[（(](?:小写)?[：:]?\s*([¥￥]?[\d,.]+[万亿]?元?整?)[）)]")
_BEFORE = re.compile(r"([¥￥]?[\d,.]+[万亿]?元?整?)\s*[（(,，]?(?:大写)?[：:]?(?:人民币)?$")
_COMMON_NUMERALS = re.compile(
    r"人民币([一二三四五六七八九十百千两廿卅][一二三四五六七八九十百千万亿零〇两廿卅]*[元圆][一二三四五六七八九角分毛整正]*)"
)
_SUM = re.compile(
    r"(?:合计|共计|总计|总额|总共|一共|(?<!公)共(?![同青产建享治商]))[\u4e00-\u9fff]{0,6}?(?:人民币)?$"
)
_ALL_ABOVE = re.compile(
    r"(?:^|[，。；：])(?:以上|上述)[\u4e00-\u9fff]{0,10}?(?:合计|共计|总计|共)[\u4e00-\u9fff]{0,6}?$"
)
_EACH = re.compile(r"(?:每个|每家|每名|每人|每位|每支|每项|每户|各)[\u4e00-\u9fff]{0,10}$")
_NO_PART = re.compile(
    r"(?:预算|上限|不超过|最高|最低|不少于|上年|去年|同比|结余|余|已付|标准|原|其中)[\u4e00-\u9fff]{0,8}$"
)
_WINDOW = 24
_REACH = 120
"""How far before an amount its count may stand."""


def amount_findings(texts: DocumentTexts, known: Known) -> Iterator[Found]:
    """All that is wrong with amounts of money in texts and tables."""
    for text in texts.texts:
        if "元" in text.text or "圆" in text.text or "角" in text.text or "分" in text.text:
            yield from _capitals(text)
    for paragraph in texts.paragraphs:
        if "元" in paragraph.text:
            yield from _sums(paragraph)
            yield from _against_data(paragraph, known)
    for table in texts.tables:
        yield from _capital_columns(table)


def _capitals(text: DocumentText) -> Iterator[Found]:
    for found in _COMMON_NUMERALS.finditer(text.text):
        message = f"“{found[0]}”不是大写数字。"
        remedy = "大写金额用零壹贰叁肆伍陆柒捌玖，单位用拾佰仟万亿元角分；正文里也可以写成 4万元 这样。"
        yield text.found(DocumentCheck.CAPITALS, message, remedy, found[0], found.start())
    for found in CAPITAL_IN_TEXT.finditer(text.text):
        written = found[0]
        if not any(unit in written for unit in ("元", "圆", "角", "分")):
            continue
        fen = read_capital(written)
        figure = _figure_beside(text.text, found.start(), found.end())
        if fen is None or fen >= LARGEST or (figure is None and not is_lawful_capital(written, fen)):
            right = "" if fen is None or fen >= LARGEST else capital_amount(fen)
            remedy = f"应写成“{right}”。" if right else "请按金额重新写。"
            message = f"大写金额“{written}”写得不合规定。"
            yield text.found(DocumentCheck.CAPITALS, message, remedy, written, found.start())
        elif figure is not None and (figure != fen or not is_lawful_capital(written, figure)):
            yield _disagreeing(text, written, figure, found.start())


def _figure_beside(text: str, start: int, end: int) -> int | None:
    """The amount in figures in brackets after capitals, or right before them."""
    after = _AFTER.match(text, end)
    if after:
        return read_figure(after[1])
    before = _BEFORE.search(text[max(0, start - _WINDOW) : start])
    return read_figure(before[1]) if before else None


def _disagreeing(text: DocumentText, written: str, fen: int, at: int) -> Found:
    message = f"大写“{written}”和数字 {grouped_yuan(fen)} 元不一致或写法不对。"
    right = f"数字正确时大写应为“{capital_amount(fen)}”；" if fen < LARGEST else ""
    remedy = f"{right}请核对后改正。"
    return text.found(DocumentCheck.CAPITALS, message, remedy, written, at)


def _capital_columns(table: PlacedTable) -> Iterator[Found]:
    """Rows with a column of capitals beside one of figures."""
    capital = next((at for at, title in enumerate(table.titles) if "大写" in title), None)
    figures = [at for at, title in enumerate(table.titles) if "大写" not in title and _is_money(title)]
    if capital is None or not figures:
        return
    figure = max((at for at in figures if at < capital), default=figures[0])
    scale = 10**4 if "万元" in table.titles[figure] else 1
    for row, texts in zip(table.rows, table.texts, strict=True):
        if len(row) <= max(capital, figure):
            continue
        fen, written = read_figure(row[figure]), row[capital].strip()
        if fen is None or read_capital(written) is None:
            continue
        if read_capital(written) != fen * scale:
            yield _disagreeing(texts[capital], written, fen * scale, 0)


def _is_money(title: str) -> bool:
    return "元" in title or any(word in title for word in ("金额", "奖金", "资金", "补助"))


def _sums(text: DocumentText) -> Iterator[Found]:
    """A sum against the parts before it; each one's amount is taken as often as there are."""
    above: int | None = 0
    for start, sentence in sentences(text.text):
        told, among, parts_of_it = sentence.partition("其中")
        if among:
            yield from _parts_of_last(text, sentence, start, len(told), parts_of_it)
        parts: int | None = 0
        single = True
        for figure in figures_in(told):
            before = told[max(0, figure.start - _REACH) : figure.start]
            if _NO_PART.search(before):
                continue
            if _ALL_ABOVE.search(before):
                yield from _sum_finding(text, sentence, start, figure, _added(above, parts))
                above, parts = 0, 0
            elif _SUM.search(before):
                if parts != 0 and not single:
                    yield from _sum_finding(text, sentence, start, figure, parts)
                    parts = figure.fen
            else:
                many = _how_many(before)
                single = parts == 0 and many == 1
                parts = _added(parts, None if many is None else figure.fen * many)
        above = _added(above, parts)


def _added(one: int | None, other: int | None) -> int | None:
    """Both together; not known where one is not."""
    return None if one is None or other is None else one + other


def _how_many(before: str) -> int | None:
    """How often an amount counts: 1, or the last count before 每个; None where that is not said."""
    if not _EACH.search(before):
        return 1
    counts = list(counts_in(before))
    return counts[-1].number if counts else None


def _parts_of_last(text: DocumentText, sentence: str, start: int, told: int, parts: str) -> Iterator[Found]:
    """7万元，其中甲4万元，乙3万元: parts that are more than the whole before 其中."""
    wholes, counted = list(figures_in(sentence[:told])), list(figures_in(parts))
    if not wholes or len(counted) < 2 or any(_EACH.search(parts[: each.start]) for each in counted):
        return
    total = sum(each.fen for each in counted)
    if total > wholes[-1].fen:
        yield from _sum_finding(text, sentence, start, wholes[-1], total)


def _sum_finding(
    text: DocumentText, sentence: str, start: int, figure: Figure, total: int | None
) -> Iterator[Found]:
    if total and total != figure.fen:
        words = sentence[figure.start : figure.end]
        message = f"各项相加是{yuan_text(total)}，这里写的是{words}。"
        yield text.found(
            DocumentCheck.AMOUNT, message, "请核对各项金额、个数和合计。", words, start + figure.start
        )


def _against_data(text: DocumentText, known: Known) -> Iterator[Found]:
    """The first amount after a name that has one in the results, in the same sentence."""
    for start, sentence in sentences(text.text) if known.amounts else ():
        figures = list(figures_in(sentence))
        for at, name in _named(sentence, known) if figures else ():
            figure = next((each for each in figures if each.start >= at), None)
            if figure is None or figure.fen in known.amounts[name]:
                continue
            words = sentence[figure.start : figure.end]
            right = "或".join(yuan_text(fen) for fen in known.amounts[name])
            message = f"“{name}”按考核结果是{right}，这里写的是{words}。"
            yield text.found(DocumentCheck.AMOUNT, message, "请按考核结果改正。", words, start + figure.start)


def _named(sentence: str, known: Known) -> Iterator[tuple[int, str]]:
    """The names in the sentence with the place of their end; of names in one another the longest."""
    taken: list[range] = []
    for name in sorted(known.amounts, key=len, reverse=True):
        at = sentence.find(name)
        if at >= 0 and not any(at in each for each in taken):
            taken.append(range(at, at + len(name)))
            yield at + len(name), name
