"""Under the lens: worked by hand, with gaps, and with too little to say anything."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from core.model.assessment import ScoreSheet
from core.model.lens import Lens
from core.model.scheme import Award, CategoryWeight, Indicator, IndicatorSet, Rater, Scheme
from core.rules.assessing import compute
from core.rules.lens import look
from core.rules.lens_agreement import concordance, doubled_ranks, hundredths, rank_correlation
from core.rules.lens_words import concordance_words
from tests.core.engine_cases import a_scheme, a_sheet, a_stage, a_subject

Totals = Mapping[str, Sequence[str | None]]
"""A rater's totals for the subjects a, b, c …; None where there is no sheet."""
FIRST = Award("first", "一等奖", ("优秀", "良好"), number=Decimal(1))


def numbers(text: str) -> list[Fraction]:
    return [Fraction(each) for each in text.split()]


def seen(scheme: Scheme, sheets: Sequence[ScoreSheet], of: Mapping[str, str] | None = None) -> Lens:
    """The lens; `of` gives the category of a subject that has one."""
    ids = sorted({sheet.subject_id for sheet in sheets})
    subjects = [a_subject(each, category=(of or {}).get(each, "")) for each in ids]

    def again(other: Scheme, changed: Sequence[ScoreSheet]):
        return compute(other, subjects, changed, [], digest="", trace=False)

    return look(2025, "年度考核", scheme, subjects, sheets, again)


def seen_totals(totals: Totals, **changes: object) -> Lens:
    """The lens over one stage in which all raters weigh the same."""
    sheets = [
        a_sheet("abcdefghij"[place], total, rater=rater)
        for rater, column in totals.items()
        for place, total in enumerate(column)
        if total is not None
    ]
    return seen(a_scheme(a_stage(weights=dict.fromkeys(totals, 1)), **changes), sheets)


def test_ranks_of_equals_are_the_middle_of_their_places() -> None:
    # 3 is alone first, the two 5 share the places 2 and 3, 9 is fourth: 1, 2.5, 2.5, 4.
    assert doubled_ranks(numbers("5 3 9 5")) == [5, 2, 8, 5]


def test_concordance_of_the_textbook() -> None:
    # Siegel 1956, table 9.7: three executives rank six applicants; the sums are 8 14 11 11 11 8, s = 25.5,
    # W = 12 × 25.5 ÷ (3² × (6³ − 6)) = 306 ÷ 1890 = 0.1619.
    columns = [numbers("1 6 3 2 5 4"), numbers("1 5 6 4 2 3"), numbers("6 3 2 5 4 1")]
    assert concordance(columns) == Fraction(306, 1890)


def test_concordance_with_equals_of_the_textbook() -> None:
    # Siegel 1956, table 9.9: s = 591, the equals take 3 × (1 + 1.5 + 7) = 28.5 off 742.5; W = 591 ÷ 714.
    columns = [
        numbers("1 4.5 2 4.5 3 7.5 6 9 7.5 10"),
        numbers("2.5 1 2.5 4.5 4.5 8 9 6.5 10 6.5"),
        numbers("2 1 4.5 4.5 4.5 4.5 8 8 8 10"),
    ]
    assert concordance(columns) == Fraction(591, 714)


def test_nobody_who_tells_subjects_apart_gives_no_concordance() -> None:
    assert concordance([numbers("7 7 7"), numbers("9 9 9")]) is None
    assert rank_correlation(numbers("7 7 7"), numbers("1 2 3")) is None


def test_rank_correlation_by_hand() -> None:
    # Without equals 1 − 6Σd² ÷ (n³ − n): d = 1 1 1 1 0, Σd² = 4, 1 − 24 ÷ 120 = 0.80.
    assert rank_correlation(numbers("1 2 3 4 5"), numbers("2 1 4 3 5")) == Decimal("0.80")
    assert rank_correlation(numbers("1 2 3 4 5"), numbers("5 4 3 2 1")) == Decimal("-1.00")


@pytest.mark.parametrize(("value", "shown"), [("1/200", "0.01"), ("-1/200", "-0.01"), ("2/3", "0.67")])
def test_figures_are_rounded_half_up(value: str, shown: str) -> None:
    assert str(hundredths(Fraction(value))) == shown


def test_what_chance_gives_eight_raters_is_rounded_half_up() -> None:
    assert "互不相干约为 0.13" in concordance_words(8, 9, Decimal(1))


def test_severity_is_the_mean_difference_to_the_mean_of_the_others() -> None:
    # x − (y + z) ÷ 2: 90−85, 80−79, 70−67, 60−57, 50−47 = 5 1 3 3 3, together 15, ÷ 5 = 3.00.
    # y − (x + z) ÷ 2 in 2·: 84·2−176, 78·2−160, 66·2−138, 56·2−118, 46·2−98 = −8 −4 −6 −6 −6 → −30 ÷ 10 = −3.
    stage = seen_totals(
        {
            "x": ("90", "80", "70", "60", "50"),
            "y": ("84", "78", "66", "56", "46"),
            "z": ("86", "80", "68", "58", "48"),
        }
    ).stages[0]
    assert [one.difference for one in stage.raters] == [Decimal(3), Decimal(-3), Decimal(0)]
    x, y, z = stage.raters
    assert x.severity_words == "“x”平均比其他评分方高 3.00 分；这说明它打分偏松，不说明它不公正。"
    assert "低 3.00 分；这说明它打分偏严" in y.severity_words
    assert "只差 0.00 分；这说明松紧相当" in z.severity_words
    assert stage.concordance == 1 and "大体一致" in stage.concordance_words
    assert "互不相干约为 0.33" in stage.concordance_words and "也可能是碰巧" in stage.concordance_words


