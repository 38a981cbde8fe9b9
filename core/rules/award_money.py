"""The ledger of award money: which lines follow from an outcome, and which do so no more (R17, R18)."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from operator import eq
from typing import NamedTuple

from core.model.award_payment import AwardPayment
from core.model.cycle_view import ComputedYear
from core.model.identity import new_id

NO_MORE = "不再得奖，"


class Settling(NamedTuple):
    """What is to be done so that the ledger follows from the outcome: new lines, lines with other remarks."""

    new: tuple[AwardPayment, ...]
    changed: tuple[AwardPayment, ...]


def payment_lines(computed: ComputedYear, heads: Mapping[str, str]) -> Iterator[AwardPayment]:
    """A line for each winner and for each head's share, in the order of the awards; held subjects wait.

    `heads` gives the person at the head of an organization by its id.
    """
    view = computed.view
    subjects = {subject.id: subject for subject in view.subjects}
    for filling in computed.outcome.awards:
        for winner in filling.winners:
            if winner not in view.held:
                subject = subjects[winner]
                line = AwardPayment(
                    "",
                    subject.name,
                    year=view.cycle.year,
                    cycle=view.cycle.code,
                    organization_id=subject.organization_id,
                    award=filling.name,
                )
                yield from _lines(line, filling.lines, heads.get(subject.organization_id, ""))


def settle(known: Iterable[AwardPayment], expected: Iterable[AwardPayment]) -> Settling:
    """How the known lines of a cycle come to what is expected.

    A line that nobody expects any more stays, with the remark what is to be done about its money.
    """
    wanted, lines = list(expected), list(known)
    left: dict[Hashable, list[AwardPayment]] = defaultdict(list)
    for line in wanted:
        left[_matter(line)].append(line)
    unmet = lines
    for suits in (eq, may_be_same):
        unmet = [line for line in unmet if not _met(line, left[_matter(line)], suits)]
    gone = {line.id for line in unmet}
    new = {line.id for alike in left.values() for line in alike}
    said = [(line, _remarked(line, no_more=line.id in gone)) for line in lines]
    return Settling(
        tuple(line for line in wanted if line.id in new), tuple(now for was, now in said if now != was)
    )


def may_be_same(organization_id: str, other_id: str) -> bool:
    """Whether lines of one name may be of one organization: of the same, or one of them names none."""
    return organization_id == other_id or not (organization_id and other_id)


def is_stopped(line: AwardPayment) -> bool:
    """Whether it will never be paid: nobody is to get it any more, and nobody has got it."""
    return NO_MORE in line.remarks and not line.paid_on


def _lines(line: AwardPayment, amounts: tuple[int, ...], head: str) -> Iterator[AwardPayment]:
    own, *shares = amounts
    if own:
        yield replace(line, id=new_id(), amount=own, payee=line.winner)
    for number, share in enumerate(shares, start=1):
        called = f"负责人{number}" if len(shares) > 1 else head or "负责人"
        yield replace(line, id=new_id(), head=called, amount=share)


def _met(line: AwardPayment, alike: list[AwardPayment], suits: Callable[[str, str], bool]) -> bool:
    """Whether one of the expected lines is this one; it is then expected no more."""
    met = next((each for each in alike if suits(line.organization_id, each.organization_id)), None)
    if met:
        alike.remove(met)
    return met is not None


def _matter(line: AwardPayment) -> Hashable:
    """What makes two lines the same one, unless they are of namesakes.

    The head's name may have been written since, and a line that was typed may name no organization.
    """
    return line.winner, line.award, bool(line.head), line.amount


def _remarked(line: AwardPayment, *, no_more: bool) -> AwardPayment:
    parts = [part for part in line.remarks.split("；") if part and not part.startswith(NO_MORE)]
    if no_more:
        parts.append(NO_MORE + ("应追回" if line.paid_on else "停止拨付"))
    return replace(line, remarks="；".join(parts))
