"""Damage of the store, its backups, attachments and settings: noticed, or nothing that counts changed."""

import random
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table

from core.errors import AppError
from db.data_key import DataKey
from db.sqlite_engine import connect
from db.table_parts import metadata
from tests.faults.offices import FONT, LOGGED_IN, Offices
from tests.faults.referee import STORE, Tally, backups_of, held_in, way_in
from tests.faults.runs import DONE, ran

PAGE = 4096
VAULT = f"{STORE}.files"


def one_bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def one_byte(content: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(content))
    content[place] = (content[place] + chance.randrange(1, 256)) % 256


def eight_bytes(content: bytearray, chance: random.Random) -> None:
    for _ in range(8):
        one_byte(content, chance)


def a_page_of_zeros(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(0, len(content), PAGE)
    content[start : start + PAGE] = bytes(len(content[start : start + PAGE]))


def a_page_of_another_place(content: bytearray, chance: random.Random) -> None:
    to, place = (chance.randrange(0, len(content), PAGE) for _ in range(2))
    piece = content[place : place + PAGE]
    content[to : to + len(piece)] = piece


def cut_off(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def longer(content: bytearray, chance: random.Random) -> None:
    content += bytes(chance.randrange(256) for _ in range(chance.randrange(1, 3 * PAGE)))


KINDS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    one_bit,
    one_byte,
    eight_bytes,
    a_page_of_zeros,
    a_page_of_another_place,
    cut_off,
    longer,
)


@dataclass(frozen=True)
class Sound:
    """An office before the damage."""

    place: Path
    key: DataKey | None
    contents: Mapping[str, list[tuple[object, ...]]]


def damage_all(offices: Offices, chance: random.Random, count: int) -> Tally:
    """So many damages, most of the store, the others of what lies beside it; every third encrypted."""
    tally = Tally("文件损坏")
    plain, encrypted = _sound(offices, "people", ()), _sound(offices, "locked-backed", LOGGED_IN)
    for number in range(count):
        sound = encrypted if number % 3 == 2 else plain
        place = Path(shutil.copytree(sound.place, offices.folder / "runs" / "damaged"))
        try:
            target = _target(place, chance)
            kind = KINDS[number % len(KINDS)]
            content = bytearray(target.read_bytes())
            kind(content, chance)
            changed = content != target.read_bytes()
            target.write_bytes(content)
            name = f"{number} {kind.__name__} {target.relative_to(place)}"
            tally.run(name, _wrong(offices, sound, place, target, tally) if changed else [])
        finally:
            shutil.rmtree(place)
    return tally


def _sound(offices: Offices, stage: str, login: tuple[str, ...]) -> Sound:
    """A copy of a stage with what may lie beside a store: papers, attachments, backups, a second place."""
    place = offices.copy(stage, f"sound-{stage}")
    for each in (
        ("fonts", "add", str(FONT), "--for", "rare"),
        ("backup", "now"),
        ("backup", "place", "{beside}"),
    ):
        run = ran(offices.arguments((*login, *each), place))
        if run.status not in DONE:
            raise SystemExit(f"{stage}: {each}: {run.out}{run.err}")
    key, _ = way_in(place / STORE)
    return Sound(place, key, held_contents(place / STORE, key))


def held_contents(path: Path, key: DataKey | None) -> Mapping[str, list[tuple[object, ...]]]:
    """Every row of every table, without what is derived from others."""
    with closing(connect(path, key=key)) as opened:
        return {table.name: opened.execute(_question(table)).fetchall() for table in metadata.sorted_tables}


def _question(table: Table) -> str:
    names = [f'"{each.name}"' for each in table.c if each.info.get("journal", True)]
    return f"SELECT {', '.join(names)} FROM {table.name} ORDER BY 1"


def _target(place: Path, chance: random.Random) -> Path:
    """The file that is damaged: the store in two of three cases."""
    if chance.random() < 0.66:
        return place / STORE
    others = [each for each in sorted(place.rglob("*")) if each.is_file() and each.stat().st_size]
    return chance.choice([each for each in others if each.name != STORE or each.parent != place])


def _wrong(offices: Offices, sound: Sound, place: Path, target: Path, tally: Tally) -> list[str]:
    if target == place / STORE:
        found = held_in(place)
        if found.faults:
            tally.note("数据文件：指出损坏")
            return []
        if held_contents(target, sound.key) == sound.contents:
            tally.note("数据文件：内容没有变")
            return []
        return ["changed contents are not noticed"]
    if "backups" in target.relative_to(place).parts:
        files = backups_of(place / STORE, sound.key)
        try:
            noticed = any(files.faults(each) for each in files.listed(place / "backups"))
        except AppError:
            noticed = True
        tally.note("备份：指出损坏" if noticed else "备份：不算内容的文件")
        return [] if noticed or target.name == "backup.lock" else ["a damaged backup is not noticed"]
    if VAULT in target.parts and not held_in(place).lost:
        return ["a damaged file of a record is not noticed"]
    # Settings, keys, locks, papers beside the store: the program must start, or say what is wrong.
    login = LOGGED_IN if sound.key else ()
    run = ran(offices.arguments((*login, "check"), place))
    tally.note("旁边的文件：照常" if run.status == 0 else "旁边的文件：说明原因")
    silent = run.status != 0 and not (run.out + run.err).strip()
    return [*run.wrong(), *(["no message"] if silent else [])]
