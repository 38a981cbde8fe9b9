"""What the tab of documents reads, each by one job: the list with the document that is open, or one of them.

read_shelf(services, year, document_id) -> Shelf; read_desk(services, document_id) -> OnDesk
found_in(services, opened) -> findings; standing(services, wanted) -> the id of a document, or ""
"""

from dataclasses import dataclass

from core.errors import AppError
from core.model.document_check import DocumentFinding
from core.model.document_text import DocumentText
from core.model.written_document import DocumentState
from core.services.document_editing import FieldWords, issued_view
from core.services.document_lines import DocumentLine
from core.services.document_opening import OpenDocument, Wanted
from core.services.services import Services


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A document that is open: its text as the editor shows it, and the words of its fields."""

    opened: OpenDocument
    text: DocumentText
    words: FieldWords


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of a year, and the open one, or what keeps it from being opened.

    `elsewhere` is the year in whose list the document stands that was asked for, if it is another.
    """

    year: int
    lines: tuple[DocumentLine, ...]
    on_desk: OnDesk | None = None
    trouble: AppError | None = None
    elsewhere: int = 0


def read_shelf(services: Services, year: int, document_id: str) -> Shelf:
    """The list with a document of it, the newest where there is none of this id."""
    lines = services.documents.lines(year)
    ids = [each.document.id for each in lines]
    other = services.documents.year_of(document_id) if document_id and document_id not in ids else 0
    if other:
        return Shelf(year, lines, elsewhere=other)
    wanted = document_id if document_id in ids else next(iter(ids), "")
    if not wanted:
        return Shelf(year, lines)
    try:
        return Shelf(year, lines, read_desk(services, wanted))
    except AppError as trouble:
        return Shelf(year, lines, trouble=trouble)


def read_desk(services: Services, document_id: str) -> OnDesk:
    """A document as it stands.

    Raises:
        NotFound: it is gone, or what it speaks of.
        RuleViolation: its assessment is not computed, or the results are stale.
    """
    opened = services.documents.open(document_id)
    if opened.papers and opened.papers[0].content:
        text, words = issued_view(opened.text, opened.filled())
        return OnDesk(opened, text, words)
    facts = opened.copies[0].facts if opened.copies else {}
    return OnDesk(opened, opened.text, FieldWords(facts, opened.text.about))


def found_in(services: Services, opened: OpenDocument) -> tuple[DocumentFinding, ...]:
    """What is found; what cannot be filled the preview says already."""
    try:
        return services.documents.findings(opened)
    except AppError:
        return ()


def standing(services: Services, wanted: Wanted) -> str:
    """The id of the year's newest document from a template that is not void; empty without one."""
    lines = services.documents.lines(wanted.year)
    found = (
        each.document.id
        for each in lines
        if each.document.template == wanted.template and each.document.state is not DocumentState.VOID
    )
    return next(found, "")
