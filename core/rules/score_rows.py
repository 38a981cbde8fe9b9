"""One rater's sheet: the rows of marks, checked against the full marks and the stated totals."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from itertools import repeat
from operator import getitem
from typing import TypeAlias

from core.model.assessment import MarkIssue
from core.model.in_bulk import made_of
from core.model.reading import Remark, RemarkKind
from core.model.roster import RosterColumn
from core.model.scheme import Indicator, plain
from core.model.score_import import ScoreRemark, ScoreSheetDraft, SubjectFacts
from core.model.workbook import CellValue, RawSheet
from core.rules.cell_values import Read, fault, folded, note, question, shown
from core.rules.exact import UNIT, to_units
from core.rules.header_finding import Head, find_head, head_at, roster_meaning
from core.rules.leaf_marks import allows
from core.rules.score_numbers import is_gap, read_points

_FULL_MARK = re.compile(r"\((?:满分)?(\d+(?:\.\d+)?)分?\)$")
_RECUSALS = frozenset({"回避", "回避原因", "回避理由"})
_LARGEST = 1e6
_NUMBERS = {float}
_TOTALS = frozenset({"合计", "总分", "总计", "得分", "总得分", "合计得分", "小计", "平均", "平均分"})


class Role(Enum):
    """What a column of a rater's sheet is, if it is no indicator."""

    NAME = "name"
    COMMUNITY = "community"
    TOTAL = "total"
    RECUSAL = "recusal"


Meaning: TypeAlias = Role | int
"""An indicator is meant by its place among the indicators."""
FindSubject: TypeAlias = Callable[[int, str, str], Read[SubjectFacts | None]]
"""The subject that a row's number, name and community mean."""


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
    indicators: Sequence[Indicator]
    drafts: list[ScoreSheetDraft] = field(default_factory=list)
    remarks: list[ScoreRemark] = field(default_factory=list)

    def read(self, rater: str, find: FindSubject, sent: Sequence[SubjectFacts] = ()) -> bool:
        """Take all rows as this rater's; whether they begin with the subjects that were `sent`, in order."""
        reader = _RowReader(self)
        for remark, title in reader.remarks:
            self.remarks.append(ScoreRemark(self.sheet.name, self.head.below, title, "", remark))
        as_sent = reader.take_sent(rater, sent)
        first = self.head.below + 1
        done = len(sent) if as_sent else 0
        seen = dict(zip([subject.id for subject in sent[:done]], range(first, first + done), strict=True))
        for number, cells in enumerate(self.sheet.rows[self.head.below + done :], first + done):
            row = (*cells, *reader.padding)
            name = shown(row[reader.name]).strip()
            subject = self._subject(number, name, shown(row[reader.community]), find) if name else None
            if subject and subject.id in seen:
                twice = fault(f"与第 {seen[subject.id]} 行是同一个对象，这一行没有读取", "请删去多余的一行")
                self.say(number, Role.NAME, name, twice)
            elif subject:
                seen[subject.id] = number
                reader.take(rater, subject, number, row)
        return as_sent

    def _subject(self, number: int, name: str, community: str, find: FindSubject) -> SubjectFacts | None:
        """Whom a row is about; nobody where it is none of the table's."""
        found = find(number, name, community)
        if found.value is None and ((key := folded(name)) in _TOTALS or ":" in key):
            return None  # 注：…, 填表人：… below the table
        for remark in found.remarks:
            self.say(number, Role.NAME, name, remark)
        return found.value

    def say(self, number: int, meaning: Meaning, text: str, remark: Remark) -> None:
        """Keep what there is to say about a cell."""
        column = self.head.column(meaning)
        self.remarks.append(
            ScoreRemark(self.sheet.name, number, column.title if column else "", text, remark)
        )


