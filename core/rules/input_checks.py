"""What the engine refuses: sheets and entries that do not fit the scheme or its subjects (R1)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.errors import InvalidInput, Problem
from core.model.assessment import MARK_PLACES, Entry, EntryKind, ScoreSheet, Subject
from core.model.scheme import ChangeItem, Scheme
from core.model.settled import NOTHING_SETTLED, Settled
from core.rules.change_items import item_of, items_for
from core.rules.exact import units_text
from core.rules.leaf_marks import Range
from core.rules.score_plan import SheetIndex, index_sheets
from core.rules.sections import nearest
from core.rules.settled_checks import bad_settled

REREAD = "请重新导入评分文件，或检查评分文件与方案是否配套"


def refuse_misfits(
    scheme: Scheme,
    subjects: Sequence[Subject],
    sheets: Sequence[ScoreSheet],
    entries: Sequence[Entry],
    settled: Settled = NOTHING_SETTLED,
) -> None:
    """Nothing, if all fits.

    Raises:
        InvalidInput: a sheet of an unknown subject, stage or rater, two sheets where there is room for one,
            a wrong number of marks, a mark outside its range, an entry without a proper amount or against the
            item that it names, a decision or revocation that cannot be carried out, a weight that the cycle
            may not choose; all findings are in `problems`.
    """
    names = {subject.id: subject.name for subject in subjects}
    index = index_sheets(scheme, sheets)
    problems = [
        *_misplaced(scheme, names, index),
        *_twice(sheets, index, names),
        *_bad_marks(scheme, subjects, index),
        *_bad_entries(scheme, entries, names),
        *_too_often(scheme, entries, names),
        *bad_settled(scheme, subjects, settled),
    ]
    if problems:
        raise InvalidInput(
            "assessment_input",
            f"评分数据有 {len(problems)} 处问题，没有计算。",
            "请按所列逐条改正。",
            problems,
        )


def refuse_entries(scheme: Scheme, subject: Subject, entries: Sequence[Entry]) -> None:
    """Nothing, if all entries of a subject fit, of which the last is to be registered.

    Raises:
        InvalidInput: an entry without a proper amount, against the item that it names, or once too often; all
            findings are in `problems`.
    """
    names = {subject.id: subject.name}
    problems = [*_bad_entries(scheme, entries, names), *_too_often(scheme, entries, names)]
    if problems:
        raise InvalidInput(
            "assessment_input",
            f"这一项没有登记：“{subject.name}”的加减分和否决有 {len(problems)} 处问题。",
            "请按所列逐条改正。",
            problems,
        )


def _misplaced(scheme: Scheme, names: Mapping[str, str], index: SheetIndex) -> Iterator[Problem]:
    known = {(stage.code, rater.code) for stage in scheme.stages for rater in stage.raters}
    for (stage, rater), sheets in (*index.sheets.items(), *index.ballots.items()):
        if (stage, rater) not in known:
            place = f"{len(sheets)} 张评分表"
            yield Problem(place, f"方案里没有环节“{stage}”的评分方“{rater}”", REREAD)
        if strangers := sheets.keys() - names.keys():
            yield Problem(f"评分方“{rater}”", f"{len(strangers)} 张评分表的对象不在本次考核中", REREAD)


def _twice(sheets: Sequence[ScoreSheet], index: SheetIndex, names: Mapping[str, str]) -> Iterator[Problem]:
    ballots = sum(len(own) for by_subject in index.ballots.values() for own in by_subject.values())
    if sum(map(len, index.sheets.values())) + ballots == len(sheets):
        return
    for sheet in sheets:
        kept = index.sheets.get((sheet.stage, sheet.rater))
        if kept and kept[sheet.subject_id] is not sheet:
            place = f"评分方“{sheet.rater}”对“{names.get(sheet.subject_id, sheet.subject_id)}”"
            yield Problem(place, "有两张评分表", "请只留一张")


def _bad_marks(scheme: Scheme, subjects: Sequence[Subject], index: SheetIndex) -> Iterator[Problem]:
    by_category: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        if not subject.barred:
            by_category[subject.category].append(subject)
    for category, own in by_category.items():
        for stage in scheme.stages:
            ranges = [Range(leaf) for leaf in scheme.leaves(stage.code, category)]
            for rater in stage.raters:
                sheets = index.sheets.get((stage.code, rater.code), {})
                ballots = index.ballots.get((stage.code, rater.code), {})
                given = [(subject, sheets[subject.id].marks) for subject in own if subject.id in sheets]
                given += [(subject, each.marks) for subject in own for each in ballots.get(subject.id, ())]
                if not _all_fit([marks for _, marks in given], ranges):
                    for subject, marks in given:
                        yield from _bad_sheet(f"评分方“{rater.name}”对“{subject.name}”", marks, ranges)


def _all_fit(sheets: Sequence[tuple[int | None, ...]], ranges: Sequence[Range]) -> bool:
    """Whether there is nothing to find in these sheets, seen leaf by leaf: their marks repeat."""
    if any(len(marks) != len(ranges) for marks in sheets):
        return False
    columns = zip(*sheets, strict=True)
    return all(known[mark] for column, known in zip(columns, ranges, strict=False) for mark in set(column))


def _bad_sheet(place: str, marks: tuple[int | None, ...], ranges: Sequence[Range]) -> Iterator[Problem]:
    if len(marks) != len(ranges):
        yield Problem(place, f"有 {len(marks)} 个分数，方案有 {len(ranges)} 项指标", REREAD)
        return
    for mark, known in zip(marks, ranges, strict=True):
        if not known[mark] and mark is not None:
            message = f"{units_text(mark)} 分不在范围内，{known.leaf.range_text()}"
            yield Problem(f"{place}的“{known.leaf.name}”", message, "请核对后改正")


def _bad_entries(scheme: Scheme, entries: Iterable[Entry], names: Mapping[str, str]) -> Iterator[Problem]:
    awards = [award.code for award in scheme.awards]
    for entry in entries:
        name = names.get(entry.subject_id)
        if name is None:
            yield Problem(f"事项“{entry.reason}”", "对象不在本次考核中", "请从名册中选择对象")
            continue
        place = f"“{name}”的事项“{entry.reason}”"
        if entry.kind is EntryKind.DIRECT and entry.item not in awards:
            yield Problem(place, f"方案里没有“{entry.item}”这个奖项", "请写奖项的代码")
        elif entry.kind in (EntryKind.BONUS, EntryKind.DEDUCTION):
            if not _is_amount(entry):
                yield Problem(place, "分值应是大于 0 的数，最多六位小数", "加分、扣分都写正数")
            elif entry.item:
                yield from _bad_item(scheme, place, entry)


def _is_amount(entry: Entry) -> bool:
    points = entry.points
    if points is None or not points.is_finite() or not 0 < points < 10**6:
        return False
    return points == round(points, MARK_PLACES)


def _bad_item(scheme: Scheme, place: str, entry: Entry) -> Iterator[Problem]:
    """Where an entry goes against the item that it names; a scheme without items takes any words."""
    items = items_for(scheme, entry.kind)
    item = item_of(scheme, entry)
    if item is None:
        if items:
            yield Problem(
                place, f"方案里没有“{entry.item}”这一项", nearest(entry.item, [one.name for one in items])
            )
        return
    worth = item.points_at(entry.level)
    if worth is None:
        levels = "、".join(one.level for one in item.levels)
        yield Problem(place, f"“{item.name}”没有“{entry.level}”这一级", f"级别可以写：{levels}")
    elif worth != entry.points:
        yield Problem(place, f"计 {entry.points} 分，方案规定 {worth} 分", "请按方案改分值，或改项目、级别")
    yield from _outside_window(place, item, entry.dated_on)


def _outside_window(place: str, item: ChangeItem, dated_on: str) -> Iterator[Problem]:
    first = item.starts_on.isoformat() if item.starts_on else ""
    last = item.ends_on.isoformat() if item.ends_on else ""
    if not (first or last):
        return
    if not dated_on or dated_on < first or (last and dated_on > last):
        message = (
            f"“{item.name}”只计 {first or '开始'} 至 {last or '最后'} 的，这一项是 {dated_on or '没有日期的'}"
        )
        yield Problem(place, message, "请核对日期，或删去这一事项")


def _too_often(scheme: Scheme, entries: Iterable[Entry], names: Mapping[str, str]) -> Iterator[Problem]:
    times: Counter[tuple[str, ChangeItem]] = Counter()
    for entry in entries:
        item = item_of(scheme, entry)
        if item and item.at_most and not entry.lifted:
            times[entry.subject_id, item] += 1
    for (subject_id, item), count in times.items():
        if count > item.at_most:
            place = f"“{names.get(subject_id, subject_id)}”的“{item.name}”"
            yield Problem(place, f"记了 {count} 次，方案最多计 {item.at_most} 次", "请删去多出的")
