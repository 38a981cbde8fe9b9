"""The desk of award money: lines proposed from the outcome, sums to report."""

from core.errors import RuleViolation
from core.model.assessment import Cycle, CycleState
from core.model.award_payment import AwardPayment
from core.model.cycle_view import ComputedYear
from core.model.journal import ActDraft
from core.model.money_report import MoneyBy
from core.model.office import Office
from core.model.organization import Organization
from core.model.tables import OutSheet
from core.ports import Reading, Store, Writing
from core.rules.award_money import Settling, payment_lines, settle
from core.rules.money_report import money_sheet
from core.services.cycle_reading import computed_year, find_cycle
from core.services.derived import with_derived
from core.services.register_reading import read_register

PAID_FROM = (CycleState.ANNOUNCED, CycleState.ARCHIVED)


class AwardMoneyService:
    """Who is paid what for which award."""

    def __init__(self, store: Store, actor: str) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor

    def proposed(self, year: int, cycle: str = "") -> tuple[AwardPayment, ...]:
        """The lines that follow from the announced outcome and are not in the ledger yet.

        Raises:
            NotFound: the cycle was not opened.
            RuleViolation: its results are not announced.
        """
        with self._store.reading() as view:
            return new_lines(view, _announced(view, year, cycle))

    def propose(self, year: int, cycle: str = "") -> tuple[AwardPayment, ...]:
        """Put those lines into the ledger; what nobody is to get any more is marked.

        Raises:
            NotFound, RuleViolation: as `proposed`.
        """
        with self._store.writing(ActDraft("登记奖金", self._actor, f"{year}年度")) as work:
            settling = _settling(work, _announced(work, year, cycle))
            work.add(with_derived(work, settling.new))
            work.change(with_derived(work, settling.changed))
            return settling.new

    def lines(self, year: int, cycle: str = "") -> tuple[AwardPayment, ...]:
        """The lines of the ledger that belong to a cycle.

        Raises:
            NotFound: it was not opened.
        """
        with self._store.reading() as view:
            return kept_lines(view, find_cycle(view, year, cycle))

    def totals(self, by: MoneyBy) -> OutSheet:
        """The money of the ledger by year, award, category or community."""
        with self._store.reading() as view:
            office = next((each.name for each in view.all(Office)), "")
            return money_sheet(office, by, view.all(AwardPayment), read_register(view).organizations)


def kept_lines(view: Reading, cycle: Cycle) -> tuple[AwardPayment, ...]:
    """The lines of the ledger that belong to a cycle."""
    return view.all(AwardPayment, year=cycle.year, cycle=cycle.code)


def ledger_lines(view: Reading, computed: ComputedYear) -> tuple[AwardPayment, ...]:
    """The lines of the ledger as they would be if it followed from an outcome today."""
    known = {each.id: each for each in kept_lines(view, computed.view.cycle)}
    settling = _settling(view, computed)
    return (*{**known, **{each.id: each for each in settling.changed}}.values(), *settling.new)


def new_lines(view: Reading, computed: ComputedYear) -> tuple[AwardPayment, ...]:
    """The lines that follow from an outcome and are not in the ledger yet."""
    return _settling(view, computed).new


def settle_money(work: Writing, computed: ComputedYear) -> None:
    """Mark the lines of the ledger that follow from an announced outcome no more, inside an act."""
    if computed.view.cycle.state in PAID_FROM:
        work.change(with_derived(work, _settling(work, computed).changed))


def _announced(view: Reading, year: int, cycle: str) -> ComputedYear:
    computed = computed_year(view, year, cycle)
    if computed.view.cycle.state not in PAID_FROM:
        raise RuleViolation(
            "not_announced",
            f"{computed.view.cycle.called}的结果还没有公布，不能登记奖金。",
            "请先公示、确定、公布结果。",
        )
    return computed


def _settling(view: Reading, computed: ComputedYear) -> Settling:
    ids = [each.organization_id for each in computed.view.subjects if each.organization_id]
    heads = {each.id: each.principal for each in view.some(Organization, ids)}
    return settle(kept_lines(view, computed.view.cycle), payment_lines(computed, heads))
