"""The path of a cycle in the window: a year from its opening to the archive, and what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from core.model.assessment import CycleState, EntryKind
from core.model.mark_entry import TypedMark
from core.model.objection import Objection, ObjectionState
from core.model.opening import Opening, Participant
from core.paper.render import ReportLabPaper
from core.services.services import Outside, Services
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook
from db.store import open_store
from db.vault import open_vault
from gui.desk import Desk
from gui.dialogs.decision_form import TieForm
from gui.dialogs.entry_form import EntryForm
from gui.dialogs.gate_form import GateForm
from gui.dialogs.objection_form import AnswerForm, CheckForm, ObjectionForm
from gui.dialogs.objection_ruling_form import ObjectionRulingForm
from gui.dialogs.open_year import OpenYearDialog
from gui.dialogs.reason_form import ReasonForm
from gui.dialogs.revocation_form import RevocationForm
from gui.jobs import JobRunner
from gui.main_window import MainWindow
from gui.pages.assessment import AssessmentPage
from gui.pages.assessment_header import PROGRESS
from gui.settings_store import SettingsStore
from gui.workplace import Workplace, open_office
from tests.core.played_days import marked_alike
from tests.gui.resting import wait_for_rest

YEAR = 2025
FIFTH, SIXTH = "滨湖社区楼宇经济联合会", "洁芳社区公益堂"
STARS = Opening("property-stars", participants=(Participant("锦绣小区", "物业小区", "商品房"),))
Form = TypeVar("Form", bound=QWidget)


@dataclass
class Calendar:
    """A clock that is moved by hand."""

    now: datetime = datetime(2026, 1, 8, 9, 30)

    def __call__(self) -> datetime:
        return self.now

    def turn_to(self, day: str) -> None:
        self.now = datetime.fromisoformat(f"{day}T09:30:00")


@dataclass
class Window:
    """The whole window over a store, at rest after each step."""

    place: Workplace
    services: Services
    clock: Calendar
    qtbot: QtBot

    @property
    def page(self) -> AssessmentPage:
        return self.place.window.page("assessment")

    def rest(self) -> None:
        wait_for_rest(self.qtbot, self.place.desk.jobs)

    def go(self, action: str) -> None:
        self.place.go(action)
        self.rest()

    def turn_to(self, day: str) -> None:
        """It is another day; the page is looked at again."""
        self.clock.turn_to(day)
        self.page.reload()
        self.rest()

    def form(self, kind: type[Form]) -> Form:
        self.rest()
        return next(each for each in self.place.window.findChildren(kind) if each.isVisible())

    def save(self, form: Any) -> None:
        """Press the form's own button, and see it close."""
        (form.accept if isinstance(form, GateForm | ReasonForm | EntryForm) else form.save)()
        self.rest()
        assert not [each for each in self.place.window.findChildren(QDialog) if each.isVisible()]

    def pass_gate(self, *, accepting: bool = False) -> None:
        self.page.path.gate_button.click()
        form = self.form(GateForm)
        form.accept_box.setChecked(accepting)
        self.save(form)

    def state(self) -> CycleState:
        return self.services.assessments.year(YEAR).cycle.state


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def window(
    qtbot: QtBot,
    jobs: JobRunner,
    messages,
    settings: SettingsStore,
    sample: Services,
    paper: ReportLabPaper,
    calendar: Calendar,
) -> Iterator[Window]:
    """The window over the sample office, whose year is open and marked."""
    path = sample.store.path
    sample.close()
    outside = Outside(calendar, read_workbook, write_workbook, paper, open_vault(path))
    services = Services.over(open_store(path), "录入员", outside)
    main = MainWindow(jobs, settings)
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    made = Window(open_office(services).enter(main, jobs, messages, settings), services, calendar, qtbot)
    made.rest()
    yield made
    jobs.shut_down()
    services.close()


def test_a_year_from_opening_to_archive(window: Window, data: Path, messages) -> None:
    """Seed 000's year, as the clerk plays it: with an objection, a tie decided and a revocation."""
    open_it_again(window)
    compute(window, data)
    publish(window)
    object_and_decide(window)
    decide_the_tie(window)
    confirm_and_announce(window)
    revoke(window)
    archive(window)
    assert not messages.errors and not messages.bugs and not messages.problems


