"""What the program was asked to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Invocation:
    """What was asked for; `command` is empty for the window, fields it does not take keep their default."""

    command: str = ""
    data: Path | None = None
    json: bool = False
    demo: bool = False
    office: str = ""
    file: Path = Path()
    files: Sequence[Path] = ()
    sheet: str | None = None
    header_row: int | None = None
    columns: tuple[tuple[int, str], ...] = ()
    dry_run: bool = False
    year: int = 0
    cycle: str = ""
    name: str = ""
    output: Path = Path()
    scheme: Path = Path()
    sheets: Path = Path()
    dated_on: date | None = None
    ledger: str = ""
    as_of: date | None = None
    report: str = ""
    classification: str = ""
    public: bool = False
    template: bool = False
    limit: int = 20
    number: int = 0
