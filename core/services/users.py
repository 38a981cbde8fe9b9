"""The desk of accounts: who may log in, roles, passwords, the recovery code."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import AccessDenied, Conflict, InvalidInput, NotFound, Problem, RuleViolation
from core.model.audit import ActQuery
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.office import Office
from core.model.user import (
    CHANGED,
    DECRYPTED,
    ENCRYPTED,
    FAILED,
    NEW_CODE,
    RECOVERED,
    RESET,
    UNLOCKED,
    AccessRules,
    FailedLogins,
    NewUser,
    Role,
    Session,
    User,
    UserLine,
)
from core.ports import Clock, Keyring, Paper, Reading, Store, StoreKeys
from core.rules.passwords import password_faults
from core.rules.recovery_code import CODE_BYTES, code_from
from core.services.guard import Gate


class UserService:
    """Accounts and passwords; what a password is stands nowhere, its wrap in the keyring."""

    def __init__(self, store: Store, gate: Gate, clock: Clock, paper: Paper, keys: StoreKeys | None) -> None:
        """`gate` knows who is in; `keys` makes the keyring of an office that has none yet."""
        self._paper = paper
        self._store = store
        self._gate = gate
        self._clock = clock
        self._keys = keys

    def is_begun(self) -> bool:
        """Whether the office has accounts."""
        return self._gate.ring is not None

    def state(self) -> tuple[UserLine, ...]:
        """All users in order of their making."""
        with self._store.reading() as view:
            users = view.all(User)
        ring = self._gate.ring
        return tuple(UserLine(each, ring is not None and ring.is_locked(each.login)) for each in users)

    def code_is_used(self) -> bool:
        """Whether somebody came in by the recovery code since it was made: its envelope is open."""
        with self._store.reading() as view:
            acts = view.log.find(ActQuery(verbs=(RECOVERED, NEW_CODE), limit=1))
        return any(each.verb == RECOVERED for each in acts)

    def rules(self) -> AccessRules:
        """What the office asks of passwords."""
        with self._store.reading() as view:
            return rules_of(view)

    def begin(self, first: NewUser) -> str:
        """Set up accounts with the first administrator; the recovery code, which is shown this once.

        Raises:
            Conflict: there are accounts already.
            InvalidInput: name, login or password will not do, or the user is no administrator.
        """
        if self._gate.ring is not None or self._keys is None:
            raise Conflict("users_begun", "这个单位已经有账户了。", "请用管理员账户登录后添加其他人。")
        if Role.ADMIN not in first.roles:
            raise InvalidInput("first_no_admin", "第一个账户要有管理员角色。", "请勾选“管理员”。")
        ring, code = self._keys.new_ring(), _new_code()
        draft = ActDraft("启用账户", first.name.strip(), f"第一个管理员：{first.name.strip()}")
        with ring.changing(), self._store.writing(draft) as work:
            _refuse_faulty(first, work.all(User), rules_of(work))
            user = self._made(first, must_change=False)
            work.add([user])
            # Keys without users are a set-up that was broken off; users without keys could not come in.
            ring.put(user.login, first.password)
            ring.put_code(code)
        self._gate.ring = ring
        self._gate.session = Session.of(user)
        return code

    def add(self, new: NewUser) -> User:
        """Add a user; the password is for the first login only.

        Raises:
            InvalidInput: name, login, roles or password will not do.
        """
        ring = self._have_ring()
        with ring.changing(), self._store.writing(self._act("新增账户", new.name)) as work:
            _refuse_faulty(new, work.all(User), rules_of(work))
            user = self._made(new, must_change=True)
            work.add([user])
            ring.put(user.login, new.password)
        return user

    def reset(self, user_id: str, password: str) -> None:
        """Give a user a password for the next login, and unlock the login.

        Raises:
            InvalidInput: the password will not do.
            NotFound: there is no such user.
        """
        ring = self._have_ring()
        act = self._act(RESET, self._named(user_id), keep=True)
        with ring.changing(), self._store.writing(act) as work:
            user = work.get(User, user_id)
            _refuse_bad_password(password, user.login, rules_of(work))
            work.change([replace(user, must_change=True, is_active=True, password_set_at=self._clock())])
            ring.put(user.login, password)

    def change_roles(self, user_id: str, roles: Sequence[Role]) -> None:
        """Give a user these roles.

        Raises:
            InvalidInput: there are none.
            RuleViolation: no administrator would be left.
        """
        chosen = tuple(role for role in Role if role in roles)
        if not chosen:
            raise InvalidInput("no_role", "至少要有一个角色。", "请勾选这个人在单位里做的事。")
        with self._store.writing(self._act("修改角色", self._named(user_id))) as work:
            user = work.get(User, user_id)
            _refuse_last_admin(work, replace(user, roles=chosen))
            work.change([replace(user, roles=chosen)])

    def disable(self, user_id: str) -> None:
        """Let a user log in no more; the name stays in the log.

        Raises:
            RuleViolation: no administrator would be left.
        """
        ring = self._have_ring()
        act = self._act("停用账户", self._named(user_id))
        with ring.changing(), self._store.writing(act) as work:
            user = work.get(User, user_id)
            _refuse_last_admin(work, replace(user, is_active=False))
            work.change([replace(user, is_active=False)])
            ring.remove(user.login)

    def change_own_password(self, old: str, new: str) -> None:
        """Change the password of who is logged in.

        Raises:
            AccessDenied: the old one is wrong.
            InvalidInput: the new one will not do, or is one of the last.
        """
        ring, own = self._have_ring(), self._own()
        with self._store.reading() as view:
            rules = rules_of(view)
        _unlock(ring, own.login, old, "现在的密码")
        _refuse_bad_password(new, own.login, rules)
        if ring.was_used(own.login, new, rules.remembered):
            raise InvalidInput(
                "password_again",
                f"新密码和最近 {rules.remembered} 次用过的密码相同。",
                "请换一个没有用过的密码。",
            )
        act = self._act(CHANGED, own.name, keep=True)
        with ring.changing(), self._store.writing(act) as work:
            user = replace(work.get(User, own.id), must_change=False, password_set_at=self._clock())
            work.change([user])
            ring.put(own.login, new)
        self._gate.session = Session.of(user)
        self._gate.must_change = ""

    def unlock_screen(self, password: str, locked_at: datetime) -> None:
        """See that it is still the same person; the log tells from when to when the window was locked.

        Raises:
            AccessDenied: the password is wrong, or was too often.
        """
        ring, own = self._have_ring(), self._own()
        _unlock(ring, own.login, password, "密码")
        note_failed(self._store, ring)
        with self._store.writing(self._act(UNLOCKED, f"{locked_at:%Y-%m-%d %H:%M} 锁定", keep=True)):
            pass

    def new_code(self) -> str:
        """Make a new recovery code, shown this once; the one before opens nothing any more."""
        ring, code = self._have_ring(), _new_code()
        with ring.changing(), self._store.writing(self._act(NEW_CODE, "", keep=True)):
            ring.put_code(code)
        return code

    def paper_of_code(self, code: str) -> bytes:
        """The recovery code as PDF, to be printed and sealed."""
        # Every start loads this module, few print.
        from core.rules.recovery_paper import code_paper  # noqa: PLC0415 - see above

        with self._store.reading() as view:
            office = next((each.name for each in view.all(Office)), "")
            names = [user.name for user in view.all(User) if Role.ADMIN in user.roles]
        return self._paper.register_paper(code_paper(code, office, names, self._clock().date()))

    def is_encrypted(self) -> bool:
        """Whether the store's file is encrypted."""
        return self._keys is not None and self._gate.ring is not None and self._keys.is_encrypted()

    def note_protection(self, is_encrypted: bool) -> None:
        """Keep in the log that the store was encrypted, or put in clear."""
        verb = ENCRYPTED if is_encrypted else DECRYPTED
        with self._store.writing(self._act(verb, "", keep=True)):
            pass

    def save_rules(self, rules: AccessRules) -> None:
        """Keep what the office asks of passwords.

        Raises:
            InvalidInput: a number makes no sense.
        """
        least = (
            (1, rules.min_length, 64),
            (1, rules.min_classes, 4),
            (0, rules.max_days, 3650),
            (0, rules.remembered, 24),
            (0, rules.idle_minutes, 480),
        )
        if any(not low <= value <= high for low, value, high in least):
            raise InvalidInput("rules_odd", "密码规则里有数字超出范围。", "请改成合理的数字后保存。")
        with self._store.writing(self._act("修改密码规则", "")) as work:
            known = view_rules(work)
            if known is None:
                work.add([replace(rules, id=new_id(), version=1)])
            else:
                work.change([replace(rules, id=known.id, version=known.version)])

    # Parts

    def _act(self, verb: str, reason: str, *, keep: bool = False) -> ActDraft:
        return ActDraft(verb, self._gate.session.actor, reason, keep)

    def _made(self, new: NewUser, *, must_change: bool) -> User:
        roles = tuple(role for role in Role if role in new.roles)
        login, name = new.login.strip(), new.name.strip()
        return User(new_id(), login, name, roles, self._clock(), must_change)

    def _named(self, user_id: str) -> str:
        with self._store.reading() as view:
            return view.get(User, user_id).name

    def _have_ring(self) -> Keyring:
        if self._gate.ring is None:
            raise RuleViolation("no_users", "这个单位还没有启用账户。", "请先在“系统 › 用户”里启用账户。")
        return self._gate.ring

    def _own(self) -> User:
        own = self._gate.session.user
        if own is None:
            raise NotFound("nobody_in", "现在没有人登录。", "请先登录。")
        return own


