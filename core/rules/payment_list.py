"""奖金发放表: the award money of a cycle as the ledger has it, in figures and capitals."""

from collections.abc import Sequence
from decimal import Decimal

from core.model.award_payment import AwardPayment
from core.model.cycle_view import CycleView
from core.model.result_list import ListKind, ResultLine, ResultList
from core.model.tables import OutColumn
from core.rules.amounts import capital_amount, grouped_yuan, in_yuan
from core.rules.award_money import NO_MORE, is_stopped

_COLUMNS = (
    OutColumn("获奖对象", 28),
    OutColumn("奖项", 18),
    OutColumn("分成人", 10),
    OutColumn("金额（元）", 14, places=2),
    OutColumn("大写", 24),
    OutColumn("拨付日期", 12),
    OutColumn("凭证号", 12),
    OutColumn("追回（元）", 12, places=2),
    OutColumn("备注", 20),
    OutColumn("收款单位", 20),
    OutColumn("户名", 14),
    OutColumn("使用情况", 16),
)


def payment_list(view: CycleView, known: Sequence[AwardPayment], new: Sequence[AwardPayment]) -> ResultList:
    """The known lines; what is `new` follows from the results and is not in the ledger yet."""
    by_organization = {each.organization_id: each.id for each in view.subjects if each.organization_id}
    by_name = {each.name: each.id for each in view.subjects}
    stopped = [each for each in known if is_stopped(each)]
    due_back = [each for each in known if each.paid_on and NO_MORE in each.remarks]
    words = f"台账 {_sum([each for each in known if not is_stopped(each)])}，"
    words += f"已拨付 {_sum([each for each in known if each.paid_on])}。"
    if stopped:
        words += f"另有 {_sum(stopped)}停止拨付。"
    if due_back:
        returned = sum(each.returned or 0 for each in due_back)
        words += f"应追回 {_sum(due_back)}，已追回 {grouped_yuan(returned)} 元。"
    if new:
        words += f"按公布的结果还有 {_sum(new)}没有登记。"
    return ResultList(
        ListKind.MONEY,
        f"{view.heading}奖金发放表",
        words,
        _COLUMNS,
        tuple(
            ResultLine(
                _values(each),
                by_organization.get(each.organization_id, by_name.get(each.winner, "")),
                each.id,
            )
            for each in known
        ),
        f"还没有登记奖金。按公布的结果有 {_sum(new)}。" if new else "还没有奖金；结果公布以后在这里登记。",
    )


def _values(line: AwardPayment) -> tuple[str | Decimal | None, ...]:
    return (
        line.winner,
        line.award or None,
        line.head or None,
        None if line.amount is None else in_yuan(line.amount),
        None if line.amount is None else capital_amount(line.amount),
        str(line.paid_on) if line.paid_on else None,
        line.voucher or None,
        None if line.returned is None else in_yuan(line.returned),
        line.remarks or None,
        line.payee or None,
        line.account_holder or None,
        line.use_report or None,
    )


def _sum(lines: Sequence[AwardPayment]) -> str:
    total = sum(each.amount or 0 for each in lines)
    return f"{len(lines)} 笔 {grouped_yuan(total)} 元"
