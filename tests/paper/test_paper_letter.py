"""信函格式 measured in the finished PDF, within 0.3 mm of GB/T 9704, 10.1."""

from dataclasses import replace
from itertools import pairwise

import pytest

from core.model.document import DocumentFormat, Paragraph
from core.model.office import LinePitch
from tests.paper.conftest import Build, Print, near

EM, EIGHTHS = 16 * 25.4 / 72, 7 / 8 * 16 * 25.4 / 72
PITCH = 225 / 22
TEXT = Paragraph("现商请贵局提供辖区内登记社会组织二〇二五年度检查结论，并请说明未参加年检的原因。")


def em_top(character) -> float:
    """The upper edge of a 3号 character's box."""
    return character.y - 0.86 * EM


@pytest.fixture
def a_letter(a_document: Build) -> Build:
    letter = a_document(
        format=DocumentFormat.LETTER,
        red_head="临江街道办事处",
        number="临街办函〔2026〕5号",
        title=("关于", "商请", "提供", "年检情况", "的函"),
        addressee="区民政局",
        paragraphs=(TEXT, Paragraph("妥否，请函复。")),
    )
    return lambda **changes: replace(letter, **changes)


def test_name_and_double_rules(a_letter: Build, print_document: Print) -> None:
    page = print_document(a_letter())[0]
    name = page.find("临江街道办事处")
    assert min(each.top for each in name) == near(30)
    assert (name[0].left + name[-1].right) / 2 == near(106)
    thick, thin, thin_below, thick_below = sorted(page.rules(), key=lambda rule: rule.top)
    assert thick.top - max(each.bottom for each in name) == near(4)
    assert thick_below.bottom == near(297 - 20)
    for rule in (thick, thin, thin_below, thick_below):
        assert (rule.left, rule.right) == (near(106 - 85), near(106 + 85))
    assert thick.bottom - thick.top > 1.5 * (thin.bottom - thin.top)
    assert thick_below.bottom - thick_below.top > 1.5 * (thin_below.bottom - thin_below.top)
    assert thick.bottom < thin.top


def test_number_stands_at_the_right_and_the_rest_at_the_left(a_letter: Build, print_document: Print) -> None:
    letter = a_letter(copy_number="000012", secrecy="秘密★1年", urgency="特急")
    page = print_document(letter)[0]
    rule_end = sorted(rule.bottom for rule in page.rules())[1]
    number, copy = page.find("临街办函〔2026〕5号"), page.find("000012")
    assert number[-1].right == near(184)
    assert em_top(number[0]) - rule_end == near(EIGHTHS)
    assert em_top(copy[0]) - rule_end == near(EIGHTHS)
    lines = [copy, page.find("秘密★1年"), page.find("特急")]
    assert [line[0].left for line in lines] == [near(28)] * 3
    assert [line[0].y - copy[0].y for line in lines] == [near(0), near(PITCH), near(2 * PITCH)]
    title = page.find("关于商请")[0]
    title_box = title.y - 0.86 * 22 * 25.4 / 72 - (34 - 22) / 2 * 25.4 / 72
    assert title_box - (em_top(lines[-1][0]) + EM) == near(2 * PITCH)


def test_secrecy_alone_stands_on_the_first_line(a_letter: Build, print_document: Print) -> None:
    page = print_document(a_letter(secrecy="秘密★1年"))[0]
    assert page.find("秘密★1年")[0].y == near(page.find("临街办函〔2026〕5号")[0].y)


def test_title_stands_two_lines_below_the_number_alone(a_letter: Build, print_document: Print) -> None:
    page = print_document(a_letter())[0]
    title, number = page.find("关于商请")[0], page.find("临街办函")[0]
    title_box = title.y - 0.86 * 22 * 25.4 / 72 - (34 - 22) / 2 * 25.4 / 72
    assert title_box - (em_top(number) + EM) == near(2 * PITCH)


@pytest.mark.parametrize("line_pitch", LinePitch)
@pytest.mark.parametrize("lines", [40, 41, 42])
def test_a_full_first_page_reaches_down_to_the_lower_rules(
    a_letter: Build, print_document: Print, line_pitch: LinePitch, lines: int
) -> None:
    title = ("关于", "商请", "提供", "年检情况", "的函")
    letter = a_letter(
        paragraphs=(Paragraph("街" * 26),) * lines, line_pitch=line_pitch, title=title * (lines - 39)
    )
    page = print_document(letter)[0]
    text = sorted({round(each.y, 2) for each in page.characters() if each.text == "街"})[2:]
    rule_top = sorted(rule.top for rule in page.rules())[2]
    assert rule_top - (text[-1] + 0.14 * EM) == near(EIGHTHS)
    steps = {round(below - above, 1) for above, below in pairwise(text)}
    assert max(steps) - min(steps) <= 0.11
    assert min(steps) >= 10.2


def test_page_one_has_no_number_and_later_pages_no_rules(a_letter: Build, print_document: Print) -> None:
    first, second = print_document(a_letter(paragraphs=(TEXT,) * 10))[:2]
    assert "— 1 —" not in first.text
    assert "— 2 —" in second.text
    assert second.rules() == []


def test_imprint_has_neither_rules_nor_who_printed_it(a_letter: Build, print_document: Print) -> None:
    [page] = print_document(a_letter())
    assert len(page.rules()) == 4
    assert "印发" not in page.text
    copy_to = page.find("抄送：区民政局。")
    assert copy_to[0].left == near(28 + 4.94)
    assert copy_to[0].y == near(262 - (9 - 4.94) / 2 - 0.14 * 4.94)


def test_letter_says_this(a_letter: Build, print_document: Print) -> None:
    [page] = print_document(a_letter(note="联系人：张三，电话：0571-12345678", urgency="特急"))
    assert page.text.split("\n") == [
        "临江街道办事处",
        "特急 临街办函〔2026〕5号",
        "关于商请提供年检情况的函",
        "区民政局：",
        "现商请贵局提供辖区内登记社会组织二〇二五年度检查结",
        "论，并请说明未参加年检的原因。",
        "妥否，请函复。",
        "临江街道办事处",
        "2026年1月5日",
        "\uff08联系人：张三，电话：0571-12345678\uff09",
        "抄送：区民政局。",
    ]


def test_on_red_headed_stock_the_room_is_kept(a_letter: Build, print_document: Print) -> None:
    [plain], [stock] = print_document(a_letter()), print_document(a_letter(red_stock=True))
    assert stock.rules() == []
    assert stock.text.startswith("临街办函")
    for text in ("临街办函〔2026〕5号", "关于商请", "妥否，请函复。"):
        assert stock.find(text)[0] == plain.find(text)[0]
