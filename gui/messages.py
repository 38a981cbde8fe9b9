"""The one place that tells or asks the user something in a box; tests hand pages a recorder instead.

    messages.show_error(error, headline="没有导入名册")        an AppError: what happened, what to do
    messages.show_problem("没有读取“花名册.xlsx”", why, remedy, retry="重试") -> True when retry was pressed
    messages.confirm("现在开始公示吗？", (("60 个", "组织的得分将锁定"),), yes="开始公示") -> bool
    messages.ask_save("未保存的修改") -> Answer.SAVE / DISCARD / STAY
    messages.choose_open_file("选择花名册", EXCEL_IN, purpose="import") -> Path | None

A confirm box is for what cannot be undone; what can be undone does not ask.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from core.errors import AppError, InvalidInput
from core.services.log_file import Bug
from gui.settings_store import SettingsStore
from gui.widgets.box_text import BoxText

if TYPE_CHECKING:
    from gui.widgets.message_box import MessageBox

EXCEL_IN = "Excel 表格 (*.xlsx *.xls *.et *.xlsb *.ods *.csv);;所有文件 (*)"
EXCEL_OUT = "Excel 表格 (*.xlsx)"
PDF_OUT = "PDF 文件 (*.pdf)"
ZIP_OUT = "压缩包 (*.zip)"
PACKAGE_IN = "结果包 (*.sptpkg *.json);;所有文件 (*)"
PACKAGE_OUT = "结果包 (*.sptpkg)"

PROBLEMS_SHOWN = 5

Fact = tuple[str, str]


class Answer(StrEnum):
    """What to do with input that was not saved."""

    SAVE = "save"
    DISCARD = "discard"
    STAY = "stay"


class Messages(Protocol):
    """Everything the window may say or ask in a box."""

    def show_error(self, error: AppError, *, headline: str = "") -> None: ...

    def show_problem(self, headline: str, why: str = "", remedy: str = "", *, retry: str = "") -> bool: ...

    def show_bug(self, bug: Bug) -> None: ...

    def show_facts(self, headline: str, facts: Sequence[Fact], *, note: str = "") -> None: ...

    def confirm(
        self, question: str, facts: Sequence[Fact] = (), *, yes: str, no: str = "取消", note: str = ""
    ) -> bool: ...

    def ask_save(self, what: str) -> Answer: ...

    def choose_open_file(self, title: str, kinds: str, *, purpose: str) -> Path | None: ...

    def choose_open_files(self, title: str, kinds: str, *, purpose: str) -> tuple[Path, ...]: ...

    def choose_save_file(self, title: str, kinds: str, *, name: str, purpose: str) -> Path | None: ...

    def choose_folder(self, title: str, *, purpose: str) -> Path | None: ...


class BoxMessages:
    """Real boxes over the active window; remembers folders by purpose."""

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings

    def show_error(self, error: AppError, *, headline: str = "") -> None:
        why = error.message_zh
        if isinstance(error, InvalidInput) and error.problems:
            why = "\n".join((why, *_first_lines(tuple(map(str, error.problems)))))
        self.show_problem(headline or "没有完成", why, error.remedy_zh)

    def show_problem(self, headline: str, why: str = "", remedy: str = "", *, retry: str = "") -> bool:
        no = "取消" if retry else ""
        text = BoxText(headline, why, remedy, yes=retry or "知道了", no=no, copies=True)
        return self._ask("err", text) and bool(retry)

    def show_bug(self, bug: Bug) -> None:
        text = BoxText(
            f"程序出错（编号 {bug.number}）",
            "程序内部出现意外，这一步没有完成。已保存的内容不受影响，正在填写的内容还在。",
            "可以继续使用。请点“复制说明”，或在“系统 › 数据”中生成诊断包，发给维护人员；里面没有个人信息。",
            yes="知道了",
            copies=True,
            details=bug.details,
        )
        self._ask("err", text)

    def show_facts(self, headline: str, facts: Sequence[Fact], *, note: str = "") -> None:
        self._ask("info", BoxText(headline, facts=tuple(facts), note=note))

    def confirm(
        self, question: str, facts: Sequence[Fact] = (), *, yes: str, no: str = "取消", note: str = ""
    ) -> bool:
        return self._ask(
            "warn", BoxText(question, facts=tuple(facts), yes=yes, no=no, note=note, safe_no=True)
        )

    def ask_save(self, what: str) -> Answer:
        text = BoxText(
            f"要保存{what}吗？",
            "不保存的话，刚才填写的内容会丢失。",
            yes="保存",
            no="继续填写",
            other="不保存",
        )
        box = _box("warn", text)
        accepted = _answer(box)
        if box.other_pressed:
            return Answer.DISCARD
        return Answer.SAVE if accepted else Answer.STAY

    def choose_open_file(self, title: str, kinds: str, *, purpose: str) -> Path | None:
        folder = str(self._settings.folder(purpose))
        return self._remember(purpose, QFileDialog.getOpenFileName(_window(), title, folder, kinds)[0])

    def choose_open_files(self, title: str, kinds: str, *, purpose: str) -> tuple[Path, ...]:
        folder = str(self._settings.folder(purpose))
        paths = tuple(map(Path, QFileDialog.getOpenFileNames(_window(), title, folder, kinds)[0]))
        if paths:
            self._settings.set_folder(purpose, paths[0].parent)
        return paths

    def choose_save_file(self, title: str, kinds: str, *, name: str, purpose: str) -> Path | None:
        suggested = str(self._settings.folder(purpose) / name)
        chosen = self._remember(purpose, QFileDialog.getSaveFileName(_window(), title, suggested, kinds)[0])
        if chosen is not None and not chosen.suffix:
            return chosen.with_suffix(Path(name).suffix)
        return chosen

    def choose_folder(self, title: str, *, purpose: str) -> Path | None:
        folder = str(self._settings.folder(purpose))
        return self._remember(
            purpose, QFileDialog.getExistingDirectory(_window(), title, folder), is_folder=True
        )

    def _remember(self, purpose: str, chosen: str, *, is_folder: bool = False) -> Path | None:
        if not chosen:
            return None
        path = Path(chosen)
        self._settings.set_folder(purpose, path if is_folder else path.parent)
        if purpose == "import":
            self._settings.add_recent_file(path)
        return path

    def _ask(self, kind: str, text: BoxText) -> bool:
        return _answer(_box(kind, text))


def _box(kind: str, text: BoxText) -> "MessageBox":
    from gui.widgets.message_box import MessageBox  # noqa: PLC0415 - the first picture does without

    return MessageBox(kind, text, _window())


def _answer(box: "MessageBox") -> bool:
    accepted = box.exec() == QDialog.DialogCode.Accepted
    # A form that closed under its box took the box along.
    if isValid(box):
        box.deleteLater()
    return accepted


def _window() -> QWidget | None:
    return QApplication.activeWindow()


def _first_lines(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) <= PROBLEMS_SHOWN:
        return lines
    return (*lines[:PROBLEMS_SHOWN], f"……另有 {len(lines) - PROBLEMS_SHOWN} 处")
