"""The form of a ledger's record: made from its fields, read when a field is left, links found by typing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.model.activity_ledgers import ACTIVITIES, INCOMES
from core.model.ledger import FieldKind, Ledger
from core.model.ledgers import LEDGERS
from core.model.register_ledgers import PARTICULARS, PEOPLE, TRANSITIONS
from core.rules.ledger_values import blank_record
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.ledger_fields import KeyChoice, LinkEdit, LongEdit, TickEdit
from gui.dialogs.ledger_form import LedgerForm
from gui.jobs import JobRunner
from gui.messages import Answer
from gui.settings_store import SettingsStore

Open = Callable[..., LedgerForm]


@pytest.fixture
def open_form(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, wait_for_jobs
) -> Iterator[Open]:
    desk = Desk(sample, jobs, messages, settings, 2025)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def begin(ledger: Ledger, record: Any = None, fixed: dict[str, str] | None = None) -> LedgerForm:
        form = LedgerForm(desk, ledger, record, window, fixed)
        form.open()
        wait_for_jobs()
        return form

    yield begin
    for form in window.findChildren(LedgerForm):
        form.hide()


def write(form: LedgerForm, name: str, text: str) -> None:
    """Type into a field and leave it."""
    form._editors[name].set_text(text)
    form._editors[name].left.emit()


def said(form: LedgerForm, name: str) -> str:
    return form._row_of[name].field.accessibleDescription()


def first_organization(services: Services):
    return services.register.register().organizations[0].organization


@pytest.mark.parametrize("code", list(LEDGERS))
def test_every_ledger_has_a_form_that_begins_unchanged(open_form: Open, sample: Services, code: str) -> None:
    form = open_form(LEDGERS[code])
    in_use = sample.ledgers.fields(LEDGERS[code])
    assert list(form._editors) == [field.name for field in in_use]
    assert form.isVisible()
    assert not form.is_changed()


def test_editors_follow_the_kind_of_field(open_form: Open) -> None:
    form = open_form(TRANSITIONS)
    kinds = {FieldKind.LINK: LinkEdit, FieldKind.CHOICE: KeyChoice, FieldKind.LONG: LongEdit}
    for field in TRANSITIONS.fields:
        assert isinstance(form._editors[field.name], kinds.get(field.kind, object))
    assert isinstance(open_form(PARTICULARS)._editors["has_charter"], TickEdit)


def test_sections_are_those_of_the_paper_form(open_form: Open) -> None:
    assert list(open_form(TRANSITIONS)._rows) == ["基本信息", "申请", "意见", "办结"]


def test_new_record_is_stored(open_form: Open, sample: Services, wait_for_jobs) -> None:
    organization = first_organization(sample)
    form = open_form(ACTIVITIES, fixed={"organization_id": organization.id})
    assert form._editors["organization_id"].text_shown() == organization.name
    write(form, "title", "重阳敬老")
    write(form, "held_on", "2025年10月")
    write(form, "visits", "120人")
    write(form, "series", "neighbours")
    saved: list[str] = []
    form.saved.connect(saved.append)
    form.save()
    wait_for_jobs()
    record = sample.ledgers.record(ACTIVITIES, saved[0])
    assert (record.organization_id, record.title, str(record.held_on)) == (
        organization.id,
        "重阳敬老",
        "2025-10",
    )
    assert (record.visits, record.series.label) == (120, "邻里守望")


def test_how_a_date_and_an_amount_were_read_is_told(open_form: Open, wait_for_jobs) -> None:
    form = open_form(INCOMES)
    write(form, "received_on", "2025年3月5日")
    write(form, "amount", "4万元")
    wait_for_jobs()
    assert "读作 2025-03-05" in said(form, "received_on")
    assert "40,000" in said(form, "amount")
    assert not form.wrong_rows()


def test_wrong_fields_are_told_when_left_and_keep_it_from_being_stored(
    open_form: Open, sample: Services, wait_for_jobs
) -> None:
    form = open_form(INCOMES)
    write(form, "amount", "-5")
    wait_for_jobs()
    assert [row.field.accessibleName() for row in form.wrong_rows()] == ["金额\uff08必填\uff09"]
    form.save()
    wait_for_jobs()
    assert "社会组织\uff08必填\uff09" in [row.field.accessibleName() for row in form.wrong_rows()]
    assert form.isVisible()
    assert sample.ledgers.find(INCOMES) == ()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_link_is_found_by_typing_and_chosen_by_enter(
    open_form: Open, sample: Services, wait_for_jobs, qtbot: QtBot
) -> None:
    organization = first_organization(sample)
    form = open_form(ACTIVITIES)
    link = form._editors["organization_id"]
    link.setFocus()
    qtbot.keyClicks(link, "songfeng")
    qtbot.waitUntil(lambda: link._completer.popup().isVisible())
    assert link.text() == ""
    titles = [link._hits.item(row).text() for row in range(link._hits.rowCount())]
    assert organization.name in titles
    popup = link._completer.popup()
    popup.setCurrentIndex(link._completer.completionModel().index(titles.index(organization.name), 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    wait_for_jobs()
    assert (link.text(), link.text_shown()) == (organization.id, organization.name)


def test_link_that_was_not_chosen_is_a_fault(open_form: Open, wait_for_jobs) -> None:
    form = open_form(ACTIVITIES)
    link = form._editors["organization_id"]
    link.setText("没有的组织")
    link.left.emit()
    wait_for_jobs()
    assert "还没有选定“没有的组织”" in said(form, "organization_id")


def test_masked_number_stays_where_it_is_not_touched(
    open_form: Open, sample: Services, wait_for_jobs
) -> None:
    made = sample.ledgers.save(PEOPLE, replace(blank_record(PEOPLE), name="张三", phones=("13800000104",)))
    form = open_form(PEOPLE, sample.ledgers.record(PEOPLE, made))
    assert form._editors["phones"].text() == "138****0104"
    write(form, "title", "科员")
    form.save()
    wait_for_jobs()
    record = sample.ledgers.record(PEOPLE, made)
    assert (record.phones, record.title) == (("13800000104",), "科员")


def test_name_like_a_formula_must_be_written_otherwise(open_form: Open, wait_for_jobs) -> None:
    form = open_form(PEOPLE)
    write(form, "name", "=张三")
    wait_for_jobs()
    assert form._row_of["name"].is_wrong()
    write(form, "name", "张三")
    wait_for_jobs()
    assert not form._row_of["name"].is_wrong()


def test_escape_asks_only_when_something_was_changed(
    open_form: Open, messages, qtbot: QtBot, wait_for_jobs
) -> None:
    form = open_form(ACTIVITIES)
    write(form, "title", "重阳敬老")
    messages.answer = Answer.STAY
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert messages.questions == ["这条活动"]
    assert form.isVisible()
    form._editors["title"].set_text("")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert len(messages.questions) == 1
    assert not form.isVisible()
    wait_for_jobs()


def test_a_long_text_from_before_it_is_shown_has_its_height(qtbot: QtBot) -> None:
    empty, filled = LongEdit(), LongEdit()
    filled.set_text("方案" * 120)
    for edit in (empty, filled):
        qtbot.addWidget(edit)
        edit.show()
    qtbot.waitUntil(lambda: filled.height() > empty.height())
