"""The filing matters of an organization in its detail pane: how far each is, and its clocks.

row = CaseRow(case); row.opened.connect(open_form)
GoodsRow({Good.TEAM: True})        the five ones as ticks
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.model.activities import Good
from core.model.filing import Transition
from core.model.filing_view import Clock, FilingCase, FilingState
from gui.glyphs import paint_glyph
from gui.theme import color, font, row_height, set_kind
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.labels import IconLabel, label

_STATE_KINDS = {
    FilingState.APPLYING: "info",
    FilingState.APPROVED: "ok",
    FilingState.REFUSED: "err",
    FilingState.WITHDRAWN: "mute",
}
_GOOD_FACES = {
    True: ("checkbox-circle-fill", "ok", "有"),
    False: ("close-line", "text3", "没有"),
    None: ("checkbox-blank-circle-line", "field", "没有核对"),
}


class CaseRow(QWidget):
    """One matter: what, how far, by when."""

    opened = Signal()

    def __init__(self, case: FilingCase) -> None:
        super().__init__()
        upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(label(_title(case.transition), "strong", wrap=True), 1)
        upper.addWidget(Badge(BadgeFace(case.state.label, _STATE_KINDS.get(case.state, "warn"))))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(upper)
        column.addWidget(label(_days(case.transition), "hint", wrap=True))
        for clock in case.running:
            column.addLayout(_clock_line(clock))
        for text in _remarks(case):
            column.addWidget(label(text, "hint", wrap=True))
        verb = "查看" if case.transition.outcome else "接着办"
        link = push_button(verb, self.opened.emit, kind="link", dense=True)
        link.setAccessibleName(f"{verb}{_title(case.transition)}")
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


class GoodsRow(QWidget):
    """Five ticks with their words, two in a line where five have no room."""

    def __init__(self, goods: Mapping[Good, bool]) -> None:
        super().__init__()
        self._goods = [(good.label, _GOOD_FACES[goods.get(good)]) for good in Good]
        self.setAccessibleName("五个一：" + "，".join(f"{word}{face[2]}" for word, face in self._goods))
        self.setToolTip("\n".join(f"{word}：{face[2]}" for word, face in self._goods))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 2 * row_height(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(13))
        width, height = self.width() / 3, self.height() / 2
        for place, (word, (glyph, token, _said)) in enumerate(self._goods):
            area = QRectF(place % 3 * width, place // 3 * height, width, height)
            paint_glyph(painter, QRectF(area.x(), area.center().y() - 8, 16, 16), glyph, color(token))
            painter.setPen(color("text"))
            painter.drawText(area.adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
        painter.end()


def _title(transition: Transition) -> str:
    about = f"：{transition.change_field}" if transition.change_field else ""
    return f"{transition.kind.label}{about}"


def _days(transition: Transition) -> str:
    dated = (
        ("申请", transition.applied_on),
        ("受理", transition.accepted_on),
        ("办结", transition.decided_on),
    )
    return "　".join(f"{day} {word}" for word, day in dated if day)


def _clock_line(clock: Clock) -> QHBoxLayout:
    token = "err" if clock.overdue_days else "warn" if clock.days_left <= 1 else "text2"
    line = QHBoxLayout()
    line.setSpacing(6)
    line.addWidget(IconLabel("time-line", token, 16))
    words = label(f"{clock.label}：{clock.words}\uff08{clock.due_on:%m-%d} 到期\uff09", token, wrap=True)
    set_kind(words, "kind", {"err": "err", "warn": "warn"}.get(token, "hint"))
    line.addWidget(words, 1)
    return line


def _remarks(case: FilingCase) -> Sequence[str]:
    change = case.transition
    changed = f"{change.old_value or '—'} → {change.new_value}" if change.new_value else ""
    missing = f"缺 {len(case.missing_papers)} 份材料：{'、'.join(case.missing_papers)}"
    return tuple(filter(None, (changed, missing if case.missing_papers else "", case.calendar_note)))
