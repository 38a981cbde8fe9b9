"""One rater's sheet: the rows of marks, checked against the full marks and the stated totals."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from core.model.assessment import MarkIssue
from core.model.reading import Remark, RemarkKind
from core.model.roster import RosterColumn
from core.model.scheme import plain
from core.model.score_import import IndicatorFacts, ScoreRemark, ScoreSheetDraft
from core.model.workbook import CellValue, RawSheet
from core.rules.cell_values import fault, folded, note, shown
from core.rules.header_finding import Head, find_head, roster_meaning
from core.rules.score_numbers import is_gap, read_points, units
from core.rules.subject_finding import SubjectFinder

_FULL_MARK = re.compile(r"\((?:满分)?(\d+(?:\.\d+)?)分?\)$")
_TOTALS = frozenset({"合计", "总分", "总计", "得分", "总得分", "合计得分", "小计", "平均", "平均分"})


class Role(Enum):
    """What a column of a rater's sheet is, if it is no indicator."""

    NAME = "name"
    COMMUNITY = "community"
    TOTAL = "total"


Meaning: TypeAlias = Role | int
"""An indicator is meant by its place among the indicators."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a cell holds: `points` that count, or points as `written` that do not; what there is to say."""

    points: Decimal | None = None
    written: Decimal | None = None
    remark: Remark | None = None


@dataclass(slots=True)
class RaterSheet:
    """A sheet of marks; `drafts` and `remarks` fill while it is read."""

    sheet: RawSheet
    head: Head[Meaning]
    indicators: Sequence[IndicatorFacts]
    drafts: list[ScoreSheetDraft] = field(default_factory=list)
    remarks: list[ScoreRemark] = field(default_factory=list)

    def read(self, rater: str, finder: SubjectFinder) -> None:
        """Take all rows as this rater's."""
        for remark, title in _head_remarks(self.head, self.indicators):
            self.remarks.append(ScoreRemark(self.sheet.name, self.head.below, title, "", remark))
        seen: dict[str, int] = {}
        for number, cells in enumerate(self.sheet.rows[self.head.below :], start=self.head.below + 1):
            name = shown(self.head.cell(cells, Role.NAME)).strip()
            if not name or folded(name) in _TOTALS:
                continue
            found = finder.find(name, shown(self.head.cell(cells, Role.COMMUNITY)))
            if ":" in folded(name) and found.value is None:
                continue  # 注：…, 填表人：… below the table
            for remark in found.remarks:
                self._say(number, Role.NAME, name, remark)
            subject = found.value
            if subject and subject.id in seen:
                twice = fault(f"与第 {seen[subject.id]} 行是同一个组织，这一行没有读取", "请删去多余的一行")
                self._say(number, Role.NAME, name, twice)
            elif subject:
                seen[subject.id] = number
                blank = (None,) * len(self.indicators)
                draft = ScoreSheetDraft(rater, subject.id, blank, self.sheet.name, number)
                self._take(draft, name, cells)

    def _take(self, draft: ScoreSheetDraft, name: str, cells: Sequence[CellValue]) -> None:
        given = [self.head.cell(cells, place) for place in range(len(self.indicators))]
        stated = self.head.cell(cells, Role.TOTAL)
        if all(is_gap(cell) for cell in given):
            words = _words((*given, stated))
            said = note(f"没有评分（{words or '整行空着'}）")
            self.remarks.append(ScoreRemark(self.sheet.name, draft.row, name, "", said))
            if words:
                self.drafts.append(replace(draft, remark=words))
            return
        marks = [_read_mark(cell, facts) for cell, facts in zip(given, self.indicators, strict=True)]
        issues: list[MarkIssue] = []
        for place, (cell, mark) in enumerate(zip(given, marks, strict=True)):
            issues += self._judge(draft.row, place, self.indicators[place].code, cell, mark.remark)
        issues += self._judge(draft.row, Role.TOTAL, "", stated, _total_remark(stated, marks))
        points = tuple(None if mark.points is None else units(mark.points) for mark in marks)
        self.drafts.append(replace(draft, marks=points, issues=tuple(issues)))

    def _judge(
        self, number: int, meaning: Meaning, code: str, cell: CellValue, remark: Remark | None
    ) -> list[MarkIssue]:
        """Keep the remark on a cell; a fault is an issue of the sheet too."""
        if remark is None:
            return []
        text = shown(cell).strip()
        self._say(number, meaning, text, remark)
        return [MarkIssue(code, text, remark.message)] if remark.kind is RemarkKind.FAULT else []

    def _say(self, number: int, meaning: Meaning, text: str, remark: Remark) -> None:
        column = self.head.column(meaning)
        self.remarks.append(
            ScoreRemark(self.sheet.name, number, column.title if column else "", text, remark)
        )


