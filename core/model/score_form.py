"""Score sheets that are sent out (发出的评分表) and what comes back of them."""

from dataclasses import dataclass
from pathlib import Path

from core.model.assessment import Cycle, Subject
from core.model.labelled import Labelled
from core.model.scheme import Indicator, Rater, Stage
from core.model.score_import import ScoresReading
from core.model.score_preview import ScorePreview


@dataclass(frozen=True, slots=True)
class FormPart:
    """One worksheet of a form: the subjects that are marked by the same indicators."""

    name: str
    indicators: tuple[Indicator, ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """What one rater is to fill in for one stage: a workbook named `file`."""

    cycle: Cycle
    stage: Stage
    rater: Rater
    file: str
    parts: tuple[FormPart, ...]


@dataclass(frozen=True, slots=True)
class FormMark:
    """What a returned workbook says in its hidden sheet about where it belongs.

    `subjects` are the ids of its rows by worksheet, as they were sent out.
    """

    cycle_id: str
    year: int
    stage: str
    rater: str
    subjects: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """A score file as it was understood, and whose marks of which stage it holds.

    A form that came back is `expected` to bring so many subjects; a file of other making has 0.
    """

    stage: Stage
    raters: tuple[str, ...]
    reading: ScoresReading
    expected: int = 0


class ReturnState(Labelled):
    """What became of a file that was taken back; the order is that of the report."""

    REFUSED = "refused", "没有收"
    TWICE = "twice", "重复"
    EMPTY = "empty", "没有填"
    INCOMPLETE = "incomplete", "没填全"
    COMPLETE = "complete", "已填全"
    SET_ASIDE = "set_aside", "不采用"


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that was taken back: whose it is, how far it is filled in, what was changed outside.

    `given` of `expected` subjects have all their marks; `faults` marks do not count. `why` and `remedy` say
    what keeps it out.
    """

    path: Path
    rater: str
    state: ReturnState
    given: int = 0
    expected: int = 0
    faults: int = 0
    changes: tuple[str, ...] = ()
    why: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """All files that were taken back; `preview` is what applying them would store.

    `missing` names the raters of whom nothing has come, now or before.
    """

    files: tuple[ReturnedFile, ...]
    missing: tuple[str, ...]
    preview: ScorePreview
