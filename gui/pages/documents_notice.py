"""The notice: its facts at the left, its pages as they print at the right."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDateEdit, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.document import MissingCharacter, OfficialDocument
from gui.desk import Desk
from gui.pages.documents_list import PaperList, PaperRow
from gui.pages.documents_view import DocumentsView, NoticeView
from gui.theme import fix_width, scaled
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.card import FactRow, ScrollPane
from gui.widgets.labels import label, rule
from gui.widgets.pdf_view import PdfBar, PdfView

FACTS_WIDTH = 340
LABEL_WIDTH = 72
TYPING_PAUSE_MS = 500
MISSING_SHOWN = 6
ROOMY = 1000


class NoticePane(QWidget):
    """List of papers, facts, preview."""

    dated = Signal(object)

    def __init__(self, desk: Desk, papers: PaperList) -> None:
        super().__init__()
        self._desk = desk
        self._papers = papers
        self._title = label("", "heading", wrap=True, selectable=True)
        self._number = label("", selectable=True)
        self._booked = Badge(BadgeFace("预留，未占用", "warn"))
        self._date = QDateEdit()
        self._facts = QVBoxLayout()
        self._preflight = QVBoxLayout()
        self._view = PdfView()
        self._pause = QTimer(self)
        self._narrow = False
        self._build()
        self._pause.timeout.connect(lambda: self.dated.emit(self.dated_on()))
        self._date.dateChanged.connect(lambda _day: self._pause.start())

    def _build(self) -> None:
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("yyyy-MM-dd")
        fix_width(self._date, 168)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        side = QFrame()
        side.setProperty("kind", "list")
        fix_width(side, FACTS_WIDTH)
        pane = ScrollPane(20)
        self._fill_side(pane.body)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 1, 0)
        inside.addWidget(pane)
        paper = QVBoxLayout()
        paper.setSpacing(0)
        paper.addWidget(PdfBar(self._view))
        paper.addWidget(self._view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._papers)
        row.addWidget(side)
        row.addLayout(paper, 1)

    def _fill_side(self, column: QVBoxLayout) -> None:
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(rule())
        number = QVBoxLayout()
        number.setSpacing(6)
        number.addWidget(self._number)
        number.addWidget(self._booked, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(_field("发文字号", number))
        dated = QHBoxLayout()
        dated.addWidget(self._date)
        dated.addStretch(1)
        column.addLayout(_field("成文日期", dated, self._date))
        column.addLayout(self._facts)
        link = push_button("修改主送、抄送和版式", lambda: self._desk.go("office"), kind="link", dense=True)
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(rule())
        column.addLayout(self._preflight)
        column.addStretch(1)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._fit_parts()

    def _fit_parts(self) -> None:
        """Where there is little room, the list goes first: the tabs lead to the same two papers."""
        self._papers.setVisible(not self._narrow and self.width() >= scaled(ROOMY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_parts()

    def dated_on(self) -> date:
        """The date that stands in the field."""
        day = self._date.date()
        return date(day.year(), day.month(), day.day())

    def show_view(self, view: DocumentsView) -> None:
        notice = view.notice
        document, booked = notice.document, bool(notice.prepared.papers)
        self._title.setText(notice.title)
        self._number.setText(document.number)
        face = BadgeFace("已占用", "ok", "check-line") if booked else BadgeFace("预留，未占用", "warn")
        self._booked.set_face(face)
        self._show_date(document.dated_on, booked)
        _refill(self._facts, [_fact(*pair) for pair in _facts(document)])
        _refill(self._preflight, [_missing_card(view.missing), *_trouble(notice)])
        if notice.pdf:
            self._view.set_pdf(notice.pdf)
        else:
            self._view.clear()

    def page_count(self) -> int:
        return self._view.page_count()

    def _show_date(self, dated_on: date, booked: bool) -> None:
        # While the user types a date the answer to an earlier one must not write over it.
        if not self._pause.isActive():
            blocked = self._date.blockSignals(True)
            self._date.setDate(QDate(dated_on.year, dated_on.month, dated_on.day))
            self._date.blockSignals(blocked)
        self._date.setEnabled(not booked)
        self._date.setToolTip("发文字号已占用，日期不能再改" if booked else "改动后预览随之更新")


def paper_rows(view: DocumentsView) -> tuple[PaperRow, ...]:
    """The year's papers as the list shows them."""
    notice = view.notice
    document = notice.document
    state = BadgeFace("已编号", "ok") if notice.prepared.papers else BadgeFace("起草", "info")
    rows = [PaperRow(notice.title, f"通报 · {document.number}", state)]
    if view.certificates:
        made = view.certificates.prepared
        state = BadgeFace("已编号", "ok") if made.booked else BadgeFace("未印", "line")
        rows.append(PaperRow("获奖证书", f"证书 · {len(made.certificates)} 张", state))
    return tuple(rows)


def _facts(document: OfficialDocument) -> list[tuple[str, str]]:
    annexes = "\n".join(f"{place}. {annex.title}" for place, annex in enumerate(document.annexes, 1))
    return [
        ("主送", document.addressee),
        ("抄送", document.copy_to),
        ("署名", document.issuer),
        ("附件", annexes),
    ]


def _fact(name: str, value: str) -> QWidget:
    return FactRow(name, value, label_width=LABEL_WIDTH)


def _field(name: str, value: QBoxLayout, buddy: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    word = label(name, "hint")
    fix_width(word, LABEL_WIDTH)
    if buddy is not None:
        word.setBuddy(buddy)
        buddy.setAccessibleName(name)
    row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop if buddy is None else Qt.AlignmentFlag.AlignVCenter)
    row.addLayout(value, 1)
    return row


def _missing_card(missing: Sequence[MissingCharacter]) -> Banner:
    if not missing:
        return Banner("ok", "字库齐全", "名称和正文里的每个字都能印出来。")
    lines = [f"“{each.character}”：{each.owner}，{each.field}" for each in missing[:MISSING_SHOWN]]
    if len(missing) > MISSING_SHOWN:
        lines.append(f"……另有 {len(missing) - MISSING_SHOWN} 处")
    remedy = "请在本机装上有这些字的公文字体，并在“系统”里选用本机字体；没有补齐前不能打印。"
    return Banner("warn", f"字库里没有 {len(missing)} 处用字", "\n".join((*lines, remedy)))


def _trouble(notice: NoticeView) -> list[QWidget]:
    if notice.trouble is None:
        return []
    return [Banner("err", notice.trouble.message_zh, notice.trouble.remedy_zh)]


def _refill(column: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    while (item := column.takeAt(0)) is not None:
        item.widget().deleteLater()
    for widget in widgets:
        column.addWidget(widget)
