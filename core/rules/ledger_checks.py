"""What a ledger's record must have before it is kept."""

from typing import Any

from core.model.dates import PartialDate
from core.model.ledger import FieldKind, Ledger
from core.rules.cell_values import name_key
from core.rules.ledger_values import is_blank

_IN_ORDER = (("since_on", "until_on"), ("begun_on", "due_on"))
COMPARED_KINDS = frozenset({FieldKind.NAME, FieldKind.TEXT, FieldKind.LONG})
"""Fields whose texts are the same where they differ only in blanks, width and brackets."""


def missing_fields(ledger: Ledger, record: Any) -> tuple[str, ...]:
    """The labels of required fields that say nothing."""
    return tuple(
        each.label for each in ledger.fields if each.required and is_blank(each, getattr(record, each.name))
    )


def wrong_order(ledger: Ledger, record: Any) -> str:
    """Which date lies before the one it must follow; empty if none does."""
    names = {each.name for each in ledger.fields}
    for first, then in _IN_ORDER:
        if {first, then} <= names and _before(getattr(record, then), getattr(record, first)):
            return f"“{ledger.field(then).label}”早于“{ledger.field(first).label}”"
    return ""


def record_key(ledger: Ledger, record: Any) -> tuple[object, ...]:
    """What makes a record the same one as another; names and texts count as they are compared."""
    return tuple(
        name_key(value) if isinstance(value, str) and each.kind in COMPARED_KINDS else value
        for each in map(ledger.field, ledger.key_fields)
        for value in (getattr(record, each.name),)
    )


def _before(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether a date is surely earlier, as far as both say."""
    if one is None or other is None:
        return False
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    for mine, theirs in pairs:
        if not mine or not theirs:
            return False
        if mine != theirs:
            return mine < theirs
    return False
