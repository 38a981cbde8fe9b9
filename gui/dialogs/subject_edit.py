"""A line that names one subject of a cycle, completed while it is typed.

field = SubjectEdit(view); field.subject() -> Subject | None; field.doubt() what is wrong with the text
"""

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from core.model.assessment import Subject
from gui.dialogs.ledger_fields import WIDE, LineEdit

SHOWN = 10


class SubjectEdit(LineEdit):
    """Any part of the name finds it; two of one name are told apart by their community."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        super().__init__(WIDE, "输入名称的任一部分查找")
        self._subjects = _by_title(tuple(subjects))
        completer = QCompleter(tuple(self._subjects), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(SHOWN)
        completer.popup().setProperty("kind", "popup")
        self.setCompleter(completer)

    def subject(self) -> Subject | None:
        """The subject that is named in full."""
        return self._subjects.get(self.text().strip())

    def doubt(self) -> str:
        if not self.text().strip():
            return "请选择考核对象。"
        return "" if self.subject() else f"名单里没有“{self.text().strip()}”，请从列表中选一个。"


def _by_title(subjects: tuple[Subject, ...]) -> dict[str, Subject]:
    names = Counter(each.name for each in subjects)
    return {
        each.name if names[each.name] == 1 else f"{each.name}\uff08{each.community}\uff09": each
        for each in subjects
    }
