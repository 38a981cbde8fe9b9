"""An encrypted store: opened with its key alone, converted both ways, and nothing of it readable."""

import os
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import AppError, StorageFailed
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.saved_view import SavedView
from db import sqlite_conversion
from db.data_key import DataKey
from db.schema import upgrade_store
from db.sealing import Sealing
from db.sqlite_conversion import convert_store
from db.sqlite_engine import connect
from db.store import SqliteStore, is_older, open_store
from db.vault import FolderVault, files_folder, open_vault

PLANTED = "张三丰13912345678"
PAGE_BYTES = 4096


@pytest.fixture
def key() -> DataKey:
    return DataKey(os.urandom(32))


@pytest.fixture
def plain(store_path: Path) -> Path:
    """A store in clear with a planted name in it, and a file."""
    with closing(open_store(store_path)) as store:
        fill(store)
    FolderVault(files_folder(store_path)).keep([PLANTED.encode() * 100])
    return store_path


def fill(store: SqliteStore) -> None:
    with store.writing(ActDraft("新建单位", PLANTED)) as work:
        work.add([Office(new_id(), PLANTED)])
        work.add([SavedView(new_id(), "roster", f"{PLANTED}{n}", "", n) for n in range(400)])


def names(path: Path, key: DataKey | None) -> list[str]:
    with closing(open_store(path, key=key)) as store, store.reading() as view:
        assert store.check().faults == ()
        return [each.name for each in view.all(Office)]


def files_with(folder: Path, text: str) -> list[str]:
    """The files anywhere below whose bytes hold a text, in UTF-8 or UTF-16."""
    forms = (text.encode(), text.encode("utf-16-le"))
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in found if any(form in path.read_bytes() for form in forms)]


def test_converted_store_is_the_same_and_says_nothing(plain: Path, key: DataKey) -> None:
    convert_store(plain, None, key)
    open_vault(plain, Sealing(key)).close()
    assert names(plain, key) == [PLANTED]
    assert files_with(plain.parent, PLANTED) == []
    assert files_with(plain.parent, "CREATE TABLE") == []
    assert plain.read_bytes()[:6] != b"SQLite"


def test_there_and_back_gives_the_same_rows(plain: Path, key: DataKey) -> None:
    def rows(given: DataKey | None) -> list[tuple[object, ...]]:
        with closing(connect(plain, key=given)) as connection:
            schema = connection.execute("SELECT name, type, sql FROM sqlite_schema ORDER BY name").fetchall()
            tables = [name for name, kind, _sql in schema if kind == "table"]
            found = [connection.execute(f'SELECT rowid, * FROM "{name}"').fetchall() for name in tables]
            return [*schema, *found]

    before = rows(None)
    convert_store(plain, None, key)
    assert rows(key) == before
    convert_store(plain, key, None)
    assert rows(None) == before
    assert names(plain, None) == [PLANTED]


def test_write_ahead_log_is_encrypted_too(plain: Path, key: DataKey) -> None:
    convert_store(plain, None, key)
    open_vault(plain, Sealing(key)).close()
    with closing(open_store(plain, key=key)) as store:
        with store.writing(ActDraft("修改", PLANTED)) as work:
            work.change([each for each in work.all(Office)])
            work.add([SavedView(new_id(), "groups", PLANTED, "", 1)])
        assert plain.with_name(f"{plain.name}-wal").stat().st_size > 0
        assert files_with(plain.parent, PLANTED) == []


@pytest.mark.parametrize("given", [None, DataKey(b"\x01" * 32)])
def test_wrong_or_no_key_is_refused_and_changes_nothing(plain: Path, key: DataKey, given, capfd) -> None:
    convert_store(plain, None, key)
    before = plain.read_bytes()
    with pytest.raises(StorageFailed) as told:
        open_store(plain, key=given)
    assert told.value.code == ("key_does_not_fit" if given else "not_a_store")
    assert plain.read_bytes() == before
    assert capfd.readouterr().err == ""


