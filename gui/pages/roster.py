"""名册: the social organizations and communities of the office, and the import of its Excel rosters."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.model.organization import Community
from core.model.register import OrganizationSummary, Register
from core.services.roster_import import RosterCounts
from gui.actions import EXPORT, IMPORT_ROSTER, NEW_ORGANIZATION, command_button
from gui.desk import Desk
from gui.dialogs.community_form import CommunityForm
from gui.dialogs.history import HistoryDialog
from gui.dialogs.organization_form import OrganizationForm
from gui.icons import icon
from gui.pages.communities import CommunitiesPane
from gui.pages.import_roster import ImportRosterPane
from gui.pages.roster_list import OrganizationsPane
from gui.theme import set_kind
from gui.widgets.buttons import push_button
from gui.widgets.empty_page import EmptyPage
from gui.widgets.notice_line import NoticeLine
from gui.widgets.page import Page, PageHeader

ORGANIZATIONS, COMMUNITIES = range(2)


class RosterPage(Page):
    """Tabs of lists; the import preview takes the whole page while it lasts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._register: Register | None = None
        self._narrow = False
        self._asked: tuple[str, str] = ("", "")
        self.header = PageHeader("名册", tabs=("社会组织", "社区\uff08村\uff09"))
        self._export = command_button(EXPORT, self._export_shown)
        self._import = command_button(IMPORT_ROSTER, self.start_import)
        self._new = command_button(NEW_ORGANIZATION, self._new_organization, kind="primary")
        self.organizations = OrganizationsPane(desk, NoticeLine())
        self.communities = CommunitiesPane(desk, NoticeLine())
        self.importing = ImportRosterPane(desk)
        self._tabs = QStackedWidget()
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        for button in (self._import, self._export, self._new):
            self.header.add_button(button)
        self._blank = QWidget()
        self._empty = EmptyPage(
            "contacts-book-2-line",
            "名册还是空的",
            "导入现有的花名册表格，程序先列出新增、更改和有误的行，确认后才写入。",
            buttons=(push_button("导入名册", self.start_import, icon_name="upload-2-line", kind="primary"),),
            also="没有现成表格？",
            links=(("逐个新增", self._new_organization),),
        )
        for part in (self.organizations, self.communities, self._empty, self._blank):
            self._tabs.addWidget(part)
        self._tabs.setCurrentWidget(self._blank)
        browse = QWidget()
        column = QVBoxLayout(browse)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._tabs, 1)
        self._stack.addWidget(browse)
        self._stack.addWidget(self.importing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.header.tab_changed.connect(self._show_tab)
        self.organizations.edit_asked.connect(self._edit_organization)
        self.organizations.history_asked.connect(self._show_history)
        self.communities.edit_asked.connect(self._edit_community)
        self.communities.organizations_asked.connect(self._show_organizations_of)
        self.importing.opened.connect(lambda: self._stack.setCurrentIndex(1))
        self.importing.left.connect(lambda: self._stack.setCurrentIndex(0))
        self.importing.imported.connect(self._tell_imported)

    # What the shell and other pages ask for

    def reload(self) -> None:
        register = self._desk.services.register
        self._desk.jobs.start(lambda _report: register.register(), self._show_register, title="读取名册")

    def take_focus(self) -> None:
        if self._stack.currentIndex():
            self.importing.rows.table.setFocus()
        elif self._tabs.currentWidget() is self._empty:
            self._empty.setFocus()
        else:
            self._list().table.setFocus()

    def _list(self) -> OrganizationsPane | CommunitiesPane:
        return self.communities if self.header.tabs.currentIndex() == COMMUNITIES else self.organizations

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self._show_tab()
        for part in (self.organizations, self.communities, self.importing):
            part.set_narrow(narrow)

    def perform(self, action: str, argument: str) -> None:
        """import_roster, new_organization, organization:ID; roster:ID shows what belongs to that id."""
        if action == "import_roster":
            self.start_import()
            return
        if self._stack.currentWidget() is self.importing and not self.importing.leave():
            return
        self._asked = (action, argument)
        if self._register is not None:
            self._carry_out()

    def _carry_out(self) -> None:
        action, argument = self._asked
        self._asked = ("", "")
        if action == "new_organization":
            self._new_organization()
        elif argument:
            self.header.tabs.setCurrentIndex(ORGANIZATIONS)
            if action == "organization":
                self.organizations.choose(argument)
            else:
                self.organizations.filter_by(argument)

    # Showing

    def _show_register(self, register: Register) -> None:
        self._register = register
        self.header.set_tab_text(ORGANIZATIONS, f"社会组织 {len(register.organizations):,}")
        self.header.set_tab_text(COMMUNITIES, f"社区\uff08村\uff09{len(register.communities):,}")
        self.organizations.show_register(register)
        self.communities.show_register(register)
        self._show_tab()
        self._carry_out()

    def _show_tab(self) -> None:
        if self._register is None:
            return
        tab = self.header.tabs.currentIndex()
        is_empty = tab == ORGANIZATIONS and not self._register.organizations
        self._tabs.setCurrentWidget(self._empty if is_empty else self._tabs.widget(tab))
        if is_empty and self.focusWidget() is self.organizations.table:
            self.take_focus()
        set_kind(self._new, "kind", "" if is_empty else "primary")
        self._new.setIcon(icon("add-line", "text2" if is_empty else "on_accent"))
        for button in (self._import, self._export):
            button.setVisible(not is_empty and not self._narrow)

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

    def start_import(self) -> None:
        """Ask for a file and show what importing it would do."""
        self.importing.choose_file()

    def _export_shown(self) -> None:
        self._list().export()

    def _new_organization(self) -> None:
        if self._register is not None:
            form = OrganizationForm(self._desk, self._register, None, self)
            form.saved.connect(self._choose_when_loaded)
            form.open()

    def _choose_when_loaded(self, organization_id: str) -> None:
        self._asked = ("organization", organization_id)

    def _edit_organization(self, summary: OrganizationSummary) -> None:
        if self._register is not None:
            OrganizationForm(self._desk, self._register, summary, self).open()

    def _edit_community(self, community: Community) -> None:
        CommunityForm(self._desk, community, self).open()

    def _show_history(self, summary: OrganizationSummary) -> None:
        HistoryDialog(self._desk, summary.organization.name, summary.id, self).open()

    def _show_organizations_of(self, community_id: str) -> None:
        self.header.tabs.setCurrentIndex(ORGANIZATIONS)
        self.organizations.filter_by(community_id)
