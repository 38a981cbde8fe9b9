"""Facts of a computed assessment: how it was done, grades, awards, money, lists; without those held back.

Subjects with an open objection wait for its end; no document names them until then.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from core.model.assessment import CycleState, EntryKind, Result, ResultState, Subject
from core.model.cycle_view import ComputedYear, CycleView, remark_of
from core.model.facts import FactName, Row
from core.model.objection import ObjectionState
from core.model.outcome import AwardFilling
from core.rules.amounts import capital_amount, yuan_figure, yuan_text
from core.rules.cycle_gates import notice_period
from core.rules.exact import decimal_text
from core.rules.facts_assessment import (
    ASSESSMENT_FACTS,
    LIST,
    NUMBER,
    STAGE_FACTS,
    assessment_row,
    stage_rows,
)
from core.rules.facts_office import day_words
from core.rules.grading import Verdict
from core.rules.working_days import WorkingDays

NO_VALUE = "—"
"""What stands for a score or a grade that there is none of."""
SUBJECT_FACTS = (
    FactName("对象名称", "考核对象的名称"),
    FactName("类别", "考核对象的类别"),
    FactName("社区", "所属社区（村）"),
    FactName("得分", f"最后得分；没有得分时是“{NO_VALUE}”"),
    FactName("等次", f"考核等次；没有等次时是“{NO_VALUE}”"),
    FactName("名次", "名次；不排名的是 0", NUMBER),
    FactName("奖项或说明", "奖项，或者没有名次的原因"),
    FactName("奖项", "获得的奖项；没有时为空"),
    FactName("奖金", "奖金，如“4万元”；没有时为空"),
    FactName("奖金数", "奖金的元数，如“40000”；没有时为空"),
    FactName("奖金大写", "人民币大写；没有时为空"),
    FactName(
        "各环节",
        "各环节的得分，依次",
        LIST,
        (*STAGE_FACTS, FactName("环节得分", "这个环节折成方案满分的得分；没有时是“—”")),
    ),
)
CYCLE_FACTS = (
    *ASSESSMENT_FACTS,
    FactName(
        "各等次",
        "有对象的等次，从好到差",
        LIST,
        (
            FactName("等次", "等次的名称"),
            FactName("个数", "有几个", NUMBER),
            FactName("名单", "这个等次的对象名称，用顿号隔开"),
        ),
    ),
    FactName(
        "通报批评对象",
        "被一票否决或者得到最低等次的对象",
        LIST,
        (*SUBJECT_FACTS, FactName("原因", "否决的事由，或者得分和等次")),
    ),
    FactName("通报批评数", "被一票否决或者得到最低等次的个数", NUMBER),
    FactName("否决数", "被一票否决的个数", NUMBER),
    FactName("撤销数", "结果已撤销的个数", NUMBER),
    FactName("评分不全数", "因评分不全没有等次的个数", NUMBER),
    FactName("暂缓数", "因异议正在处理、暂不公布的个数", NUMBER),
    FactName(
        "各奖项",
        "方案里的奖项，依次",
        LIST,
        (
            FactName("奖项", "奖项的名称，分类别的带类别"),
            FactName("获奖数", "有几个获奖", NUMBER),
            FactName("获奖名单", "获奖对象的名称，用顿号隔开"),
            FactName("每个奖金", "每个的奖金，如“4万元”；没有时为空"),
            FactName("空缺数", "空缺的名额", NUMBER),
            FactName("待定数", "因得分并列待定的个数", NUMBER),
        ),
    ),
    FactName("获奖数", "获奖的个数", NUMBER),
    FactName("获奖对象", "所有获奖对象，按奖项和名次", LIST, SUBJECT_FACTS),
    FactName("奖金合计", "奖金合计，如“17万元”；没有时为空"),
    FactName("奖金合计数", "奖金合计的元数；没有时为空"),
    FactName("奖金合计大写", "人民币大写；没有时为空"),
    FactName("考核结果", "所有考核对象，按名次，不排名的在后", LIST, SUBJECT_FACTS),
    FactName(
        "各名单",
        "有对象的扶持名单",
        LIST,
        (
            FactName("名单", "名单的名称"),
            FactName("个数", "有几个", NUMBER),
            FactName("附件号", "考核结果是附件1时，这份名单是附件几", NUMBER),
            FactName("列入对象", "列入名单的对象", LIST, SUBJECT_FACTS),
        ),
    ),
    FactName("公示开始", "公示的第一天；还没有公示时从今天算起"),
    FactName("公示结束", "公示的最后一天"),
    FactName("公示工作日", "公示有几个工作日", NUMBER),
    FactName("公示已结束", "公示期过了的是 1，还没有过或者还没有公示的是 0", NUMBER),
    FactName("异议数", "收到的异议", NUMBER),
    FactName("异议成立数", "核实后成立的异议", NUMBER),
)


@dataclass(frozen=True)
class CycleFacts:
    """The facts of one computed cycle.

    The public notice is that of the cycle; before it, the one that would begin on `today` and be as long as
    the scheme asks, its working days counted by `calendar`. `verdicts` are those of the same computation, by
    subject; without them no stage has a score.
    """

    computed: ComputedYear
    calendar: WorkingDays
    today: date
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)

    @cached_property
    def row(self) -> Row:
        """The facts of `CYCLE_FACTS`."""
        assessed = assessment_row(self.computed.view)
        return {**assessed, **self._grades(), **self._awards(), **self._lists(), **self._notice()}

    def subject(self, subject_id: str) -> Row:
        """The facts of `SUBJECT_FACTS` of one subject."""
        return self._rows[subject_id]

    def pair(self, subject_id: str) -> tuple[Subject, Result]:
        """A subject that may be named, and its result."""
        return self._pairs[subject_id]

    def failing(self, subject: Subject, result: Result) -> str:
        """Why a subject is to mend its ways: a veto, or the lowest grade; empty if neither."""
        if result.state is ResultState.VETOED:
            return "一票否决：" + "；".join(vetoes_of(self.computed.view, subject.id))
        if result.state is ResultState.COMPLETE and result.grade == self.computed.view.scheme.below_name:
            return f"得分{self._rows[subject.id]['得分']}，{result.grade}"
        return ""

    @cached_property
    def unsettled(self) -> str:
        """Why results may not be told yet: the scheme asks for a public notice that has not ended well."""
        view = self.computed.view
        settled = tuple(CycleState)[tuple(CycleState).index(CycleState.CONFIRMED) :]
        if not view.scheme.notice_days or view.cycle.state in settled:
            return ""
        return f"{view.cycle.called}现在是“{view.cycle.state.label}”，方案要求公示期满、结果确定以后再发。"

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many there are, by the words that stand beside the figure in a text."""
        row = self.row
        known = {"列入名册": row["名册数"], "参加考核": row["参加数"], "不参加考核": row["不参加数"]}
        for name, rows in (("等次", row["各等次"]), ("名单", row["各名单"])):
            assert isinstance(rows, tuple)
            known |= {str(each[name]): each["个数"] for each in rows}
        return {name: count for name, count in known.items() if isinstance(count, int)}

    @cached_property
    def amounts(self) -> Mapping[str, tuple[int, ...]]:
        """Money in fen, by the same: what each winner of an award gets, and all of it."""
        known: dict[str, tuple[int, ...]] = {}
        for award in self.computed.outcome.awards:
            if award.amount_fen:
                known[award.name] = (*known.get(award.name, ()), award.amount_fen)
        return {**known, "资金合计": (self._money,)} if self._money else known

    @cached_property
    def _money(self) -> int:
        """All money in fen but that of winners who are held back."""
        awards, held = self.computed.outcome.awards, self.computed.view.held
        waiting = sum(each.paid_fen for each in awards for winner in each.winners if winner in held)
        return self.computed.outcome.money_fen - waiting

    @cached_property
    def subject_ids(self) -> tuple[str, ...]:
        """The subjects that documents may name, in the order of the list."""
        return tuple(self._pairs)

    @cached_property
    def _pairs(self) -> Mapping[str, tuple[Subject, Result]]:
        held = self.computed.view.held
        return {pair[0].id: pair for pair in self.computed.ordered() if pair[0].id not in held}

    @cached_property
    def _shown(self) -> Collection[tuple[Subject, Result]]:
        return self._pairs.values()

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        places = self.computed.view.scheme.rounding.places
        return {
            subject.id: {**_subject_row(subject, result, places), "各环节": self._stages(subject.id)}
            for subject, result in self._shown
        }

    def _stages(self, subject_id: str) -> tuple[Row, ...]:
        """What each stage came to, in points of the scheme; one that the subject did not go through too."""
        view = self.computed.view
        verdict, places = self.verdicts.get(subject_id), view.scheme.rounding.places
        values = {one.plan.stage.code: one.value for one in verdict.score.stages} if verdict else {}
        return tuple(
            {**row, "环节得分": decimal_text(value.rounded(places), places) if value else NO_VALUE}
            for code, row in self._stage_rows.items()
            for value in (values.get(code),)
        )

    @cached_property
    def _stage_rows(self) -> Mapping[str, Row]:
        return stage_rows(self.computed.view.scheme)

    def _named(self, subject_ids: Sequence[str]) -> tuple[Row, ...]:
        return tuple(self._rows[each] for each in subject_ids if each in self._rows)

    def _grades(self) -> Row:
        members: dict[str, list[str]] = {each.grade: [] for each in self.computed.outcome.grade_counts}
        for subject, result in self._shown:
            if result.grade in members:
                members[result.grade].append(subject.name)
        states = [result.state for _subject, result in self._shown]
        failed = [
            {**self._rows[subject.id], "原因": reason}
            for subject, result in self._shown
            if (reason := self.failing(subject, result))
        ]
        return {
            "各等次": tuple(
                {"等次": grade, "个数": len(names), "名单": "、".join(names)}
                for grade, names in members.items()
                if names
            ),
            "通报批评对象": tuple(failed),
            "通报批评数": len(failed),
            "否决数": states.count(ResultState.VETOED),
            "撤销数": states.count(ResultState.REVOKED),
            "评分不全数": states.count(ResultState.INCOMPLETE),
            "暂缓数": len(self.computed.view.subjects) - len(self._shown),
            "考核结果": tuple(self._rows.values()),
        }

    def _awards(self) -> Row:
        awards, total = self.computed.outcome.awards, self._money
        winners = tuple(row for each in awards for row in self._named(each.winners))
        return {
            "各奖项": tuple(self._award_row(each) for each in awards),
            "获奖数": len(winners),
            "获奖对象": winners,
            "奖金合计": yuan_text(total) if total else "",
            "奖金合计数": yuan_figure(total) if total else "",
            "奖金合计大写": capital_amount(total) if total else "",
        }

    def _award_row(self, award: AwardFilling) -> Row:
        winners = self._named(award.winners)
        return {
            "奖项": f"{award.category}的{award.name}" if award.category else award.name,
            "获奖数": len(winners),
            "获奖名单": "、".join(str(row["对象名称"]) for row in winners),
            "每个奖金": yuan_text(award.amount_fen) if award.amount_fen else "",
            "空缺数": award.open_places,
            "待定数": len(award.undecided),
        }

    def _lists(self) -> Row:
        listed = [
            (each.name, rows)
            for each in self.computed.outcome.lists
            if (rows := self._named(each.subject_ids))
        ]
        return {
            "各名单": tuple(
                {"名单": name, "个数": len(rows), "附件号": number, "列入对象": rows}
                for number, (name, rows) in enumerate(listed, start=2)
            )
        }

    def _notice(self) -> Row:
        view = self.computed.view
        first, last = (_day(each) for each in (view.cycle.notice_from, view.cycle.notice_until))
        period = notice_period(view.scheme, first or self.today, self.calendar, last)
        return {
            "公示开始": day_words(period.first),
            "公示结束": day_words(period.last),
            "公示工作日": period.working_days,
            "公示已结束": int(bool(last and last < self.today)),
            "异议数": len(view.objections),
            "异议成立数": sum(each.state is ObjectionState.UPHELD for each in view.objections),
        }


def vetoes_of(view: CycleView, subject_id: str) -> list[str]:
    """The reasons of a subject's vetoes that stand."""
    return [
        each.reason
        for each in view.entries
        if each.subject_id == subject_id and each.kind is EntryKind.VETO and not each.lifted
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _subject_row(subject: Subject, result: Result, places: int) -> Row:
    money = result.amount_fen
    return {
        "对象名称": subject.name,
        "类别": subject.category,
        "社区": subject.community,
        "得分": NO_VALUE if result.final is None else f"{result.final:.{places}f}",
        "等次": result.grade or NO_VALUE,
        "名次": result.rank,
        "奖项或说明": remark_of(subject, result),
        "奖项": result.award,
        "奖金": yuan_text(money) if money else "",
        "奖金数": yuan_figure(money) if money else "",
        "奖金大写": capital_amount(money) if money else "",
    }
