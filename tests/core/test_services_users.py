"""Accounts through the door: set-up, login, locks, resets, recovery, expiry; plain and encrypted."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import main
from core.errors import AccessDenied, AppError, InvalidInput, RuleViolation, StorageFailed
from core.model.identity import new_id
from core.model.ledgers import LEDGERS
from core.model.people import Person
from core.model.user import AccessRules, NewUser, Role, UserLine
from core.rules.passwords import password_faults
from core.rules.recovery_code import SIGNS, code_from, read_code
from core.services import door as doors
from core.services.door import Door
from core.services.services import Services
from db.data_key import keys_path
from db.keyring import Cost
from tests.conftest import copied

FIRST = NewUser("wang", "王主任", tuple(Role), "Biao-2026x")
SECOND = NewUser("li", "李录入", (Role.ENTER,), "Ji-Hao-77y")


@pytest.fixture
def folder(office_store: Path, tmp_path: Path) -> Path:
    """A data folder with an office without accounts."""
    return copied(office_store, tmp_path).parent


@pytest.fixture
def door(folder: Path) -> Door:
    return main.open_door(folder, create=False)


@pytest.fixture(scope="module", autouse=True)
def cheap() -> Iterator[None]:
    """Set-up measures what a password may cost; tests have no time for that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.store_keys.measured_cost", lambda: Cost(1, 8192))
        yield


@pytest.fixture(scope="module", params=["plain", "encrypted"])
def begun(
    request: pytest.FixtureRequest, office_store: Path, tmp_path_factory: pytest.TempPathFactory, cheap: None
) -> tuple[Path, str]:
    """A data folder where accounts are set up, in clear or encrypted, and the recovery code; made once."""
    folder = copied(office_store, tmp_path_factory.mktemp("begun")).parent
    door = main.open_door(folder, create=False)
    services = door.alone()
    made = services.users.begin(FIRST)
    services.users.add(SECOND)
    if request.param == "encrypted":
        converted = door.encrypt(services)
        assert converted.trouble is None
        services = converted.services
    services.close()
    return folder, made


@pytest.fixture
def code(begun: tuple[Path, str], folder: Path) -> str:
    """Accounts are set up, the store is in clear or encrypted; the recovery code."""
    shutil.copytree(begun[0], folder, dirs_exist_ok=True)
    return begun[1]


@contextmanager
def inside(door: Door, login: str = "wang", password: str = FIRST.password) -> Iterator[Services]:
    with closing(door.enter(login, password)) as services:
        yield services


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(AppError) as told:
        call()
    return told.value.code


def line_of(services: Services, login: str) -> UserLine:
    return next(each for each in services.users.state() if each.user.login == login)


def test_office_without_accounts_opens_as_before(door: Door, folder: Path) -> None:
    assert not door.state().asks
    with closing(door.alone()) as services:
        assert services.gate.session.user is None
        assert services.users.state() == ()
        services.setup.change_office(services.setup.office())
    assert not keys_path(folder / "shepingtong.sqlite").exists()
    assert refused(lambda: door.enter("wang", "x")) == "no_users"


def test_first_administrator_is_in_and_stands_in_the_log(door: Door, code: str) -> None:
    assert door.state().logins == ("wang", "li")
    assert refused(door.alone) == "login_needed"
    with inside(door) as services:
        assert services.gate.session.actor == "王主任"
        services.setup.change_office(replace(services.setup.office(), desk="综合办"))
        assert services.register.acts(1)[0].actor == "王主任"
        verbs = [act.verb for act in services.register.acts(20)]
        assert "启用账户" in verbs and "新增账户" in verbs


def test_accounts_are_begun_once_and_by_an_administrator(door: Door) -> None:
    with closing(door.alone()) as services:
        no_admin = replace(FIRST, roles=(Role.ENTER,))
        assert refused(lambda: services.users.begin(no_admin)) == "first_no_admin"
        assert refused(lambda: services.users.begin(replace(FIRST, password="123"))) == "password_weak"
        assert not door.state().asks
        services.users.begin(FIRST)
        assert refused(lambda: services.users.begin(FIRST)) == "users_begun"


