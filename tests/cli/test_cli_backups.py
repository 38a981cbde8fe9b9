"""Backups on the command line: from the first backup to a bare PC."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from db.keyring import Cost
from db.sqlite_header import file_revision
from main import STORE_NAME, main


@pytest.fixture
def office(roster_office: Path, tmp_path: Path) -> Path:
    """The data folder of an office with a roster, without backups."""
    folder = Path(shutil.copytree(roster_office, tmp_path / "office"))
    shutil.rmtree(folder / "backups", ignore_errors=True)
    return folder


@pytest.fixture
def run(office: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command over the office; gives exit status and JSON."""

    def begin(*arguments: str, data: Path = office) -> tuple[int, Any]:
        capsys.readouterr()
        status = main(["--data", str(data), *arguments, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return begin


def test_backup_is_made_listed_and_verified(run: Any, office: Path) -> None:
    assert run("backup", "list") == (0, {"backups": []})
    status, made = run("backup", "now")
    assert (status, made["reason"], made["last_act"]) == (0, "manual", 2)
    assert [each["name"] for each in run("backup", "list")[1]["backups"]] == [made["name"]]
    status, checked = run("backup", "verify")
    assert (status, checked["backups"][0]["faults"]) == (0, [])


def test_damaged_backup_is_told_and_not_restored(run: Any, office: Path) -> None:
    _, made = run("backup", "now")
    store = Path(made["folder"]) / STORE_NAME
    store.write_bytes(store.read_bytes()[:-100])
    status, checked = run("backup", "verify", made["name"])
    assert (status, checked["backups"][0]["faults"]) == (4, [f"“{STORE_NAME}”已损坏或被改动"])
    status, told = run("backup", "restore")
    assert (status, told["error"]["code"]) == (3, "no_good_backup")
    status, told = run("backup", "restore", made["name"])
    assert (status, told["error"]["code"]) == (4, "backup_damaged")


def test_restore_and_its_undoing(run: Any, office: Path, data: Path) -> None:
    _, made = run("backup", "now")
    run("undo", "2")
    status, told = run("backup", "restore", made["name"])
    assert (status, told["lost_acts"]) == (0, 1)
    assert Path(told["kept"], STORE_NAME).is_file()
    acts = run("log")[1]["acts"]
    assert [each["verb"] for each in acts[:-2]] == ["恢复备份"]
    assert acts[0]["reason"].endswith("的备份，做到第 2 号操作；原来的数据做到第 3 号操作")
    status, told = run("backup", "restore", "--undo")
    # Its number is in the other log, too, but there it is another act.
    assert told["lost_acts"] == 1
    # The three of before, and one that tells of the way back.
    assert (status, len(run("log")[1]["acts"])) == (0, 4)


def test_second_place_and_a_bare_pc_restored_from_it_alone(run: Any, office: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U 盘"
    stick.mkdir()
    assert run("backup", "now", "--second")[1]["error"]["code"] == "no_second_place"
    status, place = run("backup", "place", str(stick))
    assert (status, place["available"], place["due"]) == (0, True, True)
    run("backup", "now", "--second")
    assert run("backup", "place")[1]["due"] is False
    shutil.rmtree(office)
    new = tmp_path / "new pc"
    status, told = run("backup", "restore", "--from", str(stick), data=new)
    assert (status, told["kept"], told["replaced"]) == (0, "", "")
    status, health = run("check", data=new)
    assert (status, health["whole"]) == (0, True)
    assert health["counts"]["organizations"] > 0


def test_damaged_store_is_restored_and_kept(run: Any, office: Path) -> None:
    run("backup", "now")
    (office / STORE_NAME).write_bytes(b"\x00" * 4096)
    assert run("log")[0] == 4
    assert run("backup", "now")[1]["error"]["code"] == "backup_no_store"
    status, told = run("backup", "restore")
    assert (status, told["lost_acts"]) == (0, None)
    assert Path(told["kept"], STORE_NAME).read_bytes() == b"\x00" * 4096
    assert run("check")[1]["whole"] is True


def test_damaged_store_of_an_older_program_is_told_as_damaged(run: Any, office: Path) -> None:
    store = office / STORE_NAME
    content = bytearray(store.read_bytes())
    content[60:64] = (1).to_bytes(4, "big")
    half = len(content) // 8192 * 4096
    content[half : half + 4096] = bytes(4096)
    store.write_bytes(content)
    status, told = run("log")
    assert (status, told["error"]["code"]) == (4, "store_damaged")
    assert store.read_bytes() == content


def test_new_office_is_not_begun_where_the_store_is_gone(run: Any, office: Path) -> None:
    run("backup", "now")
    (office / STORE_NAME).unlink()
    status, told = run("init", "--office", "示例街道办事处")
    assert (status, told["error"]["code"]) == (4, "store_gone")
    assert not (office / STORE_NAME).exists()


def test_drill_tells_what_it_counted(run: Any, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("backup", "now")
    status, done = run("backup", "drill")
    assert (status, done["faults"]) == (0, [])
    assert done["counts"]["organizations"] > 0
    main(["--data", str(office), "backup", "drill"])
    assert "可以恢复" in capsys.readouterr().out


def test_first_command_of_a_day_makes_a_backup(run: Any, office: Path) -> None:
    run("log")
    assert [each["reason"] for each in run("backup", "list")[1]["backups"]] == ["start"]
    run("log")
    assert len(run("backup", "list")[1]["backups"]) == 1


def test_backup_of_the_day_that_fails_stops_no_command(
    run: Any, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "backups").write_text("in the way")
    assert main(["--data", str(office), "log", "--json"]) == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)["acts"]) == 2
    assert "备份没有做成" in said.err


def test_import_is_backed_up_first(run: Any, office: Path, data: Path) -> None:
    run("backup", "now")
    run("undo", "2")
    run("import", "roster", str(data / "roster.xlsx"))
    said = [each["said"] for each in run("backup", "list")[1]["backups"]]
    assert said[0] == "导入名册"


@pytest.mark.parametrize("revision", ["0001", "0005"])
def test_older_store_is_backed_up_before_its_upgrade_and_can_be_put_back(
    run: Any, data: Path, tmp_path: Path, revision: str
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    shutil.copy(data / "stores" / f"{revision}.sqlite", old / STORE_NAME)
    assert run("log", data=old)[0] == 0
    (made,) = run("backup", "list", data=old)[1]["backups"]
    assert (made["reason"], made["revision"]) == ("before_upgrade", int(revision))
    assert run("backup", "restore", made["name"], data=old)[0] == 0
    assert file_revision(old / STORE_NAME) == int(revision)


def test_folder_without_backups_is_told(run: Any, tmp_path: Path) -> None:
    status, told = run("backup", "restore", "--from", str(tmp_path))
    assert (status, told["error"]["code"]) == (3, "no_backups")
    status, told = run("backup", "restore", "--from", str(tmp_path / "nowhere"))
    assert (status, told["error"]["code"]) == (4, "backup_place_gone")


# An encrypted office with accounts


@pytest.fixture
def password(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file with the administrator's password; accounts and encryption are set up, an enterer too."""
    monkeypatch.setattr("db.store_keys.measured_cost", lambda: Cost(1, 8192))
    path = tmp_path / "wang.txt"
    path.write_text("Biao-2026x\n", "utf-8")
    begin = ["users", "setup", "wang", "--name", "王主任", "--new-password-file", str(path)]
    assert main(["--data", str(office), *begin]) == 0
    as_admin = ["--user", "wang", "--password-file", str(path)]
    add = ["users", "add", "li", "--name", "李录入", "--roles", "录入员", "--new-password-file", str(path)]
    assert main(["--data", str(office), *as_admin, *add]) == 0
    return str(path)


def test_encrypted_office_backs_up_encrypted_and_only_for_accounts(
    run: Any, office: Path, password: str
) -> None:
    assert run("backup", "now")[1]["error"]["code"] == "login_needed"
    status, made = run("--user", "wang", "--password-file", password, "backup", "now")
    assert status == 0
    content = (Path(made["folder"]) / STORE_NAME).read_bytes()
    assert content[:15] != b"SQLite format 3"
    assert "志愿".encode() not in content
    assert run("backup", "verify", made["name"])[0] == 0


def test_enterer_may_not_restore(run: Any, office: Path, password: str) -> None:
    as_admin = ("--user", "wang", "--password-file", password)
    as_enterer = ("--user", "li", "--password-file", password)
    new = Path(password).with_name("li.txt")
    new.write_text("Ji-Hao-77y\n", "utf-8")
    assert run(*as_enterer, "users", "password", "--new-password-file", str(new))[0] == 0
    run(*as_admin, "backup", "now")
    status, told = run("--user", "li", "--password-file", str(new), "backup", "restore")
    assert (status, told["error"]["code"]) == (3, "no_right")


def test_encrypted_office_is_restored_and_undone_by_its_administrator(
    run: Any, office: Path, password: str
) -> None:
    as_admin = ("--user", "wang", "--password-file", password)
    _, made = run(*as_admin, "backup", "now")
    before = len(run(*as_admin, "log")[1]["acts"])
    run(*as_admin, "undo", "2")
    status, told = run(*as_admin, "backup", "restore", made["name"])
    # Three logins and the undoing itself.
    assert (status, told["lost_acts"], bool(told["replaced"])) == (0, 4, True)
    # The login, and that it came by a restore.
    assert len(run(*as_admin, "log")[1]["acts"]) == before + 1


def test_encrypted_office_comes_back_from_the_stick_alone_with_its_password(
    run: Any, office: Path, password: str, tmp_path: Path
) -> None:
    as_admin = ("--user", "wang", "--password-file", password)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run(*as_admin, "backup", "place", str(stick))[0] == 0
    assert run(*as_admin, "backup", "now", "--second")[0] == 0
    shutil.rmtree(office)
    new = tmp_path / "new pc"
    assert run("backup", "restore", "--from", str(stick), data=new)[0] == 0
    assert run("log", data=new)[1]["error"]["code"] == "login_needed"
    assert run(*as_admin, "check", data=new)[1]["whole"] is True


def test_damaged_encrypted_store_is_restored_without_a_login(run: Any, office: Path, password: str) -> None:
    as_admin = ("--user", "wang", "--password-file", password)
    run(*as_admin, "backup", "now")
    (office / STORE_NAME).write_bytes(b"\x00" * 8192)
    status, told = run(*as_admin, "backup", "restore")
    assert (status, told["lost_acts"]) == (0, None)
    assert run(*as_admin, "check")[1]["whole"] is True
