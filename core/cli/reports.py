"""Commands of the reports: as an Excel file or as PDF."""

from collections.abc import Callable, Mapping

from core.cli.invocation import Invocation
from core.cli.register import printed, written
from core.cli.terminal import Answer
from core.errors import InvalidInput, NotFound
from core.model.tables import OutSheet
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services

_CLASSES = "classes"


def export_report(services: Services, call: Invocation) -> Answer:
    """A report as an Excel file."""
    refuse_unwritable(call.output)
    sheet = _sheet(services, call)
    write_file(call.output, services.exports.sheet(sheet))
    return written(call, len(sheet.rows), "行")


def print_report(services: Services, call: Invocation) -> Answer:
    """A report as PDF."""
    sheet = _sheet(services, call)
    return printed(call, lambda: services.papers.table(sheet, sheet.title, sheet.subtitle))


def _sheet(services: Services, call: Invocation) -> OutSheet:
    if call.report == _CLASSES:
        return services.reports.classes(_classification(services, call.classification), call.as_of)
    if call.as_of or call.classification:
        raise InvalidInput(
            "not_of_this_report",
            "--as-of 和 --classification 只用于 classes（分类统计）。",
            "任务的两张报表按今天统计，请去掉这些选项。",
        )
    return services.reports.progress() if call.report == "progress" else services.reports.ticks()


def _classification(services: Services, name: str) -> str:
    """The id of the classification with this title; of the first one in force where none is named."""
    known = services.reports.classifications()
    found = [key for key, title in known if name in ("", title)]
    if not found:
        titles = "、".join(title for _, title in known) or "还没有"
        raise NotFound("classification_missing", f"没有分类标准“{name}”。", f"已有的：{titles}。")
    return found[0]


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "export report": export_report,
    "print report": print_report,
}
