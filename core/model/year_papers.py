"""The set of papers that a year needs, and what became of each."""

from dataclasses import dataclass
from datetime import date

from core.model.certificate import NamedFile
from core.model.document_check import DocumentFinding
from core.model.labelled import Labelled


class PaperMaking(Labelled):
    """How a paper of the set is made."""

    DOCUMENT = "document", "文书"
    CERTIFICATES = "certificates", "证书"
    OVERPRINT = "overprint", "证书套打"
    DETAILS = "details", "评分明细"
    NUMBERS = "numbers", "发文字号登记簿"
    CERTIFICATE_REGISTER = "certificate-register", "证书登记簿"
    REPORT = "report", "年度统计报告"

    @property
    def books(self) -> bool:
        """Whether making it books numbers."""
        return self in (PaperMaking.DOCUMENT, PaperMaking.CERTIFICATES)


@dataclass(frozen=True, slots=True)
class SetPaper:
    """A paper of the set; `code` is that of the template or kind, empty for what has neither."""

    make: PaperMaking
    code: str = ""


@dataclass(frozen=True, slots=True)
class YearSet:
    """The set that somebody wants: of which year and cycle (its code, empty for the first).

    New papers bear the day, or today's.
    """

    year: int
    cycle: str = ""
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedPaper:
    """A paper of the set as it stands: `number` is the first it was given, `count` how many pieces it has.

    `new` are the pieces that have no number yet, or were not issued. `nothing` says why there is no such
    paper this year, empty where there is one. `findings` are those of a document that is not issued.
    """

    paper: SetPaper
    name: str
    suffix: str
    number: str = ""
    count: int = 1
    new: int = 0
    nothing: str = ""
    findings: tuple[DocumentFinding, ...] = ()

    @property
    def state(self) -> str:
        """What became of it, or will."""
        if self.nothing:
            return "不用"
        if not self.new:
            return "已发" if self.paper.code else "现有"
        return "待发" if self.new == self.count else f"待发 {self.new}"


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The set that somebody wants, each of its papers as it stood when it was looked at."""

    wanted: YearSet
    papers: tuple[PlannedPaper, ...]


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper of the set with its file; there is none where there is nothing to say."""

    planned: PlannedPaper
    file: NamedFile | None
