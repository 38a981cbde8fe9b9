"""Entries of a cycle put in by hand: listed and lifted on the path, direct awards."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.model.assessment import EntryKind
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.entry_form import EntryForm
from gui.dialogs.reason_form import ReasonForm
from gui.jobs import JobRunner
from gui.settings_store import SettingsStore
from tests.gui.played_window import FIFTH, YEAR, Window


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
