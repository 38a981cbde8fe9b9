"""A large dialog of three parts: what it is about, what it shows, its buttons.

class Lines(FramedDialog):
    def __init__(self, parent):
        super().__init__("窗口标题", (980, 520), parent)      pixels of the standard text size
        self.head.addWidget(...); self.middle.addWidget(table, 1); self.close_below("只能看")
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.labels import label


class FramedDialog(QDialog):
    """Modal; gone when it is closed; never larger than the screen."""

    def __init__(self, title: str, size: tuple[int, int], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._size = size
        head, foot = QFrame(), QFrame()
        head.setProperty("kind", "header")
        foot.setProperty("kind", "foot")
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(24, 14, 24, 14)
        self.head.setSpacing(8)
        self.middle = QVBoxLayout()
        self.middle.setSpacing(0)
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(24, 12, 24, 12)
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(self.middle, 1)
        column.addWidget(foot)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(*map(scaled, self._size)).boundedTo(self.screen().availableSize() * 0.9)

    def close_below(self, hint: str = "") -> None:
        """End the foot with a hint and the button of a dialog that only shows."""
        if hint:
            self.foot.addWidget(label(hint, "hint"))
        self.foot.addStretch(1)
        self.foot.addWidget(push_button("关闭", self.accept, kind="primary"))
