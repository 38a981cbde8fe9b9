"""What the roster's list asks the store for: its filters and its order as one question.

query_of(filters, model, day) -> RosterQuery;  BLANK stands for a row that is on its way
"""

from datetime import date
from typing import Any

from core.model.organization import Organization
from core.model.register import OrganizationSummary, RosterQuery
from gui.pages.roster_columns import GRADES, ORDER_FIELDS
from gui.pages.roster_filters import FilterBar
from gui.table_model import RecordTableModel

# Not empty: an empty cell says that there is nothing.
BLANK = OrganizationSummary(Organization("", "\u3000"), "\u3000", "\u3000", "\u3000", "")
GROUP_FIELD = "work_group_id"
_FIELDS = {
    "category": "category_id",
    "community": "community_id",
    "status": "status",
    "grade": "previous_grade",
    "group": GROUP_FIELD,
}


def query_of(filters: FilterBar, model: RecordTableModel[Any], day: date | None) -> RosterQuery:
    """What the list shows with these filters, in the order that the model was told."""
    column, ascending = model.sort_state()
    return RosterQuery(
        filters.needle(),
        tuple((_FIELDS[chip], value) for chip, value in filters.chosen().items()),
        ORDER_FIELDS[model.columns[column].name] if column >= 0 else "",
        not ascending,
        GRADES,
        day,
    )
