"""A document on its way: written, checked, signed, issued; and the numbers of the registers."""

from dataclasses import dataclass
from typing import NamedTuple

from core.model.labelled import Labelled


class DocumentState(Labelled):
    """How far a document has come; the order of the members is the order of the path."""

    DRAFT = "draft", "草稿"
    REVIEW = "review", "审核"
    SIGNED = "signed", "已签发"
    ISSUED = "issued", "已发"
    VOID = "void", "作废"


class DocumentStep(NamedTuple):
    """A step of a document: the state it came into, when (ISO), by whom, and what was said to it."""

    state: str
    at: str
    person: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document that the office writes (文书); until it is issued it is filled anew from the data.

    `template` is the code of the template it began as, `text` its own text in the form of a template
    (`core.rules.document_text`). `cycle_id` and `ref_id` say what it speaks of, empty for nothing;
    a document for each of many (告知书) has no `ref_id`. `year` is the year in whose list it stands,
    `dated_on` its 成文日期 (ISO), empty while that is the day of issue.
    """

    id: str
    template: str
    year: int
    title: str
    text: str
    cycle_id: str = ""
    ref_id: str = ""
    state: DocumentState = DocumentState.DRAFT
    dated_on: str = ""
    steps: tuple[DocumentStep, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """The office's own version of a template, or one of its own; without it the shipped one is used."""

    id: str
    code: str
    text: str
    version: int = 1


class PaperState(Labelled):
    """What became of a number that was given."""

    ISSUED = "issued", "已发"
    VOID = "void", "作废"
    REVOKED = "revoked", "已撤销"
    SKIPPED = "skipped", "空号"


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A number of the registers and what it stands for; a number is never given twice.

    `kind` is the code of the template, `results-notice` or `certificate` …; `series` the 机关代字 or the
    series of certificates, so that (series, year, sequence) is unique; papers without a number have neither
    series nor sequence. What it speaks of (`cycle_id`, `subject_id`, `document_id`) is empty where there is
    none. `recipient` is who got it, `content` what was printed as JSON, `digest` the SHA-256 of the PDF in
    the vault, both empty for a number that stands for no paper; `reason` says why it is void or empty.
    `received_on` is the day (ISO) on which its receipt (送达回执) came back, None as long as it has not.
    """

    id: str
    kind: str
    cycle_id: str
    subject_id: str
    series: str
    year: int
    sequence: int
    title: str
    dated_on: str
    document_id: str = ""
    recipient: str = ""
    state: PaperState = PaperState.ISSUED
    reason: str = ""
    content: str = ""
    digest: str = ""
    issued_at: str = ""
    received_on: str | None = None
    version: int = 1
