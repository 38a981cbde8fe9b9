"""The register of certificates: what happened to each, the blank sheets, and whether one is genuine."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import InvalidInput, NotFound
from core.model.assessment import Cycle
from core.model.certificate import (
    MOST_COPIES,
    STOCK_MOVEMENTS,
    CertificateCheck,
    CertificateEvent,
    CertificateEventKind,
    CertificateState,
    RegisterLine,
    StockBalance,
    StockKind,
    StockMovement,
)
from core.model.certificate_form import CertificateForm
from core.model.cycle_view import ComputedYear
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.written_document import IssuedPaper, PaperState
from core.ports import Clock, Reading, Store, WriteWorkbook
from core.rules.certificate_register import refuse_event, register_line, register_sheet, stock_balances
from core.rules.chain_heads import read_head
from core.rules.check_values import is_check_value, read_qr_text
from core.rules.ledger_titles import LinkBook
from core.rules.search_keys import ledger_key
from core.services.certificate_forms import all_kinds
from core.services.certificate_reading import certificate_papers, read_key

_K = CertificateEventKind


@dataclass(frozen=True, slots=True)
class EventDraft:
    """What is told of an event; a blank `happened_on` is today."""

    kind: CertificateEventKind
    happened_on: date | None = None
    person: str = ""
    printer: str = ""
    copies: int = 1
    reason: str = ""


class CertificateRegisterService:
    """The register of certificates and of their blank sheets."""

    def __init__(self, store: Store, actor: str, clock: Clock, write_workbook: WriteWorkbook) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._write = write_workbook

    def lines(self, year: int = 0, kind: str = "", words: str = "") -> tuple[RegisterLine, ...]:
        """The register in order of numbers: of a year, of a kind (code or name), with all the words."""
        with self._store.reading() as view:
            lines = _lines(view)
        wanted = words.split()
        return tuple(
            each
            for each in lines
            if (not year or each.paper.year == year)
            and kind in ("", each.paper.kind, each.template)
            and all(word in f"{each.number} {each.recipient} {each.result} {each.holder}" for word in wanted)
        )

    def find(self, number: str) -> RegisterLine:
        """The line of a number as it is printed.

        Raises:
            NotFound: there is none.
        """
        with self._store.reading() as view:
            return _found(_lines(view), [number])[0]

    def place_of(self, paper_id: str) -> tuple[str, Cycle | None]:
        """The code of a certificate's kind, and the assessment that it was given for, None for no assessment.

        Raises:
            NotFound: it is not in the register.
        """
        with self._store.reading() as view:
            paper = view.get(IssuedPaper, paper_id)
            return paper.kind, next(iter(view.some(Cycle, (paper.cycle_id,))), None)

    def workbook(self, lines: Iterable[RegisterLine], title: str = "证书登记簿") -> bytes:
        """The lines as an Excel file."""
        with self._store.reading() as view:
            head = view.log.head().said
        return self._write([register_sheet(lines, title, head)])

    def record(self, numbers: Sequence[str], draft: EventDraft) -> tuple[RegisterLine, ...]:
        """Write down what happened to these certificates; all of them, or none.

        Raises:
            NotFound: a number is not in the register.
            InvalidInput: person, reason or copies are missing, the day is still to come, or it is not clear
                which of several certificates without a number is meant.
            RuleViolation: it cannot happen to one as it is (revoked ones are not handed over).
        """
        _refuse_incomplete(draft)
        self._refuse_ahead(draft)
        with self._store.writing(ActDraft(f"证书{draft.kind.label}", self._actor, draft.reason)) as work:
            lines = _found(_lines(work), numbers)
            for each in lines:
                refuse_event(each, draft.kind)
            work.add([self._event(each, draft) for each in lines])
            if draft.kind is _K.REVOKED:
                revoked = [
                    replace(each.paper, state=PaperState.REVOKED, reason=draft.reason) for each in lines
                ]
                work.change(revoked)
            return _found(_lines(work), numbers)

    def record_print(
        self, papers: Sequence[IssuedPaper], form: CertificateForm, printer: str, copies: int, *, stock: bool
    ) -> None:
        """Write down that papers were printed; the first time as such, then as printed again.

        On `stock` the sheets are taken from the blank ones of the form.

        Raises:
            RuleViolation: one is revoked.
            InvalidInput: no copy.
        """
        draft = EventDraft(_K.PRINTED, printer=printer, copies=copies)
        _refuse_incomplete(draft)
        wanted = {each.id for each in papers}
        with self._store.writing(ActDraft("打印证书", self._actor, printer)) as work:
            lines = [each for each in _lines(work) if each.paper.id in wanted]
            for each in lines:
                refuse_event(each, _K.PRINTED)
            work.add([self._event(each, draft) for each in lines])
            if stock:
                work.add([self._movement(form, copies * len(lines), printer)])

    def stock(self) -> tuple[StockBalance, ...]:
        """How many blank sheets there must be of each form."""
        with self._store.reading() as view:
            return stock_balances(view.all(StockMovement))

    def check_text(self, text: str) -> CertificateCheck:
        """Whether the certificate is genuine whose QR code says this.

        Raises:
            InvalidInput: it is no certificate's code, or has the head of the log in place of its value.
        """
        return self.check(*read_qr_text(text))

    def check(self, number: str, recipient: str, result: str, value: str) -> CertificateCheck:
        """Whether a certificate is genuine: its check value, its place in the register, revoked or not.

        Raises:
            InvalidInput: `value` is the head of the log, which stands on certificates too.
        """
        with self._store.reading() as view:
            key, lines, is_head = read_key(view), _lines(view), _is_head(view, value)
        line = next((each for each in lines if _plain(each.number) == _plain(number)), None)
        # Typed from paper its brackets are often others: what was signed is the number as it is printed.
        printed = line.number if line else number
        genuine = bool(key) and is_check_value(key, printed, recipient, result, value)
        if is_head and not genuine:
            raise InvalidInput(
                "head_for_value",
                f"“{value}”是日志校验码，不是证书的校验码。",
                "证书的校验码在二维码的最后一行：用手机扫一扫，照着填，形如 7K2M-9QXT-44AB。",
            )
        differences = []
        if line and _plain(line.recipient) != _plain(recipient):
            differences.append(f"登记簿上的名称是“{line.recipient}”")
        if line and _plain(line.result) != _plain(result):
            differences.append(f"登记簿上的内容是“{line.result}”")
        revoked = next((each for each in line.events if each.kind is _K.REVOKED), None) if line else None
        return CertificateCheck(
            number=number,
            recipient=recipient,
            result=result,
            genuine=genuine,
            line=line,
            differences=tuple(differences),
            revoked_on=revoked.happened_on if revoked else "",
            revoked_why=revoked.reason if revoked else "",
        )

    def _refuse_ahead(self, draft: EventDraft) -> None:
        today = self._clock().date()
        if draft.happened_on and draft.happened_on > today:
            raise InvalidInput(
                "day_ahead",
                f"{draft.happened_on} 还没有到，不能登记“{draft.kind.label}”；今天是 {today}。",
                "请核对日期。",
            )

    def _event(self, line: RegisterLine, draft: EventDraft) -> CertificateEvent:
        kind = draft.kind
        if kind is _K.PRINTED and line.copies:
            kind = _K.REPRINTED
        counted = kind in (_K.PRINTED, _K.REPRINTED, _K.SPOILED)
        now = self._clock()
        return CertificateEvent(
            new_id(),
            line.paper.id,
            kind,
            (draft.happened_on or now.date()).isoformat(),
            draft.person,
            draft.printer,
            draft.copies if counted else 0,
            draft.reason,
            now.isoformat(timespec="seconds"),
        )

    def _movement(self, form: CertificateForm, count: int, printer: str) -> StockMovement:
        day = PartialDate.of(self._clock().date())
        moved = StockMovement(new_id(), form.name, StockKind.USED, count, day, self._actor, printer)
        return replace(moved, search_key=ledger_key(STOCK_MOVEMENTS, moved, LinkBook({})))


def gone_certificates(view: Reading, computed: ComputedYear) -> tuple[RegisterLine, ...]:
    """The certificates of a cycle whose award is gone and that were not revoked."""
    held = {(winner, each.name) for each in computed.outcome.awards for winner in each.winners}
    return tuple(
        each
        for each in _lines(view)
        if each.paper.cycle_id == computed.view.cycle.id
        and each.paper.state is PaperState.ISSUED
        and (each.paper.subject_id, each.paper.title) not in held
    )


def _lines(view: Reading) -> tuple[RegisterLine, ...]:
    kinds = all_kinds(view)
    by_code = {each.code: each for each in kinds}
    events: defaultdict[str, list[CertificateEvent]] = defaultdict(list)
    for event in view.all(CertificateEvent):
        events[event.paper_id].append(event)
    papers = sorted(certificate_papers(view, kinds), key=lambda each: (each.series, each.year, each.sequence))
    return tuple(register_line(each, by_code[each.kind], events[each.id]) for each in papers)


def _found(lines: Sequence[RegisterLine], numbers: Sequence[str]) -> tuple[RegisterLine, ...]:
    """The lines of these numbers; one without a number is named by its paper's id, or by its recipient alone.

    Raises:
        NotFound: there is none.
        InvalidInput: a recipient has several without a number.
    """
    known: defaultdict[str, list[RegisterLine]] = defaultdict(list)
    for each in lines:
        if each.state is not CertificateState.VOID:
            known[_plain(each.number or each.recipient)].append(each)
            known[each.paper.id].append(each)
    missing = [each for each in numbers if _plain(each) not in known]
    if missing:
        raise NotFound(
            "certificate_missing",
            f"登记簿里没有编号“{'”“'.join(missing[:5])}”的证书。",
            "请照证书上的写法填写编号，例如“某街办证〔2026〕第001号”。",
        )
    several = [each for each in numbers if len(known[_plain(each)]) > 1]
    if several:
        raise InvalidInput(
            "certificate_unclear",
            f"发给“{several[0]}”、没有编号的证书有 {len(known[_plain(several[0])])} 张。",
            "请在“证书登记簿”里选定那一张登记，或者写它的记录号（certificate register --json 里的 id）。",
        )
    return tuple(dict.fromkeys(known[_plain(each)][0] for each in numbers))


def _refuse_incomplete(draft: EventDraft) -> None:
    if not 1 <= draft.copies <= MOST_COPIES:
        raise InvalidInput(
            "copies_unlikely",
            f"份数写的是 {draft.copies:,}，一张证书一次最多 {MOST_COPIES} 份，至少 1 份。",
            "请核对后填写打印（印坏）了几份。",
        )
    if draft.kind is _K.HANDED_OVER and not draft.person.strip():
        raise InvalidInput("no_person", "还没有写领取人。", "请写明证书交给了谁。")
    needs_reason = (_K.SPOILED, _K.COLLECTED, _K.REVOKED)
    if draft.kind in needs_reason and not draft.reason.strip():
        raise InvalidInput("no_reason", f"登记“{draft.kind.label}”要写明原因。", "请填写原因。")


def _is_head(view: Reading, value: str) -> bool:
    """Whether an act of the log has this head, its number told with it."""
    number, start = read_head(value) or (None, "")
    return number is not None and any(each.number == number for each in view.log.sealed(start))


def _plain(text: str) -> str:
    brackets = str.maketrans("[]【】（）()", "〔〕〔〕〔〕〔〕")
    return "".join(text.split()).translate(brackets)
