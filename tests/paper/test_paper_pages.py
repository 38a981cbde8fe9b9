"""Where pages begin and end: signature, annexes, 版记, margins and numbers, for every format."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest

from core.errors import DocumentFailed
from core.model.document import (
    Annex,
    DocumentFormat,
    Paragraph,
    People,
    Person,
    Table,
    TableColumn,
)
from core.model.office import LinePitch
from core.paper.render import ReportLabPaper
from core.ports import unwatched
from tests.paper.conftest import NEAR, Build, Print, near

PITCH = 225 / 22
TEXT = "认真做好考核工作"
COLUMNS = (TableColumn("序号", 2), TableColumn("组织名称", 6, "left"), TableColumn("得分", 2, "right"))
ROSTER = Table(COLUMNS, tuple((str(n), f"第{n}队", "98.50") for n in range(1, 61)))
WIDE = Table(tuple(TableColumn(f"指标{n}名称", 1) for n in range(12)), (("九十八点五零",) * 12,) * 40)
SHAPES: dict[str, dict[str, Any]] = {
    "ordinary": {},
    "letter": {"format": DocumentFormat.LETTER, "red_head": "临江街道办事处"},
    "plain": {"format": DocumentFormat.PLAIN},
    "joint": {"partners": ("临江街道总工会", "临江街道妇联", "临江街道团委", "临江街道残联")},
    "joint without seals": {"partners": ("临江街道总工会", "临江街道妇联"), "seal": False},
    "stamp": {"stamp_posts": ("主任",), "note": "此件公开发布"},
    "upward": {"signers": ("张三", "李四光", "王五"), "secrecy": "机密★1年"},
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("line_pitch", LinePitch)
def test_signature_never_stands_alone(
    a_document: Build, print_document: Print, shape: str, line_pitch: LinePitch
) -> None:
    for lines in range(1, 32):
        document = a_document(
            paragraphs=(Paragraph(TEXT),) * lines, printed_by="", line_pitch=line_pitch, **SHAPES[shape]
        )
        pages = print_document(document)
        dated = next(page for page in pages if "2026年1月5日" in page.text)
        text = [each for each in dated.characters() if each.text in TEXT]
        assert min(each.y for each in text) < dated.find("2026年1月5日")[0].y - 2 * 0.8 * PITCH
        written = "".join("".join(page.text.split()) for page in pages).replace("—1—", "").replace("—2—", "")
        assert written.count(TEXT) == lines
        first = pages[0].text.replace("\n", "")
        assert "认真" in first


@pytest.mark.parametrize("shape", SHAPES)
def test_imprint_stands_at_the_foot_of_the_last_page(
    a_document: Build, print_document: Print, shape: str
) -> None:
    for lines in (1, 9, 15, 25):
        page = print_document(a_document(paragraphs=(Paragraph(TEXT),) * lines, **SHAPES[shape]))[-1]
        copy_to = page.find("抄送：区民政局。")
        rows = 1 if shape == "letter" else 2
        assert copy_to[0].y == near(262 - 9 * rows + (9 - 4.94) / 2 + 0.86 * 4.94)
        above = [each for each in page.characters() if each.text in "日队" and each.y < copy_to[0].y]
        assert all(each.bottom < copy_to[0].top for each in above)


def test_imprint_may_stay_on_an_odd_page(a_document: Build, print_document: Print) -> None:
    assert len(print_document(a_document(two_sided=True))) == 2
    [page] = print_document(a_document(two_sided=True, imprint_on_even=False, title=("通知",)))
    assert "抄送" in page.text


@pytest.mark.parametrize("shape", SHAPES)
def test_margins_are_mirrored_for_two_sides(a_document: Build, print_document: Print, shape: str) -> None:
    text = (Paragraph("街" * 26),) * 60
    pages = print_document(a_document(paragraphs=text, two_sided=True, **SHAPES[shape]))
    for number, page in enumerate(pages[:3], start=1):
        full = [each for each in page.characters() if each.text == "街" and each.y > 200]
        left = 26 if number % 2 == 0 else 28
        assert min(each.left for each in full) == near(left + 2 * 156 / 28)
        assert max(each.right for each in full) == near(left + 156)


def test_annexes_apart_count_their_own_pages(a_document: Build, print_document: Print) -> None:
    annexes = (
        Annex("名单", (ROSTER,)),
        Annex("方案", (Paragraph("略"),), apart=True),
        Annex("表", (ROSTER,), True),
    )
    pages = print_document(a_document(annexes=annexes, paragraphs=(Paragraph(TEXT),) * 8))
    starts = [page.text.split("\n")[0] for page in pages]
    assert "附件1" in starts
    place = starts.index("临街办〔2026〕3号附件2")
    assert "抄送" in pages[place - 1].text
    assert "— 1 —" in pages[place].text
    assert starts[place + 1] == "临街办〔2026〕3号附件3"
    assert ["— 1 —" in pages[place + 1].text, "— 2 —" in pages[place + 2].text] == [True, True]
    head = pages[place].find("临街办〔2026〕3号附件2")
    assert head[0].left == near(28)
    assert head[0].y == near(44.15)
    assert "附件：1. 名单\n2. 方案\n3. 表" in "".join(page.text for page in pages)


def test_annexes_apart_begin_on_the_front_of_a_sheet(a_document: Build, print_document: Print) -> None:
    annexes = (Annex("方案", (Paragraph("略"),), apart=True), Annex("表", (Paragraph("略"),), True))
    pages = print_document(a_document(annexes=annexes, two_sided=True))
    starts = [page.text.split("\n")[0] for page in pages]
    for place in (1, 2):
        assert starts.index(f"临街办〔2026〕3号附件{place}") % 2 == 0
    assert pages[starts.index("临街办〔2026〕3号附件2")].find("略")[0].left == near(28 + 2 * 156 / 28)


@pytest.mark.parametrize("two_sided", [False, True])
def test_turned_annexes_have_their_head_at_the_left_and_the_number_below(
    a_document: Build, print_document: Print, two_sided: bool
) -> None:
    pages = print_document(a_document(annexes=(Annex("分项得分", (WIDE,)),), two_sided=two_sided))
    turned = [(number, page) for number, page in enumerate(pages, start=1) if "九十" in page.text]
    assert len(turned) > 2
    for number, page in turned:
        left = 26 if two_sided and number % 2 == 0 else 28
        rules = page.rules()
        assert min(rule.left for rule in rules) >= left - NEAR
        assert max(rule.right for rule in rules) <= left + 156 + NEAR
        head, cell = page.find("指标"), page.find("九十")
        assert head[0].x < cell[0].x
        assert head[1].y < head[0].y
        written = page.find(f"—{number}—")
        assert written[0].y == near(written[-1].y, 0.1)
        assert written[0].top == near(269)
        edge = (written[-1].right, left + 156 - 4.94) if number % 2 else (written[0].left, left + 4.94)
        assert edge[0] == near(edge[1])


def test_a_long_title_of_an_annex_is_parted_by_words(a_document: Build, print_document: Print) -> None:
    title = "临江街道二〇二五年度社会组织考核结果及扶持资金发放情况一览表"
    page = print_document(a_document(annexes=(Annex(title, (Paragraph("略"),)),)))[1]
    lines = page.text.split("\n")[1:3]
    assert "".join(lines) == title
    for number, line in enumerate(lines):
        written = page.find(line)
        assert (written[0].left + written[-1].right) / 2 == near(106)
        assert written[0].y - page.find(lines[0])[0].y == near(number * PITCH)
    assert page.find("略")[0].y - page.find("附件")[0].y == near(5 * PITCH)


def test_people_and_tables_also_stand_in_annexes(a_document: Build, print_document: Print) -> None:
    people = People("组长", (Person("张三", "书记"),))
    annex = Annex("名单", (people, Table(COLUMNS, (("1", "合唱团", "98"),)), Paragraph("特此说明。")))
    page = print_document(a_document(annexes=(annex,)))[1]
    assert "组长：张　三 书记\n序号 组织名称 得分\n1 合唱团 98\n特此说明。" in page.text
    after, title = page.find("特此说明")[0], page.find("附件")[0]
    assert (after.y - title.y) / PITCH == near(round((after.y - title.y) / PITCH), 0.03)


def test_addressees_move_to_the_imprint(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(addressee_below=True, title=("通知",)))[0]
    first, middle, last = sorted(page.rules(), key=lambda rule: rule.top)[-3:]
    named, copied = page.find("主送：各社区，各社会组织。"), page.find("抄送：区民政局。")
    assert named[0].left == near(28 + 4.94)
    assert copied[0].y - named[0].y == near(9)
    assert first.bottom < named[0].top
    assert copied[0].bottom < middle.top < last.top
    assert "各社会组织：" not in page.text
    text = page.find("现将考核")[0]
    assert text.left == near(28 + 2 * 156 / 28)


def test_addressees_in_the_imprint_need_nobody_who_printed_it(
    a_document: Build, print_document: Print
) -> None:
    page = print_document(a_document(addressee_below=True, printed_by="", copy_to="", title=("通知",)))[0]
    assert "主送：各社区，各社会组织。" in page.text
    assert page.rules()[-1].bottom == near(262 + 0.35 / 2)


def test_500_addressees_are_told_what_to_do(
    a_document: Build, paper: ReportLabPaper, print_document: Print
) -> None:
    names = "，".join(f"第{n}社区" for n in range(1, 501))
    for below in (False, True):
        with pytest.raises(DocumentFailed, match=r"版记在一页里放不下。请改用统称.*作为附件"):
            paper.document(a_document(addressee=names, addressee_below=below))


def test_addressees_that_leave_no_room_for_text_go_to_the_imprint(
    a_document: Build, paper: ReportLabPaper, print_document: Print
) -> None:
    hundred = "，".join(f"第{n}社区" for n in range(1, 101))
    pages = print_document(a_document(addressee=hundred))
    assert f"主送：{hundred}。" in "".join(pages[-1].text.split())
    assert "第1社区" not in pages[0].text and "现将考核" in pages[0].text
    thirty = "，".join(f"第{n}社区" for n in range(1, 31))
    assert f"{thirty}：" in "".join(print_document(a_document(addressee=thirty))[0].text.split())
    with ZipFile(BytesIO(paper.word(a_document(addressee=hundred)))) as package:
        assert "主送：第1社区" in package.read("word/document.xml").decode()


@pytest.mark.parametrize("shape", SHAPES)
def test_equal_documents_are_equal_files(a_document: Build, paper: ReportLabPaper, shape: str) -> None:
    document = a_document(**SHAPES[shape])
    assert paper.document(document) == paper.document(replace(document))


@pytest.mark.parametrize("shape", SHAPES)
def test_line_ends_joiners_and_markup_are_data_everywhere(
    a_document: Build, paper: ReportLabPaper, shape: str
) -> None:
    document = a_document(**SHAPES[shape])
    dirty = replace(
        document,
        title=tuple(f"{group}\u200d" for group in document.title),
        addressee="<b>各社区</b>\n&amp;",
        issuer="临江\u200b街道办事处\ufeff",
        note="甲\r\n乙",
        paragraphs=(Paragraph("正\u2028文<br/>", "标\t题", 1),),
    )
    clean = replace(
        document,
        addressee="<b>各社区</b> &amp;",
        issuer="临江街道办事处",
        note="甲 乙",
        paragraphs=(Paragraph("正 文<br/>", "标 题", 1),),
    )
    assert paper.document(dirty) == paper.document(clean)


def test_documents_printed_together_begin_on_the_front_of_a_sheet(
    a_document: Build, paper: ReportLabPaper
) -> None:
    short = a_document(two_sided=True, imprint_on_even=False, title=("通知",))
    for document, blanks in ((short, [False, True, False]), (replace(short, two_sided=False), [False] * 2)):
        made = pypdfium2.PdfDocument(paper.documents([document] * 2, unwatched))
        assert [not page.get_textpage().get_text_range() for page in made] == blanks
