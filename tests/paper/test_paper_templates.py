"""The first pages of the shipped letters, minutes, notices and slips, measured in the finished PDF."""

from datetime import date

import pytest

from core.model.document import OfficialDocument
from core.model.facts import Row
from core.model.office import Office
from core.model.organization import WorkGroup
from core.rules.document_filling import PaperFrame, fill
from core.rules.facts_groups import GroupRegister, group_row
from core.rules.facts_office import office_facts
from core.services.document_templates import shipped_templates
from tests.core.small_register import CULTURE, PARTY, PEOPLE, posts
from tests.paper.conftest import Print, ReadPage, near

CELL, PITCH = 156 / 28, 225 / 22
DAY = date(2026, 1, 8)
OFFICE = Office("office", "临江街道办事处", document_code="临街办", contact_phone="0571-12345678")
GROUPS = tuple(WorkGroup(f"g{n}", "", name) for n, name in enumerate("甲乙丙丁戊己庚文辛"))
LISTED = (("周", "街道党工委书记"), ("李四光", "街道党工委副书记"))
PEOPLE_KNOWN = group_row(
    GroupRegister(
        GROUPS,
        posts(GROUPS),
        {each.id: each for each in PEOPLE},
        {each.id: each.name for each in (PARTY, CULTURE)},
        {},
    ),
    DAY,
)


def filled(code: str, number: str, facts: Row | None = None) -> OfficialDocument:
    frame = PaperFrame(OFFICE, number, DAY, DAY)
    return fill(shipped_templates()[code], {**office_facts(OFFICE, 2025, DAY), **(facts or {})}, frame)


def centre(page: ReadPage, text: str) -> float:
    found = page.find(text)
    return (found[0].left + found[-1].right) / 2


@pytest.mark.parametrize("code", ["letter-request", "letter-reply"])
def test_letters(code: str, print_document: Print) -> None:
    letter = filled(code, "临街办函〔2026〕5号")
    [page] = print_document(letter)
    head, number = page.find("临江街道办事处"), page.find("临街办函〔2026〕5号")
    assert min(each.top for each in head) == near(30)
    assert number[-1].right == near(184)
    assert centre(page, "".join(letter.title)) == near(106)
    assert page.find("××××：")[0].left == near(28)
    last = "妥否，请函复。" if code == "letter-request" else "特此函复。"
    closing, day = page.find(last), page.find("2026年1月8日")
    assert closing[0].left == near(28 + 2 * CELL)
    assert day[-1].right == near(184 - 4 * CELL)
    assert day[0].y - closing[0].y == near(4 * PITCH)
    assert "— 1 —" not in page.text


def test_minutes(print_document: Print) -> None:
    first, *_others, last = print_document(filled("minutes", "临街办纪〔2026〕1号", PEOPLE_KNOWN))
    assert min(each.top for each in first.find("临江街道办事处会议纪要")) == near(72)
    assert centre(first, "社区社会组织工作领导小组会议纪要") == near(106)
    assert first.find("××月")[0].left == near(28 + 2 * CELL)
    present = last.find("出席：周正、李四光、王五、欧阳修远、赵一鸣")
    assert present[0].left == near(28 + 2 * CELL)
    assert "2026年1月8日印发" in last.text


def test_founding_notice_lists_people_in_columns(print_document: Print) -> None:
    facts = {**PEOPLE_KNOWN, "主送": "各社区"}
    first, *_others = print_document(filled("founding-notice", "临街办〔2026〕1号", facts))
    assert min(each.top for each in first.find("临江街道办事处文件")) == near(72)
    assert first.find("各社区：")[0].left == near(28)
    labels = [first.find(text) for text in ("组长：", "第一副组长：")]
    assert [each[0].left for each in labels] == [near(28 + 2 * CELL)] * 2
    names, titles = zip(*[(first.find(name)[0], first.find(post)[0]) for name, post in LISTED], strict=True)
    assert [each.left for each in names] == [near(28 + 8 * CELL)] * len(LISTED)
    assert [each.left for each in titles] == [near(titles[0].left)] * len(LISTED)
    assert [each.y for each in names] == [near(each.y) for each in titles]


def test_a_filing_notice_goes_with_its_receipt(print_document: Print) -> None:
    facts: Row = {
        "组织": "东湖社区合唱团",
        "事项": "变更",
        "申请日期": "2025年12月22日",
        "办结日期": "2026年1月5日",
        "变更内容": "负责人",
        "变更前": "孙悟空",
        "变更后": "沈括",
        "备案号": "",
    }
    [page] = print_document(filled("filing-change", "临街办备〔2026〕1号", facts))
    assert page.find("社区社会组织变更备案通知书")[0].y == near(
        37 + PITCH + (34 - 22) / 2 * 25.4 / 72 + 0.86 * 22 * 25.4 / 72
    )
    assert page.find("临街办备〔2026〕1号")[-1].right == near(184)
    assert page.find("东湖社区合唱团：")[0].left == near(28)
    assert page.find("2026年1月8日")[-1].right == near(184 - 4 * CELL)
    labels = [page.find(text)[0] for text in ("送达文书：", "受送达单位：", "签收人：", "送达人：")]
    assert [each.left for each in labels] == [near(28)] * 4
    assert labels[-1].y == near(262 - (8 - 4.94) / 2 - 0.14 * 4.94)
