"""The bottom line of the window: the last act, running job, what was just done, where the data lies.

bar.set_backup("今天 12:30", good=True); bar.backup_clicked.connect(open_the_backups)
bar.set_last_act("01-08 09:30 张三 导入名册"); bar.last_act_clicked.connect(open_the_log)
bar.set_data_place("本机 D 盘", "D:/社评通")
bar.notify("已导入 23 行", "打开文件夹", self._open_folder)
strip = ProgressStrip(jobs)        shows itself while a job runs longer than a moment
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from gui.icons import icon
from gui.jobs import JobRunner
from gui.theme import scaled
from gui.widgets.buttons import push_button
from gui.widgets.labels import ElidedLabel, IconLabel, label

SHOW_AFTER_MS = 300
ESTIMATE_AFTER_MS = 2000
NOTICE_MS = 12_000


class ProgressStrip(QWidget):
    """Title, bar, count, time left and cancel of the job that runs."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._title = ElidedLabel("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._count = label("", "caption")
        self.stop_button = push_button("停止", self._stop, kind="link", dense=True)
        self.stop_button.setProperty("small", True)
        self.stop_button.setToolTip("停止正在进行的工作，不会留下只做了一半的内容")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addWidget(self.stop_button)
        self._clock = QElapsedTimer()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SHOW_AFTER_MS)
        self._delay.timeout.connect(self.show)
        jobs.started.connect(self._begin)
        jobs.progressed.connect(self._advance)
        jobs.ended.connect(self._finish)
        self.hide()

    def count_text(self) -> str:
        return self._count.text()

    def _begin(self, title: str) -> None:
        self._title.set_whole_text(title)
        self._bar.setRange(0, 0)
        self._count.clear()
        self._clock.start()
        self.stop_button.setEnabled(True)
        self._delay.start()

    def _advance(self, _title: str, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(f"{done:,} / {total:,}{self._time_left(done, total)}")

    def _time_left(self, done: int, total: int) -> str:
        elapsed = self._clock.elapsed()
        if not done or elapsed < ESTIMATE_AFTER_MS:
            return ""
        seconds = elapsed * (total - done) // done // 1000 + 1
        return f"，约剩 {seconds} 秒" if seconds < 60 else f"，约剩 {seconds // 60 + 1} 分钟"

    def _finish(self, _title: str) -> None:
        self._delay.stop()
        self.hide()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self._title.set_whole_text("正在停止……")
        self._jobs.cancel()


class StatusBar(QFrame):
    """28 pixels that always tell what was done last and where the data is."""

    last_act_clicked = Signal()
    backup_clicked = Signal()
    place_clicked = Signal()

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setProperty("kind", "status")
        self._last_act = push_button("", self.last_act_clicked.emit, icon_name="history-line", kind="status")
        self._last_act.setToolTip("打开变更记录")
        self._last_act.hide()
        self._backup = push_button("", self.backup_clicked.emit, icon_name="shield-check-line", kind="status")
        self._backup.setToolTip("打开备份")
        self._backup.hide()
        self._place = push_button("", self.place_clicked.emit, icon_name="hard-drive-2-line", kind="status")
        self._notice_icon = IconLabel("checkbox-circle-fill", "ok", 16)
        self._notice = ElidedLabel("", "hint")
        self._link = push_button("", kind="status")
        self._link.setProperty("linked", True)
        self._on_link: Callable[[], object] = _nothing
        self._link.clicked.connect(lambda _checked=False: self._on_link())
        self.progress = ProgressStrip(jobs)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTICE_MS)
        self._timer.timeout.connect(self._hide_notice)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(self._backup)
        row.addWidget(self._last_act)
        for part, stretch in ((self._notice_icon, 0), (self._notice, 0), (self._link, 0), (self.progress, 3)):
            row.addWidget(part, stretch)
        row.addStretch(1)
        row.addWidget(self._place)
        self._hide_notice()
        self._arrange()

    def set_last_act(self, text: str) -> None:
        """What was done last; nothing is shown before the first act."""
        self._last_act.setText(f"最近：{text}")
        self._last_act.setAccessibleName(self._last_act.text())
        self._last_act.setVisible(bool(text))

    def set_backup(self, text: str, *, good: bool) -> None:
        """When the last backup was made; another icon where it is not good."""
        self._backup.setIcon(icon("shield-check-line" if good else "alert-line", "ok" if good else "warn"))
        self._backup.setText(f"上次备份 {text}")
        self._backup.setAccessibleName(self._backup.text())
        self._backup.show()

    def set_data_place(self, text: str, tooltip: str) -> None:
        self._place.setText(f"数据位置：{text}")
        self._place.setAccessibleName(self._place.text())
        self._place.setToolTip(tooltip)

    def notify(
        self, text: str, link: str = "", on_link: Callable[[], object] | None = None, *, good: bool = True
    ) -> None:
        """Say what was done, in figures, with one link to the result; goes away by itself."""
        self._notice_icon.set_icon(*(("checkbox-circle-fill", "ok") if good else ("alert-line", "warn")))
        self._notice.set_whole_text(text)
        self._link.setText(link)
        self._link.setAccessibleName(link)
        self._on_link = on_link or _nothing
        self._notice_icon.show()
        self._notice.show()
        self._link.setVisible(bool(link))
        self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()
        super().changeEvent(event)

    def _arrange(self) -> None:
        self.setFixedHeight(max(28, scaled(28)))

    def _hide_notice(self) -> None:
        for part in (self._notice_icon, self._notice, self._link):
            part.hide()


def _nothing() -> None:
    """A link that leads nowhere yet."""
