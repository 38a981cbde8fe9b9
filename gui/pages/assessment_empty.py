"""What stands in place of a year that was not opened, or of results that were not computed yet."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.pages.assessment_state import YearState
from gui.rights import Way
from gui.widgets.buttons import push_button
from gui.widgets.empty_page import EmptyPage


class NothingYet(QWidget):
    """Says what belongs here and offers the first step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stack = QStackedWidget()
        self._shown: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def show_state(self, state: YearState) -> None:
        """Say what this year still needs."""
        shown = (state.year, state.view is None, state.organizations, state.not_at_work, state.has_sheets)
        if shown == self._shown:
            return
        self._shown = shown
        while (old := self._stack.currentWidget()) is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(self._card(state))
        self.setFocusProxy(self._stack.currentWidget())

    def _card(self, state: YearState) -> EmptyPage:
        if state.view is None and not state.organizations:
            button = push_button(
                "导入名册", Way(self._desk, "import_roster"), icon_name="upload-2-line", kind="primary"
            )
            return EmptyPage(
                "contacts-book-2-line",
                "名册还是空的",
                "先导入名册，才能开启考核。",
                buttons=(button,),
            )
        if state.view is None:
            resting = f"，其中 {state.not_at_work} 个不在活动，不参评" if state.not_at_work else ""
            schemes = push_button("查看和修改方案", Way(self._desk, "schemes"), icon_name="file-text-line")
            button = push_button(
                "开启考核", Way(self._desk, "open_year"), icon_name="play-line", kind="primary"
            )
            return EmptyPage(
                "survey-line",
                f"{state.year} 年度考核还没有开启",
                f"名册里有 {state.organizations} 个组织{resting}。开启时按当天的名册冻结参评名单，"
                "之后名册的变动不影响这一年度。",
                buttons=(button, schemes),
            )
        if not state.has_sheets:
            button = push_button(
                "导入评分表", Way(self._desk, "import_scores"), icon_name="upload-2-line", kind="primary"
            )
            return EmptyPage(
                "calculator-line",
                "还没有评分，不能计算",
                "导入各评分方的评分表，程序先列出每份的内容和有误之处，确认后才写入；也可以在“打分”里直接录入。",
                buttons=(button,),
            )
        button = push_button(
            "计算结果", Way(self._desk, "compute"), icon_name="calculator-line", kind="primary"
        )
        return EmptyPage(
            "calculator-line",
            f"{state.year} 年度还没有结果",
            "按考核方案计算每个对象的得分、等次、名次和奖项，每一步都能查看来历。评分改动以后可以重新计算。",
            buttons=(button,),
        )
