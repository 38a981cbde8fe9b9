"""The lists beside the ranking, decisions and revocations taken in the window, the award money."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.model.assessment import ResultState
from core.model.award_payment import AwardPayment
from core.model.certificate import CertificateRequest
from core.model.decision import DecisionKind
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.opening import Opening, Participant
from core.model.outcome import OpenReason
from core.model.result_list import ListKind
from core.paper.render import ReportLabPaper
from core.rules.scheme_file import read_scheme
from core.services.schemes import keep_scheme
from core.services.services import Services
from core.sheets.reader import read_workbook
from gui.desk import Desk
from gui.dialogs.decision_form import LeaveOpenForm, SubjectDecisionForm, TieForm
from gui.dialogs.ledger_form import LedgerForm
from gui.dialogs.money_totals import MoneyTotalsDialog
from gui.dialogs.paper_preview import PaperPreview
from gui.dialogs.reason_form import ReasonForm
from gui.dialogs.revocation_form import RevocationForm
from gui.jobs import JobRunner
from gui.pages.assessment_state import load_year
from gui.pages.results import ResultsPane
from gui.settings_store import SettingsStore
from gui.widgets.banner import Banner
from tests.core.played_days import Days, marked_alike, named

YEAR = 2025
FIFTH, SIXTH = "滨湖社区楼宇经济联合会", "洁芳社区公益堂"
BEST, GOOD = "优秀社会组织奖", "良好社会组织奖"
AREAS = """
code = "areas"
name = "小区评比"
source = "测试"
full = 100
below_name = "不合格"
subjects = { source = "list", kind = "小区" }
bands = [{ name = "优秀", floor = 90 }, { name = "合格", floor = 60 }]
[[stages]]
code = "check"
name = "检查"
full = 100
weight = 1
raters = [{ code = "desk", name = "社会事务办", weight = 1 }]
[[awards]]
code = "best"
name = "最佳小区"
grades = ["优秀"]
places = "number"
number = 2
"""
Show = Callable[[Services], ResultsPane]


@pytest.fixture
def show(qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore) -> Show:
    """The results of an office, shown anew after each act."""

    def make(services: Services) -> ResultsPane:
        pane = ResultsPane(Desk(services, jobs, messages, settings, YEAR))
        qtbot.addWidget(pane)
        pane.resize(1220, 640)
        jobs.saved.connect(lambda: pane.show_state(load_year(services, YEAR)))
        pane.show_state(load_year(services, YEAR))
        pane.show()
        return pane

    return make


@pytest.fixture
def tied(sample: Services) -> Services:
    """The computed year, its fifth and sixth equals at the border of the places of 良好."""
    marked_alike(sample, YEAR, FIFTH, SIXTH)
    sample.assessments.compute(YEAR)
    return sample


@pytest.fixture
def announced(sample: Services, paper: ReportLabPaper) -> Iterator[Services]:
    """The year some weeks after its announcement."""
    path = sample.store.path
    sample.close()
    days = Days(path, paper)
    with days.on("2026-01-09") as office:
        office.assessments.compute(YEAR)
        office.cycles.publish(YEAR, accept_missing=True)
    with days.on("2026-01-21") as office:
        office.cycles.confirm(YEAR)
        office.cycles.announce(YEAR)
    with days.on("2026-02-03") as office:
        yield office


def dialog(pane: ResultsPane, kind: type[QDialog]) -> QDialog:
    """The open dialog of a kind."""
    return next(each for each in pane.findChildren(kind) if each.isVisible())


def open_tie(pane: ResultsPane) -> TieForm:
    """The form behind the banner's button."""
    buttons = pane.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "录入表决结果").click()
    return dialog(pane, TieForm)


def fill(form: SubjectDecisionForm | TieForm | LeaveOpenForm | RevocationForm) -> None:
    form.body.setText("考核领导小组")
    form.persons.setText("张三、李四")
    form.reason.set_text("会议表决")


