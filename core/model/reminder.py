"""What changed results leave to be done."""

from dataclasses import dataclass
from enum import StrEnum


class ReminderKind(StrEnum):
    """What is to be put right: papers or certificates that went out, or the ledger of award money."""

    CERTIFICATES = "certificates"
    PAPERS = "papers"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Effects:
    """What a revocation would do.

    `changes` say what would be different, by the name of each subject; `certificates` are numbers of those
    to collect, or the recipient's name where there is none.
    """

    changes: tuple[tuple[str, str], ...]
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do: `short` beside what was just done, `words` with names and the way.

    `action` is the window's action (as in NextStep) that leads there, `verb` the button's words.
    """

    kind: ReminderKind
    short: str
    words: str
    action: str
    verb: str
