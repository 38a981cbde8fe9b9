"""What can be done from the results: decisions, revocations, papers, files.

acts = ResultActs(desk, owner)
acts.rule(state, row, kind); acts.settle_tie(state, filling); acts.lift(view, line)
acts.leave_open(state, line)
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.model.cycle_view import CycleView
from core.model.decision import DecisionKind
from core.model.outcome import AwardFilling
from core.model.reminder import Reminder
from core.model.result_list import ResultLine
from core.model.tables import OutSheet
from core.services.files import write_file
from gui.desk import Desk
from gui.dialogs.decision_form import LeaveOpenForm, SubjectDecisionForm, TieForm, also
from gui.dialogs.paper_preview import PaperPreview
from gui.dialogs.reason_form import ReasonForm
from gui.dialogs.revocation_form import RevocationForm
from gui.messages import EXCEL_OUT
from gui.pages.assessment_state import YearState
from gui.pages.results_rows import ResultRow
from gui.rights import needs
from gui.undo import do_undoably
from gui.widgets.notice_line import open_folder_of


class ResultActs:
    """Each opens its form or does its job; what was done is told in the status bar."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk = desk
        self._owner = owner

    @needs("decisions.decide")
    def rule(self, state: YearState, row: ResultRow, kind: DecisionKind | None) -> None:
        """Decide about a subject; without a kind, revoke its result."""
        if state.computed is None:
            return
        if kind is None:
            RevocationForm(self._desk, state.computed.view, row.subject, self._owner).open()
        else:
            SubjectDecisionForm(self._desk, state.computed, row.subject, kind, self._owner).open()

    @needs("decisions.decide")
    def settle_tie(self, state: YearState, filling: AwardFilling) -> None:
        """Put the equals at the border of an award in order, or leave its places open."""
        if state.computed is not None:
            TieForm(self._desk, state.computed, filling, self._owner).open()

    @needs("decisions.decide")
    def leave_open(self, state: YearState, line: ResultLine) -> None:
        """Leave the open places of an award open: those of the line, with equals or without."""
        if state.computed is None or line.open_place is None:
            return
        fillings = [
            each
            for each in state.computed.outcome.awards
            if each.open_places and (each.code, each.category) == line.open_place
        ]
        if any(each.undecided for each in fillings):
            self.settle_tie(state, next(each for each in fillings if each.undecided))
            return
        reasons = tuple(chain.from_iterable(each.open_reasons for each in fillings))
        whole = replace(fillings[0], open_reasons=reasons)
        LeaveOpenForm(self._desk, state.computed, whole, self._owner).open()

    @needs("decisions.lift")
    def lift(self, view: CycleView, line: ResultLine) -> None:
        """Let the decision or revocation of a line count no more, with a reason."""
        form = ReasonForm(
            "撤下决定",
            f"撤下 {line.values[0]} 的决定：{line.values[2]}",
            (("对象", str(line.values[1])), ("决定", str(line.values[3])), ("作出机关", str(line.values[4]))),
            "撤下以后这个决定不再起作用，结果重新计算，其余的决定照旧；决定本身留在记录里。",
            parent=self._owner,
        )
        services, cycle = self._desk.services, view.cycle
        is_decision = any(each.id == line.record_id for each in view.decisions)

        def lift(reason: str) -> Sequence[Reminder]:
            decisions = services.decisions
            (decisions.lift if is_decision else decisions.lift_revocation)(line.record_id, reason)
            return services.results.reminders(cycle.year, cycle.code)

        form.accepted_with.connect(
            lambda reason: do_undoably(
                self._desk,
                lambda: lift(reason),
                title="撤下决定",
                told=lambda reminders: also("已撤下，结果已重新计算", reminders),
                owner=self._owner,
            )
        )
        form.open()

    # Out of the program

    def print_details(self, view: CycleView, subject_ids: Collection[str], name: str = "") -> None:
        """Preview the 评分明细 of these subjects."""
        cycle, results = view.cycle, self._desk.services.results
        make = partial(results.details, cycle.year, subject_ids, cycle.code)
        title = f"评分明细\uff08{name}\uff09" if name else "评分明细"
        PaperPreview(self._desk, title, make, f"{cycle.year}年度{title}.pdf", self._owner).open()

    def export_details(self, view: CycleView, subject_ids: Collection[str]) -> None:
        """Write the 评分明细 of these subjects to an Excel file."""
        cycle, results = view.cycle, self._desk.services.results
        make = partial(results.details_workbook, cycle.year, subject_ids, cycle.code)
        count = f"{len(subject_ids)} 个对象的评分明细"
        self._write("导出评分明细", f"{cycle.year}年度评分明细.xlsx", make, count)

    def print_sheet(self, sheet: OutSheet) -> None:
        """Preview a list as it is shown."""
        make = partial(self._desk.services.papers.table, sheet, sheet.title, sheet.subtitle)
        PaperPreview(self._desk, sheet.name, make, f"{sheet.title}.pdf", self._owner).open()

    def export_sheet(self, sheet: OutSheet) -> None:
        """Write a list as it is shown to an Excel file."""
        make = partial(self._desk.services.exports.sheet, sheet)
        self._write(f"导出{sheet.name}", f"{sheet.title}.xlsx", make, f"{len(sheet.rows)} 行")

    def _write(self, title: str, name: str, make: partial[bytes], what: str) -> None:
        path = self._desk.messages.choose_save_file(title, EXCEL_OUT, name=name, purpose="export")
        if path is not None:
            self._desk.jobs.start(
                lambda _report: write_file(path, make()),
                lambda _done: self._tell(path, what),
                title=title,
                owner=self._owner,
            )

    def _tell(self, path: Path, what: str) -> None:
        self._desk.tell(f"已把 {what}导出到“{path.name}”", "打开文件夹", partial(open_folder_of, path))
