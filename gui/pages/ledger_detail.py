"""The pane beside a ledger's list: one record by sections, its files, its last changes.

detail = LedgerDetail(desk, ledger); detail.show_row(row or None)
detail.edit_asked, detail.remove_asked, detail.closed
detail.set_day(day)              of a past day: only what the row says, nothing to do
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent

from core.model.ledger import Field, FieldKind, Ledger
from core.model.ledger_view import LedgerRow
from core.model.people import Person
from core.model.personal import ERASED, Erasure
from core.model.register import HistoryLine
from gui.actions import EDIT, command_button
from gui.backup_keeper import warn_of_old
from gui.desk import Desk
from gui.dialogs.history import HistoryDialog
from gui.dialogs.reason_form import ReasonForm
from gui.pages.last_changes import add_last_changes
from gui.rights import needs, offer
from gui.table_model import NO_VALUE
from gui.widgets.attachments import AttachmentBox
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.card import FactRow
from gui.widgets.detail_pane import LABEL_WIDTH, DetailPane
from gui.widgets.masked_row import MaskedRow

PAUSE_MS = 150
FIRST_SECTION = "基本信息"
CHARACTER, MOST_LABEL = 13, 112


class LedgerDetail(DetailPane):
    """Follows the selection; files and history are read when the selection rests."""

    edit_asked = Signal()
    remove_asked = Signal()

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        super().__init__(f"{ledger.label}详情")
        self._desk = desk
        self._ledger = ledger
        self._row: LedgerRow | None = None
        self._day: date | None = None
        self._is_read = False
        self.files: AttachmentBox | None = None
        self.masked: dict[str, MaskedRow] = {}
        edit = command_button(EDIT, self.edit_asked.emit, dense=True)
        # Only here: the list has its own F2, and two of one key would do nothing.
        edit.setShortcut("")
        key = QShortcut(QKeySequence(EDIT.keys), self, self.edit_asked.emit)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        remove = push_button("移到回收站", self.remove_asked.emit, icon_name="delete-bin-6-line", dense=True)
        self._changing = (
            offer(desk.services.gate, edit, "ledgers.save"),
            offer(desk.services.gate, remove, "ledgers.remove"),
        )
        for button in self._changing:
            self.add_button(button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self._say_nothing()

    def show_row(self, row: LedgerRow | None) -> None:
        """Show this one, or say that none is selected; the same one stays as it is."""
        if row == self._row:
            return
        self._row = row
        self._is_read = False
        self.clear_groups()
        self.masked = {}
        self.files = None
        if row is None:
            self._pause.stop()
            self._say_nothing()
            return
        title, badges = self._head(row)
        self.set_head(title, badges)
        self._add_sections(row)
        if self._day is None:
            self._add_files(row)
        if self.isVisible():
            self._pause.start()

    def set_day(self, day: date | None) -> None:
        """Show records as of a day, with nothing to change, no files and no later history; None is now."""
        self._day = day
        for button in self._changing:
            button.setVisible(day is None)
        row, self._row = self._row, None
        self.show_row(row)

    def _say_nothing(self) -> None:
        self.show_nothing(f"选中一条{self._ledger.label}，\n这里显示它的详情")

    def _head(self, row: LedgerRow) -> tuple[str, tuple[BadgeFace, ...]]:
        shown = dict(zip(self._ledger.fields, row.texts, strict=True))
        title = shown[self._ledger.field(self._ledger.title_field)]
        chosen = [
            text for field, text in shown.items() if field.kind is FieldKind.CHOICE and text != NO_VALUE
        ]
        badges = tuple(BadgeFace(text, "line") for text in chosen[:2] if text != title)
        return title if title != NO_VALUE else self._ledger.label, badges

    def _add_sections(self, row: LedgerRow) -> None:
        pairs = list(zip(self._ledger.fields, row.texts, strict=True))
        section = FIRST_SECTION
        for heading, group in groupby(pairs, lambda pair: pair[0].section):
            # A field without a section belongs to the one before it.
            facts = [(field, text) for field, text in group if self._is_told(field, text)]
            if (heading or section == FIRST_SECTION) and facts:
                self.add_group(heading or section, ())
            section = heading or section
            for field, text in facts:
                self._add_fact(field, text)

    @needs("persons.erase")
    def _ask_erasure(self) -> None:
        """Show what goes and what stays, and ask why."""
        if self._row is not None:
            persons, key = self._desk.services.persons, self._row.record.id
            self._desk.jobs.start(
                lambda _report: persons.would_erase(key), self._show_erasure, title="查看个人信息", owner=self
            )

    def _show_erasure(self, found: Erasure) -> None:
        persons, old_backups = self._desk.services.persons, self._desk.services.old_backups
        form = ReasonForm(
            ERASED,
            f"删除“{found.name}”的个人信息，不能撤销",
            (
                ("删除", "、".join(found.goes) or "无"),
                *(("保留", f"{what}：{why}") for what, why in found.stays),
            ),
            "请写明谁在什么时候提出、经谁同意；理由和删除的项目记入变更记录。",
            parent=self,
        )
        form.accepted_with.connect(
            lambda reason: self._desk.jobs.start(
                lambda _report: (persons.erase(found.person_id, reason), old_backups.found()),
                lambda done: warn_of_old(self._desk, done[1]),
                title=ERASED,
                saves=True,
                owner=self,
            )
        )
        form.open()

    def _is_told(self, field: Field, text: str) -> bool:
        return text != NO_VALUE or (field.listed and field.name != self._ledger.title_field)

    def _add_fact(self, field: Field, text: str) -> None:
        if not field.masked or text == NO_VALUE:
            self.add_widget(FactRow(field.label, text, label_width=self._label_width()))
            return
        fact = MaskedRow(field.label, text, label_width=self._label_width())
        fact.asked.connect(lambda: self._reveal(field))
        # Looking is logged, and of what stands in the ledger now.
        fact.toggle.setVisible(self._day is None)
        self.masked[field.name] = fact
        self.add_widget(fact)

    def _label_width(self) -> int:
        longest = max(len(field.label) for field in self._ledger.fields)
        return min(max(LABEL_WIDTH, longest * CHARACTER + 6), MOST_LABEL)

    def _add_files(self, row: LedgerRow) -> None:
        self.add_group("附件", ())
        self.files = AttachmentBox(self._desk, row.id)
        self.add_widget(self.files)
        if self._ledger.kind is Person:
            # Seldom wanted, and never by mistake: it stands below, apart from what is done every day.
            self.add_group("个人信息", (), link="按本人要求删除……", on_link=self._ask_erasure)

    def _reveal(self, field: Field) -> None:
        if self._row is None:
            return
        ledgers, ledger, key = self._desk.services.ledgers, self._ledger, self._row.id
        self._desk.jobs.start(
            lambda _report: (key, field.name, ledgers.reveal(ledger, key, field.name)),
            self._show_revealed,
            title="显示号码",
            saves=True,
        )

    def _show_revealed(self, answer: tuple[str, str, str]) -> None:
        key, name, text = answer
        if self._row is not None and self._row.id == key and name in self.masked:
            self.masked[name].show_whole(text.split("、"))

    # Files and history

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._row is not None and not self._is_read:
            self._pause.start()

    def _read(self) -> None:
        if self._row is None or self.files is None:
            return
        self.files.load()
        key, versions = self._row.id, self._desk.services.versions
        self._desk.jobs.start(
            lambda _report: (key, versions.history(key)), self._show_history, title="读取变更记录"
        )

    def _show_history(self, found: tuple[str, Sequence[HistoryLine]]) -> None:
        key, lines = found
        if self._is_read or self._row is None or self._row.id != key:
            return
        self._is_read = True
        add_last_changes(self, lines, self._open_history)

    def _open_history(self) -> None:
        if self._row is not None:
            title, _badges = self._head(self._row)
            HistoryDialog(self._desk, title, self._row.id, self).open()
