"""What a rater sees of the others in its stage, in words; the scheme decides what and when.

line = SeenLine(); line.show_seen(stage)        says for what the own sheets must be in first, else is hidden
seen_words(stage, subject_id)                   all that is seen of a subject, in two lines
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtWidgets import QFrame, QHBoxLayout

from core.model.visibility import Seen, SeenStage, SeenSubject
from gui.widgets.labels import ElidedLabel, IconLabel

NOTHING = "—"
_LACKING = {False: ("评分表还没有交齐", "交齐"), True: ("测评票还没有收够", "收够")}


def totals_words(stage: SeenStage | None, subject_id: str) -> str:
    """The totals of the other raters with their names."""
    if stage is None:
        return ""
    pairs = zip(stage.others, stage.of(subject_id).totals, strict=False)
    return "，".join(f"{rater.name} {_points(total)}" for rater, total in pairs)


def seen_words(stage: SeenStage | None, subject_id: str) -> str:
    """All that is seen of a subject: a line of totals, one of mean and rank."""
    if stage is None:
        return ""
    seen = stage.of(subject_id)
    parts = [totals_words(stage, subject_id)] if Seen.SHEETS in stage.shown else []
    figures = (each for each in (Seen.MEANS, Seen.RANKS) if each in stage.shown)
    told = "　".join(f"{each.label} {SEEN_TEXTS[each](seen)}" for each in figures)
    return "\n".join(filter(None, (*parts, told)))


def _points(value: Decimal | None) -> str:
    return NOTHING if value is None else str(value)


SEEN_TEXTS: Mapping[Seen, Callable[[SeenSubject], str]] = {
    Seen.SHEETS: lambda seen: " / ".join(map(_points, seen.totals)),
    Seen.MEANS: lambda seen: _points(seen.mean),
    Seen.RANKS: lambda seen: str(seen.rank or NOTHING),
}
"""What a cell shows."""
SEEN_KEYS: Mapping[Seen, Callable[[SeenSubject], Decimal | int | None]] = {
    Seen.SHEETS: lambda seen: sum((each or Decimal(0) for each in seen.totals), Decimal(0)) or None,
    Seen.MEANS: lambda seen: seen.mean,
    Seen.RANKS: lambda seen: seen.rank or None,
}
"""By what a column sorts: the sum of the totals, the mean, the rank."""


class SeenLine(QFrame):
    """A quiet line that is there only while something waits for the rater's own sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "canvas")
        self._words = ElidedLabel("", "hint")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 6, 24, 0)
        self._row.setSpacing(6)
        self._row.addWidget(IconLabel("time-line", "text3", 16))
        self._row.addWidget(self._words, 1)
        self.hide()

    def words(self) -> str:
        """What it says."""
        return self._words.whole_text()

    def show_seen(self, stage: SeenStage | None, locked: bool = False) -> None:
        """Say what waits; once the marks are locked it waits in vain."""
        waiting = "、".join(each.label for each in Seen if stage is not None and each in stage.waiting)
        lacking, enough = _LACKING[bool(stage and stage.rater.ballots)]
        end = "，评分已经锁定，看不到" if locked else f"，{enough}以后这里显示"
        own = stage.rater.name if stage else ""
        self._words.set_whole_text(f"{own}的{lacking}{end}{waiting}")
        self.setVisible(bool(waiting))

    def set_narrow(self, narrow: bool) -> None:
        self._row.setContentsMargins(16 if narrow else 24, 6, 16 if narrow else 24, 0)
