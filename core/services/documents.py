"""The documents desk: written from templates, previewed, checked, signed, issued with a number, kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import InvalidInput, RuleViolation
from core.model.document import MissingCharacter, OfficialDocument, ShownDocument
from core.model.document_check import DocumentFinding
from core.model.document_text import DocumentText
from core.model.journal import Act, ActDraft, Change
from core.model.written_document import (
    DocumentState,
    DocumentStep,
    WrittenDocument,
)
from core.ports import Clock, OwnFonts, Paper, Reading, Report, Store, unwatched
from core.rules.document_fields import refuse_unknown
from core.rules.document_filling import origins
from core.rules.document_path import refuse_locked, stepped
from core.rules.document_text import read_document, write_document
from core.services.document_checking import document_findings
from core.services.document_lines import DocumentLine, document_lines, verb_of
from core.services.document_opening import OpenDocument, Wanted, open_document, open_new, title_of


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """The text of a document as an act left it."""

    act: Act
    state: DocumentState
    text: str


class DocumentService:
    """Documents of the office. A preview books no number; issuing books it once."""

    def __init__(
        self,
        store: Store,
        actor: str,
        clock: Clock,
        paper: Paper,
        own_fonts: OwnFonts,
    ) -> None:
        """Work on this store in this person's name, printing with this paper."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._paper = paper
        self._own_fonts = own_fonts

    # Writing

    def documents(self, year: int = 0) -> tuple[WrittenDocument, ...]:
        """The documents of a year, or of all years, the newest first."""
        with self._store.reading() as view:
            found = view.all(WrittenDocument, year=year) if year else view.all(WrittenDocument)
        return found[::-1]

    def lines(self, year: int) -> tuple[DocumentLine, ...]:
        """The documents of a year as a list shows them, the newest first."""
        with self._store.reading() as view:
            return document_lines(view, year)

    def year_of(self, document_id: str) -> int:
        """The year in whose list a document stands; 0 if it is gone."""
        with self._store.reading() as view:
            return next((each.year for each in view.some(WrittenDocument, (document_id,))), 0)

    def write(self, wanted: Wanted) -> WrittenDocument:
        """A new draft from a template.

        Raises:
            NotFound: there is no such template, or what it speaks of is not there.
            RuleViolation: its assessment is not computed, or the results are stale.
        """
        with self._store.writing(ActDraft("起草文书", self._actor, f"{wanted.year}年度")) as work:
            draft = open_new(work, wanted, self._moment()).document
            work.add([draft])
        return draft

    def open(self, document_id: str) -> OpenDocument:
        """A document with the data that fill it.

        Raises:
            NotFound: it is gone, or what it speaks of.
            RuleViolation: its assessment is not computed, or the results are stale.
        """
        with self._store.reading() as view:
            return open_document(view, view.get(WrittenDocument, document_id), self._clock().date())

    def render(self, document: OfficialDocument) -> bytes:
        """A document as PDF, for the preview.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        return self._paper.document(document)

    def shown(self, opened: OpenDocument, place: int) -> ShownDocument:
        """One of the papers of a draft as PDF, with where the blocks of its text stand.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
            InvalidInput: it names a field that is not there, or a condition cannot be read.
        """
        made = self._paper.shown(opened.filled(place))
        written = origins(opened.text, opened.copies[place].facts)
        spots = (
            replace(each, annex=written[each.annex][0], block=written[each.annex][1][each.block])
            for each in made.spots
        )
        return replace(made, spots=tuple(spots))

    def render_all(self, documents: Sequence[OfficialDocument], report: Report = unwatched) -> bytes:
        """Several documents as one PDF, each from its first page.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
            JobCancelled: the user asked to stop.
        """
        return self._paper.documents(documents, report)

    def word(self, document: OfficialDocument) -> bytes:
        """The same document as .docx, for those who go on in WPS or Word.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
        """
        return self._paper.word(document)

    def findings(self, opened: OpenDocument) -> tuple[DocumentFinding, ...]:
        """What is to be looked at before the document is issued.

        Raises:
            InvalidInput: it names a field that is not there, or a condition cannot be read.
        """
        with self._store.reading() as view:
            return document_findings(view, opened, self._paper, self._own_fonts)

    def missing(self, document: OfficialDocument) -> tuple[MissingCharacter, ...]:
        """Its characters that no font shows."""
        return self._paper.missing_in_document(document)

    def save(self, document: WrittenDocument, text: DocumentText, dated_on: date | None) -> WrittenDocument:
        """Keep the text and the day of a document as it was opened; equal ones leave no trace.

        Raises:
            RuleViolation: it is signed, issued or void.
            Conflict: somebody changed it since.
        """
        refuse_locked(document)
        with self._store.writing(ActDraft("修改文书", self._actor, document.title)) as work:
            kept = work.get(WrittenDocument, document.id)
            refuse_locked(kept)
            changed = replace(
                document,
                text=write_document(text),
                title=title_of(work, document, text, self._clock().date()),
                dated_on=dated_on.isoformat() if dated_on else "",
            )
            work.change([changed])
        with self._store.reading() as view:
            return view.get(WrittenDocument, document.id)

    def save_written(self, document: WrittenDocument, text: str, dated_on: date | None) -> WrittenDocument:
        """Keep a text from a file; without a day the document's own stays.

        Raises:
            InvalidInput: the text is no document, speaks of something else, or names data it does not have.
            RuleViolation, Conflict: as `save`.
        """
        refuse_locked(document)
        made = read_document(text)
        about = read_document(document.text).about
        if made.about is not about:
            raise InvalidInput(
                "other_about",
                f"文件里写的是关于“{made.about.label}”的文书，这份是关于“{about.label}”的。",
                f"请把 about 改回“{about.value}”，或者用另一个模板新建。",
            )
        refuse_unknown(made)
        day = dated_on or (date.fromisoformat(document.dated_on) if document.dated_on else None)
        return self.save(document, made, day)

    def remove(self, document_id: str) -> None:
        """Take out a draft; it can be brought back from the bin.

        Raises:
            RuleViolation: it is no draft any more.
        """
        with self._store.writing(ActDraft("删除文书草稿", self._actor)) as work:
            document = work.get(WrittenDocument, document_id)
            if document.state is not DocumentState.DRAFT:
                raise RuleViolation(
                    "document_step", f"《{document.title}》不是草稿，不能删除。", "已送审的请先退回修改。"
                )
            work.remove([document])

    def step(self, document_id: str, state: DocumentState, note: str = "") -> WrittenDocument:
        """Hand in, sign, or send back; issuing and voiding have their own doors.

        Raises:
            RuleViolation: the step is not open.
            InvalidInput: a reason is wanted.
        """
        with self._store.writing(ActDraft(f"文书{verb_of(state)}", self._actor, note)) as work:
            document = work.get(WrittenDocument, document_id)
            moved = stepped(document, state, self._clock(), self._actor, note)
            if state is DocumentState.SIGNED and not moved.dated_on:
                # 成文日期 is the day of sign-off, not that of printing (GB/T 9704 7.3.5.4).
                moved = replace(moved, dated_on=self._clock().date().isoformat())
            work.change([moved])
        with self._store.reading() as view:
            return view.get(WrittenDocument, document_id)

    def versions(self, document_id: str) -> tuple[DocumentVersion, ...]:
        """The texts that a document had, the newest first; steps that left the text alone are not among them.

        Raises:
            NotFound: it is gone.
        """
        with self._store.reading() as view:
            view.get(WrittenDocument, document_id)
            history = view.history(document_id)
            return tuple(made for act, change in reversed(history) if (made := _version(view, act, change)))

    def _moment(self) -> DocumentStep:
        """A first step, taken now."""
        at = self._clock().isoformat(timespec="seconds")
        return DocumentStep(DocumentState.DRAFT.value, at, self._actor)

    def own_fonts(self) -> Sequence[tuple[str, str]]:
        """The official faces that this PC has: (仿宋, simfang.ttf) …; they are used if the office says so."""
        return self._own_fonts()


def _version(view: Reading, act: Act, change: Change) -> DocumentVersion | None:
    """The text that a change left, if it changed the text."""
    if change.after is None or (change.before is not None and "text" not in change.after):
        return None
    left = view.after(change)
    assert isinstance(left, WrittenDocument)
    return DocumentVersion(act, left.state, left.text)
