"""Papers of the register as data: roster, filing form, group booklet, missing-papers list, community card."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from core.model.chart import Chart
from core.model.document import Paragraph, Table
from core.model.office import LinePitch


@dataclass(frozen=True, slots=True)
class FormField:
    """A labelled box of a form: its text by paragraphs, none for a box to be filled in by hand."""

    label: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormRow:
    """One to three boxes side by side, with room for so many written lines at least."""

    fields: tuple[FormField, ...]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Opinion:
    """A box for an opinion with room for the seal.

    `dated_on` is its day in words, empty where it is to be written by hand.
    """

    label: str
    paragraphs: tuple[str, ...] = ()
    dated_on: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A boxed form, row under row."""

    rows: tuple[FormRow | Opinion, ...]


Block: TypeAlias = Paragraph | Table | Form | Chart


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A part that begins on a page of its own: title, what it shows, and its content in order."""

    title: str
    note: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """A paper that the office prints from its register, on A4 upright or lying.

    `internal` marks every page 内部资料: it shows whole telephone or ID numbers. `log_head` is the head of
    the log on that day, in small print at the foot of every page.
    """

    title: str
    office: str
    dated_on: date
    parts: tuple[PaperPart, ...]
    landscape: bool = False
    internal: bool = False
    line_pitch: LinePitch = LinePitch.A
    two_sided: bool = False
    log_head: str = ""
