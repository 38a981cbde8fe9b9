"""The gates on the path of a cycle: which comes next, what stands before it, and what going through means."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from core.errors import RuleViolation
from core.model.assessment import Cycle, CycleState, ResultState
from core.model.cycle_path import Blocker, CyclePath, CycleStep, NoticePeriod
from core.model.cycle_view import CycleView
from core.model.scheme import Scheme
from core.model.year_path import StepState
from core.rules.working_days import WorkingDays
from core.rules.year_path import CERTIFICATES

USUAL_NOTICE_DAYS = 5
"""Working days that are proposed where the scheme asks for none."""

_TITLES = {
    CycleState.OPEN: "开启考核",
    CycleState.COMPUTED: "汇总计算",
    CycleState.REPORTED: "报备",
    CycleState.NOTICED: "公示",
    CycleState.CONFIRMED: "确定结果",
    CycleState.ANNOUNCED: "公布",
    CycleState.ARCHIVED: "归档",
}
_DAY = timedelta(days=1)


def states_of(scheme: Scheme) -> tuple[CycleState, ...]:
    """The states that a cycle of this scheme goes through; it is reported only where the scheme says so."""
    return tuple(each for each in CycleState if each is not CycleState.REPORTED or scheme.report_to)


def next_state(scheme: Scheme, state: CycleState) -> CycleState | None:
    """The state that comes after this one; None after the last."""
    states = states_of(scheme)
    place = states.index(state) + 1
    return states[place] if place < len(states) else None


def back_to(state: CycleState) -> CycleState | None:
    """The state that a step back leads to; None from the public notice on."""
    return {CycleState.COMPUTED: CycleState.OPEN, CycleState.REPORTED: CycleState.COMPUTED}.get(state)


def last_day_of(cycle: Cycle) -> date:
    """The day of the cycle's last step: nothing further can be dated before it."""
    return max(date.fromisoformat(day) for state in CycleState if (day := _reached(cycle, state)))


def notice_period(
    scheme: Scheme, first: date, calendar: WorkingDays, last: date | None = None
) -> NoticePeriod:
    """The public notice that begins on a day; without a last day the shortest that the scheme allows."""
    wanted = scheme.notice_days or USUAL_NOTICE_DAYS
    last = last or calendar.after(first - _DAY, wanted)
    return NoticePeriod(
        first, last, calendar.count_between(first - _DAY, last), calendar.note(first, max(first, last))
    )


def refuse_clock_back(cycle: Cycle, today: date) -> None:
    """Nothing, unless the computer's day lies before the cycle's last step.

    The first day of a public notice may lie ahead of the day on which it was set; so a day before it is no
    proof, and both ways out are named.

    Raises:
        RuleViolation: it does.
    """
    if today >= (last := last_day_of(cycle)):
        return
    ahead = cycle.state is CycleState.NOTICED and today >= last_day_of(replace(cycle, notice_from=""))
    found = _notice_ahead(cycle, today) if ahead else _clock_back(today, last)
    raise RuleViolation(found.code, found.message, found.remedy)


def blockers(view: CycleView, target: CycleState, today: date) -> tuple[Blocker, ...]:
    """What stands before a gate today."""
    return tuple(_blockers(view, target, today))


def cycle_path(view: CycleView, today: date) -> CyclePath:
    """The path of a cycle as it stands today."""
    cycle, scheme = view.cycle, view.scheme
    target = next_state(scheme, cycle.state)
    return CyclePath(
        cycle=cycle,
        steps=tuple(_step(view, state, target) for state in states_of(scheme)),
        next_state=target,
        blockers=blockers(view, target, today) if target else (),
        consequence=_consequence(view, target) if target else "",
        back_to=back_to(cycle.state),
        held=view.held,
    )


def _blockers(view: CycleView, target: CycleState, today: date) -> Iterator[Blocker]:
    cycle = view.cycle
    last = last_day_of(cycle)
    if today < last and target is not CycleState.CONFIRMED:
        yield _clock_back(today, last)
    if target is CycleState.COMPUTED:
        if not view.sheets:
            yield Blocker("no_sheets", "还没有一份评分表。", "请先导入评分表或录入评分。")
        return
    if view.stale:
        yield Blocker("results_stale", "上次计算以后评分有改动，结果已经过时。", "请重新计算。")
    if cycle.state is CycleState.COMPUTED:
        yield from _gaps(view)
    if target is CycleState.CONFIRMED:
        yield from _before_confirming(view, today)
    if target is CycleState.ARCHIVED and view.held:
        yield Blocker(
            "objections_open", f"还有 {len(view.held)} 个对象的异议没有办结。", "请先作出决定，再归档。"
        )


