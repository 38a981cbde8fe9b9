"""The editors of a scheme's keys: each begins with what stands in the draft and tells every change.

field = editor_for(known, value, put, offered)     put(value) with every change; None where nothing is left
`offered` are the values that the scheme itself offers, with their words: its grades, stages, indicators.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from core.model.scheme_draft import Value
from core.model.scheme_parts import Kind, SchemeKey, Words
from core.model.scheme_words import NO, YES, text_for, value_of
from gui.actions import is_redo, is_undo
from gui.dialogs.ledger_fields import LongEdit
from gui.theme import bound_width
from gui.widgets.choice import Choice

Put = Callable[[Value | None], object]
WIDE, CHOICE, MIDDLE, LEAST, SHORT, FIGURE = 400, 264, 240, 208, 160, 112
TICKS = 3
"""How many boxes stand in a line; more would not fit beside a label in large text."""
CELL_CHOICES = {Kind.CHOICE: 140, Kind.YES_NO: 84}
CELLS = {Kind.NUMBER: (68, 84), Kind.DAY: (108, 120), Kind.TEXTS: (100, 168)}
CELL_NAME, CELL_TEXT = (120, 320), (90, 132)
"""The bounds of a line in a row: it gives way where there is little room."""
_WIDTHS = {Kind.NUMBER: FIGURE, Kind.DAY: SHORT, Kind.TEXTS: MIDDLE, Kind.YES_NO: FIGURE}


def editor_for(
    known: SchemeKey, value: Value | None, put: Put, offered: Words, *, in_cell: bool = False
) -> QWidget:
    """The editor of a key; narrower where it is one of a row."""
    field = _field(known, value, put, offered, in_cell)
    _LeavesUndo(field)
    return field


def _field(known: SchemeKey, value: Value | None, put: Put, offered: Words, in_cell: bool) -> QWidget:
    if known.kind is Kind.YES_NO:
        return _choice(known, value, put, ((YES, YES), (NO, NO)), in_cell)
    if known.kind is Kind.CHOICE:
        return _choice(known, value, put, tuple((words, words) for _, words in known.choices), in_cell)
    if offered and known.kind is Kind.TEXT:
        return _choice(known, value, put, offered, in_cell)
    if offered and not in_cell:
        return Ticks(value, put, offered)
    return _long(known, value, put) if known.kind is Kind.LONG else _line(known, value, put, in_cell)


class _LeavesUndo(QObject):
    """A field knows its own changes alone, the draft all of them: so undo and redo are left to the editor."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        is_left = is_undo(event) or is_redo(event)
        if is_left:
            event.ignore()
        return is_left


class Ticks(QWidget):
    """Several of few, each with a box to tick."""

    def __init__(self, value: Value | None, put: Put, offered: Words) -> None:
        super().__init__()
        chosen = [each for each in value if isinstance(each, str)] if isinstance(value, tuple) else []
        strange = [(each, each) for each in chosen if each not in dict(offered)]
        self._boxes = {key: QCheckBox(words) for key, words in (*offered, *strange)}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(16)
        for place, (key, box) in enumerate(self._boxes.items()):
            box.setChecked(key in chosen)
            box.toggled.connect(lambda _on: put(self._chosen() or None))
            grid.addWidget(box, *divmod(place, TICKS))
        self.setFocusProxy(next(iter(self._boxes.values())))

    def _chosen(self) -> tuple[str, ...]:
        return tuple(key for key, box in self._boxes.items() if box.isChecked())


def _line(known: SchemeKey, value: Value | None, put: Put, in_cell: bool) -> QLineEdit:
    line = QLineEdit(text_for(known, value))
    line.setCursorPosition(0)
    line.setPlaceholderText(known.standard)
    line.textEdited.connect(lambda text: put(value_of(known, text)))
    if in_cell:
        least, most = CELLS.get(known.kind, CELL_NAME if known.key == "name" else CELL_TEXT)
        bound_width(line, least=least, most=most)
    else:
        most = WIDE if known.key == "name" else _WIDTHS.get(known.kind, MIDDLE)
        bound_width(line, least=min(most, LEAST), most=most)
    return line


def _long(known: SchemeKey, value: Value | None, put: Put) -> LongEdit:
    text = LongEdit(MIDDLE)
    text.set_text(text_for(known, value))
    text.textChanged.connect(lambda: put(value_of(known, text.text())))
    return text


def _choice(known: SchemeKey, value: Value | None, put: Put, offered: Words, in_cell: bool) -> Choice:
    """What is offered; a value that is not among it stands there as it is."""
    said = text_for(known, value)
    strange = ((said, said),) if said and said not in dict(offered) else ()
    width = CELL_CHOICES.get(known.kind, CELL_TEXT[1]) if in_cell else _WIDTHS.get(known.kind, CHOICE)
    choice = Choice(
        (*offered, *strange),
        width=width,
        least=min(width, LEAST),
        empty="未选" if known.required or known.kind is Kind.TEXT else "",
    )
    choice.choose(said or (known.standard if known.kind is Kind.YES_NO else None))
    choice.currentIndexChanged.connect(lambda _place: put(value_of(known, str(choice.chosen() or ""))))
    return choice
