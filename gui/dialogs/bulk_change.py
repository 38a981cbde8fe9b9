"""A change of one field for ticked organizations: the value, what it would do to each, one act.

BulkChangeDialog(desk, frame, BulkField.CATEGORY, ids, parent).open(); dialog.done_for(count)
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.organization import PartyOrganization, Status
from core.model.register import RosterFrame
from core.model.register_changes import BulkChange, BulkField, BulkLine, BulkPreview
from gui.desk import Desk
from gui.dialogs.ledger_fields import MIDDLE, KeyChoice, LineEdit
from gui.dialogs.organization_fields import category_choices
from gui.table_model import Column, RecordTableModel, TextRun
from gui.table_view import RecordTable
from gui.theme import fix_width
from gui.undo import do_undoably
from gui.widgets.buttons import push_button, rename
from gui.widgets.form_row import FormRow
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label

PAUSE_MS = 250
TAGS = (BulkField.ADD_TAG, BulkField.REMOVE_TAG)
TO_EMPTY = (BulkField.CATEGORY, BulkField.COMMUNITY, BulkField.PARTY_ORGANIZATION)
NOTHING = "—"


def title_of(field: BulkField) -> str:
    """The verb for a field: 改类别, 加标签."""
    return field.label if field in TAGS else f"改{field.label}"


def _change_text(line: BulkLine) -> str:
    return line.refused or f"{line.old or NOTHING} → {line.new or NOTHING}"


def _change_runs(line: BulkLine) -> tuple[TextRun, ...]:
    if line.refused:
        return (TextRun(line.refused, "warn"),)
    return (
        TextRun(line.old or NOTHING, "old"),
        TextRun(" → ", "quiet"),
        TextRun(line.new or NOTHING, "new"),
    )


COLUMNS: tuple[Column[BulkLine], ...] = (
    Column("组织名称", lambda line: line.organization, width=260, stretch=True),
    Column("改动", _change_text, width=320, runs=_change_runs),
)


class BulkChangeDialog(FramedDialog):
    """The preview follows the value; what cannot be changed stays as it is and is named."""

    done_for = Signal(int)

    def __init__(
        self, desk: Desk, frame: RosterFrame, field: BulkField, ids: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(title_of(field), (720, 560), parent)
        self._desk = desk
        self._field = field
        self._ids = tuple(ids)
        self.value = _editor(field, frame)
        self.reason = LineEdit(MIDDLE)
        self._row = FormRow("标签" if field in TAGS else "改为", self.value, required=True)
        self._sum = label("", "secondary", wrap=True)
        self.model = RecordTableModel(COLUMNS, lambda line: line.organization_id, parent=self)
        self._table = RecordTable(self.model, desk.settings, "bulk_change", label="将要改动的组织")
        self.save_button = push_button(title_of(field), self._save, kind="primary")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._preview)
        self._build()
        if isinstance(self.value, QLineEdit):
            self.value.textChanged.connect(lambda _text: self._changed())
        else:
            self.value.currentIndexChanged.connect(lambda _place: self._changed())
        self._changed()

    def _build(self) -> None:
        self.head.addWidget(label(f"{title_of(self._field)}：选了 {len(self._ids):,} 个组织", "heading"), 1)
        words = QVBoxLayout()
        words.setContentsMargins(24, 12, 24, 12)
        words.setSpacing(8)
        words.addWidget(self._row)
        words.addWidget(FormRow("原因", self.reason, hint="记入变更记录，可以不填"))
        words.addWidget(self._sum)
        self.middle.addLayout(words)
        self.middle.addWidget(self._table, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(push_button("取消", self.reject))
        self.foot.addWidget(self.save_button)

    # The preview

    def change(self) -> BulkChange:
        """What is asked for as the dialog stands."""
        return BulkChange(self._field, self.value.text().strip())

    def _is_chosen(self) -> bool:
        return bool(self.change().value) or self._field in TO_EMPTY

    def _changed(self) -> None:
        self.save_button.setEnabled(False)
        self._row.clear_message()
        self.model.set_records(())
        if self._is_chosen():
            self._pause.start()
        else:
            self._pause.stop()
            self._sum.setText("请写一个标签。" if self._field in TAGS else "请选择改成什么。")

    def _preview(self) -> None:
        register, change = self._desk.services.register, self.change()
        self._desk.jobs.start(
            lambda _report: (change, register.bulk_preview(self._ids, change)),
            self._show,
            failed=self._refused,
            title="预览改动",
            owner=self,
        )

    def _show(self, answer: tuple[BulkChange, BulkPreview]) -> None:
        change, preview = answer
        if change != self.change():
            return
        self.model.set_records((*preview.refused, *preview.changed))
        self._sum.setText(_sum_text(preview))
        self.save_button.setEnabled(bool(preview.changed))
        rename(self.save_button, f"{title_of(self._field)}\uff08{len(preview.changed):,} 个\uff09")

    def _refused(self, error: AppError) -> None:
        self._sum.setText("")
        self._row.show_error(str(error))

    # Doing it

    def _save(self) -> None:
        register, change, reason = self._desk.services.register, self.change(), self.reason.text().strip()
        self.save_button.setEnabled(False)
        do_undoably(
            self._desk,
            lambda: register.bulk_change(self._ids, change, reason),
            title=title_of(self._field),
            told=lambda preview: f"已{title_of(self._field)}：{len(preview.changed):,} 个组织",
            done=self._finish,
            ended=lambda: self.save_button.setEnabled(True),
            owner=self,
        )

    def _finish(self, preview: BulkPreview) -> None:
        self.done_for.emit(len(preview.changed))
        self.accept()


def _editor(field: BulkField, frame: RosterFrame) -> KeyChoice | LineEdit:
    if field in TAGS:
        line = LineEdit(MIDDLE)
        completer = QCompleter(frame.tags, line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.popup().setProperty("kind", "popup")
        line.setCompleter(completer)
        return line
    choices = {
        BulkField.CATEGORY: category_choices(frame),
        BulkField.COMMUNITY: [(each.id, each.name) for each in frame.communities],
        BulkField.WORK_GROUP: [(each.id, each.name) for each in frame.work_groups],
        BulkField.STATUS: [(each.value, each.label) for each in Status],
        BulkField.PARTY_ORGANIZATION: [(each.value, each.label) for each in PartyOrganization],
    }[field]
    choice = KeyChoice(choices, empty="未填" if field in TO_EMPTY else "请选择")
    fix_width(choice, 320)
    return choice


def _sum_text(preview: BulkPreview) -> str:
    parts = [f"{len(preview.changed):,} 个会改" if preview.changed else "没有要改的"]
    if preview.same:
        parts.append(f"{preview.same:,} 个已经是这样")
    if preview.refused:
        parts.append(f"{len(preview.refused):,} 个不能改，保持不动\uff08原因见下表\uff09")
    return "；".join(parts) + "。"
