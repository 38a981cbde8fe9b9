"""What a windowed list shows, found beside the window: the first rows at once, all others after them.

    search = ListSearch(jobs, model, "查找活动", "读取活动")
    search.begin(Lookup(find, rows), typed=True)     find(limit) gives ids in order, rows(ids) their rows
    search.begin(lookup, typed=True, cleared=True)   nothing is looked for any more: what is selected stays
    search.answered.connect(choose_a_row)            rows are shown; search.is_whole says if all ids are
    search.when_whole(export)                        at once, or as soon as all ids are there

Of several searches the newest wins; an answer that was overtaken is dropped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from gui.jobs import JobRunner
from gui.windowed_table import WINDOW, Request, WindowedModel

T = TypeVar("T")

# Time for the first rows to be painted.
REST_AFTER_MS = 30


@dataclass(frozen=True, slots=True)
class Lookup:
    """What to look for: `find` gives ids, at most so many or all (None), `rows` the rows of ids."""

    find: Callable[[int | None], tuple[str, ...]]
    rows: Callable[[Sequence[str]], Sequence[Any]]


class ListSearch(QObject):
    """Fills one model."""

    answered = Signal()

    def __init__(self, jobs: JobRunner, model: WindowedModel[Any], finding: str, reading: str) -> None:
        """`finding` and `reading` are what the work is called where it fails."""
        super().__init__(model)
        self._jobs = jobs
        self._model = model
        self._finding = finding
        self._reading = reading
        self._lookup = Lookup(lambda _limit: (), lambda _ids: ())
        self._answers_to_come = 0
        self._acts: list[Callable[[], object]] = []
        self.is_whole = False
        model.rows_asked.connect(self._fetch)
        model.whole_asked.connect(self.when_whole)

    def begin(self, lookup: Lookup, *, typed: bool, cleared: bool = False) -> None:
        """Search; what is `typed` is answered with the first rows, all else with all ids: nothing jumps."""
        self._lookup = lookup
        self.is_whole = False
        limit = WINDOW if typed else None
        if typed:
            self._model.typed.emit()

        def work() -> tuple[tuple[str, ...], Sequence[Any]]:
            ids = lookup.find(limit)
            return ids, lookup.rows(ids[:WINDOW])

        self._answers_to_come = 1
        self._look(work, lambda found: self._show(*found, limit, cleared))

    def when_whole(self, act: Callable[[], object]) -> None:
        """Do what needs all ids of the search that is under way; it is forgotten if that fails."""
        if self.is_whole:
            act()
            return
        self._acts.append(act)
        if not self._answers_to_come:
            self.begin(self._lookup, typed=False)

    def _show(self, ids: tuple[str, ...], rows: Sequence[Any], limit: int | None, cleared: bool) -> None:
        self.is_whole = limit is None or len(ids) < limit
        self._model.set_ids(ids, rows, more=cleared and not self.is_whole)
        if not self.is_whole:
            find = self._lookup.find
            self._answers_to_come += 1
            self._look(lambda: find(None), self._complete, REST_AFTER_MS)
        self.answered.emit()

    def _complete(self, ids: tuple[str, ...]) -> None:
        self.is_whole = True
        self._model.complete(ids)
        self.answered.emit()

    def _look(self, work: Callable[[], T], done: Callable[[T], None], after_ms: int = 0) -> None:
        ended = partial(self._end_one, self._lookup)
        self._jobs.look(work, done, title=self._finding, owner=self, ended=ended, after_ms=after_ms)

    def _end_one(self, lookup: Lookup) -> None:
        if lookup is not self._lookup:
            return
        self._answers_to_come -= 1
        if not self._answers_to_come:
            acts, self._acts = self._acts, []
            for act in acts if self.is_whole else ():
                act()

    def _fetch(self, request: Request) -> None:
        rows = self._lookup.rows
        self._jobs.look(
            lambda: rows(request.ids),
            lambda found: self._model.put_rows(request, found),
            ended=lambda: self._model.give_up(request),
            title=self._reading,
            owner=self,
        )
