"""The log in the window: narrowed, handed out, verified."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.model.audit import ActQuery
from core.model.journal import ActDraft
from core.model.personal import LOOKS
from core.services.services import Services
from db.sqlite_engine import connect
from gui.desk import Desk
from gui.dialogs.log_verification import LogVerification
from gui.jobs import JobRunner
from gui.pages.system_log import LogPane
from gui.settings_store import SettingsStore

Open = Callable[[Services], LogPane]


@pytest.fixture
def open_pane(qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, wait_for_jobs) -> Open:
    def begin(services: Services) -> LogPane:
        pane = LogPane(Desk(services, jobs, messages, settings, 2025))
        qtbot.addWidget(pane)
        pane.resize(1200, 700)
        pane.show()
        pane.reload()
        wait_for_jobs()
        return pane

    return begin


def verbs(pane: LogPane) -> list[str]:
    return [each.verb for each in pane._model.shown()]


def test_the_list_is_narrowed_by_day_person_kind_and_words(
    open_pane: Open, services: Services, wait_for_jobs
) -> None:
    with services.store.writing(ActDraft("查看号码", "李四", "登记需要", keep=True)):
        pass
    pane = open_pane(services)
    everything = verbs(pane)
    assert everything[0] == "查看号码"
    pane.filters.choose("actor", "李四")
    wait_for_jobs()
    assert verbs(pane) == ["查看号码"]
    pane.filters.choose("actor", None)
    pane.filters.choose("only", LOOKS)
    wait_for_jobs()
    assert verbs(pane) == ["查看号码"]
    pane.filters.choose("only", "offices")
    wait_for_jobs()
    assert verbs(pane) == everything[1:]
    pane.filters.choose("only", None)
    for words, found in (("登记", ["查看号码"]), ("没有这件事", [])):
        pane.filters.search.setText(words)
        pane.filters.search.tell()
        wait_for_jobs()
        assert verbs(pane) == found
        said = [each.isVisible() for each in pane.findChildren(QLabel) if each.text() == "没有符合条件的记录"]
        assert said == [not found]


def test_what_is_shown_is_handed_out(
    open_pane: Open, services: Services, messages, tmp_path: Path, wait_for_jobs
) -> None:
    pane = open_pane(services)
    messages.chosen = tmp_path / "变更记录.xlsx"
    pane.export()
    wait_for_jobs()
    assert messages.chosen.stat().st_size > 2000
    assert pane._notice.text().startswith("已导出变更记录")


def test_a_whole_log_is_said_to_be_whole_and_a_changed_one_is_not(
    open_pane: Open, services: Services, wait_for_jobs
) -> None:
    pane = open_pane(services)
    pane.verify()
    wait_for_jobs()
    [dialog] = pane.findChildren(LogVerification)
    assert dialog.answer.accessibleName().startswith("日志完整")
    head = services.audit.head().said
    assert dialog.head.text() == head
    dialog.typed.setPlainText(f"{head}\n\n1-0000-0000")
    dialog.findChildren(QPushButton)[-1].click()
    wait_for_jobs()
    said = dialog.answer.accessibleName()
    assert said.startswith("日志有 1 处对不上。请先核对校验码有没有抄错")
    assert f"{head}：与第" in said
    dialog.typed.setPlainText("不是校验码")
    dialog.verify()
    wait_for_jobs()
    assert dialog.answer.accessibleName().startswith("“不是校验码”不是日志校验码")
    dialog.typed.clear()
    with closing(connect(services.store.path)) as other:
        other.execute("DROP TRIGGER acts_refuse_update").close()
        other.execute("UPDATE acts SET actor = '王五' WHERE number = 1").close()
    dialog.verify()
    wait_for_jobs()
    assert "操作日志第 1 号：内容与校验码不符" in dialog.answer.accessibleName()
    assert services.audit.acts(ActQuery(actor="王五"))
    dialog.reject()
