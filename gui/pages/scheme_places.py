"""The outline of a scheme: pages, and below them the tables that have a form of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.model.scheme_draft import Path, Table
from core.model.scheme_parts import ROOT, Kind, Offer, Page, SchemeKey, Words, part_at
from core.model.scheme_words import text_for

UNNAMED = "未命名"
_FIGURES = (("full", "{} 分"), ("weight", "权重 {}"), ("points", "{} 分"), ("number", "{} 个"))
_PERCENT = "{}%"


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the outline: a page of the root, or the table at a path."""

    path: Path
    page: Page

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the root."""
        return not self.path


def keys_at(place: Place) -> tuple[SchemeKey, ...]:
    """What stands on a place's form."""
    keys = part_at(place.path).keys
    return tuple(known for known in keys if known.page is place.page) if place.is_page else keys


def lists_at(place: Place) -> tuple[SchemeKey, ...]:
    """The lists of a place whose tables have places of their own."""
    return tuple(known for known in keys_at(place) if known.kind is Kind.TABLES and not known.inline)


def places_below(draft: Table, place: Place) -> Iterator[Place]:
    """The places right under a place."""
    for known in lists_at(place):
        for path, _ in draft.under(place.path, known.key):
            yield Place(path, place.page)


def place_of(path: Path, key: str = "") -> Place:
    """The place whose form shows a key of the table at a path."""
    page = _page_of((*path, key))
    while path and _is_shown_by_holder(path):
        path = path[:-1]
    return Place(path, page)


def title_of(draft: Table, place: Place) -> str:
    """What the outline calls a place."""
    if place.is_page:
        return place.page
    table = draft.at(place.path)
    categories = text_for(SchemeKey("categories", "", Kind.TEXTS), table.get("categories"))
    return table.word("name") or categories or f"{UNNAMED}的{part_at(place.path).word}"


def figure_of(draft: Table, place: Place) -> str:
    """The figure that goes with a place: full mark, weight, places."""
    if place.is_page:
        return ""
    table = draft.at(place.path)
    for key, words in _FIGURES:
        if isinstance(value := table.get(key), Decimal):
            return (_PERCENT if table.word("places") == "percent" else words).format(f"{value:f}")
    return ""


def offered(draft: Table, known: SchemeKey) -> Words:
    """What of the scheme a key may name, with the words for it."""
    if known.offers is Offer.GRADES:
        names = (*(band.word("name") for band in draft.tables("bands")), draft.word("below_name"))
        return tuple((name, name) for name in dict.fromkeys(names) if name)
    if known.offers is Offer.STAGES:
        return _named(draft.tables("stages"))
    if known.offers is Offer.INDICATORS:
        trees = (stage.at(path) for stage in draft.tables("stages") for path in _trees(stage))
        return tuple(dict(pair for tree in trees for pair in _nodes(tree, "indicators")).items())
    return ()


def sum_words(draft: Table, path: Path, key: str) -> str:
    """What the rows of a list come to, against what they should come to."""
    tables = draft.at(path).tables(key)
    if key == "raters":
        return f"权重合计 {_sum(tables, 'weight'):f}" if tables else ""
    if key not in ("indicators", "children") or not tables:
        return ""
    # The indicators of a class stand in a set, and the set has no full mark of its own.
    holder = draft.at(path[:-2]) if part_at(path).word == "分类指标" else draft.at(path)
    total, full = _sum(tables, "full"), holder.get("full")
    return f"满分合计 {total:f}，应为 {full:f}" if isinstance(full, Decimal) else f"满分合计 {total:f}"


def _named(tables: tuple[Table, ...]) -> Words:
    return tuple((table.word("code"), table.word("name") or table.word("code")) for table in tables)


def _trees(stage: Table) -> Iterator[Path]:
    """The ways to what holds indicators in a stage."""
    yield ()
    yield from (path for path, _ in stage.under((), "sets"))


def _nodes(holder: Table, key: str) -> Iterator[tuple[str, str]]:
    yield from _named(holder.tables(key))
    for node in holder.tables(key):
        yield from _nodes(node, "children")


def _is_shown_by_holder(path: Path) -> bool:
    """Whether what is at a path has no form of its own."""
    last = path[-1]
    if isinstance(last, str):
        return True
    known = part_at(path[:-2]).by_key.get(str(path[-2]))
    return known is None or known.inline


def _page_of(path: Path) -> Page:
    known = ROOT.by_key.get(str(path[0]))
    return known.page if known else Page.BASICS


def _sum(tables: tuple[Table, ...], key: str) -> Decimal:
    return sum((value for table in tables if isinstance(value := table.get(key), Decimal)), Decimal(0))
