"""Offices made by the command line itself, once; tests work on copies of their data folders."""

import shutil
from pathlib import Path

import pytest

from main import main


@pytest.fixture(scope="session")
def new_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office with an empty register and the backup that its first command makes."""
    folder = tmp_path_factory.mktemp("new") / "office"
    for arguments in (("init", "--office", "示例街道办事处"), ("check",)):
        assert main(["--data", str(folder), *arguments]) == 0
    return folder


@pytest.fixture(scope="session")
def roster_office(new_office: Path, tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """The data folder of an office with the sample roster."""
    folder = Path(shutil.copytree(new_office, tmp_path_factory.mktemp("roster") / "office"))
    assert main(["--data", str(folder), "import", "roster", str(data / "roster.xlsx")]) == 0
    return folder
