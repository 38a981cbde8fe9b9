"""名册: the social organizations and communities of the office, and the import of its Excel rosters."""

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.model.ledgers import LEDGERS as LEDGERS_BY_CODE
from core.model.organization import Community
from core.model.register import OrganizationSummary, RosterFrame
from core.model.year_report import CountedList
from core.services.files import write_file
from core.services.roster_import import RosterCounts
from gui.actions import EXPORT, IMPORT_ROSTER, NEW_ORGANIZATION, PRINT, command_button
from gui.desk import Desk
from gui.dialogs.community_form import CommunityForm
from gui.dialogs.history import HistoryDialog
from gui.dialogs.organization_form import OrganizationForm
from gui.dialogs.paper_preview import PaperPreview
from gui.icons import icon
from gui.messages import EXCEL_OUT
from gui.pages.communities import CommunitiesPane
from gui.pages.import_roster import ImportRosterPane
from gui.pages.ledgers import LedgersPane
from gui.pages.roster_list import OrganizationsPane
from gui.rights import needs
from gui.theme import set_kind
from gui.widgets.buttons import push_button
from gui.widgets.empty_page import EmptyPage
from gui.widgets.late_stack import SeenStack
from gui.widgets.notice_line import NoticeLine, open_folder_of
from gui.widgets.page import Page, PageHeader

ORGANIZATIONS, COMMUNITIES, LEDGERS = range(3)


