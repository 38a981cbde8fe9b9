"""Where words stand: an index beside the store, by three characters each, so that rare words are found soon.

A scan of 300,000 search keys takes longer than a person notices while typing. The index lies in a file of its
own and holds nothing that the store does not hold: it is made in the background once a kind has many records,
follows later, and is made anew whenever it does not belong to the store as it is. It only says which records
may hold the words: the query looks at each of them itself, and at all that changed since the index was made.
So it may lag behind, be missing or be thrown away at any time, and nothing is written slower for it.
"""

import logging
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Lock, Thread

from sqlalchemy import Connection, func, select
from sqlcipher3 import dbapi2

from db.data_key import DataKey
from db.sqlite_engine import connect
from db.tables import REVISION, acts, changes
from db.types import to_json

LEAST = 20_000
"""Records of a kind from which on it is indexed; fewer are looked through within a few milliseconds."""

MOST = 2_000
"""Records that the index names at most: what more records hold is found sooner in the order of the list."""

_PORTION = 1_000
"""Records indexed in one transaction, about 20 ms: so long somebody who closes the store waits."""

_GRAM = 3
_PARTS_ASKED = 20
"""Long words are looked for by so many of their parts: more of them rarely exclude another record."""

_TERMS = 200
"""A shorter word with more ways to go on than this is taken for a frequent one."""

_TERMS_RECORDS = 3 * MOST
"""And with more records, each counted once for each way."""

_LAST = "\U0010ffff"
_END = "char(10) || char(10)"
"""Put behind each text: so a part begins at each of its characters, and short words begin a part."""

_TABLES = (
    "CREATE TABLE entries_{kind} (number INTEGER PRIMARY KEY, record_id TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE grams_{kind} USING fts5(text, content='', detail='none', columnsize=0, "
    "tokenize='trigram case_sensitive 1')",
    "CREATE VIRTUAL TABLE terms_{kind} USING fts5vocab('grams_{kind}', 'row')",
)

_log = logging.getLogger(__name__)


class Grams:
    """The index of one store; may be asked from several threads."""

    def __init__(self, store: Path, kinds: Sequence[str], key: DataKey | None = None) -> None:
        """For the store at this path, encrypted as it is; `kinds` are the tables that have search keys."""
        self.path = index_path(store)
        self._key = key
        self._store = store
        self._kinds = kinds
        self._reader: dbapi2.Connection | None = None
        self._asking = Lock()
        self._stopped = Event()
        self._worker: Thread | None = None
        self._is_sound = Event()
        self._until = 0
        self._is_lost = False

    def among(self, connection: Connection, kind: str, words: Sequence[str]) -> Sequence[str] | None:
        """Ids of all records of a kind that may hold the words as `connection` sees the store, and some more.

        None if they are too many, or the index does not know: then all records are to be looked at.
        """
        if self._is_lost or kind not in self._kinds or _size(connection, kind) < LEAST:
            return None
        try:
            with self._asking:
                self._follow(connection)
                found = self._named(connection, kind, words) if words else None
        except dbapi2.Error:
            self._give_up()
            return None
        return found

    def wait(self) -> None:
        """Return when the index has caught up with what it was asked to follow."""
        if self._worker is not None:
            self._worker.join()

    def close(self) -> None:
        """Stop following, and let go of the file; one that is damaged is taken away."""
        self._stopped.set()
        self.wait()
        with self._asking:
            if self._reader is not None:
                self._reader.close()
                self._reader = None
        if self._is_lost:
            remove_index(self.path)

    # Asking

    def _named(self, connection: Connection, kind: str, words: Sequence[str]) -> Sequence[str] | None:
        if not self._is_sound.is_set():
            return None
        if self._reader is None:
            self._reader = connect(self.path, key=self._key)
        reader = self._reader
        reader.execute("BEGIN").close()
        try:
            until = _indexed_until(reader, connection, kind)
            later = None if until is None else _changed_after(connection, kind, until)
            if later is None:
                return None
            found = _holding(reader, kind, words)
        finally:
            reader.execute("ROLLBACK").close()
        return None if found is None else sorted({*found, *later})

    # Following

    def _follow(self, connection: Connection) -> None:
        """Begin to index what the store holds beyond the index, unless that is under way."""
        newest = connection.execute(select(func.max(acts.c.number))).scalar() or 0
        is_busy = self._worker is not None and self._worker.is_alive()
        if newest > self._until and not is_busy and not self._stopped.is_set():
            self._worker = Thread(target=self._catch_up, name="search index", daemon=True)
            self._worker.start()

    def _catch_up(self) -> None:
        try:
            with closing(_opened(self.path, self._store, self._key)) as writer:
                self._is_sound.set()
                (newest,) = writer.execute("SELECT coalesce(max(number), 0) FROM office.acts").fetchone()
                for kind in self._kinds:
                    _Upkeep(writer, kind, self._stopped).follow(newest)
                if not self._stopped.is_set():
                    self._until = newest
        except (dbapi2.Error, OSError):
            self._give_up()

    def _give_up(self) -> None:
        """A full disk or a damaged file: the program goes on without it, and the next one makes it anew."""
        _log.exception("Search index is given up")
        self._is_lost = True


