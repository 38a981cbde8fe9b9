import hashlib
import json
from pathlib import Path
from struct import pack, unpack_from

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from core.errors import DocumentFailed
from core.paper import font_files, fonts
from core.paper.drawing import draw_marks
from core.paper.fonts import FontLibrary, Role
from core.paper.page import Ink
from core.paper.system_fonts import find_office_fonts
from core.paper.truetype import EmbeddedFont, to_unicode_map
from core.resources import resource_path

LEVEL_3 = (
    *(range(0x3400, 0x4DB6), range(0x4E00, 0x9FF0), range(0x20000, 0x2A6D7), range(0x2A700, 0x2B735)),
    *(range(0x2B740, 0x2B81E), range(0x2B820, 0x2CEA2), range(0x2CEB0, 0x2EBE1)),
)
PUNCTUATION = "“”‘’—…·。，、；：？！\uff08\uff09《》〈〉〔〕【】"
LIBRARY = FontLibrary()


def two_byte_characters(encoding: str) -> str:
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    return "".join(pair.decode(encoding, errors="ignore") for pair in pairs if pair[1] != 0x7F)


def ideographs(text: str) -> str:
    return "".join(character for character in text if "一" <= character <= "龥")


# --- the bundle


def test_bundled_fonts_are_the_ones_that_were_built():
    folder = resource_path("fonts")
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split() for line in lines)}
    found = [path for path in folder.rglob("*") if path.suffix in {".ttf", ".otf"}]
    assert listed == {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found
    }


@pytest.mark.parametrize("role", Role)
def test_every_gbk_character_prints_in_every_role(role):
    # ≒ is the one symbol that only 仿宋 and 楷体 have.
    printable = "".join(c for c in two_byte_characters("gbk") if c.isprintable() and c != "≒")
    assert len(printable) > 21_000
    assert LIBRARY.missing(printable, role) == ()


def test_every_level_3_character_of_gb_18030_prints():
    text = "".join(chr(code) for block in LEVEL_3 for code in block)
    assert len(text) == 87_875
    assert LIBRARY.missing(text, Role.BODY) == ()


@pytest.mark.parametrize("role", [Role.TITLE, Role.HEI, Role.KAI, Role.SONG])
def test_everyday_characters_need_no_second_font(role):
    everyday = ideographs(two_byte_characters("gb2312")) + "玥喆婳珺祎赟翀"
    assert len(LIBRARY.runs(everyday, role, 16)) == 1


def test_the_changed_wenkai_bears_a_name_of_its_own():
    face = EmbeddedFont(resource_path("fonts", "kai.ttf")).face
    assert {bytes(face.familyName), bytes(face.fullName)} == {b"Shepingtong Kai"}
    assert LIBRARY.first_font_name(Role.KAI) == "ShepingtongKai"


def test_every_icon_name_has_a_glyph():
    codes = json.loads(resource_path("icons", "remixicon.json").read_text())
    font = EmbeddedFont(resource_path("icons", "remixicon.ttf"))
    assert [name for name, code in codes.items() if not font.draws(chr(code))] == []


def test_a_bundled_file_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match=r"no-such\.ttf"):
        resource_path("fonts", "no-such.ttf")


# --- which font draws what


def test_latin_digits_and_yuan_sign_of_the_body_come_from_song():
    song = LIBRARY.first_font_name(Role.SONG)
    assert {run.font_name for run in LIBRARY.runs("2025 GB/T \uffe5,.%¥", Role.BODY, 16)} == {song}


def test_chinese_punctuation_of_the_body_comes_from_its_main_font():
    (run,) = LIBRARY.runs(PUNCTUATION, Role.BODY, 16)
    assert run.font_name == LIBRARY.first_font_name(Role.BODY)


@pytest.mark.parametrize("role", Role)
def test_chinese_punctuation_takes_whole_cells(role):
    assert LIBRARY.width(PUNCTUATION, role, 16) == 16 * len(PUNCTUATION)


def test_a_line_of_28_cells_stays_28_cells_wide_whatever_fonts_draw_it():
    line = "玥喆婳珺祎负责人𬭎与𠮷氏二人自2025年起主持髙桥社区服务站"
    runs = LIBRARY.runs(line, Role.BODY, 16)
    assert len({run.font_name for run in runs}) >= 4
    assert sum(run.width for run in runs) == pytest.approx(28 * 16)
    assert LIBRARY.width(line, Role.BODY, 16) == pytest.approx(28 * 16)


