"""A year's score file as a person would read it: raters' sheets, entries, weights."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from core.errors import InvalidInput
from core.model.score_import import (
    EntryDraft,
    MissingMarks,
    RaterFacts,
    ScoreRemark,
    ScoreSheetDraft,
    ScoresReading,
    ScoringFacts,
    SubjectFacts,
)
from core.model.workbook import RawSheet, RawWorkbook
from core.rules.cell_values import fault, folded, note, shown
from core.rules.header_finding import year_in
from core.rules.score_entries import check_weights, head_of_entries, head_of_weights, read_entries
from core.rules.score_rows import RaterSheet, head_of_marks
from core.rules.subject_finding import SubjectFinder


def read_scores(workbook: RawWorkbook, facts: ScoringFacts) -> ScoresReading:
    """The marks and entries of a score file, matched to raters, indicators and subjects.

    Raises:
        InvalidInput: no sheet holds marks or entries.
    """
    visible = [sheet for sheet in workbook.sheets if not sheet.hidden]
    finder = _finder_of(facts.subjects)
    drafts: list[ScoreSheetDraft] = []
    entries: list[EntryDraft] = []
    remarks: list[ScoreRemark] = []
    unread: list[str] = []
    raters: set[str] = set()
    for sheet in visible:
        if marks_head := head_of_marks(sheet, facts.indicators):
            rater = _rater_of(sheet, marks_head.first, facts.raters)
            if rater is None or rater.code in raters:
                remarks.append(_unassigned(sheet, rater))
                continue
            raters.add(rater.code)
            marked = RaterSheet(sheet, marks_head, facts.indicators)
            marked.read(rater.code, lambda _row, name, community: finder.find(name, community))
            drafts += marked.drafts
            remarks += marked.remarks
        elif entries_head := head_of_entries(sheet):
            found, said = read_entries(sheet, entries_head, finder)
            entries += found
            remarks += said
        elif weights_head := head_of_weights(sheet):
            remarks += check_weights(sheet, weights_head, facts.raters)
        elif sheet.rows:
            unread.append(sheet.name)
    if not drafts and not entries:
        raise _nothing_found(workbook.file, remarks)
    given = _given(drafts)
    absent = note("文件里没有这个评分方的评分表")
    remarks += [
        ScoreRemark(rater.name, 0, "", "", absent) for rater in facts.raters if rater.code not in raters
    ]
    return ScoresReading(
        workbook.file,
        _year(visible),
        tuple(drafts),
        tuple(entries),
        tuple(remarks),
        tuple(_missing(rater.code, given[rater.code], facts.subjects) for rater in facts.raters),
        tuple(unread),
    )


def _given(drafts: Iterable[ScoreSheetDraft]) -> Mapping[str, set[str]]:
    """The subjects with a mark, by rater; none for a rater without any."""
    given: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.marks.count(None) < len(draft.marks):
            given[draft.rater].add(draft.subject_id)
    return given


def _rater_of(sheet: RawSheet, below: int, raters: Sequence[RaterFacts]) -> RaterFacts | None:
    """The rater whose name is the sheet's, else stands in it, else in the title."""
    name = folded(sheet.name)
    title = folded("".join(shown(cell) for row in sheet.rows[:below] for cell in row))
    same = [rater for rater in raters if folded(rater.name) == name]
    inside = [rater for rater in raters if folded(rater.name) in name]
    titled = [rater for rater in raters if folded(rater.name) in title]
    return next((found[0] for found in (same, inside, titled) if len(found) == 1), None)


def _unassigned(sheet: RawSheet, rater: RaterFacts | None) -> ScoreRemark:
    if rater is None:
        said = fault("看不出是哪个评分方的评分表，没有读取", "请把工作表改名为评分方的名称")
    else:
        said = fault(f"“{rater.name}”已有另一张工作表，这一张没有读取", "请只留一张，或改成正确的评分方名称")
    return ScoreRemark(sheet.name, 0, "", "", said)


def _nothing_found(file: str, remarks: Iterable[ScoreRemark]) -> InvalidInput:
    return InvalidInput(
        "no_scores",
        f"“{file}”里没有找到评分表。",
        "每张工作表要有“名称”或“考核对象”一列，以及考核方案各项指标的列；工作表用评分方的名称命名。",
        [said.problem for said in remarks],
    )


def _missing(rater: str, given: Collection[str], subjects: Iterable[SubjectFacts]) -> MissingMarks:
    return MissingMarks(rater, tuple([subject.id for subject in subjects if subject.id not in given]))


@lru_cache(maxsize=2)
def _finder_of(subjects: tuple[SubjectFacts, ...]) -> SubjectFinder:
    """One for all the files that are read against the same subjects."""
    return SubjectFinder(subjects)


def _year(sheets: Iterable[RawSheet]) -> int | None:
    """The year that the first titles speak of."""
    return year_in(shown(cell) for sheet in sheets for row in sheet.rows[:2] for cell in row)
