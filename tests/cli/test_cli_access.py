"""Logging in at the command line; accounts, recovery and encryption; no password among arguments."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.cli.arguments import parse
from db.keyring import Cost
from main import main

PASSWORDS = {"wang": "Biao-2026x", "li": "Ji-Hao-77y", "new": "Xin-Mima-5"}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store_keys.measured_cost", lambda: Cost(1, 8192))


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Files with a password each."""
    made = {}
    for name, password in PASSWORDS.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{password}\n", "utf-8")
        made[name] = str(path)
    return made


@pytest.fixture
def run(roster_office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], files) -> Run:
    """Runs a command over a copy of the office, for somebody or for nobody."""
    folder = shutil.copytree(roster_office, tmp_path / "office")

    def call(*arguments: str, who: str = "", password: str = "") -> tuple[int, str, str]:
        login = ("--user", who, "--password-file", files[password or who]) if who else ()
        status = main(["--data", str(folder), *login, *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture
def begun(run: Run, files) -> str:
    """An encrypted office with an administrator and an enterer; the recovery code."""
    first = ("users", "setup", "wang", "--name", "王主任", "--new-password-file", files["wang"])
    status, out, _ = run(*first, "--json")
    assert status == 0
    told = json.loads(out)
    assert told["encrypted"]
    second = ("users", "add", "li", "--name", "李录入", "--roles", "录入员")
    assert run(*second, "--new-password-file", files["li"], who="wang")[0] == 0
    return told["recovery_code"]


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


def test_password_file_that_cannot_be_read_is_told(run: Run, begun: str, files, tmp_path: Path) -> None:
    files["gone"] = str(tmp_path / "gone.txt")
    status, _, err = run("log", who="wang", password="gone")
    assert (status, "密码文件" in err) == (2, True)


def test_no_password_without_terminal_nor_file(run: Run, begun: str, tmp_path: Path, capsys) -> None:
    assert main(["--data", str(tmp_path / "office"), "--user", "wang", "log"]) == 2
    assert "--password-file" in capsys.readouterr().err
