"""Opening a year: which one, and what that settles."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.cycle_view import CycleView
from core.model.organization import Status
from core.model.register import Register
from gui.desk import Desk
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.card import FactRow
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

FACTS = ("名册", "参加考核", "不参加")
FACT_WIDTH = 96


class OpenYearDialog(FittedDialog):
    """Asks for the year; opening it is one job."""

    def __init__(self, desk: Desk, years: Sequence[int], parent: QWidget) -> None:
        """`years` are those that can be opened, newest first."""
        super().__init__(560, parent)
        self.setProperty("kind", "box")
        self.setWindowTitle("开启考核")
        self._desk = desk
        self._years = QComboBox()
        for year in years:
            self._years.addItem(f"{year} 年度", year)
        self._years.setCurrentIndex(max(0, self._years.findData(desk.year)))
        self._row = FormRow("考核年度", self._years, required=True)
        self._facts = {name: FactRow(name, "……", label_width=FACT_WIDTH) for name in FACTS}
        self._open = push_button("开启考核", self._start, kind="primary")
        self._open.setDefault(True)
        self._open.setEnabled(False)
        self._build()
        self._years.currentIndexChanged.connect(lambda _index: self._row.clear_message())
        services = desk.services
        desk.jobs.start(lambda _report: services.register.register(), self._show, title="读取名册")

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(22, 22, 22, 20)
        words.setSpacing(14)
        words.addWidget(label("开启一个年度的考核", "heading"))
        words.addWidget(self._row)
        for row in self._facts.values():
            words.addWidget(row)
        words.addWidget(Banner("info", "参评名单按今天的名册确定，以后名册再有变动，不影响这一年度的考核。"))
        foot = QFrame()
        foot.setProperty("kind", "foot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(18, 12, 18, 12)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(push_button("取消", self.reject))
        buttons.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(words)
        column.addWidget(foot)

    def _show(self, register: Register) -> None:
        count = Counter(each.organization.status for each in register.organizations)
        active = count.pop(Status.ACTIVE, 0)
        barred = "、".join(f"{status.label} {number} 个" for status, number in count.items())
        texts = (f"{len(register.organizations):,} 个社会组织", f"{active:,} 个", barred or "没有")
        for row, text in zip(self._facts.values(), texts, strict=True):
            row.value.setText(text)
        self._open.setEnabled(bool(register.organizations) and self._years.count() > 0)
        if not self._years.count():
            self._row.show_error("去年、今年和明年的考核都已经开启，请在顶上换年度。")
        elif not register.organizations:
            self._row.show_error("名册还是空的，没有可以考核的组织。请先导入名册。")

    def _start(self) -> None:
        year: int = self._years.currentData()
        services = self._desk.services
        self._open.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: services.assessments.open_year(year),
            self._opened,
            title=f"开启{year}年度考核",
            saves=True,
            failed=self._refused,
        )

    def _opened(self, view: CycleView) -> None:
        self._desk.choose_year(view.cycle.year)
        self.accept()

    def _refused(self, error: AppError) -> None:
        self._row.show_error(f"{error.message_zh}{error.remedy_zh}")
        self._open.setEnabled(True)
