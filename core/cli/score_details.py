"""Commands that hand out how each result came about, and the lists that follow from the results."""

import json
from collections.abc import Callable

from core.cli.invocation import Invocation
from core.cli.outcome_json import result_json
from core.cli.register import printed
from core.cli.terminal import Answer
from core.model.result_list import ResultList
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services

JSON = ".json"


def print_details(services: Services, call: Invocation) -> Answer:
    """The steps of one subject, or of all, as PDF."""
    chosen = _chosen(services, call)
    return printed(call, lambda: services.results.details(call.year, chosen, call.cycle))


def export_details(services: Services, call: Invocation) -> Answer:
    """The same as an Excel file, or as JSON where the file is called so."""
    refuse_unwritable(call.output)
    chosen = _chosen(services, call)
    if call.output.suffix.lower() == JSON:
        content = _as_json(services, call, chosen)
    else:
        content = services.results.details_workbook(call.year, chosen, call.cycle)
    write_file(call.output, content)
    return Answer({"file": str(call.output), "bytes": len(content)}, (f"已写入 {call.output}",))


def export_lists(services: Services, call: Invocation) -> Answer:
    """All lists that follow from the results in one Excel file, a sheet for each."""
    refuse_unwritable(call.output)
    lists = services.results.lists(call.year, call.cycle)
    write_file(call.output, services.results.workbook(lists))
    said = [f"{each.kind.label}：{each.note if each.lines else each.nothing}" for each in lists]
    data = {"file": str(call.output), "lists": [_list(each) for each in lists]}
    return Answer(data, (*said, f"已写入 {call.output}"))


def _chosen(services: Services, call: Invocation) -> tuple[str, ...] | None:
    if not call.name:
        return None
    subject, _result = services.assessments.explain(call.year, call.name, call.cycle)
    return (subject.id,)


def _as_json(services: Services, call: Invocation, chosen: tuple[str, ...] | None) -> bytes:
    computed = services.assessments.outcome(call.year, call.cycle)
    cycle = computed.view.cycle
    details = [
        result_json(computed.explained(result), subject.name)
        for subject, result in computed.ordered()
        if chosen is None or subject.id in chosen
    ]
    data = {"year": cycle.year, "cycle": cycle.code, "digest": computed.outcome.digest, "results": details}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _list(one: ResultList) -> dict[str, object]:
    heads = [column.title for column in one.columns]
    rows = [[None if value is None else str(value) for value in line.values] for line in one.lines]
    return {"kind": one.kind.value, "title": one.title, "note": one.note, "columns": heads, "rows": rows}


COMMANDS: dict[str, Callable[[Services, Invocation], Answer]] = {
    "print score-details": print_details,
    "export score-details": export_details,
    "export result-lists": export_lists,
}
