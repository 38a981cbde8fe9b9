"""What stands in a text edit as one unit: a field with its words, a block that follows the data.

    objects = TextObjects(edit, size)                  registers both with the edit's document
    objects.words = FieldWords(facts); objects.add(block) -> key; objects.block(key)
    field_format("年度"), block_format(key), plain_format(heading=True)

Each of them is one character of the document, so that it is passed, marked and deleted as a whole.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit

from core.model.document import Table, texts_of
from core.model.document_text import WrittenBlock
from core.services.document_editing import BlockView, FieldWords
from gui.theme import color, font, scaled

OBJECT = "\ufffc"
FIELD_TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
BLOCK_TYPE = FIELD_TYPE + 1
NAME = QTextFormat.Property.UserProperty.value + 1
HEADING = NAME + 1
LEVEL = NAME + 2
BLOCK = NAME + 3
EDGE = 12
ROWS_SHOWN = 3
EMPTY = "〈空〉"
INDENT = 2


def field_format(name: str, *, heading: bool = False) -> QTextCharFormat:
    """The format of a field; `name` is what stands between its braces."""
    made = plain_format(heading=heading)
    made.setObjectType(FIELD_TYPE)
    made.setProperty(NAME, name)
    return made


def block_format(key: int) -> QTextCharFormat:
    """The format of a block that the data write."""
    made = QTextCharFormat()
    made.setObjectType(BLOCK_TYPE)
    made.setProperty(BLOCK, key)
    return made


def plain_format(*, heading: bool = False) -> QTextCharFormat:
    """The format of written words."""
    made = QTextCharFormat()
    if heading:
        made.setProperty(HEADING, True)
        made.setFontWeight(QFont.Weight.Bold)
    return made


def paragraph_format(level: int, size: int, *, is_object: bool = False) -> QTextBlockFormat:
    """The format of a paragraph of a level; text of `size` pixels begins two characters in."""
    made = QTextBlockFormat()
    made.setProperty(LEVEL, level)
    made.setTextIndent(0 if is_object else INDENT * scaled(size))
    if is_object:
        made.setTopMargin(4)
        made.setBottomMargin(4)
    else:
        made.setLineHeight(160, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


@dataclass(slots=True)
class _Face:
    """A block as it was laid out for a width."""

    width: float
    document: QTextDocument


class TextObjects:
    """The fields and blocks of one edit."""

    def __init__(self, edit: QTextEdit, size: int) -> None:
        self._edit = edit
        self._size = size
        self.words = FieldWords({})
        self._blocks: dict[int, WrittenBlock] = {}
        self._faces: dict[int, _Face] = {}
        layout = edit.document().documentLayout()
        self._handlers = (_Field(edit, self), _Block(edit, self))
        for kind, handler in zip((FIELD_TYPE, BLOCK_TYPE), self._handlers, strict=True):
            layout.registerHandler(kind, handler)

    def add(self, block: WrittenBlock) -> int:
        """A key for a block; keys stay as long as the edit, for undo brings back what was taken out."""
        key = len(self._blocks) + 1
        self._blocks[key] = block
        return key

    def block(self, key: int) -> WrittenBlock:
        return self._blocks[key]

    def forget_faces(self) -> None:
        """Words, theme or text size have changed."""
        self._faces.clear()

    def field_font(self, form: QTextFormat) -> QFont:
        return font(self._size, bold=bool(form.property(HEADING)))

    def room(self) -> float:
        """Width for a block."""
        document = self._edit.document()
        return max(120.0, document.textWidth() - 2 * document.documentMargin())

    def field_size(self, form: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(self.field_font(form))
        width = min(
            metrics.horizontalAdvance(self.shown(form)) + 4, self.room() - (INDENT + 1) * scaled(self._size)
        )
        return QSizeF(width, metrics.ascent())

    def shown(self, form: QTextFormat) -> str:
        """The words of a field; its name where there is no such fact, a sign where it is empty."""
        name = str(form.property(NAME))
        words = self.words.of(name)
        if words is None:
            return f"？{name.strip()}"
        return words or EMPTY

    def is_known(self, form: QTextFormat) -> bool:
        return self.words.knows(str(form.property(NAME)))

    def is_marked(self, position: int) -> bool:
        """Whether the cursor is on an object or has marked it."""
        cursor = self._edit.textCursor()
        if cursor.hasSelection():
            return cursor.selectionStart() <= position < cursor.selectionEnd()
        return False

    def is_here(self, position: int) -> bool:
        """Whether the cursor stands at a block."""
        cursor = self._edit.textCursor()
        return self._edit.hasFocus() and position <= cursor.position() <= position + 1

    def face(self, key: int) -> QTextDocument:
        """A block laid out for the present width."""
        width = self.room() - 2 * EDGE
        known = self._faces.get(key)
        if known is None or known.width != width:
            known = _Face(width, _laid_out(self.words.view(self._blocks[key]), width, self._size))
            self._faces[key] = known
        return known.document


class _Field(QPyTextObject):
    """A field: its words on blue; what is longer than a line is cut."""

    def __init__(self, edit: QTextEdit, objects: TextObjects) -> None:
        super().__init__(edit)
        self._objects = objects

    def intrinsicSize(self, _document: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        return self._objects.field_size(form)

    def drawObject(
        self,
        painter: QPainter,
        area: QRectF | QRect,
        _document: QTextDocument,
        position: int,
        form: QTextFormat,
    ) -> None:
        objects, rect = self._objects, QRectF(area)
        face = objects.field_font(form)
        metrics = QFontMetricsF(face)
        ground, ink = ("info_bg", "info") if objects.is_known(form) else ("err_bg", "err")
        if objects.is_marked(position):
            ground, ink = "focus", "surface"
        painter.fillRect(rect.adjusted(0, -1, 0, metrics.descent() + 1), color(ground))
        words = metrics.elidedText(objects.shown(form), Qt.TextElideMode.ElideRight, rect.width() - 3)
        painter.setFont(face)
        painter.setPen(color(ink))
        painter.drawText(QPointF(rect.left() + 2, rect.bottom()), words)


class _Block(QPyTextObject):
    """A block: a grey-blue card with what the data make of it."""

    def __init__(self, edit: QTextEdit, objects: TextObjects) -> None:
        super().__init__(edit)
        self._objects = objects

    def intrinsicSize(self, _document: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        face = self._objects.face(form.intProperty(BLOCK))
        return QSizeF(self._objects.room(), face.size().height() + EDGE)

    def drawObject(
        self,
        painter: QPainter,
        area: QRectF | QRect,
        _document: QTextDocument,
        position: int,
        form: QTextFormat,
    ) -> None:
        rect = QRectF(area)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = color("info_bg")
        fill.setAlphaF(0.55)
        here = self._objects.is_here(position) or self._objects.is_marked(position)
        painter.setBrush(fill)
        painter.setPen(QPen(color("focus" if here else "line2"), 2 if here else 1))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        painter.translate(rect.left() + EDGE, rect.top() + EDGE / 2)
        self._objects.face(form.intProperty(BLOCK)).drawContents(painter)
        painter.restore()


def _laid_out(view: BlockView, width: float, size: int) -> QTextDocument:
    made = QTextDocument()
    made.setDocumentMargin(0)
    made.setDefaultFont(font(size))
    made.setTextWidth(width)
    cursor = QTextCursor(made)
    cursor.insertText(view.kind, _ink("text3", 12))
    if view.note:
        cursor.insertText(f"　{view.note}", _ink("warn", 12))
    for runs in view.paragraphs:
        cursor.insertBlock(paragraph_format(0, size))
        for run in runs:
            cursor.insertText(run.text, _ink("info" if run.field else "text", size, filled=bool(run.field)))
    if view.table is not None:
        _put_table(cursor, view.table)
    return made


def _ink(token: str, size: int, *, filled: bool = False, bold: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(font(size, bold=bold))
    made.setForeground(color(token))
    if filled:
        made.setBackground(color("info_bg"))
    return made


def _put_table(cursor: QTextCursor, table: Table) -> None:
    """The heads and the first rows."""
    form = QTextTableFormat()
    form.setBorder(1)
    form.setBorderBrush(QColor(color("line2")))
    form.setBorderCollapse(True)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setCellPadding(4)
    form.setTopMargin(4)
    rows = table.rows[:ROWS_SHOWN]
    made = cursor.insertTable(len(rows) + 1, len(table.columns), form)
    for across, column in enumerate(table.columns):
        made.cellAt(0, across).firstCursorPosition().insertText(column.title, _ink("text", 12, bold=True))
        for down, row in enumerate(rows, start=1):
            words = "\u2028".join(texts_of(row[across]))
            made.cellAt(down, across).firstCursorPosition().insertText(words, _ink("text2", 12))
    cursor.movePosition(QTextCursor.MoveOperation.End)
    more = len(table.rows) - len(rows)
    words = f"……另有 {more} 行" if more else f"共 {len(rows)} 行"
    cursor.insertText(f"{words}，合计行另印" if table.totals else words, _ink("text3", 12))