def open_it_again(window: Window) -> None:
    """The sample's own opening is taken back, so that the year is opened here."""
    for act in window.services.register.acts(2):
        window.services.versions.undo(act.number)
    assert window.services.assessments.years() == ()
    window.place.desk.jobs.saved.emit()
    window.rest()
    window.go("open_year")
    form = window.form(OpenYearDialog)
    assert form._taking_part.text().startswith("58 个：作风建设类 8")
    assert "东升社区天使儿女关爱队：暂停活动" in form._barred.text()
    window.save(form)
    assert window.services.assessments.years() == (YEAR,)


def compute(window: Window, data: Path) -> None:
    services = window.services
    services.score_import.apply(services.score_import.preview(YEAR, data / "scores.xlsx"))
    marked_alike(services, YEAR, FIFTH, SIXTH)
    window.go("cycle_path")
    assert steps(window)[:3] == ["开启考核，已完成，58 个参评", stage_words(window), "汇总计算，正在进行，—"]
    window.page.path.gate_button.click()
    window.rest()
    assert window.state() is CycleState.COMPUTED


def stage_words(window: Window) -> str:
    given = sum(each.delivered for each in window.services.assessments.year(YEAR).progress)
    return f"年度考核，还没有完成，{given} / 290 份"


def publish(window: Window) -> None:
    """Sheets that are missing are shown, and must be accepted; the form counts the working days."""
    window.go("cycle_path")
    path = window.page.path
    assert path.frame.title.text() == "开始公示" and path.back_button.isVisible()
    path.waiting.chosen.emit(0)
    assert window.page.header.tabs.currentIndex() == PROGRESS
    window.go("cycle_path")
    register = path.objections.register_button
    assert not register.isEnabled() and "先“开始公示”" in register.toolTip()
    path.gate_button.click()
    form = window.form(GateForm)
    assert form.last.date() == QDate(2026, 1, 14)
    form.accept()
    assert form.isVisible() and "请先勾选确认" in form.accept_box.accessibleDescription()
    form.accept_box.setChecked(True)
    form.last.setDate(QDate(2026, 1, 7))
    window.rest()
    form.accept()
    window.rest()
    assert "早于首日" in form.last.accessibleDescription() and window.state() is CycleState.COMPUTED
    form.last.setDate(QDate(2026, 1, 14))
    window.save(form)
    assert window.state() is CycleState.NOTICED
    assert not path.gate_button.isEnabled() and "公示到 2026-01-14 才结束" in path.gate_button.toolTip()
    assert not path.back_button.isVisible() and not window.page.header.import_button.isVisible()
    assert not path.entries.add_entry_button.isEnabled()


def object_and_decide(window: Window) -> None:
    """One objection is upheld with a recheck and answered; another one is taken back."""
    found = window.page.path.objections
    subject = next(each for each in window.services.assessments.year(YEAR).results if each.rank == 12)
    name = named(window, subject.subject_id)
    for raised_by in ("王某", "赵某"):
        found.register_button.click()
        form = window.form(ObjectionForm)
        form.raised_by.setText(raised_by)
        form.content.setPlainText("测评的分数和会上公布的不一致")
        form.subject.setText("没有这个组织")
        form.save()
        assert "名单里没有“没有这个组织”" in form.subject.accessibleDescription()
        form.subject.setText(name)
        window.save(form)
    assert "确定 57 个对象" in window.page.path.frame.detail.text()
    found.withdraw_button.click()
    form = window.form(ReasonForm)
    form.reason.setText("本人撤回")
    window.save(form)
    assert [each.state for each in found.model.shown()] == [
        ObjectionState.REGISTERED,
        ObjectionState.WITHDRAWN,
    ]
    found.table.selectRow(0)
    found.opened.emit()
    check = window.form(CheckForm)
    check.checker.setText("李四")
    check.finding.setPlainText("重新清点，多计 2 张票")
    window.save(check)
    found.opened.emit()
    ruling = window.form(ObjectionRulingForm)
    ruling.score.setText("九十")
    ruling.body.setText("考核领导小组")
    ruling.persons.setText("张三、李四")
    ruling.reason.setPlainText("重新清点测评票")
    ruling.save()
    assert "请写数字" in ruling.score.accessibleDescription()
    ruling.score.setText("88.50")
    window.save(ruling)
    found.opened.emit()
    answer = window.form(AnswerForm)
    answer.answer.setPlainText("已重新清点并更正")
    window.save(answer)
    view = window.services.assessments.year(YEAR)
    upheld = next(each for each in view.objections if each.state is ObjectionState.UPHELD)
    assert (upheld.checker, upheld.answered_on) == ("李四", "2026-01-08")
    assert [each.final for each in view.results if each.subject_id == subject.subject_id] == [Decimal("88.5")]
    assert view.held == frozenset()


