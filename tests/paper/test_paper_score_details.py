"""评分明细 read back from the finished PDF and followed with a pocket calculator, to the last digit."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from core.errors import NotFound, RuleViolation
from core.services.services import Services
from tests.paper.conftest import ReadPage, read

YEAR = 2025
WEIGHTS = {"自评": 10, "社区初评": 20, "联动部门": 30, "社会事务办": 30, "群众测评": 10}
THIN_MM, STEP_MM = 0.5, 5
"""A drawn line is not thicker; lines of one step stand closer together than steps do."""


def marks(data: Path, rater: str, row: int) -> list[Decimal]:
    """The eight marks beside a name in the file that was imported."""
    rows = CalamineWorkbook.from_path(data / "scores.xlsx").get_sheet_by_name(rater).to_python()
    return [Decimal(str(mark)) for mark in rows[row - 1][3:11]]


def column(pages: list[ReadPage], title: str) -> str:
    """What stands under a head of the table of steps, without blanks, the steps parted by bars."""
    return "|".join(_below(page, title) for page in pages)


def _below(page: ReadPage, title: str) -> str:
    head = page.find(title)
    y = head[0].y
    uprights = [
        rule for rule in page.rules() if rule.right - rule.left < THIN_MM and rule.top < y < rule.bottom
    ]
    left = max(rule.left for rule in uprights if rule.left < head[0].left)
    right = min(rule.left for rule in uprights if rule.left > head[-1].right)
    inside = [each for each in page.characters() if left < each.left < right and each.y > y + 1]
    text, last = "", y
    for each in sorted(inside, key=lambda each: (round(each.y, 1), each.x)):
        text += "|" * (each.y - last > STEP_MM) + each.text.strip()
        last = each.y
    return text


def worked_out(figures: str) -> Fraction:
    """What a pocket calculator shows for a printed calculation."""
    typed = figures.replace("×", "*").replace("÷", "/").replace("−", "-")
    assert re.fullmatch(r"[\d.+\-*/()]+", typed), typed
    return Fraction(eval(re.sub(r"[\d.]+", r"Fraction('\g<0>')", typed), {"Fraction": Fraction}))


def half_up(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def subject_id(services: Services, name: str) -> str:
    return next(each.id for each in services.assessments.year(YEAR).subjects if each.name == name)


@pytest.mark.parametrize(
    ("name", "rows", "change", "final"),
    [
        (
            "凤凰社区楼宇经济联合会",
            {"自评": 7, "社区初评": 7, "联动部门": 17, "社会事务办": 7, "群众测评": 47},
            "2.00+3.00=5.00",
            "98.35",
        ),
        (
            "东升社区合唱团",
            {"自评": 20, "社区初评": 20, "联动部门": 9, "社会事务办": 20, "群众测评": 42},
            "",
            "90.65",
        ),
        (  # 联动部门 gave 11 of 10 points: not counted, so the other four weigh 70
            "如意社区阳光监督小组",
            {"自评": 29, "社区初评": 29, "社会事务办": 29, "群众测评": 59},
            "",
            "86.96",
        ),
    ],
)
def test_the_printed_steps_lead_from_the_sheets_to_the_final(
    sample: Services, data: Path, name: str, rows: dict[str, int], change: str, final: str
) -> None:
    sample.assessments.compute(YEAR)
    pages = read(sample.results.details(YEAR, [subject_id(sample, name)]))
    sources, working, outcomes = (column(pages, title) for title in ("数据和出处", "算式", "结果"))

    totals = {rater: sum(marks(data, rater, row), Decimal(0)) for rater, row in rows.items()}
    for rater, row in rows.items():
        added = "+".join(f"{mark:.2f}" for mark in marks(data, rater, row))
        assert f"{rater}：{added}={totals[rater]:.2f}" in working
        assert f"{rater}{totals[rater]:.2f}（scores.xlsx{rater}第{row}行）" in sources

    weighted = "+".join(f"{totals[rater]:.2f}×{WEIGHTS[rater]}" for rater in rows)
    mean = f"({weighted})÷{sum(WEIGHTS[rater] for rater in rows)}"
    stated = re.search(re.escape(f"{mean}=") + r"([\d./]+)(?:≈([\d.]+))?", working)
    assert stated, working
    value = worked_out(stated[1])
    assert worked_out(mean) == value
    if stated[2]:
        assert round(float(value), 6) == float(stated[2])

    if change:
        assert f"加分{change}；" in working
        added = re.search(r"；([\d.+]+)=([\d.]+)", working)
        assert added and worked_out(added[1]) == worked_out(added[2]) == value + worked_out(
            change.split("=")[1]
        )
        value = worked_out(added[2])
    assert half_up(value) == Decimal(final)
    assert re.search(rf"→{final}(?!\d)", working) and final in outcomes
    assert name in "".join("".join(page.text for page in pages).split())


def test_every_subject_has_pages_of_its_own_in_the_order_of_the_ranking(sample: Services) -> None:
    computed = sample.assessments.compute(YEAR)
    chosen = [subject.id for subject, _ in computed.ordered()[:3]]
    pages = ["".join(page.text.split()) for page in read(sample.results.details(YEAR, reversed(chosen)))]
    begins = [number for number, text in enumerate(pages) if text.startswith("评分明细")]
    names = [subject.name for subject, _ in computed.ordered()[:3]]
    assert [f"考核对象{name}" in pages[number] for number, name in zip(begins, names, strict=True)] == [
        True
    ] * 3
    assert f"数据校验码{computed.outcome.digest[:8].upper()}" in pages[0]


def test_one_who_is_not_assessed_is_printed_with_the_reason(sample: Services) -> None:
    sample.assessments.compute(YEAR)
    barred = next(each for each in sample.assessments.year(YEAR).subjects if each.barred)
    text = "".join("".join(page.text for page in read(sample.results.details(YEAR, [barred.id]))).split())
    assert f"奖项和说明不参评：{barred.barred}规则" in text and "不参评，没有得分" in text


def test_nothing_is_printed_before_it_is_computed_or_for_nobody(sample: Services) -> None:
    with pytest.raises(RuleViolation, match="还没有计算"):
        sample.results.details(YEAR)
    sample.assessments.compute(YEAR)
    with pytest.raises(NotFound, match="没有可打印"):
        sample.results.details(YEAR, ["gone"])