def _gaps(view: CycleView) -> Iterator[Blocker]:
    missing = sum(len(each.missing) + len(each.incomplete) for each in view.progress)
    unfinished = sum(each.state is ResultState.INCOMPLETE for each in view.results)
    if missing or unfinished:
        results = f"，{unfinished} 个对象的结果没有完成" if unfinished else ""
        yield Blocker(
            "sheets_missing",
            f"缺 {missing} 份完整的评分表{results}。",
            "请先催收补录；确实收不到的，确认按考核方案折算后再继续。",
            may_stand=True,
        )


def _before_confirming(view: CycleView, today: date) -> Iterator[Blocker]:
    first, last = (date.fromisoformat(day) for day in (view.cycle.notice_from, view.cycle.notice_until))
    if today < first:
        yield Blocker(
            "notice_running",
            f"公示 {first} 才开始，到 {last} 结束。",
            f"请在公示期满后再确定结果；今天如果不是 {today}，请先改正电脑的日期。",
        )
    elif today <= last:
        yield Blocker("notice_running", f"公示到 {last} 才结束。", "请在公示期满后再确定结果。")
    if view.held:
        yield Blocker(
            "objections_open",
            f"还有 {len(view.held)} 个对象的异议没有办结。",
            "请先作出决定；或者确认这些对象暂缓，其余的先确定。",
            may_stand=True,
        )
    if undecided := sum(each.waits for each in view.results):
        yield Blocker(
            "ties_undecided",
            f"{undecided} 个对象并列，奖项待定。",
            "请先决定名次，或者决定名额空缺。",
        )


def _clock_back(today: date, last: date) -> Blocker:
    return Blocker(
        "clock_back",
        f"今天是 {today}，早于上一步的日期 {last}。",
        "请核对电脑的日期；没有改动任何内容。",
    )


def _notice_ahead(cycle: Cycle, today: date) -> Blocker:
    return Blocker(
        "notice_ahead",
        f"公示 {cycle.notice_from} 才开始，今天是 {today}；没有改动任何内容。",
        f"请等公示开始后再办；今天如果不是 {today}，请先改正电脑的日期。",
    )


def _step(view: CycleView, state: CycleState, target: CycleState | None) -> CycleStep:
    cycle = view.cycle
    states = states_of(view.scheme)
    done = states.index(state) <= states.index(cycle.state)
    standing = StepState.DONE if done else StepState.CURRENT if state is target else StepState.COMING
    return CycleStep(
        state, _TITLES[state], _reached(cycle, state) if done else "", _detail(view, state, done), standing
    )


def _reached(cycle: Cycle, state: CycleState) -> str:
    return {
        CycleState.OPEN: cycle.opened_on,
        CycleState.COMPUTED: cycle.computed_at[:10],
        CycleState.REPORTED: cycle.reported_on,
        CycleState.NOTICED: cycle.notice_from,
        CycleState.CONFIRMED: cycle.confirmed_on,
        CycleState.ANNOUNCED: cycle.announced_on,
        CycleState.ARCHIVED: cycle.archived_on,
    }[state]


def _detail(view: CycleView, state: CycleState, done: bool) -> str:
    cycle = view.cycle
    if state is CycleState.OPEN:
        return f"{len(view.assessed)} 个参评"
    if state is CycleState.REPORTED:
        return cycle.reported_to if done else f"报{view.scheme.report_to}"
    if state is CycleState.NOTICED and done:
        return f"{cycle.notice_from[5:]} 至 {cycle.notice_until[5:]}"
    if state is CycleState.COMPUTED and done and view.stale:
        return "评分有改动"
    return ""


def _consequence(view: CycleView, target: CycleState) -> str:
    count = len(view.assessed)
    winners = sum(bool(each.award) for each in view.results)
    return {
        CycleState.COMPUTED: f"计算 {count} 个对象的结果，评分还可以改。",
        CycleState.REPORTED: f"报备后 {count} 个对象的评分锁定；要改评分先退回上一步。",
        CycleState.NOTICED: f"公示后 {count} 个对象的得分锁定，不能退回；要更正只能作出决定。",
        CycleState.CONFIRMED: f"确定 {count - len(view.held)} 个对象的结果、{winners} 个奖项。",
        CycleState.ANNOUNCED: f"公布 {winners} 个获奖对象；以后要收回只能撤销。",
        CycleState.ARCHIVED: f"{_unwritten(view, winners)}归档后这次考核不再改动，查实问题仍可撤销。",
    }[target]


def _unwritten(view: CycleView, winners: int) -> str:
    """What is usually issued before the year is archived, and is not: it would be looked for in vain."""
    missing = [] if view.is_told else ["还没有生成通报"]
    if winners and not any(each.kind in CERTIFICATES for each in view.standing):
        missing.append(f"{winners} 个获奖对象还没有证书")
    return f"{'，'.join(missing)}。" if missing else ""
