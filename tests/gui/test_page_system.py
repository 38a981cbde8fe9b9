"""The system page: the office's settings, the log, the data file, how the window looks."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.model.office import LinePitch
from core.ports import StoreHealth
from core.services.services import Services
from core.services.surroundings import warnings_of
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.messages import Answer
from gui.pages.system import SystemPage
from gui.settings_store import SettingsStore
from gui.theme import Mode, TextSize, current

Open = Callable[[Services], SystemPage]


@pytest.fixture
def open_page(qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, wait_for_jobs) -> Open:
    def begin(services: Services) -> SystemPage:
        desk = Desk(services, jobs, messages, settings, 2025)
        page = SystemPage(desk)
        jobs.saved.connect(page.reload)
        page.setProperty("desk", desk)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        page.reload()
        wait_for_jobs()
        return page

    return begin


def test_office_is_changed(open_page: Open, services: Services, wait_for_jobs) -> None:
    page = open_page(services)
    assert not _button(page, "保存").isEnabled()
    _type(page, "抄送", "区民政局")
    for name in ("装订", "日志校验码"):
        _named(page, QCheckBox, name).click()
    next(each for each in page.findChildren(QAbstractButton) if "顶到版心边" in each.text()).click()
    _button(page, "保存").setFocus()
    _button(page, "保存").click()
    wait_for_jobs()
    assert page.focusWidget() is _named(page, QLineEdit, "单位名称")
    office = services.setup.office()
    assert (office.copy_to, office.two_sided, office.line_pitch) == ("区民政局", True, LinePitch.B)
    assert not office.print_log_head
    assert not _button(page, "保存").isEnabled()


def test_official_fonts_of_the_pc_are_named(open_page: Open, services: Services, monkeypatch) -> None:
    found = [("仿宋", "simfang.ttf"), ("楷体", "simkai.ttf")]
    monkeypatch.setattr(services.documents._desk(), "_own_fonts", lambda: found)
    page = open_page(services)
    assert "本机有仿宋\uff08simfang.ttf\uff09、楷体\uff08simkai.ttf\uff09，其余用自带字体。" in _texts(page)


def test_changing_twice_goes_on_from_the_first_change(
    open_page: Open, services: Services, messages, wait_for_jobs
) -> None:
    page = open_page(services)
    for word in ("区民政局", "区民政局，区财政局"):
        _type(page, "抄送", word)
        _button(page, "保存").click()
        wait_for_jobs()
    assert services.setup.office().copy_to == "区民政局，区财政局"
    assert messages.errors == []


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [("机关代字", "", "请写机关代字"), ("单位名称", "", "请写单位全称"), ("单位名称", "某" * 31, "放不下")],
)
def test_office_that_is_not_right_is_not_kept(
    open_page: Open, services: Services, wait_for_jobs, field: str, text: str, told: str
) -> None:
    page = open_page(services)
    before = services.setup.office()
    _type(page, field, text)
    _button(page, "保存").click()
    wait_for_jobs()
    assert any(told in each for each in _texts(page))
    assert services.setup.office() == before


@pytest.mark.parametrize(("answer", "leaves"), [(Answer.STAY, False), (Answer.DISCARD, True)])
def test_unsaved_change_is_asked_about(
    open_page: Open, services: Services, messages, answer: Answer, leaves: bool
) -> None:
    page = open_page(services)
    assert page.may_leave()
    _type(page, "抄送", "区民政局")
    messages.answer = answer
    assert page.may_leave() is leaves
    assert messages.questions == ["单位设置的修改"]
    assert (_named(page, QLineEdit, "抄送").text() == "") is leaves


def test_leaving_can_save(open_page: Open, services: Services, messages, wait_for_jobs) -> None:
    page = open_page(services)
    _type(page, "抄送", "区民政局")
    messages.answer = Answer.SAVE
    page.perform("log", "")
    wait_for_jobs()
    assert services.setup.office().copy_to == "区民政局"


def test_log_lists_every_act_and_searches(
    open_page: Open, sample: Services, qtbot: QtBot, wait_for_jobs
) -> None:
    page = open_page(sample)
    page.perform("log", "")
    wait_for_jobs()
    table = next(each for each in page.findChildren(QTableView) if each.isVisible())
    model = table.model()
    verbs = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert verbs == [act.verb for act in sample.register.acts()]
    search = _named(page, QLineEdit, "操作人")
    with qtbot.waitSignal(search.changed):
        search.setText("导入评分")
    wait_for_jobs()
    assert model.rowCount() == 1


def test_whole_store_is_told_in_figures(open_page: Open, sample: Services, wait_for_jobs) -> None:
    page = open_page(sample)
    page.perform("check", "")
    wait_for_jobs()
    texts = _texts(page)
    assert "数据文件完整" in texts
    count = len(sample.assessments.year(2025).sheets)
    assert texts[texts.index("评分表") + 1] == str(count)
    assert all(word in texts for word in ("社会组织", "专项推进组", "文书编号", "变更记录"))


def test_damaged_store_is_told_with_what_to_do(
    open_page: Open, services: Services, wait_for_jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = StoreHealth("0001", "3.53.0", ("第 7 页损坏",), ())
    monkeypatch.setattr(type(services.store), "check", lambda _store: found)
    page = open_page(services)
    page.perform("check", "")
    wait_for_jobs()
    texts = _texts(page)
    assert "数据有 1 处问题" in texts
    assert any("第 7 页损坏" in text and "复制一份" in text for text in texts)


def test_display_acts_at_once_and_is_remembered(
    open_page: Open, services: Services, settings: SettingsStore
) -> None:
    page = open_page(services)
    page.findChild(QTabBar).setCurrentIndex(4)
    for words in ("深色", "特大"):
        next(
            each for each in page.findChildren(QAbstractButton) if each.text() == words and each.isVisible()
        ).click()
    assert (settings.mode, settings.text_size) == (Mode.DARK, TextSize.HUGE)
    assert (current().mode, current().text_size) == (Mode.DARK, TextSize.HUGE)


def _type(page: QWidget, name: str, text: str) -> None:
    line = _named(page, QLineEdit, name)
    line.setText(text)
    line.textEdited.emit(text)


def _named(page: QWidget, kind: type, name: str):
    return next(
        each
        for each in page.findChildren(kind)
        if each.isVisible() and each.accessibleName().startswith(name)
    )


def _button(page: QWidget, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


def _texts(page: QWidget) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def test_a_package_for_those_who_help_is_one_click(
    open_page: Open, sample: Services, messages, wait_for_jobs, tmp_path
) -> None:
    page = open_page(sample)
    page.perform("check", "")
    wait_for_jobs()
    messages.chosen = tmp_path / "诊断包.zip"
    _button(page, "诊断包……").click()
    wait_for_jobs()
    assert messages.chosen.stat().st_size > 500
    assert any("没有个人信息" in each for each in _texts(page))


def test_a_place_that_endangers_the_data_is_shown(
    open_page: Open, sample: Services, monkeypatch, wait_for_jobs
) -> None:
    monkeypatch.setattr(
        "gui.pages.system_data.warnings_of", lambda folder: warnings_of(folder, lambda _: "network")
    )
    page = open_page(sample)
    page.perform("check", "")
    wait_for_jobs()
    assert any("网络位置" in each for each in _texts(page))
