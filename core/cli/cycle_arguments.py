"""The grammar of the assessment's commands, as a table: each with its words and its options."""

import argparse
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from core.cli.argument_types import assessment_year, count, day, file, path, points, text, texts, weight
from core.model.assessment import EntryKind
from core.model.money_report import MoneyBy

_Option: TypeAlias = tuple[tuple[str, ...], dict[str, Any]]


def _takes(flags: str, metavar: str, words: str, read: Callable[[str], Any] = text, **more: Any) -> _Option:
    return tuple(flags.split()), {"metavar": metavar, "help": words, "type": read, **more}


def _chosen(flag: str, among: type[StrEnum], words: str, **more: Any) -> _Option:
    return (flag,), {
        "choices": tuple(each.value for each in among),
        "metavar": "|".join(among),
        "help": words,
        **more,
    }


def _flag(flag: str, words: str) -> _Option:
    return (flag,), {"action": "store_true", "help": words}


_DAY = "年-月-日"
_OPTIONS: Mapping[str, _Option] = {
    "name": _takes("name", "名称", "考核对象，写一部分也可以"),
    "one": _takes("name", "名称", "考核对象，不写就是全部", nargs="?"),
    "number": _takes("number", "序号", "list 列出的序号", count),
    "package": _takes("file", "结果包.json", "不写就校验本机的", path, nargs="?"),
    "year": _takes("--year", "年度", "考核年度，例如 2025", assessment_year),
    "cycle": _takes("--cycle", "代号", "这一年的哪次考核（默认第一次）"),
    "as_of": _takes("--as-of", _DAY, "名册按某一天结束时的（默认今天）", day),
    "output": _takes("-o --output", "文件", "写到哪里", file),
    "scheme": _takes("--scheme", "方案代号", "用哪个考核方案", dest="scheme_code"),
    "title": _takes("--title", "名称", "这次考核叫什么"),
    "weight": _takes(
        "--weight",
        "环节/评分方=权重",
        "“不低于”的权重取多少，可写几次",
        weight,
        action="append",
        dest="weights",
    ),
    "participants": _takes("--participants", "名单.xlsx", "参评名单：名称、种类、类别", path),
    "dry_run": _flag("--dry-run", "只看预览，不写入"),
    "to": _takes("--to", "机关", "报给谁（默认按方案）"),
    "date": _takes("--date", _DAY, "哪一天（默认今天）", day, dest="dated_on"),
    "from": _takes("--from", _DAY, "第一天（默认今天）", day, dest="first"),
    "until": _takes("--until", _DAY, "最后一天（默认按方案的工作日数）", day, dest="last"),
    "accept_missing": _flag("--accept-missing", "缺的评分表按方案折算"),
    "hold": _flag("--hold-objected", "有异议的暂缓，其余先定"),
    "reason": _takes("--reason", "理由", "理由"),
    "body": _takes("--body", "机关", "谁作出的决定"),
    "persons": _takes("--persons", "人员", "哪些人参加"),
    "evidence": _takes("--evidence", "依据", "文件、会议纪要、材料"),
    "award": _takes("--award", "奖项", "奖项的代号"),
    "category": _takes("--category", "类别", "按类别评的奖项写类别"),
    "order": _takes("--order", "名称,名称", "并列的对象，先后排好", texts),
    "score": _takes("--score", "得分", "定为多少分", points),
    "grade": _takes("--grade", "等次", "定为哪一等"),
    "by": _takes("--by", "人", "谁"),
    "contact": _takes("--contact", "联系方式", "联系方式"),
    "content": _takes("--content", "内容", "异议的内容"),
    "finding": _takes("--finding", "情况", "查到什么"),
    "upheld": _flag("--upheld", "成立（不写就是不成立）"),
    "answer": _takes("--answer", "答复", "怎样答复"),
    "no_promote": _flag("--no-promote", "名额空着，不递补（默认按方案）"),
    "lift": _flag("--lift", "取消原来登记的"),
    "stage": _takes("--stage", "环节", "环节的代号"),
    "rater": _takes("--rater", "评分方", "评分方的代号"),
    "kind": _chosen("--kind", EntryKind, "加分、扣分、一票否决、直接认定"),
    "item": _takes("--item", "代号", "方案里的加减分、否决项目或奖项"),
    "points": _takes("--points", "分值", "分值，写正数（默认按项目）", points),
    "level": _takes("--level", "级别", "国家、省、市、区"),
    "ballot": _takes("--number", "票号", "票号", count),
    "answers": _takes("--answers", "答案,答案", "逐项的答案，没有填的空着", texts),
    "second": _flag("--second", "第二遍录入"),
    "totals": _chosen("--by", MoneyBy, "按什么汇总", dest="totals_by"),
}
_DECISION = "body! persons! reason! date evidence"
_GROUPS = {
    "assess": "年度考核：开启、进度、计算、公示、确定、公布、归档",
    "decide": "作出决定：并列、得分、等次、复核、名额空缺",
    "object": "公示期的异议",
    "entry": "加分、扣分、一票否决、直接认定",
    "ballots": "居民测评票",
    "payments": "奖金台账",
}
_COMMANDS: Mapping[str, tuple[str, str]] = {
    "assess open": ("开启考核，冻结名册", "year! cycle scheme title weight participants dry_run"),
    "assess list": ("列出各次考核", ""),
    "assess status": ("进度、下一步和挡着的事；一个评分方看得到的别人的评分", "year! cycle stage rater"),
    "assess compute": ("计算结果", "year! cycle"),
    "assess show": ("列出结果", "year! cycle output"),
    "assess report": ("公示前报备", "year! cycle to date accept_missing"),
    "assess publish": ("开始公示，锁定评分", "year! cycle from until accept_missing"),
    "assess confirm": ("公示期满，确定结果", "year! cycle date hold"),
    "assess announce": ("公布结果", "year! cycle date"),
    "assess archive": ("归档", "year! cycle date"),
    "assess step-back": ("退回上一步（公示以前）", "year! cycle reason!"),
    "explain": ("逐步说明一个对象的结果怎样得来", "name year! cycle"),
    "decide tie": ("并列的排出先后", f"year! cycle award! category order! {_DECISION}"),
    "decide score": ("核定得分", f"name year! cycle score! {_DECISION}"),
    "decide recheck": ("复核得分，不写得分就是维持", f"name year! cycle score {_DECISION}"),
    "decide grade": ("核定等次", f"name year! cycle grade! {_DECISION}"),
    "decide leave-open": ("名额空着", f"year! cycle award! category {_DECISION}"),
    "decide lift": ("撤下一个决定", "number year! cycle reason!"),
    "decide list": ("列出决定", "year! cycle"),
    "object register": ("登记", "name year! cycle by! content! contact date"),
    "object check": ("核查", "number year! cycle by! finding"),
    "object decide": (
        "作出决定；成立的可以同时核定得分或等次",
        "number year! cycle by! upheld date answer score grade persons reason evidence",
    ),
    "object answer": ("答复", "number year! cycle answer! date"),
    "object withdraw": ("撤回", "number year! cycle reason!"),
    "object list": ("列出异议", "year! cycle"),
    "revoke": ("公布以后撤销一个对象的结果", "name year! cycle reason! body date evidence no_promote lift"),
    "recuse": ("登记一个评分方对一个对象回避", "name year! cycle stage! rater! reason lift"),
    "entry add": ("登记", "name year! cycle kind! reason! evidence! item points level date"),
    "entry lift": ("解除", "number year! cycle reason!"),
    "entry list": ("列出", "year! cycle"),
    "ballots enter": ("录入一张票", "name year! cycle stage! rater! ballot! answers! by! second"),
    "ballots resolve": ("核对两遍不一致的票", "name year! cycle stage! rater! ballot! answers! by!"),
    "ballots invalidate": ("作废一张票", "name year! cycle stage! rater! ballot! reason!"),
    "ballots differences": ("列出两遍不一致的票", "year! cycle"),
    "ballots tally": ("统计票数", "year! cycle"),
    "payments propose": ("按公布的结果登记奖金", "year! cycle"),
    "payments list": ("列出奖金", "year! cycle"),
    "payments totals": ("汇总奖金", "totals! output"),
    "verify": ("重新计算，逐项核对：本机的，或一个结果包", "package year cycle"),
    "statistics": (
        "统计：按类别、社区、管理方式、党的组织覆盖、品牌，考核等次、奖金、活动",
        "year! cycle as_of output",
    ),
    "year-report": ("年度统计报告：数字、图和表（.pdf 或 .xlsx）", "year! cycle output!"),
    "export results": ("导出考核结果", "year! cycle output!"),
    "export result-lists": ("导出临界、并列、奖项、名单、历年对比、决定等各表", "year! cycle output!"),
    "export score-details": ("导出评分明细：一个对象的，或全部（.xlsx 或 .json）", "one year! cycle output!"),
    "print score-details": ("评分明细：一个对象的，或全部", "one year! cycle output!"),
    "export result-package": ("导出结果包，可在别的电脑上校验", "year! cycle output!"),
}


def add_cycle_commands(
    commands: "argparse._SubParsersAction[Any]",
    exports: "argparse._SubParsersAction[Any]",
    prints: "argparse._SubParsersAction[Any]",
) -> None:
    """Add all of them; those that export or print go to `exports` and `prints`."""
    groups = {"": commands, "export": exports, "print": prints}
    for name, (words, options) in _COMMANDS.items():
        group, _, what = name.rpartition(" ")
        if group not in groups:
            groups[group] = commands.add_parser(group, help=_GROUPS[group]).add_subparsers(
                dest="what", title="做什么", metavar=_kinds(group), required=True
            )
        parser = groups[group].add_parser(what, help=words)
        for option in options.split():
            flags, said = _OPTIONS[option.rstrip("!")]
            required = {"required": True} if option.endswith("!") else {}
            parser.add_argument(*flags, **said, **required)
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")


def _kinds(group: str) -> str:
    return "|".join(name.split()[1] for name in _COMMANDS if name.startswith(f"{group} "))
