"""Result packages: what was changed in one is named, what is none is refused."""

import json
from pathlib import Path

import pytest

from core.errors import AppError
from core.services.services import Services
from core.services.verification import verify_package

YEAR = 2025


def refusal(path: Path) -> AppError:
    with pytest.raises(AppError) as caught:
        verify_package(path)
    return caught.value


def test_a_changed_figure_in_a_package_is_named(sample: Services, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="还没有计算结果"):
        sample.verification.package(YEAR)
    sample.assessments.compute(YEAR)
    said = json.loads(sample.verification.package(YEAR))
    said["log_head"] += "0"
    path = tmp_path / "结果包.json"
    first = said["results"][0]["record"]
    names = {each["record"]["id"]: each["record"]["name"] for each in said["subjects"]}
    name = names[first["subject_id"]]
    first["final"] = "100.00"
    said["sheets"][3]["record"]["marks"][0] = 1_000_000
    said["results"].append(said["results"][0])
    path.write_text(json.dumps(said), "utf-8")
    found = verify_package(path)
    told = [str(each) for each in found.differences]
    assert not found.holds
    assert found.digest_kept != found.digest_now
    begun = (f"考核结果：{name}", "评分表：year/", "单位名称或日志校验码", f"{name}：得分留存的是“100”")
    for begin in (*begun, f"{name}：有 2 份结果"):
        assert any(each.startswith(begin) for each in told), begin
    said["sheets"][3]["record"]["marks"][0] = 999_000_000
    path.write_text(json.dumps(said), "utf-8")
    unusable = refusal(path)
    assert unusable.code == "package_unusable"
    assert any("导出以后被改动" in str(each) for each in unusable.problems)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package_broken"),
        (b"[" * 100_000, "package_broken"),
        (b'{"format": "other"}', "no_package"),
        (b'{"format": "shepingtong-result-package", "version": 9}', "package_newer"),
        (b'{"format": "shepingtong-result-package", "version": 1}', "package_broken"),
    ],
)
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "包.json"
    path.write_bytes(content)
    assert refusal(path).code == code
    assert refusal(tmp_path / "没有.json").code == "file_not_read"
    assert (list(tmp_path.iterdir()), path.read_bytes()) == ([path], content)
