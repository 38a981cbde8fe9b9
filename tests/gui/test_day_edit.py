"""The field of a day."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.widgets.day_edit import DayEdit


def test_a_day_is_typed_and_left_by_one_tab(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    before, day, after = QLineEdit(), DayEdit(160), QLineEdit()
    for each in (before, day, after):
        column.addWidget(each)
    day.show_day(date(2026, 1, 8))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    qtbot.keyClicks(day, "20251231")
    assert day.day() == date(2025, 12, 31)
    qtbot.keyClick(day, Qt.Key.Key_Tab)
    assert window.focusWidget() is after
    qtbot.keyClick(after, Qt.Key.Key_Backtab)
    qtbot.keyClick(day, Qt.Key.Key_Backtab)
    assert window.focusWidget() is before
