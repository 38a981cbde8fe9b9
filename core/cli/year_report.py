"""The commands of the statistics and of the year's report: PDF, Excel file, and the figures as JSON."""

from collections.abc import Callable, Mapping
from datetime import date

from core.cli.invocation import Invocation
from core.cli.terminal import Answer
from core.model.tables import OutValue
from core.model.year_report import ReportSection, YearReport
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services


def year_report(services: Services, call: Invocation) -> Answer:
    """The figures of a year, written to a file of the kind that its name says."""
    report = services.year_report.report(call.year, call.cycle)
    return _answer(report, call, _write(services, call))


def statistics(services: Services, call: Invocation) -> Answer:
    """The same with the register as of a day, today if none is given; written to a file if one is named."""
    day = call.as_of or services.clock().date()
    report = services.year_report.report(call.year, call.cycle, day)
    return _answer(report, call, _write(services, call, day) if call.output.name else None)


def _write(services: Services, call: Invocation, day: date | None = None) -> int:
    """Write the file; how many bytes it has."""
    desk = services.year_report
    makers = {".pdf": desk.paper, ".xlsx": desk.workbook}
    refuse_unwritable(call.output)
    content = makers[call.output.suffix.lower()](call.year, call.cycle, day)
    write_file(call.output, content)
    return len(content)


def _answer(report: YearReport, call: Invocation, size: int | None) -> Answer:
    made = f"已生成《{report.title}》：{call.output}" if size is not None else report.title
    lines = [made, f"  {report.note}"]
    lines += [f"  {each.title}　{each.sentence}" for each in report.sections]
    data = {
        **({} if size is None else {"file": str(call.output), "bytes": size}),
        "title": report.title,
        "year": report.year,
        "as_of": report.as_of and report.as_of.isoformat(),
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
    "statistics": statistics,
    "year-report": year_report,
}
