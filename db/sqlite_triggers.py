"""Keeps the journal append-only inside the file: acts, changes and digests refuse UPDATE and DELETE."""

from sqlalchemy import Connection

_GUARDED = ("acts", "changes", "act_digests")
_EVENTS = ("update", "delete")


def guard_journal(connection: Connection) -> None:
    """Put the triggers on the journal's tables, where they are not yet."""
    for table in _GUARDED:
        for action in _EVENTS:
            connection.exec_driver_sql(
                f"CREATE TRIGGER IF NOT EXISTS {table}_refuse_{action} BEFORE {action} ON {table} "
                "BEGIN SELECT RAISE(ABORT, '操作日志只能追加，不能修改或删除'); END"
            )


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """Names of the triggers that are not in the file."""
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    found = set(rows.scalars())
    wanted = (f"{table}_refuse_{action}" for table in _GUARDED for action in _EVENTS)
    return tuple(name for name in wanted if name not in found)
