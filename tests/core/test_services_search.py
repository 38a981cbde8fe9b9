"""The search over everything, and kept filters."""

from dataclasses import replace

import pytest

from core.errors import Conflict, InvalidInput, JobCancelled, NotFound
from core.model.activities import Activity
from core.model.activity_ledgers import ACTIVITIES
from core.model.assessment import Cycle, CycleState, SchemeText
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.organization import Community, Organization
from core.model.people import Person, Unit
from core.model.register_ledgers import PEOPLE, UNITS
from core.model.search_view import HitGroup
from core.model.written_document import IssuedPaper, PaperState, WrittenDocument
from core.rules.search_keys import with_keys
from core.services.ledgers import LedgerService
from core.services.saved_views import SavedViewService
from core.services.search import _LOOKED_AT, SearchService
from core.services.services import Services
from core.sheets.reader import read_workbook


@pytest.fixture
def search(services: Services) -> SearchService:
    return SearchService(services.store)


@pytest.fixture
def lake(services: Services) -> Community:
    """The community that `organization` puts its organizations into."""
    community = Community(new_id(), "东湖社区", position=1)
    with services.store.writing(ActDraft("试", "张三")) as work:
        work.add([community])
    return community


def add(services: Services, lake: Community, *organizations: Organization) -> None:
    with services.store.writing(ActDraft("试", "张三")) as work:
        work.add([with_keys(each, lake.name) for each in organizations])


def organization(lake: Community, name: str, **changes: object) -> Organization:
    return Organization(new_id(), name, community_id=lake.id, **changes)


def everywhere(search: SearchService, words: str) -> tuple[HitGroup, ...]:
    return (*search.nearest(words), *search.further(words))


def titles(groups, code: str = "organizations") -> list[str]:
    return [hit.title for group in groups if group.code == code for hit in group.hits]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("合唱", "东湖社区 · 张三"),
        ("hcd", "东湖社区 · 张三"),
        ("HeChang", "东湖社区 · 张三"),
        ("zhangsan", "东湖社区 · 张三"),
        ("歌友", "东湖社区 · 曾用名 甲歌友会"),
        ("jgyh", "东湖社区 · 曾用名 甲歌友会"),
        ("〔2019〕012", "东湖社区 · XX街社备〔2019〕012号"),
        ("mj90012345", "东湖社区 · 51330482MJ90012345"),
        ("0104", "东湖社区 · 电话 138****0104"),
        ("排练", "东湖社区 · 备注：每周六排练"),
        ("东湖 合唱", "东湖社区 · 张三"),
    ],
)
def test_an_organization_is_found_by_all_its_words(services, search, lake, typed, line):
    found = organization(
        lake,
        "合唱队",
        principal="张三",
        former_names=("甲歌友会",),
        filing_number="XX街社备〔2019〕012号",
        credit_code="51330482MJ90012345",
        phones=("13800000104",),
        remarks="每周六排练",
    )
    add(services, lake, found, organization(lake, "书画社", principal="李四"))
    group = search.nearest(typed)[0]
    assert [(hit.id, hit.title, hit.line) for hit in group.hits] == [(found.id, "合唱队", line)]


def test_what_the_name_begins_with_goes_before_what_it_holds_and_what_stands_elsewhere(
    services, search, lake
):
    names = ("社区公益堂", "公益堂", "书画社")
    made = [organization(lake, name, remarks="公益" if name == "书画社" else "") for name in names]
    add(services, lake, *made)
    assert titles(search.nearest("公益")) == ["公益堂", "社区公益堂", "书画社"]
    assert titles(search.nearest("gy")) == ["公益堂", "社区公益堂"]


def test_a_name_that_begins_so_is_found_among_more_than_are_looked_at(services, search, lake):
    many = [organization(lake, f"第{number}合唱队") for number in range(_LOOKED_AT + 5)]
    add(services, lake, *many, organization(lake, "东湖书画社"))
    group = search.nearest("东湖", limit=3)[0]
    assert group.hits[0].title == "东湖书画社"
    assert len(group.hits) == 3
    assert group.has_more


def test_a_merged_duplicate_is_not_found(services, search, lake):
    kept = organization(lake, "合唱队")
    add(services, lake, kept)
    add(services, lake, organization(lake, "合唱队甲", merged_into=kept.id))
    assert titles(everywhere(search, "合唱")) == ["合唱队"]


def test_people_communities_groups_ledgers_and_documents(services, search, lake):
    ledgers = LedgerService(services.store, "张三", services.clock, read_workbook)
    unit = Unit(new_id(), "共建办")
    ledgers.save(UNITS, unit)
    person = Person(new_id(), "东方明", unit_id=unit.id, title="主任", phones=("13800000104",))
    ledgers.save(PEOPLE, person)
    held = organization(lake, "合唱队")
    add(services, lake, held)
    ledgers.save(ACTIVITIES, Activity(new_id(), held.id, "东湖邻里节"))
    scheme = SchemeText(new_id(), "scheme", "办法", "", "", "2026-01-08")
    cycle = Cycle(new_id(), 2025, scheme.id, CycleState.OPEN, "2026-01-08")
    paper = WrittenDocument(new_id(), "results-notice", 2025, "东湖考核通报", "", cycle_id=cycle.id)
    with services.store.writing(ActDraft("试", "张三")) as work:
        work.add([scheme, cycle, paper])
    groups = {group.code: group for group in everywhere(search, "东")}
    assert list(groups) == ["organizations", "people", "communities", "activities", "documents"]
    assert groups["people"].hits[0].id == person.id
    assert "共建办" in groups["people"].hits[0].line
    assert titles(groups.values(), "communities") == ["东湖社区"]
    assert titles(groups.values(), "activities") == ["东湖邻里节"]
    assert titles(groups.values(), "documents") == ["东湖考核通报"]
    assert titles(everywhere(search, "家长里短"), "work_groups") == ["家长里短帮帮团"]
    assert all("13800000104" not in hit.line for group in everywhere(search, "0104") for hit in group.hits)


