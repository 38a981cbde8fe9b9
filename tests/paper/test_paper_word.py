"""The Word file read back with python-docx: the texts of the printed page, its styles and its measures."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from core.errors import DocumentFailed
from core.model.document import (
    Annex,
    DocumentFormat,
    OfficialDocument,
    Paragraph,
    People,
    Person,
    Receipt,
    ReceiptField,
    Table,
    TableColumn,
)
from core.model.office import LinePitch
from core.paper.render import ReportLabPaper
from core.paper.word_xml import run
from tests.paper.conftest import Build, read

CELL, PITCH = Mm(156) / 28, Pt(28.95)
CLOSE = Pt(0.2)
COLUMNS = (TableColumn("序号", 1), TableColumn("组织名称", 4, "left"), TableColumn("金额", 2, "right"))
TABLE = Table(COLUMNS, (("1", "合唱团", "2000"), ("2", ("东湖", "服务队"), "3000")), ("", "合计", "5000"))
WIDE = Table(tuple(TableColumn(f"很长的表头第{n}列", 1) for n in range(9)), (("内容文字",) * 9,))
LEADERS = People("组长", (Person("王建国", "街道办事处主任"), Person("李明", "副主任")))
MEMBERS = People("成员单位", (Person("司法所"), Person("财政所")))
TEXT = (
    Paragraph("现将考核结果通报如下。"),
    Paragraph(heading="一、总体情况", level=1),
    Paragraph("共有社会组织52个。", heading="（一）优秀。", level=2),
    Paragraph("共有8个。", heading="1.名单。", level=3),
    Paragraph("见附件。", heading="（1）说明。", level=4),
    LEADERS,
    TABLE,
    MEMBERS,
    Paragraph("希望再接再厉。"),
)
RECEIPT = Receipt(
    ((ReceiptField("文书名称", "告知书"),), (ReceiptField("受送达人"), ReceiptField("送达日期")))
)

Write = Callable[[OfficialDocument], WordFile]


@pytest.fixture
def write(paper: ReportLabPaper) -> Write:
    """Writes a document and reads it back."""
    return lambda document: Document(BytesIO(paper.word(document)))


def paragraphs(file: WordFile, part=None) -> list[WordParagraph]:
    """All that say something, in reading order, those of tables too."""
    root = file.element.body if part is None else part
    every = [WordParagraph(each, file) for each in root.iter(qn("w:p"))]
    return [each for each in every if each.text.strip()]


def said(file: WordFile) -> list[tuple[str, str]]:
    """Style and text of every paragraph."""
    return [(each.style.name, each.text) for each in paragraphs(file)]


def found(file: WordFile, text: str) -> WordParagraph:
    return next(each for each in paragraphs(file) if text in each.text)


def value(owner, path: str, name: str = "val") -> str | None:
    """An attribute below an element, given as pPr/spacing."""
    [*_, element] = [owner, *owner.findall("/".join(f"{qn(f'w:{tag}')}" for tag in path.split("/")))]
    return element.get(qn(f"w:{name}"))


def test_paragraphs_have_the_styles_of_a_document(a_document: Build, write: Write) -> None:
    annexes = (Annex("名单", (Paragraph("东湖合唱团。"),)), Annex("金额", (TABLE,)))
    file = write(a_document(paragraphs=TEXT, annexes=annexes, note="此件公开发布"))
    assert said(file)[:6] == [
        ("发文机关标志", "临江街道办事处文件"),
        ("发文字号", "临街办〔2026〕3号"),
        ("公文标题", "临江街道办事处关于2025年度\n社会组织考核结果的通报"),
        ("主送机关", "各社区，各社会组织："),
        ("公文正文", "现将考核结果通报如下。"),
        ("一级标题", "一、总体情况"),
    ]
    assert said(file)[6:11] == [
        ("公文正文", "（一）优秀。共有社会组织52个。"),
        ("公文正文", "1.名单。共有8个。"),
        ("公文正文", "（1）说明。见附件。"),
        ("名单", "组长：王建国\t街道办事处主任"),
        ("名单", "\t李　明\t副主任"),
    ]
    table = [("表格文字", text) for text in ("1", "合唱团", "2000", "2", "东湖", "服务队", "3000")]
    totals = [("表格文字", "合计"), ("表格文字", "5000")]
    heads = [("表头", "序号"), ("表头", "组织名称"), ("表头", "金额")]
    assert said(file)[11:23] == [*heads, *table, *totals]
    assert said(file)[23:31] == [
        ("名单", "成员单位：司法所、财政所"),
        ("公文正文", "希望再接再厉。"),
        ("附件说明", "附件：1. 名单"),
        ("附件说明", "2. 金额"),
        ("署名", "临江街道办事处"),
        ("成文日期", "2026年1月5日"),
        ("附注", "（此件公开发布）"),
        ("附件序号", "附件1"),
    ]
    assert said(file)[31:] == [
        ("附件标题", "名单"),
        ("公文正文", "东湖合唱团。"),
        ("附件序号", "附件2"),
        ("附件标题", "金额"),
        *heads,
        *table,
        *totals,
        ("版记", "抄送：区民政局。"),
        ("版记", "临江街道社会事务办\t2026年1月6日印发"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"paragraphs": TEXT, "annexes": (Annex("金额", (TABLE,)), Annex("宽表", (WIDE,), apart=True))},
        {"partners": ("临江街道总工会", "临江街道妇联"), "copy_number": "000001", "secrecy": "机密★1年"},
        {"partners": ("临江街道总工会",), "seal": False, "urgency": "特急"},
        {"signers": ("王建国", "李明", "赵一"), "stamp_posts": ("主任",)},
        {"format": DocumentFormat.LETTER, "red_head": "临江街道办事处", "secrecy": "机密"},
        {"format": DocumentFormat.PLAIN, "receipt": RECEIPT, "printed_by": ""},
        {
            "format": DocumentFormat.MINUTES,
            "red_head": "临江街道办事处会议纪要",
            "attendance": (People("出席", (Person("王建国"), Person("李明"))),),
        },
        {"addressee_below": True, "two_sided": True},
        {"red_stock": True},
        {"annexes": (Annex("一览表", (Table(COLUMNS, ()),)),), "note": "（联系人：王建国）"},
    ],
)
def test_it_says_what_the_printed_page_says(
    a_document: Build, paper: ReportLabPaper, write: Write, changes: dict
) -> None:
    document = a_document(**changes)
    pages = read(paper.document(document))
    printed = Counter("".join("".join(page.text for page in pages).split()))
    file = write(document)
    written = Counter(
        character
        for part in (file.element.body, *(section.first_page_header._element for section in file.sections))
        for each in paragraphs(file, part)
        for character in "".join(each.text.split())
    )
    numbers = printed - written
    assert not written - printed
    assert set(numbers) <= set("—123456789")
    assert numbers["—"] == 2 * sum(page.text.count("—") > 1 for page in pages)


def test_styles_have_the_faces_of_the_standard(a_document: Build, write: Write) -> None:
    styles = write(a_document()).styles
    faces = {
        "公文正文": ("仿宋_GB2312", 16),
        "公文标题": ("方正小标宋简体", 22),
        "一级标题": ("黑体", 16),
        "二级标题": ("楷体_GB2312", 16),
        "三级标题": ("仿宋_GB2312", 16),
        "四级标题": ("仿宋_GB2312", 16),
        "附件序号": ("黑体", 16),
        "表格文字": ("仿宋_GB2312", 14),
        "版记": ("仿宋_GB2312", 14),
        "页码": ("宋体", 14),
    }
    for name, (face, size) in faces.items():
        fonts = styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia")} == {face}
        assert styles[name].font.size == Pt(size)
    assert str(styles["发文机关标志"].font.color.rgb) == "FF0000"
    assert [styles[f"{n}级标题文字"].element.rPr.rFonts.get(qn("w:eastAsia")) for n in "一二"] == [
        "黑体",
        "楷体_GB2312",
    ]
    assert value(styles["公文正文"].element, "pPr/ind", "firstLineChars") == "200"
    assert [value(styles[f"{n}级标题"].element, "pPr/outlineLvl") for n in "一二三四"] == list("1234")


def test_a_heading_before_its_text_has_its_own_face(a_document: Build, write: Write) -> None:
    heading, text = found(write(a_document(paragraphs=TEXT)), "（一）优秀").runs
    assert heading.style.name == "二级标题文字"
    assert text.style.name == "Default Paragraph Font"


@pytest.mark.parametrize(("line_pitch", "line", "moved"), [(LinePitch.A, 579, 0), (LinePitch.B, 592, 2.4)])
def test_page_and_grid(
    a_document: Build, write: Write, line_pitch: LinePitch, line: int, moved: float
) -> None:
    file = write(a_document(line_pitch=line_pitch))
    [section] = file.sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.05)
    margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    wanted = (37 - moved, 35 - moved, 28, 26)
    assert [each.mm for each in margins] == pytest.approx(wanted, abs=0.05)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert int(grid.get(qn("w:linePitch"))) == line
    assert 16 + int(grid.get(qn("w:charSpace"))) / 4096 == pytest.approx(156 / 28 * 72 / 25.4, abs=0.01)
    height = section.page_height - section.top_margin - section.bottom_margin
    assert height // (line * 635) == 22
    basis = file.styles["Normal"]
    assert basis.paragraph_format.line_spacing == line * 635
    spacing = int(value(basis.element, "rPr/spacing"))
    width = section.page_width - section.left_margin - section.right_margin
    assert width // (basis.font.size + spacing * 635) == 28


def test_red_head_is_as_large_as_printed(a_document: Build, write: Write, paper: ReportLabPaper) -> None:
    file = write(a_document())
    head = found(file, "临江街道办事处文件")
    printed = read(paper.document(a_document()))[0].find("临江街道办事处文件")
    size = head.runs[0].font.size
    assert size.mm == pytest.approx(printed[1].x - printed[0].x, abs=0.3)
    assert size >= Pt(22)
    place = file.sections[0].top_margin + head.paragraph_format.space_before
    assert Length(place).mm == pytest.approx(72, abs=3)  # the line begins a little above its ink
    rule = found(file, "临街办")._p.pPr.find(qn("w:pBdr"))[0]
    assert (rule.tag, rule.get(qn("w:color"))) == (qn("w:bottom"), "FF0000")
    assert int(rule.get(qn("w:sz"))) / 8 == pytest.approx(0.5 * 72 / 25.4, abs=0.1)


def test_on_red_stock_head_and_rule_are_blank(a_document: Build, write: Write) -> None:
    usual, stock = write(a_document()), write(a_document(red_stock=True))
    assert "文件" not in "".join(each.text for each in paragraphs(stock))
    assert found(stock, "临街办")._p.pPr.find(qn("w:pBdr")) is None
    for file in (usual, stock):
        assert found(file, "临街办").paragraph_format.space_before > Pt(40)


def test_letter_has_its_name_and_rules_on_page_1_only(a_document: Build, write: Write) -> None:
    file = write(a_document(format=DocumentFormat.LETTER, red_head="临江街道办事处"))
    [section] = file.sections
    assert section.different_first_page_header_footer
    name, rules = section.first_page_header.paragraphs
    assert name.text == "临江街道办事处"
    assert section.header_distance.mm == pytest.approx(30, abs=3)
    assert [each.tag for each in rules._p.pPr.find(qn("w:pBdr"))] == [qn("w:top"), qn("w:bottom")]
    beyond = rules.paragraph_format.left_indent, rules.paragraph_format.right_indent
    assert [each.mm for each in beyond] == pytest.approx([-7, -7], abs=0.05)
    assert [value(each, ".", "sz") for each in rules._p.pPr.find(qn("w:pBdr"))] == ["12", "6"]
    [lower] = section.first_page_footer.paragraphs
    assert [value(each, ".", "sz") for each in lower._p.pPr.find(qn("w:pBdr"))] == ["6", "12"]
    assert section.footer_distance.mm == pytest.approx(20, abs=0.1)
    assert section.header.is_linked_to_previous or not section.header.paragraphs


def test_signature_stands_where_it_is_printed(a_document: Build, write: Write, paper: ReportLabPaper) -> None:
    for changes in ({}, {"seal": False}, {"issuer": "临江街道安置管理和社会服务中心筹备办公室"}):
        file = write(a_document(**changes))
        issuer = a_document(**changes).issuer
        page = read(paper.document(a_document(**changes)))[0]
        day = page.find(f"{issuer}2026年1月5日")
        for text, last in ((issuer, day[len(issuer) - 1]), ("2026年1月5日", day[-1])):
            place = [each for each in paragraphs(file) if each.text == text][-1]
            assert place.style.paragraph_format.alignment == 2  # right
            assert place.paragraph_format.right_indent.mm == pytest.approx(184 - last.right, abs=0.3)
    sealed = found(write(a_document()), "2026年1月5日").paragraph_format.right_indent
    assert sealed == pytest.approx(4 * CELL, abs=CLOSE)


def test_people_hang_in_columns(a_document: Build, write: Write) -> None:
    file = write(a_document(paragraphs=(LEADERS, Paragraph("一"), MEMBERS)))
    look = found(file, "王建国").paragraph_format
    stops = [stop.position for stop in look.tab_stops]
    assert stops == [pytest.approx(5 * CELL, abs=CLOSE), pytest.approx(9 * CELL, abs=CLOSE)]
    assert look.left_indent == stops[1]
    assert look.left_indent + look.first_line_indent == pytest.approx(2 * CELL, abs=CLOSE)
    assert found(file, "司法所").paragraph_format.left_indent == pytest.approx(7 * CELL, abs=CLOSE)


def test_long_labels_and_names_have_lines_of_their_own(a_document: Build, write: Write) -> None:
    label, name = "联席会议召集单位负责人员", "临江街道老年人体育协会东湖分会"
    people = People(label, (Person(name, "主任"), Person("李明", "副主任")))
    texts = [text for _, text in said(write(a_document(paragraphs=(people,))))]
    place = texts.index(f"{label}：")
    assert texts[place + 1 : place + 4] == [f"\t{name}", "\t\t主任", "\t李　明\t副主任"]


def test_tables_repeat_their_heads_and_leave_no_row_alone(a_document: Build, write: Write) -> None:
    file = write(a_document(paragraphs=(TABLE, Paragraph("完"))))
    table = file.tables[0]._tbl
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.tr_lst]
    assert heads == [True, False, False, False]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.tr_lst)
    widths = [int(each.get(qn("w:w"))) for each in table.tblGrid]
    assert sum(widths) / 20 == pytest.approx(156 * 72 / 25.4, abs=0.2)
    kept = [
        all(WordParagraph(each, file).paragraph_format.keep_with_next for each in row.iter(qn("w:p")))
        for row in table.tr_lst
    ]
    assert kept == [True, True, True, False]
    aligned = [value(each, "pPr/jc") for each in table.tr_lst[1].iter(qn("w:p"))]
    assert aligned == [None, "left", "right"]


def test_rows_have_room_to_sign_and_an_empty_table_says_so(a_document: Build, write: Write) -> None:
    tables = (
        Table(COLUMNS, (("1", "合唱团", "2000"),), row_mm=11),
        Paragraph("见下表。"),
        Table(COLUMNS, ()),
    )
    signed, empty = write(a_document(paragraphs=tables)).tables[:2]
    assert signed.rows[1].height.mm == pytest.approx(11, abs=0.05)
    assert [each.text for each in empty.rows[1].cells] == ["无"] * 3


def test_a_wide_annex_has_turned_pages(a_document: Build, write: Write) -> None:
    annexes = (Annex("宽表", (WIDE,)), Annex("窄表", (TABLE,)), Annex("末页", (Paragraph("完"),)))
    text, wide, narrow = write(a_document(annexes=annexes)).sections
    assert [each.orientation for each in (text, wide, narrow)] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    margins = wide.top_margin, wide.right_margin, wide.bottom_margin, wide.left_margin
    assert [each.mm for each in margins] == pytest.approx([28, 37, 26, 35], abs=0.05)
    cells = [each for each in wide.footer._element.iter(qn("w:textDirection"))]
    assert [value(each, ".") for each in cells] == ["tbRl"]


def test_annexes_begin_pages_and_those_bound_apart_count_anew(a_document: Build, write: Write) -> None:
    annexes = (Annex("一", (TABLE,)), Annex("二", (TABLE,)), Annex("三", (TABLE,), apart=True))
    file = write(a_document(annexes=annexes, two_sided=True, imprint_on_even=False))
    assert [found(file, f"附件{n}").text for n in (1, 2)] == ["附件1", "附件2"]
    assert all(found(file, f"附件{n}").paragraph_format.page_break_before for n in (1, 2))
    assert found(file, "号附件3").text == "临街办〔2026〕3号附件3"
    bound, apart = file.sections
    assert apart.start_type is WD_SECTION.ODD_PAGE
    assert apart._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert bound._sectPr.find(qn("w:pgNumType")) is None


def test_page_numbers_stand_at_the_outer_side(a_document: Build, write: Write) -> None:
    file = write(a_document())
    [section] = file.sections
    assert file.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    for number, align, side in ((odd, "right", "right"), (even, "left", "left")):
        assert number.text == "— 1 —"
        assert number.style.name == "页码"
        assert "PAGE" in [each.text for each in number._p.iter(qn("w:instrText"))]
        assert value(number._p, "pPr/jc") == align
        assert value(number._p, "pPr/ind", side) == "280"


@pytest.mark.parametrize("two_sided", [False, True])
def test_margins_are_mirrored_for_two_sides(a_document: Build, write: Write, two_sided: bool) -> None:
    settings = write(a_document(two_sided=two_sided)).settings.element
    assert (settings.find(qn("w:mirrorMargins")) is not None) is two_sided


def test_imprint_stands_at_the_foot_between_rules(a_document: Build, write: Write) -> None:
    table = write(a_document()).tables[-1]._tbl
    place = table.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:tblpYSpec")), place.get(qn("w:vertAnchor"))) == ("bottom", "margin")
    rules = [
        (edge.tag.rpartition("}")[2], edge.get(qn("w:sz")))
        for borders in table.iter(qn("w:tcBorders"))
        for edge in borders
    ]
    assert rules == [("top", "8"), ("top", "6"), ("bottom", "8")]


@pytest.mark.parametrize(("lines", "pages", "numbered"), [(5, 2, True), (32, 4, False)])
def test_imprint_of_two_sides_is_on_an_even_page(
    a_document: Build, write: Write, paper: ReportLabPaper, lines: int, pages: int, numbered: bool
) -> None:
    changes = {
        "format": DocumentFormat.PLAIN,
        "two_sided": True,
        "paragraphs": (Paragraph("街" * 28 * lines),),
    }
    assert len(read(paper.document(a_document(**changes)))) == pages
    last = write(a_document(**changes)).sections[-1]
    assert last.start_type is WD_SECTION.EVEN_PAGE
    assert bool(last.even_page_footer.paragraphs[0].text) is numbered
    assert len(write(a_document(**changes, imprint_on_even=False)).sections) == 1


def test_receipt_has_lines_to_write_upon(a_document: Build, write: Write) -> None:
    file = write(a_document(format=DocumentFormat.PLAIN, receipt=RECEIPT, printed_by="", copy_to=""))
    assert said(file)[-3:] == [
        ("回执标题", "送达回执"),
        ("回执", "文书名称：告知书"),
        ("回执", "受送达人：\t\t送达日期：\t"),
    ]
    leaders = [each.get(qn("w:leader")) for each in found(file, "受送达人")._p.pPr.find(qn("w:tabs"))]
    assert leaders == ["underscore", None, "underscore"]
    assert "dashed" in [each.get(qn("w:val")) for each in file.tables[-1]._tbl.iter(qn("w:top"))]


def test_equal_documents_give_equal_files(a_document: Build, paper: ReportLabPaper) -> None:
    document = a_document(paragraphs=TEXT, annexes=(Annex("宽表", (WIDE,)),))
    assert paper.word(document) == paper.word(replace(document))
    assert paper.word(document) != paper.word(replace(document, note="此件公开发布"))


def test_properties_name_title_office_and_number(a_document: Build, write: Write) -> None:
    properties = write(a_document()).core_properties
    assert properties.title == "临江街道办事处关于2025年度社会组织考核结果的通报"
    assert (properties.author, properties.subject) == ("临江街道办事处", "临街办〔2026〕3号")
    assert properties.created.date() == a_document().dated_on
    assert len(write(a_document(title=("考核" * 16,) * 8)).core_properties.title) == 255


def test_markup_and_controls_are_data(a_document: Build, write: Write) -> None:
    file = write(a_document(paragraphs=(Paragraph("<w:p>&amp;\x00街\x0b道\t办\n事\u200b处{PAGE}</w:p>"),)))
    assert found(file, "<w:p>").text == "<w:p>&amp; 街 道 办 事处{PAGE}</w:p>"


@pytest.mark.parametrize("form", DocumentFormat)
def test_nothing_and_very_much_are_written(a_document: Build, write: Write, form: DocumentFormat) -> None:
    bare = a_document(
        format=form, title=(), number="", addressee="", paragraphs=(), copy_to="", printed_by=""
    )
    assert "2026年1月5日" in "".join(text for _, text in said(write(bare)))
    name = "呼和浩特市赛罕区大学西路街道办事处社会组织管理工作委员会办公室"
    full = a_document(
        format=form,
        red_head=name,
        issuer=name,
        title=("社会组织规范化建设", "考核评定工作") * 8,
        addressee="、".join(f"第{n}社区居民委员会" for n in range(500)),
        addressee_below=False,
        paragraphs=(People("成员", tuple(Person("买" * 80, "主任") for _ in range(3))), Paragraph("<b>&")),
    )
    texts = [text for _, text in said(write(full))]
    assert texts.count(f"\t{'买' * 80}") == 2
    assert "<b>&" in texts
    assert any(len(text) > 4000 for text in texts)


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert run("甲\ufffe乙\x00丙\ud800丁\U00020bb7").text == "甲乙丙丁\U00020bb7"


def test_a_character_without_font_is_named(a_document: Build, paper: ReportLabPaper) -> None:
    with pytest.raises(DocumentFailed, match="U\\+E000"):
        paper.word(a_document(paragraphs=(Paragraph("社区\ue000"),)))


def test_properties_stand_in_the_order_of_the_schema(a_document: Build, write: Write) -> None:
    order = {
        "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs overflowPunct autoSpaceDE"
        " autoSpaceDN snapToGrid spacing ind jc outlineLvl rPr sectPr",
        "rPr": "rStyle rFonts snapToGrid color spacing w sz szCs lang",
        "tcPr": "tcW gridSpan vMerge tcBorders textDirection vAlign",
        "tblPr": "tblpPr tblOverlap tblW tblInd tblBorders tblLayout tblCellMar",
        "sectPr": "headerReference footerReference type pgSz pgMar pgNumType titlePg docGrid",
        "style": "name basedOn next qFormat pPr rPr tblPr",
    }
    document = a_document(
        paragraphs=TEXT, partners=("临江街道妇联",), signers=("王建国",), annexes=(Annex("宽表", (WIDE,)),)
    )
    file = write(document)
    for root in (file.element, file.styles.element, *(each.footer._element for each in file.sections)):
        for name, tags in order.items():
            places = [
                [tags.split().index(child.tag.rpartition("}")[2]) for child in each]
                for each in root.iter(qn(f"w:{name}"))
            ]
            assert places == [sorted(each) for each in places]


def test_the_printed_page_does_not_wait_for_word() -> None:
    code = "import sys, core.paper.render; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
