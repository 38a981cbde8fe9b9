from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any

import pytest

from core.model.dates import PartialDate
from core.model.ledger import Field, FieldKind, Ledger
from core.model.ledgers import LEDGERS
from core.model.organization import Organization
from core.rules.ledger_titles import LinkBook
from core.rules.search_keys import (
    ORGANIZATION_KEY_FIELDS,
    ledger_key,
    ledger_key_fields,
    search_key,
    search_text,
    sort_key,
    with_keys,
)


def test_found_by_name_pinyin_initials_principal_and_community():
    key = search_key("洁芳社区绿色合唱团\uff08A队\uff09", "张䶮", "洁芳社区")
    for typed in (
        "合唱团",
        "lvsehechang",
        "jfsqlshct",
        "a队",
        "张䶮",
        "zhangyan",
        "zy",
        "jiefang",
        " 绿 色 ",
        "LVSE",
    ):
        assert search_text(typed) in key


def test_a_search_does_not_reach_across_two_fields():
    assert "团张" not in search_key("合唱团", "张三", "东湖社区")


def test_what_the_name_begins_with_stands_after_a_tab():
    key = search_key("洁芳合唱团", "洁芳", "洁芳社区")
    assert [key.count(f"\t{typed}") for typed in ("洁芳", "jiefang", "jf", "合唱", "jfsq")] == [1, 1, 1, 0, 0]


def test_an_organization_is_also_found_by_former_names_numbers_phones_and_remarks():
    organization = Organization(
        "1",
        "合唱团",
        filing_number="XX街社备〔2019〕第 012 号",
        credit_code="51330482MJ90012345",
        phones=("138 0000-0104", "0573-85012345"),
        remarks="每周六\n排练",
        former_names=("东湖歌友会",),
    )
    key = with_keys(organization, "东湖社区").search_key
    for typed in ("2019〕第012", "mj90012345", "0104", "85012345", "每周六排", "歌友会", "dhgyh"):
        assert search_text(typed) in key


def test_rare_characters_and_letters_are_kept():
    assert search_text("tiaojie") in search_key("矛盾调解室", "", "")
    assert "李𬭎" in search_key("甲队", "李𬭎", "")
    assert "greenclub" in search_key("Green Club", "", "")


def test_order_is_that_of_pinyin():
    names = ["张家村", "安居社区", "永丰社区", "百花社区", "李家村", "安定社区"]
    assert sorted(names, key=sort_key) == ["安定社区", "安居社区", "百花社区", "李家村", "永丰社区", "张家村"]


def test_equal_sounds_keep_equal_characters_together():
    names = ["李一", "里二", "李三", "里四"]
    ordered = sorted(names, key=sort_key)
    assert [name[0] for name in ordered] in (["李", "李", "里", "里"], ["里", "里", "李", "李"])


def _two_values(field: Field) -> tuple[Any, Any]:
    match field.kind:
        case FieldKind.TEXTS | FieldKind.PHONES:
            return ("13800000001",), ("13900000002",)
        case FieldKind.CHOICE:
            return tuple(field.choices or ())[:2]
        case FieldKind.WHOLE | FieldKind.YEAR | FieldKind.MONEY | FieldKind.AREA:
            return 2024, 2025
        case FieldKind.DATE:
            return PartialDate(2024), PartialDate(2025)
        case FieldKind.YES_NO:
            return False, True
    return "甲", "乙"


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)
def test_the_key_of_a_ledger_hangs_on_the_fields_that_are_said(ledger: Ledger) -> None:
    values = {field.name: _two_values(field) for field in ledger.fields}
    record = ledger.kind("1", **{name: first for name, (first, _) in values.items()})
    named = [SimpleNamespace(id=each, name=each, title=each) for each in ("甲", "乙")]
    links = LinkBook({field.target: named for field in ledger.links if field.target})
    changing = {
        name
        for name, (_, second) in values.items()
        if ledger_key(ledger, replace(record, **{name: second}), links) != ledger_key(ledger, record, links)
    }
    links_shown = {field.name for field in ledger.links}
    assert changing - links_shown == ledger_key_fields(ledger) - links_shown
    assert links_shown <= ledger_key_fields(ledger)


def test_the_keys_of_an_organization_hang_on_the_fields_that_are_said() -> None:
    one = Organization("1", "甲队", "c1", principal="王甲", phones=("1",), former_names=("旧名",))
    others: dict[str, Any] = {
        each.name: ("别的",) if isinstance(each.default, tuple) else "别的" for each in fields(Organization)
    }
    keys = with_keys(one, "社区")
    for name in others.keys() - {"id", "version", "search_key", "sort_key", "community_id"}:
        other = with_keys(replace(one, **{name: others[name]}), "社区")
        same = (other.search_key, other.sort_key) == (keys.search_key, keys.sort_key)
        assert same is (name not in ORGANIZATION_KEY_FIELDS), name
    assert with_keys(one, "别的").search_key != keys.search_key
