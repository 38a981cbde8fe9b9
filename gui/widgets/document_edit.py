"""The text of a document being written: paragraphs with headings of four levels, fields, blocks by rule.

edit = DocumentEdit(); edit.set_words(words); edit.set_blocks(text.blocks)
edit.blocks() -> the same blocks again, with what was changed
edit.set_level(1); edit.shift(-1); edit.remove_block(); edit.put_block(block); edit.spell_out()
edit.edited, edit.place_changed               the paragraph that the cursor is in is another one

A paragraph that a person can write is text; every other block is one unit (`gui.widgets.field_objects`).
A heading is the beginning of a paragraph, in bold; what is typed behind its full stop is text again.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocumentFragment,
)

from core.model.document_text import Part, TextParagraph, WrittenBlock
from gui.widgets.buttons import ENTER
from gui.widgets.field_edit import FieldEdit, fragments_of, joined, pieces_in, put_text, types_words
from gui.widgets.field_objects import (
    BLOCK,
    HEADING,
    LEVEL,
    OBJECT,
    block_format,
    paragraph_format,
    plain_format,
)

SIZE = 15
STOP = "。"


class DocumentEdit(FieldEdit):
    """See the module."""

    place_changed = Signal()

    def __init__(self, name: str = "正文") -> None:
        super().__init__(name, SIZE)
        self._units_only = False
        self.cursorPositionChanged.connect(self._moved)

    def _moved(self) -> None:
        self.viewport().update()
        if not self._loading:
            self.place_changed.emit()

    def set_units_only(self, on: bool) -> None:
        """Whether blocks alone may stand here: moved and taken out, no words typed beside them."""
        self._units_only = on
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, not on)

    # The blocks

    def set_blocks(self, blocks: Sequence[WrittenBlock]) -> None:
        """Show these blocks; there is nothing to undo then."""
        self._loading = True
        self.document().setUndoRedoEnabled(False)
        self.clear()
        cursor = self.textCursor()
        for place, block in enumerate(blocks or (TextParagraph(),)):
            self._put(cursor, block, is_first=not place)
        self.document().setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._loading = False
        self.place_changed.emit()

    def _put(self, cursor: QTextCursor, block: WrittenBlock, *, is_first: bool) -> None:
        level = block.level if isinstance(block, TextParagraph) else 0
        form = paragraph_format(level, SIZE, is_object=not is_text(block))
        if is_first:
            cursor.setBlockFormat(form)
            cursor.setBlockCharFormat(QTextCharFormat())
        else:
            cursor.insertBlock(form, QTextCharFormat())
        if isinstance(block, TextParagraph) and is_text(block):
            put_text(cursor, block.heading, heading=True)
            put_text(cursor, block.text)
        else:
            cursor.insertText(OBJECT, block_format(self.objects.add(block)))

    def blocks(self) -> tuple[WrittenBlock, ...]:
        """What stands here; empty paragraphs, which print nothing, are left out."""
        return tuple(made for block in self._paragraphs() for made in self._read(block))

    def _paragraphs(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _read(self, block: QTextBlock) -> Iterator[WrittenBlock]:
        heading: list[tuple[str, bool]] = []
        text: list[tuple[str, bool]] = []
        level = block.blockFormat().intProperty(LEVEL)
        for _, words, form in fragments_of(block):
            if (key := _key(words, form)) is not None:
                yield from self._paragraph(level, heading, text)
                heading, text = [], []
                # Two of the same stand in one fragment.
                yield from (self.objects.block(key) for _each in words)
            elif form.property(HEADING) and not text:
                heading += pieces_in(words, form)
            else:
                text += pieces_in(words, form)
        yield from self._paragraph(level, heading, text)

    def _paragraph(
        self, level: int, heading: Sequence[tuple[str, bool]], text: Sequence[tuple[str, bool]]
    ) -> Iterator[TextParagraph]:
        words = joined(text, self.objects.words)
        head = joined(heading, self.objects.words)
        if words or head:
            yield TextParagraph((Part(words),) if words else (), head, level)

    # Where the cursor is

    def level(self) -> int:
        """The level of the paragraph at the cursor."""
        return int(self.textCursor().blockFormat().intProperty(LEVEL))

    def current_block(self) -> WrittenBlock | None:
        """The block by rule at the cursor; nothing in a paragraph of text."""
        found = self._object_here()
        return self.objects.block(found[1]) if found else None

    def _object_here(self) -> tuple[int, int] | None:
        """Where the block by rule of this paragraph stands, and its key."""
        for place, words, form in fragments_of(self.textCursor().block()):
            if (key := _key(words, form)) is not None:
                return place, key
        return None

    def place(self) -> int:
        """Which of the blocks the cursor is in, counted from 0; -1 in an empty paragraph."""
        here = self.textCursor().block()
        before = sum(
            len(tuple(self._read(each)))
            for each in self._paragraphs()
            if each.blockNumber() < here.blockNumber()
        )
        return before if any(self._read(here)) else -1

    def go_to(self, place: int) -> None:
        """Put the cursor into one of the blocks."""
        for block in self._paragraphs():
            place -= len(tuple(self._read(block)))
            if place < 0:
                self.setTextCursor(QTextCursor(block))
                self.ensureCursorVisible()
                return

    # Changes

    def set_level(self, level: int) -> None:
        """Make the paragraph at the cursor a heading of this level up to its first full stop; 0 is text."""
        if self._object_here():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        block = cursor.block()
        cursor.setBlockFormat(paragraph_format(level, SIZE))
        text = block.text()
        end = (text.find(STOP) + 1 or len(text)) if level else 0
        self._mark(block, 0, end, heading=True)
        self._mark(block, end, len(text), heading=False)
        cursor.endEditBlock()
        self.setCurrentCharFormat(plain_format(heading=self._in_heading() or bool(level and not text)))
        self.place_changed.emit()

    def _mark(self, block: QTextBlock, first: int, last: int, *, heading: bool) -> None:
        spans = [(place, len(words), form) for place, words, form in fragments_of(block)]
        for place, length, form in spans:
            begin = max(place, block.position() + first)
            end = min(place + length, block.position() + last)
            if begin < end:
                cursor = _span(self, begin, end)
                form = QTextCharFormat(form)
                for name in plain_format(heading=True).properties():
                    form.clearProperty(name)
                form.merge(plain_format(heading=heading))
                cursor.setCharFormat(form)

    def shift(self, steps: int) -> None:
        """Move the paragraph at the cursor up (-1) or down (1)."""
        block = self.textCursor().block()
        other = block.previous() if steps < 0 else block.next()
        if not other.isValid():
            return
        upper, lower = (other, block) if steps < 0 else (block, other)
        first, second, start = self._cut_of(upper), self._cut_of(lower), upper.position()
        cursor = _span(self, start, lower.position() + lower.length() - 1)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        for place, (form, fragment) in enumerate((second, first)):
            if place:
                cursor.insertBlock(form, QTextCharFormat())
            else:
                cursor.setBlockFormat(form)
            cursor.insertFragment(fragment)
        cursor.endEditBlock()
        moved = self.document().findBlock(start)
        self.setTextCursor(QTextCursor(moved if steps < 0 else moved.next()))

    def _cut_of(self, block: QTextBlock) -> tuple[QTextBlockFormat, QTextDocumentFragment]:
        return block.blockFormat(), QTextDocumentFragment(
            _span(self, block.position(), block.position() + block.length() - 1)
        )

    def remove_block(self) -> None:
        """Take out the block by rule at the cursor."""
        if found := self._object_here():
            cursor = _span(self, found[0], found[0] + 1)
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            if not cursor.block().text():
                cursor.setBlockFormat(paragraph_format(0, SIZE))
            cursor.endEditBlock()

    def replace_block(self, blocks: Sequence[WrittenBlock]) -> None:
        """Put other blocks in the place of the block by rule at the cursor."""
        found = self._object_here()
        if found is None:
            return
        cursor = _span(self, found[0], found[0] + 1)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        for place, block in enumerate(blocks or (TextParagraph(),)):
            self._put(cursor, block, is_first=not place)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def put_block(self, block: WrittenBlock) -> None:
        """Put a block behind the paragraph at the cursor."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.beginEditBlock()
        self._put(cursor, block, is_first=not cursor.block().text())
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def make_room(self) -> None:
        cursor = self.textCursor()
        found = self._object_here()
        if found is not None and not cursor.hasSelection():
            at_start = cursor.position() == found[0]
            cursor.insertBlock(paragraph_format(0, SIZE, is_object=at_start), QTextCharFormat())
            if at_start:
                cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
                cursor.setBlockFormat(paragraph_format(0, SIZE))
            self.setTextCursor(cursor)

    def put_paragraphs(self, texts: Sequence[str]) -> None:
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self.setTextCursor(cursor)
        self.make_room()
        cursor = self.textCursor()
        for place, text in enumerate(texts):
            if place:
                cursor.insertBlock(paragraph_format(0, SIZE), QTextCharFormat())
            put_text(cursor, text, heading=not place and self._in_heading())
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    # Keys

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not self._units_only and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.canInsertFromMimeData(source):
            super().insertFromMimeData(source)

    def _before_typing(self) -> None:
        super()._before_typing()
        cursor = self.textCursor()
        if self._in_heading() and not cursor.hasSelection():
            text, place = cursor.block().text(), cursor.positionInBlock()
            if text[max(0, place - 1) : place] == STOP:
                self.setCurrentCharFormat(plain_format())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _ALT:
            verb, value = _ALT[Qt.Key(event.key())]
            (self.shift if verb == "move" else self.set_level)(value)
        elif self._units_only and (event.key() in ENTER or types_words(event)):
            event.ignore()
        elif event.key() in ENTER and alone:
            self._new_paragraph()
        else:
            super().keyPressEvent(event)

    def _new_paragraph(self) -> None:
        """Behind a heading or text always comes text."""
        cursor = self.textCursor()
        cursor.removeSelectedText()
        self.setTextCursor(cursor)
        if self._object_here():
            self.make_room()
            return
        cursor.insertBlock(paragraph_format(0, SIZE), QTextCharFormat())
        self._mark(cursor.block(), 0, len(cursor.block().text()), heading=False)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


_ALT = {
    Qt.Key.Key_Up: ("move", -1),
    Qt.Key.Key_Down: ("move", 1),
    **{getattr(Qt.Key, f"Key_{level}"): ("level", level) for level in range(5)},
}


def is_text(block: WrittenBlock) -> bool:
    """Whether a person writes it as text."""
    return isinstance(block, TextParagraph) and block.is_plain and not block.when


def _key(words: str, form: QTextCharFormat) -> int | None:
    """The key of a block by rule, if a fragment is one."""
    is_block = words.startswith(OBJECT) and form.hasProperty(BLOCK)
    return form.intProperty(BLOCK) if is_block else None


def _span(edit: FieldEdit, first: int, last: int) -> QTextCursor:
    cursor = QTextCursor(edit.document())
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    return cursor
