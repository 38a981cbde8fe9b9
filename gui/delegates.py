"""The one painter of every table cell: selection, ticks, tints, badges, icons, runs, second lines.

Set by RecordTable; a page never needs to touch it.
"""

from math import ceil
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from gui.glyphs import paint_glyph
from gui.table_model import NO_VALUE, Cell, CellIcon, Column, Index, RecordTableModel, TextRun
from gui.theme import color, font
from gui.view_option import read_option
from gui.widgets.badge import badge_width, paint_badge

PADDING = 12
ICON = 18
BADGE_GAP = 6
TICK = 18

_TINTS = {"warn": ("warn_bg", "warn"), "err": ("err_bg", "err"), "mute": ("sunken", "text3")}
_RUN_TOKENS = {"quiet": "text2", "old": "text3", "new": "text", "err": "err", "warn": "warn", "info": "info"}
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _RIGHT = _LINE | Qt.AlignmentFlag.AlignLeft, _LINE | Qt.AlignmentFlag.AlignRight


def paint_tick(painter: QPainter, middle: QPointF, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """A tick box around a point."""
    area = QRectF(middle.x() - TICK / 2, middle.y() - TICK / 2, TICK, TICK)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state == Qt.CheckState.Unchecked:
        painter.setPen(QPen(color("field"), 1))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent" if enabled else "disabled"))
        painter.drawRoundedRect(area, 4, 4)
        name = "check-line" if state == Qt.CheckState.Checked else "subtract-line"
        paint_glyph(painter, area.adjusted(2, 2, -2, -2), name, color("on_accent"))
    painter.restore()


class RecordDelegate(QStyledItemDelegate):
    """Paints the cells of a RecordTableModel."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.hover_row = -1
        self.grid = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        area = read_option(option).rect
        selected = bool(read_option(option).state & QStyle.StateFlag.State_Selected)
        painter.setClipRect(area)
        records, row, place = _records_of(index), index.row(), index.column()
        cell = records.cell_at(row, place)
        tint = cell.tint if cell else ""
        painter.fillRect(area, self._background(index, selected, tint))
        self._paint_lines(painter, area, index, selected)
        if cell is None:
            state = Qt.CheckState.Checked if records.is_checked(row) else Qt.CheckState.Unchecked
            paint_tick(painter, QRectF(area).center(), state)
        else:
            self._paint_cell(painter, QRectF(area), cell, records.columns[place])
        self._paint_current(painter, area, index)
        painter.restore()

    def _background(self, index: Index, selected: bool, tint: str) -> QColor:
        if tint:
            return color(_TINTS[tint][0])
        if selected and not self.grid:
            return color("sel")
        if _records_of(index).is_checked(index.row()):
            return color("soft")
        return color("hover" if index.row() == self.hover_row else "surface")

    def _paint_lines(self, painter: QPainter, area: QRect, index: Index, selected: bool) -> None:
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, color("line"))
        if self.grid:
            painter.fillRect(area.right(), area.y(), 1, area.height(), color("line"))
        elif selected and area.x() <= 0:
            painter.fillRect(area.x(), area.y(), 3, area.height(), color("accent"))

    def _paint_current(self, painter: QPainter, area: QRect, index: Index) -> None:
        view = self.parent()
        if not isinstance(view, QAbstractItemView) or not view.hasFocus():
            return
        current = view.currentIndex()
        if self.grid and current == index:
            painter.setPen(QPen(color("focus"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        elif not self.grid and current.row() == index.row():
            painter.fillRect(area.x(), area.y(), area.width(), 1, color("focus"))
            painter.fillRect(area.x(), area.bottom(), area.width(), 1, color("focus"))

    def _paint_cell(self, painter: QPainter, area: QRectF, cell: Cell, column: "Column[object]") -> None:
        room = area.adjusted(PADDING, 0, -PADDING, 0)
        if self.grid:
            room = area.adjusted(8, 0, -8, 0)
        if cell.icon:
            room = _paint_icon(painter, room, cell.icon)
        if cell.badges:
            _paint_badges(painter, room, cell)
        elif cell.runs:
            _paint_runs(painter, room, cell.runs)
        elif cell.second:
            _paint_two_lines(painter, room, cell, column)
        else:
            _paint_text(
                painter, room, cell.text, _text_color(cell, column), _face(column), column.align_right
            )

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = index.data(Qt.ItemDataRole.ToolTipRole) or self._cut_text(option, index)
        QToolTip.showText(event.globalPos(), text, view)
        return bool(text)

    def _cut_text(self, option: QStyleOptionViewItem, index: Index) -> str:
        cell = _records_of(index).cell_at(index.row(), index.column())
        if cell is None or cell.badges:
            return ""
        whole = "".join(run.text for run in cell.runs) or cell.text
        room = read_option(option).rect.width() - 2 * PADDING - (ICON + 6 if cell.icon else 0)
        wide = QFontMetricsF(_face(_column_of(index))).horizontalAdvance(whole)
        return "\n".join(filter(None, (whole, cell.second))) if wide > room else ""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("kind", "cell")
        editor.setAccessibleName(_column_of(index).title)
        if _column_of(index).align_right:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Also called when newer figures come in: they must not wipe out what is being typed.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            text = editor.text().strip()
            if text != index.data(Qt.ItemDataRole.EditRole):
                model.setData(index, text)


def _records_of(index: Index) -> "RecordTableModel[Any]":
    # Past Qt's data(): every cell that is painted would go through it and back.
    return cast("RecordTableModel[Any]", index.model())


def _column_of(index: Index) -> "Column[Any]":
    return _records_of(index).columns[index.column()]


def _face(column: "Column[object]") -> QFont:
    return font(14, bold=column.bold)


def _text_color(cell: Cell, column: "Column[object]") -> QColor:
    if cell.tint:
        return color(_TINTS[cell.tint][1])
    if cell.text == NO_VALUE:
        return color("text3")
    return color("text2" if column.quiet else "text")


def _paint_text(
    painter: QPainter, room: QRectF, text: str, shade: QColor, face: QFont, align_right: bool = False
) -> None:
    painter.setFont(face)
    painter.setPen(shade)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, ceil(room.width()))
    painter.drawText(room, _RIGHT if align_right else _LEFT, shown)


def _paint_icon(painter: QPainter, room: QRectF, icon: CellIcon) -> QRectF:
    area = QRectF(room.left(), room.center().y() - ICON / 2, ICON, ICON)
    paint_glyph(painter, area, icon.name, color(icon.token))
    return room.adjusted(ICON + 6, 0, 0, 0)


def _paint_badges(painter: QPainter, room: QRectF, cell: Cell) -> None:
    left = room.left()
    for face in cell.badges:
        if left > room.left() and left + badge_width(face) > room.right():
            break
        left += paint_badge(painter, left, room.center().y(), face) + BADGE_GAP


def _paint_runs(painter: QPainter, room: QRectF, runs: tuple[TextRun, ...]) -> None:
    left = room.left()
    for run in runs:
        face = font(14, bold=run.kind == "new")
        face.setStrikeOut(run.kind == "old")
        rest = QRectF(left, room.top(), max(0.0, room.right() - left), room.height())
        _paint_text(painter, rest, run.text, color(_RUN_TOKENS.get(run.kind, "text")), face)
        left += QFontMetricsF(face).horizontalAdvance(run.text)
        if left >= room.right():
            break


def _paint_two_lines(painter: QPainter, room: QRectF, cell: Cell, column: "Column[object]") -> None:
    upper = QFontMetricsF(_face(column)).height()
    lower = QFontMetricsF(font(12)).height()
    top = room.center().y() - (upper + lower) / 2
    first = QRectF(room.left(), top, room.width(), upper)
    _paint_text(painter, first, cell.text, _text_color(cell, column), _face(column), column.align_right)
    second = QRectF(room.left(), top + upper, room.width(), lower)
    _paint_text(painter, second, cell.second, color("text3"), font(12), column.align_right)
