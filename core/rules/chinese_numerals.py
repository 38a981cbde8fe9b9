"""Numbers in Chinese characters: those that people write, and the capitals of amounts.

Read strictly: 三一千一 is no number, and must not become one.
"""

_COUNTED = "〇一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_DIGITS = {
    **{mark: value for value, mark in enumerate(_CAPITALS)},
    **{mark: value for value, mark in enumerate(_COUNTED)},
    "两": 2,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ZEROS = "〇零"
_SECTIONS = (("亿", 10**8), ("万", 10**4))
_CAPITAL_UNITS = ("仟", "佰", "拾", "")


def read_numeral(text: str) -> int | None:
    """The number of 一百二十, 二百五, 三万五, 十二 or 二〇二五; None if it is none."""
    if all(mark in _DIGITS for mark in text):
        return int("".join(str(_DIGITS[mark]) for mark in text)) if text else None
    return _whole(text)


def counting_numeral(number: int) -> str:
    """1 to 99 as headings are counted: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_COUNTED[tens]}十"
    return f"{head}{_COUNTED[ones] if ones else ''}"


def capital_section(number: int) -> str:
    """One to four digits in capitals with their units: 1050 as 壹仟零伍拾; a leading 0 is left out."""
    text = ""
    for unit, digit in zip(_CAPITAL_UNITS, f"{number:04d}", strict=True):
        if digit != "0":
            text += _CAPITALS[int(digit)] + unit
        elif text and not text.endswith("零"):
            text += "零"
    return text.removesuffix("零")


def capital_digit(digit: int) -> str:
    """One digit in capitals."""
    return _CAPITALS[digit]


def _whole(text: str) -> int | None:
    for name, size in _SECTIONS:
        before, found, after = text.partition(name)
        if found:
            many, rest = _whole(before), _after(after, size)
            return many * size + rest if many and rest is not None else None
    return _section(text)


def _after(text: str, size: int) -> int | None:
    """What stands behind 万 or 亿; a digit alone counts the next lower unit: 一万五."""
    if not text:
        return 0
    if text[0] in _ZEROS:
        rest = _whole(text[1:])
    elif len(text) == 1:
        rest = _DIGITS.get(text, size) * size // 10
    else:
        rest = _whole(text)
    return rest if rest and rest < size else None


def _section(text: str) -> int | None:
    """A number below 万: digits with ever smaller units, and a digit behind the last one."""
    total, digit, last = 0, 0, 10**4
    for place, mark in enumerate(text):
        unit, value = _UNITS.get(mark), _DIGITS.get(mark)
        if unit is not None and unit < last and (digit or (unit == 10 and not place)):
            total, digit, last = total + (digit or 1) * unit, 0, unit
        elif value and not digit:
            digit = value
        elif value == 0 and total and not digit and text[place - 1] in _UNITS and mark != text[-1]:
            continue
        else:
            return None
    if digit and last < 10**4 and text[-2] in _UNITS:
        digit *= last // 10
    return total + digit
