"""Paper out of the printer: what is asked before, and a PDF's pages at the printer's own resolution.

work_of("打印通报", pdf, two_sided=True) -> PrintWork     in a job: how many pages, how they lie
choose_printer(window, work, print_it)                    print_it(choice) once the user has agreed
print_pdf(data, printer, pages, report) -> how many       in a job: rendered band by band, as previewed
"""

from collections.abc import Callable, Sequence
from math import ceil

import pypdfium2
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from core.errors import DocumentFailed
from gui.dialogs.print_form import PrintChoice, PrintForm, PrintWork
from gui.jobs import Report
from gui.pdfium import ALONE, opened

POINTS_PER_INCH = 72
# Above this a laser printer's text gets no sharper, only the memory larger.
FINEST_DPI = 600
BAND_ROWS = 1024

_FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_BGR888,
    4: QImage.Format.Format_RGB32,
}

PrintIt = Callable[[PrintChoice], None]
ChoosePrinter = Callable[[QWidget, PrintWork, PrintIt], None]


def work_of(title: str, data: bytes, *, two_sided: bool, red_head: bool = False) -> PrintWork:
    """What the print form has to know of a PDF."""
    with opened(data) as document:
        width, height = document.get_page_size(0)
        return PrintWork(title, len(document), two_sided, lying=width > height, red_head=red_head)


def choose_printer(window: QWidget, work: PrintWork, print_it: PrintIt) -> None:
    """Ask for printer, pages and copies; nothing happens when the user thinks better of it."""
    form = PrintForm(work, window)
    form.agreed.connect(print_it)
    form.open()


def print_pdf(data: bytes, printer: QPrinter, pages: Sequence[int], report: Report) -> int:
    """Print these pages, counted from 0; how many.

    Raises:
        DocumentFailed: the printer does not take the work.
        JobCancelled: the user asked to stop; pages already sent are printed.
    """
    with ALONE:
        document = pypdfium2.PdfDocument(data)
    painter = QPainter()
    try:
        printer.setFullPage(True)
        for done, index in enumerate(pages):
            report(done, len(pages))
            with ALONE:
                page = document[index]
                size = page.get_size()
            _turn_paper(printer, *size)
            if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                raise DocumentFailed(
                    "printer_refused", "打印机没有接受打印。", "请看看打印机是否开机、有纸，再打印一次。"
                )
            _paint_page(painter, page, size[1], printer.resolution())
        report(len(pages), len(pages))
    finally:
        if painter.isActive():
            painter.end()
        with ALONE:
            document.close()
    return len(pages)


def _turn_paper(printer: QPrinter, width: float, height: float) -> None:
    """Portrait or landscape as the page is; it counts from the next sheet."""
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if width > height else way.Portrait)


def _paint_page(painter: QPainter, page: pypdfium2.PdfPage, height: float, resolution: int) -> None:
    """Paint one page in bands, because a whole page at 600 dots an inch takes 100 MB."""
    dpi = min(resolution, FINEST_DPI)
    scale = dpi / POINTS_PER_INCH
    stretch = resolution / dpi
    for top in range(0, ceil(height * scale), BAND_ROWS):
        below = max(0.0, height - (top + BAND_ROWS) / scale)
        with ALONE:
            bitmap = page.render(scale=scale, crop=(0, below, 0, top / scale))
        image = QImage(
            memoryview(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, _FORMATS[bitmap.n_channels]
        )
        painter.drawImage(QRectF(0, top * stretch, image.width() * stretch, image.height() * stretch), image)
