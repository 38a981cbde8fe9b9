"""The form of one place of a scheme: its fields, what it holds once, and its lists as rows.

form = SchemeForm(); form.show_place(draft, place); form.changed(path, key, value); form.asked(act, path)
form.show_findings(findings)             beside the fields
form.focus(path, key)
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from core.errors import Problem
from core.model.scheme_draft import DraftFinding, Path, Table, Value
from core.model.scheme_parts import Kind, SchemeKey, part_at, part_of
from gui.pages.scheme_fields import editor_for
from gui.pages.scheme_places import Place, keys_at, offered, place_of, title_of
from gui.pages.scheme_rows import SchemeRows
from gui.widgets.card import ScrollPane
from gui.widgets.form_row import FormRow
from gui.widgets.labels import WrappingLabel, label, rule
from gui.widgets.layouts import clear

LABEL_WIDTH, MARGIN = 128, 20
Where = tuple[Path, str]


class SchemeForm(ScrollPane):
    """Made anew for every place, and where a choice brings other fields."""

    changed = Signal(tuple, str, object)
    asked = Signal(str, tuple)
    pasted = Signal(tuple, object, int)

    def __init__(self) -> None:
        super().__init__(MARGIN)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName("方案内容")
        self._place: Place | None = None
        self._draft = Table()
        self._rows: dict[Where, FormRow] = {}
        self._lists: dict[Where, SchemeRows] = {}
        self._title = label("", "heading")
        self._wrong = WrappingLabel("", "err")
        self._findings: Sequence[DraftFinding] = ()

    def show_place(self, draft: Table, place: Place) -> None:
        """Show what a place holds."""
        self._draft, self._place = draft, place
        self._clear()
        table = draft.at(place.path)
        self._title = label(title_of(draft, place), "heading")
        self.body.addWidget(self._title)
        self._wrong = WrappingLabel("", "err")
        self.body.addWidget(self._wrong)
        known = [each for each in keys_at(place) if each.makes_sense(table)]
        for each in known:
            if each.kind not in (Kind.TABLE, Kind.TABLES):
                self._add_row(place.path, table, each)
        for each in known:
            if each.kind is Kind.TABLES:
                self._add_list(place.path, each)
        for each in known:
            if each.kind is Kind.TABLE:
                self._add_section(place.path, table, each)
        self.body.addStretch(1)
        self.show_findings(self._findings)
        self.verticalScrollBar().setValue(0)

    def follow(self, draft: Table) -> None:
        """Keep up with a draft whose tables are the same ones."""
        self._draft = draft
        if self._place is not None:
            self._title.setText(title_of(draft, self._place))
        for rows in self._lists.values():
            rows.show_sum(draft)

    def show_findings(self, findings: Sequence[DraftFinding]) -> None:
        """Say what is wrong beside the field it is about; what is about the whole place, at its head."""
        self._findings = findings
        faulty = {(finding.path, finding.key) for finding in findings}
        beside: dict[Where | None, list[Problem]] = {}
        for finding in findings:
            if self._place == place_of(finding.path, finding.key) or self._list_of(finding.path):
                beside.setdefault(self._beside(finding), []).append(finding.problem)
        for where, row in self._rows.items():
            if where in beside:
                row.show_error(" ".join(map(_without_place, beside[where])))
            else:
                row.clear_message()
        for where, rows in self._lists.items():
            rows.say([*map(str, beside.get(where, ()))], faulty)
        self._wrong.setText("\n".join(map(str, beside.get(None, ()))))
        self._wrong.setVisible(None in beside)

    def _beside(self, finding: DraftFinding) -> Where | None:
        """The field or list that a finding stands beside; None for the head of the form."""
        where = (finding.path, finding.key)
        return where if where in self._rows or where in self._lists else self._list_of(finding.path)

    def _list_of(self, path: Path) -> Where | None:
        """The shown list that a table is a row of."""
        where = (path[:-2], str(path[-2])) if len(path) > 1 else ((), "")
        return where if where in self._lists else None

    def focus(self, path: Path, key: str) -> None:
        """Put the keyboard into a field, or where it would be."""
        if (field := self._nearest(path, key)) is not None:
            # As if the Tab key had led there: what stands in the field is selected.
            field.setFocus(Qt.FocusReason.TabFocusReason)
            # A form just made has no places for its fields yet.
            QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        field = self.window().focusWidget()
        if field is not None and self.isAncestorOf(field):
            self.ensureWidgetVisible(field, 20, 80)

    def _fields(self) -> dict[Where, QWidget]:
        """All fields that are shown, also those in rows."""
        fields: dict[Where, QWidget] = {where: row.field for where, row in self._rows.items()}
        for rows in self._lists.values():
            fields |= rows.fields
        return fields

    def _nearest(self, path: Path, key: str) -> QWidget | None:
        """The field of a key; else one of its list, of its table, or what adds a row where this one was."""
        fields = self._fields()
        if (path, key) in fields:
            return fields[path, key]
        if held := self._lists.get((path, key)):
            return next(iter(held.fields.values()), held.add)
        if beside := [field for (each, _), field in fields.items() if each == path]:
            return fields.get((path, "name"), beside[0])
        holder = self._list_of(path)
        return self._lists[holder].add if holder else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self._room()
        if self._place and any(rows.folds_in(room) != rows.is_folded for rows in self._lists.values()):
            # Not while the area is laying itself out.
            QTimer.singleShot(0, self, self._show_again)

    def _show_again(self) -> None:
        if self._place is not None:
            held = next((where for where, field in self._fields().items() if field.hasFocus()), None)
            self.show_place(self._draft, self._place)
            if held is not None:
                self.focus(*held)

    def _room(self) -> int:
        """How wide the content may be."""
        return self.viewport().width() - 2 * MARGIN

    def _clear(self) -> None:
        self._rows.clear()
        self._lists.clear()
        clear(self.body)

    def _add_row(self, path: Path, table: Table, known: SchemeKey) -> None:
        def put(value: Value | None) -> None:
            self._put(path, known.key, value)

        field = editor_for(known, table.get(known.key), put, offered(self._draft, known))
        row = FormRow(known.label, field, required=known.required, hint=known.hint, label_width=LABEL_WIDTH)
        self._rows[path, known.key] = row
        self.body.addWidget(row)

    def _add_section(self, path: Path, table: Table, known: SchemeKey) -> None:
        self.body.addWidget(rule())
        self.body.addWidget(label(known.label, "strong"))
        for inner in part_of(part_at(path), known.key).keys:
            self._add_row((*path, known.key), table.table(known.key), inner)

    def _add_list(self, path: Path, known: SchemeKey) -> None:
        rows = SchemeRows(self._draft, path, known, self._room())
        rows.put.connect(self._put)
        rows.asked.connect(self.asked)
        rows.pasted.connect(self.pasted)
        self._lists[path, known.key] = rows
        self.body.addWidget(rule())
        self.body.addWidget(rows)

    def _put(self, path: Path, key: str, value: Value | None) -> None:
        self.changed.emit(path, key, value)
        if any(known.only[0] == key for known in part_at(path).keys):
            self.asked.emit("shape", (*path, key))


def _without_place(problem: Problem) -> str:
    """What is wrong and what to do, where the place is plain to see."""
    return f"{problem.message}。{problem.remedy}。" if problem.remedy else f"{problem.message}。"
