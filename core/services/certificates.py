"""The certificates desk: previewed, numbered, printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import RuleViolation
from core.model.certificate import Certificate
from core.model.cycle_view import ComputedYear
from core.model.document import MissingCharacter
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.written_document import IssuedPaper
from core.ports import Clock, Paper, Reading, Report, Store
from core.rules.award_certificate import award_certificates, next_sequence, winners
from core.rules.year_path import CERTIFICATE
from core.services.cycle_reading import computed_year
from core.services.office_reading import read_office


@dataclass(frozen=True, slots=True)
class PreparedCertificates:
    """Certificates ready to print; `booked` says that their numbers are in the register already."""

    certificates: tuple[Certificate, ...]
    booked: bool


class CertificateService:
    """Certificates of a computed year. A preview books no number; saving or printing books it once."""

    def __init__(self, store: Store, actor: str, clock: Clock, paper: Paper) -> None:
        """Work on this store in this person's name, printing with this paper."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._paper = paper

    def preview(self, year: int, dated_on: date | None = None, cycle: str = "") -> PreparedCertificates:
        """The winners' certificates with the numbers they have or would get.

        Raises:
            NotFound: the year was not opened.
            RuleViolation: it is not computed, results are stale, or there is no winner.
        """
        with self._store.reading() as view:
            computed = computed_year(view, year, cycle)
            papers, new = self._certificate_papers(view, computed, dated_on)
            return PreparedCertificates(self._certificates(view, computed, papers), not new)

    def issue(self, year: int, report: Report, dated_on: date | None = None, cycle: str = "") -> bytes:
        """All certificates in one PDF, their numbers booked; printed again they keep number and date.

        Raises:
            DocumentFailed: one cannot be printed; no number is booked.
            JobCancelled: the user asked to stop; no number is booked.
            NotFound, RuleViolation: as `preview`.
        """
        with self._store.writing(ActDraft("制作证书", self._actor, f"{year}年度")) as work:
            computed = computed_year(work, year, cycle)
            papers, new = self._certificate_papers(work, computed, dated_on)
            printed = self._paper.certificates(self._certificates(work, computed, papers), report)
            work.add(new)
        return printed

    def render(self, certificates: Sequence[Certificate], report: Report) -> bytes:
        """Certificates as PDF, for the preview.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        return self._paper.certificates(certificates, report)

    def missing(self, year: int, cycle: str = "") -> tuple[MissingCharacter, ...]:
        """Every character of the winners' certificates that no font shows, by organization and field.

        Raises:
            NotFound, RuleViolation: as `preview`, except that no winner means no such character.
        """
        with self._store.reading() as view:
            computed = computed_year(view, year, cycle)
        if not winners(computed):
            return ()
        return self._paper.missing_in_certificates(self.preview(year, cycle=cycle).certificates)

    def _certificates(
        self, view: Reading, computed: ComputedYear, papers: dict[str, IssuedPaper]
    ) -> tuple[Certificate, ...]:
        return award_certificates(read_office(view), computed, papers)

    def _certificate_papers(
        self, view: Reading, computed: ComputedYear, dated_on: date | None
    ) -> tuple[dict[str, IssuedPaper], list[IssuedPaper]]:
        """The winners' entries by subject id, and those among them that are not yet in the register."""
        chosen = winners(computed)
        if not chosen:
            raise RuleViolation(
                "no_winner", "本年度没有获奖对象，不需要证书。", "请查看考核结果里的奖项说明。"
            )
        cycle = computed.view.cycle
        taken = view.all(IssuedPaper, kind=CERTIFICATE)
        held = {(each.subject_id, each.title): each for each in taken if each.cycle_id == cycle.id}
        day = dated_on or self._clock().date()
        series = f"{read_office(view).document_code}证"
        sequence = next_sequence(taken, series, day.year)
        papers: dict[str, IssuedPaper] = {}
        new: list[IssuedPaper] = []
        for subject_id, award in chosen:
            paper = held.get((subject_id, award))
            if paper is None:
                paper = IssuedPaper(
                    new_id(),
                    CERTIFICATE,
                    cycle.id,
                    subject_id,
                    series,
                    day.year,
                    sequence + len(new),
                    award,
                    day.isoformat(),
                )
                new.append(paper)
            papers[subject_id] = paper
        return papers, new
