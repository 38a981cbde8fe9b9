"""The certificates: the winners at the left, each certificate as it prints at the right."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.pages.documents_view import CertificatesView
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import fix_width
from gui.widgets.badge import BadgeFace
from gui.widgets.banner import Banner
from gui.widgets.pdf_view import PdfBar, PdfView

LIST_WIDTH = 400
ROW_HEIGHT = 52


@dataclass(frozen=True, slots=True)
class Winner:
    """One certificate of the list; `place` is its page, counted from 0."""

    place: int
    name: str
    award: str
    number: str
    booked: bool


COLUMNS: tuple[Column[Winner], ...] = (
    Column(
        "获证组织",
        lambda winner: winner.name,
        stretch=True,
        second=lambda winner: f"{winner.award} · {winner.number}",
    ),
    Column(
        "状态",
        lambda winner: "已编号" if winner.booked else "未印",
        width=92,
        badges=lambda winner: (BadgeFace("已编号", "ok") if winner.booked else BadgeFace("未印", "line"),),
    ),
)


class CertificatesPane(QWidget):
    """List and preview follow each other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._model = RecordTableModel(COLUMNS, record_id=lambda winner: winner.place)
        self._table = RecordTable(self._model, desk.settings, "certificates", label="获证组织")
        self._view = PdfView()
        self._trouble = QVBoxLayout()
        self._build()
        self._table.current_changed.connect(self._turn_to)
        self._view.page_changed.connect(lambda page, _count: self._table.select_ids((page,)))

    def _build(self) -> None:
        self._table.set_row_height(ROW_HEIGHT)
        side = QFrame()
        side.setProperty("kind", "list")
        fix_width(side, LIST_WIDTH)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 1, 0)
        inside.setSpacing(0)
        inside.addLayout(self._trouble)
        inside.addWidget(self._table, 1)
        paper = QVBoxLayout()
        paper.setSpacing(0)
        paper.addWidget(PdfBar(self._view, "证书预览"))
        paper.addWidget(self._view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(paper, 1)

    def show_view(self, view: CertificatesView) -> None:
        certificates = view.prepared.certificates
        self._model.set_records(
            [
                Winner(place, each.recipient, award, each.number, view.prepared.booked)
                for place, (each, award) in enumerate(zip(certificates, view.awards, strict=True))
            ]
        )
        while (item := self._trouble.takeAt(0)) is not None:
            item.widget().deleteLater()
        if view.trouble:
            self._trouble.addWidget(Banner("err", view.trouble.message_zh, view.trouble.remedy_zh))
        if view.pdf:
            self._view.set_pdf(view.pdf)
        else:
            self._view.clear()

    def page_count(self) -> int:
        return self._view.page_count()

    def _turn_to(self, winner: Winner | None) -> None:
        if winner is not None and winner.place != self._view.page_index():
            self._view.go_to(winner.place)
