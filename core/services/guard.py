"""The one place where rights are enforced: behind a guard only those methods answer that may be called."""

from collections.abc import Callable
from functools import partial
from typing import Any

from core.errors import AccessDenied
from core.model.rights import BEFORE_CHANGE, RIGHTS, Roles
from core.model.user import Role, Session
from core.ports import Keyring


class Gate:
    """Who works now, and by which keys; None where the office has no accounts.

    `must_change` says why the password has to be changed first, empty if it need not.
    """

    def __init__(self, session: Session, ring: Keyring | None = None, must_change: str = "") -> None:
        """Let this session in."""
        self.session = session
        self.ring = ring
        self.must_change = must_change

    def refuse(self, desk: str, method: str) -> None:
        """Let pass who may call it.

        Raises:
            AccessDenied: the roles do not allow it (`no_right`), or the password is due (`password_due`).
        """
        if self.must_change and (desk, method) not in BEFORE_CHANGE:
            raise AccessDenied("password_due", self.must_change, "请先修改密码。")
        if why := _why_not(RIGHTS[desk].get(method, frozenset()), self.session):
            raise AccessDenied(
                "no_right", why, "请由有这个角色的人登录后操作；角色由管理员在“系统 › 用户”里设置。"
            )

    def why_not(self, *methods: str) -> str:
        """Why none of these (`desk.method`) may be called by who works now; empty if one may."""
        rights = [RIGHTS[desk][method] for desk, method in (each.split(".") for each in methods)]
        return _why_not(frozenset().union(*rights), self.session)


class Guarded:
    """Stands before a desk; what is called goes through the gate first."""

    def __init__(self, name: str, desk: Callable[[], object], gate: Gate) -> None:
        """`name` is the desk's in the table of rights; `desk` gives it, opened."""
        self._name = name
        self._desk = desk
        self._gate = gate

    def __getattr__(self, method: str) -> Any:
        value = getattr(self._desk(), method)
        if method.startswith("_"):
            return value
        if not callable(value):
            self._gate.refuse(self._name, method)
            return value
        return partial(self._called, method, value)

    def _called(self, method: str, call: Any, /, *given: Any, **named: Any) -> Any:
        self._gate.refuse(self._name, method)
        return call(*given, **named)


def _why_not(allowed: Roles, session: Session) -> str:
    if allowed & session.roles:
        return ""
    needed = "或".join(role.label for role in Role if role in allowed)
    own = "、".join(role.label for role in Role if role in session.roles)
    return f"“{session.actor}”的角色是{own}，这件事要由{needed or '程序自己'}来做。"
