"""A result package that is opened by itself."""

import json
from pathlib import Path

import pytest

from core.services.services import Services
from gui.package_check import show_package
from tests.gui.conftest import RecordingMessages

YEAR = 2025


@pytest.fixture
def package(computed: Services, tmp_path: Path) -> Path:
    path = tmp_path / "结果.sptpkg"
    path.write_bytes(computed.verification.package(YEAR))
    return path


def test_a_package_is_computed_again_and_told(package: Path, messages: RecordingMessages) -> None:
    assert show_package(package, messages) == 0
    assert messages.questions == ["结果包完好，和重新计算的一致"]
    digest = json.loads(package.read_text("utf-8"))["cycle"]["digest"]
    assert ("数据校验码", digest[:8].upper()) in messages.facts[0]
    said = json.loads(package.read_text("utf-8"))
    said["results"][0]["record"]["award"] = "没有得过的奖"
    package.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    assert show_package(package, messages) == 1
    assert [error.code for error in messages.errors] == ["package_differs"]
    assert messages.errors[0].problems
    package.write_text("{}", "utf-8")
    assert show_package(package, messages) == 4
