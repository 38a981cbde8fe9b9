"""Facts of an assessment that is opened and not computed: who takes part, who rates when and by what."""

from collections.abc import Iterable, Iterator
from datetime import date

from core.model.assessment import Subject
from core.model.cycle_view import CycleView, RaterProgress
from core.model.facts import FactName, Row
from core.model.scheme import (
    Award,
    HeadShare,
    Indicator,
    LeafKind,
    PlaceAmount,
    Places,
    Scheme,
    Stage,
    VetoEffect,
    plain,
)
from core.rules.amounts import yuan_text
from core.rules.chinese_numerals import counting_numeral
from core.rules.facts_assessment import (
    ASSESSMENT_FACTS,
    LIST,
    NUMBER,
    STAGE_FACTS,
    assessment_row,
    stage_rows,
)
from core.rules.facts_office import day_words

_TAKING_PART = (
    FactName("对象名称", "考核对象的名称"),
    FactName("类别", "考核对象的类别"),
    FactName("社区", "所属社区（村）"),
    FactName("上年等次", "上一年度的等次；不知道时为空"),
)
OPENING_FACTS = (
    *(each for each in ASSESSMENT_FACTS if each.name != "各环节"),
    FactName("开启日期", "开启考核、定下参加名单的日子"),
    FactName(
        "各类别",
        "参加考核的类别，每类几个",
        LIST,
        (FactName("类别", "类别的名称"), FactName("个数", "有几个", NUMBER)),
    ),
    FactName("参加对象", "参加考核的对象，依次", LIST, _TAKING_PART),
    FactName(
        "不参加对象",
        "不参加考核的对象和原因",
        LIST,
        (*_TAKING_PART, FactName("原因", "不参加的原因")),
    ),
    FactName(
        "各环节",
        "考核的环节，依次",
        LIST,
        (
            *STAGE_FACTS,
            FactName("环节号", "“（一）”这样的序号；只有一个环节时为空"),
            FactName("开始", "第一天；方案没有写时为空"),
            FactName("结束", "最后一天；方案没有写时为空"),
            FactName("评分用表", "交什么：评分表、测评票"),
        ),
    ),
    FactName(
        "指标",
        "各环节的指标，依次；只打总分的环节没有",
        LIST,
        (
            FactName("环节", "环节的名称"),
            FactName("适用类别", "只给哪些类别；都适用时为空"),
            FactName("上级指标", "上级指标；没有时为空"),
            FactName("指标", "指标的名称"),
            FactName("分值", "指标的满分"),
            FactName("计分", "怎样计分"),
        ),
    ),
    FactName(
        "等次线",
        "等次和分数线，从好到差",
        LIST,
        (FactName("等次", "等次的名称"), FactName("分数线", "如“80分以上不满90分”")),
    ),
    FactName("否决事项", "一票否决的事项，用分号隔开；没有时为空"),
    FactName("限等次事项", "有了等次就受限的事项和最高等次，用分号隔开；没有时为空"),
    FactName("不得评奖事项", "有了就不得评奖的事项，用分号隔开；没有时为空"),
    FactName(
        "奖项设置",
        "方案里的奖项，依次",
        LIST,
        (
            FactName("奖项", "奖项的名称"),
            FactName("名额", "如“2个”“参加考核数的20%”"),
            FactName("评奖等次", "哪些等次可以得奖"),
            FactName("奖金标准", "如“每个4万元”；没有时为空"),
            FactName("负责人所得", "奖金里给负责人的；没有时为空"),
        ),
    ),
    FactName("奖金预算", "奖励预算，如“17万元”；没有时为空"),
    FactName("报备单位", "结果公布前报给谁；不用报时为空"),
    FactName("要求公示工作日", "结果至少公示几个工作日；不用公示时是 0", NUMBER),
    FactName(
        "欠交",
        "还没有交齐的评分方",
        LIST,
        (
            FactName("环节", "环节的名称"),
            FactName("评分方", "评分方的名称"),
            FactName("应交", "应交几份", NUMBER),
            FactName("已交", "已交几份完整的", NUMBER),
            FactName("欠交数", "还缺几份", NUMBER),
            FactName("截止", "这个环节的最后一天；方案没有写时为空"),
        ),
    ),
)


def opening_row(view: CycleView) -> Row:
    """The facts of `OPENING_FACTS`."""
    scheme = view.scheme
    categories = [subject.category for subject in view.assessed if subject.category]
    return {
        **assessment_row(view),
        "开启日期": day_words(date.fromisoformat(view.cycle.opened_on)),
        "各类别": tuple({"类别": each, "个数": categories.count(each)} for each in dict.fromkeys(categories)),
        "参加对象": tuple(map(_subject, view.assessed)),
        "不参加对象": tuple({**_subject(each), "原因": each.barred} for each in view.subjects if each.barred),
        "各环节": tuple(_stages(scheme)),
        "指标": tuple(row for stage in scheme.stages for row in _indicators(stage)),
        "等次线": tuple(_lines(scheme)),
        "否决事项": _vetoes(scheme, VetoEffect.BELOW),
        "限等次事项": _vetoes(scheme, VetoEffect.CAP),
        "不得评奖事项": _vetoes(scheme, VetoEffect.BAR_AWARDS),
        "奖项设置": tuple(map(_award, scheme.awards)),
        "奖金预算": yuan_text(scheme.budget_fen) if scheme.budget_fen else "",
        "报备单位": scheme.report_to,
        "要求公示工作日": scheme.notice_days,
        "欠交": tuple(_late(each) for each in view.progress if each.delivered < each.expected),
    }


