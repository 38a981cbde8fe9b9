"""Forms of accounts: the first administrator, another user, roles, a password for somebody, the code."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout, QWidget

from core.model.user import AccessRules, NewUser, Role, User
from gui.desk import Desk
from gui.dialogs.paper_preview import PaperPreview
from gui.dialogs.password_form import LABEL_WIDTH, PasswordForm
from gui.widgets.buttons import push_button
from gui.widgets.form_row import FormRow
from gui.widgets.labels import label


class RoleTicks(QWidget):
    """A tick for each role, with what it is for."""

    def __init__(self, chosen: Sequence[Role]) -> None:
        super().__init__()
        self._ticks = {role: QCheckBox(f"{role.label}　{role.duty}") for role in Role}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for role, tick in self._ticks.items():
            tick.setChecked(role in chosen)
            column.addWidget(tick)

    def chosen(self) -> tuple[Role, ...]:
        """The roles that are ticked."""
        return tuple(role for role, tick in self._ticks.items() if tick.isChecked())


class SetUpForm(PasswordForm):
    """The first administrator, and whether the data is encrypted."""

    def __init__(self, desk: Desk, parent: QWidget, *, cancel: str = "取消") -> None:
        super().__init__(
            "启用账户",
            "启用账户",
            "启用后每个人用自己的账户登录，变更记录里写明是谁做的。您是第一个管理员，密码只有您知道。",
            parent,
        )
        self._desk = desk
        self.name = self.text_row("姓名", hint="写进变更记录")
        self.login = self.text_row("登录名", hint="如 wang")
        self.first, self.second = self.new_password_rows("密码", AccessRules(""))
        self.encrypts = QRadioButton("加密数据\uff08建议\uff09　电脑、硬盘丢了，别人也看不到数据")
        self.plain = QRadioButton("不加密　拿到电脑或硬盘的人不用密码就能看到全部数据")
        self.encrypts.setChecked(True)
        choice = QWidget()
        column = QVBoxLayout(choice)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.encrypts)
        column.addWidget(self.plain)
        self.words.addWidget(FormRow("数据文件", choice, label_width=LABEL_WIDTH))
        self.finish(cancel=cancel)
        self.name.setFocus()

    def send(self) -> None:
        password = self.twice(self.first, self.second)
        if password is None:
            return
        users = self._desk.services.users
        new = NewUser(self.login.text(), self.name.text(), tuple(Role), password)
        self.run(self._desk.jobs, lambda: users.begin(new), self._begun, title="启用账户")

    def _begun(self, code: str) -> None:
        access, encrypts = self._desk.access, self.encrypts.isChecked()
        shown = CodeDialog(self._desk, code, self.parentWidget())
        if access is not None and access.door is not None and encrypts:
            door = access.door
            shown.kept.connect(lambda: access.convert(door.encrypt, "加密数据"))
        elif access is not None:
            shown.kept.connect(access.begin_over)
        self.accept()
        shown.open()


class CodeDialog(PasswordForm):
    """The recovery code, shown this once."""

    kept = Signal()

    def __init__(self, desk: Desk, code: str, parent: QWidget | None) -> None:
        super().__init__(
            "恢复码",
            "已经打印或抄好",
            "忘记密码时只有它能重设密码、打开数据。请现在打印，装进信封封好，交单位负责人保管；关闭后不再显示。",
            parent,
        )
        self._desk = desk
        self._code = code
        shown = label(code, "title", selectable=True)
        shown.setAccessibleName("恢复码")
        self.words.addWidget(shown)
        self.words.addWidget(
            label("然后请再添加一位管理员：一个人不在或忘了密码时，另一个人可以重设。", "hint", wrap=True)
        )
        self.finish(push_button("打印……", self._print, icon_name="printer-line"), cancel="")

    def _print(self) -> None:
        users, code = self._desk.services.users, self._code
        PaperPreview(self._desk, "恢复码", lambda: users.paper_of_code(code), "恢复码.pdf", self).open()

    def reject(self) -> None:
        """Esc does not take away what is shown only once."""

    def send(self) -> None:
        self.accept()
        self.kept.emit()


class UserForm(PasswordForm):
    """Another user."""

    def __init__(self, desk: Desk, parent: QWidget, *, suggests_admin: bool) -> None:
        hint = "密码由您代设，第一次登录时本人要先改掉。"
        super().__init__("添加账户", "添加账户", hint, parent)
        self._desk = desk
        self.name = self.text_row("姓名", hint="写进变更记录")
        self.login = self.text_row("登录名", hint="如 li")
        self.roles = RoleTicks([Role.ADMIN] if suggests_admin else [Role.ENTER])
        self.words.addWidget(FormRow("角色", self.roles, required=True, label_width=LABEL_WIDTH))
        self.first, self.second = self.new_password_rows("初始密码", AccessRules(""))
        desk.jobs.look(desk.services.users.rules, self.follow, title="读取密码规则", owner=self)
        self.finish()
        self.name.setFocus()

    def send(self) -> None:
        password = self.twice(self.first, self.second)
        if password is None:
            return
        users = self._desk.services.users
        new = NewUser(self.login.text(), self.name.text(), self.roles.chosen(), password)
        self.run(self._desk.jobs, lambda: users.add(new), self._added, title="添加账户", saves=True)

    def _added(self, user: User) -> None:
        self._desk.tell(f"已添加“{user.name}”\uff08{user.role_words}\uff09")
        self.accept()


class RolesForm(PasswordForm):
    """What a user may do."""

    def __init__(self, desk: Desk, user: User, parent: QWidget) -> None:
        super().__init__(f"{user.name} 的角色", "保存", "一个人可以有几个角色；至少要有一位管理员。", parent)
        self._desk = desk
        self._user = user
        self.roles = RoleTicks(user.roles)
        self.words.addWidget(self.roles)
        self.finish()

    def send(self) -> None:
        users, roles = self._desk.services.users, self.roles.chosen()
        self._desk.jobs.start(
            lambda _report: users.change_roles(self._user.id, roles),
            lambda _nothing: self.accept(),
            title="修改角色",
            saves=True,
            failed=self.refused,
            owner=self,
        )


class ResetForm(PasswordForm):
    """A password for somebody else; it unlocks and enables, too."""

    def __init__(self, desk: Desk, user: User, parent: QWidget) -> None:
        hint = "请当面告诉本人；下次登录时本人要先改掉。锁定或停用的账户也由此恢复。"
        super().__init__(f"重设 {user.name} 的密码", "重设密码", hint, parent)
        self._desk = desk
        self._user = user
        self.first, self.second = self.new_password_rows("新密码", AccessRules(""))
        desk.jobs.look(desk.services.users.rules, self.follow, title="读取密码规则", owner=self)
        self.finish()
        self.first.setFocus()

    def send(self) -> None:
        password = self.twice(self.first, self.second)
        if password is None:
            return
        users = self._desk.services.users
        self.run(
            self._desk.jobs,
            lambda: users.reset(self._user.id, password),
            self._reset,
            title="重设密码",
            saves=True,
        )

    def _reset(self, _nothing: None) -> None:
        self._desk.tell(f"已重设“{self._user.name}”的密码，请当面告诉本人")
        self.accept()
