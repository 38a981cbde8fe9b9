"""Nothing lies about: what the program defines it uses, what it depends on it imports, and the other way."""

import ast
import re
import sys
import tomllib
from collections import Counter
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = ("core", "db", "gui")
PROGRAM = [ROOT / "main.py", *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
MAKING = [ROOT / "run.py", ROOT / "build.spec", *(ROOT / "installer").rglob("*.py")]
CHECKING = list((ROOT / "tests").rglob("*.py"))
OWN = {*ROOMS, "installer", "main", "tests"}
WITHOUT_IMPORT = {"rl-accel"}
"""ReportLab takes it by itself: it breaks lines in C."""
ASKED_FOR = re.compile(
    r"__\w+__|[a-z]+[A-Z]\w*|_fields_|cache_ok|get_col_spec|_split_lines|(down|depends|branch)_\w+"
)
"""What libraries ask for: Qt and logging (their capitals tell), ctypes, argparse, SQLAlchemy, Alembic."""
SEEN_BY_TESTS = {"is_collapsed", "shown_items", "spot_rect", "year_actions"}
"""What a widget only draws, told to its tests."""
RIGHTS = "rights.py"
"""A right to call something is no call of it."""
_ENUMS = {"Enum", "StrEnum", "IntEnum", "Labelled"}


class Contents(NamedTuple):
    """What a file defines (members of an enum, found by their values, left out), uses and imports.

    A text may name something; a docstring does not.
    """

    defined: list[str]
    used: list[str]
    imported: set[str]


@cache
def contents(path: Path) -> Contents:
    found = Contents([], [], set())
    said: set[int] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(name, ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()):
                found.used.append(name)
            case ast.Expr(value):
                said.add(id(value))
            case ast.Constant(str(text)) if id(node) not in said and path.name != RIGHTS:
                found.used.extend(re.findall(r"\w+", text))
            case ast.Import(names):
                found.imported.update(alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module):
                found.imported.add(module.partition(".")[0])
            case ast.FunctionDef(name):
                found.defined.append(name)
            case ast.ClassDef(name):
                found.defined.extend((name, *assigned(node)))
            case ast.Module():
                found.defined.extend(assigned(node))
    return found


def assigned(place: ast.ClassDef | ast.Module) -> list[str]:
    """Constants and fields."""
    if any(isinstance(base, ast.Name) and base.id in _ENUMS for base in getattr(place, "bases", ())):
        return []
    targets = [
        target
        for each in place.body
        for target in (each.targets if isinstance(each, ast.Assign) else [getattr(each, "target", None)])
    ]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def spelled(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


def imported(paths: list[Path]) -> set[str]:
    """The distributions that give what is imported, at the top of a file or anywhere in it.

    What builds the bundle need not be installed here; it bears the name of what it gives.
    """
    packages = set().union(*(contents(path).imported for path in paths)) - sys.stdlib_module_names - OWN
    given_by = packages_distributions()
    return {spelled(name) for package in packages for name in given_by.get(package, [package])}


def test_the_program_uses_every_name_that_it_defines():
    """What only the tests use is dead, too; a name that two things bear hides one that is not used."""
    uses = Counter(re.findall(r"@(\w+)", (ROOT / "resources" / "qt" / "style.qss").read_text("utf-8")))
    names: dict[str, str] = {}
    for path in [*PROGRAM, *MAKING]:
        uses.update(contents(path).used)
        names |= dict.fromkeys(contents(path).defined, str(path.relative_to(ROOT)))
    unused = {name: place for name, place in names.items() if not (uses[name] or ASKED_FOR.fullmatch(name))}
    assert unused.keys() - SEEN_BY_TESTS == set(), unused
    assert SEEN_BY_TESTS - unused.keys() == set(), "no exceptions any more"


def test_the_program_imports_what_it_depends_on_and_depends_on_what_it_imports():
    depends = {spelled(each) for each in PROJECT["project"]["dependencies"]}
    assert imported(PROGRAM) | WITHOUT_IMPORT == depends


def test_tests_and_tools_import_what_they_name_and_every_tool_is_asked_for():
    groups = {spelled(each) for group in PROJECT["dependency-groups"].values() for each in group}
    imports = imported([*MAKING, *CHECKING])
    assert imports - groups - {spelled(each) for each in PROJECT["project"]["dependencies"]} == set()
    asked = "".join(path.read_text("utf-8") for path in MAKING)
    by = {"import-linter": "importlinter.cli", "pytest-xdist": '"-n"', "pip-audit": '"pip_audit"'}
    assert {name for name in groups - imports if by.get(name, f'"{name}"') not in asked} == set()
