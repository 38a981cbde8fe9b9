"""The pane beside the roster: one organization, its people, its filing, its ledgers, its last changes.

detail = OrganizationDetail(desk); detail.show_organization(summary); detail.show_nothing(...)
detail.edit_asked, detail.history_asked, detail.remove_asked(summary), detail.closed
detail.set_day(day)              of a past day: what the row says, and the way to all of its form
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QToolButton

from core.model.filing import TransitionKind
from core.model.filing_view import FilingCase
from core.model.ledger import Ledger
from core.model.ledgers import LEDGERS
from core.model.organization import Organization, Standing
from core.model.register import OrganizationSummary
from core.model.register_ledgers import BRANDS, GOOD_EVIDENCE, TRANSITIONS
from gui.actions import EDIT, REMOVE, command_button
from gui.desk import Desk
from gui.dialogs.paper_preview import PaperPreview
from gui.dialogs.past_record import PastRecordDialog
from gui.dialogs.transition_form import TransitionForm
from gui.icons import icon
from gui.pages.last_changes import add_last_changes
from gui.pages.organization_filing import CaseRow, GoodsRow
from gui.pages.roster_bulk import menu_button
from gui.pages.roster_columns import masked_phone, status_badge
from gui.pages.roster_more import OrganizationMore, read_more
from gui.rights import needs, offer, offer_act
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import icon_button, push_button
from gui.widgets.card import FactRow
from gui.widgets.detail_pane import LABEL_WIDTH, DetailPane
from gui.widgets.labels import label
from gui.widgets.masked_row import MaskedRow

PAUSE_MS = 150
CASES = 3


class OrganizationDetail(DetailPane):
    """Follows the selection; what its row does not say is read when the selection rests."""

    edit_asked = Signal(object)
    history_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("组织详情")
        self._desk = desk
        self._summary: OrganizationSummary | None = None
        self._day: date | None = None
        self._has_more = False
        edit = command_button(EDIT, self._edit, dense=True)
        # Only here: the list has its own F2, and two of one key would do nothing.
        edit.setShortcut("")
        key = QShortcut(QKeySequence(EDIT.keys), self, self._edit)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.file_button = menu_button("办理", "file-list-3-line", "办理备案、变更、注销等事项", dense=True)
        self.more_button = icon_button("more-2-line", "更多操作", dense=True)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more_button)
        self.more_button.setMenu(menu)
        menu.addAction(icon("printer-line"), "打印备案表", self._print_form)
        menu.addAction(icon("history-line"), "变更记录", self._ask_history)
        offer_act(menu.addAction(icon(REMOVE.icon), REMOVE.text, self._ask_removal), self._ask_removal)
        offer(desk.services.gate, self.file_button, "filing.open", "filing.decide")
        self._buttons_of_today = (edit, self.file_button, self.more_button)
        self._whole = push_button(
            "这一天的全部内容", self._open_whole, icon_name="file-history-line", dense=True
        )
        for button in (*self._buttons_of_today, self._whole):
            self.add_button(button)
        self._whole.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._load_more)
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
        self._has_more = False
        self.file_button.setEnabled(False)
        if self.isVisible():
            self._pause.start()

    def set_day(self, day: date | None) -> None:
        """Show organizations as of a day, with nothing to do; None is now."""
        self._day = day
        for button in self._buttons_of_today:
            button.setVisible(day is None)
        self._whole.setVisible(day is not None)

    def _open_whole(self) -> None:
        if self._summary is not None and self._day is not None:
            PastRecordDialog(self._desk, self._summary.id, self._day, self).open()

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
            ("曾用名", "、".join(each.former_names)),
            ("标签", "、".join(each.tags)),
            ("备注", each.remarks),
        ]
        optional = {"备案号", "信用代码", "曾用名", "标签", "备注"}
        self.add_group("基本信息", [fact for fact in facts if fact[1] or fact[0] not in optional])

    def _add_people(self, summary: OrganizationSummary) -> None:
        each = summary.organization
        party = f"\uff08{each.political_status}\uff09" if each.political_status else ""
        counts = (("成员", each.members), ("党员", each.party_members), ("志愿者", each.volunteers))
        people = "，".join(f"{word} {count:,}" for word, count in counts if count is not None)
        self.add_group("负责人与人员", (("负责人", f"{each.principal}{party}"),))
        phones = MaskedRow("联系电话", masked_phone("\n".join(each.phones)), label_width=LABEL_WIDTH)
        phones.asked.connect(lambda: self._reveal(each, phones))
        if self._day is not None:
            # Looking is logged, and of what stands in the register now.
            phones.toggle.hide()
        self.add_widget(phones)
        self.add_widget(FactRow("人数", people, label_width=LABEL_WIDTH))
        if each.party_organization:
            self.add_widget(FactRow("党组织", each.party_organization.label, label_width=LABEL_WIDTH))
        figures = (("活动", each.activities, "次"), ("服务", each.visits, "人次"))
        work = "，".join(f"{word} {count:,} {unit}" for word, count, unit in figures if count is not None)
        if work:
            year = f"{each.figures_year}年" if each.figures_year else ""
            self.add_widget(FactRow(f"{year}活动", work, label_width=LABEL_WIDTH))

    def _reveal(self, each: Organization, row: MaskedRow) -> None:
        """What is logged is that somebody looked; no page has to load again for it."""
        register = self._desk.services.register
        self._desk.jobs.start(
            lambda _report: register.reveal_phones(each.id), row.show_whole, title="显示号码"
        )

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._summary is not None and not self._has_more:
            self._pause.start()

    # What the row does not say

    def _load_more(self) -> None:
        if self._summary is None or self._day is not None:
            return
        key, services = self._summary.id, self._desk.services
        self._desk.jobs.start(lambda _report: read_more(services, key), self._show_more, title="读取详情")

    def _show_more(self, more: OrganizationMore) -> None:
        if self._has_more or self._summary is None or self._summary.id != more.organization_id:
            return
        self._has_more = True
        self._offer_kinds(more.allowed)
        self._add_cases(more)
        self._add_ledgers(more)
        add_last_changes(self, more.history, self._ask_history)

    def _offer_kinds(self, kinds: Sequence[TransitionKind]) -> None:
        menu = self.file_button.menu()
        menu.clear()
        for kind in kinds:
            menu.addAction(kind.label, lambda kind=kind: self._open_form(kind, None))
        self.file_button.setEnabled(bool(kinds))

    def _add_cases(self, more: OrganizationMore) -> None:
        if not more.cases:
            return
        self.add_group("备案与变更", (), link="全部", on_link=lambda: self._go(TRANSITIONS))
        for case in more.cases[:CASES]:
            row = CaseRow(case)
            row.opened.connect(lambda case=case: self._open_form(case.transition.kind, case))
            self.add_widget(row)
        if len(more.cases) > CASES:
            self.add_widget(label(f"……共 {len(more.cases)} 件", "hint"))

    def _add_ledgers(self, more: OrganizationMore) -> None:
        self.add_group("五个一", (), link="登记", on_link=lambda: self._go(GOOD_EVIDENCE))
        self.add_widget(GoodsRow(more.goods))
        if more.brands:
            self.add_group("品牌", (), link="全部", on_link=lambda: self._go(BRANDS))
            for text in more.brands:
                self.add_widget(label(text, wrap=True))
        if more.counts or more.files:
            self.add_group("台账与附件", ())
        for code, count in more.counts.items():
            ledger = LEDGERS[code]
            words = f"{ledger.label} {count:,} 条"
            link = push_button(words, partial(self._go, ledger), kind="link", dense=True)
            self.add_widget(link)
        if more.files:
            self.add_widget(push_button(f"附件 {more.files:,} 个", self._edit, kind="link", dense=True))

    # Doing

    def _go(self, ledger: Ledger) -> None:
        if self._summary is not None:
            self._desk.go(f"ledger:{ledger.code}:{self._summary.id}")

    @needs("filing.open", "filing.decide")
    def _open_form(self, kind: TransitionKind, case: FilingCase | None) -> None:
        if self._summary is not None:
            named = (self._summary.id, self._summary.organization.name)
            TransitionForm(self._desk, named, kind, case, self).open()

    @needs("register.remove")
    def _ask_removal(self) -> None:
        if self._summary is not None:
            self.remove_asked.emit(self._summary)

    @needs("register.save_form")
    def _edit(self) -> None:
        if self._summary is not None:
            self.edit_asked.emit(self._summary)

    def _print_form(self) -> None:
        if self._summary is None:
            return
        papers, key, name = self._desk.services.papers, self._summary.id, self._summary.organization.name
        preview = PaperPreview(
            self._desk,
            "备案表",
            lambda: papers.filing_form(key),
            f"备案表（{name}）.pdf",
            self.window(),
            whole=lambda: papers.filing_form(key, masked=False),
        )
        preview.open()

    def _ask_history(self) -> None:
        if self._summary is not None:
            self.history_asked.emit(self._summary)


def _badges(summary: OrganizationSummary) -> tuple[BadgeFace, ...]:
    each = summary.organization
    category = (BadgeFace(summary.category, "mute"),) if summary.category else ()
    standing = (BadgeFace(each.standing.label, "line"),) if each.standing else ()
    return (*category, *standing, status_badge(each.status))
