"""The grid of marks as its tests drive it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.pages.marks import MarksPane
from gui.pages.marks_book import Spot


def spot_of(pane: MarksPane, name: str, code: str) -> Spot:
    return Spot(next(each.id for each in pane.sheets.book.subjects if each.name == name), code)


def row_of(pane: MarksPane, name: str) -> int:
    return [each.name for each in pane.sheets.grid.shown()].index(name)


def bar_words(pane: MarksPane) -> str:
    return pane.sheets.bar.message.whole_text()


def press(qtbot: QtBot, pane: MarksPane, clipboard: str, key: Qt.Key) -> None:
    """Press Ctrl and a key over the cells, with this on the clipboard."""
    QGuiApplication.clipboard().setText(clipboard)
    pane.sheets.grid.cells.setFocus()
    qtbot.keyClick(pane.sheets.grid.cells, key, Qt.KeyboardModifier.ControlModifier)


def mark(qtbot: QtBot, pane: MarksPane, name: str, code: str, *, down: int, right: int) -> None:
    """Mark a block with Shift and the arrow keys."""
    pane.sheets.grid.go_to(spot_of(pane, name, code))
    pane.sheets.grid.cells.setFocus()
    for key, times in ((Qt.Key.Key_Down, down), (Qt.Key.Key_Right, right)):
        for _ in range(times):
            qtbot.keyClick(pane.sheets.grid.cells, key, Qt.KeyboardModifier.ShiftModifier)


def type_in(qtbot: QtBot, pane: MarksPane, text: str, end: Qt.Key) -> None:
    qtbot.keyClick(pane.sheets.grid.cells, Qt.Key.Key_F2)
    editor = pane.sheets.grid.cells.findChild(QLineEdit)
    editor.setText(text)
    end_editing(qtbot, pane, editor, end)


def end_editing(qtbot: QtBot, pane: MarksPane, editor: QLineEdit, key: Qt.Key) -> None:
    # Qt takes an editor's text after Enter only when it is back in the event loop.
    qtbot.keyClick(editor, key)
    qtbot.waitUntil(lambda: not pane.sheets.grid.is_editing())
