"""What the documents page shows, read and rendered by one job; and what can be done with a paper.

read_documents(services, year, dated_on, report) -> DocumentsView
notice_paper(...), certificates_paper(...) -> OutPaper        its number, its name as a file, how it is issued
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.errors import AppError, DocumentFailed, RuleViolation
from core.model.certificate import CertificateRequest, PreparedCertificates
from core.model.document import MissingCharacter, OfficialDocument
from core.rules.year_path import NOTICE
from core.services.document_opening import OpenDocument, Wanted
from core.services.services import Services
from gui.jobs import Report


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The notice and its pages; `trouble` where they could not be set."""

    prepared: OpenDocument
    document: OfficialDocument
    pdf: bytes
    trouble: AppError | None

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.document.title)


@dataclass(frozen=True, slots=True)
class CertificatesView:
    """The winners' certificates, a page each, with the award of each."""

    prepared: PreparedCertificates
    awards: tuple[str, ...]
    pdf: bytes
    trouble: AppError | None


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """All papers of a year; without a winner `no_certificates` says why there are none."""

    notice: NoticeView
    certificates: CertificatesView | None
    no_certificates: str
    missing: tuple[MissingCharacter, ...]


@dataclass(frozen=True, slots=True)
class OutPaper:
    """A paper on its way out: `numbers` are the facts to agree to before they are booked."""

    title: str
    file_name: str
    booked: bool
    numbers: tuple[tuple[str, str], ...]
    issue: Callable[[Report], bytes]


def read_documents(
    services: Services, year: int, cycle: str, dated_on: date | None, report: Report
) -> DocumentsView:
    """The papers as they would be printed now.

    Raises:
        NotFound: the year is not open.
        RuleViolation: it is not computed, or the results are stale.
    """
    notice = services.document_issue.prepared(Wanted(NOTICE, year, cycle, dated_on=dated_on))
    document = notice.filled()
    pdf, trouble = _rendered(lambda: services.documents.render(document))
    certificates, why_not = None, ""
    try:
        certificates = _read_certificates(services, year, cycle, dated_on, report)
    except RuleViolation as none:
        if none.code != "no_winner":
            raise
        why_not = f"{none.message_zh}{none.remedy_zh}"
    missing = services.documents.missing(document)
    if certificates:
        missing += services.certificates.missing(certificates.prepared)
    return DocumentsView(
        NoticeView(notice, document, pdf, trouble), certificates, why_not, tuple(dict.fromkeys(missing))
    )


def _read_certificates(
    services: Services, year: int, cycle: str, dated_on: date | None, report: Report
) -> CertificatesView:
    prepared = services.certificates.prepare(CertificateRequest(year=year, cycle=cycle, dated_on=dated_on))
    awards = tuple(each.paper.title for each in prepared.lines)
    pdf, trouble = _rendered(lambda: services.certificates.render(prepared, report))
    return CertificatesView(prepared, awards, pdf, trouble)


def _rendered(render: Callable[[], bytes]) -> tuple[bytes, AppError | None]:
    """The pages, or what keeps them from being set: the page shows either."""
    try:
        return render(), None
    except DocumentFailed as trouble:
        return b"", trouble


def notice_paper(
    services: Services, year: int, cycle: str, view: NoticeView, dated_on: date | None
) -> OutPaper:
    """The notice, ready to be issued."""
    document = view.document
    return OutPaper(
        title=view.title,
        file_name=f"{view.title}.pdf",
        booked=bool(view.prepared.papers),
        numbers=(
            ("发文字号", f"{document.number} 将被占用，不能再给别的公文"),
            ("成文日期", f"{document.dated_on} 随之定下"),
        ),
        issue=lambda report: services.document_issue.paper(
            Wanted(NOTICE, year, cycle, dated_on=dated_on), report
        ),
    )


def certificates_paper(
    services: Services, year: int, cycle: str, view: CertificatesView, dated_on: date | None
) -> OutPaper:
    """All certificates, ready to be issued."""
    certificates = view.prepared.certificates
    request = CertificateRequest(year=year, cycle=cycle, dated_on=dated_on)
    first, last = certificates[0].number, certificates[-1].number
    span = first if first == last else f"{first} 至 {last}"
    return OutPaper(
        title=f"{year}年度获奖证书",
        file_name=f"{year}年度获奖证书（{len(certificates)}张）.pdf",
        booked=view.prepared.booked,
        numbers=(
            (f"{len(certificates)} 个", f"证书编号 {span} 将被占用"),
            ("日期", f"{certificates[0].dated_on} 随之定下"),
        ),
        issue=lambda report: services.certificates.issue(request, report).files[0].content,
    )
