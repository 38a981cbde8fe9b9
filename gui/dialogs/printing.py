"""Paper out of the printer: the system's print dialog, and a PDF's pages at the printer's own resolution.

choose_printer(window, "打印通报", pages, print_it)       print_it(printer) once the user has agreed
print_pdf(data, printer, report) -> pages printed         in a job: rendered band by band, as previewed
"""

from collections.abc import Callable
from math import ceil

import pypdfium2
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from core.errors import DocumentFailed
from gui.jobs import Report

POINTS_PER_INCH = 72
# Above this a laser printer's text gets no sharper, only the memory larger.
FINEST_DPI = 600
BAND_ROWS = 1024

_FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_BGR888,
    4: QImage.Format.Format_RGB32,
}

ChoosePrinter = Callable[[QWidget, str, int, Callable[[QPrinter], None]], None]


def choose_printer(window: QWidget, title: str, pages: int, print_it: Callable[[QPrinter], None]) -> None:
    """Ask for printer, pages and copies; nothing happens when the user thinks better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setMinMax(1, pages)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.accepted.connect(lambda: print_it(printer))
    dialog.setModal(True)
    dialog.show()


def print_pdf(data: bytes, printer: QPrinter, report: Report) -> int:
    """Print the pages chosen in the dialog; how many.

    Raises:
        DocumentFailed: the printer does not take the work.
        JobCancelled: the user asked to stop; pages already sent are printed.
    """
    document = pypdfium2.PdfDocument(data)
    painter = QPainter()
    try:
        chosen = chosen_pages(printer, len(document))
        printer.setFullPage(True)
        for done, index in enumerate(chosen):
            report(done, len(chosen))
            _turn_paper(printer, document[index])
            if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                raise DocumentFailed(
                    "printer_refused", "打印机没有接受打印。", "请看看打印机是否开机、有纸，再打印一次。"
                )
            _paint_page(painter, document[index], printer.resolution())
        report(len(chosen), len(chosen))
    finally:
        if painter.isActive():
            painter.end()
        document.close()
    return len(chosen)


def chosen_pages(printer: QPrinter, count: int) -> range:
    """Which pages of so many were chosen in the dialog, counted from 0."""
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        return range(printer.fromPage() - 1, min(printer.toPage(), count))
    return range(count)


def _turn_paper(printer: QPrinter, page: pypdfium2.PdfPage) -> None:
    """Portrait or landscape as the page is; it counts from the next sheet."""
    width, height = page.get_size()
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if width > height else way.Portrait)


def _paint_page(painter: QPainter, page: pypdfium2.PdfPage, resolution: int) -> None:
    """Paint one page in bands, because a whole page at 600 dots an inch takes 100 MB."""
    dpi = min(resolution, FINEST_DPI)
    scale = dpi / POINTS_PER_INCH
    _width, height = page.get_size()
    stretch = resolution / dpi
    for top in range(0, ceil(height * scale), BAND_ROWS):
        below = max(0.0, height - (top + BAND_ROWS) / scale)
        bitmap = page.render(scale=scale, crop=(0, below, 0, top / scale))
        image = QImage(
            memoryview(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, _FORMATS[bitmap.n_channels]
        )
        painter.drawImage(QRectF(0, top * stretch, image.width() * stretch, image.height() * stretch), image)
