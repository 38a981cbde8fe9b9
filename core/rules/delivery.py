"""Who has handed in which sheets."""

from collections.abc import Mapping, Sequence

from core.model.assessment import ScoreSheet, Subject
from core.model.cycle_view import RaterProgress
from core.model.scheme import Rater, Scheme, Stage


def rater_progress(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet]
) -> tuple[RaterProgress, ...]:
    """What every rater has handed in, in the order of the scheme."""
    taking_part = [subject for subject in subjects if not subject.barred]
    by_rater: dict[tuple[str, str], dict[str, ScoreSheet]] = {}
    for sheet in sheets:
        by_rater.setdefault((sheet.stage, sheet.rater), {})[sheet.subject_id] = sheet
    return tuple(
        _progress(stage, rater, taking_part, by_rater.get((stage.code, rater.code), {}))
        for stage in scheme.stages
        for rater in stage.raters
    )


def _progress(
    stage: Stage, rater: Rater, subjects: Sequence[Subject], sheets: Mapping[str, ScoreSheet]
) -> RaterProgress:
    held = [sheets[subject.id] for subject in subjects if subject.id in sheets]
    given = [sheet for sheet in held if sheet.recused or any(mark is not None for mark in sheet.marks)]
    incomplete = tuple(sheet for sheet in given if not sheet.recused and None in sheet.marks)
    handed_in = {sheet.subject_id for sheet in given}
    return RaterProgress(
        stage=stage,
        rater=rater,
        delivered=len(given) - len(incomplete),
        expected=len(subjects),
        missing=tuple(subject for subject in subjects if subject.id not in handed_in),
        incomplete=incomplete,
        issue_count=sum(len(sheet.issues) for sheet in held),
    )
