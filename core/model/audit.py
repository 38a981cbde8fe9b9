"""The chain of acts, as it is verified: its head, which stands on papers, and what does not fit."""

from dataclasses import dataclass

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
    """What verifying found: how many acts there are, the newest of them, and what does not fit, oldest first."""

    count: int
    head: ChainHead
    faults: tuple[ChainFault, ...]
