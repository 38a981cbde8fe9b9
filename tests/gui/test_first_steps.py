"""The first steps in the window: what is next, what is put off, the list of communities, the fonts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.model.user import Role
from core.services.services import Services
from gui.dialogs.community_list import CommunityListDialog
from gui.dialogs.paper_preview import PaperPreview
from gui.messages import Answer
from gui.pages.home import HomePage
from gui.pages.system import SystemPage
from tests.gui.conftest import RecordingMessages


def _named(page: QWidget, name: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.accessibleName() == name)


def _next_step(page: QWidget) -> str:
    shown = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    return next(each.accessibleName() for each in shown if each.property("kind") == "primary")


def test_a_new_office_is_led_from_step_to_step(
    show_page: Any,
    services: Services,
    wait_for_jobs: Callable[[], None],
    asked: list[str],
    messages: RecordingMessages,
) -> None:
    page = show_page(HomePage, services)
    wait_for_jobs()
    assert _next_step(page) == "社区\uff08村\uff09：登记"
    _named(page, "社区\uff08村\uff09：登记").setFocus()
    _named(page, "社区\uff08村\uff09：登记").click()
    dialog = page.window().findChild(CommunityListDialog)
    assert not dialog.add.isEnabled()
    dialog.text.setPlainText("松枫社区\n新桥村\n合计")
    wait_for_jobs()
    assert dialog.add.text() == "登记 2 个"
    assert "“合计”不像名称" in dialog.said.text()
    messages.answer = Answer.STAY
    QTest.keyClick(dialog.text, Qt.Key.Key_Escape)
    assert messages.questions == ["写下的社区\uff08村\uff09"] and dialog.isVisible()
    page.reload()
    QTest.keyClick(dialog.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs()
    page.reload()
    wait_for_jobs()
    assert page.window().focusWidget().accessibleName() == "花名册：导入名册"
    assert "2 个社区\uff08村\uff09。" in [each.text() for each in page.findChildren(QLabel)]
    assert _next_step(page) == "花名册：导入名册"
    _named(page, "花名册：跳过").click()
    wait_for_jobs()
    assert _next_step(page) == "领导小组和工作组：登记"
    for name in ("花名册：导入名册", "用户和恢复码：设置用户", "公文字体：查看字体"):
        _named(page, name).click()
    assert asked == ["import_roster", "users", "fonts"]


def test_a_list_is_read_out_of_a_file(
    show_page: Any,
    services: Services,
    wait_for_jobs: Callable[[], None],
    messages: RecordingMessages,
    data: Path,
) -> None:
    page = show_page(HomePage, services)
    dialog = CommunityListDialog(page.property("desk"), page)
    dialog.open()
    messages.chosen = data / "roster.xlsx"
    next(each for each in dialog.findChildren(QPushButton) if "文件" in each.text()).click()
    wait_for_jobs()
    assert dialog.add.text() == "登记 26 个"


def test_the_faces_of_this_pc_and_a_specimen(
    show_page: Any, services: Services, wait_for_jobs: Callable[[], None]
) -> None:
    page = show_page(SystemPage, services)
    page.perform("fonts", "")
    wait_for_jobs()
    assert any("本机没有仿宋" in each.text() for each in page.findChildren(QLabel))
    next(each for each in page.findChildren(QPushButton) if each.text() == "打印样张").click()
    wait_for_jobs()
    assert page.window().findChild(PaperPreview).isVisible()
    (sheet,) = pypdfium2.PdfDocument(services.fonts.specimen())
    text = sheet.get_textpage().get_text_range()
    assert [word for word in ("公文字体样张", "FandolFang", "宋体") if word not in text] == []


def test_who_may_not_list_communities_finds_that_step_shut(
    show_page: Any, services: Services, wait_for_jobs: Callable[[], None]
) -> None:
    gate = services.gate
    gate.session = replace(gate.session, roles=frozenset({Role.ADMIN}))
    page = show_page(HomePage, services)
    wait_for_jobs()
    button = _named(page, "社区\uff08村\uff09：登记")
    assert not button.isEnabled()
    assert "录入员" in button.toolTip()
