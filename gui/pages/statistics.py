"""统计: the office in charts, of today or of a past day; each bar leads to the list of what it counts.

Action: statistics.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout

from core.model.year_report import CountedList, ReportSection, YearReport
from core.services.files import write_file
from core.services.year_report import ShownSection
from gui.actions import EXPORT, IMPORT_ROSTER, PRINT, command_button
from gui.desk import Desk
from gui.dialogs.paper_preview import PaperPreview
from gui.messages import EXCEL_OUT
from gui.pages.statistics_card import StatisticsCard
from gui.rights import Way
from gui.theme import set_kind
from gui.widgets.buttons import push_button
from gui.widgets.card import ScrollPane
from gui.widgets.chart_view import ChartView
from gui.widgets.empty_page import EmptyPage
from gui.widgets.labels import ElidedLabel, label
from gui.widgets.notice_line import NoticeLine, open_folder_of
from gui.widgets.page import Page, PageHeader
from gui.widgets.past_day import DayButton, DayLine

TABS = (
    ("社会组织", ("classes", "communities", "standing", "party", "brands")),
    ("考核", ("grades", "years")),
    ("奖金", ("money",)),
    ("活动", ("activity", "months")),
)
"""Each tab with the sections that it shows."""
MARGIN = 24


class StatisticsPage(Page):
    """Reads when it is shown, beside other work; what is shown is what is printed and exported."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._today = desk.services.clock().date()
        self._day: date | None = None
        self._report: YearReport | None = None
        self._sections: dict[str, ShownSection] = {}
        self._stale: set[int] = set()
        self._narrow = False
        self.header = PageHeader("统计", tabs=[title for title, _ in TABS])
        self.export_button = command_button(EXPORT, self._export_all, text="导出表格")
        self.print_button = push_button("打印", icon_name=PRINT.icon)
        self.note = ElidedLabel("", "secondary")
        self.day_button = DayButton(desk.services.clock, "统计")
        self.day_line = DayLine("统计")
        self.notice = NoticeLine()
        self.panes = tuple(ScrollPane() for _ in TABS)
        self.cards: dict[str, StatisticsCard] = {}
        self._waiting = label("正在统计……", "secondary")
        self._empty = self._empty_page()
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._fill_print_menu()
        for button in (self.export_button, self.print_button):
            self.header.add_button(button)
            button.hide()
        self._line = QFrame()
        self._line.setProperty("kind", "filters")
        row = self._line_row = QHBoxLayout(self._line)
        row.addWidget(self.note, 1)
        row.addWidget(self.day_button)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self._waiting, self._empty, *self.panes):
            self._stack.addWidget(part)
        for pane in self.panes:
            pane.body.setSpacing(16)
            pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in (self.header, self._line, self.day_line, self.notice):
            column.addWidget(line)
        column.addWidget(self._stack, 1)
        self.set_narrow(False)

    def _fill_print_menu(self) -> None:
        menu = QMenu(self.print_button)
        shown = menu.addAction("社会组织统计\uff08显示的这一天\uff09", self._print_all)
        shown.setShortcut(PRINT.keys)
        menu.addAction("年度统计报告\uff08年末的名册\uff09", self._print_year)
        set_kind(self.print_button, "menu", True)
        self.print_button.setMenu(menu)
        # In the page too: keys of an action that only stands in a closed menu do nothing.
        self.addAction(shown)

    def _empty_page(self) -> EmptyPage:
        return EmptyPage(
            "bar-chart-box-line",
            "还没有可以统计的内容",
            "名册里有了组织，这里就按类别、社区\uff08村\uff09、管理方式画出数目；考核、奖金和活动有了数字也画在这里。",
            buttons=(command_button(IMPORT_ROSTER, Way(self._desk, "import_roster"), kind="primary"),),
        )

    def _connect(self) -> None:
        self.header.tab_changed.connect(lambda _tab: self._show_tab())
        self.day_button.chosen.connect(self.show_day)
        self.day_line.left.connect(lambda: self.show_day(self._today))
        self.day_line.change_asked.connect(self.day_button.choose_again)

    # What the shell asks for

    def reload(self) -> None:
        self._today = self._desk.services.clock().date()
        make = partial(self._desk.services.year_report.shown, *self._asked())
        self._desk.jobs.look(make, self._show, title="统计", owner=self)

    def _asked(self) -> tuple[int, str, date]:
        return self._desk.year, self._desk.cycle, self._day or self._today

    def perform(self, _action: str, _argument: str) -> None:
        """Nothing but showing it."""

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self._empty:
            self._empty.setFocus()
        else:
            self.header.tabs.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        margin = 16 if narrow else MARGIN
        self._line_row.setContentsMargins(margin, 4, 16, 4)
        for pane in self.panes:
            pane.body.setContentsMargins(margin, 16, margin, 16)

    def show_day(self, day: date) -> None:
        """Show the register as it stood at the end of a day."""
        self._day = None if day == self._today else day
        self.day_line.show_day(self._day)
        self.reload()

    # Showing

    def _show(self, answer: tuple[YearReport, Sequence[ShownSection]]) -> None:
        self._report, sections = answer
        self.note.set_whole_text(self._report.note)
        self._sections = {each.section.code: each for each in sections}
        self._stale = set(range(len(TABS)))
        self._show_tab()

    def _fill(self, tab: int) -> None:
        """Show the sections of a tab, which is not done before it is looked at."""
        self._stale.discard(tab)
        pane = self.panes[tab]
        for place, code in enumerate(TABS[tab][1]):
            shown = self._sections[code]
            if code in self.cards:
                self.cards[code].show_section(shown)
            else:
                self.cards[code] = card = self._new_card(shown, pane)
                pane.body.insertWidget(place, card)

    def _new_card(self, shown: ShownSection, pane: ScrollPane) -> StatisticsCard:
        card = StatisticsCard(self._desk.settings, shown)
        card.list_asked.connect(self._show_list)
        card.print_asked.connect(self._print_section)
        card.export_asked.connect(self._export_section)
        card.step_asked.connect(self._desk.go)
        card.moved.connect(partial(_bring_into_sight, pane))
        return card

    def _show_tab(self) -> None:
        if self._report is None:
            return
        has_figures = any(each.sheet.rows for each in self._report.sections)
        # Unfolded first: what the page takes away must not stand in the folded menu either.
        self.header.set_narrow(False)
        for button in (self.export_button, self.print_button):
            button.setVisible(has_figures)
        tab = self.header.tabs.currentIndex()
        if tab in self._stale:
            self._fill(tab)
        self._stack.setCurrentWidget(self.panes[tab] if has_figures else self._empty)
        self.header.set_narrow(self._narrow)

    def _show_list(self, listed: CountedList) -> None:
        self._desk.show_list(listed, self._day)

    # Handing out

    def _print_all(self) -> None:
        if self._report is not None:
            self._preview(self._report.title, partial(self._desk.services.year_report.paper, *self._asked()))

    def _print_year(self) -> None:
        year, cycle, _ = self._asked()
        self._preview(f"{year}年度统计报告", partial(self._desk.services.year_report.paper, year, cycle))

    def _print_section(self, section: ReportSection) -> None:
        paper = self._desk.services.year_report.paper
        self._preview(section.title, partial(paper, *self._asked(), section.code))

    def _preview(self, title: str, make: partial[bytes]) -> None:
        PaperPreview(self._desk, title, make, f"{title}.pdf", self).open()

    def _export_all(self) -> None:
        if self._report is not None:
            self._export(
                self._report.title, partial(self._desk.services.year_report.workbook, *self._asked())
            )

    def _export_section(self, section: ReportSection) -> None:
        self._export(section.title, partial(self._desk.services.exports.sheet, section.sheet))

    def _export(self, title: str, make: partial[bytes]) -> None:
        path = self._desk.messages.choose_save_file(
            "导出表格", EXCEL_OUT, name=f"{title}.xlsx", purpose="export"
        )
        if path is None:
            return
        self._desk.jobs.start(
            lambda _report: write_file(path, make()),
            lambda _none: self.notice.say(
                f"已导出{title}到“{path.name}”。", "打开文件夹", lambda: open_folder_of(path)
            ),
            title="导出表格",
            owner=self,
        )


def _bring_into_sight(pane: ScrollPane, chart: ChartView, place: QRect) -> None:
    """Scroll to where the keyboard went in a chart."""
    middle = chart.mapTo(pane.widget(), place.center())
    pane.ensureVisible(middle.x(), middle.y(), 0, place.height() + MARGIN)