def test_filler_is_smaller_and_centred_in_its_cell():
    main, filler = LIBRARY.runs("人玥", Role.BODY, 100)
    assert (main.size, main.x, main.char_space) == (100, 0, 0)
    assert (filler.size, filler.width) == (95, 100)
    assert (filler.x, filler.char_space) == (pytest.approx(102.5), pytest.approx(5))


def test_spacing_follows_every_character():
    main, filler = LIBRARY.runs("负责人玥", Role.BODY, 10, spacing=2)
    assert (main.width, main.char_space) == (36, 2)
    assert (filler.x, filler.width) == (pytest.approx(36.25), 12)


def test_characters_without_a_font_are_listed_once_and_never_drawn():
    text = "张\ue000三\ue000\U0003ffff"
    assert LIBRARY.missing(text, Role.BODY) == ("\ue000", "\U0003ffff")
    with pytest.raises(DocumentFailed, match=r"U\+E000.*U\+3FFFF"):
        LIBRARY.runs(text, Role.BODY, 16)


def test_large_fonts_are_not_read_for_ordinary_text(monkeypatch):
    read = []
    monkeypatch.setattr(fonts, "_load", lambda path: read.append(path.stem) or EmbeddedFont(path))
    FontLibrary().missing("普通文字", Role.BODY)
    assert set(read) == {"fang"}


# --- fonts of the office


def test_the_offices_font_comes_first_and_its_gaps_are_filled():
    office = FontLibrary(office_fonts={Role.BODY: resource_path("fonts", "kai.ttf")})
    names = [run.font_name for run in office.runs("通报2025", Role.BODY, 16)]
    assert names == [LIBRARY.first_font_name(Role.KAI), LIBRARY.first_font_name(Role.SONG)]


def test_unusable_fonts_are_named_with_the_reason_and_others_stand_in(tmp_path):
    damaged = tmp_path / "damaged.ttf"
    damaged.write_bytes(resource_path("fonts", "kai.ttf").read_bytes()[:5000])
    postscript = resource_path("fonts", "source", "FandolFang-Regular.otf")
    absent = tmp_path / "absent.ttf"
    office = FontLibrary(extra=[damaged, absent], office_fonts={Role.BODY: postscript})
    assert office.first_font_name(Role.BODY) == LIBRARY.first_font_name(Role.BODY)
    rejected = office.rejected()
    assert set(rejected) == {postscript, damaged, absent}
    assert "postscript" in rejected[postscript]


def a_font_file(path: Path, *names: str, collection: bool = False) -> Path:
    """The least that has names: a header, a directory of one table and that table."""
    texts = b"".join(name.encode("utf-16-be") for name in names)
    records, start = b"", 0
    for name in names:
        records += pack(">6H", 3, 1, 0x804, 1, len(name) * 2, start)
        start += len(name) * 2
    table = pack(">3H", 0, len(names), 6 + len(records)) + records + texts
    lead = pack(">4sHHLL", b"ttcf", 1, 0, 1, 16) if collection else b""
    directory = b"\x00\x01\x00\x00" + pack(">4H", 1, 0, 0, 0)
    entry = pack(">4sLLL", b"name", 0, len(lead) + len(directory) + 16, len(table))
    path.write_bytes(lead + directory + entry + table)
    return path


def test_the_pcs_fonts_are_found_by_the_names_inside_the_files(tmp_path):
    (tmp_path / "wps").mkdir()
    a_font_file(tmp_path / "0001.ttf", "FangSong", "仿宋")
    founder = a_font_file(tmp_path / "wps" / "0002.TTF", "FZFSK--GBK1-0", "方正仿宋_GBK")
    sung = a_font_file(tmp_path / "simsun.ttc", "宋体", collection=True)
    a_font_file(tmp_path / "other.ttf", "Something Else")
    (tmp_path / "simhei.ttf").write_bytes(b"\x00\x01\x00\x00 not a font")
    assert find_office_fonts([tmp_path, tmp_path / "absent"]) == {Role.BODY: founder, Role.SONG: sung}


