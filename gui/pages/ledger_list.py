"""One ledger: filters, table by windows, detail pane, or the empty page that says what belongs here.

pane = LedgerPane(desk, ledger); pane.reload(); pane.show_organization(id, title); pane.choose(record_id)
pane.show_counted(listed, day)   what a figure of the statistics counts
pane.show_day(day)               as of a past day, only to look at; None is now
pane.new_record(), pane.export(publication=False), pane.print(), pane.sheets.save_template()
pane.import_asked, pane.pasted(rows of texts)
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.model.ledger import FieldKind, Ledger
from core.model.ledger_view import LedgerRow
from core.model.year_report import CountedList
from core.services.services import Services
from gui.actions import EDIT, command_action
from gui.desk import Desk
from gui.dialogs.ledger_form import LedgerForm
from gui.list_search import ListSearch, Lookup
from gui.pages.ledger_columns import ROOM, blank_row, columns_of, sortable_fields, wanted_room
from gui.pages.ledger_detail import LedgerDetail
from gui.pages.ledger_scope import ScopeLine
from gui.pages.ledger_sheets import LedgerSheets
from gui.pages.roster_filters import FilterBar
from gui.pages.roster_split import SideSplit
from gui.rights import needs, offer, offer_act
from gui.theme import scaled
from gui.undo import do_undoably
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.empty_page import EmptyPage
from gui.widgets.labels import label
from gui.widgets.notice_line import NoticeLine
from gui.widgets.past_day import DayButton, DayLine, past_words
from gui.widgets.search_field import BESIDE_PAUSE_MS
from gui.windowed_table import WindowedModel, WindowedTable

HINTS = "Enter 打开　F2 修改　Delete 移到回收站　Ctrl+C 复制　Ctrl+V 粘贴为新记录"
ORGANIZATION = "organization_id"
DETAIL_WIDTH = 320


class LedgerPane(QWidget):
    """Everything of one ledger."""

    import_asked = Signal()
    pasted = Signal(object)
    filled = Signal()

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        super().__init__()
        self._desk = desk
        self.ledger = ledger
        self._narrow = False
        self._total = 0
        self._wanted = ""
        self._needle = ""
        self.day: date | None = None
        self.is_filled = False
        self.notice = NoticeLine()
        self.model = WindowedModel(
            columns_of(ledger),
            lambda row: row.id,
            blank_row(ledger),
            sortable=sortable_fields(ledger),
            parent=self,
        )
        name = f"ledger_{ledger.code}"
        self.table = WindowedTable(self.model, desk.settings, name, label=ledger.label)
        chips = [(each.name, each.label) for each in ledger.fields if each.kind is FieldKind.CHOICE]
        self._search = ListSearch(desk.jobs, self.model, f"查找{ledger.label}", f"读取{ledger.label}")
        self.filters = FilterBar("文字或拼音", chips, unit="条", width=184, pause_ms=BESIDE_PAUSE_MS)
        self.day_button = DayButton(desk.services.clock, ledger.label)
        self.day_line = DayLine(ledger.label)
        self.scope = ScopeLine(ledger.label)
        self.detail = LedgerDetail(desk, ledger)
        self.sheets = LedgerSheets(desk, ledger, self._say)
        self._hints = QFrame()
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        for field in self.ledger.fields:
            if field.choices is not None:
                self.filters.set_choices(field.name, [(each, each.label) for each in field.choices])
        self._columns = icon_button("layout-column-line", "显示哪些列", self._show_columns, dense=True)
        for button in (self.day_button, self._columns):
            self.filters.add_end(button)
        self._hints.setProperty("kind", "hints")
        self._hints.setFixedHeight(28)
        row = QHBoxLayout(self._hints)
        row.setContentsMargins(24, 0, 16, 0)
        row.addWidget(label(HINTS, "caption"))
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.filters, self.day_line, self.scope, self.notice):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self._hints)
        self._split = SideSplit(self._left, self.detail, width=DETAIL_WIDTH)
        self._empty = self._empty_page()
        for page in (QWidget(), self._split, self._empty):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _empty_page(self) -> EmptyPage:
        bring = push_button("导入", self.import_asked.emit, icon_name="upload-2-line")
        new = push_button("新增", self.new_record, icon_name="add-line", kind="primary")
        for button, keys in ((bring, "Ctrl+I"), (new, "Ctrl+N")):
            # Those of the header are hidden then, and keys of what is hidden do nothing.
            button.setShortcut(keys)
            button.setToolTip(f"{button.text()}\uff08{keys}\uff09")
        return EmptyPage(
            self.ledger.icon,
            f"还没有{self.ledger.label}",
            self.ledger.purpose,
            buttons=(offer(self._desk.services.gate, bring, "ledgers.apply"), new),
            also="没有现成的表格？",
            links=(("下载空白模板", self.sheets.save_template),),
        )

    def _connect(self) -> None:
        self.filters.changed.connect(self._search_again)
        self.filters.search.returnPressed.connect(self.table.setFocus)
        self.scope.left.connect(self._leave_scope)
        self.day_button.chosen.connect(self.show_day)
        self.day_line.left.connect(lambda: self.show_day(None))
        self.day_line.change_asked.connect(self.day_button.choose_again)
        self.model.order_asked.connect(self.search)
        self._search.answered.connect(self._show_found)
        self.table.current_changed.connect(self.detail.show_row)
        self.table.opened.connect(lambda _row: self._open())
        self.table.copy_asked.connect(self._copy)
        self.table.accept_paste()
        self.table.pasted.connect(self._paste)
        self.detail.closed.connect(self._close_detail)
        self.detail.edit_asked.connect(self.edit_record)
        self.detail.remove_asked.connect(self.remove_selected)
        edit = command_action(EDIT, self.edit_record, self.table)
        remove = QAction("移到回收站", self.table)
        remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        remove.triggered.connect(lambda _checked=False: self.remove_selected())
        offer_act(remove, self.remove_selected)
        for action in (edit, remove):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.table.addAction(action)
        leave = QShortcut(Qt.Key.Key_Escape, self.detail, self._close_detail)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What is shown

    def reload(self) -> None:
        """Read the list again; filters and selection stay."""
        self.search()

    def _search_again(self) -> None:
        before, self._needle = self._needle, self.filters.needle()
        self.search(typed=self._needle != before)

    def search(self, *, typed: bool = False) -> None:
        """Ask the store for what the filters say, and unless somebody types how many records there are."""
        services, ledger, day = self._desk.services, self.ledger, self.day
        words, equal = self.filters.needle(), self._equal()
        column, ascending = self.model.sort_state()
        order = self.model.columns[column].name if column >= 0 else None
        descending = None if order is None else not ascending
        lookup = Lookup(
            partial(
                services.ledgers.find, ledger, words, equal, order, descending, day, among=self.scope.among
            ),
            lambda ids: services.ledgers.rows(ledger, ids, day),
        )
        self._search.begin(lookup, typed=typed, cleared=not self.filters.needle())
        if not typed:
            self._desk.jobs.look(
                lambda: counted(services, ledger, day), self._show_total, title="数记录", owner=self
            )

    def _equal(self) -> dict[str, object]:
        equal: dict[str, object] = dict(self.filters.chosen())
        if self.scope.organization_id:
            equal[ORGANIZATION] = self.scope.organization_id
        return equal

    def _show_total(self, total: int) -> None:
        self._total = total
        was_empty = self._stack.currentWidget() is self._empty
        had_focus = was_empty and self._empty.isAncestorOf(self.focusWidget())
        self.is_filled = total > 0 or self.day is not None
        self._stack.setCurrentWidget(self._split if self.is_filled else self._empty)
        if had_focus:
            self.take_focus()
        self._show_count()
        self.filled.emit()

    def _show_found(self) -> None:
        self._show_count()
        self._choose_row()

    def _show_count(self) -> None:
        if self._search.is_whole:
            self.filters.set_count(self.model.rowCount(), self._total)

    def _choose_row(self) -> None:
        if self._wanted and self.model.rows_of({self._wanted}):
            self.table.select_ids((self._wanted,))
            self._wanted = ""
        elif self.table.is_awaiting():
            return
        elif not self.table.current_id() and self.model.rowCount():
            self.table.selectRow(0)
        elif not self.model.rowCount():
            self.detail.show_row(None)

    def show_day(self, day: date | None) -> None:
        """Show the ledger as of a day, only to look at and to hand out; None is now, where work goes on."""
        self._set_day(None if day == self._desk.services.clock().date() else day)
        self.search()

    def _set_day(self, day: date | None) -> None:
        self.day = day
        self.day_line.show_day(day)
        self.detail.set_day(day)

    def choose(self, record_id: str) -> None:
        """Select a record as it is now, shown whatever the filters say."""
        self._set_day(None)
        self._wanted = record_id
        if not self.model.rows_of({record_id}):
            self.filters.clear()
            self.scope.clear()
        self.search()

    def show_organization(self, organization_id: str, title: str) -> None:
        """Show only what belongs to an organization now."""
        self._set_day(None)
        self.filters.clear()
        self.scope.show_organization(organization_id, title)
        self.search()

    def show_counted(self, listed: CountedList, day: date | None) -> None:
        """Show only what a figure counts, as of a day or now."""
        self._set_day(day)
        self.filters.clear()
        self.scope.show_counted(listed)
        self.search()

    def _leave_scope(self) -> None:
        self.scope.clear()
        self.search()

    def show_all(self) -> None:
        """Show the whole ledger as it is now."""
        self._set_day(None)
        self.filters.clear()
        self._leave_scope()

    def take_focus(self) -> None:
        (self._empty if self._stack.currentWidget() is self._empty else self.table).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.filters.set_narrow(narrow)
        self._hints.setVisible(not narrow)
        self._columns.setVisible(not narrow)
        self._fit()

    def _fit(self) -> None:
        """Where list and pane have no room beside each other the pane becomes a page of its own.

        Columns are left out as long as the widest one would be squeezed.
        """
        alone = self._narrow or self.width() < scaled(ROOM + DETAIL_WIDTH)
        self._split.set_narrow(alone)
        room = self.width() if alone or self.detail.isHidden() else self.width() - scaled(DETAIL_WIDTH)
        self.table.set_narrow(self._narrow or room < scaled(wanted_room(self.ledger)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_columns(self) -> None:
        menu = self.table.header_menu(-1)
        menu.popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    def _open(self) -> None:
        self._split.show_side()
        self.detail.setFocus()

    def _close_detail(self) -> None:
        self._split.close_side()
        self.table.setFocus()
        self._fit()

    # What can be done

    @needs("ledgers.save")
    def new_record(self) -> None:
        """Open an empty form; under an organization's filter it is that one's."""
        if self._is_past():
            return
        fixed = {ORGANIZATION: self.scope.organization_id} if self.scope.organization_id else {}
        self._show_form(LedgerForm(self._desk, self.ledger, None, self, fixed))

    @needs("ledgers.save")
    def edit_record(self) -> None:
        """Open the form of the current record."""
        row: LedgerRow | None = self.table.current_record()
        if row is not None and not self._is_past():
            self._show_form(LedgerForm(self._desk, self.ledger, row.record, self))

    def _show_form(self, form: LedgerForm) -> None:
        form.saved.connect(self._choose_saved)
        form.open()

    def _choose_saved(self, record_id: str) -> None:
        self._wanted = record_id

    @needs("ledgers.remove")
    def remove_selected(self) -> None:
        """Put the selected records into the bin."""
        if not self._is_past():
            self.table.with_chosen(self._remove)

    def _remove(self, ids: Sequence[str]) -> None:
        ledgers, ledger = self._desk.services.ledgers, self.ledger
        do_undoably(
            self._desk,
            lambda: ledgers.remove(ledger, ids),
            title="移到回收站",
            told=lambda count: f"已移到回收站：{count:,} 条{ledger.label}",
            owner=self,
        )

    @needs("ledgers.apply")
    def _paste(self, rows: Sequence[Sequence[str]]) -> None:
        if not self._is_past():
            self.pasted.emit(rows)

    def _is_past(self) -> bool:
        """Whether a past day is shown, which nothing can change; says so."""
        if self.day is not None:
            self.notice.say(past_words(self.day), "回到今天", lambda: self.show_day(None))
        return self.day is not None

    def _copy(self, ids: Sequence[str]) -> None:
        ledgers, ledger, day = self._desk.services.ledgers, self.ledger, self.day
        self._desk.jobs.start(
            lambda _report: ledgers.rows(ledger, ids, day),
            self.table.copy_records,
            title=f"复制 {len(ids):,} 条",
        )

    def export(self, *, publication: bool) -> None:
        """Write what is shown, in the order shown, as an Excel file."""
        self._when_found("导出", lambda ids: self.sheets.export(ids, publication=publication, day=self.day))

    def print(self) -> None:
        """Preview what is shown, in the order shown, on paper."""
        columns = enumerate(self.model.columns)
        names = [column.name for place, column in columns if not self.table.isColumnHidden(place)]
        self._when_found("打印", lambda ids: self.sheets.print(ids, names, self.day, self))

    def _when_found(self, verb: str, act: Callable[[tuple[str, ...]], None]) -> None:
        """Give `act` all ids of what the filters say; says so if there are none."""

        def go() -> None:
            if ids := self.model.shown_ids():
                act(ids)
            else:
                self.notice.say(f"没有可以{verb}的内容，请先清除筛选。")

        self.filters.search.tell()
        self._search.when_whole(go)

    def _say(self, text: str, link: str, on_link: Callable[[], object]) -> None:
        if self._stack.currentWidget() is self._empty:
            self._desk.tell(text, link, on_link)
        else:
            self.notice.say(text, link, on_link)


def counted(services: Services, ledger: Ledger, day: date | None) -> int:
    """How many records there are, as of a day or now."""
    if day is not None:
        return len(services.ledgers.find(ledger, day=day))
    return services.ledgers.counts((ledger,))[ledger.code]
