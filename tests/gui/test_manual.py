"""The manual in its window: F1 at a page, search, links, PDF."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import gui.pages
from core.rules.manual_text import read_chapter
from core.services.manual import chapter_of, look_up, manual
from gui.jobs import JobRunner
from gui.main_window import SECTIONS
from gui.manual import TOPICS, ManualWindow
from gui.manual_pages import pdf_of
from tests.gui.conftest import RecordingMessages
from tests.gui.played_window import Window


def test_f1_opens_the_chapter_about_the_page_in_sight(window: Window) -> None:
    main = window.place.window
    main.top.help_asked.emit()
    shown = main.findChild(ManualWindow)
    assert shown.isVisible()
    assert shown.text.document().begin().text() == chapter_of("home").title
    window.go("log")
    main.top.help_asked.emit()
    assert main.findChildren(ManualWindow) == [shown]
    assert shown.text.document().begin().text() == chapter_of("log").title


@pytest.fixture
def shown(qtbot: QtBot, messages: RecordingMessages, jobs: JobRunner) -> Iterator[ManualWindow]:
    """The manual beside an empty window."""
    beside = QWidget()
    qtbot.addWidget(beside)
    desk = SimpleNamespace(messages=messages, jobs=jobs, tell=lambda *_words: None)
    made = ManualWindow(desk, beside)
    made.show()
    yield made
    beside.close()


def test_a_chapter_begins_at_its_beginning_and_a_hit_at_its_section(
    shown: ManualWindow, wait_for_jobs: Callable[[], None]
) -> None:
    shown.resize(700, 400)
    chapter = manual()[-2]
    for section in (None, chapter.sections[-1]):
        shown.show_chapter(chapter, section)
        wait_for_jobs()
        heading = (section or chapter.sections[0]).heading
        assert shown.text.textCursor().block().text() == heading
        assert shown.text.viewport().rect().contains(shown.text.cursorRect().center())
        assert (shown.text.verticalScrollBar().value() == 0) is (section is None)


def test_every_section_and_pane_has_its_chapter() -> None:
    written = {page for chapter in manual() for page in chapter.pages}
    assert {*(key for key, _, _ in SECTIONS), *TOPICS.values()} - written == set()


def test_the_panes_named_are_there() -> None:
    source = "".join(each.read_text(encoding="utf-8") for each in Path(gui.pages.__path__[0]).glob("*.py"))
    assert [name for name in TOPICS if f"class {name}(" not in source] == []


def test_search_lists_places_and_opens_them(shown: ManualWindow) -> None:
    chapters = shown.list.count()
    shown.search.setText("快捷键")
    shown.search.tell()
    first = look_up("快捷键")[0]
    assert shown.list.item(0).text().splitlines()[1] == first.excerpt
    assert first.chapter.title in shown.text.toPlainText()
    shown.search.setText("没有这个词")
    shown.search.tell()
    assert "没有找到" in shown.list.item(0).text()
    shown.search.clear()
    assert shown.list.count() == chapters
    shown.text.anchorClicked.emit(QUrl(f"{manual()[-1].code}.md"))
    assert manual()[-1].title in shown.text.toPlainText()


def test_the_whole_manual_is_kept_as_pdf(
    shown: ManualWindow, messages: RecordingMessages, tmp_path: Path, wait_for_jobs
) -> None:
    messages.chosen = tmp_path / "手册.pdf"
    shown.save_pdf()
    wait_for_jobs()
    pages = pypdfium2.PdfDocument(messages.chosen)
    contents, *texts = [page.get_textpage().get_text_range().splitlines() for page in pages]
    starts = {line: number for number, lines in enumerate(texts, start=2) for line in lines[1:2]}
    assert [f"{each.title} {starts[each.title]}" for each in manual()] == contents[3:]
    headings = {section.heading for chapter in manual() for section in chapter.sections}
    assert [lines[-1] for lines in texts if lines[-1] in headings] == []


@pytest.mark.usefixtures("qapp")
def test_no_row_of_a_table_stands_alone_on_a_page_of_paper() -> None:
    table = "\n".join(("| 栏 |", "| --- |", *(f"| 行{row} |" for row in range(6))))
    parted = 0
    for lines in range(18, 26):
        text = "\n\n".join(("# 章", *["一句话"] * lines, table))
        with pypdfium2.PdfDocument(pdf_of((read_chapter("x", text),))) as paper:
            rows = [page.get_textpage().get_text_range().count("行") for page in paper]
        assert sum(rows) == 6 and 1 not in rows
        parted += len([each for each in rows if each]) > 1
    assert parted