def test_a_missing_sheet_and_a_recusal_leave_out_their_subject_only() -> None:
    totals: Totals = {
        "x": ("90", "80", "70", "60", "50", "40", None),
        "y": ("80", "70", "60", "50", "40", "30", "99"),
    }
    sheets = [
        a_sheet("abcdefg"[place], total, rater=rater, recused="亲属" if (rater, place) == ("y", 5) else "")
        for rater, column in totals.items()
        for place, total in enumerate(column)
        if total is not None
    ]
    x, y = seen(a_scheme(a_stage(weights={"x": 1, "y": 1})), sheets).stages[0].raters
    assert (x.subjects, y.subjects) == (5, 5)
    assert (x.difference, y.difference) == (Decimal(10), Decimal(-10))
    assert "有 1 个对象没有它的评分，与别的对象不尽可比" in x.severity_words


def test_a_rater_of_few_subjects_does_not_spoil_the_agreement_of_the_others() -> None:
    stage = seen_totals(
        {"x": tuple("987654321"), "y": tuple("987654312"), "z": ("7", "8", *[None] * 7)}
    ).stages[0]
    # x and y only: 12 S ÷ (4 × 720) with sums 18 16 14 12 10 8 6 3 3 → S = 238, 2856 ÷ 2880 = 0.99.
    assert stage.concordance == Decimal("0.99")
    assert stage.concordance_words.startswith("2 个评分方对 9 个对象")
    assert stage.raters[2].difference is None and stage.raters[2].correlation is None
    assert stage.raters[2].severity_words == (
        "“z”和其他评分方都评过的对象有 2 个，不到 5 个，说不出松紧，也说不出先后。"
    )


def test_opposite_orders_are_called_so_though_w_is_above_chance_of_nobody() -> None:
    stage = seen_totals({"x": tuple("12345"), "y": tuple("54321")}).stages[0]
    assert stage.concordance == 0 and "很不一致" in stage.concordance_words
    assert stage.raters[0].correlation == -1
    assert "常常相反" in stage.raters[0].correlation_words


def test_one_rater_or_few_subjects_say_nothing() -> None:
    alone = seen_totals({"x": tuple("12345")})
    assert alone.stages[0].concordance is None
    assert alone.stages[0].concordance_words == "这一环节没有两个可比的评分方，说不出是否一致。"
    assert alone.stages[0].spread_words == "没有一个对象有两个评分方的评分，说不出分歧。"
    assert alone.without.cases[0].words == "“x”是这一环节唯一的评分方，去掉就没有结果，不作比较。"
    assert alone.deciding.cases == ()
    few = seen_totals({"x": tuple("1234"), "y": tuple("1234")}).stages[0]
    assert few.concordance is None and "对象有 4 个，不到 5 个，说不出是否一致" in few.concordance_words


def test_spreads_stand_widest_first() -> None:
    stage = seen_totals({"x": ("90", "80", "70"), "y": ("84", "99.5", "70")}).stages[0]
    assert [(one.subject_id, str(one.width)) for one in stage.spreads] == [
        ("b", "19.50"),
        ("a", "6.00"),
        ("c", "0.00"),
    ]
    widest = stage.spreads[0]
    assert (widest.lowest_by, widest.lowest, widest.highest_by) == ("x", Decimal(80), "y")
    assert stage.spread_words.startswith("同一对象的最高分与最低分，一般相差 6.00 分，最多相差 19.50 分。")


def test_leaving_out_a_rater_shifts_grades_and_awards() -> None:
    # Means a (96 + 82) ÷ 2 = 89, b (84 + 92) ÷ 2 = 88; without x 82 and 92: b is 优秀 and wins.
    lens = seen_totals({"x": ("96", "84"), "y": ("82", "92")}, awards=(FIRST,))
    without_x, without_y = lens.without.cases
    assert without_x.raters == ("x",)
    assert without_x.words == (
        "去掉“x”，2 个对象的等次或奖项会变：“组织a”失去一等奖；“组织b”等次由良好变为优秀，得到一等奖。"
    )
    assert without_y.words == "去掉“y”，1 个对象的等次或奖项会变：“组织a”等次由良好变为优秀。"


def test_leaving_out_one_of_two_meets_a_minimum_of_two_sheets() -> None:
    stage = a_stage(weights={"x": 1, "y": 1}, minimum_sheets=2)
    sheets = [a_sheet("a", "85", rater="x"), a_sheet("a", "86", rater="y")]
    assert [case.shifts for case in seen(a_scheme(stage), sheets).without.cases] == [(), ()]


