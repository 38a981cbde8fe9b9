"""The secret of a store: what encrypts its file, its search index and its folder of files."""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path


class SealBroken(Exception):
    """A sealed content was changed, cut off, or sealed with another key."""


class DataKey:
    """32 random bytes; their parts for single purposes are derived, so that none of them tells another."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        """Keeps the bytes until `wipe`."""
        self._secret = bytearray(secret)

    def part(self, purpose: str) -> bytes:
        """32 bytes for one purpose; its name has 16 letters at most."""
        return blake2b(key=bytes(self._secret), person=purpose.encode(), digest_size=32).digest()

    @property
    def for_file(self) -> str:
        """What SQLCipher takes as the key of a file: 32 bytes as they are, nothing to stretch."""
        return f"x'{self.part('store').hex()}'"

    def wrapped_by(self, wrap: Callable[[bytes], bytes]) -> bytes:
        """What `wrap` makes of the secret."""
        return wrap(bytes(self._secret))

    def wipe(self) -> None:
        """Overwrite it; Python may still hold copies that it made on the way."""
        self._secret[:] = bytes(len(self._secret))

    def __repr__(self) -> str:
        return "DataKey(…)"


def keys_path(store: Path) -> Path:
    """Where the file of keys of a store lies."""
    return store.with_name(f"{store.name}.keys")