def one_area_for_two_places(services: Services) -> None:
    """A computed year with an award of two places and one candidate."""
    with services.store.writing(ActDraft("导入方案", "测试")) as work:
        keep_scheme(work, read_scheme(AREAS), AREAS, datetime(2026, 1, 5, 9, 0))
    named_areas = (Participant("甲小区"), Participant("乙小区"))
    services.assessments.open_year(YEAR, Opening("areas", participants=named_areas))
    for name, points in (("甲小区", "95"), ("乙小区", "70")):
        subject = named(services, YEAR, name)
        services.marks.enter(YEAR, "check", "desk", TypedMark(subject.id, "total", points))
    services.assessments.compute(YEAR)


def winners(services: Services, award: str) -> list[str]:
    outcome = services.assessments.outcome(YEAR)
    names = {each.id: each.name for each in outcome.view.subjects}
    filling = next(each for each in outcome.outcome.awards if each.name == award)
    return [names[each] for each in filling.winners]


def test_a_list_follows_its_tab_and_is_explained_exported_and_printed(
    show: Show, tied: Services, wait_for_jobs, messages, tmp_path: Path
) -> None:
    pane = show(tied)
    pane.bar.choose(ListKind.TIES)
    wait_for_jobs()
    line = pane.list.model.shown()[0]
    assert {each.values[1] for each in pane.list.model.shown()} >= {FIFTH, SIXTH}
    shown = [each.text() for each in pane.explanation.findChildren(QLabel)]
    assert line.values[1] in shown and "并列第" in " ".join(shown)
    messages.chosen = tmp_path / "并列.xlsx"
    pane.export()
    wait_for_jobs()
    cells = {cell for row in read_workbook(messages.chosen).sheets[0].rows for cell in row}
    assert {FIFTH, SIXTH, "并列待定"} <= cells
    pane.print()
    wait_for_jobs()
    assert dialog(pane, PaperPreview).view.page_count() == 1


def test_lists_say_why_they_are_empty(show: Show, tied: Services, wait_for_jobs) -> None:
    pane = show(tied)
    pane.bar.choose(ListKind.DECISIONS)
    wait_for_jobs()
    assert pane.list.nothing.text() == "还没有作过决定，也没有撤销过。"
    assert pane.lift_button.isVisible() and not pane.lift_button.isEnabled()
    pane.bar.choose(ListKind.MONEY)
    assert pane.list.nothing.text() == "还没有奖金；结果公布以后在这里登记。"
    assert not pane.money.propose_button.isEnabled() and not pane.explanation.isVisible()
    pane.export()
    pane.print()
    assert pane.findChildren(PaperPreview) == []


def test_score_details_of_those_listed_are_printed(show: Show, tied: Services, wait_for_jobs) -> None:
    pane = show(tied)
    pane.explanation.print_asked.emit()
    wait_for_jobs()
    preview = dialog(pane, PaperPreview)
    assert preview.windowTitle() == f"评分明细\uff08{pane.ranking.model.shown()[0].subject.name}\uff09"
    assert preview.view.page_count() == 2


def test_a_tie_is_put_in_order_by_those_who_decided(
    show: Show, tied: Services, wait_for_jobs, messages
) -> None:
    pane = show(tied)
    told: list[tuple[str, str]] = []
    pane._desk.told.connect(lambda text, link, _act: told.append((text, link)))
    form = open_tie(pane)
    form.save()
    assert len(form.wrong_rows()) == 3 and form.isVisible()
    first = form.order.ids()[0]
    form.order.down.click()
    assert form.order.ids()[1] == first
    fill(form)
    form.save()
    wait_for_jobs()
    view = tied.assessments.year(YEAR)
    [kept] = view.decisions
    assert kept.order[1] == first and kept.persons == "张三、李四"
    best = next(each.name for each in view.subjects if each.id == kept.order[0])
    assert (winners(tied, GOOD)[-1], messages.errors) == (best, [])
    # What is never undone offers no way back.
    assert told == [("已记下“并列排序”的决定，结果已重新计算", "")]


def test_places_of_a_tie_can_stay_open(show: Show, tied: Services, wait_for_jobs) -> None:
    pane = show(tied)
    form = open_tie(pane)
    form.way.choose(DecisionKind.LEAVE_OPEN)
    assert not form.order.isVisible()
    fill(form)
    form.save()
    wait_for_jobs()
    reasons = [each.reason for each in tied.assessments.outcome(YEAR).outcome.awards]
    assert reasons == [None, OpenReason.LEFT_OPEN]


