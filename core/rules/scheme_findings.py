"""Findings about a draft: beside which field each belongs, and in the words of the form."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from core.errors import InvalidInput, Problem
from core.model.scheme_draft import DraftFinding, Path, Table, Value
from core.model.scheme_parts import PARTS, ROOT, Kind, Part, part_at, part_of
from core.rules.scheme_file import read_scheme
from core.rules.scheme_text import text_of

_KEY_AT_END = re.compile(r"(?:^|的 )([A-Za-z0-9_-]+)$")
_KEY = re.compile(r"\[?\b([a-z_]{2,})\b\]?")
_QUOTED = re.compile("“([^”]*)”")
_TYPED = re.compile("(“[^”]*”)")
_CHOICE = re.compile(r'(?:"([a-z_]+)"|(?<=是 )([a-z_]+))')
_NOTATION = tuple(
    (re.compile(written), said)
    for written, said in (
        ("写成不加引号的数字", "写数字"),
        ("写成加引号的文字", "补上"),
        ("，不加引号", ""),
        ('，例如 (\\[?"…"\\]?|…)$', ""),
        ('写成 \\["…", "…"\\]', "写文字，几项用顿号隔开"),
        ("写成 \\[? ?\\{ … \\}.*", "在栏目里填写"),
        (r'\["([^"\]]*)"\]', r"\1"),
        (", ", "，"),
        (" = ", "："),
    )
)
"""What only a text has: quotes, brackets, the sign between key and value."""
_PROPOSING = ("可以写：", "是不是想写 ")
_GAP = re.compile("(?<=[\u4e00-\u9fff）]) (?=[\u4e00-\u9fff])")
_WEIGHTS = "权重"
_OTHER_WORDS = {"true": "是", "false": "否"}


def findings_of(draft: Table) -> tuple[DraftFinding, ...]:
    """All that the reader and the checker of schemes have to say about a draft."""
    try:
        read_scheme(text_of(draft))
    except InvalidInput as error:
        places = dict(reversed(list(_places(draft))))
        problems = error.problems or (Problem("", error.message_zh, error.remedy_zh),)
        return tuple(_located(draft, places, problem) for problem in problems)
    return ()


def _located(draft: Table, places: Mapping[str, Path], problem: Problem) -> DraftFinding:
    place = max((each for each in places if problem.place.startswith(each)), key=len)
    path, rest = places[place], problem.place.removeprefix(place)
    key = _key_of(part_at(path), rest) or _key_said(part_at(path), draft.at(path), problem)
    path, key = _further(draft, path, key, rest, problem)
    part, remedy = part_at(path), problem.remedy
    if key in part.by_key and remedy.startswith(_PROPOSING):
        remedy = _KEY.sub(lambda found: part.by_key[key].words_for(found[1]), remedy)
    words = Problem(*(_in_words(part, text) for text in (problem.place, problem.message, remedy)))
    return DraftFinding(path, key, words, problem)


def _places(draft: Table) -> Iterator[tuple[str, Path]]:
    """How the reader and the checker call each table; of equal names the first table counts."""
    yield from _numbered(draft, ROOT, (), "")
    for known in ROOT.keys:
        for path, table in draft.under((), known.key):
            yield f"{part_of(ROOT, known.key).word}“{table.word('name')}”", path
    for path, stage in draft.under((), "stages"):
        place = f"环节“{stage.word('name')}”的指标"
        yield from _indicators(draft, path, place)
        for inner, own in draft.under(path, "sets"):
            categories = own.get("categories")
            for_whom = f"（{'、'.join(map(str, categories))}）" if isinstance(categories, tuple) else ""
            yield place + for_whom, inner
            yield from _indicators(draft, inner, place + for_whom)


def _numbered(table: Table, part: Part, path: Path, place: str) -> Iterator[tuple[str, Path]]:
    """As `core.rules.sections` places what it reads."""
    yield place, path
    for known in part.keys:
        inner = part_of(part, known.key)
        if known.kind is Kind.TABLE:
            yield from _numbered(table.table(known.key), inner, (*path, known.key), f"{place}[{known.key}]")
        for number, each in enumerate(table.tables(known.key)):
            name = f"“{each.word('name')}”" if each.word("name") else ""
            where = f"{place}第 {number + 1} 项{inner.word}{name}"
            yield from _numbered(each, inner, (*path, known.key, number), where)


def _indicators(draft: Table, path: Path, place: str, key: str = "indicators") -> Iterator[tuple[str, Path]]:
    """As the checker places a node of a tree: by its name alone."""
    for inner, node in draft.under(path, key):
        yield f"{place}“{node.word('name')}”", inner
        yield from _indicators(draft, inner, place, "children")


def _key_of(part: Part, rest: str) -> str:
    """The key that the end of a place names."""
    if named := _KEY_AT_END.search(rest):
        return named[1]
    words = rest.removeprefix("的")
    lists = (known for known in part.keys if known.kind is Kind.TABLES)
    named_list = (known.key for known in lists if words and words.startswith(part_of(part, known.key).word))
    return next(named_list, "raters" if words.startswith(_WEIGHTS) else "")


def _key_said(part: Part, table: Table, problem: Problem) -> str:
    """The key that a finding speaks of: by its name, by what stands there, by its words."""
    said = f"{problem.message}{problem.remedy}"
    quoted = set(_QUOTED.findall(problem.message))
    by_name = (word for word in _KEY.findall(said) if word in part.by_key)
    by_value = (key for key, value in table.items if value in quoted or quoted & _texts(value))
    by_gap = (known.key for known in part.keys if "" in quoted and known.offers and not table.get(known.key))
    by_label = (known.key for known in part.keys if known.label in said)
    lists = (known.key for known in part.keys if known.kind is Kind.TABLES)
    by_row = (key for key in lists for row in table.tables(key) if row.word("name") in quoted)
    trees = (key for key in ("indicators",) if key in part.by_key)
    return next(chain(by_name, by_value, by_gap, by_label, by_row, trees), "")


def _further(draft: Table, path: Path, key: str, rest: str, problem: Problem) -> tuple[Path, str]:
    """The table and key in what a key holds, where the finding is about one of its keys, or of its rows."""
    inner = part_of(part_at(path), key)
    if not inner.keys:
        return path, key
    known, named = part_at(path).by_key[key], _QUOTED.findall(rest) or _QUOTED.findall(problem.message)
    rows = [way for way, table in draft.under(path, key) if _name_of(inner, table) in named]
    if known.kind is Kind.TABLES and len(rows) != 1:
        return path, key
    way = (*path, key) if known.kind is Kind.TABLE else rows[0]
    # What a row is called by is not what is wrong with it.
    return way, _key_said(inner, draft.at(way).put("name", None), problem) or inner.keys[0].key


def _name_of(part: Part, table: Table) -> str:
    """What the checker calls a row: its name, or the words of what it is about."""
    first = part.keys[0]
    return table.word("name") or first.words_for(table.word(first.key))


def _texts(value: Value) -> set[str]:
    return {each for each in value if isinstance(each, str)} if isinstance(value, tuple) else set()


def _in_words(part: Part, text: str) -> str:
    """A text that names keys and values as they are written, in the words of the form.

    What stands in Chinese quotes was typed by somebody, and stays.
    """
    pieces = _TYPED.split(text.replace("没有“”这个", "没有选"))
    return "".join(piece if _TYPED.fullmatch(piece) else _said(part, piece) for piece in pieces)


def _said(part: Part, text: str) -> str:
    for written, said in _NOTATION:
        text = written.sub(said, text)
    values = _ALL_VALUES | _values_of(part)
    keys = _ALL_KEYS | {key: words for inner in _below(part) for key, words in _keys_of(inner).items()}
    text = _CHOICE.sub(lambda found: values.get(found[1] or found[2], found[0]), text)
    words = _values_of(part) | keys | _OTHER_WORDS
    text = _KEY.sub(lambda found: words.get(found[1], found[0]), text)
    return _GAP.sub("", text.replace('"', ""))


def _below(part: Part) -> Iterator[Part]:
    """The parts whose words count, the part itself last."""
    yield from (part_of(part, known.key) for known in part.keys if known.part)
    yield part


def _values_of(part: Part) -> dict[str, str]:
    return {value: words for known in part.keys for value, words in known.choices}


def _keys_of(part: Part) -> dict[str, str]:
    return {known.key: known.label for known in part.keys}


_ALL_VALUES = {value: words for part in PARTS.values() for value, words in _values_of(part).items()}
_ALL_KEYS = {key: words for part in PARTS.values() for key, words in _keys_of(part).items()}