def _unlock(ring: Keyring, login: str, password: str, what: str) -> None:
    """As the keyring does; but who is in already is not asked for the login, so nothing is said of it."""
    try:
        ring.unlock(login, password)
    except AccessDenied as error:
        if error.code != "password_wrong":
            raise
        raise AccessDenied(error.code, f"{what}不对。", error.remedy_zh) from error


def note_failed(store: Store, ring: Keyring) -> None:
    """Keep in the log what was tried in vain until now."""
    failed = ring.failed()
    with store.reading() as view:
        names = {user.login: user.name for user in view.all(User)}
    for each in failed:
        who = names.get(each.login, each.login)
        told = _failed_words(each, who, is_locked=ring.is_locked(each.login))
        with store.writing(ActDraft(FAILED, who or "不明", told, keep=True)):
            pass
    # Last: what is told twice after a power cut is better than what is told never.
    if failed:
        ring.forget_failed()


def _failed_words(failed: FailedLogins, who: str, *, is_locked: bool) -> str:
    """When and how often, 2026-11-22 09:10 至 2026-11-22 09:12 输错密码 5 次，账户已锁定."""
    times = list(dict.fromkeys(f"{each:%Y-%m-%d %H:%M}" for each in (failed.first, failed.last)))
    what = "用错恢复码" if failed.by_code else "输错密码" if who else "用不存在的登录名登录"
    return f"{' 至 '.join(times)} {what} {failed.count} 次{'，账户已锁定' if is_locked else ''}"


