"""The grid of one rater's marks: names and totals stand still, the marks between them scroll.

    grid = MarksGrid(); grid.set_book(book)      another rater
    grid.show_seen()                             what the rater sees of the others came, or is hidden again
    grid.refresh()                               the same cells, newer figures; what is being typed stays
    grid.entered.connect(store)                  Spot, text as typed
    grid.block_entered.connect(store_all)        Pasted: pasted, filled or emptied cells
    grid.note_asked, grid.recusal_asked, grid.entry_asked      from the menu of the cells; Spot
    grid.current_changed.connect(show)           Spot or None
    grid.go_to(spot); grid.go_to_next_open(); grid.set_filter(predicate)

Enter goes down, Tab goes right, typing or F2 edits, Delete empties; Shift marks a block, Ctrl+C and Ctrl+V
copy and paste it, Ctrl+D fills it downwards, Ctrl+R to the right. Esc puts the stored mark back
where one was refused.
"""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollBar, QTableView, QWidget

from core.model.assessment import Subject
from core.model.mark_entry import TypedMark
from core.model.scheme import plain
from core.model.visibility import Seen
from gui.clipboard import put_block, take_block
from gui.delegates import PADDING
from gui.pages.marks_blocks import MarkedCells, Pasted
from gui.pages.marks_book import SheetBook, SheetState, Spot
from gui.pages.marks_columns import SEEN, STATE, TOTAL, mark_columns
from gui.pages.marks_view import CellsView, FrozenView
from gui.table_model import RecordTableModel
from gui.theme import color, font, row_height, scaled

ROW = 34
NUMBER_WIDTH = 48
NAME_WIDTH = 200
NARROW_NAME_WIDTH = 172
MOST_MARK_WIDTH = 160
STILL_WIDTHS = {TOTAL: 76, SEEN[Seen.SHEETS]: 88, SEEN[Seen.MEANS]: 84, SEEN[Seen.RANKS]: 84, STATE: 104}
# More totals than so many are cut; the tooltip has all of them.
MOST_TOTALS, NARROW_MOST_TOTALS = 4, 2
ONE_TOTAL = 54


