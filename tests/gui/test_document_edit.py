"""The editor of a document's text: nothing is lost on its way, fields are units, blocks stay whole."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.model.document_text import Part, TextBlock, TextColumn, TextParagraph, TextPeople, TextTable
from core.services.document_editing import FieldWords
from core.services.document_templates import shipped_templates
from gui.widgets.document_edit import DocumentEdit
from gui.widgets.field_edit import FieldLine
from tests.laws import ON_A_FIXTURE, examples

FACTS = {"年度": 2025, "单位": "示例街道办事处", "空": "", "各项": ({"名": "甲"}, {"名": "乙"})}
RULED = TextParagraph((Part("有{名}", each="各项", between="、"),))
TABLE = TextTable("各项", (TextColumn("名称", "{名}", 4),))
PEOPLE = TextPeople("成员", "各项", "{名}")

Made = Callable[..., DocumentEdit]


@pytest.fixture
def make_edit(qtbot: QtBot) -> Made:
    def make(*blocks: TextBlock) -> DocumentEdit:
        edit = DocumentEdit()
        qtbot.addWidget(edit)
        edit.resize(500, 400)
        edit.set_words(FieldWords(FACTS))
        edit.set_blocks(blocks)
        edit.show()
        edit.setFocus()
        return edit

    return make


def _plain(text: str, heading: str = "", level: int = 0) -> TextParagraph:
    return TextParagraph((Part(text),) if text else (), heading, level)


@pytest.mark.parametrize("code", list(shipped_templates()))
@pytest.mark.parametrize("facts", [None, {}, FACTS])
def test_every_shipped_template_comes_out_as_it_went_in(code: str, facts, make_edit: Made) -> None:
    template = shipped_templates()[code]
    edit = make_edit()
    edit.set_words(FieldWords(facts, template.about))
    for blocks in (template.blocks, *(each.blocks for each in template.annexes)):
        edit.set_blocks(blocks)
        edit.grab()
        assert edit.blocks() == blocks


def _commit(edit: DocumentEdit, text: str) -> None:
    """Type as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


words = st.text(st.sampled_from("甲乙。，：a1 \n（）"), min_size=1, max_size=12)
fields = st.sampled_from(["{年度}", "{单位}", "{没有的}", "{ 年度 }"])
texts = st.lists(words | fields, max_size=4).map("".join)
paragraphs = st.builds(
    lambda text, heading, level: _plain(text, heading, level), texts, texts, st.integers(0, 4)
).filter(lambda each: bool(each.text or each.heading))
blocks = st.lists(paragraphs | st.sampled_from([RULED, TABLE, PEOPLE]), min_size=1, max_size=5)


@given(blocks)
@hypothesis_settings(max_examples=examples(60), suppress_health_check=ON_A_FIXTURE)
def test_any_text_comes_out_as_it_went_in(make_edit: Made, made: list[TextBlock]) -> None:
    edit = make_edit(*made)
    assert edit.blocks() == tuple(made)


def test_field_is_passed_and_deleted_as_a_whole(make_edit: Made, qtbot: QtBot) -> None:
    edit = make_edit(_plain("在{年度}年"))
    qtbot.keyClick(edit, Qt.Key.Key_Right)
    qtbot.keyClick(edit, Qt.Key.Key_Right)
    qtbot.keyClicks(edit, "x")
    assert edit.blocks() == (_plain("在{年度}x年"),)
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.blocks() == (_plain("在年"),)
    edit.undo()
    assert edit.blocks()[0].text.startswith("在{年度}")


def test_field_is_put_in_and_shows_its_words(make_edit: Made) -> None:
    edit = make_edit(_plain("在年"))
    edit.moveCursor(QTextCursor.MoveOperation.Right)
    edit.insert_field("年度")
    assert edit.blocks() == (_plain("在{年度}年"),)
    assert edit.objects.words.text("在{年度}年") == "在2025年"


def test_typed_braces_become_a_field_only_if_there_is_one(make_edit: Made, qtbot: QtBot) -> None:
    edit = make_edit(_plain("甲"))
    edit.moveCursor(QTextCursor.MoveOperation.End)
    _commit(edit, "{年度}{不知道}}")
    assert edit.blocks() == (_plain("甲{年度}｛不知道｝｝"),)


