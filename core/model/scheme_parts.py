"""What a scheme is made of: every key of its text with the words for people.

Form, Excel sheets and the comments in the text follow from this description; what the keys mean stands in
`core.model.scheme`. A new key is one line here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict, Unpack

from core.model.condition import Fact
from core.model.scheme_draft import Table, Value


class Kind(StrEnum):
    """What stands under a key."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DAY = "day"
    TEXTS = "texts"
    TABLE = "table"
    TABLES = "tables"


class Page(StrEnum):
    """Where a key of the root stands in the editor, in the order shown."""

    BASICS = "基本"
    STAGES = "环节与指标"
    SCORING = "评分方法"
    BANDS = "等次"
    ENTRIES = "加减分与否决"
    RANKING = "排名与并列"
    AWARDS = "奖项与资金"
    LISTS = "名单"
    PATH = "路径"


class Offer(StrEnum):
    """What of the same scheme a key names."""

    NOTHING = ""
    GRADES = "grades"
    STAGES = "stages"
    INDICATORS = "indicators"


Words = tuple[tuple[str, str], ...]
SAYS_YES = "true"
"""How `SchemeKey.only` writes that a key says yes."""


@dataclass(frozen=True, slots=True)
class SchemeKey:
    """One key of a table.

    `choices` are the values with their words, the first one holding where nothing is written; `standard`
    says what holds for any other kind. `only` names a choice of the same table and its values ("" for none
    written) with which this key makes sense, `without` a list beside which it makes none. `offers` tells
    what of the scheme it names. `part` names what stands under a TABLE or TABLES; the tables of an `inline`
    list are rows of their holder's form.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    required: bool = False
    standard: str = ""
    choices: Words = ()
    only: tuple[str, tuple[str, ...]] = ("", ())
    without: str = ""
    offers: Offer = Offer.NOTHING
    part: str = ""
    inline: bool = False
    page: Page = Page.BASICS

    def makes_sense(self, table: Table) -> bool:
        """Whether the key has a place in a table as it stands; what is written there always has."""
        decider, values = self.only
        fits = not decider or (SAYS_YES if table.get(decider) is True else table.word(decider)) in values
        return (fits and not table.get(self.without)) or table.get(self.key) is not None

    def words_for(self, value: str) -> str:
        """The words for a choice; the value itself where it is none."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the text: what one is called, and its keys in the order in which they are written."""

    word: str
    keys: tuple[SchemeKey, ...]
    by_key: Mapping[str, SchemeKey] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the keys findable."""
        object.__setattr__(self, "by_key", {each.key: each for each in self.keys})


class _More(TypedDict, total=False):
    """What else may be said about a key of any kind."""

    hint: str
    required: bool
    standard: str
    only: tuple[str, tuple[str, ...]]
    without: str
    offers: Offer
    inline: bool
    page: Page


def _code(hint: str = "英文字母、数字和短横") -> SchemeKey:
    return SchemeKey("code", "代码", hint=hint, required=True)


def _name(label: str = "名称", hint: str = "") -> SchemeKey:
    return SchemeKey("name", label, hint=hint, required=True)


def _number(key: str, label: str, **more: Unpack[_More]) -> SchemeKey:
    return SchemeKey(key, label, Kind.NUMBER, **more)


def _yes_no(key: str, label: str, **more: Unpack[_More]) -> SchemeKey:
    return SchemeKey(key, label, Kind.YES_NO, **more)


def _choice(key: str, label: str, choices: Words, **more: Unpack[_More]) -> SchemeKey:
    return SchemeKey(key, label, Kind.CHOICE, choices=choices, **more)


def _texts(key: str, label: str, **more: Unpack[_More]) -> SchemeKey:
    return SchemeKey(key, label, Kind.TEXTS, **more)


def _table(key: str, label: str, **more: Unpack[_More]) -> SchemeKey:
    return SchemeKey(key, label, Kind.TABLE, part=key, **more)


def _tables(key: str, label: str, part: str = "", **more: Unpack[_More]) -> SchemeKey:
    return SchemeKey(key, label, Kind.TABLES, part=part or key, **more)


_GRADES = _texts("grades", "等次", required=True, offers=Offer.GRADES)
_LEAF = "kind"
_DAY_HINT = "如 2026-03-01"
_VISIBLE = (("never", "不能看"), ("after_own", "自己交齐以后"), ("always", "随时"))


def _item(levels: str) -> tuple[SchemeKey, ...]:
    """The keys of a matter that earns a bonus or costs points."""
    return (
        _code(),
        _name("事项"),
        _number("points", "分值", hint="按级别给分的不写"),
        SchemeKey("from", "从哪天起", Kind.DAY, standard="不限", hint=_DAY_HINT),
        SchemeKey("until", "到哪天止", Kind.DAY, standard="不限", hint=_DAY_HINT),
        _number("at_most", "最多计几次", standard="不限"),
        _tables("levels", "级别", levels, inline=True, hint="按级别给分的写在这里"),
    )


_LEVEL = (_name("级别", hint="如国家、省、市、区"), _number("points", "分值", required=True))

PARTS: Mapping[str, Part] = {
    "": Part(
        "方案",
        (
            _code(),
            _name(),
            SchemeKey("source", "依据", Kind.LONG, required=True),
            _number("full", "满分", required=True),
            SchemeKey("below_name", "低于最后一档", required=True, page=Page.BANDS),
            _number(
                "edge_margin",
                "临界差距",
                hint="离上一档不超过这么多分的列入临界名单",
                standard="0.01",
                page=Page.BANDS,
            ),
            _choice(
                "rank_within",
                "排名范围",
                (("all", "全部一起排"), ("category", "各类别分别排"), ("kind", "各种对象分别排")),
                page=Page.RANKING,
            ),
            _number("budget_yuan", "奖励预算（元）", standard="没有奖金", page=Page.AWARDS),
            _choice(
                "incomplete_sheet",
                "评分表有空格",
                (("ignore", "整张不计"), ("zero", "空格按 0 分")),
                page=Page.SCORING,
            ),
            _choice(
                "missing_rater",
                "缺某个评分方",
                (("renormalise", "其余按权重折算"), ("zero", "按 0 分")),
                page=Page.SCORING,
            ),
            _choice(
                "missing_stage",
                "缺整个环节",
                (("block", "结果为未完成"), ("renormalise", "其余按权重折算"), ("zero", "按 0 分")),
                page=Page.SCORING,
            ),
            SchemeKey(
                "report_to",
                "公布前先报",
                hint="如区委组织部；不写就不用报",
                standard="不用报",
                page=Page.PATH,
            ),
            _number("notice_days", "公示工作日", standard="0", hint="公示至少几个工作日", page=Page.PATH),
            _yes_no("promote", "撤销后递补", standard="是", hint="否则名额空着", page=Page.PATH),
            _table("subjects", "考核对象"),
            _table("entry", "参评条件"),
            _table("score", "总分", page=Page.SCORING),
            _table("rounding", "取整", page=Page.SCORING),
            _tables("stages", "环节", page=Page.STAGES),
            _tables("bands", "等次", inline=True, hint="从高到低，达到下限就是", page=Page.BANDS),
            _tables("bonuses", "加分项目", page=Page.ENTRIES),
            _tables("deductions", "扣分项目", page=Page.ENTRIES),
            _tables("vetoes", "一票否决", inline=True, page=Page.ENTRIES),
            _tables("tie_keys", "同分排序", inline=True, hint="从上到下一项项比", page=Page.RANKING),
            _tables("awards", "奖项", hint="从上到下一个个评", page=Page.AWARDS),
            _tables("lists", "名单", inline=True, hint="如重点扶持培育名单", page=Page.LISTS),
        ),
    ),
    "subjects": Part(
        "考核对象",
        (
            _choice(
                "source",
                "从哪里来",
                (
                    ("organizations", "名册里的组织"),
                    ("communities", "社区（村）"),
                    ("units", "单位"),
                    ("list", "开启时给名单"),
                ),
            ),
            SchemeKey("kind", "叫什么", standard="社会组织"),
        ),
    ),
    "entry": Part(
        "参评条件",
        (
            _number("minimum_months", "备案满几个月", standard="0"),
            _texts("standings", "登记备案情况", hint="如备案、登记", standard="不限"),
            _texts("statuses", "状态", hint="都可以就写“不限”", standard="正常"),
        ),
    ),
    "score": Part(
        "总分",
        (
            _number("floor", "总分最低", standard="0"),
            _number("cap", "总分最高", standard="满分"),
            _number("bonus_cap", "加分合计最多", standard="不限"),
            _number("deduction_cap", "扣分合计最多", standard="不限"),
        ),
    ),
    "rounding": Part(
        "取整",
        (
            _number("places", "小数位数", standard="2", hint="四舍五入"),
            _yes_no("each_stage", "每个环节都取整", standard="否"),
        ),
    ),
    "stages": Part(
        "环节",
        (
            _code(),
            _name(),
            _number("full", "满分", required=True),
            _number("weight", "权重", required=True),
            _choice(
                "aggregate",
                "怎样合成",
                (("mean", "加权平均"), ("median", "中位数"), ("trimmed", "去掉一个最高、一个最低后平均")),
            ),
            _number("minimum_sheets", "至少几张评分表", standard="1"),
            SchemeKey("starts_on", "开始", Kind.DAY, standard="不限", hint=_DAY_HINT),
            SchemeKey("ends_on", "结束", Kind.DAY, standard="不限", hint=_DAY_HINT),
            _table("visibility", "评分方能看到"),
            _tables("raters", "评分方", required=True),
            _tables("indicators", "指标", hint="不写就打一个总分"),
            _tables("sets", "分类指标", hint="有的类别指标不同，写在这里"),
        ),
    ),
    "raters": Part(
        "评分方",
        (
            _code(),
            _name(),
            _number("weight", "权重", required=True, hint="相对的：1、2 与 10、20 相同"),
            _number("minimum_share", "不低于（%）", standard="没有下限"),
            _yes_no("ballots", "投票箱", standard="否", hint="每张选票一份评分，取平均"),
            _number("minimum_ballots", "至少几张有效票", standard="1", only=("ballots", (SAYS_YES,))),
            _tables("categories", "类别权重", inline=True, hint="有的类别权重不同，写在这里"),
        ),
    ),
    "visibility": Part(
        "评分方能看到",
        (
            _choice("sheets", "别人的评分表", _VISIBLE),
            _choice("means", "平均分", _VISIBLE),
            _choice("ranks", "名次", _VISIBLE),
        ),
    ),
    "categories": Part(
        "类别权重",
        (
            _name("类别"),
            _number("weight", "权重", required=True),
            _number("minimum_share", "不低于（%）", standard="没有下限"),
        ),
    ),
    "sets": Part(
        "分类指标",
        (
            _texts("categories", "适用类别", hint="几个类别用顿号隔开", required=True),
            _tables("indicators", "指标", required=True),
        ),
    ),
    "indicators": Part(
        "指标",
        (
            _code(),
            _name(),
            _number("full", "满分", required=True),
            _choice(
                "kind",
                "计分方式",
                (
                    ("points", "打分"),
                    ("options", "选项"),
                    ("steps", "按档次"),
                    ("count", "按次数"),
                    ("deduct", "扣分"),
                    ("percent", "按百分比"),
                    ("rate", "按比率"),
                    ("yes_no", "是非"),
                ),
                without="children",
            ),
            _number("step", "每档几分", standard="不限", only=(_LEAF, ("", "points")), without="children"),
            _number("unit", "每次几分", only=(_LEAF, ("count",))),
            _number("target", "目标比率", hint="如 0.95", only=(_LEAF, ("rate",))),
            _tables("choices", "选项", inline=True, only=(_LEAF, ("options",))),
            _tables("thresholds", "档次", inline=True, only=(_LEAF, ("steps",))),
            _tables("children", "下级指标", "indicators", hint="有下级的，得分由下级相加"),
        ),
    ),
    "choices": Part("选项", (_name("选项"), _number("points", "分值", required=True))),
    "thresholds": Part(
        "档次",
        (_number("at_least", "达到", required=True), _number("points", "分值", required=True)),
    ),
    "bands": Part("等次", (_name(), _number("floor", "下限", required=True))),
    "vetoes": Part(
        "一票否决",
        (
            _code(),
            _name("事项"),
            _choice(
                "effect",
                "作用",
                (("below", "定为最低等次"), ("cap", "最高只到"), ("bar_awards", "不得评奖")),
            ),
            SchemeKey("cap_grade", "最高等次", offers=Offer.GRADES, only=("effect", ("cap",))),
        ),
    ),
    "bonuses": Part("加分项目", _item("bonus_levels")),
    "deductions": Part("扣分项目", _item("deduction_levels")),
    "bonus_levels": Part("级别", _LEVEL),
    "deduction_levels": Part("级别", _LEVEL),
    "tie_keys": Part(
        "同分排序",
        (
            _choice(
                "kind",
                "比什么",
                (
                    ("stage", "环节得分"),
                    ("indicator", "指标得分"),
                    ("fewer_deductions", "扣分少的在前"),
                    ("more_bonus", "加分多的在前"),
                    ("earlier_filing", "备案早的在前"),
                    ("raw", "取整前的总分"),
                ),
                required=True,
            ),
            SchemeKey("stage", "环节", offers=Offer.STAGES, only=("kind", ("stage", "indicator"))),
            SchemeKey("indicator", "指标", offers=Offer.INDICATORS, only=("kind", ("indicator",))),
        ),
    ),
    "awards": Part(
        "奖项",
        (
            _code(),
            _name(),
            _GRADES,
            _choice(
                "places",
                "名额",
                (("number", "个数"), ("percent", "参评数的百分比"), ("open", "不限")),
            ),
            _number(
                "number", "名额数", hint="按百分比的写百分数", only=("places", ("", "number", "percent"))
            ),
            _yes_no("per_category", "每个类别分别评", standard="否"),
            _number("amount_yuan", "每个奖金（元）", standard="没有奖金"),
            _choice(
                "ties",
                "名额线上并列",
                (("undecided", "待定，由人决定"), ("all", "都给"), ("none", "都不给")),
            ),
            _tables("amounts", "名次奖金", inline=True, hint="各名次奖金不同的写在这里"),
            _texts("kinds", "只给哪些对象", standard="不限"),
            _table("share", "负责人所得"),
            _tables("conditions", "条件", inline=True, hint="都符合的才能得奖"),
        ),
    ),
    "share": Part(
        "负责人所得",
        (
            _number("percent", "比例（%）", standard="没有"),
            _yes_no("each", "每人这么多", standard="是", hint="否则几人合分"),
            _yes_no("added", "另外加发", standard="否", hint="否则从奖金里出"),
            _number("heads", "负责人几人", standard="1"),
        ),
    ),
    "amounts": Part(
        "名次奖金",
        (_number("places", "接下来几个名次", standard="1"), _number("yuan", "每个（元）", required=True)),
    ),
    "conditions": Part(
        "条件",
        (
            _choice("fact", "看什么", tuple((fact.value, fact.label) for fact in Fact), required=True),
            _texts("one_of", "应是其中之一"),
            _texts("none_of", "不能是"),
            SchemeKey("until", "不晚于", hint="如 2023-12-31", only=("fact", ("filed_on",))),
            _number("at_least", "不少于", only=("fact", ("members", "volunteers"))),
            _number("years", "近几年", only=("fact", ("last_penalty_on", "earlier_grade"))),
        ),
    ),
    "lists": Part(
        "名单",
        (
            _code(),
            _name(),
            _texts("grades", "等次", offers=Offer.GRADES),
            _number("last", "末几名"),
            _number("years", "连续几年", standard="1"),
        ),
    ),
}
ROOT = PARTS[""]
UNKNOWN = Part("", ())


def part_of(part: Part, key: str) -> Part:
    """What stands under a key of a part."""
    known = part.by_key.get(key)
    return PARTS[known.part] if known and known.part else UNKNOWN


def part_at(path: tuple[str | int, ...]) -> Part:
    """What stands at the end of a path from the root."""
    part = ROOT
    for key in path:
        if isinstance(key, str):
            part = part_of(part, key)
    return part


def written(table: Table, part: Part) -> Iterator[tuple[SchemeKey, Value]]:
    """What a table holds, in the order of the part; unknown keys come last, under their own name."""
    places = {each.key: place for place, each in enumerate(part.keys)}
    for key, value in sorted(table.items, key=lambda item: places.get(item[0], len(places))):
        yield part.by_key.get(key, SchemeKey(key, key)), value
