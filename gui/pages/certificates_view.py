"""What the tab of certificates shows, read by one job: who gets one, where each is, how it is printed.

view = read_view(services, Asked("certificate", year=2025))
view.rows, view.prepared (None where nobody gets one, then `trouble` says why), view.specimen()
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from core.errors import AppError, NotFound, RuleViolation
from core.model.certificate import (
    Certificate,
    CertificateLine,
    CertificateRequest,
    CertificateState,
    CertificateTemplate,
    PreparedCertificates,
    RegisterLine,
)
from core.model.certificate_form import CertificateForm, PrintProfile
from core.model.written_document import IssuedPaper
from core.services.services import Services

Key = tuple[str, str]
SPECIMEN_NAME = "示例社区社会组织联合会"
SPECIMEN_TEXT = "在本年度社会组织工作中成绩突出，特发此证，以资鼓励。"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which certificates to show; a blank `form` is the kind's own."""

    kind: str
    year: int
    cycle: str = ""
    form: str = ""

    def request(self, only: tuple[Key, ...] = ()) -> CertificateRequest:
        """The same for the service."""
        return CertificateRequest(kind=self.kind, year=self.year, cycle=self.cycle, form=self.form, only=only)


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate of the list.

    `place` is where it stands in `prepared`, -1 for one of the register alone; `missing` is how many of its
    characters no font shows.
    """

    key: Key
    place: int
    name: str
    result: str
    number: str
    state: CertificateState
    missing: int = 0
    paper: IssuedPaper | None = None

    @property
    def booked(self) -> bool:
        """Whether its number stands in the register."""
        return self.paper is not None

    @property
    def words(self) -> str:
        """Its number, if it has one, and whose it is."""
        return f"{self.number}　{self.name}" if self.number else self.name


@dataclass(frozen=True, slots=True)
class CertificatesView:
    """See the module."""

    kinds: tuple[CertificateTemplate, ...]
    forms: tuple[CertificateForm, ...]
    profiles: tuple[PrintProfile, ...]
    kind: CertificateTemplate
    form: CertificateForm
    office: str
    today: date
    rows: tuple[CertificateRow, ...] = ()
    prepared: PreparedCertificates | None = None
    trouble: AppError | None = None

    def shown(self, place: int, form: CertificateForm) -> PreparedCertificates:
        """The certificate at a place on a form, a specimen where there is none."""
        if self.prepared is None or place < 0:
            return self.specimen(form)
        return replace(self.prepared, form=form, lines=(self.prepared.lines[place],))

    def specimen(self, form: CertificateForm) -> PreparedCertificates:
        """A certificate of nobody, to see the form."""
        kind = self.kind
        number = f"样字〔{self.today.year}〕第001号" if kind.series else ""
        certificate = Certificate(
            heading=kind.heading if "{" not in kind.heading else kind.name,
            recipient=SPECIMEN_NAME,
            text=SPECIMEN_TEXT,
            closing=kind.closing if "{" not in kind.closing else "",
            issuer=self.office,
            dated_on=self.today,
            number=number,
            ceremonial=kind.ceremonial,
            qr="样张" if number else "",
        )
        paper = IssuedPaper("", kind.code, "", "", "", 0, 0, "", self.today.isoformat())
        return PreparedCertificates(kind, form, (CertificateLine(certificate, paper, "", True),))


def read_view(services: Services, asked: Asked) -> CertificatesView:
    """The certificates as they would be printed now; what keeps them from it is told, not raised.

    Raises:
        NotFound: there is no such kind or form.
    """
    designs = services.certificate_designs
    kinds = designs.kinds()
    kind = next((each for each in kinds if each.code == asked.kind), kinds[0])
    office = services.setup.office()
    view = CertificatesView(
        kinds=kinds,
        forms=designs.forms(),
        profiles=designs.profiles(),
        kind=kind,
        form=designs.form(asked.form or kind.form),
        office=office.name if office else "",
        today=services.clock().date(),
    )
    try:
        prepared = services.certificates.prepare(replace(asked, kind=kind.code).request())
    except (NotFound, RuleViolation) as trouble:
        return replace(view, trouble=trouble)
    register = services.certificate_register.lines(kind=kind.code)
    missing = Counter(each.owner for each in services.certificates.missing(prepared))
    rows = _rows(prepared, register, missing)
    return replace(view, prepared=prepared, rows=rows)


def _rows(
    prepared: PreparedCertificates, register: tuple[RegisterLine, ...], missing: Counter[str]
) -> tuple[CertificateRow, ...]:
    known = {each.paper.id: each for each in register}
    rows = []
    for place, line in enumerate(prepared.lines):
        certificate, paper = line.certificate, line.paper
        kept = known.pop(paper.id, None)
        rows.append(
            CertificateRow(
                key=(line.ref_id, paper.title),
                place=place,
                name=certificate.recipient,
                result=paper.title or certificate.result,
                number=certificate.number,
                state=kept.state if kept else CertificateState.NUMBERED,
                missing=missing[certificate.recipient],
                paper=None if line.fresh else paper,
            )
        )
    cycles = {each.paper.cycle_id for each in prepared.lines}
    gone = (each for each in known.values() if each.recipient and each.paper.cycle_id in cycles)
    return (*rows, *map(_gone, gone))


def _gone(line: RegisterLine) -> CertificateRow:
    """One of the register that is not given any more."""
    return CertificateRow(
        key=("", line.paper.id),
        place=-1,
        name=line.recipient,
        result=line.result,
        number=line.number,
        state=line.state,
        paper=line.paper,
    )
