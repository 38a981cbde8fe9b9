"""The desk of a cycle's path: reported, put up for public notice, confirmed, announced, archived."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from core.errors import InvalidInput, RuleViolation
from core.model.assessment import Cycle, CycleState
from core.model.cycle_path import Blocker, CyclePath, NoticePeriod
from core.model.cycle_view import CycleView
from core.model.journal import ActDraft
from core.model.scheme import Scheme
from core.model.tasks import Holiday
from core.ports import Clock, Store, Writing
from core.rules.cell_values import accepted, read_name
from core.rules.cycle_gates import (
    back_to,
    blockers,
    cycle_path,
    last_day_of,
    next_state,
    notice_period,
    states_of,
)
from core.rules.working_days import WorkingDays
from core.services.cycle_reading import find_cycle, read_cycle, scheme_of, writable_cycle

SHEETS_MISSING = "sheets_missing"
OBJECTIONS_OPEN = "objections_open"
_FURTHEST = timedelta(days=400)
"""How far from today a notice may lie: nothing leads back from a mistyped year."""


class CycleService:
    """Each gate is one act; without a code the first cycle of its year is meant.

    Every gate raises NotFound where the cycle was not opened, RuleViolation where it is not its turn or
    something stands before it (`core.rules.cycle_gates`), InvalidInput where a day or a text cannot be.
    """

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock

    def path(self, year: int, cycle: str = "") -> CyclePath:
        """How far the cycle has come, what is next and what stands against it.

        Raises:
            NotFound: it was not opened.
        """
        with self._store.reading() as view:
            return self.path_of(read_cycle(view, year, cycle, lean=True))

    def path_of(self, view: CycleView) -> CyclePath:
        """The same of a cycle that was read already."""
        return cycle_path(view, self._clock().date())

    def notice_period(
        self, year: int, first: date | None = None, cycle: str = "", last: date | None = None
    ) -> NoticePeriod:
        """A public notice from a day on (today unless said otherwise); without a last day the shortest.

        Raises:
            NotFound: the cycle was not opened.
            InvalidInput: a day is too far from today.
        """
        with self._store.reading() as view:
            scheme = scheme_of(view, find_cycle(view, year, cycle))
            return _period(scheme, WorkingDays(view.all(Holiday)), first, last, self._clock().date())

    def report(
        self, year: int, to: str = "", day: date | None = None, accept_missing: bool = False, cycle: str = ""
    ) -> CyclePath:
        """Note that the results were reported, to whom the scheme demands unless said otherwise.

        With `accept_missing` sheets that did not come are left to the scheme's rules (R5).
        """
        accepted = {SHEETS_MISSING} if accept_missing else set()
        today = self._clock().date()
        with self._store.writing(ActDraft("报备结果", self._actor, f"{year}年度")) as work:
            view = _at_gate(work, year, cycle, CycleState.REPORTED, today, accepted)
            on = _day(view.cycle, day, today)
            reported = replace(
                view.cycle,
                state=CycleState.REPORTED,
                reported_on=on.isoformat(),
                reported_to=to.strip() or view.scheme.report_to,
            )
            return _through(work, reported, today)

    def publish(
        self,
        year: int,
        first: date | None = None,
        last: date | None = None,
        accept_missing: bool = False,
        cycle: str = "",
    ) -> CyclePath:
        """Put the results up for public notice: from here on sheets and entries are frozen (R21)."""
        accepted = {SHEETS_MISSING} if accept_missing else set()
        today = self._clock().date()
        with self._store.writing(ActDraft("开始公示", self._actor, f"{year}年度")) as work:
            view = _at_gate(work, year, cycle, CycleState.NOTICED, today, accepted)
            calendar = WorkingDays(work.all(Holiday))
            period = _period(view.scheme, calendar, first, last, today)
            _refuse_period(period, view)
            noticed = replace(
                view.cycle,
                state=CycleState.NOTICED,
                notice_from=period.first.isoformat(),
                notice_until=period.last.isoformat(),
            )
            return _through(work, noticed, today)

    def confirm(
        self, year: int, day: date | None = None, hold_objected: bool = False, cycle: str = ""
    ) -> CyclePath:
        """Confirm the results after the notice; with `hold_objected` those under an objection wait."""
        accepted = {OBJECTIONS_OPEN} if hold_objected else set()
        today = self._clock().date()
        with self._store.writing(ActDraft("确定结果", self._actor, f"{year}年度")) as work:
            view = _at_gate(work, year, cycle, CycleState.CONFIRMED, today, accepted)
            on = _day(view.cycle, day, today)
            if on.isoformat() <= view.cycle.notice_until:
                raise InvalidInput(
                    "day_odd",
                    f"{on} 还在公示期内。",
                    f"请写公示期满（{view.cycle.notice_until}）以后的日子。",
                )
            confirmed = replace(view.cycle, state=CycleState.CONFIRMED, confirmed_on=on.isoformat())
            return _through(work, confirmed, today)

    def announce(self, year: int, day: date | None = None, cycle: str = "") -> CyclePath:
        """Announce the confirmed results."""
        today = self._clock().date()
        with self._store.writing(ActDraft("公布结果", self._actor, f"{year}年度")) as work:
            view = _at_gate(work, year, cycle, CycleState.ANNOUNCED, today)
            on = _day(view.cycle, day, today)
            announced = replace(view.cycle, state=CycleState.ANNOUNCED, announced_on=on.isoformat())
            return _through(work, announced, today)

    def archive(self, year: int, day: date | None = None, cycle: str = "") -> CyclePath:
        """Close the cycle."""
        today = self._clock().date()
        with self._store.writing(ActDraft("归档考核", self._actor, f"{year}年度")) as work:
            view = _at_gate(work, year, cycle, CycleState.ARCHIVED, today)
            on = _day(view.cycle, day, today)
            archived = replace(view.cycle, state=CycleState.ARCHIVED, archived_on=on.isoformat())
            return _through(work, archived, today)

    def step_back(self, year: int, reason: str, cycle: str = "") -> CyclePath:
        """Go one step back, with a reason; possible until the public notice."""
        if not reason.strip():
            raise InvalidInput("reason_empty", "没有写退回的理由。", "请写明为什么退回。")
        with self._store.writing(ActDraft("退回上一步", self._actor, reason.strip())) as work:
            found = find_cycle(work, year, cycle)
            target = back_to(found.state)
            if target is None:
                raise _no_way_back(found)
            if target is CycleState.OPEN:
                back = replace(found, state=target, computed_at="", digest="")
            else:
                back = replace(found, state=target, reported_on="", reported_to="")
            return _through(work, back, self._clock().date())

    def rename(self, year: int, title: str, cycle: str = "") -> CyclePath:
        """Give a cycle another title; possible as long as its marks may change.

        Raises:
            InvalidInput: the title is empty, too long or holds characters that cannot be kept.
            NotFound: it was not opened.
            RuleViolation: it is frozen, or the clock was set back.
        """
        named = accepted("考核的名称", read_name(title))
        if not named:
            raise InvalidInput("title_empty", "没有写考核的名称。", "请写名称，例如“第一季度评比”。")
        today = self._clock().date()
        with self._store.writing(ActDraft("修改考核名称", self._actor)) as work:
            return _through(work, replace(writable_cycle(work, year, cycle, today), title=named), today)


def _at_gate(
    work: Writing, year: int, cycle: str, target: CycleState, today: date, accepted: Collection[str] = ()
) -> CycleView:
    """The cycle, if this gate is its next and nothing stands before it today that was not accepted."""
    view = read_cycle(work, year, cycle, lean=True)
    if next_state(view.scheme, view.cycle.state) is not target:
        raise _not_its_turn(view, target)
    for each in blockers(view, target, today):
        if not (each.may_stand and each.code in accepted):
            raise _refusal(each)
    return view


def _through(work: Writing, cycle: Cycle, today: date) -> CyclePath:
    work.change([cycle])
    return cycle_path(read_cycle(work, cycle.year, cycle.code, lean=True), today)


def _period(
    scheme: Scheme, calendar: WorkingDays, first: date | None, last: date | None, today: date
) -> NoticePeriod:
    for day in filter(None, (first, last)):
        if abs(day - today) > _FURTHEST:
            raise InvalidInput("day_odd", f"公示日期 {day} 离今天 {today} 太远了。", "请核对日期里的年份。")
    return notice_period(scheme, first or today, calendar, last)


def _day(cycle: Cycle, day: date | None, today: date) -> date:
    """The day of a step: not before the last one, not after today."""
    on, last = day or today, last_day_of(cycle)
    if not last <= on <= today:
        raise InvalidInput(
            "day_odd", f"日期 {on} 不对。", f"请写 {last}（上一步）到今天 {today} 之间的日子。"
        )
    return on


def _refuse_period(period: NoticePeriod, view: CycleView) -> None:
    earliest = last_day_of(view.cycle)
    if period.first < earliest:
        raise InvalidInput(
            "day_odd", f"公示不能从 {period.first} 开始。", f"请写 {earliest}（上一步）或以后的日子。"
        )
    if period.last < period.first:
        raise InvalidInput(
            "last_day_odd", f"公示末日 {period.last} 早于首日 {period.first}。", "请写首日或以后的日子。"
        )
    wanted = view.scheme.notice_days
    if period.working_days < wanted:
        raise RuleViolation(
            "notice_short",
            f"{period.first} 至 {period.last} 只有 {period.working_days} 个工作日，"
            f"考核方案要求公示 {wanted} 个工作日。",
            f"请推迟结束日期。{period.note}",
        )


def _not_its_turn(view: CycleView, target: CycleState) -> RuleViolation:
    expected = next_state(view.scheme, view.cycle.state)
    state = f"{view.cycle.called}现在是“{view.cycle.state.label}”"
    states = states_of(view.scheme)
    if target is CycleState.REPORTED and not view.scheme.report_to:
        return RuleViolation("report_not_asked", "考核方案没有要求公示前报备。", "可以直接公示。")
    remedy = f"下一步是“{expected.label}”。" if expected else "这次考核已经办完。"
    passed = states.index(target) <= states.index(view.cycle.state)
    said = "这一步已经办过" if passed else f"还不能到“{target.label}”"
    return RuleViolation("not_its_turn", f"{state}，{said}。", remedy)


def _no_way_back(cycle: Cycle) -> RuleViolation:
    """The first state has none before it; from the notice on the way is another."""
    remedy = {
        CycleState.OPEN: "这是第一步，评分现在就可以改。",
        CycleState.ARCHIVED: "查实弄虚作假的，可以撤销。",
    }.get(cycle.state, "公示以后要更正结果，请作出决定；公布以后可以撤销。")
    return RuleViolation("no_way_back", f"{cycle.called}{cycle.state.label}，不能再退回。", remedy)


def _refusal(blocker: Blocker) -> RuleViolation:
    return RuleViolation(blocker.code, blocker.message, blocker.remedy)
