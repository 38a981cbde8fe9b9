"""The data file: where it lies, how large it is, whether it is whole."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.ports import StoreHealth
from core.services.attachments import AttachmentHealth
from core.services.diagnosis import examine, make_diagnosis, suggested_name
from core.services.services import Services
from core.services.surroundings import Warned, warnings_of
from core.services.verification import verify_package
from gui.desk import Desk
from gui.messages import PACKAGE_IN, ZIP_OUT
from gui.package_check import tell_verified
from gui.theme import bound_width
from gui.widgets.attachments import shown_size
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button, shut_while_busy
from gui.widgets.card import Card, FactRow, ScrollPane
from gui.widgets.layouts import clear
from gui.widgets.notice_line import NoticeLine, open_folder_of

PANE_WIDTH = 900
FACT_WIDTH = 96
FAULTS_SHOWN = 5
REMEDY = (
    "请不要再录入，关闭程序，把整个数据文件夹复制一份；然后在“系统 › 备份”里用完好的备份恢复，"
    "坏了的附件会由备份补回来。没有完好的备份时，请联系维护人员。"
)
# The tables a clerk knows by name; the rest are counted with the log.
TABLE_LABELS = {
    "organizations": "社会组织",
    "communities": "社区（村）",
    "work_groups": "专项推进组",
    "cycles": "考核年度",
    "score_sheets": "评分表",
    "entries": "加减分和否决",
    "results": "考核结果",
    "issued_papers": "文书编号",
    "acts": "变更记录",
}


@dataclass(frozen=True, slots=True)
class DataPlace:
    """The store's file as the disk has it."""

    path: Path
    size: int
    warnings: tuple[Warned, ...] = ()


def read_place(services: Services) -> DataPlace:
    """Where the store lies and how large it is, with what is written but not yet folded in."""
    path = services.store.path
    parts = (path, path.with_name(f"{path.name}-wal"))
    size = sum(part.stat().st_size for part in parts if part.exists())
    return DataPlace(path, size, warnings_of(path.parent))


class DataPane(QWidget):
    """Facts, then the last examination."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path: Path | None = None
        self._warnings = QVBoxLayout()
        self._facts = QVBoxLayout()
        self._found = QVBoxLayout()
        self._check = push_button("检查数据文件", self.check, icon_name="shield-check-line", kind="primary")
        self._notice = NoticeLine()
        self._build()

    def _build(self) -> None:
        card = Card("数据文件")
        bound_width(card, most=PANE_WIDTH)
        card.body.addLayout(self._warnings)
        card.body.addLayout(self._facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(push_button("诊断包……", self.pack, icon_name="file-list-3-line"))
        buttons.addWidget(push_button("核对结果包……", self.verify_package, icon_name="survey-line"))
        buttons.addWidget(push_button("打开文件夹", self._open_folder, icon_name="folder-open-line"))
        buttons.addWidget(self._check)
        card.body.addLayout(buttons)
        found = Card("检查结果")
        bound_width(found, most=PANE_WIDTH)
        found.body.addLayout(self._found)
        self._result = found
        found.hide()
        pane = ScrollPane(24)
        pane.body.setSpacing(16)
        pane.body.addWidget(card)
        pane.body.addWidget(found)
        pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        column.addWidget(pane)

    def reload(self) -> None:
        """Look at the file again."""
        services = self._desk.services
        self._desk.jobs.start(lambda _report: read_place(services), self._show, title="读取数据位置")

    def check(self) -> None:
        """Examine all of the store, and its attachments."""
        services = self._desk.services
        self._desk.jobs.start(
            lambda report: examine(services, report),
            self._show_health,
            title="检查数据文件",
            ended=shut_while_busy(self._check),
        )

    def pack(self) -> None:
        """Write what somebody who helps has to know; nothing of any person is in it."""
        services, now = self._desk.services, self._desk.services.clock()
        path = self._desk.messages.choose_save_file(
            "生成诊断包", ZIP_OUT, name=suggested_name(now), purpose="diagnosis"
        )
        if path is None:
            return
        folder, store = services.store.path.parent, services.store
        self._desk.jobs.start(
            lambda _report: make_diagnosis(path, folder, now, store),
            lambda made: self._notice.say(
                f"已写好“{made.name}”，里面没有个人信息。", "打开文件夹", lambda: open_folder_of(made)
            ),
            title="生成诊断包",
            owner=self,
        )

    def verify_package(self) -> None:
        """Compute a result package of this or another office again, and tell what comes out."""
        messages = self._desk.messages
        path = messages.choose_open_file("核对结果包", PACKAGE_IN, purpose="package")
        if path is not None:
            self._desk.jobs.start(
                lambda _report: verify_package(path),
                lambda found: tell_verified(found, messages),
                title="核对结果包",
                owner=self,
            )

    def _show(self, place: DataPlace) -> None:
        self._path = place.path
        clear(self._warnings)
        for each in place.warnings:
            self._warnings.addWidget(Banner("warn", each.message_zh, each.remedy_zh))
        _refill(
            self._facts,
            (
                ("文件", place.path.name),
                ("所在文件夹", str(place.path.parent)),
                ("大小", shown_size(place.size)),
                ("备份", "自动备份，见“备份”页；关闭程序后复制整个文件夹，也是一份完整的备份。"),
            ),
        )

    def _show_health(self, found: tuple[StoreHealth, AttachmentHealth]) -> None:
        health, contents = found
        faults = (*health.faults, *map(str, contents.faults))
        counts = dict(health.counts)
        rows = [(words, f"{counts[name]:,}") for name, words in TABLE_LABELS.items() if name in counts]
        rows.append(("数据版本", health.revision))
        _refill(self._found, rows)
        if faults:
            shown = "\n".join(faults[:FAULTS_SHOWN])
            head = f"数据有 {len(faults)} 处问题"
            banner = Banner("err", head, f"{shown}\n{REMEDY}")
        else:
            banner = Banner("ok", "数据文件完整", "结构、内容、关联、变更记录和附件都核对过，没有发现问题。")
        self._found.insertWidget(0, banner)
        self._result.show()

    def _open_folder(self) -> None:
        if self._path is not None:
            open_folder_of(self._path)


def _refill(column: QVBoxLayout, rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> None:
    clear(column)
    for name, value in rows:
        column.addWidget(FactRow(name, value, label_width=FACT_WIDTH))
