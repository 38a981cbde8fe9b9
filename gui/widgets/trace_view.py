"""Why a result is what it is: one block a rule, joined by a line.

view = TraceView(); view.source_asked.connect(open_source)     the key of the pressed source
view.set_steps((TraceStep("规则 4", "按权重相加", "89.575", ("93.75 × 10 % + …",), (("查看评分表", key),)),))
badge instead of a figure: TraceStep("规则 9", "对照等次分数线", badge=BadgeFace("良好", "g2"), working=(...))
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.theme import color, font
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.card import ScrollPane
from gui.widgets.labels import label
from gui.widgets.layouts import clear
from gui.widgets.tab_order import put_in_place

CHIP_WIDTH = 52


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One rule that was applied: its number, what it did, what came out, the working, where it comes from."""

    rule: str
    title: str
    outcome: str = ""
    working: tuple[str, ...] = ()
    sources: tuple[tuple[str, Hashable], ...] = ()
    badge: BadgeFace | None = None


class _RuleChip(QWidget):
    """The rule's number, and the line that leads on to the next."""

    def __init__(self, text: str, *, last: bool) -> None:
        super().__init__()
        self._text, self._last = text, last
        self.setFixedWidth(round(max(CHIP_WIDTH, QFontMetricsF(font(12)).horizontalAdvance("规则 00") + 12)))

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self._height() + 8)

    def _height(self) -> int:
        return max(22, round(QFontMetricsF(font(12)).height()) + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._last:
            painter.fillRect(QRectF(self.width() / 2, self._height(), 1, self.height()), color("line2"))
        area = QRectF(0, 1, self.width(), self._height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("g3_bg"))
        painter.drawRoundedRect(area, 4, 4)
        painter.setFont(font(12, bold=True))
        painter.setPen(color("g3"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class TraceView(ScrollPane):
    """The steps in the order in which they were applied."""

    source_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(20)
        self.setAccessibleName("得分说明")
        self.body.setSpacing(0)
        self._links: list[QWidget] = []

    def set_steps(self, steps: Sequence[TraceStep]) -> None:
        clear(self.body)
        self._links = []
        for index, step in enumerate(steps):
            self.body.addWidget(self._block(step, last=index == len(steps) - 1))
        self.body.addStretch(1)
        put_in_place(self, self._links)
        self.verticalScrollBar().setValue(0)

    def _block(self, step: TraceStep, *, last: bool) -> QWidget:
        block = QWidget()
        block.setAccessibleName(f"{step.rule} {step.title} {step.outcome} {' '.join(step.working)}")
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(_RuleChip(step.rule, last=last))
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 16)
        words.setSpacing(4)
        words.addLayout(_head(step))
        for line in step.working:
            words.addWidget(label(line, "hint", wrap=True, selectable=True))
        for text, key in step.sources:
            link = push_button(f"{text} ›", partial(self.source_asked.emit, key), kind="link", dense=True)
            link.setProperty("small", True)
            words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self._links.append(link)
        row.addLayout(words, 1)
        return block


def _head(step: TraceStep) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(label(step.title, "strong", wrap=True), 1)
    if step.badge is not None:
        head.addWidget(Badge(step.badge))
    if step.outcome:
        head.addWidget(label(step.outcome, "heading"))
    return head
