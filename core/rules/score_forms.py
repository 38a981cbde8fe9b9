"""The score sheet that a rater gets as Excel, and the hidden sheet in it that tells where it belongs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from core.model.assessment import Subject
from core.model.cycle_view import CycleView
from core.model.scheme import Indicator, Rater, Stage, plain
from core.model.score_form import FormMark, FormPart, ScoreForm
from core.model.tables import FillIn, OutColumn, OutSheet, OutValue, RowSum
from core.model.workbook import RawSheet, RawWorkbook
from core.rules.file_names import cut_to, distinct_names

HEAD_ROW = 3
"""The row of the column heads, below title and subtitle; the subjects follow it."""
NUMBER_TITLE = "序号"
_WIDEST = 44
_TITLE_BYTES = 90
"""Of a long title so much stands in a file's name, in UTF-8: some thirty characters."""
_MARK_SHEET = "识别信息"
_MARK_TITLE = "社评通评分表识别信息，请勿改动"
_KINDS = ("考核", "年度", "环节", "评分方")
_WORKSHEET, _SUBJECT, _DIGEST = "工作表", "对象", "校验"
_SIGNATURE = "　　　　　　".join(
    ("评分人（签名）：　　　　　", "负责人（签名）：　　　　　", "（盖章）", "年　　月　　日")
)


def score_forms(view: CycleView) -> tuple[ScoreForm, ...]:
    """A form for every rater of every stage that has somebody to mark; ballots are entered, not sent out."""
    recused = {(each.stage, each.rater, each.subject_id) for each in view.sheets if each.recused}
    asked = []
    for each in view.progress:
        stage, rater = each.stage, each.rater
        subjects = [one for one in each.subjects if (stage.code, rater.code, one.id) not in recused]
        if subjects and not rater.ballots:
            asked.append((stage, rater, subjects))
    files = distinct_names((_called(view, stage, rater) for stage, rater, _subjects in asked), ".xlsx")
    return tuple(
        ScoreForm(view.cycle, stage, rater, file, _parts(stage, rater, subjects))
        for file, (stage, rater, subjects) in zip(files, asked, strict=True)
    )


def form_sheets(form: ScoreForm, office: str, title: str) -> tuple[OutSheet, ...]:
    """The worksheets of a form, the hidden one last."""
    subtitle = subtitle_of(form.stage.name, form.rater.name)
    if form.stage.ends_on:
        subtitle += f"　　请于 {form.stage.ends_on} 前交回"
    return (*(_sheet(part, f"{office}{title}评分表", subtitle) for part in form.parts), _mark_sheet(form))


def subtitle_of(stage: str, rater: str) -> str:
    """The line that tells whose sheet it is."""
    return f"环节：{stage}　　评分方：{rater}　　在浅黄色的格子里填得分"


