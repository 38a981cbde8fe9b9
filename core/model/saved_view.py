"""Filters that a clerk keeps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter that a clerk keeps by name (常用筛选); `filters` is text that only its page understands."""

    id: str
    page: str
    name: str
    filters: str
    position: int = 0
    version: int = 1
