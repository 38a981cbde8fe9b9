"""居民测评票: a box of ballots, subject by subject; entered twice, compared, settled, declared invalid."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import AppError
from core.model.ballot import Ballot
from core.model.ballot_view import Vote
from core.model.cycle_view import CycleView, RaterProgress
from core.model.visibility import SeenStage
from gui.desk import Desk
from gui.dialogs.reason_form import ReasonForm
from gui.pages.ballots_book import BallotBox, BoxLine, state_words
from gui.pages.ballots_entry import BallotEntry
from gui.pages.ballots_side import WIDTH, BallotSide
from gui.pages.marks_seen import seen_words
from gui.pages.roster_split import SideSplit
from gui.rights import needs
from gui.table_model import Column, RecordTableModel
from gui.table_view import RecordTable
from gui.theme import fix_width
from gui.widgets.chip import ChipFilter
from gui.widgets.labels import ElidedLabel
from gui.widgets.search_field import SearchField

LINE_FILTERS: dict[str, tuple[str, Callable[[BoxLine], bool]]] = {
    "different": ("有不一致的", lambda line: bool(line.differing)),
    "waiting": ("待第二遍的", lambda line: bool(line.waiting)),
    "short": ("票数不够的", lambda line: not line.is_enough),
}


class BallotsPane(QWidget):
    """The subjects at the left, the ballots on the chosen one at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.box: BallotBox | None = None
        self._chosen = ""
        self._others: SeenStage | None = None
        self.search = SearchField("查找对象", width=168, keys="Ctrl+F")
        self.only = ChipFilter("只看", [(key, words) for key, (words, _) in LINE_FILTERS.items()])
        self._facts = ElidedLabel("", "hint")
        self.model: RecordTableModel[BoxLine] = RecordTableModel(LINE_COLUMNS, lambda line: line.subject.id)
        self.table = RecordTable(self.model, desk.settings, "ballot_lines", label="测评票")
        self.side = BallotSide(desk.settings)
        self._split = SideSplit(self.table, self.side, width=WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._filter_line())
        column.addWidget(self._split, 1)
        self._connect()

    # Building

    def _filter_line(self) -> QFrame:
        line = QFrame()
        line.setProperty("kind", "filters")
        self.filters = QHBoxLayout(line)
        self.filters.setContentsMargins(24, 6, 24, 6)
        self.filters.setSpacing(8)
        self.filters.addWidget(self.search)
        self.filters.addWidget(self.only)
        self.filters.addStretch(1)
        self.filters.addWidget(self._facts)
        return line

    def _connect(self) -> None:
        self.search.changed.connect(lambda _text: self._refilter())
        self.only.changed.connect(lambda _key: self._refilter())
        self.table.current_changed.connect(self._follow)
        self.table.opened.connect(lambda _line: self._begin())
        for second, entry in enumerate((self.side.first, self.side.second)):
            entry.entered.connect(partial(self._enter, entry, bool(second)))
        self.side.differences.settled.connect(self._settle)
        self.side.all.invalid_asked.connect(self._ask_invalid)
        self.side.left.connect(self._leave_side)
        around = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, self._leave_side, context=around)

    @property
    def begins(self) -> QWidget:
        """Where the keyboard's work begins."""
        return self.table

    # Showing

    def show_box(self, view: CycleView, progress: RaterProgress) -> None:
        """Show a rater's ballots as they stand; the chosen subject stays."""
        box = BallotBox(view, progress)
        if self.box is None or self.box.key != box.key:
            self._chosen = ""
            self.side.first.by.setText(self._desk.services.actor)
            self.side.second.by.clear()
        self.box = box
        self._show_lines()

    def show_others(self, others: SeenStage | None) -> None:
        """Say beside the ballots what the box's rater sees of the others."""
        self._others = others
        self._show_side()

    def choose(self, subject_id: str) -> None:
        """Show the ballots on a subject, whatever is filtered."""
        self.search.clear()
        self.only.clear()
        self.table.select_ids([subject_id])

    def _show_lines(self) -> None:
        box = self.box
        if box is None:
            return
        self.model.set_records(box.lines)
        enough = sum(line.is_enough for line in box.lines)
        self._facts.set_whole_text(
            f"每个对象至少 {box.rater.minimum_ballots} 张有效票，已够 {enough} / {len(box.lines)} 个对象"
        )
        if self._chosen not in {line.subject.id for line in box.lines} and box.lines:
            self._chosen = box.lines[0].subject.id
            self.table.select_ids([self._chosen])
        self._show_side()

    def _refilter(self) -> None:
        needle, only = self.search.needle(), self.only.chosen()
        wanted: Callable[[BoxLine], bool] = LINE_FILTERS[str(only)][1] if only else lambda _line: True
        self.model.set_filter(lambda line: needle in line.subject.name and wanted(line))

    def _follow(self, line: object) -> None:
        if isinstance(line, BoxLine) and line.subject.id != self._chosen:
            self._chosen = line.subject.id
            self._show_side()

    def _show_side(self) -> None:
        box = self.box
        if box is None or not self._chosen:
            return
        self.side.show_line(box, box.line(self._chosen))
        self.side.show_others(seen_words(self._others, self._chosen))

    def _begin(self) -> None:
        """From the list into the ballots."""
        self._split.show_side()
        self.side.begin()

    def _leave_side(self) -> None:
        self._split.show_list()
        self.table.setFocus()

    # Doing

    def _enter(self, entry: BallotEntry, second: bool, vote: Vote, by: str) -> None:
        service, cycle = self._desk.services.ballots, self._cycle()
        self._desk.jobs.start(
            lambda _report: service.enter(cycle[0], vote, by, second=second, cycle=cycle[1]),
            partial(self._entered, entry),
            title="录入测评票",
            failed=lambda error: self._refuse(entry, error),
            saves=True,
            owner=self,
        )

    def _entered(self, entry: BallotEntry, ballot: Ballot) -> None:
        self._take(ballot)
        entry.clear()
        entry.begin()
        self._desk.tell(f"已录入第 {ballot.number} 号票：{said_of(ballot)}")

    def _refuse(self, entry: BallotEntry, error: AppError) -> None:
        entry.refuse(str(error), person=error.code == "same_person")

    def _settle(self, ballot: Ballot, answers: tuple[str, ...], by: str) -> None:
        service = self._desk.services.ballots
        self._desk.jobs.start(
            lambda _report: service.resolve(ballot.id, answers, by),
            self._settled,
            title="核对测评票",
            saves=True,
            owner=self,
        )

    def _settled(self, ballot: Ballot) -> None:
        self._take(ballot)
        self.side.differences.begin()
        self._desk.tell(f"已核对第 {ballot.number} 号票：{said_of(ballot)}")

    @needs("ballots.invalidate")
    def _ask_invalid(self, ballot: Ballot) -> None:
        assert self.box is not None
        name = self.box.line(ballot.subject_id).subject.name
        form = ReasonForm(
            "作废",
            f"第 {ballot.number} 号测评票不计入",
            (("考核对象", name), ("现在", state_words(ballot).text)),
            "作废的票不算有效票，也不算平均分；写明凭什么认定。",
            parent=self,
        )
        form.accepted_with.connect(partial(self._invalidate, ballot))
        form.open()

    def _invalidate(self, ballot: Ballot, reason: str) -> None:
        service = self._desk.services.ballots
        self._desk.jobs.start(
            lambda _report: service.invalidate(ballot.id, reason),
            self._take,
            title="作废测评票",
            saves=True,
            owner=self,
        )

    def _take(self, ballot: Ballot) -> None:
        """Show a ballot as it stands now, before the year is read again."""
        if self.box is not None:
            self.box.take(ballot)
            self._show_lines()

    def _cycle(self) -> tuple[int, str]:
        assert self.box is not None
        return self.box.key[:2]

    def set_narrow(self, narrow: bool) -> None:
        fix_width(self.search, 132 if narrow else 168)
        self.filters.setContentsMargins(16 if narrow else 24, 6, 16 if narrow else 24, 6)
        self._facts.setVisible(not narrow)
        self.side.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self._split.set_narrow(narrow)


def said_of(ballot: Ballot) -> str:
    """How it stands after an act, with the reason where it does not count."""
    return f"无效，{ballot.invalid}" if ballot.invalid else state_words(ballot).text


LINE_COLUMNS: tuple[Column[BoxLine], ...] = (
    Column("考核对象", lambda line: line.subject.name, stretch=True),
    Column("社区\uff08村\uff09", lambda line: line.subject.community, width=120, quiet=True, narrow=False),
    Column("已录", lambda line: str(len(line.ballots)), width=64, align_right=True,
           sort_key=lambda line: len(line.ballots), narrow=False),
    Column("无效", lambda line: str(line.invalid), width=64, align_right=True, quiet=True,
           sort_key=lambda line: line.invalid, narrow=False),
    Column("有效 / 最低", lambda line: f"{line.valid} / {line.minimum}", width=104, align_right=True,
           bold=True, sort_key=lambda line: line.valid),
    Column("情况", lambda line: line.badge.text, width=136, badges=lambda line: (line.badge,)),
)  # fmt: skip
