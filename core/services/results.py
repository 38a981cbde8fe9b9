"""The desk of results: lists that follow from them, what a revocation would do, 评分明细 on paper."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from core.errors import InvalidInput, NotFound
from core.model.assessment import Result, Subject
from core.model.cycle_view import ComputedYear
from core.model.decision import Revocation
from core.model.office import Office
from core.model.reminder import Effects, Reminder
from core.model.result_list import ResultList
from core.ports import Clock, Paper, Reading, Store, WriteWorkbook
from core.rules.consequences import consequences
from core.rules.decision_checks import refuse_revocation
from core.rules.payment_list import payment_list
from core.rules.register_papers import PaperFrame
from core.rules.result_findings import ResultFindings
from core.rules.result_lists import result_lists
from core.rules.score_details import details_paper, details_sheet
from core.services.award_money import PAID_FROM, kept_lines, new_lines
from core.services.certificate_register import gone_certificates
from core.services.cycle_reading import (
    computed_from,
    computed_year,
    cycle_as_it_stands,
    find_cycle,
    read_inputs,
)
from core.services.reminders import reminders

MOST_DETAILED = 500
"""Subjects on one paper: some 1,000 pages."""


class ResultService:
    """Looks at computed results and keeps nothing.

    Every method raises NotFound where the cycle was not opened, and most raise RuleViolation where it was
    not computed or data changed since.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        paper: Paper,
        write_workbook: WriteWorkbook,
    ) -> None:
        """Look at this store; print and write with these."""
        self._store = store
        self._clock = clock
        self._paper = paper
        self._write = write_workbook

    def lists(self, year: int, cycle: str = "") -> tuple[ResultList, ...]:
        """Near the limits, equals, awards, lists, those apart, earlier years, decisions."""
        with self._store.reading() as reading:
            inputs = read_inputs(reading, find_cycle(reading, year, cycle), lean=True)
            computed = computed_from(reading, inputs)
        verdicts = inputs.computation.verdicts
        scores = {subject_id: verdict.score for subject_id, verdict in verdicts.items()}
        return result_lists(ResultFindings(computed, scores))

    def payments(self, year: int, cycle: str = "") -> ResultList:
        """The award money of the cycle: what the ledger has, and how much it has not yet."""
        with self._store.reading() as reading:
            view, computed = cycle_as_it_stands(reading, year, cycle)
            new = new_lines(reading, computed) if computed and view.cycle.state in PAID_FROM else ()
            return payment_list(view, kept_lines(reading, view.cycle), new)

    def reminders(self, year: int, cycle: str = "") -> tuple[Reminder, ...]:
        """What changed results leave to be done; nothing as long as they are not computed."""
        with self._store.reading() as view:
            _view, computed = cycle_as_it_stands(view, year, cycle)
            return tuple(reminders(view, computed)) if computed else ()

    def workbook(self, lists: Sequence[ResultList]) -> bytes:
        """Lists as an Excel file, a sheet for each."""
        return self._write([each.sheet() for each in lists])

    def would_revoke(self, year: int, revocation: Revocation, cycle: str = "") -> Effects:
        """The subjects that would have another result, what would change for each, certificates to collect.

        Raises:
            InvalidInput: something is not said, or cannot be.
        """
        with self._store.reading() as reading:
            inputs = read_inputs(reading, find_cycle(reading, year, cycle), lean=True)
            computed = computed_from(reading, inputs)
            refuse_revocation(computed, revocation, self._clock().date())
            settled = inputs.settled
            after = replace(inputs, settled=settled._replace(revocations=(*settled.revocations, revocation)))
            outcome = after.outcome()
            gone = gone_certificates(reading, replace(computed, outcome=outcome))
        names = {subject.id: subject.name for subject in computed.view.subjects}
        certificates = tuple(each.number or each.recipient for each in gone)
        return Effects(consequences(computed.outcome, outcome, names), certificates)

    def details(self, year: int, subject_ids: Collection[str] | None = None, cycle: str = "") -> bytes:
        """评分明细 of these subjects, or of all, as PDF, in the order of the ranking.

        Raises:
            InvalidInput: they are too many for paper.
            DocumentFailed: a character has no font.
        """
        with self._store.reading() as reading:
            computed, explained = _explained(reading, year, subject_ids, cycle)
            office, head = next(iter(reading.all(Office))), reading.log.head().said
        if len(explained) > MOST_DETAILED:
            raise InvalidInput(
                "too_much_to_print",
                f"要打印 {len(explained):,} 个对象的评分明细，超过 {MOST_DETAILED} 个。",
                "请先按类别或等次筛选，分几次打印，或者改为导出表格。",
            )
        frame = PaperFrame(office, self._clock().date(), log_head=head)
        return self._paper.register_paper(details_paper(frame, computed, explained))

    def details_workbook(
        self, year: int, subject_ids: Collection[str] | None = None, cycle: str = ""
    ) -> bytes:
        """The same as an Excel file, a row for each step."""
        with self._store.reading() as reading:
            return self._write([details_sheet(*_explained(reading, year, subject_ids, cycle))])


def _explained(
    reading: Reading, year: int, subject_ids: Collection[str] | None, cycle: str
) -> tuple[ComputedYear, list[tuple[Subject, Result]]]:
    computed = computed_year(reading, year, cycle)
    pairs = computed.ordered()
    if subject_ids is not None:
        wanted = set(subject_ids)
        pairs = [pair for pair in pairs if pair[0].id in wanted]
    if not pairs:
        raise NotFound("nothing_to_print", "没有可打印的考核对象。", "请刷新列表后重新选择。")
    return computed, [(subject, computed.explained(result)) for subject, result in pairs]
