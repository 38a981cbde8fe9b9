"""The office's settings: one form, kept by one act."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import AppError, InvalidInput
from core.model.office import Office
from core.services.services import Services
from gui.actions import SAVE, command_button
from gui.desk import Desk
from gui.dialogs.office_form import OfficeForm
from gui.messages import Answer
from gui.rights import offer
from gui.theme import bound_width
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, ScrollPane
from gui.widgets.labels import label

FORM_WIDTH = 900


def _keep_office(services: Services, office: Office) -> Office | None:
    """Keep it, and read it back with its new version."""
    services.setup.change_office(office)
    return services.setup.office()


class OfficePane(QWidget):
    """A card with the form over a foot with the buttons."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._form = OfficeForm(full=True)
        self._state = label("", "hint")
        self._discard = push_button("还原", self.reload_form)
        self._save = command_button(SAVE, self._keep, kind="primary")
        self._stored: Office | None = None
        offer(desk.services.gate, self._form, "setup.change_office")
        self._build()
        self._form.edited.connect(self._show_state)
        self._form.submitted.connect(self._save.click)

    def _build(self) -> None:
        card = Card("公文和证书上用到的单位信息")
        bound_width(card, most=FORM_WIDTH)
        card.body.setSpacing(12)
        card.body.addWidget(self._form)
        pane = ScrollPane(24)
        pane.body.addWidget(card)
        pane.body.addStretch(1)
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 11, 24, 11)
        row.setSpacing(8)
        row.addWidget(self._state, 1)
        row.addWidget(self._discard)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(pane, 1)
        column.addWidget(foot)
        self._show_state()

    def reload(self) -> None:
        """Read the office again, unless something unsaved stands in the form."""
        if self._form.is_changed():
            return
        services, jobs = self._desk.services, self._desk.jobs
        jobs.start(lambda _report: services.setup.office(), self._show, title="读取单位设置")
        fonts = services.documents.own_fonts
        jobs.start(lambda _report: fonts(), self._form.show_fonts, title="查找本机字体")

    def reload_form(self) -> None:
        """Back to what is stored."""
        if self._stored is not None:
            self._form.show_office(self._stored)
        self._show_state()

    def may_leave(self) -> bool:
        """Ask about what was not saved."""
        if not self._form.is_changed():
            return True
        answer = self._desk.messages.ask_save("单位设置的修改")
        if answer is Answer.DISCARD:
            self.reload_form()
        if answer is Answer.SAVE:
            return self._keep()
        return answer is Answer.DISCARD

    def _show(self, office: Office | None) -> None:
        self._stored = office
        self.reload_form()

    def _show_state(self) -> None:
        changed = self._form.is_changed()
        self._state.setText("有修改还没有保存" if changed else "")
        self._save.setEnabled(changed)
        self._discard.setEnabled(changed)

    def _keep(self) -> bool:
        """Start keeping the form; False when it is not right yet."""
        office = self._form.office()
        if office is None:
            self._state.setText("还有一处需要更正")
            return False
        services = self._desk.services
        if self._save.hasFocus():
            # It is disabled now, and Qt would send the keyboard to another part of the window.
            self._form.setFocus()
        self._save.setEnabled(False)
        self._desk.jobs.start(
            lambda _report: _keep_office(services, office),
            self._show,
            title="保存单位设置",
            saves=True,
            failed=self._refused,
        )
        return True

    def _refused(self, error: AppError) -> None:
        self._show_state()
        if isinstance(error, InvalidInput):
            self._form.show_name_error(str(error))
        else:
            self._desk.messages.show_error(error, headline="没有保存单位设置")
