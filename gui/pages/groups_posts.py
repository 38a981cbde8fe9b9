"""Who holds which post: read in a job, listed, added, changed.

posts = read_posts(services, {"work_group_id": id})     tuple of PostRow, in the order of their offices
is_held(post, day)                                      whether somebody is in office on a day
pane = PostList(desk, "group_members", COLUMNS, "还没有成员"); pane.show_posts(rows); pane.edit()
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from core.model.dates import PartialDate
from core.model.ledger import Ledger
from core.model.ledger_view import LedgerRow
from core.model.people import Post, PostKind
from core.model.register_ledgers import PEOPLE, POSTS
from core.services.services import Services
from gui.actions import EDIT, REMOVE, command_action
from gui.desk import Desk
from gui.dialogs.history import HistoryDialog
from gui.dialogs.ledger_form import LedgerForm
from gui.rights import needs
from gui.table_model import NO_VALUE, Column, RecordTableModel
from gui.table_view import RecordTable
from gui.undo import do_undoably
from gui.widgets.labels import label

_FIRST = (PostKind.LEAD_LEADER, PostKind.CONVENER)
ORDER = (*_FIRST, *(kind for kind in PostKind if kind not in _FIRST))


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with its person: name, unit and title, masked telephone numbers."""

    post: Post
    name: str
    place: str
    phones: str

    @property
    def id(self) -> str:
        """The post's id."""
        return self.post.id

    @property
    def place_and_end(self) -> str:
        """The same place, after the day on which the post ended or will."""
        return "，".join(filter(None, (f"至 {self.post.until_on}" if self.post.until_on else "", self.place)))


def read_posts(services: Services, equal: Mapping[str, object]) -> tuple[PostRow, ...]:
    """The posts with these values, those of the first office first."""
    ledgers = services.ledgers
    posts = ledgers.rows(POSTS, ledgers.find(POSTS, equal=equal))
    ids = list(dict.fromkeys(row.record.person_id for row in posts))
    people = {row.id: _texts(PEOPLE, row) for row in ledgers.rows(PEOPLE, ids)}
    rows = [_post_row(row.record, _texts(POSTS, row), people.get(row.record.person_id, {})) for row in posts]
    return tuple(sorted(rows, key=lambda row: (ORDER.index(row.post.kind), str(row.post.since_on or ""))))


def _texts(ledger: Ledger, row: LedgerRow) -> Mapping[str, str]:
    """What a row shows, by field name; nothing where there is nothing."""
    pairs = zip(ledger.fields, row.texts, strict=True)
    return {field.name: "" if text == NO_VALUE else text for field, text in pairs}


def _post_row(post: Post, said: Mapping[str, str], person: Mapping[str, str]) -> PostRow:
    unit = said["unit_id"] or person.get("unit_id", "")
    return PostRow(post, said["person_id"], f"{unit}{person.get('title', '')}", person.get("phones", ""))


def is_held(post: Post, day: date) -> bool:
    """Whether the post is held on a day; a month or a year counts whole."""
    then, until = PartialDate.of(day), post.until_on
    if post.since_on and post.since_on > then:
        return False
    return until is None or PartialDate(until.year, until.month or 12, until.day or 31) >= then


NAME: Column[PostRow] = Column("姓名", lambda row: row.name, width=92, bold=True)
KIND: Column[PostRow] = Column(
    "职务", lambda row: row.post.kind.label, width=96, sort_key=lambda row: ORDER.index(row.post.kind)
)
PLACE: Column[PostRow] = Column("单位及职务", lambda row: row.place, stretch=True, quiet=True)
PHONES: Column[PostRow] = Column("联系电话", lambda row: row.phones, width=124, quiet=True, narrow=False)
PLACE_AND_END: Column[PostRow] = replace(PLACE, text=lambda row: row.place_and_end)
SINCE: Column[PostRow] = Column(
    "任职", lambda row: str(row.post.since_on or ""), width=112, sort_key=lambda row: row.post.since_on
)
UNTIL: Column[PostRow] = Column(
    "免职", lambda row: str(row.post.until_on or ""), width=112, sort_key=lambda row: row.post.until_on
)
TERM: Column[PostRow] = Column("届次", lambda row: row.post.term, width=96, quiet=True, narrow=False)


