"""Commands of the register: ledgers in and out, the roster as of a day, papers, the log and undoing."""

from collections.abc import Callable, Mapping

from core.cli.importing import SOME_REFUSED, problem_data, table_place, unread_columns
from core.cli.invocation import Invocation
from core.cli.terminal import Answer, table
from core.model.ledger_view import LedgerPreview
from core.model.ledgers import LEDGERS
from core.model.roster import Verdict
from core.services.files import refuse_unwritable, write_file
from core.services.services import Services


def import_ledger(services: Services, call: Invocation) -> Answer:
    """Import a table into a ledger, or with --dry-run show what importing it would do."""
    ledger = LEDGERS[call.ledger]
    place = table_place(call, {each.label: each.name for each in services.ledgers.fields(ledger)})
    preview = services.ledgers.preview(call.file, ledger, place)
    if not call.dry_run:
        services.ledgers.apply(preview)
    counts = {verdict: len(preview.of(verdict)) for verdict in Verdict}
    verb = "预览" if call.dry_run else "已导入"
    said = "，".join(f"{verdict.label} {count}" for verdict, count in counts.items())
    refused = preview.of(Verdict.REFUSED)
    lines = [f"{verb}“{preview.reading.file}”的工作表“{preview.reading.sheet}”：{said}。"]
    # What is wrong with a whole column is not said again of each of its rows.
    of_rows = [problem for line in refused for problem in line.problems]
    lines += [f"  {problem}" for problem in preview.reading.problems or of_rows]
    lines += [f"  提示　{note}" for note in preview.reading.notes]
    lines += unread_columns(preview.reading.unread_titles)
    data = {verdict.value: count for verdict, count in counts.items()} | {
        "file": preview.reading.file,
        "sheet": preview.reading.sheet,
        "stored": not call.dry_run,
        "unread_columns": list(preview.reading.unread_titles),
        "rows": _rows(preview),
    }
    return Answer(data, tuple(lines), SOME_REFUSED if refused else 0)


def _rows(preview: LedgerPreview) -> list[dict[str, object]]:
    return [
        {
            "row": line.row.number,
            "verdict": line.verdict.value,
            "changes": [{"field": x.field, "old": x.old, "new": x.new} for x in line.changes],
            "problems": problem_data(line.problems),
        }
        for line in preview.lines
    ]


def export_roster(services: Services, call: Invocation) -> Answer:
    """The roster, now or as of a day, as an Excel file."""
    refuse_unwritable(call.output)
    if call.template:
        write_file(call.output, services.exports.sheet(services.register.template()))
        return Answer({"file": str(call.output)}, (f"已写出花名册的空白模板：{call.output}",))
    day = call.as_of
    register = services.versions.register_as_of(day) if day else services.register.register()
    office = services.setup.office()
    when = f"（{day.year}年{day.month}月{day.day}日）" if day else ""
    title = f"{office.name if office else ''}社会组织名册{when}"
    write_file(call.output, services.exports.roster(register.organizations, title, publication=call.public))
    return written(call, len(register.organizations), "个社会组织")


def export_ledger(services: Services, call: Invocation) -> Answer:
    """A whole ledger, now or as of a day, as an Excel file; with --template an empty one to fill in."""
    refuse_unwritable(call.output)
    ledger = LEDGERS[call.ledger]
    if call.template:
        write_file(call.output, services.exports.sheet(services.ledgers.template(ledger)))
        return Answer({"file": str(call.output)}, (f"已写出“{ledger.label}”的空白模板：{call.output}",))
    ids = services.ledgers.find(ledger, day=call.as_of)
    sheet = services.ledgers.export(ledger, ids, publication=call.public, masked=True, day=call.as_of)
    write_file(call.output, services.exports.sheet(sheet))
    return written(call, len(ids), f"条{ledger.label}")


def print_roster(services: Services, call: Invocation) -> Answer:
    """The roster as PDF."""
    return printed(call, services.papers.roster)


def print_ledger(services: Services, call: Invocation) -> Answer:
    """A whole ledger, now or as of a day, as PDF."""
    ledger = LEDGERS[call.ledger]
    names = [each.name for each in ledger.fields if each.listed]

    def make() -> bytes:
        ids = services.ledgers.find(ledger, day=call.as_of)
        sheet = services.ledgers.export(
            ledger, ids, publication=False, masked=True, names=names, day=call.as_of
        )
        when = f"{call.as_of} 的内容　" if call.as_of else ""
        return services.papers.table(sheet, f"{ledger.label}台账", f"{when}共 {len(ids):,} 条")

    return printed(call, make)


def print_booklet(services: Services, call: Invocation) -> Answer:
    """The work groups with their people, organizations and papers as PDF."""
    return printed(call, services.papers.booklet)


def print_missing(services: Services, call: Invocation) -> Answer:
    """Who lacks which papers, as PDF."""
    return printed(call, services.papers.missing_papers)


def print_cards(services: Services, call: Invocation) -> Answer:
    """A card for each community as PDF."""
    return printed(call, services.papers.community_card)


def print_form(services: Services, call: Invocation) -> Answer:
    """The filing form of one organization as PDF."""
    organization = services.register.named(call.name)
    return printed(call, lambda: services.papers.filing_form(organization.id))


def printed(call: Invocation, make: Callable[[], bytes]) -> Answer:
    """Make a PDF and put it where it was asked for."""
    refuse_unwritable(call.output)
    content = make()
    write_file(call.output, content)
    return Answer({"file": str(call.output), "bytes": len(content)}, (f"已生成：{call.output}",))


def written(call: Invocation, count: int, what: str) -> Answer:
    """Say how much was written, and where."""
    return Answer({"file": str(call.output), "rows": count}, (f"已写出 {count} {what}：{call.output}",))


def show_log(services: Services, call: Invocation) -> Answer:
    """The newest acts, and which of them can be undone."""
    acts = services.versions.undoable(call.limit)
    heads = ("序号", "时间", "谁", "做了什么", "改动", "能否撤销")
    rows = [
        (
            str(each.act.number),
            f"{each.act.at:%Y-%m-%d %H:%M}",
            each.act.actor,
            each.act.verb,
            str(each.act.change_count),
            "可以" if each.can_undo else "不能",
        )
        for each in acts
    ]
    data = {
        "acts": [
            {
                "number": each.act.number,
                "at": each.act.at.isoformat(),
                "actor": each.act.actor,
                "verb": each.act.verb,
                "reason": each.act.reason,
                "changes": each.act.change_count,
                "can_undo": each.can_undo,
            }
            for each in acts
        ]
    }
    return Answer(data, tuple(table(heads, rows, frozenset({0, 4}))))


def undo(services: Services, call: Invocation) -> Answer:
    """Undo one act; undoing an undoing does it again."""
    act = services.versions.undo(call.number)
    return Answer(
        {"number": act.number, "verb": act.verb}, (f"已做：{act.verb}（第 {act.number} 号操作）。",)
    )


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "import ledger": import_ledger,
    "export roster": export_roster,
    "export ledger": export_ledger,
    "print roster": print_roster,
    "print ledger": print_ledger,
    "print booklet": print_booklet,
    "print missing-papers": print_missing,
    "print community-cards": print_cards,
    "print filing-form": print_form,
    "undo": undo,
}
