"""What a document must have by form: number, title, addressee, order of headings, annexes."""

import re
from collections.abc import Iterator

from core.model.document import DocumentFormat, OfficialDocument
from core.model.document_check import DocumentCheck, Known
from core.rules.chinese_numerals import read_numeral
from core.rules.document_texts import DocumentText, DocumentTexts, Found, TextKind

LONGEST_TITLE = 50
_NUMBER = re.compile(r"[^〔〕\[\]（）()\s]+〔\d{4}〕[1-9]\d*号")
_CITED = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:(?P<open>[〔\[［【])(?P<year>\d{2,4})(?P<close>[〕\]］】])|[（(]\d{4}[）)])"
    r"(?P<no>第?\d{1,5})号"
)
_TITLE_MARKS = re.compile(r"[。，；：！？.,;:!?]")
_ENDS = re.compile(r"[：:。；，、]$")
_ADDRESSED = ("通知", "函", "请示", "报告", "批复", "告知书", "通知书", "意见")
_NUMERAL = "一二三四五六七八九十百"
_ORDINALS = (
    re.compile(rf"(?P<number>[{_NUMERAL}]+)(?P<after>[、.．，])"),
    re.compile(rf"[（(](?P<number>[{_NUMERAL}]+)[）)](?P<after>[、.．，]?)"),
    re.compile(r"(?P<number>\d{1,3})(?P<after>[.．、](?!\d))"),
    re.compile(r"[（(](?P<number>\d{1,3})[）)](?P<after>[、.．，]?)"),
)
_EXAMPLES = ("一、", "（一）", "1.", "（1）")
_LEVELS = "一二三四"
_MENTION = re.compile(
    r"附件(?P<first>\d{1,3})(?:(?P<to>[-—－～~至到])(?:附件)?(?P<last>\d{1,3})|(?P<more>(?:[、和及](?:附件)?\d{1,3})*))"
)
_BARE_MENTION = re.compile(r"见附件(?!\d)|附件[）)](?!\d)")


def form_findings(document: OfficialDocument, texts: DocumentTexts, known: Known) -> Iterator[Found]:
    """All that is wrong with the form."""
    for text in texts.texts:
        if text.kind is TextKind.NUMBER:
            yield from _number(text)
        elif text.kind is TextKind.TITLE:
            yield from _title(text, known)
        elif text.kind is TextKind.ADDRESSEE:
            yield from _addressee(document, text, known)
        elif text.kind is TextKind.PARAGRAPH:
            yield from _cited(text)
    yield from _headings(texts)
    yield from _annexes(document, texts)


def _number(text: DocumentText) -> Iterator[Found]:
    if _NUMBER.fullmatch(text.text):
        return
    yield text.found(
        DocumentCheck.NUMBER,
        f"发文字号“{text.text}”不合规定。",
        "应是机关代字、六角括号里的四位年份、不补 0 的序号，例如 某街办〔2026〕12号，前面不加“第”。",
        text.text,
    )


def _cited(text: DocumentText) -> Iterator[Found]:
    """Numbers of other documents."""
    for found in _CITED.finditer(text.text):
        right = (found["open"], found["close"]) == ("〔", "〕") and len(found["year"]) == len("2026")
        if right and found["no"][0] not in "第0":
            continue
        message = f"引用的发文字号“{found[0]}”写法不合规定。"
        remedy = "年份用四位数放在六角括号〔〕里，序号不加“第”、不补 0；请照原文件核对。"
        yield text.found(DocumentCheck.NUMBER, message, remedy, found[0], found.start())


def _title(text: DocumentText, known: Known) -> Iterator[Found]:
    title = text.text
    if not title:
        yield text.found(DocumentCheck.TITLE, "没有标题。", "请写上标题。")
        return
    outside = re.sub(r"《[^》]*》|“[^”]*”", lambda found: "　" * len(found[0]), title)
    if found := _TITLE_MARKS.search(outside):
        message = f"标题里有“{found[0]}”。"
        remedy = "标题里除书名号、引号和顿号外不用标点，末尾不加句号。"
        yield text.found(DocumentCheck.TITLE, message, remedy, found[0], found.start())
    if len(title) > LONGEST_TITLE:
        message = f"标题有{len(title)}个字。"
        yield text.found(DocumentCheck.TITLE, message, f"请缩到{LONGEST_TITLE}个字以内。", title)
    if known.genre and not title.rstrip("。.").endswith(known.genre):
        message = f"标题没有以文种“{known.genre}”结尾。"
        yield text.found(DocumentCheck.TITLE, message, "请把文种补在标题末尾，或改选文种。", title)


