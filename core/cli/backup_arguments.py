"""The grammar of the commands for backups."""

import argparse
from typing import Any

from core.cli.argument_types import path, text

_COMMANDS = {
    "now": "立即备份一次",
    "list": "列出备份",
    "verify": "把备份重新读一遍，检查能不能恢复",
    "restore": "用备份恢复：先备份现在的数据，再整个换上",
    "drill": "演练恢复：恢复到临时文件夹、检查、再删掉",
    "renew": "重做一份备份，销毁加密、删除个人信息以前做的",
    "place": "查看或选定第二备份位置（U 盘、移动硬盘、共享文件夹）",
}


def add_backup_commands(commands: Any) -> None:
    """Add `backup …` to the commands of the program."""
    backup = commands.add_parser("backup", help="备份与恢复")
    kinds = backup.add_subparsers(dest="what", title="做什么", metavar="|".join(_COMMANDS), required=True)
    made = {name: kinds.add_parser(name, help=words) for name, words in _COMMANDS.items()}
    made["now"].add_argument("--second", action="store_true", help="备份到第二备份位置")
    for name in ("verify", "drill"):
        _name(made[name])
    restored = made["restore"].add_mutually_exclusive_group()
    _name(restored)
    restored.add_argument(
        "--undo", dest="undo_last", action="store_true", help="撤销上一次恢复，回到恢复之前"
    )
    for name in ("list", "verify", "restore", "drill"):
        made[name].add_argument(
            "--from",
            dest="folder",
            type=path,
            metavar="文件夹",
            help="用这个文件夹里的备份，例如 U 盘（默认本机和第二备份位置）",
        )
    made["place"].add_argument(
        "place", type=text, nargs="?", metavar="文件夹", help="选这个文件夹；写 - 表示不再用第二备份位置"
    )
    made["renew"].add_argument("--dry-run", dest="dry_run", action="store_true", help="只列出会销毁哪几份")
    for each in made.values():
        each.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")


def _name(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "name", type=text, nargs="?", metavar="名称", help="backup list 列出的名称（默认最近一份完好的）"
    )
