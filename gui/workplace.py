"""The open office in its window: the pages, the ways between them, the year, the search, the last act.

Workplace(window, desk, facts)                      on the window's thread: everything is wired
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu

from gui.backup_keeper import BackupKeeper
from gui.desk import Desk
from gui.display import change_mode, change_text_size
from gui.main_window import MainWindow
from gui.open_office import OfficeFacts, read_facts
from gui.pages.home import HomePage
from gui.rights import Way, may, offer_act
from gui.sample_line import SampleLine
from gui.search import SearchEverywhere
from gui.sections import PAGES
from gui.theme import Mode, TextSize
from gui.undo import redo_newest, undo_newest
from gui.widgets.buttons import literal
from gui.widgets.page import Page

if TYPE_CHECKING:
    from core.model.year_report import CountedList
    from gui.access import Access
    from gui.manual import ManualWindow

SECTION_OF = {
    "home": "home",
    "roster": "roster",
    "import_roster": "roster",
    "new_organization": "roster",
    "organization": "roster",
    "ledger": "roster",
    "groups": "groups",
    "group": "groups",
    "leading_group": "groups",
    "todo": "groups",
    "calendar": "groups",
    "import_scores": "assessment",
    "marks": "assessment",
    "issues": "assessment",
    "schemes": "assessment",
    "progress": "assessment",
    "compute": "assessment",
    "cycle_path": "assessment",
    "results": "assessment",
    "award_money": "assessment",
    "notice": "documents",
    "document": "documents",
    "new_document": "documents",
    "certificates": "documents",
    "certificate": "documents",
    "statistics": "statistics",
    "office": "system",
    "log": "system",
    "bin": "system",
    "check": "system",
    "backup": "system",
    "fonts": "system",
    "users": "system",
    "first_steps": "system",
}
MINUTE_MS = 60_000


@runtime_checkable
class PerformingPage(Protocol):
    """A page that can be asked for one of its actions."""

    def perform(self, action: str, argument: str) -> None: ...


@runtime_checkable
class CountingPage(Protocol):
    """A page that shows what a figure counts."""

    def show_counted(self, listed: "CountedList", day: date | None) -> None: ...


@runtime_checkable
class ImportingPage(Protocol):
    """A page that shows what importing a file would do; `here` where it was in sight when the file came."""

    def import_file(self, path: Path, *, here: bool) -> None: ...


class Workplace(QObject):
    """Joins one desk with the window."""

    def __init__(self, window: MainWindow, desk: Desk, facts: OfficeFacts) -> None:
        super().__init__(window)
        self.window = window
        self.desk = desk
        self._facts = facts
        self._manual: ManualWindow | None = None
        self._keeper: BackupKeeper | None = None
        self._day = desk.services.clock().date()
        self._minute = QTimer(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._unloaded = iter(PAGES)
        self._show_facts(facts)
        self._show_data_place(desk.services.store.path.parent)
        self._connect()
        behind = {key: partial(self._make_page, key) for key in SECTION_OF.values() if key != "home"}
        home = HomePage(desk)
        home.settled.connect(self._load_rest, Qt.ConnectionType.SingleShotConnection)
        window.furnish({"home": lambda: home, **behind})

    def _connect(self) -> None:
        self.desk.asked.connect(self.go)
        self.desk.list_asked.connect(self.show_list)
        self.window.files_dropped.connect(self._take_dropped)
        self.desk.year_changed.connect(self._follow_year)
        self.desk.jobs.saved.connect(self._reload)
        self.window.undo_asked.connect(partial(undo_newest, self.desk))
        self.window.redo_asked.connect(partial(redo_newest, self.desk))
        self._minute.timeout.connect(self._see_day)
        self._settling.timeout.connect(self._settle)
        self._minute.start(MINUTE_MS)
        top = self.window.top
        fill_display_menu(top.user_menu, self.desk)
        top.user_menu.aboutToShow.connect(self._fill_user_menu)
        top.year_chosen.connect(self.desk.choose_year)
        top.open_asked.connect(lambda: self.go("open_year"))
        top.help_asked.connect(self._show_help)
        top.set_user(self.desk.services.actor)
        status = self.window.status
        status.last_act_clicked.connect(lambda: self.go("log"))
        self.desk.told.connect(status.notify)
        self.desk.warned.connect(partial(status.notify, good=False))
        if self.desk.is_sample:
            self.window.add_note(SampleLine(self.desk))
        backups = self.desk.services.backups
        if backups is not None and not self.desk.is_sample:
            self._keeper = BackupKeeper(self.desk, backups, status)
        SearchEverywhere(self.desk, top.search, self.desk.services.search)

    def _load_rest(self) -> None:
        """Load, behind the first page, what it does without: no first click waits for it."""
        services = self.desk.services
        self.desk.jobs.start(lambda _report: services.open_all(), self._settle, title="准备各页")

    def _see_day(self) -> None:
        """What counts by days is read again on another one, where the program was left open overnight."""
        day = self.desk.services.clock().date()
        if day != self._day:
            self._day = day
            self.window.reload_all()

    def _make_page(self, section: str) -> Page:
        return PAGES[section]()(self.desk)

    def _settle(self, _prepared: None = None) -> None:
        """The pages behind the first are loaded here, one in each turn of the event loop; then the rest."""
        section = next(self._unloaded, None)
        if section is not None:
            PAGES[section]()
            self._settling.start()
        elif self._keeper is not None:
            self._keeper.begin()

    def go(self, action: str) -> None:
        """Show the page an action belongs to, and let the page carry it out."""
        verb, _, argument = action.partition(":")
        if verb == "open_year":
            self._open_year()
            return
        section = SECTION_OF[verb]
        self.window.show_section(section)
        if self.window.current_section() != section:
            return
        page = self.window.page(section)
        if isinstance(page, PerformingPage):
            page.perform(verb, argument)

    def show_list(self, listed: "CountedList", day: date | None) -> None:
        """Show what a figure of the statistics counts in the page that lists it."""
        of_results = listed.code == "results"
        section = "assessment" if of_results else "roster"
        self.window.show_section(section)
        if self.window.current_section() != section:
            return
        page = self.window.page(section)
        if of_results:
            self._show_year_of(listed)
        if isinstance(page, CountingPage):
            page.show_counted(listed, day)

    def _show_year_of(self, listed: "CountedList") -> None:
        """Work on the year whose results are asked for."""
        year = int(str(dict(listed.among)["year"][0]))
        if year != self.desk.year:
            self.desk.choose_year(year)

    def _open_year(self) -> None:
        from gui.dialogs.open_year import OpenYearDialog  # noqa: PLC0415 - the home page does without

        if may(self.desk, "assessments.open_year"):
            OpenYearDialog(self.desk, self._facts.openable_years, self._facts.cycles, self.window).open()

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        """Show what importing a dropped file would do: here, or as a roster where nothing is imported."""
        if self._facts.office is None:
            self.desk.warn("还没有新建单位，不能导入文件。")
            return
        if len(paths) != 1:
            self.desk.warn(f"一次只能导入一个文件，拖进来了 {len(paths)} 个；请一个一个地拖。")
            return
        page = self.window.page(self.window.current_section())
        here = isinstance(page, ImportingPage)
        if not here:
            self.window.show_section("roster")
            page = self.window.page(self.window.current_section())
        if isinstance(page, ImportingPage):
            self.desk.settings.add_recent_file(paths[0])
            page.import_file(paths[0], here=here)

    def _fill_user_menu(self) -> None:
        menu = self.window.top.user_menu
        fill_display_menu(menu, self.desk)
        recent = self.desk.settings.recent_files
        menu.addSeparator()
        files = menu.addMenu("最近导入的文件")
        files.setEnabled(bool(recent) and self._facts.office is not None)
        for path in recent:
            action = files.addAction(literal(path.name))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self._take_dropped([path]))

    def _reload(self) -> None:
        services = self.desk.services
        self.desk.jobs.start(lambda _report: read_facts(services), self._show_facts, title="读取单位")

    def _show_facts(self, facts: OfficeFacts) -> None:
        is_new = self._facts.office is None and facts.office is not None
        self._facts = facts
        if is_new and facts.years:
            self.desk.choose_year(facts.years[0])
        elif self.desk.cycle not in ("", *(each.code for each in facts.cycles_of(self.desk.year))):
            # Its opening was taken back.
            self.desk.choose_year(self.desk.year)
        name = facts.office.name if facts.office else ""
        self.window.setWindowTitle(f"{name} — 社评通" if name else "社评通")
        self.window.top.set_office(name)
        self.window.set_open(facts.office is not None)
        self._show_years()
        if facts.last_act:
            act = facts.last_act
            self.window.status.set_last_act(f"{act.at:%m-%d %H:%M} {act.actor} {act.verb}")

    def _show_years(self) -> None:
        choices = self._facts.choices(self.desk.year)
        own = [each for each in choices if each.year == self.desk.year]
        chosen = next((each for each in own if each.cycle == self.desk.cycle), own[0])
        offer_act(self.window.top.set_years(choices, chosen), Way(self.desk, "open_year"))

    def _follow_year(self, _year: int) -> None:
        self._show_years()
        self.window.reload_all()

    def _show_data_place(self, folder: Path) -> None:
        drive = folder.drive.rstrip(":")
        short = f"本机 {drive} 盘" if len(drive) == 1 else f"本机 {folder.name}"
        self.window.status.set_data_place(short, f"数据文件夹：{folder}")
        self.window.status.place_clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        )

    def _show_help(self) -> None:
        """The manual at the page in sight; it stays open beside the window."""
        from gui.manual import ManualWindow, topic_of  # noqa: PLC0415 - the home page does without

        if self._manual is None:
            self._manual = ManualWindow(self.desk, self.window)
        section = self.window.current_section()
        self._manual.show_page(topic_of(self.window.page(section), section))


def fill_display_menu(menu: QMenu, desk: Desk) -> None:
    """Light or dark and text size at hand, everything else one step away."""
    menu.clear()
    settings = desk.settings
    for mode in Mode:
        action = _choice(menu, mode.label, chosen=mode is settings.mode)
        action.triggered.connect(lambda _checked=False, mode=mode: change_mode(settings, mode))
    menu.addSeparator()
    for size in TextSize:
        action = _choice(menu, f"{size.label}字", chosen=size is settings.text_size)
        action.triggered.connect(lambda _checked=False, size=size: change_text_size(settings, size))
    menu.addSeparator()
    menu.addAction("单位设置").triggered.connect(lambda _checked=False: desk.go("office"))
    if desk.access is not None and desk.services.gate.session.user is not None:
        _add_own_account(menu, desk.access)


def _add_own_account(menu: QMenu, access: "Access") -> None:
    """What somebody who logged in may do with the own account."""
    menu.addSeparator()
    for text, act in (
        ("修改密码……", access.change_password),
        ("锁定", access.lock),
        ("退出登录", access.leave),
    ):
        menu.addAction(text).triggered.connect(lambda _checked=False, act=act: act())


def _choice(menu: QMenu, text: str, *, chosen: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    return action
