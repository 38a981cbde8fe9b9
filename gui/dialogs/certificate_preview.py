"""All certificates page by page, as they would print.

CertificatePreview("2025年度获奖证书（5张）", pdf, parent).open()
"""

from PySide6.QtWidgets import QWidget

from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import ElidedLabel
from gui.widgets.pdf_view import PdfBar, PdfView

SIZE = (1100, 700)


class CertificatePreview(FramedDialog):
    """Only looked at."""

    def __init__(self, title: str, pdf: bytes, parent: QWidget) -> None:
        super().__init__("预览证书", SIZE, parent)
        self.view = PdfView()
        self.head.addWidget(ElidedLabel(title, "heading"), 1)
        self.middle.addWidget(PdfBar(self.view))
        self.middle.addWidget(self.view, 1)
        self.close_below("预览不占用编号")
        self.view.set_pdf(pdf)
        self.view.setFocus()
