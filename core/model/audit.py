"""The log of acts: what is asked of it, its chain and the head of that, which stands on papers."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.model.journal import Act

SHOWN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class ChainHead:
    """An act and its digest in hexadecimal; number 0 and no digest stand for a store without acts."""

    number: int
    digest: str

    @property
    def said(self) -> str:
        """As it stands on papers: 128-3F2A-91BC; empty without acts."""
        shown = self.digest[:SHOWN_DIGITS].upper()
        return f"{self.number}-{shown[:4]}-{shown[4:]}" if shown else ""


@dataclass(frozen=True, slots=True)
class ChainFault:
    """An act that does not fit, or a place where one is missing, and what is wrong there."""

    number: int
    message: str

    def __str__(self) -> str:
        """One line."""
        return f"操作日志第 {self.number} 号：{self.message}"


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verifying found: how many acts there are, the newest one, and what does not fit, oldest first."""

    count: int
    head: ChainHead
    faults: tuple[ChainFault, ...]


@dataclass(frozen=True, slots=True)
class ActQuery:
    """Which acts are asked for: between two days by the PC's clock, of a person, on a kind of records.

    `text` stands in verb, person or reason; `kind` as in `Change.kind`; what is empty does not narrow.
    `verbs` are whole verbs, one of which it must be.
    """

    first: date | None = None
    last: date | None = None
    actor: str = ""
    kind: str = ""
    text: str = ""
    verbs: tuple[str, ...] = ()
    limit: int = 2_000


class ActLog(Protocol):
    """The acts of a store, to be looked through and verified."""

    def find(self, query: ActQuery) -> tuple[Act, ...]:
        """The acts that are asked for, newest first."""

    def actors(self) -> tuple[str, ...]:
        """Who has acted, by name."""

    def head(self) -> ChainHead:
        """The newest act that is written to its end, and its digest; never the one that is being written."""

    def verified(self) -> ChainReport:
        """Every digest computed anew."""

    def sealed(self, start: str) -> tuple[ChainHead, ...]:
        """The acts whose digests begin so, oldest first."""


@dataclass(frozen=True, slots=True)
class HeadCheck:
    """A head that somebody typed from a paper, and what became of its act.

    `number` is that of the act, 0 where no act has this digest; `message` says it for the clerk.
    """

    said: str
    number: int
    message: str

    @property
    def fits(self) -> bool:
        """Whether the act is there as it was."""
        return self.number > 0


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What verifying the log found."""

    chain: ChainReport
    heads: tuple[HeadCheck, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.chain.faults and all(each.fits for each in self.heads)
