"""How far a year has come, what comes next and what waits: from the figures of the register and the year."""

from collections.abc import Sequence
from datetime import date

from core.model.assessment import CycleState, ResultState
from core.model.cycle_view import RESULTS_NOTICE, CycleView, RaterProgress
from core.model.register import RegisterFigures
from core.model.scheme import Stage
from core.model.task_view import ToDoItem
from core.model.year_path import NextStep, PathStep, StepState, ToDo, YearPath
from core.rules.posts_held import is_held

CERTIFICATES = ("certificate", "merit-certificate")
"""The shipped kinds of certificates that winners get."""
_GATES = {
    "report": ("报备考核结果", "去报备", "考核方案要求先报备，再公示。"),
    "publish": ("公示考核结果", "去公示", "结果已经算出，核对无误后公示；公示后评分锁定。"),
    "confirm": ("确定考核结果", "去确定", ""),
    "announce": ("公布考核结果", "去公布", "结果已经确定，可以公布。"),
    "archive": ("归档", "去归档", "通报和证书都已生成，可以归档。"),
}
"""The title, the button and the words of the steps that belong to the page of the path."""


def year_path(year: int, figures: RegisterFigures, view: CycleView | None, today: date) -> YearPath:
    """The path of a year as it is today; `view` is None before the year is opened.

    Exactly one step is current until everything is done.
    """
    plain = [*_steps_before(figures, view), *_stage_steps(view), *_steps_after(view)]
    current = next((place for place, step in enumerate(plain) if step.state is StepState.CURRENT), None)
    steps = tuple(
        PathStep(step.key, step.title, step.detail, StepState.COMING)
        if current is not None and place > current and step.state is StepState.CURRENT
        else step
        for place, step in enumerate(plain)
    )
    key = steps[current].key if current is not None else "finished"
    next_step = _next_step(key, year, figures, view, today)
    return YearPath(year, steps, next_step, tuple(_to_do(figures, view, today)), figures)


def _steps_before(figures: RegisterFigures, view: CycleView | None) -> list[PathStep]:
    count = figures.total
    opened = f"{len(view.assessed):,} 个参评" if view else "—"
    return [
        PathStep("roster", "建立名册", f"{count:,} 个" if count else "—", _done_if(bool(count))),
        PathStep("open", "名册冻结", opened, _done_if(view is not None)),
    ]


def _stage_steps(view: CycleView | None) -> list[PathStep]:
    """A step for each stage, which may have more raters than a path has room for."""
    if view is None:
        return [PathStep("marks", "收评分表", "—", StepState.CURRENT)]
    return [
        _stage_step(stage, [each for each in view.progress if each.stage.code == stage.code])
        for stage in view.scheme.stages
    ]


def _stage_step(stage: Stage, raters: Sequence[RaterProgress]) -> PathStep:
    """It leads to the first rater who has not handed in everything."""
    states = [_rater_state(each) for each in raters]
    state = next((one for one in (StepState.CURRENT, StepState.PARTIAL) if one in states), StepState.DONE)
    first = raters[states.index(state)].rater.code
    given, expected = sum(each.delivered for each in raters), sum(each.expected for each in raters)
    return PathStep(f"marks:{first}", stage.name, f"{given:,} / {expected:,} 份", state)


def _rater_state(progress: RaterProgress) -> StepState:
    if not progress.delivered and not progress.incomplete:
        return StepState.CURRENT
    return StepState.DONE if progress.delivered == progress.expected else StepState.PARTIAL


def _steps_after(view: CycleView | None) -> list[PathStep]:
    computed = view is not None and view.cycle.state is not CycleState.OPEN and not view.stale
    return [
        PathStep("compute", "汇总计算", _computed_detail(view), _done_if(computed)),
        *_gate_steps(view),
        *_paper_steps(view, computed),
        PathStep(
            "archive", "归档", _day(view, CycleState.ARCHIVED), _done_if(_is_past(view, CycleState.ARCHIVED))
        ),
    ]


def _gate_steps(view: CycleView | None) -> list[PathStep]:
    """The steps between the results and the papers, the report only where the scheme asks for it."""
    gates = [
        ("report", "报备", CycleState.REPORTED),
        ("publish", "公示", CycleState.NOTICED),
        ("confirm", "确定结果", CycleState.CONFIRMED),
        ("announce", "公布", CycleState.ANNOUNCED),
    ]
    if view is None or not view.scheme.report_to:
        gates = gates[1:]
    return [
        PathStep(key, title, _day(view, state), _done_if(_is_past(view, state)))
        for key, title, state in gates
    ]


