"""The lens desk: how the raters of a computed cycle marked, and on what its results hang."""

from collections.abc import Sequence

from core.model.assessment import ScoreSheet
from core.model.lens import Lens
from core.model.outcome import Outcome
from core.model.scheme import Scheme
from core.ports import Store, WriteWorkbook
from core.rules.assessing import compute
from core.rules.lens import look
from core.rules.lens_sheets import lens_sheets
from core.services.cycle_reading import computed_year


class LensService:
    """Looks at what is stored and keeps nothing; for the office's eyes only."""

    def __init__(self, store: Store, write_workbook: WriteWorkbook) -> None:
        """Look at this store, write with this writer."""
        self._store = store
        self._write = write_workbook

    def look(self, year: int, cycle: str = "") -> Lens:
        """The lens over a cycle as it was computed.

        Raises:
            NotFound: there is no such cycle.
            RuleViolation: it was not computed, or data changed since.
        """
        with self._store.reading() as reading:
            view = computed_year(reading, year, cycle).view

        def again(scheme: Scheme, sheets: Sequence[ScoreSheet]) -> Outcome:
            return compute(scheme, view.subjects, sheets, view.entries, view.settled, digest="", trace=False)

        title = view.cycle.title or view.scheme.name
        return look(year, title, view.scheme, view.subjects, view.sheets, again)

    def workbook(self, lens: Lens) -> bytes:
        """The lens as an Excel file, marked 内部资料."""
        return self._write(lens_sheets(lens))
