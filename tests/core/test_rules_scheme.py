"""Reading and checking schemes."""

import hashlib
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.model.scheme import Aggregate, HeadShare, LeafKind, Places, Scheme, TieRule, VetoEffect
from core.rules.scheme_checker import check_places, check_scheme
from core.rules.scheme_file import read_scheme
from tests.core.engine_cases import EXCELLENT, GOOD, a_scheme, a_subject

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = (ROOT / "resources/standards/subdistrict-year.toml").read_text(encoding="utf-8")
EVERYTHING = (ROOT / "tests/data/schemes/everything.toml").read_text(encoding="utf-8")


def problems_of(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_scheme(text)
    return [str(problem) for problem in caught.value.problems]


def changed(old: str, new: str, text: str = SHIPPED) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_shipped_scheme_says_what_the_plan_says() -> None:
    scheme = read_scheme(SHIPPED)

    leaves = [(leaf.name, leaf.full) for leaf in scheme.leaves("year", "作风建设类")]
    assert leaves[:2] == [("一个好项目", Decimal(15)), ("一个好牵头人", Decimal(10))]
    assert sum(full for _, full in leaves) == 100
    weights = {rater.name: int(rater.weight) for rater in scheme.stages[0].raters}
    assert weights == {"自评": 10, "社区初评": 20, "联动部门": 30, "社会事务办": 30, "群众测评": 10}
    assert scheme.grades() == ("优秀", "良好", "合格", "基本合格", "不合格")
    assert [(one.name, int(one.number), one.amount_fen) for one in scheme.awards] == [
        ("优秀社会组织奖", 2, 4_000_000),
        ("良好社会组织奖", 3, 3_000_000),
    ]
    assert (scheme.budget_fen, scheme.lists[0].name) == (17_000_000, "重点扶持培育名单")
    assert scheme.digest == hashlib.sha256(SHIPPED.encode()).hexdigest()


def test_every_way_of_writing_is_read() -> None:
    scheme = read_scheme(EVERYTHING)

    base = scheme.stage("base")
    assert base.aggregate is Aggregate.TRIMMED
    assert base.raters[0].weight_for("巡查类") == (Decimal(50), Decimal(50))
    assert base.raters[0].weight_for("其他类") == (Decimal(70), Decimal(70))
    assert [leaf.kind for leaf in scheme.leaves("base")] == [
        LeafKind.OPTIONS, LeafKind.STEPS, LeafKind.COUNT, LeafKind.DEDUCT, LeafKind.PERCENT, LeafKind.RATE,
        LeafKind.YES_NO,
    ]  # fmt: skip
    assert [leaf.code for leaf in scheme.leaves("base", "巡查类")] == ["patrol"]
    assert [leaf.code for leaf in scheme.leaves("public")] == ["total"]
    assert [veto.effect for veto in scheme.vetoes] == [VetoEffect.CAP, VetoEffect.BAR_AWARDS]
    stars, named = scheme.awards
    assert (stars.places, stars.ties, stars.amount_fen) == (Places.PERCENT, TieRule.NONE, 100_050)
    assert stars.share == HeadShare(Decimal(5), each=False)
    assert named.places is Places.OPEN
    assert (scheme.budget_fen, scheme.score_cap, scheme.deduction_cap) == (50_000_050, Decimal(1000), None)


def test_decimals_are_taken_as_they_are_written() -> None:
    assert read_scheme(changed("edge_margin = 0.01", "edge_margin = 0.1")).edge_margin == Decimal("0.1")


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("below_name", "below_nam", ("below_nam：", "是不是想写 below_name？")),
        ('name = "自评", weight = 10', 'name = "自评", wieght = 10', ("评分方“自评”的 wieght", "weight")),
        (
            'missing_rater = "renormalise"',
            'missing_rater = "renormalize"',
            ("missing_rater", "renormalise？"),
        ),
        ("full = 100              #", 'full = "100"            #', ("full：应是数字",)),
        ("floor = 90", "floor = 1e99", ("等次“优秀”的 floor", "太大")),
        ("floor = 90", "floor = 1e999999999", ("等次“优秀”的 floor", "太大")),
        ("amount_yuan = 40000", "amount_yuan = 10000000001", ("amount_yuan：金额应在", "100 亿元")),
        ("weight = 100\n", "weight = true\n", ("环节“年度考核”的 weight：应是数字",)),
        ("places = 2  ", "places = 2.5", ("[rounding]的 places：应是整数",)),
        ("places = 2  ", "places = 999999999", ("[rounding]的 places：小数位数不对",)),
        ('below_name = "', 'below_name = "' + "长" * 501, ("below_name：有 50", "超过 500 个字")),
        ('grades = ["优秀"]  ', 'grades = ["优\\u0007秀"]  ', ("奖项“优秀社会组织奖”的 grades：有看不见",)),
        ("each_stage = false", 'each_stage = "no"', ("each_stage：应是 true 或 false",)),
        ('grades = ["优秀"]  ', 'grades = "优秀"   ', ("奖项“优秀社会组织奖”的 grades：应是一列文字",)),
        ('grades = ["优秀"]  ', "grades = []   ", ("奖项“优秀社会组织奖”的 grades：一项也没有写",)),
        ("amount_yuan = 40000", "amount_yuan = 40000.001", ("金额",)),
        ("[score]", "[[score]]", ("score：应是一节",)),
        ('kind = "more_bonus"', 'kind = ""', ("同分排序的 kind：应是不空的文字",)),
    ],
)
def test_a_wrong_key_or_value_is_found_with_place_and_remedy(
    old: str, new: str, parts: tuple[str, ...]
) -> None:
    text = "\n".join(problems_of(changed(old, new)))

    for part in parts:
        assert part in text
    assert re.search("——.", text)


