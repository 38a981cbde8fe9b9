"""The line under the marks: how many sheets stand how, as links, and the keys."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui.pages.marks_book import LATE, WRONG, SheetBook, SheetState
from gui.theme import fix_height
from gui.widgets.buttons import push_button
from gui.widgets.labels import IconLabel, label

KEYS = "Enter 向下　Tab 向右　F2 修改　Ctrl+V 从表格粘贴　Ctrl+D 向下填充　F8 下一处未填"


class MarksFoot(QFrame):
    """Counts that filter."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        fix_height(self, 30, spare=8)
        self._all = label("")
        self.late = push_button("", lambda: self.asked.emit("missing"), kind="link", dense=True)
        self.wrong = push_button("", lambda: self.asked.emit("faulty"), kind="link", dense=True)
        self._late_icon = IconLabel("time-line", "warn", 16)
        self._wrong_icon = IconLabel("error-warning-fill", "err", 16)
        self._recused = label("", "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(6)
        for part in (self._all, self._late_icon, self.late, self._wrong_icon, self.wrong, self._recused):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(label(KEYS, "caption"))

    def show_counts(self, book: SheetBook) -> None:
        """Count the sheets by their state."""
        late, wrong = book.count(LATE), book.count(WRONG)
        recused = book.count((SheetState.RECUSED,))
        self._all.setText(f"{len(book.subjects)} 个对象")
        self.late.setText(f"未交或缺项 {late}")
        self.wrong.setText(f"有误 {wrong}")
        self._recused.setText(f"回避 {recused}" if recused else "")
        for count, parts in ((late, (self._late_icon, self.late)), (wrong, (self._wrong_icon, self.wrong))):
            for part in parts:
                part.setVisible(bool(count))
