"""The command line's grammar, in Chinese."""

import argparse
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from core.cli.access_arguments import add_access_commands, add_login
from core.cli.argument_types import assessment_year, count, day, file_like, path, text
from core.cli.backup_arguments import add_backup_commands
from core.cli.certificate_arguments import add_certificate_commands
from core.cli.cycle_arguments import add_cycle_commands
from core.cli.document_arguments import add_document_commands
from core.cli.help_format import HelpFormatter
from core.cli.invocation import Invocation
from core.cli.log_arguments import add_log_commands
from core.cli.persons import add_person_commands
from core.cli.terminal import tell
from core.errors import InvalidInput
from core.model.ledgers import LEDGERS
from core.model.office_font import FontPlace

WRONG_USE = 2
_FOLDER = "文件夹"
_LEDGERS = "台账的代号：\n" + "\n".join(f"  {code:<16}{each.label}" for code, each in LEDGERS.items())
_REPORTS = {
    "progress": "各单位任务进展：任务、完成、逾期",
    "ticks": "任务落实情况：有计划、有安排、有督查",
    "classes": "社会组织分类统计：按另一个分类标准",
}
_REPORT_NAMES = "报表的代号：\n" + "\n".join(f"  {name:<16}{words}" for name, words in _REPORTS.items())
_FONT_PLACES = "用途的代号：\n" + "\n".join(f"  {each.value:<16}{each.label}" for each in FontPlace)
_PRINTS = {
    "roster": "花名册",
    "booklet": "工作组手册",
    "missing-papers": "缺件清单",
    "community-cards": "社区卡片",
    "filing-form": "一个组织的备案表",
}


class _Parser(argparse.ArgumentParser):
    """ArgumentParser that speaks Chinese and raises what is wrong."""

    def __init__(self, **options: Any) -> None:
        # Shortened names are refused: "--password" would be taken for the file that the password is in.
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=HelpFormatter, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split())
        raise InvalidInput("wrong_use", f"{_in_chinese(message)}。", f"{usage}（--help 有全部说明）")


_GIVEN = r"['\"](?P<given>.*?)['\"]"
_MESSAGES = (
    (r"the following arguments are required: (.*)", "缺少参数：{0}"),
    (r"unrecognized arguments: (?P<given>.*)", "不认识的参数：{given}"),
    (r"argument (.*): expected one argument", "参数 {0} 后面要有一个值"),
    (
        rf"argument (-.*): invalid choice: {_GIVEN} \(choose from (.*)\)",
        "参数 {0} 不能是“{given}”，可用的有：{2}",
    ),
    (
        rf"argument (台账|报表): invalid choice: {_GIVEN} \(choose from (.*)\)",
        "没有“{given}”这个{0}，可用的有：{2}",
    ),
    (
        rf"argument (.*): invalid choice: {_GIVEN} \(choose from (.*)\)",
        "没有“{given}”这个命令，可用的有：{2}",
    ),
    (rf"argument (.*): invalid .* value: {_GIVEN}", "参数 {0} 的值“{given}”不对"),
    (r"argument .*: (写不出.*)", "{0}"),
    (r"argument (.*): not allowed with argument (.*)", "{0} 不能和 {1} 一起用"),
)
_LONGEST_GIVEN = 40
"""Characters of a given text that are repeated; one that is longer is known by its beginning."""


def _in_chinese(message: str) -> str:
    for pattern, words in _MESSAGES:
        if found := re.fullmatch(pattern, message):
            given = found.groupdict().get("given", "")
            short = f"{given[:_LONGEST_GIVEN]}…" if len(given) > _LONGEST_GIVEN else given
            return words.format(*found.groups(), given=short).replace("'", "")
    return f"命令写得不对：{message}"


def parse(arguments: Sequence[str]) -> Invocation | int:
    """What the arguments ask for, or the exit status when they were answered here (help, wrong use)."""
    try:
        given = vars(_parser().parse_args(arguments))
    except SystemExit as left:
        return int(left.code or 0)
    except InvalidInput as error:
        tell(error, "--json" in arguments)
        return WRONG_USE
    parts = (given.pop("command", None), given.pop("what", None))
    command = " ".join(part for part in parts if part)
    return Invocation(command=command, **{key: value for key, value in given.items() if value is not None})


