"""Text edits in which data stand as blue chips that are one unit: passed, marked and deleted as a whole.

line = FieldLine("主送"); line.set_text("{主送}"); line.text()          as a template writes it
line.set_words(FieldWords(facts))                 the chips show these facts
line.insert_field("年度"); line.edited.connect(...)   by the user, undo included

Between two edits of the program fields are copied as fields, elsewhere as their words.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from core.services.document_editing import FieldWords, pieces_of, typed
from gui.theme import font, row_height
from gui.widgets.buttons import ENTER
from gui.widgets.field_objects import (
    HEADING,
    NAME,
    OBJECT,
    TextObjects,
    field_format,
    plain_format,
)

TEXT_SIZE = 14
MIME = "application/x-shepingtong-fields"
LINE_BREAK = "\u2028"
MOST_LINES = 3
LINE_MARGIN = 2
FRAME = 14


class FieldEdit(QTextEdit):
    """Plain words and fields."""

    edited = Signal()

    def __init__(self, name: str, size: int = TEXT_SIZE) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self._face = size
        self.document().setDefaultFont(font(size))
        self.objects = TextObjects(self, size)
        self._loading = False
        self.document().contentsChanged.connect(self._tell)

    def _tell(self) -> None:
        if not self._loading:
            self.edited.emit()

    def set_words(self, words: FieldWords) -> None:
        """Show other words in the chips; the text stays."""
        self.objects.words = words
        self._lay_out_again()

    def insert_field(self, name: str) -> None:
        """Put a field where the cursor is."""
        self.make_room()
        self.textCursor().insertText(OBJECT, field_format(name, heading=self._in_heading()))
        self.setFocus()

    def insert_words(self, text: str) -> None:
        """Put a text with fields where the cursor is."""
        self.make_room()
        cursor = self.textCursor()
        put_text(cursor, text, heading=self._in_heading())
        self.setTextCursor(cursor)

    def make_room(self) -> None:
        """Make sure that words can stand where the cursor is."""

    def _in_heading(self) -> bool:
        return bool(self.textCursor().charFormat().property(HEADING))

    def _lay_out_again(self) -> None:
        self._loading = True
        self.objects.forget_faces()
        self.document().setDefaultFont(font(self._face))
        self.document().markContentsDirty(0, self.document().characterCount())
        self._loading = False
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_loading"):
            self._lay_out_again()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            self._tell_field(event)
            return True
        return super().viewportEvent(event)

    def _tell_field(self, event: QHelpEvent) -> None:
        """The name of a field, and its words where they were cut."""
        cursor = self.cursorForPosition(event.pos())
        cursor.movePosition(QTextCursor.MoveOperation.Right)
        form = cursor.charFormat()
        name = form.property(NAME)
        words = f"{str(name).strip()}：{self.objects.shown(form)}" if name else ""
        QToolTip.showText(event.globalPos(), words, self)

    # In and out

    def createMimeDataFromSelection(self) -> QMimeData:
        made = QMimeData()
        paragraphs = selected_texts(self.textCursor())
        made.setData(MIME, "\n".join(paragraphs).encode())
        made.setText("\n".join(map(self.objects.words.text, paragraphs)))
        return made

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(MIME) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(MIME):
            text = bytes(source.data(MIME).data()).decode()
        else:
            text = typed(source.text(), self.objects.words)
        self.put_paragraphs([line for line in text.splitlines() if line.strip()])

    def put_paragraphs(self, texts: Sequence[str]) -> None:
        """Put what was pasted where the cursor is; here as one."""
        self.textCursor().removeSelectedText()
        self.insert_words("".join(texts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if types_words(event):
            self._before_typing()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() or event.preeditString():
            self._before_typing()
        super().inputMethodEvent(event)

    def _before_typing(self) -> None:
        self.make_room()


class FieldLine(FieldEdit):
    """One line of a form; a long text takes up to three."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(LINE_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def set_text(self, text: str) -> None:
        """Show a text; the same one again leaves the cursor where it is."""
        if text == self.text():
            return
        self._loading = True
        self.document().setUndoRedoEnabled(False)
        self.clear()
        put_text(self.textCursor(), text)
        self.document().setUndoRedoEnabled(True)
        self._loading = False
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def text(self) -> str:
        """The text as a template writes it."""
        return block_text(self.document().begin(), self.objects.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        needed = round(self.document().size().height())
        most = MOST_LINES * line + 2 * round(self.document().documentMargin())
        self.setFixedHeight(max(row_height(36), min(needed, most) + FRAME))


def types_words(event: QKeyEvent) -> bool:
    """Whether a key puts down a character; with Ctrl alone it is a command."""
    command = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return bool(event.text()) and event.text().isprintable() and not command


def put_text(cursor: QTextCursor, text: str, *, heading: bool = False) -> None:
    """Insert a text with fields."""
    for piece in pieces_of(text):
        if piece.is_field:
            cursor.insertText(OBJECT, field_format(piece.text, heading=heading))
        else:
            cursor.insertText(piece.text.replace("\n", LINE_BREAK), plain_format(heading=heading))


def fragments_of(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    """The pieces of a paragraph: where each begins, its characters, their format."""
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        yield fragment.position(), fragment.text(), fragment.charFormat()
        place += 1


def joined(pieces: Sequence[tuple[str, bool]], words: FieldWords) -> str:
    """Pieces of a text put together: fields as they are, between them what was typed."""
    made, run = [], ""
    for text, is_field in (*pieces, ("", True)):
        if is_field:
            made += [typed(run.replace(LINE_BREAK, "\n"), words), text]
            run = ""
        else:
            run += text
    return "".join(made)


def pieces_in(text: str, form: QTextCharFormat) -> Iterator[tuple[str, bool]]:
    """A fragment as pieces: a field for each object, words between."""
    name = form.property(NAME)
    if OBJECT not in text or name is None:
        yield text, False
        return
    for character in text:
        yield (f"{{{name}}}", True) if character == OBJECT else (character, False)


def block_text(block: QTextBlock, words: FieldWords) -> str:
    """A whole paragraph as one text."""
    return joined([piece for _, text, form in fragments_of(block) for piece in pieces_in(text, form)], words)


def selected_texts(cursor: QTextCursor) -> list[str]:
    """The marked part of each paragraph, with fields as fields."""
    document: QTextDocument = cursor.document()
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    made, block = [], document.findBlock(first)
    while block.isValid() and block.position() < last:
        pieces = []
        for place, text, form in fragments_of(block):
            cut = text[max(0, first - place) : max(0, last - place)]
            pieces += list(pieces_in(cut, form))
        made.append("".join(text for text, _ in pieces))
        block = block.next()
    return made
