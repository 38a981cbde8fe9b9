"""One section of the statistics: its sentence, its charts as they print, the figures beside them.

card = StatisticsCard(settings, shown); card.show_section(shown)
card.list_asked(listed), card.print_asked(section), card.export_asked(section), card.step_asked(action)
card.moved(chart, rect)         where the keyboard went in a chart
"""

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.services.year_report import ShownSection
from gui.pages.report import SheetTable
from gui.settings_store import SettingsStore
from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.card import Card
from gui.widgets.chart_view import ChartView
from gui.widgets.labels import label

STEPS = {
    "grades": ("打开考核", "cycle_path"),
    "brands": ("登记品牌", "ledger:brands"),
    "money": ("打开奖金", "award_money"),
    "activity": ("打开名册", "roster"),
    "months": ("登记活动", "ledger:activities"),
}
"""Where the figures of a section come from, for as long as it has none."""
WIDEST_CHART, LEAST_CHART, GAP, MARGIN = 720, 664, 24, 16
ROW, LEAST_NAME = 36, 120
FEW, MANY = 5, 13
"""Rows with the head that are in sight at least: beside the charts, and below them."""


class StatisticsCard(Card):
    """A bar that is pressed asks for the list of what it counts."""

    list_asked = Signal(object)
    print_asked = Signal(object)
    export_asked = Signal(object)
    step_asked = Signal(str)
    moved = Signal(ChartView, QRect)

    def __init__(self, settings: SettingsStore, shown: ShownSection) -> None:
        super().__init__()
        title = shown.section.title
        self.setAccessibleName(title)
        self._section = shown.section
        self.charts: list[ChartView] = []
        self.figures = SheetTable(settings, title, shown.section.sheet, LEAST_NAME)
        self._heading = label(title, "heading")
        self._sentence = label("", "secondary", wrap=True, selectable=True)
        words, action = STEPS.get(shown.section.code, ("", ""))
        self._step = push_button(words, partial(self.step_asked.emit, action), kind="link", dense=True)
        self.export_button = push_button(
            "导出表格", self._ask_export, icon_name="file-excel-2-line", dense=True
        )
        self.print_button = push_button("打印", self._ask_print, icon_name="printer-line", dense=True)
        for button in (self.export_button, self.print_button):
            button.setAccessibleName(f"{button.text()}：{title}")
        self._left = QWidget()
        self._pictures = QVBoxLayout()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.show_section(shown)

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._heading)
        words.addWidget(self._sentence)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        for button in (self._step, self.export_button, self.print_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._left.setMaximumWidth(scaled(WIDEST_CHART))
        self._left.setLayout(self._pictures)
        self._pictures.setContentsMargins(0, 0, 0, 0)
        self._pictures.setSpacing(16)
        self._pictures.addStretch(1)
        self._body.setSpacing(GAP)
        self._body.addWidget(self._left)
        self._body.addWidget(self.figures)
        self.body.addLayout(head)
        self.body.addLayout(self._body)

    def show_section(self, shown: ShownSection) -> None:
        """Show these figures; charts that are there already only change."""
        self._section = section = shown.section
        self._sentence.setText(section.sentence)
        # A single chart says it itself.
        self._heading.setVisible([chart.title for chart, _ in shown.charts] != [section.title])
        has_figures = bool(section.sheet.rows)
        self._step.setVisible(not has_figures and bool(self._step.text()))
        for part in (self.figures, self.export_button, self.print_button):
            part.setVisible(has_figures)
        if has_figures:
            self.figures.show_sheet(section.sheet)
        self._fit_charts(len(shown.charts))
        for view, (_, drawn) in zip(self.charts, shown.charts, strict=True):
            view.set_chart(drawn)
        if self.isVisible():
            self._fit_figures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_figures()

    def _fit_figures(self) -> None:
        """The figures stand beside the charts where there is room for both, else below them."""
        room = self.contentsRect().width() - 2 * MARGIN - GAP - self.figures.wanted_width()
        is_beside = room >= LEAST_CHART
        widest = scaled(WIDEST_CHART)
        self._left.setMaximumWidth(min(widest, room) if is_beside else widest)
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)
        self._body.setStretch(0, 3 if is_beside else 0)
        self._body.setStretch(1, 2 if is_beside else 0)
        rows = min(FEW if is_beside else MANY, len(self._section.sheet.rows) + 1)
        self.figures.setMinimumHeight(scaled(ROW) * rows + 2)

    def _fit_charts(self, count: int) -> None:
        while len(self.charts) < count:
            chart = ChartView()
            chart.chosen.connect(self._ask_list)
            chart.moved.connect(partial(self.moved.emit, chart))
            self._pictures.insertWidget(len(self.charts), chart)
            self.charts.append(chart)
        while len(self.charts) > count:
            chart = self.charts.pop()
            chart.hide()
            chart.deleteLater()

    def _ask_export(self) -> None:
        self.export_asked.emit(self._section)

    def _ask_print(self) -> None:
        self.print_asked.emit(self._section)

    def _ask_list(self, key: str) -> None:
        if (listed := self._section.lists.get(key)) is not None:
            self.list_asked.emit(listed)
