"""The lines of a score import's preview: what is wrong first, then what is missing, then what comes in."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.model.assessment import EntryKind
from core.model.cycle_view import CycleView
from core.model.reading import RemarkKind
from core.model.roster import Verdict
from core.model.score_preview import EntryPreview, ScorePreview, SheetPreview
from gui.pages.marks_book import points_text
from gui.table_model import Column, TextRun
from gui.widgets.badge import BadgeFace


class LineKind(StrEnum):
    """What a line is about; the order is that of the list."""

    FAULT = "fault"
    MISSING = "missing"
    ENTRY = "entry"
    OUTSIDE = "outside"
    NOTE = "note"
    CHANGED = "changed"
    NEW = "new"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class KindFace:
    """Words and colours of a kind of line."""

    word: str
    second: str
    badge: str
    icon: str
    token: str


KINDS = {
    LineKind.FAULT: KindFace(Verdict.REFUSED.label, "导入后可更正", "err", "error-warning-line", "err"),
    LineKind.MISSING: KindFace("未评", "表中没有评分", "warn", "time-line", "warn"),
    LineKind.ENTRY: KindFace("加减分", "含一票否决", "info", "scales-3-line", "info"),
    LineKind.OUTSIDE: KindFace("表外改动", "锁定的内容被改过", "warn", "lock-unlock-line", "warn"),
    LineKind.NOTE: KindFace("读法", "写法不规范", "line", "information-line", "text2"),
    LineKind.CHANGED: KindFace(Verdict.CHANGED.label, "与已有的不同", "warn", "pencil-line", "warn"),
    LineKind.NEW: KindFace(Verdict.NEW.label, "原来没有", "info", "add-line", "info"),
    LineKind.SAME: KindFace(Verdict.SAME.label, "不改动", "mute", "checkbox-circle-line", "text2"),
}
REMARKS = {
    RemarkKind.FAULT: LineKind.FAULT,
    RemarkKind.QUESTION: LineKind.OUTSIDE,
    RemarkKind.NOTE: LineKind.NOTE,
}
HANDLING = {RemarkKind.NOTE: "照此读取", RemarkKind.QUESTION: "请核实"}
ENTRY_WORDS = {
    EntryKind.BONUS: "加",
    EntryKind.DEDUCTION: "扣",
    EntryKind.VETO: "一票否决",
    EntryKind.DIRECT: "直接认定",
}


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One line of the preview; `row` is 0 where it is about a whole sheet."""

    number: int
    kind: LineKind
    sheet: str
    row: int
    name: str
    text: str
    handling: str
    place: str = ""
    remedy: str = ""
    runs: tuple[TextRun, ...] = ()

    @property
    def face(self) -> BadgeFace:
        face = KINDS[self.kind]
        return BadgeFace(face.word, face.badge, face.icon)


def preview_lines(preview: ScorePreview, view: CycleView) -> tuple[ImportLine, ...]:
    """Every line of a preview, the most pressing first."""
    found = [*_remarks(preview), *_missing(preview, view), *map(_entry, preview.entries)]
    found += [_sheet(each, view) for each in preview.sheets]
    order = list(LineKind)
    found.sort(key=lambda line: order.index(line.kind))
    return tuple(_numbered(found))


def _numbered(lines: list[ImportLine]) -> Iterator[ImportLine]:
    for number, line in enumerate(lines):
        yield ImportLine(
            number, line.kind, line.sheet, line.row, line.name, line.text, line.handling,
            line.place, line.remedy, line.runs,
        )  # fmt: skip


def _remarks(preview: ScorePreview) -> Iterator[ImportLine]:
    sheets = {
        (source.file, source.sheet, source.row): each
        for each in preview.sheets
        if (source := each.sheet.source)
    }
    for said in preview.reading.remarks:
        is_fault = said.remark.kind is RemarkKind.FAULT
        found = sheets.get((said.file or preview.reading.file, said.sheet, said.row))
        totals = [each.text for each in found.sheet.issues if not each.indicator] if found else []
        fault_handling = "按各项相加" if said.text in totals else "不计入"
        head = " ".join(filter(None, (said.title, said.text)))
        yield ImportLine(
            0,
            REMARKS[said.remark.kind],
            said.sheet,
            said.row,
            found.subject.name if found else "",
            f"{head}：{said.remark.message}" if head else said.remark.message,
            fault_handling if is_fault else HANDLING[said.remark.kind],
            said.title,
            said.remark.remedy,
        )


