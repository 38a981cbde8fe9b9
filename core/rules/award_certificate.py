"""Who gets an award certificate, and which number comes next."""

from collections.abc import Sequence

from core.model.cycle_view import ComputedYear
from core.model.written_document import IssuedPaper


def winners(computed: ComputedYear) -> tuple[tuple[str, str], ...]:
    """(subject id, award name) of every winner, award by award in order; those under an objection wait."""
    return tuple(
        (each, award.name)
        for award in computed.outcome.awards
        for each in award.winners
        if each not in computed.view.held
    )


def next_sequence(taken: Sequence[IssuedPaper], series: str, year: int) -> int:
    """The next number of a series in a year; numbers are never given twice, nor reused."""
    return (
        max((each.sequence for each in taken if each.series == series and each.year == year), default=0) + 1
    )
