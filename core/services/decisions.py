"""The desk of decisions: what people settle where rules cannot (R15), and what is taken back (R17)."""

from dataclasses import replace
from datetime import date, datetime

from core.errors import InvalidInput, RuleViolation
from core.model.assessment import Cycle, CycleState
from core.model.decision import Decision, Revocation
from core.model.earlier import EarlierResult
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.ports import Clock, Store, Writing
from core.rules.cycle_gates import refuse_clock_back
from core.rules.decision_checks import refuse_decision, refuse_revocation
from core.services.award_money import settle_money
from core.services.cycle_reading import computed_year, read_inputs
from core.services.result_keeping import compute_and_keep


class DecisionService:
    """Decisions and revocations; the results of their cycle are kept anew in the same act."""

    def __init__(self, store: Store, actor: str, clock: Clock) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock

    def decide(self, year: int, decision: Decision, cycle: str = "") -> Decision:
        """Keep a decision, whose `id` and `cycle_id` are given here.

        Raises:
            NotFound: the cycle, the subject or the award is not there.
            InvalidInput: something is not said, or cannot be.
            RuleViolation: the cycle is not computed or is archived, there is nothing to decide, or the
                clock was set back.
        """
        draft = ActDraft("作出决定", self._actor, f"{decision.kind.label}：{decision.reason.strip()}")
        with self._store.writing(draft) as work:
            return self.keep(work, year, decision, cycle, self._clock())

    def keep(self, work: Writing, year: int, decision: Decision, cycle: str, now: datetime) -> Decision:
        """The same inside an act that happens `now`: an objection is decided with its consequence.

        Raises:
            NotFound, InvalidInput, RuleViolation: as `decide`.
        """
        computed = computed_year(work, year, cycle)
        found = computed.view.cycle
        _refuse_undecidable(found, now.date())
        refuse_decision(computed, decision, now.date())
        kept = replace(decision, id=new_id(), cycle_id=found.id)
        work.add([kept])
        _renew(work, found, now, computed.view.earlier)
        return kept

    def lift(self, decision_id: str, reason: str) -> None:
        """Let a decision count no more: what was computed stands again, as far as no other decision does.

        Raises:
            NotFound: there is no such decision.
            InvalidInput: no reason is given.
            RuleViolation: it was lifted before, its cycle is archived, or the clock was set back.
        """
        now = self._clock()
        with self._store.writing(ActDraft("撤下决定", self._actor, reason.strip())) as work:
            decision = work.get(Decision, decision_id)
            cycle = work.get(Cycle, decision.cycle_id)
            _refuse_undecidable(cycle, now.date())
            earlier = read_inputs(work, cycle, lean=True).settled.earlier
            work.change([replace(decision, lifted=_because(reason, decision.lifted))])
            _renew(work, cycle, now, earlier)

    def revoke(self, year: int, revocation: Revocation, cycle: str = "") -> Revocation:
        """Take grade, award and money of a subject back; its lines of award money are marked.

        Raises:
            NotFound: the cycle or the subject is not there.
            InvalidInput: something is not said, or cannot be.
            RuleViolation: the results are not announced yet, it was revoked before, or the clock was
                set back.
        """
        now = self._clock()
        with self._store.writing(ActDraft("撤销结果", self._actor, revocation.reason.strip())) as work:
            computed = computed_year(work, year, cycle)
            found = computed.view.cycle
            if found.state not in (CycleState.ANNOUNCED, CycleState.ARCHIVED):
                raise RuleViolation(
                    "revoke_early",
                    f"{found.called}{found.state.label}，结果还没有公布，不用撤销。",
                    "公布以前要更正结果，请作出决定。",
                )
            refuse_clock_back(found, now.date())
            refuse_revocation(computed, revocation, now.date())
            kept = replace(revocation, id=new_id(), cycle_id=found.id)
            work.add([kept])
            _renew(work, found, now, computed.view.earlier)
            return kept

    def lift_revocation(self, revocation_id: str, reason: str) -> None:
        """Take a revocation itself back.

        Raises:
            NotFound: there is no such revocation.
            InvalidInput: no reason is given.
            RuleViolation: it was lifted before, or the clock was set back.
        """
        now = self._clock()
        with self._store.writing(ActDraft("取消撤销", self._actor, reason.strip())) as work:
            revocation = work.get(Revocation, revocation_id)
            cycle = work.get(Cycle, revocation.cycle_id)
            refuse_clock_back(cycle, now.date())
            earlier = read_inputs(work, cycle, lean=True).settled.earlier
            work.change([replace(revocation, lifted=_because(reason, revocation.lifted))])
            _renew(work, cycle, now, earlier)


def _refuse_undecidable(cycle: Cycle, today: date) -> None:
    if cycle.state is CycleState.ARCHIVED:
        raise RuleViolation(
            "cycle_archived", f"{cycle.called}已归档，不能再作决定。", "查实弄虚作假的，可以撤销。"
        )
    refuse_clock_back(cycle, today)


def _because(reason: str, lifted: str) -> str:
    """The reason for lifting, if it was not lifted yet."""
    if lifted:
        raise RuleViolation("lifted_already", f"已经撤下过了（{lifted}）。", "不用再撤。")
    if not reason.strip():
        raise InvalidInput("reason_empty", "没有写理由。", "请写明理由。")
    return reason.strip()


def _renew(work: Writing, cycle: Cycle, now: datetime, earlier: tuple[EarlierResult, ...]) -> None:
    """Keep the results anew, with the earlier ones that were seen before; the award money follows."""
    if cycle.state is not CycleState.OPEN:
        settle_money(work, compute_and_keep(work, cycle, now, earlier))