class RosterPage(Page):
    """Tabs of lists; the import preview takes the whole page while it lasts.

    What is not seen at first is made when it is first asked for.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._frame: RosterFrame | None = None
        self._narrow = False
        self._day: date | None = None
        self._asked: Callable[[], object] | None = None
        self.header = PageHeader("名册", tabs=("社会组织", "社区\uff08村\uff09", "台账"))
        self._export = command_button(EXPORT, self._export_shown)
        self._import = command_button(IMPORT_ROSTER, self.start_import)
        self._print = command_button(PRINT, self._print_shown)
        self._new = command_button(NEW_ORGANIZATION, self._new_organization, kind="primary")
        self.organizations = OrganizationsPane(desk, NoticeLine())
        self._tabs = SeenStack()
        self._stack = SeenStack()
        self._build()
        self._connect()

    def _build(self) -> None:
        for button in (self._import, self._export, self._print, self._new):
            self.header.add_button(button)
        self._blank = QWidget()
        self._empty = EmptyPage(
            "contacts-book-2-line",
            "名册还是空的",
            "导入现有的花名册表格，程序先列出新增、更改和有误的行，确认后才写入。",
            buttons=(push_button("导入名册", self.start_import, icon_name="upload-2-line", kind="primary"),),
            also="没有现成表格？",
            links=(("逐个新增", self._new_organization), ("下载空白模板", self._save_template)),
        )
        for part in (self.organizations, self._empty, self._blank):
            self._tabs.addWidget(part)
        self._tabs.setCurrentWidget(self._blank)
        browse = QWidget()
        column = QVBoxLayout(browse)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._tabs, 1)
        self._stack.addWidget(browse)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.header.tab_changed.connect(self._show_tab)
        self.organizations.edit_asked.connect(self._edit_organization)
        self.organizations.history_asked.connect(self._show_history)
        self.organizations.day_asked.connect(self._show_day)
        self.organizations.pasted.connect(lambda rows: self.importing.open_table(rows))

    @cached_property
    def communities(self) -> CommunitiesPane:
        """The second tab."""
        pane = CommunitiesPane(self._desk, NoticeLine())
        pane.edit_asked.connect(self._edit_community)
        pane.organizations_asked.connect(self._show_organizations_of)
        self._tabs.addWidget(pane)
        pane.set_narrow(self._narrow)
        if self._frame is not None:
            pane.show_frame(self._frame)
        return pane

    @cached_property
    def ledgers(self) -> LedgersPane:
        """The third tab."""
        pane = LedgersPane(self._desk)
        pane.immersed.connect(self.header.setHidden)
        self._tabs.addWidget(pane)
        pane.set_narrow(self._narrow)
        return pane

    @cached_property
    def importing(self) -> ImportRosterPane:
        """What takes the page while a roster is imported."""
        pane = ImportRosterPane(self._desk)
        pane.opened.connect(lambda: self._stack.setCurrentWidget(pane))
        pane.left.connect(lambda: self._stack.setCurrentIndex(0))
        pane.imported.connect(self._tell_imported)
        self._stack.addWidget(pane)
        pane.set_narrow(self._narrow)
        return pane

    def _is_made(self, name: str) -> bool:
        return name in vars(self)

    # What the shell and other pages ask for

    def reload(self) -> None:
        roster, day = self._desk.services.roster, self._day
        self._desk.jobs.look(lambda: roster.frame(day), self._show_frame, title="读取名册", owner=self)
        self.organizations.reload()
        if self._is_made("ledgers"):
            self.ledgers.reload()

    def take_focus(self) -> None:
        if self._stack.currentIndex():
            self.importing.take_focus()
        elif self._tabs.currentWidget() is self._empty:
            self._empty.setFocus()
        elif self.header.tabs.currentIndex() == LEDGERS:
            self.ledgers.take_focus()
        else:
            self._list().table.setFocus()

    def _pane(self) -> QWidget:
        return self.ledgers if self.header.tabs.currentIndex() == LEDGERS else self._list()

    def _list(self) -> OrganizationsPane | CommunitiesPane:
        return self.communities if self.header.tabs.currentIndex() == COMMUNITIES else self.organizations

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self._show_tab()
        self.organizations.set_narrow(narrow)
        for name in filter(self._is_made, ("communities", "ledgers", "importing")):
            getattr(self, name).set_narrow(narrow)

    def perform(self, action: str, argument: str) -> None:
        """import_roster, new_organization, organization:ID, ledger:CODE.

        roster:ID shows what belongs to that id.
        """
        if action == "import_roster":
            self.start_import()
            return
        if self._stack.currentIndex() and not self.importing.leave():
            return
        self._show_day(None)
        self._ask(partial(self._carry_out, action, argument))

    def show_counted(self, listed: CountedList, day: date | None) -> None:
        """Show what a figure of the statistics counts: organizations, or records of a ledger."""
        if self._stack.currentIndex() and not self.importing.leave():
            return
        if listed.code in LEDGERS_BY_CODE:
            self._ask(partial(self._show_records, listed, day))
        else:
            self._show_day(day)
            self._ask(partial(self._show_organizations, listed))

    def _show_records(self, listed: CountedList, day: date | None) -> None:
        self.header.tabs.setCurrentIndex(LEDGERS)
        self.ledgers.show_counted(listed, day)

    def _show_organizations(self, listed: CountedList) -> None:
        self.header.tabs.setCurrentIndex(ORGANIZATIONS)
        self.organizations.show_counted(listed)

    def _ask(self, act: Callable[[], object]) -> None:
        """Do this as soon as the frame is read."""
        self._asked = act
        self._do_asked()

    def _do_asked(self) -> None:
        if self._frame is not None and self._asked is not None:
            act, self._asked = self._asked, None
            act()

    def _carry_out(self, action: str, argument: str) -> None:
        if action == "new_organization":
            self._new_organization()
        elif action == "ledger":
            self.header.tabs.setCurrentIndex(LEDGERS)
            self.ledgers.open(argument)
        elif argument:
            self.header.tabs.setCurrentIndex(ORGANIZATIONS)
            if action == "organization":
                self.organizations.choose(argument)
            else:
                self.organizations.filter_by(argument)

    # Showing

    def _show_day(self, day: date | None) -> None:
        """Show the organizations as of a day, only to look at; None is now, where work goes on."""
        if day == self._desk.services.clock().date():
            day = None
        if day == self._day:
            return
        self._day = day
        self._frame = None
        self.organizations.set_day(day)
        self.reload()

    def _show_frame(self, frame: RosterFrame) -> None:
        self._frame = frame
        self.header.set_tab_text(ORGANIZATIONS, f"社会组织 {frame.total:,}")
        self.header.set_tab_text(COMMUNITIES, f"社区\uff08村\uff09{len(frame.communities):,}")
        self.organizations.show_frame(frame)
        if self._is_made("communities"):
            self.communities.show_frame(frame)
        self._show_tab()
        self._do_asked()

    def _show_tab(self) -> None:
        tab = self.header.tabs.currentIndex()
        if tab != ORGANIZATIONS:
            self._show_day(None)
        if self._frame is None:
            return
        is_empty = tab == ORGANIZATIONS and not self._frame.total and self._day is None
        self._tabs.setCurrentWidget(self._empty if is_empty else self._pane())
        if is_empty and self.focusWidget() is self.organizations.table:
            self.take_focus()
        set_kind(self._new, "kind", "" if is_empty else "primary")
        self._new.setIcon(icon("add-line", "text2" if is_empty else "on_accent"))
        # Unfolded first: what the page takes away must not stand in the folded menu either.
        self.header.set_narrow(False)
        self._import.setVisible(not is_empty and tab != LEDGERS and self._day is None)
        self._export.setVisible(not is_empty and tab != LEDGERS)
        self._print.setVisible(not is_empty and tab == ORGANIZATIONS and self._day is None)
        self._new.setVisible(tab != LEDGERS and self._day is None)
        self.header.set_narrow(self._narrow)

    def _tell_imported(self, counts: RosterCounts) -> None:
        made = f"，新建 {counts.new_communities} 个社区\uff08村\uff09" if counts.new_communities else ""
        left = f"；有误的 {counts.refused} 行没有导入" if counts.refused else ""
        self.header.tabs.setCurrentIndex(ORGANIZATIONS)
        self.organizations.filters.clear()
        self.organizations.table.setFocus()
        self.notice.say(f"已导入名册：新增 {counts.added} 个、更改 {counts.changed} 个{made}{left}。")

    @property
    def notice(self) -> NoticeLine:
        """Where the page says what was done."""
        return self.organizations.notice

    # Doing

    @needs("roster_import.apply")
    def start_import(self) -> None:
        """Ask for a file and show what importing it would do."""
        self.importing.choose_file()

    @needs("roster_import.apply")
    def import_file(self, path: Path, *, here: bool) -> None:
        """Show what importing this file would do: into the ledger that is shown, else into the roster."""
        if self._stack.currentIndex() and not self.importing.leave():
            return
        if here and self.header.tabs.currentIndex() == LEDGERS:
            self.ledgers.import_file(path)
        else:
            self.importing.open_table(path)

    def _export_shown(self) -> None:
        self._list().export()

    def _save_template(self) -> None:
        messages, services = self._desk.messages, self._desk.services
        path = messages.choose_save_file("下载空白模板", EXCEL_OUT, name="花名册模板.xlsx", purpose="export")
        if path is None:
            return
        told = f"已保存花名册模板到“{path.name}”"
        self._desk.jobs.start(
            lambda _report: write_file(path, services.exports.sheet(services.register.template())),
            lambda _none: self._desk.tell(told, "打开文件夹", lambda: open_folder_of(path)),
            title="下载空白模板",
            owner=self,
        )

    def _print_shown(self) -> None:
        services, query = self._desk.services, self.organizations.query()
        words = self.organizations.filters.words()

        def make(masked: bool) -> bytes:
            return services.papers.roster(services.roster.find(query), shown=words, masked=masked)

        preview = PaperPreview(
            self._desk, "花名册", lambda: make(True), "花名册.pdf", self, whole=lambda: make(False)
        )
        preview.open()

    @needs("register.save_form")
    def _new_organization(self) -> None:
        if self._frame is not None and self._day is None:
            form = OrganizationForm(self._desk, self._frame, None, self)
            form.saved.connect(self._choose_when_loaded)
            form.open()

    def _choose_when_loaded(self, organization_id: str) -> None:
        self._asked = partial(self._carry_out, "organization", organization_id)

    @needs("register.save_form")
    def _edit_organization(self, summary: OrganizationSummary) -> None:
        if self._frame is not None and self._day is None:
            OrganizationForm(self._desk, self._frame, summary, self).open()

    @needs("register.save_community")
    def _edit_community(self, community: Community) -> None:
        CommunityForm(self._desk, community, self).open()

    def _show_history(self, summary: OrganizationSummary) -> None:
        HistoryDialog(self._desk, summary.organization.name, summary.id, self).open()

    def _show_organizations_of(self, community_id: str) -> None:
        self.header.tabs.setCurrentIndex(ORGANIZATIONS)
        self.organizations.filter_by(community_id)
