"""Facts of an assessment that stand before and after its results: what it asks for, and who takes part."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from core.model.assessment import Subject
from core.model.cycle_view import CycleView
from core.model.facts import FactKind, FactName, Row
from core.model.scheme import Scheme, Stage, plain

NUMBER, LIST = FactKind.NUMBER, FactKind.LIST
STAGE_FACTS = (
    FactName("环节", "环节的名称"),
    FactName("环节满分", "这个环节的满分"),
    FactName("环节权重", "在总分里占多少，如“30%”；只有一个环节时为空"),
    FactName("环节评分方", "这个环节的评分方，有几个时带权重"),
)
ASSESSMENT_FACTS = (
    FactName("考核名称", "考核方案的名称"),
    FactName("考核周期", "一年几次考核时这一次叫什么，如“第一季度”；没有另起名称时为空"),
    FactName("对象", "考核的是什么：社会组织、社区……"),
    FactName("满分", "方案的满分"),
    FactName("评分方", "评分方的名称，依次列出"),
    FactName("评分方数", "有几个评分方", NUMBER),
    FactName("各环节", "考核的环节，依次", LIST, STAGE_FACTS),
    FactName("最低等次", "低于最后一档的等次"),
    FactName("名册数", "列入名册的个数", NUMBER),
    FactName("参加数", "参加考核的个数", NUMBER),
    FactName("不参加数", "不参加考核的个数", NUMBER),
    FactName(
        "不参加原因",
        "不参加考核的原因，每种几个",
        LIST,
        (FactName("原因", "不参加的原因"), FactName("个数", "有几个", NUMBER)),
    ),
)


def assessment_row(view: CycleView) -> Row:
    """The facts of `ASSESSMENT_FACTS`."""
    scheme = view.scheme
    raters = list(dict.fromkeys(rater.name for stage in scheme.stages for rater in stage.raters))
    barred = [subject.barred for subject in view.subjects if subject.barred]
    return {
        "考核名称": scheme.name,
        "考核周期": _period(view),
        "对象": noun_of(view.subjects),
        "满分": plain(scheme.full),
        "评分方": f"{'、'.join(raters[:-1])}和{raters[-1]}" if len(raters) > 1 else "".join(raters),
        "评分方数": len(raters),
        "各环节": tuple(stage_rows(scheme).values()),
        "最低等次": scheme.below_name,
        "名册数": len(view.subjects),
        "参加数": len(view.assessed),
        "不参加数": len(barred),
        "不参加原因": tuple(
            {"原因": reason, "个数": barred.count(reason)} for reason in dict.fromkeys(barred)
        ),
    }


def _period(view: CycleView) -> str:
    """The title that tells a cycle from the others of its year; one that only repeats the scheme is none."""
    title, year = view.cycle.title, view.cycle.year
    return "" if title == view.scheme.name else title.removeprefix(f"{year}年度").removeprefix(f"{year}年")


def stage_rows(scheme: Scheme) -> Mapping[str, Row]:
    """The facts of `STAGE_FACTS` by the stage's code; the weights of the scheme are those that count."""
    whole = sum(Fraction(each.weight) for each in scheme.stages)
    only = len(scheme.stages) == 1
    return {
        each.code: {
            "环节": each.name,
            "环节满分": plain(each.full),
            "环节权重": "" if only or not whole else _percent(Fraction(each.weight) / whole),
            "环节评分方": "、".join(_raters(each)),
        }
        for each in scheme.stages
    }


def noun_of(subjects: Sequence[Subject]) -> str:
    """What is assessed, as sentences say it; 社会组织 where the scheme does not say."""
    kinds = list(dict.fromkeys(each.kind for each in subjects if each.kind))
    return "和".join(kinds) or "社会组织"


def _raters(stage: Stage) -> list[str]:
    """The raters with their share; without it where it differs by category, or there is only one."""
    whole = sum(Fraction(each.weight) for each in stage.raters)
    varies = any(each.category_weights for each in stage.raters)
    if len(stage.raters) == 1 or varies or not whole:
        return [each.name for each in stage.raters]
    return [f"{each.name}（{_percent(Fraction(each.weight) / whole)}）" for each in stage.raters]


def _percent(share: Fraction) -> str:
    """A share in percent, to one place: 30%, 33.3%."""
    tenths = (share * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}%".replace(".0%", "%")