def decide_the_tie(window: Window) -> None:
    """After the notice the tie alone stands in the way; its link leads to the results."""
    window.turn_to("2026-01-15")
    path = window.page.path
    assert not path.gate_button.isEnabled() and "并列" in path.gate_button.toolTip()
    path.waiting.chosen.emit(0)
    window.rest()
    results = window.page.results
    assert results.isVisible()
    assert window.page._state is not None and window.page._state.computed is not None
    (tie,) = [each for each in window.page._state.computed.outcome.awards if each.undecided]
    results._acts.settle_tie(window.page._state, tie)
    form = window.form(TieForm)
    for field, text in ((form.persons, "张三、李四"), (form.body, "考核领导小组")):
        field.setText(text)
    form.reason.setPlainText("按居民满意度排先后")
    window.save(form)
    window.go("cycle_path")
    assert path.gate_button.isEnabled() and not path._waiting_card.isVisible()


def confirm_and_announce(window: Window) -> None:
    window.pass_gate()
    assert window.state() is CycleState.CONFIRMED
    window.turn_to("2026-01-21")
    window.pass_gate()
    cycle = window.services.assessments.year(YEAR).cycle
    assert (cycle.confirmed_on, cycle.announced_on) == ("2026-01-15", "2026-01-21")
    assert window.page.path.revoke_button.isVisible()


def revoke(window: Window) -> None:
    window.turn_to("2026-02-03")
    window.page.path.revoke_button.click()
    window.rest()
    row = window.page.results.ranking.table.current_record()
    window.page.results._rule(None)
    form = window.form(RevocationForm)
    form.body.setText("街道办事处")
    form.reason.setPlainText("申报材料造假")
    window.save(form)
    (revoked,) = window.services.assessments.year(YEAR).revocations
    assert revoked.subject_id == row.subject.id


def archive(window: Window) -> None:
    window.go("cycle_path")
    window.pass_gate()
    assert window.state() is CycleState.ARCHIVED
    assert window.page.path.frame.title.text() == "这次考核已归档"
    assert not window.page.path.gate_button.isVisible()
    assert [words.split("，")[1] for words in steps(window)] == [
        "已完成",
        "还没有完成",
        *["已完成"] * 6,
    ]


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
    form.day.setDate(QDate(2027, 3, 1))
    window.rest()
    assert form._note.isVisible() and "2027" in form._note.accessibleName()
    form._show_holidays()
    window.rest()
    assert window.place.window.current_section() == "roster"
    assert not window.place.window.findChildren(GateForm)


def test_entries_are_put_in_listed_and_lifted(window: Window) -> None:
    window.go("cycle_path")
    entries = window.page.path.entries
    window.page.path.lists.setCurrentIndex(1)
    before = entries.model.total()
    entries.add_entry_button.click()
    form = window.form(EntryForm)
    form.kind.choose(EntryKind.BONUS)
    form.points.setText("2")
    form.reason.setText("获区级表彰")
    form.evidence.setText("区通报〔2025〕8号")
    form.accept()
    assert form.row("subject").is_wrong()
    form.subject.setText(FIFTH)
    window.save(form)
    assert entries.model.total() == before + 1
    added = next(each for each in entries.model.shown() if each.evidence == "区通报〔2025〕8号")
    entries.table.select_ids((added.id,))
    entries.lift_button.click()
    reason = window.form(ReasonForm)
    reason.reason.setText("通报后来撤销了")
    window.save(reason)
    lifted = next(each for each in entries.model.shown() if each.id == added.id)
    assert lifted.lifted == "通报后来撤销了" and not entries.lift_button.isVisible()


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


