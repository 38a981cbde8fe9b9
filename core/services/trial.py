"""Trying a scheme on made-up sheets, without a store: for authors of schemes."""

from pathlib import Path
from typing import NamedTuple

from core.errors import Problem
from core.model.assessment import Subject
from core.model.outcome import Outcome
from core.model.scheme import Scheme
from core.rules.assessing import assess
from core.rules.scheme_checker import check_places
from core.rules.scheme_file import read_scheme
from core.rules.trial import read_sheets_json
from core.services.files import read_text


class TriedScheme(NamedTuple):
    """A scheme, whom it was tried on, what is odd about it for them, and what they get."""

    scheme: Scheme
    subjects: tuple[Subject, ...]
    findings: tuple[Problem, ...]
    outcome: Outcome


def try_scheme(scheme_file: Path, sheets_file: Path) -> TriedScheme:
    """What comes of a scheme and sheets.

    Raises:
        InvalidInput: the scheme or the sheets are faulty; all findings are in `problems`.
        StorageFailed: a file cannot be read.
    """
    scheme = read_scheme(read_text(scheme_file))
    trial = read_sheets_json(read_text(sheets_file), scheme)
    outcome = assess(scheme, trial.subjects, trial.sheets, trial.entries, **trial.settled._asdict())
    return TriedScheme(scheme, trial.subjects, check_places(scheme, trial.subjects), outcome)