class _RowReader:
    """Reads the rows of one sheet; what is usual, marks that may stand and nothing else, at first sight."""

    def __init__(self, target: RaterSheet) -> None:
        self._target = target
        self._indicators = target.indicators
        layout = _layout(target.head, tuple(target.indicators))
        self.padding, self.remarks = layout.padding, layout.remarks
        self.name, self.community = layout.name, layout.community
        self._total, self._recusal = layout.total, layout.recusal
        self._places, self._marks = layout.places, layout.marks
        among = frozenset(layout.places)
        self._formulas = {place for place in target.sheet.formulas if place[1] in among}
        self._formula_rows = {row + 1 for row, _ in self._formulas}

    def take_sent(self, rater: str, sent: Sequence[SubjectFacts]) -> bool:
        """Take the first rows if they name just these subjects in order, by columns; whether they do."""
        below, sheet = self._target.head.below, self._target.sheet
        rows = sheet.rows[below : below + len(sent)]
        if len(set(map(len, rows))) != 1:
            return False
        # A column that is missing is found in the padding.
        columns = [*zip(*rows, strict=True), *repeat((None,) * len(rows), len(self.padding))]
        if columns[self.name] != tuple([subject.name for subject in sent]):
            return False
        usual = self._plain_rows(columns)
        if not self._formula_rows and None not in usual:
            ids, numbers = [subject.id for subject in sent], range(below + 1, below + 1 + len(sent))
            members = (
                repeat(rater),
                ids,
                usual,
                repeat(sheet.name),
                numbers,
                repeat(()),
                repeat(""),
                repeat(""),
            )
            self._target.drafts += made_of(ScoreSheetDraft, *members)
            return True
        for number, (subject, row, marks) in enumerate(zip(sent, rows, usual, strict=True), below + 1):
            if marks is None or number in self._formula_rows:
                self.take(rater, subject, number, (*row, *self.padding))
            else:
                self._target.drafts.append(ScoreSheetDraft(rater, subject.id, marks, sheet.name, number))
        return True

    def _plain_rows(self, columns: Sequence[Sequence[CellValue]]) -> Sequence[tuple[int, ...] | None]:
        """What `_plain_marks` gives for each row; None as well where a recusal is said."""
        known = [marks.of_all(columns[place]) for marks, place in zip(self._marks, self._places, strict=True)]
        totals = columns[self._total]
        if not any(columns[self._recusal]) and not any(-1 in column for column in known):
            rows = list(zip(*known, strict=True))
            if totals.count(None) == len(totals) or list(map(_plain_units, totals)) == list(map(sum, rows)):
                return rows
        return [
            marks
            if not recusal and -1 not in marks and (stated is None or _plain_units(stated) == sum(marks))
            else None
            for marks, stated, recusal in zip(
                zip(*known, strict=True), columns[self._total], columns[self._recusal], strict=True
            )
        ]

    def take(self, rater: str, subject: SubjectFacts, number: int, row: Sequence[CellValue]) -> None:
        """Make the draft of a row that has its padding."""
        target = self._target
        given = [row[place] for place in self._places]
        stated, recusal = row[self._total], row[self._recusal]
        marks = None if recusal or number in self._formula_rows else self._plain_marks(given, stated)
        if marks is not None:
            target.drafts.append(ScoreSheetDraft(rater, subject.id, marks, target.sheet.name, number))
            return
        draft = ScoreSheetDraft(rater, subject.id, (None,) * len(given), target.sheet.name, number)
        words = shown(recusal).strip()
        if all(map(is_gap, given)):
            self._take_words(draft, subject.name, (*given, stated), words)
            return
        if words:
            said = fault("既打了分，又写了回避原因，按打分计", "要回避的，请清空这一行的得分")
            target.say(number, Role.RECUSAL, words, said)
        self._take_marks(draft, given, stated)

    def _plain_marks(self, given: Sequence[CellValue], stated: CellValue) -> tuple[int, ...] | None:
        """The marks if all are numbers that may stand and make the stated total; None for a closer look."""
        if set(map(type, given)) != _NUMBERS:
            return None
        marks = tuple(map(getitem, self._marks, given))
        if -1 in marks or (stated is not None and _plain_units(stated) != sum(marks)):
            return None
        return marks

    def _take_words(
        self, draft: ScoreSheetDraft, name: str, cells: Sequence[CellValue], recusal: str
    ) -> None:
        """A row without a mark: a recusal, or words in place of marks, or nothing."""
        words = _words(cells)
        said = f"回避：{recusal}" if recusal else f"没有评分（{words or '整行空着'}）"
        self._target.remarks.append(ScoreRemark(draft.sheet, draft.row, name, "", note(said)))
        if words or recusal:
            self._target.drafts.append(draft._replace(remark=words, recused=recusal))

    def _take_marks(self, draft: ScoreSheetDraft, given: Sequence[CellValue], stated: CellValue) -> None:
        marks = [_read_mark(cell, leaf) for cell, leaf in zip(given, self._indicators, strict=True)]
        issues: list[MarkIssue] = []
        for place, (cell, mark) in enumerate(zip(given, marks, strict=True)):
            self._say_formula(draft.row, place, cell)
            issues += self._judge(draft.row, place, self._indicators[place].code, cell, mark.remark)
        issues += self._judge(draft.row, Role.TOTAL, "", stated, _total_remark(stated, marks))
        points = tuple(None if mark.points is None else to_units(mark.points) for mark in marks)
        self._target.drafts.append(draft._replace(marks=points, issues=tuple(issues)))

    def _say_formula(self, number: int, place: int, cell: CellValue) -> None:
        if (number - 1, self._places[place]) in self._formulas:
            text = shown(cell).strip()
            said = f"是公式，按算出的 {text} 读取" if text else "是公式，没有算出数值"
            self._target.say(number, place, text, question(said, "请核对，最好直接填数字"))

    def _judge(
        self, number: int, meaning: Meaning, code: str, cell: CellValue, remark: Remark | None
    ) -> list[MarkIssue]:
        """Keep the remark on a cell; a fault is an issue of the sheet too."""
        if remark is None:
            return []
        text = shown(cell).strip()
        self._target.say(number, meaning, text, remark)
        return [MarkIssue(code, text, remark.message)] if remark.kind is RemarkKind.FAULT else []


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of a sheet stand, and what there is to say about its head."""

    padding: tuple[None, ...]
    name: int
    community: int
    total: int
    recusal: int
    places: tuple[int, ...]
    marks: tuple["_LeafMarks", ...]
    remarks: tuple[tuple[Remark, str], ...]


@lru_cache(maxsize=64)
def _layout(head: Head[Meaning], indicators: tuple[Indicator, ...]) -> _Layout:
    """One for all the files that have the same head.

    A column that is not there is the one behind all others: it holds the padding.
    """
    columns = {each.meaning: each.index for each in head.columns if each.meaning is not None}
    return _Layout(
        padding=(None,) * (max(columns.values(), default=0) + 1),
        name=columns.get(Role.NAME, -1),
        community=columns.get(Role.COMMUNITY, -1),
        total=columns.get(Role.TOTAL, -1),
        recusal=columns.get(Role.RECUSAL, -1),
        places=tuple([columns.get(place, -1) for place in range(len(indicators))]),
        marks=tuple(map(_marks_of, indicators)),
        remarks=tuple(_head_remarks(head, indicators)),
    )


class _LeafMarks(dict[CellValue, int]):
    """The units of each number that a leaf can earn, remembered, as marks repeat by the thousand; else -1."""

    def __init__(self, leaf: Indicator) -> None:
        super().__init__()
        self._leaf = leaf

    def __missing__(self, cell: CellValue) -> int:
        mark = _plain_units(cell)
        self[cell] = mark if mark is not None and allows(self._leaf, mark) else -1
        return self[cell]

    def of_all(self, cells: Sequence[CellValue]) -> list[int]:
        """The units of each; True is no number here, though it equals 1."""
        if set(map(type, cells)) == _NUMBERS:
            return list(map(self.__getitem__, cells))
        return [self[cell] if type(cell) is float else -1 for cell in cells]


@lru_cache(maxsize=256)
def _marks_of(leaf: Indicator) -> _LeafMarks:
    """One memory for all the files that are read against a leaf."""
    return _LeafMarks(leaf)


def _plain_units(cell: CellValue) -> int | None:
    """A number of at most six decimals in units of 10⁻⁶ points; None for all else."""
    if type(cell) is not float or not -_LARGEST < cell < _LARGEST:
        return None
    whole = round(cell * UNIT)
    return whole if whole / UNIT == cell else None


def _words(cells: Iterable[CellValue]) -> str:
    """What stands in a row instead of marks, each word once."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    return " ".join(dict.fromkeys(text for text in texts if text))