def test_set_up_that_was_broken_off_leaves_an_open_office(door: Door, monkeypatch) -> None:
    with closing(door.alone()) as services:
        ring = type(services.users._desk()._keys.new_ring())
        monkeypatch.setattr(ring, "put_code", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            services.users.begin(FIRST)
        monkeypatch.undo()
    assert not door.state().asks
    with closing(door.alone()) as services:
        services.users.begin(FIRST)
    with inside(door):
        pass


def test_keys_that_are_gone_lock_out_and_say_so(door: Door, folder: Path, code: str) -> None:
    keys = keys_path(folder / "shepingtong.sqlite")
    aside = keys.rename(keys.with_name("aside"))
    with pytest.raises(StorageFailed) as told:
        door.alone()
    assert told.value.code in ("keys_missing", "not_a_store")
    aside.rename(keys)
    with inside(door):
        pass


def test_five_wrong_passwords_lock_until_an_administrator_resets(door: Door, folder: Path, code: str) -> None:
    for _ in range(5):
        assert refused(lambda: door.enter("li", "falsch")) == "password_wrong"
    # As after a restart, and with the clock set back by a year nothing is another way.
    again = main.open_door(folder, create=False)
    assert refused(lambda: again.enter("li", SECOND.password)) == "login_locked"
    with inside(door) as services:
        line = line_of(services, "li")
        assert line.is_locked
        services.users.reset(line.user.id, "Xin-Mima-5")
        assert not line_of(services, "li").is_locked
    with closing(door.enter("li", "Xin-Mima-5")) as services:
        assert services.gate.must_change


def test_password_of_somebody_else_must_be_changed_first(door: Door, code: str) -> None:
    with inside(door, "li", SECOND.password) as services:
        assert refused(services.users.state) == "password_due"
        assert refused(lambda: services.register.acts(1)) == "password_due"
        assert refused(lambda: services.users.change_own_password("falsch", "Xin-Mima-5")) == "password_wrong"
        assert (
            refused(lambda: services.users.change_own_password(SECOND.password, SECOND.password))
            == "password_again"
        )
        services.users.change_own_password(SECOND.password, "Xin-Mima-5")
        assert len(services.users.state()) == 2
    with inside(door, "li", "Xin-Mima-5") as services:
        assert not services.gate.must_change
    assert refused(lambda: door.enter("li", SECOND.password)) == "password_wrong"


def test_change_of_password_leaves_the_pages_of_others_alone(door: Door, folder: Path, code: str) -> None:
    """It wraps anew: key and salt of the file stay, so only pages that the act writes are other ones."""
    store = folder / "shepingtong.sqlite"
    before = store.read_bytes()
    with inside(door) as services:
        services.users.change_own_password(FIRST.password, "Xin-Mima-5")
    after = store.read_bytes()
    size = 4096
    pages = [before[at : at + size] == after[at : at + size] for at in range(0, len(before), size)]
    assert after[:16] == before[:16]
    assert sum(pages) > len(pages) * 0.8


def test_password_expires_by_the_rules(door: Door, code: str, monkeypatch) -> None:
    later = datetime.now() + timedelta(days=91)
    monkeypatch.setattr(door, "_clock", lambda: later)
    with inside(door) as services:
        assert "90 天" in services.gate.must_change
    monkeypatch.undo()
    with inside(door) as services:
        services.users.save_rules(replace(services.users.rules(), max_days=0))
    monkeypatch.setattr(door, "_clock", lambda: later)
    with inside(door) as services:
        assert not services.gate.must_change


def test_rules_are_kept_and_odd_ones_refused(door: Door, code: str) -> None:
    with inside(door) as services:
        users = services.users
        for odd in ({"min_length": 0}, {"min_classes": 5}, {"max_days": -1}, {"idle_minutes": 481}):
            assert refused(lambda odd=odd: users.save_rules(replace(users.rules(), **odd))) == "rules_odd"
        users.save_rules(replace(users.rules(), min_length=12))
        users.save_rules(replace(users.rules(), idle_minutes=5))
        assert (users.rules().min_length, users.rules().idle_minutes) == (12, 5)
        short = NewUser("zhao", "赵审核", (Role.CHECK,), "Ji-Hao-77y")
        assert refused(lambda: users.add(short)) == "password_weak"


def test_recovery_code_gives_a_new_password_and_opens_a_lock(door: Door, code: str) -> None:
    for _ in range(5):
        refused(lambda: door.enter("wang", "falsch"))
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    with closing(door.enter_by_code("wang", sloppy, "Xin-Mima-5")) as services:
        assert services.gate.session.actor == "王主任"
        assert services.register.acts(1)[0].verb == "用恢复码重设密码"
        # Its envelope is open until there is another.
        assert services.users.code_is_used()
        services.users.new_code()
        assert not services.users.code_is_used()
    with inside(door, "wang", "Xin-Mima-5"):
        pass


def test_recovery_refuses_another_code_and_a_weak_password_and_changes_nothing(door: Door, code: str) -> None:
    other = code_from(os.urandom(32))
    assert refused(lambda: door.enter_by_code("wang", other, "Xin-Mima-5")) == "code_wrong"
    assert refused(lambda: door.enter_by_code("wang", code, "123")) == "password_weak"
    assert refused(lambda: door.enter_by_code("nobody", code, "Xin-Mima-5")) == "no_account"
    with inside(door):
        pass


def test_new_code_makes_the_old_one_void(door: Door, code: str) -> None:
    with inside(door) as services:
        new = services.users.new_code()
        assert services.users.paper_of_code(new).startswith(b"%PDF")
    assert refused(lambda: door.enter_by_code("wang", code, "Xin-Mima-5")) == "code_wrong"
    door.enter_by_code("wang", new, "Xin-Mima-5").close()


def test_disabled_account_is_out_and_comes_back_by_a_reset(door: Door, code: str) -> None:
    with inside(door) as services:
        li = line_of(services, "li").user
        services.users.disable(li.id)
    assert refused(lambda: door.enter("li", SECOND.password)) == "password_wrong"
    assert refused(lambda: door.enter_by_code("li", code, "Xin-Mima-5")) == "no_account"
    with inside(door) as services:
        services.users.reset(li.id, "Xin-Mima-5")
    door.enter("li", "Xin-Mima-5").close()


def test_last_administrator_stays(door: Door, code: str) -> None:
    with inside(door) as services:
        wang, li = (line_of(services, login).user for login in ("wang", "li"))
        assert refused(lambda: services.users.disable(wang.id)) == "last_admin"
        assert refused(lambda: services.users.change_roles(wang.id, [Role.CHECK])) == "last_admin"
        assert refused(lambda: services.users.change_roles(li.id, [])) == "no_role"
        services.users.change_roles(li.id, [Role.ADMIN, Role.ENTER])
        assert line_of(services, "li").user.roles == (Role.ENTER, Role.ADMIN)
        services.users.change_roles(wang.id, [Role.CHECK])


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"login": "wang"}, "login_taken"),
        ({"name": "王主任"}, "name_taken"),
        ({"login": "  "}, "user_text"),
        ({"name": "赵\n"}, None),
        ({"name": "赵\x00"}, "user_text"),
        ({"roles": ()}, "no_role"),
        ({"password": "zhao-Zhao-1"}, "password_weak"),
    ],
)
def test_new_user_must_be_told_from_others(door: Door, code: str, changed, why) -> None:
    with inside(door) as services:
        new = replace(NewUser("zhao", "赵审核", (Role.CHECK,), "Shen-He-5k"), **changed)
        if why:
            assert refused(lambda: services.users.add(new)) == why
        else:
            services.users.add(new)


