"""The pane beside a score import's preview: the chosen line in full, and what came from each rater."""

from collections import Counter, defaultdict

from PySide6.QtWidgets import QFrame, QVBoxLayout

from core.model.cycle_view import CycleView
from core.model.roster import Verdict
from core.model.score_preview import ScorePreview
from gui.pages.import_scores_lines import ImportLine, LineKind, missing_names
from gui.theme import bound_width
from gui.widgets.badge import Badge
from gui.widgets.banner import Banner
from gui.widgets.card import FactRow, ScrollPane
from gui.widgets.labels import label, rule
from gui.widgets.layouts import clear

LABEL_WIDTH = 84


class LinePane(QFrame):
    """The line above, the raters below."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "pane")
        self.setAccessibleName("导入说明")
        bound_width(self, least=300)
        self._line = QVBoxLayout()
        self._raters = QVBoxLayout()
        for part in (self._line, self._raters):
            part.setSpacing(8)
        area = ScrollPane(20)
        area.body.addLayout(self._line)
        area.body.addLayout(self._raters)
        area.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(area)

    def show_line(self, line: ImportLine) -> None:
        """Say everything about one line."""
        clear(self._line)
        row = f"第 {line.row} 行" if line.row else ""
        self._line.addWidget(label(f"工作表“{line.sheet}”{row}", "hint", wrap=True))
        self._line.addWidget(label(line.name or "整个工作表", "heading", wrap=True, selectable=True))
        self._line.addWidget(Badge(line.face))
        words = "".join(run.text for run in line.runs).strip() or line.text
        if line.kind is LineKind.FAULT:
            self._line.addWidget(Banner("err", words, line.remedy))
        else:
            self._line.addWidget(label(words, wrap=True, selectable=True))
            if line.remedy:
                self._line.addWidget(label(line.remedy, "hint", wrap=True))
        self._line.addWidget(FactRow("处理", line.handling, label_width=LABEL_WIDTH))

    def show_preview(self, preview: ScorePreview, view: CycleView) -> None:
        """Say what each rater's sheet brought."""
        clear(self._line)
        clear(self._raters)
        self._raters.addWidget(rule())
        self._raters.addWidget(label("各评分方", "strong"))
        for rater, words in rater_words(preview, view):
            self._raters.addWidget(FactRow(rater, words, label_width=LABEL_WIDTH))
        if preview.reading.unread_sheets:
            self._raters.addWidget(rule())
            self._raters.addWidget(label("没有用到的工作表", "strong"))
            self._raters.addWidget(label("、".join(preview.reading.unread_sheets), "secondary", wrap=True))


def rater_words(preview: ScorePreview, view: CycleView) -> list[tuple[str, str]]:
    """What came from each rater, in words."""
    verdicts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    marks: Counter[str] = Counter()
    for each in preview.sheets:
        verdicts[each.rater_name][each.verdict] += 1
        marks[each.rater_name] += sum(mark is not None for mark in each.sheet.marks)
    missing = {rater: len(names) for rater, names in missing_names(preview, view)}
    words = []
    for rater in dict.fromkeys([*verdicts, *missing]):
        found = verdicts[rater]
        parts = [f"{found.total()} 份 {marks[rater]} 个评分"] if found else ["没有评分表"]
        if found[Verdict.CHANGED]:
            parts.append(f"更改 {found[Verdict.CHANGED]} 份")
        if found[Verdict.SAME]:
            parts.append(f"相同 {found[Verdict.SAME]} 份")
        if missing.get(rater):
            parts.append(f"未评 {missing[rater]} 个")
        words.append((rater, "，".join(parts)))
    return words
