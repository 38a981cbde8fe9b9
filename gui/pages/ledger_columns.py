"""How a ledger is shown in a table: which columns, how wide, in which order they can be put.

columns_of(ledger) for a WindowedModel[LedgerRow]; sortable_fields(ledger); blank_row(ledger)
"""

from collections.abc import Callable

from core.model.ledger import Field, FieldKind, Ledger
from core.model.ledger_view import LedgerRow
from gui.table_model import Column

CHARACTER, MARGIN = 7, 26
# What a list has beside the menu and the pane on a small screen, and what its widest column needs of it.
ROOM, LEAST_STRETCH = 640, 160

FIGURES = frozenset({FieldKind.WHOLE, FieldKind.YEAR, FieldKind.MONEY, FieldKind.AREA})
# Words stand in the store by their codes, which is no order that a reader knows.
ORDERLY = FIGURES | {FieldKind.DATE, FieldKind.YES_NO}
# Not empty: an empty cell says that there is nothing, and these are only on their way.
ON_THE_WAY = "\u3000"


def column_width(field: Field) -> int:
    """Pixels of the standard text size."""
    return field.width * CHARACTER + MARGIN


def columns_of(ledger: Ledger) -> tuple[Column[LedgerRow], ...]:
    """All fields as columns; those that are not listed are shown on request."""
    stretched = widest_field(ledger)
    kept = _kept_when_narrow(ledger, stretched)
    return tuple(
        Column(
            field.label,
            _text_of(place),
            key=field.name,
            width=column_width(field),
            stretch=field is stretched,
            align_right=field.kind in FIGURES,
            quiet=field.kind is FieldKind.LINK and field is not stretched,
            narrow=field in kept,
            shown=field.listed,
        )
        for place, field in enumerate(ledger.fields)
    )


def wanted_room(ledger: Ledger) -> int:
    """How wide a list must be to show all listed fields."""
    stretched = widest_field(ledger)
    return LEAST_STRETCH + sum(
        column_width(field) for field in ledger.fields if field.listed and field is not stretched
    )


def sortable_fields(ledger: Ledger) -> frozenset[str]:
    """Names of the fields by which the store can order the list sensibly."""
    return frozenset(field.name for field in ledger.fields if field.kind in ORDERLY)


def blank_row(ledger: Ledger) -> LedgerRow:
    """What stands where a row has not come yet."""
    return LedgerRow(None, (ON_THE_WAY,) * len(ledger.fields))


def widest_field(ledger: Ledger) -> Field:
    """The listed field that takes what room is left; the title if others are as wide."""
    listed = [field for field in ledger.fields if field.listed]
    return max(listed, key=lambda field: (field.width, field.name == ledger.title_field))


def _kept_when_narrow(ledger: Ledger, stretched: Field) -> tuple[Field, ...]:
    """The title and what orders the list, then field by field as far as there is room."""
    first = (ledger.title_field, ledger.order_field)
    listed = [field for field in ledger.fields if field.listed and field is not stretched]
    listed.sort(key=lambda field: field.name not in first)
    kept, room = [stretched], ROOM - LEAST_STRETCH
    for field in listed:
        room -= column_width(field)
        if room < 0:
            break
        kept.append(field)
    return tuple(kept)


def _text_of(place: int) -> Callable[[LedgerRow], str]:
    return lambda row: "" if row.texts[place] == "—" else row.texts[place]