def test_fields_are_copied_as_fields_and_elsewhere_as_words(make_edit: Made) -> None:
    edit = make_edit(_plain("在{年度}年"), _plain("二"))
    edit.selectAll()
    edit.copy()
    assert QGuiApplication.clipboard().text() == "在2025年\n二"
    other = make_edit(_plain("前"))
    other.moveCursor(QTextCursor.MoveOperation.End)
    other.paste()
    assert other.blocks() == (_plain("前在{年度}年"), _plain("二"))


def test_foreign_text_is_pasted_as_paragraphs_without_its_looks(make_edit: Made) -> None:
    QGuiApplication.clipboard().setText("一{}\n\n二\r\n三")
    edit = make_edit(_plain("前"))
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.paste()
    assert edit.blocks() == (_plain("前一｛｝"), _plain("二"), _plain("三"))


def test_level_makes_a_heading_up_to_the_full_stop(make_edit: Made, qtbot: QtBot) -> None:
    edit = make_edit(_plain("一、等次。评定{年度}"))
    edit.set_level(2)
    assert edit.blocks() == (_plain("评定{年度}", "一、等次。", 2),)
    qtbot.keyClick(edit, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert edit.blocks() == (_plain("一、等次。评定{年度}"),)


def test_what_is_typed_behind_a_heading_is_text(make_edit: Made, qtbot: QtBot) -> None:
    edit = make_edit(_plain("", "一、等次。", 1))
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(edit, "abc")
    assert edit.blocks() == (_plain("abc", "一、等次。", 1),)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, "d")
    assert edit.blocks() == (_plain("abc", "一、等次。", 1), _plain("d"))


@pytest.mark.parametrize("ruled", [RULED, TABLE, PEOPLE])
def test_block_by_rule_is_moved_and_taken_out_whole(ruled: TextBlock, make_edit: Made) -> None:
    edit = make_edit(_plain("甲"), ruled, _plain("乙"))
    edit.moveCursor(QTextCursor.MoveOperation.Down)
    assert edit.current_block() == ruled
    edit.shift(-1)
    assert edit.blocks() == (ruled, _plain("甲"), _plain("乙"))
    edit.shift(1)
    assert edit.blocks() == (_plain("甲"), ruled, _plain("乙"))
    edit.remove_block()
    assert edit.blocks() == (_plain("甲"), _plain("乙"))
    edit.undo()
    assert edit.blocks() == (_plain("甲"), ruled, _plain("乙"))


def test_words_beside_a_block_by_rule_stand_in_a_paragraph_of_their_own(
    make_edit: Made, qtbot: QtBot
) -> None:
    edit = make_edit(RULED)
    qtbot.keyClicks(edit, "a")
    assert edit.blocks() == (_plain("a"), RULED)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(edit, "b")
    assert edit.blocks() == (_plain("a"), RULED, _plain("b"))


def test_paragraph_joined_to_a_block_by_rule_is_not_lost(make_edit: Made, qtbot: QtBot) -> None:
    edit = make_edit(RULED, _plain("乙"))
    edit.moveCursor(QTextCursor.MoveOperation.Down)
    edit.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.blocks() == (RULED, _plain("乙"))


def test_block_by_rule_becomes_its_words(make_edit: Made) -> None:
    edit = make_edit(RULED, _plain("乙"))
    edit.replace_block(edit.objects.words.plain(RULED))
    assert edit.blocks() == (_plain("有甲、有乙"), _plain("乙"))


def test_line_keeps_fields_and_leaves_line_ends_out(qtbot: QtBot) -> None:
    line = FieldLine("主送")
    qtbot.addWidget(line)
    line.set_words(FieldWords(FACTS))
    line.set_text("各社区，{单位}")
    assert line.text() == "各社区，{单位}"
    QGuiApplication.clipboard().setText("甲\n乙")
    line.selectAll()
    line.paste()
    assert line.text() == "甲乙"
