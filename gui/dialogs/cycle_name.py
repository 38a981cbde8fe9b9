"""The form that gives a cycle another name: a slip made when it was opened stands on every paper.

CycleName(desk, cycle, parent).open()
"""

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import AppError
from core.model.assessment import Cycle
from gui.desk import Desk
from gui.theme import bound_width
from gui.undo import do_undoably
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import FormFoot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

WIDTH, WIDE = 560, 400
VERB = "修改考核名称"
HINT = "名称写在年度菜单、评分表、公示、通报和证书里；已经发出的评分表和文书不变。"


class CycleName(FittedDialog):
    """One row; what was refused is told under it."""

    def __init__(self, desk: Desk, cycle: Cycle, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self._desk, self._cycle = desk, cycle
        self.setWindowTitle(VERB)
        self.title_edit = QLineEdit(cycle.title)
        bound_width(self.title_edit, least=WIDE)
        self.row = FormRow("考核名称", self.title_edit, required=True)
        self.words.addWidget(label(f"{cycle.year} 年度考核的名称", "heading"))
        self.words.addWidget(label(HINT, "secondary", wrap=True))
        self.words.addWidget(self.row)
        self.end_with(FormFoot(self, VERB))
        self.title_edit.selectAll()
        self.title_edit.setFocus()

    def accept(self) -> None:
        service, cycle, title = self._desk.services.cycles, self._cycle, self.title_edit.text()
        do_undoably(
            self._desk,
            lambda: service.rename(cycle.year, title, cycle.code),
            title=VERB,
            told=lambda path: f"考核名称已改为“{path.cycle.title}”",
            done=lambda _path: self._finish(),
            failed=self._refuse,
            owner=self,
        )

    def _finish(self) -> None:
        super().accept()

    def _refuse(self, error: AppError) -> None:
        self.row.show_error(str(error))
        self.title_edit.setFocus()
