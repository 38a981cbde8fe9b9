"""What the engine refuses: sheets and entries that do not fit the scheme or its subjects (R1)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from core.errors import InvalidInput, Problem
from core.model.assessment import MARK_PLACES, Entry, EntryKind, ScoreSheet, Subject
from core.model.scheme import Indicator, Scheme
from core.rules.exact import units_text
from core.rules.leaf_marks import allows
from core.rules.score_plan import SheetIndex, index_sheets

REREAD = "请重新导入评分文件，或检查评分文件与方案是否配套"


def refuse_misfits(
    scheme: Scheme, subjects: Sequence[Subject], sheets: Sequence[ScoreSheet], entries: Sequence[Entry]
) -> None:
    """Nothing, if all fits.

    Raises:
        InvalidInput: a sheet of an unknown subject, stage or rater, two sheets where there is room for one,
            a wrong number of marks, a mark outside its range, an entry without a proper amount; all findings
            are in `problems`.
    """
    names = {subject.id: subject.name for subject in subjects}
    index = index_sheets(sheets)
    problems = [
        *_misplaced(scheme, names, index),
        *_twice(sheets, index, names),
        *_bad_marks(scheme, subjects, index),
        *_bad_entries(scheme, entries, names),
    ]
    if problems:
        raise InvalidInput(
            "assessment_input",
            f"评分数据有 {len(problems)} 处问题，没有计算。",
            "请按所列逐条改正。",
            problems,
        )


def _misplaced(scheme: Scheme, names: Mapping[str, str], index: SheetIndex) -> Iterator[Problem]:
    known = {(stage.code, rater.code) for stage in scheme.stages for rater in stage.raters}
    for (stage, rater), sheets in index.items():
        if (stage, rater) not in known:
            place = f"{len(sheets)} 张评分表"
            yield Problem(place, f"方案里没有环节“{stage}”的评分方“{rater}”", REREAD)
        if strangers := sheets.keys() - names.keys():
            yield Problem(f"评分方“{rater}”", f"{len(strangers)} 张评分表的对象不在本次考核中", REREAD)


def _twice(sheets: Sequence[ScoreSheet], index: SheetIndex, names: Mapping[str, str]) -> Iterator[Problem]:
    if sum(map(len, index.values())) == len(sheets):
        return
    for sheet in sheets:
        if index[sheet.stage, sheet.rater][sheet.subject_id] is not sheet:
            place = f"评分方“{sheet.rater}”对“{names.get(sheet.subject_id, sheet.subject_id)}”"
            yield Problem(place, "有两张评分表", "请只留一张")


def _bad_marks(scheme: Scheme, subjects: Sequence[Subject], index: SheetIndex) -> Iterator[Problem]:
    by_category: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        if not subject.barred:
            by_category[subject.category].append(subject)
    for category, own in by_category.items():
        for stage in scheme.stages:
            ranges = [_Range(leaf) for leaf in scheme.leaves(stage.code, category)]
            for rater in stage.raters:
                sheets = index.get((stage.code, rater.code), {})
                for subject in own:
                    if subject.id in sheets:
                        place = f"评分方“{rater.name}”对“{subject.name}”"
                        yield from _bad_sheet(place, sheets[subject.id].marks, ranges)


class _Range(dict[int | None, bool]):
    """Whether a leaf can have earned a mark, remembered for each mark: they repeat by the thousand."""

    def __init__(self, leaf: Indicator) -> None:
        super().__init__({None: True})
        self.leaf = leaf

    def __missing__(self, mark: int) -> bool:
        self[mark] = allows(self.leaf, mark)
        return self[mark]


def _bad_sheet(place: str, marks: tuple[int | None, ...], ranges: Sequence[_Range]) -> Iterator[Problem]:
    if len(marks) != len(ranges):
        yield Problem(place, f"有 {len(marks)} 个分数，方案有 {len(ranges)} 项指标", REREAD)
        return
    for mark, known in zip(marks, ranges, strict=True):
        if not known[mark] and mark is not None:
            message = f"{units_text(mark)} 分不在范围内，{known.leaf.range_text()}"
            yield Problem(f"{place}的“{known.leaf.name}”", message, "请核对后改正")


def _bad_entries(scheme: Scheme, entries: Sequence[Entry], names: Mapping[str, str]) -> Iterator[Problem]:
    awards = [award.code for award in scheme.awards]
    for entry in entries:
        name = names.get(entry.subject_id)
        if name is None:
            yield Problem(f"事项“{entry.reason}”", "对象不在本次考核中", "请从名册中选择对象")
        elif entry.kind is EntryKind.DIRECT and entry.item not in awards:
            place = f"“{name}”的事项“{entry.reason}”"
            yield Problem(place, f"方案里没有“{entry.item}”这个奖项", "请写奖项的代码")
        elif entry.kind in (EntryKind.BONUS, EntryKind.DEDUCTION) and not _is_amount(entry):
            place = f"“{name}”的事项“{entry.reason}”"
            yield Problem(place, "分值应是大于 0 的数，最多六位小数", "加分、扣分都写正数")


def _is_amount(entry: Entry) -> bool:
    points = entry.points
    if points is None or not points.is_finite() or not 0 < points < 10**6:
        return False
    return points == round(points, MARK_PLACES)
