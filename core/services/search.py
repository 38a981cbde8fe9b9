"""The search over everything, and the order by strokes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, NamedTuple

from core.model.finding import Find
from core.model.ledger import FieldKind, Ledger
from core.model.ledgers import LEDGERS
from core.model.office import Office
from core.model.organization import Community, Organization, WorkGroup, masked_phone
from core.model.register import LISTED
from core.model.register_ledgers import PEOPLE
from core.model.search_view import Hit, HitGroup
from core.model.written_document import DocumentState, IssuedPaper, WrittenDocument
from core.ports import Reading, Report, Store, unwatched
from core.resources import resource_path
from core.rules.certificate_kinds import number_text
from core.rules.certificate_register import number_of
from core.rules.ledger_values import NOTHING, shown_value
from core.rules.paper_numbers import number_words
from core.rules.search_keys import search_key, search_text
from core.rules.stroke_order import StrokeOrder
from core.services.certificate_forms import all_kinds
from core.services.ledgers import fields_in_use, links_of, shown_title

StrokeKey = Callable[..., tuple[int, ...]]
"""Key of a name for sorting; takes `position` for a leader's place by hand."""

_ANY = Find()
_LOOKED_AT = 100
"""How many records of a kind are ranked; a search as wide as that is told to be narrower."""


@dataclass(frozen=True, slots=True)
class _Found:
    """One record that holds the words, and how well: smaller is better."""

    rank: int
    title: str
    record: Any


class SearchService:
    """Finds records of all kinds by name, pinyin, initials, numbers and remarks."""

    def __init__(self, store: Store) -> None:
        """Search this store."""
        self._store = store

    def nearest(self, words: str, limit: int = 5, report: Report = unwatched) -> tuple[HitGroup, ...]:
        """What is looked for most and found first: organizations, people, communities, work groups.

        `limit` hits each; kinds without a hit are left out.
        """
        kinds = (_organizations, partial(_ledger, PEOPLE), _communities, _work_groups)
        return self._search(kinds, words, limit, report)

    def further(self, words: str, limit: int = 5, report: Report = unwatched) -> tuple[HitGroup, ...]:
        """The records of the other ledgers, documents and certificates, as `nearest` has them."""
        ledgers = [partial(_ledger, each) for each in LEDGERS.values() if each is not PEOPLE]
        return self._search((*ledgers, _documents, _certificates), words, limit, report)

    def stroke_key(self) -> StrokeKey:
        """The key that orders names by strokes, in the way that the office has chosen.

        Called with a name, and `position=` for whoever stands at a place given by hand.
        """
        with self._store.reading() as view:
            return stroke_key(view)

    def _search(
        self, kinds: Sequence["_Kind"], words: str, limit: int, report: Report
    ) -> tuple[HitGroup, ...]:
        wanted = tuple(filter(None, map(search_text, words.split())))
        if not wanted:
            return ()
        groups = []
        with self._store.reading() as view:
            for done, kind in enumerate(kinds):
                report(done, len(kinds))
                groups.append(kind(view, wanted, limit))
        return tuple(group for group in groups if group.hits)


_Kind = Callable[[Reading, Sequence[str], int], HitGroup]


def stroke_key(view: Reading) -> StrokeKey:
    """The key that orders names by strokes, in the way that the office has chosen."""
    offices = view.all(Office)
    return partial(stroke_order().key, short_names_first=not offices or offices[0].short_names_first)


@cache
def stroke_order() -> StrokeOrder:
    """The bundled order of characters by strokes."""
    return StrokeOrder(resource_path("strokes", "order.txt").read_text(encoding="utf-8"))


def _organizations(view: Reading, words: Sequence[str], limit: int) -> HitGroup:
    candidates = _candidates(view, Organization, words, LISTED)
    found = [_Found(_rank(each.search_key, words), each.name, each) for each in candidates]
    best, has_more = _best(found, limit)
    places = view.some(Community, tuple({each.record.community_id or "" for each in best}))
    names = {each.id: each.name for each in places}
    hits = []
    for each in best:
        community = names.get(each.record.community_id or "", "")
        line = _joined((community, _organization_line(each.record, words)))
        hits.append(Hit(each.record.id, each.title, line))
    return HitGroup("organizations", "社会组织", "group-line", tuple(hits), has_more)


def _organization_line(organization: Organization, words: Sequence[str]) -> str:
    """Which of its facts hold a word that its name does not hold; else who heads it."""
    name = organization.search_key.partition("\n")[0]
    missing = [word for word in words if word not in name]
    facts = (
        *(("曾用名 ", each, each) for each in organization.former_names),
        ("", organization.filing_number, organization.filing_number),
        ("", organization.credit_code, organization.credit_code),
        *(("电话 ", _digits(each), masked_phone(each)) for each in organization.phones),
        ("备注：", organization.remarks, ""),
    )
    for title, searched, shown in facts:
        if missing and any(word in search_key(searched, "", "") for word in missing):
            return title + (shown or _excerpt(searched))
    return organization.principal


def _ledger(ledger: Ledger, view: Reading, words: Sequence[str], limit: int) -> HitGroup:
    records = _candidates(view, ledger.kind, words)
    links = links_of(view, ledger, records)
    found = (
        _Found(_rank(each.search_key, words), shown_title(ledger, each, links), each) for each in records
    )
    best, has_more = _best(found, limit)
    told = [field for field in fields_in_use(view, ledger) if field.listed and not field.private]
    told = [
        field for field in told if field.name != ledger.title_field and field.kind is not FieldKind.YES_NO
    ]
    hits = []
    for each in best:
        values = (shown_value(field, getattr(each.record, field.name), links) for field in told)
        line = _joined([value for value in values if value != NOTHING][:2])
        hits.append(Hit(each.record.id, each.title, line))
    return HitGroup(ledger.code, ledger.label, ledger.icon, tuple(hits), has_more)


