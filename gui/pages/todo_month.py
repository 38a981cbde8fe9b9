"""The month as one painted widget: days with what is due on them, counted.

grid = MonthGrid(); grid.show_month(month, day)
grid.day_wanted(date), grid.opened()    another day was chosen; Enter or a double click on a day
month_after(day, 1), day_title(day), counts_of(day)
"""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.model.task_view import CalendarDay, CalendarMonth, Urgency
from gui.theme import color, font
from gui.widgets.buttons import ENTER, paint_focus_ring

WEEKDAYS = "一二三四五六日"
YEARS = range(2000, 2101)
HEAD_HEIGHT, PADDING = 30, 8
TOLD = 8
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_COUNTS = (
    (Urgency.OVERDUE, "逾期", "err_bg", "err"),
    (None, "待办", "info_bg", "info"),
    (Urgency.DONE, "完成", "ok_bg", "ok"),
)


def month_after(day: date, count: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def day_title(day: CalendarDay) -> str:
    """2026-02-17 星期二 休息."""
    rest = "" if day.works else "　休息"
    return f"{day.day} 星期{WEEKDAYS[day.day.weekday()]}{rest}{f'　{day.holiday}' if day.holiday else ''}"


def counts_of(day: CalendarDay) -> tuple[tuple[str, int, str, str], ...]:
    """What a day holds: word, count, background and colour; nothing where there is nothing."""
    found = []
    for urgency, word, background, ink in _COUNTS:
        wanted = (urgency,) if urgency else (Urgency.THIS_WEEK, Urgency.LATER)
        count = sum(each.deadline.urgency in wanted for each in day.items)
        if count:
            found.append((word, count, background, ink))
    return tuple(found)


class MonthGrid(QWidget):
    """One painted widget: whole weeks from Monday; arrows move the day, PageUp and PageDown the month."""

    day_wanted = Signal(object)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._month: CalendarMonth | None = None
        self._day = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("日历")

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def minimumSizeHint(self) -> QSize:
        line = QFontMetricsF(font(14)).height()
        return QSize(round(line) * 18, self._head() + 6 * (round(line) + 10))

    def show_month(self, month: CalendarMonth, day: date) -> None:
        self._month, self._day = month, day
        shown = self.shown_day()
        counts = "，".join(f"{word} {count} 项" for word, count, *_ in counts_of(shown)) if shown else ""
        self.setAccessibleDescription(f"{day_title(shown)}，{counts or '没有事项'}" if shown else "")
        self.update()

    def shown_day(self) -> CalendarDay | None:
        """The chosen day, if it is in the month shown."""
        days = self._month.days if self._month else ()
        return next((each for each in days if each.day == self._day), None)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS:
            self.want(self._day + timedelta(days=_STEPS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.want(month_after(self._day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home and self._month:
            self.want(self._month.today)
        elif key in ENTER:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def want(self, day: date) -> None:
        """Ask for another day, within the years that a calendar is of use for."""
        if day.year in YEARS:
            # At once: the next key may come before the month is read.
            self._day = day
            self.day_wanted.emit(day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._day_at(event.position())
        if found is not None:
            self.want(found.day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._day_at(event.position()) is not None:
            self.opened.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self._day_at(QPointF(event.pos()))
            told = [each.title for each in found.items[:TOLD]] if found else []
            if found and len(found.items) > TOLD:
                told.append(f"……共 {len(found.items)} 项")
            QToolTip.showText(event.globalPos(), "\n".join([day_title(found), *told]) if found else "", self)
            return True
        return super().event(event)

    # Places

    def _head(self) -> int:
        return max(HEAD_HEIGHT, round(QFontMetricsF(font(13)).height()) + 10)

    def _cell(self, place: int) -> QRectF:
        """The area of the day in that place; edges on whole pixels, so that no line is blurred."""
        weeks = len(self._month.days) // 7 if self._month else 6
        row, column = divmod(place, 7)
        height = self.height() - self._head()
        left, right = (self.width() * at // 7 for at in (column, column + 1))
        top, bottom = (self._head() + height * at // weeks for at in (row, row + 1))
        return QRectF(left, top, right - left, bottom - top)

    def _day_at(self, point: QPointF) -> CalendarDay | None:
        days = self._month.days if self._month else ()
        return next((each for at, each in enumerate(days) if self._cell(at).contains(point)), None)

    def place_of(self, day: date) -> QPoint:
        """The middle of a day's cell."""
        days = [each.day for each in self._month.days] if self._month else []
        return self._cell(days.index(day)).center().toPoint()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color("surface"))
        self._paint_head(painter)
        for place, day in enumerate(self._month.days if self._month else ()):
            self._paint_day(painter, self._cell(place), day)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        painter.fillRect(0, 0, self.width(), self._head(), color("sunken"))
        painter.fillRect(0, self._head() - 1, self.width(), 1, color("line"))
        painter.setFont(font(13, bold=True))
        painter.setPen(color("text2"))
        for place, word in enumerate(WEEKDAYS):
            area = QRectF(self._cell(place).left(), 0, self._cell(place).width(), self._head())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_day(self, painter: QPainter, area: QRectF, day: CalendarDay) -> None:
        is_chosen = day.day == self._day
        painter.fillRect(area, color("sel" if is_chosen else "surface" if day.works else "canvas"))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), color("line"))
        painter.fillRect(QRectF(area.right() - 1, area.top(), 1, area.height()), color("line"))
        if is_chosen:
            painter.fillRect(QRectF(area.left(), area.top(), 3, area.height()), color("accent"))
        line = max(24.0, QFontMetricsF(font(14, bold=True)).height() + 4)
        head = QRectF(area.left() + PADDING, area.top() + 4, area.width() - 2 * PADDING, line)
        right = self._paint_number(painter, head, day)
        mark = self._paint_mark(painter, head.adjusted(right, 0, 0, 0), day)
        below = QRectF(head.left(), head.bottom() + 2, head.width(), area.bottom() - head.bottom() - 4)
        if below.height() >= line:
            self._paint_counts(painter, below, day)
        else:
            self._paint_counts(painter, head.adjusted(right + 6, 3, -mark, -3), day)
        if is_chosen and self.hasFocus():
            paint_focus_ring(painter, area.adjusted(0, 0, -1, -1), 2)

    def _paint_number(self, painter: QPainter, head: QRectF, day: CalendarDay) -> float:
        """The day of the month, today in a disc; gives back the room it took."""
        assert self._month is not None
        is_today, side = day.day == self._month.today, head.height()
        painter.setFont(font(14, bold=is_today or bool(day.items)))
        ink = "text" if day.day.month == self._month.month and day.works else "text3"
        place = QRectF(head.left(), head.top(), side, side)
        if is_today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(place)
            ink = "on_accent"
        painter.setPen(color(ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(day.day.day))
        return side

    def _paint_mark(self, painter: QPainter, room: QRectF, day: CalendarDay) -> float:
        """What a day is called, and 休 or 班 where it differs from the week's rule; gives back its room."""
        usual = day.day.weekday() < 5
        mark = "" if day.works == usual else "班" if day.works else "休"
        painter.setFont(font(12))
        painter.setPen(color("warn" if day.works else "text3"))
        words = painter.fontMetrics().elidedText(
            " ".join(filter(None, (day.holiday, mark))), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        return painter.fontMetrics().horizontalAdvance(words)

    def _paint_counts(self, painter: QPainter, room: QRectF, day: CalendarDay) -> None:
        """A patch for each kind: under each other, else side by side, in short where there is no room."""
        painter.setFont(font(12, bold=True))
        measure, counts = QFontMetricsF(painter.font()), counts_of(day)
        height = measure.height() + 2
        texts = [f"{word} {count}" for word, count, *_ in counts]
        stacked = len(counts) * (height + 2) <= room.height() + 2
        if not stacked and sum(measure.horizontalAdvance(text) + 16 for text in texts) > room.width():
            texts = [f"{word[0]}{count}" for word, count, *_ in counts]
        left, top = room.left(), room.top()
        for text, (_word, _count, background, ink) in zip(texts, counts, strict=True):
            width = measure.horizontalAdvance(text) + (12 if " " in text else 8)
            if left + width > room.right() + PADDING:
                return
            patch = QRectF(left, top, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(background))
            painter.drawRoundedRect(patch, 4, 4)
            painter.setPen(color(ink))
            painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, text)
            if stacked:
                top += height + 2
            else:
                left += width + 4