def test_a_font_of_the_pc_is_the_last_resort_but_not_for_private_characters(monkeypatch):
    asked = []
    monkeypatch.setattr(fonts, "_BUNDLED", {Role.BODY: (("fang", 1),)})
    monkeypatch.setattr(fonts, "rare_fonts", lambda: asked.append(1) or (resource_path("fonts", "kai.ttf"),))
    library = FontLibrary()
    assert library.missing("合唱团\ue000", Role.BODY) == ("\ue000",)
    assert not asked
    (run,) = library.runs("喆", Role.BODY, 16)
    assert run.font_name == LIBRARY.first_font_name(Role.KAI)


def test_the_pcs_fonts_of_rare_characters_are_known_by_name(monkeypatch, tmp_path):
    wanted = a_font_file(tmp_path / "0001.ttf", "宋体-ExtB", "SimSun-ExtB")
    a_font_file(tmp_path / "0002.ttf", "Wingdings")
    monkeypatch.setattr(font_files, "font_folders", lambda: (tmp_path,))
    font_files.rare_fonts.cache_clear()
    assert font_files.rare_fonts() == (wanted,)
    font_files.rare_fonts.cache_clear()


# --- in the PDF


def test_text_is_found_again_in_the_pdf_and_every_cell_holds_ink(tmp_path):
    line = "玥喆婳珺祎𬭎𫠆𠮷𪚥𰻝髙人“”——\uff08〇\uff09"
    canvas = Canvas(
        str(tmp_path / "line.pdf"), pagesize=(400, 20), initialFontName=LIBRARY.first_font_name(Role.BODY)
    )
    draw_marks(canvas, [Ink(0, -4, line)], LIBRARY)
    canvas.save()
    with pypdfium2.PdfDocument(tmp_path / "line.pdf") as document:
        assert document[0].get_textpage().get_text_bounded() == line
        picture = document[0].render(scale=4, grayscale=True).to_pil()
    cells = [picture.crop((64 * n, 0, 64 * n + 64, 80)) for n in range(len(line))]
    assert [
        character for character, cell in zip(line, cells, strict=True) if cell.getextrema()[0] > 100
    ] == []


def test_every_font_in_the_pdf_is_embedded(tmp_path):
    canvas = Canvas(
        str(tmp_path / "one.pdf"), pageCompression=0, initialFontName=LIBRARY.first_font_name(Role.BODY)
    )
    draw_marks(canvas, [Ink(0, 0, "通报玥2025")], LIBRARY)
    canvas.save()
    written = (tmp_path / "one.pdf").read_bytes()
    assert written.count(b"/Type /Font ") == written.count(b"/FontFile2") > 0
    assert b"Helvetica" not in written


def test_copying_uses_utf_16_in_blocks_of_at_most_100():
    written = to_unicode_map([0, *range(0x4E00, 0x4E00 + 149), 0x2CB4E])
    assert "<01> <4E00>" in written
    assert "<96> <D872DF4E>" in written
    assert written.count("100 beginbfchar") == written.count("50 beginbfchar") == 1


def test_shared_advances_keep_the_units_of_the_font(tmp_path):
    data = bytearray(resource_path("fonts", "title.ttf").read_bytes())
    (tables,) = unpack_from(">H", data, 4)
    directory = {
        bytes(data[12 + 16 * n : 16 + 16 * n]): unpack_from(">L", data, 20 + 16 * n)[0] for n in range(tables)
    }
    data[directory[b"head"] + 18 : directory[b"head"] + 20] = pack(">H", 2000)
    (tmp_path / "two-thousand.ttf").write_bytes(data)
    font = EmbeddedFont(tmp_path / "two-thousand.ttf")
    assert font.face.hmetrics[-1][0] == 1000
    assert font.advance("人") == 0.5


def test_the_shapes_of_a_font_are_read_without_a_copy_of_them_all():
    face = EmbeddedFont(resource_path("fonts", "title.ttf")).face
    shapes, (start, _) = face.get_table("glyf"), face.get_table_pos("glyf")
    glyph = face.charToGlyph[ord("人")]
    first, last = face.glyphPos[glyph : glyph + 2]
    assert shapes[first:last] == face.get_chunk(start + first, last - first) != b""
    assert not isinstance(shapes, bytes)
    assert isinstance(face.get_table("head"), bytes)
