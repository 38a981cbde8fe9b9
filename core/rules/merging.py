"""Two records of the same organization made one: whose value counts, and what their ledgers come to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from core.errors import InvalidInput, RuleViolation
from core.model.labelled import Labelled
from core.model.ledger import Ledger
from core.model.organization import Organization, masked_phone
from core.model.plain_records import Dataclass
from core.model.register_changes import MergeChoices, MergeField, Side
from core.rules.filing import with_former
from core.rules.history_words import FIELD_LABELS
from core.rules.ledger_values import is_blank

T = TypeVar("T", bound=Dataclass)
MERGE_FIELDS = (
    "name",
    "community_id",
    "category_id",
    "standing",
    "filing_number",
    "credit_code",
    "founded_on",
    "status",
    "principal",
    "political_status",
    "phones",
    "members",
    "party_members",
    "volunteers",
    "premises",
    "figures_year",
    "activities",
    "visits",
    "previous_grade",
    "remarks",
    "party_organization",
)
"""The fields that a person can choose for; tags and former names of both are kept."""
_FIGURES = ("figures_year", "activities", "visits")
_EMPTY = (None, "", ())


def check_merge(kept: Organization, duplicate: Organization) -> None:
    """Refuse what is no merge of two standing records.

    Raises:
        RuleViolation: both are the same record, or one is merged into another already.
    """
    if kept.id == duplicate.id:
        raise RuleViolation("merge_same", "选的是同一个组织，不能和自己合并。", "请另选一个重复的组织。")
    for each in (kept, duplicate):
        if each.merged_into:
            raise RuleViolation(
                "merge_merged",
                f"“{each.name}”已经并入另一个组织。",
                "请选合并后留下的那一个；合并错了的，请在历史里撤销。",
            )


def merged(kept: Organization, duplicate: Organization, choices: MergeChoices) -> Organization:
    """The record that stays: chosen values, and what only the duplicate says.

    Raises:
        InvalidInput: a choice names no field, or neither side.
    """
    for name, side in choices.items():
        if name not in MERGE_FIELDS or side not in ("kept", "duplicate"):
            raise InvalidInput("merge_choice", f"不能选择“{name}”用“{side}”的值。", "请重新打开合并窗口。")
    taken: dict[str, Any] = {
        name: getattr(duplicate, name)
        for name in MERGE_FIELDS
        if choices.get(name, _side(kept, name)) == "duplicate"
    }
    name = taken.get("name", kept.name)
    names = (kept.name, *duplicate.former_names, duplicate.name)
    taken["former_names"] = with_former(kept.former_names, name, *names)
    taken["tags"] = tuple(dict.fromkeys((*kept.tags, *duplicate.tags)))
    return replace(kept, **taken)


def merge_fields(
    kept: Organization, duplicate: Organization, names: Mapping[str, str]
) -> tuple[MergeField, ...]:
    """The fields that differ, side by side; `names` are those of communities and categories by id."""
    return tuple(
        MergeField(name, FIELD_LABELS[name], _shown(old, names), _shown(new, names), _side(kept, name))
        for name in MERGE_FIELDS
        if (old := getattr(kept, name)) != (new := getattr(duplicate, name))
    )


def filled(ledger: Ledger, record: T, other: T) -> T:
    """The record with what only its twin says; what both say stays as it is, a yes of either is one."""
    said: dict[str, Any] = {
        field.name: getattr(other, field.name)
        for field in ledger.fields
        if (value := getattr(record, field.name)) is False or is_blank(field, value)
    }
    return replace(record, **said)


def _side(kept: Organization, name: str) -> Side:
    if name in _FIGURES:
        # The figures belong to their year: they are taken together or not at all.
        return "duplicate" if all(getattr(kept, each) is None for each in _FIGURES) else "kept"
    return "duplicate" if getattr(kept, name) in _EMPTY else "kept"


def _shown(value: object, names: Mapping[str, str]) -> str:
    if value in _EMPTY:
        return "—"
    if isinstance(value, tuple):
        return "、".join(masked_phone(each) for each in value)
    if isinstance(value, Labelled):
        return str(value.label)
    return names.get(str(value), str(value))
