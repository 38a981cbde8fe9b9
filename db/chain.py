"""The chain of acts: the digest of each act covers that of the act before it, so that none is altered alone.

A digest is SHA-256 in hexadecimal over number, id, moment, verb, actor and reason of the act, over its
changes as they are stored, and over the digest of the act before it. Whoever rewrites all digests, or cuts
off the last acts, is found by a digest that was kept elsewhere: on a paper, in a backup, in a package.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain, groupby
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, column, select, table

from core.model.audit import ChainFault, ChainHead, ChainReport
from db.records import insert_rows, portions
from db.tables import act_digests, acts, changes

_PORTION = 1_000
_NOTHING = "\udcff"
"""Stands for NULL: as bytes it is in no text that a database holds."""

_NONE: tuple[Any, Iterable[Any]] = (None, ())

_acts = table("acts", *(column(each.name) for each in acts.c))
_digests = table("act_digests", *(column(each.name) for each in act_digests.c))
_changes = table("changes", *(column(each.name) for each in changes.c))
_told = (_acts.c.number, _acts.c.id, _acts.c.at, _acts.c.verb, _acts.c.actor, _acts.c.reason)
_in_order = (
    select(*_told, _digests.c.digest)
    .join_from(_acts, _digests, _digests.c.act_number == _acts.c.number, isouter=True)
    .order_by(_acts.c.number)
)
_changes_in_order = select(
    _changes.c.act_number,
    _changes.c.kind,
    _changes.c.record_id,
    _changes.c.version,
    _changes.c.before,
    _changes.c.after,
).order_by(_changes.c.id)
_newest = (
    select(_acts.c.number, _digests.c.digest)
    .join_from(_acts, _digests, _digests.c.act_number == _acts.c.number, isouter=True)
    .order_by(_acts.c.number.desc())
    .limit(1)
)
_newest_sealed = (
    select(_digests.c.act_number, _digests.c.digest).order_by(_digests.c.act_number.desc()).limit(1)
)


class Seal:
    """Makes the digest of one act, from what is written of it, in the order in which it is written."""

    def __init__(self, act: Sequence[Any]) -> None:
        """`act` is number, id, moment, verb, actor and reason, as they are stored."""
        self._digest = sha256(_bytes(_act_text(act)))

    def take(self, rows: Sequence[Sequence[Any]]) -> None:
        """Cover changes: act, kind, record, version, before and after, as they are stored."""
        for start in range(0, len(rows), _PORTION):
            self._digest.update(_bytes(_changes_text(rows[start : start + _PORTION])))

    def after(self, digest: str) -> str:
        """The digest of the act, which comes after the act with `digest` ("" for none)."""
        self._digest.update(digest.encode())
        return self._digest.hexdigest()


def sealed(act: Sequence[Any], rows: Sequence[Sequence[Any]], before: str) -> str:
    """What a seal makes of all this at once: of a small act in a third of the time."""
    if len(rows) > _PORTION:
        seal = Seal(act)
        seal.take(rows)
        return seal.after(before)
    return sha256(_bytes(f"{_act_text(act)}{_changes_text(rows)}{before}")).hexdigest()


def _act_text(act: Sequence[Any]) -> str:
    number, *texts = act
    try:
        told = "\x1f".join(map(encode_basestring, texts))
    except TypeError:
        # Something else than a text was put there behind the program's back.
        told = repr(texts)
    return f"{number}\x1f{told}\x1e"


def _changes_text(rows: Sequence[Sequence[Any]]) -> str:
    """The texts of changes are JSON, where control characters never stand as themselves."""
    return "".join(
        [
            f"{kind}\x1f{record_id}\x1f{version}\x1f{_NOTHING if before is None else before}"
            f"\x1f{_NOTHING if after is None else after}\x1e"
            for _, kind, record_id, version, before, after in rows
        ]
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def newest_act(connection: Connection) -> ChainHead:
    """The newest act and its digest; number 0 in a store without acts, no digest where it is missing."""
    number, digest = connection.execute(_newest).one_or_none() or (0, "")
    return ChainHead(int(number), str(digest or ""))


def newest_sealed(connection: Connection) -> ChainHead:
    """The newest act that is written to its end; one that is being written has no digest yet."""
    number, digest = connection.execute(_newest_sealed).one_or_none() or (0, "")
    return ChainHead(int(number), str(digest))


def put_digest(connection: Connection, number: int, digest: str) -> None:
    """Write the digest of an act."""
    insert_rows(connection, _digests, [(number, digest)])


def seal_all(connection: Connection) -> None:
    """Write the digests of all acts, as far as they are missing."""
    last = ""
    missing = []
    for act, kept, rows in _walk(connection, []):
        last = kept or sealed(act, rows, last)
        if kept is None:
            missing.append((act[0], last))
    if missing:
        insert_rows(connection, _digests, missing)


def verified(connection: Connection) -> ChainReport:
    """Compute every digest anew, in one pass over acts and changes, and compare it with the one kept."""
    strays: list[int] = []
    faults: list[ChainFault] = []
    count, number, last = 0, 0, ""
    for act, kept, rows in _walk(connection, strays):
        count += 1
        if act[0] != number + 1:
            faults.append(ChainFault(number + 1, "操作不见了"))
        number = act[0]
        if kept is None:
            faults.append(ChainFault(number, "没有校验码"))
        elif sealed(act, rows, last) != kept:
            faults.append(ChainFault(number, "内容与校验码不符"))
        last = kept or ""
    newest_digest = connection.execute(select(_digests.c.act_number).order_by(_digests.c.act_number.desc()))
    if (beyond := newest_digest.scalars().first()) is not None and beyond > number:
        faults.append(ChainFault(number + 1, "操作被截去，只剩下校验码"))
    faults += [ChainFault(each, "改动记录的次序不对，或它的操作不见了") for each in dict.fromkeys(strays)]
    return ChainReport(count, ChainHead(number, last), tuple(sorted(faults, key=lambda each: each.number)))


def digests_like(connection: Connection, start: str) -> tuple[ChainHead, ...]:
    """The acts whose digests begin so, oldest first; `start` is hexadecimal, in small letters."""
    query = select(_digests.c.act_number, _digests.c.digest).where(
        _digests.c.digest.startswith(start, autoescape=True)
    )
    rows = connection.execute(query.order_by(_digests.c.act_number))
    return tuple(ChainHead(int(number), str(digest)) for number, digest in rows)


def _walk(connection: Connection, strays: list[int]) -> Iterator[tuple[Any, str | None, list[Any]]]:
    """Every act with the digest that is kept and its changes.

    Changes that stand out of order, or without their act, are left out, and their acts' numbers noted.
    """
    changed = groupby(_rows(connection, _changes_in_order), key=itemgetter(0))
    number, group = next(changed, _NONE)
    for row in _rows(connection, _in_order):
        act = row[:-1]
        rows: list[Any] = []
        while number is not None and number <= act[0]:
            if number == act[0]:
                rows += group
            else:
                strays.append(number)
            number, group = next(changed, _NONE)
        yield act, row[-1], rows
    if number is not None:
        strays += [number, *(each for each, _ in changed)]


def _rows(connection: Connection, query: Any) -> Iterable[Any]:
    return chain.from_iterable(portions(connection, query))
