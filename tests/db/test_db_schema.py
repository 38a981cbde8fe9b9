import re
import shutil
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from core.model.assessment import Result, ScoreSheet
from core.model.organization import Organization
from core.model.versions import KIND_OF, LABEL_OF
from db.records import Shapes
from db.schema import MIGRATIONS, _change, _upgrade, upgrade_store
from db.store import SqliteStore, is_older, local_now, open_store
from db.table_parts import metadata
from db.tables import KINDS, REVISION

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "tests" / "data" / "stores").glob("*.sqlite"))

KINDS_OF_REVISION = {"0001": 13, "0002": 36, "0003": 42, "0004": 44, "0005": 50, "0006": 52}
"""How many kinds of records an older revision knew; its sample has one of each."""


def test_the_migrations_make_the_tables_that_the_program_knows(tmp_path: Path, store: SqliteStore) -> None:
    path = tmp_path / "migrated.sqlite"
    path.touch()
    _change(path, local_now, _upgrade)
    with closing(open_store(path)) as migrated, migrated._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        with store._engine.connect() as new:
            assert _made(connection) == _made(new)


def _made(connection: Connection) -> dict[tuple[str, str], set[str]]:
    """What a store is made of; a table's lines in any order, since a revision adds columns at the end."""
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_schema").all()
    return {(kind, name): _lines(sql) if kind == "table" else {sql} for kind, name, sql in rows}


def _lines(sql: str) -> set[str]:
    """The columns and constraints of a table, cut at the commas that stand in no inner brackets."""
    body = re.sub(r'["\s]+', " ", sql[sql.index("(") + 1 : sql.rindex(")")])
    return {line.strip() for line in re.split(r",(?![^()]*\))", body)}


def test_the_newest_migration_is_the_revision_of_the_program() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


@pytest.mark.parametrize(("kind", "table"), KINDS.items(), ids=lambda value: getattr(value, "name", ""))
def test_columns_are_the_fields_of_the_record(kind: type[Any], table: Table) -> None:
    columns = [column.name for column in table.columns if column.name != "only_one"]
    assert columns == [field.name for field in fields(kind)]


def test_services_know_the_kinds_by_the_names_of_their_tables() -> None:
    assert {table.name: kind for kind, table in KINDS.items()} == KIND_OF
    assert {table.name: table.comment for table in KINDS.values()} == LABEL_OF


def test_every_reference_has_an_index() -> None:
    for table in metadata.sorted_tables:
        unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
        leading = {next(iter(one.columns)).name for one in (*table.indexes, *unique)}
        assert {column.name for column in table.columns if column.foreign_keys} <= leading, table.name


def test_tables_and_statements_suit_a_server_too() -> None:
    server = postgresql.dialect()
    for table in metadata.sorted_tables:
        statement = str(CreateTable(table).compile(dialect=server))
        references = [key for key in table.foreign_keys if key.column.table.name != "acts"]
        assert statement.count("DEFERRABLE INITIALLY DEFERRED") == len(references), table.name
    shapes = Shapes(server)
    for kind in KINDS:
        assert [field.name for field in fields(kind)] == list(shapes[kind].fields)


def test_there_is_a_sample_of_every_revision() -> None:
    assert [path.stem for path in SAMPLES] == [f"{number:04d}" for number in range(1, int(REVISION) + 1)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_stores_of_every_revision_open_whole(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    shutil.copy(sample, path)
    if is_older(path):
        upgrade_store(path)
    with closing(open_store(path)) as store, store.reading() as unit:
        assert store.check().faults == ()
        counts = [unit.count(kind) for kind in KINDS]
        assert set(counts) <= {0, 1}
        assert sum(counts) == KINDS_OF_REVISION.get(sample.stem, len(KINDS))
        assert str(unit.all(Organization)[0].founded_on) == "2019-03"
        assert unit.all(ScoreSheet)[0].marks == (9_500_000, None)
        result = unit.all(Result)[0]
        assert str(result.final) == "92.35"
        assert result.trace[0].inputs[0].value == "9.5"


def test_what_is_sqlites_alone_stands_in_its_own_files() -> None:
    its_own = re.compile(r"json_each|json_extract|PRAGMA |sqlite_schema|rowid")
    files = [path for path in (ROOT / "db").glob("*.py") if not path.name.startswith("sqlite_")]
    assert len(files) > 10
    assert [path.name for path in files if its_own.search(path.read_text(encoding="utf-8"))] == []
