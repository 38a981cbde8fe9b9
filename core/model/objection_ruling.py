"""What is decided about an objection."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an objection holds, who said so on which day (ISO; today if empty), and what was answered."""

    upheld: bool
    by: str
    day: str = ""
    answer: str = ""
