"""An entry that is put in by hand: what it must say, and the points that its item gives (R7, R10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.errors import InvalidInput
from core.model.assessment import Entry, EntryKind
from core.model.scheme import ChangeItem, Scheme
from core.rules.decision_checks import is_day


def completed_entry(scheme: Scheme, entry: Entry, today: date) -> Entry:
    """The entry with its texts trimmed, dated, and worth what its item says where it names no points.

    Raises:
        InvalidInput: it does not say why and by what proof, or its day cannot be.
    """
    said = replace(
        entry,
        reason=entry.reason.strip(),
        evidence=entry.evidence.strip(),
        dated_on=entry.dated_on or today.isoformat(),
    )
    missing = [name for name, text in (("事由", said.reason), ("依据", said.evidence)) if not text]
    if missing:
        raise InvalidInput(
            "entry_incomplete", f"没有写{'、'.join(missing)}。", "请写明事由和依据（文件、材料）。"
        )
    if not is_day(said.dated_on) or said.dated_on > today.isoformat():
        raise InvalidInput("day_odd", f"日期“{said.dated_on}”不对。", f"请写今天 {today} 或以前的日子。")
    return said if said.points is not None else replace(said, points=_points(scheme, said))


def _points(scheme: Scheme, entry: Entry) -> Decimal | None:
    items: tuple[ChangeItem, ...] = {
        EntryKind.BONUS: scheme.bonuses,
        EntryKind.DEDUCTION: scheme.deductions,
    }.get(entry.kind, ())
    return next((item.points_at(entry.level) for item in items if item.code == entry.item), None)
