"""Certificates: what one says, how it is worded, what became of it, and the sheets that it is printed on."""

from dataclasses import dataclass, field, replace
from datetime import date

from core.model.certificate_form import CertificateForm
from core.model.dates import PartialDate
from core.model.facts import Row
from core.model.labelled import Labelled
from core.model.ledger import Field, Ledger
from core.model.shared_fields import REMARKS, K
from core.model.written_document import IssuedPaper


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one certificate says: `text` is one paragraph, `closing` its own line.

    `ceremonial` writes the date as 二〇二六年十一月. `qr` is what its QR code says, empty for none;
    `result` is what it was given for, in short; `log_head` the head of the log as it was issued, empty before
    that and where the office does not print it.
    """

    heading: str
    recipient: str
    text: str
    closing: str
    issuer: str
    dated_on: date
    number: str
    result: str = ""
    ceremonial: bool = False
    qr: str = ""
    log_head: str = ""


class CertificateSource(Labelled):
    """Whom certificates are made for."""

    WINNERS = "winners", "获奖对象"
    FILINGS = "filings", "备案组织"
    PEOPLE = "people", "受聘人员"


@dataclass(frozen=True, slots=True)
class CertificateTemplate:
    """The wording of a kind of certificates.

    Texts hold `{fields}`; what stands in square brackets is left out where one of its fields says nothing.
    `settings` are words that the office chooses (授奖用语, 称呼), fields like the others. `series` and
    `number` make the number; `digits` is how many its sequence has at least. `form` is the code of the form
    that it is printed on by default.
    """

    code: str
    name: str
    source: CertificateSource
    form: str
    heading: str
    recipient: str
    text: str
    closing: str = ""
    result: str = ""
    series: str = ""
    number: str = "{字头}〔{年份}〕第{序号}号"
    digits: int = 3
    ceremonial: bool = False
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnCertificateTemplate:
    """The office's own version of a kind, or a kind of its own, as TOML."""

    id: str
    code: str
    text: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register says of one that gets a certificate; `ref_id` is the subject, organization or post.

    `row` are the facts of `core.rules.certificate_kinds.FIELDS`. `subject_id` is set for winners alone,
    `cycle_id` with it.
    """

    ref_id: str
    name: str
    row: Row
    subject_id: str = ""
    cycle_id: str = ""
    award: str = ""


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate with its place in the register; `fresh`: its number is proposed, not booked yet."""

    certificate: Certificate
    paper: IssuedPaper
    ref_id: str
    fresh: bool


MOST_COPIES = 999
"""How often one certificate can be printed or spoiled at once: more is a slip of the finger."""


class CertificateEventKind(Labelled):
    """What happens to a certificate after it got its number."""

    PRINTED = "printed", "打印"
    REPRINTED = "reprinted", "补打"
    SPOILED = "spoiled", "印坏"
    HANDED_OVER = "handed_over", "发出"
    COLLECTED = "collected", "收回"
    REVOKED = "revoked", "撤销"


@dataclass(frozen=True, slots=True)
class CertificateEvent:
    """Something that happened to a certificate (`paper_id`) on a day (ISO).

    `person` took it over or brought it back; `printer` and `copies` belong to prints, `reason` to spoiled,
    collected and revoked ones. `recorded_at` is the moment of writing.
    """

    id: str
    paper_id: str
    kind: CertificateEventKind
    happened_on: str
    person: str = ""
    printer: str = ""
    copies: int = 0
    reason: str = ""
    recorded_at: str = ""
    version: int = 1


