"""开始使用: the first steps of a new office, each with what there is, its button, and leave to put it off.

pane = FirstStepsPane(desk); pane.reload(); the next step's button has the keyboard
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.model.first_steps import FirstStep, StepNow
from gui.actions import IMPORT_ROSTER
from gui.desk import Desk
from gui.dialogs.community_list import CommunityListDialog
from gui.rights import Way, needs
from gui.theme import bound_width
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, ScrollPane
from gui.widgets.labels import IconLabel, label, rule
from gui.widgets.layouts import clear
from gui.widgets.tab_order import put_in_place

WIDTH = 820
ICONS = {
    FirstStep.OFFICE: "government-line",
    FirstStep.COMMUNITIES: "community-line",
    FirstStep.ROSTER: "contacts-book-2-line",
    FirstStep.GROUPS: "team-line",
    FirstStep.USERS: "user-3-line",
    FirstStep.BACKUP: "usb-line",
    FirstStep.FONTS: "book-open-line",
}
VERBS = {
    FirstStep.OFFICE: "修改",
    FirstStep.COMMUNITIES: "登记",
    FirstStep.ROSTER: "导入名册",
    FirstStep.GROUPS: "登记",
    FirstStep.USERS: "设置用户",
    FirstStep.BACKUP: "选择位置",
    FirstStep.FONTS: "查看字体",
}
WHY = {
    FirstStep.OFFICE: "用在公文红头、发文字号和证书上",
    FirstStep.COMMUNITIES: "名册、报表和排序都按这个顺序；导入名册时，表里新的社区也会一并登记",
    FirstStep.ROSTER: "导入现有的花名册表格，先列出新增和有误的行，确认后才写入",
    FirstStep.GROUPS: "通知、名单和小组手册要用",
    FirstStep.USERS: "谁录入、谁审核；恢复码打印出来，忘记密码时用",
    FirstStep.BACKUP: "U 盘或共享文件夹，再存一份",
    FirstStep.FONTS: "小标宋、仿宋、楷体、黑体，印一张样张看看",
}
ACTIONS = {
    FirstStep.OFFICE: "office",
    FirstStep.ROSTER: "import_roster",
    FirstStep.GROUPS: "leading_group",
    FirstStep.USERS: "users",
    FirstStep.BACKUP: "backup",
    FirstStep.FONTS: "fonts",
}


class FirstStepsPane(QWidget):
    """The steps under each other; the first one that is open has the primary button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._steps: tuple[StepNow, ...] = ()
        self._card = Card("开始使用")
        self._rows = QVBoxLayout()
        self.begins: QWidget = self
        self._build()

    def _build(self) -> None:
        bound_width(self._card, most=WIDTH)
        words = "一步一步来，也可以先跳过；以后在“系统 › 开始使用”里都找得到。"
        self._card.body.addWidget(label(words, "secondary", wrap=True))
        self._rows.setSpacing(0)
        self._card.body.addLayout(self._rows)
        pane = ScrollPane(24)
        pane.body.addWidget(self._card)
        if not self._desk.is_sample:
            pane.body.addWidget(self._sample_card())
        pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)

    def _sample_card(self) -> Card:
        card = Card("先熟悉一下")
        bound_width(card, most=WIDTH)
        card.add_button(push_button("打开示例街道", self._desk.play, icon_name="flask-line"))
        words = "一个虚构的街道和它一年的考核，随便试；和本单位的数据不放在一起，随时可以扔掉。"
        card.body.addWidget(label(words, "hint", wrap=True))
        return card

    def reload(self) -> None:
        """See anew how far it is."""
        self._desk.jobs.start(
            lambda _report: self._desk.services.first_steps.all(), self._show, title="读取开始使用"
        )

    def _show(self, steps: Sequence[StepNow]) -> None:
        self._steps = tuple(steps)
        # Asked before the old rows go: hiding a button hands its focus on, and a dialog may still be open.
        focused = self.window().focusWidget()
        waits = focused is self or (focused is not None and self.isAncestorOf(focused))
        clear(self._rows)
        put_off = self._desk.settings.steps_put_off
        open_steps = [each for each in self._steps if not each.is_done and each.step not in put_off]
        done = sum(each.is_done for each in self._steps)
        self._card.set_note(f"{len(self._steps)} 步，已完成 {done} 步")
        for each in self._steps:
            row = StepRow(
                each,
                is_next=each in open_steps[:1],
                is_put_off=each.step in put_off,
                act=self._way_to(each.step),
                put_off=partial(self._put_off, each.step),
            )
            self._rows.addWidget(row)
            if each in open_steps[:1]:
                self.begins = row.button
                if waits:
                    row.button.setFocus()
        put_in_place(self._card, self._card.findChildren(QPushButton))

    def _way_to(self, step: FirstStep) -> Callable[[], object]:
        return self._list_communities if step is FirstStep.COMMUNITIES else Way(self._desk, ACTIONS[step])

    @needs("first_steps.add_communities")
    def _list_communities(self) -> None:
        CommunityListDialog(self._desk, self.window()).open()

    def _put_off(self, step: FirstStep) -> None:
        self._desk.settings.put_off_step(step)
        self._show(self._steps)


class StepRow(QWidget):
    """One step: a mark, its words, and its buttons."""

    def __init__(
        self,
        now: StepNow,
        *,
        is_next: bool,
        is_put_off: bool,
        act: Callable[[], object],
        put_off: Callable[[], object],
    ) -> None:
        super().__init__()
        self.button = push_button(VERBS[now.step], act, kind="primary" if is_next else "")
        self.button.setAccessibleName(f"{now.step.label}：{VERBS[now.step]}")
        if now.step is FirstStep.ROSTER:
            self.button.setToolTip(IMPORT_ROSTER.tooltip)
            self.button.setShortcut(IMPORT_ROSTER.keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        row = QHBoxLayout()
        row.setContentsMargins(4, 10, 4, 10)
        row.setSpacing(12)
        mark = ("checkbox-circle-fill", "ok") if now.is_done else (ICONS[now.step], "text2")
        row.addWidget(IconLabel(*mark, 20), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(now.step.label, "strong"))
        said = f"{now.note}。" if now.is_done else f"{now.note}。{WHY[now.step]}。"
        words.addWidget(label(said, "hint", wrap=True))
        row.addLayout(words, 1)
        if is_put_off and not now.is_done:
            row.addWidget(Badge(BadgeFace("已跳过", "line")))
        elif not now.is_done:
            skip = push_button("跳过", put_off, kind="link")
            skip.setAccessibleName(f"{now.step.label}：跳过")
            row.addWidget(skip)
        row.addWidget(self.button)
        column.addLayout(row)
