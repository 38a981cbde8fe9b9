"""The ring around what scrolls: for who came by the keyboard, not for who clicked."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.theme import color
from gui.widgets.card import ScrollPane


def _has_ring(pane: ScrollPane) -> bool:
    image = pane.viewport().grab().toImage()
    return image.pixelColor(image.width() // 2, 1) == color("focus")


def test_a_click_on_an_empty_place_draws_no_ring_and_the_tab_key_does(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    field, pane = QLineEdit(), ScrollPane()
    tall = QWidget()
    tall.setFixedHeight(2_000)
    pane.body.addWidget(tall)
    column = QVBoxLayout(page)
    column.addWidget(field)
    column.addWidget(pane)
    page.resize(300, 200)
    with qtbot.waitActive(page):
        page.show()
    qtbot.waitUntil(lambda: pane.verticalScrollBar().maximum() > 0)
    field.setFocus()
    QTest.mouseClick(tall, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert QApplication.focusWidget() is pane and not _has_ring(pane)
    field.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is pane and _has_ring(pane)
