"""How far each organization has come in this year's assessment, as one badge.

year_faces(view) -> badge by organization id; view None: the year was not opened
"""

from collections import Counter

from core.model.assessment import CycleState, Result
from core.model.cycle_view import CycleView
from gui.pages.roster_columns import grade_badges
from gui.widgets.badge import BadgeFace

NOT_ASSESSED = BadgeFace("不参评", "mute")
COMPLETE = BadgeFace("已交齐", "ok", "check-line")


def year_faces(view: CycleView) -> dict[str, BadgeFace]:
    """The grade once the year is computed, before that how many sheets are missing."""
    missing = Counter(
        key
        for each in view.progress
        for key in (*(one.id for one in each.missing), *(one.subject_id for one in each.incomplete))
    )
    is_computed = view.cycle.state is not CycleState.OPEN and not view.stale
    results = {each.subject_id: each for each in view.results} if is_computed else {}
    return {
        subject.organization_id: NOT_ASSESSED
        if subject.barred
        else _face(missing[subject.id], results.get(subject.id))
        for subject in view.subjects
    }


def _face(missing: int, result: Result | None) -> BadgeFace:
    if result is not None and (badges := grade_badges(result.grade)):
        return badges[0]
    return BadgeFace(f"缺 {missing} 份", "warn", "time-line") if missing else COMPLETE
