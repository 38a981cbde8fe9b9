"""The ballots whose two entries differ, settled one after the other; and all ballots with their states.

check = DifferencePane(); check.show_line(box, line); check.settled.connect(store)    Ballot, answers, by whom
all = BallotList(settings); all.show_line(box, line); all.invalid_asked.connect(ask)   Ballot
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.model.ballot import Ballot
from gui.pages.ballots_book import BallotBox, BoxLine, state_words
from gui.pages.ballots_entry import ANSWER_WIDTH, LABEL_WIDTH, AnswerField, order_tabs
from gui.settings_store import SettingsStore
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import bound_width
from gui.widgets.buttons import push_button
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label
from gui.widgets.layouts import clear


class DifferencePane(QWidget):
    """Shows both readings of the first ballot that differs, and takes what the paper says."""

    settled = Signal(object, object, str)

    def __init__(self) -> None:
        super().__init__()
        self._ballot: Ballot | None = None
        self.fields: list[AnswerField] = []
        self._told = label("", "hint", wrap=True)
        self.by = QLineEdit()
        bound_width(self.by, least=ANSWER_WIDTH)
        self.by_row = FormRow("核对人", self.by, required=True, label_width=LABEL_WIDTH)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.save = push_button("核对无误，保存", self._save, icon_name="check-line")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._told)
        column.addLayout(self._rows)
        column.addWidget(self.by_row)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_line(self, box: BallotBox, line: BoxLine) -> None:
        """Show the subject's first ballot that differs; what is being typed stays as long as it is that."""
        ballot = next(iter(line.differing), None)
        for part in (self.by_row, self.save):
            part.setVisible(ballot is not None)
        if ballot is None:
            self._told.setText("没有不一致的票。")
        else:
            self._told.setText(
                f"第 {ballot.number} 号票，共 {len(line.differing)} 张不一致。请对照纸质票，写票面上的答案。"
            )
        if ballot != self._ballot:
            self._ballot = ballot
            self._fill(box, line)

    def _fill(self, box: BallotBox, line: BoxLine) -> None:
        clear(self._rows)
        self.fields = []
        ballot = self._ballot
        if ballot is None:
            return
        for leaf, first, second in zip(box.leaves(line.subject), ballot.first, ballot.second, strict=True):
            field = AnswerField(leaf)
            row = FormRow(leaf.name, field, label_width=LABEL_WIDTH)
            if first == second:
                field.setText(first)
            else:
                row.show_warning(
                    f"{ballot.first_by}录“{first or '空'}”，{ballot.second_by}录“{second or '空'}”"
                )
            self.fields.append(field)
            self._rows.addWidget(row)
        order_tabs(*self.fields, self.by, self.save)

    def begin(self) -> None:
        """Where typing begins: at the first answer that differs."""
        empty = next((field for field in self.fields if not field.text()), None)
        (empty or self.by).setFocus()

    def _save(self) -> None:
        self.by_row.clear_message()
        if not self.by.text().strip():
            self.by_row.show_error("请写明是谁核对的。")
            self.by.setFocus()
        elif self._ballot is not None:
            answers = tuple(field.answer() for field in self.fields)
            self.settled.emit(self._ballot, answers, self.by.text().strip())


class BallotList(QWidget):
    """Every ballot on a subject: number, state, reason; a ballot can be declared invalid."""

    invalid_asked = Signal(object)

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        self.model: RecordTableModel[Ballot] = RecordTableModel(BALLOT_COLUMNS, lambda each: each.id)
        self.table = RecordTable(self.model, settings, "ballots", label="测评票")
        self.invalid = push_button("作废……", self._ask, icon_name="forbid-2-line", dense=True)
        self._offer()
        foot = QHBoxLayout()
        foot.addWidget(label("代填、笔迹相同、不是本地居民的票可以作废", "hint", wrap=True), 1)
        foot.addWidget(self.invalid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.current_changed.connect(self._offer)

    def show_line(self, _box: BallotBox, line: BoxLine) -> None:
        """Show the subject's ballots."""
        self.model.set_records(line.ballots)
        self._offer()

    def begin(self) -> None:
        self.table.setFocus()

    def _offer(self, *_chosen: object) -> None:
        ballot = self.table.current_record()
        can_be = isinstance(ballot, Ballot) and not ballot.invalid
        self.invalid.setEnabled(can_be)
        self.invalid.setToolTip("" if can_be else "先选中一张还没有作废的票")

    def _ask(self) -> None:
        self.invalid_asked.emit(self.table.current_record())


BALLOT_COLUMNS: Sequence[Column[Ballot]] = (
    Column(
        "票号", lambda each: str(each.number), width=64, align_right=True, sort_key=lambda each: each.number
    ),
    Column("情况", lambda each: state_words(each).text, width=112, badges=lambda each: (state_words(each),)),
    Column("无效的理由", lambda each: each.invalid, stretch=True, quiet=True),
)
