"""A path of steps: what is done, where we are, what comes.

path = StepPath(); path.set_steps((Step("名册冻结", "10-08 完成", StepState.DONE), ...))
path.chosen.connect(go)                 the index of the step that was pressed
small = StepLine(("选择文件", "对应列", "核对预览", "完成")); small.set_current(2)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.glyphs import paint_glyph
from gui.theme import color, font
from gui.widgets.buttons import PaintedButton
from gui.widgets.layouts import clear
from gui.widgets.tab_order import put_in_place

RADIUS = 14
HALO = 17
TOP = 20


class StepState(Enum):
    """Where a step stands; PARTIAL is begun with gaps that do not hold up the next one."""

    DONE = auto()
    PARTIAL = auto()
    CURRENT = auto()
    COMING = auto()

    @property
    def label(self) -> str:
        """Chinese, for screen readers."""
        return {
            "DONE": "已完成",
            "PARTIAL": "还没有完成",
            "CURRENT": "正在进行",
            "COMING": "未开始",
        }[self.name]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, a line of figures or a date, its state."""

    title: str
    caption: str = ""
    state: StepState = StepState.COMING


def paint_disc(painter: QPainter, middle: QPointF, radius: float, number: int, state: StepState) -> None:
    """The numbered or ticked disc of a step."""
    area = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(Qt.PenStyle.NoPen)
    if state is StepState.DONE:
        painter.setBrush(color("ok"))
        painter.drawEllipse(area)
        half = radius * 0.42
        paint_glyph(painter, area.adjusted(half, half, -half, -half), "check-line", color("surface"))
        return
    if state is StepState.CURRENT:
        painter.setBrush(color("accent"))
    else:
        edge = QPen(color("warn"), 2) if state is StepState.PARTIAL else QPen(color("field"), 1.5)
        painter.setPen(edge)
        painter.setBrush(color("surface"))
        half = edge.widthF() / 2
        area.adjust(half, half, -half, -half)
    painter.drawEllipse(area)
    face = font(13 if radius < RADIUS else 14, bold=True)
    painter.setFont(face)
    ink = {StepState.CURRENT: "on_accent", StepState.PARTIAL: "warn"}.get(state, "text2")
    painter.setPen(color(ink))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number))


class _StepButton(PaintedButton):
    def __init__(self, number: int, step: Step, before: Step | None, last: bool) -> None:
        super().__init__()
        self._number, self._step, self._before, self._last = number, step, before, last
        self.setAccessibleName(f"第 {number} 步 {step.title}，{step.state.label}，{step.caption}")
        self.setToolTip(f"{step.title}\uff08{step.state.label}\uff09")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(14)).height() + QFontMetrics(font(12)).height()
        return QSize(72, TOP + HALO + words + 8)

    def minimumSizeHint(self) -> QSize:
        # Where four characters of a title do not fit, titles are smaller and then cut, but never the path.
        return QSize(QFontMetrics(font(14, bold=True)).horizontalAdvance("名") * 3, self.sizeHint().height())

    def paint_face(self, painter: QPainter) -> None:
        middle = QPointF(self.width() / 2, TOP)
        self._paint_line(painter, middle)
        if self._step.state is StepState.CURRENT or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("sel_line" if self._step.state is StepState.CURRENT else "hover"))
            painter.drawEllipse(middle, HALO, HALO)
        paint_disc(painter, middle, RADIUS, self._number, self._step.state)
        self._paint_words(painter)

    def _paint_line(self, painter: QPainter, middle: QPointF) -> None:
        """Half of the line to each neighbour; both halves of a line have one colour."""
        gap = HALO + 3
        if self._before is not None:
            painter.setPen(_line_pen(self._before))
            painter.drawLine(QPointF(0, TOP), QPointF(middle.x() - gap, TOP))
        if not self._last:
            painter.setPen(_line_pen(self._step))
            painter.drawLine(QPointF(middle.x() + gap, TOP), QPointF(self.width(), TOP))

    def _paint_words(self, painter: QPainter) -> None:
        current = self._step.state is StepState.CURRENT
        coming = self._step.state is StepState.COMING
        painter.setFont(font(14, bold=current))
        height = painter.fontMetrics().height()
        if painter.fontMetrics().horizontalAdvance(self._step.title) > self.width():
            painter.setFont(font(12, bold=current))
        painter.setPen(color("accent_text" if current else "text2" if coming else "text"))
        top = TOP + HALO + 4
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        title = painter.fontMetrics().elidedText(self._step.title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, top, self.width(), height), centre, title)
        painter.setFont(font(12))
        lower = painter.fontMetrics()
        painter.setPen(color("warn" if self._step.state is StepState.PARTIAL else "text3"))
        caption = lower.elidedText(self._step.caption, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, top + height, self.width(), lower.height()), centre, caption)


class StepPath(QWidget):
    """Equal steps side by side; each is a button."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("考核进度")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 8, 8, 8)
        self._row.setSpacing(0)
        self._steps: tuple[Step, ...] = ()

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these; the keyboard stays where it is if they are the same as before."""
        if self._steps == tuple(steps):
            return
        self._steps = tuple(steps)
        clear(self._row)
        buttons = []
        for index, step in enumerate(steps):
            before = steps[index - 1] if index else None
            button = _StepButton(index + 1, step, before, index == len(steps) - 1)
            button.clicked.connect(lambda _checked=False, index=index: self.chosen.emit(index))
            self._row.addWidget(button, 1)
            buttons.append(button)
        put_in_place(self, buttons)


class StepLine(QWidget):
    """A small path for the header of a page that is done in steps; it only shows."""

    SMALL = 11

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_current(self, index: int) -> None:
        """Steps before the index are done."""
        self._current = index
        self.setAccessibleName(f"第 {index + 1} 步 {self._titles[min(index, len(self._titles) - 1)]}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(14, bold=True))
        words = sum(metrics.horizontalAdvance(title) for title in self._titles)
        return QSize(words + len(self._titles) * (2 * self.SMALL + 50), 32)

    def _state_of(self, index: int) -> StepState:
        if index == self._current:
            return StepState.CURRENT
        return StepState.DONE if index < self._current else StepState.COMING

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 1.0, self.height() / 2
        for index, title in enumerate(self._titles):
            state = self._state_of(index)
            paint_disc(painter, QPointF(left + self.SMALL, middle), self.SMALL, index + 1, state)
            left += 2 * self.SMALL + 6
            face = font(14, bold=state is StepState.CURRENT)
            width = QFontMetricsF(face).horizontalAdvance(title)
            painter.setFont(face)
            painter.setPen(color("text" if state is StepState.CURRENT else "text2"))
            painter.drawText(QRectF(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, title)
            left += width + 10
            if index < len(self._titles) - 1:
                painter.setPen(QPen(color("line2"), 1.5))
                painter.drawLine(QPointF(left, middle), QPointF(left + 24, middle))
                left += 34
        painter.end()


def _line_pen(before: Step) -> QPen:
    """The line after a step: green once the next one can be taken."""
    passed = before.state in (StepState.DONE, StepState.PARTIAL)
    return QPen(color("ok"), 2) if passed else QPen(color("line2"), 1.5)
