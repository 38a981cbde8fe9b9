"""The file of keys: wraps, failures, locks that survive a restart, changes of password, damage."""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from core.errors import AccessDenied, StorageFailed
from db.data_key import DataKey, keys_path
from db.keyring import (
    FAILURES,
    LEAST_COST,
    LOCKED_SECONDS,
    Cost,
    Keyring,
    measured_cost,
    new_keyring,
    open_keyring,
)

CHEAP = Cost(1, 8192)
CODE = "00000-11111"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a store would lie, with a keyring of two people beside it."""
    store = tmp_path / "数据 1#" / "store.sqlite"
    store.parent.mkdir()
    ring = new_keyring(store, "store-1", CHEAP)
    ring.put("wang", "Biao-2026x")
    ring.put("li", "Ji-Hao-77y")
    ring.put_code(CODE)
    return store


def opened(store: Path, seconds=lambda: 0.0) -> Keyring:
    ring = open_keyring(store, seconds)
    assert ring is not None
    return ring


def refused(ring: Keyring, login: str, password: str) -> str:
    with pytest.raises(AccessDenied) as told:
        ring.unlock(login, password)
    return told.value.code


def secret(ring: Keyring) -> bytes:
    assert ring.key is not None
    return ring.key.part("test")


def test_everybodys_password_and_the_code_give_the_same_key(place: Path) -> None:
    parts = set()
    for login, password in (("wang", "Biao-2026x"), ("li", "Ji-Hao-77y")):
        ring = opened(place)
        ring.unlock(login, password)
        parts.add(secret(ring))
    ring = opened(place)
    ring.unlock_by_code(CODE)
    assert parts == {secret(ring)}


def test_wrong_password_and_unknown_login_say_the_same(place: Path) -> None:
    told = []
    for login in ("wang", "nobody"):
        with pytest.raises(AccessDenied) as error:
            opened(place).unlock(login, "falsch")
        told.append((error.value.code, str(error.value)))
    assert told[0] == told[1]
    assert told[0][0] == "password_wrong"


def test_the_last_two_tries_and_the_lock_are_told(place: Path) -> None:
    told = []
    for _ in range(FAILURES):
        with pytest.raises(AccessDenied) as error:
            opened(place).unlock("wang", "falsch")
        told.append(error.value.remedy_zh.partition("；")[0])
    assert told[2:] == ["再输错 2 次就锁定", "再输错 1 次就锁定", "已经连续输错 5 次，锁定了"]
    assert told[0] == told[1] == "请检查大小写和输入法后重试。"


def test_five_failures_lock_and_a_restart_does_not_open(place: Path) -> None:
    for _ in range(FAILURES):
        assert refused(opened(place), "wang", "falsch") == "password_wrong"
    ring = opened(place)
    assert ring.is_locked("wang")
    assert refused(ring, "wang", "Biao-2026x") == "login_locked"
    ring.unlock("li", "Ji-Hao-77y")


def test_four_failures_and_a_right_one_begin_to_count_anew(place: Path) -> None:
    for _ in range(FAILURES - 1):
        refused(opened(place), "wang", "falsch")
    opened(place).unlock("wang", "Biao-2026x")
    for _ in range(FAILURES - 1):
        assert refused(opened(place), "wang", "falsch") == "password_wrong"
    opened(place).unlock("wang", "Biao-2026x")


def test_who_ends_the_program_in_time_has_no_try_for_nothing(place: Path, monkeypatch) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    ring = opened(place)
    monkeypatch.setattr(ring, "_opened", killed)
    with pytest.raises(KeyboardInterrupt):
        ring.unlock("wang", "falsch")
    kept = json.loads(keys_path(place).read_text("utf-8"))
    assert kept["users"]["wang"]["failures"] == 1


def test_lock_counts_only_seconds_of_the_running_program(place: Path) -> None:
    now = 0.0
    ring = opened(place, lambda: now)
    for _ in range(FAILURES):
        refused(ring, "wang", "falsch")
    now = LOCKED_SECONDS - 1.0
    assert refused(ring, "wang", "Biao-2026x") == "login_locked"
    # Another start knows nothing of the time that the first has waited.
    other = opened(place, lambda: now)
    now += LOCKED_SECONDS - 1.0
    assert refused(other, "wang", "Biao-2026x") == "login_locked"
    assert refused(ring, "wang", "falsch") == "password_wrong"
    assert refused(ring, "wang", "Biao-2026x") == "login_locked"
    now += LOCKED_SECONDS
    ring.unlock("wang", "Biao-2026x")
    assert not opened(place).is_locked("wang")


def test_two_runs_of_the_program_count_together(place: Path) -> None:
    first, second = opened(place), opened(place)
    for _ in range(3):
        refused(first, "wang", "falsch")
        refused(second, "wang", "falsch")
    assert refused(second, "wang", "Biao-2026x") == "login_locked"


def test_reset_opens_a_locked_login_and_the_old_password_is_gone(place: Path) -> None:
    for _ in range(FAILURES):
        refused(opened(place), "wang", "falsch")
    ring = opened(place)
    ring.unlock("li", "Ji-Hao-77y")
    ring.put("wang", "Xin-Mima-5")
    assert refused(opened(place), "wang", "Biao-2026x") == "password_wrong"
    opened(place).unlock("wang", "Xin-Mima-5")


def test_wraps_cannot_be_exchanged_between_people_nor_stores(place: Path) -> None:
    path = keys_path(place)
    content = json.loads(path.read_text("utf-8"))
    users = content["users"]
    users["wang"], users["li"] = users["li"], users["wang"]
    path.write_text(json.dumps(content), "utf-8")
    assert refused(opened(place), "wang", "Ji-Hao-77y") == "password_wrong"
    users["wang"], users["li"] = users["li"], users["wang"]
    content["store"] = "store-2"
    path.write_text(json.dumps(content), "utf-8")
    assert refused(opened(place), "wang", "Biao-2026x") == "password_wrong"


def test_last_passwords_are_known_again_and_older_ones_are_free(place: Path) -> None:
    ring = opened(place)
    ring.unlock("wang", "Biao-2026x")
    for number in range(5):
        ring.put("wang", f"Neu-{number}-Wort")
    assert ring.was_used("wang", "Neu-0-Wort", 5)
    assert not ring.was_used("wang", "Biao-2026x", 5)
    assert ring.was_used("wang", "Biao-2026x", 6)
    assert not ring.was_used("wang", "Neu-0-Wort", 0)


def test_file_holds_no_password_no_code_and_no_key(place: Path) -> None:
    ring = opened(place)
    ring.unlock("wang", "Biao-2026x")
    text = keys_path(place).read_bytes()
    assert ring.key is not None
    ring.key.wrapped_by(lambda key: _absent(key, text))
    for planted in ("Biao-2026x", "Ji-Hao-77y", CODE):
        assert planted.encode() not in text
    assert "Biao" not in repr(ring.key) and repr(ring.key) == "DataKey(…)"


def _absent(key: bytes, text: bytes) -> bytes:
    assert key not in text and key.hex().encode() not in text
    return b""


def test_wiped_key_is_all_zeros() -> None:
    key = DataKey(b"\x07" * 32)
    key.wipe()
    assert key.wrapped_by(lambda secret: secret) == bytes(32)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: b"",
        lambda text: text[: len(text) // 2],
        lambda text: b"[]",
        lambda text: b"\xff" + text,
        lambda text: text.replace(b'"passes": 1', b'"passes": 99999999'),
        lambda text: text.replace(b'"failures": 0', b'"failures": "x"'),
        lambda text: text.replace(b'"salt": "', b'"salt": "?'),
    ],
)
def test_damaged_file_is_told(place: Path, spoil) -> None:
    path = keys_path(place)
    path.write_bytes(spoil(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(StorageFailed) as told:
        open_keyring(place)
    assert told.value.code == "keys_damaged"
    assert path.read_bytes() == before


def test_what_was_tried_in_vain_is_noted_until_the_log_has_it(place: Path) -> None:
    for login, password in (("li", "x"), ("li", "y"), ("niemand", "z"), ("li", "Ji-Hao-77y")):
        with suppress(AccessDenied):
            opened(place).unlock(login, password)
    with pytest.raises(AccessDenied):
        opened(place).unlock_by_code("99999-99999")
    ring = opened(place)
    assert [(each.login, each.count, each.by_code) for each in ring.failed()] == [
        ("li", 2, False),
        ("", 1, False),
        ("", 1, True),
    ]
    assert "niemand" not in keys_path(place).read_text("utf-8")
    ring.forget_failed()
    assert opened(place).failed() == ()
    # A try that is killed half way counts; of one that came to be right nothing is left.
    ring.unlock("li", "Ji-Hao-77y")
    assert opened(place).failed() == ()


def test_newer_file_is_refused(place: Path) -> None:
    path = keys_path(place)
    path.write_text(path.read_text("utf-8").replace('"format": 1', '"format": 2'), "utf-8")
    with pytest.raises(StorageFailed) as told:
        open_keyring(place)
    assert told.value.code == "keys_newer"


def test_cost_is_measured_and_never_too_small() -> None:
    def clock(took: float):
        moments = iter((0.0, took))
        return lambda: next(moments)

    assert measured_cost(clock(5.0)) == LEAST_COST
    fast, usual = measured_cost(clock(0.05)), measured_cost(clock(0.35))
    assert fast.passes > usual.passes >= LEAST_COST.passes
    assert min(fast.memory, usual.memory) >= LEAST_COST.memory


def test_what_is_changed_around_an_act_that_fails_is_as_before(place: Path) -> None:
    ring = opened(place)
    ring.unlock("li", "Ji-Hao-77y")
    with pytest.raises(OSError), ring.changing():
        ring.put("li", "Xin-Mima-5")
        ring.remove("wang")
        raise OSError("the disk is full")
    for each in (ring, opened(place)):
        each.unlock("li", "Ji-Hao-77y")
        each.unlock("wang", "Biao-2026x")
        assert refused(each, "li", "Xin-Mima-5") == "password_wrong"
    with ring.changing():
        ring.put("li", "Xin-Mima-5")
    opened(place).unlock("li", "Xin-Mima-5")
    assert [each.name for each in place.parent.iterdir()] == [keys_path(place).name]


def test_a_new_ring_whose_act_fails_leaves_no_file(tmp_path: Path) -> None:
    ring = new_keyring(tmp_path / "store.sqlite", "store-1", CHEAP)
    with pytest.raises(OSError), ring.changing():
        ring.put("wang", "Biao-2026x")
        raise OSError("the disk is full")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_change_left_goes_at_the_next_start(place: Path) -> None:
    ring = opened(place)
    ring.unlock("li", "Ji-Hao-77y")
    left = keys_path(place).with_name(f"{keys_path(place).name}.before")
    with ring.changing():
        ring.put("li", "Xin-Mima-5")
        old = left.read_bytes()
    left.write_bytes(old)
    opened(place).unlock("li", "Xin-Mima-5")
    assert not left.exists()
