"""The grammar of the assessment's commands, as a table: each with its words and its options."""

import argparse
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from core.cli.argument_types import (
    assessment_year,
    count,
    day,
    file_like,
    path,
    points,
    text,
    texts,
    weight,
)
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


def _file(shown: str, words: str = "写到哪里") -> _Option:
    return _takes("-o --output", shown, words, file_like(shown))


def _flag(flag: str, words: str) -> _Option:
    return (flag,), {"action": "store_true", "help": words}


_DAY = "年-月-日"
_OPTIONS: Mapping[str, _Option] = {
    "name": _takes("name", "名称", "考核对象，名称写一部分也可以"),
    "one": _takes("name", "名称", "考核对象，不写就是全部", nargs="?"),
    "number": _takes("number", "序号", "list 列出的序号", count),
    "package": _takes("file", "结果包", "结果包文件；不写就核对本机的，要写 --year", path, nargs="?"),
    "year": _takes("--year", "年度", "考核年度，例如 2025", assessment_year),
    "cycle": _takes("--cycle", "代号", "这一年的哪次考核，assess list 列出代号（默认最先开启的）"),
    "new_cycle": _takes("--cycle", "代号", "给这次考核一个代号，一年考核几次的用它分清（默认方案的代号）"),
    "as_of": _takes("--as-of", _DAY, "名册按某一天结束时的（默认今天）", day),
    "xlsx": _file("文件.xlsx"),
    "also_xlsx": _file("文件.xlsx", "另存为 Excel"),
    "pdf": _file("文件.pdf"),
    "report": _file("文件.pdf|文件.xlsx"),
    "details": _file("文件.xlsx|文件.json"),
    "result_package": _file("文件.json|文件.sptpkg"),
    "scheme": _takes(
        "--scheme",
        "方案代号",
        "用哪个考核方案，scheme list 列出代号（默认街道社会组织年度考核）",
        dest="scheme_code",
    ),
    "title": _takes("--title", "名称", "这次考核叫什么（开启时默认方案的名称）"),
    "weight": _takes(
        "--weight",
        "环节/评分方=权重",
        "方案写“不低于”的权重取多少，可写几次；只对一类的写 环节/评分方/类别=权重",
        weight,
        action="append",
        dest="weights",
    ),
    "participants": _takes(
        "--participants",
        "名单.xlsx",
        "参评的不在名册里（小区、队伍、乡镇）时给的名单：名称、种类、类别，一行一个",
        path,
    ),
    "dry_run": _flag("--dry-run", "只看预览，不写入"),
    "to": _takes("--to", "机关", "报给谁（默认按方案）"),
    "date": _takes("--date", _DAY, "哪一天（默认今天）", day, dest="dated_on"),
    "from": _takes("--from", _DAY, "第一天（默认今天）", day, dest="first"),
    "until": _takes("--until", _DAY, "最后一天（默认按方案的工作日数）", day, dest="last"),
    "accept_missing": _flag("--accept-missing", "缺的评分表不再等，按方案折算"),
    "hold": _flag("--hold-objected", "有异议的暂缓，其余先定"),
    "reason": _takes("--reason", "理由", "为什么"),
    "cause": _takes("--reason", "事由", "因为什么事"),
    "body": _takes("--body", "机关", "哪个机关作出的决定"),
    "persons": _takes("--persons", "人员", "哪些人参加"),
    "ruled_with": _takes("--persons", "人员", "哪些人参加（改得分或等次的要写）"),
    "ruled_why": _takes("--reason", "理由", "为什么（改得分或等次的要写）"),
    "evidence": _takes("--evidence", "依据", "文件、会议纪要、证明材料"),
    "award": _takes("--award", "奖项", "哪个奖项，写代号或名称"),
    "category": _takes("--category", "类别", "哪一类（按类别评的奖项才写）"),
    "order": _takes("--order", "名称,名称", "并列的对象，每个写一次，排好先后，用逗号隔开", texts),
    "score": _takes("--score", "得分", "定为多少分", points),
    "grade": _takes("--grade", "等次", "定为哪一等"),
    "raised_by": _takes("--by", "人", "谁提出的"),
    "checked_by": _takes("--by", "人", "谁去核查"),
    "ruled_by": _takes("--by", "机关", "哪个机关（谁）作出的决定"),
    "settled_by": _takes("--by", "人", "谁写定的"),
    "entered_by": _takes("--by", "人", "谁录入的；两遍要由两个人录"),
    "contact": _takes("--contact", "联系方式", "联系方式"),
    "content": _takes("--content", "内容", "异议的内容"),
    "finding": _takes("--finding", "情况", "查到什么"),
    "upheld": _flag("--upheld", "异议成立（不写就是不成立）"),
    "answer": _takes("--answer", "答复", "怎样答复"),
    "no_promote": _flag("--no-promote", "名额空着，不递补（默认按方案）"),
    "lift": _flag("--lift", "取消原来的撤销"),
    "lift_recusal": _flag("--lift", "取消原来登记的回避"),
    "stage": _takes("--stage", "环节", "环节，写代号或名称"),
    "rater": _takes("--rater", "评分方", "评分方，写代号或名称"),
    "seen_by": _takes("--rater", "评分方", "再列出这个评分方看得到的别人的评分；写代号或名称"),
    "in_stage": _takes("--stage", "环节", "几个环节都有这个评分方的，写哪个环节"),
    "kind": _chosen(
        "--kind", EntryKind, "bonus 加分，deduction 扣分，veto 一票否决，direct 凭证明直接认定奖项"
    ),
    "item": _takes("--item", "项目", "方案里的哪一项：加减分、否决事项或奖项，写代号或名称"),
    "points": _takes("--points", "分值", "分值，写正数（默认按项目）", points),
    "level": _takes("--level", "级别", "分级别计分的写：国家、省、市、区"),
    "ballot": _takes("--number", "票号", "票号", count),
    "answers": _takes("--answers", "答案,答案", "逐项的答案，用逗号隔开，没有填的空着", texts),
    "second": _flag("--second", "第二遍录入"),
    "totals": _chosen("--by", MoneyBy, "按年度、奖项、类别或社区（村）汇总", dest="totals_by"),
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
_AFTERWORDS = {
    "assess": """\
一次考核从头到尾，每一步都可以先用 assess status 看走到哪里、还差什么：
  1. assess open      开启；sheets out 发出评分表
  2. sheets back      收回评分表，别的表格用 import scores，居民测评票用 ballots enter
  3. entry、recuse    加减分、一票否决、回避
  4. assess compute   计算；assess show、explain 看结果，改了评分再算一次
  5. assess report    报备（方案要求的才有）
  6. assess publish   公示；有异议的用 object
  7. assess confirm   公示期满，确定；有并列的先 decide tie
  8. assess announce  公布；payments propose 登记奖金，以后要收回的用 revoke
  9. assess archive   归档；verify 什么时候都可以核对""",
}
_COMMANDS: Mapping[str, tuple[str, str]] = {
    "assess open": ("开启考核，冻结名册", "year! new_cycle scheme title weight participants dry_run"),
    "assess list": ("列出各次考核", ""),
    "assess status": ("进度、下一步和挡着的事；一个评分方看得到的别人的评分", "year! cycle seen_by in_stage"),
    "assess compute": ("计算结果", "year! cycle"),
    "assess show": ("列出结果", "year! cycle also_xlsx"),
    "assess report": ("公示前报备", "year! cycle to date accept_missing"),
    "assess publish": ("开始公示，锁定评分", "year! cycle from until accept_missing"),
    "assess confirm": ("公示期满，确定结果", "year! cycle date hold"),
    "assess announce": ("公布结果", "year! cycle date"),
    "assess archive": ("归档", "year! cycle date"),
    "assess step-back": ("退回上一步（公示以前）", "year! cycle reason!"),
    "assess rename": ("修改考核名称（评分锁定以前）", "year! cycle title!"),
    "explain": ("逐步说明一个对象的结果怎样得来", "name year! cycle"),
    "decide tie": ("并列的排出先后", f"year! cycle award! category order! {_DECISION}"),
    "decide score": ("核定得分", f"name year! cycle score! {_DECISION}"),
    "decide recheck": ("复核得分，不写得分就是维持", f"name year! cycle score {_DECISION}"),
    "decide grade": ("核定等次", f"name year! cycle grade! {_DECISION}"),
    "decide leave-open": ("名额空着", f"year! cycle award! category {_DECISION}"),
    "decide lift": ("撤下一个决定", "number year! cycle reason!"),
    "decide list": ("列出决定", "year! cycle"),
    "object register": ("登记", "name year! cycle raised_by! content! contact date"),
    "object check": ("核查", "number year! cycle checked_by! finding"),
    "object decide": (
        "作出决定；成立的可以同时改得分或等次（只写一个）",
        "number year! cycle ruled_by! upheld date answer score grade ruled_with ruled_why evidence",
    ),
    "object answer": ("答复", "number year! cycle answer! date"),
    "object withdraw": ("撤回", "number year! cycle reason!"),
    "object list": ("列出异议", "year! cycle"),
    "revoke": ("公布以后撤销一个对象的结果", "name year! cycle reason! body date evidence no_promote lift"),
    "recuse": ("登记一个评分方对一个对象回避", "name year! cycle stage! rater! reason lift_recusal"),
    "entry add": ("登记", "name year! cycle kind! cause! evidence! item points level date"),
    "entry lift": ("解除", "number year! cycle reason!"),
    "entry list": ("列出", "year! cycle"),
    "ballots enter": ("录入一张票", "name year! cycle stage! rater! ballot! answers! entered_by! second"),
    "ballots resolve": (
        "对照纸质票，写定两遍不一致的票",
        "name year! cycle stage! rater! ballot! answers! settled_by!",
    ),
    "ballots invalidate": ("作废一张票", "name year! cycle stage! rater! ballot! reason!"),
    "ballots differences": ("列出两遍不一致的票", "year! cycle"),
    "ballots tally": ("统计票数", "year! cycle"),
    "payments propose": ("按公布的结果登记奖金", "year! cycle"),
    "payments list": ("列出奖金", "year! cycle"),
    "payments totals": ("汇总奖金", "totals! also_xlsx"),
    "verify": ("重新计算，逐项核对：本机的，或一个结果包", "package year cycle"),
    "statistics": (
        "统计：按类别、社区、管理方式、党的组织覆盖、品牌，考核等次、奖金、活动",
        "year! cycle as_of report",
    ),
    "year-report": ("年度统计报告：数字、图和表", "year! cycle report!"),
    "export results": ("导出考核结果", "year! cycle xlsx!"),
    "export result-lists": ("导出临界、并列、奖项、名单、历年对比、决定等各表", "year! cycle xlsx!"),
    "export score-details": ("导出评分明细：一个对象的，或全部", "one year! cycle details!"),
    "print score-details": ("评分明细：一个对象的，或全部", "one year! cycle pdf!"),
    "export result-package": ("导出结果包，可在别的电脑上核对", "year! cycle result_package!"),
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
            added = commands.add_parser(group, help=_GROUPS[group], epilog=_AFTERWORDS.get(group))
            groups[group] = added.add_subparsers(
                dest="what", title="做什么", metavar=_kinds(group), required=True
            )
        parser = groups[group].add_parser(what, help=words, description=f"{words}。")
        for option in options.split():
            flags, said = _OPTIONS[option.rstrip("!")]
            required = {"required": True} if option.endswith("!") else {}
            parser.add_argument(*flags, **said, **required)
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")


def _kinds(group: str) -> str:
    return "|".join(name.split()[1] for name in _COMMANDS if name.startswith(f"{group} "))
