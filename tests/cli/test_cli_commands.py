"""Commands are found by their names, and only what a command needs is loaded."""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from core.cli import access, arguments, backups
from core.cli.commands import command_of
from core.cli.terminal import Answer, show

ROOT = Path(__file__).resolve().parents[2]
ANSWERED_BEFORE_THE_STORE = {"diagnosis", "try-scheme", *access.COMMANDS, *backups.COMMANDS}


def leaves(parser: argparse.ArgumentParser, said: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command of the grammar."""
    kinds = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not kinds or not kinds[0].required:
        yield " ".join(said)
    for name, inner in kinds[0].choices.items() if kinds else ():
        yield from leaves(inner, (*said, name))


def test_every_command_of_the_grammar_is_carried_out_by_something() -> None:
    commands = set(leaves(arguments._parser())) - {""} - ANSWERED_BEFORE_THE_STORE
    assert len(commands) > 100
    assert all(callable(command_of(each)) for each in commands)


def test_a_command_loads_no_other_commands_and_no_other_desks() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, core.cli.commands as commands, core.services.services\n"
            "commands.command_of('assess compute')\n"
            "print(*(each for each in sys.modules if each.startswith('core.')))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "core.cli.assessing" in loaded
    assert not {"core.cli.documents", "core.cli.certificates", "core.services.documents"} & set(loaded)


def test_the_check_counts_records_in_the_clerks_words(
    new_office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(new_office, tmp_path / "office"))
    assert main.main(["--data", str(folder), "check"]) == 0
    counts = capsys.readouterr().out.splitlines()[-1]
    assert counts.startswith("记录数：类别 9，")
    assert not any(map(str.isascii, filter(str.isalpha, counts)))


def test_texts_of_an_answer_are_masked_and_its_figures_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    show(Answer({"size": 10_737_418_240, "said": ("电话 13812345678",)}, ()), as_json=True)
    assert json.loads(capsys.readouterr().out) == {"size": 10_737_418_240, "said": ["电话 138****5678"]}
