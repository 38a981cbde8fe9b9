"""How the rows of an import preview are shown: verdict, old and new value, what will happen to the row.

VERDICTS[verdict].second, .badge, .icon, .token; PREVIEW_COLUMNS for a RecordTableModel[PreviewRow]
facts_of(draft, categories) -> what a row says, as pairs of words
differences(row, categories, summary) -> what the register and a refused row say, as triples of words
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.model.organization import Category, Organization
from core.model.reading import RemarkKind
from core.model.register import OrganizationSummary
from core.model.roster import FieldChange, OrganizationDraft, PreviewRow, RosterColumn, Verdict
from gui.pages.roster_columns import masked_phone, number_of
from gui.table_model import Column, TextRun
from gui.widgets.badge import BadgeFace

GAP = "　"
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class VerdictFace:
    """What is said of a verdict beside its word (`where` the rows would go), and its colours."""

    second: str
    badge: str
    icon: str
    token: str


VERDICTS = {
    Verdict.NEW: VerdictFace("{where}中没有", "info", "add-line", "info"),
    Verdict.CHANGED: VerdictFace("与{where}不同", "warn", "pencil-line", "warn"),
    Verdict.SAME: VerdictFace("不改动", "mute", "checkbox-circle-line", "text2"),
    Verdict.DUPLICATE: VerdictFace("表内重复", "line", "file-copy-2-line", "text2"),
    Verdict.REFUSED: VerdictFace("更正后再导", "err", "error-warning-line", "err"),
}


def badge_of(row: PreviewRow) -> BadgeFace:
    """The badge of a row's verdict."""
    face = VERDICTS[row.verdict]
    return BadgeFace(row.verdict.label, face.badge, face.icon)


def change_values(change: FieldChange) -> tuple[str, str]:
    """Old and new value as they are shown: numbers of people's phones masked."""
    if change.field != RosterColumn.PHONES.label:
        return change.old or NOTHING, change.new or NOTHING
    old, new = masked_phone(change.old), masked_phone(change.new)
    # Masked numbers that look alike would hide what changes.
    return (old, new) if old != new else (change.old or NOTHING, change.new or NOTHING)


def fault_texts(row: PreviewRow) -> tuple[str, ...]:
    """What is wrong with a row; the row number stands in its own column."""
    if row.row.faults:
        return tuple(f"{said.title}：{said.remark.message}" for said in row.row.faults)
    return tuple(problem.message for problem in row.problems)


def questions_of(row: PreviewRow) -> tuple[str, ...]:
    """What to look at although the row is taken."""
    asked = [said for said in row.row.remarks if said.remark.kind is RemarkKind.QUESTION]
    return tuple(f"{said.title}：{said.remark.message}" for said in asked)


def facts_of(draft: OrganizationDraft, categories: Sequence[Category]) -> tuple[tuple[str, str], ...]:
    """What a row says, in the order of the file's columns."""
    said = _said_by(draft, categories)
    return tuple((column.label, _shown(column, text)) for column, text in said.items() if text)


def differences(
    row: PreviewRow, categories: Sequence[Category], known: OrganizationSummary
) -> tuple[tuple[str, str, str], ...]:
    """Field, register, file: where a row that is not taken says something else than the register."""
    kept = _facts(known.organization, known.community, known.category)
    kept[RosterColumn.NAME] = known.organization.name
    kept[RosterColumn.NUMBER] = number_of(known.organization)
    said = {RosterColumn.NAME: row.row.draft.name, **_said_by(row.row.draft, categories)}
    said |= {each.column: each.text for each in row.row.faults}
    return tuple(
        (column.label, _shown(column, kept.get(column, "")) or NOTHING, _shown(column, text))
        for column, text in said.items()
        if text and text != kept.get(column, "")
    )


def _said_by(draft: OrganizationDraft, categories: Sequence[Category]) -> dict[RosterColumn, str]:
    names = {each.id: each.name for each in categories}
    return _facts(draft, draft.community, names.get(draft.category_id or "", ""))


def _shown(column: RosterColumn, text: str) -> str:
    return masked_phone(text) if column is RosterColumn.PHONES else text