@cache
def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=_program(), description="社评通：街道社会组织管理与考核评定系统。不写命令时打开窗口。"
    )
    parser.add_argument(
        "--data", type=path, metavar="文件夹", help="数据放在哪个文件夹（默认用户数据文件夹）"
    )
    parser.add_argument("--demo", action="store_true", help="打开一个用完即弃的示例单位")
    add_login(parser)
    commands = parser.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=_Parser)
    _add_register_commands(commands)
    exports, prints = _add_ledger_commands(commands)
    _add_log_commands(commands)
    add_cycle_commands(commands, exports, prints)
    _add_lens_command(commands)
    _add_scheme_commands(commands)
    _add_sheet_commands(commands)
    add_document_commands(commands)
    add_certificate_commands(commands)
    _add_font_commands(commands)
    add_person_commands(commands)
    add_access_commands(commands)
    add_backup_commands(commands)
    check = commands.add_parser("check", help="检查数据文件是否完好")
    diagnosis = commands.add_parser("diagnosis", help="生成诊断包：版本、环境、检查结果、日志，没有个人信息")
    _output(diagnosis, "文件.zip")
    for each in (check, diagnosis):
        _json(each)
    trial = commands.add_parser("try-scheme", help="不用数据文件，直接试算一个考核方案")
    trial.add_argument("scheme", type=path, metavar="方案.toml")
    trial.add_argument("sheets", type=path, metavar="评分.json")
    _json(trial)
    sample = commands.add_parser("sample-year", help="把示例单位的一整年做完，结果放进一个文件夹")
    _output(sample, _FOLDER)
    _json(sample)
    return parser


def _program() -> str:
    """What people type before a command: the installed program by the name it was called by."""
    return Path(sys.argv[0]).stem if getattr(sys, "frozen", False) else "main.py"


def _add_register_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    init = commands.add_parser("init", help="新建单位")
    init.add_argument("--office", type=text, required=True, metavar="单位名称", help="例如“××街道办事处”")
    _json(init)
    imports = commands.add_parser("import", help="导入名册、评分表或台账")
    kinds = imports.add_subparsers(
        dest="what", title="导入什么", metavar="roster|scores|ledger", required=True
    )
    roster = kinds.add_parser("roster", help="导入花名册")
    scores = kinds.add_parser("scores", help="导入评分表")
    ledger = kinds.add_parser("ledger", help="导入一种台账", epilog=_LEDGERS)
    _ledger(ledger)
    for each in (roster, scores, ledger):
        each.add_argument("file", type=path, metavar="文件", help="Excel、WPS 表格或 CSV")
        each.add_argument("--dry-run", dest="dry_run", action="store_true", help="只看预览，不写入")
        _json(each)
    for each in (roster, ledger):
        _place(each)
    _year(scores)
    _cycle(scores)


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sheet", type=text, metavar="工作表", help="读哪张工作表（默认自动找）")
    parser.add_argument(
        "--header-row",
        dest="header_row",
        type=_row,
        metavar="行号",
        help="表头在第几行，没有表头写 0（默认自动找）",
    )
    parser.add_argument(
        "--columns",
        type=_columns,
        metavar="列=项目,…",
        help="每一列导入到哪一项，例如 B=组织名称,C=所属社区；没有写到的列不读",
    )


def _row(given: str) -> int:
    row = int(given)
    if row < 0:
        raise ValueError
    return row


def _columns(given: str) -> tuple[tuple[int, str], ...]:
    """Columns from 0 with the words for what they mean, from letters as Excel has them."""
    pairs = [each.partition("=") for each in re.split("[,，]", text(given))]
    if not all(re.fullmatch("[A-Za-z]{1,3}", letters.strip()) and words for letters, _, words in pairs):
        raise ValueError
    columns = tuple((_column(letters.strip().upper()), words.strip()) for letters, _, words in pairs)
    if len(dict(columns)) < len(columns):
        raise ValueError
    return columns


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _add_ledger_commands(
    commands: "argparse._SubParsersAction[_Parser]",
) -> "tuple[argparse._SubParsersAction[_Parser], argparse._SubParsersAction[_Parser]]":
    """Add what lists and prints the register; gives back where further exports and prints belong."""
    export = commands.add_parser("export", help="导出名册、台账、报表、考核结果")
    exports = export.add_subparsers(
        dest="what",
        title="导出什么",
        metavar="什么",
        required=True,
    )
    roster = exports.add_parser("roster", help="导出花名册")
    ledger = exports.add_parser("ledger", help="导出一种台账", epilog=_LEDGERS)
    _ledger(ledger)
    _report(exports.add_parser("report", help="导出一张报表", epilog=_REPORT_NAMES), "文件.xlsx")
    for each in (roster, ledger):
        _as_of(each)
        each.add_argument("--template", action="store_true", help="只要空白模板")
        each.add_argument("--public", action="store_true", help="公开用：不含电话、身份证号和住址")
        _output(each, "文件.xlsx")
        _json(each)
    prints = commands.add_parser("print", help="打印成 PDF")
    kinds = prints.add_subparsers(dest="what", title="打印什么", metavar="什么", required=True)
    ledger = kinds.add_parser("ledger", help="一种台账", epilog=_LEDGERS)
    _ledger(ledger)
    _as_of(ledger)
    _output(ledger, "文件.pdf")
    _json(ledger)
    _report(kinds.add_parser("report", help="一张报表", epilog=_REPORT_NAMES), "文件.pdf")
    for name, words in _PRINTS.items():
        each = kinds.add_parser(name, help=words)
        if name == "filing-form":
            each.add_argument("name", type=text, metavar="组织名称")
        _output(each, "文件.pdf")
        _json(each)
    return exports, kinds


