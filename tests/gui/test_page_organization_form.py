"""The form of an organization: checks when a field is left, repair links, what is stored, leaving."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.errors import Conflict
from core.model.organization import PartyOrganization
from core.model.register_ledgers import PARTICULARS
from core.model.roster import RosterColumn
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.organization_fields import PARTY, TAGS
from gui.dialogs.organization_form import OrganizationForm
from gui.jobs import JobRunner
from gui.messages import Answer
from gui.settings_store import SettingsStore
from gui.widgets.choice import Choice

Open = Callable[[str], OrganizationForm]


@pytest.fixture
def open_form(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, wait_for_jobs
) -> Iterator[Open]:
    desk = Desk(sample, jobs, messages, settings, 2025)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def begin(name: str) -> OrganizationForm:
        register = sample.register.register()
        summary = next((row for row in register.organizations if row.organization.name == name), None)
        form = OrganizationForm(desk, register, summary, window)
        form.open()
        wait_for_jobs()
        return form

    yield begin
    for form in window.findChildren(OrganizationForm):
        form.hide()


def write(form: OrganizationForm, column: RosterColumn, text: str) -> None:
    """Type into a field and leave it."""
    field = form._fields[column]
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.setText(text)
    field.editingFinished.emit()


def choose(form: OrganizationForm, column: RosterColumn, text: str) -> None:
    field = form._fields[column]
    assert isinstance(field, Choice)
    field.setCurrentIndex(field.findText(text, Qt.MatchFlag.MatchStartsWith))


def wrong(form: OrganizationForm) -> list[str]:
    return [row.field.accessibleName() for row in form.wrong_rows()]


def stored(services: Services, name: str):
    rows = services.register.register().organizations
    return next((row for row in rows if row.organization.name == name), None)


def test_new_organization_is_stored_and_assigned(open_form: Open, sample: Services, wait_for_jobs) -> None:
    form = open_form("")
    write(form, RosterColumn.NAME, "百花社区星级门店联盟")
    choose(form, RosterColumn.COMMUNITY, "百花社区")
    choose(form, RosterColumn.CATEGORY, "城市管理类")
    choose(form, RosterColumn.STANDING, "备案")
    write(form, RosterColumn.FOUNDED_ON, "2018年3月")
    write(form, RosterColumn.PHONES, "138 0000 1234、13800005678")
    form.save()
    wait_for_jobs()
    made = stored(sample, "百花社区星级门店联盟")
    assert (made.community, made.category, made.work_group) == ("百花社区", "城市管理类", "星级门店自治协会")
    assert str(made.organization.founded_on) == "2018-03"
    assert made.organization.phones == ("13800001234", "13800005678")


def test_wrong_fields_are_told_when_left_and_keep_it_from_being_stored(
    open_form: Open, sample: Services, wait_for_jobs
) -> None:
    form = open_form("松枫社区公益堂")
    write(form, RosterColumn.PHONES, "1380000123")
    write(form, RosterColumn.FOUNDED_ON, "2025.2.30")
    wait_for_jobs()
    assert wrong(form) == ["日期", "联系电话"]
    assert form._trouble.text() == "还有 2 处需要更正"
    form.save()
    wait_for_jobs()
    assert form._fields[RosterColumn.FOUNDED_ON].hasFocus()
    assert stored(sample, "松枫社区公益堂").organization.phones == ("13800000101",)


def test_name_is_required(open_form: Open, wait_for_jobs) -> None:
    form = open_form("")
    form.save()
    wait_for_jobs()
    assert wrong(form) == ["名称\uff08必填\uff09"]
    assert form._fields[RosterColumn.NAME].accessibleDescription() == "请填写组织名称。"


def test_mistaken_character_of_a_code_is_put_right_by_its_link(open_form: Open, wait_for_jobs) -> None:
    form = open_form("松枫社区公益堂")
    write(form, RosterColumn.CREDIT_CODE, "51330499MJ00O01141")
    wait_for_jobs()
    repair = next(button for button in form.findChildren(QPushButton) if "改为" in button.text())
    repair.click()
    wait_for_jobs()
    field = form._fields[RosterColumn.CREDIT_CODE]
    assert isinstance(field, QLineEdit) and field.text() == "51330499MJ00001141"
    assert not any("不会出现" in row.field.accessibleDescription() for row in form.wrong_rows())


def test_code_with_a_wrong_check_character_can_be_kept(
    open_form: Open, sample: Services, wait_for_jobs
) -> None:
    form = open_form("松枫社区公益堂")
    write(form, RosterColumn.CREDIT_CODE, "51330499MJ00001140")
    wait_for_jobs()
    assert wrong(form) == ["信用代码"]
    next(button for button in form.findChildren(QPushButton) if button.text() == "保留").click()
    wait_for_jobs()
    form.save()
    wait_for_jobs()
    assert stored(sample, "松枫社区公益堂").organization.credit_code == "51330499MJ00001140"


def test_field_can_be_emptied_and_the_others_stay(open_form: Open, sample: Services, wait_for_jobs) -> None:
    before = stored(sample, "松枫社区公益堂").organization
    form = open_form("松枫社区公益堂")
    write(form, RosterColumn.PRINCIPAL, "")
    form.save()
    wait_for_jobs()
    after = stored(sample, "松枫社区公益堂").organization
    assert (after.principal, after.phones, after.figures_year) == ("", before.phones, before.figures_year)
    assert (after.community_id, after.standing, after.members) == (
        before.community_id,
        before.standing,
        before.members,
    )


def test_namesake_is_a_warning_only(open_form: Open, wait_for_jobs) -> None:
    form = open_form("")
    write(form, RosterColumn.NAME, "松枫社区公益堂 ")
    wait_for_jobs()
    row = form._row_of[RosterColumn.NAME]
    assert "同名组织\uff08松枫社区\uff09" in row.field.accessibleDescription()
    assert not row.is_wrong()


def test_stale_edit_is_refused_and_the_form_stays(
    open_form: Open, sample: Services, messages, wait_for_jobs
) -> None:
    form = open_form("松枫社区公益堂")
    other = stored(sample, "松枫社区公益堂").organization
    texts = {RosterColumn.NAME: other.name, RosterColumn.PRINCIPAL: "李乙"}
    sample.register.save_form(sample.register.read_form(texts, other, other.community_id).organization, None)
    write(form, RosterColumn.PRINCIPAL, "王丙")
    form.save()
    wait_for_jobs()
    assert [type(error) for error in messages.errors] == [Conflict]
    assert form.isVisible()
    assert stored(sample, "松枫社区公益堂").organization.principal == "李乙"


@pytest.mark.parametrize(
    ("answer", "stays", "principal"),
    [(Answer.STAY, True, "李四"), (Answer.DISCARD, False, "李四"), (Answer.SAVE, False, "王丙")],
)
def test_escape_asks_when_something_was_changed(
    open_form: Open, sample: Services, messages, wait_for_jobs, qtbot: QtBot, answer, stays, principal
) -> None:
    form = open_form("松枫社区公益堂")
    closed = []
    form.finished.connect(closed.append)
    write(form, RosterColumn.PRINCIPAL, "王丙")
    messages.answer = answer
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    wait_for_jobs()
    assert len(messages.questions) == 1
    assert (not closed) is stays
    assert stored(sample, "松枫社区公益堂").organization.principal == principal


def test_escape_of_an_untouched_form_does_not_ask(open_form: Open, messages, qtbot: QtBot) -> None:
    form = open_form("松枫社区公益堂")
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert messages.questions == []


def test_filing_form_is_kept_with_the_organization_in_one_act(
    open_form: Open, sample: Services, wait_for_jobs
) -> None:
    form = open_form("松枫社区公益堂")
    form._fields["purpose"].set_text("邻里互助，扶危济困")
    form._fields["funds"].set_text("30000")
    form._fields[TAGS].set_text("3+、重点扶持，3+")
    form._fields[PARTY].set_text("joint")
    form._reason.setText("补填备案表")
    form.save()
    wait_for_jobs()
    kept = stored(sample, "松枫社区公益堂").organization
    assert (kept.tags, kept.party_organization) == (("3+", "重点扶持"), PartyOrganization.JOINT)
    (key,) = sample.ledgers.find(PARTICULARS, equal={"organization_id": kept.id})
    particulars = sample.ledgers.record(PARTICULARS, key)
    assert (particulars.purpose, particulars.funds) == ("邻里互助，扶危济困", 3_000_000)
    act = sample.register.acts(1)[0]
    assert (act.verb, act.change_count, act.reason) == ("保存组织", 2, "补填备案表")
    again = open_form("松枫社区公益堂")
    assert again._fields["funds"].text() == "30000"
    assert again._fields[TAGS].text() == "3+、重点扶持"


def test_nothing_of_the_filing_form_leaves_no_record(
    open_form: Open, sample: Services, wait_for_jobs
) -> None:
    form = open_form("松枫社区公益堂")
    write(form, RosterColumn.PRINCIPAL, "王丙")
    form.save()
    wait_for_jobs()
    assert sample.ledgers.find(PARTICULARS) == ()


def test_odd_name_is_questioned_and_can_be_kept(open_form: Open, sample: Services, wait_for_jobs) -> None:
    form = open_form("")
    write(form, RosterColumn.NAME, "松枫小区业主委员会")
    wait_for_jobs()
    row = form._row_of[RosterColumn.NAME]
    assert "业主委员会" in row.field.accessibleDescription() and not row.is_wrong()
    form.save()
    wait_for_jobs()
    assert stored(sample, "松枫小区业主委员会") is not None


@pytest.mark.parametrize(
    ("name", "text", "told"), [("funds", "很多", "金额"), (TAGS, "长" * 21, "超过 20 个字")]
)
def test_wrong_field_of_the_filing_form_keeps_all_from_being_stored(
    open_form: Open, sample: Services, wait_for_jobs, name: str, text: str, told: str
) -> None:
    form = open_form("松枫社区公益堂")
    form._fields[RosterColumn.PRINCIPAL].set_text("王丙")
    form._fields[name].set_text(text)
    form.save()
    wait_for_jobs()
    assert [told in row.field.accessibleDescription() for row in form.wrong_rows()] == [True]
    assert stored(sample, "松枫社区公益堂").organization.principal == "李四"
