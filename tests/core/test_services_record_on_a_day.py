"""One record as it stood at the end of a day, in words."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from core.errors import NotFound
from core.model.filing import Particulars
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Assignment, Category, Community, Organization, WorkGroup
from core.model.people import Person
from core.model.user import Session
from core.services.versions import VersionService
from db.store import SqliteStore, open_store

COMMUNITY = Community(new_id(), "东街社区")
CATEGORY = Category(new_id(), 8, "文化体育类")
GROUP = WorkGroup(new_id(), CATEGORY.id, "文化体育组")
CHOIR = Organization(new_id(), "夕阳红合唱团", community_id=COMMUNITY.id, phones=("13800000104",))
PARTICULARS = Particulars(new_id(), CHOIR.id, scope_registered="合唱排练")
ASSIGNED = Assignment(new_id(), CHOIR.id, GROUP.id, "2025-12-30")
TEACHER = Person(new_id(), "王老师", id_number="11010519491231002X")


@pytest.fixture
def desk(empty_store: Path, tmp_path: Path) -> Iterator[VersionService]:
    """The desk of a store in which every day from 2025-12-30 on something was done."""
    days = count()
    start = datetime(2025, 12, 30, 10).astimezone()
    store = open_store(Path(shutil.copy(empty_store, tmp_path)), lambda: start + timedelta(days=next(days)))
    act_out(store)
    yield VersionService(store, Session.alone("张三"), lambda: start)
    store.close()


def act_out(store: SqliteStore) -> None:
    def do(**records: list) -> None:
        with store.writing(ActDraft("修改", "李四")) as work:
            for verb, each in records.items():
                getattr(work, verb)(each)

    do(add=[COMMUNITY, CATEGORY, GROUP, CHOIR, PARTICULARS, ASSIGNED, TEACHER])
    do(change=[replace(CHOIR, name="朝阳合唱团"), replace(COMMUNITY, name="西街社区")])
    do(remove=[PARTICULARS], change=[replace(ASSIGNED, until_on="2026-01-01")])
    with store.reading() as view:
        present = view.get(Organization, CHOIR.id)
    do(remove=[replace(ASSIGNED, until_on="2026-01-01", version=2), present])


def test_an_organization_stands_with_its_particulars_and_group(desk: VersionService) -> None:
    found = desk.record_as_of(CHOIR.id, date(2025, 12, 30))
    assert (found.label, found.title) == ("社会组织", "夕阳红合唱团")
    parts = {heading: dict(lines) for heading, lines in found.parts}
    own = parts["社会组织"]
    assert own["所属社区（村）"] == "东街社区"
    assert own["状态"] == "正常"
    assert "0104" in own["联系电话"] and "13800000104" not in own["联系电话"]
    assert parts["归组"]["工作组"] == "文化体育组"
    assert "合唱排练" in parts["备案信息"].values()
    assert "社会组织" not in parts["备案信息"]


def test_later_days_have_the_later_words_and_none_once_it_is_gone(desk: VersionService) -> None:
    second, third = (desk.record_as_of(CHOIR.id, date(*day)) for day in ((2025, 12, 31), (2026, 1, 1)))
    assert second.title == "朝阳合唱团"
    assert dict(second.parts[0][1])["所属社区（村）"] == "西街社区"
    assert [heading for heading, _ in third.parts] == ["社会组织"]
    for day in (date(2025, 12, 29), date(2026, 1, 2)):
        with pytest.raises(NotFound) as caught:
            desk.record_as_of(CHOIR.id, day)
        assert str(day) in caught.value.message_zh


def test_records_of_all_kinds_have_words_and_masked_numbers(desk: VersionService) -> None:
    day = date(2026, 1, 1)
    assert dict(desk.record_as_of(COMMUNITY.id, day).parts[0][1]) == {"名称": "西街社区", "城乡": "社区"}
    assert desk.record_as_of(GROUP.id, day).title == "文化体育组"
    teacher = dict(desk.record_as_of(TEACHER.id, day).parts[0][1])
    assert teacher["姓名"] == "王老师"
    assert "19491231" not in str(teacher)
