"""Commands of the score sheets: send out, take back, ask for what is missing."""

from collections.abc import Callable, Iterator, Mapping

from core.cli.importing import SOME_REFUSED, problem_data
from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.model.score_form import ReturnedFile, ReturnState, TakenBack
from core.services.files import write_file
from core.services.score_import import counts
from core.services.services import Services

_TAKEN = (ReturnState.INCOMPLETE, ReturnState.COMPLETE)
_NOT_TAKEN = (ReturnState.REFUSED, ReturnState.TWICE)


def send_out(services: Services, call: Invocation) -> Answer:
    """Write a score sheet for every rater into a folder."""
    paths = services.score_sheets.send_out(call.year, call.output, call.cycle)
    lines = (f"已把 {len(paths)} 份评分表写入 {call.output}：", *(f"  {path.name}" for path in paths))
    return Answer({"year": call.year, "files": [str(path) for path in paths]}, lines)


def take_back(services: Services, call: Invocation) -> Answer:
    """Take score sheets back, or with --dry-run show what taking them back would do."""
    taken = services.score_sheets.take_back(call.year, call.files, call.cycle)
    preview = taken.preview
    came = counts(preview) if call.dry_run else services.score_import.apply(preview)
    verb = "可以收回" if call.dry_run else "已收回"
    count = sum(each.state in _TAKEN for each in taken.files)
    lines = [
        f"{len(taken.files)} 个文件，{verb} {count} 份评分表：新增评分 {came.added} 份，"
        f"更改 {came.changed} 份，相同 {came.same} 份；加减分和否决 {came.entries} 条；"
        f"有误 {came.problems} 处。",
        *(line for each in taken.files for line in _told(each)),
        *(f"  有误　{problem}" for problem in preview.reading.problems),
    ]
    if taken.missing:
        lines.append(f"还没有交：{'、'.join(taken.missing)}")
    kept_out = any(each.state in _NOT_TAKEN for each in taken.files)
    return Answer(_data(taken, call), tuple(lines), SOME_REFUSED if kept_out or came.problems else 0)


def show_missing(services: Services, call: Invocation) -> Answer:
    """List the raters who owe sheets; with an output file also as PDF or Excel."""
    sheet = services.score_sheets.missing(call.year, call.cycle)
    lines = [sheet.subtitle]
    if sheet.rows:
        rows = [["" if value is None else str(value) for value in row] for row in sheet.rows]
        lines += table([column.title for column in sheet.columns], rows, frozenset({0, 4, 5}))
    if call.output.name and not sheet.rows:
        lines.append(f"都交齐了，没有要催的；没有写 {call.output.name}。")
    elif call.output.name:
        is_table = call.output.suffix.lower() == ".xlsx"
        content = (
            services.exports.sheet(sheet)
            if is_table
            else services.papers.table(sheet, sheet.title, sheet.subtitle)
        )
        write_file(call.output, content)
        lines.append(f"已写入 {call.output}")
    keys = ("stage", "rater", "due_on", "expected", "delivered", "owed")
    late = [dict(zip(keys, row[1:], strict=True)) for row in sheet.rows]
    return Answer({"year": call.year, "late": late}, tuple(lines))


def _told(file: ReturnedFile) -> Iterator[str]:
    count = f"{file.given}/{file.expected}" if file.expected else ""
    yield "　".join(filter(None, (f"  {file.state.label}", file.path.name, file.rater, count)))
    if file.why:
        yield f"        {file.why}{file.remedy and '——'}{file.remedy}"
    yield from (f"        表外改动：{change}" for change in file.changes)


def _data(taken: TakenBack, call: Invocation) -> dict[str, object]:
    came = counts(taken.preview)
    return {
        "year": call.year,
        "stored": not call.dry_run,
        "added": came.added,
        "changed": came.changed,
        "same": came.same,
        "entries": came.entries,
        "files": [
            {
                "file": str(each.path),
                "rater": each.rater,
                "state": each.state.value,
                "given": each.given,
                "expected": each.expected,
                "changed_outside": list(each.changes),
                "message": each.why,
                "remedy": each.remedy,
            }
            for each in taken.files
        ],
        "problems": problem_data(taken.preview.reading.problems),
        "missing_raters": list(taken.missing),
    }


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "sheets out": send_out,
    "sheets back": take_back,
    "sheets missing": show_missing,
}
