"""Lists that follow from a year's results beside the ranking; each row knows whom or what it is about."""

from dataclasses import dataclass

from core.model.labelled import Labelled
from core.model.tables import OutColumn, OutSheet, OutValue

STANDS = "有效"
"""What the list of decisions says of one that was not lifted."""


class ListKind(Labelled):
    """What such a list shows."""

    EDGES = "edges", "临界"
    TIES = "ties", "并列"
    AWARDS = "awards", "奖项"
    LISTS = "lists", "名单"
    APART = "apart", "不排名"
    YEARS = "years", "历年对比"
    DECISIONS = "decisions", "决定"
    MONEY = "money", "奖金"


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One row: the subject it is about, and the record (decision, revocation, payment), if there is one.

    `open_place` is that of an open place that nobody decided about: code of the award, category.
    """

    values: tuple[OutValue, ...]
    subject_id: str = ""
    record_id: str = ""
    open_place: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ResultList:
    """A list with what it says as a whole, and what stands in its place where it has no row."""

    kind: ListKind
    title: str
    note: str
    columns: tuple[OutColumn, ...]
    lines: tuple[ResultLine, ...]
    nothing: str

    def sheet(self) -> OutSheet:
        """The list as it is handed out."""
        rows = tuple(line.values for line in self.lines)
        return OutSheet(self.kind.label, self.title, self.columns, rows, subtitle=self.note)
