"""Logging in at the command line, and the commands for accounts, recovery code and encryption.

A password comes from a file, from the terminal without being shown, never from the arguments: other programs
of the PC can read those.
"""

import getpass
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.errors import AccessDenied, AppError, InvalidInput, NotFound, RuleViolation
from core.model.user import NewUser, Role, User
from core.services.door import Converted, Door
from core.services.services import Services

NOT_ENCRYPTED = 4
_OPEN = "数据没有加密：拿到这台电脑或硬盘的人可以直接看数据。"
_ROLES = {role.label: role for role in Role} | {role.value: role for role in Role}


def come_in(door: Door, call: Invocation) -> Services:
    """The services for who is named in the arguments; of an office without accounts, for everybody."""
    state = door.state()
    if not state.asks:
        if call.user:
            raise RuleViolation("no_users", "这个单位没有账户，不用登录。", "请去掉 --user 再试。")
        return door.alone()
    if not call.user:
        raise AccessDenied(
            "login_needed", "这个单位有账户，要先登录。", "请在命令前写 --user 登录名，密码会另外问。"
        )
    services = door.enter(call.user, _password(call.password_file, f"“{call.user}”的密码："))
    if services.gate.must_change and call.command != "users password":
        told = services.gate.must_change
        services.close()
        raise AccessDenied("password_due", told, "请先用 users password 修改密码。")
    return services


def asks_login(open_door: Callable[[Invocation, bool], Door], call: Invocation) -> bool:
    """Whether the store is there and has accounts; where keys or store cannot be read nobody could log in."""
    try:
        return open_door(call, False).state().asks
    except AppError:
        return False


def list_users(door: Door, call: Invocation) -> Answer:
    """All accounts."""
    with closing(come_in(door, call)) as services:
        lines = services.users.state()
    rows = [
        (each.user.login, each.user.name, each.user.role_words, _state_words(each.user, each.is_locked))
        for each in lines
    ]
    data = [
        {
            "login": each.user.login,
            "name": each.user.name,
            "roles": [role.value for role in each.user.roles],
            "active": each.user.is_active,
            "locked": each.is_locked,
        }
        for each in lines
    ]
    told = table(("登录名", "姓名", "角色", "状态"), rows) if rows else ("还没有账户。",)
    return Answer({"users": data}, tuple(told))


def begin(door: Door, call: Invocation) -> Answer:
    """Set up accounts with the first administrator; encrypt the store unless told not to."""
    with closing(door.alone()) as services:
        if services.setup.office() is None:
            raise NotFound("office_missing", "还没有新建单位。", "请先用 init --office 新建单位。")
        first = NewUser(call.login, call.name, tuple(Role), _new_password(call))
        code = services.users.begin(first)
        status, safe = (0, _OPEN) if call.plain else _encrypted(door, services)
    lines = (
        f"已启用账户，第一个管理员是“{call.name}”。{safe}",
        f"恢复码：{code}",
        "请抄写或打印恢复码，封好交单位保管。忘记密码时只有它能打开数据，以后不再显示。",
        "请再添加一个管理员：users add。",
    )
    data = {"login": call.login, "encrypted": not call.plain and not status, "recovery_code": code}
    return Answer(data, lines, status)


def _encrypted(door: Door, services: Services) -> tuple[int, str]:
    """Encrypt at once; the code must be shown even where that fails."""
    converted = door.encrypt(services)
    converted.services.close()
    if (error := converted.trouble) is None:
        return 0, "数据已经加密。"
    return NOT_ENCRYPTED, f"但数据还没有加密：{error.message_zh}{error.remedy_zh}以后可以用 encryption on。"


def add(door: Door, call: Invocation) -> Answer:
    """Add an account."""
    with closing(come_in(door, call)) as services:
        services.users.add(NewUser(call.login, call.name, _roles(call), _new_password(call)))
    return Answer({"login": call.login}, (f"已添加“{call.name}”，第一次登录要先改密码。",))


def set_roles(door: Door, call: Invocation) -> Answer:
    """Change what somebody may do."""
    with closing(come_in(door, call)) as services:
        user = _find(services, call.login)
        services.users.change_roles(user.id, _roles(call))
    return Answer({"login": call.login}, (f"已修改“{user.name}”的角色。",))


