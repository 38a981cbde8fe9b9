"""A cycle with all that it was computed from, to be verified anywhere and years later (R21)."""

from dataclasses import dataclass

from core.errors import Problem
from core.model.assessment import Cycle, Entry, Result, ScoreSheet, Subject
from core.model.settled import Settled


@dataclass(frozen=True, slots=True)
class ResultPackage:
    """The frozen data of a cycle and its results; `sheets` hold one for each ballot that counts.

    `scheme_text` is the scheme's TOML as it was loaded, `log_head` the head of the log on that day.
    """

    office: str
    cycle: Cycle
    scheme_text: str
    subjects: tuple[Subject, ...]
    sheets: tuple[ScoreSheet, ...]
    entries: tuple[Entry, ...]
    settled: Settled
    results: tuple[Result, ...]
    log_head: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What computing again gave: the digest that was kept and the one found, and what differs."""

    title: str
    subjects: int
    digest_kept: str
    digest_now: str
    differences: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was computed."""
        return self.digest_kept == self.digest_now and not self.differences
