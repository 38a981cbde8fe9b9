"""Every kind of field: what it takes, and the one message for each wrong input."""

from datetime import date, datetime
from typing import Any

import pytest

from core.model.dates import PartialDate
from core.model.ledger import Field, FieldKind
from core.model.ledgers import LEDGERS
from core.model.organization import Community, Organization
from core.model.people import Sex
from core.model.reading import RemarkKind
from core.model.workbook import CellValue
from core.rules.ledger_titles import LinkBook
from core.rules.ledger_values import blank_record, form_text, out_value, read_value, shown_value

K = FieldKind
TODAY = date(2026, 1, 8)
EAST, WEST = Community("c1", "东门社区"), Community("c2", "西河村")
BOOK = LinkBook(
    {
        Community: (EAST, WEST),
        Organization: (
            Organization("o1", "红袖章巡逻队", community_id="c1"),
            Organization("o2", "红袖章巡逻队", community_id="c2"),
            Organization("o3", "夕阳红艺术团", former_names=("老年合唱队",)),
            Organization("o4", "并掉的队", merged_into="o3"),
        ),
    }
)
ORGANIZATION = Field("organization_id", "社会组织", K.LINK, target=Organization)
COMMUNITY = Field("community_id", "社区（村）", K.LINK, target=Community)
SEX = Field("sex", "性别", K.CHOICE, choices=Sex)
DUE_DAY = LEDGERS["obligations"].field("due_day")
PROGRESS = LEDGERS["tasks"].field("progress")


def a_field(kind: FieldKind) -> Field:
    return Field("value", "栏目", kind)


def read(field: Field | FieldKind, cell: CellValue) -> Any:
    return read_value(a_field(field) if isinstance(field, FieldKind) else field, cell, BOOK, TODAY)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (K.TEXT, "  党群\u3000服务中心 ", "党群 服务中心"),
        (K.TEXT, "/", ""),
        (K.NAME, "张 三", "张三"),
        (K.NAME, "阿依古丽•买买提", "阿依古丽·买买提"),
        (K.NAME, "阿依古丽\u30fb买买提", "阿依古丽·买买提"),
        (K.NAME, "阿依古丽.买买提", "阿依古丽·买买提"),
        (K.NAME, "3.5学雷锋", "3.5学雷锋"),
        (K.NAME, "李\ue863", "李䶮"),
        (K.NAME, "王\ue81e\ue826", "王\u9fb4\u9fb5"),
        (K.NAME, "\u202e李\u200b四\u2069", "李四"),
        (K.LONG, "第一行 \n第二行\n", "第一行\n第二行"),
        (K.LONG, "字" * 5_000, "字" * 5_000),
        (K.WHOLE, "72人", 72),
        (K.WHOLE, 0.0, 0),
        (DUE_DAY, "-1", -1),
        (DUE_DAY, -2.0, -2),
        (DUE_DAY, "最后一个工作日", -1),
        (DUE_DAY, "倒数第 2 个", -2),
        (DUE_DAY, "第十二个", 12),
        (PROGRESS, 0.8, 80),
        (PROGRESS, 0.29, 29),
        (PROGRESS, "80%", 80),
        (K.YEAR, 2025.0, 2025),
        (K.YEAR, "2025年度", 2025),
        (K.YEAR, datetime(2025, 3, 1), 2025),
        (K.MONEY, "4万元", 4_000_000),
        (K.MONEY, "40,000", 4_000_000),
        (K.MONEY, "￥40000.00", 4_000_000),
        (K.MONEY, "４００００元", 4_000_000),
        (K.MONEY, "肆万元整", 4_000_000),
        (K.MONEY, 0.1 + 0.2, 30),
        (K.MONEY, "—", None),
        (K.AREA, "120.5㎡", 12_050),
        (K.AREA, "120平方米", 12_000),
        (K.DATE, "2025年3月", PartialDate(2025, 3)),
        (K.YES_NO, "√", True),
        (K.YES_NO, 1.0, True),
        (K.YES_NO, "已", True),
        (K.YES_NO, "调休上班", True),
        (K.YES_NO, "×", False),
        (K.YES_NO, "放假", False),
        (K.YES_NO, "无", False),
        (K.YES_NO, False, False),
        (SEX, " 女", Sex.FEMALE),
        (SEX, "male", Sex.MALE),
        (ORGANIZATION, "夕阳红 艺术团", "o3"),
        (ORGANIZATION, "老年合唱队", "o3"),
        (ORGANIZATION, "红袖章巡逻队(西河村)", "o2"),
        (COMMUNITY, "东门", "c1"),
        (K.TEXTS, "章程、名单；章程;\n申请表", ("章程", "名单", "申请表")),
        (K.PHONES, "13800000104/0573-88880000", ("13800000104", "0573-88880000")),
        (K.ID_NUMBER, "11010519491231002x", "11010519491231002X"),
        (K.ID_NUMBER, "440524188001010014", "440524188001010014"),
    ],
)
def test_what_is_understood(field: Field | FieldKind, cell: CellValue, value: Any) -> None:
    found = read(field, cell)
    assert [said.message for said in found.remarks if said.kind is RemarkKind.FAULT] == []
    assert found.value == value


