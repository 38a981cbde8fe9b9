"""Words and marks that must not be in a document: forbidden ones, personal data, what was left over."""

import re
from collections.abc import Iterator

from core.model.document_check import DocumentCheck, Known
from core.rules.document_texts import DocumentText, DocumentTexts, Found, TextKind, is_public_notice

COMMENDATION = "表彰"
_COMMENDED = re.compile(rf"(?<![国省市区县级]){COMMENDATION}")
"""Of higher offices it may be said: 区级表彰."""
_TITLES = re.compile(r"《[^》]*》")
_HAN = r"[\u3007\u3400-\u9fff]"
_LEFTOVERS = (
    (re.compile(r"\{[^{}]{0,40}\}"), "还有没填的字段", "请填上内容，或删去这一句。"),
    (
        re.compile(r"×{2,}|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|某某+|[＿_]{3,}"),
        "还有没填的地方",
        "请填上内容。",
    ),
    (
        re.compile(r"(?<!并列)(?<![等期优招接看对善])待定(?![期位点时制])|(?<!等)待补(?:充|录)|待填写?"),
        "还有没定的内容",
        "请定下来再印发，或改写这句话。",
    ),
    (re.compile(r"（）|《》|“”|〔〕"), "括号或引号里是空的", "请填上内容或删去。"),
    (
        re.compile(r"，{2,}|。{2,}|、{2,}|；{2,}|：{2,}|[，、；：][，。、；：]|。[，、；：]"),
        "标点重复",
        "请删去多余的标点。",
    ),
    (
        re.compile(rf"(?<={_HAN})[,;:?!](?=$|{_HAN})|(?<={_HAN})\(|\)(?={_HAN})|(?<={_HAN})\[|\](?={_HAN})"),
        "用了半角标点",
        "中文里请用全角标点。",
    ),
)
_SUSPECTED = re.compile(r"[{}×Xx某＿_待（《“〔，。、；：,;:?!()\[\]]")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)[（(]?0\d{2,3}[）)]?[-— ]?\d{7,8}(?!\d)")
_LOCAL = re.compile(r"(?:电话|手机|座机|联系方式|传真)[：: 为是]*(\d{7,8})(?!\d)")
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_ACCOUNT = re.compile(r"(?<![\dA-Za-z])\d(?:[ -]?\d){15,18}(?![\dA-Za-z])")
_ACCOUNT_WORD = re.compile(r"(?:账号|帐号|账户|卡号)[：: 为是]*(\d(?:[ -]?\d){7,24})")
_REACH = 12
_PERSONAL_REMEDY = "公示里不写个人的{what}，请删去或隐去中间几位。"


def word_findings(texts: DocumentTexts, known: Known) -> Iterator[Found]:
    """Forbidden words, leftovers, and in a 公示 personal data."""
    words = [re.escape(word) for word in sorted(known.forbidden_words, key=len, reverse=True) if word]
    forbidden = re.compile("|".join(words)) if words else None
    written = (*known.names, *known.other_names)
    names = frozenset(written)
    odd = tuple(name for name in names if _SUSPECTED.search(name))
    is_public = is_public_notice(texts, known)
    phones = frozenset(_digits(each) for each in known.contact_phones)
    for text in texts.texts:
        if text.text in names:
            continue
        if forbidden:
            yield from _forbidden(text, forbidden)
        if known.praise_verb and COMMENDATION not in known.praise_verb and COMMENDATION in text.text:
            yield from _commendation(text, known.praise_verb)
        if text.kind is not TextKind.NUMBER and _SUSPECTED.search(text.text):
            yield from _leftovers(text, odd)
        if is_public and any(mark.isdecimal() for mark in text.text):
            yield from _personal(text, phones)


def _forbidden(text: DocumentText, forbidden: re.Pattern[str]) -> Iterator[Found]:
    for found in forbidden.finditer(text.text):
        message = f"“{found[0]}”是单位设定的禁用词。"
        yield text.found(
            DocumentCheck.WORD, message, "请换一个说法；确实要用的，写明理由。", found[0], found.start()
        )


def _commendation(text: DocumentText, verb: str) -> Iterator[Found]:
    outside = _TITLES.sub(lambda found: "　" * len(found[0]), text.text)
    for found in _COMMENDED.finditer(outside):
        message = f"用了“{COMMENDATION}”，单位设定的说法是“{verb}”。"
        yield text.found(DocumentCheck.WORD, message, f"请改成“{verb}”。", found[0], found.start())


def _leftovers(text: DocumentText, odd: tuple[str, ...]) -> Iterator[Found]:
    for pattern, message, remedy in _LEFTOVERS:
        for found in pattern.finditer(text.text):
            if not _in_name(text.text, found.start(), found.end(), odd):
                words = text.text[max(0, found.start() - 4) : found.end() + 4]
                yield text.found(
                    DocumentCheck.LEFTOVER, f"“{words}”：{message}。", remedy, found[0], found.start()
                )


def _in_name(text: str, start: int, end: int, names: tuple[str, ...]) -> bool:
    """Whether the place lies inside a known name: those are written as their owners write them."""
    mark = text[start:end]
    for name in names:
        if mark in name:
            at = text.find(name, max(0, start - len(name) + 1), end + len(name) - 1)
            if 0 <= at <= start and end <= at + len(name):
                return True
    return False


def _personal(text: DocumentText, phones: frozenset[str]) -> Iterator[Found]:
    taken: list[range] = []
    for what, pattern, group in (
        ("身份证号", _IDENTITY, 0),
        ("银行账号", _ACCOUNT_WORD, 1),
        ("银行账号", _ACCOUNT, 0),
        ("手机号", _MOBILE, 0),
        ("电话", _LANDLINE, 0),
        ("电话", _LOCAL, 1),
    ):
        for found in pattern.finditer(text.text):
            start, end = found.span(group)
            if "代码" in text.place or "代码" in text.text[max(0, start - _REACH) : start]:
                continue
            if any(start < each.stop and each.start < end for each in taken):
                continue
            digits = _digits(found[group])
            if not any(phone.endswith(digits) or digits.endswith(phone) for phone in phones if phone):
                taken.append(range(start, end))
                message = f"写有{what}“{found[group]}”。"
                yield text.found(
                    DocumentCheck.PERSONAL, message, _PERSONAL_REMEDY.format(what=what), found[group], start
                )


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdecimal())
