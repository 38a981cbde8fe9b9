"""What stands where nothing is yet: what belongs here, and the first step.

In a low window the icon gives way, and what is still too high scrolls.

EmptyPage("contacts-book-2-line", "名册还是空的", "导入现有的花名册表格……", buttons=(sample, import_primary),
          also="没有现成表格？", links=(("逐个新增", self._new),))
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.theme import bound_width, scaled
from gui.widgets.buttons import push_button
from gui.widgets.card import ScrollPane
from gui.widgets.labels import IconLabel, label, rule

LOW = 360
"""Pixels of the standard text size: a page that is lower has no room for the icon."""


class EmptyPage(ScrollPane):
    """A card in the middle of the page."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        *,
        buttons: Sequence[QAbstractButton] = (),
        also: str = "",
        links: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        super().__init__(margin=16, is_stop=False)
        middle = Qt.AlignmentFlag.AlignHCenter
        card = QFrame()
        card.setProperty("kind", "card")
        bound_width(card, most=640)
        bound_width(card, least=420)
        column = self._column = QVBoxLayout(card)
        column.setContentsMargins(56, 32, 56, 20)
        column.setSpacing(14)
        self._icon = IconLabel(icon, "text3", 32, disc="track", disc_size=72)
        column.addWidget(self._icon, 0, middle)
        for words in (label(title, "title"), label(text, "secondary", wrap=True)):
            words.setAlignment(middle)
            column.addWidget(words)
        column.addLayout(_centred(buttons, 12))
        if buttons:
            self.setFocusProxy(buttons[0])
        if links:
            column.addWidget(rule())
            made = [push_button(word, handler, kind="link", dense=True) for word, handler in links]
            column.addLayout(_centred((label(also, "hint"), *made), 4))
        outer = QHBoxLayout()
        outer.addStretch(1)
        outer.addWidget(card, 8, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        self.body.addLayout(outer, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = event.size().height() < scaled(LOW)
        self._icon.setHidden(low)
        self._column.setContentsMargins(56, 16 if low else 32, 56, 12 if low else 20)


def _centred(widgets: Sequence[QWidget], spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
