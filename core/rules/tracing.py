"""The trace (scheme.md 3): every result's chain as data, from the sheets to the money."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from core.model.assessment import Entry, EntryKind, ResultState, TraceInput, TraceStep
from core.model.outcome import AwardFilling, OpenReason
from core.model.scheme import Award, RankWithin, Scheme, TieRule, VetoEffect
from core.rules.awarding import Contest
from core.rules.exact import plain, to_decimal
from core.rules.grading import Verdict, ruling_of, shown_final
from core.rules.ranking import Rank
from core.rules.score_steps import ScoreSteps, source_text
from core.rules.support_lists import belongs
from core.rules.tie_keys import key_label, tie_values

_TIE_WORDS = {
    TieRule.UNDECIDED: "名额空着，待决定",
    TieRule.ALL: "按方案都给",
    TieRule.NONE: "按方案都不给",
}
MOST_PEERS = 20
"""A tie among more than this is explained without the values of each."""


class _Race(NamedTuple):
    """A contest as its candidates see it: finals by subject and in ascending order, and what a tie came to.

    `equals` are the subjects with the final at the border of the places, empty where all of them found room.
    """

    contest: Contest
    finals: Mapping[str, int]
    ascending: Sequence[int]
    equals: frozenset[str]
    tie_inputs: tuple[TraceInput, ...]


class Tracer:
    """Explains the results of one computation."""

    def __init__(self, scheme: Scheme, ranks: Mapping[str, Rank], contests: Sequence[Contest]) -> None:
        self._scheme = scheme
        self._ranks = ranks
        self._score_steps = ScoreSteps(scheme)
        self._races = [_race(scheme, contest) for contest in contests]
        self._bands = (
            TraceInput(
                "等次下限", "、".join(f"{band.name} {plain(band.floor)}" for band in scheme.bands), "方案"
            ),
        )
        self._grade_step = cache(self._make_grade_step)
        self._rank_step = cache(self._make_rank_step)
        self._not_in_grade = cache(_not_in_grade)
        self._listed = cache(_listed)

    def explain(self, verdict: Verdict) -> tuple[TraceStep, ...]:
        """All steps of one subject."""
        return tuple(self._steps(verdict))

    def _steps(self, verdict: Verdict) -> Iterator[TraceStep]:
        score = verdict.score
        if verdict.state is ResultState.NOT_ASSESSED:
            yield TraceStep("R11", "不参评", (), score.subject.barred, "不参评，没有得分")
            return
        yield from self._score_steps.steps(score)
        if score.final is not None:
            yield self._grade_step(score.final, verdict.band)
        if score.entries:
            yield from self._vetoes(verdict)
        rank = self._ranks.get(score.subject.id)
        if rank is None:
            return
        yield self._rank_step(rank)
        for race in self._races:
            if race.contest.filling.category in ("", score.subject.category):
                yield from self._award(race, verdict)
        for rule in self._scheme.lists:
            if belongs(rule, verdict):
                yield self._listed(rule.name, rule.grades, verdict.grade)

    def _make_grade_step(self, final: int, band: str) -> TraceStep:
        shown = shown_final(self._scheme, final)
        missed: Decimal | None = None
        reached: Decimal | None = None
        for one in self._scheme.bands:
            if shown >= one.floor:
                reached = one.floor
                break
            missed = one.floor
        parts = []
        if missed is not None:
            parts.append(f"低于 {_like(missed, shown)}，差 {missed - shown}")
        if reached is not None:
            parts.append(f"不低于 {_like(reached, shown)}")
        return TraceStep("R9", "等次", self._bands, f"{shown} {'；'.join(parts)}", band)

    def _vetoes(self, verdict: Verdict) -> Iterator[TraceStep]:
        for entry in verdict.score.entries:
            if entry.kind is EntryKind.VETO and entry.lifted:
                working = f"{_veto_text(entry)}，已解除：{entry.lifted}"
                yield TraceStep("R10", "一票否决", _veto_inputs(entry), working, "不计")
        for entry in verdict.vetoes:
            yield TraceStep(
                "R10", "一票否决", _veto_inputs(entry), self._veto_working(entry, verdict), verdict.grade
            )

    def _veto_working(self, entry: Entry, verdict: Verdict) -> str:
        ruling = ruling_of(self._scheme, entry)
        effect = {
            VetoEffect.BELOW: f"定为{self._scheme.below_name}，不排名，不得评奖",
            VetoEffect.CAP: f"等次最高为{ruling.cap_grade}，不排名，不得评奖",
            VetoEffect.BAR_AWARDS: "等次不变，不得评奖",
        }[ruling.effect]
        before = "没有总分"
        if verdict.score.final is not None:
            before = f"总分 {shown_final(self._scheme, verdict.score.final)}，按分数为{verdict.band}"
        return f"{_veto_text(entry)}；{before}；{effect}"

    def _make_rank_step(self, rank: Rank) -> TraceStep:
        among = "本类别" if self._scheme.rank_within is RankWithin.CATEGORY else ""
        equals = f"，{rank.equals} 个并列" if rank.equals > 1 else ""
        working = f"{among}{rank.of} 个列入排名的组织中，按总分列第 {rank.number}{equals}"
        return TraceStep("R12", "排名", (), working, f"第 {rank.number} 名")

    def _award(self, race: _Race, verdict: Verdict) -> Iterator[TraceStep]:
        award, subject_id = race.contest.award, verdict.score.subject.id
        if verdict.grade not in award.grades:
            yield self._not_in_grade(award.name, award.grades, verdict.grade)
            return
        final = race.finals.get(subject_id)
        if final is None:
            yield TraceStep("R13", award.name, (), self._why_out(race, verdict), "不参加评定")
            return
        outcome = _outcome(race.contest.filling, subject_id)
        if subject_id in race.equals:
            yield TraceStep("R14", "同分比较", race.tie_inputs, self._tie_working(race, final), outcome)
        yield TraceStep("R13", award.name, (), _place(race, final), outcome)
        if subject_id in race.contest.filling.winners and award.amount_fen:
            yield _money(award)

    def _tie_working(self, race: _Race, final: int) -> str:
        shown = shown_final(self._scheme, final)
        text = f"同为 {shown} 分的 {len(race.equals)} 个跨在名额线上，" + (
            f"依次比较{'、'.join(key_label(self._scheme, key) for key in self._scheme.tie_keys)}"
            if self._scheme.tie_keys
            else "方案没有规定同分的比较办法"
        )
        if race.contest.filling.reason is OpenReason.TIE:
            return f"{text}；仍然相同，{_TIE_WORDS[race.contest.award.ties]}"
        beyond = len(race.contest.filling.winners) > (race.contest.filling.places or 0)
        return f"{text}；仍然相同，{_TIE_WORDS[TieRule.ALL]}" if beyond else text

    def _why_out(self, race: _Race, verdict: Verdict) -> str:
        if verdict.effect is not None:
            return "有否决事项，不得评奖"
        for earlier in self._races:
            filling = earlier.contest.filling
            if verdict.score.subject.id in filling.winners:
                return f"已得{filling.name}，每个组织只得一个奖项"
            if verdict.score.subject.id in filling.undecided:
                return f"在{filling.name}中并列待定，决定之前不参加{race.contest.award.name}的评定"
        return ""


def _like(floor: Decimal, shown: Decimal) -> str:
    return str(floor.quantize(shown)) if floor == floor.quantize(shown) else plain(floor)


def _veto_text(entry: Entry) -> str:
    return f"{entry.item}：{entry.reason}" if entry.item else entry.reason


def _veto_inputs(entry: Entry) -> tuple[TraceInput, ...]:
    facts = "，".join(filter(None, (entry.dated_on, entry.evidence)))
    return (TraceInput(_veto_text(entry), facts, source_text(entry.source)),)


def _race(scheme: Scheme, contest: Contest) -> _Race:
    finals = {one.score.subject.id: one.score.final or 0 for one in contest.candidates}
    equals = _at_border(contest, finals)
    inputs: tuple[TraceInput, ...] = ()
    if len(equals) <= MOST_PEERS:
        inputs = tuple(
            TraceInput(f"{one.score.subject.name}：{value.label}", value.text)
            for one in contest.candidates
            if one.score.subject.id in equals
            for value in tie_values(scheme, one.score)
        )
    return _Race(contest, finals, sorted(finals.values()), equals, inputs)


def _at_border(contest: Contest, finals: Mapping[str, int]) -> frozenset[str]:
    winners = contest.filling.winners
    places = contest.filling.places
    if places is None or not finals:
        return frozenset()
    if contest.filling.reason is OpenReason.TIE:
        border = max(final for subject_id, final in finals.items() if subject_id not in winners)
    elif winners:
        border = finals[winners[-1]]
    else:
        return frozenset()
    equals = frozenset(subject_id for subject_id, final in finals.items() if final == border)
    settled = len(winners) <= places and equals.issubset(winners)
    return frozenset() if settled else equals


def _not_in_grade(name: str, grades: tuple[str, ...], grade: str) -> TraceStep:
    return TraceStep("R13", name, (), f"等次{grade}，不属于“{'、'.join(grades)}”", "不参加评定")


def _listed(name: str, grades: tuple[str, ...], grade: str) -> TraceStep:
    return TraceStep("R19", name, (), f"等次{grade}，属于“{'、'.join(grades)}”", "列入")


def _place(race: _Race, final: int) -> str:
    filling = race.contest.filling
    number = 1 + len(race.ascending) - bisect_right(race.ascending, final)
    places = "名额不限" if filling.places is None else f"名额 {filling.places} 个"
    return f"{places}，符合条件的 {len(race.finals)} 个中按总分列第 {number}"


def _outcome(filling: AwardFilling, subject_id: str) -> str:
    if subject_id in filling.winners:
        return f"获{filling.name}"
    return "并列待定" if subject_id in filling.undecided else "未获奖"


def _money(award: Award) -> TraceStep:
    yuan = plain(to_decimal(award.amount_fen, 2))
    return TraceStep("R18", "奖励资金", (), f"{award.name}每个 {yuan} 元", f"{yuan} 元")
