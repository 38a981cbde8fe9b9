"""What is said about cells and columns while a file is read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

M = TypeVar("M")


class RemarkKind(StrEnum):
    """How serious a remark on a cell is: only a FAULT keeps the row out."""

    NOTE = "note"
    QUESTION = "question"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say about a value.

    A fault that `may_stand` can be kept as written by a person; `repair` is the whole text that would be
    right, where it is known.
    """

    kind: RemarkKind
    message: str
    remedy: str = ""
    may_stand: bool = False
    repair: str = ""


@dataclass(frozen=True, slots=True)
class TitledColumn(Generic[M]):
    """A column of a table: its place from 0, its title on one line, what it means (None: not understood).

    `group` are the heads that it shares with its neighbours.
    """

    index: int
    title: str
    meaning: M | None
    group: str = ""
