"""The command of a year's whole set of papers, written into one folder."""

from collections.abc import Callable, Mapping, Sequence

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, progress, table
from core.model.year_papers import MadePaper, PlannedPaper, YearSet
from core.services.files import refuse_unwritable, write_files
from core.services.services import Services

NOT_AGREED = 3
"""The exit status where something is to be issued and nobody said yes."""


def year_papers(services: Services, call: Invocation) -> Answer:
    """Issue what is not issued, print everything; without a yes only tell what would be issued."""
    desk = services.year_papers
    wanted = YearSet(call.year, call.cycle, call.dated_on)
    plan = desk.plan(wanted)
    new = sum(each.new for each in plan.papers if each.paper.make.books)
    if new and not call.yes:
        return _asked(plan.papers, new)
    refuse_unwritable(call.output / "文书.pdf")
    made = desk.make(plan, progress, call.reason)
    files = [each.file for each in made if each.file]
    write_files(call.output, files)
    lines = [f"已在 {call.output} 里写好 {len(files)} 个文件，新发 {new} 份。", *_table(made)]
    data = {
        "folder": str(call.output),
        "issued": new,
        "papers": [_data(each.planned, each.file.name if each.file else "") for each in made],
        "bytes": sum(len(each.content) for each in files),
    }
    return Answer(data, tuple(lines))


def _asked(planned: Sequence[PlannedPaper], new: int) -> Answer:
    rows = [(each.name, each.number, str(each.count), each.state, each.nothing) for each in planned]
    found = [(each.name, finding) for each in planned for finding in each.findings]
    lines = table(("文书", "发文字号或编号", "份数", "状态", "说明"), rows, frozenset({2}))
    lines += [f"《{name}》{each}" for name, each in found]
    lines += [f"有 {new} 份还没有印发，什么也没有写。要印发并写成文件，请加 --yes。"]
    if found:
        lines += [f"印发前有 {len(found)} 处要核对；确实无误的，请加 --reason 写明理由。"]
    data = {"issued": 0, "to_issue": new, "papers": [_data(each, "") for each in planned]}
    return Answer(data, tuple(lines), NOT_AGREED)


def _table(made: Sequence[MadePaper]) -> list[str]:
    rows = [
        (
            each.planned.name,
            each.planned.number,
            str(each.planned.count),
            "不用" if each.planned.nothing else "新发" if each.planned.new else each.planned.state,
            each.file.name if each.file else each.planned.nothing,
        )
        for each in made
    ]
    return table(("文书", "发文字号或编号", "份数", "状态", "文件"), rows, frozenset({2}))


def _data(planned: PlannedPaper, file: str) -> dict[str, object]:
    return {
        "make": planned.paper.make.value,
        "code": planned.paper.code,
        "name": planned.name,
        "number": planned.number,
        "count": planned.count,
        "new": planned.new,
        "nothing": planned.nothing,
        "findings": [str(each) for each in planned.findings],
        "file": file,
    }


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "year-papers": year_papers,
}
