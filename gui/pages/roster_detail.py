"""The pane beside the roster: one organization, its people, its last changes.

detail = OrganizationDetail(desk); detail.show_organization(summary); detail.show_nothing(...)
detail.edit_asked, detail.history_asked(summary), detail.closed
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from core.model.organization import Standing
from core.model.register import HistoryLine, OrganizationSummary
from gui.actions import EDIT, command_button
from gui.desk import Desk
from gui.pages.roster_columns import masked_phone, status_badge
from gui.table_model import NO_VALUE
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.card import FactRow
from gui.widgets.detail_pane import LABEL_WIDTH, DetailPane
from gui.widgets.labels import label

PAUSE_MS = 150
ACTS, LINES = 3, 3


class PhoneRow(FactRow):
    """Masked until asked, and masked again for the next organization."""

    def __init__(self, phones: tuple[str, ...]) -> None:
        self._whole = "\n".join(phones)
        super().__init__("联系电话", masked_phone(self._whole), label_width=LABEL_WIDTH)
        self.toggle = push_button("显示", self._toggle, kind="link", dense=True)
        self.toggle.setAccessibleName("显示联系电话")
        if not phones:
            self.toggle.hide()
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.setAlignment(row.itemAt(0).widget(), Qt.AlignmentFlag.AlignVCenter)
            row.setStretch(1, 0)
            row.addWidget(self.toggle)
            row.addStretch(1)

    def _toggle(self) -> None:
        hidden = self.toggle.text() == "显示"
        self.toggle.setText("遮住" if hidden else "显示")
        self.toggle.setAccessibleName(f"{self.toggle.text()}联系电话")
        self.value.setText(self._whole if hidden else masked_phone(self._whole))


class OrganizationDetail(DetailPane):
    """Follows the selection; the history is read when the selection rests."""

    edit_asked = Signal(object)
    history_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("组织详情")
        self._desk = desk
        self._summary: OrganizationSummary | None = None
        self._has_history = False
        edit = command_button(EDIT, self._edit, dense=True)
        # Only here: the list has its own F2, and two of one key would do nothing.
        edit.setShortcut("")
        key = QShortcut(QKeySequence(EDIT.keys), self, self._edit)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.add_button(edit)
        self.add_button(push_button("变更记录", self._ask_history, icon_name="history-line", dense=True))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._load_history)
        self.show_organization(None)

    def show_organization(self, summary: OrganizationSummary | None) -> None:
        """Show this one, or say that none is selected."""
        if summary is not None and summary is self._summary:
            return
        self._summary = summary
        self.clear_groups()
        if summary is None:
            self._pause.stop()
            self.show_nothing("选中一个组织，\n这里显示它的详情")
            return
        self.set_head(summary.organization.name, _badges(summary))
        self._add_facts(summary)
        self._add_people(summary)
        self._has_history = False
        if self.isVisible():
            self._pause.start()

    def _add_facts(self, summary: OrganizationSummary) -> None:
        each = summary.organization
        dated = "登记日期" if each.standing is Standing.REGISTERED else "备案日期"
        facts = [
            ("社区\uff08村\uff09", summary.community),
            ("专项推进组", summary.work_group),
            ("备案号", each.filing_number),
            ("信用代码", each.credit_code),
            (dated, str(each.founded_on or "")),
            ("活动场所", each.premises),
            ("上年等次", each.previous_grade),
            ("备注", each.remarks),
        ]
        optional = {"备案号", "信用代码", "备注"}
        self.add_group("基本信息", [fact for fact in facts if fact[1] or fact[0] not in optional])

    def _add_people(self, summary: OrganizationSummary) -> None:
        each = summary.organization
        party = f"\uff08{each.political_status}\uff09" if each.political_status else ""
        counts = (("成员", each.members), ("党员", each.party_members), ("志愿者", each.volunteers))
        people = "，".join(f"{word} {count:,}" for word, count in counts if count is not None)
        self.add_group("负责人与人员", (("负责人", f"{each.principal}{party}"),))
        self.add_widget(PhoneRow(each.phones))
        self.add_widget(FactRow("人数", people, label_width=LABEL_WIDTH))
        figures = (("活动", each.activities, "次"), ("服务", each.visits, "人次"))
        work = "，".join(f"{word} {count:,} {unit}" for word, count, unit in figures if count is not None)
        if work:
            year = f"{each.figures_year}年" if each.figures_year else ""
            self.add_widget(FactRow(f"{year}活动", work, label_width=LABEL_WIDTH))

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._summary is not None and not self._has_history:
            self._pause.start()

    def _load_history(self) -> None:
        if self._summary is None:
            return
        key = self._summary.id
        self._desk.jobs.start(
            lambda _report: (key, self._desk.services.register.history(key)),
            self._show_history,
            title="读取变更记录",
        )

    def _show_history(self, found: tuple[str, tuple[HistoryLine, ...]]) -> None:
        key, lines = found
        if self._has_history or self._summary is None or self._summary.id != key:
            return
        self._has_history = True
        self.add_group("变更记录", (), link="全部", on_link=self._ask_history)
        for act, changes in list(acts_of(lines).items())[:ACTS]:
            self.add_widget(label("　".join(act), "caption"))
            for text in changes[:LINES]:
                self.add_widget(label(text, "hint", wrap=True))
            if len(changes) > LINES:
                self.add_widget(label(f"……共 {len(changes)} 项", "hint"))
        if not lines:
            self.add_widget(label("还没有变更", "hint"))

    def _edit(self) -> None:
        if self._summary is not None:
            self.edit_asked.emit(self._summary)

    def _ask_history(self) -> None:
        if self._summary is not None:
            self.history_asked.emit(self._summary)


def _badges(summary: OrganizationSummary) -> tuple[BadgeFace, ...]:
    each = summary.organization
    category = (BadgeFace(summary.category, "mute"),) if summary.category else ()
    standing = (BadgeFace(each.standing.label, "line"),) if each.standing else ()
    return (*category, *standing, status_badge(each.status))


def acts_of(lines: Sequence[HistoryLine]) -> dict[tuple[str, str, str], list[str]]:
    """What was changed, in words, by the act it belongs to; newest act first."""
    acts: dict[tuple[str, str, str], list[str]] = {}
    for line in lines:
        shown = masked_phone if line.field == "联系电话" else str
        texts = acts.setdefault((line.at, line.actor, line.verb), [])
        if line.old != NO_VALUE:
            texts.append(f"{line.field}：{shown(line.old)} → {shown(line.new)}")
        elif line.new != NO_VALUE:
            texts.append(f"{line.field}：{shown(line.new)}")
    return acts
