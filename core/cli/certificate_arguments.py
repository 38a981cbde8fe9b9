"""The grammar of the certificates' commands, as a table: each with its words and its options."""

import argparse
from collections.abc import Mapping
from typing import Any, TypeAlias

from core.cli.argument_types import assessment_year, count, day, file, path, reading, text, texts
from core.model.certificate import CertificateEventKind
from core.model.certificate_form import Output

_Option: TypeAlias = tuple[tuple[str, ...], dict[str, Any]]

_OPTIONS: Mapping[str, _Option] = {
    "code": (("code",), {"metavar": "代号", "help": "版式或种类的代号", "type": text}),
    "form": (("form",), {"metavar": "版式", "help": "版式的代号或名称", "type": text}),
    "file": (("file",), {"metavar": "文件.toml", "help": "导出后改好的文件", "type": path}),
    "number": (
        ("numbers",),
        {"metavar": "编号", "help": "证书上的编号，没有编号的写名称", "type": text, "nargs": 1},
    ),
    "numbers": (
        ("numbers",),
        {"metavar": "编号", "help": "证书上的编号，没有编号的写名称", "type": text, "nargs": "+"},
    ),
    "picture": (("--picture",), {"metavar": "图片", "help": "证书纸的扫描件（PNG、JPG）", "type": path}),
    "output": (("-o", "--output"), {"metavar": "文件", "type": file, "help": "写到哪里", "required": True}),
    "table": (("-o", "--output"), {"metavar": "文件.xlsx", "type": file, "help": "另存为 Excel"}),
    "year": (("--year",), {"metavar": "年", "type": assessment_year, "help": "哪一年的编号（默认全部）"}),
    "kind": (("--kind",), {"metavar": "种类", "type": text, "help": "证书种类的代号或名称（默认全部）"}),
    "words": (("--words",), {"metavar": "文字", "type": text, "help": "编号、名称、领取人里有这些字"}),
    "event": (
        ("--event",),
        {
            "choices": tuple(each.value for each in CertificateEventKind),
            "metavar": "事项",
            "help": "、".join(f"{each}（{each.label}）" for each in CertificateEventKind),
            "required": True,
        },
    ),
    "date": (
        ("--date",),
        {"metavar": "年-月-日", "type": day, "dest": "dated_on", "help": "哪一天（默认今天）"},
    ),
    "by": (("--by",), {"metavar": "姓名", "type": text, "help": "领取人或交回人"}),
    "reason": (("--reason",), {"metavar": "原因", "type": text, "help": "印坏、收回、撤销的原因"}),
    "copies": (("--copies",), {"metavar": "份数", "type": count, "help": "几份（默认 1）"}),
    "printer": (("--printer",), {"metavar": "打印机", "type": text, "help": "打印机"}),
    "tray": (("--tray",), {"metavar": "进纸", "type": text, "help": "进纸方式，例如“手动进纸”"}),
    "printer!": (
        ("--printer",),
        {"metavar": "打印机", "type": text, "help": "打印机的名称，自己起的也可以", "required": True},
    ),
    "reading": (
        ("--reading",),
        {
            "metavar": "十字=左,上",
            "type": reading,
            "action": "append",
            "dest": "readings",
            "help": "校准页上的读数（毫米），例如 1=20.5,19.8；每个十字写一次",
            "required": True,
        },
    ),
    "alone": (("--alone",), {"action": "store_true", "help": "只要这一张（默认是发出时的整个文件）"}),
    "dry_run": (("--dry-run",), {"action": "store_true", "dest": "dry_run", "help": "只算，不保存"}),
}
_COMMANDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kinds": ("列出证书种类", ()),
    "export-kind": ("导出一个种类的文字模板", ("code", "output")),
    "import-kind": ("导入改过的文字模板", ("file",)),
    "forms": ("列出证书版式", ()),
    "export-form": ("导出一个版式（连同底图）", ("code", "output")),
    "import-form": ("导入版式", ("file", "picture")),
    "restore": ("恢复自带的版式或文字模板", ("code",)),
    "calibration-sheet": ("生成套打校准页", ("form", "output", "printer", "tray")),
    "calibrate": ("由校准页的读数算出校准并保存", ("form", "printer!", "tray", "reading", "dry_run")),
    "profiles": ("列出套打校准", ()),
    "register": ("证书登记簿", ("year", "kind", "words", "table")),
    "record": (
        "登记证书的去向：打印、印坏、发出、收回、撤销",
        ("numbers", "event", "date", "by", "printer", "copies", "reason"),
    ),
    "again": ("按留存的内容重新生成一张证书的文件", ("number", "output", "alone")),
    "stock": ("空白证书纸的结存（收发用 import ledger stock_movements 或在台账里登记）", ()),
}


