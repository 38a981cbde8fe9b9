"""Help is read on a screen where a Chinese character takes two columns."""

import re
import sys

import pytest

from core.cli import arguments
from core.cli.terminal import columns
from main import main


@pytest.mark.parametrize("command", [(), ("assess", "open"), ("entry", "add"), ("object", "decide")])
def test_words_begin_in_one_column_and_stay_on_the_screen(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*command, "--help"]) == 0
    lines = capsys.readouterr().out.partition("选项:")[2].splitlines()
    places = {
        columns(found[1]) for line in lines if (found := re.match(r"(  +-\S.*?  +|  +[a-z-]+  +)\S", line))
    }
    assert len(places) == 1
    assert max(map(columns, lines)) <= 80


def test_the_installed_program_is_called_by_its_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["C:/shepingtong/shepingtong-cli.exe"])
    arguments._parser.cache_clear()
    try:
        assert main(["assess", "open", "--help"]) == 0
    finally:
        arguments._parser.cache_clear()
    assert capsys.readouterr().out.startswith("用法：shepingtong-cli assess open ")
