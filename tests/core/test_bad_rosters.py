"""Whatever stands in the cells of a roster or a score file: it is read or refused, and never raises else."""

import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.model.organization import Category, Community, CommunityKind
from core.model.roster import RosterColumn, Verdict
from core.model.scheme import Indicator
from core.model.score_import import RaterFacts, ScoringFacts, SubjectFacts
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.faulty_rows import faulty_rows_sheet
from core.rules.roster_matching import preview
from core.rules.roster_reading import read_roster
from core.rules.scores_reading import read_scores
from tests.laws import examples

TODAY = date(2026, 1, 8)
CATEGORIES = (Category("4", 4, "卫计服务类", ("卫技服务类",)),)
COMMUNITIES = (Community("c", "东湖社区", CommunityKind.URBAN),)
FACTS = ScoringFacts(
    (RaterFacts("self", "自评", Decimal(40)), RaterFacts("panel", "专家", Decimal(60))),
    (Indicator("a", "一个好项目", Decimal(15)), Indicator("b", "活动开展", Decimal(85))),
    (SubjectFacts("1", "甲队", "东湖社区"), SubjectFacts("2", "乙队", "西湖社区")),
)
TITLES = st.sampled_from(
    [
        *(column.label for column in RosterColumn),
        "日期",
        "一个好项目(15分)",
        "活动开展\n(满分85分)",
        "合计",
        "得分",
        "",
        None,
    ]
)

PIECES = st.one_of(
    st.sampled_from(
        ["1380000123", "13800001234", "0573-8123", "转1", "2019年", "13月", "〔2024〕", "约", "余人"]
    ),
    st.sampled_from(["甲队", "东湖社区", "卫计服务类", "合计", "注\uff1a", '=HYPERLINK("x")', "A&B <b>"]),
    st.sampled_from(["91110000MA01ABCDE9", "O", "I", *".-/\uff08\uff09一十百万亿〇零²①½٣\uff11+,%"]),
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=6).map("".join), st.text(max_size=40), st.text("0123456789.-年月 ", max_size=25)
)
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
QUICK = settings(max_examples=examples(200), deadline=None)


def a_file(rows: list[list[CellValue]], corners: tuple[int, int, int, int]) -> RawWorkbook:
    """A sheet with two columns that any such file has, and with one merged block anywhere in it."""
    width = max(map(len, rows))
    cells = tuple(tuple(row) + (None,) * (width - len(row)) for row in rows)
    top, left, height, breadth = corners
    top, left = top % len(rows), left % width
    merged = (top, left, min(top + height, len(rows) - 1), min(left + breadth, width - 1))
    return RawWorkbook("乱.xlsx", (RawSheet("自评", cells, merged=(merged,)),))


FILES = st.builds(
    lambda titles, rows, corners: a_file([["组织名称", "所属社区", *titles], *rows], corners),
    st.lists(TITLES, max_size=8),
    st.lists(st.lists(CELLS, max_size=10), max_size=4),
    st.tuples(*[st.integers(0, 12)] * 4),
)


@QUICK
@given(file=FILES)
def test_any_roster_is_read_or_refused(file: RawWorkbook) -> None:
    try:
        reading = read_roster(file, CATEGORIES, today=TODAY)
    except InvalidInput as error:
        assert "乱.xlsx" in error.message_zh and error.remedy_zh
        return
    judged = preview(reading, (), COMMUNITIES)
    refused = judged.of(Verdict.REFUSED)
    assert len(judged.rows) == len(reading.rows)
    assert all(problem.place and problem.message for row in refused for problem in row.problems)
    assert len(faulty_rows_sheet(judged).rows) == len(refused)
    for row in judged.of(Verdict.NEW):
        assert 0 < len(row.row.draft.name) <= 100
        assert all(unicodedata.category(each) != "Cc" for each in row.row.draft.name)


@QUICK
@given(file=FILES)
def test_any_score_file_is_read_or_refused(file: RawWorkbook) -> None:
    try:
        reading = read_scores(file, FACTS)
    except InvalidInput as error:
        assert "乱.xlsx" in error.message_zh and error.remedy_zh
        return
    full = [indicator.full * 10**6 for indicator in FACTS.indicators]
    for draft in reading.sheets:
        assert all(mark is None or 0 <= mark <= most for mark, most in zip(draft.marks, full, strict=True))


def test_cells_of_every_kind_in_every_column() -> None:
    """One row for each kind of value, so that no column meets its first oddity at an office."""
    odd: list[CellValue] = [
        float("nan"),
        float("inf"),
        -1.0,
        True,
        time(1),
        timedelta.max,
        datetime.max,
        "=1+1",
    ]
    columns = [column.label for column in RosterColumn]
    rows = [tuple("甲队" if title == "组织名称" else value for title in columns) for value in odd]
    reading = read_roster(RawWorkbook("乱.xlsx", (RawSheet("表", (tuple(columns), *rows)),)), CATEGORIES)
    assert [bool(row.faults) for row in reading.rows] == [True] * len(odd)


@pytest.mark.parametrize("text", ["9" * 5000, "1," * 5000, "一" * 5000, "13800001234" * 3000])
def test_very_long_cells_are_refused_at_once_and_quoted_in_short(text: str) -> None:
    titles = [column.label for column in RosterColumn]
    row = tuple("甲队" if title == "组织名称" else text for title in titles)
    reading = read_roster(RawWorkbook("乱.xlsx", (RawSheet("表", (tuple(titles), row)),)), CATEGORIES)
    faults = reading.rows[0].faults
    assert {said.column for said in faults} >= {
        RosterColumn.MEMBERS,
        RosterColumn.PHONES,
        RosterColumn.REMARKS,
    }
    assert all(len(str(said.problem)) < 300 for said in faults)


def test_control_characters_are_quoted_as_pictures() -> None:
    rows = (("组织名称", "所属社区"), ("甲\x1b[2J队", "东湖社区"))
    (said,) = read_roster(RawWorkbook("乱.xlsx", (RawSheet("表", rows),)), CATEGORIES).rows[0].faults
    assert "“甲\u241b[2J队”" in said.problem.message
