"""The examinations of a store: quick at every start, full after a crash and when asked for."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import (
    Connection,
    Engine,
    column,
    func,
    select,
    table,
)
from sqlalchemy.exc import DBAPIError

from core.errors import AppError
from core.ports import StoreHealth
from db.chain import verified
from db.record_checks import record_faults
from db.records import readable
from db.sqlite_checks import SQLITE_VERSION, file_faults, quick_faults, stamped_revision, whole_faults
from db.sqlite_failures import damaged, failures_told
from db.sqlite_header import refuse_newer
from db.table_parts import metadata
from db.tables import KINDS, REVISION, acts, organizations

Examination: TypeAlias = Callable[[Connection], tuple[str, ...]]

_log = logging.getLogger(__name__)

_SHOWN = 20
"""Acts that are named, of those that do not fit."""

_migrated = table("alembic_version", column("version_num"))


def refuse_unfit(engine: Engine, path: Path, *, is_encrypted: bool, was_left_open: bool) -> None:
    """The look at every start: revision known, pages in order, every table and column there.

    After a crash (`was_left_open`) every entry of an index and every reference is looked at, too.

    SQLite looks at every page twice. In an encrypted file that is dear, so the usual look takes each table by
    itself: its pages stay decrypted for the second look, and two tables go at once. The list of free pages is
    then left to the full examination, which each backup gets.

    Raises:
        StorageFailed: the file is damaged, or newer than its header says because a newer program was killed
            before its upgrade went from the write-ahead log into the file.
    """
    with failures_told(path), engine.connect() as connection:
        refuse_newer(stamped_revision(connection), path)
    tables = [_migrated.name, *(each.name for each in metadata.sorted_tables)] if is_encrypted else [""]
    quick: list[Examination] = [partial(quick_faults, table=each) for each in tables]
    looks = [whole_faults] if was_left_open else quick
    with ThreadPoolExecutor(2, "look") as two:
        if any(two.map(partial(_found, engine, path), (*looks, _table_faults))):
            raise damaged(path)


def health(engine: Engine, path: Path) -> StoreHealth:
    """What every examination finds; damage stands in `faults` and is not raised."""
    counts: list[tuple[str, int]] = []

    def count(connection: Connection) -> tuple[str, ...]:
        counts.extend(
            (source.name, _count(connection, f"SELECT count(*) FROM {source.name}"))
            for source in metadata.sorted_tables
        )
        return ()

    examinations = (
        file_faults,
        _table_faults,
        _revision_faults,
        _journal_faults,
        _merging_faults,
        count,
    )
    faults = [fault for examine in examinations for fault in _found(engine, path, examine)]
    return StoreHealth(REVISION, SQLITE_VERSION, tuple(dict.fromkeys(faults)), tuple(counts))


def _found(engine: Engine, path: Path, examine: Examination) -> tuple[str, ...]:
    """The faults of one examination; that it cannot be made is a fault too."""
    try:
        with failures_told(path), engine.connect() as connection:
            return examine(connection)
    except AppError as error:
        return (error.message_zh,)
    except DBAPIError as error:
        _log.warning("SQLite found: %s", error.orig)
        return ("数据文件的结构有误，有的表或列不见了",)


def _table_faults(connection: Connection) -> tuple[str, ...]:
    connection.exec_driver_sql(_look_at_every_column()).close()
    return ()


@cache
def _look_at_every_column() -> str:
    """One question about every column of each table; built without a compiler, which would slow every start.

    A column stands with its table's name: a quoted name alone would be a text to SQLite where it is missing.
    """
    looks = []
    for source in metadata.sorted_tables:
        columns = ", ".join(f'{source.name}."{each.name}"' for each in source.c)
        looks.append(f"SELECT 1 FROM (SELECT {columns} FROM {source.name} LIMIT 0)")
    return " UNION ALL ".join(looks)


def _revision_faults(connection: Connection) -> tuple[str, ...]:
    migrated = connection.execute(select(_migrated.c.version_num)).scalars().all()
    stamped = stamped_revision(connection)
    if list(migrated) == [REVISION] and stamped == int(REVISION):
        return ()
    return (f"数据版本不一致：记录为 {'、'.join(migrated)}，文件标记为 {stamped}，应为 {REVISION}",)


def _journal_faults(connection: Connection) -> tuple[str, ...]:
    """Where the acts do not fit their chain, or journal and records disagree: versions and contents."""
    with readable("操作日志"):
        chained = verified(connection).faults
        return (
            *_gaps(connection),
            *(str(each) for each in chained[:_SHOWN]),
            *_disagreements(connection),
            *record_faults(connection),
        )


def _merging_faults(connection: Connection) -> tuple[str, ...]:
    """Organizations merged into one that is itself out of the lists: written by no act of the program."""
    into = organizations.alias("into")
    joined = organizations.join(into, organizations.c.merged_into == into.c.id)
    astray = select(func.count()).select_from(joined).where(into.c.merged_into.is_not(None))
    count = connection.execute(astray).scalar_one()
    return (f"有 {count} 个组织并入了已被合并的组织，不在任何名册里",) if count else ()


def _gaps(connection: Connection) -> Iterator[str]:
    count, last = connection.execute(select(func.count(), func.max(acts.c.number))).one()
    if count != (last or 0):
        yield f"操作日志不连续：最后一号是 {last}，共有 {count} 条"


def _disagreements(connection: Connection) -> Iterator[str]:
    for source in KINDS.values():
        if count := _count(connection, _UNLOGGED.format(source.name)):
            yield f"有 {count} 条“{source.comment}”记录与操作日志不符"
        if count := _count(connection, _LOST.format(source.name)):
            yield f"操作日志中有 {count} 条“{source.comment}”记录已不在数据文件中"


# Words instead of built queries: these are asked of every table, and to compile them would take longer than
# to answer them.
_UNLOGGED = """
    SELECT count(*) FROM {0} LEFT JOIN changes
    ON changes.id = (SELECT max(later.id) FROM changes AS later WHERE later.record_id = {0}.id)
    WHERE changes.id IS NULL OR changes.after IS NULL
    OR changes.kind <> '{0}' OR changes.version <> {0}.version
"""
"""How many records of a table are not what their last change made them."""
_LOST = """
    SELECT count(*) FROM changes LEFT JOIN {0} ON {0}.id = changes.record_id
    WHERE changes.kind = '{0}' AND changes.after IS NOT NULL AND {0}.id IS NULL
    AND changes.id = (SELECT max(later.id) FROM changes AS later WHERE later.record_id = changes.record_id)
"""
"""How many records of a table should be there by their last change and are not."""


def _count(connection: Connection, query: str) -> int:
    return int(connection.exec_driver_sql(query).scalar_one())
