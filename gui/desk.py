"""What every page is given: the services, jobs, messages, the year, and the way to other pages.

    desk.services.register.register()        inside a job only: services touch the store
    desk.jobs.start(...)                     the one way to call a service
    desk.messages.confirm(...)               the one way to ask
    desk.year, desk.cycle                    the assessment year chosen in the top bar, and the code of its
                                             cycle; "" is the first that was opened in it
    desk.go("marks:self")                    another page, at one of its actions
    desk.show_list(counted, day)             the list of what a figure counts, as of a day or now
    desk.tell("已导出", "打开文件夹", show)  what was done, in the status bar, with a link to it
    desk.warn("还没有备份到 U 盘", …)         the same for what was not done, with another face
    desk.reopen()                            close the store and open it anew: another one is in its place
    desk.play(), desk.leave_sample()         to the sample office (`is_sample`), and back to the own one

Actions: home, roster, import_roster, new_organization, organization:ID, ledger:CODE,
ledger:CODE:ORGANIZATION, ledger:CODE::RECORD, groups, group:ID, leading_group, todo,
todo:TASK, calendar, open_year,
import_scores, marks:RATER, issues, progress, schemes, compute, cycle_path, results, results:SUBJECT,
award_money, notice, document:ID, new_document, certificates, certificate:ID, office, log, bin,
backup, check, fonts, users, first_steps, statistics.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.services.services import Services
from gui.jobs import JobRunner
from gui.messages import Messages
from gui.settings_store import SettingsStore

if TYPE_CHECKING:
    from core.model.year_report import CountedList
    from gui.access import Access


class Desk(QObject):
    """One open store with its window."""

    asked = Signal(str)
    list_asked = Signal(object, object)
    told = Signal(str, str, object)
    warned = Signal(str, str, object)
    reopen_asked = Signal()
    sample_asked = Signal(bool, bool)
    year_changed = Signal(int)

    def __init__(
        self,
        services: Services,
        jobs: JobRunner,
        messages: Messages,
        settings: SettingsStore,
        year: int,
        *,
        is_sample: bool = False,
    ) -> None:
        super().__init__()
        self.is_sample = is_sample
        self.services = services
        self.jobs = jobs
        self.messages = messages
        self.settings = settings
        self.year = year
        self.cycle = ""
        self.access: Access | None = None

    def go(self, action: str) -> None:
        """Ask the window for another page."""
        self.asked.emit(action)

    def show_list(self, listed: "CountedList", day: date | None) -> None:
        """Ask the window for the list of what a figure counts."""
        self.list_asked.emit(listed, day)

    def tell(self, text: str, link: str = "", on_link: Callable[[], object] | None = None) -> None:
        """Say in the status bar what was done."""
        self.told.emit(text, link, on_link)

    def warn(self, text: str, link: str = "", on_link: Callable[[], object] | None = None) -> None:
        """Say in the status bar what was not done, or has to be."""
        self.warned.emit(text, link, on_link)

    def reopen(self) -> None:
        """Ask the program to close the store and to open it again."""
        self.reopen_asked.emit()

    def play(self) -> None:
        """Ask the program for the sample office in place of this one."""
        self.sample_asked.emit(True, False)

    def leave_sample(self, *, throw_away: bool = False) -> None:
        """Ask the program for the office's own data again."""
        self.sample_asked.emit(False, throw_away)

    def choose_year(self, year: int, cycle: str = "") -> None:
        """Work on another assessment year, or another cycle of it, from now on."""
        if (year, cycle) != (self.year, self.cycle):
            self.year, self.cycle = year, cycle
            self.year_changed.emit(year)
