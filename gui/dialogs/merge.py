"""Two records of one organization made one: fields side by side, what moves, why, one act.

MergeDialog(desk, (first id, second id), parent).open(); dialog.merged(id that stays)
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import AppError
from core.model.register_changes import MergeField, MergePreview, Side
from gui.desk import Desk
from gui.dialogs.ledger_fields import MIDDLE, LineEdit
from gui.theme import bound_width, scaled
from gui.undo import do_undoably
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.card import ScrollPane
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label, rule

LABEL_WIDTH = 128
SHOWN = 20
SIDES: tuple[Side, ...] = ("kept", "duplicate")


class FieldChoices(QWidget):
    """The fields that differ, a line each: what both records say, and which of them stays."""

    def __init__(self, preview: MergePreview) -> None:
        super().__init__()
        self._groups: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        for column, text in enumerate(("留下的组织", "并入的组织"), start=1):
            self._grid.addWidget(label(text, "hint"), 0, column)
        for row, field in enumerate(preview.fields, start=1):
            self._add(row, field)

    def _add(self, row: int, field: MergeField) -> None:
        name = label(field.label, "secondary")
        bound_width(name, least=LABEL_WIDTH)
        self._grid.addWidget(name, row, 0)
        group = QButtonGroup(self)
        for column, (side, text) in enumerate(zip(SIDES, (field.kept, field.duplicate), strict=True)):
            button = QRadioButton(text if len(text) <= SHOWN else f"{text[:SHOWN]}……")
            button.setToolTip(text)
            button.setAccessibleName(f"{field.label}：{text}")
            button.setChecked(side == field.side)
            group.addButton(button, column)
            self._grid.addWidget(button, row, column + 1)
        self._groups[field.name] = group

    def choose(self, name: str, side: Side) -> None:
        self._groups[name].button(SIDES.index(side)).setChecked(True)

    def chosen(self) -> dict[str, Side]:
        """Whose value stays, by field."""
        return {name: SIDES[group.checkedId()] for name, group in self._groups.items()}


class MergeDialog(QDialog):
    """Which record stays can be turned round; nothing is stored until it is confirmed."""

    merged = Signal(str)

    def __init__(self, desk: Desk, ids: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("合并组织")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._kept, self._duplicate = ids
        self.choices: FieldChoices | None = None
        self._pane = ScrollPane(24)
        self._pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.reason = LineEdit(MIDDLE)
        self._turn = push_button("换过来", self._turn_round, icon_name="arrow-go-forward-line", dense=True)
        self._turn.setToolTip("让另一个组织留下")
        self.merge_button = push_button("合并", self._merge, kind="primary")
        self.merge_button.setEnabled(False)
        self._build()

    def sizeHint(self) -> QSize:
        return QSize(scaled(820), scaled(600)).boundedTo(self.screen().availableSize() * 0.9)

    def _build(self) -> None:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(24, 12, 18, 12)
        buttons.setSpacing(8)
        buttons.addWidget(FormRow("合并原因", self.reason), 1)
        buttons.addWidget(push_button("取消", self.reject))
        buttons.addWidget(self.merge_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pane, 1)
        column.addWidget(foot)
        self.resize(self.sizeHint())

    def open(self) -> None:
        """Read both records, then show them."""
        self._load(super().open)

    def _load(self, then: Callable[[], None]) -> None:
        register, kept, duplicate = self._desk.services.register, self._kept, self._duplicate

        def show(preview: MergePreview) -> None:
            self._show(preview)
            then()

        self._desk.jobs.start(
            lambda _report: register.merge_preview(kept, duplicate),
            show,
            failed=self._refused,
            title="预览合并",
            owner=self,
        )

    def _refused(self, error: AppError) -> None:
        self._desk.messages.show_error(error, headline="不能合并")
        self.reject()

    def _turn_round(self) -> None:
        self._kept, self._duplicate = self._duplicate, self._kept
        self._load(lambda: None)

    def _show(self, preview: MergePreview) -> None:
        body = QWidget()
        body.setProperty("kind", "viewport")
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        head = QHBoxLayout()
        words = f"“{preview.duplicate_name}”并入“{preview.kept_name}”"
        head.addWidget(label(words, "heading", wrap=True), 1)
        head.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if preview.refused:
            column.addWidget(Banner("err", "这两个组织不能合并", preview.refused))
        self.choices = FieldChoices(preview)
        if preview.fields:
            column.addWidget(label("两边不一样的项目，请选择留哪一个：", "secondary"))
            column.addWidget(self.choices)
        else:
            column.addWidget(label("两边的内容完全一样。", "secondary"))
        column.addWidget(rule())
        column.addWidget(label(_moving_text(preview), wrap=True))
        column.addWidget(
            label("并入的组织不再出现在名册里，名称记为曾用名；合并可以撤销。", "hint", wrap=True)
        )
        column.addStretch(1)
        self._pane.takeWidget()
        self._pane.setWidget(body)
        self.merge_button.setEnabled(not preview.refused)

    def _merge(self) -> None:
        register, kept, duplicate = self._desk.services.register, self._kept, self._duplicate
        choices = self.choices.chosen() if self.choices else {}
        reason = self.reason.text().strip()
        self.merge_button.setEnabled(False)
        do_undoably(
            self._desk,
            lambda: register.merge(kept, duplicate, choices, reason),
            title="合并组织",
            told=lambda _none: "已合并两个组织",
            done=lambda _none: self._finish(kept),
            ended=lambda: self.merge_button.setEnabled(True),
            owner=self,
        )

    def _finish(self, kept: str) -> None:
        self.merged.emit(kept)
        self.accept()


def _moving_text(preview: MergePreview) -> str:
    if not preview.moving:
        return "没有别的记录要转过去。"
    parts = "、".join(f"{word} {count:,} 条" for word, count in preview.moving)
    return f"一起转过去：{parts}。"
