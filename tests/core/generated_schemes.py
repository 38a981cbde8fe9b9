"""Hypothesis strategies: schemes of many forms, and a year of sheets, entries and decisions."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from core.model.assessment import Entry, EntryKind, ScoreSheet, Subject
from core.model.condition import Condition, Fact
from core.model.decision import DecisionKind
from core.model.scheme import (
    Aggregate,
    Award,
    HeadShare,
    IncompleteSheet,
    Indicator,
    IndicatorSet,
    MissingRater,
    MissingStage,
    PlaceAmount,
    Places,
    RankWithin,
    Rater,
    Rounding,
    Scheme,
    Stage,
    SupportListRule,
    TieKey,
    TieKeyKind,
    TieRule,
    VetoEffect,
    VetoItem,
)
from core.model.settled import Settled
from tests.core.engine_cases import a_decision, a_revocation, a_scheme, a_subject, an_entry

CATEGORIES = ("甲类", "乙类")
KINDS = ("社会组织", "社区")
GRADES = ("优秀", "良好", "合格", "基本合格", "不合格")
HALF_POINT = 500_000


class Year(NamedTuple):
    """What a generated scheme is computed from."""

    scheme: Scheme
    subjects: list[Subject]
    sheets: list[ScoreSheet]
    entries: list[Entry]
    settled: Settled


def _indicator_sets(full: int) -> st.SearchStrategy[tuple[IndicatorSet, ...]]:
    def halves(codes: str, left: int) -> tuple[Indicator, ...]:
        return (
            Indicator(codes[0], f"{codes[0]}项", Decimal(left)),
            Indicator(codes[1], f"{codes[1]}项", Decimal(full - left)),
        )

    one = st.builds(lambda left: IndicatorSet((), halves("xy", left)), st.integers(1, full - 1))
    own = st.builds(lambda left: IndicatorSet(("乙类",), halves("yz", left)), st.integers(1, full - 1))
    return st.one_of(st.just(()), st.tuples(one), st.tuples(own, one))


@st.composite
def stages(draw: st.DrawFn, code: str) -> Stage:
    """A stage with one to six raters, the last of them perhaps a ballot box."""
    weights = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3))
    weights += [1] * draw(st.sampled_from([0, 0, 0, 3]))
    raters = [
        Rater(f"r{number}", f"评分方{number}", Decimal(weight)) for number, weight in enumerate(weights)
    ]
    if draw(st.booleans()):
        raters[-1] = replace(raters[-1], ballots=True, minimum_ballots=draw(st.integers(1, 2)))
    full = draw(st.sampled_from([50, 100, 200]))
    return Stage(
        code=code,
        name=f"环节{code}",
        full=Decimal(full),
        weight=Decimal(draw(st.integers(1, 9))),
        raters=tuple(raters),
        indicator_sets=draw(_indicator_sets(full)),
        aggregate=draw(st.sampled_from(Aggregate)),
        minimum_sheets=draw(st.integers(1, len(raters))),
    )


def _tie_keys(stage: str) -> list[tuple[TieKey, ...]]:
    return [
        (),
        (TieKey(TieKeyKind.STAGE, stage), TieKey(TieKeyKind.MORE_BONUS)),
        (TieKey(TieKeyKind.INDICATOR, stage, "y"), TieKey(TieKeyKind.FEWER_DEDUCTIONS)),
        (TieKey(TieKeyKind.EARLIER_FILING), TieKey(TieKeyKind.RAW)),
    ]


shares = st.none() | st.builds(
    HeadShare, st.sampled_from([Decimal(5), Decimal("12.3")]), st.booleans(), st.booleans(), st.integers(1, 3)
)


@st.composite
def awards(draw: st.DrawFn, code: str) -> Award:
    """An award of any form."""
    places = draw(st.sampled_from([Places.NUMBER, *Places]))
    number = {Places.NUMBER: draw(st.integers(1, 3)), Places.PERCENT: 40, Places.OPEN: 0}[places]
    award = Award(
        code=code,
        name=f"奖{code}",
        grades=GRADES[: draw(st.sampled_from([5, 4, 2]))],
        places=places,
        number=Decimal(number),
        per_category=draw(st.booleans()),
        amount_fen=draw(st.integers(0, 100_001)),
        ties=draw(st.sampled_from(TieRule)),
        share=draw(shares),
        conditions=draw(st.sampled_from([(), (Condition(Fact.CATEGORY, none_of=("乙类",)),)])),
        kinds=draw(st.sampled_from([(), (), ("社区",)])),
    )
    if number == 3 and draw(st.booleans()):
        return replace(award, amount_fen=0, amounts=(PlaceAmount(1, 501), PlaceAmount(2, 300)))
    return award


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """A scheme that the checker would let pass, but for its names and budget."""
    parts = [draw(stages(code)) for code in "ab"[: draw(st.integers(1, 2))]]
    return a_scheme(
        *parts,
        awards=tuple(draw(awards(code)) for code in "pq"[: draw(st.integers(1, 2))]),
        incomplete_sheet=draw(st.sampled_from(IncompleteSheet)),
        missing_rater=draw(st.sampled_from(MissingRater)),
        missing_stage=draw(st.sampled_from(MissingStage)),
        rounding=Rounding(draw(st.integers(0, 3)), draw(st.booleans())),
        rank_within=draw(st.sampled_from(RankWithin)),
        bonus_cap=draw(st.sampled_from([None, Decimal(3)])),
        deduction_cap=draw(st.sampled_from([None, Decimal(4)])),
        vetoes=(
            VetoItem("cap", "封顶", VetoEffect.CAP, "合格"),
            VetoItem("bar", "不得评奖", VetoEffect.BAR_AWARDS),
        ),
        tie_keys=draw(st.sampled_from(_tie_keys(parts[0].code))),
        lists=(SupportListRule("l", "名单", GRADES[:2]), SupportListRule("m", "末位", last=2)),
    )


@st.composite
def years(draw: st.DrawFn, settled: bool = True) -> Year:
    """A scheme with up to six subjects, their sheets and entries, and perhaps what people settled.

    Every other subject has the marks of the one before it: ties are the rule here.
    """
    scheme = draw(schemes())
    subjects: list[Subject] = []
    sheets: list[ScoreSheet] = []
    for number in range(0, draw(st.sampled_from([6, 4, 2])), 2):
        kind, category = draw(st.sampled_from(KINDS)), draw(st.sampled_from(CATEGORIES))
        twins = [
            a_subject(str(number + twin), category=category, kind=kind, filed_on=draw(_days))
            for twin in (0, 1)
        ]
        drawn = [
            sheet
            for stage in scheme.stages
            for rater in stage.raters
            for sheet in _sheets(draw, scheme, twins[0], stage, rater)
        ]
        subjects += twins
        sheets += [replace(sheet, subject_id=twin.id) for twin in twins for sheet in drawn]
    entries = draw(st.lists(_entry([subject.id for subject in subjects]), max_size=3))
    beside = draw(_settled(scheme, subjects)) if settled else Settled()
    return Year(scheme, subjects, sheets, entries, beside)


def _sheets(
    draw: st.DrawFn, scheme: Scheme, subject: Subject, stage: Stage, rater: Rater
) -> list[ScoreSheet]:
    """The sheets of one rater for one subject; few levels, so that equals come up."""
    leaves = scheme.leaves(stage.code, subject.category)
    recused = "" if rater.ballots else draw(st.sampled_from(["", "", "", "", "亲属"]))
    drawn = draw(st.lists(_levels, min_size=0 if rater.ballots else 1, max_size=3 if rater.ballots else 1))
    return [
        ScoreSheet("", "", subject.id, stage.code, rater.code, _marks(leaves, level), recused=recused)
        for level in drawn
        if level is not None
    ]


_days = st.sampled_from(["", "2019", "2019-03", "2019-03-05"])
_levels = st.sampled_from([20, 18, 18, 17, 16, 11, 0, -1, None])
"""Twentieths of each full mark; -1 leaves the first leaf empty, None makes no sheet."""


def _marks(leaves: tuple[Indicator, ...], level: int) -> tuple[int | None, ...]:
    marks = [int(leaf.full) * 2 * level // 20 * HALF_POINT for leaf in leaves]
    return tuple(marks) if level >= 0 else (None, *(0 for _ in leaves[1:]))


def _entry(ids: list[str]) -> st.SearchStrategy[Entry]:
    change = st.builds(
        lambda one, kind, points, lifted: an_entry(one, kind, str(Decimal(points) / 10), lifted=lifted),
        st.sampled_from(ids),
        st.sampled_from([EntryKind.BONUS, EntryKind.DEDUCTION]),
        st.integers(1, 60),
        st.sampled_from(["", "", "误记"]),
    )
    veto = st.builds(
        lambda one, item: an_entry(one, EntryKind.VETO, item=item),
        st.sampled_from(ids),
        st.sampled_from(["", "cap", "bar"]),
    )
    return st.one_of(change, change, veto)


@st.composite
def _settled(draw: st.DrawFn, scheme: Scheme, subjects: list[Subject]) -> Settled:
    ids = [subject.id for subject in subjects]
    decisions: list[Any] = []
    if draw(st.booleans()):
        score = Decimal(draw(st.integers(0, 100)))
        decisions.append(a_decision(DecisionKind.SCORE, subject_id=draw(st.sampled_from(ids)), score=score))
    for award in scheme.awards:
        if len(ids) > 1 and not award.per_category and draw(st.booleans()):
            order = tuple(draw(st.permutations(ids)))
            decisions.append(a_decision(DecisionKind.TIE, award=award.code, order=order))
        if not award.per_category and draw(st.sampled_from([False, False, True])):
            decisions.append(a_decision(DecisionKind.LEAVE_OPEN, award=award.code))
    revoked = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    revocations = tuple(a_revocation(one, promote=draw(st.booleans())) for one in revoked)
    return Settled(decisions=tuple(decisions), revocations=revocations)


def varied(year: Year, chance: Random) -> Year:
    """The same marks under other settings, half the time with equal scores by decision: then keys decide."""
    scheme, settled = year.scheme, year.settled
    more = [
        an_entry(one.id, chance.choice([EntryKind.BONUS, EntryKind.DEDUCTION]), chance.choice(["0.5", "1.5"]))
        for one in year.subjects
        if chance.random() < 0.4
    ]
    other = replace(
        scheme,
        stages=tuple(replace(stage, aggregate=chance.choice(list(Aggregate))) for stage in scheme.stages),
        awards=tuple(replace(award, ties=chance.choice(list(TieRule))) for award in scheme.awards),
        incomplete_sheet=chance.choice(list(IncompleteSheet)),
        missing_rater=chance.choice(list(MissingRater)),
        missing_stage=chance.choice(list(MissingStage)),
        rounding=Rounding(chance.randint(0, 3), chance.random() < 0.5),
        rank_within=chance.choice(list(RankWithin)),
        bonus_cap=chance.choice([None, Decimal(1)]),
        deduction_cap=chance.choice([None, Decimal(1)]),
    )
    if chance.random() < 0.5:
        kept = [
            replace(one, order=one.order[: chance.choice([2, 9])])
            for one in settled.decisions
            if one.kind is not DecisionKind.SCORE
        ]
        equal = [
            a_decision(DecisionKind.SCORE, subject_id=one.id, score=Decimal(chance.choice([85, 85, 95])))
            for one in year.subjects
        ]
        settled = settled._replace(decisions=(*kept, *equal))
    return year._replace(scheme=other, entries=[*year.entries, *more], settled=settled)