def _paper_steps(view: CycleView | None, computed: bool) -> list[PathStep]:
    standing = view.standing if view else ()
    notice = next((each for each in standing if each.kind == RESULTS_NOTICE), None)
    certificates = [each for each in standing if each.kind in CERTIFICATES]
    number = f"〔{notice.year}〕{notice.sequence}号" if notice else "—"
    count = f"{len(certificates)} 张" if certificates else "—"
    announced = _is_past(view, CycleState.ANNOUNCED)
    unasked = view is not None and announced and not any(each.award for each in view.results)
    return [
        PathStep("notice", "发文通报", number, _done_if(computed and notice is not None)),
        PathStep("certificates", "发放证书", count, _done_if(computed and (unasked or bool(certificates)))),
    ]


def _is_past(view: CycleView | None, state: CycleState) -> bool:
    order = tuple(CycleState)
    return view is not None and order.index(view.cycle.state) >= order.index(state)


def _day(view: CycleView | None, state: CycleState) -> str:
    if view is None or not _is_past(view, state):
        return "—"
    day = {
        CycleState.REPORTED: view.cycle.reported_on,
        CycleState.NOTICED: view.cycle.notice_until,
        CycleState.CONFIRMED: view.cycle.confirmed_on,
        CycleState.ANNOUNCED: view.cycle.announced_on,
        CycleState.ARCHIVED: view.cycle.archived_on,
    }[state][5:]
    return f"至 {day}" if state is CycleState.NOTICED else day


def _computed_detail(view: CycleView | None) -> str:
    if view is None or view.cycle.state is CycleState.OPEN:
        return "—"
    return "评分有改动" if view.stale else view.cycle.computed_at[5:10]


def _done_if(done: bool) -> StepState:
    return StepState.DONE if done else StepState.CURRENT


def _next_step(
    key: str, year: int, figures: RegisterFigures, view: CycleView | None, today: date
) -> NextStep:
    if view is None or key in ("roster", "open", "marks"):
        return _first_steps(key, year, figures)
    if key.startswith("marks"):
        given = sum(each.delivered for each in view.progress)
        total = sum(each.expected for each in view.progress)
        waiting = "、".join(
            each.rater.name for each in view.progress if _rater_state(each) is StepState.CURRENT
        )
        return NextStep(
            "收齐评分表", f"{waiting}还没有交评分表。", "import_scores", "导入评分表", given, total
        )
    if key == "compute":
        return _before_computing(view)
    if key in _GATES:
        return _at_gate(key, view, today)
    if key == "notice":
        return NextStep("印发考核结果通报", "结果已经公布，可以印发通报。", "notice", "生成通报")
    if key == "certificates":
        return NextStep("制作获奖证书", "通报已经编号，可以打印证书。", "certificates", "制作证书")
    return NextStep(f"{year}年度考核已办完", "已经归档，可随时查看每个得分的来历。", "results", "查看结果")


def _at_gate(key: str, view: CycleView, today: date) -> NextStep:
    title, verb, detail = _GATES[key]
    if key == "confirm":
        until = view.cycle.notice_until
        waiting = f"，{len(view.held)} 个对象的异议没有办结" if view.held else ""
        if today.isoformat() <= until:
            return NextStep(
                "正在公示", f"公示到 {until}{waiting}；期满后确定结果。", "cycle_path", "查看进度"
            )
        detail = f"公示已于 {until} 期满{waiting}，可以确定结果。"
    return NextStep(title, detail, "cycle_path", verb)


def _first_steps(key: str, year: int, figures: RegisterFigures) -> NextStep:
    if key == "roster":
        return NextStep("导入名册", "先列出新增、更改和有误的行，确认后才写入。", "import_roster", "导入名册")
    return NextStep(
        f"开启{year}年度考核",
        f"名册里有 {figures.total:,} 个组织，开启后按当天的名册考核。",
        "open_year",
        "开启考核",
    )


def _before_computing(view: CycleView) -> NextStep:
    missing = sum(len(each.missing) + len(each.incomplete) for each in view.progress)
    if view.stale:
        detail = "上次计算以后评分有改动，请重新计算。"
    elif missing:
        detail = f"还缺 {missing} 份完整的评分表；{view.scheme.gaps_words()}。"
    else:
        detail = "评分表已经收齐。"
    given = sum(each.delivered for each in view.progress)
    total = sum(each.expected for each in view.progress)
    return NextStep("计算考核结果", detail, "compute", "计算结果", given, total)


