"""A day typed, stepped or chosen from a calendar; the Tab key leaves it at once.

edit = DayEdit(168); edit.show_day(today); edit.dateChanged; edit.day()
"""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateEdit, QWidget

from gui.theme import fix_width


class DayEdit(QDateEdit):
    """Year, month and day follow each other as digits are typed; the arrows move between them and step."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        fix_width(self, width)

    def day(self) -> date:
        """The day it shows."""
        return date(*self.date().getDate())

    def show_day(self, day: date) -> None:
        """Show this day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Qt would stop at the month and at the day before it goes on.
        return QWidget.focusNextPrevChild(self, forward)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Who scrolls a form does not mean the day under the pointer.
        event.ignore()
