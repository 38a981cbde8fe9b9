"""The codes in a scheme being written: nobody has to think of one."""

from collections.abc import Iterator
from itertools import count

from core.model.scheme_draft import Path, Table
from core.model.scheme_parts import ROOT, Kind, Part, part_at, part_of


def new_table(draft: Table, path: Path) -> Table:
    """What a new table at a path begins with: a code that nothing in the draft has."""
    if "code" not in part_at(path).by_key:
        return Table()
    kind = part_at(path[:-2]).by_key[str(path[-2])].part
    return Table().put("code", _free_code(kind, set(_codes(draft))))


def with_codes(draft: Table) -> Table:
    """The draft with a code of its own for every table of a list that has none."""
    taken = set(_codes(draft))
    for path, kind in _without_code((), draft, ROOT):
        code = _free_code(kind, taken)
        taken.add(code)
        draft = draft.put_at(path, draft.at(path).put("code", code))
    return draft


def _free_code(kind: str, taken: set[str]) -> str:
    return next(code for number in count(1) if (code := f"{kind}-{number}") not in taken)


def _without_code(path: Path, table: Table, part: Part) -> Iterator[tuple[Path, str]]:
    for known in part.keys:
        if known.kind is Kind.TABLES:
            inner = part_of(part, known.key)
            for number, each in enumerate(table.tables(known.key)):
                way = (*path, known.key, number)
                if "code" in inner.by_key and each.get("code") is None:
                    yield way, known.part
                yield from _without_code(way, each, inner)


def _codes(table: Table) -> Iterator[str]:
    yield table.word("code")
    for _, value in table.items:
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Table):
                yield from _codes(each)
