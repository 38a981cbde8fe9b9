"""What is said about cells and columns while a file is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, without the full stop."""
        return "。".join(filter(None, (self.message, self.remedy)))


@dataclass(frozen=True, slots=True)
class TitledColumn(Generic[M]):
    """A column of a table: its place from 0, its title on one line, what it means (None: not understood).

    `group` are the heads that it shares with its neighbours.
    """

    index: int
    title: str
    meaning: M | None
    group: str = ""

    @property
    def whole_title(self) -> str:
        """The title below its group heads, as it is remembered."""
        return self.group + self.title


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where in a file a table is and what its columns mean, as far as a person says it.

    `sheet` is the best one if None; `header_row` counts from 1, 0 means that there is no head, None that it
    is to be found. `mapping` gives names of meanings by the place of their column, from 0; `titles` gives
    those that were once chosen for whole titles, empty for columns that were left out.
    """

    sheet: str | None = None
    header_row: int | None = None
    mapping: Mapping[int, str] | None = None
    titles: Mapping[str, str] = field(default_factory=dict)


ANYWHERE = TablePlace()


@dataclass(frozen=True, slots=True)
class SheetTop:
    """The first rows of a sheet as texts, for choosing sheet and head by eye."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FileLook:
    """How far a file is understood before its rows are read.

    `head` are the rows of the head, counted from 1 (empty where there is none); `titles` are the whole titles
    of the columns, `mapping` names what they mean. `message` says what a person has to know.
    """

    tops: tuple[SheetTop, ...]
    sheet: str
    head: range
    titles: tuple[str, ...]
    mapping: Mapping[int, str]
    message: str = ""
