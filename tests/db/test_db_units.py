from dataclasses import replace
from threading import Thread

import pytest

from core.errors import AppError, Conflict, NotFound
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.organization import Category, Community, CommunityKind, Organization, WorkGroup
from core.model.written_document import IssuedPaper
from db.store import SqliteStore

IMPORT = ActDraft("导入", "张三", "年度名册")
EDIT = ActDraft("修改", "李四")


def an_organization(**changes: object) -> Organization:
    return replace(Organization(new_id(), "夕阳红合唱团", search_key="xiyanghong"), **changes)


def added(store: SqliteStore, organization: Organization) -> Organization:
    with store.writing(IMPORT) as unit:
        unit.add([organization])
    return organization


def test_what_was_added_is_read_again_in_order_of_making(store: SqliteStore) -> None:
    organizations = [an_organization(name=f"第{number}队") for number in range(1200)]
    with store.writing(IMPORT) as unit:
        unit.add(organizations[600:] + organizations[:600])
    with store.reading() as unit:
        assert unit.all(Organization) == tuple(organizations)
        assert unit.get(Organization, organizations[7].id) == organizations[7]


def test_all_and_count_take_any_field_and_none(store: SqliteStore) -> None:
    village, town = Community(new_id(), "东村", CommunityKind.RURAL), Community(new_id(), "西街社区")
    organizations = [an_organization(community_id=village.id), an_organization()]
    with store.writing(IMPORT) as unit:
        unit.add([*organizations, village, town])
    with store.reading() as unit:
        assert unit.all(Community, kind=CommunityKind.RURAL) == (village,)
        assert unit.all(Organization, community_id=village.id) == (organizations[0],)
        assert unit.all(Organization, community_id=None) == (organizations[1],)
        assert unit.count(Organization, name="夕阳红合唱团") == 2
        with pytest.raises(KeyError, match="colour"):
            unit.count(Organization, colour="red")


def test_missing_record_is_told_in_chinese(store: SqliteStore) -> None:
    with store.reading() as unit, pytest.raises(NotFound) as caught:
        unit.get(Organization, "none")
    assert "社会组织" in caught.value.message_zh


def test_change_counts_the_version_up_and_skips_what_is_equal(store: SqliteStore) -> None:
    first, second = added(store, an_organization()), added(store, an_organization())
    with store.writing(EDIT) as unit:
        unit.change([replace(first, principal="王五"), second])
    with store.reading() as unit:
        assert unit.get(Organization, first.id) == replace(first, principal="王五", version=2)
        assert unit.get(Organization, second.id) == second
        assert [act.change_count for act in unit.acts()] == [1, 1, 1]


def test_history_keeps_only_the_fields_that_differ_and_no_derived_ones(store: SqliteStore) -> None:
    organization = added(store, an_organization(phones=("13800000000",)))
    edited = replace(organization, phones=("13800000000", "13900000000"), search_key="other")
    with store.writing(EDIT) as unit:
        unit.change([edited])
    with store.writing(ActDraft("删除", "王五", "重复")) as unit:
        unit.remove([replace(edited, version=2)])
    with store.reading() as unit:
        (made, creation), (_, edit), (gone, removal) = unit.history(organization.id)
        assert unit.count(Organization) == 0
    assert (made.number, made.verb, made.actor, made.reason) == (1, "导入", "张三", "年度名册")
    assert creation.before is None
    assert creation.after is not None
    assert creation.after["name"] == "夕阳红合唱团"
    assert not {"id", "version", "search_key", "sort_key"} & set(creation.after)
    assert edit.before == {"phones": '["13800000000"]'}
    assert edit.after == {"phones": '["13800000000","13900000000"]'}
    assert (gone.reason, removal.version, removal.after) == ("重复", 3, None)
    assert removal.before == {**creation.after, **edit.after}


def test_acts_are_numbered_without_gaps_and_empty_ones_leave_none(store: SqliteStore) -> None:
    organization = added(store, an_organization())
    with store.writing(EDIT) as unit:
        unit.change([organization])
        unit.add([])
    with pytest.raises(RuntimeError), store.writing(EDIT) as unit:
        unit.add([an_organization()])
        raise RuntimeError
    added(store, an_organization())
    with store.reading() as unit:
        assert [act.number for act in unit.acts()] == [2, 1]
        assert [act.number for act in unit.acts(limit=1)] == [2]
        assert unit.count(Organization) == 2


@pytest.mark.parametrize("step", ["change", "remove"])
def test_stale_edit_is_refused_whole_and_names_who_was_first(store: SqliteStore, step: str) -> None:
    read, other = added(store, an_organization()), added(store, an_organization())
    with store.writing(EDIT) as unit:
        unit.change([replace(read, principal="先到")])
    with pytest.raises(Conflict) as caught, store.writing(IMPORT) as unit:
        unit.add([an_organization()])
        getattr(unit, step)([replace(other, principal="后到"), replace(read, principal="后到")])
    assert caught.value.code == "stale_record"
    assert "李四" in caught.value.message_zh
    with store.reading() as unit:
        assert unit.get(Organization, read.id).principal == "先到"
        assert unit.get(Organization, other.id) == other
        assert unit.count(Organization) == 2


def test_one_record_given_twice_in_one_change_is_refused(store: SqliteStore) -> None:
    read = added(store, an_organization())
    with pytest.raises(Conflict), store.writing(EDIT) as unit:
        unit.change([replace(read, principal="甲"), replace(read, principal="乙")])
    with store.reading() as unit:
        assert unit.get(Organization, read.id) == read


def refused(store: SqliteStore, *records: object) -> str:
    with pytest.raises(AppError) as caught, store.writing(EDIT) as unit:
        unit.add(records)
    return caught.value.code


def test_references_must_hold_at_the_end_of_the_act(store: SqliteStore) -> None:
    category = Category(new_id(), 1, "文化体育类")
    group = WorkGroup(new_id(), category.id, "第一推进组")
    with store.writing(IMPORT) as unit:
        unit.add([group, category])
    with pytest.raises(Conflict) as caught, store.writing(EDIT) as unit:
        unit.remove([category])
    assert caught.value.code == "still_linked"
    assert refused(store, an_organization(community_id="nowhere")) == "still_linked"
    with store.writing(EDIT) as unit:
        unit.remove([category, group])


def test_there_is_one_office(store: SqliteStore) -> None:
    with store.writing(IMPORT) as unit:
        unit.add([Office(new_id(), "某某街道办事处")])
    assert refused(store, Office(new_id(), "另一街道办事处")) == "not_unique"


def test_a_paper_number_is_given_once_per_kind(store: SqliteStore) -> None:
    paper = IssuedPaper(new_id(), "certificate", "c", "", "社证", 2025, 1, "证书", "2026-01-05")
    assert refused(store, paper, replace(paper, id=new_id())) == "not_unique"


def test_a_reader_keeps_its_moment_while_another_thread_writes(store: SqliteStore) -> None:
    with store.reading() as unit:
        assert unit.count(Organization) == 0
        worker = Thread(target=added, args=(store, an_organization()))
        worker.start()
        worker.join()
        assert unit.count(Organization) == 0
    with store.reading() as unit:
        assert unit.count(Organization) == 1


def test_threads_that_write_wait_for_each_other(store: SqliteStore) -> None:
    def write() -> None:
        for _ in range(20):
            added(store, an_organization())

    workers = [Thread(target=write) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with store.reading() as unit:
        assert [act.number for act in unit.acts()] == list(range(60, 0, -1))
    assert store.check().faults == ()
