"""Marks as people write them into a grid: what they are worth, and a sheet with them in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.model.assessment import MarkIssue, ScoreSheet
from core.model.scheme import Indicator
from core.rules.cell_values import folded, quoted
from core.rules.exact import to_units
from core.rules.leaf_marks import allows, points_for
from core.rules.score_numbers import is_gap, read_points


def read_mark(leaf: Indicator, text: str) -> tuple[int | None, str]:
    """The mark in 10⁻⁶ points, None for a gap; and the range, if the text is no mark within it (R1).

    A number is the points. What is none says what was found, as `points_for` takes it: 是, 85%, 3/4, 满意.
    """
    points = read_points(text).value
    if points is not None:
        units = to_units(points)
        mark = units if allows(leaf, units) else None
    else:
        mark = points_for(leaf, folded(text))
        if mark is None and is_gap(text.strip()):
            return None, ""
    return mark, "" if mark is not None else leaf.range_text()


def with_marks(sheet: ScoreSheet, leaves: Sequence[Indicator], typed: Mapping[str, str]) -> ScoreSheet:
    """The sheet with these texts as marks, by indicator; what is no mark is kept as an issue."""
    marks = list(sheet.marks)
    issues = [each for each in sheet.issues if each.indicator not in typed]
    for place, leaf in enumerate(leaves):
        if leaf.code in typed:
            marks[place], why_not = read_mark(leaf, typed[leaf.code])
            if why_not:
                issues.append(MarkIssue(leaf.code, quoted(typed[leaf.code]), f"{why_not}，没有计入"))
    return replace(sheet, marks=tuple(marks), issues=tuple(issues), remark="")
