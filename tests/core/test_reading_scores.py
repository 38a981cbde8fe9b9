"""Score files: the sample with every mess planted in it, and what else goes wrong in such files."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.model.assessment import EntryKind, MarkIssue
from core.model.organization import Category
from core.model.roster import Verdict
from core.model.scheme import Indicator
from core.model.score_import import (
    RaterFacts,
    ScoreSheetDraft,
    ScoresReading,
    ScoringFacts,
    SubjectFacts,
)
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.roster_matching import preview
from core.rules.roster_reading import read_roster
from core.rules.scores_reading import read_scores
from core.sheets.reader import read_workbook

DATA = Path(__file__).parents[1] / "data"
WEIGHTS = {"自评": 10, "社区初评": 20, "联动部门": 30, "社会事务办": 30, "群众测评": 10}
RATERS = tuple(RaterFacts(name, name, Decimal(weight)) for name, weight in WEIGHTS.items())
INDICATORS = tuple(
    Indicator(name, name, Decimal(full))
    for name, full in (
        ("一个好项目", 15),
        ("一个好牵头人", 10),
        ("一支好队伍", 10),
        ("一套好机制", 15),
        ("一个好阵地", 10),
        ("活动开展", 15),
        ("台账资料", 10),
        ("居民满意度", 15),
    )
)
TWO = ScoringFacts(
    RATERS[:2],
    (Indicator("a", "项目", Decimal(15)), Indicator("b", "队伍", Decimal("10"))),
    (
        SubjectFacts("1", "东湖合唱团", "东湖社区"),
        SubjectFacts("2", "太极拳队", "东湖社区"),
        SubjectFacts("3", "太极拳队", "三北村"),
    ),
)
HEAD = ("社区", "名称", "项目\n(15分)", "队伍\n(10分)", "合计")


@pytest.fixture(scope="module")
def sample() -> ScoresReading:
    return read_scores(read_workbook(DATA / "scores.xlsx"), sample_facts())


def sample_facts() -> ScoringFacts:
    """The sample roster's organizations; each is its own id."""
    roster = read_workbook(DATA / "roster.xlsx")
    names = [str(row[0]) for row in roster.sheets[2].rows]
    categories = tuple(Category(name, number, name, ("卫技服务类",)) for number, name in enumerate(names))
    drafts = [row.row.draft for row in preview(read_roster(roster, categories), (), ()).of(Verdict.NEW)]
    subjects = tuple(SubjectFacts(draft.name, draft.name, draft.community) for draft in drafts)
    return ScoringFacts(RATERS, INDICATORS, subjects)


def sheet_of(reading: ScoresReading, rater: str, subject: str) -> ScoreSheetDraft:
    (sheet,) = (each for each in reading.sheets if (each.rater, each.subject_id) == (rater, subject))
    return sheet


def a_file(*rows: tuple[CellValue, ...], head: tuple[CellValue, ...] = HEAD) -> RawWorkbook:
    cells = tuple(row + (None,) * (len(head) - len(row)) for row in (head, *rows))
    return RawWorkbook("评分.xlsx", (RawSheet("自评", cells),))


def read(*rows: tuple[CellValue, ...], head: tuple[CellValue, ...] = HEAD) -> ScoresReading:
    return read_scores(a_file(*rows, head=head), TWO)


def lines(reading: ScoresReading) -> list[str]:
    return [str(problem) for problem in reading.problems]


def test_sample_marks_of_all_raters_in_their_own_order(sample: ScoresReading):
    assert sample.year == 2025
    assert Counter(sheet.rater for sheet in sample.sheets if not sheet.remark) == {
        "自评": 57,
        "社区初评": 60,
        "联动部门": 60,
        "社会事务办": 60,
        "群众测评": 56,
    }
    first = sheet_of(sample, "自评", "松枫社区作风监督志愿队")
    assert first.marks == (13250000, 9250000, 8500000, 13500000, 9000000, 13000000, 8000000, 13500000)
    assert (first.sheet, first.row) == ("自评", 4)
    shuffled = sheet_of(sample, "群众测评", "三港新城社区太极拳队")
    assert (shuffled.row, shuffled.marks[0]) == (4, 10250000)


def test_sample_rows_without_marks(sample: ScoresReading):
    missing = {each.rater: each.subject_ids for each in sample.missing if each.subject_ids}
    assert missing["自评"] == ("百花社区门前三包志愿队", "东湖社区合唱团", "通界村作风监督志愿队")
    assert len(missing["群众测评"]) == 4
    assert set(missing) == {"自评", "群众测评"}
    refused = sheet_of(sample, "群众测评", "梅兰苑社区公益堂")
    assert (refused.marks, refused.remark) == ((None,) * 8, "/ 未测评")


def test_sample_mark_above_the_full_mark(sample: ScoresReading):
    sheet = next(each for each in sample.sheets if each.rater == "联动部门" and each.issues)
    assert sheet.marks[6] is None
    assert sheet.issues[0] == MarkIssue("台账资料", "11", "超过满分 10 分，没有计入")
    place = f"工作表“联动部门”第 {sheet.row} 行“台账资料(10分)”"
    assert f"{place}：写的是“11”，超过满分 10 分，没有计入——请核对后改正" in lines(sample)


