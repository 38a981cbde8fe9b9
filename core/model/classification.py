"""Classifications of others, for their reports.

Versions of them, and how the office's categories map to their classes.
"""

from dataclasses import dataclass

from core.model.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Classification:
    """A list of classes that a report asks for, as it is from a day on (domain 2.1)."""

    id: str
    title: str
    source: str = ""
    since_on: PartialDate | None = None
    until_on: PartialDate | None = None
    classes: tuple[str, ...] = ()
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ClassMapping:
    """One of the office's categories in another classification."""

    id: str
    classification_id: str
    category_id: str
    mapped_class: str
    remarks: str = ""
    search_key: str = ""
    version: int = 1
