"""Documents as a list shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import InvalidInput
from core.model.finding import Find
from core.model.written_document import DocumentState, IssuedPaper, WrittenDocument
from core.ports import Reading
from core.rules.document_path import NEXT, VERBS, WRITABLE
from core.rules.document_text import read_document
from core.rules.file_names import distinct_names, file_name
from core.rules.paper_numbers import number_words


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list: its 文种, the number of its first paper, how many papers went out."""

    document: WrittenDocument
    genre: str
    number: str
    papers: int

    @property
    def last_step(self) -> str:
        """Day and person of what was done last: 12-28 张三."""
        if not self.document.steps:
            return ""
        step = self.document.steps[-1]
        return f"{step.at[5:10]} {step.person}".strip()


def document_lines(view: Reading, year: int) -> tuple[DocumentLine, ...]:
    """The documents of a year, the newest first."""
    names = ("document_id", "series", "year", "sequence")
    numbers: dict[str, list[str]] = {}
    for owner, series, of_year, sequence in view.values(IssuedPaper, names, Find(order="sequence")):
        numbers.setdefault(owner, []).append(number_words(series, of_year, sequence))
    found = view.all(WrittenDocument, year=year)
    return tuple(
        DocumentLine(each, _genre(each), given[0] if given else "", len(given))
        for each in reversed(found)
        for given in (numbers.get(each.id, []),)
    )


def steps_from(state: DocumentState) -> tuple[DocumentState, ...]:
    """The states that a document may come into next; the first is the way on."""
    return NEXT[state]


def verb_of(state: DocumentState) -> str:
    """What going into a state is called."""
    return VERBS[state]


def is_writable(document: WrittenDocument) -> bool:
    """Whether its text may change."""
    return document.state in WRITABLE


def _genre(document: WrittenDocument) -> str:
    try:
        return read_document(document.text).genre
    except InvalidInput:
        return ""


def file_of(document: WrittenDocument, suffix: str) -> str:
    """The name of its file; one that is not issued says so."""
    issued = document.state in (DocumentState.ISSUED, DocumentState.VOID)
    return file_name(document.title if issued else f"{document.title}（草稿）", suffix)


def files_of(papers: Sequence[IssuedPaper], suffix: str) -> tuple[str, ...]:
    """A name for the file of each paper, all of them different."""
    stems = (
        " ".join(
            filter(None, (number_words(each.series, each.year, each.sequence), each.title, each.recipient))
        )
        for each in papers
    )
    return distinct_names(stems, suffix)