def test_accounts_are_not_undone_in_the_log(door: Door, code: str) -> None:
    with inside(door) as services:
        number = next(act.number for act in services.register.acts(20) if act.verb == "新增账户")
        assert refused(lambda: services.versions.undo(number)) == "undo_never"


def test_locked_screen_opens_for_the_same_person_alone(door: Door, code: str) -> None:
    with inside(door) as services:
        nine = datetime(2026, 11, 28, 9)
        assert refused(lambda: services.users.unlock_screen(SECOND.password, nine)) == "password_wrong"
        services.users.unlock_screen(FIRST.password, nine)
        unlocked, failed = services.register.acts(2)
        assert (unlocked.verb, unlocked.reason) == ("解锁窗口", "2026-11-28 09:00 锁定")
        assert (failed.verb, failed.actor) == ("登录失败", "王主任")
        assert "输错密码 1 次" in failed.reason


def test_every_way_in_and_every_try_stands_in_the_log(door: Door, code: str) -> None:
    for login, password in (("wang", FIRST.password), *5 * [("li", "falsch")], ("niemand-6", "falsch")):
        with suppress(AccessDenied):
            door.enter(login, password).close()
    with pytest.raises(AccessDenied):
        door.enter_by_code("li", code_from(bytes(18)), "Xin-Mima-5")
    # What was looked at makes no preview old.
    with inside(door) as services, services.store.reading() as view:
        newest, standing = view.log.head().number, view.newest_change()
        told = [(act.verb, act.actor, act.reason) for act in services.register.acts(newest - standing)]
    door.enter_by_code("wang", read_code(code), "Xin-Mima-5").close()
    with inside(door, password="Xin-Mima-5") as services:
        verbs = [act.verb for act in services.register.acts(3)]
        assert verbs == ["登录", "用恢复码重设密码", "登录"]
        assert services.audit.verify().is_whole
    said = [" ".join(each) for each in told]
    for words in (
        "李录入 .*输错密码 5 次，账户已锁定",
        "不存在的登录名登录 1 次",
        "用错恢复码 1 次",
        "登录 王主任",
    ):
        assert any(re.search(words, each) for each in said)
    assert not any("niemand" in each or "falsch" in each for each in said)


