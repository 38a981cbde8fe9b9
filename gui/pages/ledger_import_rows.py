"""How the lines of a ledger's import are shown, in the list and in the pane beside it.

import_columns(lambda: reading) for a RecordTableModel[LedgerLine]; LinePane().show_line(line, preview)
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.errors import Problem
from core.model.ledger_view import LedgerLine, LedgerPreview, LedgerReading
from core.model.roster import FieldChange, Verdict
from core.model.workbook import CellValue
from gui.pages.import_roster_grids import comparison_grid, word_grid
from gui.pages.import_roster_rows import GAP, VERDICTS
from gui.pages.roster_columns import masked_phone
from gui.table_model import NO_VALUE, Column, TextRun
from gui.theme import bound_width
from gui.widgets.badge import BadgeFace
from gui.widgets.banner import Banner
from gui.widgets.card import ScrollPane
from gui.widgets.labels import label, rule
from gui.widgets.layouts import clear

_TREATMENTS = {
    Verdict.NEW: "导入",
    Verdict.CHANGED: "更改",
    Verdict.SAME: "不改动",
    Verdict.REFUSED: "不导入",
}


def treatment(line: LedgerLine) -> str:
    """What becomes of a line."""
    return _TREATMENTS.get(line.verdict, f"只留第 {line.duplicate_of} 行")


def said_in(line: LedgerLine, reading: LedgerReading) -> dict[str, str]:
    """What the file says in the columns that are read, by the labels of their fields; numbers masked."""
    places = {name: place for place, name in reading.mapping.items()}
    said = {}
    for field in reading.ledger.fields:
        place = places.get(field.name, len(line.row.cells))
        cell = line.row.cells[place] if place < len(line.row.cells) else None
        if cell is not None:
            said[field.label] = masked_phone(shown_cell(cell)) if field.masked else shown_cell(cell)
    return said


def shown_cell(cell: CellValue) -> str:
    """A cell as the clerk knows it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell.date()) if isinstance(cell, datetime) else str(cell)


def problems_of(line: LedgerLine) -> tuple[Problem, ...]:
    """All that keeps a line out."""
    return tuple(dict.fromkeys((*line.row.problems, *line.problems)))


def _content(line: LedgerLine, reading: LedgerReading) -> tuple[TextRun, ...]:
    asked = tuple(TextRun(f"{GAP}{brief(line, note)}", "warn") for note in line.row.notes)
    if line.verdict is Verdict.REFUSED:
        return (TextRun("；".join(brief(line, each) for each in problems_of(line)), "err"),)
    if line.verdict is Verdict.DUPLICATE:
        fields = "、".join(change.field for change in line.changes)
        said = f"，{fields}写法不同" if fields else "，内容相同"
        return (TextRun(f"与第 {line.duplicate_of} 行相同{said}", "quiet"),)
    if line.verdict is Verdict.CHANGED:
        return (*(run for change in line.changes for run in _change_runs(change)), *asked)
    if line.verdict is Verdict.SAME:
        return (TextRun("与台账一致", "quiet"), *asked)
    title = _title(reading)
    facts = [text for name, text in said_in(line, reading).items() if name != title]
    return (TextRun(GAP.join(facts), "quiet"), *asked)


def brief(line: LedgerLine, problem: Problem) -> str:
    """A problem without the number of its row, which stands beside it."""
    place = problem.place.removeprefix(f"第 {line.row.number} 行")
    return f"{place}：{problem.message}" if place else problem.message


def _change_runs(change: FieldChange) -> tuple[TextRun, ...]:
    return (
        TextRun(f"{change.field} ", "quiet"),
        TextRun(change.old or NO_VALUE, "old"),
        TextRun(" → ", "quiet"),
        TextRun(f"{change.new or NO_VALUE}{GAP}", "new"),
    )


def _title(reading: LedgerReading) -> str:
    return reading.ledger.field(reading.ledger.title_field).label


def import_columns(current: Callable[[], LedgerReading]) -> tuple[Column[LedgerLine], ...]:
    """The columns of the list, whatever the ledger: `current` is the file that is shown."""

    def title(line: LedgerLine) -> str:
        return said_in(line, current()).get(_title(current()), "")

    def content(line: LedgerLine) -> tuple[TextRun, ...]:
        return _content(line, current())

    return (
        Column(
            "行号",
            lambda line: str(line.row.number),
            width=68,
            align_right=True,
            quiet=True,
            sort_key=lambda line: line.row.number,
        ),
        Column(
            "判定",
            lambda line: line.verdict.label,
            width=92,
            sort_key=lambda line: tuple(VERDICTS).index(line.verdict),
            badges=lambda line: (
                BadgeFace(line.verdict.label, VERDICTS[line.verdict].badge, VERDICTS[line.verdict].icon),
            ),
        ),
        Column("名称", title, width=216),
        Column(
            "内容\uff08旧值 → 新值，或问题\uff09",
            lambda line: "".join(run.text for run in content(line)).rstrip(GAP),
            key="content",
            stretch=True,
            runs=content,
        ),
        Column("处理", treatment, width=108, narrow=False, quiet=True),
    )


class LinePane(QFrame):
    """One line of the file: what is wrong with it, what it would change, what stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setAccessibleName("选中的行")
        bound_width(self, least=332)
        self._pane = ScrollPane(20)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 0, 0)
        box.addWidget(self._pane)

    def show_line(self, line: LedgerLine, preview: LedgerPreview) -> None:
        self._clear()
        facts, name = said_in(line, preview.reading), _title(preview.reading)
        self._add(label(f"第 {line.row.number} 行　{line.verdict.label}", "caption"))
        self._add(label(facts.get(name) or f"没有{name}", "heading", wrap=True, selectable=True))
        for problem in problems_of(line):
            self._add(Banner("err", brief(line, problem), problem.remedy))
        for note in line.row.notes:
            self._add(label("。".join(filter(None, (brief(line, note), note.remedy))), "warn", wrap=True))
        if line.changes:
            self._add(rule())
            left = f"第 {line.duplicate_of} 行" if line.verdict is Verdict.DUPLICATE else "台账中"
            cells = [(each.field, each.old or NO_VALUE, each.new or NO_VALUE) for each in line.changes]
            self._add(comparison_grid(("项目", left, "表格中"), cells))
        self._add(rule())
        self._add(label("表格中的内容", "strong"))
        self._add(word_grid((), tuple(facts.items())))
        self._pane.body.addStretch(1)

    def _add(self, widget: QWidget) -> None:
        self._pane.body.addWidget(widget)

    def _clear(self) -> None:
        clear(self._pane.body)
        self._pane.verticalScrollBar().setValue(0)
