"""Facts of the award money of an assessment, line by line, for the list that is paid by."""

from collections.abc import Collection, Iterable

from core.model.award_payment import AwardPayment
from core.model.facts import FactName, Row
from core.rules.amounts import capital_amount, grouped_yuan
from core.rules.award_money import NO_MORE
from core.rules.facts_assessment import LIST, NUMBER

PAYMENT_FACTS = (
    FactName(
        "发放明细",
        "要发的奖金，每笔一行",
        LIST,
        (
            FactName("对象名称", "获奖对象的名称"),
            FactName("奖项", "奖项的名称"),
            FactName("领取人", "获奖对象；另有收款单位或者是负责人分成的，在括号里写明"),
            FactName("发放金额", "元数，如“40,000”"),
            FactName("发放大写", "人民币大写"),
            FactName("拨付日期", "已经拨付的日子；没有拨付时为空"),
        ),
    ),
    FactName("发放笔数", "要发几笔", NUMBER),
    FactName("发放合计", "合计的元数；没有时是“0”"),
    FactName("发放合计大写", "人民币大写"),
)


def payment_row(lines: Iterable[AwardPayment], held: Collection[str]) -> Row:
    """The facts of `PAYMENT_FACTS`; `held` are the names of those who wait for the end of an objection.

    Lines whose award was taken back are not paid.
    """
    paid = [
        each
        for each in lines
        if each.winner not in held and not any(part.startswith(NO_MORE) for part in each.remarks.split("；"))
    ]
    total = sum(each.amount or 0 for each in paid)
    return {
        "发放明细": tuple(map(_line, paid)),
        "发放笔数": len(paid),
        "发放合计": grouped_yuan(total),
        "发放合计大写": capital_amount(total),
    }


def _line(line: AwardPayment) -> Row:
    amount, taken = line.amount or 0, line.head or line.payee
    return {
        "对象名称": line.winner,
        "奖项": line.award,
        "领取人": line.winner if taken in ("", line.winner) else f"{line.winner}（{taken}）",
        "发放金额": grouped_yuan(amount),
        "发放大写": capital_amount(amount),
        "拨付日期": str(line.paid_on or ""),
    }
