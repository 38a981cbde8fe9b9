"""The sheets beside the marks: 加减分及否决, and the weights as the file states them."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from core.model.assessment import EntryKind
from core.model.reading import Remark
from core.model.roster import RosterColumn
from core.model.scheme import plain
from core.model.score_import import EntryDraft, RaterFacts, ScoreRemark
from core.model.workbook import CellValue, RawSheet
from core.rules.cell_values import Read, fault, folded, is_none_word, name_key, note, read_text, shown
from core.rules.header_finding import Head, find_head, roster_meaning
from core.rules.score_numbers import read_points, read_share
from core.rules.subject_finding import SubjectFinder


class EntryRole(Enum):
    """What a column of the sheet of entries is."""

    NAME = "组织名称"
    COMMUNITY = "所属社区"
    KIND = "类型"
    POINTS = "分值"
    REASON = "事由"
    EVIDENCE = "证明材料"


class WeightRole(Enum):
    """What a column of the sheet of weights is."""

    RATER = "评分方"
    WEIGHT = "权重"


_ENTRY_TITLES = {
    "类型": EntryRole.KIND,
    "类别": EntryRole.KIND,
    "事项类型": EntryRole.KIND,
    "加减分": EntryRole.KIND,
    "分值": EntryRole.POINTS,
    "分数": EntryRole.POINTS,
    "加减分值": EntryRole.POINTS,
    "事由": EntryRole.REASON,
    "事项": EntryRole.REASON,
    "原因": EntryRole.REASON,
    "理由": EntryRole.REASON,
    "证明材料": EntryRole.EVIDENCE,
    "佐证材料": EntryRole.EVIDENCE,
    "依据": EntryRole.EVIDENCE,
}
_WEIGHT_TITLES = {
    "评分方": WeightRole.RATER,
    "评分主体": WeightRole.RATER,
    "评分单位": WeightRole.RATER,
    "考核主体": WeightRole.RATER,
    "权重": WeightRole.WEIGHT,
    "比例": WeightRole.WEIGHT,
    "占比": WeightRole.WEIGHT,
}
_KINDS = {
    "加分": EntryKind.BONUS,
    "奖励加分": EntryKind.BONUS,
    "减分": EntryKind.DEDUCTION,
    "扣分": EntryKind.DEDUCTION,
    "一票否决": EntryKind.VETO,
    "否决": EntryKind.VETO,
}
_HUNDREDTH = Decimal("0.01")


def head_of_entries(sheet: RawSheet) -> Head[EntryRole] | None:
    """The head of a sheet of entries: name, kind and reason."""
    wanted = {EntryRole.NAME, EntryRole.KIND, EntryRole.REASON}
    return find_head(sheet, _entry_meaning, lambda found: wanted <= found)


def head_of_weights(sheet: RawSheet) -> Head[WeightRole] | None:
    """The head of a sheet of weights: rater and weight."""
    return find_head(
        sheet, lambda titles: _WEIGHT_TITLES.get(folded(titles[-1])), lambda found: len(found) == 2
    )


def read_entries(
    sheet: RawSheet, head: Head[EntryRole], finder: SubjectFinder
) -> tuple[list[EntryDraft], list[ScoreRemark]]:
    """The entries of a sheet, and what there is to say about its rows."""
    entries: list[EntryDraft] = []
    remarks: list[ScoreRemark] = []
    for number, cells in enumerate(sheet.rows[head.below :], start=head.below + 1):
        row = {role: head.cell(cells, role) for role in EntryRole}
        name = shown(row[EntryRole.NAME]).strip()
        if not name or ":" in folded(name):
            continue
        found = finder.find(name, shown(row[EntryRole.COMMUNITY]))
        kind = _KINDS.get(folded(shown(row[EntryRole.KIND])))
        points = _read_amount(kind, row[EntryRole.POINTS])
        said = [(EntryRole.NAME, remark) for remark in found.remarks]
        if kind is None:
            said.append((EntryRole.KIND, fault("看不懂类型，没有读取", "请填写加分、减分或一票否决")))
        said += [(EntryRole.POINTS, remark) for remark in points.remarks]
        texts = {role: _read_words(role, row[role]) for role in (EntryRole.REASON, EntryRole.EVIDENCE)}
        said += [(role, remark) for role, read in texts.items() for remark in read.remarks]
        for role, remark in said:
            title = column.title if (column := head.column(role)) else role.value
            remarks.append(ScoreRemark(sheet.name, number, title, shown(row[role]).strip(), remark))
        if any(read.is_faulty for read in texts.values()):
            continue
        if found.value and kind and (points.value is not None or kind is EntryKind.VETO):
            entry = EntryDraft(
                found.value.id,
                kind,
                points.value,
                texts[EntryRole.REASON].value,
                texts[EntryRole.EVIDENCE].value,
                sheet.name,
                number,
            )
            entries.append(entry)
    return entries, remarks


def check_weights(
    sheet: RawSheet, head: Head[WeightRole], raters: Sequence[RaterFacts]
) -> Iterator[ScoreRemark]:
    """Where the file's weights are not the scheme's."""
    whole = sum((rater.weight for rater in raters), Decimal(0))
    known = {name_key(rater.name): rater for rater in raters}
    for number, cells in enumerate(sheet.rows[head.below :], start=head.below + 1):
        name = shown(head.cell(cells, WeightRole.RATER)).strip()
        cell = head.cell(cells, WeightRole.WEIGHT)
        if not name or is_none_word(shown(cell)) or folded(name) in ("合计", "总计"):
            continue
        rater = known.get(name_key(name))
        remark = _weight_remark(cell, rater, whole) if rater else _unknown_rater()
        if remark:
            yield ScoreRemark(sheet.name, number, name, shown(cell).strip(), remark)


def _weight_remark(cell: CellValue, rater: RaterFacts, whole: Decimal) -> Remark | None:
    share = read_share(cell)
    if share is None:
        return fault("不是权重", "请填写百分数，例如 30%")
    agreed = _percent(rater.weight / whole)
    if _percent(share) == agreed:
        return None
    return fault(f"与考核方案的权重 {agreed}% 不一致，计算时按考核方案", "请核对；要改权重，请修改考核方案")


def _percent(share: Decimal) -> str:
    """A share of one in percent, as far as it is told: a third is 33.33."""
    return plain((share * 100).quantize(_HUNDREDTH, ROUND_HALF_UP))


def _unknown_rater() -> Remark:
    return fault("考核方案里没有这个评分方", "请核对评分表与考核方案是否配套")


def _read_amount(kind: EntryKind | None, cell: CellValue) -> Read[Decimal | None]:
    """The amount of a bonus or deduction, positive however a deduction is written; a veto has none."""
    if kind is EntryKind.VETO:
        ignored = () if is_none_word(shown(cell)) else (note("一票否决不计分值"),)
        return Read(None, ignored)
    if kind is None:
        return Read(None)
    read = read_points(cell)
    if read.value is None:
        return Read(None, (fault("没有分值，没有读取", "请填写大于 0 的数字"),))
    if read.value == 0 or (read.value < 0 and kind is EntryKind.BONUS):
        return Read(None, (fault("分值应大于 0，没有读取", "请核对类型和分值"),))
    if read.value < 0:
        return Read(-read.value, (note(f"读作减 {plain(-read.value)} 分"),))
    return read


def _read_words(role: EntryRole, cell: CellValue) -> Read[str]:
    """The reason, which must be there, or the evidence of an entry."""
    read = read_text(cell)
    if read.is_faulty:
        why = read.remarks[0]
        return Read("", (fault(f"{why.message}，没有读取", why.remedy),))
    if not read.value and role is EntryRole.REASON:
        return Read("", (fault("没有写事由，没有读取", "请写明事由"),))
    return read


def _entry_meaning(titles: Sequence[str]) -> EntryRole | None:
    known = roster_meaning(titles)
    if known is RosterColumn.NAME:
        return EntryRole.NAME
    if known is RosterColumn.COMMUNITY:
        return EntryRole.COMMUNITY
    return _ENTRY_TITLES.get(folded(titles[-1]))
