"""Lists of people, tables between the lines and headings of four levels, measured in the finished PDF."""

from itertools import pairwise

import pytest

from core.errors import DocumentFailed
from core.model.document import (
    DocumentFormat,
    Paragraph,
    People,
    Person,
    Table,
    TableColumn,
)
from core.paper.people import padded_name
from core.paper.render import ReportLabPaper
from tests.paper.conftest import Build, Print, near

EM, CELL, PITCH = 16 * 25.4 / 72, 156 / 28, 225 / 22
POST = "街道党工委副书记、政法委员，分管社会组织培育发展、登记备案和年度考核等工作"
LEADERS = (
    People("组长", (Person("张三", "街道党工委书记"),)),
    People("副组长", (Person("李四光", "街道办事处主任"), Person("王五", POST))),
    People("成员", (Person("赵一鸣", "社会事务办主任"), Person("钱多", "财政所所长"))),
)
MONEY = (
    TableColumn("序号", 2),
    TableColumn("组织名称", 8, "left"),
    TableColumn("金额", 4, "right"),
    TableColumn("领款人签名", 4, "center", 35),
)
PLAIN = {"printed_by": "", "copy_to": "", "format": DocumentFormat.PLAIN, "number": ""}


def money(rows: int) -> Table:
    lines = tuple((str(n), f"东湖社区第{n}队", "5000.00", "") for n in range(1, rows + 1))
    return Table(MONEY, lines, ("", "合计", f"{5000 * rows}.00", ""), 11)


def uprights(page) -> list[float]:
    """Where the upright rules of a page stand."""
    return sorted({round(rule.left, 1) for rule in page.rules() if rule.right - rule.left < 1})


@pytest.mark.parametrize(
    ("name", "padded"),
    [
        ("张三", "张　三"),
        ("李四光", "李四光"),
        ("欧阳修远", "欧阳修远"),
        ("Li", "Li"),
        ("甲1", "甲1"),
        ("", ""),
    ],
)
def test_names_of_two_are_padded(name: str, padded: str) -> None:
    assert padded_name(name) == padded


def test_names_and_posts_stand_in_columns(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(paragraphs=LEADERS, title=("通知",), **PLAIN))[0]
    labels = [page.find(text) for text in ("组长：", "副组长：", "成员：")]
    assert [label[0].left for label in labels] == [near(28 + 2 * CELL)] * 3
    assert [label[-1].x for label in labels] == [near(28 + 5 * CELL, 0.5)] * 3
    for name in ("张三街", "李四光街", "王五街", "赵一鸣社", "钱多财"):
        written = page.find(name)
        assert written[0].left == near(28 + 6 * CELL)
        assert written[-2].right == near(28 + 9 * CELL, 0.35)
        assert written[-1].left == near(28 + 10 * CELL)


def test_a_post_turns_over_under_its_first_character(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(paragraphs=LEADERS, title=("通知",), **PLAIN))[0]
    start = page.find(POST[:8])[0]
    post = [
        each
        for each in page.characters()
        if start.y - 0.1 < each.y < start.y + 3 * PITCH and each.text.strip()
    ]
    lines = {round(each.y, 1): each for each in reversed(post) if each.left >= start.left - 0.1}
    assert [each.left for each in lines.values()][-2:] == [near(start.left)] * 2
    assert POST in "".join(page.text.split())


def test_a_long_name_and_a_long_label_have_lines_of_their_own(
    a_document: Build, print_document: Print
) -> None:
    name = "临江街道社会组织联合会暨志愿服务总队" * 5
    lists = (
        People("领导小组办公室主任兼联络员", (Person("张三", "社会事务办主任"),)),
        People("成员单位", (Person(name[:80], "会长"), Person("艾山·买买提", "副会长"))),
    )
    pages = print_document(a_document(paragraphs=lists, title=("通知",), **PLAIN))
    text = "".join("".join(page.text.split()) for page in pages).replace("—1—", "")
    assert f"领导小组办公室主任兼联络员：张三社会事务办主任成员单位：{name[:80]}会长艾山·买买提副会长" in text
    for page in pages:
        assert max(each.right for each in page.characters()) <= 184 + 0.1


