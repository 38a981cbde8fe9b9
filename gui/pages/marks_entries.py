"""Marks on their way to the store: they show at once, are stored one act after the other, and can be undone.

entries = MarkEntries(desk, parent)
entries.book(view, progress)                  the sheets of a rater, as they stand; what waits stays in sight
entries.enter(place, spot, text); entries.enter_block(place, pasted); entries.note(place, spot, note)
entries.settle(place, sheet, reason); entries.undo(); entries.forget()

Signals: changed(ids) what a book shows of these subjects; refused(spot); taken_back(step); said(text).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QTime, QTimer, Signal

from core.errors import AppError, InvalidInput
from core.model.assessment import MarkNote, ScoreSheet
from core.model.cycle_view import CycleView, RaterProgress
from core.model.mark_entry import MarksEntered, TypedMark
from gui.actions import UNDO
from gui.desk import Desk
from gui.pages.marks_blocks import Pasted
from gui.pages.marks_book import Refusal, SheetBook, Spot
from gui.rights import needs
from gui.undo import undo_act

# What else shows the year loads again once no mark has been put in for so long.
REST_MS = 1_000


class Place(NamedTuple):
    """Whose sheets: the year and the code of its cycle, the stage, the rater."""

    year: int
    cycle: str
    stage: str
    rater: str


@dataclass(frozen=True, slots=True)
class Step:
    """An act on a rater's sheets, and the cell where it began."""

    place: Place
    spot: Spot


class MarkEntries(QObject):
    """The sheets of all raters of one cycle, as far as they were shown."""

    changed = Signal(object)
    refused = Signal(object)
    taken_back = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._books: dict[tuple[str, str], SheetBook] = {}
        self._steps: dict[int, Step] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(desk.jobs.saved)

    def book(self, view: CycleView, progress: RaterProgress) -> SheetBook:
        """One rater's sheets as they stand in the view."""
        key = (progress.stage.code, progress.rater.code)
        if key in self._books:
            self._books[key].show(view, progress)
        else:
            self._books[key] = SheetBook(view, progress, self._desk.services.gate.why_not("marks.enter"))
        return self._books[key]

    def forget(self) -> None:
        """Another cycle is shown."""
        self._books.clear()
        self._steps.clear()

    def can_undo(self) -> bool:
        return bool(self._steps)

    # Storing

    def enter(self, place: Place, spot: Spot, text: str) -> None:
        """Store a mark as it was typed."""
        mark, service = TypedMark(spot.subject_id, spot.indicator, text), self._desk.services.marks
        self._store(
            Step(place, spot),
            (mark,),
            lambda: service.enter(place.year, place.stage, place.rater, mark, place.cycle),
        )

    def enter_block(self, place: Place, pasted: Pasted) -> None:
        """Store pasted, filled or emptied cells as one act."""
        service, marks = self._desk.services.marks, pasted.marks
        if not marks:
            self._desk.warn(f"没有粘贴：{why_not(pasted)}")
            return
        self._store(
            Step(place, Spot(marks[0].subject_id, marks[0].indicator)),
            marks,
            lambda: service.enter_block(place.year, place.stage, place.rater, marks, place.cycle),
            pasted.beyond,
        )

    def note(self, place: Place, spot: Spot, note: MarkNote) -> None:
        """Keep what is said about a mark."""
        service = self._desk.services.marks
        self._do(
            "评分说明",
            Step(place, spot),
            lambda: service.note(place.year, place.stage, place.rater, spot.subject_id, note, place.cycle),
        )

    def settle(self, place: Place, sheet: ScoreSheet, reason: str) -> None:
        """Take the sum of a sheet as right."""
        service = self._desk.services.marks
        self._do(
            "核定合计",
            Step(place, Spot(sheet.subject_id, "")),
            lambda: service.settle_total(sheet.id, reason),
        )

    def _do(self, title: str, step: Step, work: Callable[[], MarksEntered]) -> None:
        self._desk.jobs.start(
            lambda _report: work(), partial(self._stored, step, {}, 0), title=title, owner=self
        )

    def _store(
        self, step: Step, marks: Sequence[TypedMark], work: Callable[[], MarksEntered], beyond: int = 0
    ) -> None:
        typed = {Spot(each.subject_id, each.indicator): each.text for each in marks}
        self._books[step.place[2:]].pending.update(typed)
        self.changed.emit({each.subject_id for each in marks})
        self._desk.jobs.start(
            lambda _report: work(),
            partial(self._stored, step, typed, beyond),
            title="录入评分",
            failed=partial(self._refused, step, typed),
            owner=self,
        )

    def _stored(self, step: Step, typed: Mapping[Spot, str], beyond: int, entered: MarksEntered) -> None:
        if book := self._arrived(step, typed):
            for spot in typed:
                book.refused.pop(spot, None)
            book.take(entered.sheets)
        if entered.act:
            self._steps[entered.act] = step
            self._rest.start()
        self.said.emit(f"已自动保存 {QTime.currentTime().toString('HH:mm')}")
        if len(typed) > 1 or entered.faulty or entered.left_out or beyond:
            self._desk.tell(block_words(entered, beyond), UNDO.text if entered.act else "", self.undo)
        self.changed.emit({step.spot.subject_id, *(spot.subject_id for spot in typed)})

    def _refused(self, step: Step, typed: Mapping[Spot, str], error: AppError) -> None:
        book = self._arrived(step, typed)
        if book is None or not isinstance(error, InvalidInput):
            self._desk.messages.show_error(error, headline="没有录入评分")
        else:
            book.refused[step.spot] = Refusal(typed[step.spot], f"{error}按 Esc 恢复原来的评分。")
            self.refused.emit(step)
        self.changed.emit({step.spot.subject_id, *(spot.subject_id for spot in typed)})

    def _arrived(self, step: Step, typed: Mapping[Spot, str]) -> SheetBook | None:
        """The book without what came back; what was typed again since then is still on its way."""
        book = self._books.get(step.place[2:])
        for spot, text in typed.items() if book else ():
            if book and book.pending.get(spot) == text:
                del book.pending[spot]
        return book

    # Undoing

    @needs("versions.undo")
    def undo(self) -> None:
        """Take the last act back, once what is on its way has been stored; show where it was."""
        versions = self._desk.services.versions
        self._desk.jobs.start(
            lambda _report: versions.newest_undoable(), self._undo, title=UNDO.text, owner=self
        )

    def _undo(self, number: int | None) -> None:
        if number is None:
            self._desk.warn("没有可以撤销的操作")
            return
        if step := self._steps.pop(number, None):
            self.said.emit("已撤销")
            self.taken_back.emit(step)
        undo_act(self._desk, number)


def why_not(pasted: Pasted) -> str:
    """Why there is nothing to paste."""
    if pasted.name:
        return f"复制的格子里有对象名称“{pasted.name}”，请只复制评分"
    return f"{pasted.beyond} 格超出了表格的范围" if pasted.beyond else "复制的内容是空的"


def block_words(entered: MarksEntered, beyond: int) -> str:
    """What putting in a block came to, in one line."""
    parts = [f"已录入 {entered.taken} 格" if entered.taken else "没有录入评分"]
    if entered.faulty:
        parts.append(f"{entered.faulty} 格不是有效的评分，标红保留，没有计入")
    if entered.left_out:
        parts.append(f"{entered.left_out} 格不用评\uff08回避或不评这一项\uff09，没有录入")
    if beyond:
        parts.append(f"{beyond} 格超出了表格的范围，没有录入")
    return "；".join(parts)
