"""The editors of a scheme's keys: each begins with what stands in the draft and tells every change.

field = editor_for(known, value, put)        put(value) with every change; None where nothing stands there
"""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from core.model.scheme_draft import Value
from core.model.scheme_parts import Kind, SchemeKey
from core.model.scheme_words import NO, YES, text_for, value_of
from gui.dialogs.ledger_fields import LongEdit
from gui.dialogs.record_form import Choice
from gui.theme import fix_width

Put = Callable[[Value | None], object]
WIDE, MIDDLE, SHORT, FIGURE = 400, 240, 160, 112
CELLS = {Kind.NUMBER: 84, Kind.CHOICE: 160, Kind.YES_NO: 84, Kind.DAY: 120, Kind.TEXTS: 150}
CELL_NAME, CELL_TEXT = 184, 132
_WIDTHS = {Kind.NUMBER: FIGURE, Kind.DAY: SHORT, Kind.TEXTS: MIDDLE, Kind.YES_NO: FIGURE}


def editor_for(known: SchemeKey, value: Value | None, put: Put, *, in_cell: bool = False) -> QWidget:
    """The editor of a key; narrower where it is one of a row."""
    if known.kind in (Kind.CHOICE, Kind.YES_NO):
        return _choice(known, value, put, in_cell)
    if known.kind is Kind.LONG:
        return _long(known, value, put)
    return _line(known, value, put, in_cell)


def _line(known: SchemeKey, value: Value | None, put: Put, in_cell: bool) -> QLineEdit:
    line = QLineEdit(text_for(known, value))
    line.setCursorPosition(0)
    line.setPlaceholderText(known.standard)
    line.textEdited.connect(lambda text: put(value_of(known, text)))
    usual = CELL_NAME if known.key == "name" else CELL_TEXT
    fix_width(line, CELLS.get(known.kind, usual) if in_cell else _WIDTHS.get(known.kind, MIDDLE))
    return line


def _long(known: SchemeKey, value: Value | None, put: Put) -> LongEdit:
    text = LongEdit()
    text.set_text(text_for(known, value))
    text.textChanged.connect(lambda: put(value_of(known, text.text())))
    return text


def _choice(known: SchemeKey, value: Value | None, put: Put, in_cell: bool) -> Choice:
    """The words to choose from; a value that is none of them stands there as it is."""
    words = [words for _, words in known.choices] or [YES, NO]
    said = text_for(known, value)
    if said and said not in words:
        words.append(said)
    choice = Choice(
        [(each, each) for each in words],
        width=CELLS[known.kind] if in_cell else _WIDTHS.get(known.kind, MIDDLE),
        empty="未选" if known.required else "",
    )
    choice.choose(said or (known.standard if known.kind is Kind.YES_NO else None))
    choice.currentIndexChanged.connect(lambda _place: put(value_of(known, choice.chosen_text())))
    return choice