def test_a_person_is_not_parted_over_two_pages(a_document: Build, print_document: Print) -> None:
    for lines in range(13, 22):
        text = (*(Paragraph("认真做好工作"),) * lines, *LEADERS)
        for page in print_document(a_document(paragraphs=text, **PLAIN)):
            assert ("王　五" in page.text) == ("和年度考核等工作" in page.text.replace("\n", ""))


def test_list_without_people_shows_its_label(a_document: Build, print_document: Print) -> None:
    lists = (People("组长", (Person("张三", "书记"),)), People("成员", ()))
    page = print_document(a_document(paragraphs=lists))[0]
    assert "组长：张　三 书记\n成员：" in page.text


def test_text_stands_on_the_grid_again_after_a_table(a_document: Build, print_document: Print) -> None:
    text = (Paragraph("街" * 26), money(3), Paragraph("街" * 80))
    page = print_document(a_document(paragraphs=text, title=("通知",), **PLAIN))[0]
    first = page.find("街街街街街")[0]
    others = sorted(
        {round(each.y, 2) for each in page.characters() if each.text == "街" and each.y > first.y + 0.1}
    )
    others.pop()  # 临江街道办事处 under the text
    assert len(others) == 3
    assert [(y - first.y) / PITCH for y in others] == [
        near(round((y - first.y) / PITCH), 0.03) for y in others
    ]
    rules = sorted(rule.top for rule in page.rules() if rule.right - rule.left > 100)
    assert rules[0] > first.y + 0.14 * EM + 3
    assert others[0] - 0.86 * EM - rules[-1] > 3


def test_signature_column_and_row_height_have_their_room(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(paragraphs=(Paragraph("如下："), money(3)), title=("通知",), **PLAIN))[0]
    edges = uprights(page)
    assert edges[-1] - edges[-2] >= 35 - 0.1
    assert (edges[0], edges[-1]) == (near(28), near(184))
    heights = sorted({round(rule.top, 2) for rule in page.rules() if rule.right - rule.left > 100})[1:]
    assert [below - above for above, below in pairwise(heights)] == [near(11)] * 4
    total = page.find("合计")
    assert page.find("15000.00")[-1].right == near(edges[-2] - 0.9)
    assert total[0].left == near(edges[1] + 0.9)


@pytest.mark.parametrize("rows", range(1, 45))
def test_heads_are_repeated_and_no_row_is_ever_alone(
    a_document: Build, print_document: Print, rows: int
) -> None:
    text = (Paragraph("", "一、发放情况", 1), money(rows))
    pages = print_document(a_document(paragraphs=text, **PLAIN))
    tables = [
        page for page in pages if "东湖社区第" in page.text or "组织名称" in page.text or "合计" in page.text
    ]
    for page in tables:
        assert page.text.count("组织名称") == 1
        assert "东湖社区第" in page.text
        assert page.text.count("东湖社区第") + page.text.count("合计") > 1
    assert "合计" in tables[-1].text
    assert "2026年1月5日" in tables[-1].text
    written = "".join(page.text for page in pages)
    assert [written.count(f"东湖社区第{n}队") for n in range(1, rows + 1)] == [1] * rows
    heading = next(page for page in pages if "一、发放情况" in page.text)
    assert "东湖社区第1队" in heading.text
    for page in tables:
        assert max(rule.bottom for rule in page.rules()) <= 262.3


def test_an_empty_table_says_so(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(paragraphs=(Paragraph("如下："), Table(MONEY, ())), **PLAIN))[0]
    empty = page.find("无")
    assert (empty[0].left + empty[0].right) / 2 == near(106)
    assert page.find("组织名称")[0].y < empty[0].y


def test_a_table_too_wide_for_the_text_is_refused(a_document: Build, paper: ReportLabPaper) -> None:
    wide = Table(tuple(TableColumn(f"指标{n}名称", 1) for n in range(16)), (("九十八点五零",) * 16,))
    with pytest.raises(DocumentFailed, match="正文表格的列太多") as failed:
        paper.document(a_document(paragraphs=(Paragraph("如下："), wide)))
    assert "把表格改作附件" in failed.value.remedy_zh