@pytest.mark.parametrize(
    ("field", "cell", "words"),
    [
        (K.TEXT, "字" * 501, "超过 500 个字"),
        (K.TEXT, "响\x07铃", "控制字符"),
        (K.NAME, "名" * 101, "超过 100 个字"),
        (K.LONG, "字" * 5_001, "有 5001 个字，超过 5000 个字"),
        (K.LONG, "一\x07\n二", "控制字符"),
        (K.WHOLE, "很多", "不是整数"),
        (K.WHOLE, 1.5, "不是整数"),
        (K.WHOLE, "-3", "是负数"),
        (DUE_DAY, 0.0, "没有第 0 个"),
        (DUE_DAY, "-0", "没有第 0 个"),
        (DUE_DAY, "月底", "不是整数"),
        (PROGRESS, "120%", "超过 100%"),
        (K.YEAR, "25", "看不懂这个年份"),
        (K.YEAR, 3025.0, "看不懂这个年份"),
        (K.MONEY, "-500", "金额是负数"),
        (K.MONEY, "(500)", "金额是负数"),
        (K.MONEY, "33.333", "小数多于两位"),
        (K.MONEY, "40,00", "看不懂这个金额"),
        (K.MONEY, "若干", "看不懂这个金额"),
        (K.MONEY, "4000①", "看不懂这个金额"),
        (K.MONEY, "100.01亿元", "金额太大"),
        (K.AREA, "三间", "看不懂这个面积"),
        (K.AREA, "-1", "面积是负数"),
        (K.DATE, "2025-02-30", "没有 30 日"),
        (K.DATE, "去年", "看不懂这个日期"),
        (K.YES_NO, "也许", "看不出是还是否"),
        (SEX, "男性", "可能是“男”"),
        (SEX, "保密", "没有这一项"),
        (ORGANIZATION, "红袖章巡逻队", "名册里有 2 个同名的：红袖章巡逻队\uff08东门社区\uff09、红袖章巡逻队"),
        (ORGANIZATION, "夕阳红艺术队", "可能是“夕阳红艺术团”"),
        (ORGANIZATION, "太极协会", "名册里没有这个名称"),
        (ORGANIZATION, "并掉的队", "名册里没有这个名称"),
        (COMMUNITY, "北山社区", "“社区\uff08村\uff09”里没有这个名称"),
        (K.TEXTS, "好" * 101, "超过 100 个字"),
        (K.PHONES, "1380000010", "少了一位"),
        (K.PHONES, "138****0104", "隐去"),
        (K.ID_NUMBER, "110105194912310021", "校验位不对"),
        (K.ID_NUMBER, "110105194913310028", "不是出生日期"),
        (K.ID_NUMBER, "110105209912310021", "不是出生日期"),
        (K.ID_NUMBER, "110105491231002", "15 位的旧号码"),
        (K.ID_NUMBER, 1.10105e17, "末几位已经丢失"),
        (K.ID_NUMBER, "1.10105E+17", "末几位已经丢失"),
        (K.ID_NUMBER, "1101051949123100", "有 16 位"),
        (K.ID_NUMBER, "1101051949123100A2", "前 17 位应全部是数字"),
    ],
)
def test_what_is_refused_with_one_message_and_a_remedy(
    field: Field | FieldKind, cell: CellValue, words: str
) -> None:
    found = read(field, cell)
    (fault,) = [said for said in found.remarks if said.kind is RemarkKind.FAULT]
    assert words in fault.message
    assert fault.remedy


