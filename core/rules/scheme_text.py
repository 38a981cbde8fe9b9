"""A draft of a scheme from its TOML text and back, with a few words beside each key."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from unicodedata import east_asian_width

from core.model.scheme_draft import Table, Value
from core.model.scheme_parts import ROOT, Part, SchemeKey, part_of, written
from core.rules.scheme_file import scheme_table

_HEAD = """\
# 考核方案
#
# 写法：键 = 值；文字放在英文双引号里；[[…]] 表示“再来一项”；# 后面是说明，程序不读。
# 改完后用“scheme check 方案文件”检查，再用“scheme import”或在程序的“考核 › 考核方案”里导入。
"""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SPECIAL = re.compile(r'[\\"\x00-\x09\x0b-\x1f\x7f]')
_HALF_SIGNS = re.compile(r"[\ud800-\udfff]")
_LONGEST_LINE = 100
_MOST_PLACES = 30
_NOTE_FROM = 28


def draft_of(text: str) -> Table:
    """What stands in a scheme's text.

    Raises:
        InvalidInput: the text is no TOML, or far longer than any scheme.
    """
    return _table(scheme_table(text))


def text_of(draft: Table) -> str:
    """The text of a draft; `draft_of` reads the same values from it."""
    lines = [_HEAD, *_scalars(draft, ROOT)]
    for known, value in written(draft, ROOT):
        part = part_of(ROOT, known.key)
        if isinstance(value, Table):
            lines += ["", _beside(f"[{_key(known.key)}]", _note(known)), *_body(value, part)]
        for number, table in enumerate(draft.tables(known.key)):
            head = f"[[{_key(known.key)}]]"
            lines += ["", head if number else _beside(head, _note(known)), *_body(table, part, bool(number))]
    return "\n".join(lines) + "\n"


def _table(raw: dict[str, object]) -> Table:
    return Table(tuple((key, _value(each)) for key, each in raw.items()))


def _value(raw: object) -> Value:
    """A value as drafts keep it; of a kind that no key takes, as a text for the reader to refuse."""
    if isinstance(raw, dict):
        return _table(raw)
    if isinstance(raw, list):
        if raw and all(isinstance(each, dict) for each in raw):
            return tuple(_table(each) for each in raw)
        return tuple(map(str, raw))
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    if isinstance(raw, str | bool | Decimal | date) and not isinstance(raw, datetime):
        return raw
    return str(raw)


def _scalars(table: Table, part: Part, silent: bool = False) -> Iterator[str]:
    """Lines of the values that are no tables; inside `[[…]]` the words stand with the first one only."""
    for known, value in written(table, part):
        if not _is_tables(value):
            line = f"{_key(known.key)} = {_leaf(value)}"
            yield line if silent else _beside(line, _note(known))


def _body(table: Table, part: Part, silent: bool = False) -> Iterator[str]:
    """The lines below a head."""
    yield from _scalars(table, part, silent)
    for known, value in written(table, part):
        if _is_tables(value):
            yield f"{_key(known.key)} = {_inline(value, part_of(part, known.key), 0)}"


def _is_tables(value: Value) -> bool:
    return isinstance(value, Table) or (
        isinstance(value, tuple) and any(isinstance(each, Table) for each in value)
    )


def _inline(value: Value, part: Part, depth: int) -> str:
    """A value in one line where there is room, tables of a list in a line each."""
    if isinstance(value, Table):
        pairs = (
            f"{_key(known.key)} = {_inline(each, part_of(part, known.key), depth)}"
            for known, each in written(value, part)
        )
        return f"{{ {', '.join(pairs)} }}"
    if not _is_tables(value):
        return _leaf(value)
    assert isinstance(value, tuple)
    tables = [_inline(each, part, depth + 1) for each in value if isinstance(each, Table)]
    line = f"[{', '.join(tables)}]"
    if depth and len(line) <= _LONGEST_LINE and "\n" not in line:
        return line
    step = "    " * (depth + 1)
    return "[\n" + "".join(f"{step}{each},\n" for each in tables) + "    " * depth + "]"


def _leaf(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, tuple):
        return f"[{', '.join(quoted(str(each)) for each in value)}]"
    return value.isoformat() if isinstance(value, date) else quoted(str(value))


def _number(value: Decimal) -> str:
    """As a person writes it; one that no scheme has, as short as it can be."""
    if (
        value.is_finite()
        and abs(value.adjusted()) < _MOST_PLACES
        and len(value.as_tuple().digits) < _MOST_PLACES
    ):
        return f"{value:f}"
    return str(value).lower().replace("infinity", "inf")


def quoted(text: str) -> str:
    """A text in quotes; one of several lines stands in several lines."""
    safe = _SPECIAL.sub(_escaped, _HALF_SIGNS.sub("\ufffd", text))
    return f'"""\n{safe}"""' if "\n" in safe else f'"{safe}"'


def _beside(line: str, note: str) -> str:
    width = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line)
    if not note or width > _LONGEST_LINE:
        return line
    return f"{line}{' ' * (_NOTE_FROM - width)}{note}" if width < _NOTE_FROM else f"{line}  {note}"


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    return f"\\{sign}" if sign in '\\"' else f"\\u{ord(sign):04x}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else '"' + _SPECIAL.sub(_escaped, key).replace("\n", "\\n") + '"'


def _note(known: SchemeKey) -> str:
    """The words beside a key; none for one that nobody knows."""
    if known.label == known.key:
        return ""
    more: Sequence[str] = [f"{value} {words}" for value, words in known.choices]
    return f"# {'；'.join(filter(None, (known.label, *more, known.hint)))}"
