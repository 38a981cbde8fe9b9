"""The preview of register papers: pages, file, printer, whole numbers by a deliberate act, faults."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.model.journal import ActDraft
from core.model.people import Person, Post, PostKind
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.paper_preview import PaperPreview
from gui.dialogs.printing import ChoosePrinter

HEAD = (Person("p1", "吴十", phones=("13800000107",)), Post("o1", "p1", PostKind.GROUP_HEAD))
WHOLE = "打印完整号码"

Open = Callable[..., PaperPreview]


@pytest.fixture
def booklet(services: Services) -> Services:
    """An office whose leading group has one head with a telephone."""
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        for record in HEAD:
            work.add([record])
    return services


@pytest.fixture
def open_preview(
    qtbot: QtBot, jobs, messages, settings, wait_for_jobs, print_to_file: ChoosePrinter
) -> Callable[[Services], PaperPreview]:
    """The work groups' booklet, previewed; its printer writes a file."""
    window = QWidget()
    qtbot.addWidget(window)

    def show(services: Services, **how) -> PaperPreview:
        desk = Desk(services, jobs, messages, settings, 2025)
        papers = services.papers
        how = {"file_name": "手册.pdf", "whole": lambda: papers.booklet(masked=False)} | how
        preview = PaperPreview(desk, "工作组手册", papers.booklet, parent=window, choose=print_to_file, **how)
        preview.open()
        wait_for_jobs()
        return preview

    return show


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    return "".join(page.get_textpage().get_text_range() for page in document)


def printed_whole(services: Services) -> int:
    return sum(act.verb == WHOLE for act in services.register.acts())


def test_pages_are_shown_and_saved_as_shown(
    open_preview: Open, booklet: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    preview = open_preview(booklet)
    messages.chosen = tmp_path / "手册.pdf"
    preview.save_button.click()
    wait_for_jobs()
    assert preview.view.isVisible() and preview.view.page_count() == 10
    text = text_of(messages.chosen)
    assert "138****0107" in text and "内部资料" not in text
    assert printed_whole(booklet) == 0


def test_pages_go_to_the_printer(
    open_preview: Open, booklet: Services, printed_to: Path, wait_for_jobs
) -> None:
    open_preview(booklet).print_button.click()
    wait_for_jobs()
    assert len(pypdfium2.PdfDocument(printed_to.read_bytes())) == 10


def test_whole_numbers_are_asked_about_and_logged_once(
    open_preview: Open, booklet: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    preview = open_preview(booklet)
    for _time in range(3):
        preview.whole_numbers.click()
        wait_for_jobs()
    assert preview.whole_numbers.isChecked()
    assert messages.questions == ["显示完整号码吗？"]
    assert any("内部资料" in words for _figure, words in messages.facts[0])
    assert printed_whole(booklet) == 1
    messages.chosen = tmp_path / "手册.pdf"
    preview.save_button.click()
    wait_for_jobs()
    text = text_of(messages.chosen)
    assert "13800000107" in text and "内部资料" in text


def test_whole_numbers_thought_better_of_stay_masked(
    open_preview: Open, booklet: Services, messages, wait_for_jobs
) -> None:
    preview = open_preview(booklet)
    messages.says_yes = False
    preview.whole_numbers.click()
    wait_for_jobs()
    assert not preview.whole_numbers.isChecked() and preview.print_button.isEnabled()
    assert printed_whole(booklet) == 0


def test_paper_without_numbers_offers_no_tick(open_preview: Open, booklet: Services) -> None:
    assert not open_preview(booklet, whole=None).whole_numbers.isVisible()


def test_character_without_a_font_is_told_with_its_place(
    open_preview: Open, booklet: Services, messages
) -> None:
    with booklet.store.writing(ActDraft("准备", "录入员")) as work:
        work.change([replace(HEAD[0], name="吴\ue863")])
    preview = open_preview(booklet)
    words = preview.trouble.accessibleName()
    assert preview.trouble.isVisible() and "\ue863" in words and "姓名" in words
    assert not preview.save_button.isEnabled() and not preview.print_button.isEnabled()
    assert messages.errors == []


def test_name_of_the_file_is_one(open_preview: Open, booklet: Services, messages, monkeypatch) -> None:
    names: list[str] = []
    monkeypatch.setattr(messages, "choose_save_file", lambda *_text, name, purpose: names.append(name))
    open_preview(booklet, file_name="手册\uff08文体/教育\uff09.pdf").save_button.click()
    assert names == ["手册\uff08文体_教育\uff09.pdf"]


def test_place_that_takes_no_file_is_told(
    open_preview: Open, booklet: Services, messages, wait_for_jobs, tmp_path: Path
) -> None:
    (tmp_path / "occupied").write_bytes(b"")
    preview = open_preview(booklet)
    messages.chosen = tmp_path / "occupied" / "手册.pdf"
    preview.save_button.click()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["file_not_written"]
