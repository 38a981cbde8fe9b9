from core.model.organization import Organization
from core.rules.search_keys import search_key, search_text, sort_key, with_keys


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
