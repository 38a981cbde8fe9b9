"""进度: what each rater has handed in and what is missing, with the way to it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from core.model.assessment import ScoreSheet, Subject
from core.model.cycle_view import CycleView, RaterProgress
from gui.pages.marks_book import plain
from gui.theme import scaled
from gui.widgets.badge import Badge, BadgeFace
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, ScrollPane
from gui.widgets.labels import ElidedLabel, IconLabel, label, rule

NAMES_SHOWN = 6


class ProgressPane(QWidget):
    """One card a rater."""

    missing_asked = Signal(int)
    sheet_asked = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._area = ScrollPane(24)
        self._area.body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def set_narrow(self, narrow: bool) -> None:
        margin = 16 if narrow else 24
        self._area.body.setContentsMargins(margin, margin, margin, margin)

    def show_view(self, view: CycleView) -> None:
        """Show a year's sheets by rater."""
        while (item := self._area.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._area.body.addWidget(_summary(view))
        for place, progress in enumerate(view.progress):
            self._area.body.addWidget(self._card(view, place, progress))
        self._area.body.addStretch(1)

    def _card(self, view: CycleView, place: int, progress: RaterProgress) -> Card:
        card = Card(progress.rater.name, note=_weight_words(view, progress))
        card.add_link("打开评分表", lambda: self.sheet_asked.emit(*_key(progress, _first(view))))
        card.body.addLayout(_figures(progress))
        by_id = {subject.id: subject for subject in view.subjects}
        if progress.missing:
            card.body.addWidget(rule())
            words = f"{len(progress.missing)} 个组织没有评分表"
            card.body.addLayout(self._line(place, progress, "time-line", "warn", words, progress.missing))
        if progress.incomplete:
            card.body.addWidget(rule())
            words = f"{len(progress.incomplete)} 份没有填全，整份不计"
            subjects = tuple(by_id[sheet.subject_id] for sheet in progress.incomplete)
            card.body.addLayout(self._line(place, progress, "time-line", "warn", words, subjects))
        faulty = tuple(by_id[sheet.subject_id] for sheet in _faulty(view, progress))
        if faulty:
            card.body.addWidget(rule())
            words = f"{progress.issue_count} 处有误，没有计入"
            card.body.addLayout(self._line(place, progress, "error-warning-fill", "err", words, faulty))
        return card

    def _line(
        self,
        place: int,
        progress: RaterProgress,
        icon: str,
        token: str,
        words: str,
        subjects: tuple[Subject, ...],
    ) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, token, 16))
        head = label(words)
        head.setMinimumWidth(scaled(200))
        row.addWidget(head)
        for subject in subjects[:NAMES_SHOWN]:
            link = push_button(
                subject.name,
                partial(self.sheet_asked.emit, *_key(progress, subject)),
                kind="link",
                dense=True,
            )
            row.addWidget(link)
        row.addStretch(1)
        if len(subjects) > NAMES_SHOWN:
            more = push_button(
                f"全部 {len(subjects)} 个 ›", partial(self.missing_asked.emit, place), kind="link", dense=True
            )
            row.addWidget(more)
        return row


def _summary(view: CycleView) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    given = sum(each.delivered for each in view.progress)
    expected = sum(each.expected for each in view.progress)
    barred = len(view.subjects) - len(view.assessed)
    out = f"，{barred} 个不参评" if barred else ""
    words = f"参评 {len(view.assessed)} 个组织{out}，应收评分表 {expected:,} 份，已收齐 {given:,} 份"
    row.addWidget(ElidedLabel(words, "secondary"), 1)
    return line


def _figures(progress: RaterProgress) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(label(f"{progress.delivered} / {progress.expected} 份", "strong"))
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, max(1, progress.expected))
    bar.setValue(progress.delivered)
    bar.setAccessibleName(f"{progress.rater.name} {progress.delivered} / {progress.expected}")
    row.addWidget(bar, 1)
    row.addWidget(Badge(_face(progress)))
    return row


def _face(progress: RaterProgress) -> BadgeFace:
    if progress.issue_count:
        return BadgeFace(f"{progress.issue_count} 处有误", "err", "error-warning-line")
    late = progress.expected - progress.delivered
    if not late:
        return BadgeFace("已交齐", "ok", "check-line")
    return BadgeFace("未交" if late == progress.expected else f"缺 {late} 份", "warn", "time-line")


def _weight_words(view: CycleView, progress: RaterProgress) -> str:
    stage = f"{progress.stage.name}，" if len(view.scheme.stages) > 1 else ""
    return f"{stage}权重 {plain(progress.rater.weight)}"


def _faulty(view: CycleView, progress: RaterProgress) -> list[ScoreSheet]:
    return [
        each
        for each in view.sheets
        if each.issues and (each.stage, each.rater) == (progress.stage.code, progress.rater.code)
    ]


def _first(view: CycleView) -> Subject:
    return view.assessed[0]


def _key(progress: RaterProgress, subject: Subject) -> tuple[str, str, str]:
    return progress.stage.code, progress.rater.code, subject.id
