"""The desk for reports: tables that are shown, exported and printed alike."""

from datetime import date

from core.errors import NotFound
from core.model.classification import Classification, ClassMapping
from core.model.office import Office
from core.model.organization import Community, Organization
from core.model.tables import OutSheet
from core.ports import Clock, Reading, Store
from core.rules.deadlines import last_day
from core.rules.reports import classes_sheet, progress_sheet, ticks_sheet
from core.services.past import seen_on
from core.services.tasks import TaskService


class ReportService:
    """What is reported to leaders and to higher offices."""

    def __init__(self, store: Store, tasks: TaskService, clock: Clock) -> None:
        """Report what this store holds, as it stands today."""
        self._store = store
        self._tasks = tasks
        self._clock = clock

    def progress(self) -> OutSheet:
        """各单位任务进展: tasks, done, overdue, by unit."""
        today = self._clock().date()
        return progress_sheet(self._office(), today, self._tasks.progress_by_unit(today))

    def ticks(self) -> OutSheet:
        """任务落实情况: each task with its three ticks."""
        today = self._clock().date()
        return ticks_sheet(self._office(), today, self._tasks.matrix(today))

    def classifications(self) -> tuple[tuple[str, str], ...]:
        """The classifications that can be reported by, ids and titles, those in force first."""
        today = self._clock().date()
        with self._store.reading() as view:
            found = view.all(Classification)
        return tuple(
            (each.id, each.title + (f"（{each.until_on} 停用）" if each.until_on else ""))
            for each in sorted(
                found, key=lambda each: bool(each.until_on and last_day(each.until_on) < today)
            )
        )

    def classes(self, classification_id: str, day: date | None = None) -> OutSheet:
        """社会组织分类统计: organizations by community and class of a classification, as of a day or now.

        Raises:
            NotFound: there was no such classification.
        """
        with self._store.reading() as view:
            then = seen_on(view, day)
            office = _office_name(view)
            found = then.some(Classification, (classification_id,))
            mappings = then.all(ClassMapping, classification_id=classification_id)
            organizations, communities = then.all(Organization), then.all(Community)
        if not found:
            when = f"{day} 还没有" if day else "没有"
            raise NotFound("classification_missing", f"{when}这个分类标准。", "请在台账“分类标准”里核对。")
        return classes_sheet(
            office,
            day or self._clock().date(),
            found[0],
            {each.category_id: each.mapped_class for each in mappings},
            organizations,
            sorted(communities, key=lambda each: each.position),
        )

    def _office(self) -> str:
        with self._store.reading() as view:
            return _office_name(view)


def _office_name(view: Reading) -> str:
    return next((each.name for each in view.all(Office)), "")
