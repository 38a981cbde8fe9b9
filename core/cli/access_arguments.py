"""The grammar of logging in, and of the commands for accounts, recovery code and encryption."""

import argparse
from typing import Any

from core.cli.argument_types import path, text, texts


def add_login(parser: argparse.ArgumentParser) -> None:
    """Add who works and where the password stands; the password itself is never an argument."""
    parser.add_argument("--user", type=text, metavar="登录名", help="用哪个账户（单位启用了账户时）")
    parser.add_argument(
        "--password-file",
        dest="password_file",
        type=path,
        metavar="文件",
        help="密码在这个文件的第一行（默认在终端里问）",
    )


def add_access_commands(commands: Any) -> None:
    """Add `users …`, `recovery …` and `encryption …` to the commands of the program."""
    _add_users(commands)
    recovery = commands.add_parser("recovery", help="恢复码：更换，或用它重设忘记的密码")
    kinds = recovery.add_subparsers(dest="what", title="做什么", metavar="new|use", required=True)
    _json(kinds.add_parser("new", help="换一个恢复码，原来的作废"))
    use = kinds.add_parser("use", help="用恢复码重设一个账户的密码")
    _login(use)
    use.add_argument(
        "--code-file", dest="code_file", type=path, metavar="文件", help="恢复码在这个文件的第一行"
    )
    _new_password(use)
    _json(use)
    encryption = commands.add_parser("encryption", help="加密整个数据，或取消加密")
    kinds = encryption.add_subparsers(dest="what", title="做什么", metavar="on|off", required=True)
    _json(kinds.add_parser("on", help="加密数据文件和附件"))
    _json(kinds.add_parser("off", help="取消加密，登录照旧"))


def _add_users(commands: Any) -> None:
    users = commands.add_parser("users", help="账户：启用、列出、添加、角色、停用、密码")
    kinds = users.add_subparsers(
        dest="what",
        title="做什么",
        metavar="list|setup|add|roles|disable|reset|password",
        required=True,
    )
    made = {
        name: kinds.add_parser(name, help=words)
        for name, words in {
            "list": "列出账户",
            "setup": "启用账户：第一个管理员、恢复码、加密",
            "add": "添加一个账户",
            "roles": "修改角色",
            "disable": "停用一个账户",
            "reset": "重设别人的密码，也解除锁定和停用",
            "password": "修改自己的密码",
        }.items()
    }
    for name in ("setup", "add", "roles", "disable", "reset"):
        _login(made[name])
    for name in ("setup", "add"):
        made[name].add_argument("--name", type=text, required=True, metavar="姓名", help="日志里写的姓名")
    for name in ("add", "roles"):
        made[name].add_argument(
            "--roles", type=texts, required=True, metavar="角色,…", help="录入员、审核员、管理员"
        )
    for name in ("setup", "add", "reset", "password"):
        _new_password(made[name])
    made["setup"].add_argument("--plain", action="store_true", help="不加密数据")
    for each in made.values():
        _json(each)


def _login(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", type=text, metavar="登录名")


def _new_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-password-file",
        dest="new_password_file",
        type=path,
        metavar="文件",
        help="新密码在这个文件的第一行（默认在终端里问）",
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供其他程序读取")
