"""The words of a block that the data fill: heads of a table, label of people, heading of a paragraph.

BlockHeads(block, words, parent).written.connect(put); .open()
"""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from core.model.document_text import TextBlock, TextPeople, TextTable
from core.services.document_editing import FieldWords
from gui.theme import fix_width
from gui.widgets.field_edit import FieldLine
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.labels import label

WIDTH = 560
MOST_WEIGHT = 99
VERB = "改好"


class BlockHeads(FittedDialog):
    """A line for each head; the relative width of a table's columns beside them."""

    written = Signal(object)

    def __init__(self, block: TextBlock, words: FieldWords, parent: QWidget | None = None) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle("改标题和表头")
        self._block = block
        self.lines: list[FieldLine] = []
        self.widths: list[QSpinBox] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        for name, text, weight in _heads(block):
            self._add(name, text, weight, words)
        hint = "宽度是各栏之间的比例；蓝色的是自动取的数。" if self.widths else "蓝色的是自动取的数。"
        self.words.addWidget(label(hint, "hint", wrap=True))
        self.words.addLayout(self._grid)
        self.end_with(FormFoot(self, VERB))
        self.lines[0].setFocus()

    def _add(self, name: str, text: str, weight: int, words: FieldWords) -> None:
        line, row = FieldLine(name), len(self.lines)
        line.set_words(words)
        line.set_text(text)
        word = label(name, "secondary")
        word.setBuddy(line)
        self._grid.addWidget(word, row, 0)
        self._grid.addWidget(line, row, 1)
        self.lines.append(line)
        if weight:
            width = QSpinBox()
            width.setRange(1, MOST_WEIGHT)
            width.setValue(weight)
            width.setPrefix("宽 ")
            width.setAccessibleName(f"{name}的宽度")
            fix_width(width, 112)
            self._grid.addWidget(width, row, 2)
            self.widths.append(width)

    def accept(self) -> None:
        super().accept()
        self.written.emit(self._made())

    def _made(self) -> TextBlock:
        texts = [line.text() for line in self.lines]
        if isinstance(self._block, TextTable):
            columns = tuple(
                replace(each, title=title, weight=width.value())
                for each, title, width in zip(self._block.columns, texts, self.widths, strict=True)
            )
            return replace(self._block, columns=columns)
        if isinstance(self._block, TextPeople):
            return replace(self._block, label=texts[0])
        return replace(self._block, heading=texts[0])


def _heads(block: TextBlock) -> list[tuple[str, str, int]]:
    """What each line is called, its text, the width of its column."""
    if isinstance(block, TextTable):
        return [(f"第 {place} 栏", each.title, each.weight) for place, each in enumerate(block.columns, 1)]
    if isinstance(block, TextPeople):
        return [("名单前的字", block.label, 0)]
    return [("标题", block.heading, 0)]
