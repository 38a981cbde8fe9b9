"""常用筛选: a button whose menu holds the filters that were kept for a list, and keeps the present one.

button = SavedViews(desk, desk.services.saved_views, "roster", filters); filters.add_widget(button)

`filters` says what it filters by as a text and can be told to filter so again: state(), restore(text).
"""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidgetAction

from core.model.saved_view import SavedView
from core.services.saved_views import SavedViewService
from gui.desk import Desk
from gui.icons import icon
from gui.theme import fix_width
from gui.widgets.buttons import literal

NAME_WIDTH = 300


class Filters(Protocol):
    """What filters a list."""

    def state(self) -> str: ...

    def restore(self, state: str) -> None: ...


class SavedViews(QToolButton):
    """Choose, keep and remove filters of one page."""

    def __init__(self, desk: Desk, service: SavedViewService, page: str, filters: Filters) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._page = page
        self._filters = filters
        self._views: tuple[SavedView, ...] = ()
        self.setProperty("bare", True)
        self.setProperty("dense", True)
        self.setAccessibleName("常用筛选")
        self.setToolTip("常用筛选：用保存过的筛选，或保存现在的筛选")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIcon(icon("filter-3-line"))
        self.setIconSize(QSize(18, 18))
        menu = QMenu(self)
        menu.aboutToShow.connect(self.reload)
        self.setMenu(menu)
        self._removal = QMenu("删除", self)
        self._fill()

    def reload(self) -> None:
        """Offer what is kept now."""
        self._work(lambda: None, "读取常用筛选")

    def _work(self, change: Callable[[], object], title: str) -> None:
        service, page = self._service, self._page

        def work(_report: object) -> tuple[SavedView, ...]:
            change()
            return service.of(page)

        self._desk.jobs.start(work, self._show, title=title)

    def _show(self, views: tuple[SavedView, ...]) -> None:
        if views != self._views:
            self._views = views
            self._fill()

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for view in self._views:
            menu.addAction(literal(view.name), partial(self._filters.restore, view.filters))
        if self._views:
            menu.addSeparator()
        self._name = QLineEdit()
        self._name.setPlaceholderText("给现在的筛选起个名称，按 Enter 保存")
        fix_width(self._name, NAME_WIDTH)
        self._name.setAccessibleName("常用筛选的名称")
        self._name.returnPressed.connect(self._keep)
        typed = QWidgetAction(menu)
        typed.setDefaultWidget(self._name)
        menu.addAction(typed)
        if self._views:
            menu.addMenu(self._removal)
        self._removal.clear()
        for view in self._views:
            self._removal.addAction(literal(view.name), partial(self._give_up, view.id))

    def _keep(self) -> None:
        state, name = self._filters.state(), self._name.text()
        self.menu().close()
        if not state:
            self._desk.warn("现在没有筛选，没有可以保存的。")
            return
        self._name.clear()
        self._work(lambda: self._service.save(self._page, name, state), "保存常用筛选")

    def _give_up(self, view_id: str) -> None:
        self._work(lambda: self._service.remove(view_id), "删除常用筛选")
