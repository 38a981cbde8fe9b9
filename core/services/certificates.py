"""The certificates desk: prepared, numbered, kept, printed on any stock, made again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TypeAlias

from core.errors import Conflict, InvalidInput, NotFound, StorageFailed
from core.model.certificate import (
    CertificateLine,
    CertificateRequest,
    CertificateTemplate,
    Facts,
    IssuedCertificates,
    NamedFile,
    PreparedCertificates,
)
from core.model.certificate_form import Adjustment, CertificateForm, CertificateLayout, Output
from core.model.document import MissingCharacter
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office_font import FontUse
from core.model.written_document import IssuedPaper, PaperState
from core.ports import Clock, FileVault, Paper, Reading, Report, Store, Writing, unwatched
from core.rules.certificate_content import Content, certificate_for, content_text, read_content, ref_of
from core.rules.certificate_form_file import read_form, write_form
from core.rules.certificate_kinds import filled, number_text
from core.rules.file_names import distinct_names, file_name
from core.rules.paper_fonts import changed_fonts, fonts_in
from core.rules.paper_numbers import next_sequence
from core.services.certificate_forms import find_form, find_kind
from core.services.certificate_reading import make_key, read_facts, read_key
from core.services.office_reading import read_office

_Printed: TypeAlias = tuple[bytes, tuple[FontUse, ...]]
"""A PDF and the fonts in it."""

MOST_SKIPPED = 500
"""Numbers that a first number typed by hand may skip: more than that is a slip of the keyboard."""


class CertificateService:
    """Certificates of all kinds: a preview books no number, issuing books it once and keeps it."""

    def __init__(self, store: Store, actor: str, clock: Clock, paper: Paper, vault: FileVault) -> None:
        """Work on this store and its vault in this person's name, printing with this paper."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._paper = paper
        self._vault = vault

    def prepare(self, request: CertificateRequest) -> PreparedCertificates:
        """The certificates with the numbers they have or would get.

        Raises:
            NotFound: no such kind, form, year or name.
            RuleViolation: the year is not computed, results are stale, or nobody gets one.
            Conflict, InvalidInput: the number typed by hand cannot be given.
        """
        with self._store.reading() as view:
            return self._prepared(view, request)

    def issue(
        self, request: CertificateRequest, report: Report = unwatched, *, separate: bool = False
    ) -> IssuedCertificates:
        """The certificates as PDF, their numbers booked: one file, or one for each of them.

        What is handed out is kept with its digest. Those that were issued before keep number, date and
        words, whatever the register says by now.

        Raises:
            DocumentFailed: one cannot be printed; no number is booked.
            JobCancelled: the user asked to stop; no number is booked.
            StorageFailed: the vault's disk is full; no number is booked.
            NotFound, RuleViolation, Conflict, InvalidInput: as `prepare`.
        """
        self._ensure_key(request)
        with self._store.writing(ActDraft("制作证书", self._actor, _what(request))) as work:
            head = work.log.head().said
            prepared = _with_head(
                self._prepared(work, request), head if read_office(work).print_log_head else ""
            )
            printed = self._printed(prepared, head, report, separate)
            new = replace(prepared, lines=tuple(each for each in prepared.lines if each.fresh))
            if new.lines:
                self._book(work, new, head, self._kept(prepared, new, head, printed, separate), request)
            lines = tuple(replace(each, fresh=False) for each in prepared.lines)
        contents = [content for content, _ in printed]
        return IssuedCertificates(replace(prepared, lines=lines), _files(prepared, contents, separate))

    def render(
        self,
        prepared: PreparedCertificates,
        report: Report = unwatched,
        output: Output = Output.BOTH,
        adjustment: Adjustment = Adjustment(),
    ) -> bytes:
        """All of them in one PDF, for the preview, or for stock (套打) on a printer that needs adjusting.

        Raises:
            DocumentFailed: a character has no font, or something does not fit.
            JobCancelled: the user asked to stop.
        """
        layout = CertificateLayout(prepared.form, output, adjustment, self._picture(prepared.form, output))
        return self._paper.certificates(prepared.certificates, layout, report)

    def missing(self, prepared: PreparedCertificates) -> tuple[MissingCharacter, ...]:
        """Every character that no font shows, by organization and field."""
        return self._paper.missing_in_certificates(prepared.certificates, CertificateLayout(prepared.form))

    def kept(self, paper: IssuedPaper, report: Report = unwatched) -> bytes:
        """The PDF in which a paper was handed out, out of the vault; made again where it is lost or damaged.

        Raises:
            NotFound, StorageFailed: as `again`.
        """
        if paper.digest and self._vault.is_whole(paper.digest):
            return self._vault.place(paper.digest).read_bytes()
        return self.again(paper, report)

    def sheet(self, paper: IssuedPaper, report: Report = unwatched) -> bytes:
        """One certificate alone, drawn as in the PDF in which it was handed out.

        That PDF is made again first: where it comes out byte for byte, the sheet alone is what it was.

        Raises:
            NotFound, StorageFailed: as `again`.
        """
        self.again(paper, report)
        content = read_content(paper)
        assert content is not None, "a paper that was made again has its content"
        layout = self._layout(self._kept_form(content.form), content.log_head)
        return self._paper.certificates([content.certificate], layout, unwatched)

    def again(self, paper: IssuedPaper, report: Report = unwatched) -> bytes:
        """The PDF in which a paper was handed out, made again from what the register keeps.

        Raises:
            NotFound: it is from before this was kept, or its form is gone from the vault.
            StorageFailed: it did not come out as it was: fonts or program have changed since. The kept one
                is still in the vault.
        """
        with self._store.reading() as view:
            together = view.all(IssuedPaper, kind=paper.kind, digest=paper.digest) if paper.digest else ()
        kept = [content for each in sorted(together, key=_in_order) if (content := read_content(each))]
        if not kept:
            raise NotFound(
                "certificate_not_kept",
                "这张证书是旧版程序登记的，没有留存内容。",
                "请从考核结果重新打印，编号不变。",
            )
        form = self._kept_form(kept[0].form)
        layout = self._layout(form, kept[0].log_head)
        certificates = [each.certificate for each in kept]
        made, now = self._paper.certificates_with_fonts(certificates, layout, report)
        if sha256(made).hexdigest() != paper.digest:
            why = changed_fonts(fonts_in(paper.content), now) or "程序换过版本"
            raise StorageFailed(
                "certificate_differs",
                f"重新生成的证书与留存的不一样：{why}。",
                "内容没有变；请在证书登记簿里导出留存的 PDF，那是发出时的原样。",
            )
        return made

    def _ensure_key(self, request: CertificateRequest) -> None:
        """Make the key if there is none yet, but only for certificates that can be made."""
        with self._store.reading() as view:
            there = bool(read_key(view))
            if not there:
                self._prepared(view, request)
        if not there:
            make_key(self._store, self._actor, self._clock)

    def _prepared(self, view: Reading, request: CertificateRequest) -> PreparedCertificates:
        kind = find_kind(view, request.kind)
        form = find_form(view, request.form or kind.form)
        facts = read_facts(view, kind, request, self._clock)
        office, key = read_office(view), read_key(view)
        papers = self._papers(view, kind, facts, request)
        lines = []
        for each, (paper, fresh) in zip(facts, papers, strict=True):
            kept = read_content(paper)
            certificate = kept.certificate if kept else certificate_for(kind, each, office, paper, key)
            lines.append(CertificateLine(certificate, paper, each.ref_id, fresh))
        return PreparedCertificates(kind, form, tuple(lines))

    def _papers(
        self, view: Reading, kind: CertificateTemplate, facts: Sequence[Facts], request: CertificateRequest
    ) -> list[tuple[IssuedPaper, bool]]:
        """The entry of each in the register, and whether it is only proposed."""
        day = request.dated_on or self._clock().date()
        series = filled(kind.series, {"代字": read_office(view).document_code})
        held = {
            (ref_of(each), each.title): each
            for each in view.all(IssuedPaper, kind=kind.code)
            if each.state is PaperState.ISSUED
        }
        sequence = _first_number(view, kind, series, day.year, request) if series else 0
        papers: list[tuple[IssuedPaper, bool]] = []
        for each in facts:
            paper = held.get((each.ref_id, each.award))
            papers.append((paper or self._new(kind, each, series, day, sequence), paper is None))
            if paper is None and sequence:
                sequence += 1
        return papers

    def _new(
        self, kind: CertificateTemplate, facts: Facts, series: str, day: date, sequence: int
    ) -> IssuedPaper:
        return IssuedPaper(
            id=new_id(),
            kind=kind.code,
            cycle_id=facts.cycle_id,
            subject_id=facts.subject_id,
            series=series,
            year=day.year,
            sequence=sequence,
            title=facts.award,
            dated_on=day.isoformat(),
            recipient=facts.name,
        )

    def _printed(
        self, prepared: PreparedCertificates, head: str, report: Report, separate: bool
    ) -> list[_Printed]:
        """`head` stands in what is new; what was handed out before keeps its own, so it is the same file."""
        heads = [head if each.fresh else _kept_head(each.paper) for each in prepared.lines]
        layout = self._layout(prepared.form, max(heads, key=_act_number, default=""))
        if not separate:
            return [self._paper.certificates_with_fonts(prepared.certificates, layout, report)]
        made, total = [], len(prepared.lines)
        for done, each in enumerate(prepared.certificates, start=1):
            own = replace(layout, log_head=heads[done - 1])
            made.append(self._paper.certificates_with_fonts([each], own, unwatched))
            report(done, total)
        return made

    def _kept(
        self,
        prepared: PreparedCertificates,
        new: PreparedCertificates,
        head: str,
        printed: list[_Printed],
        separate: bool,
    ) -> list[_Printed]:
        """What is kept of the new ones: a file of nothing but them, which the register can make again."""
        if separate:
            return [each for each, line in zip(printed, prepared.lines, strict=True) if line.fresh]
        if len(new.lines) == len(prepared.lines):
            return printed
        return self._printed(new, head, unwatched, separate)

    def _book(
        self,
        work: Writing,
        prepared: PreparedCertificates,
        head: str,
        kept: Sequence[_Printed],
        request: CertificateRequest,
    ) -> None:
        """Keep what is handed out, and write the new ones into the register."""
        form = self._vault.keep([write_form(prepared.form).encode()]).digest
        picture = prepared.form.underlay
        files = [(self._vault.keep([content]).digest, fonts) for content, fonts in kept]
        moment = self._clock().isoformat(timespec="seconds")
        form = f"{form}:{picture}" if picture else form
        of_each = files if len(files) == len(prepared.lines) else files * len(prepared.lines)
        new = [
            replace(
                line.paper,
                content=content_text(Content(line.certificate, line.ref_id, form, head), fonts),
                digest=digest,
                issued_at=moment,
            )
            for line, (digest, fonts) in zip(prepared.lines, of_each, strict=True)
        ]
        work.add([*self._skipped(work, new[0], request, moment), *new])

    def _skipped(
        self, work: Reading, first: IssuedPaper, request: CertificateRequest, moment: str
    ) -> list[IssuedPaper]:
        """The numbers that one typed by hand leaves out, with the reason."""
        if not first.series or not request.first_number:
            return []
        due = next_sequence(work.all(IssuedPaper, series=first.series), first.series, first.year)
        return [
            replace(
                first,
                id=new_id(),
                cycle_id="",
                subject_id="",
                sequence=number,
                title="",
                recipient="",
                state=PaperState.SKIPPED,
                reason=request.skip_reason,
                content="",
                digest="",
                issued_at=moment,
            )
            for number in range(due, first.sequence)
        ]

    def _layout(self, form: CertificateForm, head: str) -> CertificateLayout:
        """How a certificate is kept: whole, unmoved, with the head of the log as it is issued."""
        return CertificateLayout(form, picture=self._picture(form, Output.BOTH), log_head=head)

    def _picture(self, form: CertificateForm, output: Output) -> bytes:
        if not form.underlay or output is Output.TEXT:
            return b""
        return self._vault.read(form.underlay)

    def _kept_form(self, digests: str) -> CertificateForm:
        text, _, picture = digests.partition(":")
        return read_form(self._vault.read(text).decode(), picture)


