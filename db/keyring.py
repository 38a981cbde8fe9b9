"""The file of keys beside the store: one random data key, wrapped once for each user and once for the code.

Passwords are never stored. Argon2id makes a key of a password, that key opens the user's wrap, and in it
lies the data key: whose wrap opens has logged in. The data key encrypts store, search index and files where
the office wants it; without encryption it opens nothing, and logging in works the same. The file holds no
secret in clear: login names, costs, wraps, counters of failures. A store that is encrypted cannot note who
tries in vain; that stands here until somebody is in and the log takes it.
"""

import hmac
import json
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from secrets import token_bytes
from typing import Any

import nacl.bindings as sodium
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

from core.errors import AccessDenied, StorageFailed
from core.model.user import FailedLogins
from db.data_key import DataKey, keys_path
from db.durable import flush_folder, written_whole
from db.sqlite_failures import file_failures_told

FAILURES = 5
"""Wrong passwords in a row after which a login is locked."""

_FEW = 2
"""So many tries before the lock are told of."""

LOCKED_SECONDS = 30 * 60
"""So long a locked login waits for one more try, while the program runs: no clock of the PC counts."""

_FORMAT = 1
_CODE = "\0code"
"""Stands for the login in what is bound to the code's wrap; nobody can type it."""
_MIB = 1 << 20
_AIM_SECONDS = 0.35
_MOST_PAST = 24
"""Digests of earlier passwords that are kept for each user at most."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What trying one password costs: passes of Argon2id, and memory in bytes."""

    passes: int
    memory: int


LEAST_COST = Cost(2, 19 * _MIB)
"""The least that is recommended against guessing off line."""


def measured_cost(seconds: Callable[[], float] = time.perf_counter) -> Cost:
    """A cost that takes this PC about a third of a second, never less than LEAST_COST."""
    tried = Cost(2, 64 * _MIB)
    started = seconds()
    _stretched("", bytes(argon2id.SALTBYTES), tried)
    took = max(seconds() - started, 0.001)
    if took > 2 * _AIM_SECONDS:
        return LEAST_COST
    return Cost(max(2, min(12, round(tried.passes * _AIM_SECONDS / took))), tried.memory)


