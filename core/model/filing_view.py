"""Filing as pages show it: how far a matter has come, its clocks, and the papers that are missing."""

from dataclasses import dataclass
from datetime import date

from core.model.filing import Transition, TransitionKind
from core.model.labelled import Labelled


class FilingState(Labelled):
    """How far a matter has come; it follows from the dates of the transition."""

    APPLYING = "applying", "申请中"
    AWAITING_COMMUNITY = "awaiting_community", "待社区意见"
    AWAITING_STREET = "awaiting_street", "待街道意见"
    AWAITING_OFFICE = "awaiting_office", "待备案机关意见"
    AWAITING_DECISION = "awaiting_decision", "待办结"
    APPROVED = "approved", "已办结"
    REFUSED = "refused", "不予办理"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True, slots=True)
class Clock:
    """One step that has to be done by a day.

    `days_left` is negative when it is overdue; for a step that is done (`done_on`) it says how early it was.
    `in_working_days` tells what kind of days it counts.
    """

    label: str
    due_on: date
    days_left: int
    done_on: date | None = None
    in_working_days: bool = True

    @property
    def overdue_days(self) -> int:
        """By how many days it is late, or was; 0 if it is not."""
        return max(0, -self.days_left)

    @property
    def words(self) -> str:
        """How it stands, in Chinese: 还有 3 个工作日、今天到期、逾期 2 天、按期、逾期 2 天办理."""
        unit = "个工作日" if self.in_working_days else "天"
        if self.done_on:
            return f"逾期 {self.overdue_days} {unit}办理" if self.overdue_days else "按期"
        if self.overdue_days:
            return f"逾期 {self.overdue_days} {unit}"
        return f"还有 {self.days_left} {unit}" if self.days_left else "今天到期"


@dataclass(frozen=True, slots=True)
class FilingCase:
    """A matter as it stands today; `calendar_note` tells of years whose holidays are not known."""

    transition: Transition
    state: FilingState
    clocks: tuple[Clock, ...]
    missing_papers: tuple[str, ...]
    calendar_note: str = ""

    @property
    def running(self) -> tuple[Clock, ...]:
        """The clocks of what is still to be done."""
        return tuple(clock for clock in self.clocks if clock.done_on is None)


@dataclass(frozen=True, slots=True)
class DueFiling:
    """A step of a matter that waits to be done, for the to-do page."""

    transition_id: str
    organization_id: str
    organization: str
    kind: TransitionKind
    state: FilingState
    clock: Clock


@dataclass(frozen=True, slots=True)
class MissingPapers:
    """An organization and the papers that the office does not have of it."""

    organization_id: str
    organization: str
    community: str
    missing: tuple[str, ...]