def disable(door: Door, call: Invocation) -> Answer:
    """Let somebody in no more."""
    with closing(come_in(door, call)) as services:
        user = _find(services, call.login)
        services.users.disable(user.id)
    return Answer({"login": call.login}, (f"已停用“{user.name}”。",))


def reset(door: Door, call: Invocation) -> Answer:
    """Give somebody a password for the next login; unlocks and enables the account, too."""
    with closing(come_in(door, call)) as services:
        user = _find(services, call.login)
        services.users.reset(user.id, _new_password(call))
    return Answer({"login": call.login}, (f"已重设“{user.name}”的密码，下次登录要先修改。",))


def change_password(door: Door, call: Invocation) -> Answer:
    """Change the own password."""
    old = _password(call.password_file, f"“{call.user}”现在的密码：")
    with closing(door.enter(call.user, old)) as services:
        services.users.change_own_password(old, _new_password(call))
    return Answer({"login": call.user}, ("密码已经修改。",))


def new_code(door: Door, call: Invocation) -> Answer:
    """Make a new recovery code."""
    with closing(come_in(door, call)) as services:
        code = services.users.new_code()
    lines = (f"新的恢复码：{code}", "原来的恢复码从现在起作废。请打印后封好保管，以后不再显示。")
    return Answer({"recovery_code": code}, lines)


def recover(door: Door, call: Invocation) -> Answer:
    """Reset a password by the recovery code."""
    code = _password(call.code_file, "恢复码：")
    with closing(door.enter_by_code(call.login, code, _new_password(call))):
        pass
    return Answer({"login": call.login}, (f"“{call.login}”的密码已经重设。请登录后更换恢复码。",))


def encrypt(door: Door, call: Invocation) -> Answer:
    """Encrypt the store."""
    _finish(door.encrypt(come_in(door, call)))
    return Answer(
        {"encrypted": True}, ("数据已经加密。以前的备份仍然没有加密：用 backup renew 重做一份，销毁旧的。",)
    )


def decrypt(door: Door, call: Invocation) -> Answer:
    """Put the store in clear."""
    _finish(door.decrypt(come_in(door, call)))
    return Answer({"encrypted": False}, ("数据不再加密，拿到硬盘的人可以直接看数据；登录照旧。",))


COMMANDS: Mapping[str, Callable[[Door, Invocation], Answer]] = {
    "users list": list_users,
    "users setup": begin,
    "users add": add,
    "users roles": set_roles,
    "users disable": disable,
    "users reset": reset,
    "users password": change_password,
    "recovery new": new_code,
    "recovery use": recover,
    "encryption on": encrypt,
    "encryption off": decrypt,
}


def _finish(converted: Converted) -> None:
    converted.services.close()
    if converted.trouble is not None:
        raise converted.trouble


def _find(services: Services, login: str) -> User:
    for each in services.users.state():
        if each.user.login == login:
            return each.user
    raise NotFound("user_missing", f"没有登录名是“{login}”的账户。", "用 users list 列出所有账户。")


def _roles(call: Invocation) -> tuple[Role, ...]:
    unknown = [each for each in call.roles if each not in _ROLES]
    if unknown or not call.roles:
        raise InvalidInput(
            "role_unknown", "角色写得不对。", f"可用的有：{'、'.join(role.label for role in Role)}。"
        )
    return tuple(_ROLES[each] for each in call.roles)


def _new_password(call: Invocation) -> str:
    if call.new_password_file.name:
        return _password(call.new_password_file, "")
    first = _password(Path(), "新密码：")
    if first != _password(Path(), "再输入一次："):
        raise InvalidInput("password_differs", "两次输入的密码不一样。", "请重新输入。")
    return first


def _password(file: Path, prompt: str) -> str:
    """The first line of a file (`/dev/stdin`, too), or what is typed at the terminal."""
    if file.name:
        try:
            with file.open(encoding="utf-8-sig") as lines:
                return lines.readline().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidInput(
                "password_file", f"读不了密码文件“{file}”。", "请检查路径，文件要是 UTF-8 文本。"
            ) from error
    if not sys.stdin.isatty():
        raise InvalidInput(
            "password_missing", "没有可以输入密码的终端。", "请用 --password-file 或 --new-password-file。"
        )
    return getpass.getpass(prompt, sys.stderr)


def _state_words(user: User, is_locked: bool) -> str:
    if not user.is_active:
        return "停用"
    if is_locked:
        return "已锁定"
    return "待改密码" if user.must_change else "正常"
