"""The documents desk: the results notice, previewed, numbered, printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.model.cycle_view import ComputedYear
from core.model.document import MissingCharacter, OfficialDocument
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.written_document import IssuedPaper
from core.ports import Clock, OwnFonts, Paper, Reading, Store
from core.rules.award_certificate import next_sequence
from core.rules.results_notice import NoticeFrame, results_notice, title_of
from core.rules.year_path import NOTICE
from core.services.cycle_reading import computed_year
from core.services.office_reading import read_office


@dataclass(frozen=True, slots=True)
class PreparedNotice:
    """A notice ready to print; `booked` says that its number is in the register already."""

    document: OfficialDocument
    booked: bool


class DocumentService:
    """Papers of a computed year. A preview books no number; saving or printing books it once."""

    def __init__(self, store: Store, actor: str, clock: Clock, paper: Paper, own_fonts: OwnFonts) -> None:
        """Work on this store in this person's name, printing with this paper."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._paper = paper
        self._own_fonts = own_fonts

    def preview_notice(self, year: int, dated_on: date | None = None, cycle: str = "") -> PreparedNotice:
        """The results notice with the number it has or would get.

        Raises:
            NotFound: the year was not opened.
            RuleViolation: it is not computed, or the results are stale.
        """
        with self._store.reading() as view:
            computed = computed_year(view, year, cycle)
            paper, booked = self._notice_paper(view, computed, dated_on)
            return PreparedNotice(self._notice(view, computed, paper), booked)

    def issue_notice(self, year: int, dated_on: date | None = None, cycle: str = "") -> bytes:
        """The notice as PDF, its number booked; a second time it keeps number and date.

        Raises:
            DocumentFailed: it cannot be printed; no number is booked.
            NotFound, RuleViolation: as `preview_notice`.
        """
        with self._store.writing(ActDraft("印发通报", self._actor, f"{year}年度")) as work:
            computed = computed_year(work, year, cycle)
            paper, booked = self._notice_paper(work, computed, dated_on)
            printed = self._paper.document(self._notice(work, computed, paper))
            if not booked:
                work.add([paper])
        return printed

    def own_fonts(self) -> Sequence[tuple[str, str]]:
        """The official faces that this PC has: (仿宋, simfang.ttf) …; they are used if the office says so."""
        return self._own_fonts()

    def render_notice(self, document: OfficialDocument) -> bytes:
        """A notice as PDF, for the preview.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        return self._paper.document(document)

    def preflight(self, year: int, cycle: str = "") -> tuple[MissingCharacter, ...]:
        """Every character of the notice that no font shows, in order of appearance.

        Raises:
            NotFound, RuleViolation: as `preview_notice`.
        """
        notice = self.preview_notice(year, cycle=cycle).document
        return self._paper.missing_in_document(notice)

    def _notice(self, view: Reading, computed: ComputedYear, paper: IssuedPaper) -> OfficialDocument:
        number = f"{paper.series}〔{paper.year}〕{paper.sequence}号"
        dated_on = date.fromisoformat(paper.dated_on)
        frame = NoticeFrame(number, dated_on, max(dated_on, self._clock().date()))
        return results_notice(read_office(view), computed, frame)

    def _notice_paper(
        self, view: Reading, computed: ComputedYear, dated_on: date | None
    ) -> tuple[IssuedPaper, bool]:
        """The notice's entry in the number register, and whether it stands there."""
        cycle = computed.view.cycle
        kept = next(iter(view.all(IssuedPaper, kind=NOTICE, cycle_id=cycle.id)), None)
        if kept:
            return kept, True
        day = dated_on or self._clock().date()
        series = read_office(view).document_code
        sequence = next_sequence(view.all(IssuedPaper, kind=NOTICE), series, day.year)
        title = "".join(title_of(cycle.year))
        return IssuedPaper(
            new_id(), NOTICE, cycle.id, "", series, day.year, sequence, title, day.isoformat()
        ), False
