"""普通格式 (公示, 告知书) with its receipt, measured in the finished PDF."""

from dataclasses import replace
from itertools import pairwise

import pytest

from core.errors import DocumentFailed
from core.model.document import (
    DocumentFormat,
    Paragraph,
    Receipt,
    ReceiptField,
    Table,
    TableColumn,
)
from core.paper.render import ReportLabPaper
from tests.paper.conftest import Build, Print, near

EM, PITCH = 16 * 25.4 / 72, 225 / 22
RECEIPT = Receipt(
    (
        (ReceiptField("送达文书", "《社会组织年度考核结果告知书》\uff08临街告〔2026〕17号\uff09"),),
        (ReceiptField("受送达单位", "东湖社区合唱团"),),
        (ReceiptField("签收人"), ReceiptField("签收日期", "　　　年　　月　　日")),
        (ReceiptField("送达人"),),
    )
)


@pytest.fixture
def a_plain_one(a_document: Build) -> Build:
    plain = a_document(
        format=DocumentFormat.PLAIN,
        number="临街告〔2026〕17号",
        title=("社会组织", "年度考核", "结果", "告知书"),
        addressee="东湖社区合唱团",
        paragraphs=(Paragraph("你单位2025年度考核得分92.50分，评定等次为优秀。"),),
        printed_by="",
        copy_to="",
    )
    return lambda **changes: replace(plain, **changes)


def test_title_stands_on_top_and_nothing_is_red(a_plain_one: Build, print_document: Print) -> None:
    [page] = print_document(a_plain_one())
    assert "文件" not in page.text
    assert page.rules() == []
    title, number = page.find("社会组织年度考核结果告知书"), page.find("临街告〔2026〕17号")
    assert (title[0].left + title[-1].right) / 2 == near(106)
    line_box = (34 - 22) / 2 * 25.4 / 72
    assert title[0].y == near(37 + PITCH + line_box + 0.86 * 22 * 25.4 / 72)
    assert number[-1].right == near(184)
    assert page.find("东湖社区")[0].y - number[0].y == near(2 * PITCH)
    assert page.find("东湖社区")[0].left == near(28)


def test_without_number_and_addressee_the_text_follows_a_blank_line(
    a_plain_one: Build, print_document: Print
) -> None:
    [page] = print_document(a_plain_one(number="", addressee="", title=("公示",)))
    title, text = page.find("公示"), page.find("你单位")
    title_end = title[0].y + 0.14 * 22 * 25.4 / 72 + (34 - 22) / 2 * 25.4 / 72
    assert text[0].y - title_end == near(PITCH + (PITCH - EM) / 2 + 0.86 * EM)
    assert text[0].left == near(28 + 2 * 156 / 28)


def test_receipt_stands_at_the_foot(a_plain_one: Build, print_document: Print) -> None:
    [page] = print_document(a_plain_one(receipt=RECEIPT))
    cut, *upon = sorted(page.rules(), key=lambda rule: rule.top)
    assert (cut.left, cut.right) == (near(28), near(184))
    assert [rule.dashed for rule in (cut, *upon)] == [True, False, False]
    assert cut.top > page.find("2026年1月5日")[0].bottom + 5
    title = page.find("送达回执")
    assert (title[0].left + title[-1].right) / 2 == near(106)
    assert title[0].top > cut.bottom
    labels = [page.find(text)[0] for text in ("送达文书：", "受送达单位：", "签收人：", "送达人：")]
    assert [label.left for label in labels] == [near(28)] * 4
    assert [below.y - above.y for above, below in pairwise(labels)] == [near(8)] * 3
    assert labels[-1].y == near(262 - (8 - 4.94) / 2 - 0.14 * 4.94)
    assert len(upon) == 2
    assert upon[0].left == near(page.find("签收人：")[-1].right)
    assert upon[1].right == near(184)
    day = page.find("年月日")
    assert day[0].y == near(page.find("签收日期")[0].y)


