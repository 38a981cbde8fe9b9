"""New stores, and upgrades by Alembic; apart from db.store, since loading Alembic would slow every start.

A new store is made of the tables as the program knows them: all revisions, one by one, would take ten times
as long.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert, select

from core.errors import Conflict
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.ports import Clock, Writing
from db.data_key import DataKey
from db.durable import made_folder, written_whole
from db.journal import Journal
from db.lock import store_lock
from db.records import Shapes
from db.sqlite_engine import WRITE_LOCK, connect, make_engine
from db.sqlite_failures import file_failures_told
from db.sqlite_header import file_revision, stamp
from db.sqlite_triggers import guard_journal
from db.store import local_now
from db.table_parts import metadata
from db.tables import REVISION, store_identity
from db.units import WritingUnit

MIGRATIONS = Path(__file__).parent / "migrations"
"""The folder of Alembic's env.py and revisions; they are loaded as files, also from the packaged program."""


def create_store(path: Path, clock: Clock = local_now) -> None:
    """Make a new, empty store; the file appears when it is whole.

    Raises:
        Conflict: there is a file of that name already, or somebody else is making one.
        StorageFailed: the disk is full or the folder may not be written.
    """
    with file_failures_told(path):
        made_folder(path.parent)
        with store_lock(path):
            if path.exists():
                raise Conflict(
                    "store_exists",
                    f"数据文件“{path}”已经存在，没有改动它。",
                    "请直接打开它，或另选一个数据文件夹。",
                )
            with written_whole(path) as part:
                part.touch()
                _change(part, clock, _create)


@dataclass(frozen=True)
class Completion:
    """The act that gives an upgraded store what a new one has; it belongs to the upgrade's transaction."""

    act: ActDraft
    fill: Callable[[Writing], None]


def upgrade_store(
    path: Path, completion: Completion | None = None, *, clock: Clock = local_now, key: DataKey | None = None
) -> Path | None:
    """Bring an older store up to date; gives back the copy that was made before, None if nothing was to do.

    The copy of an encrypted store has the same key. Broken off anywhere the store is the old one, or it is
    upgraded and completed: the next start would not know that something is missing.

    Raises:
        NotFound: there is no such file.
        Conflict: another program has it open.
        StorageFailed: it is no store, damaged, newer, or the disk is full; the store is then as it was.
    """
    with file_failures_told(path):
        revision = file_revision(path, key)
        if revision == int(REVISION):
            return None
        with store_lock(path):
            backup = path.with_name(f"{path.stem}.before-{REVISION}{path.suffix}")
            with written_whole(backup) as part, closing(connect(path, key=key)) as source:
                source.execute("VACUUM INTO ?", (str(part),))
            _change(path, clock, partial(_upgrade_whole, completion, clock) if completion else _upgrade, key)
            return backup


def _change(
    path: Path, clock: Clock, change: Callable[[Connection], None], key: DataKey | None = None
) -> None:
    """Make or renew the tables, in one transaction."""
    # Rebuilding a table must not look like removing what others refer to.
    engine = make_engine(path, foreign_keys=False, key=key)
    try:
        with engine.execution_options(**{WRITE_LOCK: True}).begin() as connection:
            change(connection)
            guard_journal(connection)
            stamp(connection, int(REVISION))
            if connection.execute(select(store_identity)).first() is None:
                connection.execute(insert(store_identity).values(store_id=new_id(), created_at=clock()))
    finally:
        engine.dispose()


def _create(connection: Connection) -> None:
    """All tables as they are now."""
    metadata.create_all(connection)
    command.stamp(_config(connection), REVISION)


def _upgrade(connection: Connection) -> None:
    """All revisions that are missing."""
    command.upgrade(_config(connection), REVISION)


def _upgrade_whole(completion: Completion, clock: Clock, connection: Connection) -> None:
    _upgrade(connection)
    journal = Journal(connection, completion.act, clock)
    completion.fill(WritingUnit(connection, Shapes(connection.dialect), journal))
    journal.close()


def _config(connection: Connection) -> Config:
    config = Config()
    # The configuration reads "%" as the start of a placeholder.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
