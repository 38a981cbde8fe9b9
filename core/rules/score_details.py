"""评分明细: the trace of a result on paper and as a table, to be followed with a pocket calculator."""

from collections.abc import Iterator, Sequence

from core.model.assessment import Result, Subject, TraceInput, TraceStep
from core.model.cycle_view import ComputedYear, CycleView
from core.model.document import Table, TableCell, TableColumn, texts_of
from core.model.register_papers import Form, FormField, FormRow, PaperPart, RegisterPaper
from core.model.tables import OutColumn, OutSheet, OutValue
from core.rules.amounts import yuan_text
from core.rules.register_papers import PaperFrame

TITLE = "评分明细"
_STEPS = (
    TableColumn("规则", 1),
    TableColumn("步骤", 3, "left"),
    TableColumn("数据和出处", 6, "left"),
    TableColumn("算式", 8, "left"),
    TableColumn("结果", 2),
)
_COLUMNS = (
    OutColumn("序号", 6),
    OutColumn("考核对象", 30),
    OutColumn("规则", 6),
    OutColumn("步骤", 22),
    OutColumn("数据和出处", 44),
    OutColumn("算式", 60),
    OutColumn("结果", 14),
)
_SIGNED = FormRow((FormField("经办人"), FormField("复核人"), FormField("日期")))

Explained = Sequence[tuple[Subject, Result]]


def details_paper(frame: PaperFrame, computed: ComputedYear, explained: Explained) -> RegisterPaper:
    """Each subject on pages of its own: what it got, then every step that leads there."""
    note = " ".join(_origin(computed))
    parts = [PaperPart(TITLE, note, tuple(_blocks(computed.view, *pair))) for pair in explained]
    names = f"（{explained[0][0].name}）" if len(explained) == 1 else ""
    return frame.paper(f"{TITLE}{names}", parts)


def details_sheet(computed: ComputedYear, explained: Explained) -> OutSheet:
    """A row for each step of each subject."""
    rows: tuple[tuple[OutValue, ...], ...] = tuple(
        (number, subject.name, *_flat(step))
        for number, (subject, result) in enumerate(explained, start=1)
        for step in result.trace
    )
    heading, *when = _origin(computed)
    return OutSheet(TITLE, f"{heading}{TITLE}", _COLUMNS, rows, subtitle="　".join(when))


def _origin(computed: ComputedYear) -> tuple[str, ...]:
    """Which cycle it is, when it was computed, and from what."""
    cycle = computed.view.cycle
    return (
        computed.view.heading,
        f"计算于 {cycle.computed_at.replace('T', ' ')[:16]}",
        f"数据校验码 {computed.outcome.digest[:8].upper()}",
    )


def _blocks(view: CycleView, subject: Subject, result: Result) -> Iterator[Form | Table]:
    yield Form(tuple(_facts(view, subject, result)))
    yield Table(_STEPS, tuple(_cells(step) for step in result.trace))
    yield Form((_SIGNED,))


def _facts(view: CycleView, subject: Subject, result: Result) -> Iterator[FormRow]:
    final = "" if result.final is None else f"{result.final:.{view.scheme.rounding.places}f}"
    rank = f"第 {result.rank} 名" if result.rank else ""
    money = yuan_text(result.amount_fen) if result.amount_fen else ""
    yield _row(("考核对象", subject.name))
    yield _row(("类别", subject.category or subject.kind), ("所属社区", subject.community), ("名次", rank))
    yield _row(("最后得分", final), ("等次", result.grade), ("奖励资金", money))
    # Why there is no rank stands in the notes.
    if said := "；".join(filter(None, (result.award, *result.notes))):
        yield _row(("奖项和说明", said))


def _row(*fields: tuple[str, str]) -> FormRow:
    return FormRow(tuple(FormField(label, (text or "—",)) for label, text in fields))


def _cells(step: TraceStep) -> tuple[TableCell, ...]:
    inputs = tuple(map(_input, step.inputs))
    rule = step.rule.removeprefix("R")
    return rule, step.title, inputs, tuple(step.working.splitlines()), step.outcome


def _flat(step: TraceStep) -> tuple[str, ...]:
    return tuple("\n".join(texts_of(cell)) for cell in _cells(step))


def _input(each: TraceInput) -> str:
    words = f"{each.label} {each.value}".strip()
    return f"{words}（{each.source}）" if each.source else words
