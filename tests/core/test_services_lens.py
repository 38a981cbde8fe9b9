"""The lens over the stored year: what it sees, what it refuses, and the Excel file it is handed out as."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from core.errors import NotFound, RuleViolation
from core.services.services import Services

YEAR = 2025


def test_the_year_is_seen_as_it_was_computed(sample: Services) -> None:
    results = {each.subject_id: each for each in sample.assessments.compute(YEAR).outcome.results}
    lens = sample.lens.look(YEAR)
    (stage,) = lens.stages
    assert [one.code for one in stage.raters] == ["self", "community", "department", "desk", "public"]
    # No sheet of one's own for 3 of 58, and none of another for none: 55 are compared.
    assert (stage.raters[0].subjects, stage.raters[0].difference) == (55, Decimal("4.29"))
    assert stage.spreads[0].width == Decimal("10.50")
    shifts = [shift for case in lens.without.cases for shift in case.shifts]
    assert shifts
    for shift in shifts:
        kept = results[shift.subject_id]
        assert (shift.before.final, shift.before.grade) == (kept.final, kept.grade)
        assert shift.before[1:] != shift.after[1:]


def test_looking_keeps_nothing(sample: Services) -> None:
    sample.assessments.compute(YEAR)
    before = [act.number for act in sample.register.acts(5)]
    sample.lens.look(YEAR)
    assert [act.number for act in sample.register.acts(5)] == before
    assert not sample.assessments.year(YEAR).stale


def test_a_year_that_is_not_computed_is_refused(sample: Services) -> None:
    with pytest.raises(RuleViolation) as refused:
        sample.lens.look(YEAR)
    assert refused.value.code == "not_computed"
    with pytest.raises(NotFound):
        sample.lens.look(YEAR - 1)


def test_the_file_holds_all_that_was_seen_and_is_internal(sample: Services) -> None:
    sample.assessments.compute(YEAR)
    lens = sample.lens.look(YEAR)
    book = load_workbook(io.BytesIO(sample.lens.workbook(lens)))
    assert book.sheetnames == ["评分方", "分歧", "决定等次或奖项的评分", "去掉一个评分方", "多给 1 分"]
    cells = {sheet.title: [row for row in sheet.iter_rows(values_only=True)] for sheet in book}
    for rows in cells.values():
        assert any("内部资料，请勿外传" in row for row in rows)
    assert any(row[1:4] == ("自评", 55, 4.29) for row in cells["评分方"])
    spreads = [row for row in cells["分歧"] if row[0] == "年度考核"]
    assert len(spreads) == len(lens.stages[0].spreads)
    for case in lens.deciding.cases:
        rows = [row[0] for row in cells[lens.deciding.title] if row[1] == case.shifts[0].name]
        assert set(case.marks) <= set(rows)
    unmoved = [row[0] for row in cells["去掉一个评分方"] if row[0] and row[1] is None]
    assert "去掉“社区初评”，等次和奖项都不变。" in unmoved
