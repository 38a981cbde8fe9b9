"""Who works with the program: users, their roles, what passwords must be, and who is logged in now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self


class Role(StrEnum):
    """What somebody does in the office; one person may have several."""

    ENTER = "enter"
    CHECK = "check"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """What the office calls it."""
        return _LABELS[self]

    @property
    def duty(self) -> str:
        """What it is for, in one line."""
        return _DUTIES[self]


_LABELS = {Role.ENTER: "录入员", Role.CHECK: "审核员", Role.ADMIN: "管理员"}
_DUTIES = {
    Role.ENTER: "登记、导入、打分，起草文书",
    Role.CHECK: "审核、决定、印发文书和证书",
    Role.ADMIN: "管理账户、单位设置和备份",
}


ENTERED, UNLOCKED, FAILED = "登录", "解锁窗口", "登录失败"
RESET, CHANGED, RECOVERED, NEW_CODE = "重设密码", "修改密码", "用恢复码重设密码", "更换恢复码"
ENCRYPTED, DECRYPTED = "加密数据", "取消加密"
ENTRIES = (ENTERED, UNLOCKED, FAILED, RESET, CHANGED, RECOVERED, NEW_CODE)
"""Verbs of the acts that tell who came in, who tried to, and what became of passwords."""


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account; nothing here opens anything, the password's part is in the file of keys.

    `login` is what is typed, `name` stands in the log. `must_change`: somebody else chose the password.
    """

    id: str
    login: str
    name: str
    roles: tuple[Role, ...]
    password_set_at: datetime
    must_change: bool = False
    is_active: bool = True
    version: int = 1

    @property
    def role_words(self) -> str:
        """The roles, 录入员、审核员."""
        return "、".join(each.label for each in self.roles)


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What the office asks of passwords; the defaults are an assessor's usual figures.

    At least `min_length` characters of `min_classes` of four kinds, changed every `max_days` days (0: never),
    unlike the last `remembered`. The window locks after `idle_minutes` without a key or a click (0: never).
    """

    id: str
    min_length: int = 8
    min_classes: int = 3
    max_days: int = 90
    remembered: int = 5
    idle_minutes: int = 15
    version: int = 1

    @property
    def words(self) -> str:
        """What a new password must be, in a line."""
        kinds = (
            f"；大写字母、小写字母、数字、其他符号，至少有 {self.min_classes} 种"
            if self.min_classes > 1
            else ""
        )
        return f"至少 {self.min_length} 个字符{kinds}"


@dataclass(frozen=True, slots=True)
class Session:
    """Who works now: `actor` stands in the log; `user` is None where the office has no accounts."""

    actor: str
    roles: frozenset[Role]
    user: User | None = None

    @classmethod
    def alone(cls, actor: str) -> Self:
        """The session of an office without accounts: who sits at the PC may do everything."""
        return cls(actor, frozenset(Role))

    @classmethod
    def of(cls, user: User) -> Self:
        """The session of somebody who logged in."""
        return cls(user.name, frozenset(user.roles), user)


@dataclass(frozen=True, slots=True)
class FailedLogins:
    """How often somebody tried to come in as `login` in vain, first and last by the PC's clock.

    `login` is empty for names that nobody has: what was typed there may be a password. `by_code`: with the
    recovery code.
    """

    login: str
    count: int
    first: datetime
    last: datetime
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class NewUser:
    """What is said of a user who is to be added; the password never stands in a message."""

    login: str
    name: str
    roles: tuple[Role, ...]
    password: str

    def __repr__(self) -> str:
        return f"NewUser({self.login!r})"


@dataclass(frozen=True, slots=True)
class UserLine:
    """A user as the list shows one: `is_locked` after too many wrong passwords."""

    user: User
    is_locked: bool


@dataclass(frozen=True, slots=True)
class LoginState:
    """What is known before anybody logged in; `logins` is empty where the office has no accounts."""

    logins: tuple[str, ...]
    is_encrypted: bool

    @property
    def asks(self) -> bool:
        """Whether somebody has to log in."""
        return bool(self.logins)
