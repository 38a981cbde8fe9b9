"""Pages to PDF, by ReportLab: the implementation of `core.ports.Paper`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from core.errors import DocumentFailed
from core.model.certificate import Certificate
from core.model.certificate_form import CalibrationSheet, CertificateLayout
from core.model.chart import Chart
from core.model.document import MissingCharacter, OfficialDocument, ShownDocument, Spot
from core.model.drawn_chart import DrawnChart
from core.model.office_font import FontReach, FontUse, SoundFont
from core.model.register_papers import RegisterPaper
from core.paper.calibration_sheet import draw_calibration_sheet
from core.paper.certificate import cleaned_certificate, draw_certificates, sheet_size
from core.paper.drawing import draw_marks
from core.paper.font_checks import font_names, font_reach, sound_font
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import MM, PAPER_HEIGHT, PAPER_WIDTH, TYPE_HEIGHT, TYPE_TOP, TYPE_WIDTH, type_left
from core.paper.imprint import page_number_mark
from core.paper.official_document import each_page
from core.paper.page import DrawsCharts, Ink, Mark, Page
from core.paper.pdf_canvas import PdfCanvas
from core.paper.plain_text import cleaned
from core.paper.preflight import (
    missing_in_certificates,
    missing_in_document,
    missing_in_register_paper,
    refuse_missing,
)
from core.paper.register_papers import drawn_by, paper_size, register_pages, type_corner
from core.ports import Report, unwatched


class ReportLabPaper:
    """Documents and certificates as PDF; equal input gives equal bytes."""

    def __init__(self, fonts: FontLibrary, charts: DrawsCharts | None = None) -> None:
        """Draw with these fonts; charts only where something is given that draws them."""
        self._fonts = fonts
        self._charts = charts

    def document(self, document: OfficialDocument) -> bytes:
        """The 公文 as PDF.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        return self.documents([document], unwatched)

    def shown(self, document: OfficialDocument) -> ShownDocument:
        """The 公文 as PDF, with where its paragraphs stand.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        pages: list[Page] = []
        pdf = self._drawn([document], unwatched, lambda _place, page: pages.append(page))
        spots = (
            spot
            for place, page in enumerate(pages)
            for spot in _spots(page, place, type_left(page.number, document.two_sided))
        )
        return ShownDocument(pdf, tuple(spots))

    def documents(self, documents: Sequence[OfficialDocument], report: Report) -> bytes:
        """Several documents in one PDF, each from its first page; of two sides, on the front of a sheet.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
            JobCancelled: the user asked to stop.
        """
        return self._drawn(documents, report, lambda _place, _page: None)

    def documents_with_fonts(
        self, documents: Sequence[OfficialDocument], report: Report
    ) -> tuple[bytes, tuple[tuple[FontUse, ...], ...]]:
        """As `documents`, with the fonts that draw each: its pages are laid out once for both.

        Raises:
            DocumentFailed, JobCancelled: as `documents`.
        """
        texts: list[dict[tuple[str, Role], None]] = [{} for _ in documents]
        pdf = self._drawn(documents, report, lambda place, page: texts[place].update(self._texts_on(page)))
        return pdf, tuple(map(self._fonts.uses, texts))

    def _drawn(
        self, documents: Sequence[OfficialDocument], report: Report, see: Callable[[int, Page], None]
    ) -> bytes:
        """All pages in one PDF; each is shown to `see`, with the place of its document."""
        file = BytesIO()
        first = cleaned(documents[0])
        canvas = self._canvas(file, (PAPER_WIDTH, PAPER_HEIGHT), "".join(first.title), first.issuer)
        if len(documents) == 1 and (words := _keywords(first.number, first.log_head)):
            canvas.setKeywords(words)
        for place, document in enumerate(map(cleaned, documents)):
            report(place, len(documents))
            refuse_missing(missing_in_document(document, self._fonts))
            last = Page()
            for last in each_page(document, self._fonts):
                self._draw_page(canvas, last, type_left(last.number, document.two_sided))
                see(place, last)
            if document.two_sided and last.number % 2 and place + 1 < len(documents):
                canvas.showPage()
        canvas.save()
        report(len(documents), len(documents))
        return file.getvalue()

    def word(self, document: OfficialDocument) -> bytes:
        """The same 公文 as .docx, to go on writing in.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        from core.paper.word_document import word_document

        document = cleaned(document)
        refuse_missing(missing_in_document(document, self._fonts))
        return word_document(document, self._fonts)

    def certificates(
        self, certificates: Sequence[Certificate], layout: CertificateLayout, report: Report
    ) -> bytes:
        """All certificates in one PDF, a page each, of the form's size.

        Raises:
            DocumentFailed: there is none, a character has no font, or something does not fit.
        """
        return self._drawn_certificates(certificates, layout, report, lambda _inks: None)

    def certificates_with_fonts(
        self, certificates: Sequence[Certificate], layout: CertificateLayout, report: Report
    ) -> tuple[bytes, tuple[FontUse, ...]]:
        """As `certificates`, with the fonts that draw them: each text is set once for both.

        Raises:
            DocumentFailed: as `certificates`.
        """
        texts: dict[tuple[str, Role], None] = {}
        pdf = self._drawn_certificates(certificates, layout, report, lambda inks: texts.update(_texts(inks)))
        return pdf, self._fonts.uses(texts)

    def _drawn_certificates(
        self,
        certificates: Sequence[Certificate],
        layout: CertificateLayout,
        report: Report,
        see: Callable[[Sequence[Ink]], None],
    ) -> bytes:
        """All of them in one PDF; each text that is set is shown to `see`."""
        if not certificates:
            raise DocumentFailed(
                "no_certificates", "没有可打印的证书。", "请先计算考核结果，确认有获奖对象。"
            )
        certificates = [cleaned_certificate(each) for each in certificates]
        refuse_missing(missing_in_certificates(certificates, layout, self._fonts))
        file = BytesIO()
        first = certificates[0]
        canvas = self._canvas(file, sheet_size(layout.form), first.heading, first.issuer)
        number = first.number if len(certificates) == 1 else ""
        if words := _keywords(number, layout.log_head):
            canvas.setKeywords(words)
        draw_certificates(canvas, certificates, layout, self._fonts, report, see)
        canvas.save()
        return file.getvalue()

    def missing_in_document(self, document: OfficialDocument) -> tuple[MissingCharacter, ...]:
        """Characters that no font shows, in order of appearance."""
        return missing_in_document(cleaned(document), self._fonts)

    def calibration_sheet(self, sheet: CalibrationSheet) -> bytes:
        """The calibration sheet as PDF, of the sheet's size.

        Raises:
            DocumentFailed: a character has no font.
        """
        file = BytesIO()
        canvas = self._canvas(file, (sheet.width * MM, sheet.height * MM), sheet.title, "")
        draw_calibration_sheet(canvas, cleaned(sheet), self._fonts)
        canvas.save()
        return file.getvalue()

    def missing_in_certificates(
        self, certificates: Sequence[Certificate], layout: CertificateLayout
    ) -> tuple[MissingCharacter, ...]:
        """Characters that no font shows, by certificate and field."""
        return missing_in_certificates(
            [cleaned_certificate(each) for each in certificates], layout, self._fonts
        )

    def register_paper(self, paper: RegisterPaper) -> bytes:
        """A paper of the register as PDF.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        paper = cleaned(paper)
        refuse_missing(missing_in_register_paper(paper, self._fonts))
        file = BytesIO()
        width, height = paper_size(paper)
        canvas = self._canvas(file, (width, height), paper.title, paper.office)
        if words := _keywords("", paper.log_head):
            canvas.setKeywords(words)
        for number, page in enumerate(register_pages(paper, self._fonts, self._charts), start=1):
            left, top = type_corner(paper, number)
            canvas.translate(left, height - top)
            draw_marks(canvas, page.marks, self._fonts)
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    def chart(self, chart: Chart) -> DrawnChart:
        """The chart as it is printed, for the window.

        Raises:
            DocumentFailed: a character has no font, or nothing is given that draws charts.
        """
        return drawn_by(self._charts, chart).shown(chart)

    def font_names(self, content: bytes) -> tuple[str, ...]:
        """The names of the fonts in a file: one, or those of a collection in order.

        Raises:
            InvalidInput: it is no font, or damaged.
        """
        return font_names(content)

    def sound_font(self, content: bytes, face: str = "") -> SoundFont:
        """The font as a file of its own, fit for printing.

        Raises:
            InvalidInput: it cannot be used, with the reason; or which font of a collection was not said.
            NotFound: the collection has no such font.
        """
        return sound_font(content, face)

    def font_reach(self, path: Path) -> FontReach:
        """What the font in a file shows that was found sound.

        Raises:
            InvalidInput: it is damaged.
        """
        return font_reach(path)

    def _canvas(self, file: BytesIO, size: tuple[float, float], title: str, author: str) -> Canvas:
        font_name = self._fonts.first_font_name(Role.BODY)
        canvas: Canvas = PdfCanvas(file, pagesize=size, invariant=1, lang="zh-CN", initialFontName=font_name)
        canvas.setTitle(title)
        canvas.setSubject(title)
        canvas.setAuthor(author)
        canvas.setCreator("社评通")
        return canvas

    def _draw_page(self, canvas: Canvas, page: Page, left: float) -> None:
        canvas.saveState()
        if page.turned:
            canvas.translate(left, PAPER_HEIGHT - TYPE_TOP - TYPE_HEIGHT)
            canvas.rotate(90)
        else:
            canvas.translate(left, PAPER_HEIGHT - TYPE_TOP)
        draw_marks(canvas, page.marks, self._fonts)
        canvas.restoreState()
        if around := self._around(page):
            canvas.translate(left, PAPER_HEIGHT - TYPE_TOP)
            draw_marks(canvas, around, self._fonts)
        canvas.showPage()

    def _texts_on(self, page: Page) -> dict[tuple[str, Role], None]:
        return _texts([*page.marks, *self._around(page)])

    def _around(self, page: Page) -> list[Ink]:
        """What stands outside the type area and does not turn with it."""
        number = [page_number_mark(page.number, self._fonts)] if page.numbered else []
        return [*number, page.log_head] if page.log_head else number


def _keywords(number: str, log_head: str) -> str:
    """What a PDF's properties say besides its title: the paper's number, and the head of the log."""
    return "；".join(filter(None, (number, f"日志校验码 {log_head}" if log_head else "")))


def _spots(page: Page, place: int, left: float) -> Iterator[Spot]:
    """Where the blocks of a page stand on the paper; on a turned one the type area's top is at its left."""
    for block, top, bottom in page.extents:
        if page.turned:
            edges = (left + top, TYPE_TOP, left + bottom, TYPE_TOP + TYPE_HEIGHT)
        else:
            edges = (left, TYPE_TOP + top, left + TYPE_WIDTH, TYPE_TOP + bottom)
        yield Spot(page.annex, block, place, *edges)


def _texts(marks: Iterable[Mark]) -> dict[tuple[str, Role], None]:
    """What is written and in which role, each once in order."""
    return dict.fromkeys((mark.text, mark.role) for mark in marks if isinstance(mark, Ink))
