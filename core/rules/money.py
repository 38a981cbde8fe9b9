"""Award money in whole fen (R18)."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from core.errors import RuleViolation
from core.model.outcome import AwardFilling
from core.model.scheme import Award, HeadShare, plain


def total_money(fillings: Iterable[AwardFilling]) -> int:
    """What all winners get together, in fen; to be held against the budget."""
    return sum(filling.paid_fen * len(filling.winners) for filling in fillings)


def lines_of(award: Award) -> tuple[int, ...]:
    """How the money of one winner is paid."""
    if not award.share:
        return (award.amount_fen,)
    return split_amount(award.amount_fen, award.share, award.share.heads)


def is_enough(award: Award) -> bool:
    """Whether the money of one winner, if any, covers the shares that are cut from it."""
    share = award.share
    return not share or share.added or sum(_shares(award.amount_fen, share, share.heads)) <= award.amount_fen


def split_amount(amount_fen: int, share: HeadShare, heads: int) -> tuple[int, ...]:
    """The lines of one award in fen: the winner first, then each head in order.

    Shares that are cut from the amount leave the winner the rest, so the lines sum to the amount exactly;
    added ones come on top of it. A percentage is rounded half up to the fen; fen that cannot be shared evenly
    go to the first heads.

    Raises:
        RuleViolation: the heads would get more than the amount that their shares are cut from.
    """
    if not heads:
        return (amount_fen,)
    lines = _shares(amount_fen, share, heads)
    winner = amount_fen if share.added else amount_fen - sum(lines)
    if winner < 0:
        raise RuleViolation(
            "shares_too_high",
            f"{heads} 位负责人每人 {plain(share.percent)}%，超过了奖金本身。",
            "请改分成比例或人数。",
        )
    return (winner, *lines)


def _shares(amount_fen: int, share: HeadShare, heads: int) -> list[int]:
    part = int((amount_fen * share.percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
    if share.each:
        return [part] * heads
    even, left = divmod(part, heads)
    return [even + (number < left) for number in range(heads)]
