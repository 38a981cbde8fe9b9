"""What the program was asked to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.model.assessment import ChosenWeight
from core.model.opening import SHIPPED_SCHEME


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
    scheme_code: str = SHIPPED_SCHEME
    title: str = ""
    weights: Sequence[ChosenWeight] = ()
    participants: Path = Path()
    to: str = ""
    first: date | None = None
    last: date | None = None
    accept_missing: bool = False
    hold_objected: bool = False
    reason: str = ""
    body: str = ""
    persons: str = ""
    evidence: str = ""
    award: str = ""
    category: str = ""
    order: tuple[str, ...] = ()
    score: Decimal | None = None
    grade: str = ""
    by: str = ""
    contact: str = ""
    content: str = ""
    finding: str = ""
    upheld: bool = False
    answer: str = ""
    no_promote: bool = False
    lift: bool = False
    stage: str = ""
    rater: str = ""
    kind: str = ""
    heads: Sequence[str] = ()
    looks: bool = False
    entries: bool = False
    item: str = ""
    points: Decimal | None = None
    level: str = ""
    answers: tuple[str, ...] = ()
    second: bool = False
    folder: Path | None = None
    undo_last: bool = False
    totals_by: str = ""
    place: str = ""
    face: str = ""
    names: tuple[str, ...] = ()
    form: str = ""
    separate: bool = False
    red_stock: bool = False
    alone: bool = False
    part: str = "both"
    printer: str = ""
    tray: str = ""
    first_number: int = 0
    words: str = ""
    numbers: Sequence[str] = ()
    event: str = ""
    copies: int = 1
    readings: Sequence[tuple[int, float, float]] = ()
    picture: Path = Path()
    code: str = ""
    result: str = ""
    said: str = ""
    ref: str = ""
    pair: tuple[int, int] = (0, 0)
    series: str = ""
    yes: bool = False
    user: str = ""
    password_file: Path = Path()
    login: str = ""
    new_password_file: Path = Path()
    code_file: Path = Path()
    roles: tuple[str, ...] = ()
    plain: bool = False