def missing_names(preview: ScorePreview, view: CycleView) -> Iterator[tuple[str, list[str]]]:
    """Whom each rater left out, of those that take part."""
    assessed = {subject.name for subject in view.assessed}
    for rater, names in preview.missing:
        yield rater, [name for name in names if name in assessed]


def _missing(preview: ScorePreview, view: CycleView) -> Iterator[ImportLine]:
    for rater, names in missing_names(preview, view):
        for name in names:
            yield ImportLine(0, LineKind.MISSING, rater, 0, name, f"{rater}没有给分", "没有评分表")


def _entry(each: EntryPreview) -> ImportLine:
    entry = each.entry
    points = f" {entry.points.normalize():f} 分" if entry.points is not None else ""
    text = f"{ENTRY_WORDS[entry.kind]}{points}：{entry.reason}"
    handling = "已有，不重复" if each.known else "导入"
    return ImportLine(
        0, LineKind.ENTRY, entry.source.sheet, entry.source.row, each.subject.name, text, handling
    )


def _sheet(each: SheetPreview, view: CycleView) -> ImportLine:
    source = each.sheet.source
    kind = {Verdict.NEW: LineKind.NEW, Verdict.CHANGED: LineKind.CHANGED}.get(each.verdict, LineKind.SAME)
    handling = {LineKind.NEW: "导入", LineKind.CHANGED: "更改"}.get(kind, "不改动")
    runs = tuple(_changes(each, view)) if kind is LineKind.CHANGED else ()
    return ImportLine(
        0, kind, source.sheet, source.row, each.subject.name, _sheet_text(each), handling, runs=runs
    )


def _sheet_text(each: SheetPreview) -> str:
    marks = each.sheet.marks
    if all(mark is None for mark in marks):
        return f"没有评分（写的是“{each.sheet.remark}”）" if each.sheet.remark else "没有评分"
    given = [mark for mark in marks if mark is not None]
    gaps = len(marks) - len(given)
    return f"{len(given)} 项，合计 {points_text(sum(given))}" + (f"，缺 {gaps} 项" if gaps else "")


def _changes(each: SheetPreview, view: CycleView) -> Iterator[TextRun]:
    old = each.old
    if old is None:
        return
    leaves = view.scheme.leaves(each.sheet.stage, each.subject.category)
    same = True
    for leaf, before, after in zip(leaves, old.marks, each.sheet.marks, strict=True):
        if before != after:
            same = False
            yield TextRun(f"{leaf.name} ", "quiet")
            yield TextRun(_mark(before), "old")
            yield TextRun(" → ", "quiet")
            yield TextRun(f"{_mark(after)}　", "new")
    if same:
        yield TextRun("评分相同，备注或合计的说明不同")


def _mark(units: int | None) -> str:
    return "未填" if units is None else points_text(units)


LINE_COLUMNS: tuple[Column[ImportLine], ...] = (
    Column("工作表", lambda line: line.sheet, width=96, quiet=True),
    Column(
        "行号",
        lambda line: str(line.row) if line.row else "",
        width=64,
        align_right=True,
        quiet=True,
        sort_key=lambda line: line.row or None,
    ),
    Column("判定", lambda line: line.face.text, width=96, badges=lambda line: (line.face,)),
    Column("考核对象", lambda line: line.name, width=184),
    Column(
        "内容\uff08评分、旧值 → 新值，或问题\uff09",
        lambda line: line.text,
        key="content",
        stretch=True,
        runs=lambda line: line.runs or ((TextRun(line.text, "err"),) if line.kind is LineKind.FAULT else ()),
    ),
    Column("处理", lambda line: line.handling, width=108, narrow=False),
)
