"""诊断包, the number of a fault, and redaction: what helps those who help, and nothing of any person."""

import io
import logging
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from core.errors import StorageFailed
from core.rules.redacting import redacted
from core.services.diagnosis import ENTRIES, diagnosis, make_diagnosis, suggested_name
from core.services.log_file import LOG_NAME, log_bug, start_log, stop_log
from core.services.services import Services

AT = datetime(2026, 1, 8, 9, 30)
log = logging.getLogger("test")


@pytest.mark.parametrize(
    "told",
    [
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "\uff11\uff13\uff18\uff10\uff10\uff10\uff10\uff11\uff12\uff13\uff14",
        "+8613800001234",
        "028-85551234",
        "510112199003074518",
        "51011219900307451X",
        "510112 19900307 451x",
        "52510112MJ0123456X",
        "zhang.san@example.cn",
        "“张三”",
        "张三的表.xlsx",
        "张三.PDF",
    ],
)
def test_what_tells_of_a_person_is_taken_out(told: str) -> None:
    cleaned = redacted(f"没有存成 {told} 。")
    assert told not in cleaned
    assert cleaned.startswith("没有存成 ")
    assert cleaned.endswith(" 。")
    assert not any(part in cleaned for part in ("138", "1234", "张三", "5101", "zhang"))


def test_what_helps_stays() -> None:
    words = "core/services/files.py:27 in write_file, SQLite 3.53.4, 200 rows, KeyError"
    assert redacted(words) == words


def broken(value: str) -> None:
    raise KeyError(value)


def fault(value: str) -> Exception:
    try:
        try:
            broken(value)
        except KeyError as error:
            raise ValueError(value) from error
    except ValueError as error:
        return error
    raise AssertionError


def test_a_fault_has_one_number_wherever_it_is_told(tmp_path: Path) -> None:
    handler = start_log(tmp_path)
    first = log_bug(log, "Job 保存“张三.pdf” failed", fault("13800001234"))
    again = log_bug(log, "Job 保存 failed", fault("13900005678"))
    stop_log(handler)
    written = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert first == again
    assert written.count(f"[{first.number}]") == 2
    assert first.number in first.details
    for told in (written, first.details):
        assert "KeyError" in told and "ValueError" in told and "test_diagnosis.py" in told
        assert "broken" in told
        assert not any(part in told for part in ("13800001234", "13900005678", "张三", str(tmp_path)))


def test_a_fault_elsewhere_has_another_number() -> None:
    other = log_bug(log, "x", TypeError())
    assert other.number != log_bug(log, "x", fault("1")).number


def entries(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def test_the_package_tells_versions_surroundings_health_and_log(sample: Services) -> None:
    folder = sample.store.path.parent
    (folder / LOG_NAME).write_text("2026-01-08 09:30:00,123 ERROR gui 13800001234 “张三”\nx\n", "utf-8")
    (folder / "张三的表.xlsx").write_bytes(b"123")
    found = entries(diagnosis(folder, AT, sample.store))
    assert set(found) == {*ENTRIES, f"日志/{LOG_NAME}"}
    whole = "\n".join(found.values())
    assert "社评通 " in found[ENTRIES[0]] and "Python 3." in found[ENTRIES[0]]
    assert ".xlsx　1 个，3 字节" in found[ENTRIES[1]]
    assert "没有发现问题" in found[ENTRIES[2]] and "organizations 60" in found[ENTRIES[2]]
    assert found[f"日志/{LOG_NAME}"].startswith("2026-01-08 09:30:00,123 ERROR gui ")
    assert not any(part in whole for part in ("张三", "13800001234", str(folder)))


def test_the_package_of_a_store_that_does_not_open(tmp_path: Path) -> None:
    trouble = StorageFailed("store_damaged", "“张三”读不出来，电话 13800001234。")
    path = make_diagnosis(tmp_path / suggested_name(AT), tmp_path, AT, None, trouble)
    found = entries(path.read_bytes())
    assert path.name == "诊断包20260108-0930.zip"
    assert "store_damaged" in found[ENTRIES[2]]
    assert not any(part in found[ENTRIES[2]] for part in ("张三", "13800001234"))


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, sample: Services) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(StorageFailed):
        make_diagnosis(tmp_path / "文件" / "包.zip", tmp_path, AT, sample.store)