def issued(kind: str, sequence: int, recipient: str, **changes: str) -> IssuedPaper:
    return IssuedPaper(
        **{
            "id": new_id(),
            "kind": kind,
            "cycle_id": "",
            "subject_id": "",
            "series": "临街办证",
            "year": 2026,
            "sequence": sequence,
            "title": "优秀奖",
            "dated_on": "2026-01-08",
            "recipient": recipient,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("typed", "code", "hit"),
    [
        ("合唱", "certificates", ("东湖合唱团", "荣誉证书 · 临街办证〔2026〕第007号 · 优秀奖")),
        ("dhhct", "certificates", ("东湖合唱团", "荣誉证书 · 临街办证〔2026〕第007号 · 优秀奖")),
        ("〔2026〕第007号", "certificates", ("东湖合唱团", "荣誉证书 · 临街办证〔2026〕第007号 · 优秀奖")),
        ("太极 优秀奖", "certificates", ("太极队", "奖状 · 临街办证〔2026〕第008号 · 优秀奖")),
        ("告知书", "documents", ("考核结果告知书", "2025年度　草稿 · 临街办〔2026〕4号")),
        ("告知书 戏曲", "documents", ("考核结果告知书", "2025年度　草稿 · 临街办〔2026〕5号 · 戏曲社")),
        ("〔2026〕5号", "documents", ("考核结果告知书", "2025年度　草稿 · 临街办〔2026〕5号 · 戏曲社")),
    ],
)
def test_papers_are_found_by_title_number_and_recipient(services, search, typed, code, hit):
    letter = WrittenDocument(new_id(), "result-letter", 2025, "考核结果告知书", "")
    office = {"series": "临街办", "title": letter.title, "document_id": letter.id}
    with services.store.writing(ActDraft("试", "张三")) as work:
        work.add(
            [
                letter,
                issued("result-letter", 4, "腰鼓队", **office),
                issued("result-letter", 5, "戏曲社", **office),
                issued("certificate", 7, "东湖合唱团"),
                issued("merit-certificate", 8, "太极队"),
                issued("certificate", 9, "", title="", state=PaperState.SKIPPED, reason="手写"),
            ]
        )
    found = [(each.code, hit.title, hit.line) for each in everywhere(search, typed) for hit in each.hits]
    assert found == [(code, *hit)]


def test_nothing_typed_finds_nothing(search):
    assert everywhere(search, "  ") == ()


def test_a_search_that_nobody_waits_for_stops(search):
    def gone(_done: int, _total: int) -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        search.further("东湖", report=gone)


def test_names_are_ordered_by_strokes_as_the_office_wants_it(services, search):
    names = ["张一一", "张三", "丁五"]
    assert sorted(names, key=search.stroke_key()) == ["丁五", "张三", "张一一"]
    with services.store.writing(ActDraft("试", "张三")) as work:
        work.change([replace(work.all(Office)[0], short_names_first=False)])
    assert sorted(names, key=search.stroke_key()) == ["丁五", "张一一", "张三"]


@pytest.fixture
def kept(services: Services) -> SavedViewService:
    return SavedViewService(services.store, "张三")


def test_a_filter_is_kept_per_page_and_replaced_by_its_name(kept):
    kept.save("roster", " 待 补 ", "a")
    kept.save("roster", "优秀", "b")
    kept.save("people", "待 补", "c")
    kept.save("roster", "待 补", "d")
    assert [(each.name, each.filters) for each in kept.of("roster")] == [("待 补", "d"), ("优秀", "b")]
    assert [each.filters for each in kept.of("people")] == ["c"]


def test_a_kept_filter_is_renamed_and_removed_each_in_one_act(services, kept):
    first, second = kept.save("roster", "甲", "a"), kept.save("roster", "乙", "b")
    kept.rename(first.id, "丙")
    with pytest.raises(Conflict, match="乙"):
        kept.rename(first.id, "乙")
    kept.remove(second.id)
    assert [each.name for each in kept.of("roster")] == ["丙"]
    verbs = [act.verb for act in services.register.acts(4)]
    assert verbs == ["删除常用筛选", "改名常用筛选", "保存常用筛选", "保存常用筛选"]
    with pytest.raises(NotFound):
        kept.remove(second.id)


@pytest.mark.parametrize("name", ["", "  ", "长" * 21])
def test_a_filter_needs_a_name_of_fitting_length(kept, name):
    with pytest.raises(InvalidInput, match="名称"):
        kept.save("roster", name, "a")
    assert kept.of("roster") == ()