class Keyring:
    """Implements core.ports.Keyring over one file; each change is written whole before it counts."""

    def __init__(
        self,
        path: Path,
        content: dict[str, Any],
        seconds: Callable[[], float],
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        """`content` is what the file holds; `seconds` runs on while the program does, `clock` is the PC's."""
        self._path = path
        self._content = content
        self._seconds = seconds
        self._clock = clock
        self._locked_since: dict[str, float] = {}
        self.key: DataKey | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def store_id(self) -> str:
        """The id of the store that it belongs to."""
        return str(self._content["store"])

    def logins(self) -> tuple[str, ...]:
        """Who can log in."""
        return tuple(self._content["users"])

    def failed(self) -> tuple[FailedLogins, ...]:
        """What was tried in vain since `forget_failed`."""
        return tuple(
            FailedLogins("" if who == _CODE else who, *_times(said), by_code=who == _CODE)
            for who, said in self._content.get("failed", {}).items()
        )

    def forget_failed(self) -> None:
        """Everything that `failed` tells stands in the log now."""
        if self._content.pop("failed", None):
            self._write()

    def is_locked(self, login: str) -> bool:
        """Whether this login had too many wrong passwords."""
        wrap = self._content["users"].get(login)
        return wrap is not None and wrap["failures"] >= FAILURES

    def unlock(self, login: str, password: str) -> None:
        """Have the data key from now on, by a user's password.

        Raises:
            AccessDenied: login or password is wrong (`password_wrong`), or was too often (`login_locked`).
            StorageFailed: the failure cannot be noted down; then nothing opens.
        """
        self._read_again()
        wrap = self._content["users"].get(login)
        before = self._note_failure(login if wrap else "")
        if wrap is None:
            self._write()
            _stretched(password, bytes(argon2id.SALTBYTES), self._cost())
            raise _password_wrong()
        if wrap["failures"] >= FAILURES and not self._has_waited(login):
            self._write()
            raise _login_locked(login)
        # Counted first: who ends the program in time has no try for nothing.
        wrap["failures"] += 1
        self._write()
        key = self._opened(wrap, login, password)
        if key is None:
            if wrap["failures"] >= FAILURES:
                self._locked_since[login] = self._seconds()
            raise _password_wrong(FAILURES - wrap["failures"])
        self._take_back(login, before)
        self.release(login)
        self._take(key)

    def unlock_by_code(self, code: str) -> None:
        """Have the data key, by the recovery code as it was made: too long to be guessed, no try counts.

        Raises:
            AccessDenied: it is not the code of this store (`code_wrong`).
        """
        wrap = self._content.get("code")
        key = self._opened(wrap, _CODE, code) if wrap else None
        if key is None:
            self._note_failure(_CODE)
            self._write()
            raise AccessDenied(
                "code_wrong", "这不是这个数据的恢复码。", "请核对纸上的日期，用最近打印的那一张。"
            )
        self._take(key)

    def wipe(self) -> None:
        """Overwrite the data key; it must be unlocked again before anything else."""
        if self.key is not None:
            self.key.wipe()
            self.key = None

    @contextmanager
    def changing(self) -> Iterator[None]:
        """What is put or removed within counts only where the block ends well.

        The file as it was lies beside it meanwhile: putting it back needs no room on the disk.
        """
        before, spare, is_new = deepcopy(self._content), spare_of(self._path), not self._path.exists()
        if not is_new:
            with file_failures_told(self._path), written_whole(spare) as part:
                part.write_bytes(self._path.read_bytes())
        try:
            yield
        except BaseException:
            self._content = before
            if is_new:
                self._path.unlink(missing_ok=True)
            else:
                spare.replace(self._path)
            flush_folder(self._path.parent)
            raise
        spare.unlink(missing_ok=True)

    def put(self, login: str, password: str) -> None:
        """Give a login this password from now on; the data key, and so every encrypted byte, stays."""
        before = self._content["users"].get(login, {})
        memory = before.get("memory_salt") or _text(token_bytes(argon2id.SALTBYTES))
        past = [*before.get("past", ()), self._past_digest(memory, password)][-_MOST_PAST:]
        self._content["users"][login] = {
            **self._wrap(login, password),
            "failures": 0,
            "memory_salt": memory,
            "past": past,
        }
        self._locked_since.pop(login, None)
        self._write()

    def put_code(self, code: str) -> None:
        """Make this the recovery code; the one before opens nothing any more."""
        self._content["code"] = self._wrap(_CODE, code)
        self._write()

    def was_used(self, login: str, password: str, last: int) -> bool:
        """Whether it is one of the last passwords of this login."""
        wrap = self._content["users"].get(login)
        if wrap is None or last < 1:
            return False
        digest = self._past_digest(wrap["memory_salt"], password)
        return any(hmac.compare_digest(digest, each) for each in wrap["past"][-last:])

    def release(self, login: str) -> None:
        """Forget the failures of a login."""
        self._content["users"][login]["failures"] = 0
        self._locked_since.pop(login, None)
        self._write()

    def remove(self, login: str) -> None:
        """Let nobody log in under this name any more."""
        if self._content["users"].pop(login, None) is not None:
            self._write()

    # The inside

    def _note_failure(self, who: str) -> dict[str, Any] | None:
        """Count a try that may yet come to be right; what was noted of `who` before."""
        failed = self._content.setdefault("failed", {})
        before: dict[str, Any] | None = failed.get(who)
        now = self._clock().replace(tzinfo=None).isoformat(timespec="seconds")
        told = before or {"count": 0, "first": now}
        failed[who] = {**told, "count": told["count"] + 1, "last": now}
        return before

    def _take_back(self, who: str, before: dict[str, Any] | None) -> None:
        """The try was right after all."""
        failed = self._content["failed"]
        if before:
            failed[who] = before
        else:
            del failed[who]

    def _take(self, key: DataKey) -> None:
        """Who is in stays in with the same key object: the connections of an open store hold it."""
        if self.key is None:
            self.key = key
        else:
            key.wipe()

    def _unlocked(self) -> DataKey:
        if self.key is None:
            raise AccessDenied("keys_locked", "还没有登录，不能改动密码。", "请先登录。")
        return self.key

    def _cost(self) -> Cost:
        return Cost(**self._content["cost"])

    def _wrap(self, bound_to: str, secret: str) -> dict[str, Any]:
        cost, salt = self._cost(), token_bytes(argon2id.SALTBYTES)
        sealed = self._unlocked().wrapped_by(
            partial(_sealed, _stretched(secret, salt, cost), self._bound(bound_to))
        )
        return {"passes": cost.passes, "memory": cost.memory, "salt": _text(salt), "key": _text(sealed)}

    def _opened(self, wrap: Mapping[str, Any], bound_to: str, secret: str) -> DataKey | None:
        cost = Cost(wrap["passes"], wrap["memory"])
        nonce, sealed = _split(b64decode(wrap["key"]))
        try:
            return DataKey(
                sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
                    sealed,
                    self._bound(bound_to).encode(),
                    nonce,
                    _stretched(secret, b64decode(wrap["salt"]), cost),
                )
            )
        except CryptoError:
            return None

    def _bound(self, login: str) -> str:
        """A wrap opens only for its own login of its own store: exchanged, it opens for nobody."""
        return f"{self.store_id}\0{login}"

    def _past_digest(self, salt: str, password: str) -> str:
        """One stretching compares with all earlier passwords; without the data key none can be guessed."""
        stretched = _stretched(password, b64decode(salt), self._cost())
        return blake2b(stretched, key=self._unlocked().part("past"), digest_size=24).hexdigest()

    def _has_waited(self, login: str) -> bool:
        """Whether the lock was watched long enough by this run of the program; then one try is free."""
        since = self._locked_since.setdefault(login, self._seconds())
        if self._seconds() - since < LOCKED_SECONDS:
            return False
        self._locked_since[login] = self._seconds()
        return True

    def _read_again(self) -> None:
        """Another run of the program may have noted failures meanwhile."""
        if self._path.exists():
            self._content = _read(self._path)

    def _write(self) -> None:
        text = json.dumps(self._content, ensure_ascii=False, indent=1)
        with file_failures_told(self._path), written_whole(self._path) as part:
            part.write_text(text, "utf-8")


