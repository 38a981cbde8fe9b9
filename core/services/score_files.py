"""What score files say, forms that come back as well as others, beside what is stored."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, repeat

from core.errors import InvalidInput
from core.model.assessment import Entry, ScoreSheet, Source
from core.model.cycle_view import CycleView
from core.model.identity import new_id, new_ids
from core.model.in_bulk import made_of, records_of
from core.model.scheme import Stage
from core.model.score_form import FormMark, ScoreFile
from core.model.score_import import (
    EntryDraft,
    RaterFacts,
    ScoreSheetDraft,
    ScoresReading,
    ScoringFacts,
    SubjectFacts,
)
from core.model.score_preview import EntryPreview, ScorePreview, SheetPreview
from core.model.workbook import RawWorkbook
from core.ports import Store
from core.rules.returned_forms import ReturnedForms
from core.rules.score_forms import form_mark, named_leaves
from core.rules.scores_reading import read_scores
from core.services.cycle_reading import read_cycle, refuse_unwritable
from core.services.roster_import import newest_act


def read_open_cycle(store: Store, year: int, code: str, today: date) -> tuple[CycleView, int]:
    """A cycle that takes sheets today, and the newest act.

    Raises:
        NotFound: there is none.
        RuleViolation: its sheets are frozen, or the clock was set back.
    """
    with store.reading() as view:
        cycle = read_cycle(view, year, code)
        refuse_unwritable(cycle.cycle, today)
        return cycle, newest_act(view)


class Understanding:
    """Tells what the files say that come for one cycle."""

    def __init__(self, cycle: CycleView) -> None:
        """`cycle` takes them."""
        self._cycle = cycle
        self._forms = ReturnedForms(cycle.subjects)

    def of(self, workbook: RawWorkbook) -> ScoreFile:
        """What a file says: as the form that it is, else by the titles of its columns.

        Raises:
            InvalidInput: it holds no scores, or those of another year, cycle or rater.
        """
        mark = form_mark(workbook)
        if mark is not None:
            return self._understood_form(workbook, mark)
        cycle = self._cycle
        stage, reading = _read_table(workbook, cycle)
        if reading.year not in (None, cycle.cycle.year):
            raise _other_year(workbook.file, f"表头写的是 {reading.year} 年度", cycle)
        raters = tuple(dict.fromkeys(draft.rater for draft in reading.sheets))
        return ScoreFile(stage, raters, reading)

    def _understood_form(self, workbook: RawWorkbook, mark: FormMark) -> ScoreFile:
        cycle = self._cycle
        if mark.year != cycle.cycle.year:
            raise _other_year(workbook.file, f"是 {mark.year} 年度的评分表", cycle)
        rater = cycle.scheme.rater(mark.stage, mark.rater)
        if mark.cycle_id != cycle.cycle.id or rater is None:
            raise InvalidInput(
                "form_other_cycle",
                f"“{workbook.file}”是 {mark.year} 年度另一次考核的评分表，正在收的是 {cycle.cycle.called}。",
                "请选对考核再收，或者重新发出评分表。",
            )
        stage = cycle.scheme.stage(mark.stage)
        reading = self._forms.read(workbook, mark, stage, rater)
        return ScoreFile(stage, (rater.code,), reading, sum(len(ids) for _, ids in mark.subjects))


def preview_of(cycle: CycleView, at: int, now: datetime, files: Sequence[ScoreFile]) -> ScorePreview:
    """What importing all these files would do; `at` is the newest act that the view knows."""
    known = _Known(cycle, now.isoformat(timespec="seconds"))
    compared = [_Comparison(known, each) for each in files]
    return ScorePreview(
        cycle.cycle.year,
        cycle.cycle.id,
        files[0].reading if len(files) == 1 else _joined([each.reading for each in files]),
        tuple(chain.from_iterable(each.sheets() for each in compared)),
        tuple(entry for each in compared for entry in each.entries()),
        tuple(missing for each in compared for missing in each.missing()),
        at,
    )


def _read_table(workbook: RawWorkbook, cycle: CycleView) -> tuple[Stage, ScoresReading]:
    """A file of other making, read for the stage whose raters and indicators it speaks of."""
    found: list[tuple[Stage, ScoresReading]] = []
    for stage in cycle.scheme.stages:
        try:
            found.append((stage, read_scores(workbook, _facts(cycle, stage))))
        except InvalidInput as error:
            refusal = error
    if not found:
        raise refusal
    most = max(len(reading.sheets) for _, reading in found)
    best = [pair for pair in found if len(pair[1].sheets) == most]
    if most and len(best) > 1:
        names = "、".join(stage.name for stage, _ in best)
        raise _needs_form(workbook.file, f"看不出是哪个环节的评分表：{names}")
    stage, reading = best[0]
    if most and any(stage.indicators(each.category) != stage.indicators() for each in cycle.assessed):
        raise _needs_form(workbook.file, f"“{stage.name}”分类考核，看不出是哪一类的指标")
    return stage, reading


def _needs_form(file: str, why: str) -> InvalidInput:
    return InvalidInput(
        "form_needed", f"“{file}”没有读取：{why}。", "请用“发出评分表”生成的评分表填写后再收回。"
    )


def _facts(cycle: CycleView, stage: Stage) -> ScoringFacts:
    raters = [rater for rater in stage.raters if not rater.ballots]
    return ScoringFacts(
        tuple(RaterFacts(rater.code, rater.name, rater.weight) for rater in raters),
        named_leaves(stage.indicators()),
        tuple(SubjectFacts(subject.id, subject.name, subject.community) for subject in cycle.subjects),
    )


def _other_year(file: str, what: str, cycle: CycleView) -> InvalidInput:
    return InvalidInput(
        "scores_other_year",
        f"“{file}”{what}，正在导入的是 {cycle.cycle.called}。",
        "请选对年度或文件；没有导入任何内容。",
    )


def _joined(readings: Sequence[ScoresReading]) -> ScoresReading:
    """Several files as one; each remark then says its file."""
    return ScoresReading(
        f"{len(readings)} 个文件",
        next((each.year for each in readings), None),
        tuple(sheet for each in readings for sheet in each.sheets),
        tuple(entry for each in readings for entry in each.entries),
        tuple(replace(said, file=each.file) for each in readings for said in each.remarks),
        tuple(missing for each in readings for missing in each.missing),
        tuple(sheet for each in readings for sheet in each.unread_sheets),
    )


class _Known:
    """What is stored, by what files say of it, and the moment of the import; one for all its files."""

    def __init__(self, cycle: CycleView, now: str) -> None:
        self.cycle_id = cycle.cycle.id
        self.now = now
        self.subjects = {subject.id: subject for subject in cycle.subjects}
        self.marked = {(each.stage.code, each.rater.code): each.subjects for each in cycle.progress}
        self.raters = {
            stage.code: {rater.code: rater.name for rater in stage.raters} for stage in cycle.scheme.stages
        }
        self.sheets = {(each.stage, each.rater, each.subject_id): each for each in cycle.sheets}
        self.came = {(each.stage, each.rater) for each in cycle.sheets}
        self.entries = set(map(_matter, cycle.entries))


class _Comparison:
    """One file beside what is stored."""

    def __init__(self, known: _Known, file: ScoreFile) -> None:
        self._known = known
        self._stage = file.stage.code
        self._reading = file.reading
        self._of_whom = file.raters
        self._subjects = known.subjects
        self._raters = known.raters[file.stage.code]

    def sheets(self) -> Iterable[SheetPreview]:
        if self._known.came.isdisjoint((self._stage, rater) for rater in self._of_whom):
            return self._new_sheets()
        return map(self._beside, self._reading.sheets)

    def _new_sheets(self) -> Iterable[SheetPreview]:
        """The previews of a file of which nothing has come before, all at once."""
        known, drafts = self._known, self._reading.sheets
        if not drafts:
            return ()
        raters, subject_ids, marks, sheets, rows, issues, remarks, recusals = zip(*drafts, strict=True)
        names = [self._raters[rater] for rater in raters]
        new = records_of(
            ScoreSheet,
            len(drafts),
            new_ids(len(drafts)),
            repeat(known.cycle_id),
            subject_ids,
            repeat(self._stage),
            raters,
            marks,
            issues,
            recusals,
            remarks,
            made_of(Source, repeat(self._reading.file), sheets, rows, names, repeat(known.now), repeat("")),
            repeat(()),
            repeat(1),
        )
        subjects = map(self._subjects.__getitem__, subject_ids)
        return made_of(SheetPreview, subjects, names, new, repeat(None))

    def _beside(self, draft: ScoreSheetDraft) -> SheetPreview:
        name = self._raters[draft.rater]
        old = self._known.sheets.get((self._stage, draft.rater, draft.subject_id))
        return SheetPreview(self._subjects[draft.subject_id], name, self._sheet(draft, name, old), old)

    def entries(self) -> Sequence[EntryPreview]:
        """The entries of the file; what stands in a file before it is known already, too."""
        known = self._known.entries
        found = [self._entry(draft) for draft in self._reading.entries]
        previews = [
            EntryPreview(self._subjects[each.subject_id], each, _matter(each) in known) for each in found
        ]
        known.update(map(_matter, found))
        return previews

    def missing(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for each in self._reading.missing:
            marked, without = self._known.marked.get((self._stage, each.rater), ()), set(each.subject_ids)
            yield self._raters[each.rater], tuple([one.name for one in marked if one.id in without])

    def _sheet(self, draft: ScoreSheetDraft, rater: str, old: ScoreSheet | None) -> ScoreSheet:
        source = Source(self._reading.file, draft.sheet, draft.row, rater, self._known.now)
        recused = draft.recused or (old.recused if old else "")
        if old:
            return replace(
                old,
                marks=draft.marks,
                issues=draft.issues,
                recused=recused,
                remark=draft.remark,
                source=source,
            )
        return ScoreSheet(
            new_id(),
            self._known.cycle_id,
            draft.subject_id,
            self._stage,
            draft.rater,
            draft.marks,
            draft.issues,
            recused,
            draft.remark,
            source,
        )

    def _entry(self, draft: EntryDraft) -> Entry:
        return Entry(
            id=new_id(),
            cycle_id=self._known.cycle_id,
            subject_id=draft.subject_id,
            kind=draft.kind,
            points=draft.points,
            reason=draft.reason,
            evidence=draft.evidence,
            source=Source(self._reading.file, draft.sheet, draft.row, "", self._known.now),
        )


def _matter(entry: Entry) -> Hashable:
    """What makes two entries the same one."""
    return entry.subject_id, entry.kind, entry.points, entry.reason
