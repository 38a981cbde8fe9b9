"""打分: one rater's sheets as a grid; every mark can be corrected in place and is stored at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.errors import AppError, InvalidInput
from core.model.assessment import Subject
from core.model.cycle_view import CycleView
from gui.actions import UNDO
from gui.desk import Desk
from gui.dialogs.mark_form import SettleTotalForm
from gui.pages.marks_bar import MarksBar
from gui.pages.marks_book import LATE, WRONG, Refusal, SheetBook, Spot, points_text
from gui.pages.marks_foot import MarksFoot
from gui.pages.marks_grid import MarksGrid
from gui.pages.marks_raters import RaterBar
from gui.theme import fix_width
from gui.widgets.buttons import push_button
from gui.widgets.chip import ChipFilter
from gui.widgets.labels import ElidedLabel, IconLabel, label
from gui.widgets.search_field import SearchField

MISSING, FAULTY = "missing", "faulty"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry that can be undone; `faulty` is the text that stood there without being counted."""

    stage: str
    rater: str
    spot: Spot
    before: str
    faulty: str = ""


class MarksPane(QWidget):
    """Rater tabs, filters, the bar of the current cell, the grid, the counts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: CycleView | None = None
        self.book: SheetBook | None = None
        self._steps: list[Step] = []
        self.raters = RaterBar()
        self.search = SearchField("查找组织", width=168, keys="Ctrl+F")
        self.category = ChipFilter("类别")
        self.only = ChipFilter("只看")
        self._saved_icon = IconLabel("checkbox-circle-fill", "ok", 16)
        self.saved = ElidedLabel("", "hint")
        self.undo_button = push_button(UNDO.text, self.undo, icon_name=UNDO.icon, dense=True)
        self.bar = MarksBar()
        self.grid = MarksGrid()
        self.nothing = label("没有符合条件的组织", "secondary")
        self._body = QStackedWidget()
        self.foot = MarksFoot()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._saved_icon.hide()
        self.undo_button.setToolTip(UNDO.tooltip)
        self.undo_button.setEnabled(False)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.addWidget(self.grid)
        self._body.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.raters, self._filter_line(), self.bar):
            column.addWidget(part)
        column.addWidget(self._body, 1)
        column.addWidget(self.foot)

    def _filter_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("kind", "canvas")
        self._filters = QHBoxLayout(line)
        self._filters.setContentsMargins(24, 6, 24, 6)
        self._filters.setSpacing(8)
        left = (self.raters.choice, self.search, self.category, self.only)
        right = (self._saved_icon, self.saved, self.undo_button)
        for part in left:
            self._filters.addWidget(part)
        self._filters.addStretch(1)
        for each in right:
            self._filters.addWidget(each)
        return line

    def _connect(self) -> None:
        self.raters.chosen.connect(self._show_rater)
        self.search.changed.connect(lambda _text: self._refilter())
        self.category.changed.connect(lambda _key: self._refilter())
        self.only.changed.connect(lambda _key: self._refilter())
        self.search.returnPressed.connect(self.grid.cells.setFocus)
        self.grid.entered.connect(self.enter)
        self.grid.current_changed.connect(self._follow)
        self.bar.entered.connect(self.enter)
        self.bar.left.connect(self.grid.cells.setFocus)
        self.bar.settle_asked.connect(self._settle)
        self.foot.asked.connect(self.only.set_chosen)
        around = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(UNDO.keys), self, self.undo, context=around)
        QShortcut(QKeySequence("F8"), self, self._to_next_open, context=around)

    # What is shown

    def show_view(self, view: CycleView) -> None:
        """Show the year as it stands; where the user is and what is being typed stay."""
        if self._view is not None and self._view.cycle.id != view.cycle.id:
            self._steps.clear()
        self._view = view
        self.raters.show_progress(view.progress)
        self.category.set_choices(
            [(each, each) for each in sorted({s.category for s in view.assessed if s.category})]
        )
        self._show_rater(self.raters.place())
        self.undo_button.setEnabled(bool(self._steps))

    def _show_rater(self, place: int) -> None:
        if self._view is None or not 0 <= place < len(self._view.progress):
            return
        progress = self._view.progress[place]
        old = self.book
        fresh = SheetBook(self._view, progress)
        if old is not None and old.key == fresh.key:
            old.show(self._view, progress)
            self.grid.refresh()
        else:
            self.book = fresh
            self.grid.set_book(fresh)
            self._refilter()
        self._show_counts()
        self._follow(self.grid.current())

    def _show_counts(self) -> None:
        book, view = self.book, self._view
        if book is None or view is None:
            return
        states = [book.state(subject) for subject in book.subjects]
        late, wrong = sum(s in LATE for s in states), sum(s in WRONG for s in states)
        self.only.set_choices([(MISSING, f"未交或缺项 {late}"), (FAULTY, f"有误 {wrong}")])
        self.raters.show_facts(book.progress)
        self.foot.show_counts(states)

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
                self.clear_filters()
                self.raters.choose(place)
                self.only.set_chosen(FAULTY)
                if not self.grid.go_to_next_open() and (shown := self.grid.shown()):
                    self.grid.go_to(Spot(shown[0].id, ""))
                return

    def show_sheet(self, stage: str, rater: str, subject_id: str) -> None:
        """One subject's sheet of one rater."""
        for place, each in enumerate(self._view.progress if self._view else ()):
            if (each.stage.code, each.rater.code) == (stage, rater):
                self.clear_filters()
                self.raters.choose(place)
                self.grid.go_to(Spot(subject_id, ""))
                self.grid.cells.setFocus()

    def clear_filters(self) -> None:
        self.search.clear()
        self.category.clear()
        self.only.clear()

    def _refilter(self) -> None:
        book = self.book
        if book is None:
            return
        needle, category, only = self.search.needle(), self.category.chosen(), self.only.chosen()
        wanted = {MISSING: LATE, FAULTY: WRONG}.get(str(only))

        def fits(subject: Subject) -> bool:
            return (
                needle in subject.name
                and category in (None, subject.category)
                and (wanted is None or book.state(subject) in wanted)
            )

        self.grid.set_filter(fits if needle or category or only else None)
        self._body.setCurrentIndex(0 if self.grid.shown() else 1)

    def _follow(self, spot: object) -> None:
        self.bar.show_spot(self.book, spot if isinstance(spot, Spot) else None)

    def _to_next_open(self) -> None:
        self.grid.go_to_next_open()

    # What is changed

    def enter(self, spot: Spot, text: str) -> None:
        """Store a mark as it was typed."""
        book = self.book
        if book is None:
            return
        subject, code = book.subject(spot.subject_id), spot.indicator
        issue, mark = book.issue(subject, code), book.mark(subject, code)
        before = "" if mark is None else points_text(mark)
        step = Step(book.stage.code, book.rater.code, spot, before, issue.text if issue else "")
        self._store(step, text, partial(self._entered, step))

    def undo(self) -> None:
        """Take the last entry back."""
        if self._steps:
            step = self._steps.pop()
            self._store(step, step.before, partial(self._undone, step))
            self.undo_button.setEnabled(bool(self._steps))

    def _store(self, step: Step, text: str, done: Callable[[None], None]) -> None:
        service, year, spot = self._desk.services.assessments, self._desk.year, step.spot
        self._desk.jobs.start(
            lambda _report: service.enter_mark(
                year, spot.subject_id, step.stage, step.rater, spot.indicator, text
            ),
            done,
            title="录入评分",
            failed=partial(self._refused, step, text),
            saves=True,
            owner=self,
        )

    def _entered(self, step: Step, _done: None) -> None:
        self._steps.append(step)
        self.undo_button.setEnabled(True)
        if self.book is not None:
            self.book.refused.pop(step.spot, None)
        self._saved_icon.show()
        self.saved.set_whole_text(f"已自动保存 {QTime.currentTime().toString('HH:mm')}")

    def _undone(self, step: Step, _done: None) -> None:
        lost = f"；原来写的“{step.faulty}”不能计入，现为未填" if step.faulty else ""
        self.saved.set_whole_text(f"已撤销{lost}")
        self.show_sheet(step.stage, step.rater, step.spot.subject_id)
        self.grid.go_to(step.spot)

    def _refused(self, step: Step, text: str, error: AppError) -> None:
        book = self.book
        shown = book is not None and (book.stage.code, book.rater.code) == (step.stage, step.rater)
        if not isinstance(error, InvalidInput) or book is None or not shown:
            self._desk.messages.show_error(error, headline="没有录入评分")
            return
        book.refused[step.spot] = Refusal(text, error.message_zh + error.remedy_zh)
        self.grid.refresh()
        if not self.grid.is_editing():
            self.grid.go_to(step.spot)
        self._follow(self.grid.current())

    def _settle(self, subject_id: str) -> None:
        book = self.book
        sheet = book.sheet(book.subject(subject_id)) if book else None
        if book is None or sheet is None:
            return
        form = SettleTotalForm(book, book.subject(subject_id), self)
        form.accepted_with.connect(partial(self._settle_now, sheet.id))
        form.open()

    def _settle_now(self, sheet_id: str, reason: str) -> None:
        service, year = self._desk.services.assessments, self._desk.year
        self._desk.jobs.start(
            lambda _report: service.settle_total(year, sheet_id, reason),
            lambda _done: self.grid.cells.setFocus(),
            title="核定合计",
            saves=True,
            owner=self,
        )

    def set_narrow(self, narrow: bool) -> None:
        self.raters.setVisible(not narrow)
        self.raters.choice.setVisible(narrow)
        self.foot.setVisible(not narrow)
        self.saved.setVisible(not narrow)
        fix_width(self.search, 132 if narrow else 168)
        margin = 16 if narrow else 24
        self._filters.setContentsMargins(margin, 6, margin, 6)
        self.bar.set_narrow(narrow)
        self.grid.set_narrow(narrow)
