"""What the tab of documents reads, each by one job: the list with the document that is open, or one of them.

read_shelf(services, year, document_id) -> Shelf; read_desk(services, document_id) -> OnDesk
"""

from dataclasses import dataclass

from core.errors import AppError, NotFound
from core.model.document_text import DocumentText
from core.services.document_editing import FieldWords, issued_view
from core.services.document_lines import DocumentLine
from core.services.document_opening import OpenDocument
from core.services.services import Services


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A document that is open: its text as the editor shows it, and the words of its fields."""

    opened: OpenDocument
    text: DocumentText
    words: FieldWords


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of a year, and the open one, or what keeps it from being opened."""

    lines: tuple[DocumentLine, ...]
    on_desk: OnDesk | None = None
    trouble: AppError | None = None


def read_shelf(services: Services, year: int, document_id: str) -> Shelf:
    """The list; with an id that is among it, that document, else the newest."""
    lines = services.documents.lines(year)
    ids = [each.document.id for each in lines]
    wanted = document_id if document_id in ids else next(iter(ids), "")
    if not wanted:
        return Shelf(lines)
    try:
        return Shelf(lines, read_desk(services, wanted))
    except NotFound as gone:
        return Shelf(lines, trouble=gone)
    except AppError as trouble:
        return Shelf(lines, trouble=trouble)


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