def test_places_without_a_candidate_can_be_left_open(
    show: Show, services: Services, wait_for_jobs, messages
) -> None:
    one_area_for_two_places(services)
    pane = show(services)
    pane.bar.choose(ListKind.AWARDS)
    wait_for_jobs()
    assert not pane.open_button.isEnabled() and "先选中" in pane.open_button.toolTip()
    pane.list.table.selectRow(1)
    assert pane.list.current_line().values[1:3] == ("2/2", "\uff08空缺\uff09")
    pane.open_button.click()
    form = dialog(pane, LeaveOpenForm)
    shown = " ".join(each.text() for each in form.findChildren(QLabel))
    assert "最佳小区，还剩 1 个名额" in shown and "没有符合条件的对象" in shown
    form.save()
    assert len(form.wrong_rows()) == 3
    fill(form)
    form.save()
    wait_for_jobs()

    [filling] = services.assessments.outcome(YEAR).outcome.awards
    assert (filling.open_reasons, messages.errors) == ((OpenReason.LEFT_OPEN,), [])
    assert pane.list.model.shown()[1].values[-1] == "经决定空缺"
    pane.list.table.selectRow(1)
    assert not pane.open_button.isEnabled()


def test_a_place_with_equals_leads_to_their_form(show: Show, tied: Services, wait_for_jobs) -> None:
    pane = show(tied)
    pane.bar.choose(ListKind.AWARDS)
    wait_for_jobs()
    waiting = [each.open_place is not None for each in pane.list.model.shown()]
    pane.list.table.selectRow(waiting.index(True))
    pane.open_button.click()
    assert dialog(pane, TieForm).order.ids()


def test_a_recheck_replaces_the_final_until_it_is_lifted(
    show: Show, tied: Services, wait_for_jobs, messages
) -> None:
    pane = show(tied)
    row = pane.ranking.model.shown()[0]
    pane.explanation.ruling_asked.emit(DecisionKind.RECHECK)
    form = dialog(pane, SubjectDecisionForm)
    fill(form)
    form.score.setText("九十")
    form.save()
    assert [each.field for each in form.wrong_rows()] == [form.score]
    form.score.setText("９１．５")
    form.save()
    wait_for_jobs()
    changed = next(each for each in pane.ranking.model.shown() if each.id == row.id)
    assert (changed.final, "复核" in [face.text for face in changed.badges]) == ("91.50", True)

    pane.bar.choose(ListKind.DECISIONS)
    wait_for_jobs()
    assert pane.list.model.shown()[0].values[3] == f"定为 91.50 分（计算得 {row.final}）"
    pane.lift_button.click()
    reason = dialog(pane, ReasonForm)
    reason.reason.setText("误录")
    reason.accept()
    wait_for_jobs()
    again = next(each for each in pane.ranking.model.shown() if each.id == row.id)
    assert (again.final, again.rank, messages.errors) == (row.final, row.rank, [])
    assert pane.list.model.shown()[0].values[-1] == "已撤下：误录"


def test_a_score_that_cannot_be_is_refused_and_the_form_stays(
    show: Show, tied: Services, wait_for_jobs, messages
) -> None:
    pane = show(tied)
    pane.explanation.ruling_asked.emit(DecisionKind.SCORE)
    form = dialog(pane, SubjectDecisionForm)
    fill(form)
    form.score.setText("101")
    form.save()
    wait_for_jobs()
    assert [each.code for each in messages.errors] == ["decision_wrong"]
    assert form.isVisible() and form.save_button.isEnabled()
    assert tied.assessments.year(YEAR).decisions == ()


def test_what_can_be_decided_depends_on_how_far_the_year_is(show: Show, announced: Services) -> None:
    pane = show(announced)
    assert [each.text() for each in pane.explanation.rulings.menu().actions()] == [
        "复核得分…",
        "核定得分…",
        "核定等次…",
        "撤销结果…",
    ]
    announced.cycles.archive(YEAR)
    pane.show_state(load_year(announced, YEAR))
    assert [each.text() for each in pane.explanation.rulings.menu().actions()] == ["撤销结果…"]
    pane.explanation.rulings.setFocus()
    pane.ranking.select(next(each.id for each in announced.assessments.year(YEAR).subjects if each.barred))
    assert not pane.explanation.rulings.isVisible()
    assert pane.window().focusWidget() is pane.explanation.print_button


