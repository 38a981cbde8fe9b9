"""What the tests of the printed page share: fonts, a document to vary, and a reader of finished PDFs."""

from collections.abc import Callable
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from core.model.document import OfficialDocument, Paragraph
from core.paper.fonts import FontLibrary
from core.paper.render import ReportLabPaper

MM = 72 / 25.4
NEAR = 0.3
"""Millimetres that a place may be off."""
Build = Callable[..., OfficialDocument]
Print = Callable[[OfficialDocument], list["ReadPage"]]


def near(value: float, within: float = NEAR) -> object:
    """What is equal to a place within the tolerance."""
    return pytest.approx(value, abs=within)


@dataclass(frozen=True)
class Character:
    """A character of a PDF page, in mm from the top left; `x` and `y` are where it was drawn from."""

    text: str
    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Ruler:
    """A drawn line's box, in mm from the top left."""

    left: float
    right: float
    top: float
    bottom: float
    dashed: bool


class ReadPage:
    """A page read back."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._text = page.get_textpage()
        self.width, self.height = (each / MM for each in page.get_size())
        self.text = self._text.get_text_range().replace("\r\n", "\n")

    def characters(self) -> list[Character]:
        """PDFium gives what is beyond the BMP as two halves, the second with a place of its own."""
        every = [self._character(n) for n in range(self._text.count_chars())]
        whole = []
        for each in every:
            if "\udc00" <= each.text <= "\udfff":
                pair = (whole[-1].text + each.text).encode("utf-16", "surrogatepass").decode("utf-16")
                whole[-1] = replace(whole[-1], text=pair)
            else:
                whole.append(each)
        return whole

    def find(self, text: str) -> list[Character]:
        """The characters of a text's first place on the page."""
        every = [each for each in self.characters() if each.text.strip()]
        place = "".join(each.text for each in every).index(text)
        return every[place : place + len(text)]

    def face(self, text: str) -> str:
        """The font of a text's first character."""
        place = self._text.get_text_range().replace("\r\n", "\n\n").index(text)
        name, flags = create_string_buffer(200), c_int()
        pdfium.FPDFText_GetFontInfo(self._text, place, name, len(name), byref(flags))
        return name.value.decode()

    def rules(self) -> list[Ruler]:
        objects = self._page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
        return [self._ruler(each) for each in objects]

    def _ruler(self, line: pypdfium2.PdfObject) -> Ruler:
        """PDFium's box of a line is larger by the line's weight on each side."""
        left, bottom, right, top = line.get_bounds()
        weight = min(right - left, top - bottom) / 2
        along, across = (weight, weight / 2) if right - left > top - bottom else (weight / 2, weight)
        return Ruler(
            (left + along) / MM,
            (right - along) / MM,
            self.height - (top - across) / MM,
            self.height - (bottom + across) / MM,
            pdfium.FPDFPageObj_GetDashCount(line) > 0,
        )

    def _character(self, number: int) -> Character:
        x, y = c_double(), c_double()
        pdfium.FPDFText_GetCharOrigin(self._text, number, byref(x), byref(y))
        left, _, right, _ = self._text.get_charbox(number, loose=True)
        _, bottom, _, top = self._text.get_charbox(number)
        return Character(
            chr(pdfium.FPDFText_GetUnicode(self._text, number)),
            x.value / MM,
            self.height - y.value / MM,
            left / MM,
            right / MM,
            self.height - top / MM,
            self.height - bottom / MM,
        )


def read(data: bytes) -> list[ReadPage]:
    """Every page of a PDF."""
    return [ReadPage(page) for page in pypdfium2.PdfDocument(data)]


@pytest.fixture(scope="session")
def fonts() -> FontLibrary:
    return FontLibrary()


@pytest.fixture
def a_document() -> Callable[..., OfficialDocument]:
    """Makes a short 通报, with changes."""
    plain = OfficialDocument(
        red_head="临江街道办事处文件",
        number="临街办〔2026〕3号",
        title=("临江街道办事处", "关于", "2025年度", "社会组织", "考核结果", "的通报"),
        addressee="各社区，各社会组织",
        paragraphs=(Paragraph("现将考核结果通报如下。"),),
        annexes=(),
        issuer="临江街道办事处",
        dated_on=date(2026, 1, 5),
        copy_to="区民政局",
        printed_by="临江街道社会事务办",
        printed_on=date(2026, 1, 6),
    )

    def build(**changes: Any) -> OfficialDocument:
        return replace(plain, **changes)

    return build


@pytest.fixture
def print_document(paper: ReportLabPaper) -> Callable[[OfficialDocument], list[ReadPage]]:
    """Prints a document and reads its pages back."""
    return lambda document: read(paper.document(document))
