"""Where the open document stands, or what keeps it from being shown, with the way out.

place = DocumentPlace(desk, widget); place.show_document()
place.show_trouble(error); place.show_none(ask_new)
"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.errors import AppError
from gui.desk import Desk
from gui.rights import Way
from gui.widgets.buttons import push_button
from gui.widgets.empty_page import EmptyPage
from gui.widgets.late_stack import SeenStack

ICON = "file-text-line"
# What keeps a document from being filled, and the way out: headline, action, verb.
WAYS_OUT = {
    "cycle_missing": ("本年度考核还没有开启", "open_year", "开启考核"),
    "not_computed": ("还没有计算结果", "compute", "计算结果"),
    "results_stale": ("结果已经过时", "compute", "重新计算"),
    "no_winner": ("没有要制作的证书", "results", "查看结果"),
}


class DocumentPlace(SeenStack):
    """See the module."""

    def __init__(self, desk: Desk, document: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._document = document
        self._empty: QWidget = QWidget()
        self.addWidget(document)
        self.addWidget(self._empty)

    def show_document(self) -> None:
        self.setCurrentWidget(self._document)

    def show_trouble(self, error: AppError) -> None:
        """Say why it cannot be shown."""
        if error.code not in WAYS_OUT:
            self._show(EmptyPage(ICON, "这份文书打不开", str(error)))
            return
        headline, action, verb = WAYS_OUT[error.code]
        way = push_button(verb, Way(self._desk, action), kind="primary")
        text = str(error) if error.code == "no_winner" else self._after(error)
        self._show(EmptyPage(ICON, headline, text, buttons=(way,)))

    def _after(self, error: AppError) -> str:
        return f"{error.message_zh}算出结果以后，这里就能取数。"

    def show_none(self, ask_new: Callable[[], object]) -> None:
        """Say what belongs here."""
        start = push_button("起草文书", ask_new, kind="primary", icon_name="add-line")
        text = "通知、公示、通报、函都在这里写：选一个模板，数据自动填好，改好文字，送审核、签发、印发。"
        self._show(EmptyPage(ICON, f"{self._desk.year} 年度还没有文书", text, buttons=(start,)))

    def _show(self, page: EmptyPage) -> None:
        self.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = page
        self.addWidget(page)
        self.setCurrentWidget(page)
