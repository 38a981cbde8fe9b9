import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget

from gui.actions import EXPORT, NEW_ORGANIZATION, PRINT, command_action, command_button
from gui.jobs import JobRunner
from gui.settings_store import SettingsStore
from gui.shell import FRAME, Shell
from gui.theme import Mode, TextSize, apply_theme
from gui.widgets.page import Page, PageHeader
from gui.widgets.search_field import SearchHit
from gui.widgets.top_bar import YearChoice

SECTIONS = (
    ("home", "首页", "home-5"),
    ("roster", "名册", "contacts-book-2"),
    ("groups", "工作组", "team"),
    ("assess", "考核", "survey"),
    ("documents", "文书", "file-text"),
)


class PlainPage(Page):
    def __init__(self) -> None:
        super().__init__()
        self.reloads = 0
        self.narrow = False
        self.stays = False
        self.begun = 0
        self.header = PageHeader("名册", ("社会组织 60", "社区 26"))
        for command in (EXPORT, PRINT):
            self.header.add_button(command_button(command, self.reload))
        self.header.add_button(command_button(NEW_ORGANIZATION, self.reload, kind="primary"))
        QVBoxLayout(self).addWidget(self.header)

    def reload(self) -> None:
        self.reloads += 1

    def set_narrow(self, narrow: bool) -> None:
        self.narrow = narrow
        self.header.set_narrow(narrow)

    def may_leave(self) -> bool:
        return not self.stays

    def take_focus(self) -> None:
        self.begun += 1


@pytest.fixture
def shell(qtbot, jobs: JobRunner, settings: SettingsStore) -> Shell:
    made = Shell(jobs, settings)
    qtbot.addWidget(made)
    for key, text, icon in SECTIONS:
        made.add_section(key, text, icon, PlainPage)
    made.add_section("system", "系统", "settings-3", PlainPage, bottom=True)
    made.top.set_office("某某街道社会事务办")
    made.top.set_user("张三")
    made.top.set_years((YearChoice(2026), YearChoice(2025, "stars", "物业季度评比")), YearChoice(2026))
    made.status.set_last_act("01-08 09:30 张三 导入名册")
    made.status.set_data_place("本机 D 盘", "D:/社评通")
    made.show_section("home")
    made.show()
    return made


def page(shell: Shell, key: str) -> PlainPage:
    made = shell.page(key)
    assert isinstance(made, PlainPage)
    return made


def test_pages_are_built_when_first_visited(qtbot, jobs: JobRunner, settings: SettingsStore) -> None:
    built: list[str] = []
    shell = Shell(jobs, settings)
    qtbot.addWidget(shell)

    def factory(key: str) -> Callable[[], Page]:
        return lambda: built.append(key) or PlainPage()

    for key, text, icon in SECTIONS:
        shell.add_section(key, text, icon, factory(key))
    shell.show_section("roster")
    shell.show_section("home")
    shell.show_section("roster")
    assert built == ["roster", "home"]


def test_a_write_reloads_what_is_seen_now_and_the_rest_when_it_is_seen(
    shell: Shell, jobs: JobRunner, wait_for_jobs: Callable[[], None]
) -> None:
    shell.show_section("roster")
    home, roster = page(shell, "home"), page(shell, "roster")
    before = (home.reloads, roster.reloads)
    jobs.start(lambda _report: None, lambda _result: None, title="写", saves=True)
    wait_for_jobs()
    assert (home.reloads, roster.reloads) == (before[0], before[1] + 1)
    shell.show_section("home")
    shell.show_section("roster")
    assert (home.reloads, roster.reloads) == (before[0] + 1, before[1] + 1)


def test_a_page_with_unsaved_input_keeps_the_user(shell: Shell) -> None:
    page(shell, "home").stays = True
    shell.show_section("roster")
    assert shell.current_section() == "home"
    assert not shell.close()
    page(shell, "home").stays = False
    assert shell.close()


def test_ctrl_and_a_number_go_to_a_section(qtbot, shell: Shell) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shell.current_section() == "roster"
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.top.search.hasFocus()


def test_a_hit_is_chosen_with_the_keys_alone(qtbot, shell: Shell) -> None:
    box = shell.top.search
    box.setFocus()
    asked: list[str] = []
    box.changed.connect(asked.append)
    qtbot.keyClicks(box, "song")
    assert asked == ["s", "so", "son", "song"]
    box.show_hits((SearchHit("松枫社区公益堂", "组织", 7), SearchHit("松枫社区合唱团", "组织", 8)))
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.hit_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [8]
    assert box.text() == ""


def test_another_year_is_told(qtbot, shell: Shell) -> None:
    last_year = next(action for action in shell.top.year_actions() if action.text().startswith("2025"))
    assert last_year.text() == "2025 年度 · 物业季度评比"
    with qtbot.waitSignal(shell.top.year_chosen) as chosen:
        last_year.trigger()
    assert chosen.args == [2025, "stars"]


def test_a_small_window_folds_rail_and_buttons(qtbot, shell: Shell) -> None:
    shell.resize(911, 512)
    qtbot.waitUntil(lambda: page(shell, "home").narrow)
    assert shell.rail.is_collapsed()
    assert [action.text() for action in page(shell, "home").header.actions()] == ["导出", "打印"]
    assert page(shell, "roster").narrow
    shell.resize(1366, 768)
    assert not page(shell, "home").narrow
    assert not shell.rail.is_collapsed()


