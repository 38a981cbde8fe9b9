"""The options that answer what a service asks: its words are also the window's, which has a box to tick."""

from collections.abc import Mapping

_OPTIONS: Mapping[tuple[str, str], str] = {
    ("assess open", "participants_empty"): "名单用 --participants 给出。",
    ("assess report", "sheets_missing"): "要确认，加上 --accept-missing。",
    ("assess publish", "sheets_missing"): "要确认，加上 --accept-missing。",
    ("assess confirm", "objections_open"): "要确认，加上 --hold-objected。",
    ("ballots enter", "ballot_entered"): "录第二遍，加上 --second。",
}


def option_for(command: str, code: str) -> str:
    """The sentence that names the option for an error of a command; nothing where there is none."""
    return _OPTIONS.get((command, code), "")
