"""One rater's sheets as a grid; every mark can be corrected in place and is stored at once.

pane = SheetsPane(desk); pane.show_rater(view, progress)
pane.taken_back.connect(show)               Step: what was undone, which may be another rater's
pane.filters                                the line over the grid
"""

from collections.abc import Collection, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.model.assessment import Subject
from core.model.cycle_view import CycleView, RaterProgress
from core.model.visibility import SeenStage
from gui.actions import UNDO
from gui.desk import Desk
from gui.pages.marks_asks import SheetAsks
from gui.pages.marks_bar import MarksBar
from gui.pages.marks_blocks import Pasted
from gui.pages.marks_book import LATE, WRONG, SheetBook, Spot
from gui.pages.marks_entries import MarkEntries, Place, Step
from gui.pages.marks_foot import MarksFoot
from gui.pages.marks_grid import MarksGrid
from gui.theme import fix_width
from gui.widgets.buttons import push_button
from gui.widgets.chip import ChipFilter
from gui.widgets.labels import ElidedLabel, IconLabel, label
from gui.widgets.search_field import SearchField

MISSING, FAULTY = "missing", "faulty"
PASTE = "粘贴"
PASTE_HINT = "把 Excel、WPS 里复制的格子粘贴到这里\uff08Ctrl+V\uff09"