def _subject(subject: Subject) -> Row:
    return {
        "对象名称": subject.name,
        "类别": subject.category,
        "社区": subject.community,
        "上年等次": subject.previous_grade,
    }


def _late(progress: RaterProgress) -> Row:
    return {
        "环节": progress.stage.name,
        "评分方": progress.rater.name,
        "应交": progress.expected,
        "已交": progress.delivered,
        "欠交数": progress.expected - progress.delivered,
        "截止": _day(progress.stage.ends_on),
    }


def _stages(scheme: Scheme) -> Iterator[Row]:
    rows = stage_rows(scheme)
    many = len(scheme.stages) > 1
    for number, stage in enumerate(scheme.stages, start=1):
        handed_in = {"测评票" if rater.ballots else "评分表": None for rater in stage.raters}
        yield {
            **rows[stage.code],
            "环节号": f"（{counting_numeral(number)}）" if many else "",
            "开始": _day(stage.starts_on),
            "结束": _day(stage.ends_on),
            "评分用表": "和".join(handed_in),
        }


def _indicators(stage: Stage) -> Iterator[Row]:
    for indicators in stage.indicator_sets:
        for tree in indicators.indicators:
            for row in _leaves(tree, ""):
                yield {"环节": stage.name, "适用类别": "、".join(indicators.categories), **row}


def _leaves(node: Indicator, above: str) -> Iterator[Row]:
    if not node.children:
        yield {"上级指标": above, "指标": node.name, "分值": plain(node.full), "计分": _marking(node)}
    for child in node.children:
        yield from _leaves(child, f"{above}／{node.name}" if above else node.name)


def _marking(leaf: Indicator) -> str:
    """How a leaf earns its points (R1)."""
    full = plain(leaf.full)
    if leaf.kind is LeafKind.OPTIONS:
        return "，".join(f"{each.name}{plain(each.points)}分" for each in leaf.choices)
    if leaf.kind is LeafKind.STEPS:
        return "，".join(f"达到{plain(each.at_least)}得{plain(each.points)}分" for each in leaf.thresholds)
    return {
        LeafKind.COUNT: f"每项{plain(leaf.unit or leaf.full)}分，最多{full}分",
        LeafKind.DEDUCT: f"从{full}分起扣，扣完为止",
        LeafKind.PERCENT: f"按百分比折成{full}分",
        LeafKind.RATE: f"达到目标得{full}分，不到的按比例",
        LeafKind.YES_NO: f"有得{full}分，没有得0分",
    }.get(leaf.kind, f"0至{full}分" + (f"，每档{plain(leaf.step)}分" if leaf.step else ""))


def _vetoes(scheme: Scheme, effect: VetoEffect) -> str:
    """The matters of an effect; a cap says the best grade that is left."""
    return "；".join(
        f"{each.name}（最高{each.cap_grade}）" if each.cap_grade else each.name
        for each in scheme.vetoes
        if each.effect is effect
    )


def _lines(scheme: Scheme) -> Iterator[Row]:
    above = ""
    for band in scheme.bands:
        yield {"等次": band.name, "分数线": f"{plain(band.floor)}分以上{above}"}
        above = f"不满{plain(band.floor)}分"
    if above:
        yield {"等次": scheme.below_name, "分数线": above}


def _award(award: Award) -> Row:
    each = f"每个{yuan_text(award.amount_fen)}" if award.amount_fen else ""
    return {
        "奖项": award.name,
        "名额": _places(award),
        "评奖等次": "、".join(award.grades),
        "奖金标准": "，".join(_amounts(award.amounts)) or each,
        "负责人所得": _share(award.share) if award.share else "",
    }


def _places(award: Award) -> str:
    number = plain(award.number)
    words = {
        Places.NUMBER: f"{number}个",
        Places.PERCENT: f"参加考核数的{number}%",
        Places.OPEN: "不限名额",
    }[award.places]
    return f"每个类别{words}" if award.per_category else words


def _amounts(amounts: Iterable[PlaceAmount]) -> Iterator[str]:
    """第1名2万元，第2至3名每个1万元."""
    first = 1
    for each in amounts:
        last = first + each.places - 1
        which = f"第{first}名" if first == last else f"第{first}至{last}名每个"
        yield f"{which}{yuan_text(each.amount_fen)}"
        first = last + 1


def _share(share: HeadShare) -> str:
    heads = "负责人" if share.heads == 1 else f"{share.heads}位负责人{'各' if share.each else '共'}"
    extra = "，另外发给" if share.added else ""
    return f"{heads}得奖金的{plain(share.percent)}%{extra}"


def _day(day: date | None) -> str:
    return day_words(day) if day else ""
