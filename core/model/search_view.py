"""What a search over everything gives back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: its title, and a second line that tells it apart or says where the words stand."""

    id: str
    title: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind, best first.

    `code` is that of a ledger, or organizations, communities, work_groups, documents, certificates.
    `has_more` says that there are more hits than these.
    """

    code: str
    label: str
    icon: str
    hits: tuple[Hit, ...]
    has_more: bool = False
