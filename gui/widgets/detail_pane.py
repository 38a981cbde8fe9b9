"""The pane at the right of a list that follows its selection: title, badges, buttons, groups of facts.

pane = DetailPane("组织详情"); pane.closed.connect(...)
pane.set_head("凤凰社区平安巡逻队", (BadgeFace("正常", "ok"),))
pane.add_button(button)
pane.clear_groups()
pane.add_group("基本信息", (("社区", "凤凰社区"), ...), link="变更记录", on_link=self._history)
pane.add_widget(table)
pane.show_nothing("选中一个组织，这里显示它的详情")
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.theme import bound_width
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.card import FactRow, ScrollPane
from gui.widgets.labels import label, rule
from gui.widgets.layouts import clear

LABEL_WIDTH = 72


class DetailPane(QFrame):
    """320 wide by default; everything under the head scrolls."""

    closed = Signal()

    def __init__(self, name: str, *, width: int = 320, closable: bool = True) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setAccessibleName(name)
        bound_width(self, least=width)
        self._pane = ScrollPane(20)
        self._title = label("", "heading", wrap=True, selectable=True)
        self._badges = QHBoxLayout()
        self._badges.setSpacing(8)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        close = icon_button("close-line", "关闭详情", self.closed.emit, dense=True)
        if not closable:
            close.hide()
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        for part in (head, self._badges, self._buttons, self._groups):
            self._pane.body.addLayout(part)
        self._pane.body.addStretch(1)
        self._empty = label("", "secondary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._pane)
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 0, 0)
        box.addWidget(self._stack)

    def set_head(self, title: str, badges: Sequence[BadgeFace] = ()) -> None:
        self._stack.setCurrentIndex(0)
        self._title.setText(title)
        clear(self._badges)
        for face in badges:
            self._badges.addWidget(Badge(face))
        self._badges.addStretch(1)

    def add_button(self, button: QAbstractButton) -> None:
        self._buttons.insertWidget(self._buttons.count() - 1 if self._buttons.count() else 0, button)
        if self._buttons.count() == 1:
            self._buttons.addStretch(1)

    def clear_groups(self) -> None:
        clear(self._groups)

    def add_group(
        self,
        title: str,
        facts: Sequence[tuple[str, str]],
        *,
        link: str = "",
        on_link: Callable[[], object] | None = None,
    ) -> None:
        self._groups.addWidget(rule())
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(title, "strong", wrap=True), 1)
        if link:
            row.addWidget(push_button(link, on_link, kind="link", dense=True))
        self._groups.addWidget(head)
        for name, value in facts:
            self._groups.addWidget(FactRow(name, value, label_width=LABEL_WIDTH))

    def add_widget(self, widget: QWidget) -> None:
        self._groups.addWidget(widget)

    def show_nothing(self, text: str) -> None:
        self._empty.setText(text)
        self._stack.setCurrentIndex(1)