def test_every_page_that_is_in_use_is_looked_at_when_it_opens(plain: Path, key: DataKey) -> None:
    """Table by table, and together they have every page but the free ones."""
    convert_store(plain, None, key)
    with closing(connect(plain, key=key)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    whole = plain.read_bytes()
    for page in {1, pages, *random.Random(20261129).sample(range(2, pages), 10)}:
        spoiled = bytearray(whole)
        spoiled[page * PAGE_BYTES - 2000] ^= 1
        plain.write_bytes(spoiled)
        with pytest.raises(StorageFailed):
            open_store(plain, key=key)
    plain.write_bytes(whole)
    assert names(plain, key) == [PLANTED]


def test_key_stands_in_no_message(plain: Path, key: DataKey) -> None:
    convert_store(plain, None, key)
    spoiled = bytearray(plain.read_bytes())
    spoiled[5000:5100] = bytes(100)
    plain.write_bytes(spoiled)
    with pytest.raises(AppError) as told:
        open_store(plain, key=key)
    chain = []
    error: BaseException | None = told.value
    while error is not None:
        chain.append(f"{error!r}{error}")
        error = error.__cause__ or error.__context__
    assert told.value.code == "store_damaged"
    assert key.part("store").hex() not in "".join(chain).lower()


@pytest.mark.parametrize("step", ["_export", "_refuse_differing"])
def test_stopped_conversion_leaves_the_old_store(plain: Path, key: DataKey, step: str, monkeypatch) -> None:
    real = getattr(sqlite_conversion, step)

    def stopped(*given: object) -> object:
        real(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(sqlite_conversion, step, stopped)
    with pytest.raises(KeyboardInterrupt):
        convert_store(plain, None, key)
    assert names(plain, None) == [PLANTED]
    assert not list(plain.parent.glob("*.part*"))


def test_copy_in_clear_that_a_kill_left_is_gone_at_the_next_start(plain: Path, key: DataKey) -> None:
    convert_store(plain, None, key)
    open_vault(plain, Sealing(key)).close()
    left = plain.with_name(f"{plain.name}.part")
    left.write_text(PLANTED, "utf-8")
    assert names(plain, key) == [PLANTED]
    assert files_with(plain.parent, PLANTED) == []


def test_full_disk_leaves_the_old_store(plain: Path, key: DataKey, monkeypatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.durable.os.fsync", full)
    with pytest.raises(StorageFailed) as told:
        convert_store(plain, None, key)
    assert told.value.code == "disk_full"
    monkeypatch.undo()
    assert names(plain, None) == [PLANTED]


def test_copy_that_differs_never_takes_the_place(plain: Path, key: DataKey, monkeypatch) -> None:
    real = sqlite_conversion._export
    monkeypatch.setattr(sqlite_conversion, "_export", lambda *given: real(*given)[:-1])
    with pytest.raises(StorageFailed):
        convert_store(plain, None, key)
    assert names(plain, None) == [PLANTED]


def test_older_encrypted_store_is_upgraded_and_its_copy_stays_encrypted(tmp_path: Path, key: DataKey) -> None:
    sample = Path(__file__).parents[1] / "data" / "stores" / "0005.sqlite"
    store = Path(shutil.copy(sample, tmp_path / "store.sqlite"))
    convert_store(store, None, key)
    assert is_older(store, key)
    copy = upgrade_store(store, key=key)
    assert copy is not None
    assert not is_older(store, key)
    assert [path for path in (store, copy) if path.read_bytes()[:6] == b"SQLite"] == []
    with closing(connect(copy, key=key)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (5,)


# Files of records


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1])
def test_sealed_content_comes_back_and_is_known(tmp_path: Path, key: DataKey, size: int) -> None:
    content = os.urandom(size)
    vault = FolderVault(tmp_path / "files", Sealing(key))
    kept = vault.keep([content[:7], content[7:]])
    assert vault.kept() == (kept,)
    assert vault.is_whole(kept.digest)
    assert vault.place(kept.digest).read_bytes() == content
    copies = [vault.opened(kept.digest, "扫描件.pdf"), vault.place(kept.digest)]
    assert [each.read_bytes() for each in copies] == [content, content]
    vault.close()
    assert not any(each.exists() for each in copies)
    assert vault.keep([content]) == kept
    assert not list((tmp_path / "files").rglob(f"*{kept.digest[:8]}*"))


def test_every_changed_byte_of_a_sealed_content_is_noticed(tmp_path: Path, key: DataKey) -> None:
    vault = FolderVault(tmp_path / "files", Sealing(key))
    kept = vault.keep([PLANTED.encode()])
    (path,) = (each for each in (tmp_path / "files").glob("??/*"))
    sound = path.read_bytes()
    foot = 24 + 40 + 16
    for at in range(len(sound) - foot):
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        assert not vault.is_whole(kept.digest), at
    for end in range(len(sound)):
        path.write_bytes(sound[:end])
        assert not vault.is_whole(kept.digest), end
    path.write_bytes(sound)
    assert vault.is_whole(kept.digest)
    with pytest.raises(StorageFailed) as told:
        path.write_bytes(sound[:40] + b"\0" + sound[41:])
        vault.opened(kept.digest, "扫描件.pdf")
    assert told.value.code == "attachment_changed"


def test_sealing_goes_on_where_it_was_stopped(plain: Path, key: DataKey, monkeypatch) -> None:
    folder = files_folder(plain)
    in_clear = FolderVault(folder)
    digests = {in_clear.keep([f"{PLANTED}{n}".encode()]).digest for n in range(3)}
    vault = FolderVault(folder, Sealing(key))
    real = Path.unlink
    stops = iter((False, True))

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.name in digests and next(stops):
            raise KeyboardInterrupt
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(KeyboardInterrupt):
        vault.seal_all()
    monkeypatch.undo()
    assert all(map(vault.is_whole, digests))
    again = open_vault(plain, Sealing(key))
    assert all(map(again.is_whole, digests))
    assert files_with(folder, PLANTED) == []
    again.open_all()
    assert {each.digest for each in in_clear.kept()} >= digests


def test_pages_torn_while_the_log_was_folded_in_are_read_from_the_log(
    plain: Path, key: DataKey, tmp_path: Path
) -> None:
    convert_store(plain, None, key)
    cut = tmp_path / "cut" / plain.name
    cut.parent.mkdir()
    with closing(connect(plain, key=key)) as writing:
        writing.execute("CREATE TABLE passing (one)").close()
        writing.execute("DROP TABLE passing").close()
        log = plain.with_name(f"{plain.name}-wal")
        shutil.copy(log, cut.with_name(log.name))
        torn = bytearray(plain.read_bytes())
    torn[512:PAGE_BYTES] = bytes(PAGE_BYTES - 512)
    cut.write_bytes(torn)
    assert names(cut, key) == [PLANTED]
    lost = shutil.copy(plain, tmp_path / "lost.sqlite")
    Path(lost).write_bytes(torn)
    with pytest.raises(StorageFailed):
        is_older(Path(lost), key)
