"""Markdown of the manual as documents to read or to print: sizes, air, tables and pictures as in a book.

show_chapter(document, chapter)      into the document of a text browser, pictures as wide as its text
pdf_of(chapters) -> bytes            the whole manual, each chapter on a new page
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QMarginsF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QImage,
    QPageSize,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from core.model.manual import Chapter
from core.services.manual import manual_folder

HEADING_SCALES = (1.0, 1.7, 1.3, 1.1)
LINE_PERCENT = 150.0
PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
PAPER_SIZE = 14
"""Pixels of the text on paper, 10.5 points."""
PIXELS_PER_INCH = 96
PAPER_RATIO = 2.0
TEXT_WIDTH = 640
"""Pixels between the margins of A4."""


def show_chapter(
    document: QTextDocument, chapter: Chapter, width: float, line: str, ratio: float = 1
) -> None:
    """Fill a document with a chapter for a text of this width in pixels; tables get lines of this colour.

    `ratio` is the number of the screen's points in a pixel.
    """
    _fill(document, chapter.markdown)
    _arrange(document, width, line, ratio=ratio)


def pdf_of(chapters: Sequence[Chapter]) -> bytes:
    """The manual on A4."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("社评通使用手册")
    writer.setCreator("社评通")
    writer.setResolution(PIXELS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    document = QTextDocument()
    face = QFont(document.defaultFont())
    face.setPixelSize(PAPER_SIZE)
    document.setDefaultFont(face)
    _fill(document, "\n\n".join(each.markdown for each in chapters))
    _arrange(document, TEXT_WIDTH, "#999999", new_pages=True)
    document.print_(writer)  # with margins of 2 cm and the number of each page
    buffer.close()
    return bytes(buffer.data().data())


def _fill(document: QTextDocument, markdown: str) -> None:
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)


def _arrange(
    document: QTextDocument, width: float, line: str, *, ratio: float = PAPER_RATIO, new_pages: bool = False
) -> None:
    """Give every block its place; with `new_pages` each title but the first begins a page."""
    size = QFontInfo(document.defaultFont()).pixelSize()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number, block in enumerate(_blocks(document)):
        level = min(block.blockFormat().headingLevel(), len(HEADING_SCALES) - 1)
        has_picture = _fit_pictures(cursor, block, width, ratio)
        shape = block.blockFormat()
        if not has_picture:
            shape.setLineHeight(LINE_PERCENT, PROPORTIONAL)
        shape.setTopMargin(size * (1.6 if level else 0.4) if number else 0)
        shape.setBottomMargin(size * (1.0 if has_picture else 0.5))
        if new_pages and level == 1 and number:
            shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(shape)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(_heading_face(document, round(size * HEADING_SCALES[level])))
    for table in {id(each): each for each in _tables(document)}.values():
        _draw_lines(table, line)
    cursor.endEditBlock()


def _heading_face(document: QTextDocument, size: int) -> QTextCharFormat:
    face = QFont(document.defaultFont())
    face.setPixelSize(size)
    face.setBold(True)
    shape = QTextCharFormat()
    shape.setFont(face)
    return shape


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _tables(document: QTextDocument) -> Iterator[QTextTable]:
    for block in _blocks(document):
        table = QTextCursor(block).currentTable()
        if table is not None:
            yield table


def _draw_lines(table: QTextTable, line: str) -> None:
    shape = QTextTableFormat(table.format())
    shape.setBorderCollapse(True)
    shape.setBorder(1)
    shape.setBorderBrush(QColor(line))
    shape.setCellPadding(5)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)


def _fit_pictures(cursor: QTextCursor, block: QTextBlock, width: float, ratio: float) -> bool:
    """Make no picture wider than the text, none larger than it is; whether the block has any."""
    document, has_any = block.document(), False
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        pieces += 1
        if not piece.charFormat().isImageFormat():
            continue
        has_any = True
        picture = QTextImageFormat(piece.charFormat().toImageFormat())
        image = QImage(str(manual_folder() / picture.name()))
        if image.isNull():
            continue
        share = min(1.0, width / image.width())
        picture.setWidth(image.width() * share)
        picture.setHeight(image.height() * share)
        points = image.size() * min(1.0, share * ratio)
        image = image.scaled(points, mode=Qt.TransformationMode.SmoothTransformation)
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture.name()), image)
        cursor.setPosition(piece.position())
        next_one, keep = QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(next_one, keep, piece.length())
        cursor.setCharFormat(picture)
    return has_any
