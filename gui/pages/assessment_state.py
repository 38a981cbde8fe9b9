"""What the assessment page knows of its year, read in one job."""

from dataclasses import dataclass

from core.errors import NotFound
from core.model.assessment import CycleState
from core.model.cycle_view import ComputedYear, CycleView
from core.model.organization import Status
from core.services.cycle_reading import STILL_OPEN
from core.services.services import Services
from gui.widgets.badge import BadgeFace


@dataclass(frozen=True, slots=True)
class YearState:
    """One cycle: `view` is None before it is opened, `computed` unless its results are up to date."""

    year: int
    cycle: str
    organizations: int
    not_at_work: int
    view: CycleView | None = None
    computed: ComputedYear | None = None

    @property
    def has_sheets(self) -> bool:
        return self.view is not None and bool(self.view.sheets)

    @property
    def is_frozen(self) -> bool:
        """Whether sheets and entries may not change any more."""
        return self.view is not None and self.view.cycle.state not in STILL_OPEN

    @property
    def has_results(self) -> bool:
        """Whether it was ever computed; the results may be stale."""
        return self.view is not None and self.view.cycle.state is not CycleState.OPEN


def load_year(services: Services, year: int, cycle: str = "") -> YearState:
    """Read a cycle; on the worker."""
    figures = services.register.figures()
    resting = figures.total - figures.of_status.get(Status.ACTIVE, 0)
    try:
        view, computed = services.assessments.as_it_stands(year, cycle)
    except NotFound:
        return YearState(year, cycle, figures.total, resting)
    return YearState(year, cycle, figures.total, resting, view, computed)


def grade_face(view: CycleView, grade: str) -> BadgeFace:
    """The badge of a grade: its place in the scheme decides the colour."""
    grades = view.scheme.grades()
    if grade == grades[-1]:
        return BadgeFace(grade, "g5")
    return BadgeFace(grade, f"g{min(grades.index(grade) + 1, 4)}")