def test_leaving_out_the_only_rater_of_a_category_leaves_its_subjects_unfinished() -> None:
    stage = a_stage(weights={"x": 1, "y": 1})
    silent = replace(stage.raters[1], category_weights=(CategoryWeight("文体类", Decimal(0)),))
    scheme = a_scheme(replace(stage, raters=(stage.raters[0], silent)))
    sheets = [a_sheet(one, "85", rater=rater) for one, rater in (("a", "x"), ("b", "x"), ("b", "y"))]
    without_x, without_y = seen(scheme, sheets, {"a": "文体类"}).without.cases
    assert without_x.words == "去掉“x”，1 个对象的等次或奖项会变：“组织a”等次由良好变为未完成。"
    assert without_y.shifts == ()


def test_a_mark_that_alone_decides_is_named_with_what_it_decides() -> None:
    # Two leaves of 50. a (90 + 98) ÷ 2 = 94, b 92, c (81.1 + 98) ÷ 2 = 89.55.
    # a with y's q as x's, 41: (90 + 90) ÷ 2 = 90, behind b. c with x's p as y's, 49: (89.6 + 98) ÷ 2 = 93.8,
    # and with x's q as y's: 93.75; both are 优秀 and before b.
    indicators = tuple(Indicator(code, f"指标{code}", Decimal(50)) for code in ("p", "q"))
    stage = a_stage(weights={"x": 1, "y": 1}, indicator_sets=(IndicatorSet((), indicators),))
    given = {
        "a": (("49", "41"), ("49", "49")),
        "b": (("46", "46"),) * 2,
        "c": (("40.5", "40.6"), ("49", "49")),
    }
    sheets = [
        a_sheet(subject_id, *marks, rater=rater)
        for subject_id, both in given.items()
        for rater, marks in zip("xy", both, strict=True)
    ]
    second = Award("second", "二等奖", ("优秀", "良好"), number=Decimal(1))
    lens = seen(a_scheme(stage, awards=(FIRST, second)), sheets)
    assert [(case.subject_id, case.marks, case.words) for case in lens.deciding.cases] == [
        (
            "a",
            ("“y”的“指标q”：49.00 分，其他评分方平均 41.00 分",),
            "以下评分如果与其他评分方的平均分相同，“组织a”由一等奖变为二等奖；“组织b”由二等奖变为一等奖。",
        ),
        (
            "c",
            (
                "“x”的“指标p”：40.50 分，其他评分方平均 49.00 分",
                "“x”的“指标q”：40.60 分，其他评分方平均 49.00 分",
            ),
            "以下 2 个评分中任何一个如果与其他评分方的平均分相同，“组织c”等次由良好变为优秀，得到二等奖；"
            "“组织b”失去二等奖。",
        ),
    ]


def test_one_point_more_names_who_could_give_it() -> None:
    # a 89.5 and b 89.4: a point of one of two raters is worth 0.5, so a is 90.00 and b stays below.
    lens = seen_totals({"x": ("89", "99"), "y": ("90", "79.8")})
    (case,) = lens.one_point.cases
    assert (case.subject_id, case.raters) == ("a", ("x", "y"))
    assert (case.shifts[0].before.final, case.shifts[0].after.final) == (Decimal("89.50"), None)
    assert case.words == "“x”“y”任一方多给 1 分，“组织a”等次由良好变为优秀。"


def test_a_full_sheet_takes_no_further_point() -> None:
    # 100 and 79 are 89.50; only y's sheet has room.
    (case,) = seen_totals({"x": ("100",), "y": ("79",)}).one_point.cases
    assert case.raters == ("y",)


def test_a_point_may_open_a_tie() -> None:
    lens = seen_totals({"x": ("95", "94")}, awards=(FIRST,))
    (case,) = lens.one_point.cases
    assert case.words == (
        "“x”多给 1 分，“组织b”得到一等奖（并列待定）；“组织a”由一等奖变为一等奖（并列待定）。"
    )


def test_ballots_are_compared_by_their_mean_but_no_single_one_is_tried() -> None:
    # Two ballots a subject: 95 and 83 are 89 beside 89; 89 is half a point from 优秀 for each rater.
    raters = (Rater("x", "x", Decimal(1)), Rater("box", "居民测评", Decimal(1), ballots=True))
    stage = replace(a_stage(), raters=raters)
    sheets = [
        sheet
        for each in "abcde"
        for sheet in (
            a_sheet(each, "90", rater="x"),
            a_sheet(each, "95", rater="box", id=f"{each}1"),
            a_sheet(each, "83", rater="box", id=f"{each}2"),
        )
    ]
    lens = seen(a_scheme(stage), sheets)
    assert [one.difference for one in lens.stages[0].raters] == [Decimal(1), Decimal(-1)]
    assert lens.deciding.cases == ()
    assert {case.raters for case in lens.one_point.cases} == {("x",)}
    assert len(lens.one_point.cases) == 5
