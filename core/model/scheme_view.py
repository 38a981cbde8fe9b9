"""Schemes as lists show them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """A scheme to choose: `own` where the office loaded it, at this moment; else it came with the program."""

    code: str
    name: str
    own: bool
    loaded_at: str = ""
