"""Many communities and villages at once: a list that is typed, pasted, or read out of a table.

CommunityListDialog(desk, parent).open()
"""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from core.model.first_steps import CommunityList
from gui.desk import Desk
from gui.messages import EXCEL_IN, Answer
from gui.widgets.buttons import push_button, rename
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label

SIZE = (620, 520)
SHOWN = 6


class CommunityListDialog(FramedDialog):
    """Says under the list what would be added, while it is written."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("登记社区\uff08村\uff09", SIZE, parent)
        self._desk = desk
        self._list = CommunityList()
        self.text = QPlainTextEdit()
        self.said = label("", "hint", wrap=True)
        self.add = push_button("登记", self._add, kind="primary")
        self.add.setShortcut("Ctrl+S")
        self._build()
        self.text.textChanged.connect(self._sort_out)
        self._show(self._list)
        self.text.setFocus()

    def _build(self) -> None:
        self.head.addWidget(label("一行一个，按公文里的顺序；可以从表格里复制一列粘贴过来", "secondary"), 1)
        self.head.addWidget(push_button("从文件读取……", self._read_file, icon_name="upload-2-line"))
        self.text.setAccessibleName("社区\uff08村\uff09名称")
        self.text.setPlaceholderText("松枫社区\n梅园社区\n凤凰村")
        self.text.setTabChangesFocus(True)
        self.middle.setContentsMargins(24, 16, 24, 12)
        self.middle.setSpacing(10)
        self.middle.addWidget(self.text, 1)
        self.middle.addWidget(self.said)
        self.foot.addStretch(1)
        self.foot.addWidget(push_button("取消", self.reject))
        self.foot.addWidget(self.add)

    def _read_file(self) -> None:
        path = self._desk.messages.choose_open_file(
            "从文件读取社区\uff08村\uff09", EXCEL_IN, purpose="import"
        )
        if path is not None:
            steps = self._desk.services.first_steps
            self._desk.jobs.start(
                lambda _report: steps.communities_in(path),
                lambda names: self.text.setPlainText("\n".join(names)),
                title="读取社区\uff08村\uff09",
                owner=self,
            )

    def _sort_out(self) -> None:
        steps, text = self._desk.services.first_steps, self.text.toPlainText()
        self._desk.jobs.look(
            lambda: steps.sort_out(text), self._show, title="核对社区\uff08村\uff09", owner=self
        )

    def _show(self, found: CommunityList) -> None:
        self._list = found
        said = [f"将登记 {len(found.new)} 个"] if found.new else []
        said += [f"已有 {len(found.known)} 个，不重复登记"] if found.known else []
        if found.odd:
            more = f"等 {len(found.odd)} 处" if len(found.odd) > SHOWN else ""
            odd = "、".join(f"“{each}”" for each in found.odd[:SHOWN])
            said.append(f"{odd}{more}不像名称，不登记：名称以“社区”“村”“居委会”或“村委会”结尾")
        self.said.setText("；".join(said) + "。" if said else "写好以后，这里说明会登记哪些。")
        rename(self.add, f"登记 {len(found.new)} 个" if found.new else "登记")
        self.add.setEnabled(bool(found.new))

    def _add(self) -> None:
        steps, names = self._desk.services.first_steps, self._list.new
        self._desk.jobs.start(
            lambda _report: steps.add_communities(names),
            self._tell,
            title="登记社区\uff08村\uff09",
            saves=True,
            owner=self,
        )

    def _tell(self, count: int) -> None:
        self._desk.tell(f"已登记 {count} 个社区\uff08村\uff09。")
        self.accept()

    def reject(self) -> None:
        answer = Answer.DISCARD
        if self._list.new:
            answer = self._desk.messages.ask_save("写下的社区\uff08村\uff09")
        if answer is Answer.SAVE:
            self._add()
        elif answer is Answer.DISCARD:
            super().reject()
