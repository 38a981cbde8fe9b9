"""The window program: one QApplication with its language, look, log and error hook, over one store.

run_window(open_services, folder) -> exit status

The empty window is painted first; only then the worker thread imports the services and opens the store.
"""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from core.errors import AppError
from core.services.log_file import start_log, stop_log
from gui.display import apply_display
from gui.jobs import JobRunner, Report
from gui.main_window import MainWindow
from gui.messages import BoxMessages, Messages
from gui.settings_store import SettingsStore

if TYPE_CHECKING:
    from core.services.services import Services
    from gui.workplace import OpenOffice, Workplace

APP_ID = "shepingtong"
STORE_TROUBLE = 4

_log = logging.getLogger(__name__)

OpenServices = Callable[[], "Services"]


def run_window(open_services: OpenServices, folder: Path) -> int:
    """Open the window over the store that `open_services` gives; 4 when the store cannot be opened."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName(APP_ID)
    app.setApplicationDisplayName("社评通")
    speak_chinese(app)
    settings = SettingsStore(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, APP_ID, APP_ID))
    apply_display(app, settings)
    messages = BoxMessages(settings)
    log = start_log(folder)
    sys.excepthook = error_hook(messages)
    program = WindowProgram(app, open_services, messages, settings)
    program.window.show()
    try:
        return app.exec()
    finally:
        program.close()
        stop_log(log)


def speak_chinese(app: QApplication) -> None:
    """Qt's own dialogs, dates and calendars in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


ErrorHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def error_hook(messages: Messages) -> ErrorHook:
    """What happens to an error nobody caught: logged, and told; an error while telling is only logged."""
    telling = False

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal telling
        _log.error("Unexpected error", exc_info=(kind, error, trace))
        if telling or not issubclass(kind, Exception):
            return
        telling = True
        try:
            messages.show_bug("".join(traceback.format_exception(kind, error, trace)))
        finally:
            telling = False

    return tell


class WindowProgram(QObject):
    """From the empty window to the open office, and back to a closed store."""

    def __init__(
        self, app: QApplication, open_services: OpenServices, messages: Messages, settings: SettingsStore
    ) -> None:
        super().__init__()
        self._app = app
        self._open_services = open_services
        self._messages = messages
        self._settings = settings
        self._services: Services | None = None
        self.workplace: Workplace | None = None
        self.jobs = JobRunner(messages, self)
        self.window = MainWindow(self.jobs, settings)
        self.window.painted.connect(self._open)

    def close(self) -> None:
        """Stop the worker, then let go of the store."""
        self.jobs.shut_down()
        if self._services is not None:
            self._services.close()

    def _open(self) -> None:
        self.jobs.start(
            self._open_office,
            self._enter,
            title="打开数据",
            failed=self._refused,
            ended=self._quit_if_closed,
        )

    def _open_office(self, _report: Report) -> "OpenOffice":
        # Services, rules and pages take longer to import than the window to paint: they come behind it.
        from gui.workplace import open_office  # noqa: PLC0415

        self._services = self._open_services()
        return open_office(self._services)

    def _enter(self, office: "OpenOffice") -> None:
        self.workplace = office.enter(self.window, self.jobs, self._messages, self._settings)

    def _refused(self, error: AppError) -> None:
        self._messages.show_error(error, headline="没有打开数据")

    def _quit_if_closed(self) -> None:
        if self.workplace is None:
            self._app.exit(STORE_TROUBLE)
