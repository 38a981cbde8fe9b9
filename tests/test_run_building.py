"""run.py as it builds and packages: its tools, its lock, and the environment that it may not clear."""

import re
import subprocess
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.model.program import VERSION

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "installer/requirements.lock")


@pytest.fixture
def run():
    spec = spec_from_file_location("run", ROOT / "run.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_builds_stands_beside_the_program_without_another_version_of_anything():
    texts = [(ROOT / name).read_text("utf-8") for name in LOCKS]
    program, builder = (dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE)) for text in texts)
    assert set(PROJECT["dependency-groups"]["build"]) <= set(builder)
    assert [name for name, version in builder.items() if program.get(name, version) != version] == []
    assert texts[1].count("--hash=sha256:") >= len(builder)
    assert "://" not in texts[1]


def test_version_stands_in_one_place_and_is_the_newest_in_the_list_of_changes():
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["setuptools"]["dynamic"]["version"]["attr"] == "core.model.program.VERSION"
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## (\S+)\uff08\d{4}-\d\d-\d\d\uff09$", changes, re.MULTILINE)[:1] == [VERSION]


def test_run_builds_with_the_tools_for_it_and_hands_the_kind_of_package_on(run, monkeypatch):
    acted = []
    monkeypatch.setattr(run, "provide_libraries", lambda **options: acted.append(options))
    monkeypatch.setattr(run, "provide_environment", lambda: None)
    monkeypatch.setattr(run, "provide_builder", lambda: acted.append("builder"))
    monkeypatch.setattr(run, "run_check", lambda *arguments: acted.append(arguments) or 0)
    run.main(["build"])
    run.main(["package", "deb"])
    ready = [{"window": True, "tools": True}, "builder"]
    assert acted == [
        *ready, ("-m", "installer.bundle"), *ready, ("-m", "installer.package", "deb"),
    ]  # fmt: skip


def test_tools_that_lack_are_installed_with_the_libraries(run, monkeypatch):
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run, "missing_packages", lambda *, window: [])
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.setattr(run, "apt", lambda command: False)
    with pytest.raises(SystemExit, match="binutils"):
        run.provide_libraries(window=True, tools=True)
    run.provide_libraries(window=True)


def test_what_only_building_needs_is_installed_once(run, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(run, "BUILD_STAMP", tmp_path / "build")
    monkeypatch.setattr(run.subprocess, "call", lambda command: asked.append(command[-1]) or 0)
    run.provide_builder()
    run.provide_builder()
    assert asked == [str(run.BUILD_LOCK)]


def test_an_environment_of_somebody_else_is_not_cleared(run, monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr(run.venv, "EnvBuilder", lambda **options: SimpleNamespace(create=made.append))
    monkeypatch.setattr(run, "VENV", tmp_path / "link")
    monkeypatch.setattr(run, "STAMP", tmp_path / "stamp")
    run.VENV.symlink_to(tmp_path)
    with pytest.raises(SystemExit, match="链接"):
        run.provide_environment()
    assert made == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such surroundings")
def test_checks_are_in_utf_8_where_the_system_is_not(run, monkeypatch):
    for name, value in {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}.items():
        monkeypatch.setenv(name, value)
    code = "import locale; print(locale.getpreferredencoding(False))"
    told = [
        subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True).stdout.strip()
        for env in (None, run.environment())
    ]
    assert told == ["ANSI_X3.4-1968", "UTF-8"]
