import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.model.tables import FillIn, OutColumn, OutSheet, OutValue
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook

COLUMNS = (OutColumn("组织名称", 30), OutColumn("得分", 8, 2), OutColumn("日期"))


def a_sheet(*rows: tuple[OutValue, ...], name: str = "成绩") -> OutSheet:
    return OutSheet(name, "2025年度考核结果", COLUMNS, rows, "注：分数保留两位小数")


def written(*sheets: OutSheet) -> list[Worksheet]:
    return load_workbook(io.BytesIO(write_workbook(sheets))).worksheets


def test_title_head_rows_and_note():
    (sheet,) = written(a_sheet(("甲队", Decimal("89.50"), date(2026, 1, 8)), ("乙队", None, None)))
    assert sheet["A1"].value == "2025年度考核结果"
    assert [cell.value for cell in sheet[2]] == ["组织名称", "得分", "日期"]
    assert sheet["B3"].value == 89.5
    assert sheet["B3"].number_format == "0.00"
    assert sheet["C3"].number_format == "yyyy-mm-dd"
    assert sheet["B4"].value is None
    assert sheet["A5"].value == "注：分数保留两位小数"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","点我")', "+1", "-1", "@SUM(A1)", "=1+1"])
def test_text_is_never_a_formula(text: str):
    (sheet,) = written(a_sheet((text, None, None)))
    assert (sheet["A3"].data_type, sheet["A3"].value) == ("s", text)


def test_control_characters_are_shown_not_lost(tmp_path: Path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_workbook([a_sheet(("甲\x07队", None, None))]))
    assert read_workbook(path).sheets[0].rows[2][0] == "甲\u2407队"


@pytest.mark.parametrize(
    "text",
    ["_x0041_", "李𬭎", "张䶮 A&B <中心>", "</t></is></c>", "&lt;100%d%", "第一行\n第二行", " 两边空白\t"],
)
def test_text_comes_back_as_it_was(tmp_path: Path, text: str):
    path = tmp_path / "表.xlsx"
    sheet = OutSheet("表", text, (OutColumn(text, choices=(text,)),), ((text,),), text, text)
    path.write_bytes(write_workbook([sheet]))
    form, choices = read_workbook(path).sheets
    assert [row[0] for row in form.rows] == [text] * 5
    assert choices.rows[0][0] == text


def test_sheet_names_that_excel_allows():
    long = "很长的名字" * 10
    sheets = written(
        a_sheet(name="a/b"), a_sheet(name="A b"), a_sheet(name=long), a_sheet(name=long), a_sheet(name="'"),
        a_sheet(name="甲\uffff乙"), a_sheet(name="\ud800丙"),
    )  # fmt: skip
    names = [sheet.title for sheet in sheets]
    assert names == ["a b", "A b2", long[:31], long[:30] + "2", "Sheet", "甲 乙", "丙"]


def test_ready_to_print_on_a4_landscape():
    (sheet,) = written(a_sheet(("甲队", None, None)))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "A3"
    assert sheet.column_dimensions["A"].width == 30


def test_line_below_the_title_and_head_on_every_page():
    (sheet,) = written(OutSheet("名册", "名册", COLUMNS, (("甲队", None, None),), subtitle="内部资料"))
    assert [sheet["A1"].value, sheet["A2"].value] == ["名册", "内部资料"]
    assert [cell.value for cell in sheet[3]] == ["组织名称", "得分", "日期"]
    assert sheet.print_title_rows == "$1:$3"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:C4")
    assert {str(block) for block in sheet.merged_cells.ranges} == {"A1:C1", "A2:C2"}


def test_cells_of_a_column_do_not_take_over_from_the_row_before():
    rows = (("甲队", Decimal("1.5"), date(2026, 1, 8)), (7, "未评", "2026年"), ("乙队", None, None))
    (sheet,) = written(a_sheet(*rows))
    assert [cell.value for cell in sheet[4]] == [7, "未评", "2026年"]
    assert [cell.value for cell in sheet[5]] == ["乙队", None, None]
    assert [cell.alignment.horizontal for cell in sheet[4]] == ["right", None, None]
    assert all(cell.border.top.style == "thin" for cell in sheet[5])


def test_places_meant_for_text_take_text_also_where_they_are_empty():
    columns = (OutColumn("电话", as_text=True), OutColumn("人数"))
    (sheet,) = written(OutSheet("表", "表", columns, (("13800012345", 3), (None, None))))
    assert [cell.number_format for row in sheet["A3:B4"] for cell in row] == ["@", "General", "@", "General"]


def test_sheet_to_fill_in_offers_lists_and_a_guide():
    names = tuple(f"第{number}队" for number in range(300))
    columns = (OutColumn("组织", 20, choices=names), OutColumn("是否", choices=("是", "否")))
    columns += (OutColumn("电话", as_text=True),)
    sheet = OutSheet("填报", "填报表", columns, (), guide=(("组织", "从下拉列表里选"),))
    form, choices, guide = written(sheet)
    first, second = form.data_validations.dataValidation
    assert (str(first.sqref), first.formula1) == ("A3:A1002", "'选项'!$A$1:$A$300")
    assert (str(second.sqref), second.formula1) == ("B3:B1002", "'选项'!$B$1:$B$2")
    assert choices.sheet_state == "hidden"
    assert [choices["A300"].value, choices["B2"].value, choices["B3"].value] == ["第299队", "否", None]
    assert form.column_dimensions["C"].number_format == "@"
    assert [cell.value for cell in guide[3]] == ["组织", "从下拉列表里选"]


def test_nothing_is_longer_than_a_spreadsheet_program_opens():
    points = tuple(map(Decimal, range(100)))
    fill = FillIn(Decimal(99), points=points, rule="只能是" + "、".join(f"{each} 分" for each in points))
    sheet = OutSheet("表", "表", (OutColumn("名称"), OutColumn("得分", fill=fill)), (("长" * 40_000, None),))
    (form,) = written(sheet)
    (checked,) = form.data_validations.dataValidation
    assert (checked.type, checked.formula1, checked.formula2) == ("decimal", "0", "99")
    assert len(checked.error) == 255
    assert (len(form["A3"].value), form["A3"].value[-2:]) == (32_767, "长…")
