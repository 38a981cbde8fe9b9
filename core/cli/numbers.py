"""Commands of the register of numbers: list, gaps, skip, export."""

from collections.abc import Callable, Mapping, Sequence

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.errors import NotFound
from core.services.document_files import number_of
from core.services.files import write_file
from core.services.number_register import NumberRow, numbers_sheet, read_numbers
from core.services.services import Services


def list_numbers(services: Services, call: Invocation) -> Answer:
    """List the numbers that were given, with the gaps between them."""
    rows = _rows(services, call)
    cells = [
        (each.number, each.title, each.dated_on, each.recipient, each.state, each.remark) for each in rows
    ]
    shown = (
        table(("发文字号", "标题", "成文日期", "发给", "状态", "说明"), cells)
        if rows
        else ["登记簿里没有这样的号。"]
    )
    return Answer({"numbers": list(map(_data, rows))}, tuple(shown))


def gaps(services: Services, call: Invocation) -> Answer:
    """List the numbers that nothing stands for and nobody has explained."""
    rows = [each for each in _rows(services, call) if each.is_gap]
    lines = [f"{each.number}　没有用，也没有说明" for each in rows]
    data = [
        {"series": each.series, "year": each.year, "first": each.first, "last": each.last} for each in rows
    ]
    remedy = "用 numbers skip 登记空号，写明理由。"
    return Answer({"gaps": data}, (*lines, remedy) if lines else ("没有空号。",))


def skip(services: Services, call: Invocation) -> Answer:
    """Write down why a number stands for no paper."""
    paper = services.document_issue.skip(call.series, call.year, call.number, call.reason)
    number = number_of(paper)
    return Answer({"number": number, "reason": paper.reason}, (f"已登记空号：{number}（{paper.reason}）。",))


def receipt(services: Services, call: Invocation) -> Answer:
    """Write down that the receipts of letters came back."""
    known = {each.number: each.key for each in _rows(services, call) if not each.is_gap}
    missing = [each for each in call.numbers if each not in known]
    if missing:
        raise NotFound(
            "number_missing", f"登记簿里没有“{missing[0]}”。", "请照 numbers list 的写法写发文字号。"
        )
    day = call.dated_on or services.clock().date()
    papers = services.document_issue.record_receipts([known[each] for each in call.numbers], day)
    data = [{"number": number_of(each), "received_on": each.received_on} for each in papers]
    return Answer({"receipts": data}, (f"已登记 {len(papers)} 份回执，{day} 收回。",))


def export(services: Services, call: Invocation) -> Answer:
    """Write the register as an Excel file."""
    rows = _rows(services, call)
    write_file(call.output, services.exports.sheet(numbers_sheet(rows)))
    return Answer({"file": str(call.output), "rows": len(rows)}, (f"已导出 {len(rows)} 条：{call.output}",))


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "numbers list": list_numbers,
    "numbers gaps": gaps,
    "numbers skip": skip,
    "numbers receipt": receipt,
    "numbers export": export,
}


def _rows(services: Services, call: Invocation) -> Sequence[NumberRow]:
    papers = services.document_issue.papers(call.year)
    words = call.words.split()
    return [
        each
        for each in read_numbers(papers, services.document_templates.lines())
        if all(word in f"{each.number} {each.title} {each.recipient} {each.remark}" for word in words)
    ]


def _data(row: NumberRow) -> dict[str, object]:
    return {
        "number": row.number,
        "series": row.series,
        "year": row.year,
        "first": row.first,
        "last": row.last,
        "title": row.title,
        "genre": row.genre,
        "dated_on": row.dated_on,
        "recipient": row.recipient,
        "state": row.state,
        "gap": row.is_gap,
        "reason": row.reason,
        "received_on": row.received_on,
    }
