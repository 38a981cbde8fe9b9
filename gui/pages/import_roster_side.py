"""The pane beside the import preview: one row with its problem and the ways out, or the file as a whole.

pane = RowPane(); pane.show_row(row, reading, changed={column: original text}, known=summary)
pane.show_file(preview)
pane.corrected(row number, column, new text), pane.kept(row number, column), pane.sheet_asked(name)
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.model.reading import RemarkKind
from core.model.register import OrganizationSummary
from core.model.roster import CellRemark, PreviewRow, RosterColumn, RosterPreview, RosterReading, Verdict
from gui.pages.import_roster_grids import comparison_grid, word_grid
from gui.pages.import_roster_rows import change_values, differences, facts_of
from gui.theme import bound_width, set_kind
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.card import ScrollPane
from gui.widgets.labels import label, rule
from gui.widgets.layouts import clear

_NUMBERS = (RosterColumn.NUMBER, RosterColumn.FILING_NUMBER, RosterColumn.CREDIT_CODE, RosterColumn.NAME)
LEFT_OUT = "（不要这一项）"


class CorrectionLine(QWidget):
    """A field with what the file says, and the button that reads it anew."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.field = QLineEdit(text)
        self.field.setAccessibleName(f"更正“{title}”")
        set_kind(self.field, "state", "err")
        self.button = push_button("更正")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.field.returnPressed.connect(self.button.click)