class _Upkeep:
    """The index of one kind being made or followed up; `writer` has the store beside it as "office"."""

    def __init__(self, writer: dbapi2.Connection, kind: str, stopped: Event) -> None:
        self._writer = writer
        self._kind = kind
        self._stopped = stopped

    def follow(self, newest: int) -> None:
        """Take in what the acts up to `newest` left; later ones do no harm."""
        (size,) = self._one(f"SELECT coalesce(max(rowid), 0) FROM office.{self._kind}")
        if size < LEAST:
            return
        known = self._one(
            "SELECT act_number, acts.id IS act_id FROM indexed LEFT JOIN office.acts ON number = act_number "
            "WHERE kind = ?",
            self._kind,
        )
        if known is None or not known[1] or self._is_worn(size):
            self._make(size)
        else:
            self._take_in_changed(known[0], newest)
        if not self._stopped.is_set():
            self._writer.execute(
                "INSERT OR REPLACE INTO indexed SELECT ?, number, id FROM office.acts WHERE number = ?",
                (self._kind, newest),
            ).close()

    def _is_worn(self, size: int) -> bool:
        """Whether most entries are of texts that changed since: none is ever taken out."""
        (entries,) = self._one(f"SELECT coalesce(max(number), 0) FROM entries_{self._kind}")
        return bool(entries > 2 * size)

    def _make(self, size: int) -> None:
        self._writer.execute("BEGIN IMMEDIATE").close()
        self._writer.execute("DELETE FROM indexed WHERE kind = ?", (self._kind,)).close()
        for each in ("terms", "grams", "entries"):
            self._writer.execute(f"DROP TABLE IF EXISTS {each}_{self._kind}").close()
        for statement in _TABLES:
            self._writer.execute(statement.format(kind=self._kind)).close()
        self._writer.execute("COMMIT").close()
        some = f"SELECT id FROM office.{self._kind} WHERE rowid > ? AND rowid <= ?"
        for first in range(0, size, _PORTION):
            self._enter(some, (first, first + _PORTION))

    def _take_in_changed(self, after: int, newest: int) -> None:
        query = (
            "SELECT DISTINCT record_id FROM office.changes "
            "WHERE act_number > ? AND act_number <= ? AND kind = ?"
        )
        ids = [each for (each,) in self._writer.execute(query, (after, newest, self._kind))]
        for first in range(0, len(ids), _PORTION):
            self._enter("SELECT value FROM json_each(?)", (to_json(ids[first : first + _PORTION]),))

    def _enter(self, ids: str, values: Sequence[object]) -> None:
        """Index the records whose ids this query gives, as they are now."""
        if self._stopped.is_set():
            return
        kind = self._kind
        self._writer.execute("BEGIN IMMEDIATE").close()
        (last,) = self._one(f"SELECT coalesce(max(number), 0) FROM entries_{kind}")
        self._writer.execute(f"INSERT INTO entries_{kind} (record_id) {ids}", values).close()
        self._writer.execute(
            f"INSERT INTO grams_{kind} (rowid, text) SELECT number, lower(search_key) || {_END} "
            f"FROM entries_{kind} JOIN office.{kind} ON id = record_id WHERE number > ? ORDER BY number",
            (last,),
        ).close()
        self._writer.execute("COMMIT").close()

    def _one(self, query: str, *values: object) -> Sequence[int]:
        row: Sequence[int] = self._writer.execute(query, values).fetchone()
        return row


def _opened(path: Path, store: Path, key: DataKey | None) -> dbapi2.Connection:
    """The index for writing, begun anew unless it is of this program's making, with the store beside it."""
    with suppress(dbapi2.DatabaseError):
        if path.exists() and (known := _attached(path, store, key)):
            return known
    remove_index(path)
    path.touch()
    begun = _attached(path, store, key, is_new=True)
    assert begun is not None
    return begun


