"""Logging in at the command line; accounts, recovery and encryption; no password among arguments."""

import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from core.cli.arguments import parse
from db.keyring import Cost
from main import main

CHEAP = Cost(1, 8192)
PASSWORDS = {"wang": "Biao-2026x", "li": "Ji-Hao-77y", "new": "Xin-Mima-5"}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store_keys.measured_cost", lambda: CHEAP)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Files with a password each."""
    made = {}
    for name, password in PASSWORDS.items():
        path = tmp_path_factory.mktemp("passwords") / f"{name}.txt"
        path.write_text(f"{password}\n", "utf-8")
        made[name] = str(path)
    return made


@pytest.fixture
def folder(roster_office: Path, tmp_path: Path) -> Path:
    """A copy of the office."""
    return Path(shutil.copytree(roster_office, tmp_path / "office"))


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str], files) -> Run:
    """Runs a command over the copy, for somebody or for nobody."""

    def call(*arguments: str, who: str = "", password: str = "") -> tuple[int, str, str]:
        login = ("--user", who, "--password-file", files[password or who]) if who else ()
        status = main(["--data", str(folder), *login, *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture(scope="module")
def begun_office(
    roster_office: Path, tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]
) -> tuple[Path, str]:
    """An encrypted office with an administrator and an enterer, and the recovery code; made once."""
    folder = Path(shutil.copytree(roster_office, tmp_path_factory.mktemp("begun") / "office"))
    first = ("users", "setup", "wang", "--name", "王主任", "--new-password-file", files["wang"])
    second = ("users", "add", "li", "--name", "李录入", "--roles", "录入员")
    who = ("--user", "wang", "--password-file", files["wang"])
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as told:
        patch.setattr("db.store_keys.measured_cost", lambda: CHEAP)
        assert main(["--data", str(folder), *first, "--json"]) == 0
        made = json.loads(told.getvalue())
        assert made["encrypted"]
        assert main(["--data", str(folder), *who, *second, "--new-password-file", files["li"]]) == 0
    return folder, made["recovery_code"]


@pytest.fixture
def begun(begun_office: tuple[Path, str], folder: Path) -> str:
    """An encrypted office with an administrator and an enterer; the recovery code."""
    shutil.rmtree(folder)
    shutil.copytree(begun_office[0], folder)
    return begun_office[1]


def test_office_without_accounts_is_worked_with_as_before(run: Run) -> None:
    assert run("log")[0] == 0
    status, _, err = run("log", who="wang")
    assert (status, "没有账户" in err) == (3, True)


def test_login_is_asked_for_and_named_in_the_log(run: Run, begun: str) -> None:
    status, _, err = run("log")
    assert (status, "先登录" in err) == (3, True)
    status, out, _ = run("log", "--json", who="wang")
    assert status == 0
    assert "王主任" in out
    status, _, err = run("log", who="wang", password="li")
    assert (status, "登录名或密码不对" in err) == (3, True)


def test_first_password_is_changed_before_anything_else(run: Run, begun: str, files) -> None:
    status, _, err = run("log", who="li")
    assert (status, "users password" in err) == (3, True)
    assert run("users", "password", "--new-password-file", files["new"], who="li")[0] == 0
    assert run("log", who="li", password="new")[0] == 0
    status, _, err = run("users", "disable", "wang", who="li", password="new")
    assert (status, "管理员" in err) == (3, True)


def test_locked_account_is_reset(run: Run, begun: str, files) -> None:
    for _ in range(5):
        run("log", who="li", password="wang")
    assert "锁定" in run("log", who="li")[2]
    listed = json.loads(run("users", "list", "--json", who="wang")[1])["users"]
    assert [each["locked"] for each in listed] == [False, True]
    assert run("users", "reset", "li", "--new-password-file", files["new"], who="wang")[0] == 0
    assert "users password" in run("log", who="li", password="new")[2]


def test_forgotten_password_is_recovered_by_the_code(run: Run, begun: str, files, tmp_path: Path) -> None:
    typed = tmp_path / "code.txt"
    typed.write_text(begun.replace("-", "").lower(), "utf-8")
    use = ("recovery", "use", "wang", "--code-file", str(typed), "--new-password-file", files["new"])
    assert run(*use)[0] == 0
    assert run("log", who="wang")[0] == 3
    assert run("log", who="wang", password="new")[0] == 0
    assert run("recovery", "new", who="wang", password="new")[0] == 0
    assert run(*use)[0] == 3
    typed.write_text(f"{begun[:-1]}?", "utf-8")
    status, _, err = run(*use)
    assert (status, "29 个" in err) == (2, True)


def test_encryption_goes_off_and_on(run: Run, begun: str, tmp_path: Path) -> None:
    store = tmp_path / "office" / "shepingtong.sqlite"
    assert store.read_bytes()[:6] != b"SQLite"
    assert run("encryption", "off", who="wang")[0] == 0
    assert store.read_bytes()[:6] == b"SQLite"
    assert run("log")[0] == 3
    assert run("encryption", "on", who="wang")[0] == 0
    assert store.read_bytes()[:6] != b"SQLite"
    assert run("check", who="wang")[0] == 0


def test_roles_and_disabling(run: Run, begun: str) -> None:
    assert run("users", "roles", "li", "--roles", "审核员,admin", who="wang")[0] == 0
    status, _, err = run("users", "roles", "li", "--roles", "局长", who="wang")
    assert (status, "录入员" in err) == (2, True)
    assert run("users", "disable", "li", who="wang")[0] == 0
    assert run("users", "disable", "nobody", who="wang")[0] == 3
    assert run("users", "disable", "wang", who="wang")[0] == 3


@pytest.mark.parametrize("argument", ["--password", "--new-password", "--code"])
def test_no_secret_is_taken_from_the_arguments(argument: str, capsys) -> None:
    assert parse(["users", "add", "li", "--name", "李", "--roles", "录入员", argument, "Biao-2026x"]) == 2
    assert "Biao-2026x" not in capsys.readouterr().out


def test_password_file_that_cannot_be_read_is_told(run: Run, begun: str, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.txt")
    status, _, err = run("--user", "wang", "--password-file", gone, "log")
    assert (status, "密码文件" in err) == (2, True)


def test_no_password_without_terminal_nor_file(run: Run, begun: str, tmp_path: Path, capsys) -> None:
    assert main(["--data", str(tmp_path / "office"), "--user", "wang", "log"]) == 2
    assert "--password-file" in capsys.readouterr().err
