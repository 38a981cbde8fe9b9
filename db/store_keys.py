"""The keys beside a store's file; encrypting a whole store, and putting it in clear again."""

from contextlib import closing
from pathlib import Path

from core.model.identity import new_id
from core.ports import Keyring as AnyKeyring
from db.data_key import DataKey
from db.keyring import Cost, Keyring, measured_cost, new_keyring, open_keyring
from db.lock import store_lock
from db.sealing import Sealing
from db.sqlite_checks import has_rows
from db.sqlite_conversion import convert_store
from db.sqlite_engine import connect
from db.sqlite_failures import file_failures_told
from db.sqlite_header import needs_key
from db.vault import FolderVault, files_folder


class KeyFiles:
    """Implements core.ports.StoreKeys for the store in one file."""

    def __init__(self, store: Path, cost: Cost | None = None) -> None:
        """`cost` of trying a password; None: measured on this PC."""
        self._store = store
        self._cost = cost

    def ring(self) -> Keyring | None:
        """The keyring of the store."""
        return open_keyring(self._store)

    def new_ring(self) -> Keyring:
        """A keyring with an id of its own: the same wrap in another keyring opens nothing."""
        return new_keyring(self._store, new_id(), self._cost or measured_cost())

    def is_encrypted(self) -> bool:
        """Whether the store's file is encrypted."""
        return needs_key(self._store)

    def has_users(self) -> bool:
        """Whether a store in clear knows users; one of an older program knows none."""
        if not self._store.is_file() or self._store.stat().st_size == 0:
            return False
        with file_failures_told(self._store), closing(connect(self._store)) as connection:
            return has_rows(connection, "users")

    def encrypt(self, ring: AnyKeyring) -> None:
        """Encrypt store and files; the files follow at the next opening if this is stopped."""
        key = _key_of(ring)
        convert_store(self._store, None, key)
        with store_lock(self._store):
            FolderVault(files_folder(self._store), Sealing(key)).seal_all()

    def decrypt(self, ring: AnyKeyring) -> None:
        """Put files and store in clear; stopped between, both are read as they are."""
        key = _key_of(ring)
        with store_lock(self._store):
            FolderVault(files_folder(self._store), Sealing(key)).open_all()
        convert_store(self._store, key, None)


def _key_of(ring: AnyKeyring) -> DataKey:
    assert isinstance(ring, Keyring) and ring.key is not None
    return ring.key
