"""The first start: make the office, or look around in a sample one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import AppError, InvalidInput
from core.model.office import Office
from gui.desk import Desk
from gui.dialogs.office_form import OfficeForm
from gui.dialogs.user_forms import SetUpForm
from gui.restoring import ask_restore_from_folder
from gui.theme import bound_width
from gui.widgets.buttons import push_button
from gui.widgets.labels import IconLabel, label


class StartPane(QWidget):
    """A card in the middle with two fields and two buttons."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._form = OfficeForm()
        self._sample = push_button("先看看示例街道", desk.play, icon_name="flask-line")
        self._sample.setToolTip("一个虚构的街道和一年的评分，随便试；和本单位的数据不放在一起，随时可以扔掉")
        self._restore = push_button("从备份恢复……", self._restore_office, icon_name="history-line")
        self._restore.setToolTip("换了电脑或重装系统：用 U 盘或共享文件夹里的备份恢复")
        self._restore.setVisible(desk.services.backups is not None)
        self._make = push_button("新建单位", self._make_office, icon_name="add-line", kind="primary")
        self._build()
        self._form.submitted.connect(self._make_office)
        self.setFocusProxy(self._form)

    def _build(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        card = QFrame()
        card.setProperty("kind", "card")
        bound_width(card, most=640)
        column = QVBoxLayout(card)
        column.setContentsMargins(40, 32, 40, 28)
        column.setSpacing(14)
        column.addWidget(IconLabel("government-line", "text3", 32, disc="track", disc_size=72), 0, middle)
        words = "先写下单位名称，公文、证书和表格都会用到；以后可以在“系统”里改。"
        for text in (label("欢迎使用社评通", "title"), label(words, "secondary", wrap=True)):
            text.setAlignment(middle)
            column.addWidget(text)
        column.addSpacing(4)
        column.addWidget(self._form)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._restore)
        buttons.addStretch(1)
        buttons.addWidget(self._sample)
        buttons.addWidget(self._make)
        column.addSpacing(4)
        column.addLayout(buttons)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.addStretch(1)
        outer.addWidget(card, 8, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)

    def _make_office(self) -> None:
        draft = self._form.draft()
        if draft is None:
            return
        services = self._desk.services
        self._set_busy(True)
        self._desk.jobs.start(
            lambda _report: services.setup.init_office(draft),
            self._offer_accounts,
            title="新建单位",
            saves=True,
            failed=self._refused,
            ended=lambda: self._set_busy(False),
            owner=self,
        )

    def _restore_office(self) -> None:
        if self._desk.services.backups is not None:
            ask_restore_from_folder(self._desk, self._desk.services.backups)

    def _offer_accounts(self, _office: Office) -> None:
        """The first administrator at once; who puts it off finds it in the system page."""
        if self._desk.access is not None:
            SetUpForm(self._desk, self.window(), cancel="以后再说").open()

    def _set_busy(self, is_busy: bool) -> None:
        self._sample.setEnabled(not is_busy)
        self._make.setEnabled(not is_busy)
        self._restore.setEnabled(not is_busy)

    def _refused(self, error: AppError) -> None:
        if isinstance(error, InvalidInput):
            self._form.show_name_error(str(error))
        else:
            self._desk.messages.show_error(error, headline="没有新建单位")