def _attached(
    path: Path, store: Path, key: DataKey | None, *, is_new: bool = False
) -> dbapi2.Connection | None:
    connection = connect(path, key=key)
    try:
        # A power cut may take the newest entries away, all of a transaction together: they are made again.
        connection.execute("PRAGMA synchronous = NORMAL").close()
        if is_new:
            connection.execute(
                "CREATE TABLE indexed "
                "(kind TEXT PRIMARY KEY, act_number INTEGER NOT NULL, act_id TEXT NOT NULL)"
            ).close()
            connection.execute(f"PRAGMA user_version = {int(REVISION)}").close()
        (revision,) = connection.execute("PRAGMA user_version").fetchone()
        place = f"{store.absolute().as_uri()}?mode=ro"
        connection.execute("ATTACH ? AS office KEY ?", (place, key.for_file if key else "")).close()
    except dbapi2.Error:
        connection.close()
        raise
    if revision == int(REVISION):
        return connection
    connection.close()
    return None


def index_path(store: Path) -> Path:
    """Where the index of a store lies."""
    return store.with_name(f"{store.stem}.search{store.suffix}")


def remove_index(path: Path) -> None:
    """Take an index away; it is made anew when it is wanted."""
    for suffix in ("", "-wal", "-shm"):
        # What another program holds on to stays, and is found unfit the next time.
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _size(connection: Connection, kind: str) -> int:
    """The number of the newest row: known at once, and not less than there are rows."""
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(rowid), 0) FROM {kind}").scalar_one())


def _indexed_until(reader: dbapi2.Connection, connection: Connection, kind: str) -> int | None:
    """The newest act whose changes are indexed; None if this view of the store does not know it."""
    known = reader.execute("SELECT act_number, act_id FROM indexed WHERE kind = ?", (kind,)).fetchone()
    if known is None:
        return None
    found = connection.execute(select(acts.c.id).where(acts.c.number == known[0])).scalar()
    return int(known[0]) if found == known[1] else None


def _changed_after(connection: Connection, kind: str, act_number: int) -> set[str] | None:
    """The records that acts after this one changed; None if they are too many."""
    later = select(changes.c.kind, changes.c.record_id).where(changes.c.act_number > act_number)
    rows = connection.execute(later.limit(MOST + 1)).all()
    return None if len(rows) > MOST else {record_id for name, record_id in rows if name == kind}


def _holding(reader: dbapi2.Connection, kind: str, words: Iterable[str]) -> Sequence[str] | None:
    """The records whose entries may hold all words; None if they are too many, or the index cannot say."""
    folded = list(map(_folded, words))
    if any("\0" in word for word in folded):
        return None
    long = [word for word in folded if len(word) >= _GRAM]
    ways: list[Sequence[str]] = []
    for word in folded:
        if len(word) < _GRAM and (terms := _terms(reader, kind, word)) is not None:
            if not terms:
                return ()
            ways.append(terms)
    # Parts side by side are the fewest that cover a word; where they stand in too many, all of its parts.
    for step in (_GRAM, 1) if long else (_GRAM,):
        parts = list(dict.fromkeys(part for word in long for part in _parts(word, step)))
        asked = [_quoted(part) for part in parts[:_PARTS_ASKED]]
        asked += [f"({' OR '.join(map(_quoted, terms))})" for terms in ways]
        found = _matching(reader, kind, " AND ".join(asked)) if asked else None
        if found is not None:
            return found
    return None


def _parts(word: str, step: int) -> Sequence[str]:
    return [word[at : at + _GRAM] for at in (*range(0, len(word) - _GRAM, step), len(word) - _GRAM)]


def _matching(reader: dbapi2.Connection, kind: str, asked: str) -> Sequence[str] | None:
    """The records of the entries that hold what is asked for; None if they are too many."""
    rows = reader.execute(
        f"SELECT record_id FROM entries_{kind} WHERE number IN "
        f"(SELECT rowid FROM grams_{kind} WHERE grams_{kind} MATCH ? LIMIT ?)",
        (asked, MOST + 1),
    ).fetchall()
    return [each for (each,) in rows] if len(rows) <= MOST else None


def _terms(reader: dbapi2.Connection, kind: str, word: str) -> Sequence[str] | None:
    """The parts that begin with a short word; None if these are too many, or of too many records."""
    if len(word) == 1 and word.isascii():
        return None
    rows = reader.execute(
        f"SELECT term, doc FROM terms_{kind} WHERE term >= ? AND term <= ?", (word, word + _LAST * _GRAM)
    )
    terms: list[str] = []
    records = 0
    with closing(rows):
        for term, count in rows:
            terms.append(term)
            records += count
            if len(terms) > _TERMS or records > _TERMS_RECORDS:
                return None
    return terms


def _folded(word: str) -> str:
    """As LIKE compares: capitals of the Latin alphabet are as small letters, all else as it stands."""
    return "".join(each.lower() if each.isascii() else each for each in word)


def _quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"'
