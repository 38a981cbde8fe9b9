"""待办: what is overdue, due this week or later, the calendar of it, and the two reports for 督查.

Actions: todo shows the list, todo:TASK selects that task in it, calendar shows the month.
"""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.model.task_ledgers import OBLIGATIONS, TASKS
from core.model.task_view import CalendarMonth, ToDo, ToDoItem, Urgency
from core.model.tasks import Task
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.ledger_form import LedgerForm
from gui.pages.report import ReportPane
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_split import SideSplit
from gui.pages.todo_calendar import ToDoCalendar
from gui.pages.todo_detail import WIDTH, ToDoDetail
from gui.pages.todo_rows import TODO_COLUMNS, UrgencyChips, wanted_items
from gui.rights import needs
from gui.table_model import RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.buttons import push_button
from gui.widgets.empty_page import EmptyPage
from gui.widgets.labels import label
from gui.widgets.notice_line import NoticeLine
from gui.widgets.page import Page, PageHeader

LIST, CALENDAR, PROGRESS, TICKS = range(4)
LEAST_LIST = 660
"""Pixels of the standard text size that the filters of the list need beside the pane."""
NO_TASKS = "今年还没有任务；登记任务或者排进定期工作以后，这里列出进展。"


@dataclass(frozen=True, slots=True)
class ToDoView:
    """What the page shows, read at one moment, and how many tasks were made for it."""

    to_do: ToDo
    month: CalendarMonth
    made: int


def read_to_do(services: Services, day: date | None) -> ToDoView:
    """The list of today and the month of `day` or else of today; turns that have begun are made first."""
    today = services.clock().date()
    made = services.tasks.turns(today)
    shown = day or today
    return ToDoView(services.tasks.to_do(today), services.tasks.calendar(shown.year, shown.month), made)