@pytest.mark.parametrize("lines", range(1, 22))
def test_receipt_is_kept_together(a_plain_one: Build, print_document: Print, lines: int) -> None:
    pages = print_document(a_plain_one(receipt=RECEIPT, paragraphs=(Paragraph("认真做好工作"),) * lines))
    said = [text for text in ("送达回执", "送达文书", "签收日期", "送达人") if text in pages[-1].text]
    assert len(said) == 4
    assert not any("送达" in page.text for page in pages[:-1])
    cut = min(rule.top for rule in pages[-1].rules())
    assert all(each.bottom < cut or each.top > cut for each in pages[-1].characters() if each.text.strip())


@pytest.mark.parametrize(("lines", "share"), [(7, 1.0), (8, 0.96), (10, 0.835), (11, 1.0)])
def test_receipt_stays_under_a_letter_whose_lines_come_a_little_closer(
    a_plain_one: Build, print_document: Print, lines: int, share: float
) -> None:
    pages = print_document(a_plain_one(receipt=RECEIPT, paragraphs=(Paragraph("认真做好工作"),) * lines))
    step = pages[0].find("认真做好工作")[0].y - pages[0].find("东湖社区合唱团")[0].y
    assert step == near(share * PITCH, 0.05)
    assert "2026年1月5日" in pages[0].text
    assert ["送达回执" in page.text for page in pages] == ([True] if lines <= 10 else [False, True])


def test_imprint_stands_above_the_receipt(a_plain_one: Build, print_document: Print) -> None:
    [page] = print_document(a_plain_one(receipt=RECEIPT, printed_by="社会事务办", copy_to="区民政局"))
    cut = page.find("送达回执")[0].top
    above = [rule for rule in page.rules() if rule.bottom < cut]
    assert len(above) == 4
    assert page.find("社会事务办")[0].bottom < sorted(rule.top for rule in above)[2]


def test_blank_label_longer_than_its_line_leaves_room_to_write(
    a_plain_one: Build, print_document: Print
) -> None:
    long = Receipt(
        ((ReceiptField("受送达单位签收人\uff08签名、盖章并注明日期\uff09" * 2), ReceiptField("送达人")),)
    )
    [page] = print_document(a_plain_one(receipt=long))
    _, first, second = sorted(page.rules(), key=lambda rule: (rule.left, rule.top))
    assert min(rule.right - rule.left for rule in (first, second)) >= 20


def test_a_field_takes_what_its_neighbour_can_spare(a_plain_one: Build, print_document: Print) -> None:
    ways = ReceiptField("送达方式", "□直接　□邮寄　□留置")
    [page] = print_document(a_plain_one(receipt=Receipt(((ReceiptField("送达人"), ways),))))
    assert "□直接　□邮寄　□留置" in page.text
    _, upon = sorted(page.rules(), key=lambda rule: rule.top)
    assert upon.right - upon.left >= 20
    assert upon.right < page.find("送达方式")[0].left


def test_receipt_too_high_for_a_page_is_refused(a_plain_one: Build, paper: ReportLabPaper) -> None:
    high = Receipt(((ReceiptField("备注"),),) * 30)
    with pytest.raises(DocumentFailed, match="送达回执在一页里放不下"):
        paper.document(a_plain_one(receipt=high))


def test_plain_one_says_this(a_plain_one: Build, print_document: Print) -> None:
    table = Table((TableColumn("名称", 3), TableColumn("等次", 1)), (("合唱团", "优秀"),))
    paragraphs = (Paragraph("结果如下："), table, Paragraph("特此告知。"))
    [page] = print_document(a_plain_one(paragraphs=paragraphs, receipt=RECEIPT))
    assert page.text.split("\n") == [
        "社会组织年度考核结果告知书",
        "临街告〔2026〕17号",
        "东湖社区合唱团：",
        "结果如下：",
        "名称 等次",
        "合唱团 优秀",
        "特此告知。",
        "临江街道办事处",
        "2026年1月5日",
        "送达回执",
        "送达文书：《社会组织年度考核结果告知书》\uff08临街告〔2026〕17号\uff09",
        "受送达单位：东湖社区合唱团",
        "签收人： 签收日期：　　　年　　月　　日",
        "送达人：",
        "— 1 —",
    ]
