"""Choices with their Chinese words."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A choice: `FILED = "filed", "备案"`; the English value is stored, the Chinese label is shown."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """A member that is its stored value and knows its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