class TodoPage(Page):
    """Four tabs under one header."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._to_do: ToDo | None = None
        self._month: CalendarMonth | None = None
        self._day: date | None = None
        self._items: tuple[ToDoItem, ...] = ()
        self._asked = ""
        self.header = PageHeader("待办", tabs=("清单", "日历", "各单位进展", "落实情况"))
        self.chips = UrgencyChips()
        self.filters = FilterBar(
            "查找事项", (("work_group", "工作组"), ("unit", "单位")), unit="项", width=168
        )
        self.model = RecordTableModel(TODO_COLUMNS, lambda item: item.key, parent=self)
        self.table = RecordTable(self.model, desk.settings, "todo", label="待办事项")
        self.detail = ToDoDetail(desk)
        self.calendar = ToDoCalendar()
        reports = desk.services.reports
        self.reports = {
            PROGRESS: ReportPane(desk, "各单位任务进展", reports.progress, NO_TASKS),
            TICKS: ReportPane(desk, "任务落实情况", reports.ticks, NO_TASKS),
        }
        self.notice = NoticeLine()
        self._nothing = label("", "secondary", wrap=True)
        self._left = QWidget()
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._new_turn = push_button("新增定期工作", self._new_obligation, icon_name="restart-line")
        self._new = push_button("新增任务", self._new_task, icon_name="add-line")
        self._new.setShortcut("Ctrl+N")
        self._new.setToolTip("登记一项任务\uff08Ctrl+N\uff09")
        for button in (self._new_turn, self._new):
            self.header.add_button(button)
        self.filters.add_widget(self.chips)
        self.table.set_row_height(56)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.filters, self.notice):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self._nothing, 1)
        self._split = SideSplit(self._left, self.detail, width=WIDTH, least=LEAST_LIST)
        self._empty = self._empty_page()
        for page in (QWidget(), self._split, self.calendar, self._empty, *self.reports.values()):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self._stack, 1)

    def _empty_page(self) -> EmptyPage:
        return EmptyPage(
            "task-line",
            "没有要办的事",
            "任务、定期工作（周例会、月研判、季总结、年考核）、备案事项的时限和工作组缺的文件都排在这里，按到期的先后。",
            buttons=(
                push_button("新增定期工作", self._new_obligation, icon_name="restart-line"),
                push_button("新增任务", self._new_task, icon_name="add-line", kind="primary"),
            ),
        )

    def _connect(self) -> None:
        self.header.tab_changed.connect(lambda _tab: self._show_tab())
        self.chips.changed.connect(lambda: self._refilter())
        self.filters.changed.connect(lambda: self._refilter())
        self.filters.search.returnPressed.connect(self.table.setFocus)
        self.table.current_changed.connect(self._show_item)
        self.table.opened.connect(lambda _item: self._open_detail())
        self.table.clicked.connect(lambda _index: self.detail.show())
        self.detail.closed.connect(self._close_detail)
        self.detail.edit_asked.connect(self._edit)
        self.detail.finished.connect(lambda title: self.notice.say(f"已完成：{title}"))
        self.calendar.day_wanted.connect(self._choose_day)
        self.calendar.item_chosen.connect(self._follow)
        leave = QShortcut(QKeyCombination(Qt.Key.Key_Escape), self.detail, self._close_detail)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What the shell asks for

    def reload(self) -> None:
        services, day = self._desk.services, self._day
        self._desk.jobs.start(lambda _report: read_to_do(services, day), self._show, title="读取待办")
        for report in self.reports.values():
            report.reload()

    def perform(self, action: str, argument: str) -> None:
        """todo:TASK selects that task; calendar shows the month."""
        self.header.tabs.setCurrentIndex(CALENDAR if action == "calendar" else LIST)
        self._asked = argument
        if self._to_do is not None:
            self._choose_asked()

    def take_focus(self) -> None:
        tab = self.header.tabs.currentIndex()
        if tab in self.reports:
            self.reports[tab].take_focus()
        else:
            (self.table if tab == LIST else self.calendar.grid).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self.header.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self._split.set_narrow(narrow)
        self.calendar.set_narrow(narrow)
        for report in self.reports.values():
            report.set_narrow(narrow)

    # Showing

    def _show(self, view: ToDoView) -> None:
        self._to_do = view.to_do
        self._month = view.month
        self._day = self._day or view.to_do.today
        items = self._items = (*view.to_do.waiting, *view.to_do.done)
        self.chips.set_counts(view.to_do)
        for name in ("work_group", "unit"):
            values = sorted({getattr(each.whose, name) for each in items} - {""})
            self.filters.set_choices(name, [(value, value) for value in values])
        self.header.set_tab_text(LIST, f"清单 {len(view.to_do.waiting)}")
        row = max(0, self.table.currentIndex().row())
        self.model.set_records(items)
        self._refilter(row)
        self._show_day()
        self._show_tab()
        self._choose_asked()
        if view.made:
            self._desk.jobs.saved.emit()

    def _show_tab(self) -> None:
        if self._to_do is None:
            return
        tab = self.header.tabs.currentIndex()
        if tab in self.reports:
            self._stack.setCurrentWidget(self.reports[tab])
        elif tab == CALENDAR:
            self._stack.setCurrentWidget(self.calendar)
        else:
            self._stack.setCurrentWidget(self._split if self.model.total() else self._empty)

    def _refilter(self, row: int = 0) -> None:
        """Show what is wanted; where the selected item has gone, the one in that row is next."""
        urgency = self.chips.chosen()
        self.model.set_filter(wanted_items(self.filters.needle(), urgency, self.filters.chosen()))
        shown, total = self.model.rowCount(), self._total(urgency)
        self.filters.set_count(shown, total)
        self.table.setVisible(shown > 0)
        self._nothing.setVisible(shown == 0)
        what = urgency.label if urgency else "待办"
        self._nothing.setText(f"没有符合条件的{what}事项" if total else f"没有{what}的事项")
        if shown and self.table.current_record() is None:
            self.table.select_ids(self.model.ids_at((min(row, shown - 1),)))
        self._show_item(self.table.current_record())

    def _total(self, urgency: Urgency | None) -> int:
        if self._to_do is None:
            return 0
        return len(self._to_do.waiting if urgency is None else getattr(self._to_do, urgency.value))

    def _show_item(self, item: ToDoItem | None) -> None:
        if self._to_do is not None and item != self.detail.item():
            self.detail.show_item(item, self._to_do.today)

    def _open_detail(self) -> None:
        self._split.show_side()
        self.detail.take_focus()

    def _close_detail(self) -> None:
        self._split.close_side()
        self.table.setFocus()

    def _choose_asked(self) -> None:
        """Select the task that was asked for, wherever the filters had hidden it."""
        wanted = [each for each in self._items if each.task and each.task.id == self._asked]
        self._asked = ""
        if not wanted:
            return
        self.filters.clear()
        done = wanted[0].deadline.urgency is Urgency.DONE
        self.chips.choose(Urgency.DONE if done else None)
        self.table.select_ids((wanted[0].key,))
        self._split.show_side()

    # The calendar

    def _choose_day(self, day: date) -> None:
        """Show a day at once if its month is there, else read that month."""
        self._day = day
        month = self._month
        if month and (day.year, day.month) == (month.year, month.month):
            self._show_day()
            return
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: services.tasks.calendar(day.year, day.month),
            self._show_month,
            title="读取日历",
        )

    def _show_month(self, month: CalendarMonth) -> None:
        """An answer that was overtaken by a further key press is dropped."""
        if self._day and (month.year, month.month) == (self._day.year, self._day.month):
            self._month = month
            self._show_day()

    def _show_day(self) -> None:
        if self._month and self._day:
            self.calendar.show_month(self._month, self._day)

    def _follow(self, item: ToDoItem) -> None:
        if item.task:
            self.perform("todo", item.task.id)
        elif item.link != "todo":
            self._desk.go(item.link)

    # Doing

    @needs("ledgers.save")
    def _new_task(self) -> None:
        LedgerForm(self._desk, TASKS, None, self).open()

    @needs("ledgers.save")
    def _new_obligation(self) -> None:
        LedgerForm(self._desk, OBLIGATIONS, None, self).open()

    @needs("ledgers.save")
    def _edit(self, task: Task) -> None:
        LedgerForm(self._desk, TASKS, task, self).open()
