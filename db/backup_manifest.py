"""The two files of a backup that say what is in it: `manifest.json`, and the list of the files of records."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.model.backup import BackedFile, Backup, BackupReason

MANIFEST = "manifest.json"
CONTENTS = "contents.txt"
NAME = re.compile(r"(\d{6})-(\d{8}-\d{6})")
"""A backup's folder: its number in the place, then when it was made."""

_FORMAT = 1
_DAMAGED = "备份说明文件已损坏或被改动，这份备份不能用"
_LONGEST = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PLAIN_NAME = re.compile(r"[0-9A-Za-z._ \u4e00-\u9fff-]{1,120}")


def folder_name(number: int, made_at: datetime) -> str:
    """What the folder of a backup is called."""
    return f"{number:06}-{made_at:%Y%m%d-%H%M%S}"


def manifest_text(backup: Backup) -> bytes:
    """The manifest of a backup; its last line proves the rest."""
    fields: dict[str, object] = {
        "format": _FORMAT,
        "number": backup.number,
        "made_at": backup.made_at.isoformat() if backup.made_at else None,
        "reason": backup.reason.value,
        "said": backup.said,
        "program": backup.program,
        "revision": backup.revision,
        "store_id": backup.store_id,
        "last_act": backup.last_act,
        "head": backup.head,
        "counts": dict(backup.counts),
        "store": _file(backup.store),
        "keys": _file(backup.keys),
        "contents": _file(backup.contents),
        "content_count": backup.content_count,
        "content_size": backup.content_size,
    }
    fields["proof"] = _proof(fields)
    return json.dumps(fields, ensure_ascii=False, indent=1).encode()


def read_manifest(folder: Path) -> Backup:
    """The backup in a folder; one whose manifest is missing, damaged or altered has a `fault`."""
    unknown = _unknown(folder)
    try:
        with (folder / MANIFEST).open("rb") as file:
            content = file.read(_LONGEST)
        fields = json.loads(content)
        if fields.pop("proof") != _proof(fields):
            return unknown
        if fields["format"] > _FORMAT:
            return replace(unknown, fault="这份备份由更新版本的社评通做成，请先安装新版")
        return _backup(folder, fields)
    except FileNotFoundError:
        return replace(unknown, fault="备份说明文件不见了，这份备份不能用")
    except OSError:
        return replace(unknown, fault="备份读不出来：磁盘或 U 盘出错")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # Whatever stands in a damaged file: it is none of ours.
        return unknown


def contents_text(contents: Iterable[BackedFile]) -> bytes:
    """The list of the files of records."""
    return "".join(f"{each.digest} {each.size} {each.name}\n" for each in contents).encode()


def read_contents(backup: Backup) -> tuple[BackedFile, ...]:
    """The files of records that belong to a backup.

    Raises:
        OSError: the list cannot be read.
        ValueError: it is not the list that was written.
    """
    content = (backup.folder / CONTENTS).read_bytes()
    if backup.contents is None or hashlib.sha256(content).hexdigest() != backup.contents.digest:
        raise ValueError
    lines = [line.split(" ", 2) for line in content.decode().splitlines()]
    return tuple(BackedFile(_plain(name), int(size), _digest(digest)) for digest, size, name in lines)


def _unknown(folder: Path) -> Backup:
    named = NAME.fullmatch(folder.name)
    try:
        made_at = datetime.strptime(named[2], "%Y%m%d-%H%M%S") if named else None
    except ValueError:
        made_at = None
    return Backup(folder, int(named[1]) if named else 0, made_at, fault=_DAMAGED)


def _proof(fields: Mapping[str, object]) -> str:
    whole = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _file(file: BackedFile | None) -> dict[str, object] | None:
    return {"name": file.name, "size": file.size, "digest": file.digest} if file else None


def _read_file(fields: Mapping[str, Any] | None) -> BackedFile | None:
    if fields is None:
        return None
    return BackedFile(_plain(fields["name"]), int(fields["size"]), _digest(fields["digest"]))


def _plain(name: str) -> str:
    """A name without a way out of its folder; a backup may come from anywhere."""
    if not _PLAIN_NAME.fullmatch(name) or name.startswith("."):
        raise ValueError
    return name


def _digest(text: str) -> str:
    if not _DIGEST.fullmatch(text):
        raise ValueError
    return text


def _backup(folder: Path, fields: Mapping[str, Any]) -> Backup:
    store = _read_file(fields["store"])
    if store is None:
        raise ValueError
    return Backup(
        folder,
        int(fields["number"]),
        datetime.fromisoformat(fields["made_at"]),
        BackupReason(fields["reason"]),
        str(fields["said"]),
        str(fields["program"]),
        int(fields["revision"]),
        str(fields["store_id"]),
        int(fields["last_act"]),
        str(fields["head"]),
        tuple((str(name), int(count)) for name, count in fields["counts"].items()),
        store,
        _read_file(fields["keys"]),
        _read_file(fields["contents"]),
        int(fields["content_count"]),
        int(fields["content_size"]),
    )
