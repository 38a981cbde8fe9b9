"""A screen of 1366 x 768 at 150 % with huge text: each kind of dialog fits it, no word of it is cut."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QPushButton,
    QScrollArea,
    QWidget,
)

from gui.dialogs.community_list import CommunityListDialog
from gui.dialogs.user_forms import SetUpForm
from gui.theme import Mode, TextSize, apply_theme
from gui.widgets.box_text import BoxText
from gui.widgets.card import ScrollPane
from gui.widgets.message_box import MessageBox
from tests.gui.cut_words import WORDED, cut_words, once_laid_out
from tests.gui.played_window import Window

ROOM = QSize(911, 485)
TITLE_BAR = 30


def _openings(window: Window) -> dict[str, Callable[[], object]]:
    """Ways to a dialog of each frame, with the widest that it holds."""
    place = window.place
    long = BoxText(
        "没有导入", "很长的说明，" * 60, "请这样做，" * 40, facts=(("58 个", "对象" * 30),), no="返回"
    )
    return {
        "question": MessageBox("warn", long, place.window).show,
        "accounts": SetUpForm(place.desk, place.window, cancel="以后再说").open,
        "names": CommunityListDialog(place.desk, place.window).open,
        "year": lambda: place.go("open_year"),
        "document": lambda: place.go("new_document"),
        "organization": lambda: place.go("new_organization"),
        "ledger": lambda: _new_record(window, "transitions"),
    }


def _new_record(window: Window, ledger: str) -> None:
    window.go(f"ledger:{ledger}")
    window.place.window.page("roster").ledgers.pane().new_record()


def _cut(dialog: QDialog) -> Iterator[str]:
    if dialog.width() > ROOM.width() or dialog.height() + TITLE_BAR > ROOM.height():
        yield f"{dialog.width()} x {dialog.height()}"
    for each in dialog.findChildren(QWidget):
        if each.isVisible() and not isinstance(each.parentWidget(), QAbstractItemView):
            yield from _cut_part(dialog, each)


def _cut_part(dialog: QDialog, part: QWidget) -> Iterator[str]:
    if isinstance(part, ScrollPane) and part.widget().minimumSizeHint().width() > part.viewport().width():
        yield f"{part.widget().minimumSizeHint().width()} in {part.viewport().width()}"
    yield from cut_words(part)
    if isinstance(part, WORDED) and part.text():
        scrolls = any(area.isAncestorOf(part) for area in dialog.findChildren(QScrollArea))
        if not scrolls and part.visibleRegion().boundingRect() != part.rect():
            yield f"{part.text()} out of sight"


def _foot(dialog: QDialog) -> list[QAbstractButton]:
    scrolling = dialog.findChildren(QScrollArea)
    return [
        each
        for each in dialog.findChildren(QPushButton)
        if each.isVisible() and not any(area.isAncestorOf(each) for area in scrolling)
    ]


def test_no_dialog_is_cut_on_a_small_screen(
    window: Window, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: ROOM)
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)
    window.place.window.resize(911, 512)
    found: list[str] = []
    for name, show in _openings(window).items():
        show()
        window.rest()
        dialog = next(each for each in window.place.window.findChildren(QDialog) if each.isVisible())
        found += [f"{name}: {each}" for each in once_laid_out(window, partial(_cut, dialog))]
        found += [] if _foot(dialog) else [f"{name}: no buttons"]
        dialog.close()
        window.rest()
    assert found == []
