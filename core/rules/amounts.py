"""Amounts of money in words: 大写 for receipts, Arabic for running text. Money is counted in fen."""

from core.rules.chinese_numerals import capital_digit, capital_section

_SECTION = 10_000
_SECTION_NAMES = ("元", "万", "亿")
_LARGEST = _SECTION ** len(_SECTION_NAMES) * 100


def capital_amount(fen: int) -> str:
    """The amount as 人民币大写; a zero place before 元 or 万 leaves no 零 when the next digit is there.

    Source: 支付结算办法附一《正确填写票据和结算凭证的基本规定》.

    Raises:
        ValueError: it is negative or 1 万亿 and more.
    """
    if not 0 <= fen < _LARGEST:
        raise ValueError(f"金额超出范围：{fen} 分")
    yuan, rest = divmod(fen, 100)
    jiao, odd_fen = divmod(rest, 10)
    text = _capital_yuan(yuan)
    if jiao:
        text += f"{capital_digit(jiao)}角"
    elif odd_fen and yuan:
        text += "零"
    if odd_fen:
        text += f"{capital_digit(odd_fen)}分"
    if not rest:
        text = f"{text or '零元'}整"
    return f"人民币{text}"


def yuan_text(fen: int) -> str:
    """The amount as running text says it: 4万元, 40,500元, 1,234.50元."""
    yuan, rest = divmod(fen, 100)
    if not rest and yuan and yuan % _SECTION == 0:
        return f"{yuan // _SECTION}万元"
    return f"{yuan:,}.{rest:02d}元" if rest else f"{yuan:,}元"


def _capital_yuan(yuan: int) -> str:
    """Section by section of four digits: 100001000 is 壹亿零壹仟元."""
    text = ""
    skipped = False
    for place in range(len(_SECTION_NAMES) - 1, -1, -1):
        section = yuan // _SECTION**place % _SECTION
        if not section:
            skipped = bool(text)
            continue
        gap = "零" if text and (skipped or section < _SECTION // 10) else ""
        text += f"{gap}{capital_section(section)}{_SECTION_NAMES[place]}"
        skipped = False
    return text if text.endswith("元") or not text else f"{text}元"
