"""Filing from the detail pane: what may follow, papers ticked, opinions, decisions that change the roster."""

from collections.abc import Callable
from datetime import date
from unittest.mock import Mock

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.errors import Conflict
from core.model.activities import Good, GoodEvidence
from core.model.dates import PartialDate
from core.model.filing import Outcome, Transition, TransitionKind
from core.model.identity import new_id
from core.model.organization import Organization, Status
from core.model.register_ledgers import GOOD_EVIDENCE
from core.services.services import Services
from gui.dialogs.transition_form import CHANGE, DECIDED, OUTCOME, TransitionForm
from gui.pages.organization_filing import GoodsRow
from gui.pages.roster import RosterPage
from gui.pages.roster_detail import OrganizationDetail

NAME = "松枫社区作风监督志愿队"


@pytest.fixture
def detail(show_page: Callable[..., RosterPage], sample: Services, qtbot: QtBot) -> OrganizationDetail:
    page = show_page(RosterPage, sample)
    pane = page.organizations.detail
    read_all(qtbot, pane)
    return pane


def read_all(qtbot: QtBot, pane: OrganizationDetail) -> None:
    qtbot.waitUntil(lambda: pane._has_more and not pane._desk.jobs.is_busy())


def organization(services: Services) -> Organization:
    rows = services.register.register().organizations
    return next(row.organization for row in rows if row.organization.name == NAME)


def choose(pane: OrganizationDetail, label: str, wait_for_jobs: Callable[[], None]) -> TransitionForm:
    next(each for each in pane.file_button.menu().actions() if each.text() == label).trigger()
    wait_for_jobs()
    return pane.findChildren(TransitionForm)[-1]


def tick(form: TransitionForm, title: str) -> None:
    form._papers()._boxes[title].setChecked(True)


def texts(pane: OrganizationDetail) -> list[str]:
    return [each.text() for each in pane.findChildren(QLabel) if each.text()]


def button(qtbot: QtBot, pane: OrganizationDetail, text: str) -> QPushButton:
    """The button with this text, once the pane was read anew."""

    def found() -> list[QPushButton]:
        return [each for each in pane.findChildren(QPushButton) if each.text() == text]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def test_menu_offers_what_may_follow(detail: OrganizationDetail, sample: Services) -> None:
    offered = [each.text() for each in detail.file_button.menu().actions()]
    assert offered == [each.label for each in sample.filing.allowed(organization(sample).id)]
    assert "变更" in offered and "恢复活动" not in offered


def test_application_with_its_papers_stands_in_the_pane_with_its_clock(
    detail: OrganizationDetail, sample: Services, qtbot: QtBot, wait_for_jobs
) -> None:
    form = choose(detail, "变更", wait_for_jobs)
    form._fields[CHANGE].set_text("负责人")
    form._fields["new_value"].set_text("王丙")
    tick(form, "变更申请书")
    form.save()
    wait_for_jobs()
    (case,) = sample.filing.of(organization(sample).id)
    assert (case.transition.papers, case.missing_papers) == (("变更申请书",), ("负责人身份证明",))
    assert str(case.transition.applied_on) == "2026-01-08"
    # The pane is read anew a moment after the list.
    qtbot.waitUntil(lambda: "变更：负责人" in texts(detail))
    shown = texts(detail)
    assert "张三 → 王丙" in shown
    assert any(text.startswith("受理：还有 5 个工作日") for text in shown)


def test_decision_changes_the_organization(
    detail: OrganizationDetail, sample: Services, qtbot: QtBot, wait_for_jobs
) -> None:
    begun = sample.filing.open(
        Transition(
            new_id(),
            organization(sample).id,
            TransitionKind.CHANGE,
            applied_on=PartialDate.of(date(2026, 1, 5)),
            change_field="负责人",
            new_value="王丙",
        )
    )
    detail._desk.jobs.saved.emit()
    wait_for_jobs()
    button(qtbot, detail, "接着办").click()
    wait_for_jobs()
    form = detail.findChildren(TransitionForm)[-1]
    form._fields[OUTCOME].set_text(Outcome.APPROVED.value)
    assert form._fields[DECIDED].text() == "2026-01-08"
    form.save()
    wait_for_jobs()
    assert organization(sample).principal == "王丙"
    (case,) = sample.filing.of(organization(sample).id)
    assert (case.transition.id, case.transition.outcome) == (begun.id, Outcome.APPROVED)


