"""SQLite's own examinations of the file, as Chinese faults."""

import logging
from collections.abc import Iterable

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from db.sqlite_triggers import missing_guards
from db.table_parts import metadata

SQLITE_VERSION: str = dbapi2.sqlite_version
"""The SQLite that came with the program."""


_log = logging.getLogger(__name__)


def quick_faults(connection: Connection, table: str = "") -> tuple[str, ...]:
    """Faults of structure that a look at every page finds, or at those of one table; for every start."""
    return _page_faults(connection, "quick_check", table)


def whole_faults(connection: Connection) -> tuple[str, ...]:
    """Faults of pages, indexes and references, every entry looked at."""
    return *_page_faults(connection, "integrity_check"), *_reference_faults(connection)


def file_faults(connection: Connection) -> tuple[str, ...]:
    """Faults of pages, indexes, references, write-ahead log and guards; empty when the file is whole."""
    return *whole_faults(connection), *_setting_faults(connection)


def _page_faults(connection: Connection, check: str, table: str = "") -> tuple[str, ...]:
    found = connection.exec_driver_sql(f"PRAGMA {check}({table or 20})").scalars()
    return page_faults(found)


def page_faults(found: Iterable[str]) -> tuple[str, ...]:
    """What SQLite found of pages and indexes, in Chinese; its own words, without contents, are logged."""
    texts = [text for text in found if text != "ok"]
    for text in texts:
        _log.warning("SQLite found: %s", text)
    return (f"数据页或索引有误，共 {len(texts)} 处",) if texts else ()


def _reference_faults(connection: Connection) -> tuple[str, ...]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    pairs = {(_label(table), _label(parent)) for table, _, parent, _ in rows}
    return tuple(f"有“{kind}”记录引用了不存在的“{parent}”记录" for kind, parent in sorted(pairs))


def _label(table: str) -> str:
    known = metadata.tables.get(table)
    return known.comment or table if known is not None else table


def _setting_faults(connection: Connection) -> tuple[str, ...]:
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    wal = () if mode == "wal" else (f"日志模式是 {mode}，应为 wal",)
    return (*wal, *(f"缺少保护操作日志的触发器 {name}" for name in missing_guards(connection)))


def stamped_revision(connection: Connection) -> int:
    """The revision number in the file's header, as this transaction sees it."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def has_rows(connection: dbapi2.Connection, table: str) -> bool:
    """Whether there is such a table in the file, with anything in it."""
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return known is not None and connection.execute(f"SELECT 1 FROM {table}").fetchone() is not None
