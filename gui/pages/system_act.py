"""The pane beside the log: what one act did to each record, and the button that takes it back.

pane = ActPane(desk); pane.show_act(act or None); pane.closed
"""

from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from core.model.journal import Act
from core.model.versions import ActStory, RecordStory
from gui.actions import REDO, UNDO, Command
from gui.desk import Desk
from gui.rights import needs
from gui.table_model import NO_VALUE
from gui.undo import redo_act, undo_act
from gui.widgets.badge import BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.card import FactRow
from gui.widgets.detail_pane import LABEL_WIDTH, DetailPane
from gui.widgets.labels import label

PAUSE_MS = 120
LINES = 8


class ActPane(DetailPane):
    """Follows the selection; what an act did is read when the selection rests."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("操作详情")
        self._desk = desk
        self._act: Act | None = None
        self._story: ActStory | None = None
        self.undo_button = self._button(UNDO, "撤销这次操作")
        self.redo_button = self._button(REDO, "重做")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self.show_act(None)

    def _button(self, command: Command, text: str) -> QPushButton:
        button = push_button(text, self._take_back, icon_name=command.icon, dense=True)
        button.hide()
        self.add_button(button)
        return button

    def show_act(self, act: Act | None) -> None:
        """Show this one, or say that none is selected."""
        self._act = act
        self._story = None
        if act is None:
            self._pause.stop()
            self.show_nothing("选中一次操作，\n这里显示它改了什么、能不能撤销")
        else:
            self._pause.start()

    def _read(self) -> None:
        if self._act is None:
            return
        versions, number = self._desk.services.versions, self._act.number
        self._desk.jobs.start(lambda _report: versions.story(number), self._show, title="读取操作内容")

    def _show(self, story: ActStory) -> None:
        if self._act is None or self._act.number != story.act.number:
            return
        self._story = story
        act = story.act
        self.set_head(act.verb, (BadgeFace(f"第 {act.number} 号", "line"),))
        self.undo_button.setVisible(not story.is_undoing)
        self.redo_button.setVisible(story.is_undoing)
        for button in (self.undo_button, self.redo_button):
            button.setEnabled(not story.why_not)
        self.clear_groups()
        self.add_widget(label(story.why_not or _outlook(story), "hint", wrap=True))
        facts = (("时间", f"{act.at:%Y-%m-%d %H:%M}"), ("操作人", act.actor), ("说明", act.reason))
        for name, value in facts:
            if value:
                self.add_widget(FactRow(name, value, label_width=LABEL_WIDTH))
        for record in story.records:
            self._add_record(record)
        if story.further:
            self.add_widget(label(f"……另有 {story.further:,} 条记录", "hint"))

    def _add_record(self, record: RecordStory) -> None:
        self.add_group(f"{record.label}　{record.title}", ())
        texts = list(_texts(record))
        for text in texts[:LINES]:
            self.add_widget(label(text, wrap=True, selectable=True))
        if len(texts) > LINES:
            self.add_widget(label(f"……共 {len(texts)} 项", "hint"))

    @needs("versions.undo")
    def _take_back(self) -> None:
        if self._story is None:
            return
        take_back = redo_act if self._story.is_undoing else undo_act
        take_back(self._desk, self._story.act.number)


def _outlook(story: ActStory) -> str:
    """What taking the act back will do."""
    verb = "重做" if story.is_undoing else "撤销"
    ends = []
    if any(not each.is_new and not each.is_gone for each in story.records):
        ends.append("改动过的项目回到箭头左边的内容")
    if any(each.is_new for each in story.records):
        ends.append("新建的移到回收站")
    if any(each.is_gone for each in story.records):
        ends.append("移走的恢复")
    return f"{verb}后，{'；'.join(ends)}。"


def _texts(record: RecordStory) -> Iterator[str]:
    if record.is_new or record.is_gone:
        yield "新建" if record.is_new else "移到回收站"
    for line in record.lines:
        if record.is_gone:
            yield f"{line.field}：{line.old}"
        elif line.old == NO_VALUE and record.is_new:
            yield f"{line.field}：{line.new}"
        else:
            yield f"{line.field}：{line.old} → {line.new}"
