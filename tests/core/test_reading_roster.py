"""Roster sheets: the sample with every mess planted in it, and the ways other offices lay theirs out."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.model.dates import PartialDate
from core.model.organization import Category, Standing, Status
from core.model.reading import RemarkKind, TablePlace
from core.model.roster import RosterColumn, RosterReading, RosterRow
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.roster_reading import correct, keep_as_written, read_roster
from core.sheets.reader import read_workbook

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 1, 8)
NAMES = (
    "作风建设类",
    "矛盾调处类",
    "经济发展类",
    "卫计服务类",
    "公益宣传类",
    "城市管理类",
    "综合治理类",
    "文化体育类",
    "小区物业类",
)
CATEGORIES = tuple(
    Category(str(number), number, name, ("卫技服务类",) if number == 4 else ())
    for number, name in enumerate(NAMES, start=1)
)


@pytest.fixture(scope="module")
def sample() -> RosterReading:
    return read_roster(read_workbook(DATA / "roster.xlsx"), CATEGORIES, today=TODAY)


def the_row(reading: RosterReading, number: int) -> RosterRow:
    (row,) = (row for row in reading.rows if row.number == number)
    return row


def a_roster(*rows: tuple[CellValue, ...], merged: tuple[tuple[int, int, int, int], ...] = ()) -> RawWorkbook:
    width = max(map(len, rows))
    cells = tuple(row + (None,) * (width - len(row)) for row in rows)
    return RawWorkbook("名册.xlsx", (RawSheet("名册", cells, merged=merged),))


def read(*rows: tuple[CellValue, ...], merged: tuple[tuple[int, int, int, int], ...] = ()) -> RosterReading:
    return read_roster(a_roster(*rows, merged=merged), CATEGORIES, today=TODAY)


def test_sample_has_61_rows_and_no_fault(sample: RosterReading):
    assert (sample.sheet, len(sample.rows)) == ("花名册", 61)
    assert [said.problem for said in sample.remarks if said.remark.kind is not RemarkKind.NOTE] == []
    assert [(row.number, row.text[:2]) for row in sample.skipped] == [(66, "合计"), (67, "注:")]


def test_sample_head_of_two_rows(sample: RosterReading):
    meant = [column.meaning for column in sample.columns if column.meaning]
    assert len(meant) == 17
    assert set(RosterColumn) - set(meant) == {
        RosterColumn.FILING_NUMBER,
        RosterColumn.CREDIT_CODE,
        RosterColumn.STATUS,
    }
    assert sample.unread_titles == ("序号",)
    assert sample.figures_year == 2025


def test_sample_first_row_whole(sample: RosterReading):
    draft = sample.rows[0].draft
    assert (draft.name, draft.community, draft.category_id) == ("松枫社区作风监督志愿队", "松枫社区", "1")
    assert (draft.standing, draft.filing_number, draft.credit_code) == (
        Standing.FILED,
        "XX街社备〔2024〕001号",
        "",
    )
    assert (draft.founded_on, draft.status) == (PartialDate(2024, 10, 11), None)
    assert (draft.principal, draft.political_status, draft.phones) == ("张三", "中共党员", ("13800000100",))
    assert (draft.members, draft.party_members, draft.volunteers) == (72, 8, 36)
    assert (draft.premises, draft.figures_year, draft.activities, draft.visits) == ("文化礼堂", 2025, 17, 442)
    assert (draft.previous_grade, draft.remarks) == ("未参评", "")


def test_sample_communities_are_filled_down(sample: RosterReading):
    assert len({row.draft.community for row in sample.rows}) == 26
    assert [the_row(sample, number).draft.community for number in (5, 6, 7, 8)] == ["松枫社区"] * 3 + [
        "凤凰社区"
    ]


def test_sample_every_row_has_its_category_and_both_spellings_of_class_four(sample: RosterReading):
    counts = Counter(row.draft.category_id for row in sample.rows)
    assert None not in counts
    assert counts["4"] == 6
    assert {the_row(sample, number).draft.category_id for number in (16, 40)} == {"4"}


@pytest.mark.parametrize(
    ("number", "founded_on"),
    [
        (6, PartialDate(2020, 8, 16)),
        (10, PartialDate(2020, 2, 15)),
        (12, PartialDate(2022, 7)),
        (13, PartialDate(2015, 1, 31)),
        (14, PartialDate(2020, 4, 11)),
        (15, PartialDate(2017, 1, 12)),
        (16, PartialDate(2018, 3, 29)),
        (17, PartialDate(2023, 2, 16)),
        (18, PartialDate(2017, 11, 20)),
    ],
)
def test_sample_dates_keep_their_precision(sample: RosterReading, number: int, founded_on: PartialDate):
    assert the_row(sample, number).draft.founded_on == founded_on


def test_sample_phones(sample: RosterReading):
    numbers = [phone for row in sample.rows for phone in row.draft.phones]
    assert {len(number) for number in numbers} == {11}
    assert the_row(sample, 13).draft.phones == ("13800000108", "13800000608")


def test_sample_codes_and_filing_numbers(sample: RosterReading):
    registered = [row.draft for row in sample.rows if row.draft.standing is Standing.REGISTERED]
    assert len(registered) == 10
    assert all(len(draft.credit_code) == 18 and not draft.filing_number for draft in registered)
    assert the_row(sample, 9).draft.credit_code == "52330499MJ00000500"
    assert the_row(sample, 15).draft.credit_code == "51330499MJ00001141"
    filed = [row.draft for row in sample.rows if row.draft.standing is Standing.FILED]
    assert all(draft.filing_number.endswith("号") and not draft.credit_code for draft in filed)


def test_sample_names_counts_and_status(sample: RosterReading):
    assert all(" " not in row.draft.name + row.draft.principal for row in sample.rows)
    assert the_row(sample, 7).draft.activities == 26
    assert the_row(sample, 8).draft.volunteers == 14
    statuses = {row.number: row.draft.status for row in sample.rows if row.draft.status}
    assert statuses == {20: Status.SUSPENDED, 50: Status.DEREGISTERED}


def test_sample_notes_say_where_and_how(sample: RosterReading):
    lines = [str(said.problem) for said in sample.remarks]
    assert "第 5 行“成员数”：写的是“72人”，读作 72" in lines
    assert "第 30 行“姓名”：写的是“张 三”，去掉中间的空格，读作“张三”" in lines
    assert "第 50 行“备注”：写的是“已注销”，状态按备注读作“已注销”" in lines


def test_one_row_head_with_synonyms_and_units():
    reading = read(
        ("村(居)", "社团名称", "带头人", "联系方式", "人数(人)", "其中:党员"),
        ("三北村", "甲队", "张三", "13800000100", 12.0, 3.0),
    )
    draft = reading.rows[0].draft
    assert (draft.name, draft.principal, draft.phones, draft.members) == (
        "甲队",
        "张三",
        ("13800000100",),
        12,
    )
    assert draft.community == "三北村"
    assert draft.party_members == 3


def test_head_below_titles_and_year_in_the_title():
    reading = read(
        ("社会组织花名册\uff082024年度\uff09",), (None,), ("序号", "名称", "活动次数"), (1.0, "甲队", 5.0)
    )
    assert reading.rows[0].number == 4
    assert reading.rows[0].draft.figures_year == 2024


def test_group_heads_tell_equal_titles_apart():
    reading = read(
        ("名称", "负责人", None, "活动开展", None),
        (None, "姓名", "电话", "次数", "人次"),
        ("甲队", "张三", "13800000100", 5.0, 60.0),
        merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)),
    )
    draft = reading.rows[0].draft
    assert (draft.principal, draft.activities, draft.visits) == ("张三", 5, 60)


def test_a_column_of_a_group_does_not_take_the_meaning_of_the_group():
    reading = read(
        ("名称", "负责人", None),
        (None, "性别", "姓名"),
        ("甲队", "男", "张三"),
        merged=((0, 0, 1, 0), (0, 1, 0, 2)),
    )
    assert reading.rows[0].draft.principal == "张三"
    assert reading.unread_titles == ("性别",)


def test_blank_communities_below_one_are_filled_without_merges():
    reading = read(("社区", "名称"), ("东湖社区", "甲队"), (None, "乙队"), ("三北村", "丙队"))
    assert [row.draft.community for row in reading.rows] == ["东湖社区", "东湖社区", "三北村"]


def test_a_blank_beside_merged_blocks_stays_blank():
    reading = read(
        ("社区", "名称"), ("东湖社区", "甲队"), (None, "乙队"), (None, "丙队"), merged=((1, 0, 2, 0),)
    )
    assert [row.draft.community for row in reading.rows] == ["东湖社区", "东湖社区", ""]


def test_sums_remarks_numbered_blanks_and_repeated_heads_are_no_organizations():
    reading = read(
        ("序号", "社区", "名称", "人数"),
        (1.0, "东湖社区", "甲队", 5.0),
        ("小计", None, None, 5.0),
        (2.0, None, "乙队", 6.0),
        ("序号", "社区", "名称", "人数"),
        (3.0, None, None, None),
        (None, None, None, None),
        ("合计", None, "共2个", 11.0),
        ("填表人:张三", None, None, None),
        (None, "小计划社区", "丙队", 3.0),
    )
    assert [(row.number, row.draft.name, row.draft.community) for row in reading.rows] == [
        (2, "甲队", "东湖社区"),
        (4, "乙队", "东湖社区"),
        (10, "丙队", "小计划社区"),
    ]


def test_row_without_a_name_is_a_fault():
    reading = read(("社区", "名称", "人数"), ("东湖社区", None, 5.0))
    (said,) = reading.rows[0].faults
    assert str(said.problem) == "第 2 行“名称”：没有组织名称——请填写名称，或删去这一行"


def test_faults_name_row_column_text_reason_and_remedy():
    reading = read(("名称", "成立时间", "电话"), ("甲队", "2021.2.30", 1380000010.0))
    assert [str(said.problem) for said in reading.rows[0].faults] == [
        "第 2 行“成立时间”：写的是“2021.2.30”，2021年2月没有 30 日——请核对后改正",
        "第 2 行“电话”：“1380000010”只有 10 位，少了一位——请核对后改正；手机号应为 11 位",
    ]


def test_filing_numbers_and_codes_find_their_field_in_either_column():
    reading = read(
        ("名称", "备案号", "统一社会信用代码"),
        ("甲队", "51330499MJ0000122U", None),
        ("乙队", None, "XX街社备〔2024〕001号"),
    )
    assert reading.rows[0].draft.credit_code == "51330499MJ0000122U"
    assert reading.rows[1].draft.filing_number == "XX街社备〔2024〕001号"


def test_correcting_a_cell_reads_its_row_again():
    reading = read(("名称", "电话", "备注"), ("甲队", 1380000010.0, "已注销"), ("乙队", 1380000011.0, None))
    mended = correct(reading, 2, RosterColumn.PHONES, "13800000108")
    assert mended.rows[0].draft.phones == ("13800000108",)
    assert mended.rows[0].draft.status is Status.DEREGISTERED
    assert mended.rows[0].faults == ()
    assert mended.rows[1] == reading.rows[1]
    emptied = correct(reading, 2, RosterColumn.PHONES, "")
    assert (emptied.rows[0].draft.phones, emptied.rows[0].faults) == ((), ())


def test_only_a_fault_that_may_stand_can_be_kept():
    reading = read(("名称", "信用代码", "电话"), ("甲队", "51330499MJ0000122X", 1380000010.0))
    kept = keep_as_written(reading, 2, RosterColumn.CREDIT_CODE)
    assert [said.column for said in kept.rows[0].faults] == [RosterColumn.PHONES]
    stubborn = keep_as_written(kept, 2, RosterColumn.PHONES)
    assert [said.column for said in stubborn.rows[0].faults] == [RosterColumn.PHONES]
    retyped = correct(kept, 2, RosterColumn.CREDIT_CODE, "51330499MJ0000122Y")
    assert RosterColumn.CREDIT_CODE in {said.column for said in retyped.rows[0].faults}


def test_the_sheet_can_be_named():
    sheets = tuple(
        RawSheet(name, (("名称", "人数"), (f"{name}队", 1.0)), hidden=name == "旧")
        for name in ("甲", "乙", "旧")
    )
    workbook = RawWorkbook("名册.xlsx", sheets)
    assert read_roster(workbook, CATEGORIES).other_sheets == ("乙",)
    assert read_roster(workbook, CATEGORIES, TablePlace("乙")).rows[0].draft.name == "乙队"
    with pytest.raises(InvalidInput) as caught:
        read_roster(workbook, CATEGORIES, TablePlace("丙"))
    assert caught.value.code == "sheet_missing"
    assert "“甲”、“乙”" in caught.value.remedy_zh


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((("甲", "乙"), (1.0, 2.0)), "no_header"),
        ((("名称",), ("甲队",)), "no_header"),
        ((("名称", "电话"),), "roster_empty"),
        ((("名称", "电话"), ("合计", None)), "roster_empty"),
        (((None,),), "no_header"),
    ],
)
def test_what_is_no_roster(rows: tuple[tuple[CellValue, ...], ...], code: str):
    with pytest.raises(InvalidInput) as caught:
        read(*rows)
    assert caught.value.code == code
    assert "名册.xlsx" in caught.value.message_zh


def test_score_file_is_no_roster():
    with pytest.raises(InvalidInput) as caught:
        read_roster(read_workbook(DATA / "neighbour_points.csv"), CATEGORIES, TablePlace("别的"))
    assert caught.value.code == "sheet_missing"


def test_very_wide_sheet_is_read():
    reading = read(("名称", "人数", *(None,) * 16_000, "远"), ("甲队", 1.0))
    assert reading.rows[0].draft.members == 1
