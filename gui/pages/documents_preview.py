"""The pages of a document beside its text, made anew shortly after each change, beside the queue.

preview = DocumentPreview(desk); preview.show_paper(make)       make() -> bytes, on a worker; pages or words
preview.set_copies(names); preview.copy_changed (place)         many papers: which one is shown
preview.clear(text)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import AppError
from gui.desk import Desk
from gui.theme import fix_height
from gui.widgets.banner import Banner
from gui.widgets.labels import label
from gui.widgets.pdf_view import PdfBar, PdfView

PAUSE_MS = 20
LOOK = "排版预览"


@dataclass(frozen=True, slots=True)
class Pages:
    """What came of setting a paper: its pages, or what kept it from being set."""

    pdf: bytes = b""
    trouble: AppError | None = None


class DocumentPreview(QFrame):
    """See the module."""

    copy_changed = Signal(int)
    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self._desk = desk
        self._make: Callable[[], bytes] | None = None
        self.view = PdfView()
        self._trouble = Banner("err", "")
        self._copies = QFrame()
        self._copy = QComboBox()
        self._stack = QStackedWidget()
        self._pause = QTimer(self)
        self._build()
        self._pause.timeout.connect(self._look)
        self._copy.currentIndexChanged.connect(self._tell_copy)

    def _build(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._copies.setProperty("kind", "top")
        self._copy.setAccessibleName("看哪一份")
        row = QHBoxLayout(self._copies)
        row.setContentsMargins(16, 4, 12, 4)
        self._count = label("", "hint")
        row.addWidget(self._count)
        row.addWidget(self._copy, 1)
        fix_height(self._copies, 44)
        self._copies.hide()
        trouble = QWidget()
        words = QVBoxLayout(trouble)
        words.setContentsMargins(16, 16, 16, 16)
        words.addWidget(self._trouble)
        words.addStretch(1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PdfBar(self.view, "打印预览"))
        column.addWidget(self._copies)
        column.addWidget(self._stack, 1)

    def set_copies(self, names: Sequence[str]) -> None:
        """Offer these papers, if there are several."""
        self._copies.setVisible(len(names) > 1)
        self._count.setText(f"共 {len(names)} 份，看")
        if [self._copy.itemText(place) for place in range(self._copy.count())] == list(names):
            return
        blocked = self._copy.blockSignals(True)
        self._copy.clear()
        self._copy.addItems(list(names))
        self._copy.blockSignals(blocked)

    def place(self) -> int:
        """Which paper is shown, counted from 0."""
        return max(0, self._copy.currentIndex())

    def _tell_copy(self, place: int) -> None:
        if place >= 0:
            self.copy_changed.emit(place)

    def show_paper(self, make: Callable[[], bytes], *, at_once: bool = False) -> None:
        """Show what `make` gives, after a short pause in which nothing else is asked for."""
        self._make = make
        if at_once:
            self._pause.stop()
            self._look()
        else:
            self._pause.start()

    def clear(self) -> None:
        """Show an empty desk."""
        self._make = None
        self._pause.stop()
        self.view.clear()
        self._stack.setCurrentIndex(0)

    def _look(self) -> None:
        make = self._make
        if make is not None:
            self._desk.jobs.look(
                lambda: _pages(make), lambda pages: self._show(make, pages), title=LOOK, owner=self
            )

    def _show(self, make: Callable[[], bytes], pages: Pages) -> None:
        if make is not self._make:
            return
        if pages.trouble is not None:
            self._trouble.set_text(pages.trouble.message_zh, pages.trouble.remedy_zh)
        else:
            self.view.set_pdf(pages.pdf)
        self._stack.setCurrentIndex(0 if pages.trouble is None else 1)
        self.shown.emit()


def _pages(make: Callable[[], bytes]) -> Pages:
    try:
        return Pages(make())
    except AppError as trouble:
        return Pages(trouble=trouble)
