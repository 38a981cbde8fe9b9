"""Award certificates: one per winner, worded from the results."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.model.certificate import Certificate
from core.model.cycle_view import ComputedYear
from core.model.office import Office
from core.model.written_document import IssuedPaper

HEADING = "荣誉证书"
CLOSING = "特发此证，以资鼓励。"


def certificate_number(paper: IssuedPaper) -> str:
    """The number as printed: a certificate is no 公文, so three digits are usual."""
    return f"{paper.series}〔{paper.year}〕第{paper.sequence:03d}号"


def winners(computed: ComputedYear) -> tuple[tuple[str, str], ...]:
    """(subject id, award name) of every winner, award by award in order; those under an objection wait."""
    return tuple(
        (each, award.name)
        for award in computed.outcome.awards
        for each in award.winners
        if each not in computed.view.held
    )


def award_certificates(
    office: Office, computed: ComputedYear, papers: Mapping[str, IssuedPaper]
) -> tuple[Certificate, ...]:
    """A certificate for each winner; `papers` gives number and date by subject id."""
    subjects = {subject.id: subject for subject in computed.view.subjects}
    results = {result.subject_id: result for result in computed.outcome.results}
    return tuple(
        Certificate(
            heading=HEADING,
            recipient=subjects[subject_id].name,
            text=_text(computed.view.cycle.year, results[subject_id].grade, award),
            closing=CLOSING,
            issuer=office.name,
            dated_on=date.fromisoformat(papers[subject_id].dated_on),
            number=certificate_number(papers[subject_id]),
        )
        for subject_id, award in winners(computed)
    )


def _text(year: int, grade: str, award: str) -> str:
    standing = f"考核等次为{grade}，" if grade else ""  # proof confirms an award without a grade, too (R13)
    return f"在{year}年度社会组织考核中，{standing}获{award}。"


def next_sequence(taken: Sequence[IssuedPaper], series: str, year: int) -> int:
    """The next number of a series in a year; numbers are never given twice, nor reused."""
    return (
        max((each.sequence for each in taken if each.series == series and each.year == year), default=0) + 1
    )
