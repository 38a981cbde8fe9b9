"""Two versions of a text beside each other, as a page shows them."""

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a piece of text; a paragraph can also be CHANGED inside."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _LABELS[self]


_LABELS = {
    Change.KEPT: "未改",
    Change.ADDED: "新增",
    Change.REMOVED: "删去",
    Change.CHANGED: "修改",
}


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """A piece of a paragraph that was kept, added or removed as a whole."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """A paragraph of either version; only one that is CHANGED has runs of several kinds."""

    change: Change
    runs: tuple[ComparedRun, ...]

    @property
    def old(self) -> str:
        """The paragraph as it was; empty if it is new."""
        return "".join(run.text for run in self.runs if run.change is not Change.ADDED)

    @property
    def new(self) -> str:
        """The paragraph as it is; empty if it is gone."""
        return "".join(run.text for run in self.runs if run.change is not Change.REMOVED)
