"""The steps of a trace that tell why a subject got an award or not (R13, R14, R18)."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from core.model.assessment import EntryKind, TraceInput, TraceStep
from core.model.outcome import OpenReason
from core.model.scheme import Award, Scheme, TieRule, plain
from core.rules.awarding import Contest, unmet
from core.rules.exact import to_decimal
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

    def __init__(self, scheme: Scheme, contest: Contest) -> None:
        self._scheme = scheme
        self._contest = contest
        award = contest.award
        self._not_named = {
            grade: (_out(award.name, f"等次{grade}，不属于“{'、'.join(award.grades)}”"),)
            for grade in scheme.grades()
            if grade not in award.grades
        }
        self._finals = {one.score.subject.id: one.score.final or 0 for one in contest.candidates}
        self._ascending = sorted(self._finals.values())
        self._outcomes = {subject_id: "并列待定" for subject_id in contest.filling.undecided}
        self._outcomes |= {subject_id: f"获{award.name}" for subject_id in contest.filling.winners}
        self._equals = self._at_border()
        self._tie_inputs = self._compare()
        self._money = dict.fromkeys(contest.filling.winners, tuple(_money(award)))
        self._place_step = cache(self._make_place_step)

    def concerns(self, category: str) -> bool:
        """Whether subjects of this category could win here; one without category has an empty one."""
        return not self._contest.award.per_category or self._contest.filling.category == category

    def steps(self, verdict: Verdict, earlier: Sequence["AwardSteps"]) -> tuple[TraceStep, ...]:
        """What this award came to for a ranked subject; `earlier` are the awards filled before."""
        subject_id = verdict.score.subject.id
        award = self._contest.award
        if subject_id in self._outcomes and subject_id not in self._finals:
            return (_confirmed(award, verdict), *self._money[subject_id])
        if not_named := self._not_named.get(verdict.grade):
            return not_named
        if award.conditions and (condition := unmet(award, verdict.score.subject)):
            return (_out(award.name, f"{condition.fact.label}不符合评奖条件"),)
        final = self._finals.get(subject_id)
        if final is None:
            return (_out(self._contest.award.name, self._why_out(verdict, earlier)),)
        outcome = self._outcomes.get(subject_id, "未获奖")
        step = self._place_step(final, outcome)
        if subject_id in self._equals:
            tie = TraceStep("R14", "同分比较", self._tie_inputs, self._tie_working(final), outcome)
            return (tie, step, *self._money.get(subject_id, ()))
        return (step, *self._money.get(subject_id, ()))

    def _make_place_step(self, final: int, outcome: str) -> TraceStep:
        filling = self._contest.filling
        number = 1 + len(self._ascending) - bisect_right(self._ascending, final)
        places = "名额不限" if filling.places is None else f"名额 {filling.places} 个"
        working = f"{places}，符合条件的 {len(self._ascending)} 个中按总分列第 {number}"
        return TraceStep("R13", filling.name, (), working, outcome)

    def _why_out(self, verdict: Verdict, earlier: Sequence["AwardSteps"]) -> str:
        if verdict.effect is not None:
            return "有否决事项，不得评奖"
        held = next(one for one in earlier if verdict.score.subject.id in one._outcomes)
        name = held._contest.award.name
        if verdict.score.subject.id in held._contest.filling.winners:
            return f"已得{name}，每个组织只得一个奖项"
        return f"在{name}中并列待定，决定之前不参加{self._contest.award.name}的评定"

    def _at_border(self) -> frozenset[str]:
        """The candidates with the final at the border of the places; none where all of them found room."""
        filling = self._contest.filling
        if filling.places is None or not self._finals:
            return frozenset()
        if filling.reason is OpenReason.TIE:
            border = max(final for one, final in self._finals.items() if one not in filling.winners)
        elif ranked := [one for one in filling.winners if one in self._finals]:
            border = self._finals[ranked[-1]]
        else:
            return frozenset()
        equals = frozenset(one for one, final in self._finals.items() if final == border)
        settled = len(filling.winners) <= filling.places and equals.issubset(filling.winners)
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
        filling = self._contest.filling
        if filling.reason is OpenReason.TIE:
            return f"{text}；仍然相同，{_TIE_WORDS[self._contest.award.ties]}"
        beyond = len(filling.winners) > (filling.places or 0)
        return f"{text}；仍然相同，{_TIE_WORDS[TieRule.ALL]}" if beyond else text


def _confirmed(award: Award, verdict: Verdict) -> TraceStep:
    proofs = tuple(
        TraceInput(one.reason, one.evidence, source_text(one.source))
        for one in verdict.score.entries
        if one.kind is EntryKind.DIRECT and not one.lifted and one.item == award.code
    )
    return TraceStep("R13", award.name, proofs, "凭证明直接认定，不比较总分", f"获{award.name}")


def _money(award: Award) -> Iterator[TraceStep]:
    if award.amount_fen:
        yuan = plain(to_decimal(award.amount_fen, 2))
        yield TraceStep("R18", "奖励资金", (), f"{award.name}每个 {yuan} 元", f"{yuan} 元")


def _out(name: str, why: str) -> TraceStep:
    return TraceStep("R13", name, (), why, "不参加评定")
