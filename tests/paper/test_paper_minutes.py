"""纪要格式 measured in the finished PDF, within 0.3 mm of GB/T 9704, 10.3."""

from dataclasses import replace

import pytest

from core.model.document import Annex, DocumentFormat, Paragraph, People, Person
from tests.paper.conftest import Build, Print, near

EM, CELL, PITCH = 16 * 25.4 / 72, 156 / 28, 225 / 22
PRESENT = ("张三", "李四光", "王五", "赵一鸣", "钱多", "孙悟空", "周伯通", "吴用", "郑成功", "欧阳修远")


def listed(label: str, *names: str) -> People:
    return People(label, tuple(Person(name) for name in names))


@pytest.fixture
def minutes(a_document: Build) -> Build:
    plain = a_document(
        format=DocumentFormat.MINUTES,
        red_head="临江街道会议纪要",
        number="第3期",
        title=("关于", "考核结果", "的", "会议纪要"),
        addressee="",
        paragraphs=(Paragraph("会议同意考核结果。"),),
        attendance=(listed("出席", *PRESENT), listed("请假", "卫青"), listed("列席", "沈括", "蒋干")),
    )
    return lambda **changes: replace(plain, **changes)


def test_head_names_number_office_and_day(minutes: Build, print_document: Print) -> None:
    page = print_document(minutes())[0]
    name = page.find("临江街道会议纪要")
    assert min(each.top for each in name) == near(72)
    assert (name[0].left + name[-1].right) / 2 == near(106)
    number, office, day = page.find("第3期"), page.find("临江街道办事处"), page.find("2026年1月5日")
    assert (number[0].left + number[-1].right) / 2 == near(106)
    assert number[0].y - 0.86 * EM - max(each.bottom for each in name) == near(2 * PITCH + (PITCH - EM) / 2)
    assert office[0].left == near(28 + CELL)
    assert day[-1].right == near(184 - CELL)
    assert office[0].y == near(day[0].y)
    assert office[0].y - number[0].y == near(PITCH)
    rule = page.rules()[0]
    assert (rule.left, rule.right) == (near(28), near(184))
    assert rule.top - (office[0].y + 0.14 * EM) == near(4 - 0.25)


def test_without_a_number_office_and_day_take_its_line(minutes: Build, print_document: Print) -> None:
    with_number, without = print_document(minutes())[0], print_document(minutes(number=""))[0]
    assert without.find("临江街道办事处")[0].y == near(with_number.find("第3期")[0].y)


def test_attendance_hangs_under_its_first_name(minutes: Build, print_document: Print) -> None:
    page = print_document(minutes())[0]
    text, present = page.find("会议同意")[0], page.find("出席：张三")
    assert present[0].y - text.y == near(2 * PITCH)
    assert present[0].left == near(28 + 2 * CELL)
    names = present[3].left
    assert names == near(28 + 5 * CELL)
    second = [
        each for each in page.characters() if each.y == near(present[0].y + PITCH) and each.text.strip()
    ]
    assert second[0].left == near(names)
    lines = page.text.split("\n")
    first = next(line for line in lines if line.startswith("出席"))
    after = lines[lines.index(first) + 1]
    written = (first.removeprefix("出席：") + after).split("、")
    assert written == list(PRESENT)
    assert page.find("请假：卫青")[0].left == near(28 + 2 * CELL)
    assert page.find("列席：沈括、蒋干")[3].left == near(names)


@pytest.mark.parametrize("count", range(1, 40))
def test_no_name_is_torn(minutes: Build, print_document: Print, count: int) -> None:
    names = [("欧阳修远", "张三", "李四光")[number % 3] for number in range(count)]
    pages = print_document(minutes(attendance=(listed("出席", *names),)))
    lines = [line for page in pages for line in page.text.split("\n")]
    start = next(n for n, line in enumerate(lines) if line.startswith("出席"))
    listed_lines = [
        line.removeprefix("出席：")
        for line in lines[start:]
        if set(line) <= set("出席：、欧阳修远张三李四光")
    ]
    assert [name for line in listed_lines for name in line.split("、") if name] == names


def test_a_name_longer_than_a_line_is_turned_over(minutes: Build, print_document: Print) -> None:
    name = "临江街道社会组织联合会暨志愿服务总队" * 4
    [page] = print_document(minutes(attendance=(listed("出席", name, "张三"),), printed_by=""))[:1]
    assert f"{name}、张三" in "".join(page.text.split())


def test_minutes_have_no_signature_block(minutes: Build, print_document: Print) -> None:
    pages = print_document(minutes())
    assert sum(page.text.count("2026年1月5日") for page in pages) == 1
    assert sum(page.text.count("临江街道办事处") for page in pages) == 1


def test_attendance_follows_the_list_of_annexes(minutes: Build, print_document: Print) -> None:
    page = print_document(minutes(annexes=(Annex("名单", (Paragraph("无"),)),)))[0]
    assert page.find("出席")[0].y - page.find("附件：名单")[0].y == near(2 * PITCH)


def test_minutes_without_lists_end_with_their_text(minutes: Build, print_document: Print) -> None:
    [page] = print_document(minutes(attendance=(), printed_by=""))
    assert page.text.split("\n")[-2:] == ["会议同意考核结果。", "— 1 —"]


def test_minutes_without_a_word_are_their_head(minutes: Build, print_document: Print) -> None:
    [page] = print_document(minutes(paragraphs=(), attendance=(), printed_by=""))
    assert page.text.endswith("关于考核结果的会议纪要\n— 1 —")


def test_minutes_say_this(minutes: Build, print_document: Print) -> None:
    [page] = print_document(minutes(attendance=(listed("出席", "张三", "李四光"), listed("请假", "卫青"))))
    assert page.text.split("\n") == [
        "临江街道会议纪要",
        "第3期",
        "临江街道办事处 2026年1月5日",
        "关于考核结果的会议纪要",
        "会议同意考核结果。",
        "出席：张三、李四光",
        "请假：卫青",
        "抄送：区民政局。",
        "临江街道社会事务办 2026年1月6日印发",
        "— 1 —",
    ]
