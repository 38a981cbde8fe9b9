"""进度: what each rater has handed in, and every sheet that is missing, incomplete or faulty."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.model.assessment import Subject
from core.model.cycle_view import CycleView, RaterProgress
from gui.desk import Desk
from gui.pages.ballots_book import BallotBox
from gui.pages.marks_book import SheetBook, SheetState
from gui.pages.marks_raters import names_of
from gui.pages.score_sheets import ScoreSheetsBar
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import color, font
from gui.widgets.badge import BadgeFace, badge_width, paint_badge
from gui.widgets.buttons import PaintedButton
from gui.widgets.card import ScrollPane
from gui.widgets.chip import ChipFilter
from gui.widgets.empty_page import EmptyPage
from gui.widgets.labels import ElidedLabel, label

TILES_A_ROW, MOST_ROWS = 5, 2.4
BAR = 6


@dataclass(frozen=True, slots=True)
class Gap:
    """A sheet that is not there or not whole."""

    place: int
    stage: str
    rater: str
    rater_name: str
    subject: Subject
    badge: BadgeFace
    words: str


class RaterTile(PaintedButton):
    """A rater's count, bar and state; pressed it shows only that rater's gaps."""

    RADIUS = 8.0

    def __init__(self, progress: RaterProgress, name: str) -> None:
        super().__init__()
        self._progress = progress
        self._name = name
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = f"{progress.delivered} / {progress.expected}"
        self.setAccessibleName(f"{name} 已交 {self._count} 份")
        self.setToolTip(f"只看{name}缺的评分表")

    def sizeHint(self) -> QSize:
        return QSize(180, round(2 * QFontMetricsF(font(14)).height()) + BAR + 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paint_face(self, painter: QPainter) -> None:
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(QPen(color("sel_line" if on else "line"), 1))
        painter.setBrush(color("sel" if on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(area, self.RADIUS, self.RADIUS)
        room = area.adjusted(14, 12, -14, -12)
        line = QFontMetricsF(font(14)).height()
        self._paint_head(painter, QRectF(room.left(), room.top(), room.width(), line + 4))
        self._paint_bar(painter, QRectF(room.left(), room.bottom() - BAR, room.width(), BAR))
        painter.setFont(font(14, bold=True))
        painter.setPen(color("text"))
        lower = QRectF(room.left(), room.bottom() - BAR - line - 6, room.width(), line)
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, f"{self._count} 份")

    def _paint_head(self, painter: QPainter, room: QRectF) -> None:
        face = progress_face(self._progress)
        width = badge_width(face)
        paint_badge(painter, room.right() - width, room.center().y(), face)
        painter.setFont(font(14))
        painter.setPen(color("text2"))
        name = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, int(room.width() - width - 8)
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_bar(self, painter: QPainter, groove: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("track"))
        painter.drawRoundedRect(groove, BAR / 2, BAR / 2)
        if self._progress.delivered:
            groove.setWidth(max(BAR, groove.width() * self._progress.delivered / self._progress.expected))
            painter.setBrush(color("ok" if self._progress.delivered == self._progress.expected else "bar"))
            painter.drawRoundedRect(groove, BAR / 2, BAR / 2)


class ProgressPane(QWidget):
    """Tiles over the list of gaps."""

    sheet_asked = Signal(str, str, str)
    returns_checked = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._summary = ElidedLabel("", "secondary")
        self._has_gaps = False
        self._tiles = QGridLayout()
        self._tile_row = QFrame()
        self._tile_area = ScrollPane(0, is_stop=False)
        self.tiles: list[RaterTile] = []
        self.rater = ChipFilter("评分方")
        self.state = ChipFilter("情况")
        self.sheets = ScoreSheetsBar(desk)
        self.model: RecordTableModel[Gap] = RecordTableModel(
            GAP_COLUMNS, lambda gap: (gap.place, gap.subject.id)
        )
        self.table = RecordTable(self.model, desk.settings, "gaps", label="缺的评分表")
        self._whole = EmptyPage("check-double-line", "评分表已经收齐", "没有缺的、没填全的或有误的评分。")
        self._nothing = label("", "secondary")
        self._body = QStackedWidget()
        self._build()
        self.table.opened.connect(self._open)
        self.sheets.checked.connect(self.returns_checked)
        for chip in (self.rater, self.state):
            chip.changed.connect(lambda _key: self._refilter())

    def _build(self) -> None:
        self._tiles.setContentsMargins(24, 12, 24, 4)
        self._tiles.setSpacing(10)
        self._tile_row.setLayout(self._tiles)
        self._tile_area.body.setSpacing(0)
        self._tile_area.body.addWidget(self._tile_row)
        line = QFrame()
        line.setProperty("kind", "filters")
        self._line = QHBoxLayout(line)
        self._line.setContentsMargins(24, 6, 24, 6)
        self._line.setSpacing(8)
        self._line.addWidget(self.rater)
        self._line.addWidget(self.state)
        self._line.addWidget(self._summary, 1)
        self._line.addWidget(self.sheets)
        self._body.addWidget(self.table)
        self._body.addWidget(self._whole)
        self._body.addWidget(self._nothing)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tile_area)
        column.addWidget(line)
        column.addWidget(self._body, 1)

    def set_narrow(self, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._line.setContentsMargins(margin, 6, margin, 6)
        self._tile_area.setVisible(not narrow)
        self.table.set_narrow(narrow)

    def show_view(self, view: CycleView) -> None:
        """Show a year's sheets by rater."""
        is_other = self.sheets.cycle_id != view.cycle.id
        self.sheets.show_view(view)
        self._show_tiles(view)
        gaps = [gap for place in range(len(view.progress)) for gap in gaps_of(view, place)]
        self.rater.set_choices(list(enumerate(names_of(view.progress))))
        words = dict.fromkeys(gap.badge.kind for gap in gaps)
        self.state.set_choices([(kind, _STATE_WORDS[kind]) for kind in words])
        given = sum(each.delivered for each in view.progress)
        expected = sum(each.expected for each in view.progress)
        barred = len(view.subjects) - len(view.assessed)
        out = f"\uff08另有 {barred} 个不参评\uff09" if barred else ""
        self._summary.set_whole_text(
            f"参评 {len(view.assessed)} 个对象{out}，应收 {expected:,} 份，填全 {given:,} 份"
        )
        self._has_gaps = bool(gaps)
        self.model.set_records(gaps)
        self._refilter()
        if is_other:
            self.table.scrollToTop()

    def _show_tiles(self, view: CycleView) -> None:
        for old in self.tiles:
            self._tiles.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = list(map(RaterTile, view.progress, names_of(view.progress)))
        for place, tile in enumerate(self.tiles):
            self._tiles.addWidget(tile, place // TILES_A_ROW, place % TILES_A_ROW)
            tile.clicked.connect(lambda on, place=place: self.rater.set_chosen(place if on else None))
        self._fit_tiles()

    def _fit_tiles(self) -> None:
        """The list below needs its room: of many tiles so much is seen that there are more."""
        rows = -(-len(self.tiles) // TILES_A_ROW)
        height = self._tile_row.sizeHint().height()
        self._tile_area.setFixedHeight(height if rows <= MOST_ROWS else round(height * MOST_ROWS / rows))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_tiles()

    def _refilter(self) -> None:
        rater, state = self.rater.chosen(), self.state.chosen()
        for place, tile in enumerate(self.tiles):
            tile.setChecked(place == rater)
        self.model.set_filter(lambda gap: rater in (None, gap.place) and state in (None, gap.badge.kind))
        what = self.state.chosen_text() or "未交、缺项或有误"
        self._nothing.setText(f"{self.rater.chosen_text()}没有{what}的评分表")
        shown = self.table if self.model.rowCount() else self._nothing if self._has_gaps else self._whole
        self._body.setCurrentWidget(shown)

    def _open(self, gap: object) -> None:
        if isinstance(gap, Gap):
            self.sheet_asked.emit(gap.stage, gap.rater, gap.subject.id)


def gaps_of(view: CycleView, place: int) -> Iterator[Gap]:
    """What one rater still has to hand in or put right, in the roster's order."""
    progress, name = view.progress[place], names_of(view.progress)[place]
    if progress.rater.ballots:
        yield from _box_gaps(view, place, name)
        return
    book = SheetBook(view, progress)
    for subject in book.subjects:
        state = book.state(subject)
        if state in (SheetState.COMPLETE, SheetState.RECUSED):
            continue
        yield Gap(
            place,
            progress.stage.code,
            progress.rater.code,
            name,
            subject,
            book.badge(subject),
            _gap_words(book, subject, state),
        )


def _box_gaps(view: CycleView, place: int, name: str) -> Iterator[Gap]:
    """The subjects with too few valid ballots, or with some that are still to be settled."""
    progress = view.progress[place]
    stage, rater = progress.stage.code, progress.rater
    for line in BallotBox(view, progress).lines:
        if line.differing or not line.is_enough:
            words = f"有效票 {line.valid} 张，至少 {line.minimum} 张"
            yield Gap(place, stage, rater.code, name, line.subject, line.lack, words)


def _gap_words(book: SheetBook, subject: Subject, state: SheetState) -> str:
    sheet = book.sheet(subject)
    if sheet is None:
        return "没有评分表"
    if sheet.issues:
        names = {leaf.code: leaf.name for leaf in book.leaves}
        return "；".join(
            f"{names.get(each.indicator, '合计')}写的是“{each.text}”，{each.message}" for each in sheet.issues
        )
    if state is SheetState.ABSENT:
        return f"表中写的是“{sheet.remark}”" if sheet.remark else "评分表是空的"
    open_leaves = [leaf.name for leaf in book.leaves if book.is_open(subject, leaf.code)]
    return f"{'、'.join(open_leaves)}没有填"


def progress_face(progress: RaterProgress) -> BadgeFace:
    """The state of a rater as a badge."""
    if progress.issue_count:
        return BadgeFace(f"{progress.issue_count} 处有误", "err", "error-warning-line")
    late = progress.expected - progress.delivered
    if not late:
        return BadgeFace("已交齐", "ok", "check-line")
    none_came = len(progress.missing) == progress.expected
    return BadgeFace("未交" if none_came else f"缺 {late} 份", "warn", "time-line")


_STATE_WORDS = {"warn": "未交或缺项", "err": "有误"}

GAP_COLUMNS: tuple[Column[Gap], ...] = (
    Column("评分方", lambda gap: gap.rater_name, width=152, sort_key=lambda gap: gap.place),
    Column("考核对象", lambda gap: gap.subject.name, width=240),
    Column("社区\uff08村\uff09", lambda gap: gap.subject.community, width=120, quiet=True, narrow=False),
    Column("情况", lambda gap: gap.badge.text, width=112, badges=lambda gap: (gap.badge,)),
    Column("说明", lambda gap: gap.words, stretch=True, quiet=True),
)
