"""Who has handed in which sheets."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import cast

from core.model.assessment import ScoreSheet, Subject
from core.model.cycle_view import RaterProgress
from core.model.scheme import Rater, Scheme, Stage


def rater_progress(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet]
) -> tuple[RaterProgress, ...]:
    """What every rater that marks somebody has handed in, in the order of the scheme; all where nobody does.

    A box of ballots has delivered for a subject when it holds enough valid ones.
    """
    taking_part = tuple([subject for subject in subjects if not subject.barred])
    by_rater: dict[tuple[str, str], list[ScoreSheet]] = defaultdict(list)
    for sheet in sheets:
        by_rater[sheet.stage, sheet.rater].append(sheet)
    return tuple(
        _progress(stage, rater, own, _counting(rater, by_rater[stage.code, rater.code]))
        for stage in scheme.stages
        for rater in stage.raters
        if (own := marked_by(rater, taking_part)) or not taking_part
    )


def marked_by(rater: Rater, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """The subjects that a rater marks: of the categories for which it has a weight (R4)."""
    weighs = cache(lambda category: rater.weight_for(category)[0] > 0)
    return tuple([subject for subject in subjects if weighs(subject.category)])


def _counting(rater: Rater, sheets: Sequence[ScoreSheet]) -> dict[str, ScoreSheet]:
    """A sheet for each subject; none from a box with too few ballots."""
    by_subject = {sheet.subject_id: sheet for sheet in sheets}
    if not rater.ballots:
        return by_subject
    ballots = Counter(sheet.subject_id for sheet in sheets)
    return {
        subject_id: sheet
        for subject_id, sheet in by_subject.items()
        if ballots[subject_id] >= rater.minimum_ballots
    }


def _progress(
    stage: Stage, rater: Rater, subjects: tuple[Subject, ...], sheets: Mapping[str, ScoreSheet]
) -> RaterProgress:
    delivered, issue_count = 0, 0
    missing, incomplete = [], []
    for subject in subjects:
        sheet = sheets.get(subject.id)
        if sheet is None:
            missing.append(subject)
            continue
        marks = sheet.marks
        issue_count += len(sheet.issues)
        if sheet.recused or (marks and _is_complete(marks)):
            delivered += 1
        elif marks.count(None) < len(marks):
            incomplete.append(sheet)
        else:
            missing.append(subject)
    return RaterProgress(stage, rater, subjects, delivered, tuple(missing), tuple(incomplete), issue_count)


def _is_complete(marks: tuple[int | None, ...]) -> bool:
    """Whether there is no gap; a sum breaks off at one, and takes a third of the time of looking for it."""
    try:
        sum(cast("tuple[int, ...]", marks))
    except TypeError:
        return False
    return True
