"""Keys of a scheme for entry, items, ballots, conditions, money by place and the path: read and checked."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.model.condition import Condition, Fact
from core.model.scheme import (
    ChangeItem,
    EntryRule,
    HeadShare,
    LevelPoints,
    PlaceAmount,
    RankWithin,
    Scheme,
    SubjectRule,
    SubjectSource,
    SupportListRule,
    Visibility,
    Visible,
)
from core.rules.scheme_file import read_scheme

EVERYTHING = (Path(__file__).resolve().parents[1] / "data/schemes/everything.toml").read_text("utf-8")

TOP = 'source = "测试用"\n'
BALLOT = 'raters = [{ code = "ballot", name = "居民测评", weight = 1 }]\n'
STARS = "share = { percent = 5, each = false }\n"
NUMBER = 'places = "percent"\nnumber = 20\n'
NAMED = 'places = "open"\n'
KEEP = 'name = "培育名单"\ngrades = ["三星", "二星"]\n'


def with_keys(after: str, keys: str) -> str:
    """The scheme of all keys with some more of them."""
    assert after in EVERYTHING
    return EVERYTHING.replace(after, f"{after}{keys}\n", 1)


def replaced(old: str, new: str) -> str:
    assert old in EVERYTHING
    return EVERYTHING.replace(old, new, 1)


def a_bonus(keys: str, word: str = "bonuses") -> str:
    return f'{EVERYTHING}[[{word}]]\ncode = "a"\nname = "甲"\n{keys}\n'


def an_entry_rule(keys: str) -> str:
    return f"{EVERYTHING}[entry]\n{keys}\n"


def a_condition(keys: str) -> str:
    return with_keys(NAMED, f"conditions = [{{ {keys} }}]")


def condition_of(keys: str) -> Condition:
    return read_scheme(a_condition(keys)).awards[1].conditions[0]


def test_keys_of_the_path_are_read() -> None:
    text = with_keys(TOP, 'report_to = "区组织人事部门"\nnotice_days = 5\npromote = false')
    scheme = read_scheme(text.replace('rank_within = "category"', 'rank_within = "kind"'))

    assert (scheme.report_to, scheme.notice_days, scheme.promote) == ("区组织人事部门", 5, False)
    assert scheme.rank_within is RankWithin.KIND


def test_what_is_not_written_is_as_it_always_was() -> None:
    scheme = read_scheme(EVERYTHING)

    assert (scheme.report_to, scheme.notice_days, scheme.promote) == ("", 0, True)
    assert scheme.subjects == SubjectRule(SubjectSource.ORGANIZATIONS, "社会组织")
    assert scheme.entry == EntryRule(0, (), ("正常",))
    assert scheme.stages[0].visibility == Visibility(Visible.NEVER, Visible.NEVER, Visible.NEVER)


def test_who_takes_part_is_read() -> None:
    subjects = '[subjects]\nsource = "communities"\nkind = "社区"\n'
    scheme = read_scheme(an_entry_rule(f'minimum_months = 6\nstandings = ["登记"]\n{subjects}'))

    assert scheme.subjects == SubjectRule(SubjectSource.COMMUNITIES, "社区")
    assert scheme.entry == EntryRule(6, ("登记",), ("正常",))
    assert read_scheme(EVERYTHING + "[entry]\nstatuses = []\n").entry.statuses == ()


def test_ballots_and_visibility_are_read() -> None:
    text = replaced("weight = 1 }]\n", "weight = 1, ballots = true, minimum_ballots = 30 }]\n").replace(
        'aggregate = "median"\n', 'visibility = { means = "after_own", ranks = "always" }\n'
    )
    public = read_scheme(text).stage("public")

    assert (public.raters[0].ballots, public.raters[0].minimum_ballots) == (True, 30)
    assert public.visibility == Visibility(Visible.NEVER, Visible.AFTER_OWN, Visible.ALWAYS)


def test_items_are_read() -> None:
    keys = """
