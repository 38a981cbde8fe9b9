"""The pages of the sections behind the first, each imported when it is asked for.

They are imported where the window lives: Qt's classes are not made in one thread while another paints.
"""

# ruff: noqa: PLC0415 - see above

from collections.abc import Callable, Mapping

from gui.desk import Desk
from gui.widgets.page import Page

MakePage = Callable[[Desk], Page]


def _roster() -> MakePage:
    from gui.pages.roster import RosterPage

    return RosterPage


def _groups() -> MakePage:
    from gui.pages.groups import GroupsPage

    return GroupsPage


def _assessment() -> MakePage:
    from gui.pages.assessment import AssessmentPage

    return AssessmentPage


def _documents() -> MakePage:
    from gui.pages.documents import DocumentsPage

    return DocumentsPage


def _statistics() -> MakePage:
    from gui.pages.statistics import StatisticsPage

    return StatisticsPage


def _system() -> MakePage:
    from gui.pages.system import SystemPage

    return SystemPage


PAGES: Mapping[str, Callable[[], MakePage]] = {
    "roster": _roster,
    "groups": _groups,
    "assessment": _assessment,
    "documents": _documents,
    "statistics": _statistics,
    "system": _system,
}
