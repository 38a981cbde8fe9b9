"""The program around the pages: opening and refusing a store, ways between pages, years, search."""

import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import gui.desk
from core.errors import StorageFailed
from core.paper.render import ReportLabPaper
from core.services.log_file import start_log, stop_log
from core.services.services import Services
from gui.app import WindowProgram, error_hook, speak_chinese
from gui.dialogs.open_year import OpenYearDialog
from gui.display import change_mode
from gui.main_window import MainWindow
from gui.pages.roster import COMMUNITIES
from gui.sample_line import SampleLine
from gui.sections import PAGES
from gui.settings_store import SettingsStore
from gui.theme import Mode, current
from gui.widgets.labels import ElidedLabel
from gui.workplace import SECTION_OF, Workplace
from tests.conftest import copied, services_over
from tests.gui.doors import FakeApplication, OpenDoor
from tests.gui.resting import wait_for_rest


@pytest.fixture
def start(qtbot: QtBot, messages, settings: SettingsStore) -> Iterator[Callable[..., WindowProgram]]:
    """Opens the window over what an opener gives; closes it in the end."""
    programs: list[WindowProgram] = []

    def begin(
        opener: Callable[[], Services], app: object = None, open_sample: Callable[[], Services] | None = None
    ) -> WindowProgram:
        way = (lambda: OpenDoor(open_sample)) if open_sample else None
        program = WindowProgram(
            app or FakeApplication(), lambda: OpenDoor(opener), messages, settings, open_sample=way
        )
        programs.append(program)
        program.window.resize(1366, 768)
        program.window.show()
        return program

    yield begin
    for program in programs:
        program.close()
        # The pages' timers must not outlive the runner.
        program.window.deleteLater()
        QCoreApplication.sendPostedEvents(program.window, QEvent.Type.DeferredDelete)
        program.deleteLater()


@pytest.fixture
def office(qtbot: QtBot, start: Callable[..., WindowProgram], sample: Services) -> Workplace:
    """The window over the sample office, at rest."""
    program = start(lambda: sample)
    qtbot.waitUntil(lambda: program.workplace is not None)
    _rest(qtbot, program)
    return program.workplace


def _rest(qtbot: QtBot, program: WindowProgram | Workplace) -> None:
    jobs = program.jobs if isinstance(program, WindowProgram) else program.desk.jobs
    wait_for_rest(qtbot, jobs)


def test_qt_speaks_chinese(qapp: QApplication) -> None:
    speak_chinese(qapp)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    texts = [re.sub(r"\(&\w\)|&", "", button.text()) for button in box.buttons()]
    for translator in qapp.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
    assert sorted(texts) == ["保存", "取消"]


