"""The ground everything stands on: what the tree holds, the lock, run.py, and the pinned Qt."""

import ast
import re
import sys
import tomllib
from importlib.metadata import distribution
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QObject, Signal

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = ("core", "db", "gui")
TOP_LEVEL = {
    *ROOMS, "resources", "tests", "docs", "main.py", "run.py", "build.spec", "debian-libs.txt",
    "pyproject.toml", "requirements.lock", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", ".ci",
    ".gitattributes", ".github", ".gitignore", "installer",
}  # fmt: skip
MEANINGLESS_NAMES = {"utils", "helpers", "common", "misc", "base", "manager"}


@pytest.fixture
def run():
    spec = spec_from_file_location("run", ROOT / "run.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def acted(run, monkeypatch):
    """What run.py would have done, as (action, arguments), on a machine that has everything."""
    calls = []
    monkeypatch.setattr(run, "provide_environment", lambda: None)
    monkeypatch.setattr(
        run, "provide_libraries", lambda *, window, tools: calls.append(("libraries", window))
    )
    monkeypatch.setattr(run, "run_check", lambda *arguments: calls.append(("check", arguments)) or 0)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run, "COLLECT", ("-c", "pass"))
    monkeypatch.setattr(run, "run_program", lambda *arguments: calls.append(("program", arguments)) or 0)
    return calls


@pytest.fixture
def making(run, monkeypatch, tmp_path):
    """Environments are only counted, and pip answers at once, so that run.py can be watched making them."""
    state = SimpleNamespace(environments=[], pip_status=0)
    builder = SimpleNamespace(create=state.environments.append)
    monkeypatch.setattr(run.venv, "EnvBuilder", lambda **options: builder)
    monkeypatch.setattr(run.subprocess, "call", lambda command: state.pip_status)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(run, "LOCK", tmp_path / "lock")
    run.LOCK.write_text("a==1", encoding="ascii")
    return state


def sources(*rooms):
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def names(requirements):
    return [re.match(r"[\w.-]+", requirement)[0].lower() for requirement in requirements]


def shipped_libraries():
    """What the program depends on, with all that this needs in turn, and the licences in each package."""
    found, left = {}, [*PROJECT["project"]["dependencies"]]
    while left:
        wanted = Requirement(left.pop())
        name = wanted.name.lower().replace("_", "-")
        if name not in found and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            package = distribution(name)
            found[name] = [
                path for path in package.files if re.search(r"(?i)\.dist-info/.*(licen|copying)", str(path))
            ]
            left += package.requires or ()
    return found


def test_top_level_holds_only_what_was_agreed():
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()}
    found = {path.name for path in ROOT.iterdir()} - ignored - {".git"}
    assert found <= TOP_LEVEL


def test_no_module_has_a_name_that_says_nothing():
    assert [path for path in sources(*ROOMS, "tests") if path.stem in MEANINGLESS_NAMES] == []


def test_package_files_are_empty():
    assert [path for path in sources(*ROOMS) if path.name == "__init__.py" and path.stat().st_size] == []


def test_no_file_or_function_outgrows_the_style():
    too_long = []
    places = (*ROOMS, "docs", "installer", "resources", "tests")
    for path in (*sources(*places), ROOT / "main.py", ROOT / "run.py"):
        text = path.read_text(encoding="utf-8")
        too_long += [(path.name, "file")] if text.count("\n") > 500 else []
        too_long += [
            (path.name, node.name)
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 50
        ]
    assert too_long == []


def test_what_a_linter_is_told_to_overlook_has_its_reason():
    overlooked = re.compile(r"#\s?noqa(?!: [A-Z0-9]+ - \S)")
    places = sources(*ROOMS, "docs", "installer", "tests")
    assert [path.name for path in places if overlooked.search(path.read_text("utf-8"))] == []


def test_every_law_is_tried_with_more_examples_in_a_search():
    numbered = [
        path.name for path in sources("tests") if re.search(r"max_examples=\d", path.read_text("utf-8"))
    ]
    assert numbered == []


def test_lock_names_no_registry():
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_library_that_is_shipped_has_its_licence_named():
    """The text comes with the library or lies in resources/licences; Qt has the LGPL of the strokes."""
    listed = (ROOT / "resources" / "licences.md").read_text(encoding="utf-8").lower().replace("_", "-")
    own = {path.stem for path in (ROOT / "resources" / "licences").iterdir()}
    if (ROOT / "resources" / "strokes" / "LGPL-3.txt").exists():
        own |= {"pyside6-essentials", "shiboken6"}
    shipped = shipped_libraries()
    assert [name for name in shipped if not re.search(rf"(?<![\w-]){name}(?![\w-])", listed)] == []
    assert [name for name, texts in shipped.items() if not texts and name not in own] == []


