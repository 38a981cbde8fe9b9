"""Undo and redo by keys, in the log, and from the bin."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.model.organization import Organization
from core.services.services import Services
from gui.jobs import JobRunner
from gui.main_window import MainWindow
from gui.open_office import open_office
from gui.pages.bin import BinPane
from gui.pages.system_act import ActPane
from gui.pages.system_log import LogPane
from gui.settings_store import SettingsStore
from gui.workplace import Workplace

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def place(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services, wait_for_jobs
) -> Iterator[Workplace]:
    """The window over the sample office, the roster shown."""
    window = MainWindow(jobs, settings)
    window.resize(1366, 768)
    window.show()
    workplace = open_office(sample).enter(window, jobs, messages, settings)
    workplace.go("roster")
    wait_for_jobs()
    yield workplace
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def press(qtbot: QtBot, place: Workplace, wait_for_jobs) -> Callable[..., str]:
    """Presses a key in the list of the roster; what the status bar then tells."""

    def keys(key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> str:
        qtbot.keyClick(place.window.page("roster").organizations.table, key, modifier)
        wait_for_jobs()
        return place.window.status._notice.whole_text()

    return keys


def first(services: Services) -> Organization:
    return services.register.register().organizations[0].organization


def rename_principal(services: Services, name: str) -> None:
    services.register.save_form(replace(first(services), principal=name), None)


def newest_first(services: Services) -> list[str]:
    return [act.verb for act in services.register.acts(3)]


def test_keys_take_back_one_act_after_the_other_and_do_them_again(press, sample: Services) -> None:
    was = first(sample).principal
    rename_principal(sample, "王丙")
    rename_principal(sample, "李丁")
    name = first(sample).name
    assert press(Qt.Key.Key_Z) == f"已撤销：保存组织“{name}”"
    assert first(sample).principal == "王丙"
    press(Qt.Key.Key_Z)
    assert first(sample).principal == was
    assert press(Qt.Key.Key_Y) == f"已重做：保存组织“{name}”"
    assert first(sample).principal == "王丙"
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert first(sample).principal == "李丁"
    assert press(Qt.Key.Key_Y) == "没有可以重做的操作"


def test_link_in_the_status_bar_does_it_again(
    press, place: Workplace, sample: Services, wait_for_jobs
) -> None:
    rename_principal(sample, "王丙")
    press(Qt.Key.Key_Z)
    assert place.window.status._link.text() == "重做"
    place.window.status._link.click()
    wait_for_jobs()
    assert first(sample).principal == "王丙"
    assert place.window.status._link.text() == "撤销"


def test_something_new_ends_redoing(press, place: Workplace, sample: Services) -> None:
    rename_principal(sample, "王丙")
    press(Qt.Key.Key_Z)
    assert place.window.status._notice_icon._token == "ok"
    rename_principal(sample, "李丁")
    assert press(Qt.Key.Key_Y) == "没有可以重做的操作"
    assert place.window.status._notice_icon._token == "warn"
    assert first(sample).principal == "李丁"


def test_page_shows_what_was_taken_back(press, place: Workplace, sample: Services) -> None:
    was = first(sample).principal
    rename_principal(sample, "王丙")
    press(Qt.Key.Key_Z)
    shown = place.window.page("roster").organizations.model.shown()
    assert next(row for row in shown if row.id == first(sample).id).organization.principal == was


def test_keys_in_a_text_field_belong_to_the_text(
    qtbot: QtBot, place: Workplace, sample: Services, wait_for_jobs
) -> None:
    rename_principal(sample, "王丙")
    field = place.window.page("roster").organizations.filters.search
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    wait_for_jobs()
    assert field.text() == ""
    assert newest_first(sample)[0] == "保存组织"


def log_of(place: Workplace, wait_for_jobs) -> tuple[LogPane, ActPane]:
    place.go("log")
    wait_for_jobs()
    log = place.window.page("system").findChild(LogPane)
    return log, log.findChild(ActPane)


def select(log: LogPane, row: int, qtbot: QtBot, wait_for_jobs) -> None:
    log._table.setCurrentIndex(log._model.index(row, 0))
    qtbot.waitUntil(lambda: log.story._story is not None)
    wait_for_jobs()
    # What was just put into a layout is shown by the event loop.
    qtbot.waitUntil(lambda: len(texts(log.story)) > 2)


def texts(pane: QWidget) -> list[str]:
    return [each.text() for each in pane.findChildren(QLabel) if each.isVisible()]


def test_log_tells_what_undoing_will_do_before_it_is_done(
    qtbot: QtBot, place: Workplace, sample: Services, wait_for_jobs
) -> None:
    was = first(sample).principal
    rename_principal(sample, "王丙")
    log, story = log_of(place, wait_for_jobs)
    select(log, 0, qtbot, wait_for_jobs)
    assert f"负责人：{was} → 王丙" in texts(story)
    assert f"社会组织　{first(sample).name}" in texts(story)
    story.undo_button.setFocus()
    story.undo_button.click()
    wait_for_jobs()
    assert first(sample).principal == was
    assert log.window().focusWidget() is log._table


def test_log_refuses_with_the_act_that_stands_in_the_way(
    qtbot: QtBot, place: Workplace, sample: Services, wait_for_jobs
) -> None:
    rename_principal(sample, "王丙")
    rename_principal(sample, "李丁")
    number = sample.register.acts(1)[0].number
    log, story = log_of(place, wait_for_jobs)
    select(log, 1, qtbot, wait_for_jobs)
    assert not story.undo_button.isEnabled()
    assert any(f"第 {number} 号操作" in text and "不能直接撤销" in text for text in texts(story))


def test_undoing_is_offered_as_redoing(
    qtbot: QtBot, place: Workplace, sample: Services, wait_for_jobs
) -> None:
    rename_principal(sample, "王丙")
    sample.versions.undo(sample.register.acts(1)[0].number)
    log, story = log_of(place, wait_for_jobs)
    select(log, 0, qtbot, wait_for_jobs)
    assert story.undo_button.isHidden() and story.redo_button.isEnabled()
    story.redo_button.click()
    wait_for_jobs()
    assert first(sample).principal == "王丙"


def test_removed_organization_comes_back_from_the_bin(
    place: Workplace, sample: Services, wait_for_jobs
) -> None:
    made = Organization("0190aaaa-0000-7000-8000-000000000001", "临时合唱团")
    sample.register.save_form(made, None)
    sample.register.remove([made.id], "录重了")
    place.go("bin")
    wait_for_jobs()
    pane = place.window.page("system").findChild(BinPane)
    entry = pane.model.shown()[0]
    assert (entry.label, entry.title, entry.act.reason) == ("社会组织", "临时合唱团", "录重了")
    pane.restore_button.click()
    wait_for_jobs()
    assert made.id in {row.id for row in sample.register.register().organizations}
    assert pane.model.total() == 0
    assert place.window.status._notice.whole_text() == "已恢复社会组织“临时合唱团”"


def test_small_window_opens_an_act_with_enter_and_leaves_it_with_escape(
    qtbot: QtBot, place: Workplace, sample: Services, wait_for_jobs
) -> None:
    rename_principal(sample, "王丙")
    place.window.resize(911, 512)
    log, story = log_of(place, wait_for_jobs)
    qtbot.keyClick(log._table, Qt.Key.Key_Return)
    assert log._split.is_side_alone()
    qtbot.waitUntil(lambda: story._story is not None)
    qtbot.keyClick(story, Qt.Key.Key_Escape)
    assert not log._split.is_side_alone()
