"""Names, words and marks of a document: those of the register, forbidden ones, personal data, leftovers."""

from dataclasses import replace

import pytest

from core.model.document import DocumentFormat
from core.model.document_check import DocumentCheck
from core.rules.document_checks import check_document
from tests.core.checked_documents import KNOWN, NAMES, a_document, a_table, an_annex, finding_in, found_in

NAME, WORD, PERSONAL, LEFTOVER = (
    DocumentCheck.NAME,
    DocumentCheck.WORD,
    DocumentCheck.PERSONAL,
    DocumentCheck.LEFTOVER,
)
CHOIR, WATCH, PATROL, LEAGUE = NAMES


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“东湖社区合唱队”获奖。", "东湖社区合唱队"),
        ("“东湖社区合唱”获奖。", "东湖社区合唱"),
        ("“松枫社区作风监督志愿者队”获奖。", "松枫社区作风监督志愿者队"),
        ("“松枫村作风监督志愿队”获奖。", "松枫村作风监督志愿队"),
        ("“凤凰合唱团”获奖。", "凤凰合唱团"),
        (f"{CHOIR}、凤凰社区平安巡罗队等2个组织获奖。", "凤凰社区平安巡罗队"),
    ],
)
def test_names_that_are_nearly_right(text: str, words: str) -> None:
    known = replace(KNOWN, former_names={"凤凰合唱团": CHOIR})
    assert found_in(a_document(text), known) == [(NAME, words)]


@pytest.mark.parametrize(
    "text",
    [
        f"“{CHOIR}”获奖。",
        "“十五五”时期，“优秀社会组织”称号。",
        "“北山社区舞蹈队”获奖。",
        f"{CHOIR}、{PATROL}等2个组织获奖。",
        "东湖社区合唱队的组织形式要规范。",
    ],
)
def test_names_that_are_right_or_of_others(text: str) -> None:
    assert found_in(a_document(text)) == []


def test_the_remedy_names_the_right_name() -> None:
    known = replace(KNOWN, names=("艺术团(东区)", *NAMES), former_names={"凤凰合唱团": CHOIR})
    assert CHOIR in finding_in(a_document("“东湖社区合唱队”"), known).message
    assert CHOIR in finding_in(a_document("“凤凰合唱团”"), known).remedy
    assert "“艺术团(东区)”" in finding_in(a_document("“艺术团\uff08东区\uff09”"), known).remedy


def test_a_list_of_organizations_holds_only_known_ones() -> None:
    rows = (f"1 {CHOIR}", "2 北山社区舞蹈队", "3 东湖社区合唱团", "合计 3个")
    listed = a_document(a_table("序号 组织名称", *rows))
    others = a_document(a_table("序号 名称", *rows))

    assert found_in(listed) == [(NAME, "北山社区舞蹈队")]
    assert finding_in(listed).place == "正文表格第2行“组织名称”"
    assert found_in(others) == []


def test_what_else_was_assessed_may_stand_in_the_list() -> None:
    listed = a_document(a_table("序号 组织名称", "1 北山社区", "2 凤凰合唱团"))
    known = replace(KNOWN, other_names=("北山社区", "凤凰合唱团"), former_names={"凤凰合唱团": CHOIR})
    assert found_in(listed, known) == [(NAME, "凤凰合唱团")]


def test_an_addressee_that_is_an_organization_is_one_of_the_register() -> None:
    assert found_in(a_document("如下：", addressee="东湖社区合唱队")) == [(NAME, "东湖社区合唱队")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("开展示范创建活动。", ["示范创建"]),
        ("予以表彰。", ["表彰"]),
        ("因获区级表彰加2分，获省表彰加3分。", []),
        ("根据《表彰奖励办法》，予以通报表扬。", []),
        ("予以示范，创建文明社区。", []),
    ],
)
def test_words_that_the_office_does_not_use(text: str, words: list[str]) -> None:
    known = replace(KNOWN, forbidden_words=("示范创建",), praise_verb="通报表扬")
    assert found_in(a_document(text), known) == [(WORD, each) for each in words]


