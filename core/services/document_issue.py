"""Issuing documents: numbers booked once, PDFs kept whole, void ones explained; the register of numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from core.errors import InvalidInput, NotFound, Problem, RuleViolation, StorageFailed
from core.model.document_check import DocumentCheck, DocumentFinding
from core.model.document_text import About
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.plain_records import to_plain
from core.model.written_document import (
    DocumentState,
    DocumentStep,
    IssuedPaper,
    PaperState,
    WrittenDocument,
)
from core.ports import Clock, FileVault, OwnFonts, Paper, Reading, Report, Store, Writing, unwatched
from core.rules.document_path import stepped
from core.rules.paper_fonts import changed_fonts, fonts_in, with_fonts
from core.rules.paper_numbers import chosen_sequence, number_words
from core.rules.receipts import refuse_receipt
from core.services.cycle_reading import find_cycle
from core.services.document_checking import document_findings
from core.services.document_opening import OpenDocument, Wanted, content_of, open_document, open_new
from core.services.document_templates import read_template

SKIPPED = "skipped"
"""The kind of a number that stands for no paper."""


class DocumentIssueService:
    """Issues what was signed, and keeps what went out."""

    def __init__(
        self,
        store: Store,
        actor: str,
        clock: Clock,
        paper: Paper,
        vault: FileVault,
        own_fonts: OwnFonts = tuple,
    ) -> None:
        """Work on this store in this person's name, printing with this paper, keeping PDFs in this vault."""
        self._own_fonts = own_fonts
        self._store = store
        self._actor = actor
        self._clock = clock
        self._paper = paper
        self._vault = vault

    def issue(
        self, document_id: str, report: Report = unwatched, *, sequence: int | None = None, note: str = ""
    ) -> tuple[IssuedPaper, ...]:
        """Issue a signed document: each of its papers gets its number, in order, and is kept as PDF.

        `sequence` is a number chosen by hand instead of the next one; `note` says why it is issued in spite
        of findings.

        Raises:
            RuleViolation: it is not signed, or there is nobody to issue it to.
            InvalidInput: the chosen number was given already, or something was found and `note` is empty.
            DocumentFailed: a paper cannot be printed; nothing is booked.
            JobCancelled: the user asked to stop; nothing is booked.
        """
        with self._store.writing(ActDraft("印发文书", self._actor, note)) as work:
            document = work.get(WrittenDocument, document_id)
            opened = open_document(work, document, self._clock().date())
            return self._issue(work, opened, report, sequence, note)

    def at_once(self, wanted: Wanted, report: Report = unwatched, note: str = "") -> tuple[IssuedPaper, ...]:
        """Write, sign and issue a document in one act; one that is issued already is given back as it is.

        Raises:
            NotFound, RuleViolation, DocumentFailed, JobCancelled: as `issue`.
        """
        return self.all_at_once([wanted], report, note)[0]

    def all_at_once(
        self, wanted: Sequence[Wanted], report: Report = unwatched, note: str = ""
    ) -> tuple[tuple[IssuedPaper, ...], ...]:
        """The same of several documents, in order, all of them in one act: none is issued if one cannot be.

        Raises:
            NotFound, RuleViolation, InvalidInput, DocumentFailed, JobCancelled: as `issue`.
        """
        with self._store.writing(ActDraft("印发文书", self._actor, note)) as work:
            return tuple(self._at_once(work, each, report, note) for each in wanted)

    def paper(self, wanted: Wanted, report: Report = unwatched, note: str = "") -> bytes:
        """The PDF of a document that is issued at once, or was.

        Raises:
            NotFound, RuleViolation, DocumentFailed, JobCancelled: as `at_once`.
        """
        return self.printed([each.id for each in self.at_once(wanted, report, note)], report)

    def prepared(self, wanted: Wanted) -> OpenDocument:
        """The document that `at_once` would issue, or has issued; nothing is stored.

        Raises:
            NotFound, RuleViolation: as `at_once`.
        """
        with self._store.reading() as view:
            return self._opened(view, wanted, self._found(view, wanted))

    def void(self, document_id: str, reason: str) -> WrittenDocument:
        """Declare an issued document void; its numbers stay used, with the reason.

        Raises:
            RuleViolation: it is not issued.
            InvalidInput: there is no reason.
        """
        with self._store.writing(ActDraft("作废文书", self._actor, reason)) as work:
            document = stepped(
                work.get(WrittenDocument, document_id),
                DocumentState.VOID,
                self._clock(),
                self._actor,
                reason,
            )
            work.change([document])
            papers = work.all(IssuedPaper, document_id=document_id)
            work.change([replace(each, state=PaperState.VOID, reason=reason.strip()) for each in papers])
        with self._store.reading() as view:
            return view.get(WrittenDocument, document_id)

    def skip(self, series: str, year: int, sequence: int, reason: str) -> IssuedPaper:
        """Write down why a number stands for no paper of this program (used on paper, passed over).

        Raises:
            InvalidInput: it was given already, or there is no reason.
        """
        return self.skip_all(series, year, (sequence,), reason)[0]

    def skip_all(
        self, series: str, year: int, sequences: Sequence[int], reason: str
    ) -> tuple[IssuedPaper, ...]:
        """The same of several numbers, as one act.

        Raises:
            InvalidInput: one of them was given already, or there is no reason; nothing is written then.
        """
        owner = series.strip()
        if not owner or not reason.strip():
            raise InvalidInput("no_reason", "空号要写明机关代字和理由。", "例如“手写发文，未用程序”。")
        with self._store.writing(ActDraft("登记空号", self._actor, reason)) as work:
            taken = work.all(IssuedPaper, series=owner, year=year)
            today, now = self._clock().date().isoformat(), self._clock().isoformat(timespec="seconds")
            papers = tuple(
                IssuedPaper(
                    new_id(),
                    SKIPPED,
                    "",
                    "",
                    owner,
                    year,
                    chosen_sequence(taken, owner, year, each),
                    "空号",
                    today,
                    state=PaperState.SKIPPED,
                    reason=reason.strip(),
                    issued_at=now,
                )
                for each in sequences
            )
            work.add(papers)
        return papers

    def record_receipts(self, paper_ids: Sequence[str], day: date) -> tuple[IssuedPaper, ...]:
        """Write down the day on which the receipts (送达回执) of papers came back; of all of them, or none.

        Raises:
            NotFound: one of them is not there.
            InvalidInput: the day is before a paper's own, or still to come.
            RuleViolation: one is void, or went to nobody who could have sent a receipt.
        """
        today, paper_ids = self._clock().date(), tuple(dict.fromkeys(paper_ids))
        with self._store.writing(ActDraft("登记回执", self._actor)) as work:
            papers = _all_of(work, paper_ids)
            for each in papers:
                refuse_receipt(each, day, today)
            work.change([replace(each, received_on=day.isoformat()) for each in papers])
            return _all_of(work, paper_ids)

    def papers(self, year: int = 0) -> tuple[IssuedPaper, ...]:
        """The register of numbers (发文字号登记簿) of a year, or of all years, by series and number."""
        with self._store.reading() as view:
            found = view.all(IssuedPaper, year=year) if year else view.all(IssuedPaper)
        return tuple(sorted(found, key=lambda each: (each.series, each.year, each.sequence, each.id)))

    def printed(
        self, paper_ids: Sequence[str], report: Report = unwatched, *, red_stock: bool = False
    ) -> bytes:
        """Issued papers as PDF, one after the other; a single one is the very file that was kept.

        `red_stock` leaves out head and rules, for paper that has them already; the kept file has them.

        Raises:
            NotFound: one of them is not there.
            StorageFailed: it would not look as it was issued: with other fonts, or its kept file is lost.
            DocumentFailed: it cannot be printed.
            JobCancelled: the user asked to stop.
        """
        with self._store.reading() as view:
            papers = _all_of(view, paper_ids)
        if len(papers) == 1 and not red_stock:
            return self._kept(papers[0])
        contents = [content_of(each) for each in papers]
        made, fonts = self._paper.documents_with_fonts(contents, report)
        for paper, now in zip(papers, fonts, strict=True):
            if changed := changed_fonts(fonts_in(paper.content), now):
                raise _differs(paper, changed)
        if not red_stock:
            return made
        return self._paper.documents([replace(each, red_stock=True) for each in contents], report)

    # Within an act

    def _kept(self, paper: IssuedPaper) -> bytes:
        """The PDF of a paper from the vault; made again where the file was lost or changed.

        Raises:
            StorageFailed: it did not come out as it was issued.
        """
        if paper.digest and self._vault.is_whole(paper.digest):
            return self._vault.read(paper.digest)
        made, (now,) = self._paper.documents_with_fonts([content_of(paper)], unwatched)
        if paper.digest and sha256(made).hexdigest() != paper.digest:
            raise _differs(paper, changed_fonts(fonts_in(paper.content), now) or "程序换过版本")
        self._vault.keep([made])
        return made

    def _step(self, state: DocumentState) -> DocumentStep:
        return DocumentStep(state.value, self._clock().isoformat(timespec="seconds"), self._actor)

    def _found(self, view: Reading, wanted: Wanted) -> WrittenDocument | None:
        """The document that stands for what is wanted: the last one that is not void."""
        about = read_template(view, wanted.template).about
        cycle_id = find_cycle(view, wanted.year, wanted.cycle).id if about.is_of_cycle else ""
        same = view.all(WrittenDocument, template=wanted.template, year=wanted.year, ref_id=wanted.ref_id)
        found = [each for each in same if each.cycle_id == cycle_id]
        return next((each for each in reversed(found) if each.state is not DocumentState.VOID), None)

    def _opened(self, view: Reading, wanted: Wanted, found: WrittenDocument | None) -> OpenDocument:
        if found is None:
            return open_new(view, wanted, self._step(DocumentState.DRAFT))
        return open_document(view, found, self._clock().date())

    def _at_once(self, work: Writing, wanted: Wanted, report: Report, note: str) -> tuple[IssuedPaper, ...]:
        found = self._found(work, wanted)
        opened = self._opened(work, wanted, found)
        document = opened.document
        if document.state is DocumentState.ISSUED:
            return opened.papers
        if found is None:
            work.add([document])
        for state in (DocumentState.REVIEW, DocumentState.SIGNED):
            if document.state is not DocumentState.SIGNED:
                document = stepped(document, state, self._clock(), self._actor)
        document = replace(document, dated_on=opened.dated_on.isoformat())
        return self._issue(work, replace(opened, document=document), report, None, note)

    def _issue(
        self, work: Writing, opened: OpenDocument, report: Report, sequence: int | None, note: str
    ) -> tuple[IssuedPaper, ...]:
        document = opened.document
        issued = stepped(document, DocumentState.ISSUED, self._clock(), self._actor, note)
        if not opened.copies:
            raise RuleViolation(
                "no_recipient", f"《{document.title}》没有要发给的对象。", "请核对考核名单和结果。"
            )
        self._refuse_unlooked(document_findings(work, opened, self._paper, self._own_fonts), document, note)
        if sequence is not None and opened.series:
            taken = work.all(IssuedPaper, series=opened.series)
            year = opened.dated_on.year
            opened = replace(opened, sequence=chosen_sequence(taken, opened.series, year, sequence))
        papers, head = [], work.log.head().said
        for place in range(len(opened.copies)):
            report(place, len(opened.copies))
            papers.append(self._paper_of(opened, place, head))
        report(len(papers), len(papers))
        work.change([issued])
        work.add(papers)
        return tuple(papers)

    def _refuse_unlooked(
        self, findings: Sequence[DocumentFinding], document: WrittenDocument, note: str
    ) -> None:
        """Nothing, unless something was found and nobody said why it is issued all the same.

        Characters without a font are no matter of reasons: the paper refuses them.
        """
        asked = [each for each in findings if each.code is not DocumentCheck.CHARACTER]
        if asked and not note.strip():
            problems = [Problem(each.place, each.message, each.remedy) for each in asked]
            raise InvalidInput(
                "document_findings",
                f"《{document.title}》印发前有 {len(problems)} 处要核对。",
                "请改好再发；确实无误的，写明理由后可以照发。",
                problems,
            )

    def _paper_of(self, opened: OpenDocument, place: int, log_head: str) -> IssuedPaper:
        """A paper of a document with its number, its PDF kept."""
        copy, is_printed = opened.copies[place], opened.office.print_log_head
        content = replace(opened.filled(place), log_head=log_head, print_log_head=is_printed)
        pdf, (fonts,) = self._paper.documents_with_fonts([content], unwatched)
        return IssuedPaper(
            id=new_id(),
            kind=opened.text.code,
            cycle_id=opened.document.cycle_id,
            subject_id=copy.ref_id if opened.text.about is About.SUBJECT else "",
            series=opened.series,
            year=opened.dated_on.year,
            sequence=opened.sequence + place if opened.series else 0,
            title="".join(content.title),
            dated_on=opened.dated_on.isoformat(),
            document_id=opened.document.id,
            recipient=copy.recipient,
            content=with_fonts(to_plain(content), fonts),
            digest=self._vault.keep([pdf]).digest,
            issued_at=self._clock().isoformat(timespec="seconds"),
        )


def _all_of(view: Reading, paper_ids: Sequence[str]) -> tuple[IssuedPaper, ...]:
    """The papers with these ids.

    Raises:
        NotFound: there are none, or one of them is not there.
    """
    papers = view.some(IssuedPaper, paper_ids)
    if not papers or len(papers) < len(paper_ids):
        raise NotFound("paper_missing", "选中的文书不在登记簿里。", "请刷新列表后重新选择。")
    return papers


def _differs(paper: IssuedPaper, why: str) -> StorageFailed:
    """The refusal to pass off as issued what would look otherwise."""
    called = " ".join(
        filter(None, (number_words(paper.series, paper.year, paper.sequence), f"《{paper.title}》"))
    )
    return StorageFailed(
        "paper_differs",
        f"{called}重新生成的与印发的不一样：{why}。",
        "内容没有变。请逐份打印（用留存的 PDF）；留存的文件丢了的，从备份找回，或换回原来的字体。",
    )
