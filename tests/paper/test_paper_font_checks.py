"""Fonts that somebody hands in: taken only if paper can be printed with them, and what they show."""

from pathlib import Path
from struct import pack

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from core.errors import InvalidInput, NotFound
from core.model.office_font import FontPlace
from core.paper.drawing import draw_marks
from core.paper.font_checks import font_names, font_reach, sound_font
from core.paper.fonts import FontLibrary, Role
from core.paper.page import Ink
from core.resources import resource_path
from tests.paper.small_fonts import UNKNOWN, collection, font_file, restricted, small_font, tables_of

SMALL = small_font()


def refusal(content: bytes, face: str = "") -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        sound_font(content, face)
    assert caught.value.message_zh.endswith("。")
    assert caught.value.remedy_zh.endswith("。")
    return caught.value


def without(*tags: bytes) -> bytes:
    return font_file({tag: body for tag, body in tables_of(SMALL) if tag not in tags})


def replaced(tag: bytes, body: bytes) -> bytes:
    return font_file({**dict(tables_of(SMALL)), tag: body})


def test_a_sound_font_is_taken_as_it_is():
    sound = sound_font(SMALL)
    assert (sound.content, sound.name) == (SMALL, "示例字体")
    assert (sound.reach.ideographs, sound.reach.added, sound.reach.sample) == (4, 2, UNKNOWN)


def test_a_bundled_font_is_sound_and_adds_nothing():
    sound = sound_font(resource_path("fonts", "hei.ttf").read_bytes())
    assert sound.name == "Shepingtong Hei" or sound.name
    assert sound.reach.ideographs > 8_000
    assert sound.reach.added == 0


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "font_unknown", "不是字体"),
        (b"%PDF-1.7 and so on", "font_unknown", "不是字体"),
        (b"wOF2" + bytes(100), "font_for_web", "网页"),
        (b"\x00\x01\x00\x00", "font_damaged", "损坏"),
        (b"ttcf" + bytes(40), "font_damaged", "损坏"),
        (b"ttcf" + pack(">HHL", 1, 0, 0xFFFFFFFF), "font_damaged", "损坏"),
        (SMALL[:300], "font_damaged", "损坏"),
        (SMALL[:-400], "font_damaged", "损坏"),
        (without(b"glyf"), "font_damaged", "损坏"),
        (without(b"cmap"), "font_damaged", "损坏"),
        (without(b"name"), "font_damaged", "损坏"),
        (replaced(b"loca", b"\xff" * 14), "font_damaged", "损坏"),
        (replaced(b"cmap", b"\xff" * 40), "font_damaged", "损坏"),
        (replaced(b"head", bytes(54)), "font_damaged", "损坏"),
        (replaced(b"glyf", bytes(4)), "font_damaged", "损坏"),
        (restricted(SMALL, 0x0002), "font_restricted", "不允许嵌入"),
        (restricted(SMALL, 0x0100), "font_restricted", "整个嵌入"),
        (restricted(SMALL, 0x0200), "font_restricted", "点阵"),
        (small_font("abc"), "font_without_chinese", "没有汉字"),
    ],
)
def test_what_cannot_be_printed_with_is_refused_with_the_reason(content: bytes, code: str, words: str):
    error = refusal(content)
    assert (error.code, words in error.message_zh) == (code, True), error.message_zh


def test_postscript_outlines_are_refused_with_what_to_take_instead():
    error = refusal(resource_path("fonts", "source", "FandolFang-Regular.otf").read_bytes())
    assert error.code == "font_cff"
    assert "TrueType" in error.remedy_zh


@pytest.mark.parametrize("embedding", [0x0000, 0x0004, 0x0008])
def test_a_font_whose_embedding_is_allowed_is_taken(embedding: int):
    content = restricted(SMALL, embedding)
    assert sound_font(content).content == content


def test_of_a_collection_one_font_is_taken_out():
    both = collection(SMALL, small_font("人民", "第二款"))
    assert font_names(both) == ("示例字体", "第二款")
    error = refusal(both)
    assert (error.code, "1. 示例字体、2. 第二款" in error.message_zh) == ("font_face_unsaid", True)
    by_name, by_number = sound_font(both, "第二款"), sound_font(both, "2")
    assert by_name == by_number
    assert by_name.reach.ideographs == 2
    assert dict(tables_of(by_name.content)) == dict(tables_of(small_font("人民", "第二款")))
    with pytest.raises(NotFound, match="第三款"):
        sound_font(both, "第三款")


def test_a_font_of_characters_of_the_offices_own_making_is_taken():
    reach = sound_font(small_font("\ue000\ue001")).reach
    assert (reach.ideographs, reach.added) == (0, 2)
    assert refusal(small_font("\uf041\uf042")).code == "font_without_chinese"


def test_a_collection_of_one_font_needs_no_choice():
    assert sound_font(collection(SMALL)).name == "示例字体"


def test_a_font_of_rare_characters_is_printed_with_and_copied_from(tmp_path: Path):
    path = tmp_path / "rare.ttf"
    path.write_bytes(SMALL)
    assert font_reach(path).sample == UNKNOWN
    library = FontLibrary(extra=[path])
    assert library.missing(UNKNOWN, Role.BODY) == ()
    assert FontLibrary().missing(UNKNOWN, Role.BODY) == tuple(UNKNOWN)
    canvas = Canvas(
        str(tmp_path / "line.pdf"), pagesize=(100, 20), initialFontName=library.first_font_name(Role.BODY)
    )
    draw_marks(canvas, [Ink(0, -4, f"人{UNKNOWN}民")], library)
    canvas.save()
    with pypdfium2.PdfDocument(tmp_path / "line.pdf") as document:
        assert document[0].get_textpage().get_text_bounded() == f"人{UNKNOWN}民"


def test_the_fonts_of_a_text_are_named_with_role_and_digest(tmp_path: Path):
    path = tmp_path / "rare.ttf"
    path.write_bytes(SMALL)
    uses = FontLibrary(extra=[path]).uses([("人民2025", Role.BODY), (UNKNOWN, Role.TITLE), ("人", Role.BODY)])
    listed = {
        digest: name
        for digest, name in map(str.split, resource_path("fonts", "SHA256SUMS").read_text().splitlines())
    }
    assert [(use.place, listed.get(use.digest, use.name)) for use in uses] == [
        (FontPlace.BODY, "fang.ttf"),
        (FontPlace.BODY, "song.ttf"),
        (FontPlace.TITLE, "Small Font"),
    ]


def test_which_font_was_met_first_does_not_show_in_the_pdf(tmp_path: Path):
    first, second = tmp_path / "first.ttf", tmp_path / "second.ttf"
    first.write_bytes(SMALL)
    second.write_bytes(small_font(f"民人{UNKNOWN}"))
    names = [FontLibrary(extra=[path]).runs(UNKNOWN, Role.BODY, 16)[0].font_name for path in (first, second)]
    assert names[0] != names[1]
    assert all(name.startswith("SmallFont-") and len(name) == len("SmallFont-") + 8 for name in names)
