"""The documents desk: results notice and certificates, previewed, numbered, printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import NotFound, RuleViolation
from core.model.cycle_view import ComputedYear
from core.model.document import Certificate, IssuedPaper, MissingCharacter, OfficialDocument
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.ports import Clock, OwnFonts, Paper, Reading, Report, Store
from core.rules.award_certificate import award_certificates, next_sequence, winners
from core.rules.results_notice import NoticeFrame, results_notice, title_of
from core.rules.year_path import CERTIFICATE, NOTICE
from core.services.cycle_reading import computed_year


@dataclass(frozen=True, slots=True)
class PreparedNotice:
    """A notice ready to print; `booked` says that its number is in the register already."""

    document: OfficialDocument
    booked: bool


@dataclass(frozen=True, slots=True)
class PreparedCertificates:
    """Certificates ready to print; `booked` says that their numbers are in the register already."""

    certificates: tuple[Certificate, ...]
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

    def preview_certificates(
        self, year: int, dated_on: date | None = None, cycle: str = ""
    ) -> PreparedCertificates:
        """The winners' certificates with the numbers they have or would get.

        Raises:
            NotFound: the year was not opened.
            RuleViolation: it is not computed, results are stale, or there is no winner.
        """
        with self._store.reading() as view:
            computed = computed_year(view, year, cycle)
            papers, new = self._certificate_papers(view, computed, dated_on)
            return PreparedCertificates(self._certificates(view, computed, papers), not new)

    def issue_certificates(
        self, year: int, report: Report, dated_on: date | None = None, cycle: str = ""
    ) -> bytes:
        """All certificates in one PDF, their numbers booked; printed again they keep number and date.

        Raises:
            DocumentFailed: one cannot be printed; no number is booked.
            JobCancelled: the user asked to stop; no number is booked.
            NotFound, RuleViolation: as `preview_certificates`.
        """
        with self._store.writing(ActDraft("制作证书", self._actor, f"{year}年度")) as work:
            computed = computed_year(work, year, cycle)
            papers, new = self._certificate_papers(work, computed, dated_on)
            printed = self._paper.certificates(self._certificates(work, computed, papers), report)
            work.add(new)
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

    def render_certificates(self, certificates: Sequence[Certificate], report: Report) -> bytes:
        """Certificates as PDF, for the preview.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        return self._paper.certificates(certificates, report)

    def preflight(self, year: int, cycle: str = "") -> tuple[MissingCharacter, ...]:
        """Every character of the year's papers that no font shows, by organization and field.

        Raises:
            NotFound, RuleViolation: as `preview_notice`.
        """
        notice = self.preview_notice(year, cycle=cycle).document
        found = [*self._paper.missing_in_document(notice)]
        with self._store.reading() as view:
            computed = computed_year(view, year, cycle)
        if winners(computed):
            found += self._paper.missing_in_certificates(
                self.preview_certificates(year, cycle=cycle).certificates
            )
        return tuple(dict.fromkeys(found))

    def _notice(self, view: Reading, computed: ComputedYear, paper: IssuedPaper) -> OfficialDocument:
        number = f"{paper.series}〔{paper.year}〕{paper.sequence}号"
        dated_on = date.fromisoformat(paper.dated_on)
        frame = NoticeFrame(number, dated_on, max(dated_on, self._clock().date()))
        return results_notice(_office(view), computed, frame)

    def _notice_paper(
        self, view: Reading, computed: ComputedYear, dated_on: date | None
    ) -> tuple[IssuedPaper, bool]:
        """The notice's entry in the number register, and whether it stands there."""
        cycle = computed.view.cycle
        kept = next(iter(view.all(IssuedPaper, kind=NOTICE, cycle_id=cycle.id)), None)
        if kept:
            return kept, True
        day = dated_on or self._clock().date()
        series = _office(view).document_code
        sequence = next_sequence(view.all(IssuedPaper, kind=NOTICE), series, day.year)
        title = "".join(title_of(cycle.year))
        return IssuedPaper(
            new_id(), NOTICE, cycle.id, "", series, day.year, sequence, title, day.isoformat()
        ), False

    def _certificates(
        self, view: Reading, computed: ComputedYear, papers: dict[str, IssuedPaper]
    ) -> tuple[Certificate, ...]:
        return award_certificates(_office(view), computed, papers)

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
        series = f"{_office(view).document_code}证"
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


def _office(view: Reading) -> Office:
    office = next(iter(view.all(Office)), None)
    if office is None:
        raise NotFound("office_missing", "还没有新建单位。", "请先新建单位。")
    return office
