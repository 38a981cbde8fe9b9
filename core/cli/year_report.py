"""The command of the year's report: as PDF or as an Excel file, and its figures as JSON."""

from collections.abc import Callable, Mapping

from core.cli.invocation import Invocation
from core.cli.terminal import Answer
from core.errors import InvalidInput
from core.model.tables import OutValue
from core.model.year_report import ReportSection
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services


def year_report(services: Services, call: Invocation) -> Answer:
    """The figures of a year, written to a file of the kind that its name says."""
    desk = services.year_report
    makers = {".pdf": desk.paper, ".xlsx": desk.workbook}
    make = makers.get(call.output.suffix.lower())
    if make is None:
        raise InvalidInput("unknown_kind", f"写不出“{call.output.name}”。", "文件名请以 .pdf 或 .xlsx 结尾。")
    refuse_unwritable(call.output)
    report = desk.report(call.year, call.cycle)
    content = make(call.year, call.cycle)
    write_file(call.output, content)
    lines = [f"已生成《{report.title}》：{call.output}", f"  {report.note}"]
    lines += [f"  {each.title}　{each.sentence}" for each in report.sections]
    data = {
        "file": str(call.output),
        "bytes": len(content),
        "title": report.title,
        "year": report.year,
        "note": report.note,
        "sections": [_data(each) for each in report.sections],
    }
    return Answer(data, tuple(lines))


def _data(section: ReportSection) -> dict[str, object]:
    return {
        "code": section.code,
        "title": section.title,
        "sentence": section.sentence,
        "columns": [column.title for column in section.sheet.columns],
        "rows": [[_plain(value) for value in row] for row in section.sheet.rows],
    }


def _plain(value: OutValue) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "year-report": year_report,
}