def test_sample_marks_kept_as_text(sample: ScoresReading):
    assert sheet_of(sample, "社会事务办", "北河溇社区物管联盟").marks[0] == 12_500_000
    wide = sheet_of(sample, "社会事务办", "沐阳(通界桥)社区星级门店自治协会")
    assert wide.marks[5] == 13_250_000
    notes = [str(note) for note in sample.notes]
    assert "工作表“社会事务办”第 37 行“一个好项目(15分)”：写的是“12.5”，文本数字，读作 12.5" in notes


def test_sample_missing_leaf(sample: ScoresReading):
    sheet = sheet_of(sample, "社区初评", "梅园社区业主互助会")
    assert [place for place, mark in enumerate(sheet.marks) if mark is None] == [2]
    assert sheet.issues == ()
    assert any("第 16 行“一支好队伍(10分)”：写的是“缺”" in str(note) for note in sample.notes)


def test_sample_total_that_does_not_agree(sample: ScoresReading):
    sheet = sheet_of(sample, "社区初评", "虹霓村物管联盟")
    assert None not in sheet.marks
    assert sheet.issues == (MarkIssue("", "81.25", "与各项之和 80.25 不一致"),)


def test_sample_formula_without_a_value_states_no_total(sample: ScoresReading):
    assert sheet_of(sample, "社会事务办", "松枫社区公益堂").issues == ()


def test_sample_name_with_an_addition(sample: ScoresReading):
    assert sheet_of(sample, "群众测评", "洁芳社区物管联盟").row == 8
    assert any("写的是“洁芳社区物管联盟(社团)”，按“洁芳社区物管联盟”计" in str(note) for note in sample.notes)


def test_sample_entries(sample: ScoresReading):
    assert Counter(entry.kind for entry in sample.entries) == {
        EntryKind.BONUS: 5,
        EntryKind.DEDUCTION: 3,
        EntryKind.VETO: 2,
    }
    amounts = [entry.points for entry in sample.entries if entry.kind is not EntryKind.VETO]
    assert amounts == [Decimal(text) for text in ("2", "3", "1.5", "5", "2", "1", "2", "0.5")]
    veto = next(entry for entry in sample.entries if entry.kind is EntryKind.VETO)
    assert (veto.points, veto.reason, veto.evidence, veto.row) == (None, "弄虚作假", "见附件", 10)


def test_sample_weights_agree_in_either_spelling(sample: ScoresReading):
    assert not any("权重" in line for line in lines(sample))


def test_a_third_is_the_schemes_weight_as_far_as_it_is_told():
    weights = RawSheet("权重", (("评分方", "权重"), ("自评", "33.33%"), ("社区初评", 0.6667)))
    marks = a_file(("东湖社区", "东湖合唱团", 1.0, 1.0, 2.0)).sheets
    reading = read_scores(RawWorkbook("评分.xlsx", (*marks, weights)), TWO)
    assert not any("权重" in line for line in lines(reading))


def test_weights_that_are_not_the_schemes():
    weights = RawSheet("权重", (("评分方", "权重"), ("自评", "30%"), ("社区初评", 0.7), ("专家", 0.1)))
    marks = a_file(("东湖社区", "东湖合唱团", 1.0, 1.0, 2.0)).sheets
    reading = read_scores(RawWorkbook("评分.xlsx", (*marks, weights)), TWO)
    assert [line.split("，")[:2] for line in lines(reading)] == [
        ["工作表“权重”第 2 行“自评”：写的是“30%”", "与考核方案的权重 33.33% 不一致"],
        ["工作表“权重”第 3 行“社区初评”：写的是“0.7”", "与考核方案的权重 66.67% 不一致"],
        [
            "工作表“权重”第 4 行“专家”：写的是“0.1”",
            "考核方案里没有这个评分方——请核对评分表与考核方案是否配套",
        ],
    ]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        (0.1 + 0.2, 300_000),
        (8.25, 8_250_000),
        (15.0, 15_000_000),
        (0.0, 0),
        ("9.5分", 9_500_000),
        (1.234567, 1_234_567),
    ],
)
def test_marks_are_exact(cell: CellValue, units: int):
    assert read(("东湖社区", "东湖合唱团", cell, 1.0)).sheets[0].marks[0] == units


@pytest.mark.parametrize("cell", [15.000001, -1.0, "优", "1.2345678", 1.2345678, True, "12,5"])
def test_marks_that_are_not_counted(cell: CellValue):
    (sheet,) = read(("东湖社区", "东湖合唱团", cell, 1.0)).sheets
    assert sheet.marks == (None, 1_000_000)
    assert [issue.indicator for issue in sheet.issues] == ["a"]