def test_an_office_that_commends_may_say_so() -> None:
    assert found_in(a_document("予以表彰。"), replace(KNOWN, praise_verb="表彰")) == []


def test_of_forbidden_words_in_one_another_the_longest_is_found() -> None:
    known = replace(KNOWN, forbidden_words=("创建", "示范创建", ""))
    assert found_in(a_document("示范创建和创建。"), known) == [(WORD, "示范创建"), (WORD, "创建")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("联系人手机13812345678。", ["13812345678"]),
        ("电话：0573-83912345。", ["0573-83912345"]),
        ("联系电话：83912345。", ["83912345"]),
        ("身份证号330411199003071238。", ["330411199003071238"]),
        ("身份证号33041119900307123x。", ["33041119900307123x"]),
        ("开户行账号：1204 0600 0920 1234 567。", ["1204 0600 0920 1234 567"]),
        ("卡号6222021204001234567。", ["6222021204001234567"]),
        ("联系电话：0573-88888888。", []),
        ("联系电话：88888888。", []),
        ("身份证号330411********1238。", []),
        ("统一社会信用代码52330411MJ9123456X，编号20260108。", []),
        ("手机尾号5678，金额12345678元。", []),
    ],
)
def test_a_public_notice_leaves_out_personal_data(text: str, words: list[str]) -> None:
    public = a_document(text, title=("关于考核结果的公示",), format=DocumentFormat.PLAIN, number="")
    known = replace(KNOWN, contact_phones=("0573-88888888",))

    assert found_in(public, known) == [(PERSONAL, each) for each in words]
    assert found_in(a_document(text), known) == []
    assert found_in(a_document(text, title=("名单",)), replace(known, genre="公示"))[1:] == [
        (PERSONAL, each) for each in words
    ]


def test_phones_are_found_in_tables_too() -> None:
    annex = an_annex(a_table("事项 手机", "甲 13812345678"))
    public = a_document("见附件1。", title=("公示",), annexes=(annex,))
    assert finding_in(public).place == "附件1第1行“手机”"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("由{组织名称}承担。", "{组织名称}"),
        ("××社区承担。", "××"),
        ("由XX社区承担。", "XX"),
        ("由某某承担。", "某某"),
        ("时间____。", "____"),
        ("时间待定。", "待定"),
        ("名单\uff08\uff09如下。", "\uff08\uff09"),
        ("通报如下：：", "：："),
        ("甲，，乙。", "，，"),
        ("甲，。", "，。"),
        ("甲、；乙。", "、；"),
        ("通报如下:", ":"),
        ("甲,乙。", ","),
        ("名单(见附表\uff09。", "("),
    ],
)
def test_what_was_left_over(text: str, words: str) -> None:
    assert found_in(a_document(text)) == [(LEFTOVER, words)]


@pytest.mark.parametrize(
    "text",
    [
        "因2个组织得分并列待定。",
        "面积3×4米，尺码XXL，比分3:2。",
        "真的吗？！太好了！！！……——完。",
        "参见A,B两项，增长3.5%。",
        "某街道、某社区。",
        "招待客人。",
    ],
)
def test_marks_that_may_stand(text: str) -> None:
    assert found_in(a_document(text)) == []


def test_names_keep_the_marks_that_their_owners_write() -> None:
    known = replace(KNOWN, names=(*NAMES, "合唱团(东区)"), other_names=("沐阳(通界桥)社区",))
    table = a_table("组织名称 社区", "合唱团(东区) 沐阳(通界桥)社区")
    assert found_in(a_document("合唱团(东区)获奖，属沐阳(通界桥)社区。", table), known) == []
    assert found_in(a_document("合唱团(西区)获奖。"), known) == [(LEFTOVER, "("), (LEFTOVER, ")")]


def test_the_same_word_in_one_paragraph_is_told_once() -> None:
    known = replace(KNOWN, forbidden_words=("创建",))
    found = check_document(a_document("创建和创建。", "又创建。"), known)
    assert [each.place for each in found] == ["正文第1段", "正文第2段"]
