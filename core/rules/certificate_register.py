"""The register of certificates: where each one is by its events, the list to hand out, the blank sheets."""

from collections.abc import Iterable, Mapping, Sequence

from core.errors import RuleViolation
from core.model.certificate import (
    CertificateEvent,
    CertificateEventKind,
    CertificateState,
    CertificateTemplate,
    RegisterLine,
    StockBalance,
    StockKind,
    StockMovement,
)
from core.model.tables import OutColumn, OutSheet
from core.model.written_document import IssuedPaper, PaperState
from core.rules.certificate_content import read_content
from core.rules.certificate_kinds import number_text

_K, _S = CertificateEventKind, CertificateState
_STATE_AFTER: Mapping[CertificateEventKind, CertificateState] = {
    _K.PRINTED: _S.PRINTED,
    _K.REPRINTED: _S.PRINTED,
    _K.SPOILED: _S.NUMBERED,
    _K.HANDED_OVER: _S.HANDED_OVER,
    _K.COLLECTED: _S.COLLECTED,
    _K.REVOKED: _S.REVOKED,
}
_ALLOWED: Mapping[CertificateEventKind, frozenset[CertificateState]] = {
    _K.SPOILED: frozenset({_S.PRINTED, _S.NUMBERED}),
    _K.HANDED_OVER: frozenset({_S.NUMBERED, _S.PRINTED, _S.COLLECTED}),
    _K.COLLECTED: frozenset({_S.HANDED_OVER, _S.REVOKED}),
    _K.REVOKED: frozenset(_S) - {_S.REVOKED, _S.VOID},
}
"""In which state something may happen; printing is refused for revoked and void ones alone."""

COLUMNS = (
    OutColumn("编号", 26, as_text=True),
    OutColumn("种类", 12),
    OutColumn("名称", 32),
    OutColumn("内容", 24),
    OutColumn("日期", 12),
    OutColumn("状态", 10),
    OutColumn("打印份数", 10),
    OutColumn("印坏", 8),
    OutColumn("领取人", 14),
    OutColumn("发出日期", 12),
    OutColumn("说明", 28),
)


def register_line(
    paper: IssuedPaper, kind: CertificateTemplate, events: Sequence[CertificateEvent]
) -> RegisterLine:
    """A paper with what happened to it, its events in order of writing."""
    content = read_content(paper)
    handed = [each for each in events if each.kind is _K.HANDED_OVER]
    return RegisterLine(
        paper=paper,
        number=number_of(paper, kind),
        template=kind.name,
        recipient=content.certificate.recipient if content else paper.recipient,
        result=content.certificate.result if content else paper.title,
        state=state_of(paper, events),
        copies=sum(each.copies for each in events if each.kind in (_K.PRINTED, _K.REPRINTED)),
        spoiled=sum(max(1, each.copies) for each in events if each.kind is _K.SPOILED),
        holder=handed[-1].person if handed else "",
        handed_on=handed[-1].happened_on if handed else "",
        events=tuple(events),
    )


def state_of(paper: IssuedPaper, events: Sequence[CertificateEvent]) -> CertificateState:
    """Where a certificate is; no print, spoiled or not, takes back one that was handed over before."""
    if paper.state is PaperState.REVOKED:
        return _S.COLLECTED if events and events[-1].kind is _K.COLLECTED else _S.REVOKED
    if paper.state in (PaperState.VOID, PaperState.SKIPPED):
        return _S.VOID
    state = _S.NUMBERED
    for each in events:
        if each.kind in (_K.PRINTED, _K.REPRINTED, _K.SPOILED) and state in (_S.HANDED_OVER, _S.COLLECTED):
            continue
        state = _STATE_AFTER[each.kind]
    return state


def refuse_event(line: RegisterLine, kind: CertificateEventKind) -> None:
    """Nothing, if this may happen to the certificate as it is.

    Raises:
        RuleViolation: it may not, with what to do.
    """
    allowed = _ALLOWED.get(kind, frozenset(_S) - {_S.REVOKED, _S.VOID})
    if line.paper.state is PaperState.REVOKED:
        allowed &= {_S.REVOKED} if kind is _K.COLLECTED else frozenset()
    if line.state in allowed:
        return
    raise RuleViolation(
        "certificate_state",
        f"证书“{line.number or line.recipient}”{line.state.label}，不能登记“{kind.label}”。",
        "请核对编号；已经登记错的，在操作记录里撤销那一次登记。",
    )


def register_sheet(lines: Iterable[RegisterLine], title: str, log_head: str) -> OutSheet:
    """The register as a table to hand out, under it the head of the log."""
    rows = tuple(
        (
            each.number,
            each.template,
            each.recipient,
            each.result,
            each.paper.dated_on,
            each.state.label,
            each.copies,
            each.spoiled,
            each.holder,
            each.handed_on,
            "；".join(part for part in (each.paper.reason, *_reasons(each)) if part),
        )
        for each in lines
    )
    return OutSheet("证书登记簿", title, COLUMNS, rows, note=f"日志校验码：{log_head}")


def stock_balances(movements: Iterable[StockMovement]) -> tuple[StockBalance, ...]:
    """What must be there of each form, in order of their names."""
    totals: dict[str, dict[StockKind, int]] = {}
    for each in movements:
        if each.kind and each.count:
            counts = totals.setdefault(each.form, dict.fromkeys(StockKind, 0))
            counts[each.kind] += each.count
    return tuple(
        StockBalance(
            form,
            received=counts[StockKind.RECEIVED],
            used=counts[StockKind.USED],
            spoiled=counts[StockKind.SPOILED],
            balance=sum(kind.sign * count for kind, count in counts.items()),
        )
        for form, counts in sorted(totals.items())
    )


def number_of(paper: IssuedPaper, kind: CertificateTemplate) -> str:
    """The number as it was printed; blank for a kind without numbers."""
    content = read_content(paper)
    if content:
        return content.certificate.number
    return number_text(kind, paper.series, paper.year, paper.sequence) if paper.series else ""


def _reasons(line: RegisterLine) -> tuple[str, ...]:
    return tuple(f"{each.kind.label}：{each.reason}" for each in line.events if each.reason)