def test_lock_pins_every_dependency_with_hashes():
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==\S+(?: ;[^\\\n]*)? \\\n +--hash=sha256:", lock, re.MULTILINE))
    assert {name.replace("_", "-") for name in names(wanted)} <= pinned
    assert len(pinned) == lock.count("==") - lock.count(" == ")


def test_run_needs_nothing_installed():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imports |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imports} <= sys.stdlib_module_names


def test_run_shows_the_window_where_there_is_a_screen(run, acted, monkeypatch):
    monkeypatch.setattr(run, "has_screen", lambda: True)
    run.main([])
    assert acted == [("libraries", True), ("program", ("--demo",))]


def test_run_does_the_sample_year_where_there_is_no_screen(run, acted, monkeypatch, capsys):
    monkeypatch.setattr(run, "has_screen", lambda: False)
    run.main([])
    assert acted == [("program", ("sample-year", "-o", "sample-output"))]
    assert "sample-output" in capsys.readouterr().err


def test_run_hands_arguments_on(run, acted, monkeypatch):
    monkeypatch.setattr(run, "has_screen", lambda: False)
    run.main(["--", "check", "--json"])
    assert acted == [("program", ("check", "--json"))]


def test_run_searches_the_laws_with_random_examples(run, acted):
    run.main(["laws", "tests/core"])
    (_, (_, arguments)) = acted
    assert arguments == (*run.LAWS, "tests/core")
    assert run.LAWS[-4:] == ("--hypothesis-profile", "search", "-m", "hypothesis")


def test_run_stops_at_the_first_check_that_fails_and_names_it(run, acted, monkeypatch):
    monkeypatch.setattr(run, "run_check", lambda *arguments: int("mypy" in arguments))
    with pytest.raises(SystemExit, match="mypy"):
        run.main(["test"])
    assert acted == [("libraries", False)]


def test_modules_of_the_tests_are_compiled_before_they_run(run, monkeypatch, tmp_path):
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "part.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(run, "COLLECT", ("-c", "import part"))
    with run.compiled_beside() as wait:
        assert wait() == 0
    assert list(tmp_path.glob("__pycache__/part.*.pyc"))


def test_run_refuses_what_it_does_not_know(run, acted):
    with pytest.raises(SystemExit, match="看不懂“tset”"):
        run.main(["tset"])
    assert acted == []


@pytest.mark.parametrize(
    ("platform", "display", "screen"),
    [("linux", ":0", True), ("linux", "", False), ("win32", "", True)],
)
def test_screen_is_known_by_system_and_display(run, monkeypatch, platform, display, screen):
    monkeypatch.setattr(run, "sys", SimpleNamespace(platform=platform))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert run.has_screen() is screen


def test_libraries_of_a_window_come_on_top_of_those_always_needed(run, monkeypatch):
    monkeypatch.setattr(run, "loads", lambda library: library == "libGL.so.1")
    always, window = run.missing_packages(window=False), run.missing_packages(window=True)
    assert always == [
        "libglib2.0-0", "libegl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0", "libatomic1",
    ]  # fmt: skip
    assert window[: len(always)] == always
    assert "libxcb-cursor0" in window


def test_missing_libraries_are_named_when_they_cannot_be_installed(run, monkeypatch):
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run, "missing_packages", lambda *, window: ["libegl1", "libgl1"])
    monkeypatch.setattr(run, "apt", lambda command: False)
    with pytest.raises(SystemExit, match=r"sudo apt-get install .*libegl1 libgl1"):
        run.provide_libraries(window=False)


def test_environment_is_made_once_for_each_lock(run, making):
    for lock in ("a==1", "a==1", "a==2"):
        run.LOCK.write_text(lock, encoding="ascii")
        run.provide_environment()
    assert making.environments == [run.VENV, run.VENV]


def test_environment_that_could_not_be_filled_is_not_taken_for_ready(run, making):
    making.pip_status = 1
    with pytest.raises(SystemExit, match="网络"):
        run.provide_environment()
    assert not run.STAMP.exists()


class Counter(QObject):
    counted = Signal(bool)


def test_pinned_qt_survives_thousands_of_signals(qapp):
    """PySide6 6.12.0 on Python 3.11 loses a reference to True at each emit and aborts after some hundred."""
    heard = []
    counter = Counter()
    counter.counted.connect(heard.append)
    for _ in range(5000):
        counter.counted.emit(True)
    assert len(heard) == 5000
