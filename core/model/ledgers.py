"""All ledgers of the office."""

from collections.abc import Mapping
from typing import Any

from core.model.activity_ledgers import (
    ACTIVITIES,
    ATTENDANCE,
    CONTACTS,
    INCOMES,
    INCUBATORS,
    PROJECTS,
    SERVICE_OFFERS,
    TRAININGS,
)
from core.model.award_payment import AWARD_PAYMENTS
from core.model.certificate import STOCK_MOVEMENTS
from core.model.ledger import Ledger
from core.model.penalty import PENALTIES
from core.model.register_ledgers import (
    BRANDS,
    CLASS_MAPPINGS,
    CLASSIFICATIONS,
    GOOD_EVIDENCE,
    PARTICULARS,
    PEOPLE,
    POSTS,
    TRANSITIONS,
    UNITS,
)
from core.model.task_ledgers import GROUP_PAPERS, HOLIDAYS, OBLIGATIONS, TASKS

LEDGERS: Mapping[str, Ledger] = {
    each.code: each
    for each in (
        UNITS,
        PEOPLE,
        POSTS,
        TRANSITIONS,
        PARTICULARS,
        BRANDS,
        GOOD_EVIDENCE,
        ACTIVITIES,
        PROJECTS,
        TRAININGS,
        ATTENDANCE,
        CONTACTS,
        INCOMES,
        SERVICE_OFFERS,
        INCUBATORS,
        PENALTIES,
        OBLIGATIONS,
        TASKS,
        GROUP_PAPERS,
        CLASSIFICATIONS,
        CLASS_MAPPINGS,
        HOLIDAYS,
        AWARD_PAYMENTS,
        STOCK_MOVEMENTS,
    )
}
"""All ledgers by code."""


def ledger_of(kind: type[Any]) -> Ledger:
    """The ledger of a kind of record.

    Raises:
        LookupError: the kind has none.
    """
    return _BY_KIND[kind]


_BY_KIND: Mapping[type[Any], Ledger] = {each.kind: each for each in LEDGERS.values()}
