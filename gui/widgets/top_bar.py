"""The top bar: seal, name, office, assessment year, search over everything, help, user.

bar.set_office("××街道社会事务办"); bar.set_user("张三")
bar.set_years((YearChoice(2026), YearChoice(2025)), YearChoice(2026))
bar.year_chosen.connect(...); bar.open_asked.connect(...)      year and code of the cycle; a new cycle
bar.search.changed / .show_hits / .hit_chosen     see gui/widgets/search_field.py
bar.user_menu.addAction(action)                   theme, text size, about
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from gui.actions import HELP
from gui.icons import icon
from gui.theme import bound_width, color, fix_height, fix_width, font
from gui.widgets.buttons import literal, push_button
from gui.widgets.labels import ElidedLabel, label, upright
from gui.widgets.search_field import SearchBox

TITLE_SHOWN = 10


class YearChoice(NamedTuple):
    """A year to choose; where it has several cycles, one of them by its code and title."""

    year: int
    cycle: str = ""
    title: str = ""

    @property
    def text(self) -> str:
        """What stands in the menu."""
        return f"{self.year} 年度 · {self.title}" if self.title else f"{self.year} 年度"

    @property
    def short_text(self) -> str:
        """What stands on the button, which has little room."""
        title = self.title if len(self.title) <= TITLE_SHOWN else f"{self.title[: TITLE_SHOWN - 1]}…"
        return self._replace(title=title).text


class Seal(QWidget):
    """The mark of the program: 评 in a square seal."""

    def __init__(self, side: int = 28) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.setAccessibleName("社评通")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_seal(painter, QRectF(self.rect()))
        painter.end()


def paint_seal(painter: QPainter, area: QRectF) -> None:
    """The seal into a square; white on the accent in both themes."""
    side = area.width()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("accent"))
    painter.drawRoundedRect(area, side / 6, side / 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 150), side / 28))
    inset = side / 10
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), side / 10, side / 10)
    face = font(16, bold=True)
    face.setPixelSize(round(side * 0.58))
    painter.setFont(face)
    painter.setPen(color("on_accent"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "评")


class TopBar(QFrame):
    """48 pixels that say whose data this is and which year."""

    year_chosen = Signal(int, str)
    open_asked = Signal()
    help_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "top")
        self._name = label("社评通", "heading")
        self._line = upright()
        self._office = ElidedLabel("", "secondary")
        self._year = push_button("", dense=True)
        self._year.setProperty("menu", True)
        self._year.setProperty("year", True)
        self._year.setMenu(QMenu(self._year))
        self.search = SearchBox(self)
        self._help = _tool("帮助", HELP.icon, HELP.tooltip)
        self._help.setShortcut(HELP.keys)
        self._help.clicked.connect(self.help_asked)
        self._user = _tool("", "user-3-line", "当前用户与显示设置")
        self.user_menu = QMenu(self._user)
        self._user.setMenu(self.user_menu)
        self._user.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._build()
        self.set_narrow(False)

    def _build(self) -> None:
        fix_height(self, 48)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)
        self._line.setFixedHeight(20)
        left = QHBoxLayout()
        left.setSpacing(8)
        for part in (Seal(), self._name, self._line):
            left.addWidget(part)
        left.addWidget(self._office)
        left.addWidget(self._year)
        left.addStretch(1)
        right = QHBoxLayout()
        right.setSpacing(8)
        right.addStretch(1)
        right.addWidget(self._help)
        right.addWidget(self._user)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.search)
        self._row.addLayout(right, 1)

    def set_office(self, name: str) -> None:
        self._office.set_whole_text(name)

    def set_user(self, name: str) -> None:
        self._user.setText(literal(name))
        self._user.setAccessibleName(f"用户：{name}")

    def set_years(self, choices: Sequence[YearChoice], chosen: YearChoice) -> QAction:
        """The assessment years and cycles to choose from; the chosen one stands on the button.

        What comes back opens another one.
        """
        self._year.setText(literal(chosen.short_text))
        self._year.setAccessibleName(f"考核年度：{chosen.text}")
        self._year.setToolTip("换一个考核年度" if chosen.short_text == chosen.text else chosen.text)
        menu = self._year.menu()
        menu.clear()
        group = QActionGroup(menu)
        for choice in choices:
            action = menu.addAction(literal(choice.text))
            action.setCheckable(True)
            action.setChecked(choice == chosen)
            action.triggered.connect(
                lambda _checked=False, choice=choice: self.year_chosen.emit(choice.year, choice.cycle)
            )
            group.addAction(action)
        menu.addSeparator()
        another = menu.addAction("开启考核……")
        another.triggered.connect(lambda _checked=False: self.open_asked.emit())
        return another

    def year_actions(self) -> list[QAction]:
        return self._year.menu().actions()

    def set_narrow(self, narrow: bool) -> None:
        self._name.setVisible(not narrow)
        self._line.setVisible(not narrow)
        self.search.setPlaceholderText("全部搜索" if narrow else "搜索组织、人员、文书、功能")
        fix_width(self.search, 220 if narrow else 360)
        # Search is in the middle only where there is room: the office and its year come first.
        bound_width(self._office, least=1 if narrow else 100)
        self._row.setStretch(2, 0 if narrow else 1)
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        self._help.setToolButtonStyle(style)


def _tool(text: str, icon_name: str, tooltip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setIcon(icon(icon_name))
    # As in push buttons: some air on the way to the word.
    button.setIconSize(QSize(26, 20))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setToolTip(tooltip)
    button.setAccessibleName(text or tooltip)
    return button