class RowPane(QFrame):
    """332 wide; everything scrolls."""

    corrected = Signal(int, object, str)
    kept = Signal(int, object)
    sheet_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setAccessibleName("选中的行")
        bound_width(self, least=332)
        self.lines: list[CorrectionLine] = []
        self._pane = ScrollPane(20)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 0, 0)
        box.addWidget(self._pane)

    def focus_first(self) -> None:
        """Put the cursor where something is to be corrected."""
        if self.lines:
            self.lines[0].field.setFocus()
            self.lines[0].field.selectAll()

    # One row

    def show_row(
        self,
        row: PreviewRow,
        reading: RosterReading,
        changed: Mapping[RosterColumn, tuple[str, str]],
        known: OrganizationSummary | None = None,
    ) -> None:
        """Show a row; `changed` are its corrected cells: what the file says, what was typed.

        `known` is the organization of the register that the row was matched to.
        """
        self._clear()
        self._add(label(f"第 {row.row.number} 行　{row.verdict.label}", "caption"))
        self._add(label(row.row.draft.name or "没有组织名称", "heading", wrap=True, selectable=True))
        if row.row.faults:
            for said in row.row.faults:
                self._add_fault(row, said)
        else:
            self._add_clash(row, reading)
        for column, (old, new) in changed.items():
            self._add_changed(row.row.number, column, old, new)
        self._add_remarks(row)
        self._add_comparison(row, reading, known)
        self._pane.body.addStretch(1)

    def _add_fault(self, row: PreviewRow, said: CellRemark) -> None:
        number, column = row.row.number, said.column
        self._add(Banner("err", f"{said.title}：{said.remark.message}", said.remark.remedy))
        if repair := said.remark.repair:
            put = push_button(f"改为 {repair}", kind="link", dense=True)
            put.clicked.connect(lambda _checked=False: self.corrected.emit(number, column, repair))
            self._pane.body.addWidget(put, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_correction(number, column, said.title, said.text)
        if said.remark.may_stand:
            keep = push_button("已核对无误，照此导入", lambda: self.kept.emit(number, column), dense=True)
            self._pane.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
        if column is not RosterColumn.NAME:
            self._add_choice(number, said)

    def _add_clash(self, row: PreviewRow, reading: RosterReading) -> None:
        """Problems of a row as a whole: numbers that two rows share."""
        for problem in row.problems:
            self._add(Banner("err", problem.message, problem.remedy))
        if row.verdict is not Verdict.REFUSED:
            return
        for titled in reading.columns:
            if titled.meaning in _NUMBERS and titled.index < len(row.row.cells):
                cell = row.row.cells[titled.index]
                self._add_correction(row.row.number, titled.meaning, titled.title, str(cell or ""))

    def _add_correction(self, number: int, column: RosterColumn, title: str, text: str) -> None:
        self._add(label(f"在这里更正“{title}”，原表格不改动", "hint", wrap=True))
        line = CorrectionLine(title, text)
        line.button.clicked.connect(
            lambda _checked=False: self.corrected.emit(number, column, line.field.text().strip())
        )
        self._add(line)
        self.lines.append(line)

    def _add_choice(self, number: int, said: CellRemark) -> None:
        self._add(rule())
        self._add(label("处理办法", "strong"))
        stay = QRadioButton("本行不导入，记入有误清单")
        drop = QRadioButton("不要这个字段，其余照常导入")
        stay.setChecked(True)
        group = QButtonGroup(self._pane.widget())
        for button in (stay, drop):
            group.addButton(button)
            self._add(button)
        drop.toggled.connect(lambda on: self.corrected.emit(number, said.column, "") if on else None)

    def _add_changed(self, number: int, column: RosterColumn, old: str, new: str) -> None:
        banner = Banner("info", f"“{column.label}”已在这里改为：{new or LEFT_OUT}", f"表格中写的是：{old}")
        undo = push_button("恢复", lambda: self.corrected.emit(number, column, old), kind="link", dense=True)
        banner.add_button(undo)
        self._add(banner)

    def _add_remarks(self, row: PreviewRow) -> None:
        said = [each for each in row.row.remarks if each.remark.kind is not RemarkKind.FAULT]
        if not said and not row.notes:
            return
        self._add(rule())
        self._add(label("说明", "strong"))
        for text in row.notes:
            self._add(label(text, "warn", wrap=True))
        for each in said:
            kind = "warn" if each.remark.kind is RemarkKind.QUESTION else "hint"
            remedy = f"。{each.remark.remedy}" if each.remark.remedy else ""
            self._add(label(f"{each.title}：{each.remark.message}{remedy}", kind, wrap=True))

    def _add_comparison(
        self, row: PreviewRow, reading: RosterReading, known: OrganizationSummary | None
    ) -> None:
        self._add(rule())
        cells: Sequence[Sequence[str]] = [(each.field, *change_values(each)) for each in row.changes]
        if row.verdict is Verdict.REFUSED and known is not None:
            cells = differences(row, reading.categories, known)
        if cells:
            left = f"第 {row.duplicate_of} 行" if row.verdict is Verdict.DUPLICATE else "名册中"
            self._add(label("对照", "strong"))
            self._add(comparison_grid(("项目", left, "表格中"), cells))
            self._add(rule())
        self._add(label("表格中的内容", "strong"))
        self._add(word_grid((), facts_of(row.row.draft, reading.categories)))

    # The file

    def show_file(self, preview: RosterPreview) -> None:
        """Show how the file was understood and what would be made beside the organizations."""
        self._clear()
        reading = preview.reading
        self._add(label("本次导入", "caption"))
        self._add(label(reading.file, "heading", wrap=True, selectable=True))
        if reading.sheet != reading.file:
            self._add(label(f"工作表“{reading.sheet}”", "hint", wrap=True))
        for name in reading.other_sheets:
            other = push_button(f"改读工作表“{name}”", kind="link", dense=True)
            other.clicked.connect(lambda _checked=False, name=name: self.sheet_asked.emit(name))
            self._pane.body.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_communities(preview)
        self._add_columns(reading)
        self._pane.body.addStretch(1)

    def _add_communities(self, preview: RosterPreview) -> None:
        if not preview.new_communities:
            return
        self._add(rule())
        count = len(preview.new_communities)
        self._add(label(f"将新建 {count} 个社区\uff08村\uff09", "strong"))
        self._add(label("名册里还没有它们，导入时一并建立。名称写错的请先在表格里改正。", "hint", wrap=True))
        cells = [(each.kind.label, each.name) for each in preview.new_communities]
        self._add(word_grid((), cells))

    def _add_columns(self, reading: RosterReading) -> None:
        self._add(rule())
        self._add(label("各列的读法", "strong"))
        cells = [(each.title, each.meaning.label) for each in reading.columns if each.meaning]
        self._add(word_grid(("表头", "读作"), cells))
        if reading.unread_titles:
            self._add(
                label(
                    f"没有读取的列：{'、'.join(reading.unread_titles)}\uff08可以在“对应列”里指定\uff09",
                    "warn",
                    wrap=True,
                )
            )
        if reading.skipped:
            rows = "、".join(f"第 {each.number} 行“{each.text[:12]}”" for each in reading.skipped)
            self._add(label(f"不是组织、没有读取的行：{rows}", "hint", wrap=True))

    def _add(self, widget: QWidget) -> None:
        self._pane.body.addWidget(widget)

    def _clear(self) -> None:
        self.lines.clear()
        clear(self._pane.body)
        self._pane.verticalScrollBar().setValue(0)
