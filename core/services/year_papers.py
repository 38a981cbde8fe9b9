"""The whole set of a year's papers: what is not issued is issued, what is is printed again."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from core.errors import AppError, DocumentFailed, InvalidInput, Problem
from core.model.certificate import CertificateRequest, NamedFile
from core.model.certificate_form import Output
from core.model.document_check import DocumentCheck
from core.model.written_document import IssuedPaper
from core.model.year_papers import MadePaper, PaperMaking, PlannedPaper, SetPaper, YearPlan, YearSet
from core.ports import Report, unwatched
from core.resources import resource_path
from core.rules.file_names import file_name
from core.services.certificate_register import CertificateRegisterService
from core.services.certificates import CertificateService
from core.services.document_files import number_of
from core.services.document_issue import DocumentIssueService
from core.services.document_opening import Wanted
from core.services.document_templates import DocumentTemplateService
from core.services.documents import DocumentService
from core.services.exports import ExportService
from core.services.number_register import numbers_sheet, read_numbers
from core.services.results import ResultService
from core.services.year_report import YearReportService

_NOBODY = frozenset({"nobody_to_tell", "no_recipient", "no_winner"})
"""The refusals that say: this year has no such paper."""


class _Issued(NamedTuple):
    """The papers of one of the set in the register, the number of the first, and the file that goes out."""

    papers: tuple[IssuedPaper, ...]
    number: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PaperDesks:
    """The desks that make the papers of the set."""

    documents: DocumentService
    issue: DocumentIssueService
    templates: DocumentTemplateService
    certificates: CertificateService
    certificate_register: CertificateRegisterService
    exports: ExportService
    results: ResultService
    report: YearReportService


class YearPaperService:
    """Makes the set of a year from `resources/documents/sets/year.toml`."""

    def __init__(self, desks: PaperDesks) -> None:
        """Let these desks make the papers."""
        self._desks = desks

    def plan(self, wanted: YearSet) -> YearPlan:
        """The papers of the set as they stand; nothing is booked.

        Raises:
            NotFound: there is no such year or cycle.
            RuleViolation: the year is not computed, or the results are stale.
        """
        return YearPlan(wanted, tuple(self._planned(each, wanted) for each in year_set()))

    def make(self, plan: YearPlan, report: Report = unwatched, note: str = "") -> tuple[MadePaper, ...]:
        """Issue what is not issued yet and print everything.

        All documents are issued in one act, then the certificates in another; until the documents are
        issued it can be stopped. What changed since it was planned is seen: each is looked through again
        when it is issued.

        Raises:
            InvalidInput: something was found in a document and `note` is empty; nothing is booked.
            DocumentFailed: a character has no font, or something does not fit; nothing is booked.
            NotFound, RuleViolation: as `plan`.
            JobCancelled: the user asked to stop; nothing is booked.
        """
        wanted, planned = plan.wanted, plan.papers
        self._refuse_unprintable(planned, wanted)
        _refuse_unlooked(planned, note)
        papers = self._issued(planned, wanted, report, note)
        made = []
        for place, each in enumerate(planned, start=1):
            if each.nothing:
                made.append(MadePaper(each, None))
                continue
            done, content = self._made(each, wanted, papers)
            name = file_name(f"{place:02} {each.name}", each.suffix)
            made.append(MadePaper(done, NamedFile(name, content)))
        return tuple(made)

    def _planned(self, paper: SetPaper, wanted: YearSet) -> PlannedPaper:
        match paper.make:
            case PaperMaking.DOCUMENT:
                return self._planned_document(paper, wanted)
            case PaperMaking.CERTIFICATES | PaperMaking.OVERPRINT:
                return self._planned_certificates(paper, wanted)
            case PaperMaking.REPORT:
                return PlannedPaper(paper, paper.make.label, ".pdf")
        return PlannedPaper(paper, paper.make.label, ".xlsx")

    def _planned_document(self, paper: SetPaper, wanted: YearSet) -> PlannedPaper:
        plan = PlannedPaper(paper, self._desks.templates.template(paper.code).name, ".pdf")
        try:
            opened = self._desks.issue.prepared(_wanted(paper, wanted))
        except AppError as error:
            if error.code not in _NOBODY:
                raise
            return replace(plan, nothing=error.message_zh)
        count = len(opened.copies)
        if not count:
            return replace(plan, nothing="没有要发给的对象。")
        new = 0 if opened.papers else count
        findings = self._desks.documents.findings(opened) if new else ()
        number = "" if new else opened.number
        return replace(plan, number=number, count=count, new=new, findings=findings)

    def _planned_certificates(self, paper: SetPaper, wanted: YearSet) -> PlannedPaper:
        plan = PlannedPaper(paper, paper.make.label, ".pdf")
        try:
            prepared = self._desks.certificates.prepare(_request(paper, wanted))
        except AppError as error:
            if error.code not in _NOBODY:
                raise
            return replace(plan, nothing=error.message_zh)
        of_kind = prepared.template.name
        name = f"{of_kind}（套打文字）" if paper.make is PaperMaking.OVERPRINT else of_kind
        first = prepared.lines[0]
        return replace(
            plan,
            name=name,
            number="" if first.fresh else first.certificate.number,
            count=len(prepared.lines),
            new=sum(each.fresh for each in prepared.lines),
        )

    def _refuse_unprintable(self, planned: Sequence[PlannedPaper], wanted: YearSet) -> None:
        """Nothing, if every certificate can be printed; documents are printed before they are booked."""
        for each in planned:
            if each.paper.make is PaperMaking.CERTIFICATES and each.new:
                self._desks.certificates.render(
                    self._desks.certificates.prepare(_request(each.paper, wanted)), unwatched
                )

    def _issued(
        self, planned: Sequence[PlannedPaper], wanted: YearSet, report: Report, note: str
    ) -> dict[SetPaper, _Issued]:
        """Every document and the certificates, all of them issued now."""
        documents = [each for each in planned if each.paper.make is PaperMaking.DOCUMENT and not each.nothing]
        total = sum(each.new for each in documents)
        seen = iter(range(total + len(documents) + 1))

        def step(_done: int, _total: int) -> None:
            report(min(next(seen, total), total), total)

        asked = [_wanted(each.paper, wanted) for each in documents]
        made = self._desks.issue.all_at_once(asked, step, note)
        issued = {}
        for each in planned:
            if each.paper.make is PaperMaking.CERTIFICATES and not each.nothing:
                done = self._desks.certificates.issue(_request(each.paper, wanted))
                own, first = tuple(line.paper for line in done.prepared.lines), done.prepared.certificates[0]
                issued[each.paper] = _Issued(own, first.number, done.files[0].content)
        for each, papers in zip(documents, made, strict=True):
            content = self._desks.issue.printed([one.id for one in papers])
            issued[each.paper] = _Issued(papers, number_of(papers[0]), content)
        return issued

    def _made(
        self, plan: PlannedPaper, wanted: YearSet, issued: Mapping[SetPaper, _Issued]
    ) -> tuple[PlannedPaper, bytes]:
        """A paper as it stands when all are issued, and its file."""
        desks = self._desks
        match plan.paper.make:
            case PaperMaking.DOCUMENT | PaperMaking.CERTIFICATES:
                one = issued[plan.paper]
                return replace(plan, number=one.number), one.content
            case PaperMaking.OVERPRINT:
                prepared = desks.certificates.prepare(_request(plan.paper, wanted))
                content = desks.certificates.render(prepared, unwatched, Output.TEXT)
                return replace(plan, number=prepared.certificates[0].number), content
            case PaperMaking.DETAILS:
                return plan, desks.results.details_workbook(wanted.year, cycle=wanted.cycle)
            case PaperMaking.NUMBERS:
                years = {each.year for one in issued.values() for each in one.papers}
                rows = read_numbers(desks.issue.papers(), desks.templates.lines())
                return plan, desks.exports.sheet(numbers_sheet([each for each in rows if each.year in years]))
            case PaperMaking.CERTIFICATE_REGISTER:
                ids = {each.id for one in issued.values() for each in one.papers}
                lines = [each for each in desks.certificate_register.lines() if each.paper.id in ids]
                return plan, desks.certificate_register.workbook(lines)
            case PaperMaking.REPORT:
                return plan, desks.report.paper(wanted.year, wanted.cycle)


@lru_cache(maxsize=1)
def year_set() -> tuple[SetPaper, ...]:
    """The papers of a year, in the order of their files."""
    text = (resource_path("documents") / "sets" / "year.toml").read_text("utf-8")
    return tuple(
        SetPaper(PaperMaking(each["make"]), each.get("code", "")) for each in tomllib.loads(text)["paper"]
    )


def _wanted(paper: SetPaper, wanted: YearSet) -> Wanted:
    return Wanted(paper.code, wanted.year, wanted.cycle, dated_on=wanted.dated_on)


def _request(paper: SetPaper, wanted: YearSet) -> CertificateRequest:
    return CertificateRequest(paper.code, wanted.year, wanted.cycle, wanted.dated_on)


def _refuse_unlooked(planned: Sequence[PlannedPaper], note: str) -> None:
    """Nothing, unless a document cannot be printed, or has findings and nobody said why it goes out."""
    found = [(paper, each) for paper in planned for each in paper.findings]
    problems = [
        Problem(f"《{paper.name}》{each.place}", each.message, each.remedy)
        for paper, each in found
        if each.code is not DocumentCheck.CHARACTER
    ]
    unprinted = [(paper, each) for paper, each in found if each.code is DocumentCheck.CHARACTER]
    if unprinted:
        paper, first = unprinted[0]
        raise DocumentFailed(
            "missing_characters", f"《{paper.name}》{first.place}：{first.message}", first.remedy
        )
    if problems and not note.strip():
        raise InvalidInput(
            "document_findings",
            f"印发前有 {len(problems)} 处要核对。",
            "请改好再发；确实无误的，写明理由后可以照发。",
            problems,
        )
