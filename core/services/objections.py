"""The desk of objections: registered during the public notice, checked, decided, answered."""

from dataclasses import replace
from datetime import date, datetime

from core.errors import InvalidInput, RuleViolation
from core.model.assessment import Cycle, CycleState
from core.model.decision import ABOUT_AWARDS, Decision
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.objection import Objection, ObjectionState
from core.model.objection_ruling import Ruling
from core.ports import Clock, Store, Writing
from core.rules.cycle_gates import refuse_clock_back
from core.rules.vague_days import is_day
from core.services.cycle_reading import find_cycle, subject_of
from core.services.decisions import DecisionService


class ObjectionService:
    """Objections against a cycle's results; the result concerned waits, the others go on."""

    def __init__(self, store: Store, actor: str, clock: Clock, decisions: DecisionService) -> None:
        """Work on this store in this person's name; `decisions` keep what an upheld objection leads to."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._decisions = decisions

    def register(self, year: int, objection: Objection, cycle: str = "") -> Objection:
        """Keep an objection, whose `id` and `cycle_id` are given here; raised today unless it says otherwise.

        Raises:
            NotFound: the cycle or the subject is not there.
            InvalidInput: who or what is not said.
            RuleViolation: there is no public notice, it was over that day, or the clock was set back.
        """
        today = self._clock().date()
        with self._store.writing(ActDraft("登记异议", self._actor, objection.content.strip())) as work:
            found = find_cycle(work, year, cycle)
            refuse_clock_back(found, today)
            subject_of(work, found, objection.subject_id)
            _refuse_gaps({"提出人": objection.raised_by, "内容": objection.content})
            raised_on = _day(objection.raised_on, today)
            _refuse_outside_notice(found, raised_on)
            kept = replace(
                objection,
                id=new_id(),
                cycle_id=found.id,
                raised_on=raised_on,
                state=ObjectionState.REGISTERED,
            )
            work.add([kept])
            return kept

    def check(self, objection_id: str, checker: str, finding: str = "") -> Objection:
        """Note who looks into it, and what was found.

        Raises:
            NotFound: it is gone.
            InvalidInput: nobody is named.
            RuleViolation: it is closed, or the clock was set back.
        """
        _refuse_gaps({"核查人": checker})
        with self._store.writing(ActDraft("核查异议", self._actor)) as work:
            open_one = _open(work, objection_id, self._clock().date())
            return _changed(
                work,
                replace(
                    open_one,
                    state=ObjectionState.CHECKING,
                    checker=checker.strip(),
                    finding=finding.strip() or open_one.finding,
                ),
            )

    def decide(self, objection_id: str, ruling: Ruling, decision: Decision | None = None) -> Objection:
        """Decide it: rejected, or upheld with the decision about the result that follows, in one act.

        Raises:
            NotFound: it is gone, or what the decision is about is not there.
            InvalidInput: something is not said, or the decision is about something else.
            RuleViolation: it is closed, the clock was set back, or the decision breaks a rule.
        """
        _refuse_gaps({"作出决定的人或机关": ruling.by})
        _refuse_mismatch(ruling, decision)
        now = self._clock()
        with self._store.writing(ActDraft("处理异议", self._actor)) as work:
            open_one = _open(work, objection_id, now.date())
            day = _day(ruling.day, now.date())
            if day < open_one.raised_on:
                raise InvalidInput(
                    "day_odd", f"{day} 早于异议提出的日子 {open_one.raised_on}。", "请核对日期。"
                )
            decided = _changed(
                work,
                replace(
                    open_one,
                    state=ObjectionState.UPHELD if ruling.upheld else ObjectionState.REJECTED,
                    decided_by=ruling.by.strip(),
                    decided_on=day,
                    answer=ruling.answer.strip(),
                    answered_on=day if ruling.answer.strip() else "",
                ),
            )
            if decision:
                self._follow(work, decided, decision, now)
            return decided

    def answer(self, objection_id: str, answer: str, day: date | None = None) -> Objection:
        """Note what was answered to whoever raised it.

        Raises:
            NotFound: it is gone.
            InvalidInput: nothing is answered, or on a day before it was decided.
            RuleViolation: it is not decided, or the clock was set back.
        """
        _refuse_gaps({"答复": answer})
        today = self._clock().date()
        with self._store.writing(ActDraft("答复异议", self._actor)) as work:
            found = _known(work, objection_id, today)
            if found.state not in (ObjectionState.UPHELD, ObjectionState.REJECTED):
                raise RuleViolation(
                    "not_decided", f"这件异议{found.state.label}，还没有决定。", "请先作出决定再答复。"
                )
            on = _day(day.isoformat() if day else "", today)
            if on < found.decided_on:
                raise InvalidInput(
                    "day_odd", f"{on} 早于作出决定的日子 {found.decided_on}。", "请核对答复的日期。"
                )
            return _changed(work, replace(found, answer=answer.strip(), answered_on=on))

    def withdraw(self, objection_id: str, reason: str) -> Objection:
        """Close an objection that was taken back, with the reason beside what was found.

        Raises:
            NotFound: it is gone.
            InvalidInput: no reason is given.
            RuleViolation: it is closed, or the clock was set back.
        """
        _refuse_gaps({"撤回的理由": reason})
        with self._store.writing(ActDraft("撤回异议", self._actor, reason.strip())) as work:
            open_one = _open(work, objection_id, self._clock().date())
            found = "；".join(filter(None, (open_one.finding, reason.strip())))
            return _changed(work, replace(open_one, state=ObjectionState.WITHDRAWN, finding=found))

    def _follow(self, work: Writing, objection: Objection, decision: Decision, now: datetime) -> None:
        cycle = work.get(Cycle, objection.cycle_id)
        linked = replace(decision, subject_id=objection.subject_id, objection_id=objection.id)
        self._decisions.keep(work, cycle.year, linked, cycle.code, now)


def _known(work: Writing, objection_id: str, today: date) -> Objection:
    found = work.get(Objection, objection_id)
    refuse_clock_back(work.get(Cycle, found.cycle_id), today)
    return found


def _open(work: Writing, objection_id: str, today: date) -> Objection:
    found = _known(work, objection_id, today)
    if not found.is_open:
        raise RuleViolation("objection_closed", f"这件异议{found.state.label}，已经办结。", "请另行登记。")
    return found


def _day(day: str, today: date) -> str:
    """A day up to today, as ISO text; today if none is given."""
    if day and not (is_day(day) and day <= today.isoformat()):
        raise InvalidInput("day_odd", f"日期“{day}”不对。", f"请写今天 {today} 或以前的日子。")
    return day or today.isoformat()


def _refuse_outside_notice(cycle: Cycle, day: str) -> None:
    if cycle.state is not CycleState.NOTICED:
        raise RuleViolation(
            "no_notice", f"{cycle.called}{cycle.state.label}，不在公示期。", "公示期内才受理异议。"
        )
    if not cycle.notice_from <= day <= cycle.notice_until:
        raise RuleViolation(
            "notice_over",
            f"公示期是 {cycle.notice_from} 至 {cycle.notice_until}，{day} 提出的异议不受理。",
            "请向提出人说明；发现确有问题的，可以直接作出决定。",
        )


def _changed(work: Writing, objection: Objection) -> Objection:
    work.change([objection])
    return work.get(Objection, objection.id)


def _refuse_gaps(said: dict[str, str]) -> None:
    if missing := [name for name, text in said.items() if not text.strip()]:
        raise InvalidInput("objection_incomplete", f"没有写{'、'.join(missing)}。", "请补全再保存。")


def _refuse_mismatch(ruling: Ruling, decision: Decision | None) -> None:
    if decision is None:
        return
    if not ruling.upheld:
        raise InvalidInput(
            "decision_unasked", "异议不成立，结果不变，不需要另作决定。", "请去掉决定，或改为成立。"
        )
    if decision.kind in ABOUT_AWARDS:
        raise InvalidInput(
            "decision_unasked", f"异议的处理不能是“{decision.kind.label}”。", "请核定得分、等次或复核得分。"
        )