def head_of_form(sheet: RawSheet, row: int, indicators: Sequence[Indicator]) -> Head[Meaning] | None:
    """The head of a sheet that was sent out with it in this row, counted from 1; elsewhere if it moved."""
    if len(sheet.rows) >= row:
        head = _head_in_row(row, sheet.rows[row - 1], tuple(indicators))
        if {Role.NAME, *range(len(indicators))} <= {column.meaning for column in head.columns}:
            return head
    return head_of_marks(sheet, indicators)


@lru_cache(maxsize=64)
def _head_in_row(row: int, cells: tuple[CellValue, ...], indicators: tuple[Indicator, ...]) -> Head[Meaning]:
    """The head in this row; it is the same in hundreds of sheets."""
    above = ((),) * (row - 1)
    return head_at(RawSheet("", (*above, cells)), row - 1, 1, _meaning_among(indicators))


def head_of_marks(sheet: RawSheet, indicators: Sequence[Indicator]) -> Head[Meaning] | None:
    """The head of a rater's sheet: the organization's name and at least one indicator."""
    return find_head(
        sheet, _meaning_among(indicators), lambda found: Role.NAME in found and len(found - set(Role)) > 0
    )


def _meaning_among(indicators: Sequence[Indicator]) -> Callable[[Sequence[str]], Meaning | None]:
    places = {folded(facts.name): place for place, facts in enumerate(indicators)}

    def meaning(titles: Sequence[str]) -> Meaning | None:
        title = _FULL_MARK.sub("", folded(titles[-1]))
        if title in places:
            return places[title]
        if title in _TOTALS:
            return Role.TOTAL
        if title in _RECUSALS:
            return Role.RECUSAL
        known = roster_meaning(titles)
        return (
            {RosterColumn.NAME: Role.NAME, RosterColumn.COMMUNITY: Role.COMMUNITY}.get(known)
            if known
            else None
        )

    return meaning


def _head_remarks(head: Head[Meaning], indicators: Sequence[Indicator]) -> Iterator[tuple[Remark, str]]:
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


def _read_mark(cell: CellValue, leaf: Indicator) -> _Mark:
    if is_gap(cell):
        return _Mark(remark=note("缺这一项的分数"))
    read = read_points(cell)
    points = read.value
    if points is None:
        return _Mark(remark=read.remarks[0])
    if points > leaf.full:
        said = fault(f"超过满分 {plain(leaf.full)} 分，没有计入", "请核对后改正")
        return _Mark(written=points, remark=said)
    if points < 0:
        return _Mark(written=points, remark=fault("是负数，没有计入", "请核对后改正"))
    if not allows(leaf, to_units(points)):
        return _Mark(written=points, remark=fault(f"{leaf.range_text()}，没有计入", "请核对后改正"))
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
