"""The size of pictures from their heads, beside what the library of pictures says."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.rules.picture_sizes import MOST_PIXELS, pixels


def drawn(kind: str, width: int, height: int, **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(("width", "height"), [(1, 1), (300, 20), (17, 4000)])
def test_sizes_are_read(kind: str, width: int, height: int) -> None:
    assert pixels(drawn(kind, width, height)) == width * height


def test_progressive_pictures_with_a_profile_and_a_comment() -> None:
    content = drawn("JPEG", 64, 48, progressive=True, icc_profile=b"x" * 70_000, comment=b"scan")
    assert pixels(content) == 64 * 48


def test_a_picture_bomb_is_seen_by_its_head() -> None:
    head = struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + chunk + struct.pack(">L", zlib.crc32(chunk))
    assert pixels(content) > MOST_PIXELS


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b""]))
def test_any_bytes_have_an_answer(content: bytes, head: bytes) -> None:
    assert pixels(head + content) >= 0


def test_cut_pictures_tell_nothing() -> None:
    assert pixels(drawn("JPEG", 9, 9)[:10]) == 0
    assert pixels(b"\x89PNG\r\n\x1a\n") == 0
