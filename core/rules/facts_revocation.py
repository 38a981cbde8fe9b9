"""Facts of one revocation (R17): what is taken back from whom and why, and who moves up."""

from collections.abc import Iterable, Sequence
from datetime import date

from core.model.award_payment import AwardPayment
from core.model.decision import Revocation
from core.model.facts import FactName, Row
from core.model.outcome import Outcome
from core.rules.amounts import capital_amount, yuan_text
from core.rules.award_money import may_be_same
from core.rules.facts_assessment import LIST, NUMBER
from core.rules.facts_cycle import CycleFacts
from core.rules.facts_office import day_words

REVOCATION_FACTS = (
    FactName("对象名称", "被撤销的对象"),
    FactName("社区", "所属社区（村）"),
    FactName("类别", "考核对象的类别"),
    FactName("撤销机关", "作出撤销决定的机关或会议"),
    FactName("撤销日期", "作出撤销决定的日子"),
    FactName("撤销原因", "撤销的原因"),
    FactName("撤销依据", "依据的材料；没有写时为空"),
    FactName("原得分", "撤销以前的得分；没有时是“—”"),
    FactName("原等次", "撤销以前的等次；没有时为空"),
    FactName("原奖项", "撤销的奖项；没有时为空"),
    FactName("原奖金", "撤销的奖金，如“4万元”；没有时为空"),
    FactName("原奖金大写", "人民币大写；没有时为空"),
    FactName("应追回", "已经拨付、还没有追回的奖金；没有时为空"),
    FactName("应追回大写", "人民币大写；没有时为空"),
    FactName("递补", "撤销时定了递补的是 1，不递补的是 0", NUMBER),
    FactName(
        "递补对象",
        "因此得到奖项或者换了奖项的对象",
        LIST,
        (
            FactName("对象名称", "递补的对象"),
            FactName("奖项", "现在得到的奖项"),
            FactName("奖金", "奖金，如“4万元”；没有时为空"),
            FactName("以前的奖项", "撤销以前的奖项；没有时为空"),
        ),
    ),
)


def revocation_row(
    facts: CycleFacts, before: Outcome, revocation: Revocation, payments: Iterable[AwardPayment]
) -> Row:
    """The facts of `REVOCATION_FACTS`.

    `before` is what the assessment comes to without this revocation, `payments` is the ledger of its award
    money.
    """
    subject, _now = facts.pair(revocation.subject_id)
    was = next(each for each in before.results if each.subject_id == subject.id)
    paid = [
        each
        for each in payments
        if (each.winner, each.award) == (subject.name, was.award)
        and may_be_same(each.organization_id, subject.organization_id)
    ]
    back = sum((each.amount or 0) - (each.returned or 0) for each in paid if each.paid_on)
    places = facts.computed.view.scheme.rounding.places
    return {
        "对象名称": subject.name,
        "社区": subject.community,
        "类别": subject.category,
        "撤销机关": revocation.body,
        "撤销日期": day_words(date.fromisoformat(revocation.dated_on)),
        "撤销原因": revocation.reason,
        "撤销依据": revocation.evidence,
        "原得分": "—" if was.final is None else f"{was.final:.{places}f}",
        "原等次": was.grade,
        "原奖项": was.award,
        **_money("原奖金", was.amount_fen),
        **_money("应追回", max(0, back)),
        "递补": int(revocation.promote),
        "递补对象": tuple(_promoted(facts, before, subject.id)),
    }


def _money(name: str, fen: int) -> Row:
    return {name: yuan_text(fen) if fen else "", f"{name}大写": capital_amount(fen) if fen else ""}


def _promoted(facts: CycleFacts, before: Outcome, revoked: str) -> Sequence[Row]:
    """Those who may be named and hold another award than before, in the order of the list."""
    had = {each.subject_id: each.award for each in before.results}
    return [
        {
            "对象名称": row["对象名称"],
            "奖项": row["奖项"],
            "奖金": row["奖金"],
            "以前的奖项": had[subject_id],
        }
        for subject_id in facts.subject_ids
        for row in (facts.subject(subject_id),)
        if subject_id != revoked and row["奖项"] and row["奖项"] != had[subject_id]
    ]
