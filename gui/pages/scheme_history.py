"""The draft being written and what it was before each change: every way to change it, back and forth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.model.scheme_codes import new_table
from core.model.scheme_draft import Path, Table, Value, inserted, moved, removed

MOST_STEPS = 200
Where = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class _Step:
    """The draft on the other side of a change, and the field or, without a key, the table it was made at."""

    draft: Table
    where: Where


class DraftHistory:
    """Typing on in one field is one step."""

    def __init__(self) -> None:
        self.draft = self._kept = Table()
        self._steps: list[_Step] = []
        self._undone: list[_Step] = []

    def begin(self, draft: Table, kept: Table) -> None:
        """Write on from a draft; `kept` is what is stored of it."""
        self.draft, self._kept = draft, kept
        self._steps.clear()
        self._undone.clear()

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

    def undo(self) -> Where | None:
        """Take the last change back; where it was made, None if there was none."""
        return self._cross(self._steps, self._undone)

    def redo(self) -> Where | None:
        """Make the change again that was taken back last; where."""
        return self._cross(self._undone, self._steps)

    def put(self, path: Path, key: str, value: Value | None) -> None:
        """Put a value into a table."""
        if self._undone or not self._steps or self._steps[-1].where != (path, key):
            self._remember(path, key)
        self.draft = self.draft.put_at(path, self.draft.at(path).put(key, value))

    def add(self, path: Path) -> Path:
        """Put a new table into a list: in front of the one at the path, or at the end of the list there."""
        if isinstance(path[-1], str):
            path = (*path, len(self.draft.at(path[:-1]).tables(path[-1])))
        self._remember(path)
        self.draft = inserted(self.draft, path, new_table(self.draft, path))
        return path

    def paste(self, path: Path, rows: Sequence[Mapping[str, Value | None]]) -> None:
        """Put values into the tables of a list from the one at the path on; new ones follow where it ends."""
        holder, name, first = path[:-2], str(path[-2]), path[-1]
        assert isinstance(first, int)
        self._remember(holder, name)
        for number, values in enumerate(rows, start=first):
            way = (*holder, name, number)
            if number == len(self.draft.at(holder).tables(name)):
                self.draft = inserted(self.draft, way, new_table(self.draft, way))
            table = self.draft.at(way)
            for key, value in values.items():
                table = table.put(key, value)
            self.draft = self.draft.put_at(way, table)

    def remove(self, path: Path) -> None:
        """Take a table out."""
        self._remember(path)
        self.draft = removed(self.draft, path)

    def move(self, path: Path, by: int) -> Path:
        """Move a table within its list; where it is then."""
        self._remember(path)
        self.draft, target = moved(self.draft, path, by)
        return target

    def _remember(self, path: Path, key: str = "") -> None:
        self._steps = [*self._steps[-MOST_STEPS:], _Step(self.draft, (path, key))]
        self._undone.clear()

    def _cross(self, taken: list[_Step], kept: list[_Step]) -> Where | None:
        if not taken:
            return None
        step = taken.pop()
        kept.append(replace(step, draft=self.draft))
        self.draft = step.draft
        return step.where
