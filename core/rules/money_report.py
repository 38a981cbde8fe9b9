"""Award money summed up: granted, paid, still to pay, to be paid back and paid back."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from core.model.award_payment import AwardPayment
from core.model.money_report import MoneyBy
from core.model.register import OrganizationSummary
from core.model.tables import OutColumn, OutSheet, OutValue
from core.rules.amounts import in_yuan
from core.rules.award_money import NO_MORE, is_stopped

NOT_SAID = "没有写明"
_TOTAL = "合计"
_MONEY = tuple(
    OutColumn(f"{title}（元）", 12, places=2) for title in ("应发", "已拨付", "未拨付", "应追回", "已追回")
)


def money_sheet(
    office: str, by: MoneyBy, lines: Iterable[AwardPayment], organizations: Iterable[OrganizationSummary]
) -> OutSheet:
    """The sums by year, award, category or community, the largest first, years the newest first.

    Category and community are those that the organization has now. What was stopped before it was paid is
    no line of the sums any more.
    """
    groups: dict[str, list[AwardPayment]] = defaultdict(list)
    group_of = _group_of(by, {each.id: each for each in organizations})
    every = [each for each in lines if not is_stopped(each)]
    for line in every:
        groups[group_of(line) or NOT_SAID].append(line)
    sums = {name: _sums(own) for name, own in groups.items()}
    if by is MoneyBy.YEAR:
        order = sorted(sums, reverse=True)
    else:
        order = sorted(sums, key=lambda name: (name == NOT_SAID, -sums[name][0], name))
    rows: list[tuple[OutValue, ...]] = [
        (name, len(groups[name]), *map(in_yuan, sums[name])) for name in order
    ]
    if rows:
        rows.append((_TOTAL, len(every), *map(in_yuan, _sums(every))))
    columns = (OutColumn(by.label, 20), OutColumn("笔数", 6), *_MONEY)
    return OutSheet("奖金汇总", f"{office}奖金按{by.label}汇总", columns, tuple(rows))


def _group_of(by: MoneyBy, organizations: Mapping[str, OrganizationSummary]) -> Callable[[AwardPayment], str]:
    if by is MoneyBy.YEAR:
        return lambda line: f"{line.year}" if line.year else ""
    if by is MoneyBy.AWARD:
        return lambda line: line.award
    name = by.value

    def of_organization(line: AwardPayment) -> str:
        found = organizations.get(line.organization_id)
        return str(getattr(found, name)) if found else ""

    return of_organization


def _sums(lines: Sequence[AwardPayment]) -> tuple[int, ...]:
    """In fen: granted, paid, still to pay, to be paid back, paid back."""
    granted = paid = due_back = back = 0
    for line in lines:
        amount = line.amount or 0
        no_more = NO_MORE in line.remarks
        granted += 0 if no_more else amount
        paid += amount if line.paid_on else 0
        back += line.returned or 0
        due_back += max(0, amount - (line.returned or 0)) if no_more and line.paid_on else 0
    unpaid = sum(line.amount or 0 for line in lines if not line.paid_on)
    return granted, paid, unpaid, due_back, back
