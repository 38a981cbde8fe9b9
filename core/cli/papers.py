"""Commands that make papers: the results notice."""

from collections.abc import Callable, Mapping

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, progress
from core.services.document_opening import Wanted
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services


def results_notice(services: Services, call: Invocation) -> Answer:
    """Issue the results notice as PDF; where it cannot be put, no number is booked."""
    refuse_unwritable(call.output)
    wanted = Wanted("results-notice", call.year, call.cycle, dated_on=call.dated_on)
    printed = services.document_issue.paper(wanted, progress, call.reason)
    write_file(call.output, printed)
    document = services.document_issue.prepared(wanted).filled()
    title = "".join(document.title)
    data = {"file": str(call.output), "number": document.number, "title": title, "bytes": len(printed)}
    return Answer(data, (f"已生成《{title}》（{document.number}）：{call.output}",))


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "document results-notice": results_notice,
}
