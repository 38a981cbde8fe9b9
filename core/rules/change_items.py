"""The items of bonuses and deductions that a scheme names (R7)."""

from core.model.assessment import Entry, EntryKind
from core.model.scheme import ChangeItem, Scheme


def items_for(scheme: Scheme, kind: EntryKind) -> tuple[ChangeItem, ...]:
    """The items that entries of a kind may name."""
    return {EntryKind.BONUS: scheme.bonuses, EntryKind.DEDUCTION: scheme.deductions}.get(kind, ())


def item_of(scheme: Scheme, entry: Entry) -> ChangeItem | None:
    """The item that an entry names by code or name; None where it names none."""
    items = items_for(scheme, entry.kind) if entry.item else ()
    return next((item for item in items if entry.item in (item.code, item.name)), None)
