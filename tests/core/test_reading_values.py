"""Single cells: every spelling of domain 3.1, 3.3, 3.4 and of the sample files."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.dates import PartialDate
from core.model.organization import Category, Standing, Status
from core.model.reading import Remark, RemarkKind
from core.model.workbook import CellValue
from core.rules.cell_values import (
    Read,
    category_names,
    name_key,
    read_category,
    read_count,
    read_name,
    read_person,
    read_standing,
    read_text,
    shown,
    status_in_remarks,
)
from core.rules.credit_code import looks_like_code, read_credit_code
from core.rules.partial_dates import read_date
from core.rules.phones import read_phones
from core.rules.score_numbers import read_points

TODAY = date(2026, 1, 8)
CLASSES = (Category("4", 4, "卫计服务类", ("卫技服务类",)), Category("9", 9, "小区物业类"))


def the_remark(read: Read[object]) -> Remark:
    (remark,) = read.remarks
    return remark


def kinds(read: Read[object]) -> list[RemarkKind]:
    return [remark.kind for remark in read.remarks]


@pytest.mark.parametrize(
    "cell",
    [
        date(2019, 3, 5),
        datetime(2019, 3, 5),
        "2019.3.5",
        "2019/3/5",
        "2019-03-05",
        "2019年3月5日",
        "2019年3月5号",
        "2019年3月5",
        "20190305",
        20190305.0,
        20190305,
        43529.0,
        "43529",
        "二〇一九年三月五日",
        "二零一九年三月五日",
        "二零一九年3月5日",
        "2019年三月五日",
        "二○一九年三月五日",
        "\uff12\uff10\uff11\uff19\uff0e\uff13\uff0e\uff15",
        "2019。3。5",
        "2019-03-05 00:00:00",
        "2019-03-05T00:00",
        " 2019 年 3 月 5 日 ",
        "二0一九年三月五日",
        "19.3.5",
    ],
)
def test_one_day_in_many_spellings(cell: CellValue):
    assert read_date(cell, TODAY).value == PartialDate(2019, 3, 5)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("2019年3月", PartialDate(2019, 3)),
        ("2019.3", PartialDate(2019, 3)),
        ("2019.10", PartialDate(2019, 10)),
        (2019.3, PartialDate(2019, 3)),
        (2019.12, PartialDate(2019, 12)),
        ("201903", PartialDate(2019, 3)),
        ("二〇一九年十二月", PartialDate(2019, 12)),
        ("2019年10月份", PartialDate(2019, 10)),
        ("2019年", PartialDate(2019)),
        (2019.0, PartialDate(2019)),
        ("约2016年", PartialDate(2016)),
    ],
)
def test_precision_is_kept(cell: CellValue, kept: PartialDate):
    assert read_date(cell, TODAY).value == kept


@pytest.mark.parametrize(
    ("text", "day"),
    [("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("二〇", 20), ("九", 9)],
)
def test_chinese_days(text: str, day: int):
    assert read_date(f"二〇二〇年一月{text}日").value == PartialDate(2020, 1, day)


@pytest.mark.parametrize(
    "cell",
    [
        "2021.2.30",
        "2019年2月29日",
        "2019.13.1",
        "2020.4.31",
        "2020年11月31日",
        "20200631",
        "2019.0.1",
        "二〇二〇年十三月一日",
        "二〇二〇年一月三二十日",
        "19.3",
        "三月五日",
        "3/5/2019",
        "2019.3.5-2020.3.5",
        "见附件",
        14.5,
        -1.0,
        1e18,
        True,
        datetime(9999, 12, 31),
    ],
)
def test_no_such_date(cell: CellValue):
    read = read_date(cell, TODAY)
    assert read.value is None
    assert kinds(read) == [RemarkKind.FAULT]
    assert the_remark(read).remedy


def test_number_2019_1_may_be_october():
    assert kinds(read_date(2019.1)) == [RemarkKind.QUESTION]
    assert read_date("2019.1").remarks == ()


@pytest.mark.parametrize("cell", ["17.11.20", "44973", "约2016年"])
def test_unusual_dates_are_noted(cell: str):
    assert kinds(read_date(cell, TODAY)) == [RemarkKind.NOTE]


@pytest.mark.parametrize("cell", ["2026.1.9", "1948.12.31"])
def test_unlikely_dates_are_questioned_and_kept(cell: str):
    read = read_date(cell, TODAY)
    assert read.value is not None
    assert kinds(read) == [RemarkKind.QUESTION]


@pytest.mark.parametrize(
    "cell", ["不详", "/", "—", "无", "", None, "暂无", "\uff0f", "      ", "\u3000\u3000/\u3000\u3000"]
)
def test_nothing_is_nothing(cell: CellValue):
    assert read_date(cell) == read_count(cell) == Read(None)
    assert read_phones(cell) == Read(())
    assert read_count(cell) == Read(None)
    assert read_text(cell) == Read("")


@given(st.dates(date(1949, 1, 1), date(2048, 12, 31)))
def test_every_day_is_read_back_from_each_spelling(day: date):
    y, m, d = day.year, day.month, day.day
    spellings = (day, f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{y}{m:02d}{d:02d}", f"{y % 100:02d}.{m}.{d}")
    assert {read_date(spelling).value for spelling in spellings} == {PartialDate.of(day)}


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        (13800000100.0, ("13800000100",)),
        ("13800000102", ("13800000102",)),
        ("13800000102.0", ("13800000102",)),
        ("138 0000 0103", ("13800000103",)),
        ("138-0000-0105", ("13800000105",)),
        ("\uff11\uff13\uff18\uff10\uff10\uff10\uff10\uff10\uff11\uff10\uff16", ("13800000106",)),
        ("13800000107 ", ("13800000107",)),
        ("13800000108/13800000608", ("13800000108", "13800000608")),
        ("13800000108、13800000608", ("13800000108", "13800000608")),
        ("13800000108；13800000608", ("13800000108", "13800000608")),
        ("13800000108\n13800000608", ("13800000108", "13800000608")),
        ("13800000108 13800000608", ("13800000108", "13800000608")),
        ("13800000108/13800000108", ("13800000108",)),
        ("+86 138 0000 0103", ("13800000103",)),
        ("008613800000103", ("13800000103",)),
        ("13800000103(张三)", ("13800000103",)),
        ("张三 13800000103", ("13800000103",)),
        ("0573-85012345", ("0573-85012345",)),
        ("057385012345", ("0573-85012345",)),
        ("(0573)85012345", ("0573-85012345",)),
        ("0573-85012345转8001", ("0573-85012345-8001",)),
        ("400-800-1234", ("4008001234",)),
    ],
)
def test_phones(cell: CellValue, phones: tuple[str, ...]):
    assert read_phones(cell).value == phones
    assert RemarkKind.FAULT not in kinds(read_phones(cell))


@pytest.mark.parametrize(
    ("cell", "kept"), [("96345", "96345"), ("666123", "666123"), ("85012345", "85012345")]
)
def test_short_numbers_are_kept_with_a_note(cell: str, kept: str):
    assert read_phones(cell).value == (kept,)
    assert kinds(read_phones(cell)) == [RemarkKind.NOTE]


def test_ten_digits_are_one_lost():
    read = read_phones(1380000010.0)
    assert read.value == ()
    assert "只有 10 位" in the_remark(read).message


@pytest.mark.parametrize("cell", ["138000000011", "1380000010/13800000100", "见通讯录", "1.38E+10"])
def test_what_is_no_phone(cell: str):
    assert kinds(read_phones(cell)) == [RemarkKind.FAULT]


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (86.0, 86),
        (0.0, 0),
        ("72人", 72),
        ("约26", 26),
        ("\uff11\uff14", 14),
        (" 15 ", 15),
        ("1,298人次", 1298),
        ("30余人", 30),
        ("50人左右", 50),
        ("二十六人", 26),
        ("两百", 200),
    ],
)
def test_counts(cell: CellValue, count: int):
    assert read_count(cell).value == count


@pytest.mark.parametrize(
    "cell", ["12①", "12⑩", "12²", "12.5", -3.0, 2.5, "很多", "10-20", 1e12, True, date(2020, 1, 1)]
)
def test_what_is_no_count(cell: CellValue):
    assert kinds(read_count(cell)) == [RemarkKind.FAULT]


@pytest.mark.parametrize(("text", "points"), [("8。5", "8.5"), ("8．5", "8.5"), ("8.", "8"), (".5", "0.5")])
def test_points_with_the_full_stop_of_a_chinese_keyboard_or_half_a_fraction(text: str, points: str):
    assert read_points(text).value == Decimal(points)


@pytest.mark.parametrize("text", [".", "。", "8..5", "8。5。1", "8，5"])
def test_signs_alone_are_no_points(text: str):
    assert kinds(read_points(text)) == [RemarkKind.FAULT]


def test_the_mark_of_a_note_is_no_figure_of_the_points():
    assert kinds(read_points("9①")) == [RemarkKind.FAULT]


@pytest.mark.parametrize("code", ["51330499MJ0000122U", "52330499MJ00000500", "51330499mj00001141"])
def test_right_credit_codes(code: str):
    assert read_credit_code(code) == Read(code.upper())


def test_credit_code_in_full_width_and_with_blanks():
    wide = "".join(chr(ord(character) + 0xFEE0) for character in "52330499MJ00000500")
    assert read_credit_code(f" {wide[:8]} {wide[8:]} ") == Read("52330499MJ00000500")


def test_wrong_check_character_may_stand():
    read = read_credit_code("51330499MJ0000122X")
    assert read.value == "51330499MJ0000122X"
    assert the_remark(read).kind is RemarkKind.FAULT
    assert the_remark(read).may_stand


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("51330499MJO000122U", "第 11 位的“O”不会出现在代码中，可能是“0”"),
        ("5133049IMJ0000122U", "第 8 位的“I”不会出现在代码中，可能是“1”"),
        ("S1330499MJ0000122U", "第 1 位的“S”不会出现在代码中，可能是“5”"),
        ("51330499MJ0000Z22U", "第 15 位的“Z”不会出现在代码中，可能是“2”"),
        ("51330499MJ0000122V", "第 18 位的“V”不会出现在代码中，可能是“U”"),
        ("51330499MJ0000122", "有 17 位"),
        ("5133A499MJ0000122U", "第 1 至 8 位应全部是数字"),
    ],
)
def test_wrong_credit_codes_come_with_a_hint(code: str, hint: str):
    read = read_credit_code(code)
    assert read.value == ""
    assert hint in the_remark(read).message
    assert not the_remark(read).may_stand


def test_code_of_another_department_is_questioned():
    assert kinds(read_credit_code("91350100M000100Y43")) == [RemarkKind.QUESTION]


def test_code_that_excel_made_a_number():
    assert "已经丢失" in the_remark(read_credit_code(5.1330499e17)).message


def test_filing_number_is_no_code():
    assert not looks_like_code("XX街社备〔2024〕001号")
    assert looks_like_code("51330499MJ00001141")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("凤凰社区商户互助联盟 ", "凤凰社区商户互助联盟"),
        ("洁芳社区 公益堂", "洁芳社区公益堂"),
        ("沐阳(通界桥)社区 协会", "沐阳(通界桥)社区协会"),
        ("张 三", "张三"),
        ("张\u3000三", "张三"),
        ("李𬭎 ", "李𬭎"),
        ("艾山·甲", "艾山·甲"),
        ("洁芳\n公益堂", "洁芳公益堂"),
        ("Green Club 志愿队", "Green Club 志愿队"),
        ("\u200b公益堂", "公益堂"),
        ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
        ("A&B <中心>", "A&B <中心>"),
        ("南市社区合唱团\uff08二队\uff09", "南市社区合唱团\uff08二队\uff09"),
        ("\ufa0e队", "\ufa0e队"),
    ],
)
def test_names(written: str, read: str):
    assert read_name(written).value == read


@pytest.mark.parametrize("written", ['=HYPERLINK("http://x","点我")', "＝1+1"])
def test_names_like_formulas_may_stand_if_a_person_says_so(written: str):
    read = read_name(written)
    assert read.value == written
    assert the_remark(read).kind is RemarkKind.FAULT
    assert the_remark(read).may_stand


@pytest.mark.parametrize("dot", ["·", "•", "\u30fb", "\uff0e", " · "])
def test_one_dot_in_the_names_of_persons(dot: str):
    assert read_person(f"艾山{dot}甲").value == "艾山·甲"
    assert read_person("J. Smith") == Read("J. Smith")


def test_names_that_cannot_be_taken():
    assert the_remark(read_name("甲\x07队")).kind is RemarkKind.FAULT
    assert the_remark(read_name("队" * 200)).message == "有 200 个字，超过 100 个字"
    assert read_name("队" * 100).remarks == ()


def test_same_name_in_other_spelling_has_the_same_key():
    spellings = ("合唱团\uff08二队\uff09", "合唱团(二队)", " 合唱 团〔二队〕", "合唱团【二队】")
    assert len({name_key(spelling) for spelling in spellings}) == 1
    assert name_key("ＡＢ队") == name_key("ab队")
    assert name_key("合唱团(二队)") != name_key("合唱团(2队)")


@pytest.mark.parametrize(
    ("written", "category"),
    [("卫计服务类", "4"), ("卫技服务类", "4"), ("小区物业", "9"), (" 小区 物业类 ", "9"), ("卫技服务", "4")],
)
def test_categories(written: str, category: str):
    assert read_category(written, category_names(CLASSES)).value == category


def test_unknown_category_names_the_known_ones():
    remark = the_remark(read_category("环保类", category_names(CLASSES)))
    assert "卫计服务类" in remark.remedy
    assert "小区物业类" in remark.remedy


def test_standing():
    assert read_standing("备 案").value is Standing.FILED
    assert read_standing("登记").value is Standing.REGISTERED
    assert kinds(read_standing("口头")) == [RemarkKind.FAULT]


@pytest.mark.parametrize(
    ("remarks", "status"),
    [
        ("已注销", Status.DEREGISTERED),
        ("2024年已注销", Status.DEREGISTERED),
        ("已于2023年5月注销", Status.DEREGISTERED),
        ("已申请注销", None),
        ("曾暂停活动，现已恢复", None),
        ("未暂停活动", None),
        ("暂停活动", Status.SUSPENDED),
        ("暂停", Status.SUSPENDED),
        ("撤销登记", Status.REVOKED),
        ("拟注销", None),
        ("未注销", None),
        ("负责人已变更,待换证", None),
    ],
)
def test_status_proposed_by_remarks(remarks: str, status: Status | None):
    assert status_in_remarks(remarks) is status


def test_numbers_are_shown_as_excel_shows_them():
    assert shown(13800000100.0) == "13800000100"
    assert shown(0.1 + 0.2) == "0.3"
    assert shown(date(2020, 1, 2)) == "2020-01-02"