def test_a_revocation_shows_what_follows_before_it_is_done(
    show: Show, announced: Services, wait_for_jobs, messages
) -> None:
    announced.award_money.propose(YEAR)
    announced.certificates.issue(CertificateRequest(year=YEAR))
    pane = show(announced)
    told, gone = [], []
    pane._desk.told.connect(lambda text, link, act: told.append((text, link, act)))
    pane._desk.asked.connect(gone.append)
    first, third = winners(announced, BEST)[0], winners(announced, GOOD)[0]
    certificates = [
        each for each in announced.certificate_register.lines() if each.recipient in (first, third)
    ]
    pane.ranking.select(named(announced, YEAR, first).id)
    pane.explanation.ruling_asked.emit(None)
    form = dialog(pane, RevocationForm)
    fill(form)
    messages.says_yes = False
    form.save()
    wait_for_jobs()
    assert messages.questions == [f"撤销“{first}”的等次、奖项和奖金吗？"]
    facts = dict(messages.facts[0])
    assert facts[first] == f"等次 优秀→不合格，奖项 {BEST}→无，奖金 4万元→0元"
    assert facts[third] == f"奖项 {GOOD}→{BEST}，奖金 3万元→4万元"
    assert facts["要收回的证书"] == "、".join(each.number for each in certificates)
    assert announced.assessments.year(YEAR).revocations == ()
    messages.says_yes = True
    form.save()
    wait_for_jobs()
    row = next(each for each in pane.ranking.model.shown() if each.subject.name == first)
    assert (row.result.state, row.badges[0].text) == (ResultState.REVOKED, "已撤销")
    assert third in winners(announced, BEST)
    text, link, act = told[-1]
    assert text.endswith("；2 张证书要收回；2 笔奖金\uff087万元\uff09还没有登记") and link == "登记奖金"
    (banner,) = [each for each in pane.bar.findChildren(Banner) if "证书" in each.accessibleName()]
    assert f"{certificates[0].number}、第003号的奖项没有了" in banner.accessibleName()
    banner.findChild(QPushButton).click()
    assert gone == [f"certificate:{certificates[0].paper.id}"]
    act()
    assert gone[1:] == ["award_money"]


def test_award_money_is_proposed_paid_and_summed_up(
    show: Show, announced: Services, wait_for_jobs, messages
) -> None:
    pane = show(announced)
    pane.bar.choose(ListKind.MONEY)
    wait_for_jobs()
    assert pane.list.nothing.text() == "还没有登记奖金。按公布的结果有 5 笔 170,000 元。"
    pane.money.propose_button.click()
    wait_for_jobs()
    pane.list.table.selectRow(1)
    line = pane.list.current_line()
    assert line.values[1:5] == (BEST, None, line.values[3], "人民币肆万元整")
    assert pane.list.note.text() == "台账 5 笔 170,000 元，已拨付 0 笔 0 元。"
    pane.money.edit_button.click()
    wait_for_jobs()
    form = dialog(pane, LedgerForm)
    assert form._editors["cycle"].currentText() == "街道社会组织年度考核\uff08subdistrict-year\uff09"
    form._editors["paid_on"].set_text("2026-02-02")
    form._editors["voucher"].set_text("记-12")
    form.save()
    wait_for_jobs()
    assert pane.list.note.text() == "台账 5 笔 170,000 元，已拨付 1 笔 40,000 元。"
    paid = next(each for each in announced.award_money.lines(YEAR) if each.paid_on)
    assert isinstance(paid, AwardPayment) and paid.voucher == "记-12"
    assert pane.list.current_line().record_id == paid.id == line.record_id
    pane.money.totals_button.click()
    totals = dialog(pane, MoneyTotalsDialog)
    wait_for_jobs()
    totals.by.choose("award")
    wait_for_jobs()
    sums = {row[0]: (str(row[2]), str(row[3])) for row in totals.report.model.shown()}
    assert sums == {
        BEST: ("80000.00", "40000.00"),
        GOOD: ("90000.00", "0.00"),
        "合计": ("170000.00", "40000.00"),
    }
    assert messages.errors == []
