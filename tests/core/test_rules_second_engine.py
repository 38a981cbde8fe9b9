"""The engine against a second one, written from the rules alone: slow and literal, over fractions.

It leaves out what stands beside the chain: proofs, facts of the register, earlier years, lists, traces.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import floor
from random import Random

from hypothesis import given, settings, strategies

from core.model.assessment import Entry, EntryKind, ResultState, ScoreSheet, Subject
from core.model.decision import DecisionKind
from core.model.outcome import AwardFilling, OpenReason
from core.model.scheme import (
    Aggregate,
    Award,
    HeadShare,
    IncompleteSheet,
    MissingRater,
    MissingStage,
    Places,
    RankWithin,
    Stage,
    TieKey,
    TieKeyKind,
    TieRule,
    VetoEffect,
)
from core.rules.assessing import assess
from tests.core.generated_schemes import Year, varied, years
from tests.laws import examples

Points = Fraction | None
ZERO = Fraction(0)


@dataclass
class Standing:
    """What a subject has come to so far."""

    subject: Subject
    entries: list[Entry]
    revoked: bool
    state: ResultState = ResultState.COMPLETE
    final: Points = None
    raw: Points = None
    grade: str = ""

    def vetoes(self) -> list[Entry]:
        return [one for one in self.entries if one.kind is EntryKind.VETO]

    def points(self, kind: EntryKind) -> Fraction:
        return sum((Fraction(one.points or 0) for one in self.entries if one.kind is kind), ZERO)


class SecondEngine:
    """One year, computed subject by subject, then compared."""

    def __init__(self, year: Year) -> None:
        self.scheme, self.subjects, self.sheets, entries, settled = year
        self.entries = [one for one in entries if not one.lifted]
        self.decisions = [one for one in settled.decisions if not one.lifted]
        self.revocations = {one.subject_id: one for one in settled.revocations if not one.lifted}
        self.places = self.scheme.rounding.places

    def run(self) -> tuple[dict[str, tuple[object, ...]], list[AwardFilling]]:
        """State, final, grade, rank, award and money of each subject, and how the awards were filled."""
        everybody = [self.judged(subject) for subject in self.subjects]
        fillings = list(self.fillings(everybody))
        held = {winner: (one.name, sum(one.lines)) for one in fillings for winner in one.winners}
        lines: dict[str, tuple[object, ...]] = {}
        for one in everybody:
            state = ResultState.REVOKED if one.revoked else one.state
            grade = self.scheme.below_name if one.revoked else one.grade
            rank = self.rank(one, everybody)
            lines[one.subject.id] = state, one.final, grade, rank, *held.get(one.subject.id, ("", 0))
        return lines, fillings

    def marks(self, sheet: ScoreSheet) -> list[Fraction] | None:
        """R5: the marks of a valid sheet; one without any mark is none, whatever becomes of empty leaves."""
        empty = sheet.marks.count(None)
        ignored = empty and self.scheme.incomplete_sheet is IncompleteSheet.IGNORE
        if sheet.recused or ignored or empty == len(sheet.marks):
            return None
        return [Fraction(mark or 0, 10**6) for mark in sheet.marks]

    def votes(
        self, subject: Subject, stage: Stage, worth: Callable[[list[Fraction]], Fraction]
    ) -> Iterator[tuple[Fraction, Fraction, bool]]:
        """R4, R5: weight and value of each rater that counts, and whether it gave valid sheets."""
        for rater in stage.raters:
            wanted = subject.id, stage.code, rater.code
            sheets = [one for one in self.sheets if (one.subject_id, one.stage, one.rater) == wanted]
            valid = [worth(marks) for marks in map(self.marks, sheets) if marks is not None]
            weight, zero = Fraction(rater.weight), self.scheme.missing_rater is MissingRater.ZERO
            if len(valid) >= rater.minimum_ballots:
                yield weight, weighted((Fraction(1), value) for value in valid), True
            elif zero and not any(one.recused for one in sheets):
                yield weight, ZERO, False

    def stage_score(self, subject: Subject, stage: Stage) -> Points:
        """R3, R4, R5: what a stage comes to in points of the scheme; None where it is missing."""
        votes = list(self.votes(subject, stage, lambda marks: sum(marks, ZERO)))
        if sum(valid for _, _, valid in votes) < stage.minimum_sheets:
            return None
        values = sorted(value for _, value, _ in votes)
        mean = weighted((weight, value) for weight, value, _ in votes)
        if stage.aggregate is Aggregate.MEDIAN:
            mean = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        elif stage.aggregate is Aggregate.TRIMMED and len(values) >= 5:
            mean = weighted((Fraction(1), value) for value in values[1:-1])
        return self.staged(mean / Fraction(stage.full) * Fraction(self.scheme.full))

    def staged(self, value: Fraction) -> Fraction:
        """R8: rounded, where the scheme rounds at each stage."""
        return half_up(value, self.places) if self.scheme.rounding.each_stage else value

    def score(self, one: Standing) -> None:
        """R6, R7, R8: base, raw, final."""
        scheme, rule = self.scheme, self.scheme.missing_stage
        scores = [(Fraction(stage.weight), self.stage_score(one.subject, stage)) for stage in scheme.stages]
        known = [(weight, score) for weight, score in scores if score is not None]
        if not known or (len(known) < len(scores) and rule is MissingStage.BLOCK):
            one.state = ResultState.INCOMPLETE
            return
        if rule is MissingStage.ZERO:
            known = [(weight, score or ZERO) for weight, score in scores]
        bonus = capped(one.points(EntryKind.BONUS), scheme.bonus_cap)
        deductions = capped(one.points(EntryKind.DEDUCTION), scheme.deduction_cap)
        change = self.staged(weighted(known)) + bonus - deductions
        one.raw = capped(max(change, Fraction(scheme.score_floor)), scheme.score_cap)
        one.final = half_up(one.raw, self.places)

    def judged(self, subject: Subject) -> Standing:
        """R9, R10, R15: the grade by the score, computed or decided, under the vetoes."""
        own = [entry for entry in self.entries if entry.subject_id == subject.id]
        one = Standing(subject, own, subject.id in self.revocations)
        self.score(one)
        for decision in self.decisions:
            if decision.kind is DecisionKind.SCORE and decision.subject_id == subject.id:
                one.final, one.state = Fraction(decision.score or 0), ResultState.COMPLETE
        if one.final is not None:
            reached = (band.name for band in self.scheme.bands if one.final >= Fraction(band.floor))
            one.grade = next(reached, self.scheme.below_name)
        for entry in one.vetoes():
            item = next((item for item in self.scheme.vetoes if entry.item in (item.code, item.name)), None)
            if item is None or item.effect is VetoEffect.BELOW:
                one.state, one.grade = ResultState.VETOED, self.scheme.below_name
            elif item.effect is VetoEffect.CAP and one.grade:
                one.state = ResultState.VETOED
                one.grade = max(one.grade, item.cap_grade, key=self.scheme.grades().index)
        return one

    def rank(self, one: Standing, everybody: Sequence[Standing]) -> int:
        """R12: 1 and how many of its group are better."""
        ranked = [each for each in everybody if each.state is ResultState.COMPLETE and not each.revoked]
        peers = [each for each in ranked if self.group(each) == self.group(one)]
        return 1 + sum((each.final or 0) > (one.final or 0) for each in peers) if one in ranked else 0

    def group(self, one: Standing) -> str:
        own = {RankWithin.CATEGORY: one.subject.category, RankWithin.KIND: one.subject.kind}
        return own.get(self.scheme.rank_within, "")

    def tie_value(self, one: Standing, key: TieKey) -> Points:
        """R14: what a key finds, the higher the better; a vague day counts as its last one."""
        if key.kind is TieKeyKind.FEWER_DEDUCTIONS:
            return -one.points(EntryKind.DEDUCTION)
        if key.kind is TieKeyKind.MORE_BONUS:
            return one.points(EntryKind.BONUS)
        if key.kind is TieKeyKind.RAW:
            return one.raw
        if key.kind is TieKeyKind.EARLIER_FILING:
            filed = one.subject.filed_on
            return -Fraction((filed + "-12-31"[len(filed) - 4 :]).replace("-", "")) if filed else None
        stage = self.scheme.stage(key.stage)
        score = self.stage_score(one.subject, stage)
        leaves = [leaf.code for leaf in self.scheme.leaves(stage.code, one.subject.category)]
        if score is None or key.kind is TieKeyKind.STAGE:
            return score
        if key.indicator not in leaves:
            return None
        votes = self.votes(one.subject, stage, lambda marks: marks[leaves.index(key.indicator)])
        return weighted((weight, value) for weight, value, _ in votes)

    def said(self, kind: DecisionKind, award: Award, category: str) -> tuple[str, ...] | None:
        """The order that a decision gives, empty where it leaves places open; None without a decision."""
        matter = kind, award.code, category
        found = (one.order for one in self.decisions if (one.kind, one.award, one.category) == matter)
        return next(found, None)

    def groups(self, award: Award, category: str, able: list[Standing]) -> Iterator[list[Standing]]:
        """R13, R14, R15: best first, equals together unless a decision orders all of them."""

        def order(one: Standing) -> list[tuple[bool, Fraction]]:
            values = [one.final, *(self.tie_value(one, key) for key in self.scheme.tie_keys)]
            return [(value is None, -(value or ZERO)) for value in values]

        said = self.said(DecisionKind.TIE, award, category) or ()
        for _, group in groupby(sorted(able, key=order), key=order):
            equals = list(group)
            if all(one.subject.id in said for one in equals):
                yield from ([one] for one in sorted(equals, key=lambda one: said.index(one.subject.id)))
            else:
                yield equals

    def fillings(self, everybody: Sequence[Standing]) -> Iterator[AwardFilling]:
        """R13, R18: award by award, money by money, category by category."""
        taken: set[str] = set()
        for award in self.scheme.awards:
            pool = [one for one in everybody if not award.kinds or one.subject.kind in award.kinds]
            categories = dict.fromkeys(one.subject.category for one in pool) if award.per_category else [""]
            amounts = [(part.places, part.amount_fen) for part in award.amounts]
            for places, amount in amounts or [(0, award.amount_fen)]:
                for category in categories:
                    own = [one for one in pool if one.subject.category == category or not award.per_category]
                    number = places or places_of(award, len(own))
                    free = [one for one in own if one.subject.id not in taken]
                    filling, won = self.filled(award, category, number, free, amount)
                    taken |= won
                    yield filling

    def filled(
        self, award: Award, category: str, places: int | None, free: list[Standing], amount: int
    ) -> tuple[AwardFilling, set[str]]:
        """R13-R17: one filling, and who may get no later award; who is not replaced still takes its place."""
        left_open = self.said(DecisionKind.LEAVE_OPEN, award, category) is not None
        there = [one for one in free if not one.revoked or not self.revocations[one.subject.id].promote]
        clean = [one for one in there if one.state is ResultState.COMPLETE and not one.vetoes()]
        able = [one for one in clean if one.grade in award.grades and meets(award, one)]
        won, undecided = list[Standing](), list[Standing]()
        reason = OpenReason.LEFT_OPEN if left_open else OpenReason.NO_CANDIDATE
        for equals in self.groups(award, category, able):
            if places is not None and len(won) >= places:
                break
            if places is not None and len(won) + len(equals) > places and award.ties is not TieRule.ALL:
                undecided = equals if award.ties is TieRule.UNDECIDED and not left_open else []
                reason = OpenReason.LEFT_OPEN if left_open else OpenReason.TIE
                break
            won += equals
        kept, wait = ([one.subject.id for one in some if not one.revoked] for some in (won, undecided))
        open_ = max((places or 0) - len(won), 0)
        reasons = [OpenReason.REVOKED] * max((places or 0) - open_ - len(kept), 0) + [reason] * open_
        lines = lines_of(amount, award.share)
        filling = AwardFilling(
            award.code, award.name, category, places, tuple(kept), tuple(wait), tuple(reasons), amount, lines
        )
        return filling, {one.subject.id for one in (*won, *undecided)}


def half_up(value: Fraction, places: int = 0) -> Fraction:
    return Fraction(floor(value * 10**places + Fraction(1, 2)), 10**places)


def weighted(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    known = list(pairs)
    return sum((weight * value for weight, value in known), ZERO) / (sum(weight for weight, _ in known) or 1)


def capped(value: Fraction, cap: Decimal | None) -> Fraction:
    return value if cap is None else min(value, Fraction(cap))


def meets(award: Award, one: Standing) -> bool:
    return all(one.subject.category not in condition.none_of for condition in award.conditions)


def places_of(award: Award, assessed: int) -> int | None:
    per_cent = floor(Fraction(award.number) * assessed / 100)
    return {Places.PERCENT: per_cent, Places.OPEN: None, Places.NUMBER: int(award.number)}[award.places]


def lines_of(amount: int, share: HeadShare | None) -> tuple[int, ...]:
    """R18: the winner's money, then each head's; fen that cannot be shared evenly go to the first heads."""
    if share is None:
        return (amount,)
    part = int(half_up(amount * Fraction(share.percent) / 100))
    heads = [part] * share.heads
    if not share.each:
        heads = [part // share.heads + (number < part % share.heads) for number in range(share.heads)]
    return (amount if share.added else amount - sum(heads), *heads)


@settings(max_examples=examples(50))
@given(years(), strategies.integers(0, 10**6))
def test_both_engines_agree_to_the_last_digit(drawn: Year, seed: int) -> None:
    chance = Random(seed)
    for year in (drawn, *(varied(drawn, chance) for _ in range(15))):
        outcome = assess(*year[:4], trace=False, **year.settled._asdict())

        lines, fillings = SecondEngine(year).run()

        for one in outcome.results:
            line = one.state, one.final, one.grade, one.rank, one.award, one.amount_fen
            assert line == lines[one.subject_id]
        assert list(outcome.awards) == fillings
