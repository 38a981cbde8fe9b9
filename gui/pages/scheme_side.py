"""The left side of the scheme editor: the outline under the buttons that add, move and take out.

side = SchemeSide(); side.outline; side.asked(act, path)        acts: add, remove, up, down, form
`add` comes with the list and the number in it.
"""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from core.model.scheme_draft import Path
from core.model.scheme_parts import part_at, part_of
from gui.pages.scheme_outline import SchemeOutline
from gui.pages.scheme_places import Place, keys_at, lists_at
from gui.widgets.buttons import icon_button, push_button

_ACTS = (
    ("arrow-up-line", "上移\uff08Alt+↑\uff09", "up"),
    ("arrow-down-line", "下移\uff08Alt+↓\uff09", "down"),
    ("delete-bin-6-line", "删除\uff08Del\uff09", "remove"),
)


class SchemeSide(QWidget):
    """What can be added depends on the place selected."""

    asked = Signal(str, tuple)

    def __init__(self) -> None:
        super().__init__()
        self.outline = SchemeOutline()
        self.add_menu = QMenu(self)
        self._add = push_button("添加", dense=True)
        self._acts = [
            icon_button(icon, words, partial(self._ask, act), dense=True) for icon, words, act in _ACTS
        ]
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 8, 8, 8)
        tools.setSpacing(2)
        self._add.setMenu(self.add_menu)
        self._add.setProperty("menu", True)
        tools.addWidget(self._add)
        tools.addStretch(1)
        for button in self._acts:
            tools.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.outline, 1)
        self.outline.asked.connect(lambda act, _place: self._ask(act))

    def offer(self, place: Place) -> None:
        """Offer what can be done at a place: tables put into it, and beside it."""
        self.add_menu.clear()
        for known in lists_at(place) or [each for each in keys_at(place) if each.inline]:
            word = part_of(part_at(place.path), known.key).word
            self._offer(f"下级{word}" if known.key == "children" else word, (*place.path, known.key))
        if not place.is_page:
            *holder, number = place.path
            assert isinstance(number, int)
            self._offer(f"后面再加一个{part_at(place.path).word}", (*holder, number + 1))
        self._add.setEnabled(not self.add_menu.isEmpty())
        for button in self._acts:
            button.setEnabled(not place.is_page)

    def _offer(self, words: str, path: Path) -> None:
        self.add_menu.addAction(words).triggered.connect(lambda _on=False: self.asked.emit("add", path))

    def _ask(self, act: str) -> None:
        place = self.outline.place()
        if act == "add":
            self._add.showMenu()
        elif place is not None and (act == "form" or not place.is_page):
            self.asked.emit(act, place.path)