class MarksGrid(QWidget):
    """Three tables on one model that scroll as one."""

    entered = Signal(object, str)
    block_entered = Signal(object)
    note_asked = Signal(object)
    recusal_asked = Signal(object)
    entry_asked = Signal(object)
    current_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("评分表格")
        self._book: SheetBook | None = None
        self._model: RecordTableModel[Subject] = RecordTableModel((), lambda subject: subject.id)
        self._narrow = False
        self._longest = ""
        self._told: Spot | None = None
        self._kept: Spot | None = None
        self.names, self.cells, self.totals = (
            FrozenView("考核对象"),
            CellsView("评分"),
            FrozenView("合计和状态"),
        )
        self.across = QScrollBar(Qt.Orientation.Horizontal)
        self._down = QScrollBar(Qt.Orientation.Vertical)
        self._build()
        self._connect()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        parts = (self.names, _Divider(), self.cells, _Divider(), self.totals, self._down)
        for column, part in enumerate(parts):
            grid.addWidget(part, 0, column)
        grid.addWidget(self.across, 1, 2)
        grid.setColumnStretch(2, 1)
        self._fit_heights()

    def _connect(self) -> None:
        bars = [view.verticalScrollBar() for view in self._views()]
        _join([*bars, self._down], self.cells.verticalScrollBar())
        _join([self.cells.horizontalScrollBar(), self.across], self.cells.horizontalScrollBar())
        self.cells.resized.connect(self._fit_columns)
        for view in (self.names, self.totals):
            view.clicked.connect(lambda index: self._take_row(index.row()))
        self.cells.moved.connect(self._tell_current)
        offer = self.cells.offer
        offer("复制", self.copy, keys="Ctrl+C", icon_name="file-copy-2-line")
        offer("粘贴", self.paste, keys="Ctrl+V", icon_name="clipboard-line")
        offer("向下填充", lambda: self._fill(down=True), keys="Ctrl+D")
        offer("向右填充", lambda: self._fill(down=False), keys="Ctrl+R")
        offer("清空", self._empty, keys="Del", icon_name="close-line")
        offer("评分说明……", lambda: self._ask(self.note_asked), keys="Shift+F2", icon_name="pencil-line")
        offer("加分、扣分、否决……", lambda: self._ask(self.entry_asked), icon_name="arrow-up-down-line")
        self.recusal = offer("回避……", lambda: self._ask(self.recusal_asked), icon_name="user-unfollow-line")

    def _views(self) -> tuple[QTableView, QTableView, QTableView]:
        return self.names, self.cells, self.totals

    # What is shown

    def set_book(self, book: SheetBook) -> None:
        """Show another rater's sheets."""
        self._book = book
        self._longest = max((subject.name for subject in book.subjects), key=len, default="")
        old = self._model
        self._model = RecordTableModel(
            mark_columns(book, self._take), lambda subject: subject.id, parent=self
        )
        self._model.set_records(book.subjects)
        seconds = {leaf.code: f"{plain(leaf.full)} 分" for leaf in book.leaves}
        seconds[TOTAL] = seconds[SEEN[Seen.SHEETS]] = f"{plain(book.stage.full)} 分"
        seconds[SEEN[Seen.MEANS]] = f"{plain(book.scheme_full)} 分"
        for view in (self.names, self.cells, self.totals):
            view.show_model(self._model, seconds)
        marks = self._marks()
        for column in range(len(self._model.columns)):
            self.names.setColumnHidden(column, column > 1)
            self.cells.setColumnHidden(column, column not in marks)
        self._hide_unseen()
        self._model.modelAboutToBeReset.connect(self._keep_current)
        self._model.modelReset.connect(self._restore_current)
        old.deleteLater()
        self._fit_columns()
        self._told = None
        if book.subjects:
            self.cells.setCurrentIndex(self._model.index(0, 2))
        self._tell_current()

    def show_seen(self) -> None:
        """Show the columns of the other raters that the book may show now, with newer figures."""
        self._hide_unseen()
        self._fit_columns()
        if rows := self._model.rowCount():
            first, last = self._marks().stop, len(self._model.columns) - 1
            self._model.dataChanged.emit(self._model.index(0, first), self._model.index(rows - 1, last))

    def _hide_unseen(self) -> None:
        for column, each in enumerate(self._model.columns):
            self.totals.setColumnHidden(column, each.name not in self._still())

    def _still(self) -> list[str]:
        """The columns that stand still beside the marks."""
        book = self._book
        seen = [SEEN[each] for each in book.offered if book.shows(each)] if book is not None else []
        return [TOTAL, *seen, STATE]

    def _marks(self) -> range:
        """The columns of the marks."""
        return range(2, self._model.column_named(TOTAL))

    def refresh(self, subject_ids: Collection[str] | None = None) -> None:
        """Show the newer figures of the same book, or those of these subjects only."""
        count = self._model.rowCount()
        rows = range(count) if subject_ids is None else self._model.rows_of(subject_ids)
        if rows:
            last = self._model.index(rows[-1], len(self._model.columns) - 1)
            self._model.dataChanged.emit(self._model.index(rows[0], 0), last)
        self._name_recusal()

    def set_filter(self, predicate: Callable[[Subject], bool] | None) -> None:
        """Show only some of the subjects."""
        self._model.set_filter(predicate)

    def shown(self) -> tuple[Subject, ...]:
        return self._model.shown()

    def is_editing(self) -> bool:
        return self.cells.state() == QTableView.State.EditingState

    # Where the user is

    def current(self) -> Spot | None:
        """The current cell."""
        index = self.cells.currentIndex()
        if self._book is None or not index.isValid() or index.row() >= self._model.rowCount():
            return None
        code = self._model.columns[index.column()].name
        return None if code.startswith(":") else Spot(self._model.record_at(index.row()).id, code)

    def go_to(self, spot: Spot) -> bool:
        """Make a cell current, if it is shown; without an indicator the first open one, else the first."""
        rows = self._model.rows_of({spot.subject_id})
        if not rows or self._book is None:
            return False
        subject, leaves = self._model.record_at(rows[0]), [leaf.code for leaf in self._book.leaves]
        first = next((code for code in leaves if self._book.is_open(subject, code)), leaves[0])
        column = self._model.column_named(spot.indicator or first)
        self.cells.setCurrentIndex(self._model.index(rows[0], column))
        return True

    def go_to_next_open(self) -> bool:
        """The next cell that is missing or faulty, reading on from the current one and around."""
        book, rows = self._book, self._model.rowCount()
        if book is None or not rows:
            return False
        codes = [leaf.code for leaf in book.leaves]
        spots = [(row, place) for row in range(rows) for place in range(len(codes))]
        current = self.cells.currentIndex()
        start = current.row() * len(codes) + current.column() - 1 if current.isValid() else 0
        for row, place in (*spots[start:], *spots[:start]):
            if book.is_open(self._model.record_at(row), codes[place]):
                self.cells.setCurrentIndex(self._model.index(row, place + 2))
                self.cells.setFocus()
                return True
        return False

    def _keep_current(self) -> None:
        self._kept = self.current()

    def _restore_current(self) -> None:
        if self._kept is None or not self.go_to(self._kept):
            self._tell_current()

    def _take_row(self, row: int) -> None:
        column = max(2, self.cells.currentIndex().column())
        self.cells.setCurrentIndex(self._model.index(row, column))
        self.cells.setFocus()

    def _tell_current(self) -> None:
        row = self.cells.currentIndex().row()
        for view in (self.names, self.cells, self.totals):
            view.mark_row(row)
        spot = self.current()
        self._name_recusal()
        if spot != self._told:
            self._told = spot
            self.current_changed.emit(spot)

    def _name_recusal(self) -> None:
        spot = self.current()
        if self._book is not None and spot is not None:
            recused = self._book.state(self._book.subject(spot.subject_id)) is SheetState.RECUSED
            self.recusal.setText("取消回避" if recused else "回避……")

    # Blocks

    def copy(self) -> None:
        """Put the marked cells on the clipboard."""
        if self._book is not None:
            put_block(MarkedCells(self.cells, self._book).texts())

    def paste(self) -> None:
        """Put the clipboard's cells down at the first marked one, and mark them."""
        rows = take_block()
        if self._book is not None:
            pasted = MarkedCells(self.cells, self._book).pasted(rows)
            self.block_entered.emit(pasted)
            if pasted.marks and [len(row) for row in rows] != [1]:
                self.cells.mark(len(rows), max(map(len, rows)))

    def _fill(self, *, down: bool) -> None:
        if self._book is not None:
            self._enter(MarkedCells(self.cells, self._book).filled(down=down))

    def _empty(self) -> None:
        if self._book is not None:
            self._enter(MarkedCells(self.cells, self._book).emptied())

    def _enter(self, marks: Sequence[TypedMark]) -> None:
        if marks:
            self.block_entered.emit(Pasted(tuple(marks)))

    def _ask(self, asked: SignalInstance) -> None:
        if spot := self.current():
            asked.emit(spot)

    def _take(self, subject: Subject, code: str, text: str) -> bool:
        applies = self._book is not None and self._book.applies(subject, code)
        if applies:
            self.entered.emit(Spot(subject.id, code), text)
        return applies

    # Sizes

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._fit_columns()

    def _fit_heights(self) -> None:
        for view in self._views():
            view.verticalHeader().setDefaultSectionSize(row_height(ROW))

    def _fit_columns(self) -> None:
        if self._book is None:
            return
        number = 0 if self._narrow else scaled(NUMBER_WIDTH)
        marks, still = self._marks(), self._still()
        needed = sum(map(self._still_width, still))
        name = self._name_width(self.width() - number - needed - self.cells.width_of(marks))
        # Few marks stand near their names; what is left over is at the end.
        over = max(0, self.width() - number - name - needed - len(marks) * scaled(MOST_MARK_WIDTH))
        self.totals.setFixedWidth(needed + over)
        for each in still:
            width = self._still_width(each) + (over if each == STATE else 0)
            self.totals.setColumnWidth(self._model.column_named(each), width)
        self.names.setColumnHidden(0, self._narrow)
        self.names.setFixedWidth(number + name)
        self.names.setColumnWidth(0, number)
        self.names.setColumnWidth(1, name)
        self.cells.share_width(marks)

    def _still_width(self, name: str) -> int:
        width = STILL_WIDTHS[name]
        if name == SEEN[Seen.SHEETS] and self._book is not None and self._book.seen is not None:
            most = NARROW_MOST_TOTALS if self._narrow else MOST_TOTALS
            width = max(width, 16 + ONE_TOTAL * min(len(self._book.seen.others), most))
        return scaled(width)

    def _name_width(self, room: int) -> int:
        """Long names get what the marks leave, as far as they need it."""
        least = NARROW_NAME_WIDTH if self._narrow else NAME_WIDTH
        needed = QFontMetrics(font()).horizontalAdvance(self._longest) + 2 * PADDING + 8
        return max(scaled(least), min(room, needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_heights()
            self._fit_columns()
        super().changeEvent(event)


def _join(bars: Sequence[QScrollBar], leader: QScrollBar) -> None:
    """Let bars move together; the last one is the one that is seen and takes its range from the leader."""
    seen = bars[-1]
    for bar in bars:
        for other in bars:
            if other is not bar:
                bar.valueChanged.connect(other.setValue)

    def follow(low: int, high: int) -> None:
        seen.setRange(low, high)
        seen.setPageStep(leader.pageStep())
        seen.setSingleStep(leader.singleStep())
        seen.setVisible(high > low)

    leader.rangeChanged.connect(follow)


class _Divider(QWidget):
    """The stronger line beside what stands still."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("line2"))
        painter.end()