def _communities(view: Reading, words: Sequence[str], limit: int) -> HitGroup:
    return _few("communities", "社区（村）", view.all(Community), lambda each: each.kind.label, words, limit)


def _work_groups(view: Reading, words: Sequence[str], limit: int) -> HitGroup:
    def line(group: WorkGroup) -> str:
        return _joined((group.coordinating_unit, group.convener))

    return _few("work_groups", "专项推进组", view.all(WorkGroup), line, words, limit)


def _documents(view: Reading, words: Sequence[str], limit: int) -> HitGroup:
    """By title, and by number and recipient of what was issued."""
    papers: dict[str, list[_Paper]] = {}
    names = ("document_id", "series", "year", "sequence", "recipient")
    for owner, series, year, sequence, recipient in view.values(IssuedPaper, names, Find(order="sequence")):
        if owner:
            papers.setdefault(owner, []).append(_Paper(number_words(series, year, sequence), recipient))
    newest_first = view.values(WrittenDocument, ("id", "title", "year", "state"), Find(descending=True))
    found = []
    for record in newest_first:
        title, issued = search_key(record[1], "", ""), papers.get(record[0], [])
        key = "\n".join([title, *(each.key for each in issued)])
        if _holds(key, words):
            missing = [word for word in words if word not in title]
            found.append(_Found(_rank(key, words), "", (*record, _telling(issued, missing))))
    best, has_more = _best(found, limit)
    hits = tuple(
        Hit(record_id, title, _joined((f"{year}年度　{DocumentState(state).label}", *paper)))
        for record_id, title, year, state, paper in (each.record for each in best)
    )
    return HitGroup("documents", "文书", "file-text-line", hits, has_more)


class _Paper(NamedTuple):
    """Number and recipient of an issued paper, in words."""

    number: str
    recipient: str

    @property
    def key(self) -> str:
        return search_key(self.recipient, self.number, "")


def _telling(papers: Sequence[_Paper], missing: Sequence[str]) -> Sequence[str]:
    """What is said of the papers of a document: the one with words that the title lacks, or the first."""
    for each in papers if missing else ():
        if any(word in each.key for word in missing):
            return each
    return (papers[0].number,) if papers else ()


def _certificates(view: Reading, words: Sequence[str], limit: int) -> HitGroup:
    """Those that have a place in the register: by recipient, number and what they were given for."""
    kinds = {each.code: each for each in all_kinds(view)}
    names = ("id", "kind", "series", "year", "sequence", "title", "recipient")
    found = []
    for record_id, kind, series, year, sequence, title, recipient in view.values(
        IssuedPaper, names, Find(descending=True)
    ):
        if kind in kinds and (recipient or title):
            number = number_text(kinds[kind], series, year, sequence) if series else ""
            key = search_key(recipient or title, number, title)
            if _holds(key, words):
                found.append(_Found(_rank(key, words), recipient or title, record_id))
    best, has_more = _best(found, limit)
    papers = {each.id: each for each in view.some(IssuedPaper, tuple(each.record for each in best))}
    hits = []
    for each in best:
        paper = papers[each.record]
        kind = kinds[paper.kind]
        hits.append(Hit(paper.id, each.title, _joined((kind.name, number_of(paper, kind), paper.title))))
    return HitGroup("certificates", "证书", "award-line", tuple(hits), has_more)


def _few(
    code: str,
    label: str,
    records: Iterable[Any],
    line_of: Callable[[Any], str],
    words: Sequence[str],
    limit: int,
) -> HitGroup:
    """The hits of a kind that is so few that its names are looked through one by one."""
    keyed = [(search_key(each.name, line_of(each), ""), each) for each in records]
    found = [_Found(_rank(key, words), each.name, each) for key, each in keyed if _holds(key, words)]
    best, has_more = _best(found, limit)
    hits = tuple(Hit(each.record.id, each.title, line_of(each.record)) for each in best)
    return HitGroup(code, label, _ICONS[code], hits, has_more)


_ICONS = {"communities": "community-line", "work_groups": "team-line"}


def _candidates(view: Reading, kind: type[Any], words: Sequence[str], listed: Find = _ANY) -> tuple[Any, ...]:
    """Records that hold all words, those whose name begins with the first one among them."""
    asked = replace(listed, words=tuple(words), limit=_LOOKED_AT)
    ids = view.find(kind, asked)
    if len(ids) == _LOOKED_AT:
        # More than are looked at: the names that begin so may lie beyond.
        first, *others = words
        ids = view.find(kind, replace(asked, words=(f"\t{first}", *others))) + ids
    return view.some(kind, tuple(dict.fromkeys(ids)))


def _best(found: Iterable[_Found], limit: int) -> tuple[Sequence[_Found], bool]:
    """The best `limit`, short titles before long ones of the same rank; and if there are more."""
    ranked = sorted(found, key=lambda each: (each.rank, len(each.title), each.title))
    return ranked[:limit], len(ranked) > limit


def _rank(key: str, words: Sequence[str]) -> int:
    """For each word 0 if the name begins with it, 1 if it holds it, 2 if it stands elsewhere."""
    name = key.partition("\n")[0]
    return sum(0 if f"\t{word}" in name else 1 if word in name else 2 for word in words)


def _holds(key: str, words: Iterable[str]) -> bool:
    return all(word in key for word in words)


def _digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "……"


_EXCERPT = 30


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))
