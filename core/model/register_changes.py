"""Changes to many organizations at once, and two records made one, as pages show them beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.model.labelled import Labelled

Side: TypeAlias = Literal["kept", "duplicate"]
MergeChoices: TypeAlias = Mapping[str, Side]
"""For fields of an organization whose value to take; fields that are not named follow `MergeField.side`."""


class BulkField(Labelled):
    """What can be changed for a selection."""

    CATEGORY = "category", "类别"
    COMMUNITY = "community", "所属社区（村）"
    WORK_GROUP = "work_group", "工作组"
    STATUS = "status", "状态"
    PARTY_ORGANIZATION = "party_organization", "党组织"
    ADD_TAG = "add_tag", "加标签"
    REMOVE_TAG = "remove_tag", "去标签"


@dataclass(frozen=True, slots=True)
class BulkChange:
    """One field of a selection and its new value: an id, the value of a choice, or a tag.

    An empty value takes the category, community or party organization away.
    """

    field: BulkField
    value: str = ""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What happens to one organization: the value before and after, or why it is left as it is."""

    organization_id: str
    organization: str
    old: str = ""
    new: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What a bulk change would do; `same` is how many have the value already."""

    changed: tuple[BulkLine, ...]
    refused: tuple[BulkLine, ...]
    same: int


@dataclass(frozen=True, slots=True)
class MergeField:
    """A field of both records side by side, as shown; `side` is whose value counts if nobody chooses."""

    name: str
    label: str
    kept: str
    duplicate: str
    side: Side


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do: the fields that differ, what moves (kind and count), and why it cannot be."""

    kept_name: str
    duplicate_name: str
    fields: tuple[MergeField, ...]
    moving: tuple[tuple[str, int], ...]
    refused: str = ""
