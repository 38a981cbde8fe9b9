"""What a rater of a stage may see of the others beside its own sheets while marks come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from core.model.assessment import Subject
from core.model.labelled import Labelled
from core.model.scheme import Rater, Stage, Visible


class Seen(Labelled):
    """The others' sheets, the running means, the running ranks."""

    SHEETS = "sheets", "其他评分方"
    MEANS = "means", "目前均分"
    RANKS = "ranks", "目前名次"

    def setting(self, stage: Stage) -> Visible:
        """When the stage's raters may see it."""
        given = stage.visibility
        return {Seen.SHEETS: given.sheets, Seen.MEANS: given.means, Seen.RANKS: given.ranks}[self]


class SeenSubject(NamedTuple):
    """What may be seen of one subject; what may not, or is not there yet, is None and the rank 0.

    `totals` follow the other raters, in points of the stage; empty where they may not be seen. `mean` is the
    stage's score as it stands now, in points of the scheme (R3, R4) with its decimals (R8), `rank` the place
    among these scores (R12).
    """

    totals: tuple[Decimal | None, ...] = ()
    mean: Decimal | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class SeenStage:
    """What one rater may see of a stage now.

    `own_delivered` says that all its own sheets are in (recusals too); `shown` is what may be seen, `waiting`
    what may be seen once they are. `others` are the other raters, in the order of the scheme.
    """

    stage: Stage
    rater: Rater
    own_delivered: bool
    shown: frozenset[Seen]
    waiting: frozenset[Seen]
    others: tuple[Rater, ...]
    subjects: tuple[Subject, ...]
    seen: Mapping[str, SeenSubject]

    def of(self, subject_id: str) -> SeenSubject:
        """What may be seen of a subject."""
        return self.seen.get(subject_id, SeenSubject())
