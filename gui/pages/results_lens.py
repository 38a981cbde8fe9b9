"""评分分析: the lens over the computed results, as cards to read from top to bottom.

view = LensView(desk); view.show_state(state)      looks anew when the results are another computation's
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.model.lens import Lens, StageLens, Trials, WhatIf
from core.services.files import write_file
from gui.desk import Desk
from gui.messages import EXCEL_OUT
from gui.pages.assessment_state import YearState
from gui.table_model import NO_VALUE
from gui.widgets.buttons import push_button
from gui.widgets.card import READ_WIDTH, Card, ScrollPane
from gui.widgets.labels import ElidedLabel, label, rule
from gui.widgets.layouts import clear
from gui.widgets.notice_line import NoticeLine, open_folder_of

WIDEST, MOST, MARKS = 10, 20, 5
"""So many spreads, cases, and marks of a case are shown; the exported table has all."""
FOR_WHOM = "只供本单位内部参考，不改变任何结果，不宜发给评分方和考核对象。"
STALE = "评分有改动，请重新计算后再看。"


class LensView(QWidget):
    """Reads in a job; what is shown belongs to one computation."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lens: Lens | None = None
        self._digest = ""
        self.notice = NoticeLine()
        self.note = ElidedLabel(FOR_WHOM, "secondary")
        self.export_button = push_button("导出分析", self.export, icon_name="file-excel-2-line", dense=True)
        self.area = ScrollPane(24, most=READ_WIDTH)
        self._head = QHBoxLayout()
        self._build()

    def _build(self) -> None:
        self.area.setAccessibleName("评分分析")
        self.area.body.setSpacing(16)
        upper = QFrame()
        upper.setProperty("kind", "filters")
        upper.setLayout(self._head)
        self._head.addWidget(self.note, 1)
        self._head.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(upper)
        column.addWidget(self.notice)
        column.addWidget(self.area, 1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._head.setContentsMargins(margin, 8, margin, 8)
        self.area.body.setContentsMargins(margin, margin, margin, margin)

    def show_state(self, state: YearState) -> None:
        """Look at a year's results, unless these were looked at."""
        computed = state.computed
        self.note.set_whole_text(FOR_WHOM if computed else STALE)
        digest = computed.view.cycle.id + computed.outcome.digest if computed else ""
        if digest == self._digest:
            return
        self._digest, self._lens = digest, None
        self.export_button.setEnabled(False)
        self._clear()
        if computed:
            lens, cycle = self._desk.services.lens, computed.view.cycle
            self._desk.jobs.start(
                lambda _report: (digest, lens.look(cycle.year, cycle.code)),
                self._show,
                title="分析评分",
                owner=self,
            )

    def _show(self, seen: tuple[str, Lens]) -> None:
        digest, lens = seen
        if digest == self._digest:
            self.show_lens(lens)

    def show_lens(self, lens: Lens) -> None:
        """Show what was seen."""
        self._lens = lens
        self._clear()
        self.export_button.setEnabled(True)
        for stage in lens.stages:
            name = stage.name if len(lens.stages) > 1 else ""
            self.area.body.addWidget(_raters_card(stage, name))
            self.area.body.addWidget(_spreads_card(stage, name))
        for trials in (lens.deciding, lens.without, lens.one_point):
            self.area.body.addWidget(self._trials_card(trials))
        self.area.body.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _clear(self) -> None:
        clear(self.area.body)

    def _trials_card(self, trials: Trials) -> Card:
        card = Card(trials.title)
        card.body.addWidget(label(trials.words, "secondary", wrap=True, selectable=True))
        for case in trials.cases[:MOST]:
            card.body.addWidget(rule())
            card.body.addLayout(self._case(case))
        if not trials.cases:
            card.body.addWidget(label(trials.nothing, wrap=True))
        _add_rest(card, len(trials.cases) - MOST)
        return card

    def _case(self, case: WhatIf) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(case.words, wrap=True, selectable=True))
        for mark in case.marks[:MARKS]:
            words.addWidget(label(mark, "hint", wrap=True, selectable=True))
        if (rest := len(case.marks) - MARKS) > 0:
            words.addWidget(label(f"另有 {rest} 个评分，见导出的表格。", "hint"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        if case.subject_id:
            link = push_button(
                "得分说明 ›", partial(self._desk.go, f"results:{case.subject_id}"), kind="link", dense=True
            )
            link.setAccessibleName(f"查看“{case.shifts[0].name}”的得分说明")
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def export(self) -> None:
        """Write all that was seen to an Excel file."""
        lens, desk = self._lens, self._desk
        if lens is None:
            return
        name = f"{lens.year}年度评分分析.xlsx"
        path = desk.messages.choose_save_file("导出评分分析", EXCEL_OUT, name=name, purpose="export")
        if path is not None:
            desk.jobs.start(
                lambda _report: write_file(path, desk.services.lens.workbook(lens)),
                lambda _done: self.notice.say(
                    f"已把评分分析导出到“{path.name}”。", "打开文件夹", partial(open_folder_of, path)
                ),
                title="导出评分分析",
                owner=self,
            )


def _raters_card(stage: StageLens, note: str) -> Card:
    card = Card("评分方的松紧与一致", note)
    card.body.addWidget(label(stage.concordance_words, "secondary", wrap=True, selectable=True))
    rows = [
        (
            label(one.name, "strong"),
            _figure(one.subjects),
            _figure(one.difference, signed=True),
            _figure(one.correlation),
            label(one.severity_words + one.correlation_words, wrap=True, selectable=True),
        )
        for one in stage.raters
    ]
    card.body.addLayout(_grid(("评分方", "可比对象", "平均差\uff08分\uff09", "先后相关", "说明"), rows))
    return card


def _spreads_card(stage: StageLens, note: str) -> Card:
    card = Card("分歧最大的对象", note)
    card.body.addWidget(label(stage.spread_words, "secondary", wrap=True, selectable=True))
    rows = [
        (
            label(one.name, "strong", wrap=True),
            _figure(one.width),
            _figure(one.lowest),
            label(one.lowest_by, "hint"),
            _figure(one.highest),
            label(one.highest_by, "hint"),
        )
        for one in stage.spreads[:WIDEST]
    ]
    if rows:
        card.body.addLayout(
            _grid(("考核对象", "相差\uff08分\uff09", "最低分", "评分方", "最高分", "评分方"), rows)
        )
    _add_rest(card, len(stage.spreads) - WIDEST)
    return card


def _figure(value: Decimal | int | None, *, signed: bool = False) -> QLabel:
    figure = label(NO_VALUE if value is None else f"{value:+}" if signed else str(value))
    figure.setAlignment(Qt.AlignmentFlag.AlignRight)
    return figure


def _grid(heads: Sequence[str], rows: Sequence[Sequence[QLabel]]) -> QGridLayout:
    """Rows under their heads; the widest words get the room that is left."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    for column, (head, cell) in enumerate(zip(heads, rows[0], strict=True)):
        word = label(head, "hint")
        word.setAlignment(cell.alignment())
        grid.addWidget(word, 0, column)
        if cell.wordWrap():
            grid.setColumnStretch(column, 3)
            # The figures behind a name stay near it.
            grid.setColumnStretch(len(heads), 0 if cell is rows[0][-1] else 1)
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            across = cell.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
            cell.setAlignment(across | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(cell, place, column)
    return grid


def _add_rest(card: Card, rest: int) -> None:
    if rest > 0:
        card.body.addWidget(label(f"另有 {rest} 条，见导出的表格。", "hint"))
