"""The grammar of the commands of the log."""

import argparse
from typing import Any

from core.cli.argument_types import count, day, file, text


def add_log_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `log`, alone for the list, and what it can do."""
    log = commands.add_parser("log", help="操作日志：列出、导出、校验")
    log.add_argument(
        "what",
        nargs="?",
        choices=("list", "export", "verify"),
        metavar="list|export|verify",
        help="列出（不写就是它）、导出成 Excel、校验有没有被改动",
    )
    log.add_argument("--limit", type=count, metavar="条数", help="列多少条（默认 20）")
    log.add_argument("--from", dest="first", type=day, metavar="年-月-日", help="从哪一天起")
    log.add_argument("--until", dest="last", type=day, metavar="年-月-日", help="到哪一天止")
    log.add_argument("--by", type=text, metavar="操作人", help="谁做的")
    log.add_argument("--kind", type=text, metavar="记录", help="改动了哪种记录，例如 社会组织")
    log.add_argument("--text", dest="content", type=text, metavar="文字", help="操作、操作人或说明里有这些字")
    log.add_argument("--looks", action="store_true", help="只要谁查看、打印、导出过谁的号码")
    log.add_argument("--entries", action="store_true", help="只要登录、输错密码、解锁和改密码")
    log.add_argument("-o", "--output", type=file, metavar="文件.xlsx", help="导出到哪里")
    log.add_argument(
        "--head",
        dest="heads",
        type=text,
        action="append",
        metavar="校验码",
        help="印在公文、证书或报表上的日志校验码，看那时的操作是否都在，可写几次",
    )
    log.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")
