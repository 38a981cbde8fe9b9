"""Rare characters: every block of GB 18030 prints on the grid and is copied; what no font shows is named."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from core.errors import DocumentFailed
from core.model.document import (
    Annex,
    DocumentFormat,
    OfficialDocument,
    Paragraph,
    People,
    Person,
    Receipt,
    ReceiptField,
    Table,
    TableColumn,
)
from core.model.register_papers import Form, FormField, FormRow, Opinion, PaperPart, RegisterPaper
from core.paper.fonts import FontLibrary, Role
from core.paper.render import ReportLabPaper
from tests.paper.conftest import Build, ReadPage, near, read

BLOCKS = {
    "basic": (0x4E00, 0x9FFF, 20_976),
    "A": (0x3400, 0x4DBF, 6_582),
    "B": (0x20000, 0x2A6DF, 42_711),
    "C": (0x2A700, 0x2B739, 4_149),
    "D": (0x2B740, 0x2B81D, 222),
    "E": (0x2B820, 0x2CEA1, 5_762),
    "F": (0x2CEB0, 0x2EBE0, 7_473),
    "G": (0x30000, 0x3134A, 3_045),
    "H": (0x31350, 0x323AF, 2_271),
    "I": (0x2EBF0, 0x2EE5D, 0),
}
"""First and last code point, and how many of the block the bundled fonts show (docs/fonts.md)."""
SHOWN = [name for name, (_, _, count) in BLOCKS.items() if count]
LINE = 28
MM_PER_CELL = 156 / LINE
UNSHOWN = "\U0002ebf0"


def covered(name: str, fonts: FontLibrary, role: Role = Role.BODY) -> str:
    first, last, _ = BLOCKS[name]
    every = "".join(map(chr, range(first, last + 1)))
    missing = set(fonts.missing(every, role))
    return "".join(each for each in every if each not in missing)


def sample(name: str, fonts: FontLibrary) -> str:
    """Two lines of the block, the first indented two cells."""
    every = covered(name, fonts)
    count = 2 * LINE - 2
    return "".join(every[n * len(every) // count] for n in range(count))


@pytest.fixture(scope="module")
def pages(fonts: FontLibrary) -> list[ReadPage]:
    """A plain document with a paragraph for each block."""
    document = OfficialDocument(
        red_head="",
        number="",
        title=("生僻字",),
        addressee="",
        paragraphs=tuple(Paragraph(sample(name, fonts)) for name in SHOWN),
        annexes=(),
        issuer="",
        dated_on=date(2026, 1, 5),
        format=DocumentFormat.PLAIN,
    )
    return read(ReportLabPaper(fonts).document(document))


@pytest.mark.parametrize("role", [Role.BODY, Role.TITLE])
@pytest.mark.parametrize("name", BLOCKS)
def test_as_many_characters_print_as_the_manual_says(fonts: FontLibrary, name: str, role: Role) -> None:
    assert len(covered(name, fonts, role)) == BLOCKS[name][2]


@pytest.mark.parametrize("name", SHOWN)
def test_text_of_every_block_is_copied_out_whole(
    fonts: FontLibrary, pages: list[ReadPage], name: str
) -> None:
    text = "".join(re.sub(r"— \d —", "", page.text) for page in pages)
    assert sample(name, fonts) in text.replace("\n", "")


@pytest.mark.parametrize("name", SHOWN)
def test_text_of_every_block_stands_on_the_grid(fonts: FontLibrary, pages: list[ReadPage], name: str) -> None:
    text = sample(name, fonts)
    page = next(page for page in pages if text[:26] in page.text)
    places = [each for each in page.find(text[:26]) if each.text]
    assert [each.x for each in places] == [near(28 + MM_PER_CELL * (2 + n)) for n in range(26)]
    assert {round(each.y, 2) for each in places} == {round(places[0].y, 2)}


# --- what no font shows

COLUMNS = (TableColumn("序号", 1), TableColumn("组织名称", 3))
TABLE = Table(COLUMNS, (("1", ("甲", "乙")), ("2", "丙")), ("合计", "2"))
PEOPLE = People("组长", (Person("张三", "街道办事处主任"),))


def whole_document(a_document: Build) -> OfficialDocument:
    """A document with a text in every field."""
    return a_document(
        paragraphs=(
            *(Paragraph("正文", "标题", level) for level in range(1, 5)),
            TABLE,
            PEOPLE,
        ),
        annexes=(Annex("名单", (Paragraph("说明"), TABLE, PEOPLE)), Annex("名册", (TABLE,), apart=True)),
        partners=("城关街道办事处",),
        signers=("李四", "王五"),
        copy_number="000001",
        secrecy="秘密★1年",
        urgency="特急",
        stamp_posts=("主任", "主任"),
        note="联系人：赵六",
        attendance=(PEOPLE,),
        receipt=Receipt(((ReceiptField("受送达人", "甲"),),)),
    )


PAPER = RegisterPaper(
    "备案表",
    "街道办事处",
    date(2026, 1, 5),
    (
        PaperPart(
            "第一部分",
            "说明",
            (
                Paragraph("正文", "标题", 1),
                TABLE,
                Form((FormRow((FormField("名称", ("甲",)),)), Opinion("意见", ("同意",), "2026年1月5日"))),
            ),
        ),
    ),
)


def variants(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The record again and again, each time with one of its texts made unprintable; and which text it was."""
    if type(value) is str:
        yield path, value + UNSHOWN
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            for name, changed in variants(each, f"{path}[{place}]"):
                yield name, (*value[:place], changed, *value[place + 1 :])
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            for name, changed in variants(getattr(value, each.name), f"{path}.{each.name}"):
                yield name, replace(value, **{each.name: changed})


def test_every_text_of_a_document_is_looked_through(a_document: Build, paper: ReportLabPaper) -> None:
    # A column's side is a word of the program, the head of the log are its letters and digits.
    texts = [
        each for each in variants(whole_document(a_document)) if not each[0].endswith((".align", ".log_head"))
    ]
    assert len(texts) > 60
    unseen = [name for name, document in texts if not paper.missing_in_document(document)]
    assert unseen == []
    for _, document in texts:
        for each in paper.missing_in_document(document):
            assert (each.character, bool(each.owner), bool(each.field)) == (UNSHOWN, True, True)


def test_a_row_is_named_by_its_organization(a_document: Build, paper: ReportLabPaper) -> None:
    columns = (*COLUMNS, TableColumn("负责人", 2))
    table = Table(columns, (("1", "合唱团", "李四"), ("2", "舞蹈队", f"王{UNSHOWN}")))
    [found] = paper.missing_in_document(a_document(annexes=(Annex("名单", (table,)),)))
    assert (found.owner, found.field) == ("附件1第2行“舞蹈队”", "负责人")


def test_every_text_of_a_paper_of_the_register_is_looked_through(fonts: FontLibrary) -> None:
    # The title of the whole is a property of the file only, a column's side a word of the program.
    texts = [each for each in variants(PAPER) if each[0] != ".title" and not each[0].endswith(".align")]
    assert len(texts) > 15
    unseen = []
    for name, changed in texts:
        try:
            ReportLabPaper(fonts).register_paper(changed)
        except DocumentFailed as error:
            assert "U+2EBF0" in error.message_zh
        else:
            unseen.append(name)
    assert unseen == []