def test_matter_whose_words_could_not_be_read_can_be_saved_again(
    detail: OrganizationDetail, sample: Services, messages, monkeypatch, wait_for_jobs
) -> None:
    form = choose(detail, "变更", wait_for_jobs)
    with monkeypatch.context() as patch:
        patch.setattr(sample.ledgers, "read_form", Mock(side_effect=Conflict("busy", "数据正被使用。")))
        form.save()
        wait_for_jobs()
    assert len(messages.errors) == 1 and sample.filing.of(organization(sample).id) == ()
    assert form.save_button.isEnabled()
    form.done(0)


def test_decision_that_is_refused_can_be_put_right(
    detail: OrganizationDetail, sample: Services, messages, wait_for_jobs
) -> None:
    form = choose(detail, "注销", wait_for_jobs)
    form._fields[OUTCOME].set_text(Outcome.APPROVED.value)
    form._fields[DECIDED].set_text("2026-01-05")
    form.save()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["days_disordered"]
    assert form.isVisible() and organization(sample).status is Status.ACTIVE
    form._fields[DECIDED].set_text("2026-01-08")
    form.save()
    wait_for_jobs()
    assert organization(sample).status is Status.DEREGISTERED


def test_day_without_a_result_is_told_in_the_form(detail: OrganizationDetail, wait_for_jobs) -> None:
    form = choose(detail, "暂停活动", wait_for_jobs)
    form._fields[DECIDED].set_text("2026-01-08")
    form.save()
    wait_for_jobs()
    assert [row.field.accessibleName() for row in form.wrong_rows()] == ["结果"]


def test_decided_matter_takes_papers_only(
    detail: OrganizationDetail, sample: Services, qtbot: QtBot, wait_for_jobs
) -> None:
    key = organization(sample).id
    begun = sample.filing.open(Transition(new_id(), key, TransitionKind.SUSPEND))
    sample.filing.decide(begun.id, Outcome.REFUSED, PartialDate.of(date(2026, 1, 8)))
    detail._desk.jobs.saved.emit()
    wait_for_jobs()
    button(qtbot, detail, "查看").click()
    wait_for_jobs()
    form = detail.findChildren(TransitionForm)[-1]
    assert {name for name, field in form._fields.items() if field.isEnabled()} == {"papers", "remarks"}
    tick(form, "暂停活动申请")
    form.save()
    wait_for_jobs()
    assert sample.filing.of(key)[0].missing_papers == ()


def test_five_ones_are_told_with_those_that_nobody_looked_at(
    detail: OrganizationDetail, sample: Services, qtbot: QtBot, wait_for_jobs
) -> None:
    key = organization(sample).id
    sample.ledgers.save(GOOD_EVIDENCE, GoodEvidence(new_id(), key, Good.TEAM))
    sample.ledgers.save(GOOD_EVIDENCE, GoodEvidence(new_id(), key, Good.BASE, has=False))
    detail._desk.jobs.saved.emit()
    wait_for_jobs()
    told = "五个一：好项目没有核对，好牵头人没有核对，好队伍有，好机制没有核对，好阵地没有"
    qtbot.waitUntil(lambda: [each.accessibleName() for each in detail.findChildren(GoodsRow)] == [told])


def test_link_leads_to_the_ledger_of_this_organization(
    detail: OrganizationDetail, sample: Services, asked: list[str]
) -> None:
    next(each for each in detail.findChildren(QPushButton) if each.text() == "登记").click()
    assert asked == [f"ledger:good_evidence:{organization(sample).id}"]
