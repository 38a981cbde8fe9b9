"""Small forms that ask for passwords: the base of logging in, of new passwords and of users' forms.

class Ask(PasswordForm):
    def __init__(self, parent):
        super().__init__("修改密码", "修改密码", "写在下面的说明", parent)
        self.old = self.password_row("现在的密码"); ...; self.finish()
    def send(self): self.run(jobs, work, done, title="修改密码")      Enter or the button does it

What is typed is never shown, and emptied when the form closes.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from core.errors import AppError
from core.model.user import AccessRules
from gui.jobs import JobRunner
from gui.theme import bound_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.foot import Foot
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label

T = TypeVar("T")
WIDTH = 560
FIELD_WIDTH = 300
LABEL_WIDTH = 112


class PasswordForm(FittedDialog):
    """Rows between a headline and the buttons; an error stands above the buttons."""

    def __init__(self, title: str, verb: str, hint: str, parent: QWidget | None) -> None:
        super().__init__(WIDTH, parent)
        self.setWindowTitle(title)
        self._secret: list[QLineEdit] = []
        self._at_fault: dict[str, QLineEdit] = {}
        self._rules = label("", "hint", wrap=True)
        self._trouble = Banner("err", "")
        self._trouble.hide()
        self.done_button: QPushButton = push_button(verb, self._send, kind="primary")
        self.words.addWidget(label(title, "heading"))
        if hint:
            self.words.addWidget(label(hint, "secondary", wrap=True))

    def text_row(self, text: str, shown: str = "", *, hint: str = "", width: int = FIELD_WIDTH) -> QLineEdit:
        """A row for something that may be seen."""
        field = QLineEdit(shown)
        bound_width(field, least=width, most=width)
        self.words.addWidget(FormRow(text, field, required=True, hint=hint, label_width=LABEL_WIDTH))
        field.returnPressed.connect(self._send)
        return field

    def password_row(self, text: str) -> QLineEdit:
        """A row for something that may not."""
        field = self.text_row(text)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        # No input method, no prediction, no history.
        field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._secret.append(field)
        return field

    def new_password_rows(self, text: str, rules: AccessRules | None) -> tuple[QLineEdit, QLineEdit]:
        """Two rows for a new password, and under them what it must be, if that is known."""
        first, second = self.password_row(text), self.password_row("再输入一次")
        self.points(first, "password_weak", "password_again")
        if rules is not None:
            self.follow(rules)
            self.words.addWidget(self._rules)
        return first, second

    def follow(self, rules: AccessRules) -> None:
        """Say what the office asks of passwords."""
        self._rules.setText(rules.words)

    def points(self, field: QLineEdit, *codes: str) -> None:
        """An error of these codes is to be mended in this field."""
        self._at_fault |= dict.fromkeys(codes, field)

    def finish(self, *others: QPushButton, cancel: str = "取消") -> None:
        """Put the buttons under the rows."""
        self.words.addWidget(self._trouble)
        self.done_button.setDefault(True)
        leave = [push_button(cancel, self.reject)] if cancel else []
        self.end_with(Foot(others, [*leave, self.done_button]))

    def send(self) -> None:
        """What the button does; overridden."""
        self.accept()

    def twice(self, first: QLineEdit, second: QLineEdit) -> str | None:
        """A password that was typed the same both times; None, and told, if it was not."""
        if not first.text():
            self.tell("请输入新密码。")
            first.setFocus()
            return None
        if first.text() != second.text():
            self.tell("两次输入的密码不一样，请重新输入。")
            second.clear()
            second.setFocus()
            return None
        return first.text()

    def run(
        self,
        jobs: JobRunner,
        work: Callable[[], T],
        done: Callable[[T], None],
        *,
        title: str,
        saves: bool = False,
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        """Try what was typed; until it is answered nothing can be pressed."""
        self.done_button.setEnabled(False)
        jobs.start(
            lambda _report: work(),
            done,
            title=title,
            saves=saves,
            failed=failed or self.refused,
            ended=lambda: self.done_button.setEnabled(True),
            owner=self,
        )

    def refused(self, error: AppError) -> None:
        """Say what was wrong, and let it be tried again."""
        self.tell(str(error))
        if field := self._at_fault.get(error.code):
            field.setFocus()
            field.selectAll()

    def tell(self, text: str) -> None:
        """Say it above the buttons."""
        self._trouble.set_text(text)
        self._trouble.show()
        self.bring_to_sight(self._trouble)

    def done(self, result: int) -> None:
        for field in self._secret:
            field.clear()
        super().done(result)

    def _send(self) -> None:
        if self.done_button.isEnabled():
            self._trouble.hide()
            self.send()
