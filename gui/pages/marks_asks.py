"""What is asked about the sheets that are shown: a total put right, a note, a recusal, an entry beside them.

asks = SheetAsks(desk, entries, pane); asks.show(view, book, place); asks.note(spot); asks.closed.connect(...)
"""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from core.model.assessment import Subject
from core.model.cycle_view import CycleView
from gui.desk import Desk
from gui.dialogs.entry_form import EntryForm
from gui.dialogs.mark_form import NoteForm, recusal_form, settle_form
from gui.pages.marks_book import SheetBook, SheetState, Spot
from gui.pages.marks_entries import MarkEntries, Place
from gui.rights import needs
from gui.undo import do_undoably


class SheetAsks(QObject):
    """Asks in a form over the pane, then does it."""

    closed = Signal()

    def __init__(self, desk: Desk, entries: MarkEntries, pane: QWidget) -> None:
        super().__init__(pane)
        self._desk, self._entries, self._pane = desk, entries, pane

    def show(self, view: CycleView, book: SheetBook, place: Place) -> None:
        """Ask about these sheets from now on; before that nothing can be asked."""
        self._view, self._book, self._place = view, book, place

    @needs("marks.settle_total")
    def settle(self, subject_id: str) -> None:
        """Why the sum of a sheet is right and its stated total is not."""
        subject = self._book.subject(subject_id)
        if sheet := self._book.sheet(subject):
            form = settle_form(self._book, subject, self._pane)
            form.accepted_with.connect(partial(self._entries.settle, self._place, sheet))
            self._open(form)

    @needs("marks.note")
    def note(self, spot: Spot) -> None:
        """What is to be said about a mark."""
        form = NoteForm(self._desk, self._book, spot, self._pane)
        form.accepted_with.connect(partial(self._entries.note, self._place, spot))
        self._open(form)

    @needs("entries.add")
    def entry(self, spot: Spot) -> None:
        """A bonus, a deduction or a veto of a subject."""
        self._open(EntryForm(self._desk, self._view, self._book.subject(spot.subject_id), self._pane))

    @needs("entries.recuse")
    def recusal(self, spot: Spot) -> None:
        """Why the rater does not mark a subject; a recusal that is there is taken back without asking."""
        subject = self._book.subject(spot.subject_id)
        if self._book.state(subject) is SheetState.RECUSED:
            self._recuse(self._place, subject, "")
            return
        form = recusal_form(self._book, subject, self._pane)
        form.accepted_with.connect(partial(self._recuse, self._place, subject))
        self._open(form)

    def _open(self, form: QDialog) -> None:
        form.finished.connect(lambda _result: self.closed.emit())
        form.open()

    def _recuse(self, place: Place, subject: Subject, reason: str) -> None:
        """Keep the recusal with this reason; without one it is taken back."""
        service, (year, cycle, stage, rater) = self._desk.services.entries, place

        def act() -> None:
            if reason:
                service.recuse(year, subject.id, stage, rater, reason, cycle)
            else:
                service.unrecuse(year, subject.id, stage, rater, cycle)

        words = f"“{subject.name}”的回避" + ("已登记" if reason else "已取消")
        do_undoably(self._desk, act, title="登记回避", told=lambda _done: words, owner=self._pane)
