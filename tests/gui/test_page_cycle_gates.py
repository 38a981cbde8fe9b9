"""The path of a cycle in the window: what each gate asks, shows and refuses."""

from PySide6.QtCore import QDate

from core.model.assessment import CycleState
from core.model.mark_entry import TypedMark
from core.model.objection import Objection
from core.model.opening import Opening, Participant
from core.services.services import Services
from gui.dialogs.gate_form import GateForm
from gui.dialogs.reason_form import ReasonForm
from tests.gui.played_window import YEAR, Window, steps


def test_a_step_back_asks_why(window: Window) -> None:
    window.services.assessments.compute(YEAR)
    window.go("cycle_path")
    window.page.path.back_button.click()
    form = window.form(ReasonForm)
    form.accept()
    assert form.row.is_wrong()
    form.reason.setText("漏了一份评分表")
    window.save(form)
    assert window.state() is CycleState.OPEN
    assert window.services.register.acts(1)[0].reason == "漏了一份评分表"


def test_a_year_without_holidays_leads_to_their_table(window: Window) -> None:
    window.services.assessments.compute(YEAR)
    window.go("cycle_path")
    window.page.path.gate_button.click()
    form = window.form(GateForm)
    form.day.setDate(QDate(2027, 2, 1))
    window.rest()
    assert form._note.isVisible() and "2027" in form._note.accessibleName()
    form._show_holidays()
    window.rest()
    assert window.place.window.current_section() == "roster"
    assert not window.place.window.findChildren(GateForm)


def test_a_scheme_that_demands_a_report_is_reported_first(window: Window) -> None:
    """The teams' scheme locks its sheets with the report."""
    teams = tuple(Participant(name, "联合队伍", "综合整治") for name in ("甲队", "乙队"))
    window.services.assessments.open_year(2026, Opening("joint-teams", participants=teams))
    give_full_marks(window.services, 2026)
    window.services.assessments.compute(2026)
    window.place.desk.choose_year(2026)
    window.go("cycle_path")
    path = window.page.path
    assert path.gate_button.text() == "报备结果" and "报区组织人事部门" in "".join(steps(window))
    path.gate_button.click()
    form = window.form(GateForm)
    assert form.to.text() == "区组织人事部门"
    form.to.setText("区委组织部")
    form.day.setDate(QDate(2026, 1, 9))
    form.accept()
    window.rest()
    assert "日期 2026-01-09 不对" in form.day.accessibleDescription()
    form.day.setDate(QDate(2026, 1, 8))
    window.save(form)
    cycle = window.services.assessments.year(2026).cycle
    assert (cycle.state, cycle.reported_to) == (CycleState.REPORTED, "区委组织部")
    assert path.gate_button.text() == "开始公示" and path.back_button.isVisible()


def test_what_is_objected_to_is_held_and_the_others_are_confirmed(window: Window) -> None:
    services = window.services
    services.assessments.compute(YEAR)
    services.cycles.publish(YEAR, accept_missing=True)
    subject = services.assessments.year(YEAR).assessed[0]
    services.objections.register(YEAR, Objection("", "", subject.id, "", "王某", "分数不对"))
    window.go("cycle_path")
    window.turn_to("2026-01-15")
    window.pass_gate(accepting=True)
    assert window.state() is CycleState.CONFIRMED
    assert services.cycles.path(YEAR).held == {subject.id}
    window.page.path.frame.steps.chosen.emit(4)
    assert window.page.path.lists.currentIndex() == 0


def give_full_marks(services: Services, year: int) -> None:
    view = services.assessments.year(year)
    for progress in view.progress:
        stage, rater = progress.stage.code, progress.rater.code
        marks = [
            TypedMark(subject.id, leaf.code, str(leaf.full))
            for subject in view.subjects
            for leaf in view.scheme.leaves(stage, subject.category)
        ]
        services.marks.enter_block(year, stage, rater, marks)
