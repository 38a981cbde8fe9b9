"""200 planted numbers go through a whole run; none is found in logs, messages, names, temporary files."""

import itertools
import logging
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from stdnum.cn import ric

import main
from core.cli import commands
from core.services.log_file import LOG_NAME
from tests.sheets.bad_workbooks import a_workbook

DRAW = random.Random(6)
ROSTER = ("所属社区", "组织名称", "类别", "负责人", "联系电话", "日期", "成员数")
PEOPLE = ("姓名", "性别", "联系电话", "居民身份证号", "备注")


def an_id_number(place: int) -> str:
    born = date(1950, 1, 1) + timedelta(days=DRAW.randrange(18_000))
    head = f"510112{born:%Y%m%d}{place:03d}"
    return head + ric.calc_check_digit(head + "0")


PHONES = [f"1{DRAW.choice('3578')}{DRAW.randrange(10**8, 10**9)}" for _ in range(100)]
NUMBERS = [an_id_number(place) for place in range(100)]
PLANTED = frozenset([*PHONES, *NUMBERS])


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files of its own."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder


def found_in(text: str) -> list[str]:
    return sorted(each for each in PLANTED if each in text)


def the_rosters(folder: Path) -> tuple[Path, Path, Path, Path]:
    """Rosters and people with every number, and both again with faults in every column."""
    good = [
        ("东湖社区", f"第{n}志愿服务队", "文化体育类", f"王某{n}", phone, "2019.3", 10)
        for n, phone in enumerate(PHONES)
    ]
    people = [
        (f"王某{n}", "男", phone, number, "")
        for n, (phone, number) in enumerate(zip(PHONES, NUMBERS, strict=True))
    ]
    bad = [
        ("东湖社区", f"第{n}志愿服务队", number, number, phone + "9", phone, number)
        for n, (phone, number) in enumerate(zip(PHONES, NUMBERS, strict=True))
    ]
    bad += [
        (phone, phone, "文化体育类", phone, number, number, phone)
        for phone, number in zip(PHONES, NUMBERS, strict=True)
    ]
    bad += [
        ("东湖社区", f"第{n}志愿服务队", "文化体育类", "李", PHONES[n - 1], "2019.3", 10) for n in range(100)
    ]
    bad_people = [
        (number, phone, number, phone, number) for phone, number in zip(PHONES, NUMBERS, strict=True)
    ]
    bad_people += [(f"王某{n}", "男", PHONES[n - 1], NUMBERS[n - 1], "") for n in range(100)]
    return (
        a_workbook(folder / "名册.xlsx", ROSTER, *good),
        a_workbook(folder / "人员.xlsx", PEOPLE, *people),
        a_workbook(folder / "坏名册.xlsx", ROSTER, *bad),
        a_workbook(folder / "坏人员.xlsx", PEOPLE, *bad_people),
    )


def the_run(folder: Path, files: tuple[Path, Path, Path, Path]) -> Iterator[tuple[object, ...]]:
    roster, people, bad_roster, bad_people = files
    yield "import", "roster", roster
    yield "import", "ledger", "people", people
    for json in ((), ("--json",)):
        yield "import", "roster", bad_roster, "--dry-run", *json
        yield "import", "roster", bad_roster, *json
        yield "import", "ledger", "people", bad_people, *json
    yield "import", "scores", bad_roster, "--year", 2025
    yield "assess", "open", "--year", 2025
    yield "import", "scores", roster, "--year", 2025
    yield "assess", "compute", "--year", 2025
    for number in (PHONES[0], NUMBERS[0]):
        yield "explain", number, "--year", 2025
        yield (
            "entry",
            "add",
            number,
            "--year",
            2025,
            "--kind",
            "bonus",
            "--reason",
            number,
            "--evidence",
            number,
        )
        yield "objection", "add", number, "--year", 2025, "--by", number, "--content", number
        yield "print", "filing-form", number, "-o", folder / "表.pdf"
    for what in ("roster", "booklet", "missing-papers", "community-cards"):
        yield "print", what, "-o", folder / f"{what}.pdf"
    yield "print", "ledger", "people", "-o", folder / "人.pdf"
    yield "export", "roster", "-o", folder / "全.xlsx"
    yield "export", "roster", "--public", "-o", folder / "公开.xlsx"
    yield "export", "ledger", "people", "--public", "-o", folder / "公开人员.xlsx"
    yield "document", "results-notice", "--year", 2025, "-o", folder / "通报.pdf"
    yield "certificates", "--year", 2025, "-o", folder / "证.pdf"
    yield ("log",)
    yield "undo", 3
    yield ("check",)
    yield "backup", "now"
    yield "diagnosis", "-o", folder / "包.zip"


def test_planted_numbers_are_in_no_log_message_name_or_temporary_file(
    tmp_path: Path, scratch: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out, source = tmp_path / "数据", tmp_path / "出", tmp_path / "来"
    source.mkdir()
    files = the_rosters(source)
    assert len(PLANTED) == 200
    main.main(["--data", str(folder), "init", "--office", "示例街道办事处"])
    services = main.open_services(folder, create=False)
    services.setup.change_office(replace(services.setup.office(), keep_id_numbers=True))
    services.close()
    told = ""
    statuses: dict[str, set[int]] = {}
    for arguments in the_run(out, files):
        status = main.main(["--data", str(folder), *map(str, arguments)])
        statuses.setdefault(" ".join(map(str, arguments[:2])), set()).add(status)
        shown = capsys.readouterr()
        told += shown.out + shown.err
        assert not found_in(shown.out + shown.err), (arguments, (shown.out + shown.err)[:3000])
    assert statuses["import roster"] >= {0, 1} or 1 in statuses["import roster"], statuses

    def broken(_services: object, _call: object) -> None:
        logging.getLogger("some.library").warning("row %s of “%s”", PHONES[0], NUMBERS[0])
        raise KeyError(NUMBERS[1], PHONES[1])

    monkeypatch.setattr(commands, "COMMANDS", {"check": broken})
    assert main.main(["--data", str(folder), "check"]) == 4
    told += "".join(capsys.readouterr())
    log = (folder / LOG_NAME).read_text(encoding="utf-8")
    assert "KeyError" in log and "some.library" in log
    names = "\n".join(
        str(each) for each in itertools.chain(folder.rglob("*"), out.rglob("*"), scratch.rglob("*"))
    )
    left = "".join(
        each.read_bytes().decode("utf-8", "ignore") for each in scratch.rglob("*") if each.is_file()
    )
    public = (out / "公开.xlsx", out / "公开人员.xlsx")
    for each in public:
        sheets = main._read_workbook(each).sheets
        told += "".join(str(sheet.rows) for sheet in sheets)
    assert [found_in(text) for text in (told, log, names, left)] == [[], [], [], []]
