"""奖项: who holds each place, why places are open, the money against the budget (R13, R16, R18)."""

from collections.abc import Iterator
from typing import NamedTuple

from core.model.assessment import WAITS
from core.model.outcome import AwardFilling, OpenReason, Outcome
from core.model.result_list import ListKind, ResultLine, ResultList
from core.model.tables import OutColumn, OutValue
from core.rules.amounts import grouped_yuan, in_yuan
from core.rules.result_findings import NAME, ResultFindings

OPEN_TO_DECISION = (OpenReason.NO_CANDIDATE, OpenReason.TIE)
"""Why a place is open that people may decide to leave so."""


class _Place(NamedTuple):
    """A place, or one who waits for it: its number, whose it is, the money and that of the heads."""

    number: str
    subject_id: str
    money_fen: int
    heads_fen: int
    note: str
    reason: OpenReason | None = None


def award_list(found: ResultFindings) -> ResultList:
    """A line for each place and for each of those who wait for one."""
    awards = found.outcome.awards
    by_category = any(each.category for each in awards)
    shared = any(len(each.lines) > 1 for each in awards)
    columns = [OutColumn("奖项", 18)]
    columns += [OutColumn("类别", 12)] if by_category else []
    columns += [OutColumn("名额", 8), NAME, found.final(), _money("奖金（元）")]
    columns += [_money("其中负责人（元）")] if shared else []
    lines = []
    for award in awards:
        for place in _places(found, award):
            result = found.results.get(place.subject_id)
            values: list[OutValue] = [award.name, *([award.category or None] if by_category else [])]
            values += (place.number or None, _holder(found, place), result.final if result else None)
            values += [
                in_yuan(place.money_fen) or None,
                *([in_yuan(place.heads_fen) or None] if shared else []),
            ]
            about = (award.code, award.category) if place.reason in OPEN_TO_DECISION else None
            lines.append(ResultLine((*values, place.note or None), place.subject_id, open_place=about))
    return ResultList(
        ListKind.AWARDS,
        found.title("奖项和奖金"),
        money_words(found.outcome),
        (*columns, OutColumn("说明", 24)),
        tuple(lines),
        "考核方案没有设奖项。",
    )


def money_words(outcome: Outcome) -> str:
    """The money of all awards against the budget."""
    words = f"奖励合计 {grouped_yuan(outcome.money_fen)} 元"
    if outcome.budget_fen is None:
        return f"{words}，方案没有写预算。"
    left = outcome.budget_fen - outcome.money_fen
    rest = f"结余 {grouped_yuan(left)} 元" if left >= 0 else f"超出预算 {grouped_yuan(-left)} 元"
    return f"{words}，预算 {grouped_yuan(outcome.budget_fen)} 元，{rest}。"


def _places(found: ResultFindings, filling: AwardFilling) -> Iterator[_Place]:
    of = "" if filling.places is None else f"/{filling.places}"
    for number, subject_id in enumerate(filling.winners, start=1):
        note = "异议未结，暂缓" if subject_id in found.view.held else ""
        yield _Place(f"{number}{of}", subject_id, filling.paid_fen, sum(filling.lines[1:]), note)
    for subject_id in filling.undecided:
        yield _Place("", subject_id, 0, 0, WAITS)
    for number, reason in enumerate(filling.open_reasons, start=len(filling.winners) + 1):
        yield _Place(f"{number}{of}", "", 0, 0, reason.label, reason)


def _holder(found: ResultFindings, place: _Place) -> str:
    return found.subjects[place.subject_id].name if place.subject_id else "（空缺）"


def _money(title: str) -> OutColumn:
    return OutColumn(title, 14, places=2)
