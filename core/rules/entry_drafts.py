"""An entry that is put in by hand: what it must say, and the points that its item gives (R7, R10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.errors import InvalidInput
from core.model.assessment import Entry, EntryKind
from core.model.scheme import Scheme
from core.rules.change_items import item_of
from core.rules.sections import nearest
from core.rules.vague_days import is_day


def completed_entry(scheme: Scheme, entry: Entry, today: date) -> Entry:
    """The entry with its texts trimmed, dated, and worth what its item says where it names no points.

    Raises:
        InvalidInput: it does not say why and by what proof, its day cannot be, it has points that do not
            count, or it names no veto of the scheme.
    """
    said = replace(
        entry,
        reason=entry.reason.strip(),
        evidence=entry.evidence.strip(),
        dated_on=entry.dated_on or today.isoformat(),
    )
    asked = {"事由": said.reason, "依据": said.evidence}
    if said.kind is EntryKind.DIRECT:
        asked["奖项"] = said.item
    missing = [name for name, text in asked.items() if not text]
    if missing:
        raise InvalidInput(
            "entry_incomplete",
            f"没有写{'、'.join(missing)}。",
            "请写明事由和依据（文件、材料）；直接认定的，写明奖项。",
        )
    if not is_day(said.dated_on) or said.dated_on > today.isoformat():
        raise InvalidInput("day_odd", f"日期“{said.dated_on}”不对。", f"请写今天 {today} 或以前的日子。")
    if said.points is not None and said.kind in (EntryKind.VETO, EntryKind.DIRECT):
        raise InvalidInput("points_unasked", "一票否决和直接认定不计分值。", "请去掉分值，或改为加分、扣分。")
    _refuse_unknown_veto(scheme, said)
    return said if said.points is not None else replace(said, points=_points(scheme, said))


def _refuse_unknown_veto(scheme: Scheme, entry: Entry) -> None:
    """What a veto leads to is said by its item: a mistyped one would lead to something else."""
    codes = [each.code for each in scheme.vetoes]
    if entry.kind is EntryKind.VETO and entry.item and entry.item not in codes:
        raise InvalidInput(
            "veto_unknown",
            f"方案里没有代号为“{entry.item}”的否决项目。",
            "方案里没有写的事项，不填代号，只写事由。" + (nearest(entry.item, codes) if codes else ""),
        )


def _points(scheme: Scheme, entry: Entry) -> Decimal | None:
    item = item_of(scheme, entry)
    return item.points_at(entry.level) if item else None
