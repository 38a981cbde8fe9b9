"""The left of the tab of certificates: kind and state, search, the certificates with a tick each.

papers = CertificateList(desk); papers.show_view(view); papers.current() -> CertificateRow | None
papers.kind_asked (code); papers.row_chosen (row or None); papers.ticks_changed
papers.chosen_rows()                 the ticked ones, without any the current one
papers.event_asked (CertificateEventKind); papers.go(1)
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from core.model.certificate import CertificateEventKind, CertificateState
from gui.desk import Desk
from gui.pages.certificates_view import CertificateRow, CertificatesView, Key
from gui.rights import offer
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import fix_width
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.choice import Choice
from gui.widgets.labels import label
from gui.widgets.search_field import SearchField

LIST_WIDTH, NARROW = 348, 264
ROW_HEIGHT = 52
_S = CertificateState
FACES = {
    _S.NUMBERED: BadgeFace(_S.NUMBERED.label, "line"),
    _S.PRINTED: BadgeFace(_S.PRINTED.label, "ok"),
    _S.HANDED_OVER: BadgeFace(_S.HANDED_OVER.label, "info"),
    _S.COLLECTED: BadgeFace(_S.COLLECTED.label, "mute"),
    _S.REVOKED: BadgeFace(_S.REVOKED.label, "err", "forbid-2-line"),
    _S.VOID: BadgeFace(_S.VOID.label, "line"),
}
EVENTS = (
    CertificateEventKind.SPOILED,
    CertificateEventKind.COLLECTED,
    CertificateEventKind.REVOKED,
)


def face_of(row: CertificateRow) -> BadgeFace:
    """Where a certificate is; characters without a font come first, it cannot be printed with them."""
    return BadgeFace(f"缺字 {row.missing}", "warn") if row.missing else FACES[row.state]


def second_line(row: CertificateRow) -> str:
    """The number from its year on, and what for."""
    number = row.number[row.number.find("〔") :] if "〔" in row.number else row.number
    return "　".join(part for part in (number, row.result) if part)


COLUMNS: tuple[Column[CertificateRow], ...] = (
    Column(
        "获证对象",
        lambda row: row.name,
        stretch=True,
        second=second_line,
        tooltip=lambda row: f"{row.name}\n{row.number}",
    ),
    Column("状态", lambda row: face_of(row).text, width=84, badges=lambda row: (face_of(row),)),
)


class CertificateList(QFrame):
    """See the module."""

    kind_asked = Signal(str)
    row_chosen = Signal(object)
    ticks_changed = Signal()
    event_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "list")
        fix_width(self, LIST_WIDTH)
        self.kind = Choice((), width=180, empty="")
        self.state = Choice(tuple((each, each.label) for each in _S), width=132, empty="全部状态")
        self.search = SearchField("名称、编号", keys="Ctrl+F")
        self.model = RecordTableModel(COLUMNS, record_id=lambda row: row.key, checkable=True)
        self.table = RecordTable(self.model, desk.settings, "certificates", label="证书")
        self._bulk = QFrame()
        self._words = label("", "strong")
        self.hand_over = push_button(
            "登记发出",
            lambda: self.event_asked.emit(CertificateEventKind.HANDED_OVER),
            dense=True,
        )
        self.more = push_button("更多", dense=True)
        for button in (self.hand_over, self.more):
            offer(desk.services.gate, button, "certificate_register.record")
        self._build()
        self._connect()

    def _build(self) -> None:
        self.table.set_row_height(ROW_HEIGHT)
        for combo, name in ((self.kind, "证书种类"), (self.state, "状态")):
            combo.setProperty("dense", True)
            combo.setAccessibleName(name)
        combos = QHBoxLayout()
        combos.setSpacing(8)
        combos.addWidget(self.kind)
        combos.addWidget(self.state)
        combos.addStretch(1)
        top = QFrame()
        top.setProperty("kind", "filters")
        filters = QVBoxLayout(top)
        filters.setContentsMargins(12, 8, 12, 8)
        filters.setSpacing(6)
        filters.addLayout(combos)
        filters.addWidget(self.search)
        menu = QMenu(self.more)
        for kind in EVENTS:
            menu.addAction(f"登记{kind.label}……", lambda kind=kind: self.event_asked.emit(kind))
        self.more.setMenu(menu)
        self.more.setProperty("menu", True)
        self._bulk.setProperty("kind", "bulk")
        row = QHBoxLayout(self._bulk)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.hand_over)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._bulk)

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _place: self.kind_asked.emit(str(self.kind.chosen())))
        self.state.currentIndexChanged.connect(lambda _place: self._filter())
        self.search.changed.connect(lambda _words: self._filter())
        self.table.current_changed.connect(self._choose)
        self.model.checks_changed.connect(self._follow)

    def set_narrow(self, narrow: bool) -> None:
        """Narrower where there is little room."""
        fix_width(self, NARROW if narrow else LIST_WIDTH)
        fix_width(self.kind, 122 if narrow else 180)
        fix_width(self.state, 108 if narrow else 132)

    def show_view(self, view: CertificatesView) -> None:
        blocked = self.kind.blockSignals(True)
        self.kind.clear()
        for each in view.kinds:
            count = f" {len(view.rows)}" if each.code == view.kind.code and view.rows else ""
            self.kind.addItem(f"{each.name}{count}", each.code)
        self.kind.choose(view.kind.code)
        self.kind.blockSignals(blocked)
        self.model.set_records(view.rows)
        self._filter()
        if self.table.current_record() is None and self.model.rowCount():
            self.table.selectRow(0)

    def current(self) -> CertificateRow | None:
        row: CertificateRow | None = self.table.current_record()
        return row

    def choose(self, key: Key) -> None:
        """Choose the row of this key, whatever the list is narrowed to."""
        if key not in [each.key for each in self.model.shown()]:
            self.search.setText("")
            self.state.choose(None)
            self._filter()
        self.table.select_ids((key,))

    def go(self, step: int) -> None:
        """Choose the next or the previous one that is shown."""
        place = self.table.currentIndex().row() + step
        if 0 <= place < self.model.rowCount():
            self.table.selectRow(place)

    def ticked(self) -> tuple[CertificateRow, ...]:
        """The ticked ones in the order of the list."""
        keys = self.model.checked_ids()
        return tuple(each for each in self.model.shown() if each.key in keys)

    def chosen_rows(self) -> tuple[CertificateRow, ...]:
        current = self.current()
        return self.ticked() or ((current,) if current else ())

    def _filter(self) -> None:
        words, state = self.search.needle().split(), self.state.chosen()

        def holds(row: CertificateRow) -> bool:
            shown = f"{row.name} {row.number} {row.result}"
            return state in (None, row.state) and all(word in shown for word in words)

        self.model.set_filter(holds if words or state else None)
        self._follow()

    def _choose(self, row: CertificateRow | None) -> None:
        self._follow()
        self.row_chosen.emit(row)

    def _follow(self) -> None:
        ticked = self.ticked()
        rows = self.chosen_rows()
        booked = [each for each in rows if each.booked]
        self._words.setText(f"已选 {len(ticked)} 张" if ticked else f"共 {self.model.rowCount()} 张")
        for button in (self.hand_over, self.more):
            button.setEnabled(bool(booked) and len(booked) == len(rows))
        self.hand_over.setToolTip(
            "选中的证书交给了谁、哪一天" if booked else "还没有编号的证书，先打印再登记"
        )
        self.ticks_changed.emit()
