"""What came back: how far each file is filled in, which one counts of several, who is missing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from core.errors import AppError
from core.model.cycle_view import CycleView
from core.model.reading import RemarkKind
from core.model.score_form import ReturnedFile, ReturnState, ScoreFile

_KEPT_OUT = {
    ReturnState.TWICE: ("同一个评分方交了不止一份，内容不同，都没有收", "请选定采用哪一份"),
    ReturnState.SET_ASIDE: ("同一个评分方另有一份，采用了那一份", ""),
}


def kept_out(files: Mapping[Path, ScoreFile], chosen: Collection[Path]) -> dict[Path, ReturnState]:
    """The files that do not count because the same rater handed in others.

    The one that is chosen counts; else the only one with marks, else the first of equals; else none.
    """
    of_raters: defaultdict[tuple[str, str], list[Path]] = defaultdict(list)
    for path, file in files.items():
        for rater in file.raters:
            of_raters[file.stage.code, rater].append(path)
    out: dict[Path, ReturnState] = {}
    for paths in of_raters.values():
        if len(paths) > 1:
            counts = _one_of([(path, files[path]) for path in paths], chosen)
            state = ReturnState.SET_ASIDE if counts else ReturnState.TWICE
            out |= dict.fromkeys((path for path in paths if path != counts), state)
    return out


def report_line(path: Path, file: ScoreFile, state: ReturnState | None, view: CycleView) -> ReturnedFile:
    """What there is to say about a file that was understood; `state` if it is kept out."""
    names = {rater.code: rater.name for rater in file.stage.raters}
    raters = "、".join(names[each] for each in file.raters)
    if len(view.scheme.stages) > 1:
        raters = f"{file.stage.name}·{raters}"
    sheets = file.reading.sheets
    given = len(sheets)
    if None in {*chain.from_iterable([each.marks for each in sheets])}:
        given = sum(bool(each.recused) or None not in each.marks for each in sheets)
    expected = file.expected or _expected(file, view)
    changes = [str(each.problem) for each in file.reading.remarks if each.remark.kind is RemarkKind.QUESTION]
    if not file.expected:
        changes.append("不是发出的评分表，按表头读取")
    why, remedy = _KEPT_OUT.get(state, ("", "")) if state else ("", "")
    return ReturnedFile(
        path,
        raters,
        state or _filled(file, given, expected),
        given,
        expected,
        len(file.reading.problems),
        tuple(changes),
        why,
        remedy,
    )


def _expected(file: ScoreFile, view: CycleView) -> int:
    """How many sheets a file of other making could bring."""
    return sum(
        each.expected
        for each in view.progress
        if each.stage.code == file.stage.code and each.rater.code in file.raters
    )


def refused_line(path: Path, error: AppError) -> ReturnedFile:
    """A file that could not be taken."""
    return ReturnedFile(path, "", ReturnState.REFUSED, why=error.message_zh, remedy=error.remedy_zh)


def no_table_line(path: Path) -> ReturnedFile:
    """A document, a picture or a packed file in the folder, which was not read."""
    remedy = "压缩包请先解压；文档和照片里的评分请让评分方填回 Excel 表，或者在“打分”里录入。"
    return ReturnedFile(
        path, "", ReturnState.REFUSED, why=f"“{path.name}”不是表格，没有读取。", remedy=remedy
    )


def in_report_order(lines: Iterable[ReturnedFile]) -> tuple[ReturnedFile, ...]:
    """What wants a person first."""
    order = list(ReturnState)
    return tuple(sorted(lines, key=lambda each: order.index(each.state)))


def raters_without(view: CycleView, filled: Iterable[ScoreFile]) -> tuple[str, ...]:
    """The raters of whom nothing has come, neither in these files nor before."""
    came = {(file.stage.code, rater) for file in filled for rater in file.raters}
    came |= {(sheet.stage, sheet.rater) for sheet in view.sheets}
    many = len(view.scheme.stages) > 1
    return tuple(
        f"{each.stage.name}·{each.rater.name}" if many else each.rater.name
        for each in view.progress
        if not each.rater.ballots and (each.stage.code, each.rater.code) not in came
    )


def _one_of(files: Sequence[tuple[Path, ScoreFile]], chosen: Collection[Path]) -> Path | None:
    """The file that counts, if that is clear."""
    wanted = [path for path, _ in files if path in chosen]
    if wanted:
        return wanted[0]
    filled = [(path, _marks(file)) for path, file in files if file.reading.sheets]
    if len({marks for _, marks in filled}) > 1:
        return None
    return filled[0][0] if filled else files[0][0]


def _marks(file: ScoreFile) -> frozenset[tuple[object, ...]]:
    return frozenset(
        (each.rater, each.subject_id, each.marks, each.recused, each.remark, each.issues)
        for each in file.reading.sheets
    )


def _filled(file: ScoreFile, given: int, expected: int) -> ReturnState:
    if not file.reading.sheets and not file.reading.entries:
        return ReturnState.EMPTY
    return ReturnState.COMPLETE if given == expected else ReturnState.INCOMPLETE
