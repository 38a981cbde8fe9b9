"""Three organizations of the sample year, calculated by hand from the file's own rows."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from core.services.document_opening import Wanted
from core.services.services import Services

WEIGHTS = {"自评": 10, "社区初评": 20, "联动部门": 30, "社会事务办": 30, "群众测评": 10}


def total(data: Path, rater: str, row: int) -> Decimal:
    """What a person adds up in one row of one sheet: the eight marks beside the name."""
    rows = CalamineWorkbook.from_path(data / "scores.xlsx").get_sheet_by_name(rater).to_python()
    return sum((Decimal(str(mark)) for mark in rows[row - 1][3:11]), Decimal(0))


@pytest.mark.parametrize(
    ("name", "rows", "bonus", "final", "grade", "rank"),
    [
        (
            "凤凰社区楼宇经济联合会",
            {"自评": 7, "社区初评": 7, "联动部门": 17, "社会事务办": 7, "群众测评": 47},
            "5",
            "98.35",
            "优秀",
            1,
        ),
        (
            "东升社区合唱团",
            {"自评": 20, "社区初评": 20, "联动部门": 9, "社会事务办": 20, "群众测评": 42},
            "0",
            "90.65",
            "优秀",
            15,
        ),
        (  # 联动部门 gave 11 of 10 points: not counted, so the other four weigh 70
            "如意社区阳光监督小组",
            {"自评": 29, "社区初评": 29, "社会事务办": 29, "群众测评": 59},
            "0",
            "86.96",
            "良好",
            20,
        ),
    ],
)
def test_program_agrees_with_the_pocket_calculator(
    sample: Services,
    data: Path,
    name: str,
    rows: dict[str, int],
    bonus: str,
    final: str,
    grade: str,
    rank: int,
) -> None:
    weighted = sum(total(data, rater, row) * WEIGHTS[rater] for rater, row in rows.items())
    by_hand = weighted / sum(WEIGHTS[rater] for rater in rows) + Decimal(bonus)
    sample.assessments.compute(2025)
    _, result = sample.assessments.explain(2025, name)
    assert by_hand.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(final) == result.final
    assert (result.grade, result.rank) == (grade, rank)
    sources = {step.source for entry in result.trace if entry.rule == "R2" for step in entry.inputs}
    assert sources == {f"scores.xlsx {rater} 第 {row} 行" for rater, row in rows.items()}


def test_notice_says_what_the_results_say(sample: Services) -> None:
    computed = sample.assessments.compute(2025)
    document = sample.document_issue.prepared(Wanted("results-notice", 2025)).filled()
    rows = {row[1]: row for row in document.annexes[0].blocks[0].rows}
    assert len(rows) == 60
    assert rows["凤凰社区楼宇经济联合会"][3:] == ("98.35", "优秀", "优秀社会组织奖")
    assert rows["东升社区合唱团"][3:] == ("90.65", "优秀", "")
    assert rows["如意社区阳光监督小组"][3:] == ("86.96", "良好", "")
    listed = {subject for one in computed.outcome.lists for subject in one.subject_ids}
    assert len(document.annexes[1].blocks[0].rows) == len(listed) == 29
