"""The pages of the sections behind the first; the window imports them once the first is filled."""

from collections.abc import Callable

from gui.desk import Desk
from gui.pages.assessment import AssessmentPage
from gui.pages.documents import DocumentsPage
from gui.pages.groups import GroupsPage
from gui.pages.roster import RosterPage
from gui.pages.statistics import StatisticsPage
from gui.pages.system import SystemPage
from gui.widgets.page import Page

PAGES: dict[str, Callable[[Desk], Page]] = {
    "roster": RosterPage,
    "groups": GroupsPage,
    "assessment": AssessmentPage,
    "documents": DocumentsPage,
    "statistics": StatisticsPage,
    "system": SystemPage,
}
