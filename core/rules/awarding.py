"""Filling the awards in the order of the scheme (R13, R14, R16)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from core.model.assessment import EntryKind, ResultState, Subject
from core.model.condition import Condition
from core.model.outcome import AwardFilling, OpenReason
from core.model.scheme import Award, Places, Scheme, TieRule
from core.rules.grading import Verdict
from core.rules.tie_keys import last_day, tie_values


class Contest(NamedTuple):
    """One filling with those it was filled from, in the order given."""

    award: Award
    candidates: tuple[Verdict, ...]
    filling: AwardFilling


def fill_awards(scheme: Scheme, verdicts: Sequence[Verdict]) -> tuple[Contest, ...]:
    """Who gets what; an award by category is filled once in each category that was assessed."""
    assessed = [verdict for verdict in verdicts if verdict.state is not ResultState.NOT_ASSESSED]
    by_category: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in assessed:
        by_category[verdict.score.subject.category].append(verdict)
    taken: set[str] = set()
    contests = []
    for award in scheme.awards:
        for category, among in by_category.items() if award.per_category else [("", assessed)]:
            free = [one for one in among if one.score.subject.id not in taken]
            direct = [one.score.subject.id for one in free if one.score.entries and is_confirmed(award, one)]
            candidates = tuple(
                one for one in free if is_candidate(award, one) and one.score.subject.id not in direct
            )
            filling = _fill(scheme, award, category, places_of(award, len(among)), candidates, direct)
            taken.update(filling.winners, filling.undecided)
            contests.append(Contest(award, candidates, filling))
    return tuple(contests)


def is_candidate(award: Award, verdict: Verdict) -> bool:
    """Whether a result may win an award, if it holds no earlier one.

    It must be complete, without veto, of a grade that the award names, and meet all its conditions.
    """
    return (
        verdict.state is ResultState.COMPLETE
        and verdict.effect is None
        and verdict.grade in award.grades
        and (not award.conditions or unmet(award, verdict.score.subject) is None)
    )


def is_confirmed(award: Award, verdict: Verdict) -> bool:
    """Whether proof confirms the award directly (市级奖项获得者), for a complete result without veto."""
    entries = verdict.score.entries
    return (
        verdict.state is ResultState.COMPLETE
        and verdict.effect is None
        and any(one.kind is EntryKind.DIRECT and not one.lifted and one.item == award.code for one in entries)
    )


def unmet(award: Award, subject: Subject) -> Condition | None:
    """The first condition that a subject does not meet, None if it meets all."""
    return next((one for one in award.conditions if not _meets(one, subject)), None)


def _meets(condition: Condition, subject: Subject) -> bool:
    value: str = getattr(subject, condition.fact.value)
    if condition.one_of and value not in condition.one_of:
        return False
    if condition.until and not "" < last_day(value) <= condition.until:
        return False
    return value not in condition.none_of


def places_of(award: Award, assessed: int) -> int | None:
    """How many may win; None where it is open."""
    if award.places is Places.OPEN:
        return None
    return int(award.number if award.places is Places.NUMBER else award.number * assessed / 100)


def _fill(
    scheme: Scheme,
    award: Award,
    category: str,
    places: int | None,
    candidates: Sequence[Verdict],
    direct: Sequence[str],
) -> AwardFilling:
    """Those confirmed directly first, all of them; then the candidates in order while there are places."""
    winners: list[str] = list(direct)
    undecided: list[str] = []
    tied = False
    for equals in order_candidates(scheme, candidates):
        if places is not None and len(winners) >= places:
            break
        tied = places is not None and len(winners) + len(equals) > places and award.ties is not TieRule.ALL
        if tied:
            undecided = equals if award.ties is TieRule.UNDECIDED else []
            break
        winners += equals
    open_places = max(places - len(winners), 0) if places is not None else 0
    reason = (OpenReason.TIE if tied else OpenReason.NO_CANDIDATE) if open_places else None
    return AwardFilling(
        award.code, award.name, category, places, tuple(winners), tuple(undecided), open_places, reason,
        award.amount_fen,
    )  # fmt: skip


def order_candidates(scheme: Scheme, candidates: Iterable[Verdict]) -> Iterable[list[str]]:
    """The ids of the candidates, best first, in groups that nothing tells apart: final, then the tie keys."""
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
            yield [subject_id for _, subject_id in same]


def _final(verdict: Verdict) -> int:
    final = verdict.score.final
    return final if final is not None else -1
