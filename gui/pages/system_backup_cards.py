"""The cards of the page of backups: how things stand, and what is decided.

card = StateCard("shield-check-line", "ok", "本机备份")
card.show_state("ok", "今天 12:30，正常", "…"); card.add_button(button)
DecisionsCard(); card.show_overview(overview, today); card.changed(BackupSettings)
"""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from core.model.backup import BackupOverview, BackupSettings
from gui.theme import fix_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, ScrollPane
from gui.widgets.labels import IconLabel, label

SIDE_WIDTH = 328
RULE = "两天内的全部保留；更早的每天一份留 7 天，每周一份留 4 周，每月一份留 12 个月。"
BEFORE = "先把现在的数据另存一份备份，再列出所选备份之后的改动数，由您确认；原数据文件也保留。"
_CHOICES = (
    ("at_start", "打开程序时，超过一天没备份就备份"),
    ("every_change", "有改动时每 30 分钟备份"),
    ("remind", "7 天没备份到 U 盘时提醒"),
)


class StateCard(QFrame):
    """An icon in a circle, what it is about, how it stands, a line more, and what to do."""

    def __init__(self, icon_name: str, kind: str, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._icon_name = icon_name
        self._title = title
        self._icon = IconLabel(icon_name, kind, 20, disc=f"{kind}_bg", disc_size=40)
        self._state = label("", "heading", wrap=True)
        self._more = label("", "caption", wrap=True)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(title))
        words.addWidget(self._state)
        words.addWidget(self._more)
        words.addStretch(1)
        words.addLayout(self._foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_state(self, kind: str, state: str, more: str) -> None:
        """How it stands; `kind` is "ok", "warn", "err" or "info"."""
        self._icon.set_icon(self._icon_name, kind, disc=f"{kind}_bg")
        self._state.setText(state)
        self._more.setText(more)
        self.setAccessibleName(f"{self._title}：{state}")

    def state(self) -> str:
        """What it says."""
        return self._state.text()

    def add_button(self, button: QAbstractButton) -> None:
        """Add what can be done, from left to right."""
        self._foot.insertWidget(self._foot.count() - 1, button)


class DecisionsCard(QFrame):
    """When backups are made, what is kept, the second place, the drill."""

    changed = Signal(object)
    place_asked = Signal()
    drill_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._settings = BackupSettings()
        self._boxes = {name: QCheckBox(words) for name, words in _CHOICES}
        self._place = label("", "", wrap=True, selectable=True)
        self._drill = label("", "hint", wrap=True)
        self.drill_button = push_button("立即演练", self.drill_asked.emit, dense=True)
        self._build()
        for name, box in self._boxes.items():
            box.clicked.connect(lambda on, name=name: self._choose(name, on))

    def _build(self) -> None:
        card = Card("自动备份")
        for box in self._boxes.values():
            card.body.addWidget(box)
        card.body.addWidget(label("保留", "strong"))
        card.body.addWidget(label(RULE, "hint", wrap=True))
        card.body.addWidget(label("U 盘或共享文件夹", "strong"))
        card.body.addWidget(self._place)
        choose = push_button("选择位置……", self.place_asked.emit, icon_name="usb-line", dense=True)
        card.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(label("恢复演练", "strong"))
        card.body.addWidget(self._drill)
        card.body.addWidget(self.drill_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(Banner("info", "恢复前会怎样", BEFORE))
        card.body.addStretch(1)
        pane = ScrollPane(0)
        pane.body.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)
        fix_width(self, SIDE_WIDTH)

    def show_overview(self, overview: BackupOverview, today: date) -> None:
        """Show what was decided."""
        settings = self._settings = overview.settings
        for name, box in self._boxes.items():
            box.setChecked(getattr(settings, name))
        chosen = overview.second.chosen
        self._place.setText(str(chosen) if chosen else "还没有选")
        if settings.drilled_at is None:
            self._drill.setText("还没有演练过。每年演练一次，心里有数。")
        else:
            due = "，该再演练了" if overview.drill_is_due else ""
            self._drill.setText(f"上次 {settings.drilled_at:%Y-%m-%d}，成功{due}。每年一次。")

    def _choose(self, name: str, on: bool) -> None:
        at_start, every_change, remind = (
            on if each == name else getattr(self._settings, each) for each, _ in _CHOICES
        )
        self._settings = replace(self._settings, at_start=at_start, every_change=every_change, remind=remind)
        self.changed.emit(self._settings)
