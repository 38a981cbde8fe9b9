"""ReportLab's canvas, made to hold little: a page is packed as soon as it is finished."""

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream

if TYPE_CHECKING:

    class Canvas:
        """What is used of ReportLab's class, which has no types."""

        _doc: Any

        def __init__(self, file: BytesIO, **options: Any) -> None:
            """Draw into a file."""

        def showPage(self) -> None:
            """End the page."""

else:
    from reportlab.pdfgen.canvas import Canvas


class PdfCanvas(Canvas):
    """Of ten thousand pages none is kept in the clear; none is written in base 85, a fourth larger."""

    def showPage(self) -> None:
        """End the page and pack it."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        packed = zlib.compress(page.stream.encode())
        page.Contents = PDFStream(PDFDictionary({"Filter": PDFArray([PDFName("FlateDecode")])}), packed)
        page.stream = None