def test_encryption_is_for_administrators_and_stands_in_the_log(door: Door, folder: Path) -> None:
    services = door.alone()
    services.users.begin(FIRST)
    services.users.add(replace(SECOND, roles=(Role.ENTER,)))
    services.close()
    services = door.enter("li", SECOND.password)
    services.users.change_own_password(SECOND.password, "Xin-Mima-5")
    with pytest.raises(AccessDenied):
        door.encrypt(services)
    services.close()
    converted = door.encrypt(door.enter("wang", FIRST.password))
    assert converted.services.register.acts(1)[0].verb == "加密数据"
    assert converted.services.users.is_encrypted()
    converted = door.decrypt(converted.services)
    assert converted.services.register.acts(1)[0].verb == "取消加密"
    assert not converted.services.users.is_encrypted()
    converted.services.close()


def test_encryption_without_accounts_is_refused(door: Door) -> None:
    with closing(door.alone()) as services, pytest.raises(RuleViolation):
        door.encrypt(services)


def test_encryption_that_fails_leaves_the_office_open(door: Door, monkeypatch) -> None:
    services = door.alone()
    services.users.begin(FIRST)
    trouble = StorageFailed("disk_full", "磁盘空间不足。")
    monkeypatch.setattr("db.store_keys.convert_store", lambda *_given: (_ for _ in ()).throw(trouble))
    converted = door.encrypt(services)
    assert converted.trouble is trouble
    with closing(converted.services) as again:
        assert not again.users.is_encrypted()
        assert again.gate.session.actor == "王主任"
        again.register.acts(1)


