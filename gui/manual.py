"""The manual: contents and search at the left, the chapter at the right; the whole of it as PDF.

window = ManualWindow(desk, parent); window.show_page("backup")       the chapter about a page
topic_of(page, "system")                 what the user looks at: the pane in sight, or the section
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from core.model.manual import Chapter, ManualHit, Section
from core.services.files import write_file
from core.services.manual import chapter_of, look_up, manual
from gui.actions import SAVE_PDF, command_button
from gui.desk import Desk
from gui.manual_pages import pdf_of, show_chapter
from gui.messages import PDF_OUT
from gui.theme import color, fix_width, font, scaled
from gui.widgets.notice_line import open_folder_of
from gui.widgets.search_field import SearchField

MARGIN = 28
TOPICS = {
    "BackupPane": "backup",
    "BinPane": "bin",
    "CertificatesPane": "certificates",
    "CyclePathPane": "cycle_path",
    "DataPane": "data",
    "DisplayPane": "display",
    "FontsPane": "fonts",
    "ImportRosterPane": "import_roster",
    "ImportScoresPane": "import_scores",
    "LedgersPane": "ledger",
    "LensView": "lens",
    "LogPane": "log",
    "MarksPane": "marks",
    "OfficePane": "office",
    "RegisterPane": "document_register",
    "ResultsPane": "results",
    "SchemesPane": "schemes",
    "StartPane": "first_start",
    "TemplatesPane": "templates",
    "UsersPane": "users",
}
"""The panes that have words of their own in the manual, by their class."""


def topic_of(page: QWidget, section: str) -> str:
    """What the user looks at in a section."""
    shown = (
        each for each in page.findChildren(QWidget) if type(each).__name__ in TOPICS and each.isVisible()
    )
    return next((TOPICS[type(each).__name__] for each in shown), section)


class ManualWindow(QDialog):
    """Stands beside the window; one chapter at a time."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chapters = manual()
        self._chapter = self._chapters[0]
        self._heading = ""
        self._width = 0
        self.search = SearchField("在手册里查找", keys="Ctrl+F")
        self.list = QListWidget()
        self.text = QTextBrowser()
        self._refit = QTimer(self)
        self._build()
        self.show_chapter(self._chapter)

    def _build(self) -> None:
        self.setWindowTitle("使用手册")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.list.setProperty("kind", "menu")
        self.list.setAccessibleName("章节")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName("手册正文")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(MARGIN)
        self._refit.setSingleShot(True)
        left = QFrame()
        left.setProperty("kind", "side")
        fix_width(left, 260)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 14, 12, 12)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(command_button(SAVE_PDF, self.save_pdf))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.text, 1)
        self.search.changed.connect(self._list_hits)
        self.list.currentItemChanged.connect(self._open_item)
        self.text.anchorClicked.connect(self._follow)
        self._refit.timeout.connect(self._show_again)
        room = self.screen().availableSize() * 0.9
        self.resize(min(scaled(1060), room.width()), min(scaled(720), room.height()))
        self._list_chapters()

    def show_page(self, page: str) -> None:
        """Open the chapter about a page of the window."""
        self.search.clear()
        self.show_chapter(chapter_of(page))
        self.show()
        self.activateWindow()

    def show_chapter(self, chapter: Chapter, section: Section | None = None) -> None:
        """Open a chapter at its beginning or at one of its sections."""
        self._chapter = chapter
        self._heading = (section or chapter.sections[0]).heading
        self._show_again()
        if not self.search.needle():
            self.list.setCurrentRow(self._chapters.index(chapter))

    def _show_again(self) -> None:
        self._width = self.text.viewport().width() - 2 * MARGIN
        self.text.document().setDefaultFont(font(14))
        document, ratio = self.text.document(), self.devicePixelRatioF()
        show_chapter(document, self._chapter, self._width, color("line").name(), ratio)
        # Filling a document leaves its end in sight.
        self._scroll_to(self._heading)

    def _scroll_to(self, heading: str) -> None:
        document = self.text.document()
        block = document.begin()
        while block.isValid() and not (block.blockFormat().headingLevel() and block.text() == heading):
            block = block.next()
        if block.isValid():
            self.text.setTextCursor(QTextCursor(block))
            top = document.documentLayout().blockBoundingRect(block).top()
            self.text.verticalScrollBar().setValue(round(top) - MARGIN)

    def _list_chapters(self) -> None:
        self._fill([(each.title, (each, None)) for each in self._chapters])

    def _list_hits(self, needle: str) -> None:
        if not needle:
            self._list_chapters()
            self.list.setCurrentRow(self._chapters.index(self._chapter))
            return
        hits = look_up(needle)
        self._fill([(_words(hit), (hit.chapter, hit.section)) for hit in hits])
        if hits:
            self.list.setCurrentRow(0)
        else:
            self._fill([(f"没有找到“{needle}”，请换一个说法，或者只写两三个字。", None)])

    def _fill(self, lines: Sequence[tuple[str, tuple[Chapter, Section | None] | None]]) -> None:
        self.list.clear()
        for words, place in lines:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, place)
            if place is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)

    def _open_item(self, item: QListWidgetItem | None) -> None:
        place = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if place is not None and (place[0] is not self._chapter or place[1] is not None):
            self.show_chapter(*place)

    def _follow(self, link: QUrl) -> None:
        """Another chapter by the name of its file; nothing else is linked."""
        code = link.fileName().removesuffix(".md")
        for chapter in self._chapters:
            if chapter.code == code:
                self.show_chapter(chapter)

    def save_pdf(self) -> None:
        """Ask where, and write the whole manual there."""
        path = self._desk.messages.choose_save_file(
            "导出 PDF", PDF_OUT, name="社评通使用手册.pdf", purpose="export"
        )
        if path is None:
            return
        chapters = self._chapters
        self._desk.jobs.start(
            lambda _report: write_file(path, pdf_of(chapters)),
            lambda _none: self._desk.tell(
                f"已导出手册到“{path.name}”。", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出手册",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.text.viewport().width() - 2 * MARGIN != self._width:
            self._refit.start(0)


def _words(hit: ManualHit) -> str:
    where = hit.chapter.title if hit.section.heading == hit.chapter.title else hit.section.heading
    return f"{where}\n{hit.excerpt}"
