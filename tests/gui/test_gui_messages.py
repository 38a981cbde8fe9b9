from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QScrollArea
from shiboken6 import isValid

from core.errors import Conflict, InvalidInput, Problem
from core.services.log_file import Bug
from gui.messages import EXCEL_IN, PDF_OUT, Answer, BoxMessages
from gui.settings_store import SettingsStore
from gui.widgets.box_text import BoxText
from gui.widgets.message_box import MessageBox

Press = Callable[[str], list[MessageBox]]


@pytest.fixture
def boxes(settings: SettingsStore) -> BoxMessages:
    return BoxMessages(settings)


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """Lets the next boxes be answered by pressing the button of that text; gives back the boxes shown."""

    def answer_with(text: str) -> list[MessageBox]:
        shown: list[MessageBox] = []

        def answer(box: MessageBox) -> int:
            shown.append(box)
            button(box, text).click()
            return box.result()

        monkeypatch.setattr(MessageBox, "exec", answer)
        return shown

    return answer_with


def button(box: QDialog, text: str) -> QPushButton:
    return next(one for one in box.findChildren(QPushButton) if one.text() == text)


def words(box: QDialog) -> list[str]:
    return [one.text() for one in box.findChildren(QLabel) if one.text()]


def test_an_error_says_what_why_and_what_to_do(boxes: BoxMessages, press: Press) -> None:
    shown = press("知道了")
    boxes.show_error(Conflict("stale", "别人刚改过这个组织。", "请刷新后再改。"), headline="没有保存")
    assert words(shown[0]) == ["没有保存", "别人刚改过这个组织。", "请刷新后再改。"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(shown[0])


def test_many_problems_are_counted_not_all_listed(boxes: BoxMessages, press: Press) -> None:
    shown = press("知道了")
    problems = [Problem(f"第 {row} 行", "电话只有 10 位") for row in range(1, 9)]
    boxes.show_error(InvalidInput("rows", "有 8 行不能导入。", problems=problems))
    why = words(shown[0])[1]
    assert "第 5 行：电话只有 10 位" in why
    assert "第 6 行" not in why
    assert why.endswith("另有 3 处")


@pytest.mark.parametrize(("pressed", "again"), [("重试", True), ("取消", False)])
def test_a_problem_can_be_tried_again(boxes: BoxMessages, press: Press, pressed: str, again: bool) -> None:
    press(pressed)
    assert boxes.show_problem("没有读取“花名册.xlsx”", "文件正被打开。", "请关闭它。", retry="重试") is again


@pytest.mark.parametrize(("pressed", "agreed"), [("开始公示", True), ("返回核对", False)])
def test_a_question_shows_its_consequences(
    boxes: BoxMessages, press: Press, pressed: str, agreed: bool
) -> None:
    shown = press(pressed)
    facts = (("60 个", "组织的得分将锁定"), ("285 份", "评分表将转为只读"))
    assert boxes.confirm("现在开始公示吗？", facts, yes="开始公示", no="返回核对") is agreed
    assert {"60 个", "评分表将转为只读"} <= set(words(shown[0]))


@pytest.mark.parametrize(
    ("pressed", "answer"),
    [("保存", Answer.SAVE), ("不保存", Answer.DISCARD), ("继续填写", Answer.STAY)],
)
def test_unsaved_input_has_three_ways_out(
    boxes: BoxMessages, press: Press, pressed: str, answer: Answer
) -> None:
    press(pressed)
    assert boxes.ask_save("对组织的修改") is answer


def test_a_bug_can_be_copied(boxes: BoxMessages, press: Press) -> None:
    shown = press("知道了")
    boxes.show_bug(Bug("4F1-0B2", "ZeroDivisionError"))
    button(shown[0], "复制说明").click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("程序出错")
    assert "4F1-0B2" in copied
    assert "4F1-0B2" in "".join(words(shown[0]))
    assert "ZeroDivisionError" in copied
    assert "ZeroDivisionError" not in "".join(words(shown[0]))


def test_enter_never_starts_what_cannot_be_undone(qtbot) -> None:
    box = MessageBox("warn", BoxText("开始吗？", yes="开始", no="返回", safe_no=True))
    qtbot.addWidget(box)
    box.show()
    assert button(box, "返回").isDefault()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("word", ["返回", "另存", "开始"])
def test_enter_presses_the_button_that_has_the_focus(qtbot, word: str) -> None:
    box = MessageBox("warn", BoxText("开始吗？", yes="开始", no="返回", other="另存"))
    qtbot.addWidget(box)
    box.show()
    pressed = []
    button(box, word).clicked.connect(lambda _checked: pressed.append(word))
    qtbot.keyClick(button(box, word), Qt.Key.Key_Return)
    assert pressed == [word]


def test_words_from_the_register_are_no_markup(qtbot) -> None:
    box = MessageBox("info", BoxText("A&B <b>中心</b>", "<img src=x>"))
    qtbot.addWidget(box)
    assert words(box) == ["A&B <b>中心</b>", "<img src=x>"]
    assert {one.textFormat() for one in box.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_a_long_text_is_shown_whole(qtbot) -> None:
    box = MessageBox("err", BoxText("没有导入", "很长的说明，" * 60, "请这样做，" * 40))
    qtbot.addWidget(box)
    box.show()
    for one in box.findChildren(QLabel):
        assert one.height() >= one.heightForWidth(one.width())
    # A screen of 800 is high enough for all of it.
    QApplication.processEvents()
    assert not box.findChild(QScrollArea).verticalScrollBar().isVisible()


def test_the_folder_of_a_purpose_is_remembered(
    boxes: BoxMessages, settings: SettingsStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "花名册.xlsx"
    asked: list[str] = []

    def choose(_parent: object, _title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return str(chosen), kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    assert boxes.choose_open_file("选择花名册", EXCEL_IN, purpose="import") == chosen
    boxes.choose_open_file("选择花名册", EXCEL_IN, purpose="import")
    assert asked[1] == str(tmp_path)
    assert settings.folder("export") != tmp_path


def test_a_folder_that_is_gone_is_not_offered(settings: SettingsStore, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(tmp_path / "Documents"))
    settings.set_folder("import", tmp_path / "gone")
    assert settings.folder("import") == tmp_path


def test_a_name_without_an_ending_gets_one(
    boxes: BoxMessages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "通报"), PDF_OUT))
    saved = boxes.choose_save_file("保存", PDF_OUT, name="关于考核结果的通报.pdf", purpose="export")
    assert saved == tmp_path / "通报.pdf"


def test_giving_up_a_file_dialog_gives_nothing(boxes: BoxMessages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    assert boxes.choose_folder("选择文件夹", purpose="export") is None
