"""The pane of the office's own fonts on the system page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.model.office_font import FontPlace
from core.services.services import Services
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.pages.system_fonts import FontsPane
from gui.settings_store import SettingsStore
from gui.widgets.font_sample import FontSample
from tests.paper.small_fonts import UNKNOWN, collection, small_font

Show = Callable[[], FontsPane]


@pytest.fixture
def show(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, wait_for_jobs, services: Services
) -> Show:
    def begin() -> FontsPane:
        pane = FontsPane(Desk(services, jobs, messages, settings, 2025))
        qtbot.addWidget(pane)
        pane.resize(900, 700)
        pane.show()
        pane.reload()
        wait_for_jobs()
        return pane

    return begin


def words(pane: FontsPane) -> str:
    return "\n".join(each.text() for each in pane.findChildren(QLabel) if each.isVisible())


def click(pane: FontsPane, text: str) -> None:
    next(each for each in pane.findChildren(QPushButton) if each.text() == text).click()


def add(pane: FontsPane, messages, wait_for_jobs, path: Path) -> None:
    messages.chosen = path
    pane.choose_file()
    wait_for_jobs()


def test_a_font_is_added_with_a_sample_and_removed(show, messages, wait_for_jobs, services, tmp_path):
    path = tmp_path / "生僻字.ttf"
    path.write_bytes(small_font())
    pane = show()
    assert "还没有添加字体" in words(pane)
    button = next(each for each in pane.findChildren(QPushButton) if each.text() == "添加字体……")
    button.setFocus()
    add(pane, messages, wait_for_jobs, path)
    assert pane.window().focusWidget() is button
    assert "汉字 4 个，另有自带字体没有的字 2 个" in words(pane)
    assert [each.text_shown() for each in pane.findChildren(FontSample)] == [UNKNOWN]
    click(pane, "移除")
    wait_for_jobs()
    assert "还没有添加字体" in words(pane)
    assert services.fonts.all() == ()


def test_of_a_collection_one_font_is_asked_for(show, messages, wait_for_jobs, services, tmp_path):
    path = tmp_path / "两款.ttc"
    path.write_bytes(collection(small_font(name="甲体"), small_font(name="乙体")))
    pane = show()
    uses, faces = pane.findChildren(QComboBox)
    uses.setCurrentIndex(uses.findData(FontPlace.TITLE))
    add(pane, messages, wait_for_jobs, path)
    assert [faces.itemText(number) for number in range(faces.count())] == ["甲体", "乙体"]
    faces.setCurrentIndex(1)
    click(pane, "用这一款")
    wait_for_jobs()
    (font,) = services.fonts.all()
    assert (font.name, font.place) == ("乙体", FontPlace.TITLE)
    assert not faces.isVisible()


def test_why_a_file_is_not_taken_stands_under_the_button(show, messages, wait_for_jobs, tmp_path):
    path = tmp_path / "不是.ttf"
    path.write_bytes(b"%PDF-1.7")
    pane = show()
    add(pane, messages, wait_for_jobs, path)
    assert "这不是字体文件。" in words(pane)