class CertificateState(Labelled):
    """Where a certificate is, from its events: the last that says so."""

    NUMBERED = "numbered", "未印"
    PRINTED = "printed", "已印"
    HANDED_OVER = "handed_over", "已发出"
    COLLECTED = "collected", "已收回"
    REVOKED = "revoked", "已撤销"
    VOID = "void", "作废"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of the register of certificates; `holder` is who took it over."""

    paper: IssuedPaper
    number: str
    template: str
    recipient: str
    result: str
    state: CertificateState
    copies: int = 0
    spoiled: int = 0
    holder: str = ""
    handed_on: str = ""
    events: tuple[CertificateEvent, ...] = ()


class StockKind(Labelled):
    """What changes the number of blank sheets."""

    RECEIVED = "received", "领入"
    USED = "used", "用去"
    SPOILED = "spoiled", "报废"
    FOUND = "found", "盘盈"
    LOST = "lost", "盘亏"

    @property
    def sign(self) -> int:
        """1 where sheets come, -1 where they go."""
        return 1 if self in (StockKind.RECEIVED, StockKind.FOUND) else -1


@dataclass(frozen=True, slots=True)
class StockMovement:
    """Blank sheets of a form that came or went; `form` is its name as the office calls it."""

    id: str
    form: str
    kind: StockKind | None = None
    count: int | None = None
    moved_on: PartialDate | None = None
    person: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


STOCK_MOVEMENTS = Ledger(
    "stock_movements",
    StockMovement,
    "空白证书",
    "stack-line",
    (
        Field("form", "证书纸", K.NAME, required=True, synonyms=("版式", "证书种类", "名称"), width=24),
        Field("kind", "事项", K.CHOICE, required=True, choices=StockKind, synonyms=("收发",), width=8),
        Field("count", "张数", K.WHOLE, required=True, synonyms=("数量",), width=8),
        Field("moved_on", "日期", K.DATE, required=True, width=12),
        Field("person", "经手人", width=12),
        REMARKS,
    ),
    "form",
    ("form", "kind", "moved_on", "count", "remarks"),
    "moved_on",
    newest_first=True,
    purpose="空白证书纸的领入、用去、报废和盘点；打印证书时用去的自动记上。",
)


@dataclass(frozen=True, slots=True)
class StockBalance:
    """Blank sheets of one form: how many came and went, and how many there must be."""

    form: str
    received: int
    used: int
    spoiled: int
    balance: int


@dataclass(frozen=True, slots=True)
class StoreKey:
    """A secret that the store made for itself, as hexadecimal; `purpose` says what for."""

    id: str
    purpose: str
    secret: str = field(repr=False)
    made_at: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """What became of checking a certificate offline.

    `genuine`: the check value fits number, name and result. `line` is its place in the register, None if it
    is not there; `differences` say where register and certificate disagree.
    """

    number: str
    recipient: str
    result: str
    genuine: bool
    line: RegisterLine | None = None
    differences: tuple[str, ...] = ()
    revoked_on: str = ""
    revoked_why: str = ""

    @property
    def good(self) -> bool:
        """Genuine, in the register as it says, and not revoked."""
        return self.genuine and self.line is not None and not self.differences and not self.revoked_on


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A finished file with the name that any file system takes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CertificateRequest:
    """Which certificates are wanted; a blank `form` is the kind's own.

    `year` and `cycle` choose the results of winners. `names` keeps those whose names are or hold one of
    these, `only` those of these (`ref_id`, award) as `Facts` have them, both empty for all. `first_number` is
    one typed by hand, 0 for the next; numbers that it skips are kept as such with `skip_reason`.
    """

    kind: str = "certificate"
    year: int = 0
    cycle: str = ""
    dated_on: date | None = None
    names: tuple[str, ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    form: str = ""
    first_number: int = 0
    skip_reason: str = ""


@dataclass(frozen=True, slots=True)
class PreparedCertificates:
    """Certificates ready to print on a form, in the order of their numbers."""

    template: CertificateTemplate
    form: CertificateForm
    lines: tuple[CertificateLine, ...]

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """What they say."""
        return tuple(each.certificate for each in self.lines)

    def singly(self) -> tuple["PreparedCertificates", ...]:
        """The same, each on its own."""
        return tuple(replace(self, lines=(each,)) for each in self.lines)

    @property
    def booked(self) -> bool:
        """Whether all their numbers stand in the register already."""
        return not any(each.fresh for each in self.lines)


@dataclass(frozen=True, slots=True)
class IssuedCertificates:
    """Certificates that have their numbers, and the files to hand out."""

    prepared: PreparedCertificates
    files: tuple[NamedFile, ...]
