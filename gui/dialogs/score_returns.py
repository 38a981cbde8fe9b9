"""The report of what came back: a line for each file; of several sheets of one rater one is chosen here.

ScoreReturnsDialog(desk, view, places, parent).open(); dialog.checked(preview)
"""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import AppError
from core.model.cycle_view import CycleView
from core.model.score_form import ReturnedFile, ReturnState, TakenBack
from core.model.score_preview import ScorePreview
from gui.desk import Desk
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import scaled
from gui.widgets.badge import BadgeFace
from gui.widgets.banner import Banner
from gui.widgets.buttons import push_button, rename
from gui.widgets.framed_dialog import FramedDialog
from gui.widgets.labels import label

FACES = {
    ReturnState.REFUSED: ("err", "error-warning-line"),
    ReturnState.TWICE: ("err", "file-copy-2-line"),
    ReturnState.EMPTY: ("warn", "time-line"),
    ReturnState.INCOMPLETE: ("warn", "time-line"),
    ReturnState.COMPLETE: ("ok", "check-line"),
    ReturnState.SET_ASIDE: ("mute", "file-copy-2-line"),
}
MOST_CHANGES = 3
ROOM = 900
CHOOSABLE = (ReturnState.TWICE, ReturnState.SET_ASIDE)


class ScoreReturnsDialog(FramedDialog):
    """Nothing is stored here: the marks are checked on the import's page."""

    checked = Signal(object)

    def __init__(self, desk: Desk, view: CycleView, places: Sequence[Path], parent: QWidget) -> None:
        super().__init__("收回评分表", (1040, 600), parent)
        self._desk = desk
        self._view = view
        self._places = tuple(places)
        self._chosen: dict[str, Path] = {}
        self._last: Path | None = None
        self._preview: ScorePreview | None = None
        self._heading = label("", "heading", wrap=True)
        self.missing = Banner("warn", "")
        self.model: RecordTableModel[ReturnedFile] = RecordTableModel(COLUMNS, lambda file: file.path)
        self.table = RecordTable(self.model, desk.settings, "score_returns", label="收回的评分表")
        self.details = label("", wrap=True, selectable=True)
        self.choose_button = push_button("采用选中的这份", self._choose)
        self.choose_button.setToolTip("同一个评分方交回几份时，选中其中一份采用")
        self.check_button = push_button("核对评分", self._check, icon_name="check-line", kind="primary")
        self._build()
        self.table.current_changed.connect(self._show_file)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What the last column says stands below the table too.
        self.table.set_narrow(self.width() < scaled(ROOM))

    def _build(self) -> None:
        upper = QVBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self._heading)
        upper.addWidget(self.missing)
        self.head.addLayout(upper)
        self.details.setContentsMargins(24, 12, 24, 12)
        self.middle.addWidget(self.table, 1)
        self.middle.addWidget(self.details)
        self.foot.addWidget(self.choose_button)
        self.foot.addStretch(1)
        self.foot.addWidget(push_button("取消", self.reject))
        self.foot.addWidget(self.check_button)

    def open(self) -> None:
        """Read the files, then show the report."""
        self._load(super().open)

    def _load(self, then: Callable[[], None] | None = None) -> None:
        sheets, cycle = self._desk.services.score_sheets, self._view.cycle
        places, chosen = self._places, tuple(self._chosen.values())

        def show(taken: TakenBack) -> None:
            self._show(taken)
            if then is not None:
                then()

        self._desk.jobs.start(
            lambda report: sheets.take_back(cycle.year, places, cycle.code, chosen, report),
            show,
            failed=self._refuse,
            title="收回评分表",
            owner=self,
        )

    def _refuse(self, error: AppError) -> None:
        self._desk.messages.show_error(error, headline="没有收回评分表")
        self.reject()

    def _show(self, taken: TakenBack) -> None:
        self._preview = taken.preview
        counts = Counter(file.state for file in taken.files)
        told = "，".join(f"{state.label} {counts[state]} 个" for state in ReturnState if counts[state])
        self._heading.setText(f"{len(taken.files)} 个文件：{told}")
        lacks = _lacks(taken)
        self.missing.setVisible(bool(lacks))
        self.missing.set_text("\n".join(lacks))
        self.model.set_records(taken.files)
        self.table.select_ids((self._last or taken.files[0].path,))
        self._show_file(self.table.current_record())
        brought = len(taken.preview.sheets) + len(taken.preview.entries)
        self.check_button.setEnabled(bool(brought))
        rename(self.check_button, "核对评分" if brought else "没有可收的评分")
        # Enter goes on; in the table it would do nothing.
        (self.check_button if brought else self.table).setFocus()

    def _show_file(self, file: object) -> None:
        if not isinstance(file, ReturnedFile):
            return
        self.choose_button.setEnabled(file.state in CHOOSABLE)
        lines = [f"{file.why}。{file.remedy}".replace("。。", "。")] if file.why else []
        lines += [f"表外改动：{change}" for change in file.changes[:MOST_CHANGES]]
        if len(file.changes) > MOST_CHANGES:
            lines.append(f"……另有 {len(file.changes) - MOST_CHANGES} 处改动，核对评分时可以逐条看")
        self.details.setText("\n".join(lines))
        self.details.setVisible(bool(lines))

    def _choose(self) -> None:
        """Take the chosen one of several sheets of one rater."""
        file = self.table.current_record()
        if isinstance(file, ReturnedFile):
            self._chosen[file.rater] = self._last = file.path
            self._load()

    def _check(self) -> None:
        if self._preview is not None:
            self.checked.emit(self._preview)
            self.accept()


def _lacks(taken: TakenBack) -> list[str]:
    """Who handed in nothing, and of whom one sheet is to be chosen."""
    twice = dict.fromkeys(file.rater for file in taken.files if file.state is ReturnState.TWICE)
    absent = [rater for rater in taken.missing if rater not in twice]
    missing = f"还有 {len(absent)} 个评分方没有交：{'、'.join(absent)}"
    choose = f"{'、'.join(twice)}交了几份不同的，请选中要用的一份，按“采用选中的这份”"
    return [words for words, there in ((missing, absent), (choose, twice)) if there]


def _words(file: ReturnedFile) -> str:
    said = [file.why] if file.why else []
    if file.changes:
        said.append(f"表外改动 {len(file.changes)} 处")
    if file.faults:
        said.append(f"{file.faults} 处有误")
    return "，".join(said)


def _face(file: ReturnedFile) -> BadgeFace:
    return BadgeFace(file.state.label, *FACES[file.state])


COLUMNS: tuple[Column[ReturnedFile], ...] = (
    Column("情况", lambda file: file.state.label, width=112, badges=lambda file: (_face(file),)),
    Column("评分方", lambda file: file.rater or "—", width=150),
    Column("文件", lambda file: file.path.name, width=200, stretch=True, quiet=True),
    Column(
        "评了",
        lambda file: f"{file.given} / {file.expected}" if file.expected else "—",
        width=96,
        align_right=True,
        sort_key=lambda file: file.given,
    ),
    Column("说明", _words, width=280, narrow=False),
)