def test_no_planted_name_in_any_byte_of_store_index_files_or_backup(
    door: Door, folder: Path, tmp_path: Path, monkeypatch
) -> None:
    """What is stored, indexed, attached and backed up under a planted name, in every file there is."""
    planted = "邬婵娟"
    monkeypatch.setattr("db.sqlite_grams.LEAST", 1)
    services = door.alone()
    services.users.begin(FIRST)
    services = door.encrypt(services).services
    with closing(services):
        services.setup.change_office(replace(services.setup.office(), contact_address=planted))
        services.ledgers.save(LEDGERS["people"], Person(new_id(), planted))
        scan = tmp_path / f"{planted}.txt"
        scan.write_text(planted * 50, "utf-8")
        kept = services.attachments.add(services.setup.office().id, scan)
        assert services.search.nearest(planted)
        services.store._store.index.wait()
        assert services.search.nearest(planted)
        assert services.backups is not None
        services.backups.make()
        assert services.attachments.file(kept).read_text("utf-8") == planted * 50
    assert (folder / "shepingtong.search.sqlite").stat().st_size > 0
    forms = (planted.encode(), planted.encode("utf-16-le"), planted.encode("gbk"))
    seen = [path for path in folder.rglob("*") if path.is_file()]
    assert any("backups" in path.parts for path in seen)
    holding = [path for path in seen if any(form in path.read_bytes() for form in forms)]
    assert holding == []
    with inside(door) as services:
        assert services.setup.office().contact_address == planted


def test_new_user_shows_no_password() -> None:
    assert "Biao" not in repr(FIRST) and "Biao" not in str(doors.Way())


# Words


@pytest.mark.parametrize(
    "password",
    [
        "Ab1-",
        "abcdefgh1",
        "ABCDEFG1",
        "12345678Aa",
        "Qwert-12",
        "Password1!",
        "aaaaaaA1",
        "wang-Xin-1",
        "x" * 129,
    ],
)
def test_weak_passwords_are_refused(password: str) -> None:
    assert password_faults(password, "wang", AccessRules(""))


@pytest.mark.parametrize("password", ["Biao-2026x", "春风Hua2026", "tR7!kk-Mo", "Correct horse 9"])
def test_good_passwords_will_do(password: str) -> None:
    assert password_faults(password, "wang", AccessRules("")) == ()


def test_every_wrong_sign_and_every_exchange_in_a_code_is_told_with_its_group() -> None:
    code = code_from(bytes(range(32)))
    assert read_code(code) == code
    groups = code.split("-")
    for at, sign in enumerate(code):
        if sign == "-":
            continue
        group = code[:at].count("-")
        for other in SIGNS.replace(sign, ""):
            with pytest.raises(InvalidInput) as told:
                read_code(code[:at] + other + code[at + 1 :])
            assert told.value.code == "code_typed"
            assert [each.place for each in told.value.problems] == [f"第 {group + 1} 组"]
        following = code[at + 1 : at + 2]
        if following not in ("", "-", sign):
            with pytest.raises(InvalidInput):
                read_code(code[:at] + following + sign + code[at + 2 :])
    for first, second in zip(range(5), range(1, 6), strict=True):
        swapped = groups.copy()
        swapped[first], swapped[second] = swapped[second], swapped[first]
        with pytest.raises(InvalidInput):
            read_code("-".join(swapped))


@pytest.mark.parametrize("typed", ["", "ABCDE", "ABCDE-" * 7, "恢复码"])
def test_code_of_another_length_is_told(typed: str) -> None:
    with pytest.raises(InvalidInput) as told:
        read_code(typed)
    assert told.value.code == "code_length"


def test_code_is_read_in_any_case_width_and_grouping() -> None:
    code = code_from(bytes(range(32)))
    wide = "".join(chr(ord(each) + 0xFEE0) if each != "-" else "\uff0d" for each in code)
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", " — "), f"  {wide}\n"):
        assert read_code(typed) == code


def test_codes_are_long_enough_not_to_be_guessed() -> None:
    assert len(SIGNS) ** 24 > 2**118
    assert len({code_from(os.urandom(32)) for _ in range(200)}) == 200
