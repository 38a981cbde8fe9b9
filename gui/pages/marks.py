"""打分: the raters, and what the chosen one hands in: sheets as a grid, or ballots."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from core.model.cycle_view import CycleView, RaterProgress
from core.model.scheme import Visibility
from core.model.visibility import SeenStage
from core.services.cycle_reading import STILL_OPEN
from gui.desk import Desk
from gui.pages.ballots import BallotsPane
from gui.pages.marks_book import Spot
from gui.pages.marks_entries import Step
from gui.pages.marks_raters import RaterBar
from gui.pages.marks_seen import SeenLine
from gui.pages.marks_sheets import SheetsPane


class MarksPane(QWidget):
    """Rater tabs over the sheets or the ballots of one rater."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: CycleView | None = None
        self._others: SeenStage | None = None
        self._narrow = False
        self.raters, self.waits = RaterBar(), SeenLine()
        self.sheets, self.ballots = SheetsPane(desk), BallotsPane(desk)
        self._shown = QStackedWidget()
        for part in (self.sheets, self.ballots):
            self._shown.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.raters)
        column.addWidget(self.waits)
        column.addWidget(self._shown, 1)
        self.raters.chosen.connect(self._show_rater)
        self.sheets.taken_back.connect(self._show_taken_back)
        self._show_beside(self.sheets)

    @property
    def begins(self) -> QWidget:
        """Where the keyboard's work begins."""
        return (self.sheets if self._shown.currentWidget() is self.sheets else self.ballots).begins

    def show_view(self, view: CycleView) -> None:
        """Show the year as it stands; where the user is and what is being typed stay."""
        self._view = view
        self.raters.show_progress(view.progress)
        self._show_rater(self.raters.place())
        self._fit_raters()

    def _show_rater(self, place: int) -> None:
        if self._view is None or not 0 <= place < len(self._view.progress):
            return
        progress = self._view.progress[place]
        self.raters.show_facts(place)
        if progress.rater.ballots:
            self._show_beside(self.ballots)
            self.ballots.show_box(self._view, progress)
        else:
            self._show_beside(self.sheets)
            self.sheets.show_rater(self._view, progress)
        self._seek_others(self._view, progress)

    def _seek_others(self, view: CycleView, progress: RaterProgress) -> None:
        """Work out beside the queue what the rater may see of the others, unless the scheme hides all."""
        if self._others and not _is_of(self._others, progress):
            self._show_others(None)
        if progress.stage.visibility == Visibility():
            return
        service, stage, rater = self._desk.services.marks, progress.stage.code, progress.rater.code
        self._desk.jobs.look(
            lambda: service.others_in(view, stage, rater),
            self._take_others,
            title="比较评分方的评分",
            owner=self,
        )

    def _take_others(self, others: SeenStage) -> None:
        place = self.raters.place()
        if self._view and place < len(self._view.progress) and _is_of(others, self._view.progress[place]):
            self._show_others(others)

    def _show_others(self, others: SeenStage | None) -> None:
        self._others = others
        locked = self._view is not None and self._view.cycle.state not in STILL_OPEN
        self.waits.show_seen(others, locked)
        self.sheets.show_others(others)
        self.ballots.show_others(others)

    def _show_beside(self, part: SheetsPane | BallotsPane) -> None:
        """Show this part; a small window has the list of raters in the part's own line."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self._shown.isAncestorOf(focus)
        part.filters.insertWidget(0, self.raters.choice)
        if self._shown.currentWidget() is not part:
            self._shown.setCurrentWidget(part)
            if had_focus:
                (focus if focus is self.raters.choice else part.begins).setFocus()

    def choose_rater(self, code: str) -> None:
        """Show a rater by its code."""
        for place, each in enumerate(self._view.progress if self._view else ()):
            if each.rater.code == code:
                self.raters.choose(place)
                return

    def show_issues(self) -> None:
        """The first rater with marks that are not counted, and only those."""
        for place, each in enumerate(self._view.progress if self._view else ()):
            if each.issue_count:
                self.raters.choose(place)
                self.sheets.show_faulty()
                return

    def show_sheet(self, stage: str, rater: str, subject_id: str) -> None:
        """What one rater handed in for one subject."""
        for place, each in enumerate(self._view.progress if self._view else ()):
            if (each.stage.code, each.rater.code) == (stage, rater):
                self.raters.choose(place)
                if each.rater.ballots:
                    self.ballots.choose(subject_id)
                else:
                    self.sheets.go_to(Spot(subject_id, ""))

    def _show_taken_back(self, step: Step) -> None:
        self.show_sheet(step.place.stage, step.place.rater, step.spot.subject_id)
        self.sheets.go_to(step.spot)

    def _fit_raters(self) -> None:
        """A list of the raters takes the place of tabs that would not all be seen."""
        as_list = self._narrow or self.raters.is_crowded(self.width())
        held = self.window().focusWidget() in (self.raters.tabs, self.raters.choice)
        self.raters.setVisible(not as_list)
        self.raters.choice.setVisible(as_list)
        if held:
            (self.raters.choice if as_list else self.raters.tabs).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_raters()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._fit_raters()
        self.waits.set_narrow(narrow)
        self.sheets.set_narrow(narrow)
        self.ballots.set_narrow(narrow)


def _is_of(others: SeenStage, progress: RaterProgress) -> bool:
    """Whether this is what this rater sees; another cycle's stage is another one where its scheme is."""
    return (others.stage, others.rater.code) == (progress.stage, progress.rater.code)
