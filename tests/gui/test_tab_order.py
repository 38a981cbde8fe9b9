"""The Tab key's way through what is made anew."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.widgets.step_path import Step, StepPath, StepState


def test_steps_that_are_made_anew_come_where_their_path_stands(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    before, path, after = QLineEdit(), StepPath(), QLineEdit()
    for each in (before, path, after):
        column.addWidget(each)
    path.set_steps((Step("公示", "", StepState.CURRENT),))
    path.set_steps((Step("公示", "", StepState.DONE), Step("归档", "", StepState.CURRENT)))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    way = []
    for _stop in range(3):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        way.append(window.focusWidget())
    assert [each.accessibleName()[:8] for each in way[:2]] == ["第 1 步 公示", "第 2 步 归档"]
    assert way[2] is after
