"""The documents of a small register, word for word, and of registers that know more or less."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import NotFound, RuleViolation
from core.model.assessment import ScoreSheet
from core.model.document_check import DocumentCheck
from core.model.document_text import About, TextPeople
from core.model.filing import Outcome, TransitionKind
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.organization import Organization, WorkGroup
from core.model.people import Person, Post, PostKind
from core.model.tasks import Task
from core.model.written_document import WrittenDocument
from core.paper.render import ReportLabPaper
from core.rules.document_fields import FACTS
from core.rules.document_filling import PaperFrame, fill
from core.rules.facts_groups import GroupRegister, group_row
from core.services.document_editing import FieldWords
from core.services.document_facts import Asked, read_copies
from core.services.document_opening import OpenDocument, Wanted
from core.services.document_subjects import NEEDED
from core.services.document_templates import shipped_templates
from core.services.services import Services
from tests.conftest import NOW, copied, services_over
from tests.core.filled_documents import lines_of
from tests.core.small_register import TASKS, day, fill_register, matter, put

YEAR, TODAY = 2026, NOW.date()
FILLED = (
    ("founding-notice", ""),
    ("group-members", ""),
    ("filing-notice", "t1"),
    ("filing-refusal", "t2"),
    ("filing-change", "t3"),
    ("filing-cancellation", "t4"),
    ("papers-notice", ""),
    ("supervision-notice", "u2"),
)
BY_HAND = ("letter-request", "letter-reply", "minutes", "notice")
REGISTER = (About.GROUP, About.ORGANIZATION, About.TRANSITION, About.TASK)


@pytest.fixture(scope="module")
def register_store(
    office_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper
) -> Path:
    path = copied(office_store, tmp_path_factory.mktemp("register"))
    with closing(services_over(path, paper)) as services:
        fill_register(services)
    return path


@pytest.fixture(scope="module")
def known(register_store: Path, paper: ReportLabPaper) -> Iterator[Services]:
    """Nobody writes into it."""
    with closing(services_over(register_store, paper)) as services:
        yield services


@pytest.fixture
def register(register_store: Path, tmp_path: Path, paper: ReportLabPaper) -> Iterator[Services]:
    with closing(services_over(copied(register_store, tmp_path), paper)) as services:
        yield services


def written(services: Services, code: str, ref_id: str = "", year: int = YEAR) -> OpenDocument:
    return services.document_issue.prepared(Wanted(code, year, ref_id=ref_id, dated_on=TODAY))


def said(services: Services, code: str, ref_id: str = "", place: int = 0) -> list[str]:
    return lines_of(written(services, code, ref_id).filled(place))


def golden(data: Path, code: str) -> list[str]:
    return (data / "documents" / f"{code}.txt").read_text("utf-8").splitlines()


def groups_of(services: Services) -> tuple[WorkGroup, ...]:
    with services.store.reading() as view:
        return view.all(WorkGroup)


@pytest.mark.parametrize(("code", "ref_id"), FILLED)
def test_the_registers_documents_say_this(known: Services, data: Path, code: str, ref_id: str) -> None:
    opened = written(known, code, ref_id)
    assert lines_of(opened.filled()) == golden(data, code)
    assert known.documents.findings(opened) == ()


@pytest.mark.parametrize("code", BY_HAND)
def test_what_is_left_to_write_is_found_and_nothing_else(known: Services, data: Path, code: str) -> None:
    opened = written(known, code)
    assert lines_of(opened.filled()) == golden(data, code)
    assert {each.code for each in known.documents.findings(opened)} == {DocumentCheck.LEFTOVER}


def test_late_score_sheets_are_asked_for(sample: Services, data: Path) -> None:
    opened = written(sample, "late-sheets-notice", year=2025)
    assert lines_of(opened.filled()) == golden(data, "late-sheets-notice")
    assert sample.documents.findings(opened) == ()
    with sample.store.writing(ActDraft("删去", "录入员")) as work:
        work.remove(work.all(ScoreSheet))
    last = "5.群众测评\uff08年度考核\uff09应交58份，已交0份，还缺58份。"
    assert last in lines_of(written(sample, "late-sheets-notice", year=2025).filled())


@pytest.mark.parametrize(("count", "said_so"), [(1, "评分方1"), (5, "共5处："), (6, "共6处，见附件。")])
def test_many_late_score_sheets_stand_in_an_annex(count: int, said_so: str) -> None:
    facts = {
        "年度": 2025,
        "单位": "临江街道办事处",
        "对象": "社会组织",
        "成文日期": "今天",
        "承办": "社会事务办",
    }
    late = {"环节": "初评", "应交": 9, "已交": 2, "欠交数": 7, "截止": "2026年1月5日"}
    rows = tuple({**late, "评分方": f"评分方{n}"} for n in range(1, count + 1))
    frame = PaperFrame(Office("office", "临江街道办事处"), "", TODAY)
    text = shipped_templates()["late-sheets-notice"]
    document = fill(text, {**facts, "欠交": rows}, frame)
    first = next(each.text for each in document.paragraphs if each.heading.startswith("一、"))
    assert first.startswith(said_so)
    assert len(document.paragraphs) == (4 + count if 1 < count < 6 else 4)
    assert [len(each.blocks[0].rows) for each in document.annexes] == ([count] if count > 5 else [])


@pytest.mark.parametrize("about", REGISTER)
def test_facts_are_those_that_are_described(known: Services, about: About) -> None:
    asked = WrittenDocument("", "", YEAR, "", "", ref_id="t1" if about in NEEDED else "")
    with known.store.reading() as view:
        copies = read_copies(view, about, Asked(asked, TODAY, TODAY))
    names = {each.name: each for each in FACTS[about]}
    assert copies
    for copy in copies:
        assert set(copy.facts) == set(names)
        for name, fact in copy.facts.items():
            for row in fact if isinstance(fact, tuple) else ():
                assert set(row) == {each.name for each in names[name].fields}, name


# Groups


def test_what_the_register_does_not_know_of_groups_is_left_out(services: Services) -> None:
    lines = said(services, "founding-notice")
    assert "一、领导小组。领导小组的组成人员另行通知。" in lines
    assert "领导小组下设办公室，设在社会事务办，负责日常工作。" in lines
    assert [each for each in lines if each.endswith("：") and "通知如下" not in each] == []
    assert [each for each in lines if "牵头" in each or "附件" in each] == []
    assert written(services, "founding-notice").filled().annexes == ()
    with services.store.writing(ActDraft("改", "录入员")) as work:
        group = groups_of(services)[0]
        work.change([replace(group, coordinating_unit="", linked_departments=(), duties="")])
    assert "\uff08一\uff09作风监督室。联系指导作风建设类社会组织。" in said(services, "founding-notice")


def test_without_groups_there_is_no_founding_notice(services: Services) -> None:
    with services.store.writing(ActDraft("删", "录入员")) as work:
        work.remove(work.all(WorkGroup))
    with pytest.raises(RuleViolation, match="现在不用写"):
        written(services, "founding-notice")
    assert services.document_subjects.choices(About.GROUP, YEAR) == ()


def test_people_of_one_group(register: Services) -> None:
    groups = groups_of(register)
    one = said(register, "group-members", groups[7].id)
    assert one[2] == "关于｜调整｜群众文体专项推进组｜组成人员｜的通知"
    assert [each for each in one if each.endswith("帮帮团：")] == []
    with pytest.raises(RuleViolation, match="现在不用写"):
        written(register, "group-members", groups[0].id)


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (("群众文体",), "群众文体专项推进组"),
        (("文体组", "安全组"), "文体组、安全组"),
        (("文体组", "安全", "物管"), "文体组、安全、物管专项推进组"),
        (("一", "二", "三", "四"), "各专项推进组"),
        ((), "专项推进组"),
    ],
)
def test_groups_in_a_title(names: tuple[str, ...], called: str) -> None:
    groups = [WorkGroup(name, "", name) for name in names]
    assert group_row(GroupRegister(groups, (), {}, {}, {}), TODAY)["推进组名单"] == called


def test_leaders_who_are_only_written_in_the_group_stand_before_its_people(register: Services) -> None:
    group = groups_of(register)[1]
    with register.store.writing(ActDraft("改", "录入员")) as work:
        work.change([replace(group, lead_leader="钱一、孙二", convener="旧人")])
    lines = said(register, "group-members", group.id)
    place = lines.index("家长里短帮帮团：")
    assert lines[place + 1 : place + 4] == [
        "  钱一　牵头领导",
        "  孙二　牵头领导",
        "  赵一鸣　街道党政办副主任\uff08牵头人\uff09",
    ]


def test_somebody_with_two_posts_is_named_once_and_who_left_not_at_all(register: Services) -> None:
    group = groups_of(register)[7]
    put(
        register,
        Person("p9", "已离任"),
        Post("c1", "p3", PostKind.LIAISON, group.id),
        Post("c2", "p9", PostKind.MEMBER, group.id, until_on=day("2026-01-07")),
        Post("c3", "p9", PostKind.MEMBER, group.id, since_on=day("2026-01-09")),
    )
    lines = said(register, "group-members", group.id)
    assert "  王五　街道党工委委员\uff08牵头领导、联络员\uff09" in lines
    assert not any("已离任" in each for each in lines)


def test_an_editor_shows_the_list_of_every_group(known: Services) -> None:
    opened = written(known, "group-members")
    [block] = [each for each in opened.text.blocks if isinstance(each, TextPeople)]
    shown = FieldWords(opened.copies[0].facts, About.GROUP).view(block)
    assert ["".join(run.text for run in line) for line in shown.paragraphs] == [
        "家长里短帮帮团：赵一鸣",
        "群众文体：王五、欧阳修远、钱多、赵一鸣",
    ]
    unfilled = FieldWords(None, About.GROUP).view(block)
    assert "".join(run.text for run in unfilled.paragraphs[0]) == "［每个“各推进组”一份］推进组：推进组人员"


# Filing


@pytest.mark.parametrize(
    ("code", "ref_id"),
    [
        ("filing-notice", "t2"),
        ("filing-notice", "t3"),
        ("filing-notice", "t6"),
        ("filing-refusal", "t1"),
        ("filing-refusal", "t6"),
        ("filing-change", "t5"),
        ("filing-cancellation", "t3"),
    ],
)
def test_a_matter_gets_only_the_letter_that_it_ended_in(known: Services, code: str, ref_id: str) -> None:
    with pytest.raises(RuleViolation, match="现在不用写"):
        known.documents.write(Wanted(code, YEAR, ref_id=ref_id))


def test_a_refusal_without_a_reason_is_not_issued_unlooked(known: Services) -> None:
    opened = written(known, "filing-refusal", "t5")
    assert "一、不予变更的理由。××××。" in lines_of(opened.filled())
    assert [each.code for each in known.documents.findings(opened)] == [DocumentCheck.LEFTOVER]


def test_papers_that_were_never_noted_are_no_reason(register: Services) -> None:
    put(register, matter("t9", TransitionKind.SUSPEND, Outcome.REFUSED, "o1", office_opinion="理由不足。"))
    lines = said(register, "filing-refusal", "t9")
    assert "一、不予暂停活动的理由。理由不足。" in lines


def test_what_the_register_does_not_know_of_a_matter_is_left_out(register: Services) -> None:
    put(
        register,
        matter("t8", TransitionKind.FILE, Outcome.APPROVED, "o2", applied_on=None, decided_on=day("2026-01")),
        matter("t9", TransitionKind.CHANGE, Outcome.APPROVED, "o2", change_field="宗旨", new_value="互助"),
    )
    filed, changed = said(register, "filing-notice", "t8"), said(register, "filing-change", "t9")
    assert filed[3:5] == [
        "你单位提出的社区社会组织备案申请收悉。经审核，符合备案条件，同意备案，备案日期为2026年1月。现将有关事项通知如下：",
        "一、备案内容。组织名称：春风互助会。",
    ]
    assert "一、变更内容。宗旨变更为“互助”。" in changed


def test_a_name_of_eighty_characters_is_written_whole(register: Services, paper: ReportLabPaper) -> None:
    name = "东湖社区银龄互助志愿服务联合会" * 5 + "分会一二三"
    put(register, Organization("o9", name), matter("t9", TransitionKind.FILE, Outcome.APPROVED, "o9"))
    document = written(register, "filing-notice", "t9").filled()
    assert (len(name), document.addressee) == (80, name)
    assert paper.document(document).startswith(b"%PDF")


def test_one_missing_paper_stands_in_the_sentence(register: Services) -> None:
    put(register, matter("t9", TransitionKind.SUSPEND, None, "o1"))
    lines = said(register, "papers-notice", "o1")
    assert "一、需要补交的材料。暂停活动申请\uff08办理暂停活动用\uff09。" in lines
    assert not any(each.startswith("1.") for each in lines)
    opened = written(register, "papers-notice")
    assert [each.recipient for each in opened.copies] == ["东湖社区合唱团", "春风互助会"]


# Overdue tasks


def test_everybody_with_overdue_tasks_gets_a_paper_with_a_number(register: Services) -> None:
    opened = written(register, "supervision-notice")
    assert [each.recipient for each in opened.copies] == ["东湖社区", "街道党政办"]
    assert (
        "一、督办事项。报送活动照片，原定2025年12月25日完成，逾期9个工作日。责任人：社区文书。"
        in lines_of(opened.filled(0))
    )
    document = register.documents.write(Wanted("supervision-notice", YEAR, dated_on=TODAY))
    assert document.title == "督办通知书"
    papers = register.document_issue.at_once(Wanted("supervision-notice", YEAR, dated_on=TODAY))
    assert [(each.recipient, each.sequence) for each in papers] == [("东湖社区", 1), ("街道党政办", 2)]


def test_one_task_can_be_chosen(known: Services) -> None:
    lines = said(known, "supervision-notice", "k2")
    assert "一、督办事项。走访十个合唱团，原定2026年1月7日完成，逾期1个工作日。" in lines


@pytest.mark.parametrize(("count", "annexes"), [(5, 0), (6, 1)])
def test_many_tasks_stand_in_an_annex(register: Services, count: int, annexes: int) -> None:
    put(
        register,
        *(
            replace(TASKS[0], id=f"z{n}", title=f"事{n}", unit_id="", work_group_id=groups_of(register)[0].id)
            for n in range(count)
        ),
    )
    document = written(register, "supervision-notice", groups_of(register)[0].id).filled()
    assert len(document.annexes) == annexes
    assert sum(line.startswith(("1.", "5.")) for line in lines_of(document)) == (0 if annexes else 2)
    if annexes:
        assert len(document.annexes[0].blocks[0].rows) == count


def test_a_task_that_nobody_owns_goes_to_who_answers_for_it(register: Services) -> None:
    put(
        register,
        Task("z1", "无主的事", due_on=day("2026-01-05"), responsible="郑成功"),
        Task("z2", "也无主", due_on=day("2026-01-06")),
    )
    assert [written(register, "supervision-notice", each).filled().addressee for each in ("z1", "z2")] == [
        "郑成功",
        "有关责任人",
    ]


def test_a_deadline_that_passed_at_the_weekend_is_late_by_no_working_day(register: Services) -> None:
    put(register, Task("z1", "周末到期", community_id="c1", due_on=day("2026-01-10")))
    sunday, asked = date(2026, 1, 11), WrittenDocument("", "", YEAR, "", "", ref_id="z1")
    with register.store.reading() as view:
        [copy] = read_copies(view, About.TASK, Asked(asked, sunday, sunday))
    [row] = copy.facts["督办事项"]
    assert (row["逾期"], row["逾期工作日"], copy.facts["最长逾期工作日"]) == ("已过期限", 0, 0)


# What there is to choose from


@pytest.mark.parametrize("about", About)
def test_every_choice_can_be_written_about(known: Services, sample: Services, about: About) -> None:
    services, year = (sample, 2025) if about.is_of_cycle else (known, YEAR)
    if about.is_of_cycle:
        sample.assessments.compute(2025)
    choices = services.document_subjects.choices(about, year)
    assert len(dict(choices)) == len(choices)
    with services.store.reading() as view:
        cycle_id = services.assessments.year(year).cycle.id if about.is_of_cycle else ""
        for ref_id, words in choices[:12]:
            assert words
            asked = WrittenDocument("", "", year, "", "", cycle_id=cycle_id, ref_id=ref_id)
            assert len(read_copies(view, about, Asked(asked, TODAY, TODAY))) == 1


def test_choices_say_what_they_are(known: Services, sample: Services) -> None:
    choices = known.document_subjects.choices
    assert choices(About.OFFICE, YEAR) == choices(About.OPENING, YEAR) == ()
    assert [words for _, words in choices(About.GROUP, YEAR)][:2] == ["作风监督室", "家长里短帮帮团"]
    assert choices(About.ORGANIZATION, YEAR) == (("o2", "春风互助会：缺 5 项"),)
    assert choices(About.TRANSITION, YEAR)[:2] == (
        ("t6", "春风互助会：备案，在办，2025-12-22"),
        ("t5", "东湖社区合唱团：变更名称，不同意，2026-01-05"),
    )
    assert choices(About.TASK, YEAR) == (
        ("k3", "东湖社区：报送活动照片，逾期 9 个工作日"),
        ("u2", "街道党政办：逾期 2 项"),
        ("k1", "街道党政办：印发专项工作方案，逾期 5 个工作日"),
        ("k2", "街道党政办：走访十个合唱团，逾期 1 个工作日"),
    )
    sample.assessments.compute(2025)
    assert len(sample.document_subjects.choices(About.SUBJECT, 2025)) == 60
    with pytest.raises(NotFound):
        choices(About.SUBJECT, YEAR)


@pytest.mark.parametrize(
    ("code", "ref_id"),
    [
        ("filing-notice", ""),
        ("filing-notice", "gone"),
        ("papers-notice", "o1"),
        ("papers-notice", "gone"),
        ("supervision-notice", "k4"),
        ("supervision-notice", "k5"),
        ("supervision-notice", "gone"),
        ("group-members", "gone"),
    ],
)
def test_what_is_not_there_is_told(known: Services, code: str, ref_id: str) -> None:
    with pytest.raises(NotFound) as told:
        known.documents.write(Wanted(code, YEAR, ref_id=ref_id))
    assert told.value.remedy_zh


def test_an_office_without_anything_late_or_lacking_writes_nothing(services: Services) -> None:
    for code in ("papers-notice", "supervision-notice"):
        with pytest.raises(RuleViolation, match="现在不用写"):
            services.documents.write(Wanted(code, YEAR))
    for about in (About.ORGANIZATION, About.TRANSITION, About.TASK):
        assert services.document_subjects.choices(about, YEAR) == ()
