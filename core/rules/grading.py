"""From the final score to the grade: bands, vetoes, near edges (R9, R10)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from core.model.assessment import Entry, EntryKind, ResultState
from core.model.outcome import NearEdge
from core.model.scheme import Scheme, VetoEffect
from core.rules.exact import to_decimal
from core.rules.scoring import SubjectScore


class Verdict(NamedTuple):
    """A score with its state and grade; `band` is the grade before any veto, empty without a final.

    `vetoes` are those in force, `effect` the heaviest of their effects.
    """

    score: SubjectScore
    state: ResultState
    band: str
    grade: str
    vetoes: tuple[Entry, ...] = ()
    effect: VetoEffect | None = None


class VetoRuling(NamedTuple):
    """What a veto entry does; `cap_grade` with the effect cap."""

    effect: VetoEffect
    cap_grade: str


def grade_for(scheme: Scheme, final: Decimal) -> str:
    """Grade that a final earns: bands run best to worst and own their floor (R9)."""
    return next((band.name for band in scheme.bands if final >= band.floor), scheme.below_name)


def judge(scheme: Scheme, score: SubjectScore) -> Verdict:
    """State and grade of one subject; one that is not assessed gets neither score nor grade (R11)."""
    if score.subject.barred:
        return Verdict(score, ResultState.NOT_ASSESSED, "", "")
    band = "" if score.final is None else grade_for(scheme, shown_final(scheme, score.final))
    state = ResultState.COMPLETE if band else ResultState.INCOMPLETE
    vetoes = (
        tuple(entry for entry in score.entries if entry.kind is EntryKind.VETO and not entry.lifted)
        if score.entries
        else ()
    )
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


def near_edge(scheme: Scheme, verdict: Verdict) -> NearEdge | None:
    """The better grade that a complete result misses by no more than the scheme's margin."""
    if verdict.state is not ResultState.COMPLETE or verdict.score.final is None:
        return None
    final = shown_final(scheme, verdict.score.final)
    for band in reversed(scheme.bands):
        if band.floor > final:
            gap = band.floor - final
            return (
                NearEdge(verdict.score.subject.id, final, band.name, gap)
                if gap <= scheme.edge_margin
                else None
            )
    return None
