"""A score sheet that was sent out and comes back: its marks, and what was changed in it outside."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from core.errors import InvalidInput
from core.model.assessment import Subject
from core.model.reading import Remark
from core.model.scheme import Indicator, Rater, Stage
from core.model.score_form import FormMark
from core.model.score_import import (
    MissingMarks,
    ScoreRemark,
    ScoreSheetDraft,
    ScoresReading,
    SubjectFacts,
)
from core.model.workbook import RawSheet, RawWorkbook
from core.rules.cell_values import Read, fault, question, shown
from core.rules.header_finding import Head, year_in
from core.rules.score_forms import HEAD_ROW, NUMBER_TITLE, named_leaves
from core.rules.score_rows import Meaning, RaterSheet, head_of_form
from core.rules.subject_finding import SubjectFinder

_RATER = re.compile(r"评分方[：:](.+?)(?:\s\s|$)")
_CHECK = "请向评分方核实"


class ReturnedForms:
    """Reads the forms of one cycle as they come back; what they have in common is looked up once."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        """`subjects` are those of the cycle."""
        self._facts = {each.id: SubjectFacts(each.id, each.name, each.community) for each in subjects}
        self._category = {each.id: each.category for each in subjects}
        self._leaves: dict[tuple[str, str], tuple[Indicator, ...]] = {}

    def read(self, workbook: RawWorkbook, mark: FormMark, stage: Stage, rater: Rater) -> ScoresReading:
        """The marks of a returned form.

        Raises:
            InvalidInput: its head names another rater, or there is no sheet of marks left.
        """
        drafts: list[ScoreSheetDraft] = []
        remarks: list[ScoreRemark] = []
        for name, ids in mark.subjects:
            sheet = _worksheet(workbook, mark, name)
            sent = [self._facts[each] for each in ids if each in self._facts]
            if sheet is None or not sent:
                remarks.append(ScoreRemark(name, 0, "", "", question("这张工作表不见了", _CHECK)))
                continue
            leaves = self._leaves_of(stage, self._category[sent[0].id])
            marked = _read_sheet(workbook.file, sheet, leaves, rater, sent)
            drafts += marked.drafts
            remarks += [*_title_remarks(workbook.file, sheet, mark.year, stage, rater), *marked.remarks]
        given = {
            each.subject_id
            for each in drafts
            # Mostly the first mark tells already that there is one.
            if each.marks[:1] != (None,) or each.recused or each.marks.count(None) < len(each.marks)
        }
        missing = tuple([each for _, ids in mark.subjects for each in ids if each not in given])
        return ScoresReading(
            workbook.file, mark.year, tuple(drafts), (), tuple(remarks), (MissingMarks(rater.code, missing),)
        )

    def _leaves_of(self, stage: Stage, category: str) -> tuple[Indicator, ...]:
        key = stage.code, category
        if key not in self._leaves:
            self._leaves[key] = named_leaves(stage.indicators(category))
        return self._leaves[key]


class _SentRows:
    """The subjects by the rows they were sent in; a row that says something else is looked up by its name."""

    def __init__(self, sent: Sequence[SubjectFacts]) -> None:
        self._facts = sent
        self._seen: set[str] = set()
        self._has_moved = False

    def find(self, number: int, name: str, community: str) -> Read[SubjectFacts | None]:
        """The subject of a row of the sheet."""
        place = number - HEAD_ROW - 1
        known = self._facts[place] if 0 <= place < len(self._facts) else None
        if known and name == known.name:
            self._seen.add(known.id)
            return Read(known)
        found = self._finder.find(name, community)
        if found.value is None:
            self._seen |= {known.id} if known else set()
            sent = f"，发出时这一行是“{known.name}”" if known else ""
            return Read(None, (fault(f"发出的评分表里没有这个名称{sent}；没有读取", _CHECK),))
        self._seen.add(found.value.id)
        self._has_moved = True
        return found

    def take_all(self) -> None:
        """All of them stand where they were sent."""
        self._seen.update([each.id for each in self._facts])

    def remarks(self) -> Iterator[tuple[str, Remark]]:
        """What was changed about the rows as a whole, each with the name it is about."""
        if self._has_moved:
            yield "", question("行的次序或名称被改过，按名称读取", _CHECK)
        for each in self._facts:
            if each.id not in self._seen:
                yield each.name, question("这一行不见了", _CHECK)

    @cached_property
    def _finder(self) -> SubjectFinder:
        return SubjectFinder(self._facts)


def _worksheet(workbook: RawWorkbook, mark: FormMark, name: str) -> RawSheet | None:
    """The worksheet of this name; the only one there is, where only one was sent."""
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden]
    if len(visible) == len(mark.subjects) == 1:
        return visible[0]
    return next((sheet for sheet in workbook.sheets if sheet.name == name), None)


def _read_sheet(
    file: str, sheet: RawSheet, indicators: Sequence[Indicator], rater: Rater, sent: Sequence[SubjectFacts]
) -> RaterSheet:
    """The sheet with its marks, and all remarks on its table."""
    head = head_of_form(sheet, HEAD_ROW, indicators)
    if head is None:
        raise InvalidInput(
            "form_without_head",
            f"“{file}”的工作表“{sheet.name}”里，名称或指标的列不见了。",
            "请让评分方在原来发出的评分表里填写，再交回。",
        )
    marked, rows = RaterSheet(sheet, head, indicators), _SentRows(sent)
    if marked.read(rater.code, rows.find, sent if head.below == HEAD_ROW else ()):
        rows.take_all()
    for title, remark in (*_column_remarks(head), *rows.remarks()):
        marked.remarks.append(ScoreRemark(sheet.name, 0, title, "", remark))
    return marked


def _title_remarks(
    file: str, sheet: RawSheet, year: int, stage: Stage, rater: Rater
) -> Iterator[ScoreRemark]:
    """What was changed above the head.

    Raises:
        InvalidInput: it names another rater of the stage.
    """
    above = [shown(cell) for row in sheet.rows[: HEAD_ROW - 1] for cell in row]
    found = _RATER.search("　　".join(above))
    named = found[1] if found else ""
    if named != rater.name:
        if named in {each.name for each in stage.raters}:
            raise InvalidInput(
                "form_other_rater",
                f"“{file}”是发给“{rater.name}”的，表头写的是“{named}”。",
                "请向评分方问清是谁评的分，用各自的评分表交回。",
            )
        said = question(f"表头的评分方被改过，按“{rater.name}”收", _CHECK)
        yield ScoreRemark(sheet.name, HEAD_ROW - 1, "", named, said)
    if (titled := year_in(above)) not in (None, year):
        said = question(f"标题的年度被改过，按 {year} 年度收", _CHECK)
        yield ScoreRemark(sheet.name, 1, "", str(titled), said)


def _column_remarks(head: Head[Meaning]) -> Iterator[tuple[str, Remark]]:
    """What was changed about the columns, beside what every rater's sheet is checked for."""
    places = [column.meaning for column in head.columns if isinstance(column.meaning, int)]
    if places != sorted(places):
        yield "", question("列的次序被改过，按列名读取", _CHECK)
    for column in head.columns:
        if column.meaning is None and column.title not in ("", NUMBER_TITLE):
            yield column.title, question("多出来的一列，没有读取", _CHECK)
