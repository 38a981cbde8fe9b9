"""How items of the to-do list are shown: their columns, badges and icons, and which of them are wanted.

TODO_COLUMNS                            for a RecordTableModel[ToDoItem]
deadline_badge(item), ICONS[item.source]
wanted_items("例会", Urgency.OVERDUE, {"work_group": "群众文体"}) -> predicate
chips = UrgencyChips(); chips.changed.connect(refilter); chips.chosen() -> Urgency or None for all that waits
"""

import unicodedata
from collections.abc import Callable, Hashable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from core.model.task_view import ToDo, ToDoItem, ToDoSource, Urgency
from gui.table_model import CellIcon, Column
from gui.theme import font, set_kind
from gui.widgets.badge import BadgeFace

ICONS = {
    ToDoSource.TASK: "task-line",
    ToDoSource.TURN: "restart-line",
    ToDoSource.FILING: "file-list-3-line",
    ToDoSource.PAPERS: "file-text-line",
}
_BADGES = {
    Urgency.OVERDUE: ("err", "error-warning-line"),
    Urgency.THIS_WEEK: ("warn", "time-line"),
    Urgency.LATER: ("line", ""),
    Urgency.DONE: ("ok", "check-line"),
}
CHIP_ROOM = 24


def deadline_badge(item: ToDoItem) -> BadgeFace:
    """How the item stands to its due day."""
    stands = item.deadline
    if stands.urgency is Urgency.DONE and (stands.days_left or 0) < 0:
        return BadgeFace(f"{stands.words}完成", "mute")
    return BadgeFace(stands.words, *_BADGES[stands.urgency])


def due_text(item: ToDoItem) -> str:
    """The due day as tables show it; empty for none."""
    return str(item.deadline.due_on or "")


TODO_COLUMNS: tuple[Column[ToDoItem], ...] = (
    Column(
        "事项",
        lambda item: item.title,
        stretch=True,
        bold=True,
        second=lambda item: item.whose.words or "没有写明归属",
        icon=lambda item: CellIcon(ICONS[item.source], "err" if is_late(item) else "text2"),
    ),
    Column("来源", lambda item: item.source.label, width=104, quiet=True, narrow=False),
    Column(
        "期限",
        due_text,
        width=112,
        sort_key=lambda item: item.deadline.due_on,
    ),
    Column("情况", lambda item: item.deadline.words, width=172, badges=lambda item: (deadline_badge(item),)),
)


def is_late(item: ToDoItem) -> bool:
    return item.deadline.urgency is Urgency.OVERDUE


def wanted_items(
    needle: str, urgency: Urgency | None, chosen: Mapping[str, Hashable]
) -> Callable[[ToDoItem], bool]:
    """What decides whether an item is shown; without an urgency all that is not done."""
    words = unicodedata.normalize("NFKC", needle).lower().split()

    def wanted(item: ToDoItem) -> bool:
        stands = item.deadline.urgency
        if stands is not urgency and not (urgency is None and stands is not Urgency.DONE):
            return False
        if any(getattr(item.whose, name) != value for name, value in chosen.items()):
            return False
        said = "\n".join((item.title, item.whose.words, item.task.search_key if item.task else "")).lower()
        return all(word in said for word in words)

    return wanted


class UrgencyChips(QWidget):
    """One chip for each urgency with its count; pressing the chosen one again shows all that waits."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chosen: Urgency | None = None
        self._chips = {each: QToolButton() for each in Urgency}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for urgency, chip in self._chips.items():
            chip.setProperty("chip", True)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setCheckable(True)
            chip.clicked.connect(lambda _checked=False, urgency=urgency: self._press(urgency))
            row.addWidget(chip)
        self.set_counts(None)

    def chosen(self) -> Urgency | None:
        return self._chosen

    def choose(self, urgency: Urgency | None) -> None:
        self._chosen = urgency
        for each, chip in self._chips.items():
            chip.setChecked(each is urgency)
            set_kind(chip, "active", each is urgency)
        self.changed.emit()

    def chip(self, urgency: Urgency) -> QToolButton:
        return self._chips[urgency]

    def set_counts(self, to_do: ToDo | None) -> None:
        """Count anew; None where nothing is known yet."""
        for urgency, chip in self._chips.items():
            items: tuple[ToDoItem, ...] = getattr(to_do, urgency.value) if to_do else ()
            chip.setText(f"{urgency.label} {len(items)}")
            chip.setAccessibleName(f"只看{urgency.label}，{len(items)} 项")
            chip.setToolTip(f"只看{urgency.label}的事项；再点一次看全部待办")
        self._fit()

    def _press(self, urgency: Urgency) -> None:
        self.choose(None if urgency is self._chosen else urgency)

    def _fit(self) -> None:
        for chip in self._chips.values():
            width = QFontMetrics(font(14, bold=True)).horizontalAdvance(chip.text())
            chip.setFixedWidth(width + CHIP_ROOM)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
