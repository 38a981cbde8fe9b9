"""台账: all ledgers of the office in one page.

pane = LedgersPane(desk); pane.reload(); pane.open("activities"); pane.open("activities:<organization id>")
pane.open("activities::<record id>")
pane.immersed(True)             an import takes the whole page
"""

from datetime import date
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from core.model.ledger import Ledger
from core.model.ledger_view import LedgerCounts
from core.model.ledgers import LEDGERS
from core.model.organization import Organization
from core.model.register_ledgers import CLASS_MAPPINGS, CLASSIFICATIONS
from core.model.year_report import CountedList
from gui.desk import Desk
from gui.dialogs.class_report import ClassReportDialog
from gui.pages.ledger_import import LedgerImportPane
from gui.pages.ledger_list import LedgerPane
from gui.pages.ledger_menu import SHOWN_LEDGERS, LedgerMenu
from gui.rights import needs
from gui.theme import set_kind
from gui.widgets.buttons import push_button
from gui.widgets.page import PageHeader
from gui.widgets.past_day import past_words


class LedgersPane(QStackedWidget):
    """The list of ledgers, the chosen one, and the import that takes the whole page while it lasts."""

    immersed = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._narrow = False
        self._panes: dict[str, LedgerPane] = {}
        self._stale: set[str] = set()
        self._is_stale = True
        self.menu = LedgerMenu()
        self._header = PageHeader("")
        self._import = push_button("导入", self.start_import, icon_name="upload-2-line")
        self._export = push_button("导出表格", icon_name="file-excel-2-line")
        self._print = push_button("打印", lambda: self.pane().print(), icon_name="printer-line")
        self._new = push_button("新增", self._new_record, icon_name="add-line", kind="primary")
        self._classes = push_button("分类统计", self._show_classes, icon_name="pie-chart-2-line")
        self._shown = QStackedWidget()
        self._build()
        self._connect()
        self.menu.choose(SHOWN_LEDGERS[0].code)

    def _build(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._fill_header()
        column.addWidget(self._header)
        column.addWidget(self._shown, 1)
        left = QFrame()
        left.setProperty("kind", "list")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 4, 1, 4)
        inside.addWidget(self.menu)
        browse = QWidget()
        whole = QHBoxLayout(browse)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addWidget(side, 1)
        self.addWidget(browse)

    def _fill_header(self) -> None:
        for button, keys in ((self._import, "Ctrl+I"), (self._print, "Ctrl+P"), (self._new, "Ctrl+N")):
            button.setShortcut(keys)
            button.setToolTip(f"{button.text()}\uff08{keys}\uff09")
        self._fill_export_menu()
        set_kind(self._header, "kind", "canvas")
        for button in (self._classes, self._import, self._export, self._print, self._new):
            self._header.add_button(button)

    def _fill_export_menu(self) -> None:
        menu = QMenu(self._export)
        shown = menu.addAction("导出显示的", lambda: self.pane().export(publication=False))
        shown.setShortcut("Ctrl+E")
        menu.addAction("公开用\uff08不含电话、住址\uff09", lambda: self.pane().export(publication=True))
        menu.addSeparator()
        menu.addAction("下载空白模板", lambda: self.pane().sheets.save_template())
        set_kind(self._export, "menu", True)
        self._export.setMenu(menu)
        # In the page too: keys of an action that only stands in a closed menu do nothing.
        self.addAction(shown)

    def _connect(self) -> None:
        self.menu.chosen.connect(self._show_ledger)

    @cached_property
    def importing(self) -> LedgerImportPane:
        """What takes the page while a ledger is imported; made when it is first asked for."""
        pane = LedgerImportPane(self._desk)
        pane.opened.connect(lambda: self._immerse(True))
        pane.left.connect(lambda: self._immerse(False))
        pane.imported.connect(self._tell_imported)
        self.addWidget(pane)
        pane.set_narrow(self._narrow)
        return pane

    # What the page around asks for

    def reload(self) -> None:
        """Read the counts and the shown list again; the others, and all while hidden, when they are shown."""
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: services.ledgers.counts(SHOWN_LEDGERS), self.menu.set_counts, title="读取台账"
        )
        self._stale = set(self._panes) - {self.menu.code()}
        self.pane().reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def take_focus(self) -> None:
        if self.currentIndex():
            self.importing.take_focus()
        else:
            self.pane().take_focus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.menu.set_narrow(narrow)
        self._header.set_narrow(narrow)
        if "importing" in vars(self):
            self.importing.set_narrow(narrow)
        for pane in self._panes.values():
            pane.set_narrow(narrow)

    def open(self, argument: str) -> None:
        """Show a ledger: CODE, CODE:ORGANIZATION for what belongs to one, CODE::RECORD for one record."""
        code, _, rest = argument.partition(":")
        organization_id, _, record_id = rest.partition(":")
        self._immerse(False)
        self.menu.choose(code)
        if record_id:
            self.pane().choose(record_id)
        elif organization_id:
            services, pane = self._desk.services, self.pane()
            pane.filters.clear()
            self._desk.jobs.start(
                lambda _report: services.ledgers.title_of(Organization, organization_id),
                lambda name: pane.show_organization(organization_id, name or "已不在名册的组织"),
                title="读取组织",
                owner=pane,
            )

    def show_counted(self, listed: CountedList, day: date | None) -> None:
        """Show the records of a ledger that a figure counts, as of a day or now."""
        self._immerse(False)
        self.menu.choose(listed.code)
        self.pane().show_counted(listed, day)

    # What is shown

    def pane(self) -> LedgerPane:
        """The ledger that is shown."""
        code = self.menu.code()
        if code not in self._panes:
            self._panes[code] = self._make(LEDGERS[code])
        return self._panes[code]

    def _make(self, ledger: Ledger) -> LedgerPane:
        pane = LedgerPane(self._desk, ledger)
        pane.set_narrow(self._narrow)
        pane.import_asked.connect(self.start_import)
        pane.pasted.connect(lambda rows: self.importing.open_table(ledger, rows))
        pane.filled.connect(self._show_buttons)
        self._shown.addWidget(pane)
        return pane

    def _show_ledger(self, code: str) -> None:
        is_new = code not in self._panes
        pane = self.pane()
        self._shown.setCurrentWidget(pane)
        self._header.set_title(pane.ledger.label)
        self._show_buttons()
        if self.isVisible() and (is_new or code in self._stale):
            self._stale.discard(code)
            pane.reload()

    def _show_buttons(self) -> None:
        """The empty page has its own; a past day is only looked at and handed out."""
        pane = self.pane()
        # Unfolded first, so that a small window folds away only what belongs to this ledger.
        self._header.set_narrow(False)
        for button in (self._import, self._export, self._print, self._new):
            button.setVisible(pane.is_filled)
        self._classes.setVisible(pane.is_filled and pane.ledger in (CLASSIFICATIONS, CLASS_MAPPINGS))
        for button, words in (
            (self._import, "导入\uff08Ctrl+I\uff09"),
            (self._new, f"新增{pane.ledger.label}\uff08Ctrl+N\uff09"),
        ):
            button.setEnabled(pane.day is None)
            button.setToolTip(words if pane.day is None else past_words(pane.day))
        self._header.set_narrow(self._narrow)

    def _immerse(self, on: bool) -> None:
        self.setCurrentIndex(1 if on else 0)
        self.immersed.emit(on)
        if not on and self.isVisible():
            self.take_focus()

    # What can be done

    @needs("ledgers.apply")
    def start_import(self) -> None:
        """Ask for a file with records of the shown ledger."""
        self.importing.choose_file(self.pane().ledger)

    @needs("ledgers.apply")
    def import_file(self, path: Path) -> None:
        """Show the columns of a file with records of the shown ledger."""
        self.importing.open_table(self.pane().ledger, path)

    @needs("ledgers.save")
    def _new_record(self) -> None:
        self.pane().new_record()

    def _show_classes(self) -> None:
        ClassReportDialog(self._desk, self).open()

    def _tell_imported(self, ledger: Ledger, found: LedgerCounts) -> None:
        left = f"；有误的 {found.refused:,} 行没有导入" if found.refused else ""
        self.menu.choose(ledger.code)
        self.pane().show_all()
        self.pane().notice.say(
            f"已导入{ledger.label}：新增 {found.added:,} 条、更改 {found.changed:,} 条{left}。"
        )
