"""The left rail of sections: icon and word, or icon over word when it is collapsed.

    rail = Rail(); rail.add_item("roster", "名册", "contacts-book-2"); rail.chosen.connect(show)

`icon` is the name without its ending: "-line" is shown, "-fill" for the current section.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QVBoxLayout

from gui.glyphs import paint_glyph
from gui.theme import color, font, row_height, scaled
from gui.widgets.buttons import PaintedButton


class RailItem(PaintedButton):
    """One section."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._icon = icon
        self._collapsed = False

    def set_face(self, text: str, icon: str) -> None:
        self.setText(text)
        self._icon = icon

    def set_collapsed(self, collapsed: bool) -> None:
        self._collapsed = collapsed
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._collapsed:
            return QSize(scaled(56), max(48, scaled(18) + 30))
        return QSize(scaled(128), row_height(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), self.sizeHint().height() - 8)

    def paint_face(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("surface" if self.isChecked() else "line"))
            painter.drawRoundedRect(area, self.RADIUS, self.RADIUS)
        if self.isChecked():
            painter.setBrush(color("accent"))
            painter.drawRoundedRect(QRectF(0, area.center().y() - 10, 3, 20), 1.5, 1.5)
        token = "accent_text" if self.isChecked() else "text2"
        name = f"{self._icon}-fill" if self.isChecked() else f"{self._icon}-line"
        painter.setPen(color(token))
        if self._collapsed:
            self._paint_stacked(painter, area, name, token)
        else:
            self._paint_row(painter, area, name, token)

    def _paint_row(self, painter: QPainter, area: QRectF, name: str, token: str) -> None:
        paint_glyph(painter, QRectF(14, area.center().y() - 10, 20, 20), name, color(token))
        painter.setFont(font(14, bold=self.isChecked()))
        painter.drawText(area.adjusted(46, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _paint_stacked(self, painter: QPainter, area: QRectF, name: str, token: str) -> None:
        painter.setFont(font(12, bold=self.isChecked()))
        words = painter.fontMetrics().height()
        top = (area.height() - 20 - words) / 2
        paint_glyph(painter, QRectF(area.center().x() - 10, top, 20, 20), name, color(token))
        line = QRectF(0, top + 20, area.width(), words)
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, self.text())


class Rail(QFrame):
    """All sections; emits the key of the one chosen."""

    chosen = Signal(str)
    collapse_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setAccessibleName("栏目")
        self._items: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._collapsed = False
        self._fold = RailItem("收起", "menu-fold")
        self._fold.setCheckable(False)
        self._fold.clicked.connect(self.toggle)
        self._upper, self._lower = QVBoxLayout(), QVBoxLayout()
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(8, 12, 8, 8)
        for part in (self._upper, self._lower):
            part.setSpacing(4)
            box.addLayout(part)
        box.insertStretch(1, 1)
        self._lower.addWidget(self._fold)
        self._arrange()

    def add_item(self, key: str, text: str, icon: str, *, bottom: bool = False) -> RailItem:
        item = RailItem(text, icon)
        item.clicked.connect(lambda _checked=False: self.chosen.emit(key))
        self._items[key] = item
        self._group.addButton(item)
        if bottom:
            self._lower.insertWidget(self._lower.count() - 1, item)
        else:
            self._upper.addWidget(item)
        item.set_collapsed(self._collapsed)
        return item

    def set_current(self, key: str) -> None:
        self._items[key].setChecked(True)

    def is_collapsed(self) -> bool:
        return self._collapsed

    def set_collapsed(self, collapsed: bool, *, forced: bool = False) -> None:
        """Show icons over words; `forced` by a narrow window hides the button that would undo it."""
        self._collapsed = collapsed
        self._fold.setVisible(not forced)
        self._arrange()

    def toggle(self) -> None:
        """Fold or unfold, as the button at the bottom does."""
        self.set_collapsed(not self._collapsed)
        self.collapse_changed.emit(self._collapsed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()
        super().changeEvent(event)

    def _arrange(self) -> None:
        margin = 4 if self._collapsed else 8
        self._box.setContentsMargins(margin, 8 if self._collapsed else 12, margin, 8)
        self.setFixedWidth(scaled(56 if self._collapsed else 128) + 2 * margin + 1)
        self._fold.set_face(*(("展开", "menu-unfold") if self._collapsed else ("收起", "menu-fold")))
        self._fold.setAccessibleName(self._fold.text() + "栏目")
        self._fold.setToolTip(self._fold.text() + "栏目")
        for item in (*self._items.values(), self._fold):
            item.set_collapsed(self._collapsed)
