"""Files dragged onto the window: the page that imports one shows its preview, what is none is told."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from core.resources import resource_path
from gui.settings_store import SettingsStore
from tests.gui.conftest import RecordingMessages
from tests.gui.played_window import Window

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop(window: Window, *paths: Path) -> None:
    """Drag these files onto the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    main, at = window.place.window, QPointF(400, 300)
    enter = QDragEnterEvent(at.toPoint(), COPY, data, LEFT, NONE)
    QApplication.sendEvent(main, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(main, QDropEvent(at, COPY, data, LEFT, NONE))
    window.rest()


def test_a_file_that_was_imported_lately_is_taken_again(
    window: Window, settings: SettingsStore, tmp_path: Path
) -> None:
    roster_file = resource_path("sample", "roster.xlsx")
    gone = tmp_path / "不在了.xlsx"
    settings.add_recent_file(gone)
    drop(window, roster_file)
    window.go("home")
    menu = window.place.window.top.user_menu
    menu.aboutToShow.emit()
    (files,) = [each for each in menu.findChildren(QMenu) if each.title() == "最近导入的文件"]
    assert [each.text() for each in files.actions()] == [roster_file.name]
    files.actions()[0].trigger()
    window.rest()
    assert window.place.window.current_section() == "roster"
    assert settings.recent_files == (roster_file,)


def test_a_dropped_file_is_shown_by_the_page_that_imports_it(
    window: Window, messages: RecordingMessages, tmp_path: Path
) -> None:
    roster_file, scores = (resource_path("sample", name) for name in ("roster.xlsx", "scores.xlsx"))
    main = window.place.window
    window.go("log")
    drop(window, roster_file)
    assert main.current_section() == "roster"
    roster = main.page("roster")
    assert roster.importing.isVisible()
    assert roster.importing.checking.preview.reading.file == "roster.xlsx"

    window.go("marks")
    drop(window, scores)
    assert main.current_section() == "assessment"
    assert window.page.importing.isVisible()

    window.go("ledger:activities")
    drop(window, roster_file)
    assert roster.ledgers.importing.isVisible()

    broken = tmp_path / "图片.xlsx"
    broken.write_bytes(b"\x89PNG\r\n")
    window.go("home")
    drop(window, broken)
    assert messages.problems == ["没有读取“图片.xlsx”"]
    told: list[str] = []
    window.place.desk.warned.connect(lambda text, *_rest: told.append(text))
    drop(window, roster_file, scores)
    assert told == ["一次只能导入一个文件，拖进来了 2 个；请一个一个地拖。"]
