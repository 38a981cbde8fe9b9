"""What the tab of certificates shows, read and rendered by one job; and how they go out.

read_certificates(services, year, cycle, report) -> CertificatesView
certificates_paper(...) -> OutPaper        its numbers, its name as a file, how it is issued
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import AppError, DocumentFailed
from core.model.certificate import CertificateRequest, PreparedCertificates
from core.services.services import Services
from gui.jobs import Report


@dataclass(frozen=True, slots=True)
class CertificatesView:
    """The winners' certificates, a page each, with the award of each; `trouble` where they cannot be set."""

    prepared: PreparedCertificates
    awards: tuple[str, ...]
    pdf: bytes
    trouble: AppError | None


@dataclass(frozen=True, slots=True)
class OutPaper:
    """A paper on its way out: `numbers` are the facts to agree to before they are booked."""

    title: str
    file_name: str
    booked: bool
    numbers: tuple[tuple[str, str], ...]
    issue: Callable[[Report], bytes]


def read_certificates(services: Services, year: int, cycle: str, report: Report) -> CertificatesView:
    """The certificates as they would be printed now.

    Raises:
        NotFound: the year is not open.
        RuleViolation: it is not computed, the results are stale, or nobody has won.
    """
    prepared = services.certificates.prepare(CertificateRequest(year=year, cycle=cycle))
    awards = tuple(each.paper.title for each in prepared.lines)
    try:
        pdf, trouble = services.certificates.render(prepared, report), None
    except DocumentFailed as failed:
        return CertificatesView(prepared, awards, b"", failed)
    return CertificatesView(prepared, awards, pdf, trouble)


def certificates_paper(services: Services, year: int, cycle: str, view: CertificatesView) -> OutPaper:
    """All certificates, ready to be issued."""
    certificates = view.prepared.certificates
    request = CertificateRequest(year=year, cycle=cycle)
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