def pressable(parent: QWidget) -> list[QAbstractButton]:
    """Visible buttons; the cross inside a field is the field's own affair."""
    buttons = parent.findChildren(QAbstractButton)
    return [one for one in buttons if one.isVisible() and not isinstance(one.parent(), QLineEdit)]


def test_a_button_hidden_by_its_page_stays_hidden(qtbot, shell: Shell) -> None:
    header = page(shell, "home").header
    export = next(one for one in pressable(header) if one.text() == EXPORT.text)
    export.hide()
    header.set_narrow(True)
    assert [action.text() for action in header.actions()] == ["打印"]
    header.set_narrow(False)
    assert not export.isVisible()
    assert PRINT.text in [one.text() for one in pressable(header)]


def test_a_header_keeps_the_keyboard_while_its_buttons_change(shell: Shell) -> None:
    header = page(shell, "home").header
    before = [one for one in pressable(header) if one.text() in (EXPORT.text, PRINT.text)]
    before[-1].setFocus()
    header.set_buttons(before)
    assert shell.focusWidget() is before[-1]
    header.set_buttons(before[:1])
    assert shell.focusWidget() is before[0]


def cut(window: QWidget) -> list[str]:
    """Texts of visible buttons that are narrower or lower than they need."""
    buttons = pressable(window)
    return [
        one.accessibleName() or one.text()
        for one in buttons
        if one.width() < one.minimumSizeHint().width() or one.height() < one.minimumSizeHint().height()
    ]


def overlapping(parent: QWidget) -> list[tuple[str, str]]:
    parts = pressable(parent)
    places = [
        (one.accessibleName(), QRect(one.mapTo(parent, one.rect().topLeft()), one.size())) for one in parts
    ]
    return [
        (first, second)
        for index, (first, area) in enumerate(places)
        for second, other in places[index + 1 :]
        if area.intersects(other)
    ]


@pytest.mark.parametrize("text_size", list(TextSize))
@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (911, 512)])
def test_nothing_is_cut_or_overlaps(
    qapp: QApplication, qtbot, shell: Shell, size: tuple[int, int], text_size: TextSize
) -> None:
    apply_theme(qapp, Mode.LIGHT, text_size)
    shell.resize(*size)
    for _round in range(3):
        qapp.processEvents()
    assert (shell.width(), shell.height()) == size
    assert cut(shell) == []
    for part in (shell.top, shell.rail, shell.status, page(shell, "home").header):
        assert overlapping(part) == []
        assert shell.rect().contains(QRect(part.mapTo(shell, part.rect().topLeft()), part.size()))


def test_every_button_has_a_name_and_a_tooltip(shell: Shell) -> None:
    buttons = [one for one in shell.findChildren(QAbstractButton) if one.isVisible()]
    assert len(buttons) > 10
    assert [one.text() for one in buttons if not one.accessibleName() or not one.toolTip()] == []


def test_progress_shows_itself_and_can_be_stopped(
    qtbot, shell: Shell, jobs: JobRunner, wait_for_jobs: Callable[[], None]
) -> None:
    go_on = threading.Event()

    def work(report) -> None:
        report(3, 60)
        go_on.wait(60)
        report(4, 60)

    jobs.start(work, pytest.fail, title="导入名册")
    strip = shell.status.progress
    qtbot.waitUntil(strip.isVisible)
    assert strip.count_text() == "3 / 60"
    strip.stop_button.click()
    go_on.set()
    wait_for_jobs()
    assert not strip.isVisible()


def test_what_was_done_is_told_with_a_link(qtbot, shell: Shell) -> None:
    opened: list[str] = []
    shell.status.notify("已导出 60 个组织", "打开文件夹", lambda: opened.append("folder"))
    link = next(one for one in shell.status.findChildren(QAbstractButton) if one.text() == "打开文件夹")
    assert link.isVisible()
    link.click()
    assert opened == ["folder"]


def test_window_and_rail_are_remembered(
    qtbot, shell: Shell, jobs: JobRunner, settings: SettingsStore
) -> None:
    shell.rail.toggle()
    shell.resize(800, 650)
    shell.close()
    again = Shell(jobs, settings)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (800, 650)
    assert again.rail.is_collapsed()


@pytest.mark.parametrize("fits", [True, False])
def test_a_window_that_does_not_fit_takes_the_whole_screen(qtbot, shell: Shell, fits: bool) -> None:
    shell.hide()
    room = shell.screen().availableSize()
    shell.setMinimumSize(1, 1)
    shell.resize(room.shrunkBy(FRAME) if fits else room)
    shell.show_whole()
    assert shell.isVisible()
    assert shell.isMaximized() is not fits


def test_a_command_has_the_same_words_everywhere(qtbot) -> None:
    pressed: list[str] = []
    button = command_button(PRINT, lambda: pressed.append("button"))
    qtbot.addWidget(button)
    action: QAction = command_action(PRINT, lambda: pressed.append("action"), button)
    button.click()
    action.trigger()
    assert pressed == ["button", "action"]
    assert button.text() == action.text() == "打印"
    assert "Ctrl+P" in button.toolTip()
    assert button.shortcut() == action.shortcut()


def test_who_clicks_a_tab_begins_to_work_there(shell: Shell, qtbot) -> None:
    shell.show_section("roster")
    page = shell.page("roster")
    assert isinstance(page, PlainPage)
    begun, tabs = page.begun, page.header.tabs
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    qtbot.waitUntil(lambda: page.begun > begun)
    assert tabs.currentIndex() == 1
