"""Commands along the path of a cycle: list, status, and every gate."""

from collections.abc import Callable, Iterator

from core.cli.invocation import Invocation
from core.cli.naming import in_codes
from core.cli.options_asked import option_for
from core.cli.seen import seen_data, seen_lines
from core.cli.terminal import Answer, of_cycle, table
from core.errors import InvalidInput
from core.model.assessment import CycleState
from core.model.cycle_path import Blocker, CyclePath
from core.model.cycle_view import RaterProgress
from core.model.year_path import StepState
from core.services.services import Services

_LIST = ("年度", "代号", "名称", "状态")
_STEPS = ("", "步骤", "日期", "情况")
_RATERS = ("环节", "评分方", "已交", "应交", "不全", "要核对")
_MARKS = {StepState.DONE: "✓", StepState.CURRENT: "→", StepState.COMING: ""}

_COMMANDS_TO = {
    CycleState.COMPUTED: "assess compute",
    CycleState.REPORTED: "assess report",
    CycleState.NOTICED: "assess publish",
    CycleState.CONFIRMED: "assess confirm",
    CycleState.ANNOUNCED: "assess announce",
    CycleState.ARCHIVED: "assess archive",
}


def list_cycles(services: Services, call: Invocation) -> Answer:
    """List all cycles."""
    cycles = services.assessments.cycles()
    rows = [(str(each.year), each.code, each.title, each.state.label) for each in cycles]
    data = [
        {"year": each.year, "cycle": each.code, "title": each.title, "state": each.state.value}
        for each in cycles
    ]
    return Answer({"cycles": data}, tuple(table(_LIST, rows)) if rows else ("还没有开启过考核。",))


def status(services: Services, call: Invocation) -> Answer:
    """Tell how far a cycle has come, who has delivered, what is next and what stands before it.

    For a rater that is named, what it may see of the others.
    """
    if call.stage and not call.rater:
        raise InvalidInput("rater_missing", "写了环节，没有写评分方。", "请用 --rater 写明是哪个评分方。")
    path = services.cycles.path(call.year, call.cycle)
    progress = services.assessments.year(call.year, call.cycle).progress
    lines = (*_path_lines(path), "", *table(_RATERS, map(_rater_row, progress), frozenset({2, 3, 4, 5})))
    data = path_data(path) | {"raters": [_rater_data(each) for each in progress]}
    if not call.rater:
        return Answer(data, lines)
    named = in_codes(call, services.assessments.scheme(call.year, call.cycle))
    seen = services.marks.others(call.year, named.stage, named.rater, call.cycle)
    return Answer(data | {"seen": seen_data(seen)}, (*lines, "", *seen_lines(seen)))


def report(services: Services, call: Invocation) -> Answer:
    """Note that the results were reported."""
    return _went(services.cycles.report(call.year, call.to, call.dated_on, call.accept_missing, call.cycle))


def publish(services: Services, call: Invocation) -> Answer:
    """Begin the public notice."""
    answer = _went(services.cycles.publish(call.year, call.first, call.last, call.accept_missing, call.cycle))
    note = services.cycles.notice_period(call.year, call.first, call.cycle, call.last).note
    lines = (*answer.lines, note) if note else answer.lines
    return Answer({**answer.data, "notice_note": note or None}, lines)


def confirm(services: Services, call: Invocation) -> Answer:
    """Confirm the results after the notice."""
    return _went(services.cycles.confirm(call.year, call.dated_on, call.hold_objected, call.cycle))


def announce(services: Services, call: Invocation) -> Answer:
    """Announce the results."""
    return _went(services.cycles.announce(call.year, call.dated_on, call.cycle))


def archive(services: Services, call: Invocation) -> Answer:
    """Close the cycle."""
    return _went(services.cycles.archive(call.year, call.dated_on, call.cycle))


def step_back(services: Services, call: Invocation) -> Answer:
    """Go one step back."""
    return _went(services.cycles.step_back(call.year, call.reason, call.cycle))


def rename(services: Services, call: Invocation) -> Answer:
    """Give the cycle another name."""
    return _went(services.cycles.rename(call.year, call.title, call.cycle))


def path_data(path: CyclePath) -> dict[str, object]:
    """The path with stable keys."""
    cycle = path.cycle
    return {
        "year": cycle.year,
        "cycle": cycle.code,
        "title": cycle.title,
        "state": cycle.state.value,
        "steps": [
            {"state": each.state.value, "day": each.day or None, "standing": each.standing.value}
            for each in path.steps
        ],
        "notice_from": cycle.notice_from or None,
        "notice_until": cycle.notice_until or None,
        "next": path.next_state.value if path.next_state else None,
        "blockers": [_blocker(each) for each in path.blockers],
        "step_back_to": path.back_to.value if path.back_to else None,
        "held": sorted(path.held),
    }


def _went(path: CyclePath) -> Answer:
    return Answer(path_data(path), tuple(_path_lines(path)))


def _path_lines(path: CyclePath) -> Iterator[str]:
    cycle = path.cycle
    named = f" {cycle.title}（{cycle.code}）" if cycle.code else "考核"
    yield f"{cycle.year} 年度{named}：{cycle.state.label}"
    yield from table(
        _STEPS, [(_MARKS[each.standing], each.title, each.day, each.detail) for each in path.steps]
    )
    if path.next_state is None:
        return
    command = _COMMANDS_TO[path.next_state]
    yield f"下一步：{path.consequence}"
    yield f"  命令：{command} {of_cycle(cycle.year, cycle.code)}"
    for each in path.blockers:
        said = "要确认" if each.may_stand else "挡着"
        yield f"  {said}：{each.message}{each.remedy}{option_for(command, each.code)}"


def _blocker(each: Blocker) -> dict[str, object]:
    return {
        "code": each.code,
        "message": each.message,
        "remedy": each.remedy,
        "may_be_accepted": each.may_stand,
    }


def _rater_row(each: RaterProgress) -> tuple[str, ...]:
    counts = (each.delivered, each.expected, len(each.incomplete), each.issue_count)
    return each.stage.name, each.rater.name, *map(str, counts)


def _rater_data(each: RaterProgress) -> dict[str, object]:
    return {
        "stage": each.stage.code,
        "rater": each.rater.code,
        "name": each.rater.name,
        "delivered": each.delivered,
        "expected": each.expected,
        "incomplete": len(each.incomplete),
        "missing": [subject.name for subject in each.missing],
        "to_check": each.issue_count,
    }


COMMANDS: dict[str, Callable[[Services, Invocation], Answer]] = {
    "assess list": list_cycles,
    "assess status": status,
    "assess report": report,
    "assess publish": publish,
    "assess confirm": confirm,
    "assess announce": announce,
    "assess archive": archive,
    "assess step-back": step_back,
    "assess rename": rename,
}
