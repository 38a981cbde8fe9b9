"""诊断包: what somebody who helps has to know of this PC and this store; nothing of any person.

Works on a folder whose store cannot be opened, too: that is when it is wanted most.
"""

import contextlib
import locale
import os
import platform
import shutil
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from core.errors import AppError
from core.model.program import VERSION
from core.ports import Report, Store, StoreHealth, unwatched
from core.rules.redacting import redacted
from core.services.attachments import AttachmentHealth
from core.services.files import refuse_unwritable, write_file
from core.services.log_file import log_files
from core.services.services import Services
from core.services.surroundings import warnings_of

MOST_FILES = 100_000
"""More files of a data folder are not counted: a wrong folder may hold a whole disk."""
LIBRARIES = ("PySide6", "SQLAlchemy", "sqlcipher3", "reportlab", "openpyxl", "python-calamine", "PyNaCl")
ENTRIES = ("版本.txt", "环境.txt", "检查.txt")


def examine(services: Services, report: Report = unwatched) -> tuple[StoreHealth, AttachmentHealth]:
    """The store and, where that is sound, the content of every attachment; `report` counts contents."""
    health = services.store.check()
    return health, AttachmentHealth((), 0) if health.faults else services.attachments.check(report)


def make_diagnosis(
    output: Path, folder: Path, now: datetime, store: Store | None, trouble: AppError | None = None
) -> Path:
    """Write the package of a data folder; `trouble` is why its store could not be opened.

    Raises:
        StorageFailed: the file cannot be put there.
    """
    refuse_unwritable(output)
    write_file(output, diagnosis(folder, now, store, trouble))
    return output


def diagnosis(folder: Path, now: datetime, store: Store | None, trouble: AppError | None = None) -> bytes:
    """The package as a .zip: versions, surroundings, an examination, the logs."""
    texts = {
        ENTRIES[0]: _versions(now),
        ENTRIES[1]: _surroundings(folder),
        ENTRIES[2]: _examination(store, trouble),
    }
    for path in log_files(folder):
        # The log is clean already; one of an older program may not be. Most times not all are there.
        with contextlib.suppress(OSError):
            texts[f"日志/{path.name}"] = _clean_log(path.read_text("utf-8", "replace"))
    return _packed(texts, now)


def suggested_name(now: datetime) -> str:
    """What the package is called."""
    return f"诊断包{now:%Y%m%d-%H%M}.zip"


def _packed(texts: Mapping[str, str], now: datetime) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in texts.items():
            entry = zipfile.ZipInfo(name, (max(1980, now.year), *now.timetuple()[1:6]))
            package.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _versions(now: datetime) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - email and more, for this alone

    lines = [f"社评通 {VERSION}", f"生成时间 {now:%Y-%m-%d %H:%M}", f"Python {platform.python_version()}"]
    lines += [f"系统 {platform.system()} {platform.release()} {platform.machine()}"]
    for library in LIBRARIES:
        try:
            lines.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            lines.append(f"{library} 版本不详")
    return "\n".join(lines)


def _surroundings(folder: Path) -> str:
    lines = [
        f"字符集 {sys.getfilesystemencoding()}，{locale.getpreferredencoding(do_setlocale=False)}",
        f"时区 {time.strftime('%z')}",
        f"处理器 {os.cpu_count()} 个",
        f"打包的程序：{'是' if getattr(sys, 'frozen', False) else '否'}",
        f"数据文件夹可写：{'是' if os.access(folder, os.W_OK) else '否'}",
        *(f"提醒：{each.code}" for each in warnings_of(folder)),
    ]
    try:
        usage = shutil.disk_usage(folder)
        lines.append(f"磁盘共 {usage.total >> 20:,} MB，剩余 {usage.free >> 20:,} MB")
    except OSError as error:
        lines.append(f"磁盘大小读不出来：{type(error).__name__}")
    return "\n".join((*lines, "数据文件夹里：", *_kinds_of_files(folder)))


def _kinds_of_files(folder: Path) -> Iterator[str]:
    """Files by what their names end in, never the names themselves."""
    count, size = Counter[str](), Counter[str]()
    for number, path in enumerate(folder.rglob("*")):
        if number >= MOST_FILES:
            yield "  （文件太多，只数了一部分）"
            break
        try:
            if path.is_file():
                kind = path.suffix.lower() if path.suffix.isascii() and len(path.suffix) <= 12 else "其他"
                count[kind or "无后缀"] += 1
                size[kind or "无后缀"] += path.stat().st_size
        except OSError:
            count["读不出来"] += 1
    yield from (f"  {kind}　{count[kind]:,} 个，{size[kind]:,} 字节" for kind in sorted(count))


def _examination(store: Store | None, trouble: AppError | None) -> str:
    if store is None:
        words = redacted(trouble.message_zh) if trouble else "没有打开"
        return f"数据文件没有打开：{trouble.code if trouble else '—'}\n{words}"
    health = store.check()
    lines = [f"数据版本 {health.revision}，SQLite {health.sqlite_version}"]
    lines += [f"问题：{redacted(fault)}" for fault in health.faults] or ["没有发现问题"]
    return "\n".join((*lines, *(f"{name} {count}" for name, count in health.counts)))


def _clean_log(text: str) -> str:
    """Each line without what may tell of a person; the time at its head stays."""
    return "\n".join(
        line[:23] + redacted(line[23:]) if line[:2] == "20" else redacted(line) for line in text.splitlines()
    )
