"""What somebody may want to see of a stage beside the own sheets."""

from enum import StrEnum


class Seen(StrEnum):
    """The others' sheets, the running means, the running ranks."""

    SHEETS = "sheets"
    MEANS = "means"
    RANKS = "ranks"