def test_four_levels_of_headings_have_their_faces(a_document: Build, print_document: Print) -> None:
    heads = ("一、情况", "\uff08一\uff09等次", "1. 优秀", "\uff081\uff09名单")
    text = tuple(Paragraph("", head, level) for level, head in enumerate(heads, start=1))
    page = print_document(a_document(paragraphs=(*text, Paragraph("正文"))))[0]
    faces = {text: page.face(text) for text in ("情况", "等次", "优秀", "名单", "正文")}
    assert len({faces["情况"], faces["等次"], faces["正文"]}) == 3
    assert faces["优秀"] == faces["名单"] == faces["正文"]


@pytest.mark.parametrize("lines", range(1, 14))
def test_no_chain_of_headings_at_the_foot_of_a_page(
    a_document: Build, print_document: Print, lines: int
) -> None:
    heads = (
        Paragraph("", "一、甲题", 1),
        Paragraph("", "\uff08一\uff09乙题", 2),
        Paragraph("", "1. 丙题", 3),
    )
    text = (*(Paragraph("认真做好工作"),) * lines, *heads, Paragraph("正文" * 40))
    pages = print_document(a_document(paragraphs=text))
    page = next(each for each in pages if "一、甲题" in each.text)
    assert "一、甲题\n\uff08一\uff09乙题\n1. 丙题\n正文" in page.text


def test_names_newlines_and_markup_are_data(a_document: Build, print_document: Print) -> None:
    lists = (People("组\n长", (Person("张\u200d三", "<b>主任</b>&\r\n书记"),)),)
    table = Table((TableColumn("名\t称", 1),), (("<i>甲</i>\n乙",), (("丙\u200b", "丁"),)))
    page = print_document(a_document(paragraphs=(*lists, table), **PLAIN))[0]
    for text in ("组 长：", "张　三", "<b>主任</b>& 书记", "名 称", "<i>甲</i> 乙", "丙", "丁"):
        assert text in page.text


def test_characters_of_lists_and_tables_that_no_font_shows_are_named(
    a_document: Build, paper: ReportLabPaper
) -> None:
    text = (
        People("组长", (Person("张\ue000", "主任"),)),
        Table((TableColumn("名称", 1),), (("甲",),), ("\ue001",)),
    )
    found = paper.missing_in_document(a_document(paragraphs=text, note="\ue002", partners=("\ue003",)))
    assert [each.character for each in found] == ["\ue003", "\ue000", "\ue001", "\ue003", "\ue002"]
    assert found[1].field == "组长"


def test_founding_notice_says_this(a_document: Build, print_document: Print) -> None:
    text = (
        Paragraph("现将有关事项通知如下："),
        Paragraph("", "一、组成人员", 1),
        LEADERS[0],
        LEADERS[2],
        Paragraph("", "二、补助资金", 1),
        money(2),
        Paragraph("特此通知。"),
    )
    document = a_document(paragraphs=text, title=("关于", "成立", "领导小组", "的通知"), addressee="")
    head = "序号 组织名称 金额 领款人签名"
    assert [page.text.split("\n") for page in print_document(document)] == [
        [
            "临江街道办事处文件",
            "临街办〔2026〕3号",
            "关于成立领导小组的通知",
            "现将有关事项通知如下：",
            "一、组成人员",
            "组长：张　三 街道党工委书记",
            "成员：赵一鸣 社会事务办主任",
            "钱　多 财政所所长",
            "— 1 —",
        ],
        [
            "二、补助资金",
            head,
            "1 东湖社区第1队 5000.00",
            "2 东湖社区第2队 5000.00",
            "合计 10000.00",
            "特此通知。",
            "临江街道办事处",
            "2026年1月5日",
            "抄送：区民政局。",
            "临江街道社会事务办 2026年1月6日印发",
            "— 2 —",
        ],
    ]
