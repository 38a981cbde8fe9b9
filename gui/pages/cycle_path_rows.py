"""What the page of a cycle's path shows: its steps, stages and objections among them, and what waits."""

from collections.abc import Iterator
from typing import NamedTuple

from core.model.assessment import CycleState
from core.model.cycle_path import Blocker, CyclePath, CycleStep
from core.model.cycle_view import CycleView
from core.model.scheme import Stage
from gui.widgets.badge import BadgeFace
from gui.widgets.step_path import Step, StepState
from gui.widgets.to_do_list import ToDo

OBJECTIONS = "objections"
STAGE = "marks"
NOT_YET = "—"


class ShownStep(NamedTuple):
    """A step of the path: where pressing it leads, and how it looks."""

    action: str
    step: Step


class Waiting(NamedTuple):
    """What stands before the next gate: where its link leads, and how it looks."""

    action: str
    row: ToDo


def shown_steps(path: CyclePath, view: CycleView) -> tuple[ShownStep, ...]:
    """All steps: the stages after the opening, the objections after the public notice."""
    opened, *later = path.steps
    return (
        _gate_step(opened),
        *(_stage_step(view, stage, path) for stage in view.scheme.stages),
        *(shown for each in later for shown in _with_objections(each, view)),
    )


def waiting_rows(path: CyclePath, view: CycleView) -> tuple[Waiting, ...]:
    """What stands against the next gate, each with the way to where it is done; and sheets still to come."""
    late = [] if path.blockers or path.next_state is not CycleState.COMPUTED else _late_sheets(view)
    return (*(_waiting(each) for each in path.blockers), *late)


def _late_sheets(view: CycleView) -> list[Waiting]:
    """Computing waits for no sheet, but whoever computes is to know of them."""
    missing = sum(each.expected - each.delivered for each in view.progress)
    words = f"还缺 {missing:,} 份完整的评分表。"
    later = "现在也可以计算，缺的按考核方案处理；收到以后重新计算。"
    return [Waiting("progress", ToDo("time-line", "warn", words, later, None, "查看缺的"))] if missing else []


def _with_objections(step: CycleStep, view: CycleView) -> Iterator[ShownStep]:
    yield _gate_step(step)
    if step.state is CycleState.NOTICED:
        yield _objection_step(step, view)


def _gate_step(step: CycleStep) -> ShownStep:
    action = {
        CycleState.OPEN: "scheme",
        CycleState.COMPUTED: "results",
    }.get(step.state, step.state.value)
    caption = step.detail or step.day[5:] or NOT_YET
    return ShownStep(action, Step(step.title, caption, StepState[step.standing.name]))


def _stage_step(view: CycleView, stage: Stage, path: CyclePath) -> ShownStep:
    raters = [each for each in view.progress if each.stage.code == stage.code]
    given, expected = sum(each.delivered for each in raters), sum(each.expected for each in raters)
    action = f"{STAGE}:{raters[0].rater.code}" if raters else STAGE
    if given == expected:
        state = StepState.DONE
    elif given or path.cycle.state is not CycleState.OPEN:
        state = StepState.PARTIAL
    else:
        state = StepState.COMING
    begins = f"{stage.starts_on:%m-%d} 起" if stage.starts_on and not given else ""
    return ShownStep(action, Step(stage.name, begins or f"{given:,} / {expected:,} 份", state))


def _objection_step(notice: CycleStep, view: CycleView) -> ShownStep:
    """Objections are taken until the notice is over, and may be decided after it."""
    if not notice.day:
        return ShownStep(OBJECTIONS, Step("异议", NOT_YET))
    waiting, count = sum(each.is_open for each in view.objections), len(view.objections)
    words = f"{waiting} 件未结" if waiting else f"{count} 件" if count else "没有"
    is_over = not waiting and view.cycle.state is not CycleState.NOTICED
    return ShownStep(OBJECTIONS, Step("异议", words, StepState.DONE if is_over else StepState.PARTIAL))


_LINKS = {
    "no_sheets": ("import_scores", "导入评分表"),
    "results_stale": ("compute", "重新计算"),
    "sheets_missing": ("progress", "查看缺的"),
    "ties_undecided": ("results", "去排先后"),
    "objections_open": (OBJECTIONS, "去处理"),
}
"""Where each blocker is done away with, and the words of the link; the others only wait for their day."""


def _waiting(blocker: Blocker) -> Waiting:
    action, verb = _LINKS.get(blocker.code, ("", ""))
    icon, token = ("alert-line", "warn") if blocker.may_stand or not verb else ("error-warning-fill", "err")
    badge = BadgeFace("可确认后继续", "warn") if blocker.may_stand else None
    return Waiting(action, ToDo(icon, token, blocker.message, blocker.remedy, badge, verb))