def _to_do(figures: RegisterFigures, view: CycleView | None, today: date) -> list[ToDo]:
    if view is None:
        return _register_to_do(figures, today)
    # Marks that are locked can be corrected no more: what they lack was agreed to when they were.
    marks = [] if _is_past(view, CycleState.REPORTED) else _marks_to_do(view)
    return [*marks, *_results_to_do(view), *_register_to_do(figures, today)]


def _marks_to_do(view: CycleView) -> list[ToDo]:
    waiting = []
    if view.issue_count:
        names = _some({sheet.subject_id for sheet in view.sheets if sheet.issues}, view)
        waiting.append(ToDo("error-warning", _issues_title(view), names, "待核对", "error", "issues", "更正"))
    for each in view.progress:
        late = len(each.missing) + len(each.incomplete)
        if late and _rater_state(each) is StepState.PARTIAL:
            names = _some({s.id for s in each.missing} | {s.subject_id for s in each.incomplete}, view)
            title = f"{each.rater.name}缺 {late} 份完整的评分表"
            waiting.append(
                ToDo("time", title, names, f"缺 {late}", "warn", f"marks:{each.rater.code}", "补录")
            )
    return waiting


def _results_to_do(view: CycleView) -> list[ToDo]:
    waiting = []
    if view.held:
        title = f"{len(view.held)} 个对象有异议没有办结"
        waiting.append(
            ToDo("scales-3", title, _some(set(view.held), view), "待处理", "error", "cycle_path", "处理")
        )
    undecided = [each for each in view.results if each.waits]
    if undecided and not view.stale:
        names = _some({each.subject_id for each in undecided}, view)
        title = f"{len(undecided)} 个对象并列，奖项待定"
        waiting.append(ToDo("scales-3", title, names, "待表决", "warn", "results", "查看"))
    open_results = [each for each in view.results if each.state is ResultState.INCOMPLETE]
    if open_results:
        names = _some({each.subject_id for each in open_results}, view)
        waiting.append(
            ToDo("time", f"{len(open_results)} 个对象结果未完成", names, "未完成", "warn", "results", "查看")
        )
    return waiting


def _issues_title(view: CycleView) -> str:
    uncounted = view.uncounted_marks
    aside = f"，其中 {uncounted} 处超出范围没有计入" if uncounted else ""
    return f"{view.issue_count} 处评分要核对{aside}"


def _register_to_do(figures: RegisterFigures, today: date) -> list[ToDo]:
    waiting = []
    led = {each.work_group_id for each in figures.lead_posts if is_held(each, today)}
    leaderless = [each.name for each in figures.work_groups if not each.lead_leader and each.id not in led]
    if leaderless:
        title = f"补 {len(leaderless)} 个专项推进组的牵头领导"
        waiting.append(ToDo("user-star", title, _listed(leaderless), "待补", "quiet", "groups", "去填写"))
    if unreachable := figures.unreachable:
        title = f"{len(unreachable)} 个组织没有联系电话"
        waiting.append(
            ToDo("contacts-book-2", title, _listed(unreachable), "不急", "quiet", "roster", "查看")
        )
    if unclassed := figures.unclassed:
        title = f"{len(unclassed)} 个组织没有类别，未归口"
        waiting.append(ToDo("price-tag-3", title, _listed(unclassed), "待补", "warn", "roster", "查看"))
    return waiting


def dated_to_do(overdue: Sequence[ToDoItem], this_week: Sequence[ToDoItem]) -> tuple[ToDo, ...]:
    """A line for what is overdue and one for what is due this week: tasks and the steps of filing matters."""
    waiting = []
    if overdue:
        titles = _listed([each.title for each in overdue])
        waiting.append(
            ToDo("error-warning", f"{len(overdue)} 件事逾期", titles, "逾期", "error", "todo", "查看")
        )
    if this_week:
        titles, title = _listed([each.title for each in this_week]), f"{len(this_week)} 件事本周到期"
        waiting.append(ToDo("calendar-check", title, titles, "本周", "info", "todo", "查看"))
    return tuple(waiting)


def _some(subject_ids: set[str], view: CycleView) -> str:
    return _listed([subject.name for subject in view.subjects if subject.id in subject_ids])


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:3])
    return f"{shown}等 {len(names)} 个" if len(names) > 3 else shown