class PostList(QWidget):
    """A table of posts; Enter or F2 changes one, Delete puts it into the bin."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, name: str, columns: Sequence[Column[PostRow]], nothing: str) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = ""
        self.model = RecordTableModel(columns, lambda row: row.id, parent=self)
        self.table = RecordTable(self.model, desk.settings, name, label="任职")
        self._nothing = label(nothing, "secondary", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMargin(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._nothing, 1)
        self._add_actions()
        self.table.opened.connect(lambda _row: self.edit())
        self.table.current_changed.connect(self.chosen)

    def _add_actions(self) -> None:
        history = QAction("变更记录", self.table)
        history.triggered.connect(lambda _checked=False: self.show_history())
        edit = command_action(EDIT, self.edit, self.table)
        remove = command_action(REMOVE, self.remove, self.table)
        remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        for action in (edit, history, remove):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.table.addAction(action)

    def show_posts(self, rows: Sequence[PostRow]) -> None:
        """Show these; one that was just saved is selected."""
        had_focus = self.table.hasFocus() or self.hasFocus()
        self.model.set_records(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        if had_focus:
            # A table that is hidden would hand it on to the next field of the window.
            (self.table if rows else self).setFocus()
        if self._wanted and self.model.rows_of({self._wanted}):
            self.table.select_ids((self._wanted,))
            self._wanted = ""
        elif rows and self.table.current_record() is None:
            self.table.selectRow(0)
        self.chosen.emit(self.table.current_record())

    def fill_menu(self, menu: QMenu, fixed: Mapping[str, str]) -> None:
        """Offer both ways to a new post: of somebody known, or of a person still to be written down."""
        menu.clear()
        menu.addAction("从人员中选择……", lambda: self.new(fixed))
        menu.addAction("先登记新人员……", lambda: self.new_person(fixed))

    @needs("ledgers.save")
    def new(self, fixed: Mapping[str, str]) -> None:
        """A form for a new post, with these values already decided."""
        form = LedgerForm(self._desk, POSTS, None, self, fixed)
        form.saved.connect(self._want)
        form.open()

    @needs("ledgers.save")
    def new_person(self, fixed: Mapping[str, str]) -> None:
        """A form for a person who is not in the register yet, then one for the post."""
        form = LedgerForm(self._desk, PEOPLE, None, self)
        form.saved.connect(lambda person_id: self.new({**fixed, "person_id": person_id}))
        form.open()

    @needs("ledgers.save")
    def edit(self) -> None:
        """The form of the current post."""
        row: PostRow | None = self.table.current_record()
        if row is not None:
            LedgerForm(self._desk, POSTS, row.post, self).open()

    @needs("ledgers.remove")
    def remove(self) -> None:
        """Put the selected posts into the bin: those written down by mistake, not those that ended."""
        rows: Sequence[PostRow] = self.table.selected_records()
        if not rows:
            return
        ledgers, ids = self._desk.services.ledgers, [row.id for row in rows]
        words = f"“{rows[0].name}”的任职" if len(rows) == 1 else f"{len(rows)} 条任职"
        do_undoably(
            self._desk,
            lambda: ledgers.remove(POSTS, ids),
            title="移到回收站",
            told=lambda _count: f"已移到回收站：{words}",
            owner=self,
        )

    def show_history(self) -> None:
        """What was changed on the current post."""
        row: PostRow | None = self.table.current_record()
        if row is not None:
            name = f"{row.name}　{row.post.kind.label}"
            HistoryDialog(self._desk, name, row.id, self).open()

    def _want(self, record_id: str) -> None:
        self._wanted = record_id
