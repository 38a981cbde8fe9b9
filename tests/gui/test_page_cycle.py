"""The path of a cycle in the window: a year from its opening to the archive."""

import json
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import QLabel

from core.model.assessment import CycleState
from core.model.objection import ObjectionState
from core.model.result_list import ListKind
from gui.dialogs.decision_form import TieForm
from gui.dialogs.gate_form import GateForm
from gui.dialogs.objection_form import AnswerForm, CheckForm, ObjectionForm
from gui.dialogs.objection_ruling_form import ObjectionRulingForm
from gui.dialogs.open_year import OpenYearDialog
from gui.dialogs.reason_form import ReasonForm
from gui.dialogs.revocation_form import RevocationForm
from gui.pages.assessment_header import PROGRESS
from gui.pages.results_bar import RANKING
from gui.pages.system_data import DataPane
from gui.workplace import MINUTE_MS
from tests.core.played_days import marked_alike
from tests.gui.played_window import FIFTH, SIXTH, YEAR, Window, steps


def test_a_year_from_opening_to_archive(window: Window, data: Path, messages, tmp_path: Path) -> None:
    """Seed 000's year, as the clerk plays it: with an objection, a tie decided and a revocation."""
    leave_it_overnight(window)
    open_it_again(window)
    compute(window, data)
    publish(window)
    object_and_decide(window)
    decide_the_tie(window)
    confirm_and_announce(window)
    revoke(window)
    archive(window)
    hand_out_and_verify(window, messages, tmp_path / "结果.sptpkg")
    assert not messages.errors and not messages.bugs and not messages.problems


def leave_it_overnight(window: Window) -> None:
    """Another day is seen without a click."""
    minute = next(each for each in window.place.findChildren(QTimer) if each.interval() == MINUTE_MS)
    for day, words in (("2026-01-09", "今天 2026-01-09 星期五"), ("2026-01-08", "今天 2026-01-08 星期四")):
        window.clock.turn_to(day)
        minute.timeout.emit()
        window.rest()
        assert words in [each.text() for each in window.place.window.findChildren(QLabel)]


def open_it_again(window: Window) -> None:
    """The sample's own opening is taken back, so that the year is opened here."""
    for act in window.services.register.acts(2):
        window.services.versions.undo(act.number)
    assert window.services.assessments.years() == ()
    window.place.desk.jobs.saved.emit()
    window.rest()
    window.go("open_year")
    form = window.form(OpenYearDialog)
    words = form._taking_part.text()
    assert words.startswith("58 个：作风建设类 8")
    categories = sorted(window.services.register.register().categories, key=lambda each: each.number)
    places = [words.index(each.name) for each in categories]
    assert places == sorted(places)
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
    form.day.setDate(QDate(2062, 1, 8))
    window.rest()
    assert "请核对日期里的年份" in form.day.accessibleDescription()
    form.day.setDate(QDate(2026, 1, 8))
    window.rest()
    assert not form.day.accessibleDescription()
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


def uphold_the_first(window: Window) -> None:
    """It is looked into, decided with a recheck, and answered."""
    found = window.page.path.objections
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
        form.subject.left.emit()
        assert not form.subject.accessibleDescription() and not form.wrong_rows()
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
    uphold_the_first(window)
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
    window.page.results.bar.choose(ListKind.MONEY)
    window.page.path.revoke_button.click()
    window.rest()
    assert window.page.results.bar.tab() == RANKING
    row = window.page.results.ranking.table.current_record()
    window.page.results._rule(None)
    form = window.form(RevocationForm)
    form.body.setText("街道办事处")
    form.reason.setPlainText("申报材料造假")
    window.save(form)
    (revoked,) = window.services.assessments.year(YEAR).revocations
    assert revoked.subject_id == row.subject.id


def hand_out_and_verify(window: Window, messages, file: Path) -> None:
    """The archived year as a file, and the button that computes it again on any PC."""
    messages.chosen = file
    window.page.path.package_button.click()
    window.rest()
    window.go("check")
    pane = window.place.window.page("system").findChild(DataPane)
    pane.verify_package()
    window.rest()
    assert messages.questions.pop() == "结果包完好，和重新计算的一致"
    package = json.loads(file.read_text("utf-8"))
    package["results"][0]["record"]["award"] = "没有得过的奖"
    file.write_text(json.dumps(package, ensure_ascii=False), "utf-8")
    pane.verify_package()
    window.rest()
    assert messages.errors.pop().code == "package_differs"


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


def named(window: Window, subject_id: str) -> str:
    view = window.services.assessments.year(YEAR)
    return next(each.name for each in view.subjects if each.id == subject_id)
