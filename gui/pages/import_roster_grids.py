"""Small tables of words for the pane beside the import preview.

word_grid(("表头", "读作"), rows)                         the first column is quiet
comparison_grid(("项目", "名册中", "表格中"), rows)       field, old value, new value
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.theme import fix_width, scaled
from gui.widgets.labels import label

FIELD_WIDTH = 80
# Longer values have no room beside each other, and numbers do not wrap.
SHORT = 12
_TOP = Qt.AlignmentFlag.AlignTop


def word_grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> QWidget:
    """Words and what belongs to them."""
    holder, grid = _empty_grid(head)
    for number, cells in enumerate(rows, start=1):
        for place, text in enumerate(cells):
            value = label(text, "" if place else "hint", wrap=True, selectable=place > 0)
            grid.addWidget(value, number, place, _TOP)
    grid.setColumnMinimumWidth(0, scaled(FIELD_WIDTH))
    grid.setColumnStretch(1, 1)
    return holder


def comparison_grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> QWidget:
    """Old beside new; long values stand under each other."""
    holder, grid = _empty_grid(head)
    for field, old, new in rows:
        number = grid.rowCount()
        word = label(field, "hint", wrap=True)
        fix_width(word, FIELD_WIDTH)
        grid.addWidget(word, number, 0, _TOP)
        is_long = max(len(old), len(new)) > SHORT
        before = label(old, wrap=True, selectable=True)
        after = label(f"→ {new}" if is_long else new, "strong", wrap=True, selectable=True)
        if is_long:
            grid.addWidget(before, number, 1, 1, 2, _TOP)
            grid.addWidget(after, number + 1, 1, 1, 2, _TOP)
        else:
            grid.addWidget(before, number, 1, _TOP)
            grid.addWidget(after, number, 2, _TOP)
    for place in (1, 2):
        grid.setColumnStretch(place, 1)
    return holder


def _empty_grid(head: Sequence[str]) -> tuple[QWidget, QGridLayout]:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    for place, word in enumerate(head):
        grid.addWidget(label(word, "caption"), 0, place)
    return holder, grid