def _addressee(document: OfficialDocument, text: DocumentText, known: Known) -> Iterator[Found]:
    if found := _ENDS.search(text.text):
        message = f"主送机关末尾有“{found[0]}”。"
        yield text.found(
            DocumentCheck.ADDRESSEE, message, "冒号由程序印上，请删去。", found[0], found.start()
        )
    if text.text.strip() or document.format not in (DocumentFormat.ORDINARY, DocumentFormat.LETTER):
        return
    if not known.genre or known.genre.endswith(_ADDRESSED):
        yield text.found(DocumentCheck.ADDRESSEE, "没有主送机关。", "请写上发给谁。")


def _headings(texts: DocumentTexts) -> Iterator[Found]:
    """Numbers of headings, each level from one on under its heading; each annex begins anew."""
    counts: list[int] = []
    annex = 0
    for text in texts.paragraphs:
        if text.annex != annex:
            annex, counts = text.annex, []
        ordinal = _ordinal(text)
        if ordinal is None:
            continue
        level, number, words = ordinal
        if text.level and text.level != level:
            message = (
                f"“{words}”是第{_LEVELS[level - 1]}层的序号，这里设的是第{_LEVELS[text.level - 1]}层标题。"
            )
            remedy = f"第{_LEVELS[text.level - 1]}层用“{_EXAMPLES[text.level - 1]}”这样的序号。"
            yield text.found(DocumentCheck.HEADING, message, remedy, words)
        elif not _is_well_written(level, words):
            message = f"序号“{words}”写法不对。"
            yield text.found(DocumentCheck.HEADING, message, f"应写成“{_EXAMPLES[level - 1]}”这样。", words)
        if level > len(counts) + 1:
            message = f"“{words}”前面缺少第{_LEVELS[len(counts)]}层的标题。"
            remedy = "层次依次用 一、（一）1.（1），不跳层；请调整。"
            yield text.found(DocumentCheck.HEADING, message, remedy, words)
            counts += [0] * (level - len(counts))
        counts = [*counts[:level], *([0] if level > len(counts) else [])]
        if number != counts[level - 1] + 1:
            message = f"序号“{words}”不连续，应是第{counts[level - 1] + 1}项。"
            yield text.found(DocumentCheck.HEADING, message, "请按顺序重排序号。", words)
        counts[level - 1] = number


def _ordinal(text: DocumentText) -> tuple[int, int, str] | None:
    """Level, number and words of the ordinal that a paragraph begins with.

    A paragraph that has no heading begins with one only in the forms of the first two levels: figures may
    begin any sentence.
    """
    forms = _ORDINALS if text.level else _ORDINALS[:2]
    for level, form in enumerate(forms, start=1):
        found = form.match(text.text)
        if found:
            number = found["number"]
            value = int(number) if number.isdecimal() else read_numeral(number)
            return None if value is None else (level, value, found[0])
    return None


def _is_well_written(level: int, words: str) -> bool:
    if level == 1:
        return words.endswith("、")
    if level == 3:
        return words.endswith(".")
    return words.startswith("（") and words.endswith("）")


def _annexes(document: OfficialDocument, texts: DocumentTexts) -> Iterator[Found]:
    """Numbers of annexes in the text, and annexes that it does not mention."""
    count = len(document.annexes)
    mentioned: set[int] = set()
    for text in texts.texts:
        if text.kind in (TextKind.PARAGRAPH, TextKind.CELL) and "附件" in text.text:
            yield from _mentions(text, count, mentioned)
    for text in texts.texts:
        if text.place != f"附件{text.annex}标题":
            continue
        if text.annex not in mentioned:
            message = f"正文没有提到附件{text.annex}。"
            remedy = f"请在正文相应的地方写上“见附件{text.annex}”，或删去这个附件。"
            yield text.found(DocumentCheck.ANNEX, message, remedy)
        if not text.text.strip():
            yield text.found(DocumentCheck.ANNEX, f"附件{text.annex}没有标题。", "请写上标题。")


def _mentions(text: DocumentText, count: int, mentioned: set[int]) -> Iterator[Found]:
    """Those of one text, which are added to `mentioned`; 附件 without a number stands for all."""
    for found in _MENTION.finditer(text.text):
        numbers = _mentioned(found)
        mentioned |= numbers
        if beyond := sorted(number for number in numbers if not 1 <= number <= count):
            has = f"只有{count}个附件" if count else "没有附件"
            message = f"提到附件{beyond[0]}，这份公文{has}。"
            yield text.found(
                DocumentCheck.ANNEX, message, "请改正附件号，或补上附件。", found[0], found.start()
            )
    if bare := _BARE_MENTION.search(text.text):
        mentioned |= set(range(1, count + 1))
        if not count:
            message = "提到附件，这份公文没有附件。"
            yield text.found(
                DocumentCheck.ANNEX, message, "请补上附件，或改写这句话。", bare[0], bare.start()
            )


def _mentioned(found: re.Match[str]) -> set[int]:
    first = int(found["first"])
    if found["last"]:
        return set(range(first, min(int(found["last"]), first + 99) + 1)) | {int(found["last"])}
    return {first, *map(int, re.findall(r"\d+", found["more"] or ""))}
