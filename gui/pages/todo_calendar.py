"""日历: the month at the left, the list of the chosen day beside it.

calendar = ToDoCalendar(); calendar.show_month(month, day)
calendar.day_wanted(date)               another day was chosen, perhaps of another month
calendar.item_chosen(item)              an item of the day's list was pressed
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.model.task_view import CalendarMonth, ToDoItem
from gui.pages.roster_split import SideSplit
from gui.pages.todo_month import MonthGrid, day_title, month_after
from gui.pages.todo_rows import ICONS, deadline_badge
from gui.theme import bound_width, fix_height
from gui.widgets.banner import Banner
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.card import ScrollPane
from gui.widgets.labels import label
from gui.widgets.to_do_list import ToDo, ToDoList

SIDE_WIDTH = 320


class ToDoCalendar(QWidget):
    """The month at the left, the chosen day at the right."""

    day_wanted = Signal(object)
    item_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[ToDoItem, ...] = ()
        self._day = date.min
        self._today = date.min
        self.grid = MonthGrid()
        self.list = ToDoList()
        self._title = label("", "heading")
        self._day_title = label("", "heading", wrap=True)
        self._nothing = label("这一天没有到期的事项", "secondary")
        self._note, self._note_place = Banner("warn", ""), QWidget()
        self._split = SideSplit(self._left(), self._side(), width=SIDE_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)
        self.grid.day_wanted.connect(self.day_wanted)
        self.grid.opened.connect(self._open_day)
        self.list.chosen.connect(lambda place: self.item_chosen.emit(self._items[place]))

    def _left(self) -> QWidget:
        left = QWidget()
        bar = QFrame()
        bar.setProperty("kind", "filters")
        fix_height(bar, 32, spare=20)
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        back = icon_button(
            "arrow-left-s-line", "上个月\uff08PageUp\uff09", lambda: self._turn(-1), dense=True
        )
        forth = icon_button(
            "arrow-right-s-line", "下个月\uff08PageDown\uff09", lambda: self._turn(1), dense=True
        )
        today = push_button("今天", lambda: self.grid.want(self._today), dense=True)
        today.setToolTip("回到今天\uff08Home\uff09")
        for button in (back, forth, today):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(label("灰底的日子不上班；方向键选日子，Enter 看清单", "caption"))
        around = QVBoxLayout(self._note_place)
        around.setContentsMargins(16, 8, 16, 8)
        around.addWidget(self._note)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._note_place)
        column.addWidget(self.grid, 1)
        return left

    def _side(self) -> QFrame:
        side = QFrame()
        side.setProperty("kind", "pane")
        side.setAccessibleName("这一天的事项")
        bound_width(side, least=SIDE_WIDTH)
        self._back = icon_button("close-line", "回到日历\uff08Esc\uff09", self.show_grid, dense=True)
        self._back.setShortcut("Esc")
        self._back.hide()
        head = QHBoxLayout()
        head.addWidget(self._day_title, 1)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        pane = ScrollPane(20)
        pane.body.addLayout(head)
        pane.body.addWidget(self._nothing)
        pane.body.addWidget(self.list)
        pane.body.addStretch(1)
        box = QVBoxLayout(side)
        box.setContentsMargins(1, 0, 0, 0)
        box.addWidget(pane)
        return side

    def show_month(self, month: CalendarMonth, day: date) -> None:
        """Show a month with one of its days chosen."""
        self._day, self._today = day, month.today
        self._title.setText(f"{month.year}年{month.month}月")
        self._note_place.setVisible(bool(month.note))
        self._note.set_text(month.note)
        self.grid.show_month(month, day)
        shown = self.grid.shown_day()
        self._items = shown.items if shown else ()
        self._day_title.setText(day_title(shown) if shown else "")
        self._nothing.setVisible(not self._items)
        self.list.setVisible(bool(self._items))
        self.list.set_rows([_row(each) for each in self._items])

    def shown_items(self) -> tuple[ToDoItem, ...]:
        return self._items

    def show_grid(self) -> None:
        """Back to the month of a small window."""
        self._split.show_list()
        self.grid.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._split.set_narrow(narrow)
        self._back.setVisible(narrow)

    def _open_day(self) -> None:
        self._split.show_side()
        rows = self.list.findChildren(QAbstractButton)
        if self._items and len(rows) >= len(self._items):
            # Rows of the day shown before may wait to be deleted; the new ones come last.
            rows[-len(self._items)].setFocus()
        else:
            self._back.setFocus()

    def _turn(self, months: int) -> None:
        self.grid.want(month_after(self._day, months))


def _row(item: ToDoItem) -> ToDo:
    """Without a badge: the pane is narrow, and the title matters more."""
    badge = deadline_badge(item)
    second = " · ".join(filter(None, (badge.text, item.whose.words)))
    token = badge.kind if badge.kind in ("err", "warn", "ok") else "text2"
    verb = "打开" if item.task or item.link != "todo" else "尚未开始"
    return ToDo(ICONS[item.source], token, item.title, second, None, verb)
