"""The 公文 measured in the finished PDF, within 1 mm of GB/T 9704."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from core.errors import DocumentFailed
from core.model.document import Annex, Paragraph, Table, TableColumn
from core.model.office import LinePitch
from core.paper.render import ReportLabPaper
from tests.paper.conftest import Build, Print, near

LONG_TEXT = tuple(Paragraph("街" * 250) for _ in range(4))
SHORT_LINE = Paragraph("认真做好考核工作")
COLUMNS = (TableColumn("序号", 2), TableColumn("组织名称", 6, "left"), TableColumn("得分", 2, "right"))


def roster(rows: int, name: str = "东湖社区合唱团") -> Table:
    return Table(COLUMNS, tuple((str(n), f"{name}{n}", f"{100 - n / 2:.2f}") for n in range(1, rows + 1)))


def test_head_stands_where_the_standard_wants_it(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document())[0]
    assert (page.width, page.height) == (near(210), near(297))
    head = page.find("临江街道办事处文件")
    assert min(each.top for each in head) == near(72)
    assert head[0].left >= 28 - 0.1
    assert head[-1].right <= 184 + 0.1
    number = page.find("临街办〔2026〕3号")
    assert (number[0].left + number[-1].right) / 2 == near(106)
    rule = page.rules()[0]
    assert (rule.left, rule.right) == (near(28), near(184))
    number_foot = number[0].y + (1 - 0.86) * 16 * 25.4 / 72
    assert rule.top - number_foot == near(4)


def test_title_is_centred_two_lines_below_the_rule(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document())[0]
    first, second = page.find("临江街道办事处关于2025年度"), page.find("社会组织考核结果的通报")
    for line in (first, second):
        assert (line[0].left + line[-1].right) / 2 == near(106)
    assert first[0].top - page.rules()[0].bottom == near(2 * 225 / 22 + 2.5, 2)
    assert page.find("各社区")[0].left == near(28)


def test_long_issuer_is_made_to_fit(a_document: Build, print_document: Print) -> None:
    name = "呼和浩特市赛罕区大学西路街道办事处文件"
    head = print_document(a_document(red_head=name))[0].find(name)
    assert head[0].left >= 28 - 0.1
    assert head[-1].right <= 184 + 0.1
    assert len({round(each.y, 2) for each in head}) == 1


@pytest.mark.parametrize(
    ("line_pitch", "first", "pitch"), [(LinePitch.A, 44.15, 10.227), (LinePitch.B, 41.85, 10.446)]
)
def test_page_2_has_22_lines_of_28_characters(
    a_document: Build, print_document: Print, line_pitch: LinePitch, first: float, pitch: float
) -> None:
    document = a_document(paragraphs=LONG_TEXT, line_pitch=line_pitch)
    characters = [each for each in print_document(document)[1].characters() if each.text == "街"]
    baselines = sorted({round(each.y, 2) for each in characters})
    assert baselines == [near(first + row * pitch, 0.1) for row in range(22)]
    full = [each for each in characters if each.y == near(baselines[1], 0.01)]
    assert len(full) == 28
    assert min(each.left for each in full) == near(28, 0.1)
    assert max(each.right for each in full) == near(184, 0.1)


def test_paragraphs_are_indented_two_characters(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document())[0]
    assert page.find("现将")[0].left == near(28 + 2 * 156 / 28, 0.1)


def test_signature_block(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document())[0]
    day, issuer = page.find("2026年1月5日"), page.find("临江街道办事处2026")[:7]
    assert day[-1].right == near(184 - 22.3)
    assert (issuer[0].left + issuer[-1].right) / 2 == near((day[0].left + day[-1].right) / 2, 0.1)
    assert day[0].y - issuer[0].y == near(225 / 22, 0.1)
    assert issuer[0].y - page.find("现将")[0].y >= 3 * 225 / 22 - 0.1


def test_long_issuer_moves_name_and_date_left(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(issuer="临" * 20))[0]
    issuer, day = page.find("临" * 20), page.find("2026年1月5日")
    assert issuer[-1].right == near(184)
    assert (day[0].left + day[-1].right) / 2 == near((issuer[0].left + issuer[-1].right) / 2, 0.1)


def test_without_a_seal(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(seal=False, issuer="临江街道社会组织服务中心"))[0]
    issuer, day = page.find("临江街道社会组织服务中心"), page.find("2026年1月5日")
    assert issuer[-1].right == near(184 - 2 * 5.571)
    assert day[0].left - issuer[0].left == near(2 * 5.571)


@pytest.mark.parametrize("lines", range(1, 30))
def test_signature_never_stands_alone(a_document: Build, print_document: Print, lines: int) -> None:
    document = a_document(paragraphs=(SHORT_LINE,) * lines, printed_by="")
    pages = print_document(document)
    assert pages[-1].text.count("认真做好考核工作\n") >= 1
    assert "2026年1月5日" in pages[-1].text


def test_a_single_line_of_text_keeps_its_signature_by_closer_lines(
    a_document: Build, print_document: Print
) -> None:
    annexes = (Annex("考核结果", (roster(3),)), Annex("扶持名单", (roster(3),)))
    page = print_document(a_document(annexes=annexes))[0]
    assert "2026年1月5日" in page.text
    step = page.find("现将")[0].y - page.find("各社区")[0].y
    assert 0.8 * 225 / 22 < step < 225 / 22


def test_what_is_kept_of_other_documents_changes_nothing(a_document: Build, paper: ReportLabPaper) -> None:
    annex = Annex("考核结果", (roster(3),))
    one, two = a_document(annexes=(annex,)), a_document(annexes=(Annex("扶持名单", (roster(2),)), annex))
    made = paper.document(one), paper.document(two)
    closer = replace(one, line_pitch=LinePitch.B)
    assert paper.document(closer) != made[0]
    assert (paper.document(one), paper.document(two)) == made


def test_each_block_of_the_text_is_found_again_on_its_page(
    a_document: Build, paper: ReportLabPaper, print_document: Print
) -> None:
    wide = Table(tuple(TableColumn(f"栏{n}" * 4, 2) for n in range(11)), ((*"甲乙丙丁戊己庚辛壬癸", "子"),))
    texts = (Paragraph("街" * 600), Paragraph("道" * 30), roster(3), Paragraph("办" * 30))
    document = a_document(paragraphs=texts, annexes=(Annex("表", (Paragraph("事" * 30), wide)),))
    shown, pages = paper.shown(document), print_document(document)
    assert shown.pdf == paper.document(document)
    signs = {
        (0, 0): "街" * 5,
        (0, 1): "道" * 5,
        (0, 2): "东湖社区合唱团2",
        (0, 3): "办" * 5,
        (1, 0): "事" * 5,
    }
    for spot in shown.spots:
        if sign := signs.get((spot.annex, spot.block)):
            found = pages[spot.page].find(sign)[0]
            millimetres = [edge / 72 * 25.4 for edge in (spot.left, spot.top, spot.right, spot.bottom)]
            assert millimetres[0] - 1 < found.left < millimetres[2]
            assert millimetres[1] - 1 < found.top < found.bottom < millimetres[3] + 1
    assert {(each.annex, each.block) for each in shown.spots} == {*signs, (1, 1)}
    assert len({each.page for each in shown.spots if (each.annex, each.block) == (0, 0)}) == 2


@pytest.mark.parametrize("lines", range(1, 14))
def test_no_heading_at_the_foot_of_a_page(a_document: Build, print_document: Print, lines: int) -> None:
    body = [SHORT_LINE] * lines
    heading = Paragraph(heading="一、标题", level=1)
    pages = print_document(a_document(paragraphs=(*body, heading, Paragraph("正文" * 40))))
    page = next(each for each in pages if "一、标题" in each.text)
    assert "一、标题\n正文" in page.text


def test_imprint_ends_on_the_edge_of_the_type_area(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document())[-1]
    first, middle, last = sorted(page.rules(), key=lambda rule: rule.top)[-3:]
    assert last.top == near(262, 0.4)
    assert all((rule.left, rule.right) == (near(28), near(184)) for rule in (first, middle, last))
    assert first.top < middle.top < last.top
    assert page.find("抄送")[0].left == near(28 + 4.94)
    assert page.find("2026年1月6日印发")[-1].right == near(184 - 4.94)
    assert "区民政局。" in page.text


def test_page_numbers_stand_outside(a_document: Build, print_document: Print) -> None:
    pages = print_document(a_document(paragraphs=LONG_TEXT))
    odd, even = pages[0].find("—1—"), pages[1].find("—2—")
    assert odd[-1].right == near(184 - 4.94)
    assert even[0].left == near(28 + 4.94)
    assert odd[0].top == near(269)
    assert "— 1 —" in pages[0].text


def test_two_sided_mirrors_the_margins_and_ends_on_an_even_page(
    a_document: Build, print_document: Print
) -> None:
    document = a_document(two_sided=True)
    pages = print_document(document)
    assert len(pages) == 2
    assert pages[0].find("各社区")[0].left == near(28)
    assert pages[1].rules()[-1].left == near(26)
    assert "抄送" in pages[1].text
    assert "— 2 —" in pages[1].text


def test_blank_page_before_the_imprint_has_no_number(a_document: Build, print_document: Print) -> None:
    for lines in range(18, 32):
        text = (SHORT_LINE,) * lines
        pages = print_document(a_document(two_sided=True, paragraphs=text))
        assert len(pages) % 2 == 0
        if len(pages) == 4:
            assert pages[2].text == ""
            assert "— 4 —" not in pages[3].text
            return
    pytest.fail("no length left a blank page")


def test_annexes_are_listed_and_begin_their_own_pages(a_document: Build, print_document: Print) -> None:
    annexes = (
        Annex("考核结果", (roster(60),)),
        Annex("扶持名单", (Paragraph("下列组织列入扶持名单。"), roster(5))),
    )
    pages = print_document(a_document(paragraphs=(SHORT_LINE,) * 8, annexes=annexes))
    assert len(pages) == 6
    listed, second = pages[1].find("附件：1.考核结果"), pages[1].find("2.扶持名单")
    assert listed[0].left == near(28 + 2 * 5.571)
    assert second[0].left == near(listed[3].left)
    assert second[2].left == near(listed[5].left)
    first = pages[2]
    assert first.find("附件1")[0].left == near(28)
    assert first.find("附件1")[0].y == near(44.15)
    title = first.find("考核结果")
    assert (title[0].left + title[-1].right) / 2 == near(106)
    assert title[0].y - first.find("附件1")[0].y == near(2 * 225 / 22, 1.0), (
        "larger type stands a little lower"
    )
    assert pages[-1].text.startswith("附件2")
    tables = [page for page in pages[2:] if "东湖社区合唱团" in page.text]
    assert all("组织名称" in page.text for page in tables)
    assert [n for n in range(1, 61) if not any(f"合唱团{n} " in page.text for page in tables)] == []
    assert all(rule.bottom <= 262.5 and rule.right <= 184.5 for page in tables for rule in page.rules())


def test_single_annex_has_no_number(a_document: Build, print_document: Print) -> None:
    pages = print_document(a_document(annexes=(Annex("考核结果", (roster(3),)),)))
    assert "附件：考核结果" in pages[0].text
    assert pages[1].text.startswith("附件\n")


def test_long_names_wrap_inside_their_cells(a_document: Build, print_document: Print) -> None:
    name = "永丰社区平安巡逻与邻里守望互助志愿服务总队暨老年人关爱协会联合会筹备工作委员会"
    table = Table(COLUMNS, (("1", name, "98.50"), ("2", "合唱团", "97.00")))
    page = print_document(a_document(annexes=(Annex("考核结果", (table,)),)))[1]
    assert page.text.replace("\n", "").count(name) == 1
    columns = sorted({round(rule.left, 1) for rule in page.rules() if rule.right - rule.left < 1})
    written = page.find(name[:8])
    assert columns[1] < written[0].left
    assert max(each.right for each in page.characters() if each.text in name) < columns[2]


@pytest.mark.parametrize(
    ("name", "first"),
    [("水洞埭社区家长里短帮帮团", "水洞埭社区"), ("在区级比赛中获得一等奖", "在区级比赛中")],
)
def test_name_on_two_lines_is_parted_after_its_place(
    a_document: Build, print_document: Print, name: str, first: str
) -> None:
    columns = (TableColumn("名称", 1), *(TableColumn(f"第{n}项指标得分", 3) for n in range(7)))
    table = Table(columns, ((name, *["98.50"] * 7),))
    page = print_document(a_document(annexes=(Annex("考核结果", (table,)),)))[1]
    above, below = ({round(each.y) for each in page.find(part)} for part in (first, name[len(first) :]))
    assert len(above) == len(below) == 1 and above != below


@pytest.mark.parametrize("length", [60, 100, 200])
def test_one_very_long_name_does_not_turn_the_table(
    a_document: Build, print_document: Print, length: int
) -> None:
    name = ("永丰社区平安巡逻与邻里守望互助志愿服务总队" * 10)[:length]
    columns = (*COLUMNS, TableColumn("类别", 2), TableColumn("等次", 2), TableColumn("说明", 3))
    usual = ("1", "东湖社区合唱团", "98.50", "文化体育类", "基本合格", "良好社会组织奖")
    rows = (*(usual for _ in range(9)), ("10", name, *usual[2:]))
    page = print_document(a_document(annexes=(Annex("考核结果", (Table(columns, rows),)),)))[1]
    assert page.text.replace("\n", "").count(name) == 1
    first, second = page.find("考核结果")[:2]
    assert first.y == near(second.y, 0.1)


def test_what_can_stay_on_its_line_does(a_document: Build, print_document: Print) -> None:
    titles = ("序号", "组织名称", "所属社区", "类别", "等次")
    columns = tuple(TableColumn(title, 1) for title in titles)
    usual = ("黄家浜村天使儿女关爱队", "黄家浜村", "城市管理类", "优秀")
    longer = ("沐阳(通界桥)社区星级门店自治协会", "沐阳(通界桥)社区", "城市管理类", "良好")
    rows = tuple((str(n), *(usual if n < 9 else longer)) for n in range(10))
    page = print_document(a_document(annexes=(Annex("名单", (Table(columns, rows),)),)))[1]
    community = page.find("沐阳(通界桥)社区城市管理类")[:9]
    assert {round(each.y) for each in community} == {round(community[0].y)}


def test_a_wide_table_is_turned_with_its_head_at_the_left(a_document: Build, print_document: Print) -> None:
    columns = tuple(TableColumn(f"指标{n}名称", 1) for n in range(12))
    wide = Table(columns, tuple(tuple("九十八点五零" for _ in columns) for _ in range(40)))
    pages = print_document(a_document(annexes=(Annex("分项得分", (wide,)),)))
    page = pages[1]
    assert page.width == near(210)
    head, cell = page.find("指标"), page.find("九十")
    assert head[1].y < head[0].y
    assert head[0].x == near(head[1].x, 0.1)
    assert head[0].x < cell[0].x
    assert all(rule.left >= 28 - 0.3 and rule.right <= 184.3 for rule in page.rules())
    assert all(rule.top >= 37 - 0.3 and rule.bottom <= 262.3 for rule in page.rules())
    assert page.find("—2—")[0].left == near(28 + 4.94)
    assert len(pages) > 3
    assert "抄送" in pages[-1].text


def test_text_is_data_and_can_be_copied(a_document: Build, print_document: Print) -> None:
    text = "A&B <中心>、<b>李𬭎</b>、张䶮、艾山·甲、𫠆𠮷"
    page = print_document(a_document(paragraphs=(Paragraph(text),)))[0]
    assert text in unicodedata.normalize("NFC", page.text)


def test_control_characters_become_spaces(a_document: Build, print_document: Print) -> None:
    page = print_document(a_document(paragraphs=(Paragraph("东湖\t社区\r\n合唱\u200b团\u202e"),)))[0]
    assert "东湖 社区 合唱团" in page.text


def test_missing_characters_are_named(a_document: Build, paper: ReportLabPaper) -> None:
    table = Table(COLUMNS, (("1", "合唱\ue000团", "98.50"),))
    document = a_document(issuer="临江\ue001", annexes=(Annex("结果", (table,)),))
    found = [(each.character, each.owner, each.field) for each in paper.missing_in_document(document)]
    assert found == [
        ("\ue000", "附件1第1行“合唱\ue000团”", "组织名称"),
        ("\ue001", "临江街道办事处关于2025年度社会组织考核结果的通报", "署名"),
    ]
    with pytest.raises(DocumentFailed, match=r"U\+E000，附件1第1行“合唱\ue000团”，组织名称") as failed:
        paper.document(document)
    assert failed.value.code == "missing_characters"


def test_equal_documents_are_equal_files(a_document: Build, paper: ReportLabPaper) -> None:
    assert paper.document(a_document()) == paper.document(a_document())
    later = a_document(dated_on=date(2026, 12, 25))
    assert paper.document(later) != paper.document(a_document())


def test_what_cannot_fit_is_told(a_document: Build, paper: ReportLabPaper) -> None:
    with pytest.raises(DocumentFailed, match="首页放不下正文：标题有 450 个字，主送有 9 个字。") as failed:
        paper.document(a_document(title=("关于考核结果的通报",) * 50))
    assert failed.value.remedy_zh == "请缩短标题或主送。"
    with pytest.raises(DocumentFailed, match="联合发文的机关有 2 个。"):
        paper.document(a_document(title=("关于考核结果的通报",) * 50, partners=("区民政局",)))
    with pytest.raises(DocumentFailed, match="太长"):
        paper.document(a_document(red_head="临" * 40))
    huge = Table(COLUMNS, (("1", "长" * 3000, "1"),))
    with pytest.raises(DocumentFailed, match=r"含有“长+”的一行内容比一页还高"):
        paper.document(replace(a_document(), annexes=(Annex("结果", (huge,)),)))
