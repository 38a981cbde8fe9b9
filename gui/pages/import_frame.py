"""The page of an import: a header with its steps, and one step at a time under it.

frame = ImportFrame("导入名册", mapping_step, preview_step, back=go_back)
frame.show_step(CHECKING, "名册.xlsx"); frame.is_checking(); frame.header; frame.set_narrow(narrow)
"""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.theme import set_kind
from gui.widgets.page import PageHeader
from gui.widgets.step_path import StepLine

STEPS = ("选择文件", "对应列", "核对预览", "完成")
MAPPING, CHECKING = 1, 2


class ImportFrame(QWidget):
    """What every import looks like."""

    def __init__(
        self, title: str, mapping: QWidget, checking: QWidget, *, back: Callable[[], object]
    ) -> None:
        super().__init__()
        self._narrow = False
        self._note = ""
        self._steps = StepLine(STEPS)
        self._stack = QStackedWidget()
        self.header = PageHeader(title)
        gap = QWidget()
        gap.setFixedWidth(16)
        for part in (gap, self._steps):
            self.header.add_beside_title(part)
        self.header.show_back(back)
        # What stands over the rows belongs to the head: the line under it is theirs.
        set_kind(self.header, "kind", "canvas")
        self._pages = {MAPPING: mapping, CHECKING: checking}
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def show_step(self, step: int, note: str) -> None:
        """Show one of the steps; `note` says what is imported."""
        self._note = note
        self._steps.set_current(step)
        self._stack.setCurrentWidget(self._pages[step])
        self._tell()

    def is_checking(self) -> bool:
        """Whether the rows are shown, not the columns."""
        return self._stack.currentWidget() is self._pages[CHECKING]

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self._steps.setVisible(not narrow)
        self._tell()

    def _tell(self) -> None:
        self.header.set_note("" if self._narrow else self._note)
