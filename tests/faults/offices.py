"""Data folders as an office has them, and the commands that write into them; all by the program itself."""

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from core.model.user import NewUser, Role
from db.keyring import LEAST_COST
from db.store import is_older
from db.store_keys import KeyFiles
from main import open_door
from tests.faults.referee import LOGIN, PASSWORDS, STORE, Held, held_in
from tests.faults.runs import DONE, ROOT, ran

SAMPLES = ROOT / "resources" / "sample"
FONT = ROOT / "resources" / "icons" / "remixicon.ttf"
OLD_STORES = tuple(each for each in sorted((ROOT / "tests/data/stores").glob("*.sqlite")) if is_older(each))
YEAR = ("--year", "2025")
IMPORT_ROSTER = ("import", "roster", str(SAMPLES / "roster.xlsx"))
IMPORT_SCORES = ("import", "scores", str(SAMPLES / "scores.xlsx"), *YEAR)
LOGGED_IN = ("--user", LOGIN, "--password-file", "{given}/old.txt")
LOGINS = (LOGGED_IN, (*LOGGED_IN[:3], "{given}/new.txt"), ())
"""Every way in; which one is right depends on how far a command came."""
INIT = ("init", "--office", "示例街道办事处")
COMPUTE = ("assess", "compute", *YEAR)
ISSUE = ("document", "results-notice", *YEAR, "-o", "{here}/notice.pdf")
CERTIFICATES = ("certificates", *YEAR, "-o", "{here}/certificates.pdf")
ENTRY = ("entry", "add", "滨湖社区楼宇经济联合会", *YEAR, "--kind", "bonus", "--points", "1")
BONUS = (*ENTRY, "--reason", "获区级表彰", "--evidence", "区文件")
STAGES: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "nothing": ("", ()),
    "office": ("nothing", (INIT,)),
    "opened": ("office", (IMPORT_ROSTER, ("assess", "open", *YEAR))),
    "scored": ("opened", (IMPORT_SCORES,)),
    "computed": ("scored", (COMPUTE,)),
    "backed": ("computed", (("backup", "now"), ("undo", "4"))),
    "people": ("computed", (("import", "ledger", "people", "{given}/people.csv"), ISSUE)),
    "drafted": ("computed", (("document", "new", "results-notice", *YEAR),)),
    "named": ("people", ()),
    "locked": ("people", ()),
    "locked-backed": ("locked", ((*LOGGED_IN, "backup", "now"), (*LOGGED_IN, "undo", "4"))),
    **{f"old-{each.stem}": ("", ()) for each in OLD_STORES},
}
"""Each stage with the one before it, and the commands that lead there."""


def _login_of(store: Path) -> tuple[str, ...]:
    """How somebody comes into an old store: since 0006 they have accounts."""
    return LOGGED_IN if KeyFiles(store).has_users() else ()


@dataclass(frozen=True)
class Command:
    """A command that writes, and the stage of the office in which it is given.

    {here} and {beside} are the data folder and the folder that it lies in, {given} holds what it reads.
    """

    name: str
    stage: str
    arguments: tuple[str, ...]


COMMANDS = (
    Command("新建单位", "nothing", INIT),
    Command("导入名册", "office", IMPORT_ROSTER),
    Command("导入评分", "opened", IMPORT_SCORES),
    Command("计算", "scored", COMPUTE),
    Command("发文", "computed", ISSUE),
    Command("撤销", "scored", ("undo", "4")),
    Command("备份", "scored", ("backup", "now")),
    Command("恢复", "backed", ("backup", "restore")),
    Command("备份位置", "scored", ("backup", "place", "{beside}")),
    *(Command(f"升级 {each.stem}", f"old-{each.stem}", (*_login_of(each), "log")) for each in OLD_STORES),
    Command("加分", "computed", BONUS),
    Command("起草", "computed", ("document", "new", "results-notice", *YEAR)),
    Command("删除草稿", "drafted", ("document", "remove", "关于2025年度社会组织考核结果的通报")),
    Command("证书", "computed", CERTIFICATES),
    Command("附件（字体）", "computed", ("fonts", "add", str(FONT), "--for", "rare")),
    Command("台账", "computed", ("import", "ledger", "people", "{given}/people.csv")),
    Command("删除个人信息", "people", ("person", "erase", "张三", "--reason", "本人提出")),
    Command(
        "启用账户",
        "people",
        ("users", "setup", LOGIN, "--name", "张三", "--new-password-file", "{given}/old.txt"),
    ),
    Command("加密", "named", (*LOGGED_IN, "encryption", "on")),
    Command("取消加密", "locked", (*LOGGED_IN, "encryption", "off")),
    Command("改密码", "locked", (*LOGGED_IN, "users", "password", "--new-password-file", "{given}/new.txt")),
    Command("加密后加分", "locked", (*LOGGED_IN, *BONUS)),
    Command("加密后证书", "locked", (*LOGGED_IN, *CERTIFICATES)),
    Command("加密后备份", "locked", (*LOGGED_IN, "backup", "now")),
    Command("加密后恢复", "locked-backed", (*LOGGED_IN, "backup", "restore")),
)


