"""Personal data on request: what goes, what has to stay, the record of it; who looked at numbers."""

import json
from pathlib import Path

import pytest

import main
from core.errors import InvalidInput, RuleViolation
from core.model.attachment import Attachment
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from core.model.people import Person, Post, PostKind, Sex
from core.model.personal import ERASED, EXPORTED_WHOLE, LOOKED, masked_numbers
from core.model.register_ledgers import PEOPLE
from core.services.services import Services
from core.services.setup import OfficeDraft

PHONE, NUMBER = "13800001234", "510112199003074518"
ZHANG = Person(
    new_id(), "张三", Sex.MALE, "群众", "", "教师", (PHONE,), NUMBER, "书法", "教师资格证", "住东湖社区"
)


def put(services: Services, *records: object) -> None:
    with services.store.writing(ActDraft("新建", "录入员")) as work:
        work.add(records)


def person_of(services: Services) -> Person:
    with services.store.reading() as view:
        return view.get(Person, ZHANG.id)


def test_a_person_whom_nothing_names_goes_altogether(services: Services) -> None:
    put(services, ZHANG, Attachment(new_id(), ZHANG.id, "证.pdf", "0" * 64, 3, "2026-01-08T09:30:00"))
    found = services.persons.erase(ZHANG.id, "本人2026年1月8日提出")
    assert found.whole and {"姓名", "联系电话", "居民身份证号", "1 个附件"} <= {*found.goes}
    with services.store.reading() as view:
        assert (view.all(Person), view.all(Attachment)) == ((), ())


def test_who_held_a_post_stays_by_name_and_loses_the_rest(services: Services) -> None:
    put(services, ZHANG, Post(new_id(), ZHANG.id, PostKind.EXPERT))
    before = services.persons.would_erase(ZHANG.id)
    assert person_of(services).phones == (PHONE,)
    found = services.persons.erase(ZHANG.id, "本人提出")
    left = person_of(services)
    assert found == before and not found.whole
    assert any("1 条任职" in what for what, _ in found.stays)
    assert (left.name, left.phones, left.id_number, left.sex, left.title, left.remarks) == (
        "张三",
        (),
        "",
        None,
        "",
        "",
    )
    assert "书法" not in left.search_key and PHONE not in left.search_key


def test_the_record_of_it_says_why_and_what_but_no_number(services: Services) -> None:
    put(services, ZHANG)
    services.persons.erase(ZHANG.id, "本人提出，主任同意")
    act = services.register.acts(1)[0]
    assert (act.verb, act.actor) == (ERASED, "录入员")
    assert act.reason.startswith("本人提出，主任同意；删除：姓名、")
    assert PHONE not in act.reason and NUMBER not in act.reason


def test_what_was_erased_does_not_come_back(services: Services) -> None:
    put(services, ZHANG)
    services.persons.erase(ZHANG.id, "本人提出")
    act = services.register.acts(1)[0]
    assert ZHANG.id not in [each.record_id for each in services.versions.bin()]
    with pytest.raises(RuleViolation, match="按要求删除"):
        services.versions.undo(act.number)
    with pytest.raises(RuleViolation, match="按要求删除"):
        services.versions.restore(act.number, ZHANG.id)


def test_organizations_that_name_the_person_are_told(sample: Services) -> None:
    with sample.store.reading() as view:
        named = next(each for each in view.all(Organization) if each.principal)
    someone = Person(new_id(), named.principal, phones=(PHONE,))
    put(sample, someone)
    stays = sample.persons.would_erase(someone.id).stays
    assert any(named.name in what for what, _ in stays)
    with sample.store.reading() as view:
        assert view.get(Organization, named.id) == named


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_asked_for(services: Services, reason: str) -> None:
    put(services, ZHANG)
    with pytest.raises(InvalidInput, match="理由"):
        services.persons.erase(ZHANG.id, reason)
    assert person_of(services).id_number == NUMBER


def test_nothing_to_erase_is_told(services: Services) -> None:
    bare = Person(new_id(), "李四")
    put(services, bare, Post(new_id(), bare.id, PostKind.EXPERT))
    with pytest.raises(InvalidInput, match="没有可删除"):
        services.persons.erase(bare.id, "本人提出")


def test_who_looked_at_what_is_listed(services: Services) -> None:
    put(services, ZHANG)
    services.ledgers.reveal(PEOPLE, ZHANG.id, "id_number")
    put(services, Person(new_id(), LOOKED))
    services.ledgers.reveal(PEOPLE, ZHANG.id, "phones")
    looks = services.persons.looks()
    assert [(each.verb, each.actor) for each in looks] == [(LOOKED, "录入员")] * 2
    assert "居民身份证号" in looks[1].reason and "联系电话" in looks[0].reason
    assert all("张三" in each.reason and NUMBER not in each.reason for each in looks)


def test_who_takes_whole_numbers_out_is_listed_and_who_takes_none_is_not(services: Services) -> None:
    put(services, ZHANG)
    for publication, masked in ((True, False), (False, True), (False, False)):
        sheet = services.ledgers.export(PEOPLE, [ZHANG.id], publication=publication, masked=masked)
        services.exports.sheet(sheet)
    [look] = services.persons.looks()
    assert look.verb == EXPORTED_WHOLE
    assert look.reason == "示例街道办事处人员台账 1 条：联系电话"


def test_who_takes_the_roster_out_is_listed(sample: Services) -> None:
    organizations = sample.register.register().organizations[:3]
    for publication in (True, False):
        sample.exports.roster(organizations, "花名册", publication=publication)
    assert [each.reason for each in sample.persons.looks()] == ["花名册 3 个：联系电话"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"“{PHONE}”不对", "“138****1234”不对"),
        (f"第 3 行：{NUMBER}", "第 3 行：510****4518"),
        ("编号 000012-20260108-093000", "编号 000012-20260108-093000"),
        ("52510112MJ0123456X 共 170000 元", "52510112MJ0123456X 共 170000 元"),
    ],
)
def test_messages_show_the_ends_of_numbers_alone(text: str, shown: str) -> None:
    assert masked_numbers(text) == shown


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    services = main.open_services(tmp_path, create=True)
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    put(services, ZHANG, Person(new_id(), "李四", title="主任"), Person(new_id(), "李四", title="副主任"))
    services.ledgers.reveal(PEOPLE, ZHANG.id, "phones")
    services.close()

    def told(*arguments: str) -> tuple[int, str]:
        status = main.main(["--data", str(tmp_path), "person", *arguments])
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    assert "张三" in told("looks")[1]
    status, said = told("erase", "李四", "--reason", "本人提出")
    assert (status, "2. 副主任" in said) == (2, True)
    assert told("erase", "李四", "--which", "2", "--reason", "本人提出")[0] == 0
    status, said = told("erase", "张三", "--dry-run", "--json")
    assert (status, json.loads(said)["done"], "居民身份证号" in said) == (0, False, True)
    assert told("erase", "张三")[0] == 2
    assert told("erase", "张三", "--reason", "本人提出")[0] == 0
    assert told("erase", "张三", "--reason", "本人提出")[0] == 3
