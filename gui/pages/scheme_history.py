"""The draft being written and what it was before each change: every way to change it, and the way back."""

from dataclasses import dataclass

from core.model.scheme_draft import Path, Table, Value, inserted, moved, removed
from gui.pages.scheme_places import new_table

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class _Step:
    """A draft before a change, and the field that was changed; empty for tables put in, moved, taken out."""

    draft: Table
    field: tuple[Path, str] | None


class DraftHistory:
    """Typing on in one field is one step."""

    def __init__(self) -> None:
        self.draft = self._kept = Table()
        self._steps: list[_Step] = []

    def begin(self, draft: Table, kept: Table) -> None:
        """Write on from a draft; `kept` is what is stored of it."""
        self.draft, self._kept = draft, kept
        self._steps.clear()

    def keep(self, draft: Table) -> None:
        """This draft is stored, or given up, now."""
        self._kept = draft

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost."""
        return self.draft != self._kept

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._steps)

    def undo(self) -> None:
        """Take the last change back."""
        if self._steps:
            self.draft = self._steps.pop().draft

    def put(self, path: Path, key: str, value: Value | None) -> None:
        """Put a value into a table."""
        field = (path, key)
        if not self._steps or self._steps[-1].field != field:
            self._remember(field)
        self.draft = self.draft.put_at(path, self.draft.at(path).put(key, value))

    def add(self, path: Path) -> Path:
        """Put a new table into a list: in front of the one at the path, or at the end of the list there."""
        self._remember()
        if isinstance(path[-1], str):
            path = (*path, len(self.draft.at(path[:-1]).tables(path[-1])))
        self.draft = inserted(self.draft, path, new_table(self.draft, path))
        return path

    def remove(self, path: Path) -> None:
        """Take a table out."""
        self._remember()
        self.draft = removed(self.draft, path)

    def move(self, path: Path, by: int) -> Path:
        """Move a table within its list; where it is then."""
        self._remember()
        self.draft, target = moved(self.draft, path, by)
        return target

    def _remember(self, field: tuple[Path, str] | None = None) -> None:
        self._steps = [*self._steps[-MOST_STEPS:], _Step(self.draft, field)]