def _add_log_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    add_log_commands(commands)
    undo = commands.add_parser("undo", help="撤销一次操作（撤销“撤销”就是重做）")
    undo.add_argument("number", type=count, metavar="序号", help="log 列出的序号")
    _json(undo)


def _report(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("report", choices=tuple(_REPORTS), metavar="报表", help="报表的代号，见下")
    parser.add_argument(
        "--classification", type=text, metavar="分类标准", help="分类统计按哪个标准（默认正在用的第一个）"
    )
    _as_of(parser)
    _output(parser, what)
    _json(parser)


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", dest="as_of", type=day, metavar="年-月-日", help="某一天结束时的内容")


def _ledger(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", choices=tuple(LEDGERS), metavar="台账", help="台账的代号，见下")


def _add_lens_command(commands: "argparse._SubParsersAction[_Parser]") -> None:
    lens = commands.add_parser("lens", help="评分分析：松紧、分歧、结果系于哪些评分（内部参考）")
    _year(lens)
    _cycle(lens)
    _output(lens, "文件.xlsx", "另存为 Excel")
    _json(lens)


def _add_scheme_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    scheme = commands.add_parser("scheme", help="考核方案：列出、检查、导出、导入、试算")
    kinds = scheme.add_subparsers(
        dest="what", title="做什么", metavar="list|check|export|import|try", required=True
    )
    _json(kinds.add_parser("list", help="列出可用的方案"))
    for name, words in (("check", "检查写得对不对"), ("export", "导出"), ("try", "用往年的评分试算")):
        each = kinds.add_parser(name, help=words)
        each.add_argument("name", type=text, metavar="方案", help="方案的代码，或 .toml、.xlsx 文件")
        if name == "export":
            _output(each, "文件.toml|文件.xlsx")
        if name == "try":
            _year(each)
            _cycle(each)
        _json(each)
    imports = kinds.add_parser("import", help="导入，成为这个代码的最新一版")
    imports.add_argument("file", type=path, metavar="文件", help=".toml 或 .xlsx 文件")
    imports.add_argument("--dry-run", dest="dry_run", action="store_true", help="只检查，不写入")
    _json(imports)


def _add_sheet_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    sheets = commands.add_parser("sheets", help="发出、收回和催交评分表")
    kinds = sheets.add_subparsers(dest="what", title="做什么", metavar="out|back|missing", required=True)
    out = kinds.add_parser("out", help="给每个评分方写一份评分表")
    _output(out, _FOLDER)
    back = kinds.add_parser("back", help="收回评分表，可以是整个文件夹")
    back.add_argument(
        "files",
        type=path,
        nargs="+",
        metavar="文件或文件夹",
        help="交回的评分表；一个评分方交了两份的，只写要采用的那一份",
    )
    back.add_argument("--dry-run", dest="dry_run", action="store_true", help="只看报告，不写入")
    missing = kinds.add_parser("missing", help="列出还没有交齐的评分方")
    _output(missing, "文件.pdf|文件.xlsx", "另存为 PDF 或 Excel")
    for each in (out, back, missing):
        _year(each)
        _cycle(each)
        _json(each)


def _add_font_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    fonts = commands.add_parser("fonts", help="本单位自己的字体：列出、添加、移除", epilog=_FONT_PLACES)
    kinds = fonts.add_subparsers(dest="what", title="做什么", metavar="list|add|remove", required=True)
    _json(kinds.add_parser("list", help="列出添加过的字体和各自多收的字"))
    add = kinds.add_parser("add", help="添加一个字体文件", epilog=_FONT_PLACES)
    add.add_argument("file", type=path, metavar="文件", help=".ttf 或 .ttc 文件")
    add.add_argument("--face", type=text, metavar="名称", help="字体集（.ttc）里的哪一款：名称或序号")
    remove = kinds.add_parser("remove", help="不再使用一个字体", epilog=_FONT_PLACES)
    remove.add_argument("name", type=text, metavar="名称", help="字体名称或文件名")
    for each in (add, remove):
        each.add_argument(
            "--for",
            dest="place",
            choices=[place.value for place in FontPlace],
            required=each is add,
            metavar="用途",
            help="用途的代号，见下",
        )
        _json(each)


def _year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--year", type=assessment_year, required=True, metavar="年度", help="考核年度，例如 2025"
    )


def _cycle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cycle",
        type=text,
        metavar="代号",
        help="这一年的哪次考核，assess list 列出代号（默认最先开启的）",
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")


def _output(parser: argparse.ArgumentParser, what: str, optional: str = "") -> None:
    """Where a command writes; what it can do without says in its own words what for."""
    read = path if what == _FOLDER else file_like(what)
    parser.add_argument(
        "-o", "--output", type=read, required=not optional, metavar=what, help=optional or "写到哪里"
    )
