"""Amounts of money read out of texts: figures (4万元, 40,500元) and capitals (人民币肆万元整), in fen."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from core.rules.amounts import capital_amount

_FIGURE = r"(?<![\d.,，])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d+)?)"
_UNITS = {"": 100, "万": 10**6, "亿": 10**10}
FIGURE_IN_TEXT = re.compile(rf"{_FIGURE}(?P<unit>[万亿]?)元")
_BARE_FIGURE = re.compile(rf"^[¥￥]?{_FIGURE}(?P<unit>[万亿]?)元?整?$")
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}
CAPITAL_IN_TEXT = re.compile(
    rf"[{CAPITALS}拾佰仟万亿]{{0,40}}[{CAPITALS}拾佰仟][{CAPITALS}拾佰仟万亿元圆角分整正]*"
)
_MONEY = frozenset("元圆角分")
_GAPS = ("亿", "万", "元")


class Figure(NamedTuple):
    """An amount in a text: where it stands, and how many fen it is."""

    start: int
    end: int
    fen: int


def figures_in(text: str) -> Iterator[Figure]:
    """The amounts in figures, in their order; amounts of less than a fen are none."""
    for found in FIGURE_IN_TEXT.finditer(text):
        fen = _fen(found)
        if fen is not None:
            yield Figure(found.start(), found.end(), fen)


def read_figure(text: str) -> int | None:
    """The fen of a text that is an amount and nothing else: 40,500, ¥40500.00, 4万元; None if it is none."""
    found = _BARE_FIGURE.match("".join(text.split()))
    return _fen(found) if found else None


def read_capital(text: str) -> int | None:
    """The fen of an amount in capitals, with or without 人民币; None if it is no amount.

    How it is written is not judged (`is_lawful_capital`), only that it can mean but one amount.
    """
    text = text.removeprefix("人民币").replace("圆", "元").rstrip("整正")
    yuan, found, rest = text.rpartition("元")
    if not found:
        yuan, rest = "", text
    if _MONEY.isdisjoint(text) or (found and not yuan):
        return None
    whole = _whole(yuan) if found else 0
    odd = _odd(rest)
    return None if whole is None or odd is None else whole * 100 + odd


def is_lawful_capital(text: str, fen: int) -> bool:
    """Whether capitals, with or without 人民币, are written as bills want them.

    Free are 圆 for 元, 正 for 整, 整 after 角, and 零 where the place before 万 or 元 is zero.

    Source: 支付结算办法附一《正确填写票据和结算凭证的基本规定》.
    """
    right = capital_amount(fen).removeprefix("人民币")
    written = text.removeprefix("人民币").replace("圆", "元").replace("正", "整")
    if right.endswith("角"):
        written = written.removesuffix("整")
    if written == right:
        return True
    if any(f"{gap}零" in right and f"{gap}零" not in written for gap in _GAPS):
        return False
    for gap in _GAPS:
        written, right = written.replace(f"{gap}零", gap), right.replace(f"{gap}零", gap)
    return written == right


def _fen(found: re.Match[str]) -> int | None:
    fen = Decimal(found["digits"].replace(",", "")) * _UNITS[found["unit"]]
    return int(fen) if fen == fen.to_integral_value() else None


def _whole(text: str) -> int | None:
    """Yuan: sections of four digits under 亿 and 万."""
    total = 0
    for name, size in (("亿", 10**8), ("万", 10**4)):
        before, found, text_after = text.partition(name)
        if found:
            many = _section(before)
            if not many:
                return None
            total, text = total + many * size, text_after
    rest = _section(text)
    return None if rest is None else total + rest


def _section(text: str) -> int | None:
    """Digits with ever smaller places; 零 counts nothing."""
    total, digit, last = 0, 0, 10**4
    for mark in text:
        place = _PLACES.get(mark)
        if place is not None and place < last and (digit or place == 10):
            total, digit, last = total + (digit or 1) * place, 0, place
        elif mark == "零" and not digit:
            continue
        elif mark in CAPITALS and mark != "零" and not digit:
            digit = CAPITALS.index(mark)
        else:
            return None
    return total + digit


def _odd(text: str) -> int | None:
    """Jiao and fen."""
    found = re.fullmatch(rf"零?(?:([{CAPITALS}])角)?零?(?:([{CAPITALS}])分)?", text)
    if not found:
        return None
    jiao, fen = (CAPITALS.index(mark) if mark else 0 for mark in found.groups())
    return jiao * 10 + fen