def add_certificate_commands(commands: Any) -> None:
    """Add everything about certificates."""
    _add_issue(commands)
    group = commands.add_parser("certificate", help="证书的版式、校准、登记簿、去向")
    kinds = group.add_subparsers(dest="what", title="做什么", metavar="做什么", required=True)
    for name, (words, options) in _COMMANDS.items():
        _add(kinds.add_parser(name, help=words), options)
    verify = commands.add_parser("verify-certificate", help="核对一张证书的真伪，不用联网")
    verify.add_argument(
        "said", nargs="?", metavar="二维码内容", type=text, help="扫出来的文字；写 - 从标准输入读"
    )
    verify.add_argument("--number", dest="numbers", nargs=1, type=text, metavar="编号", help="证书上的编号")
    verify.add_argument("--name", type=text, metavar="名称", help="证书上的名称")
    verify.add_argument(
        "--result", type=text, metavar="内容", help="二维码里的内容，例如“2025年度优秀社会组织奖”"
    )
    verify.add_argument("--code", type=text, metavar="校验码", help="二维码里的校验码")
    _json(verify)


def _add_issue(commands: Any) -> None:
    issue = commands.add_parser("certificates", help="生成证书：获奖证书、奖状、备案证书、聘书、牌匾文字")
    issue.add_argument("--year", type=assessment_year, metavar="年度", help="考核年度（获奖的证书要写）")
    issue.add_argument("--cycle", type=text, metavar="代号", help="这一年的哪次考核（默认第一次）")
    issue.add_argument(
        "--kind", type=text, metavar="种类", help="certificate kinds 列出的代号（默认 certificate）"
    )
    issue.add_argument("--form", type=text, metavar="版式", help="certificate forms 列出的代号（默认按种类）")
    issue.add_argument("--names", type=texts, metavar="名称,…", help="只要这些（默认全部）")
    issue.add_argument("-o", "--output", type=file, required=True, metavar="文件.pdf", help="写到哪里")
    issue.add_argument("--separate", action="store_true", help="每张一个文件，-o 写文件夹")
    issue.add_argument(
        "--part",
        choices=tuple(each.value for each in Output),
        metavar="both|text|background",
        help="both 底图和文字（默认）、text 只打文字（套打）、background 只打底图",
    )
    issue.add_argument("--printer", type=text, metavar="打印机", help="按这台打印机的校准套打，并登记打印")
    issue.add_argument("--tray", type=text, metavar="进纸", help="进纸方式")
    issue.add_argument(
        "--first-number", dest="first_number", type=count, metavar="序号", help="第一张新证书的序号"
    )
    issue.add_argument("--reason", type=text, metavar="理由", help="跳过编号的理由")
    issue.add_argument("--date", dest="dated_on", type=day, metavar="年-月-日", help="落款日期（默认今天）")
    _json(issue)


def _add(parser: argparse.ArgumentParser, options: tuple[str, ...]) -> None:
    for name in options:
        flags, rest = _OPTIONS[name]
        parser.add_argument(*flags, **rest)
    _json(parser)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")
