"""Ninety bad files, each given to a command that reads files: words, nothing stored, no hang."""

import random
import resource
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.faults.offices import SAMPLES, YEAR, Offices
from tests.faults.referee import STORE, Tally, held_in
from tests.faults.runs import ran
from tests.sheets.bad_workbooks import (
    SHEET,
    a_locked_workbook,
    a_million_rows,
    a_workbook,
    a_zip_bomb,
    an_xls,
    an_xlsx_of,
    repacked,
)

MOST_SECONDS = 20.0
"""Of the processor, for one file: on a busy machine a clock would tell of the others at work."""
MEMORY = 700
"""Megabytes that a command may take for a bad file."""
READERS: tuple[tuple[str, ...], ...] = (
    ("import", "roster", "{file}"),
    ("import", "scores", "{file}", *YEAR),
    ("import", "ledger", "activities", "{file}"),
    ("sheets", "back", "{file}", *YEAR),
    ("scheme", "import", "{file}"),
    ("verify", "{file}"),
)
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>'
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b"]><worksheet><sheetData>&i;</sheetData></worksheet>"
)


def bad_files(folder: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The files, made on the way, each with the command that gets it."""
    folder.mkdir(parents=True, exist_ok=True)
    sound = (SAMPLES / "roster.xlsx").read_bytes()
    made: list[tuple[str, Callable[[Path], object]]] = [
        ("空.xlsx", lambda path: path.write_bytes(b"")),
        ("零.xlsx", lambda path: path.write_bytes(bytes(4096))),
        ("半截.xlsx", lambda path: path.write_bytes(sound[: len(sound) // 2])),
        ("少尾.xlsx", lambda path: path.write_bytes(sound[:-30])),
        ("文本.xlsx", lambda path: path.write_text("名称,社区\n甲,乙\n", "utf-8")),
        ("空包.xlsx", lambda path: zipfile.ZipFile(path, "w").close()),
        ("炸弹.xlsx", a_zip_bomb),
        ("百万行.xlsx", a_million_rows),
        ("加密.xlsx", a_locked_workbook),
        ("旧式.xls", an_xls),
        ("旧式加密.xls", lambda path: an_xls(path, locked=True)),
        ("外部实体.xlsx", lambda path: repacked(a_workbook(path, ("名称",)), {SHEET: XXE})),
        ("实体炸弹.xlsx", lambda path: repacked(a_workbook(path, ("名称",)), {SHEET: LAUGHS})),
        (
            "远格.xlsx",
            lambda path: an_xlsx_of(path, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        ),
        ("无表.xlsx", lambda path: repacked(a_workbook(path, ("名称",)), {SHEET: None})),
    ]
    for number, (name, make) in enumerate(made):
        for reader in (READERS[number % 6], READERS[(number + 1) % 6], READERS[(number + 3) % 6]):
            path = folder / name
            if not path.exists():
                make(path)
            yield path, reader
    chance = random.Random(90)
    for number in range(45):
        path = folder / f"乱{number}.{('xlsx', 'toml', 'json')[number % 3]}"
        content = bytearray(sound)
        for _ in range(chance.randrange(1, 400)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        yield path, READERS[(0, 4, 5)[number % 3] if number % 2 else number % 6]


def feed_all(offices: Offices, chance: random.Random, count: int) -> Tally:
    """So many of the ninety; all if there are as many."""
    tally = Tally("坏文件")
    place = offices.copy("opened", "fed")
    files = list(bad_files(offices.folder / "bad"))
    before, outside = held_in(place), _files(place)
    for path, reader in chance.sample(files, min(count, len(files))):
        arguments = [each.replace("{file}", str(path)) for each in reader]
        used = _seconds()
        run = ran(["--data", str(place), *arguments], anew=True)
        wrong = run.wrong()
        if _seconds() - used > MOST_SECONDS:
            wrong.append("takes long")
        if run.status == 0:
            tally.note("读懂了")
            place = offices.copy("opened", "fed")
        else:
            if not (run.err.strip() or run.out.strip()):
                wrong.append("no message")
            found = held_in(place)
            if (found.acts, found.faults) != (before.acts, before.faults) or _files(place) != outside:
                wrong.append(f"the data folder is changed: {found.acts[-1:]} {found.faults}")
                place = offices.copy("opened", "fed")
        tally.run(f"{path.name} {' '.join(reader[:2])}", wrong)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    tally.note(f"最多 {most} MB")
    if most > MEMORY:
        tally.wrong.append(f"a run took {most} MB")
    return tally


def _seconds() -> float:
    """Of the processor, that all runs so far and what they started have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _files(place: Path) -> Sequence[str]:
    """What lies in the data folder but for the store's own passing files and today's backup."""
    return sorted(
        each.name
        for each in place.iterdir()
        if not each.name.startswith(STORE)
        and each.name not in ("backups", "shepingtong.log", "shepingtong.search.sqlite")
    )
