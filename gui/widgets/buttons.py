"""Buttons as the style sheet knows them, and the parent of all painted ones.

A button whose handler somebody may not call (gui.rights) is shut.

push_button("打印", self._print, icon_name="printer-line", kind="primary|danger|flat|link|", dense=True)
menu.addAction(literal(name), act)                     a name in a menu, on a button or a tab
rename(button, "导入 12 行")                             its keys stay
jobs.start(..., ended=shut_while_busy(button))          it opens again and gets the keyboard back
icon_button("close-line", "关闭", self.close)          only an icon, 36 x 36, with tooltip and accessible name
class Tile(PaintedButton): def paint_face(self, painter): ...
"""

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from gui.icons import icon
from gui.rights import offer_act
from gui.theme import color

_ICON_TOKENS = {"primary": "on_accent", "danger": "err", "link": "link"}


ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def shut_while_busy(button: QAbstractButton) -> Callable[[], None]:
    """Shut a button whose work begins; what comes back opens it when the work has ended.

    Qt sends the keyboard of a shut button to another part of the window. If it is still there, it returns.
    """
    window = button.window()
    had_keyboard = window.focusWidget() is button
    button.setEnabled(False)
    sent_to = window.focusWidget()

    def open_again() -> None:
        button.setEnabled(True)
        if had_keyboard and window.focusWidget() is sent_to:
            button.setFocus()

    return open_again


class _PushButton(QPushButton):
    """Enter presses the button that has the focus; in a dialog Qt would press the default one instead."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


def push_button(
    text: str,
    handler: Callable[[], object] | None = None,
    *,
    icon_name: str = "",
    kind: str = "",
    dense: bool = False,
    tall: bool = False,
) -> QPushButton:
    """A push button; `kind` is "primary" (one a page), "danger", "flat", "link" or "" for a plain one."""
    button = _PushButton(text)
    button.setProperty("kind", kind)
    button.setProperty("dense", dense)
    button.setProperty("tall", tall)
    button.setAutoDefault(False)
    button.setAccessibleName(text)
    # Wider than high: the drawing stays 18 and gets some air on its way to the word.
    button.setIconSize(QSize(24, 18))
    if icon_name:
        button.setIcon(icon(icon_name, _ICON_TOKENS.get(kind, "text2")))
    if kind == "link":
        button.setCursor(Qt.CursorShape.PointingHandCursor)
    if handler is not None:
        button.clicked.connect(lambda _checked=False: handler())
        offer_act(button, handler)
    return button


def literal(name: str) -> str:
    """A name for a menu, a button or a tab, where Qt takes a single & for the mark of a key."""
    return name.replace("&", "&&")


def rename(button: QAbstractButton, text: str) -> None:
    """Give a button another word; its keys stay, which Qt would let go of with the old one."""
    keys = button.shortcut()
    button.setText(text)
    button.setAccessibleName(text)
    button.setShortcut(keys)


def icon_button(
    icon_name: str, tooltip: str, handler: Callable[[], object] | None = None, *, dense: bool = False
) -> QToolButton:
    """A button that is only an icon; the tooltip is its name for screen readers too."""
    button = QToolButton()
    button.setProperty("bare", True)
    button.setProperty("dense", dense)
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(18, 18))
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    if handler is not None:
        button.clicked.connect(lambda _checked=False: handler())
        offer_act(button, handler)
    return button


class PaintedButton(QAbstractButton):
    """A button that paints itself: repaints on hover and draws the focus ring."""

    RADIUS = 6.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    @abstractmethod
    def paint_face(self, painter: QPainter) -> None:
        """Paint everything but the focus ring."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_face(painter)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self.RADIUS)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)


def paint_focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """A 2-px ring inside the rectangle."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("focus"), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
