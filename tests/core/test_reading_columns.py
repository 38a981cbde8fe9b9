"""Rosters whose head or columns a person points at: row, letters, merged heads, what was said of titles."""

from collections.abc import Mapping
from datetime import date

import pytest

from core.errors import InvalidInput
from core.model.organization import Category
from core.model.reading import FileLook, TablePlace
from core.model.roster import RosterColumn, RosterReading
from core.model.workbook import CellValue, RawSheet, RawWorkbook, pasted_workbook
from core.rules.head_pointing import look_at
from core.rules.roster_reading import ROSTERS, read_roster

UNKNOWN = (
    ("东风社区一览", None, None, None),
    ("序", "队伍", "归哪个社区", "备注"),
    (1.0, "甲队", "东风社区", "好"),
    (2.0, "乙队", "东风社区", None),
)
SAID = {1: "name", 2: "community"}
MERGED = (
    ("名册", None, None, None),
    ("组织名称", "人数", None, "备注"),
    (None, "成员", "党员", None),
    ("甲队", 30.0, 4.0, None),
)
BLOCKS = ((0, 0, 0, 3), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3))


def a_workbook(
    *rows: tuple[CellValue, ...], merged: tuple[tuple[int, int, int, int], ...] = ()
) -> RawWorkbook:
    return RawWorkbook("名册.xlsx", (RawSheet("名册", rows, merged=merged),))


def read(place: TablePlace, *rows: tuple[CellValue, ...]) -> RosterReading:
    categories = (Category("1", 1, "文化体育类"),)
    return read_roster(a_workbook(*rows), categories, place, date(2026, 1, 8))


def look(place: TablePlace, *rows: tuple[CellValue, ...]) -> FileLook:
    return look_at(a_workbook(*rows), ROSTERS, place)


def names(reading: RosterReading) -> list[tuple[int, str, str]]:
    return [(row.number, row.draft.name, row.draft.remarks) for row in reading.rows]


@pytest.mark.parametrize("header_row", [None, 2])
def test_mapped_columns_are_read_and_no_others(header_row: int | None) -> None:
    reading = read(TablePlace(None, header_row, SAID), *UNKNOWN)
    assert names(reading) == [(3, "甲队", ""), (4, "乙队", "")]
    assert reading.unread_titles == ("序", "备注")


def test_a_mapping_goes_before_the_titles() -> None:
    reading = read(TablePlace(mapping={0: "remarks", 1: "name"}), ("名称", "负责人"), ("甲", "乙"))
    assert names(reading) == [(2, "乙", "甲")]


def test_without_a_head_the_columns_have_letters() -> None:
    reading = read(TablePlace(None, 0, {27: "name"}), (*(None,) * 27, "甲队"))
    assert names(reading) == [(1, "甲队", "")]
    assert reading.columns[27].title == "AB 列"


@pytest.mark.parametrize("header_row", [2, 3])
def test_a_merged_head_is_whole_whichever_of_its_rows_is_pointed_at(header_row: int) -> None:
    seen = look_at(a_workbook(*MERGED, merged=BLOCKS), ROSTERS, TablePlace(None, header_row))
    assert seen.head == range(2, 4)
    assert seen.titles == ("组织名称", "人数成员", "人数党员", "备注")
    assert {seen.mapping[place] for place in (0, 2)} == {"name", "party_members"}


def test_a_head_that_nobody_knows_is_proposed_where_most_is_said() -> None:
    seen = look(TablePlace(), *UNKNOWN)
    assert (seen.head, seen.titles) == (range(2, 3), ("序", "队伍", "归哪个社区", "备注"))
    assert "没有找到花名册的表头" in seen.message
    assert look(TablePlace(), ("名称", "电话"), ("甲队", 1.0)).message == ""


def test_of_sheets_without_a_known_head_the_one_that_says_most_is_proposed() -> None:
    sheets = (RawSheet("说明", (("各社区报送",),)), RawSheet("汇总", UNKNOWN))
    seen = look_at(RawWorkbook("名册.xlsx", sheets), ROSTERS, TablePlace())
    assert (seen.sheet, seen.head) == ("汇总", range(2, 3))


@pytest.mark.parametrize(
    ("said", "mapping"),
    [
        ({"队伍": "name", "归哪个社区": "community"}, {1: "name", 2: "community", 3: "remarks"}),
        ({"队伍": "name", "归哪个社区": "community", "备注": ""}, {1: "name", 2: "community"}),
        ({"队伍": "name", "归哪个社区": "field_of_another_version"}, {1: "name", 3: "remarks"}),
    ],
)
def test_what_was_said_of_titles_finds_the_head_again(
    said: Mapping[str, str], mapping: Mapping[int, str]
) -> None:
    seen = look(TablePlace(titles=said), *UNKNOWN)
    assert (seen.head, seen.mapping, seen.message) == (range(2, 3), mapping, "")
    reading = read(TablePlace(titles=said), *UNKNOWN)
    assert {each.index: each.meaning for each in reading.columns if each.meaning} == mapping


@pytest.mark.parametrize("header_row", [None, 2])
def test_a_group_tells_columns_of_the_same_title_apart(header_row: int | None) -> None:
    rows = (("名称", "甲", "乙"), (None, "数", "数"), ("甲队", 3.0, 5.0))
    blocks = ((0, 0, 1, 0),)
    said = {"名称": "name", "甲数": "members", "乙数": "volunteers"}
    reading = read_roster(a_workbook(*rows, merged=blocks), (), TablePlace(None, header_row, titles=said))
    assert (reading.rows[0].draft.members, reading.rows[0].draft.volunteers) == (3, 5)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (TablePlace(None, 2), "name_column_missing"),
        (TablePlace(None, 2, {2: "community"}), "name_column_missing"),
        (TablePlace(None, 2, {4: "name"}), "column_missing"),
        (TablePlace(None, 5, SAID), "header_row_missing"),
        (TablePlace("别的", 2, SAID), "sheet_missing"),
        (TablePlace(None, 4, SAID), "roster_empty"),
        (TablePlace(), "no_header"),
    ],
)
def test_a_place_that_gives_no_roster_is_refused(place: TablePlace, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(place, *UNKNOWN)
    assert caught.value.code == code
    assert caught.value.remedy_zh


def test_an_empty_file_has_nothing_to_look_at() -> None:
    with pytest.raises(InvalidInput) as caught:
        look(TablePlace())
    assert caught.value.code == "file_empty"


def test_a_pasted_block_is_made_as_wide_as_its_widest_row() -> None:
    (sheet,) = pasted_workbook([["甲"], ["乙", "", "丙"]]).sheets
    assert sheet.rows == (("甲", None, None), ("乙", None, "丙"))


def test_every_column_of_a_roster_can_be_chosen() -> None:
    assert [ROSTERS.named(each.value) for each in RosterColumn] == list(RosterColumn)