def spare_of(path: Path) -> Path:
    """Where the file of keys lies as it was while it is changed; what a killed program left is of no use."""
    return path.with_name(f"{path.name}.before")


def new_keyring(store: Path, store_id: str, cost: Cost) -> Keyring:
    """A keyring with a new data key and nobody in it; not written before somebody is."""
    content = {
        "format": _FORMAT,
        "store": store_id,
        "cost": {"passes": cost.passes, "memory": cost.memory},
        "users": {},
    }
    made = Keyring(keys_path(store), content, time.monotonic)
    made.key = DataKey(token_bytes(32))
    return made


def open_keyring(store: Path, seconds: Callable[[], float] = time.monotonic) -> Keyring | None:
    """The keyring of a store; None where it has none.

    Raises:
        StorageFailed: the file is damaged, or of a newer program.
    """
    path = keys_path(store)
    with file_failures_told(path):
        spare_of(path).unlink(missing_ok=True)
    return Keyring(path, _read(path), seconds) if path.exists() else None


def _read(path: Path) -> dict[str, Any]:
    with file_failures_told(path):
        text = path.read_bytes()
    try:
        content: dict[str, Any] = json.loads(text)
        if content["format"] > _FORMAT:
            raise StorageFailed(
                "keys_newer", f"“{path.name}”由更新版本的社评通建立，没有打开。", "请安装新版社评通后再打开。"
            )
        sound = _is_sound(content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise StorageFailed(
            "keys_damaged",
            f"密钥文件“{path.name}”已损坏，不能登录。",
            "请用最近一次备份里的同名文件替换它；数据文件不要改动。",
        )
    return content


def _is_sound(content: Mapping[str, Any]) -> bool:
    """Whether every value is what the program asks of it later; the cost may not exhaust the PC."""
    wraps = [*content["users"].values(), *([content["code"]] if "code" in content else [])]
    costs = [content["cost"], *wraps]
    return (
        isinstance(content["store"], str)
        and all(1 <= each["passes"] <= 64 and 8192 <= each["memory"] <= 1024 * _MIB for each in costs)
        and all(len(b64decode(each["salt"], validate=True)) == argon2id.SALTBYTES for each in wraps)
        and all(len(b64decode(each["key"], validate=True)) == 72 for each in wraps)
        and all(
            type(each["failures"]) is int
            and len(b64decode(each["memory_salt"], validate=True)) == argon2id.SALTBYTES
            and all(isinstance(past, str) for past in each["past"])
            for each in content["users"].values()
        )
        and all(_times(each)[0] > 0 for each in content.get("failed", {}).values())
    )


def _times(said: Mapping[str, Any]) -> tuple[int, datetime, datetime]:
    """How often, first and last."""
    return int(said["count"]), datetime.fromisoformat(said["first"]), datetime.fromisoformat(said["last"])


def _stretched(secret: str, salt: bytes, cost: Cost) -> bytes:
    """The key that a password or code gives."""
    return argon2id.kdf(32, secret.encode(), salt, opslimit=cost.passes, memlimit=cost.memory)


def _sealed(key: bytes, bound_to: str, secret: bytes) -> bytes:
    """A secret under a key; opens only together with what it is bound to."""
    nonce = token_bytes(sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    return nonce + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, bound_to.encode(), nonce, key)


def _split(wrapped: bytes) -> tuple[bytes, bytes]:
    size = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
    return wrapped[:size], wrapped[size:]


def _text(value: bytes) -> str:
    return b64encode(value).decode()


def _password_wrong(left: int = FAILURES) -> AccessDenied:
    """A wrong password; with the last of those `left` the login is locked."""
    remedy = "请检查大小写和输入法后重试。"
    if left <= _FEW:
        how = f"再输错 {left} 次就锁定" if left > 0 else f"已经连续输错 {FAILURES} 次，锁定了"
        remedy = f"{how}；忘了密码的，请管理员重设，或用打印的恢复码重设。"
    return AccessDenied("password_wrong", "登录名或密码不对。", remedy)


def _login_locked(login: str) -> AccessDenied:
    return AccessDenied(
        "login_locked",
        f"“{login}”连续 {FAILURES} 次输错密码，已经锁定。",
        "请管理员重设密码，或用打印的恢复码重设；开着程序等 30 分钟可以再试一次，改电脑时间没有用。",
    )
