"""Contents of the vault under the data key: encrypted in pieces, each bound to its place among the others.

A file is: mark; header and pieces of libsodium's secret stream (XChaCha20-Poly1305), the last one marked as
the last; then digest and size of the content, sealed by themselves: they are told without reading all of it.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes

import nacl.bindings as sodium
from nacl.exceptions import CryptoError

from core.ports import KeptFile
from db.data_key import DataKey, SealBroken

_MARK = b"SPTGSEAL"
_PIECE = 1 << 20
_SEALED_PIECE = _PIECE + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_NONCE = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_TOLD = 32 + 8
_FOOT = _NONCE + _TOLD + sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES


class Sealing:
    """Seals and opens contents with the vault's part of a data key."""

    def __init__(self, key: DataKey) -> None:
        """Holds two derived keys: for contents and for names."""
        self._key = key.part("files")
        self._names = key.part("file names")

    def name(self, digest: str) -> str:
        """The name of a content's file: without the key it does not tell which content it is."""
        return hmac.new(self._names, digest.encode(), "sha256").hexdigest()

    def made(self, path: Path) -> bool:
        """Whether a file is a sealed one."""
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK

    def write(self, path: Path, pieces: Iterable[bytes]) -> KeptFile:
        """Write a new file with the content; what the content was."""
        digest, size = hashlib.sha256(), 0
        state = sodium.crypto_secretstream_xchacha20poly1305_state()
        with path.open("xb") as file:
            file.write(_MARK)
            file.write(sodium.crypto_secretstream_xchacha20poly1305_init_push(state, self._key))
            for piece, is_last in _regular(pieces):
                digest.update(piece)
                size += len(piece)
                tag = (
                    sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
                    if is_last
                    else sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
                )
                file.write(sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, tag=tag))
            told, nonce = digest.digest() + size.to_bytes(8), token_bytes(_NONCE)
            file.write(
                nonce + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(told, _MARK, nonce, self._key)
            )
        return KeptFile(digest.hexdigest(), size)

    def read(self, path: Path) -> Iterator[bytes]:
        """The content in pieces.

        Raises:
            SealBroken: it is not what was sealed; pieces that came before are right.
        """
        with path.open("rb") as file, _told():
            left = path.stat().st_size - len(_MARK) - _HEADER - _FOOT
            if file.read(len(_MARK)) != _MARK or left < 0:
                raise SealBroken
            state = sodium.crypto_secretstream_xchacha20poly1305_state()
            sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, file.read(_HEADER), self._key)
            tag = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
            while left > 0:
                sealed = file.read(min(_SEALED_PIECE, left))
                left -= len(sealed)
                piece, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed)
                yield piece
            if tag != sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL:
                raise SealBroken

    def told(self, path: Path) -> KeptFile:
        """Digest and size of the content, from the foot of the file.

        Raises:
            SealBroken: the foot is not what was sealed.
        """
        with path.open("rb") as file, _told():
            file.seek(max(0, path.stat().st_size - _FOOT))
            foot = file.read()
            told = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
                foot[_NONCE:], _MARK, foot[:_NONCE], self._key
            )
        return KeptFile(told[:32].hex(), int.from_bytes(told[32:]))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (CryptoError, ValueError, RuntimeError) as error:
        raise SealBroken from error


def _regular(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The pieces cut anew to one size, the last of them marked; nothing is one empty last piece."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) > _PIECE:
            yield bytes(waiting[:_PIECE]), False
            del waiting[:_PIECE]
    yield bytes(waiting), True
