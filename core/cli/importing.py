"""Commands that import: what would happen, or what happened, row by row where a person must look."""

from collections.abc import Callable, Mapping, Sequence

from core.cli.invocation import Invocation
from core.cli.terminal import Answer
from core.errors import InvalidInput, Problem
from core.model.reading import TablePlace
from core.model.roster import PreviewRow, RosterColumn, RosterPreview, Verdict
from core.services.roster_import import RosterCounts, counts
from core.services.score_import import counts as score_counts
from core.services.services import Services

SOME_REFUSED = 1


def import_roster(services: Services, call: Invocation) -> Answer:
    """Import a roster, or with --dry-run show what importing it would do."""
    place = table_place(call, {each.label: each.value for each in RosterColumn})
    preview = services.roster_import.preview(call.file, place)
    came = counts(preview) if call.dry_run else services.roster_import.apply(preview)
    refused = preview.of(Verdict.REFUSED)
    lines = [
        f"{_verb(call)}“{preview.reading.file}”的工作表“{preview.reading.sheet}”："
        f"新增 {came.added}，更改 {came.changed}，相同 {came.same}，"
        f"重复 {came.duplicates}，有误 {came.refused}。"
    ]
    if preview.new_communities:
        names = "、".join(each.name for each in preview.new_communities)
        verb = "将新建" if call.dry_run else "新建了"
        lines.append(f"{verb} {len(preview.new_communities)} 个社区（村）：{names}")
    lines += [_duplicate(row) for row in preview.of(Verdict.DUPLICATE)]
    lines += [f"  {problem}" for row in refused for problem in row.problems]
    lines += _changes(preview)
    lines += unread_columns(preview.reading.unread_titles)
    lines += [
        f"  提示　{said.problem}"
        for row in preview.rows
        for said in row.row.remarks
        if said not in row.row.faults
    ]
    return Answer(_roster_data(preview, came, call.dry_run), tuple(lines), SOME_REFUSED if refused else 0)


def import_scores(services: Services, call: Invocation) -> Answer:
    """Import score sheets, or with --dry-run show what importing them would do."""
    preview = services.score_import.preview(call.year, call.file, call.cycle)
    came = score_counts(preview) if call.dry_run else services.score_import.apply(preview)
    lines = [
        f"{_verb(call)}“{preview.reading.file}”：评分表新增 {came.added} 份，"
        f"更改 {came.changed} 份，相同 {came.same} 份；"
        f"加减分和否决 {came.entries} 条；有误 {came.problems} 处。"
    ]
    lines += [f"  有误　{problem}" for problem in preview.reading.problems]
    lines += [f"  提示　{note}" for note in preview.reading.notes]
    lines += [f"  缺　　{rater}：{'、'.join(names)}" for rater, names in preview.missing if names]
    data = {
        "file": preview.reading.file,
        "year": preview.year,
        "stored": not call.dry_run,
        "added": came.added,
        "changed": came.changed,
        "same": came.same,
        "entries": came.entries,
        "problems": problem_data(preview.reading.problems),
        "notes": problem_data(preview.reading.notes),
        "missing": {rater: list(names) for rater, names in preview.missing},
    }
    return Answer(data, tuple(lines), SOME_REFUSED if came.problems else 0)


def unread_columns(titles: Sequence[str]) -> list[str]:
    """A line that names the columns that were left out; none where all were read."""
    if not titles:
        return []
    return [f"  提示　没有读取的列：{'、'.join(titles)}（可以用 --columns 指定）"]


def table_place(call: Invocation, names: Mapping[str, str]) -> TablePlace:
    """Where the options say the table is; `names` are those of the fields by their labels.

    Raises:
        InvalidInput: there is no such field, or it is given twice.
    """
    chosen = [words for _, words in call.columns]
    if unknown := [words for words in chosen if words not in names]:
        message = f"没有“{unknown[0]}”这一项。"
        raise InvalidInput("unknown_column", message, f"可以导入到：{'、'.join(names)}。")
    if twice := [words for words in chosen if chosen.count(words) > 1]:
        message = f"“{twice[0]}”写了不止一列。"
        raise InvalidInput("column_twice", message, "每一项只从一列导入，请只写一列。")
    mapping = {place: names[words] for place, words in call.columns}
    return TablePlace(call.sheet, call.header_row, mapping or None)


def _verb(call: Invocation) -> str:
    return "预览" if call.dry_run else "已导入"


def _changes(preview: RosterPreview) -> list[str]:
    return [f"  更改　{row.row.draft.name}：{_differences(row)}" for row in preview.of(Verdict.CHANGED)]


def _duplicate(row: PreviewRow) -> str:
    differs = f"，没有采用：{_differences(row)}" if row.changes else ""
    return f"  第 {row.row.number} 行与第 {row.duplicate_of} 行重复：{row.row.draft.name}{differs}"


def _differences(row: PreviewRow) -> str:
    return "，".join(f"{each.field} {each.old or '—'} → {each.new or '—'}" for each in row.changes)


def problem_data(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems with stable keys."""
    return [{"place": each.place, "message": each.message, "remedy": each.remedy} for each in problems]


def _roster_data(preview: RosterPreview, came: RosterCounts, dry_run: bool) -> dict[str, object]:
    return {
        "file": preview.reading.file,
        "sheet": preview.reading.sheet,
        "stored": not dry_run,
        "added": came.added,
        "changed": came.changed,
        "same": came.same,
        "duplicates": came.duplicates,
        "refused": came.refused,
        "unread_columns": list(preview.reading.unread_titles),
        "new_communities": [each.name for each in preview.new_communities],
        "rows": [
            {
                "row": row.row.number,
                "verdict": row.verdict.value,
                "name": row.row.draft.name,
                "duplicate_of": row.duplicate_of or None,
                "changes": [{"field": x.field, "old": x.old, "new": x.new} for x in row.changes],
                "problems": problem_data(row.problems),
                "notes": list(row.notes),
            }
            for row in preview.rows
        ],
    }


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "import roster": import_roster,
    "import scores": import_scores,
}