class SheetsPane(QWidget):
    """Filters, the bar of the current cell, the grid, the counts."""

    taken_back = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._view: CycleView | None = None
        self.book: SheetBook | None = None
        self._entries = MarkEntries(desk, self)
        self._asks = SheetAsks(desk, self._entries, self)
        self._counted: object = None
        self.search = SearchField("查找对象", width=168, keys="Ctrl+F")
        self.category = ChipFilter("类别")
        self.community = ChipFilter("社区")
        self.only = ChipFilter("只看")
        self._saved_icon = IconLabel("checkbox-circle-fill", "ok", 16)
        self.saved = ElidedLabel("", "hint")
        self.undo_button = push_button(UNDO.text, self.undo, icon_name=UNDO.icon, dense=True)
        self.paste_button = push_button(PASTE, self._paste, icon_name="clipboard-line", dense=True)
        self.bar = MarksBar()
        self.grid = MarksGrid()
        self.nothing = label("没有符合条件的对象", "secondary")
        self._body = QStackedWidget()
        self.foot = MarksFoot()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._saved_icon.hide()
        self.undo_button.setToolTip(UNDO.tooltip)
        self.undo_button.setAccessibleName(UNDO.text)
        self.paste_button.setAccessibleName(PASTE)
        self.undo_button.setEnabled(False)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.addWidget(self.grid)
        self._body.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._filter_line())
        column.addWidget(self.bar)
        column.addWidget(self._body, 1)
        column.addWidget(self.foot)

    def _filter_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("kind", "canvas")
        self.filters = QHBoxLayout(line)
        self.filters.setContentsMargins(24, 6, 24, 6)
        self.filters.setSpacing(8)
        left = (self.search, self.category, self.community, self.only)
        right = (self._saved_icon, self.saved, self.undo_button, self.paste_button)
        for part in left:
            self.filters.addWidget(part)
        self.filters.addStretch(1)
        for each in right:
            self.filters.addWidget(each)
        return line

    def _connect(self) -> None:
        self.search.changed.connect(lambda _text: self._refilter())
        for chip in (self.category, self.community, self.only):
            chip.changed.connect(lambda _key: self._refilter())
        self.search.returnPressed.connect(self.grid.cells.setFocus)
        self.grid.entered.connect(self.enter)
        self.grid.block_entered.connect(self.enter_block)
        for asked, ask in (
            (self.grid.note_asked, self._asks.note),
            (self.grid.recusal_asked, self._asks.recusal),
            (self.grid.entry_asked, self._asks.entry),
            (self.bar.note_asked, self._asks.note),
            (self.bar.entry_asked, self._asks.entry),
            (self.bar.settle_asked, self._asks.settle),
            (self._asks.closed, self.grid.cells.setFocus),
        ):
            asked.connect(ask)
        self.grid.current_changed.connect(self._follow)
        self.bar.entered.connect(self.enter)
        self.bar.left.connect(self.grid.cells.setFocus)
        self.bar.field.escaped.connect(self._put_back)
        self.grid.cells.escaped.connect(self._put_back)
        self._entries.changed.connect(self._refresh)
        self._entries.refused.connect(self._show_refused)
        self._entries.taken_back.connect(self.taken_back)
        self._entries.said.connect(self._say)
        self.foot.asked.connect(self.only.set_chosen)
        around = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(UNDO.keys), self, self.undo, context=around)
        QShortcut(QKeySequence("F8"), self, self._to_next_open, context=around)

    @property
    def begins(self) -> QWidget:
        """Where the keyboard's work begins."""
        return self.grid.cells

    # What is shown

    def show_rater(self, view: CycleView, progress: RaterProgress) -> None:
        """Show a rater's sheets as they stand; where the user is and what is being typed stay."""
        if self._view is not None and self._view.cycle.id != view.cycle.id:
            self._entries.forget()
            self._saved_icon.hide()
            self.saved.set_whole_text("")
        self._view = view
        _offer(self.category, (each.category for each in progress.subjects))
        _offer(self.community, (each.community for each in progress.subjects))
        was = self.book.key if self.book else None
        book = self._entries.book(view, progress)
        self.grid.cells.set_locked(bool(book.locked))
        self.paste_button.setEnabled(not book.locked)
        self.paste_button.setToolTip(book.locked or PASTE_HINT)
        self._asks.show(view, book, _place(view, book))
        if book is self.book and book.key == was:
            self._refresh()
        else:
            self.book = book
            self.grid.set_book(book)
            self._refilter()
            self._refresh()

    def show_others(self, others: SeenStage | None) -> None:
        """Show what the rater sees of the others."""
        if self.book is not None and (others or self.book.seen):
            self.book.seen = others
            self.grid.show_seen()

    def _show_counts(self) -> None:
        book = self.book
        if book is None:
            return
        counts = (book.rater, book.count(LATE), book.count(WRONG))
        if counts != self._counted:
            self._counted = counts
            self.only.set_choices([(MISSING, f"未交或缺项 {counts[1]}"), (FAULTY, f"有误 {counts[2]}")])
        self.foot.show_counts(book)

    def show_faulty(self) -> None:
        """Only the sheets with marks that are not counted."""
        self.clear_filters()
        self.only.set_chosen(FAULTY)
        if not self.grid.go_to_next_open() and (shown := self.grid.shown()):
            self.grid.go_to(Spot(shown[0].id, ""))

    def go_to(self, spot: Spot) -> None:
        """Show a cell, whatever is filtered."""
        self.clear_filters()
        self.grid.go_to(spot)
        self.grid.cells.setFocus()

    def clear_filters(self) -> None:
        self.search.clear()
        for chip in (self.category, self.community, self.only):
            chip.clear()

    def _refilter(self) -> None:
        book = self.book
        if book is None:
            return
        needle, only = self.search.needle(), self.only.chosen()
        category, community = self.category.chosen(), self.community.chosen()
        wanted = {MISSING: LATE, FAULTY: WRONG}.get(str(only))

        def fits(subject: Subject) -> bool:
            return (
                needle in subject.name
                and category in (None, subject.category)
                and community in (None, subject.community)
                and (wanted is None or book.state(subject) in wanted)
            )

        self.grid.set_filter(fits if needle or category or community or only else None)
        self._body.setCurrentIndex(0 if self.grid.shown() else 1)

    def _follow(self, spot: object) -> None:
        self.bar.show_spot(self.book, spot if isinstance(spot, Spot) else None)

    def _to_next_open(self) -> None:
        self.grid.go_to_next_open()

    def _refresh(self, subject_ids: Collection[str] | None = None) -> None:
        """Show the newer figures of these subjects, of all without any."""
        self.grid.refresh(subject_ids)
        self._show_counts()
        self._follow(self.grid.current())
        self.undo_button.setEnabled(self._entries.can_undo() or bool(self.book and self.book.refused))

    def _say(self, text: str) -> None:
        self._saved_icon.show()
        self.saved.set_whole_text(text)

    # What is changed

    def place(self) -> Place | None:
        """Whose sheets are shown."""
        return _place(self._view, self.book) if self._view and self.book else None

    def enter(self, spot: Spot, text: str) -> None:
        """Store a mark as it was typed; it shows at once."""
        if place := self.place():
            self._entries.enter(place, spot, text)

    def enter_block(self, pasted: Pasted) -> None:
        """Store many cells as one act."""
        if place := self.place():
            self._entries.enter_block(place, pasted)

    def undo(self) -> None:
        """Take the last entry back; at a mark that was not taken, that one."""
        if not self._put_back():
            self._entries.undo()

    def _put_back(self) -> bool:
        """Show the stored mark again where another one was not taken; False where none was refused."""
        spot = self.grid.current()
        if self.book is None or spot is None or self.book.refused.pop(spot, None) is None:
            return False
        self._refresh({spot.subject_id})
        return True

    def _paste(self) -> None:
        self.grid.cells.setFocus()
        self.grid.paste()

    def _show_refused(self, step: Step) -> None:
        if step.place == self.place() and not self.grid.is_editing():
            self.grid.go_to(step.spot)

    def set_narrow(self, narrow: bool) -> None:
        self.foot.setVisible(not narrow)
        self.saved.setVisible(not narrow)
        fix_width(self.search, 132 if narrow else 168)
        for button, words in ((self.undo_button, UNDO.text), (self.paste_button, PASTE)):
            button.setText("" if narrow else words)
        margin = 16 if narrow else 24
        self.filters.setContentsMargins(margin, 6, margin, 6)
        self.bar.set_narrow(narrow)
        self.grid.set_narrow(narrow)


def _place(view: CycleView, book: SheetBook) -> Place:
    return Place(view.cycle.year, view.cycle.code, book.stage.code, book.rater.code)


def _offer(chip: ChipFilter, words: Iterable[str]) -> None:
    """Offer each word once, empty ones not; where nobody has one there is nothing to filter by."""
    choices = [(each, each) for each in sorted({*words} - {""})]
    chip.set_choices(choices)
    chip.setVisible(bool(choices))
