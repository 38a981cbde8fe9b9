"""What the window has to know of an open store before its first page.

open_office(services) -> OpenOffice                 on the worker
office.enter(window, jobs, messages, settings)      on the window's thread: everything is wired

Nothing that is imported here makes a class of Qt's: they are not made in one thread while another paints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.widgets.top_bar import YearChoice

if TYPE_CHECKING:
    from core.model.cycle_view import CycleLine
    from core.model.journal import Act
    from core.model.office import Office
    from core.services.services import Services
    from gui.jobs import JobRunner
    from gui.main_window import MainWindow
    from gui.messages import Messages
    from gui.settings_store import SettingsStore
    from gui.workplace import Workplace

# Until then the year that has just ended is the one being assessed.
LAST_MONTH_FOR_LAST_YEAR = 6
# Who logs in or looks changes nothing; the last change is looked for among so many acts.
LAST_ACTS = 30


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What the frame around the pages shows; `office` is None before the first set-up."""

    office: Office | None
    cycles: tuple[CycleLine, ...]
    this_year: int
    last_act: Act | None

    @property
    def years(self) -> tuple[int, ...]:
        """The years with an assessment, newest first."""
        return tuple(sorted({each.year for each in self.cycles}, reverse=True))

    @property
    def openable_years(self) -> tuple[int, ...]:
        """The years in which a cycle can be opened, newest first."""
        return (self.this_year + 1, self.this_year, self.this_year - 1)

    def cycles_of(self, year: int) -> tuple[CycleLine, ...]:
        """The cycles of a year in the order of their opening."""
        return tuple(each for each in self.cycles if each.year == year)

    def choices(self, chosen: int) -> tuple[YearChoice, ...]:
        """The years with an assessment and those near now, newest first; the cycles of a year each apart."""
        years = sorted({*self.years, self.this_year, self.this_year - 1, chosen}, reverse=True)
        return tuple(choice for year in years for choice in self._choices_of(year))

    def _choices_of(self, year: int) -> tuple[YearChoice, ...]:
        lines = self.cycles_of(year)
        if len(lines) < 2:
            return (YearChoice(year),)
        return tuple(YearChoice(year, each.code, each.title) for each in lines)


@dataclass(frozen=True, slots=True)
class OpenOffice:
    """One open store and what was read of it so far."""

    services: Services
    facts: OfficeFacts
    first_year: int

    def enter(
        self,
        window: MainWindow,
        jobs: JobRunner,
        messages: Messages,
        settings: SettingsStore,
        *,
        is_sample: bool = False,
    ) -> Workplace:
        """Fill the window."""
        from gui.desk import Desk  # noqa: PLC0415 - see the module
        from gui.workplace import Workplace  # noqa: PLC0415 - see the module

        desk = Desk(self.services, jobs, messages, settings, self.first_year, is_sample=is_sample)
        return Workplace(window, desk, self.facts)


def open_office(services: Services) -> OpenOffice:
    """What the window has to know before its first page."""
    facts = read_facts(services)
    today = services.clock().date()
    usual = today.year - 1 if today.month <= LAST_MONTH_FOR_LAST_YEAR else today.year
    return OpenOffice(services, facts, facts.years[0] if facts.years else usual)


def read_facts(services: Services) -> OfficeFacts:
    """What the frame shows, as the store has it now."""
    changed = [act for act in services.register.acts(LAST_ACTS) if act.change_count]
    return OfficeFacts(
        office=services.setup.office(),
        cycles=services.assessments.cycles(),
        this_year=services.clock().year,
        last_act=changed[0] if changed else None,
    )
