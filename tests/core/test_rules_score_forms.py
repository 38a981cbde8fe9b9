"""Forms of schemes with stages, classes, steps and named options."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.errors import InvalidInput
from core.model.assessment import Cycle, CycleState, Subject
from core.model.cycle_view import CycleView
from core.model.scheme import CategoryWeight, Indicator, Rater
from core.model.score_import import SubjectFacts
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.cell_values import Read
from core.rules.delivery import rater_progress
from core.rules.file_names import MAX_NAME_BYTES
from core.rules.returned_files import raters_without
from core.rules.scheme_file import read_scheme
from core.rules.score_forms import form_sheets, named_leaves, score_forms
from core.rules.score_rows import RaterSheet, head_of_form
from core.services.score_files import Understanding
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook

SCHEME = """
code = "two"
name = "两个环节"
source = "测试"
full = 100
below_name = "不合格"
[score]
floor = 0
cap = 100
[[stages]]
code = "desk"
name = "材料审查"
full = 30
weight = 1
ends_on = 2025-12-20
raters = [{ code = "a", name = "甲/办", weight = 1 }, { code = "b", name = "乙办", weight = 1 }]
indicators = [{ code = "z", name = "服务", full = 30, kind = "count", unit = 7 }]
[[stages.sets]]
categories = ["文体类"]
indicators = [
    { code = "x", name = "活动", full = 20, step = 0.5 },
    { code = "y", name = "台账", full = 10, kind = "options", choices = [
        { name = "齐全", points = 10 }, { name = "不全", points = 4 }, { name = "没有", points = 0 }] },
]
[[stages]]
code = "visit"
name = "实地查看"
full = 100
weight = 1
raters = [{ code = "a", name = "甲/办", weight = 1 }]
[[bands]]
name = "合格"
floor = 60
"""


@pytest.fixture(scope="module")
def view() -> CycleView:
    cycle = Cycle("cycle", 2025, "scheme", CycleState.OPEN, "2025-12-01", code="two")
    subjects = (
        Subject("1", "cycle", "o1", "合唱团", "文体类", "东湖社区", position=1),
        Subject("2", "cycle", "o2", "公益堂", "公益类", "东湖社区", position=2),
        Subject("3", "cycle", "o3", "舞蹈队", "文体类", "三北村", position=3),
        Subject("4", "cycle", "o4", "停办的队", "文体类", "三北村", barred="已注销", position=4),
    )
    return seen(CycleView(cycle, read_scheme(SCHEME), subjects, (), (), (), (), (), stale=False))


def seen(view: CycleView) -> CycleView:
    """The view with the progress of its raters."""
    return replace(view, progress=rater_progress(view.scheme, view.subjects, view.sheets))


def saved(view: CycleView, folder: Path, place: int) -> Path:
    form = score_forms(view)[place]
    path = folder / form.file
    path.write_bytes(write_workbook(form_sheets(form, "示例街道", "考核")))
    return path


def test_a_form_for_each_rater_of_each_stage(view: CycleView):
    forms = score_forms(view)
    assert [form.file for form in forms] == [
        "2025年度两个环节-材料审查-甲／办-评分表.xlsx",
        "2025年度两个环节-材料审查-乙办-评分表.xlsx",
        "2025年度两个环节-实地查看-甲／办-评分表.xlsx",
    ]
    assert [(part.name, [one.name for one in part.subjects]) for part in forms[1].parts] == [
        ("乙办1", ["合唱团", "舞蹈队"]),
        ("乙办2", ["公益堂"]),
    ]
    long = [replace(each, rater=replace(each.rater, name="联合检查" * 30)) for each in view.progress]
    names = {form.file for form in score_forms(replace(view, progress=tuple(long)))}
    assert len(names) == len(forms) and max(len(name.encode()) for name in names) <= MAX_NAME_BYTES
    nobody = seen(replace(view, subjects=view.subjects[3:]))
    assert ([each.expected for each in nobody.progress], score_forms(nobody)) == ([0, 0, 0], ())


def test_a_rater_marks_those_for_whom_it_has_a_weight(view: CycleView):
    desk, visit = view.scheme.stages
    first, second = desk.raters
    culture = replace(second, weight=Decimal(0), category_weights=(CategoryWeight("文体类", Decimal(1)),))
    silent = Rater("c", "丙办", Decimal(0))
    scheme = replace(view.scheme, stages=(replace(desk, raters=(first, culture, silent)), visit))
    own = seen(replace(view, scheme=scheme))
    assert [(each.rater.code, each.expected) for each in own.progress] == [("a", 3), ("b", 2), ("a", 3)]
    parts = [part for form in score_forms(own) for part in form.parts if form.rater.code == "b"]
    assert [one.name for part in parts for one in part.subjects] == ["合唱团", "舞蹈队"]
    assert raters_without(own, []) == ("材料审查·甲/办", "材料审查·乙办", "实地查看·甲/办")


def test_only_what_an_indicator_can_earn_is_let_in(view: CycleView, tmp_path: Path):
    first, second, hidden = load_workbook(saved(view, tmp_path, 1)).worksheets
    assert first["A2"].value.startswith("环节：材料审查　　评分方：乙办")
    assert "2025-12-20" in first["A2"].value
    steps, options = first.data_validations.dataValidation
    assert (steps.type, steps.formula1) == (
        "custom",
        "AND(ISNUMBER(D4),D4>=0,D4<=20,OR(D4=20,ABS(D4/0.5-ROUND(D4/0.5,0))<0.000001))",
    )
    assert (options.type, options.formula1) == ("list", '"10,4,0"')
    (count,) = second.data_validations.dataValidation
    assert count.error == "应在 0 至 30 分之间，每项 7 分。"
    assert hidden.sheet_state == "veryHidden"


def test_each_worksheet_comes_back_with_its_own_indicators(view: CycleView, tmp_path: Path):
    path = saved(view, tmp_path, 1)
    book = load_workbook(path)
    first, second, _hidden = book.worksheets
    first["D4"], first["E4"], first["D5"], first["E5"] = 19.5, 4, 19.3, 5
    second["D4"] = 30
    book.save(path)
    file = Understanding(view).of(read_workbook(path))
    assert (file.stage.code, file.raters, file.expected) == ("desk", ("b",), 3)
    assert {each.subject_id: each.marks for each in file.reading.sheets} == {
        "1": (19_500_000, 4_000_000),
        "3": (None, None),
        "2": (30_000_000,),
    }
    assert [each.message for each in file.reading.problems] == [
        "写的是“19.3”，应在 0 至 20 分之间，每档 0.5 分，没有计入",
        "写的是“5”，只能是 10 分、4 分、0 分，没有计入",
    ]
    assert raters_without(view, [file]) == ("材料审查·甲/办", "实地查看·甲/办")


MARKS = st.sampled_from([None, 0.0, 7.5, 19.3, 20.0, 21.0, -1.0, 4.0, 1.0, True, "9", "优", "/", "19.5分"])
SENT = [SubjectFacts(f"{place}", f"组织{place}", "东湖社区") for place in range(6)]


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["", "", "", "组织1", "合计", "别的组织"]),
            MARKS,
            MARKS,
            st.sampled_from([None, 11.5, 24.0, 0.0, True, "11.5", "合计"]),
            st.sampled_from([None, None, "有亲属"]),
        ),
        min_size=6,
        max_size=8,
    ),
    formulas=st.frozensets(st.tuples(st.integers(3, 9), st.integers(1, 3)), max_size=2),
)
def test_rows_as_sent_are_read_as_each_row_is(
    rows: list[tuple[CellValue, ...]], formulas: frozenset[tuple[int, int]]
) -> None:
    leaves = read_scheme(SCHEME).stages[0].indicators("文体类")
    named = [(row[0] or f"组织{place}", *row[1:]) for place, row in enumerate(rows)]
    heads = ("名称", "活动", "台账", "合计", "回避原因")
    above = (("考核",) + (None,) * 4, ("环节",) + (None,) * 4, heads)
    sheet = RawSheet("甲", (*above, *named), formulas=formulas)
    found = {each.name: each for each in SENT}
    read = []
    for sent in ((), SENT):
        head = head_of_form(sheet, 3, leaves)
        assert head is not None
        marked = RaterSheet(sheet, head, leaves)
        marked.read("a", lambda _row, name, _place: Read(found.get(name)), sent)
        read.append((marked.drafts, marked.remarks))
    assert read[0] == read[1]
    as_sent = [name for name, *_rest in named[:6]] == [each.name for each in SENT]
    assert RaterSheet(sheet, head, leaves).read("a", lambda *_row: Read(None), SENT) is as_sent


def test_a_stage_without_indicators_takes_one_total(view: CycleView, tmp_path: Path):
    path = saved(view, tmp_path, 2)
    book = load_workbook(path)
    assert book.worksheets[0]["D3"].value == "总分\n（100分）"
    book.worksheets[0]["D4"] = 88
    book.save(path)
    file = Understanding(view).of(read_workbook(path))
    assert file.reading.sheets[0].marks == (88_000_000,)


def test_twins_are_told_apart_by_their_parents():
    tree = tuple(
        Indicator(code, name, Decimal(10), children=(Indicator(f"{code}1", "党建", Decimal(10)),))
        for code, name in (("p", "组织"), ("q", "活动"))
    )
    assert [leaf.name for leaf in named_leaves(tree)] == ["组织·党建", "活动·党建"]


def table(rater: str, *head: str) -> RawWorkbook:
    rows = (("名称", *head), *((name, *(9.0 for _ in head)) for name in ("合唱团", "公益堂")))
    return RawWorkbook("自制.xlsx", (RawSheet(rater, rows),))


def test_a_table_of_other_making_is_read_for_the_stage_it_speaks_of(view: CycleView):
    file = Understanding(view).of(table("甲/办", "总分"))
    assert (file.stage.code, [each.marks for each in file.reading.sheets]) == ("visit", [(9_000_000,)] * 2)


def test_a_table_that_fits_several_stages_or_classes_needs_a_form(view: CycleView):
    with pytest.raises(InvalidInput, match="分类考核，看不出是哪一类的指标"):
        Understanding(view).of(table("乙办", "服务"))
    visit = view.scheme.stages[1]
    twins = replace(view.scheme, stages=(visit, replace(visit, code="again", name="再看")))
    with pytest.raises(InvalidInput, match="看不出是哪个环节的评分表：实地查看、再看"):
        Understanding(replace(view, scheme=twins)).of(table("甲/办", "总分"))
