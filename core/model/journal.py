"""Acts and changes: the one mechanism behind audit, history, undo and as-of views (docs/decisions.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

FieldValue: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class ActDraft:
    """What somebody is about to do: a verb of the glossary in Chinese, who, and why (may be empty).

    An act with `keep` stands in the log even when it changes nothing, as 查看号码 does.
    """

    verb: str
    actor: str
    reason: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What one act did to one record: fields before and after, as they are stored.

    Only fields that differ stand in the mappings; `before` is None for a new record, `after` for a removed
    one.
    `kind` is the record's table name; `version` the version that the change made.
    """

    kind: str
    record_id: str
    version: int
    before: Mapping[str, FieldValue] | None
    after: Mapping[str, FieldValue] | None


@dataclass(frozen=True, slots=True)
class Act:
    """One transaction as the log keeps it: `number` counts up without gaps, `at` is the PC's clock."""

    number: int
    at: datetime
    verb: str
    actor: str
    reason: str
    change_count: int
