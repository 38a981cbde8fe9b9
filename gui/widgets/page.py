"""What the shell shows in its middle, and the header every page starts with.

class RosterPage(Page):
    def reload(self) -> None: ...              load again; called when first shown and after every write
    def take_focus(self) -> None: ...          where the keyboard begins
    def set_narrow(self, narrow: bool): ...    less room: under 1100 wide or 600 high

header = PageHeader("名册", tabs=("社会组织", "社区\uff08村\uff09"))
header.tab_changed.connect(...); header.set_tab_text(0, "社会组织 60")
header.add_button(button)            from left to right, the primary one last; set_buttons(...) all anew
header.add_beside_title(badge); header.set_note("今天 2026-11-22"); header.show_back(self._back)
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from gui.theme import fix_height
from gui.widgets.buttons import icon_button
from gui.widgets.labels import label


class Page(QWidget):
    """One section of the window."""

    def reload(self) -> None:
        """Load what is shown again."""

    def take_focus(self) -> None:
        """Put the keyboard where the page's work begins; called when the user comes here."""

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a small or a normal window."""

    def may_leave(self) -> bool:
        """False keeps the user here, after the page itself has asked about unsaved input."""
        return True


class PageHeader(QFrame):
    """Title, tabs of sub-pages, secondary buttons, primary button."""

    tab_changed = Signal(int)

    def __init__(self, title: str, tabs: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self._back = icon_button("arrow-left-line", "返回\uff08Alt+Left\uff09")
        self._back.setShortcut("Alt+Left")
        self._back.hide()
        self._title = label(title, "title")
        self._beside = QHBoxLayout()
        self._beside.setSpacing(8)
        self.tabs = _tab_bar(tabs)
        self.tabs.currentChanged.connect(self.tab_changed)
        # Queued: the tab is turned after it was clicked.
        self.tabs.tabBarClicked.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        self._note = label("", "hint")
        self._note.hide()
        self._more = _more_button()
        self._buttons: list[QAbstractButton] = []
        self._folded: list[QAbstractButton] = []
        self._is_narrow = False
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        for part in (self._back, self._title):
            self._row.addWidget(part)
        self._row.addLayout(self._beside)
        self._row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        self._row.addWidget(self._note)
        self._row.addWidget(self._more)
        self.set_narrow(False)

    def _begin(self) -> None:
        """Who clicked a tab begins to work there; Qt would hand the keyboard to whatever comes next."""
        page = self.parent()
        while page is not None and not isinstance(page, Page):
            page = page.parent()
        if page is not None:
            page.take_focus()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_note(self, text: str) -> None:
        """A quiet remark at the right, before the buttons."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def set_tab_text(self, index: int, text: str) -> None:
        self.tabs.setTabText(index, text)

    def add_beside_title(self, widget: QWidget) -> None:
        self._beside.addWidget(widget)

    def add_button(self, button: QAbstractButton) -> None:
        """Add a button at the right end; all but the last fold into a menu when the window is narrow."""
        self._buttons.append(button)
        self._row.addWidget(button)
        button.installEventFilter(self)

    def set_buttons(self, buttons: Sequence[QAbstractButton]) -> None:
        """Show these buttons in place of those before, which stay with their page for another time.

        The keyboard stays in the header if it was on one of them: hiding a button hands it on.
        """
        focused = self.window().focusWidget()
        held = focused in self._buttons
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
        self._buttons, self._folded = [], []
        for button in buttons:
            self.add_button(button)
            button.show()
        self.set_narrow(self._is_narrow)
        if held and buttons:
            next((each for each in buttons if each is focused), buttons[-1]).setFocus()

    def show_back(self, handler: Callable[[], object]) -> None:
        """Show the arrow that leaves this page."""
        self._back.clicked.connect(lambda _checked=False: handler())
        self._back.show()

    def set_narrow(self, narrow: bool) -> None:
        """Fold all buttons but the primary one into ⋮ when there is little room."""
        self._is_narrow = narrow
        fix_height(self, 52 if narrow else 60)
        self._row.setContentsMargins(16 if narrow else 24, 0, 16 if narrow else 24, 0)
        for button in self._folded:
            button.show()
        # A button that its page has hidden stays hidden in both widths.
        self._folded = [button for button in self._buttons[:-1] if narrow and not _is_withdrawn(button)]
        menu = self._more.menu()
        for action in self.actions():
            self.removeAction(action)
        menu.clear()
        for button in self._folded:
            button.hide()
            menu.addAction(_action_of(button, menu))
        # In the header too: keys of an action that only stands in a closed menu do nothing.
        self.addActions(menu.actions())
        self._more.setVisible(bool(self._folded))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and watched in self._folded:
            folded = self._folded[self._folded.index(watched)]
            self.actions()[self._folded.index(watched)].setEnabled(folded.isEnabled())
        return False


def _is_withdrawn(button: QAbstractButton) -> bool:
    return button.isHidden() and button.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _action_of(button: QAbstractButton, menu: QMenu) -> QAction:
    action = QAction(button.icon(), button.text(), menu)
    action.setShortcut(button.shortcut())
    action.setEnabled(button.isEnabled())
    action.setToolTip(button.toolTip())
    if isinstance(button, QPushButton) and button.menu() is not None:
        action.setMenu(button.menu())
    else:
        action.triggered.connect(button.click)
    return action


def _more_button() -> QToolButton:
    more = icon_button("more-2-line", "更多操作")
    more.setMenu(QMenu(more))
    more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return more


def _tab_bar(texts: Sequence[str]) -> QTabBar:
    tabs = QTabBar()
    tabs.setDrawBase(False)
    tabs.setElideMode(Qt.TextElideMode.ElideNone)
    tabs.setExpanding(False)
    tabs.setAccessibleName("子页面")
    for text in texts:
        tabs.addTab(text)
    if not texts:
        # Never shown from here: without a parent it would be a window of its own for a moment.
        tabs.hide()
    return tabs
