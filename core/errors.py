"""Every error a user can meet: a stable code for tests and exit statuses, a Chinese message for the clerk."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where it stands, what is wrong, what to do.

    `place` is what the clerk can find again, e.g. `第 17 行“联系电话”`; `remedy` may be empty.
    """

    place: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """One line: place, message, remedy."""
        head = f"{self.place}：{self.message}" if self.place else self.message
        return f"{head}——{self.remedy}" if self.remedy else head


class AppError(Exception):
    """An error that is told to the user: never a bug, always with a next step."""

    def __init__(self, code: str, message_zh: str, remedy_zh: str = "") -> None:
        """Keep the stable code, what happened and what to do about it; as a text it is both."""
        super().__init__(f"{message_zh}{remedy_zh}")
        self.code = code
        self.message_zh = message_zh
        self.remedy_zh = remedy_zh


class InvalidInput(AppError):
    """What was given cannot be taken; nothing was stored."""

    def __init__(
        self, code: str, message_zh: str, remedy_zh: str = "", problems: Sequence[Problem] = ()
    ) -> None:
        """As AppError, with the single problems found."""
        super().__init__(code, message_zh, remedy_zh)
        self.problems = tuple(problems)


class RuleViolation(AppError):
    """The request is understood but breaks a rule of the office or the scheme."""


class AccessDenied(RuleViolation):
    """Who asks is not let in, or has no right to do it."""


class NotFound(AppError):
    """What was asked for is not there."""


class Conflict(AppError):
    """Somebody else changed or holds it."""


class StorageFailed(AppError):
    """The store, a file or the disk could not be read or written."""


class DocumentFailed(AppError):
    """A document cannot be printed as it stands."""


class JobCancelled(AppError):
    """The user asked a running job to stop; nothing of it was kept."""

    def __init__(self) -> None:
        """Always the same words."""
        super().__init__("cancelled", "已取消，没有改动任何内容。")
