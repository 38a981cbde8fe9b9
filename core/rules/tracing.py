"""The trace (scheme.md 3): every result's chain as data, from the sheets to the money."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from core.model.assessment import Entry, EntryKind, TraceInput, TraceStep
from core.model.scheme import RankWithin, Scheme, VetoEffect, plain
from core.rules.award_steps import AwardSteps
from core.rules.awarding import Contest
from core.rules.decision_steps import decided_grade_steps, decided_score_steps, revocation_step
from core.rules.earlier_years import EarlierYears
from core.rules.exact import DecimalTexts
from core.rules.grading import NOT_ASSESSED, GradeScale, Verdict, ruling_of, shown_final
from core.rules.ranking import Rank
from core.rules.score_steps import ScoreSteps, source_text
from core.rules.support_lists import ListRule, is_by_grade_alone

_AMONG = {RankWithin.ALL: "", RankWithin.CATEGORY: "本类别 ", RankWithin.KIND: "同类对象 "}


class Tracer:
    """Explains the results of one computation; steps that many subjects share are made once."""

    def __init__(
        self, scheme: Scheme, ranks: Mapping[str, Rank], contests: Sequence[Contest], years: EarlierYears
    ) -> None:
        self._scheme = scheme
        self._ranks = ranks
        self._scale = GradeScale(scheme)
        self._finals = DecimalTexts(scheme.rounding.places)
        self._score_steps = ScoreSteps(scheme, self._finals)
        self._contests = [AwardSteps(scheme, contest, years) for contest in contests]
        bands = "、".join(f"{band.name} {plain(band.floor)}" for band in scheme.bands)
        self._bands = (TraceInput("等次下限", bands, "考核方案"),)
        self._listed = {grade: tuple(_lists(scheme, grade)) for grade in scheme.grades()}
        self._lists = [ListRule(rule, ranks, years) for rule in scheme.lists if not is_by_grade_alone(rule)]
        self._grade_step = cache(self._make_grade_step)
        self._rank_step = cache(self._make_rank_step)

    def explain(self, verdict: Verdict) -> tuple[TraceStep, ...]:
        """All steps of one subject."""
        score = verdict.score
        if verdict.state is NOT_ASSESSED:
            return (TraceStep("R11", "不参评", (), score.subject.barred, "不参评，没有得分"),)
        steps = self._score_steps.steps(score)
        if verdict.decisions:
            steps += self._decided(verdict)
        elif score.final is not None:
            steps.append(self._grade_step(score.final, verdict.band))
        if score.entries:
            steps += self._vetoes(verdict)
        if verdict.revocation:
            steps.append(revocation_step(verdict, verdict.revocation))
        rank = self._ranks.get(score.subject.id)
        if rank is not None:
            steps.append(self._rank_step(rank))
            for contest in self._contests:
                steps += contest.steps(verdict, self._contests)
            steps += self._listed[verdict.grade]
            for rule in self._lists:
                if rule.holds(verdict):
                    steps.append(TraceStep(rule.number, rule.rule.name, (), rule.words(), "列入"))
        return tuple(steps)

    def _decided(self, verdict: Verdict) -> Iterator[TraceStep]:
        yield from decided_score_steps(self._scheme, verdict)
        final = verdict.score.final
        if final is not None:
            yield self._grade_step(final, self._scale.grade(final))
        yield from decided_grade_steps(verdict)

    def _make_grade_step(self, final: int, band: str) -> TraceStep:
        reached, missed = self._scale.floors_around(final)
        texts = self._finals
        text = texts[final]
        if missed is not None:
            text += f" 低于 {texts[missed]}，差 {texts[missed - final]}"
        if reached is not None:
            text += f"{' ' if missed is None else '；'}不低于 {texts[reached]}"
        return TraceStep("R9", "对照等次分数线", self._bands, text, band)

    def _vetoes(self, verdict: Verdict) -> Iterator[TraceStep]:
        for entry in verdict.score.entries:
            if entry.kind is EntryKind.VETO and entry.lifted:
                working = f"{self._veto_text(entry)}，已解除：{entry.lifted}"
                yield TraceStep("R10", "一票否决", self._veto_inputs(entry), working, "不计")
        for entry in verdict.vetoes:
            working = self._veto_working(entry, verdict)
            yield TraceStep("R10", "一票否决", self._veto_inputs(entry), working, verdict.grade or "未完成")

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
        return f"{self._veto_text(entry)}；{before}；{effect}"

    def _veto_text(self, entry: Entry) -> str:
        """The name of its item, which may be kept by its code, and the reason."""
        names = {item.code: item.name for item in self._scheme.vetoes}
        return "：".join(filter(None, (names.get(entry.item, entry.item), entry.reason)))

    def _veto_inputs(self, entry: Entry) -> tuple[TraceInput, ...]:
        facts = "，".join(filter(None, (entry.dated_on, entry.evidence)))
        return (TraceInput(self._veto_text(entry), facts, source_text(entry.source)),)

    def _make_rank_step(self, rank: Rank) -> TraceStep:
        among = _AMONG[self._scheme.rank_within]
        equals = f"，{rank.equals} 个并列" if rank.equals > 1 else ""
        working = f"{among}{rank.of} 个列入排名的对象中，按总分列第 {rank.number}{equals}"
        return TraceStep("R12", "排名", (), working, f"第 {rank.number} 名")


def _lists(scheme: Scheme, grade: str) -> Iterator[TraceStep]:
    for rule in scheme.lists:
        if is_by_grade_alone(rule) and grade in rule.grades:
            yield TraceStep("R19", rule.name, (), f"等次{grade}，属于“{'、'.join(rule.grades)}”", "列入")
