"""Filling the awards in the order of the scheme (R13, R14, R16)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from core.model.assessment import Entry, EntryKind, Subject
from core.model.decision import ABOUT_AWARDS, Decision
from core.model.outcome import AwardFilling, OpenReason
from core.model.scheme import Award, Places, Scheme, TieRule
from core.rules.conditions import unmet
from core.rules.earlier_years import NO_EARLIER_YEARS, EarlierYears
from core.rules.grading import COMPLETE, NOT_ASSESSED, Verdict
from core.rules.money import lines_of
from core.rules.tie_keys import tie_values


class Rulings(NamedTuple):
    """What people decided about one award in one category (R15): the order of its equals, its open places."""

    order: Decision | None
    left_open: Decision | None


class Contest(NamedTuple):
    """One filling with those it was filled from, in the order given, of so many `assessed` that it concerns.

    `tied` tells that equals stand across the border of the places, whatever was then made of them.
    """

    award: Award
    candidates: tuple[Verdict, ...]
    filling: AwardFilling
    tied: bool
    rulings: Rulings
    assessed: int


def fill_awards(
    scheme: Scheme,
    verdicts: Iterable[Verdict],
    decisions: Iterable[Decision] = (),
    years: EarlierYears = NO_EARLIER_YEARS,
    void: Set[str] = frozenset(),
) -> tuple[Contest, ...]:
    """Who gets what; an award by category is filled once in each category that was assessed.

    Those in `void` were revoked and nobody moves up (R17): the places that they win stay empty.
    """
    assessed = [verdict for verdict in verdicts if verdict.state is not NOT_ASSESSED]
    decided = {(one.kind, one.award, one.category): one for one in decisions if one.award and not one.lifted}
    taken: set[str] = set()
    contests = []
    for award in (part for whole in scheme.awards for part in parts_of(whole)):
        for category, among in _groups(award, assessed).items():
            rulings = Rulings(*(decided.get((kind, award.code, category)) for kind in ABOUT_AWARDS))
            free = [one for one in among if one.score.subject.id not in taken] if taken else among
            contest = _hold(scheme, award, category, len(among), free, rulings, years)
            taken.update(contest.filling.winners, contest.filling.undecided)
            contests.append(_vacated(contest, void))
    return tuple(contests)


def parts_of(award: Award) -> Iterator[Award]:
    """An award place by place where the money differs: each part is filled like an award (R18)."""
    if not award.amounts:
        yield award
    for part in award.amounts:
        yield replace(award, number=Decimal(part.places), amount_fen=part.amount_fen, amounts=())


def is_candidate(award: Award, verdict: Verdict, years: EarlierYears) -> bool:
    """Whether a result may win an award, if it holds no earlier one.

    It must be complete, without veto, of a grade that the award names, and meet all its conditions.
    """
    return (
        verdict.grade in award.grades
        and verdict.state is COMPLETE
        and verdict.effect is None
        and (not award.conditions or unmet(award.conditions, verdict.score.subject, years) is None)
    )


def is_confirmed(award: Award, verdict: Verdict) -> bool:
    """Whether proof confirms the award directly (市级奖项获得者), for a complete result without veto."""
    proved = any(confirms(award, entry) for entry in verdict.score.entries)
    return proved and verdict.state is COMPLETE and verdict.effect is None


def confirms(award: Award, entry: Entry) -> bool:
    """Whether an entry is the proof that confirms an award; one that was lifted comes to no verdict."""
    return entry.kind is EntryKind.DIRECT and entry.item == award.code


def concerns(award: Award, subject: Subject) -> bool:
    """Whether an award is for subjects of this kind at all."""
    return not award.kinds or subject.kind in award.kinds


def places_of(award: Award, assessed: int) -> int | None:
    """How many may win; None where it is open."""
    if award.places is Places.OPEN:
        return None
    return int(award.number if award.places is Places.NUMBER else award.number * assessed / 100)


def _groups(award: Award, assessed: Sequence[Verdict]) -> Mapping[str, Sequence[Verdict]]:
    """The assessed that an award concerns, by category where it goes by category."""
    among = [one for one in assessed if concerns(award, one.score.subject)] if award.kinds else assessed
    if not award.per_category:
        return {"": among}
    by_category: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in among:
        by_category[verdict.score.subject.category].append(verdict)
    return by_category


def _hold(
    scheme: Scheme,
    award: Award,
    category: str,
    assessed: int,
    free: Sequence[Verdict],
    rulings: Rulings,
    years: EarlierYears,
) -> Contest:
    """Those confirmed directly first, all of them; then the candidates in order while there are places."""
    direct = dict.fromkeys(
        one.score.subject.id for one in free if one.score.entries and is_confirmed(award, one)
    )
    candidates = tuple(
        one for one in free if is_candidate(award, one, years) and one.score.subject.id not in direct
    )
    groups = order_candidates(scheme, candidates, rulings.order.order if rulings.order else ())
    places = places_of(award, assessed)
    winners, across = _winners(award.ties, places, direct, groups)
    waiting = across if award.ties is TieRule.UNDECIDED and not rulings.left_open else []
    filling = AwardFilling(
        award.code, award.name, category, places, tuple(winners), tuple(waiting),
        _open_reasons(places, len(winners), bool(across), rulings), award.amount_fen, lines_of(award),
    )  # fmt: skip
    return Contest(award, candidates, filling, bool(across), rulings, assessed)


def _winners(
    ties: TieRule, places: int | None, direct: Iterable[str], groups: Iterable[list[str]]
) -> tuple[list[str], list[str]]:
    """The winners in order, and the equals that stand across the border of the places, if any do."""
    winners = list(direct)
    for equals in groups:
        if places is not None and len(winners) >= places:
            break
        if places is not None and len(winners) + len(equals) > places and ties is not TieRule.ALL:
            return winners, equals
        winners += equals
    return winners, []


def _open_reasons(places: int | None, winners: int, tied: bool, rulings: Rulings) -> tuple[OpenReason, ...]:
    reason = OpenReason.TIE if tied else OpenReason.NO_CANDIDATE
    if rulings.left_open:
        reason = OpenReason.LEFT_OPEN
    return (reason,) * max((places or 0) - winners, 0)


def _vacated(contest: Contest, void: Set[str]) -> Contest:
    filling = contest.filling
    if void.isdisjoint((*filling.winners, *filling.undecided)):
        return contest
    winners = tuple(one for one in filling.winners if one not in void)
    empty = max((filling.places or 0) - len(filling.open_reasons) - len(winners), 0)
    left = replace(
        filling,
        winners=winners,
        undecided=tuple(one for one in filling.undecided if one not in void),
        open_reasons=(OpenReason.REVOKED,) * empty + filling.open_reasons,
    )
    return contest._replace(filling=left)


def order_candidates(
    scheme: Scheme, candidates: Iterable[Verdict], decided: Sequence[str] = ()
) -> Iterable[list[str]]:
    """The ids of the candidates, best first, in groups that nothing tells apart.

    Final first, then the tie keys; at last the order that people decided, if it names all of the equals.
    """
    by_final = sorted(candidates, key=_final, reverse=True)
    for _, equals in groupby(by_final, key=_final):
        group = list(equals)
        if len(group) == 1:
            yield [group[0].score.subject.id]
            continue
        keyed = [
            (tuple(value.order for value in tie_values(scheme, one.score)), one.score.subject.id)
            for one in group
        ]
        keyed.sort(key=lambda pair: pair[0])
        for _, same in groupby(keyed, key=lambda pair: pair[0]):
            ids = [subject_id for _, subject_id in same]
            if len(ids) > 1 and set(ids).issubset(decided):
                yield from ([one] for one in sorted(ids, key=decided.index))
            else:
                yield ids


def _final(verdict: Verdict) -> int:
    final = verdict.score.final
    return final if final is not None else -1
