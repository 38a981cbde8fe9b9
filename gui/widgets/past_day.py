"""A past day of the register or a ledger: choosing the day, and the line that says so.

button = DayButton(services.clock, "活动"); button.chosen.connect(show)            a date
line = DayLine("活动"); line.show_day(day); line.show_day(None); line.left, line.change_asked
"""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QDate, QPoint, Signal
from PySide6.QtWidgets import QCalendarWidget, QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from gui.icons import icon
from gui.theme import scaled
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button


class DayButton(QToolButton):
    """A calendar in a menu, up to today by the clock."""

    chosen = Signal(object)

    def __init__(self, clock: Callable[[], datetime], what: str = "名册") -> None:
        super().__init__()
        self._clock = clock
        self.setProperty("bare", True)
        self.setProperty("dense", True)
        self.setIcon(icon("file-history-line"))
        self.setToolTip(f"看某一天的{what}")
        self.setAccessibleName(f"看某一天的{what}")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setMinimumSize(scaled(320), scaled(260))
        action = QWidgetAction(self)
        action.setDefaultWidget(self.calendar)
        menu = QMenu(self)
        menu.addAction(action)
        menu.aboutToShow.connect(self._end_today)
        self.setMenu(menu)
        self.calendar.activated.connect(self._choose)
        self.calendar.clicked.connect(self._choose)

    def choose_again(self, at: QPoint) -> None:
        """Offer the days elsewhere in the window."""
        self.menu().popup(at)

    def _end_today(self) -> None:
        today = self._clock()
        self.calendar.setMaximumDate(QDate(today.year, today.month, today.day))

    def _choose(self, day: QDate) -> None:
        self.menu().close()
        self.chosen.emit(day.toPython())


class DayLine(QWidget):
    """Hidden while today is shown."""

    left = Signal()
    change_asked = Signal(QPoint)

    def __init__(self, what: str = "名册") -> None:
        super().__init__()
        self._what = what
        self._banner = Banner("info", "", icon="file-history-line")
        self._change = push_button("换一天", self._ask, kind="link", dense=True)
        self.leave_button = push_button("回到今天", self.left.emit, dense=True)
        self._banner.add_button(self._change)
        self._banner.add_button(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self._banner)
        self.hide()

    def show_day(self, day: date | None) -> None:
        if day is not None:
            self._banner.set_text(f"显示 {day} 的{self._what}，只能看和导出")
        self.setVisible(day is not None)

    def text(self) -> str:
        """What it says; empty while today is shown."""
        return "" if self.isHidden() else self._banner.accessibleName()

    def _ask(self) -> None:
        self.change_asked.emit(self._change.mapToGlobal(self._change.rect().bottomLeft()))


def past_words(day: date) -> str:
    """Why nothing can be changed while a past day is shown."""
    return f"这里是 {day} 的内容，不能修改；请先回到今天。"