def named_leaves(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """The leaves under these trees, each with a name of its own: twins are told apart by their parents."""
    found = [(leaf, parent) for each in indicators for leaf, parent in _with_parents(each, "")]
    times = Counter(leaf.name for leaf, _ in found)
    return tuple(
        replace(leaf, name=f"{parent}·{leaf.name}") if times[leaf.name] > 1 and parent else leaf
        for leaf, parent in found
    )


def form_mark(workbook: RawWorkbook) -> FormMark | None:
    """Where a returned workbook belongs; None if it is no form, or if its hidden sheet was changed."""
    hidden = next((each for each in workbook.sheets if each.hidden and _is_mark(each)), None)
    if hidden is None:
        return None
    *told, digest = [(str(kind), str(text)) for kind, text in hidden.rows[2:]] or [("", "")]
    if digest != (_DIGEST, _digest(told)):
        return None
    facts = dict(told[: len(_KINDS)])
    parts: list[tuple[str, list[str]]] = []
    for kind, text in told[len(_KINDS) :]:
        if kind == _WORKSHEET:
            parts.append((text, []))
        else:
            parts[-1][1].append(text)
    cycle_id, year, stage, rater = (facts[kind] for kind in _KINDS)
    return FormMark(cycle_id, int(year), stage, rater, tuple((name, tuple(ids)) for name, ids in parts))


def _parts(stage: Stage, rater: Rater, subjects: Sequence[Subject]) -> tuple[FormPart, ...]:
    """The subjects of each set of indicators; with several sets each worksheet says whose it is."""
    sets: defaultdict[tuple[Indicator, ...], list[Subject]] = defaultdict(list)
    for subject in subjects:
        sets[stage.indicators(subject.category)].append(subject)
    names = [rater.name] if len(sets) == 1 else [f"{rater.name}{place}" for place in range(1, len(sets) + 1)]
    return tuple(
        FormPart(name, named_leaves(trees), tuple(members))
        for name, (trees, members) in zip(names, sets.items(), strict=True)
    )


def _with_parents(indicator: Indicator, parent: str) -> Iterator[tuple[Indicator, str]]:
    if not indicator.children:
        yield indicator, parent
    for child in indicator.children:
        yield from _with_parents(child, indicator.name)


def _called(view: CycleView, stage: Stage, rater: Rater) -> str:
    """Its name without a suffix; a rater of several assessments of a year knows by it which one it is for."""
    among = f"{stage.name}-" if len(view.scheme.stages) > 1 else ""
    return f"{cut_to(view.heading, _TITLE_BYTES)}-{among}{rater.name}-评分表"


def _sheet(part: FormPart, title: str, subtitle: str) -> OutSheet:
    names = _text_column(_name_title(part.subjects), [subject.name for subject in part.subjects])
    communities = [subject.community for subject in part.subjects]
    in_places = any(communities)
    places = [_text_column("所属社区（村）", communities)] if in_places else []
    fixed = [OutColumn(NUMBER_TITLE, 6), names, *places]
    marks = [_mark_column(leaf) for leaf in part.indicators]
    total = RowSum(len(fixed), len(fixed) + len(marks) - 1)
    rows: list[tuple[OutValue, ...]] = []
    for number, subject in enumerate(part.subjects, start=1):
        community = (subject.community,) if in_places else ()
        rows.append((number, subject.name, *community, *[None] * len(marks), total, None))
    columns = (*fixed, *marks, OutColumn("合计", 9), OutColumn("回避原因", 16, fill=FillIn()))
    return OutSheet(part.name, title, columns, tuple(rows), note=_SIGNATURE, subtitle=subtitle)


def _text_column(title: str, texts: Iterable[str]) -> OutColumn:
    """As wide as its longest text, within reason."""
    return OutColumn(title, min(2 * max(map(len, (title, *texts))) + 3, _WIDEST))


def _name_title(subjects: Sequence[Subject]) -> str:
    return "组织名称" if all(subject.organization_id for subject in subjects) else "名称"


def _mark_column(leaf: Indicator) -> OutColumn:
    points = leaf.possible_points() or ()
    step = leaf.unit if leaf.unit else leaf.step
    fill = FillIn(leaf.full, step, points, leaf.range_text())
    return OutColumn(f"{leaf.name}\n（{plain(leaf.full)}分）", 13, fill=fill)


def _mark_sheet(form: ScoreForm) -> OutSheet:
    cycle = form.cycle
    facts = (cycle.id, str(cycle.year), form.stage.code, form.rater.code)
    lines = list(zip(_KINDS, facts, strict=True))
    for part in form.parts:
        lines.append((_WORKSHEET, part.name))
        lines += [(_SUBJECT, subject.id) for subject in part.subjects]
    columns = (OutColumn("项目"), OutColumn("内容"))
    return OutSheet(_MARK_SHEET, _MARK_TITLE, columns, (*lines, (_DIGEST, _digest(lines))), is_hidden=True)


def _is_mark(sheet: RawSheet) -> bool:
    return bool(sheet.rows) and sheet.rows[0][:1] == (_MARK_TITLE,) and len(sheet.rows[0]) == 2


def _digest(lines: Iterable[tuple[str, str]]) -> str:
    return sha256("\n".join(map("\t".join, lines)).encode()).hexdigest()[:16]
