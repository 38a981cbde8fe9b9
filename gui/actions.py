"""Every command of the menus and tool bars, declared once: words, icon, keys.

    button = command_button(IMPORT_ROSTER, self._import)             a push button that carries the command
    action = command_action(PRINT, self._print, self)                the same command for a menu

A page may offer a command; its words, icon and keys are always the ones below.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton

from gui.icons import icon
from gui.rights import offer_act
from gui.widgets.buttons import push_button


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can ask for: the verb on its button, its icon, its keys, a longer tooltip."""

    text: str
    icon: str = ""
    keys: str = ""
    tip: str = ""

    @property
    def tooltip(self) -> str:
        """What the tooltip says: the longer word and the keys."""
        return f"{self.tip or self.text}\uff08{self.keys}\uff09" if self.keys else self.tip or self.text


HELP = Command("帮助", "question-line", "F1", "打开使用手册")
NEW_ORGANIZATION = Command("新增组织", "add-line", "Ctrl+N", "登记一个新的社会组织")
IMPORT_ROSTER = Command("导入名册", "upload-2-line", "Ctrl+I", "从 Excel 花名册导入，先预览再写入")
IMPORT_SCORES = Command("导入评分表", "upload-2-line", "Ctrl+I", "从 Excel 评分表导入，先预览再写入")
EXPORT = Command("导出", "file-excel-2-line", "Ctrl+E", "把当前显示的内容导出为表格")
PRINT = Command("打印", "printer-line", "Ctrl+P", "打印当前显示的内容")
SAVE_PDF = Command("导出 PDF", "file-pdf-line", "Ctrl+Shift+P", "导出为 PDF 文件")
COMPUTE = Command("计算结果", "calculator-line", "F9", "按考核方案计算得分、等次和奖项")
CYCLE_PATH = Command("办理下一步", "calendar-check-line", "", "公示、确定、公布和归档")
RESULTS_NOTICE = Command("生成通报", "file-text-line", "Ctrl+G", "生成考核结果通报")
EDIT = Command("修改", "pencil-line", "F2")
SAVE = Command("保存", "check-line", "Ctrl+S")
UNDO = Command("撤销", "arrow-go-back-line", "Ctrl+Z")
REDO = Command("重做", "arrow-go-forward-line", "Ctrl+Y")
REMOVE = Command("移到回收站", "delete-bin-6-line", "Del")


def is_undo(event: QKeyEvent) -> bool:
    """Whether these are the keys of undo."""
    return QKeySequence(event.keyCombination()).toString() == UNDO.keys


def is_redo(event: QKeyEvent) -> bool:
    """Whether these are keys of redo: also those that other programs have."""
    return QKeySequence(event.keyCombination()).toString() in (REDO.keys, "Ctrl+Shift+Z")


def command_button(
    command: Command, handler: Callable[[], object], *, kind: str = "", dense: bool = False, text: str = ""
) -> QPushButton:
    """A push button for a command; `kind` as in `push_button`, `text` when the page has a closer verb."""
    button = push_button(text or command.text, handler, icon_name=command.icon, kind=kind, dense=dense)
    button.setToolTip(command.tooltip)
    if command.keys:
        button.setShortcut(command.keys)
    return button


def command_action(command: Command, handler: Callable[[], object], parent: QObject) -> QAction:
    """A menu action for a command."""
    action = QAction(command.text, parent)
    if command.icon:
        action.setIcon(icon(command.icon))
    if command.keys:
        action.setShortcut(command.keys)
    action.setToolTip(command.tooltip)
    action.triggered.connect(lambda _checked=False: handler())
    offer_act(action, handler)
    return action