@dataclass(frozen=True)
class Reference:
    """What a command does where nothing hinders it."""

    before: Held
    after: Held
    seconds: float


@dataclass
class Offices:
    """The stages of an office below a folder, each made when it is first wanted; runs work on copies."""

    folder: Path
    references: dict[str, Reference] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay out what the commands read."""
        given = self.folder / "given"
        given.mkdir()
        (given / "people.csv").write_text("姓名,职务,手机号码\n张三,会长,13800001111\n", "utf-8")
        for name, password in zip(("old.txt", "new.txt"), PASSWORDS, strict=True):
            (given / name).write_text(password, "utf-8")

    def arguments(self, arguments: tuple[str, ...], place: Path) -> list[str]:
        """The whole command line over a data folder."""
        places = {"here": str(place), "beside": str(place.parent), "given": str(self.folder / "given")}
        return ["--data", str(place), *(each.format(**places) for each in arguments)]

    def given(self, command: Command, place: Path) -> list[str]:
        """The command line of a command over a data folder."""
        return self.arguments(command.arguments, place)

    def stage(self, name: str) -> Path:
        """The folder of a stage."""
        place = self.folder / "stages" / name
        if place.exists():
            return place
        earlier, commands = STAGES[name]
        if earlier:
            shutil.copytree(self.stage(earlier), place)
        else:
            place.mkdir(parents=True)
        if name.startswith("old-"):
            shutil.copy(ROOT / "tests/data/stores" / f"{name.removeprefix('old-')}.sqlite", place / STORE)
            _put_keys(place / STORE)
        if name in ("named", "locked"):
            _begin_accounts(place, encrypted=name == "locked")
        for each in commands:
            run = ran(self.arguments(each, place))
            if run.status not in DONE:
                raise SystemExit(f"{name}: {each}: {run.out}{run.err}")
        return place

    def copy(self, stage: str, name: str) -> Path:
        """A fresh copy of a stage."""
        place = self.folder / "runs" / name
        shutil.rmtree(place, ignore_errors=True)
        return Path(shutil.copytree(self.stage(stage), place))

    def reference(self, command: Command) -> Reference:
        """What the command does where nothing hinders it."""
        if command.name not in self.references:
            before = held_in(self.copy(command.stage, "reference-before"))
            place = self.copy(command.stage, "reference")
            run = ran(self.given(command, place))
            if run.status not in DONE:
                raise SystemExit(f"{command.name}: {run.out}{run.err}")
            after = held_in(place)
            if after.faults or before.faults or before == after:
                raise SystemExit(f"{command.name}: {before.faults} {after.faults}")
            self.references[command.name] = Reference(before, after, run.seconds)
        return self.references[command.name]


def _put_keys(store: Path) -> None:
    """The keys beside an old store with accounts."""
    keys = KeyFiles(store, LEAST_COST)
    if keys.has_users():
        ring = keys.new_ring()
        with ring.changing():
            ring.put(LOGIN, PASSWORDS[0])


def _begin_accounts(place: Path, *, encrypted: bool) -> None:
    """Accounts whose passwords cost little to try: they are tried thousands of times."""
    door = open_door(place, create=False)
    with patch("db.store_keys.measured_cost", return_value=LEAST_COST), closing(door.alone()) as services:
        services.users.begin(NewUser(LOGIN, "张三", tuple(Role), PASSWORDS[0]))
        if encrypted:
            door.encrypt(services).services.close()
