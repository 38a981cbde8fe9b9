"""The communities: preparatory ones, targets, who works there, new ones, cards."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

from core.model.activities import Brand
from core.model.dates import PartialDate
from core.model.journal import ActDraft
from core.model.organization import Community, Status
from core.model.people import Person, Post, PostKind
from core.services.services import Services
from gui.dialogs.community_form import CommunityForm
from gui.dialogs.ledger_form import LedgerForm
from gui.dialogs.paper_preview import PaperPreview
from gui.pages.communities import CommunitiesPane
from gui.pages.communities_rows import kind_badges, target_words
from gui.pages.groups_posts import PostList
from gui.pages.roster import COMMUNITIES, RosterPage


@pytest.fixture
def open_pane(show_page: Callable[..., RosterPage], wait_for_jobs) -> Callable[[Services], CommunitiesPane]:
    """The tab of communities in the roster page."""

    def show(services: Services) -> CommunitiesPane:
        page = show_page(RosterPage, services)
        page.header.tabs.setCurrentIndex(COMMUNITIES)
        wait_for_jobs()
        return page.communities

    return show


@pytest.fixture
def pane(open_pane: Callable[[Services], CommunitiesPane], sample: Services) -> CommunitiesPane:
    return open_pane(sample)


def communities(services: Services) -> tuple[Community, ...]:
    return services.register.register().communities


def put(services: Services, *records) -> None:
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add(records)


def texts(pane: CommunitiesPane) -> set[str]:
    return {each.text() for each in pane.detail.findChildren(QLabel) if each.isVisible()}


def form_of(pane: CommunitiesPane) -> CommunityForm:
    return pane.window().findChild(CommunityForm)


def fill(form, name: str, text: str) -> None:
    next(each for each in form.findChildren(QLineEdit) if each.accessibleName().startswith(name)).setText(
        text
    )


def test_preparatory_community_is_marked_and_found(
    pane: CommunitiesPane, sample: Services, wait_for_jobs
) -> None:
    pane.detail.edit_asked.emit()
    form = form_of(pane)
    form.findChild(QCheckBox).click()
    form.save()
    wait_for_jobs()
    first = communities(sample)[0]
    assert first.preparatory
    assert "筹建中" in texts(pane)
    assert [badge.text for badge in kind_badges(first)] == ["社区", "筹建"]
    pane.filters.choose("preparatory", True)
    assert [row.community.id for row in pane.model.shown()] == [first.id]


def test_new_community_goes_to_the_end(pane: CommunitiesPane, sample: Services, wait_for_jobs) -> None:
    count = len(communities(sample))
    pane.new()
    form = form_of(pane)
    assert form.windowTitle() == "新增社区\uff08村\uff09"
    fill(form, "名称", "云谷社区")
    fill(form, "常住人口", "3200")
    form.save()
    wait_for_jobs()
    last = communities(sample)[-1]
    assert (last.name, last.population, last.position) == ("云谷社区", 3200, count + 1)


def test_population_that_is_no_number_is_refused(pane: CommunitiesPane, sample: Services) -> None:
    pane.detail.edit_asked.emit()
    form = form_of(pane)
    fill(form, "常住人口", "三千")
    form.save()
    assert len(form.wrong_rows()) == 1
    assert communities(sample)[0].population is None


def test_targets_are_told_for_each_and_on_average(
    open_pane: Callable[[Services], CommunitiesPane], sample: Services
) -> None:
    first = communities(sample)[0]
    own = [
        row.organization
        for row in sample.register.register().organizations
        if row.organization.community_id == first.id
    ]
    put(sample, *(Brand(f"b{place}", each.id, "红袖标") for place, each in enumerate(own[:2])))
    pane = open_pane(sample)
    rows = pane.model.shown()
    assert target_words(rows[0].count) == f"差组织 {8 - len(own)} 个"
    assert target_words(rows[1].count).endswith("差品牌 2 个")
    assert "品牌组织" in texts(pane) and "2 个，目标 2，已达到" in texts(pane)
    assert "平均 2.50 个组织（目标 8，未达到）" in pane.averages.whole_text()


def test_classes_leave_out_what_is_cancelled(
    open_pane: Callable[[Services], CommunitiesPane], sample: Services
) -> None:
    register = sample.register.register()
    one = next(
        each
        for each in register.organizations
        if each.organization.community_id == register.communities[0].id
    )
    before = dict(open_pane(sample).model.shown()[0].categories)[one.category]
    sample.register.save_form(replace(one.organization, status=Status.REVOKED), None)
    row = open_pane(sample).model.shown()[0]
    assert dict(row.categories)[one.category] == before - 1
    assert row.organizations == 1 + row.active


def test_posts_of_a_community(
    open_pane: Callable[[Services], CommunitiesPane], sample: Services, wait_for_jobs
) -> None:
    first, second = communities(sample)[:2]
    put(sample, Person("p1", "吴十", phones=("13800000107",)), Person("p2", "张甲"))
    put(
        sample,
        Post("o1", "p1", PostKind.LIAISON, community_id=first.id),
        Post("o2", "p2", PostKind.LIAISON, community_id=first.id, until_on=PartialDate(2024)),
    )
    pane = open_pane(sample)
    [row] = pane.detail.findChild(PostList).model.shown()
    assert (row.name, row.phones) == ("吴十", "138****0107")
    pane.table.select_ids((second.id,))
    wait_for_jobs()
    posts = [each for each in pane.detail.findChildren(PostList) if each.isVisible()][-1]
    posts.new({"community_id": second.id, "kind": "liaison", "person_id": "p2"})
    wait_for_jobs()
    pane.window().findChild(LedgerForm).save()
    wait_for_jobs()
    shown = [each for each in pane.detail.findChildren(PostList) if each.isVisible()][-1]
    assert [row.name for row in shown.model.shown()] == ["张甲"]


def test_cards_are_previewed(pane: CommunitiesPane, wait_for_jobs) -> None:
    pages = {}
    for text, show in (("one", pane.detail.print_asked.emit), ("all", lambda: pane.print_cards(None))):
        show()
        wait_for_jobs()
        preview = next(each for each in pane.findChildren(PaperPreview) if each.isVisible())
        pages[text] = preview.view.page_count()
        assert not preview.whole_numbers.isVisible()
        preview.reject()
    assert pages["all"] >= 26 > pages["one"]


def test_export_says_what_is_shown(pane: CommunitiesPane, messages, wait_for_jobs, tmp_path: Path) -> None:
    messages.chosen = tmp_path / "社区.xlsx"
    pane.filters.search.setText("松枫")
    pane.filters.search.returnPressed.emit()
    pane.export()
    wait_for_jobs()
    cells = [
        str(cell) for row in openpyxl.load_workbook(messages.chosen).active.values for cell in row if cell
    ]
    assert {"筹建", "距目标", "松枫社区"} <= set(cells) and "凤凰社区" not in cells


def test_small_window_shows_one_at_a_time(pane: CommunitiesPane) -> None:
    pane.window().resize(840, 430)
    pane.set_narrow(True)
    assert not pane.detail.isVisible()
    pane.table.opened.emit(pane.table.current_record())
    assert pane.detail.isVisible() and not pane.table.isVisible()
    pane.detail.closed.emit()
    assert pane.table.isVisible() and not pane.detail.isVisible()
