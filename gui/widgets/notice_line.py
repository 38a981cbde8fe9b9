"""The line that says what was just done, in figures, with a link to the result; it leaves by itself.

notice = NoticeLine(); notice.say("已导出 60 个组织", "打开文件夹", open_folder)
open_folder_of(path)
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.banner import Banner
from gui.widgets.buttons import icon_button, push_button

SHOWN_MS = 15_000


class NoticeLine(QWidget):
    """Hidden until something was done."""

    def __init__(self) -> None:
        super().__init__()
        self._banner = Banner("ok", "")
        self._link = push_button("", self._follow, kind="link", dense=True)
        self._on_link: Callable[[], object] = self.hide
        self._banner.add_button(self._link)
        self._banner.add_button(icon_button("close-line", "知道了", self.hide, dense=True))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self._banner)
        self.hide()

    def say(self, text: str, link: str = "", on_link: Callable[[], object] | None = None) -> None:
        self._banner.set_text(text)
        self._link.setText(link)
        self._link.setVisible(bool(link))
        self._on_link = on_link or self.hide
        self.show()
        self._timer.start()

    def text(self) -> str:
        """What it says; empty when it says nothing."""
        return self._banner.accessibleName() if not self.isHidden() else ""

    def _follow(self) -> None:
        self._on_link()


def open_folder_of(path: Path) -> None:
    """Show a file's folder in the system's own file window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
