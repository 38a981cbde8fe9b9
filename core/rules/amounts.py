"""Amounts of money in words: 大写 for receipts, Arabic for running text. Money is counted in fen."""

from decimal import Decimal

from core.rules.chinese_numerals import capital_digit, capital_section

_SECTION = 10_000
_SECTION_NAMES = ("元", "万", "亿")
LARGEST = _SECTION ** len(_SECTION_NAMES) * 100
"""In fen: from 1 万亿元 on there are no capitals."""
MOST_READ = LARGEST // 100
"""No larger amount is taken in (100 亿元), so that the sum of a hundred can still be written in capitals."""


def capital_amount(fen: int) -> str:
    """The amount as 人民币大写; a zero place before 元 or 万 leaves no 零 when the next digit is there.

    Source: 支付结算办法附一《正确填写票据和结算凭证的基本规定》.

    Raises:
        ValueError: it is negative or 1 万亿 and more.
    """
    if not 0 <= fen < LARGEST:
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


def in_yuan(fen: int) -> Decimal:
    """The amount in yuan as a cell holds it, with both places of fen."""
    return Decimal(fen).scaleb(-2)


def yuan_figure(fen: int) -> str:
    """The bare figure in yuan as workings say it; fen only where there are some: 40500, 1234.50."""
    return f"{in_yuan(fen):f}".removesuffix(".00")


def grouped_yuan(fen: int) -> str:
    """The figure in yuan as a sum is read: 40,500 or 1,234.50."""
    return f"{in_yuan(fen):,f}".removesuffix(".00")


def yuan_text(fen: int) -> str:
    """The amount as running text says it: 4万元, 40,500元, 1,234.50元."""
    whole = _SECTION * 100
    return f"{fen // whole}万元" if fen and fen % whole == 0 else f"{grouped_yuan(fen)}元"


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
