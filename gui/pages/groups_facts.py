"""The head of a work group: its name and class, who leads and helps it, what it is for.

facts = GroupFacts(); facts.show_group(group, category, leader="吴十", convener="张甲")
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.model.organization import WorkGroup
from gui.theme import bound_width
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.labels import ElidedLabel, label, rule
from gui.widgets.layouts import clear

MISSING = BadgeFace("未填", "warn", "time-line")


class GroupFacts(QWidget):
    """A name line and a card."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ElidedLabel("", "heading")
        self._category = Badge(BadgeFace("", "mute"))
        self._number = label("", "hint")
        self._grid = QGridLayout()
        self._duties = label("", wrap=True, selectable=True)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._name)
        head.addWidget(self._category)
        head.addStretch(1)
        head.addWidget(self._number)
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(10)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        inside.addLayout(self._grid)
        inside.addWidget(rule())
        duties = QHBoxLayout()
        duties.setSpacing(12)
        word = label("工作职责", "hint")
        bound_width(word, least=60)
        duties.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        duties.addWidget(self._duties, 1)
        inside.addLayout(duties)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(card)

    def show_group(self, group: WorkGroup, category: str, *, leader: str, convener: str) -> None:
        """Show this group and who leads it."""
        self._name.set_whole_text(group.name)
        self._category.set_face(BadgeFace(category or "未定类别", "mute"))
        self._number.setText(f"第 {group.position} 组")
        self._duties.setText(group.duties or "—")
        facts = (
            ("牵头领导", leader, True),
            ("牵头人", convener, True),
            ("联动部门", "、".join(group.linked_departments), False),
            ("协调单位", group.coordinating_unit, False),
        )
        clear(self._grid)
        for place, (word, text, wanted) in enumerate(facts):
            self._grid.addWidget(label(word, "hint"), 0, place)
            top_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            if text or not wanted:
                value = label(text or "—", "strong", wrap=True, selectable=True)
                value.setAccessibleName(f"{word}：{text or '—'}")
                self._grid.addWidget(value, 1, place)
            else:
                self._grid.addWidget(Badge(MISSING), 1, place, top_left)
            self._grid.setColumnStretch(place, 1)
