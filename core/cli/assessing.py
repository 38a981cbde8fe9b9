"""Commands of the assessment: open, compute, show, explain."""

from collections.abc import Callable, Iterable, Mapping

from core.cli.invocation import Invocation
from core.cli.naming import in_codes
from core.cli.outcome_json import outcome_json, result_json
from core.cli.terminal import Answer, table
from core.errors import InvalidInput, StorageFailed
from core.model.assessment import Result, ResultState, Subject
from core.model.cycle_view import ComputedYear, CycleView, remark_of
from core.model.opening import Opening, Participant
from core.model.outcome import Outcome
from core.services.files import write_file
from core.services.services import Services

HEADS = ("名次", "考核对象", "所属社区（村）", "类别", "得分", "等次", "奖项或说明")
RIGHT = frozenset({0, 4})


def open_year(services: Services, call: Invocation) -> Answer:
    """Open a cycle, or with --dry-run show who would take part."""
    assessments = services.assessments
    named = _participants(services, call) if call.participants.name else ()
    weights = in_codes(call, services.schemes.scheme(call.scheme_code)).weights if call.weights else ()
    opening = Opening(call.scheme_code, call.cycle, call.title, tuple(weights), named)
    preview = assessments.preview_opening(call.year, opening)
    if not call.dry_run:
        assessments.open_year(call.year, opening)
    cycle, count = preview.cycle, len(preview.subjects)
    verb = "预览" if call.dry_run else "已开启"
    lines = [
        f"{verb} {call.year} 年度考核“{cycle.title}”（{cycle.code}）：对象 {count} 个，"
        f"参评 {count - len(preview.barred)} 个。"
    ]
    lines += [f"  不参评：{subject.name}（{subject.barred}）" for subject in preview.barred]
    lines += [f"  注意：{finding}" for finding in preview.findings]
    data = {
        "year": call.year,
        "cycle": cycle.code,
        "title": cycle.title,
        "scheme": preview.scheme.code,
        "stored": not call.dry_run,
        "findings": [str(finding) for finding in preview.findings],
        "subjects": count,
        "assessed": count - len(preview.barred),
        "not_assessed": [{"name": each.name, "reason": each.barred} for each in preview.barred],
    }
    return Answer(data, tuple(lines))


def _participants(services: Services, call: Invocation) -> tuple[Participant, ...]:
    """Those of a list; what is wrong with the file is trouble with a file, not with what was typed."""
    try:
        return services.assessments.read_participants(call.participants)
    except InvalidInput as error:
        raise StorageFailed(error.code, error.message_zh, error.remedy_zh) from error


def compute(services: Services, call: Invocation) -> Answer:
    """Compute a year."""
    computed = services.assessments.compute(call.year, call.cycle)
    data = outcome_data(computed) if call.json else {}
    return Answer(data, (*summary(computed), *_gaps(computed.view)))


def show_results(services: Services, call: Invocation) -> Answer:
    """List a year's results; with an output file also as Excel."""
    computed = services.assessments.outcome(call.year, call.cycle, trace=call.json)
    lines = [*result_table(computed), "", *summary(computed)]
    if call.output.name:
        write_file(call.output, services.exports.results(computed))
        lines.append(f"已写入 {call.output}")
    return Answer(outcome_data(computed), tuple(lines))


def explain(services: Services, call: Invocation) -> Answer:
    """Every step of one organization's result."""
    subject, result = services.assessments.explain(call.year, call.name, call.cycle)
    lines = [f"{subject.name}　{call.year}年度　{_figure(result)}"]
    for step in result.trace:
        lines += ["", f"【{step.rule}】{step.title}　→　{step.outcome}"]
        lines += [f"    {each.label}：{each.value}{_from(each.source)}" for each in step.inputs]
        lines += [f"    {line}" for line in step.working.splitlines()]
    data = {"year": call.year, **result_json(result, subject.name)}
    return Answer(data, tuple(lines))


def result_table(computed: ComputedYear) -> list[str]:
    """The results as aligned lines."""
    rows = [
        (
            str(result.rank or "—"),
            subject.name,
            subject.community,
            subject.category,
            "—" if result.final is None else str(result.final),
            result.grade or "—",
            remark_of(subject, result),
        )
        for subject, result in computed.ordered()
    ]
    return table(HEADS, rows, RIGHT)


def outcome_data(computed: ComputedYear) -> dict[str, object]:
    """The year's outcome with stable keys; the same form as `try-scheme` gives."""
    view = computed.view
    head = {
        "year": view.cycle.year,
        "cycle": view.cycle.code,
        "scheme": view.scheme.code,
        "faulty_marks": view.uncounted_marks,
        "to_check": view.issue_count,
    }
    return head | outcome_json(computed.outcome, view.subjects)


def summary(computed: ComputedYear) -> list[str]:
    """Grades, awards and money in a few lines."""
    counts, *lines = outcome_lines(computed.outcome, computed.view.subjects)
    check = f"数据校验码 {computed.outcome.digest[:8].upper()}"
    return [f"{computed.view.cycle.year} 年度{counts}", *lines, check]


def outcome_lines(outcome: Outcome, subjects: Iterable[Subject]) -> list[str]:
    """How many have each grade, then who won what, then the money."""
    names = {subject.id: subject.name for subject in subjects}
    lines = ["等次：" + "　".join(f"{each.grade} {each.count}" for each in outcome.grade_counts)]
    for award in outcome.awards:
        won = "、".join(names[each] for each in award.winners) or "空缺"
        among = f"（{award.category}）" if award.category else ""
        money = f"（每个 {_yuan(award.amount_fen)}）" if award.amount_fen else ""
        lines.append(f"{award.name}{among}：{won}{money}")
        if award.reason:
            lines.append(f"    空缺 {award.open_places} 个名额：{award.reason.label}")
        lines += [f"    并列待定：{names[each]}" for each in award.undecided]
    budget = "" if outcome.budget_fen is None else f" / 预算 {_yuan(outcome.budget_fen)}"
    lines.append(f"扶持资金合计 {_yuan(outcome.money_fen)}{budget}")
    return lines


def _yuan(fen: int) -> str:
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d} 元" if rest else f"{yuan:,} 元"


def _gaps(view: CycleView) -> list[str]:
    missing = sum(len(each.missing) + len(each.incomplete) for each in view.progress)
    unfinished = sum(each.state is ResultState.INCOMPLETE for each in view.results)
    lines = []
    if view.issue_count:
        aside = f"，其中 {view.uncounted_marks} 处没有计入" if view.uncounted_marks else ""
        lines.append(f"注意：{view.issue_count} 处评分要核对{aside}；请在程序“考核”页更正后重新计算。")
    if missing:
        results = f"；{unfinished} 个对象还没有结果" if unfinished else ""
        lines.append(f"注意：缺 {missing} 份完整的评分表；{view.scheme.gaps_words()}{results}。")
    return lines


def _figure(result: Result) -> str:
    if result.state is ResultState.NOT_ASSESSED:
        return "不参评"
    final = "未完成" if result.final is None else f"{result.final} 分"
    rank = f"第 {result.rank} 名" if result.rank else ""
    return "　".join(filter(None, (final, result.grade, rank, result.award)))


def _from(source: str) -> str:
    return f"（{source}）" if source else ""


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "assess open": open_year,
    "assess compute": compute,
    "assess show": show_results,
    "explain": explain,
}
