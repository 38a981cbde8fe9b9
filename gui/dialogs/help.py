"""F1: the way through a year in seven lines, and the keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.card import ScrollPane
from gui.widgets.labels import label

STEPS = (
    ("建立名册", "“名册”里导入花名册；先预览，确认后才写入。"),
    ("开启考核", "“首页”或“考核”里开启年度；参评名单按当天的名册确定。"),
    ("收评分表", "“考核”里导入评分表，有误的分数就地更正，也可以直接录入。"),
    ("计算结果", "按方案汇总、排名、评奖；点任何一个得分都能看到它怎么来的。"),
    ("生成通报", "“文书”里预览，导出或打印时才占用发文字号。"),
    ("制作证书", "“文书”的“证书”里预览、导出、打印。"),
    ("随时查改动", "“系统”的“变更记录”里有每一次改动的时间、人和原因，可以撤销；删除的在“回收站”里。"),
)
KEYS = (
    ("Ctrl+1 … Ctrl+6", "首页、名册、工作组、考核、文书、系统"),
    ("Ctrl+K", "搜索组织、人员、台账、页面和功能；可用拼音或首字母"),
    ("Ctrl+F", "在当前列表里查找"),
    ("Ctrl+I", "导入"),
    ("Ctrl+E", "把当前列表导出为表格"),
    ("Ctrl+G", "生成通报"),
    ("Ctrl+Shift+P", "导出 PDF"),
    ("Ctrl+P", "打印"),
    ("Ctrl+N", "新增"),
    ("Ctrl+S", "保存表单"),
    ("Ctrl+Z / Ctrl+Y", "撤销上一步、重做；重新打开程序以后也可以"),
    ("Delete", "把选中的移到回收站"),
    ("F2", "修改选中的内容"),
    ("F8", "打分时到下一处未填或有误的"),
    ("F9", "计算结果"),
    ("Ctrl+C", "复制选中的行，可粘贴到表格里"),
    ("Enter / Esc", "打开 / 返回或关闭"),
    ("PageUp / PageDown", "预览时翻页"),
)


class HelpDialog(QDialog):
    """One screen that a clerk can read in a minute."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "box")
        self.setWindowTitle("帮助")
        self.setModal(True)
        pane = ScrollPane(24)
        pane.body.addWidget(label("一年的工作怎么走", "heading"))
        pane.body.addLayout(
            _pairs([(f"{place}　{word}", text) for place, (word, text) in enumerate(STEPS, 1)])
        )
        pane.body.addSpacing(12)
        pane.body.addWidget(label("快捷键", "heading"))
        pane.body.addLayout(_pairs(KEYS))
        pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(pane, 1)
        column.addWidget(self._foot())
        room = parent.size() if parent else self.screen().availableSize()
        self.resize(min(scaled(640), room.width() * 9 // 10), min(scaled(680), room.height() * 9 // 10))

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(18, 12, 18, 12)
        row.addStretch(1)
        close = push_button("知道了", self.accept, kind="primary")
        close.setDefault(True)
        row.addWidget(close)
        return foot


def _pairs(rows: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for row, (word, text) in enumerate(rows):
        grid.addWidget(label(word, "strong"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, "secondary", wrap=True), row, 1)
    return grid