def _with_head(prepared: PreparedCertificates, head: str) -> PreparedCertificates:
    """The new ones with what is printed of the log; the others keep what they had."""
    lines = (
        replace(each, certificate=replace(each.certificate, log_head=head)) if each.fresh else each
        for each in prepared.lines
    )
    return replace(prepared, lines=tuple(lines))


def _kept_head(paper: IssuedPaper) -> str:
    content = read_content(paper)
    return content.log_head if content else ""


def _act_number(head: str) -> int:
    """The number of the act whose head it is, 0 for none."""
    return int(head.partition("-")[0] or 0)


def _in_order(paper: IssuedPaper) -> tuple[int, str]:
    return paper.sequence, paper.id


def _what(request: CertificateRequest) -> str:
    return f"{request.year}年度" if request.year else ""


def _first_number(
    view: Reading, kind: CertificateTemplate, series: str, year: int, request: CertificateRequest
) -> int:
    """The number of the first new certificate: the next one, or one typed by hand that may be given."""
    taken = view.all(IssuedPaper, series=series, year=year)
    due, typed = next_sequence(taken, series, year), request.first_number
    if not typed or typed == due:
        return due
    shown = number_text(kind, series, year, typed)
    holder = next((each for each in taken if each.sequence == typed), None)
    if holder is not None:
        whose = holder.recipient or holder.title or holder.state.label
        raise Conflict(
            "number_taken",
            f"编号“{shown}”已经给了“{whose}”，不能再用。",
            f"下一个可用的编号是“{number_text(kind, series, year, due)}”。",
        )
    if not due < typed <= due + MOST_SKIPPED:
        raise InvalidInput(
            "number_out_of_order",
            f"编号“{shown}”不能用：编号按顺序给，现在到了 {due}。",
            f"请用“{number_text(kind, series, year, due)}”，或不写编号。",
        )
    if not request.skip_reason.strip():
        raise InvalidInput(
            "skip_without_reason",
            f"从“{shown}”开始会空出 {typed - due} 个编号，还没有写理由。",
            "请写明为什么空号（例如“前面的编号已手工发出”），理由会记入登记簿。",
        )
    return typed


def _files(
    prepared: PreparedCertificates, contents: Sequence[bytes], separate: bool
) -> tuple[NamedFile, ...]:
    if not separate:
        count = len(prepared.lines)
        return (NamedFile(file_name(f"{prepared.template.name}（{count}张）", ".pdf"), contents[0]),)
    stems = [
        " ".join(part for part in (each.number, each.recipient) if part) for each in prepared.certificates
    ]
    return tuple(map(NamedFile, distinct_names(stems, ".pdf"), contents))
