"""One box of residents' ballots: what lies in it for each subject, and what is still to be done."""

from collections import defaultdict
from dataclasses import dataclass, replace

from core.model.assessment import Subject
from core.model.ballot import Ballot
from core.model.cycle_view import CycleView, RaterProgress
from core.model.scheme import Indicator
from gui.widgets.badge import BadgeFace


@dataclass(frozen=True, slots=True)
class BoxLine:
    """The ballots on one subject; `minimum` valid ones make the box count (R5)."""

    subject: Subject
    ballots: tuple[Ballot, ...]
    minimum: int

    @property
    def waiting(self) -> tuple[Ballot, ...]:
        """Those that wait for the second entry."""
        return tuple(each for each in self.ballots if not each.second and not each.invalid)

    @property
    def differing(self) -> tuple[Ballot, ...]:
        """Those whose entries do not agree."""
        return tuple(each for each in self.ballots if each.differs and not each.invalid)

    @property
    def invalid(self) -> int:
        return sum(bool(each.invalid) for each in self.ballots)

    @property
    def valid(self) -> int:
        return sum(each.counts for each in self.ballots)

    @property
    def is_enough(self) -> bool:
        return self.valid >= self.minimum

    @property
    def next_number(self) -> int:
        """The number after the highest."""
        return max((each.number for each in self.ballots), default=0) + 1

    @property
    def lack(self) -> BadgeFace:
        """What stands against counting the box."""
        if self.differing:
            return BadgeFace(f"{len(self.differing)} 张不一致", "err", "error-warning-line")
        if not self.is_enough:
            return BadgeFace(f"缺 {self.minimum - self.valid} 张", "warn", "time-line")
        return BadgeFace("已够", "ok", "check-line")

    @property
    def badge(self) -> BadgeFace:
        """What is to be done first."""
        if self.waiting and not self.differing:
            return BadgeFace(f"{len(self.waiting)} 张待第二遍", "info", "time-line")
        return self.lack


class BallotBox:
    """The ballots of one rater who is a box."""

    def __init__(self, view: CycleView, progress: RaterProgress) -> None:
        self._view = view
        self.stage, self.rater = progress.stage, progress.rater
        found: dict[str, list[Ballot]] = defaultdict(list)
        for each in view.ballots:
            if (each.stage, each.rater) == (self.stage.code, self.rater.code):
                found[each.subject_id].append(each)
        self.lines = tuple(
            BoxLine(
                subject,
                tuple(sorted(found[subject.id], key=lambda each: each.number)),
                self.rater.minimum_ballots,
            )
            for subject in progress.subjects
        )

    def line(self, subject_id: str) -> BoxLine:
        """The ballots on a subject."""
        return next(each for each in self.lines if each.subject.id == subject_id)

    def take(self, ballot: Ballot) -> None:
        """Put a new ballot, or a newer state of one, in its place."""
        self.lines = tuple(
            _with(line, ballot) if line.subject.id == ballot.subject_id else line for line in self.lines
        )

    @property
    def key(self) -> tuple[int, str, str, str]:
        """Equal for two states of the same box."""
        cycle = self._view.cycle
        return cycle.year, cycle.code, self.stage.code, self.rater.code

    def leaves(self, subject: Subject) -> tuple[Indicator, ...]:
        """The questions of a ballot on this subject."""
        return self._view.scheme.leaves(self.stage.code, subject.category)


def _with(line: BoxLine, ballot: Ballot) -> BoxLine:
    others = (each for each in line.ballots if each.id != ballot.id)
    return replace(line, ballots=tuple(sorted((*others, ballot), key=lambda each: each.number)))


def state_words(ballot: Ballot) -> BadgeFace:
    """How a ballot stands; nothing of what it says."""
    if ballot.invalid:
        return BadgeFace("无效", "mute")
    if not ballot.second:
        return BadgeFace("待第二遍", "info", "time-line")
    if ballot.differs:
        return BadgeFace("不一致", "err", "error-warning-line")
    return BadgeFace("有效", "ok", "check-line")