def test_unknown_organization_and_second_row_of_one():
    names = ("东湖合唱团", "飞行队", "东湖合唱团")
    reading = read(*(("东湖社区", name, 1.0, 1.0) for name in names))
    assert [sheet.row for sheet in reading.sheets] == [2]
    assert [line.split("，", 1)[1] for line in lines(reading)] == [
        "本年度考核对象中没有这个名称——请把名称改成与名册一致",
        "与第 2 行是同一个对象，这一行没有读取——请删去多余的一行",
    ]


def test_the_community_tells_namesakes_apart():
    reading = read(("三北村", "太极拳队", 1.0, 1.0), (None, "太极拳队", 2.0, 2.0))
    assert [sheet.subject_id for sheet in reading.sheets] == ["3"]
    assert "分不清是哪一个：“太极拳队”（东湖社区）、“太极拳队”（三北村）" in lines(reading)[0]


def test_additions_on_both_sides_are_not_the_same():
    facts = ScoringFacts(TWO.raters, TWO.indicators, (SubjectFacts("1", "合唱团(二队)"),))
    rows = (("东湖社区", "合唱团(三队)", 1.0, 1.0), ("东湖社区", "合唱团", 1.0, 1.0))
    assert [sheet.row for sheet in read_scores(a_file(*rows), facts).sheets] == [3]


def test_head_that_is_not_the_schemes():
    head = ("名称", "项目(20分)", "创新(5分)", "合计")
    reading = read(("东湖合唱团", 14.0, 5.0, 19.0), head=head)
    assert reading.sheets[0].marks == (14_000_000, None)
    assert [line.split("——")[0] for line in lines(reading)] == [
        "工作表“自评”第 1 行“项目”：表头写满分 20 分，考核方案是 15 分，按考核方案检查",
        "工作表“自评”第 1 行“队伍”：缺少这一列",
        "工作表“自评”第 1 行“创新(5分)”：考核方案里没有这项指标，这一列没有读取",
    ]


def test_a_sheet_finds_its_rater_by_name_or_title():
    marked = ("东湖社区", "东湖合唱团", 1.0, 1.0, 2.0)
    sheets = (
        RawSheet("Sheet1", (("考核评分表(社区初评)", *(None,) * 4), HEAD, marked)),
        RawSheet("2025自评表", (HEAD, marked)),
        RawSheet("自评(2)", (HEAD, marked)),
        RawSheet("某某", (HEAD, marked)),
        RawSheet("说明", (("见通知",),)),
        RawSheet("自评旧", (HEAD, marked), hidden=True),
    )
    reading = read_scores(RawWorkbook("评分.xlsx", sheets), TWO)
    assert [(sheet.rater, sheet.sheet) for sheet in reading.sheets] == [
        ("社区初评", "Sheet1"),
        ("自评", "2025自评表"),
    ]
    assert reading.unread_sheets == ("说明",)
    assert [line.split("：")[0] for line in lines(reading)] == ["工作表“自评(2)”", "工作表“某某”"]


def test_one_raters_file_alone():
    reading = read(("东湖社区", "东湖合唱团", 1.0, 1.0))
    assert [str(note) for note in reading.notes] == ["工作表“社区初评”：文件里没有这个评分方的评分表"]
    assert {each.rater: len(each.subject_ids) for each in reading.missing} == {"自评": 2, "社区初评": 3}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("东湖合唱团", "加分", None, "表彰"), "没有分值"),
        (("东湖合唱团", "加分", -1.0, "表彰"), "分值应大于 0"),
        (("东湖合唱团", "减分", 0.0, "迟交"), "分值应大于 0"),
        (("东湖合唱团", "奖励", 1.0, "表彰"), "看不懂类型"),
        (("飞行队", "加分", 1.0, "表彰"), "没有这个名称"),
        (("东湖合唱团", "加分", 1.0, "表" * 501), "有 501 个字"),
        (("东湖合唱团", "加分", 1.0, None), "没有写事由"),
    ],
)
def test_entries_that_cannot_be_taken(row: tuple[CellValue, ...], message: str):
    good: tuple[CellValue, ...] = ("东湖合唱团", "一票否决", None, "弄虚作假")
    sheet = RawSheet("加减分", (("名称", "类型", "分值", "事由"), row, good))
    reading = read_scores(RawWorkbook("评分.xlsx", (sheet,)), TWO)
    assert [entry.kind for entry in reading.entries] == [EntryKind.VETO]
    assert message in lines(reading)[0]


def test_a_file_without_marks_is_no_score_file():
    with pytest.raises(InvalidInput) as caught:
        read_scores(read_workbook(DATA / "roster.xlsx"), TWO)
    assert caught.value.code == "no_scores"
    with pytest.raises(InvalidInput) as caught:
        read(("东湖社区", "飞行队", 1.0, 1.0))
    assert "没有这个名称" in str(caught.value.problems[0])


@pytest.mark.parametrize("title", ["名称", "组织名称", "考核对象"])
def test_subjects_stand_under_any_of_their_titles(title: str) -> None:
    file = a_file(("东湖社区", "东湖合唱团", 14, 9, 23), head=("社区", title, *HEAD[2:]))

    assert [each.subject_id for each in read_scores(file, TWO).sheets] == ["1"]