def test_all_findings_come_at_once() -> None:
    text = changed("floor = 90", 'floor = "九十"', changed("budget_yuan", "budget_yaun"))

    assert len(problems_of(text)) == 2


@pytest.mark.parametrize(
    "text", ["code = ", "a = 1\na = 2", "x = 1979-99-99", "[" * 3000, "x = 1e999999999999999999999"]
)
def test_no_toml_is_one_message(text: str) -> None:
    assert len(problems_of(text)) == 1


def test_deep_indicator_trees_are_refused() -> None:
    tree = '{ code = "e", name = "第五级", full = 15 }'
    for level in "dcba":
        tree = f'{{ code = "{level}", name = "{level}级", full = 15, children = [{tree}] }}'
    text = changed('{ code = "project", name = "一个好项目", full = 15 }', tree)

    assert any("超过 4 级" in problem for problem in problems_of(text))


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('"一个好项目", full = 15', '"一个好项目", full = 14', "各项满分合计 99，环节满分 100"),
        ('code = "convener", name', 'code = "project", name', "代码“project”用了 2 次"),
        ('name = "社区初评"', 'name = "自评"', "名称“自评”用了 2 次"),
        ("floor = 80", "floor = 90", "等次“良好”：下限 90，不低于前面的“优秀”90"),
        ("floor = 90", "floor = 101", "谁也达不到"),
        ("floor = 60", "floor = 0", "谁也不会是“不合格”"),
        ("floor = 60", "floor = 59.995", "总分只保留 2 位"),
        ('grades = ["优秀"]  ', 'grades = ["优异"]  ', "没有“优异”这个等次"),
        ('indicator = "satisfaction"', 'indicator = "satisfied"', "是不是想写 satisfaction？"),
        ('stage = "year"\nindicator', 'stage = "yaer"\nindicator', "没有代码是“yaer”的环节"),
        ('stage = "year"\nindicator = "satisfaction"', "", "写多了或写少了"),
        ("number = 3\n", 'number = 3\nconditions = [{ fact = "filed_on", until = "去年" }]\n', "日期“去年”"),
        (
            "number = 3\n",
            'number = 3\nconditions = [{ fact = "filed_on", until = "2023-13-01" }]\n',
            "日期“2023-13-01”",
        ),
        ("budget_yuan = 170000", "", "没有写预算"),
        ("budget_yuan = 170000", "budget_yuan = 160000", "名额全满要 170000 元，预算只有 160000 元"),
        ("number = 2\n", "number = 2.5\n", "名额是 2.5"),
        ("bonus_cap = 5", "bonus_cap = -5", "小于 0"),
        ("cap = 100 ", "cap = 0   ", "floor < cap"),
        ('name = "自评", weight = 10', 'name = "自评", weight = -10', "有负数"),
        ('name = "自评", weight', 'name = "自评", minimum_share = 20, weight', "“自评”占 10，要求不低于 20"),
        ('name = "自评", weight = 10', 'name = "自评", weight = 11, minimum_share = 10', "合计却是 101"),
        ('aggregate = "mean"', 'aggregate = "mean"\nminimum_sheets = 6', "评分方有 5 个"),
        ('aggregate = "mean"', 'aggregate = "mean"\nminimum_sheets = 0', "minimum_sheets 小于 1"),
        ('"台账资料", full = 10', '"台账资料", full = 10, step = 3', "每档 3 分，给不出满分 10"),
        ('"台账资料", full = 10', '"台账资料", full = 10, target = 0.9', "写了 target，计分方式却是 points"),
        ('aggregate = "mean"', "starts_on = 2026-12-02\nends_on = 2026-12-01", "结束早于开始"),
        ('"台账资料", full = 10', '"台账资料", full = 10, kind = "count"', "没有写每次几分"),
        ('name = "全年未开展活动"', 'name = "全年未开展活动"\neffect = "cap"', "没有“”这个等次"),
    ],
)  # fmt: skip
def test_a_scheme_that_cannot_work_is_found(old: str, new: str, part: str) -> None:
    problems = problems_of(changed(old, new))

    assert any(part in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("starts_on = 2026-11-01", "starts_on = 2026-09-01", "早于前面的“基础工作”开始"),
        ('points = 20 }, { name = "区级"', 'points = 21 }, { name = "区级"', "不在 0 至 20 之间"),
        ('points = 20 }, { name = "区级"', 'points = 19 }, { name = "区级"', "没有一项能得满分 20"),
        ("at_least = 1000", "at_least = 400", "档次没有从高到低排"),
        ("full = 20\n    kind = \"count\"", "full = 21\n    kind = \"count\"", "下级满分合计 61，本级 60"),
        ("weight = 50, minimum_share = 50", "weight = 40, minimum_share = 50", "权重（巡查类）"),
        ('cap_grade = "二星"', 'cap_grade = "四星"', "没有“四星”这个等次"),
        ('effect = "bar_awards"', 'effect = "bar_awards"\ncap_grade = "二星"', "写了 cap_grade"),
        ('places = "open"', 'places = "open"\nnumber = 3', "名额不限，却写了 number"),
        ("number = 20", "number = 120", "参评数的 120%"),
        ("percent = 5", "percent = 0", "比例不对"),
        ("target = 0.95", "", "没有写目标"),
        ("weight = 50 }]", "weight = 0 }]", "权重（巡查类）：至少要 2 张评分表，有权重的评分方有 1 个"),
        ('name = "工作"\nfull = 60', 'name = "工作"\nfull = 60\nkind = "deduct"', "有下级，自己不计分"),
    ],
)  # fmt: skip
def test_rarer_parts_that_cannot_work_are_found(old: str, new: str, part: str) -> None:
    problems = problems_of(changed(old, new, EVERYTHING))

    assert any(part in problem for problem in problems), problems


def test_a_grade_that_only_the_full_mark_reaches_is_allowed() -> None:
    assert read_scheme(changed("floor = 90", "floor = 100")).bands[0].floor == 100


def test_more_places_than_subjects_are_found_when_a_year_opens() -> None:
    scheme = a_scheme(awards=(EXCELLENT, replace(GOOD, per_category=True)))
    subjects = [
        a_subject("1", category="甲"),
        a_subject("2", category="乙"),
        a_subject("3", barred="未满六个月"),
    ]

    problems = [str(problem) for problem in check_places(scheme, subjects)]

    assert problems == [
        "奖项“良好奖”（甲）：名额 3 个，参评对象只有 1 个——请减少名额",
        "奖项“良好奖”（乙）：名额 3 个，参评对象只有 1 个——请减少名额",
    ]


def test_shipped_and_built_schemes_are_without_findings() -> None:
    built: Scheme = a_scheme(awards=(EXCELLENT, GOOD))
    assert check_scheme(built) == ()
    assert check_scheme(read_scheme(SHIPPED)) == ()