def _facts(draft: OrganizationDraft | Organization, community: str, category: str) -> dict[RosterColumn, str]:
    return {
        RosterColumn.COMMUNITY: community,
        RosterColumn.CATEGORY: category,
        RosterColumn.STANDING: draft.standing.label if draft.standing else "",
        RosterColumn.FILING_NUMBER: draft.filing_number,
        RosterColumn.CREDIT_CODE: draft.credit_code,
        RosterColumn.FOUNDED_ON: str(draft.founded_on or ""),
        RosterColumn.STATUS: draft.status.label if draft.status else "",
        RosterColumn.PRINCIPAL: draft.principal,
        RosterColumn.POLITICAL_STATUS: draft.political_status,
        RosterColumn.PHONES: "、".join(draft.phones),
        RosterColumn.MEMBERS: _count(draft.members),
        RosterColumn.PARTY_MEMBERS: _count(draft.party_members),
        RosterColumn.VOLUNTEERS: _count(draft.volunteers),
        RosterColumn.PREMISES: draft.premises,
        RosterColumn.ACTIVITIES: _count(draft.activities),
        RosterColumn.VISITS: _count(draft.visits),
        RosterColumn.PREVIOUS_GRADE: draft.previous_grade,
        RosterColumn.REMARKS: draft.remarks,
    }


def _count(value: int | None) -> str:
    return "" if value is None else str(value)


def _content(row: PreviewRow) -> tuple[TextRun, ...]:
    if row.verdict is Verdict.REFUSED:
        return (TextRun("；".join(fault_texts(row)), "err"),)
    if row.verdict is Verdict.DUPLICATE:
        return (TextRun(f"与第 {row.duplicate_of} 行是同一组织{_differences(row)}", "quiet"),)
    asked = tuple(TextRun(f"{GAP}{text}", "warn") for text in (*questions_of(row), *row.notes))
    if row.verdict is Verdict.CHANGED:
        return tuple(run for change in row.changes for run in _change_runs(change)) + asked
    if row.verdict is Verdict.SAME:
        return (TextRun("与名册一致", "quiet"), *asked)
    return (TextRun(GAP.join(_new_facts(row.row.draft)), "quiet"), *asked)


def _differences(row: PreviewRow) -> str:
    fields = "、".join(change.field for change in row.changes)
    return f"，{fields}写法不同" if fields else "，内容相同"


def _change_runs(change: FieldChange) -> tuple[TextRun, ...]:
    old, new = change_values(change)
    return (
        TextRun(f"{change.field} ", "quiet"),
        TextRun(old, "old"),
        TextRun(" → ", "quiet"),
        TextRun(f"{new}{GAP}", "new"),
    )


def _new_facts(draft: OrganizationDraft) -> list[str]:
    standing = draft.standing.label if draft.standing else ""
    number = draft.credit_code or draft.filing_number
    principal = f"负责人 {draft.principal}" if draft.principal else ""
    return [word for word in (standing, number, principal) if word]


def _treatment(row: PreviewRow) -> str:
    if row.verdict is Verdict.DUPLICATE:
        return f"只留第 {row.duplicate_of} 行"
    return {
        Verdict.NEW: "导入",
        Verdict.CHANGED: "更改",
        Verdict.SAME: "不改动",
        Verdict.REFUSED: "不导入",
    }[row.verdict]


def _content_text(row: PreviewRow) -> str:
    return "".join(run.text for run in _content(row)).rstrip(GAP)


PREVIEW_COLUMNS: tuple[Column[PreviewRow], ...] = (
    Column(
        "行号",
        lambda row: str(row.row.number),
        width=68,
        align_right=True,
        quiet=True,
        sort_key=lambda row: row.row.number,
    ),
    Column(
        "判定",
        lambda row: row.verdict.label,
        width=92,
        sort_key=lambda row: tuple(VERDICTS).index(row.verdict),
        badges=lambda row: (badge_of(row),),
    ),
    Column("组织名称", lambda row: row.row.draft.name, width=216),
    Column(
        "内容\uff08旧值 → 新值，或问题\uff09",
        _content_text,
        key="content",
        width=560,
        stretch=True,
        runs=_content,
    ),
    Column("处理", _treatment, width=108, narrow=False, quiet=True),
)
