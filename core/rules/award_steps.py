"""The steps of a trace that tell why a subject got an award or not (R13, R14, R15, R18)."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from core.model.assessment import WAITS, Subject, TraceInput, TraceStep
from core.model.condition import Condition
from core.model.scheme import Award, HeadShare, Places, Scheme, TieRule, plain
from core.rules.amounts import yuan_figure
from core.rules.awarding import Contest, concerns, confirms
from core.rules.conditions import demand_text, fact_text, unmet
from core.rules.decision_steps import decision_inputs
from core.rules.earlier_years import EarlierYears
from core.rules.grading import Verdict, shown_final
from core.rules.score_steps import source_text
from core.rules.tie_keys import key_label, tie_values

MOST_PEERS = 20
"""A tie among more than this is explained without the values of each."""

_TIE_WORDS = {
    TieRule.UNDECIDED: "名额空着，待决定",
    TieRule.ALL: "按方案都给",
    TieRule.NONE: "按方案都不给",
}


class AwardSteps:
    """Explains one contest to each subject."""

    def __init__(self, scheme: Scheme, contest: Contest, years: EarlierYears) -> None:
        self._scheme = scheme
        self._contest = contest
        self._years = years
        award = contest.award
        self._not_named = {
            grade: (_out(award.name, f"等次{grade}，不属于“{'、'.join(award.grades)}”"),)
            for grade in scheme.grades()
            if grade not in award.grades
        }
        self._finals = {one.score.subject.id: one.score.final or 0 for one in contest.candidates}
        self._ascending = sorted(self._finals.values())
        self._outcomes = dict.fromkeys(contest.filling.undecided, WAITS)
        self._outcomes |= {subject_id: f"获{award.name}" for subject_id in contest.filling.winners}
        self._winners = frozenset(contest.filling.winners)
        self._equals = self._at_border()
        self._tie_inputs = self._compare()
        self._money = dict.fromkeys(contest.filling.winners, tuple(_money(award, contest.filling.lines)))
        self._place_step = cache(self._make_place_step)

    def steps(self, verdict: Verdict, earlier: Sequence["AwardSteps"]) -> tuple[TraceStep, ...]:
        """What this award came to for a ranked subject; `earlier` are the awards filled before."""
        subject = verdict.score.subject
        award = self._contest.award
        if (award.kinds or award.per_category) and not self._concerns(subject):
            return ()
        if subject.id in self._outcomes and subject.id not in self._finals:
            return (_confirmed(award, verdict), *self._money[subject.id])
        if not_named := self._not_named.get(verdict.grade):
            return not_named
        if award.conditions and (condition := unmet(award.conditions, subject, self._years)):
            return (self._unmet(condition, verdict),)
        final = self._finals.get(subject.id)
        if final is None:
            return self._why_out(verdict, earlier)
        return self._competed(subject.id, final)

    def _concerns(self, subject: Subject) -> bool:
        award = self._contest.award
        own_category = not award.per_category or subject.category == self._contest.filling.category
        return own_category and concerns(award, subject)

    def _competed(self, subject_id: str, final: int) -> tuple[TraceStep, ...]:
        outcome = self._outcomes.get(subject_id, "未获奖")
        steps = (self._place_step(final, outcome), *self._money.get(subject_id, ()))
        if subject_id not in self._equals:
            return steps
        tie = TraceStep("R14", "同分比较", self._tie_inputs, self._tie_working(final), outcome)
        return (tie, *self._ruled(outcome), *steps)

    def _make_place_step(self, final: int, outcome: str) -> TraceStep:
        award, filling = self._contest.award, self._contest.filling
        number = 1 + len(self._ascending) - bisect_right(self._ascending, final)
        places = "名额不限" if filling.places is None else f"名额 {filling.places} 个"
        if award.places is Places.PERCENT:
            places += f"（参评 {self._contest.assessed} 个的 {plain(award.number)}%，不足 1 个的舍去）"
        working = f"{places}，符合条件的 {len(self._ascending)} 个中按总分列第 {number}"
        return TraceStep("R13", filling.name, (), working, outcome)

    def _unmet(self, condition: Condition, verdict: Verdict) -> TraceStep:
        label, subject = condition.fact.label, verdict.score.subject
        inputs = (
            TraceInput(label, fact_text(condition, subject, self._years), "开启考核时的登记情况"),
            TraceInput("要求", demand_text(condition, self._years), "考核方案"),
        )
        return TraceStep("R13", self._contest.award.name, inputs, f"{label}不符合评奖条件", "不参加评定")

    def _why_out(self, verdict: Verdict, earlier: Sequence["AwardSteps"]) -> tuple[TraceStep, ...]:
        award, subject_id = self._contest.award, verdict.score.subject.id
        if verdict.effect is not None:
            return (_out(award.name, "有否决事项，不得评奖"),)
        held = next(one for one in earlier if subject_id in one._outcomes)
        name = held._contest.award.name
        if held._contest.award.code == award.code:
            return ()
        if subject_id in held._winners:
            return (_out(award.name, f"已得{name}，每个对象只得一个奖项"),)
        return (_out(award.name, f"在{name}中并列待定，决定之前不参加{award.name}的评定"),)

    def _at_border(self) -> frozenset[str]:
        """The candidates with the final at the border of the places; none where all of them found room."""
        filling = self._contest.filling
        if filling.places is None or not self._finals:
            return frozenset()
        if self._contest.tied:
            border = max(final for one, final in self._finals.items() if one not in self._winners)
        elif ranked := [one for one in filling.winners if one in self._finals]:
            border = self._finals[ranked[-1]]
        else:
            return frozenset()
        equals = frozenset(one for one, final in self._finals.items() if final == border)
        settled = len(filling.winners) <= filling.places and equals.issubset(self._winners)
        return frozenset() if settled else equals

    def _compare(self) -> tuple[TraceInput, ...]:
        """The tie keys of all equals side by side."""
        if len(self._equals) > MOST_PEERS:
            return ()
        return tuple(
            TraceInput(f"{one.score.subject.name}：{value.label}", value.text)
            for one in self._contest.candidates
            if one.score.subject.id in self._equals
            for value in tie_values(self._scheme, one.score)
        )

    def _tie_working(self, final: int) -> str:
        labels = "、".join(key_label(self._scheme, key) for key in self._scheme.tie_keys)
        order = f"依次比较{labels}" if labels else "方案没有规定同分的比较办法"
        shown = shown_final(self._scheme, final)
        text = f"同为 {shown} 分的 {len(self._equals)} 个跨在名额线上，{order}"
        if self._contest.tied:
            ruled = self._contest.rulings.left_open
            return f"{text}；仍然相同，{'见决定' if ruled else _TIE_WORDS[self._contest.award.ties]}"
        filling = self._contest.filling
        beyond = len(filling.winners) > (filling.places or 0)
        return f"{text}；仍然相同，{_TIE_WORDS[TieRule.ALL]}" if beyond else text

    def _ruled(self, outcome: str) -> Iterator[TraceStep]:
        """What people decided about equals at the border."""
        order, left_open = self._contest.rulings
        if order and not self._contest.tied:
            names = {one.score.subject.id: one.score.subject.name for one in self._contest.candidates}
            working = f"决定的先后：{'、'.join(names.get(one, '') for one in order.order if one in names)}"
            yield TraceStep("R15", order.kind.label, decision_inputs(order), working, outcome)
        if left_open and self._contest.tied:
            yield TraceStep("R15", left_open.kind.label, decision_inputs(left_open), "决定名额空着", outcome)


def _confirmed(award: Award, verdict: Verdict) -> TraceStep:
    proofs = tuple(
        TraceInput(one.reason, one.evidence, source_text(one.source))
        for one in verdict.score.entries
        if confirms(award, one)
    )
    return TraceStep("R13", award.name, proofs, "凭证明直接认定，不比较总分", f"获{award.name}")


def _money(award: Award, lines: Sequence[int]) -> Iterator[TraceStep]:
    if not award.amount_fen:
        return
    working = f"{award.name}每个 {yuan_figure(award.amount_fen)} 元"
    if award.share and len(lines) > 1:
        working += _share_text(award, award.share, lines)
    yield TraceStep("R18", "奖励资金", (), working, f"{yuan_figure(sum(lines))} 元")


def _share_text(award: Award, share: HeadShare, lines: Sequence[int]) -> str:
    """`；负责人 2 人每人 5%：100000 × 5% = 5000，从中分出，本组织得 100000 − 5000 − 5000 = 90000`."""
    whole, winner, *heads = map(yuan_figure, (award.amount_fen, *lines))
    each = "每人" if share.each else "共"
    text = f"；负责人 {share.heads} 人{each} {plain(share.percent)}%：{whole} × {plain(share.percent)}%"
    text += f" = {heads[0]}" if share.each else f" = {' + '.join(heads)}"
    if share.added:
        return f"{text}，另外增发"
    return f"{text}，从中分出，获奖者得 {whole} − {' − '.join(heads)} = {winner}"


def _out(name: str, why: str) -> TraceStep:
    return TraceStep("R13", name, (), why, "不参加评定")