def _words(cells: Iterable[CellValue]) -> str:
    """What stands in a row instead of marks, each word once."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    return " ".join(dict.fromkeys(text for text in texts if text))


def head_of_marks(sheet: RawSheet, indicators: Sequence[IndicatorFacts]) -> Head[Meaning] | None:
    """The head of a rater's sheet: the organization's name and at least one indicator."""
    return find_head(
        sheet, _meaning_among(indicators), lambda found: Role.NAME in found and len(found - set(Role)) > 0
    )


def _meaning_among(indicators: Sequence[IndicatorFacts]) -> Callable[[Sequence[str]], Meaning | None]:
    places = {folded(facts.name): place for place, facts in enumerate(indicators)}

    def meaning(titles: Sequence[str]) -> Meaning | None:
        title = _FULL_MARK.sub("", folded(titles[-1]))
        if title in places:
            return places[title]
        if title in _TOTALS:
            return Role.TOTAL
        known = roster_meaning(titles)
        return (
            {RosterColumn.NAME: Role.NAME, RosterColumn.COMMUNITY: Role.COMMUNITY}.get(known)
            if known
            else None
        )

    return meaning


def _head_remarks(head: Head[Meaning], indicators: Sequence[IndicatorFacts]) -> Iterator[tuple[Remark, str]]:
    """Full marks that are not the scheme's, indicators that are missing, and columns that look like one."""
    for place, facts in enumerate(indicators):
        column = head.column(place)
        if column is None:
            yield fault("缺少这一列", "请按考核方案的指标补上"), facts.name
        elif (match := _FULL_MARK.search(folded(column.title))) and Decimal(match[1]) != facts.full:
            message = f"表头写满分 {match[1]} 分，考核方案是 {plain(facts.full)} 分，按考核方案检查"
            yield fault(message, "请核对评分表与考核方案是否配套"), facts.name
    for column in head.columns:
        if column.meaning is None and _FULL_MARK.search(folded(column.title)):
            yield (
                fault("考核方案里没有这项指标，这一列没有读取", "请核对评分表与考核方案是否配套"),
                column.title,
            )


def _read_mark(cell: CellValue, facts: IndicatorFacts) -> _Mark:
    if is_gap(cell):
        return _Mark(remark=note("缺这一项的分数"))
    read = read_points(cell)
    points = read.value
    if points is None:
        return _Mark(remark=read.remarks[0])
    if points > facts.full:
        said = fault(f"超过满分 {plain(facts.full)} 分，没有计入", "请核对后改正")
        return _Mark(written=points, remark=said)
    if points < 0:
        return _Mark(written=points, remark=fault("是负数，没有计入", "请核对后改正"))
    return _Mark(points, points, next(iter(read.remarks), None))


def _total_remark(stated: CellValue, marks: Sequence[_Mark]) -> Remark | None:
    """What there is to say about a stated total; a formula without a stored value states none."""
    if is_gap(stated):
        return None
    total = read_points(stated).value
    if total is None:
        return note("不是数字，合计按各项分数重新计算")
    written = [mark.written for mark in marks if mark.written is not None]
    actual = sum(written, Decimal(0))
    if total == actual:
        return None
    if len(written) < len(marks):
        return note(f"有缺项，各项之和是 {plain(actual)}，比合计少 {plain(total - actual)}")
    return fault(f"与各项之和 {plain(actual)} 不一致", "请核对各项分数，或核定合计")