@pytest.mark.parametrize(
    ("field", "cell", "kind"),
    [
        (K.NAME, "阿依古丽•买买提", RemarkKind.QUESTION),
        (K.NAME, "李\ue000", RemarkKind.QUESTION),
        (K.NAME, "李\u200b四", RemarkKind.NOTE),
        (K.DATE, "2027-01-01", RemarkKind.QUESTION),
        (K.MONEY, "4万元", RemarkKind.NOTE),
    ],
)
def test_what_is_taken_and_told(field: FieldKind, cell: CellValue, kind: RemarkKind) -> None:
    assert [said.kind for said in read(field, cell).remarks] == [kind]


def test_dates_that_lie_ahead_by_nature_are_not_asked_about() -> None:
    assert not read(LEDGERS["tasks"].field("due_on"), "2027-01-01").remarks


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (K.MONEY, 4_000_050, "40,000.50元"),
        (K.AREA, 12_050, "120.50㎡"),
        (K.WHOLE, 0, "0"),
        (K.WHOLE, None, "—"),
        (K.TEXT, "", "—"),
        (K.TEXTS, (), "—"),
        (K.YES_NO, False, "否"),
        (SEX, Sex.MALE, "男"),
        (PROGRESS, 80, "80%"),
        (DUE_DAY, -1, "最后一个"),
        (DUE_DAY, -2, "倒数第 2 个"),
        (DUE_DAY, 3, "第 3 个"),
        (K.DATE, PartialDate(2025, 3), "2025-03"),
        (ORGANIZATION, "o1", "红袖章巡逻队"),
        (K.PHONES, ("13800000104",), "138****0104"),
        (K.ID_NUMBER, "11010519491231002X", "110105********002X"),
    ],
)
def test_what_is_shown(field: Field | FieldKind, value: Any, text: str) -> None:
    assert shown_value(a_field(field) if isinstance(field, FieldKind) else field, value, BOOK) == text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (K.TEXT, "党群服务中心"),
        (K.LONG, "第一行\n第二行"),
        (K.WHOLE, 0),
        (DUE_DAY, -1),
        (PROGRESS, 80),
        (K.YEAR, 2025),
        (K.MONEY, 4_000_050),
        (K.AREA, 12_050),
        (K.DATE, PartialDate(2025, 3)),
        (K.DATE, PartialDate(2025, 3, 5)),
        (K.YES_NO, True),
        (SEX, Sex.FEMALE),
        (ORGANIZATION, "o1"),
        (ORGANIZATION, "o2"),
        (K.TEXTS, ("章程", "名单")),
        (K.PHONES, ("13800000104", "0573-88880000")),
        (K.ID_NUMBER, "11010519491231002X"),
    ],
)
def test_what_goes_out_is_read_again(field: Field | FieldKind, value: Any) -> None:
    one = a_field(field) if isinstance(field, FieldKind) else field
    out = out_value(one, value, BOOK)
    cell = float(out) if one.kind in (K.MONEY, K.AREA) and out is not None else out  # as Excel keeps numbers
    assert read(one, cell).value == value
    if one.kind not in (K.LINK, K.YES_NO):
        assert read(one, form_text(one, value, masked=False)).value == value


@pytest.mark.parametrize("code", LEDGERS)
def test_every_ledger_has_a_blank_record(code: str) -> None:
    ledger = LEDGERS[code]
    record = blank_record(ledger)
    assert record.version == 1
    assert {each.name for each in ledger.fields} <= set(type(record).__dataclass_fields__)