def test_window_is_painted_before_services_are_imported() -> None:
    """What the first frame needs; the services' libraries take longer to load than the frame to paint.

    The worker imports no classes of Qt's. The home page in turn is filled before the pages behind it are
    imported.
    """
    heavy = (
        "{'core.services.services', 'core.ports', 'reportlab', 'sqlalchemy', 'pypinyin', 'openpyxl',"
        " 'core.model.journal', 'gui.widgets.message_box'}"
    )
    later = "{'gui.pages.roster', 'gui.pages.documents', 'gui.pages.system'}"
    code = (
        f"import sys, gui.app; print({heavy} & set(sys.modules)); known = set(sys.modules);"
        "import gui.open_office;"
        "print(*(each for each in set(sys.modules) - known if each.startswith(('gui', 'PySide6'))));"
        f"import gui.workplace; print({later} & set(sys.modules));"
        f"[load() for load in gui.sections.PAGES.values()]; print({later} <= set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "gui.open_office", "set()", "True"]


def test_store_that_cannot_be_opened_ends_with_4(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
import gui.app
from core.errors import StorageFailed
gui.app.BoxMessages.show_error = lambda self, error, *, headline="": print(headline, error.code)
def refuse():
    raise StorageFailed("store_newer", "数据文件由新版程序建立。", "请更新程序。")
raise SystemExit(gui.app.run_window(refuse, Path({str(tmp_path)!r})))
"""
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (4, "没有打开数据 store_newer"), done.stderr


def test_refused_store_is_told_and_given_up(qtbot: QtBot, start, messages) -> None:
    app = FakeApplication()

    def refuse() -> Services:
        raise StorageFailed("store_newer", "数据文件由新版程序建立。", "请更新程序。")

    start(refuse, app)
    qtbot.waitUntil(lambda: bool(app.statuses))
    assert app.statuses == [4]
    assert [error.code for error in messages.errors] == ["store_newer"]


def test_open_office_stands_in_the_frame(office: Workplace) -> None:
    window = office.window
    assert window.windowTitle() == "示例街道办事处 — 社评通"
    assert window.current_section() == "home"
    assert office.desk.year == 2025
    words = {button.text() for button in window.findChildren(QPushButton)}
    assert "2025 年度" in words
    assert any(word.startswith("最近：") and word.endswith("导入评分表") for word in words)


def test_after_a_crash_it_is_told_that_the_data_were_examined(
    qtbot: QtBot, start: Callable[..., WindowProgram], sample: Services, tmp_path: Path, paper: ReportLabPaper
) -> None:
    left = shutil.copytree(sample.store.path.parent, tmp_path / "left") / sample.store.path.name
    program = start(lambda: services_over(left, paper))
    qtbot.waitUntil(lambda: program.workplace is not None)
    told = [each.whole_text() for each in program.window.status.findChildren(ElidedLabel)]
    assert any(each.startswith("上次没有正常关闭") for each in told), told


def test_every_action_of_the_desk_has_a_page() -> None:
    listed = re.search(r"Actions: (.*?)\.\n", gui.desk.__doc__ or "", re.DOTALL)
    assert listed is not None
    actions = {each.strip().partition(":")[0] for each in listed.group(1).replace("\n", " ").split(",")}
    assert actions - {"open_year"} == set(SECTION_OF)
    assert set(SECTION_OF.values()) == {"home", *PAGES}


class WindowWatch(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_pages_are_built_without_a_flash(qtbot: QtBot, qapp: QApplication, office: Workplace) -> None:
    """A part that is shown before it has its place is a window for a moment, and takes the keyboard."""
    watch = WindowWatch()
    qapp.installEventFilter(watch)
    for action in ("roster", "groups", "marks", "compute", "results", "notice", "certificates", "log"):
        office.desk.go(action)
        _rest(qtbot, office)
    office.window.page("roster").header.tabs.setCurrentIndex(COMMUNITIES)
    office.desk.go("ledger:activities")
    _rest(qtbot, office)
    qapp.removeEventFilter(watch)
    assert watch.shown == []


def test_actions_lead_to_their_sections(qtbot: QtBot, office: Workplace) -> None:
    for action, section in (
        ("groups", "groups"),
        ("notice", "documents"),
        ("log", "system"),
        ("home", "home"),
    ):
        office.desk.go(action)
        _rest(qtbot, office)
        assert office.window.current_section() == section


def test_opening_another_year(qtbot: QtBot, office: Workplace) -> None:
    office.desk.go("open_year")
    _rest(qtbot, office)
    dialog = office.window.findChild(OpenYearDialog)
    years = dialog.findChild(QComboBox)
    years.setCurrentIndex(years.findData(2026))
    _button(dialog, "开启考核").click()
    _rest(qtbot, office)
    assert office.desk.services.assessments.years() == (2026, 2025)
    assert office.desk.year == 2026
    assert "2026 年度" in {button.text() for button in office.window.findChildren(QPushButton)}


def test_year_that_was_opened_meanwhile_is_refused_in_its_dialog(
    qtbot: QtBot, office: Workplace, messages
) -> None:
    office.desk.go("open_year")
    _rest(qtbot, office)
    dialog = office.window.findChild(OpenYearDialog)
    office.desk.services.assessments.open_year(dialog.findChild(QComboBox).currentData())
    _button(dialog, "开启考核").click()
    _rest(qtbot, office)
    assert dialog.isVisible()
    assert "已经开启" in dialog.findChild(QComboBox).accessibleDescription()
    assert messages.errors == []


def hits_of(qtbot: QtBot, office: Workplace, monkeypatch: pytest.MonkeyPatch, typed: str) -> list[str]:
    """The actions of what the search box lists after typing."""
    shown: list[list[str]] = [[]]
    search = office.window.top.search
    monkeypatch.setattr(search, "show_hits", lambda hits: shown.append([hit.key for hit in hits]))
    with qtbot.waitSignal(search.changed):
        search.setText(typed)
    _rest(qtbot, office)
    return shown[-1]


def test_search_finds_by_initials_and_opens(qtbot: QtBot, office: Workplace, monkeypatch) -> None:
    first = office.desk.services.register.register().organizations[0].organization
    assert first.name == "松枫社区作风监督志愿队"
    for typed, key in (("sfsqzfjd", f"organization:{first.id}"), ("计算", "compute"), ("tb", "notice")):
        assert key in hits_of(qtbot, office, monkeypatch, typed)
    office.window.top.search.hit_chosen.emit(f"organization:{first.id}")
    assert office.window.current_section() == "roster"


def test_typing_into_the_search_box_lists_hits(qtbot: QtBot, office: Workplace, monkeypatch) -> None:
    assert hits_of(qtbot, office, monkeypatch, "bgjl") == ["log"]


def test_without_an_office_only_the_start_is_open(qtbot: QtBot, start, bare_services: Services) -> None:
    program = start(lambda: bare_services)
    qtbot.waitUntil(lambda: program.workplace is not None)
    _rest(qtbot, program)
    window = program.window
    assert not window.rail.isEnabled()
    window.show_section("roster")
    assert window.current_section() == "home"


def test_a_sample_office_is_played_with_and_thrown_away(
    qtbot: QtBot, start, empty_store: Path, sample_store: Path, tmp_path: Path, paper, messages
) -> None:
    for each in ("own", "sample"):
        (tmp_path / each).mkdir()
    own_store, played = copied(empty_store, tmp_path / "own"), tmp_path / "sample" / "store"

    def open_sample() -> Services:
        path = played / sample_store.name
        return services_over(path if path.exists() else copied(sample_store, played.parent), paper)

    program = start(lambda: services_over(own_store, paper), open_sample=open_sample)

    def entered() -> MainWindow:
        qtbot.waitUntil(lambda: program.workplace is not None)
        _rest(qtbot, program)
        return program.window

    _button(entered(), "先看看示例街道").click()
    window = entered()
    assert window.windowTitle() == "示例街道办事处 — 社评通"
    assert window.findChild(SampleLine).isVisible()
    assert program.workplace.desk.services.store.path.parent == played
    _button(window, "回到本单位").click()
    window = entered()
    assert (window.windowTitle(), window.findChild(SampleLine)) == ("社评通", None)
    assert played.exists()
    _button(window, "先看看示例街道").click()
    _button(entered(), "扔掉示例").click()
    assert entered().windowTitle() == "社评通"
    assert messages.questions[-1] == "扔掉示例街道吗？"
    assert not played.exists()
    assert messages.errors == []


def test_dark_is_applied_and_remembered(settings: SettingsStore) -> None:
    change_mode(settings, Mode.DARK)
    assert (settings.mode, current().mode) == (Mode.DARK, Mode.DARK)


def test_uncaught_error_is_told_and_logged_without_its_words(tmp_path: Path, messages) -> None:
    log = start_log(tmp_path)
    quoted = f"张三 {13800001234}"
    try:
        raise ValueError(quoted)
    except ValueError as error:
        error_hook(messages)(type(error), error, error.__traceback__)
    finally:
        stop_log(log)
    written = (tmp_path / "shepingtong.log").read_text("utf-8")
    assert len(messages.bugs) == 1
    assert "ValueError" in written
    assert "13800001234" not in written


def test_error_while_telling_does_not_tell_again(tmp_path: Path) -> None:
    told: list[str] = []

    def show_bug(details: str) -> None:
        told.append(details)
        hook(RuntimeError, RuntimeError("again"), None)

    hook = error_hook(SimpleNamespace(show_bug=show_bug))
    hook(ValueError, ValueError("first"), None)
    assert len(told) == 1


def test_log_starts_with_its_first_line(tmp_path: Path) -> None:
    log = start_log(tmp_path)
    assert list(tmp_path.iterdir()) == []
    logging.getLogger("test").error("one line")
    stop_log(log)
    assert (tmp_path / "shepingtong.log").exists()


def _button(parent: object, text: str) -> QPushButton:
    return next(button for button in parent.findChildren(QPushButton) if button.text() == text)
