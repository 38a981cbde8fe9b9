"""The pages of a document beside its text, made anew shortly after each change, beside the queue.

preview = DocumentPreview(desk); preview.show_paper(make)       make() -> ShownDocument, on a worker
preview.mark(annex, block); preview.pointed (annex, block)      the paragraph being written; one pressed upon
preview.set_copies(names); preview.copy_changed (place)         many papers: which one is shown
preview.clear(text)
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.document import ShownDocument, Spot
from gui.desk import Desk
from gui.theme import fix_height
from gui.widgets.banner import Banner
from gui.widgets.labels import label
from gui.widgets.pdf_view import PdfBar, PdfView

PAUSE_MS = 20
LOOK = "排版预览"
NOWHERE = -1


class DocumentPreview(QFrame):
    """See the module."""

    copy_changed = Signal(int)
    pointed = Signal(int, int)
    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self._desk = desk
        self._make: Callable[[], ShownDocument] | None = None
        self._spots: tuple[Spot, ...] = ()
        self._written = (0, NOWHERE)
        self.view = PdfView()
        self._trouble = Banner("err", "")
        self._copies = QFrame()
        self._copy = QComboBox()
        self._stack = QStackedWidget()
        self._pause = QTimer(self)
        self._build()
        self._pause.timeout.connect(self._look)
        self._copy.currentIndexChanged.connect(self._tell_copy)
        self.view.pointed.connect(self._point)

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

    def show_paper(self, make: Callable[[], ShownDocument], *, at_once: bool = False) -> None:
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
        self._spots = ()
        self.view.clear()
        self._stack.setCurrentIndex(0)

    def mark(self, annex: int, block: int) -> None:
        """The paragraph being written: 附件 (0 is the document itself) and place in it; -1 for none."""
        self._written = annex, block
        self._mark()

    def _mark(self) -> None:
        places: dict[int, tuple[QRectF, ...]] = {}
        for each in self._spots:
            if (each.annex, each.block) == self._written:
                places[each.page] = (*places.get(each.page, ()), _box(each))
        self.view.mark(places)

    def _point(self, page: int, place: QPointF) -> None:
        for each in self._spots:
            if each.page == page and _box(each).contains(place):
                self.pointed.emit(each.annex, each.block)
                return

    def _look(self) -> None:
        make = self._make
        if make is not None:
            self._desk.jobs.look(
                lambda: _made(make), lambda made: self._show(make, made), title=LOOK, owner=self
            )

    def _show(self, make: Callable[[], ShownDocument], made: ShownDocument | AppError) -> None:
        if make is not self._make:
            return
        if isinstance(made, ShownDocument):
            self._spots = made.spots
            self.view.set_pdf(made.pdf)
            self._mark()
        else:
            self._trouble.set_text(made.message_zh, made.remedy_zh)
        self._stack.setCurrentIndex(0 if isinstance(made, ShownDocument) else 1)
        self.shown.emit()


def _box(spot: Spot) -> QRectF:
    return QRectF(QPointF(spot.left, spot.top), QPointF(spot.right, spot.bottom))


def _made(make: Callable[[], ShownDocument]) -> ShownDocument | AppError:
    """The pages, or what kept them from being set."""
    try:
        return make()
    except AppError as trouble:
        return trouble
