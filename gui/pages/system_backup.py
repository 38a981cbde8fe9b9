"""Backups: how things stand, the list, restoring and trying it, what is decided."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from core.model.backup import Backup, BackupOutcome, BackupOverview, BackupSettings, Drill, summary
from core.services.backups import BackupService
from core.services.old_backups import OldBackups
from gui.desk import Desk
from gui.pages.system_backup_cards import DecisionsCard, StateCard
from gui.restoring import ask_restore, ask_restore_from_folder, shown_moment
from gui.rights import needs, offer
from gui.table_model import NO_VALUE, Column, RecordTableModel
from gui.table_view import RecordTable
from gui.widgets.attachments import open_with_system
from gui.widgets.badge import BadgeFace
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button, rename, shut_while_busy
from gui.widgets.card import Card

MEGABYTE = 1_048_576
Make = Callable[[], BackupOutcome]


class BackupPane(QWidget):
    """Reads again when it is shown and after every backup."""

    def __init__(self, desk: Desk, backups: BackupService) -> None:
        super().__init__()
        self._desk = desk
        self._backups = backups
        self._overview: BackupOverview | None = None
        self._faults: dict[Path, tuple[str, ...]] = {}
        self.here = StateCard("shield-check-line", "ok", "本机备份")
        self.stick = StateCard("usb-line", "info", "U 盘备份")
        self.room = StateCard("hard-drive-2-line", "info", "数据占用")
        self.decisions = DecisionsCard()
        self._model = RecordTableModel(self._columns(), record_id=lambda each: each.folder)
        self.table = RecordTable(self._model, desk.settings, "backups", label="备份清单")
        self._list = Card("备份清单")
        self.old = Banner("warn", "")
        self._old: OldBackups | None = None
        self._make = push_button("立即备份", self.make, icon_name="save-3-line", kind="primary")
        self._is_narrow = False
        self._decide = push_button(
            "自动备份设置",
            lambda: self._show_decisions(self.decisions.isHidden()),
            icon_name="settings-3-line",
        )
        self._elsewhere = push_button("从其他备份恢复……", self._ask_folder, icon_name="history-line")
        self._to_stick = push_button("备份到 U 盘", self.make_second, icon_name="usb-line", dense=True)
        self._check = push_button("全部检查", self.check, dense=True)
        self._try = push_button("用它演练", self._drill_chosen, dense=True)
        self._restore = push_button("用它恢复……", self._restore_chosen, icon_name="history-line", dense=True)
        self._build()
        self._connect()

    def _columns(self) -> tuple[Column[Backup], ...]:
        return (
            Column(
                "备份时间",
                lambda each: f"{each.made_at:%Y-%m-%d %H:%M}" if each.made_at else NO_VALUE,
                width=138,
                sort_key=lambda each: each.made_at or datetime.min,
            ),
            Column("方式", _way, badges=_way_badges, width=76),
            Column("位置", self._place_of, width=148, narrow=False),
            Column("内容", _content, width=220, stretch=True),
            Column(
                "大小\uff08MB\uff09",
                lambda each: NO_VALUE if each.fault else f"{each.size / MEGABYTE:,.1f}",
                width=98,
                align_right=True,
                sort_key=lambda each: each.size,
            ),
            Column(
                "校验",
                lambda each: self._state(each).text,
                badges=lambda each: (self._state(each),),
                width=104,
            ),
        )

    def _build(self) -> None:
        self.here.add_button(push_button("打开备份文件夹", self._open_folder, kind="link", dense=True))
        self.stick.add_button(self._to_stick)
        self.room.add_button(push_button("打开数据文件夹", self._open_data, kind="link", dense=True))
        states = QHBoxLayout()
        states.setSpacing(16)
        for card in (self.here, self.stick, self.room):
            states.addWidget(card, 1)
        for button in (self._check, self._try, self._restore):
            self._list.add_button(button)
        self._list.body.addWidget(self.table, 1)
        lower = QHBoxLayout()
        lower.setSpacing(16)
        lower.addWidget(self._list, 1)
        lower.addWidget(self.decisions)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        self.old.add_button(push_button("重做一份，销毁旧的……", self.replace_old, dense=True))
        self.old.hide()
        column.addWidget(self.old)
        column.addLayout(states)
        column.addLayout(lower, 1)

    def _connect(self) -> None:
        self.decisions.changed.connect(self._keep)
        offer(self._desk.services.gate, self.decisions, "backups.keep_settings")
        self.decisions.place_asked.connect(self._ask_place)
        self.decisions.drill_asked.connect(lambda: self._drill(None))
        self.table.current_changed.connect(self._allow)
        self.table.opened.connect(lambda _backup: self._restore_chosen())
        self._allow(None)

    def buttons(self) -> Sequence[QAbstractButton]:
        """What stands in the page's header."""
        return (*([self._decide] if self._is_narrow else []), self._elsewhere, self._make)

    def set_narrow(self, narrow: bool) -> None:
        """Less beside the list in a small window."""
        self._is_narrow = narrow
        self._show_decisions(not narrow)
        self.room.setVisible(not narrow)
        self.table.set_narrow(narrow)

    def _show_decisions(self, shown: bool) -> None:
        self.decisions.setVisible(shown)
        # In a small window one of the two has room.
        self._list.setVisible(not (shown and self._is_narrow))
        rename(self._decide, "备份清单" if shown else "自动备份设置")

    def reload(self) -> None:
        """Look at the backups again."""
        self._desk.jobs.look(self._backups.overview, self._show, title="读取备份", owner=self)
        old = self._desk.services.old_backups
        self._desk.jobs.look(old.found, self._show_old, title="找旧备份", owner=self)

    def make(self) -> None:
        """Make a backup now."""
        self._begin(self._backups.make, "备份", self._make)

    @needs("backups.make_second")
    def make_second(self) -> None:
        """Make one in the second place; asks for it where none was chosen."""
        if self._overview is None or self._overview.second.chosen is None:
            self._ask_place()
        else:
            self._begin(self._backups.make_second, "备份到 U 盘", self._to_stick)

    def check(self) -> None:
        """Read every backup again, whole."""
        self._desk.jobs.start(
            self._backups.check_all,
            self._show_faults,
            title="检查备份",
            owner=self,
        )

    def _begin(self, make: Make, title: str, button: QAbstractButton) -> None:
        self._desk.jobs.start(
            lambda _report: make(),
            self._made,
            title=title,
            ended=shut_while_busy(button),
            owner=self,
        )

    def _made(self, outcome: BackupOutcome) -> None:
        size = outcome.backup.size / MEGABYTE
        self._desk.tell(
            f"已备份并检查，{size:,.1f} MB", "打开文件夹", lambda: open_with_system(outcome.backup.place)
        )
        self._desk.jobs.saved.emit()
        self.reload()

    def _show(self, overview: BackupOverview) -> None:
        self._overview = overview
        today = self._desk.services.clock().date()
        self._show_here(overview, today)
        self._show_stick(overview, today)
        used = overview.now.size + overview.now.content_size
        self.room.show_state(
            "info",
            f"{used / MEGABYTE:,.1f} MB，剩余 {overview.free / MEGABYTE / 1024:,.0f} GB",
            f"数据 {overview.now.size / MEGABYTE:,.1f} MB，"
            f"附件 {overview.now.content_size / MEGABYTE:,.1f} MB",
        )
        self.decisions.show_overview(overview, today)
        self.decisions.drill_button.setEnabled(bool(overview.backups))
        self._model.set_records(overview.backups)
        self._list.set_note(f"共 {len(overview.backups)} 份")
        self._check.setEnabled(bool(overview.backups))
        if self.table.current_record() is None and overview.backups:
            self.table.selectRow(0)

    def _show_here(self, overview: BackupOverview, today: date) -> None:
        newest = overview.newest
        damaged = sum(1 for each in overview.backups if each.fault or self._faults.get(each.folder))
        if newest is None:
            self.here.show_state("warn", "还没有备份", "有了数据后会自动备份，也可以现在就备份。")
        elif damaged:
            self.here.show_state(
                "err",
                f"{shown_moment(newest.made_at, today)}，有 {damaged} 份损坏",
                "损坏的见清单；其余可以恢复。",
            )
        else:
            self.here.show_state(
                "ok", f"{shown_moment(newest.made_at, today)}，正常", "每份做好后都已校验，可以恢复。"
            )

    def _show_stick(self, overview: BackupOverview, today: date) -> None:
        second = overview.second
        if second.chosen is None:
            self.stick.show_state(
                "warn", "还没有选 U 盘", "电脑坏了，只有 U 盘或共享文件夹里的备份能救回数据。"
            )
            rename(self._to_stick, "选择位置……")
            return
        rename(self._to_stick, "备份到 U 盘")
        days = (today - second.newest.date()).days if second.newest else 0
        last = f"上次 {second.newest:%Y-%m-%d}；" if second.newest else "还没有在那里备份过；"
        where = "" if second.is_there else "现在找不到，请插好 U 盘；"
        state = (
            f"已 {days} 天没有备份" if second.is_due and second.newest else shown_moment(second.newest, today)
        )
        self.stick.show_state(
            "warn" if second.is_due else "ok", state, f"{last}{where}建议每周一次，U 盘交专人保管"
        )

    def _show_faults(self, faults: dict[Path, tuple[str, ...]]) -> None:
        self._faults = faults
        bad = sum(map(bool, faults.values()))
        words = f"检查了 {len(faults)} 份备份，" + (f"有 {bad} 份不能恢复" if bad else "都可以恢复")
        self._desk.tell(words)
        self.reload()

    def _state(self, backup: Backup) -> BadgeFace:
        if backup.fault or self._faults.get(backup.folder):
            return BadgeFace("已损坏", "err", "error-warning-line")
        return BadgeFace("可恢复", "ok", "check-line")

    def _place_of(self, backup: Backup) -> str:
        if self._overview is None or self._overview.is_local(backup):
            return "本机"
        return f"U 盘“{backup.place.parent.name}”"

    def _allow(self, backup: Backup | None) -> None:
        for button in (self._try, self._restore):
            button.setEnabled(backup is not None and not backup.fault)

    def _keep(self, settings: BackupSettings) -> None:
        backups = self._backups
        self._desk.jobs.start(
            lambda _report: backups.keep_settings(settings),
            lambda _nothing: self.reload(),
            title="保存备份设置",
            owner=self,
        )

    def _show_old(self, found: OldBackups | None) -> None:
        self._old = found
        self.old.setVisible(found is not None)
        if found is not None:
            missing = "第二备份位置没有接上，里面的接上以后再处理。" if found.second_missing else ""
            self.old.set_text(
                f"{found.said}。",
                f"{missing}交出去的拷贝、恢复时换下的旧数据（在数据文件夹的“replaced”里），请自己处理。",
            )

    @needs("old_backups.replace")
    def replace_old(self) -> None:
        """Make a new backup, then take away those from before the data were protected."""
        old, desks = self._old, self._desk.services.old_backups
        if old is None:
            return
        facts = (
            ("先做", "一份新的备份，检查完好才往下走"),
            ("再销毁", f"{len(old.backups)} 份旧备份，不能找回，以后不能恢复到那些日子"),
            ("记入", "变更记录：销毁了哪几份"),
        )
        if self._desk.messages.confirm("销毁旧备份吗？", facts, yes="重做并销毁"):
            self._desk.jobs.start(desks.replace, self._tell_replaced, title="销毁旧备份", owner=self)

    def _tell_replaced(self, old: OldBackups) -> None:
        self._desk.tell(f"已重做备份，销毁了 {len(old.backups)} 份旧的")
        self._desk.jobs.saved.emit()
        self.reload()

    @needs("backups.choose_second")
    def _ask_place(self) -> None:
        folder = self._desk.messages.choose_folder("选择 U 盘或共享文件夹", purpose="second-place")
        if folder is not None:
            backups = self._backups
            self._desk.jobs.start(
                lambda _report: backups.choose_second(folder),
                lambda _place: self.reload(),
                title="选择备份位置",
                owner=self,
            )

    @needs("backups.restore")
    def _ask_folder(self) -> None:
        ask_restore_from_folder(self._desk, self._backups)

    @needs("backups.restore")
    def _restore_chosen(self) -> None:
        backup = self.table.current_record()
        if backup is not None and not backup.fault:
            ask_restore(self._desk, self._backups, backup)

    def _drill_chosen(self) -> None:
        self._drill(self.table.current_record())

    def _drill(self, backup: Backup | None) -> None:
        backups = self._backups
        self._desk.jobs.start(
            lambda _report: backups.drill(backup), self._drilled, title="恢复演练", owner=self
        )

    def _drilled(self, drill: Drill) -> None:
        made = f"{drill.backup.made_at:%Y-%m-%d %H:%M}" if drill.backup.made_at else drill.backup.name
        if drill.faults:
            self._faults = {**self._faults, drill.backup.folder: drill.faults}
            self._desk.messages.show_problem(
                f"{made} 的备份不能恢复",
                "\n".join(drill.faults),
                "请换一份备份再试，并马上做一次新的备份；现在的数据没有改动。",
            )
        else:
            counts = dict(drill.counts)
            acts = f"变更记录 {counts.get('acts', 0):,} 次"
            self._desk.tell(f"演练成功，用了 {drill.seconds:.1f} 秒：{summary(counts)}，{acts}")
        self.reload()

    def _open_folder(self) -> None:
        open_with_system(self._backups.local)

    def _open_data(self) -> None:
        open_with_system(self._backups.store_path.parent)


def _way(backup: Backup) -> str:
    if backup.fault:
        return NO_VALUE
    return "手工" if backup.reason.by_hand else "自动"


def _way_badges(backup: Backup) -> tuple[BadgeFace, ...]:
    kind = "info" if backup.reason.by_hand else "line"
    return () if backup.fault else (BadgeFace(_way(backup), kind),)


def _content(backup: Backup) -> str:
    return backup.fault or f"{backup.occasion}：{summary(dict(backup.counts))}"