[[bonuses]]
code = "honour"
name = "荣誉"
levels = [{ name = "国家", points = 5 }, { name = "省", points = 3 }]
from = 2026-01-01
until = 2026-12-31
at_most = 2
[[deductions]]
code = "late"
name = "迟报"
points = 0.5
"""
    scheme = read_scheme(EVERYTHING + keys)

    assert scheme.bonuses == (
        ChangeItem(
            "honour",
            "荣誉",
            None,
            (LevelPoints("国家", Decimal(5)), LevelPoints("省", Decimal(3))),
            date(2026, 1, 1),
            date(2026, 12, 31),
            2,
        ),
    )
    assert scheme.deductions == (ChangeItem("late", "迟报", Decimal("0.5")),)
    assert [scheme.bonuses[0].points_at(level) for level in ("省", "市")] == [Decimal(3), None]


def test_awards_by_kind_and_place_are_read() -> None:
    text = replaced(NUMBER, "number = 3\n").replace(
        "amount_yuan = 1000.5\n", "amounts = [{ places = 1, yuan = 50000 }, { places = 2, yuan = 30000 }]\n"
    )
    text = text.replace(STARS, 'share = { percent = 5, heads = 2, added = true }\nkinds = ["社会组织"]\n')
    award = read_scheme(text).awards[0]

    assert award.amounts == (PlaceAmount(1, 5_000_000), PlaceAmount(2, 3_000_000))
    assert award.share == HeadShare(Decimal(5), each=True, added=True, heads=2)
    assert award.kinds == ("社会组织",)


@pytest.mark.parametrize(
    ("keys", "condition"),
    [
        ('fact = "members", at_least = 20', Condition(Fact.MEMBERS, at_least=Decimal(20))),
        ('fact = "last_penalty_on", years = 3', Condition(Fact.LAST_PENALTY_ON, years=3)),
        (
            'fact = "earlier_grade", one_of = ["三星"], years = 2',
            Condition(Fact.EARLIER_GRADE, one_of=("三星",), years=2),
        ),
        ('fact = "standing", none_of = ["备案"]', Condition(Fact.STANDING, none_of=("备案",))),
        ('fact = "tags", one_of = ["品牌"]', Condition(Fact.TAGS, one_of=("品牌",))),
    ],
)  # fmt: skip
def test_conditions_are_read(keys: str, condition: Condition) -> None:
    assert condition_of(keys) == condition


def test_lists_by_rank_and_over_years_are_read() -> None:
    scheme = read_scheme(replaced(KEEP, 'name = "末位名单"\nlast = 3\nyears = 2\n'))

    assert scheme.lists == (SupportListRule("keep", "末位名单", (), 3, 2),)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (with_keys(TOP, "notice_days = -1"), "notice_days：小于 0"),
        (with_keys(TOP, "notice_days = 251"), "notice_days：大于 250"),
        (with_keys(TOP, "notice_day = 5"), "notice_day：不认识这个键——是不是想写 notice_days？"),
        (with_keys(TOP, 'promote = "no"'), "promote：应是 true 或 false"),
        (an_entry_rule("minimum_months = -1"), "[entry]的 minimum_months：小于 0"),
        (an_entry_rule('standings = ["登几"]'), "不认识“登几”——是不是想写 登记？"),
        (an_entry_rule('statuses = ["正长"]'), "不认识“正长”——是不是想写 正常？"),
        (an_entry_rule("min_months = 6"), "min_months：不认识这个键——是不是想写 minimum_months？"),
        (EVERYTHING + '[subjects]\nsource = "unit"\n', "不认识“unit”——是不是想写 units？"),
        (EVERYTHING + '[subjects]\nkinds = "x"\n', "[subjects]的 kinds：不认识这个键——是不是想写 kind？"),
        (with_keys(BALLOT, 'visibility = { means = "after" }'), "不认识“after”——是不是想写 after_own？"),
        (with_keys(BALLOT, 'visibility = { mean = "never" }'), "mean：不认识这个键——是不是想写 means？"),
        (replaced("weight = 1 }]", "weight = 1, minimum_ballots = 3 }]"), "minimum_ballots 不对"),
        (
            replaced("weight = 1 }]", "weight = 1, ballots = true, minimum_ballots = 0 }]"),
            "“居民测评”的 minimum_ballots 不对",
        ),
        (a_bonus(""), "加分项目“甲”：分值写多了或写少了"),
        (a_bonus("points = -1"), "加分项目“甲”：分值不大于 0"),
        (
            a_bonus("points = 1\nfrom = 2026-12-01\nuntil = 2026-01-01", "deductions"),
            "扣分项目“甲”：结束早于开始",
        ),
        (a_bonus("points = 1\nat_most = -1"), "at_most 小于 0"),
        (a_bonus('points = 1\n[[bonuses]]\ncode = "a"\nname = "乙"\npoints = 1'), "代码“a”用了 2 次"),
        (
            a_bonus('levels = [{ name = "市", points = 1 }, { name = "市", points = 2 }]'),
            "级别“市”用了 2 次",
        ),
        (a_condition('fact = "members", one_of = ["20"]'), "人数要写 at_least"),
        (a_condition('fact = "tags", one_of = ["甲"], at_least = 2'), "人数要写 at_least，其余不写"),
        (a_condition('fact = "last_penalty_on", one_of = ["无"]'), "处罚只比过了几年"),
        (
            a_condition('fact = "last_penalty_on", years = 3') + '\n[subjects]\nsource = "units"\n',
            "台账里只有社会组织的处罚",
        ),
        (a_condition('fact = "earlier_grade", one_of = ["三星"]'), "往年等次要写等次和年数"),
        (a_condition('fact = "earlier_grade", one_of = ["四星"], years = 2'), "不认识“四星”"),
        (a_condition('fact = "status", one_of = ["正常"], years = 2'), "写了 years，比的却不是"),
        (a_condition('fact = "standing", one_of = ["登几"]'), "不认识“登几”——是不是想写 登记？"),
        (a_condition('fact = "member", at_least = 2'), "不认识“member”——是不是想写 members？"),
        (with_keys(NAMED, 'kinds = ["社区"]'), "只给“社区”，考核对象却都是“社会组织”"),
        (with_keys(NAMED, "amounts = [{ places = 1, yuan = 5 }]"), "分名次的奖金共 1 个名额，奖项名额是 0"),
        (
            replaced(NUMBER, "number = 1\namounts = [{ places = 1, yuan = 5 }]\n"),
            "写了 amounts，又写了 amount_yuan",
        ),
        (
            replaced(NAMED, "number = 1\namounts = [{ places = 1, yuan = 0 }]\n"),
            "名额或奖金不大于 0",
        ),
        (replaced(STARS, "share = { percent = 60, heads = 2 }\n"), "2 位负责人每人 60%，超过了奖金本身"),
        (
            replaced(STARS, "share = { percent = 33.3, heads = 3 }\n").replace("1000.5", "1.58"),
            "3 位负责人每人 33.3%，超过了奖金本身",
        ),
        (replaced(STARS, "share = { percent = 5, heads = 0 }\n"), "heads 不在 1 至 100 之间"),
        (replaced(STARS, "share = { percent = 5, heads = 999999999 }\n"), "heads 不在 1 至 100 之间"),
        (replaced(KEEP, 'name = "空名单"\n'), "名单“空名单”：没有写列入的条件"),
        (replaced(KEEP, 'name = "名单"\nlast = 3\nyears = 0\n'), "last 或 years 不对"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_found_with_place_and_remedy(text: str, part: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_scheme(text)

    problems = [str(problem) for problem in caught.value.problems]
    assert any(part in problem for problem in problems), problems


def test_money_by_place_and_added_shares_count_against_the_budget() -> None:
    text = EVERYTHING.replace("budget_yuan = 500000.50", "budget_yuan = 100")
    text = text.replace(
        NAMED, "number = 2\namounts = [{ places = 1, yuan = 60 }, { places = 1, yuan = 40 }]\n"
    )
    assert isinstance(read_scheme(text), Scheme)

    with pytest.raises(InvalidInput) as caught:
        read_scheme(text.replace("yuan = 40 }]\n", "yuan = 40 }]\nshare = { percent = 5, added = true }\n"))
    assert "名额全满要 105 元，预算只有 100 元" in str(caught.value.problems[0])
