"""From the final score to the grade: bands, vetoes, near edges (R9, R10)."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from math import floor
from typing import NamedTuple

from core.model.assessment import Entry, EntryKind, ResultState
from core.model.decision import Decision, Revocation
from core.model.outcome import NearEdge
from core.model.scheme import Scheme, VetoEffect
from core.rules.exact import to_decimal
from core.rules.scoring import SubjectScore

COMPLETE, INCOMPLETE, NOT_ASSESSED = ResultState.COMPLETE, ResultState.INCOMPLETE, ResultState.NOT_ASSESSED
"""Looked up once: what is asked of every subject would find them anew each time, at the price of a call."""


class Verdict(NamedTuple):
    """A score with its state and grade; `band` is the grade before any veto, empty without a final.

    `vetoes` are those in force, `effect` the heaviest of their effects. `decisions` are those about its score
    and grade, then `computed_final` and `computed_band` are what they replaced (R15).
    """

    score: SubjectScore
    state: ResultState
    band: str
    grade: str
    vetoes: tuple[Entry, ...] = ()
    effect: VetoEffect | None = None
    decisions: tuple[Decision, ...] = ()
    computed_final: int | None = None
    computed_band: str = ""
    revocation: Revocation | None = None


class VetoRuling(NamedTuple):
    """What a veto entry does; `cap_grade` with the effect cap."""

    effect: VetoEffect
    cap_grade: str


class GradeScale:
    """The bands of a scheme in whole units of the place that is shown, worst first."""

    def __init__(self, scheme: Scheme) -> None:
        self._places = scheme.rounding.places
        worst_first = scheme.bands[::-1]
        self._floors = [int(band.floor.scaleb(self._places)) for band in worst_first]
        self._names = [scheme.below_name, *(band.name for band in worst_first)]
        self._margin = floor(scheme.edge_margin.scaleb(self._places))

    def grade(self, final: int) -> str:
        """Grade that a final earns: a band owns its floor (R9)."""
        return self._names[bisect_right(self._floors, final)]

    def floors_around(self, final: int) -> tuple[int | None, int | None]:
        """The floor of the grade that a final earns and that of the next better one, where there is one."""
        better = bisect_right(self._floors, final)
        reached = self._floors[better - 1] if better else None
        return reached, self._floors[better] if better < len(self._floors) else None

    def near_edge(self, score: SubjectScore) -> NearEdge | None:
        """The better grade that a final misses by no more than the scheme's margin."""
        final = score.final
        if final is None or (better := bisect_right(self._floors, final)) == len(self._floors):
            return None
        gap = self._floors[better] - final
        if gap > self._margin:
            return None
        places = self._places
        return NearEdge(
            score.subject.id, to_decimal(final, places), self._names[better + 1], to_decimal(gap, places)
        )


def judge(scheme: Scheme, scale: GradeScale, score: SubjectScore, decided_grade: str = "") -> Verdict:
    """State and grade of one subject; one that is not assessed gets neither score nor grade (R11).

    A decided grade takes the place of the one by score; vetoes act on it too.
    """
    if score.subject.barred:
        return Verdict(score, NOT_ASSESSED, "", "")
    band, state = decided_grade, INCOMPLETE
    if score.final is not None:
        band, state = decided_grade or scale.grade(score.final), COMPLETE
    vetoes: tuple[Entry, ...] = ()
    if score.entries:
        vetoes = tuple(one for one in score.entries if one.kind is EntryKind.VETO and not one.lifted)
    if not vetoes:
        return Verdict(score, state, band, band)
    rulings = [ruling_of(scheme, veto) for veto in vetoes]
    effect = next(kind for kind in VetoEffect if any(kind is ruling.effect for ruling in rulings))
    if effect is VetoEffect.BELOW:
        return Verdict(score, ResultState.VETOED, band, scheme.below_name, vetoes, effect)
    if effect is VetoEffect.CAP and band:
        caps = [ruling.cap_grade for ruling in rulings if ruling.effect is VetoEffect.CAP]
        return Verdict(score, ResultState.VETOED, band, _worst(scheme, [band, *caps]), vetoes, effect)
    return Verdict(score, state, band, band, vetoes, effect)


def ruling_of(scheme: Scheme, veto: Entry) -> VetoRuling:
    """What the scheme says about a veto's item, named by code or name; an unnamed one has the full effect."""
    for item in scheme.vetoes:
        if veto.item and veto.item in (item.code, item.name):
            return VetoRuling(item.effect, item.cap_grade)
    return VetoRuling(VetoEffect.BELOW, "")


def shown_final(scheme: Scheme, final: int) -> Decimal:
    """The final as it is shown and compared."""
    return to_decimal(final, scheme.rounding.places)


def _worst(scheme: Scheme, grades: Sequence[str]) -> str:
    order = scheme.grades()
    return max(grades, key=order.index)
