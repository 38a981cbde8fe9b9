"""Markdown of the manual as documents to read or to print: sizes, air, tables and pictures as in a book.

show_chapter(document, chapter, width, line)      into a text browser, pictures as wide as its text
pdf_of(chapters) -> bytes                         the whole manual: contents, then each chapter on a new page
"""

import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QEventLoop, QMarginsF, QRect, QRectF, QSize, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from core.model.manual import Chapter
from core.services.manual import manual_folder

HEADING_SCALES = (1.0, 1.7, 1.3, 1.1)
LINE_PERCENT, TABLE_LINE_PERCENT = 130.0, 110.0
PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
PAPER_SIZE = 14
"""Pixels of the text on paper, 10.5 points."""
PIXELS_PER_INCH = 96
PAPER_RATIO = 2.0
PAPER = QSize(794, 1123)
"""A4 in pixels."""
TEXT = QRect(77, 66, 640, 990)
"""Where text stands on paper."""
PICTURE_ON_PAPER = QSizeF(600, 350)
"""No picture on paper is larger: it would leave half a page empty before it."""
FOOT = 40
FEWEST_ROWS = 2
"""Of a table, on a page; the head is none of them."""
TITLE = "社评通使用手册"


def show_chapter(
    document: QTextDocument, chapter: Chapter, width: float, line: str, ratio: float = 1
) -> None:
    """Fill a document with a chapter for a text of this width in pixels; tables get lines of this colour.

    `ratio` is the number of the screen's points in a pixel.
    """
    _fill(document, chapter.markdown)
    _arrange(document, QSizeF(width, math.inf), line, ratio=ratio)


def pdf_of(chapters: Sequence[Chapter]) -> bytes:
    """The manual on A4; seconds of work, for a job."""
    # Laying out starts timers, which Qt only lets a thread have that has had a loop.
    _loop = QEventLoop()
    document = QTextDocument()
    face = QFont(document.defaultFont())
    face.setPixelSize(PAPER_SIZE)
    document.setDefaultFont(face)
    _fill(document, "\n\n".join((_contents(chapters), *(each.markdown for each in chapters))))
    _arrange(document, PICTURE_ON_PAPER, "#999999", new_pages=True)
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(TEXT.size()))
    _keep_rows_together(document)
    _keep_headings_with_text(document)
    _number_contents(document)
    return _print(document)


def _contents(chapters: Sequence[Chapter]) -> str:
    """The first page; the pages of the chapters are put in when they are known."""
    rows = "\n".join(f"| {each.title} | |" for each in chapters)
    return f"# {TITLE}\n\n| 章 | 页 |\n| --- | --- |\n{rows}"


def _number_contents(document: QTextDocument) -> None:
    titles = [each for each in _blocks(document) if each.blockFormat().headingLevel() == 1]
    table = next(_tables(document))
    for row, title in enumerate(titles[1:], start=1):
        table.cellAt(row, 1).firstCursorPosition().insertText(str(_page_of(title)))
    _lay_out_anew(document)


def _keep_rows_together(document: QTextDocument) -> None:
    """Begin a page with a table of which only the head and a row, or only a row, would stand on one."""
    for table in _tables(document):
        rows = (table.cellAt(row, 0).firstCursorPosition().block() for row in range(table.rows()))
        first, *_, last = pages = [_page_of(row) for row in rows]
        if first != last and (pages.count(first) <= FEWEST_ROWS or pages.count(last) < FEWEST_ROWS):
            shape = QTextTableFormat(table.format())
            shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            table.setFormat(shape)
            _lay_out_anew(document)


def _keep_headings_with_text(document: QTextDocument) -> None:
    """Begin a page with a heading whose text begins one."""
    for block in _blocks(document):
        if block.blockFormat().headingLevel() and _page_of(block) != _page_of(block.next()):
            shape = block.blockFormat()
            shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).setBlockFormat(shape)
            _lay_out_anew(document)


def _lay_out_anew(document: QTextDocument) -> None:
    """Left to itself Qt moves only what is near a change, and pages after it go wrong."""
    document.markContentsDirty(0, document.characterCount())


def _page_of(block: QTextBlock) -> int:
    """The page on which a block of a document in pages begins, from 1."""
    top = block.document().documentLayout().blockBoundingRect(block).top()
    lines = block.layout()
    if lines.lineCount():  # a line that does not fit goes to the next page, its block stays
        top += lines.lineAt(0).y()
    return int(top // TEXT.height()) + 1


def _print(document: QTextDocument) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(TITLE)
    writer.setCreator("社评通")
    writer.setResolution(PIXELS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    painter.setFont(document.defaultFont())
    middle = Qt.AlignmentFlag.AlignCenter
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        painter.drawText(QRect(0, TEXT.bottom(), PAPER.width(), FOOT), middle, str(page + 1))
        part = QRectF(0, page * TEXT.height(), TEXT.width(), TEXT.height() - 1)
        painter.save()
        painter.translate(TEXT.left(), TEXT.top() - part.top())
        document.drawContents(painter, part)
        painter.restore()
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _fill(document: QTextDocument, markdown: str) -> None:
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)


def _arrange(
    document: QTextDocument, most: QSizeF, line: str, *, ratio: float = PAPER_RATIO, new_pages: bool = False
) -> None:
    """Give every block its place and pictures the room of `most`; with `new_pages` titles begin one."""
    size = QFontInfo(document.defaultFont()).pixelSize()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number, block in enumerate(_blocks(document)):
        level = min(block.blockFormat().headingLevel(), len(HEADING_SCALES) - 1)
        has_picture = _fit_pictures(cursor, block, most, ratio)
        shape = block.blockFormat()
        in_table = QTextCursor(block).currentTable() is not None
        stands_free = number and not in_table
        if not has_picture:
            shape.setLineHeight(TABLE_LINE_PERCENT if in_table else LINE_PERCENT, PROPORTIONAL)
        shape.setTopMargin(size * (1.6 if level else 0.4) if stands_free else 0)
        shape.setBottomMargin(size * (1.0 if has_picture else 0.5) if stands_free else 0)
        if new_pages and level == 1 and number:
            shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(shape)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(_heading_face(document, round(size * HEADING_SCALES[level])))
    for table in _tables(document):
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
    block = document.begin()
    while block.isValid():
        table = QTextCursor(block).currentTable()
        if table is not None:
            yield table
            block = table.lastCursorPosition().block()
        block = block.next()


def _draw_lines(table: QTextTable, line: str) -> None:
    shape = QTextTableFormat(table.format())
    shape.setBorderCollapse(True)
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QColor(line))
    shape.setCellPadding(4)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)


def _fit_pictures(cursor: QTextCursor, block: QTextBlock, most: QSizeF, ratio: float) -> bool:
    """Make no picture larger than the room for it or than it is; whether the block has any."""
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
        share = min(1.0, most.width() / image.width(), most.height() / image.height())
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