def rules_of(view: Reading) -> AccessRules:
    """The office's rules, or the defaults."""
    return view_rules(view) or AccessRules("")


def view_rules(view: Reading) -> AccessRules | None:
    """The office's rules, if it has set any."""
    return next(iter(view.all(AccessRules)), None)


def user_in(view: Reading, login: str) -> User | None:
    """The active user of a login."""
    return next((user for user in view.all(User, login=login) if user.is_active), None)


def recover(store: Store, ring: Keyring, user: User, password: str, clock: Clock) -> User:
    """Give somebody who came in by the recovery code a new password.

    Raises:
        InvalidInput: it will not do.
    """
    with ring.changing(), store.writing(ActDraft(RECOVERED, user.name, keep=True)) as work:
        _refuse_bad_password(password, user.login, rules_of(work))
        changed = replace(user, must_change=False, password_set_at=clock())
        work.change([changed])
        ring.put(user.login, password)
        return work.get(User, user.id)


def why_change(user: User, rules: AccessRules, clock: Clock) -> str:
    """Why the password has to be changed now, in words; empty if it need not."""
    if user.must_change:
        return "现在的密码是别人代设的，登录后要先改成只有自己知道的。"
    if rules.max_days and clock() - user.password_set_at > timedelta(days=rules.max_days):
        return f"密码已经用了 {rules.max_days} 天以上，要先换一个。"
    return ""


def _new_code() -> str:
    return code_from(secrets.token_bytes(CODE_BYTES))


def _refuse_bad_password(password: str, login: str, rules: AccessRules) -> None:
    if faults := password_faults(password, login, rules):
        problems = [Problem("", fault) for fault in faults]
        raise InvalidInput("password_weak", f"{'；'.join(faults)}。", "请换一个密码。", problems)


def _refuse_faulty(new: NewUser, known: Sequence[User], rules: AccessRules) -> None:
    login, name = new.login.strip(), new.name.strip()
    for what, text in (("登录名", login), ("姓名", name)):
        if not text or not text.isprintable() or len(text) > 30:
            raise InvalidInput("user_text", f"{what}要有 1 到 30 个字符。", f"请填写{what}。")
    if not new.roles:
        raise InvalidInput("no_role", "至少要有一个角色。", "请勾选这个人在单位里做的事。")
    if any(each.login == login for each in known):
        raise InvalidInput("login_taken", f"登录名“{login}”已经有人用了。", "请换一个登录名。")
    if any(each.name == name for each in known):
        raise InvalidInput(
            "name_taken", f"已经有叫“{name}”的账户，日志里会分不清。", "请在姓名后加上科室等区别。"
        )
    _refuse_bad_password(new.password, login, rules)


def _refuse_last_admin(view: Reading, changed: User) -> None:
    others = [user for user in view.all(User) if user.id != changed.id]
    if not any(user.is_active and Role.ADMIN in user.roles for user in (*others, changed)):
        raise RuleViolation(
            "last_admin", "这样就没有管理员了，没有改动。", "请先让另一个人有管理员角色，再改这一个。"
        )
