"""The grammar of the documents' commands, as a table: each with its words and its options."""

import argparse
from collections.abc import Mapping
from typing import Any, TypeAlias

from core.cli.argument_types import assessment_year, count, day, file, path, text

_Option: TypeAlias = tuple[tuple[str, ...], dict[str, Any]]

_OPTIONS: Mapping[str, _Option] = {
    "document": (
        ("name",),
        {"metavar": "文书", "help": "代号（document list 列出）、发文字号或标题", "type": text},
    ),
    "template": (("code",), {"metavar": "模板", "help": "document templates 列出的代号", "type": text}),
    "file": (("file",), {"metavar": "文件.toml", "help": "导出后改好的文件", "type": path}),
    "year": (("--year",), {"metavar": "年度", "type": assessment_year, "help": "年度", "required": True}),
    "year?": (("--year",), {"metavar": "年", "type": assessment_year, "help": "哪一年的号（默认全部）"}),
    "year!": (
        ("--year",),
        {"metavar": "年", "type": assessment_year, "help": "发文字号里的年", "required": True},
    ),
    "cycle": (("--cycle",), {"metavar": "代号", "type": text, "help": "这一年的哪次考核（默认第一次）"}),
    "ref": (
        ("--ref",),
        {
            "metavar": "对象",
            "type": text,
            "help": "只关于这一个：document subjects 列出的编号（默认全部）",
        },
    ),
    "date": (
        ("--date",),
        {"metavar": "年-月-日", "type": day, "dest": "dated_on", "help": "成文日期（默认签发当日）"},
    ),
    "reason!": (("--reason",), {"metavar": "理由", "type": text, "help": "为什么", "required": True}),
    "reason": (
        ("--reason",),
        {"metavar": "理由", "type": text, "help": "查出问题（document check）仍要印发的理由"},
    ),
    "sequence": (
        ("--number",),
        {"metavar": "序号", "type": count, "dest": "number", "help": "自己定的序号（默认下一个）"},
    ),
    "pair": (
        ("pair",),
        {"metavar": "版本", "type": count, "nargs": 2, "help": "document versions 列出的两个版本"},
    ),
    "text": (("-o", "--output"), {"metavar": "文件.toml", "type": file, "help": "写成文件，改好后再读回"}),
    "pdf": (("-o", "--output"), {"metavar": "文件.pdf", "type": file, "help": "写到哪里", "required": True}),
    "docx": (
        ("-o", "--output"),
        {"metavar": "文件.docx", "type": file, "help": "写到哪里", "required": True},
    ),
    "table!": (
        ("-o", "--output"),
        {"metavar": "文件.xlsx", "type": file, "help": "写到哪里", "required": True},
    ),
    "separate": (("--separate",), {"action": "store_true", "help": "每份一个文件，-o 写文件夹"}),
    "red_stock": (("--red-stock",), {"action": "store_true", "help": "不打红头和红线，用印好红头的纸"}),
    "words": (("--words",), {"metavar": "文字", "type": text, "help": "字号、标题、发给谁里有这些字"}),
    "series": (("series",), {"metavar": "机关代字", "type": text, "help": "例如“东街办”"}),
    "numbers": (
        ("numbers",),
        {"metavar": "发文字号", "nargs": "+", "type": text, "help": "例如“东街办告〔2026〕3号”"},
    ),
    "received": (
        ("--date",),
        {"metavar": "年-月-日", "type": day, "dest": "dated_on", "help": "哪一天收回（默认今天）"},
    ),
    "number": (("number",), {"metavar": "序号", "type": count, "help": "没有用的序号"}),
}
_DOCUMENT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "templates": ("列出模板", ()),
    "show-template": ("看一个模板，或者写成文件", ("template", "text")),
    "save-template": ("把改好的模板存为本单位的", ("file",)),
    "restore-template": ("恢复自带的模板", ("template",)),
    "subjects": ("一个模板可以只关于哪些对象", ("template", "year", "cycle")),
    "new": ("用模板起草一份文书", ("template", "year", "cycle", "ref", "date")),
    "list": ("列出一年的文书", ("year",)),
    "show": ("看一份文书，或者把文稿写成文件", ("document", "text")),
    "edit": ("用文件里的文稿替换", ("document", "file", "date")),
    "check": ("印发前的检查", ("document",)),
    "hand-in": ("送审核", ("document",)),
    "sign": ("签发", ("document",)),
    "send-back": ("退回修改", ("document", "reason!")),
    "issue": ("印发：占用发文字号，留存 PDF", ("document", "sequence", "reason")),
    "void": ("作废已发的文书，号不再用", ("document", "reason!")),
    "remove": ("删除草稿", ("document",)),
    "versions": ("列出文稿的各个版本", ("document",)),
    "compare": ("比较两个版本", ("document", "pair")),
    "pdf": ("写成 PDF；没有印发的是预览", ("document", "pdf", "separate", "red_stock")),
    "word": ("写成 Word", ("document", "docx", "separate")),
}
_NUMBERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "list": ("列出给出的号", ("year?", "words")),
    "gaps": ("列出没有用、也没有说明的号", ("year?",)),
    "skip": ("登记空号", ("series", "number", "year!", "reason!")),
    "receipt": ("登记收回的送达回执", ("numbers", "received")),
    "export": ("导出登记簿", ("year?", "words", "table!")),
}


def add_document_commands(commands: Any) -> None:
    """Add everything about documents and their numbers."""
    document = commands.add_parser("document", help="公文：模板、起草、审核、签发、印发、作废、版本、打印")
    kinds = document.add_subparsers(dest="what", title="做什么", metavar="做什么", required=True)
    for name, (words, options) in _DOCUMENT.items():
        _add(kinds.add_parser(name, help=words), options)
    _add(
        kinds.add_parser("results-notice", help="一步印发考核结果的通报"),
        ("year", "cycle", "pdf", "date", "reason"),
    )
    numbers = commands.add_parser("numbers", help="发文字号登记簿：列出、空号、导出")
    kinds = numbers.add_subparsers(
        dest="what", title="做什么", metavar="list|gaps|skip|receipt|export", required=True
    )
    for name, (words, options) in _NUMBERS.items():
        _add(kinds.add_parser(name, help=words), options)
    _add_year_papers(commands)


def _add_year_papers(commands: Any) -> None:
    papers = commands.add_parser("year-papers", help="一年的全套文书、证书和登记簿，写进一个文件夹")
    _add(papers, ("year", "cycle"))
    papers.add_argument("-o", "--output", type=path, required=True, metavar="文件夹", help="写到哪里")
    papers.add_argument("--yes", action="store_true", help="印发还没有印发的；不写只列出会印发什么")
    papers.add_argument(
        "--date", dest="dated_on", type=day, metavar="年-月-日", help="新文书的成文日期（默认今天）"
    )
    papers.add_argument("--reason", type=text, metavar="理由", help="查出问题仍要印发的理由")


def _add(parser: argparse.ArgumentParser, options: tuple[str, ...]) -> None:
    for name in options:
        flags, rest = _OPTIONS[name]
        parser.add_argument(*flags, **rest)
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")
