from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from gui.theme import font
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label


def test_a_form_row_says_what_is_wrong_and_repairs_it(qtbot) -> None:
    field = QLineEdit("51330499MJ00O0122U")
    row = FormRow("信用代码", field, required=True)
    qtbot.addWidget(row)
    row.show_error(
        "第 13 位是字母 O。", repair="改为 0", on_repair=lambda: field.setText("51330499MJ0000122U")
    )
    assert row.is_wrong()
    assert field.accessibleDescription() == "第 13 位是字母 O。"
    next(one for one in row.findChildren(QPushButton) if one.text() == "改为 0").click()
    assert field.text() == "51330499MJ0000122U"
    row.clear_message()
    assert not row.is_wrong()
    row.show_warning("此字少见。")
    assert not row.is_wrong()


def test_a_field_has_its_label_as_buddy(qtbot) -> None:
    field = QLineEdit()
    row = FormRow("名称", field, required=True)
    qtbot.addWidget(row)
    buddy = next(one for one in row.findChildren(QLabel) if one.buddy() is field)
    assert buddy.text() == "名称"
    assert field.accessibleName() == "名称\uff08必填\uff09"


def test_a_message_stays_in_one_line_where_there_is_room(qtbot) -> None:
    row = FormRow("信用代码", QLineEdit())
    qtbot.addWidget(row)
    row.show()
    row.show_error("第 13 位的“O”不会出现在代码中，可能是“0”。", repair="改为 51330499MJ0000122U")
    assert row.heightForWidth(700) == row.heightForWidth(1200) < row.heightForWidth(400)


def test_words_of_several_lines_begin_beside_their_label(qtbot) -> None:
    words = label("58 个：作风建设类 8、矛盾调处类 6、经济发展类 6、卫计服务类 5", wrap=True)
    row = FormRow("参加考核", words)
    qtbot.addWidget(row)
    row.resize(320, 120)
    row.show()
    line = QFontMetrics(font()).height()
    assert words.height() > 2 * line
    name = next(one for one in row.findChildren(QLabel) if one.text() == "参加考核")
    middle = name.mapTo(row, QPoint(0, name.height() // 2)).y()
    first = words.mapTo(row, words.contentsRect().topLeft()).y() + line // 2
    assert abs(first - middle) <= 2
