"""Commands of the schemes: list, check, out and in as files, try on a year that has marks."""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.model.scheme_draft import Table
from core.model.scheme_trial import Standing, TrialLine
from core.services.files import refuse_unwritable, write_file
from core.services.scheme_drafts import TEXT_SUFFIX, refuse_faulty
from core.services.services import Services

_HEADS = ("代码", "名称", "来自")


def list_schemes(services: Services, call: Invocation) -> Answer:
    """All schemes to choose from."""
    lines = services.schemes.all()
    rows = [
        (each.code, each.name, f"本单位，{each.loaded_at[:10]} 保存" if each.own else "随程序")
        for each in lines
    ]
    data = [
        {"code": each.code, "name": each.name, "own": each.own, "loaded_at": each.loaded_at} for each in lines
    ]
    return Answer({"schemes": data}, tuple(table(_HEADS, rows)))


def check(services: Services, call: Invocation) -> Answer:
    """Nothing to say, or all findings as an error."""
    draft = _draft(services, call.name)
    _refuse_faulty(services, draft, call.name)
    return Answer({"code": draft.word("code"), "problems": []}, (f"《{draft.word('name')}》没有问题。",))


def export(services: Services, call: Invocation) -> Answer:
    """A scheme as text or, where the file ends so, as a workbook."""
    refuse_unwritable(call.output)
    draft = _draft(services, call.name)
    write_file(call.output, services.scheme_drafts.as_file(draft, call.output.suffix))
    data = {"code": draft.word("code"), "file": str(call.output)}
    return Answer(data, (f"已把《{draft.word('name')}》写入 {call.output}",))


def import_file(services: Services, call: Invocation) -> Answer:
    """Keep a file as the latest version of its scheme."""
    draft = services.scheme_drafts.of_file(call.file)
    _refuse_faulty(services, draft, call.file.name)
    if call.dry_run:
        return Answer({"code": draft.word("code"), "kept": False}, ("没有问题，可以导入；没有写入。",))
    line = services.scheme_drafts.save(draft)
    words = f"已保存方案《{line.name}》（{line.code}），以后开启的考核用它；已开启的不变。"
    return Answer({"code": line.code, "kept": True}, (words,))


def try_on(services: Services, call: Invocation) -> Answer:
    """Who would get another grade or award if a year had been assessed by this scheme."""
    draft = _draft(services, call.name)
    _refuse_faulty(services, draft, call.name)
    trial = services.scheme_drafts.try_on(draft, call.year, call.cycle)
    sheet = services.scheme_drafts.trial_table(trial)
    rows = [["" if value is None else str(value) for value in row] for row in sheet.rows]
    lines = [sheet.title, sheet.subtitle]
    if rows:
        lines += ["", *table([column.title for column in sheet.columns], rows)]
    data = {
        "year": trial.year,
        "scheme": trial.scheme,
        "money_before_fen": trial.money_before_fen,
        "money_after_fen": trial.money_after_fen,
        "remarks": list(trial.remarks),
        "changes": [_change(line) for line in trial.moved],
    }
    return Answer(data, tuple(lines))


def _draft(services: Services, name: str) -> Table:
    """The draft in a file, or the latest scheme with this code: a file has an ending."""
    path = Path(name)
    drafts = services.scheme_drafts
    return drafts.of_file(path) if path.suffix else drafts.of_scheme(name)


def _refuse_faulty(services: Services, draft: Table, name: str) -> None:
    """Name the keys as the file does: the author of a text looks for `full`, not for 满分."""
    in_text = Path(name).suffix.lower() == TEXT_SUFFIX
    refuse_faulty(services.scheme_drafts.findings(draft), in_text=in_text)


def _change(line: TrialLine) -> dict[str, object]:
    return {"name": line.name, "before": _standing(line.before), "after": _standing(line.after)}


def _standing(standing: Standing) -> dict[str, object]:
    final = None if standing.final is None else str(standing.final)
    return {"final": final, "grade": standing.grade, "rank": standing.rank, "award": standing.award}


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "scheme list": list_schemes,
    "scheme check": check,
    "scheme export": export,
    "scheme import": import_file,
    "scheme try": try_on,
}
