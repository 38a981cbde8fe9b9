"""Documents found by what a person types, and their files: one for all papers, or one for each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from core.errors import InvalidInput, NotFound
from core.model.certificate import NamedFile
from core.model.document import OfficialDocument
from core.model.written_document import IssuedPaper, WrittenDocument
from core.ports import Clock, Reading, Report, Store, unwatched
from core.rules.file_names import distinct_names
from core.rules.paper_numbers import number_words
from core.services.document_issue import DocumentIssueService
from core.services.document_lines import file_of, files_of
from core.services.document_opening import OpenDocument, open_document
from core.services.documents import DocumentService

T = TypeVar("T")
CODE_LENGTH = 6
"""Signs of a document's code: the end of its id, which is random."""


def code_of(document: WrittenDocument) -> str:
    """The code by which a document is named where it is typed."""
    return document.id[-CODE_LENGTH:]


def number_of(paper: IssuedPaper) -> str:
    """Its 发文字号 in words; empty where it got none."""
    return number_words(paper.series, paper.year, paper.sequence)


class DocumentFileService:
    """Files of documents, issued or not; nothing is booked."""

    def __init__(
        self, store: Store, clock: Clock, documents: DocumentService, issue: DocumentIssueService
    ) -> None:
        """Read this store; these desks print drafts and what was issued."""
        self._store = store
        self._clock = clock
        self._documents = documents
        self._issue = issue

    def find(self, words: str) -> WrittenDocument:
        """The document with this code, 发文字号 or title.

        Raises:
            NotFound: there is none.
            InvalidInput: several have this title.
        """
        with self._store.reading() as view:
            found = _found(view, words.strip())
        if not found:
            raise NotFound("document_missing", f"没有文书“{words}”。", "用 document list 看有哪些和代号。")
        if len(found) > 1:
            codes = "、".join(map(code_of, found))
            raise InvalidInput("document_ambiguous", f"叫“{words}”的文书有几份：{codes}。", "请写代号。")
        return found[0]

    def pdf(
        self,
        document_id: str,
        report: Report = unwatched,
        *,
        separate: bool = False,
        red_stock: bool = False,
    ) -> tuple[NamedFile, ...]:
        """The document as PDF: what went out, or what would go out now; one file, or one for each paper.

        `red_stock` leaves out head and rules, for paper that has them already.

        Raises:
            NotFound: it is gone, or what it speaks of.
            RuleViolation: its assessment is not computed, or the results are stale.
            DocumentFailed: a character has no font, or something does not fit.
            JobCancelled: the user asked to stop.
        """
        opened = self._opened(document_id)
        if not separate:
            return (NamedFile(file_of(opened.document, ".pdf"), self._together(opened, report, red_stock)),)
        if opened.papers:
            made = _each(
                opened.papers, lambda paper: self._issue.printed([paper.id], red_stock=red_stock), report
            )
            return tuple(map(NamedFile, files_of(opened.papers, ".pdf"), made))
        made = _each(_filled(opened, red_stock), self._documents.render, report)
        return tuple(map(NamedFile, _draft_names(opened, ".pdf"), made))

    def word(
        self, document_id: str, report: Report = unwatched, *, separate: bool = False
    ) -> tuple[NamedFile, ...]:
        """The same as .docx; several papers are as many files.

        Raises:
            InvalidInput: it has several papers, and one file is wanted.
            NotFound, RuleViolation, DocumentFailed, JobCancelled: as `pdf`.
        """
        opened = self._opened(document_id)
        count = len(opened.copies)
        if count != 1 and not separate:
            raise InvalidInput(
                "several_papers",
                f"《{opened.document.title}》有 {count} 份，不能写成一个 Word 文件。",
                "请每份写一个文件（--separate）。",
            )
        made = _each(_filled(opened), self._documents.word, report)
        if not separate:
            return (NamedFile(file_of(opened.document, ".docx"), made[0]),)
        names = files_of(opened.papers, ".docx") if opened.papers else _draft_names(opened, ".docx")
        return tuple(map(NamedFile, names, made))

    def _opened(self, document_id: str) -> OpenDocument:
        with self._store.reading() as view:
            document = view.get(WrittenDocument, document_id)
            return open_document(view, document, self._clock().date())

    def _together(self, opened: OpenDocument, report: Report, red_stock: bool) -> bytes:
        if opened.papers:
            return self._issue.printed([each.id for each in opened.papers], report, red_stock=red_stock)
        return self._documents.render_all(_filled(opened, red_stock), report)


def _found(view: Reading, words: str) -> list[WrittenDocument]:
    """By code, else by number, else by the whole title, else by a part of it."""
    known = view.all(WrittenDocument)
    if coded := [each for each in known if words in (code_of(each), each.id)]:
        return coded
    numbered = {each.document_id for each in view.all(IssuedPaper) if words and words == number_of(each)}
    if chosen := [each for each in known if each.id in numbered]:
        return chosen
    titled = [each for each in known if each.title == words]
    return titled or [each for each in known if words and words in each.title]


def _filled(opened: OpenDocument, red_stock: bool = False) -> list[OfficialDocument]:
    return [replace(opened.filled(place), red_stock=red_stock) for place in range(len(opened.copies))]


def _each(items: Sequence[T], make: Callable[[T], bytes], report: Report) -> list[bytes]:
    made = []
    for done, each in enumerate(items):
        report(done, len(items))
        made.append(make(each))
    report(len(items), len(items))
    return made


def _draft_names(opened: OpenDocument, suffix: str) -> tuple[str, ...]:
    stems = (f"{opened.document.title} {each.recipient}".strip() + "（草稿）" for each in opened.copies)
    return distinct_names(stems, suffix)
