"""Score sheets sent out as Excel and taken back: what came, what is missing, what was changed outside."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.errors import InvalidInput, JobCancelled, RuleViolation
from core.model.assessment import Entry, ScoreSheet
from core.model.cycle_view import CycleView
from core.model.journal import ActDraft
from core.model.opening import Opening
from core.model.score_form import ReturnState, TakenBack
from core.services.score_import import counts
from core.services.services import Services
from core.sheets.reader import read_workbook

YEAR = 2025
MARKS = (12, 8.5, 9, 13.25, 10, 15, 7, 14)
FIRST, LAST = 4, 4 + len(MARKS)
"""The columns of the marks, as openpyxl counts them: from the first to before the last."""
TOP = 4


@pytest.fixture
def office(sample: Services) -> Services:
    """The sample's year, open, without one mark."""
    with sample.store.writing(ActDraft("清空评分", "测试")) as work:
        work.remove(work.all(ScoreSheet))
    return sample


@pytest.fixture
def sent(office: Services, tmp_path: Path) -> dict[str, Path]:
    """The sheets that were sent out, by the rater's name."""
    paths = office.score_sheets.send_out(YEAR, tmp_path / "out")
    return {path.name.split("-")[1]: path for path in paths}


def fill(path: Path, change: Callable[[Worksheet], object] = lambda sheet: None) -> Path:
    """Give every subject the same marks, then do something else to the sheet."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(TOP, sheet.max_row):
        for column, mark in zip(range(FIRST, LAST), MARKS, strict=True):
            sheet.cell(row, column).value = mark
    change(sheet)
    book.save(path)
    return path


def back(office: Services, *paths: Path, chosen: tuple[Path, ...] = ()) -> TakenBack:
    return office.score_sheets.take_back(YEAR, paths, chosen=chosen)


def said(taken: TakenBack) -> list[str]:
    return [f"{each.row} {each.title} {each.text}：{each.remark.message}" for each in remarks(taken)]


def remarks(taken: TakenBack):
    return taken.preview.reading.remarks


def assessed(office: Services) -> CycleView:
    return office.assessments.year(YEAR)


def test_a_form_is_locked_but_for_marks_and_recusal(sent: dict[str, Path]):
    book = load_workbook(sent["社区初评"])
    sheet, hidden = book.worksheets
    assert (sheet.title, sheet["A1"].value) == (
        "社区初评",
        "示例街道办事处2025年度街道社会组织年度考核评分表",
    )
    assert sheet.protection.sheet and not sheet.protection.password
    assert book.security.lockStructure
    assert sheet["B4"].protection.locked and not sheet["D4"].protection.locked
    assert sheet["L4"].value == '=IF(COUNT(D4:K4)=0,"",SUM(D4:K4))'
    assert sheet.cell(sheet.max_row, 1).value.startswith("评分人（签名）")
    (first, *_rest) = sheet.data_validations.dataValidation
    assert (first.formula1, first.formula2, str(first.sqref)) == ("0", "15", "D4:D61")
    assert first.error == "应在 0 至 15 分之间。"
    assert hidden.sheet_state == "veryHidden"
    # Room for the two lines of a title: not every program finds it by itself.
    assert (sheet.row_dimensions[3].height, sheet.row_dimensions[4].height) == (36, 20)
    assert sheet.page_setup.orientation == "landscape" and sheet.freeze_panes == "D4"


def test_filled_forms_of_a_folder_are_taken_in_one_act(office: Services, sent: dict[str, Path]):
    for name in ("自评", "联动部门"):
        fill(sent[name])
    taken = back(office, sent["自评"].parent)
    assert {each.rater: each.state for each in taken.files} == {
        "自评": ReturnState.COMPLETE,
        "联动部门": ReturnState.COMPLETE,
        "社区初评": ReturnState.EMPTY,
        "社会事务办": ReturnState.EMPTY,
        "群众测评": ReturnState.EMPTY,
    }
    assert taken.missing == ("社区初评", "社会事务办", "群众测评")
    assert remarks(taken) == ()
    assert office.assessments.year(YEAR).sheets == ()
    office.score_import.apply(taken.preview)
    view = office.assessments.year(YEAR)
    assert {each.rater.name: each.delivered for each in view.progress} == {
        "自评": 58, "社区初评": 0, "联动部门": 58, "社会事务办": 0, "群众测评": 0
    }  # fmt: skip
    sheet = next(each for each in view.sheets if each.rater == "self")
    assert sheet.marks == tuple(int(mark * 1_000_000) for mark in MARKS)
    assert (sheet.source.file, sheet.source.sheet, sheet.source.row) == (sent["自评"].name, "自评", TOP)
    again = counts(back(office, sent["自评"]).preview)
    assert (again.added, again.changed, again.same) == (0, 0, 58)


def test_bad_marks_are_told_with_their_cells(office: Services, sent: dict[str, Path]):
    def spoil(sheet: Worksheet) -> None:
        sheet["D4"], sheet["E5"], sheet["F6"], sheet["G7"] = 99, -1, "优", None
        sheet["H8"] = "12分"

    taken = back(office, fill(sent["自评"], spoil))
    assert said(taken) == [
        "4 一个好项目（15分） 99：超过满分 15 分，没有计入",
        "5 一个好牵头人（10分） -1：是负数，没有计入",
        "6 一支好队伍（10分） 优：不是分数",
        "7 一套好机制（15分） ：缺这一项的分数",
        "8 一个好阵地（10分） 12分：超过满分 10 分，没有计入",
    ]
    (file,) = taken.files
    assert (file.state, file.given, file.expected, file.faults) == (ReturnState.INCOMPLETE, 53, 58, 4)


def test_formulas_are_taken_by_their_value_and_told(office: Services, sent: dict[str, Path], tmp_path: Path):
    fill(sent["自评"], lambda sheet: sheet.__setitem__("D4", "=4+4"))
    book = read_workbook(sent["自评"])
    assert (3, 3) in book.sheets[0].formulas
    # As a spreadsheet program saves it: with the value beside the formula.
    with_value(sent["自评"], rb"(<f>4\+4</f>)<v ?(?:/>|></v>)", rb"\1<v>8</v>")
    taken = back(office, sent["自评"])
    assert said(taken) == ["4 一个好项目（15分） 8：是公式，按算出的 8 读取"]
    assert taken.preview.sheets[0].sheet.marks[0] == 8_000_000
    assert taken.files[0].state is ReturnState.COMPLETE


def with_value(path: Path, old: bytes, new: bytes) -> None:
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with ZipFile(path, "w") as target:
        for name, content in parts.items():
            changed = re.sub(old, new, content)
            assert not name.endswith("sheet1.xml") or changed != content
            target.writestr(name, changed)


def test_changed_subjects_are_told_and_moved_rows_follow_their_names(office: Services, sent: dict[str, Path]):
    def change(sheet: Worksheet) -> None:
        sheet["B4"], sheet["B5"] = sheet["B5"].value, sheet["B4"].value
        sheet["D4"], sheet["D5"] = 1, 2
        sheet["B6"] = "别的队"
        sheet.delete_rows(60)

    taken = back(office, fill(sent["自评"], change))
    subjects = assessed(office).assessed
    marks = {each.subject.id: each.sheet.marks[0] for each in taken.preview.sheets}
    assert (marks[subjects[0].id], marks[subjects[1].id]) == (2_000_000, 1_000_000)
    assert subjects[2].id not in marks
    told = "\n".join(said(taken))
    assert (
        f"6 组织名称 别的队：发出的评分表里没有这个名称，发出时这一行是“{subjects[2].name}”；没有读取" in told
    )
    assert "0  ：行的次序或名称被改过，按名称读取" in told
    assert f"0 {subjects[56].name} ：这一行不见了" in told
    assert taken.files[0].state is ReturnState.INCOMPLETE
    assert len(taken.files[0].changes) == 2


def test_moved_added_and_renamed_columns(office: Services, sent: dict[str, Path]):
    def change(sheet: Worksheet) -> None:
        for row in range(3, sheet.max_row):
            first, second = sheet.cell(row, 4), sheet.cell(row, 5)
            first.value, second.value = second.value, first.value
        sheet["G3"] = "一套好机制\n（20分）"
        sheet["N3"] = "印象分"

    taken = back(office, fill(sent["自评"], change))
    assert taken.preview.sheets[0].sheet.marks[:2] == (12_000_000, 8_500_000)
    assert said(taken) == [
        "3 一套好机制 ：表头写满分 20 分，考核方案是 15 分，按考核方案检查",
        "0  ：列的次序被改过，按列名读取",
        "0 印象分 ：多出来的一列，没有读取",
    ]


def test_a_recusal_is_taken_with_its_reason(office: Services, sent: dict[str, Path]):
    def recuse(sheet: Worksheet) -> None:
        for column in range(FIRST, LAST):
            sheet.cell(4, column).value = None
        sheet["M4"] = sheet["M5"] = "负责人是亲属"

    taken = back(office, fill(sent["自评"], recuse))
    assert [each.remark.message for each in remarks(taken)] == [
        "回避：负责人是亲属",
        "既打了分，又写了回避原因，按打分计",
    ]
    office.score_import.apply(taken.preview)
    view = assessed(office)
    recused = [each.subject_id for each in view.sheets if each.recused]
    assert recused == [view.assessed[0].id]
    form = next(each for each in office.score_sheets.forms(YEAR) if each.rater.name == "自评")
    assert view.assessed[0] not in form.parts[0].subjects


def test_of_two_sheets_of_one_rater_none_is_taken_until_one_is_chosen(
    office: Services, sent: dict[str, Path]
):
    first = fill(sent["自评"])
    second = first.with_name("自评(1).xlsx")
    shutil.copy(first, second)
    same = back(office, first, second)
    assert [each.state for each in same.files] == [ReturnState.COMPLETE, ReturnState.SET_ASIDE]
    fill(second, lambda sheet: sheet.__setitem__("D4", 1))
    taken = back(office, first, second)
    assert [each.state for each in taken.files] == [ReturnState.TWICE] * 2
    assert not taken.preview.sheets and "自评" in taken.missing
    picked = back(office, first, second, chosen=(second,))
    assert {each.path: each.state for each in picked.files} == {
        second: ReturnState.COMPLETE,
        first: ReturnState.SET_ASIDE,
    }
    assert picked.preview.sheets[0].sheet.marks[0] == 1_000_000


def test_an_entry_that_stands_in_several_files_is_taken_once(office: Services, tmp_path: Path, data: Path):
    with office.store.writing(ActDraft("清空加减分", "测试")) as work:
        entries = work.all(Entry)
        work.remove(entries)
    folder = tmp_path / "back"
    folder.mkdir()
    for rater in ("社会事务办", "联动部门"):
        book = load_workbook(data / "scores.xlsx")
        for name in book.sheetnames:
            if name not in (rater, "加减分及否决"):
                book.remove(book[name])
        book.save(folder / f"{rater}.xlsx")
    taken = back(office, folder)
    assert [each.rater for each in taken.files] == ["社会事务办", "联动部门"]
    assert (len(taken.preview.entries), len(taken.preview.new_entries)) == (2 * len(entries), len(entries))
    office.score_import.apply(taken.preview)
    assert len(office.assessments.year(YEAR).entries) == len(entries) > 0


def test_sheets_of_others_are_refused_and_the_rest_is_taken(
    office: Services, sent: dict[str, Path], tmp_path: Path
):
    fill(sent["自评"])
    fill(sent["社区初评"], lambda sheet: sheet.__setitem__("A2", "环节：年度考核　　评分方：联动部门　　"))
    office.assessments.open_year(YEAR + 1)
    next_year = office.score_sheets.send_out(YEAR + 1, tmp_path / "next")[0]
    office.assessments.open_year(YEAR, Opening(code="again", title="第二次考核"))
    again = office.score_sheets.send_out(YEAR, tmp_path / "again", "again")[0]
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"no workbook")
    taken = back(office, sent["自评"], sent["社区初评"], next_year, again, broken)
    refused = {each.path: each.why for each in taken.files if each.state is ReturnState.REFUSED}
    this = "2025 年度“街道社会组织年度考核”"
    assert refused == {
        sent["社区初评"]: f"“{sent['社区初评'].name}”是发给“社区初评”的，表头写的是“联动部门”。",
        next_year: f"“{next_year.name}”是 2026 年度的评分表，正在导入的是 {this}。",
        again: f"“{again.name}”是 2025 年度另一次考核的评分表，正在收的是 {this}。",
        broken: "“坏.xlsx”不是 Excel 文件，或者已经损坏。",
    }
    assert len(taken.preview.sheets) == 58


def test_a_form_without_its_columns_or_its_identification(office: Services, sent: dict[str, Path]):
    fill(sent["自评"], lambda sheet: sheet.delete_cols(2))
    assert back(office, sent["自评"]).files[0].state is ReturnState.REFUSED

    book = load_workbook(fill(sent["社区初评"]))
    book.worksheets[1]["B6"] = "another-subject"
    book.save(sent["社区初评"])
    (file,) = back(office, sent["社区初评"]).files
    assert (file.rater, file.state) == ("社区初评", ReturnState.COMPLETE)
    assert file.changes == ("不是发出的评分表，按表头读取",)


def test_nothing_is_overwritten_by_sending_out_again(office: Services, sent: dict[str, Path]):
    folder = fill(sent["自评"]).parent
    before = sent["自评"].read_bytes()
    with pytest.raises(RuleViolation, match="已有 5 份同名的评分表"):
        office.score_sheets.send_out(YEAR, folder)
    assert sent["自评"].read_bytes() == before


def test_a_stop_while_sheets_are_sent_out_leaves_none(office: Services, tmp_path: Path):
    def stop(done: int, total: int) -> None:
        if done == 2:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        office.score_sheets.send_out(YEAR, tmp_path / "out", report=stop)
    assert not (tmp_path / "out").exists()


def test_a_folder_without_tables(office: Services, tmp_path: Path):
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / "~$评分.xlsx").write_bytes(b"lock of Excel")
    with pytest.raises(InvalidInput, match="没有表格文件"):
        back(office, tmp_path / "空")


def test_a_single_form_is_imported_like_any_score_file(office: Services, sent: dict[str, Path]):
    preview = office.score_import.preview(YEAR, fill(sent["联动部门"]))
    assert {each.rater_name for each in preview.sheets} == {"联动部门"}
    Workbook().save(sent["自评"])
    with pytest.raises(InvalidInput, match="没有找到评分表"):
        office.score_import.preview(YEAR, sent["自评"])


def test_the_reminder_names_who_owes_what(sample: Services):
    sheet = sample.score_sheets.missing(YEAR)
    assert sheet.subtitle == "截至 2026-01-08，应交 5 个评分方，已交齐 1 个，还差 4 个"
    assert sheet.rows[0] == (
        1, "年度考核", "自评", None, 58, 55,
        "没有评 3 个：百花社区门前三包志愿队、东湖社区合唱团、通界村作风监督志愿队",
    )  # fmt: skip
    assert sheet.rows[1][-1] == "没有填全 1 个：梅园社区业主互助会"


def test_the_reminder_of_a_year_without_marks(office: Services):
    sheet = office.score_sheets.missing(YEAR)
    assert {row[-1] for row in sheet.rows} == {"全部没有评"}