def test_a_direct_award_names_the_award_alone(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, wait_for_jobs
) -> None:
    view = sample.assessments.year(YEAR)
    parent = QWidget()
    qtbot.addWidget(parent)
    form = EntryForm(Desk(sample, jobs, messages, settings, YEAR), view, view.assessed[0], parent)
    form.open()
    form.kind.choose(EntryKind.DIRECT)
    assert form.row("points").isHidden() and form.item.findText("不按条目") < 0
    form.item.choose(view.scheme.awards[0].code)
    form.reason.setText("获市级奖项")
    form.evidence.setText("市政府文件")
    form.accept()
    wait_for_jobs()
    (kept,) = [each for each in sample.assessments.year(YEAR).entries if each.kind is EntryKind.DIRECT]
    assert (kept.item, kept.points) == (view.scheme.awards[0].code, None)


def test_a_second_cycle_of_a_year_is_opened_and_chosen(window: Window, messages, tmp_path: Path) -> None:
    window.go("open_year")
    form = window.form(OpenYearDialog)
    form.year.choose(YEAR)
    assert form.title_edit.text() == "街道社会组织年度考核\uff08第 2 次\uff09" and form.code.isVisible()
    form.scheme.choose("property-stars")
    window.rest()
    assert not form.save_button.isEnabled() and form.code.text() == "property-stars"
    messages.chosen = a_list(tmp_path / "小区.xlsx")
    form._choose_list()
    window.rest()
    assert form._taking_part.text() == "2 个：商品房 2"
    window.save(form)
    assert (window.place.desk.year, window.place.desk.cycle) == (YEAR, "property-stars")
    texts = [action.text() for action in window.place.window.top.year_actions()]
    assert "2025 年度 · 街道社会组织年度考核" in texts and "2025 年度 · 物业小区季度评比与星级" in texts
    window.go("cycle_path")
    assert [words.split("，")[0] for words in steps(window)][1:3] == ["季度检查", "业主满意度"]
    window.place.window.top.year_chosen.emit(YEAR, "subdistrict-year")
    window.rest()
    assert window.page._state is not None and window.page._state.view is not None
    assert len(window.page._state.view.subjects) == 60


def test_an_opening_taken_back_leaves_the_first_cycle(window: Window) -> None:
    window.services.assessments.open_year(YEAR, STARS)
    window.place.desk.choose_year(YEAR, "property-stars")
    window.rest()
    window.services.versions.undo(window.services.register.acts(1)[0].number)
    window.place.desk.jobs.saved.emit()
    window.rest()
    assert window.place.desk.cycle == ""


def test_weights_below_their_bound_are_told(window: Window) -> None:
    window.go("open_year")
    form = window.form(OpenYearDialog)
    form.scheme.choose("joint-teams")
    window.rest()
    form._take_list((Participant("甲队", "联合队伍", "综合整治"),))
    window.rest()
    assert form.save_button.isEnabled()
    first = next(iter(form.weights._fields.values()))
    first.setText("40")
    first.left.emit()
    window.rest()
    assert not form.save_button.isEnabled() and "要求不低于 50" in form.weights.accessibleDescription()
    first.setText("四十")
    first.left.emit()
    assert "请写数字" in form.weights.accessibleDescription()


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


def a_list(path: Path) -> Path:
    book = Workbook()
    book.active.append(("名称", "种类", "类别"))
    for name in ("锦绣小区", "东湖小区"):
        book.active.append((name, "物业小区", "商品房"))
    book.save(path)
    return path


def named(window: Window, subject_id: str) -> str:
    view = window.services.assessments.year(YEAR)
    return next(each.name for each in view.subjects if each.id == subject_id)


def steps(window: Window) -> list[str]:
    """The steps as a screen reader tells them, without their numbers."""
    row = window.page.path.frame.steps.layout()
    found = [row.itemAt(place).widget().accessibleName() for place in range(row.count())]
    return [words.partition("步 ")[2] for words in found]
