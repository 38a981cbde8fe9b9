"""The first steps of a new office: how far it has come, and its list of communities."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from core.errors import InvalidInput
from core.model.first_steps import FirstStep
from core.model.identity import new_id
from core.model.organization import Community, CommunityKind
from core.model.people import Person, Post, PostKind
from core.model.register_ledgers import PEOPLE, POSTS
from core.rules.community_names import community_names
from core.services.services import Services
from core.services.setup import OfficeDraft


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("松枫社区", "松枫社区"),
        (" 1. 松枫社区 ", "松枫社区"),
        ("\uff08三\uff09新桥村", "新桥村"),
        ("松枫社区居委会", "松枫社区"),
        ("松枫居民委员会", "松枫社区"),
        ("新桥村村民委员会", "新桥村"),
        ("新桥村民委员会", "新桥村"),
        ("松 枫 社 区", "松枫社区"),
        ("松枫社区\u200b", "松枫社区"),
        ("社区", ""),
        ("所属社区\uff08村\uff09", ""),
        ("合计", ""),
        ("13800000000", ""),
        ("", ""),
    ],
)
def test_a_name_is_read_as_people_write_it(cell: str, name: str) -> None:
    assert community_names([cell]) == ((name,) if name else ())


def test_names_come_once_and_in_order() -> None:
    assert community_names(["乙社区", "甲社区", "乙社区居委会"]) == ("乙社区", "甲社区")


def test_a_list_is_sorted_out_and_added_in_one_act(bare_services: Services) -> None:
    services = bare_services
    services.setup.init_office(OfficeDraft("城东街道办事处"))
    services.register.save_community(Community(new_id(), "松枫社区"))
    found = services.first_steps.sort_out("松枫社区\n新桥村\t红星社区\n联系电话\n")
    assert (found.new, found.known, found.odd) == (("新桥村", "红星社区"), ("松枫社区",), ("联系电话",))
    before = services.register.acts(1)[0].number
    assert services.first_steps.add_communities(found.new) == 2
    assert services.first_steps.add_communities(found.new) == 0
    with services.store.reading() as view:
        kept = [(each.name, each.kind, each.position) for each in view.all(Community)]
    assert sorted(kept, key=lambda each: each[2]) == [
        ("松枫社区", CommunityKind.URBAN, 1),
        ("新桥村", CommunityKind.RURAL, 2),
        ("红星社区", CommunityKind.URBAN, 3),
    ]
    assert services.register.acts(1)[0].number == before + 1


def test_names_are_read_out_of_a_table(bare_services: Services, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["序号", "社区\uff08村\uff09", "人口"], [1, "松枫社区", 3200], [2, "新桥村", None]):
        book.active.append(row)
    book.save(path := tmp_path / "社区.xlsx")
    assert bare_services.first_steps.communities_in(path) == ("松枫社区", "新桥村")
    empty = Workbook()
    empty.active.append(["没有名称"])
    empty.save(path)
    with pytest.raises(InvalidInput, match="没有找到"):
        bare_services.first_steps.communities_in(path)


def test_steps_are_done_by_what_the_store_holds(bare_services: Services) -> None:
    services = bare_services
    services.setup.init_office(OfficeDraft("城东街道办事处"))
    done = {each.step for each in services.first_steps.all() if each.is_done}
    assert done == {FirstStep.OFFICE}
    services.first_steps.add_communities(["松枫社区"])
    person = services.ledgers.save(PEOPLE, Person(new_id(), "王一"))
    services.ledgers.save(POSTS, Post(new_id(), person, PostKind.GROUP_HEAD))
    steps = {each.step: each for each in services.first_steps.all()}
    assert {each for each in steps if steps[each].is_done} == {
        FirstStep.OFFICE,
        FirstStep.COMMUNITIES,
        FirstStep.GROUPS,
    }
    assert steps[FirstStep.OFFICE].note == "城东街道办事处，机关代字“城东街办”"
    assert steps[FirstStep.COMMUNITIES].note == "1 个社区\uff08村\uff09"
    assert "领导小组 1 人" in steps[FirstStep.GROUPS].note


def test_a_full_office_has_done_what_it_could(sample: Services) -> None:
    open_steps = {each.step for each in sample.first_steps.all() if not each.is_done}
    assert open_steps == {FirstStep.GROUPS, FirstStep.USERS, FirstStep.FONTS}
