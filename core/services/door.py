"""The way into a store: whether somebody has to log in, logging in, and what changes the whole store."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.errors import AccessDenied, AppError, RuleViolation, StorageFailed
from core.model.journal import ActDraft
from core.model.user import ENTERED, LoginState, Session, User
from core.ports import Clock, Keyring, Store, StoreKeys
from core.rules.recovery_code import read_code
from core.services.guard import Gate
from core.services.services import Services
from core.services.users import note_failed, recover, rules_of, user_in, why_change


@dataclass(frozen=True, slots=True)
class Way:
    """How a store is opened: `ring` where it has one; `is_encrypted`: the file needs its key."""

    ring: Keyring | None = None
    is_encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """The services over a store that was to be changed as a whole; `trouble` says why it is as it was."""

    services: Services
    trouble: AppError | None = None


Admit = Callable[[Store], Gate]
"""Says of an open store who works in it; raises AccessDenied where nobody may."""

Open = Callable[[Way, Admit], Services]
"""Opens the store in a way and lets those in whom it admits; closes it when they are refused."""


def alone(actor: str) -> Admit:
    """Let everybody into a store without accounts."""

    def admit(store: Store) -> Gate:
        with store.reading() as view:
            if view.count(User):
                raise StorageFailed(
                    "keys_missing",
                    "这个单位有账户，但旁边的密钥文件（.keys）不见了，不能登录。",
                    "请从最近一次备份里把同名的“.keys”文件放回数据文件夹。",
                )
        return Gate(Session.alone(actor))

    return admit


class Door:
    """Everything before the services: the window and the command line come in by the same one."""

    def __init__(
        self,
        keys: StoreKeys,
        has_keys: Callable[[], bool],
        open_store: Open,
        actor: str,
        clock: Clock = datetime.now,
    ) -> None:
        """`actor` is for an office without accounts; `has_keys` tells whether to ask `keys` at all."""
        self._keys = keys
        self._has_keys = has_keys
        self._open = open_store
        self._actor = actor
        self._clock = clock

    def state(self) -> LoginState:
        """What is known before anybody logged in.

        Raises:
            StorageFailed: the keys are damaged.
        """
        if not self._has_keys():
            return LoginState((), False)
        is_encrypted = self._keys.is_encrypted()
        ring = self._keys.ring()
        if ring is not None and (is_encrypted or self._keys.has_users()):
            return LoginState(ring.logins(), is_encrypted)
        # No store of ours, or the keys of a set-up that was broken off before its first user was stored.
        return LoginState((), False)

    def alone(self) -> Services:
        """Open a store without accounts.

        Raises:
            AccessDenied: it has accounts.
        """
        if self.state().asks:
            raise AccessDenied("login_needed", "这个单位有账户，要先登录。", "请写明登录名和密码。")
        return self._open(Way(), alone(self._actor))

    def enter(self, login: str, password: str) -> Services:
        """Log in.

        Raises:
            AccessDenied: login or password is wrong, or was too often; or the account is disabled.
        """
        way = self._way()
        assert way.ring is not None
        way.ring.unlock(login.strip(), password)
        return self._come_in(way, login.strip())

    def enter_by_code(self, login: str, typed: str, password: str) -> Services:
        """Give a login a new password by the recovery code, and log in with it.

        Raises:
            InvalidInput: the code is mistyped, or the password will not do; nothing has changed.
            AccessDenied: it is another store's code, or there is no such account.
        """
        way = self._way()
        assert way.ring is not None
        way.ring.unlock_by_code(read_code(typed))
        return self._come_in(way, login.strip(), new_password=password)

    def encrypt(self, services: Services) -> Converted:
        """Encrypt the store of these services, which are closed; others of the same person follow them."""
        return self._converted(services, self._keys.encrypt)

    def decrypt(self, services: Services) -> Converted:
        """Put the store in clear; as `encrypt`."""
        return self._converted(services, self._keys.decrypt)

    # Parts

    def _way(self) -> Way:
        if not self.state().asks:
            raise RuleViolation("no_users", "这个单位没有账户，不用登录。", "请不写登录名再试。")
        return Way(self._keys.ring(), self._keys.is_encrypted())

    def _come_in(self, way: Way, login: str, new_password: str = "") -> Services:
        def admit(store: Store) -> Gate:
            with store.reading() as view:
                user, rules = user_in(view, login), rules_of(view)
            if user is None:
                raise AccessDenied("no_account", "这个登录名没有可用的账户。", "请由管理员登录后查看账户。")
            assert way.ring is not None
            note_failed(store, way.ring)
            if new_password:
                user = recover(store, way.ring, user, new_password, self._clock)
            else:
                with store.writing(ActDraft(ENTERED, user.name, keep=True)):
                    pass
            return Gate(Session.of(user), way.ring, why_change(user, rules, self._clock))

        return self._open(way, admit)

    def _converted(self, services: Services, convert: Callable[[Keyring], None]) -> Converted:
        services.gate.refuse("users", "note_protection")
        gate, ring = services.gate, services.gate.ring
        if ring is None:
            raise RuleViolation("no_users", "加密要先启用账户：数据由账户的密码保护。", "请先启用账户。")
        services.close(keep_keys=True)
        trouble = None
        try:
            convert(ring)
        except AppError as error:
            trouble = error
        # Old or new: what is there now is opened again, and who was in is in.
        is_encrypted = self._keys.is_encrypted()
        again = self._open(Way(ring, is_encrypted), lambda _store: gate)
        if trouble is None:
            again.users.note_protection(is_encrypted)
        return Converted(again, trouble)
