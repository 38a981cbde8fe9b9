"""Accounts: setting them up, who there is, what passwords must be, the recovery code, encryption."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from core.model.user import AccessRules, Role, User, UserLine
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.user_forms import CodeDialog, ResetForm, RolesForm, SetUpForm, UserForm
from gui.rights import needs
from gui.theme import bound_width
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button, rename
from gui.widgets.card import Card, ScrollPane
from gui.widgets.labels import label, rule
from gui.widgets.layouts import clear

PANE_WIDTH = 900
FIELD_WIDTH = 88
T = TypeVar("T")
RULES = (
    ("min_length", "密码至少", "个字符，", 1, 64),
    ("min_classes", "大写、小写、数字、符号至少有", "种，", 1, 4),
    ("max_days", "每", "天要更换\uff080 为不要求\uff09，", 0, 3650),
    ("remembered", "不能和最近", "次用过的相同；", 0, 24),
    ("idle_minutes", "没有人操作", "分钟后锁定窗口\uff080 为不锁定\uff09", 0, 480),
)


@dataclass(frozen=True, slots=True)
class ShownAccounts:
    """What the pane shows."""

    is_begun: bool
    lines: tuple[UserLine, ...]
    rules: AccessRules
    is_encrypted: bool
    code_is_used: bool


def read_accounts(services: Services) -> ShownAccounts:
    """All of it as it is now."""
    users = services.users
    return ShownAccounts(
        users.is_begun(), users.state(), users.rules(), users.is_encrypted(), users.code_is_used()
    )


class UsersPane(QWidget):
    """Before accounts there is one card that sets them up; afterwards cards for each part."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: ShownAccounts | None = None
        self._fields: dict[str, QSpinBox] = {}
        self._start = self._start_card()
        self._accounts = Card("账户")
        self._one_admin = Banner(
            "warn", "只有一位管理员", "这个人不在或忘了密码时，只能用恢复码。请再添加一位管理员。"
        )
        self._code_used = Banner(
            "warn",
            "恢复码用过了",
            "封存的信封已经拆开，看到的人都能重设密码。请在下面更换恢复码，重新打印封好。",
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self._accounts.body.addWidget(self._one_admin)
        self._accounts.body.addWidget(self._code_used)
        self._accounts.body.addLayout(self._lines)
        add = push_button("添加账户……", self.add, icon_name="user-add-line", kind="primary")
        self._accounts.body.addLayout(_row(add))
        self._rules = self._rules_card()
        self._code = self._code_card()
        self._protection = Card("数据加密")
        self._protection_words = label("", "", wrap=True)
        self._protect = push_button("", self.protect)
        self._protection.body.addWidget(self._protection_words)
        self._protection.body.addLayout(_row(self._protect))
        pane = ScrollPane(24)
        pane.body.setSpacing(16)
        for card in (self._start, self._accounts, self._rules, self._code, self._protection):
            bound_width(card, most=PANE_WIDTH)
            pane.body.addWidget(card)
        pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)

    def _start_card(self) -> Card:
        card = Card("启用账户")
        words = (
            "现在打开程序不用登录，变更记录里写的是电脑的用户名。启用后每个人用自己的账户登录："
            "录入员登记和打分，审核员审核、决定和印发，管理员管理账户、设置和备份。"
        )
        card.body.addWidget(label(words, "", wrap=True))
        told = "启用时可以加密数据文件，并给出一个恢复码：请打印封存，忘记密码时用它。"
        card.body.addWidget(label(told, "hint", wrap=True))
        button = push_button("启用账户……", self.begin, icon_name="user-add-line", kind="primary")
        card.body.addLayout(_row(button))
        return card

    def _rules_card(self) -> Card:
        card = Card("密码规则")
        for name, before, after, least, most in RULES:
            field = QSpinBox()
            field.setRange(least, most)
            bound_width(field, least=FIELD_WIDTH, most=FIELD_WIDTH)
            field.setAccessibleName(f"{before}{after}")
            self._fields[name] = field
            card.body.addLayout(_row(label(before), field, label(after.rstrip("，；"))))
        card.body.addLayout(_row(push_button("保存规则", self.save_rules)))
        return card

    def _code_card(self) -> Card:
        card = Card("恢复码")
        words = "忘记密码时用恢复码重设。用过、丢失或有人看到过，就换一个；原来的那张纸从那时起作废。"
        card.body.addWidget(label(words, "", wrap=True))
        card.body.addLayout(_row(push_button("更换恢复码……", self.new_code, icon_name="key-2-line")))
        return card

    def reload(self) -> None:
        """Read the accounts again."""
        services = self._desk.services
        self._desk.jobs.start(
            lambda _report: read_accounts(services), self._show, title="读取账户", owner=self
        )

    # What can be done

    @needs("users.begin")
    def begin(self) -> None:
        """Set up accounts."""
        SetUpForm(self._desk, self).open()

    @needs("users.add")
    def add(self) -> None:
        """Another user; the second one had better be an administrator."""
        UserForm(self._desk, self, suggests_admin=self._admins() < 2).open()

    @needs("users.new_code")
    def new_code(self) -> None:
        """A new recovery code; the old one is void."""
        facts = (("原来的恢复码", "立即作废"),)
        if not self._desk.messages.confirm("更换恢复码吗？", facts, yes="更换恢复码"):
            return
        users = self._desk.services.users
        self._run("更换恢复码", users.new_code, lambda code: CodeDialog(self._desk, code, self).open())

    @needs("users.save_rules")
    def save_rules(self) -> None:
        """Keep the numbers."""
        if self._shown is None:
            return
        least, kinds, days, last, idle = (self._fields[name].value() for name, *_ in RULES)
        rules = replace(
            self._shown.rules,
            min_length=least,
            min_classes=kinds,
            max_days=days,
            remembered=last,
            idle_minutes=idle,
        )
        users, access = self._desk.services.users, self._desk.access

        def told(_nothing: None) -> None:
            self._desk.tell("已保存密码规则")
            if access is not None:
                access.follow(rules)

        self._run("修改密码规则", lambda: users.save_rules(rules), told)

    @needs("users.note_protection")
    def protect(self) -> None:
        """Encrypt the data, or put it in clear."""
        access = self._desk.access
        if self._shown is None or access is None or access.door is None:
            return
        door, messages = access.door, self._desk.messages
        if self._shown.is_encrypted:
            facts = (("拿到电脑或硬盘的人", "不用密码就能看到全部数据"), ("登录", "照旧"))
            if messages.confirm("取消加密吗？", facts, yes="取消加密", no="保持加密"):
                access.convert(door.decrypt, "取消加密")
        else:
            facts = (
                ("忘记密码", "只有恢复码能打开数据，请确认恢复码已经封存"),
                ("以前的备份", "仍然没有加密，加密以后在“备份”里可以重做并销毁"),
            )
            if messages.confirm("加密数据吗？", facts, yes="加密数据"):
                access.convert(door.encrypt, "加密数据")

    @needs("users.disable")
    def _disable(self, line: UserLine) -> None:
        facts = ((line.user.name, "不能再登录；变更记录里的名字都保留"),)
        if self._desk.messages.confirm("停用这个账户吗？", facts, yes="停用"):
            users = self._desk.services.users
            self._run("停用账户", lambda: users.disable(line.user.id), lambda _nothing: None)

    def _run(self, title: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._desk.jobs.start(lambda _report: work(), done, title=title, saves=True, owner=self)

    # What is shown

    def _admins(self) -> int:
        lines = self._shown.lines if self._shown else ()
        return sum(each.user.is_active and Role.ADMIN in each.user.roles for each in lines)

    def _show(self, shown: ShownAccounts) -> None:
        self._shown = shown
        self._start.setVisible(not shown.is_begun)
        for card in (self._accounts, self._rules, self._code, self._protection):
            card.setVisible(shown.is_begun)
        self._one_admin.setVisible(self._admins() < 2)
        self._code_used.setVisible(shown.code_is_used)
        self._show_lines(shown.lines)
        for name, field in self._fields.items():
            field.setValue(getattr(shown.rules, name))
        if shown.is_encrypted:
            words, verb = "数据文件、检索文件和附件都已加密；没有密码或恢复码，谁也打不开。", "取消加密……"
        else:
            words, verb = "数据没有加密：拿到这台电脑或硬盘的人不用密码就能看到全部数据。", "加密数据……"
        self._protection_words.setText(words)
        rename(self._protect, verb)

    def _show_lines(self, lines: Sequence[UserLine]) -> None:
        clear(self._lines)
        for number, each in enumerate(lines):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(each))

    @needs("users.change_roles")
    def _ask_roles(self, user: User) -> None:
        RolesForm(self._desk, user, self).open()

    @needs("users.reset")
    def _ask_password(self, user: User) -> None:
        ResetForm(self._desk, user, self).open()

    def _line(self, line: UserLine) -> QWidget:
        user = line.user
        state, kind = state_words(line)
        buttons = [
            push_button("修改角色", partial(self._ask_roles, user), dense=True),
            push_button("重设密码", partial(self._ask_password, user), dense=True),
            push_button("停用", partial(self._disable, line), dense=True),
        ]
        buttons[0].setVisible(user.is_active)
        buttons[2].setVisible(user.is_active)
        if not user.is_active:
            buttons[1].setText("恢复使用")
        for button in buttons:
            button.setAccessibleName(f"{button.text()} {user.name}")
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(user.name, "strong"))
        row.addWidget(label(f"{user.login}　{user.role_words}", "secondary"))
        row.addWidget(label(state, kind))
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        return whole


def state_words(line: UserLine) -> tuple[str, str]:
    """How an account stands, and the kind of label that says so."""
    if not line.user.is_active:
        return "已停用", "hint"
    if line.is_locked:
        return "已锁定，请重设密码", "err"
    return ("还没有改掉初始密码", "warn") if line.user.must_change else ("", "hint")


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for each in parts:
        row.addWidget(each)
    row.addStretch(1)
    return row
