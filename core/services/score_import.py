"""The import desk for score files: preview first, then all in one act."""

from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import InvalidInput, RuleViolation
from core.model.assessment import Entry, ScoreSheet, Source, Subject
from core.model.cycle_view import CycleView
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.roster import Verdict
from core.model.scheme import Scheme, Stage
from core.model.score_import import (
    EntryDraft,
    IndicatorFacts,
    RaterFacts,
    ScoreSheetDraft,
    ScoresReading,
    ScoringFacts,
    SubjectFacts,
)
from core.model.score_preview import EntryPreview, ScorePreview, SheetPreview
from core.ports import Clock, ReadWorkbook, Store
from core.rules.scores_reading import read_scores
from core.services.cycle_reading import read_cycle
from core.services.roster_import import newest_act


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """What an import came to."""

    added: int
    changed: int
    same: int
    entries: int
    problems: int


class ScoreImportService:
    """Raters' sheets from Excel files."""

    def __init__(self, store: Store, actor: str, clock: Clock, read_workbook: ReadWorkbook) -> None:
        """Work on this store in this person's name, reading files with this reader."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._read = read_workbook

    def preview(self, year: int, path: Path) -> ScorePreview:
        """What importing the file into the year would do; nothing is stored.

        Raises:
            NotFound: the year was not opened.
            InvalidInput: the file holds no scores, or those of another year.
            StorageFailed: it cannot be read.
        """
        with self._store.reading() as view:
            cycle = read_cycle(view, year)
            at = newest_act(view)
        reading = read_scores(self._read(path), _facts(cycle))
        if reading.year not in (None, year):
            raise InvalidInput(
                "scores_other_year",
                f"“{reading.file}”的表头写的是 {reading.year} 年度，正在导入的是 {year} 年度。",
                "请选对年度或文件；没有导入任何内容。",
            )
        return self._compared(cycle, reading, at)

    def apply(self, preview: ScorePreview) -> ScoreCounts:
        """Store what the preview shows, all in one act; what is the same is left alone.

        Raises:
            RuleViolation: something changed since the preview was made.
        """
        with self._store.writing(ActDraft("导入评分表", self._actor, preview.reading.file)) as work:
            if newest_act(work) != preview.register_at:
                raise RuleViolation(
                    "preview_old", "预览以后数据有改动，没有导入。", "请重新选择文件，核对后再导入。"
                )
            work.add([each.sheet for each in preview.of(Verdict.NEW)])
            work.change([each.sheet for each in preview.of(Verdict.CHANGED)])
            work.add([each.entry for each in preview.new_entries])
        return counts(preview)

    def _compared(self, cycle: CycleView, reading: ScoresReading, at: int) -> ScorePreview:
        stage = _stage(cycle.scheme)
        subjects = {subject.id: subject for subject in cycle.subjects}
        held = {(each.rater, each.subject_id): each for each in cycle.sheets if each.stage == stage.code}
        now = self._clock().isoformat(timespec="seconds")
        raters = {rater.code: rater.name for rater in stage.raters}
        sheets = []
        for draft in reading.sheets:
            source = Source(reading.file, draft.sheet, draft.row, raters[draft.rater], now)
            old = held.get((draft.rater, draft.subject_id))
            sheet = _sheet(cycle, stage, draft, source, old)
            sheets.append(SheetPreview(subjects[draft.subject_id], raters[draft.rater], sheet, old))
        entries = tuple(_entry(cycle, subjects, draft, reading.file, now) for draft in reading.entries)
        assessed = {subject.id: subject.name for subject in cycle.assessed}
        missing = tuple(
            (raters[each.rater], tuple(assessed[one] for one in each.subject_ids if one in assessed))
            for each in reading.missing
        )
        return ScorePreview(cycle.cycle.year, reading, tuple(sheets), entries, missing, at)


def counts(preview: ScorePreview) -> ScoreCounts:
    """What the preview comes to."""
    return ScoreCounts(
        added=len(preview.of(Verdict.NEW)),
        changed=len(preview.of(Verdict.CHANGED)),
        same=len(preview.of(Verdict.SAME)),
        entries=len(preview.new_entries),
        problems=len(preview.reading.problems),
    )


def _stage(scheme: Scheme) -> Stage:
    """The stage whose raters hand in files; schemes with several stages choose it in the assessment issue."""
    return scheme.stages[0]


def _facts(cycle: CycleView) -> ScoringFacts:
    stage = _stage(cycle.scheme)
    return ScoringFacts(
        tuple(RaterFacts(rater.code, rater.name, rater.weight) for rater in stage.raters),
        tuple(IndicatorFacts(leaf.code, leaf.name, leaf.full) for leaf in cycle.scheme.leaves(stage.code)),
        tuple(SubjectFacts(subject.id, subject.name, subject.community) for subject in cycle.subjects),
    )


def _sheet(
    cycle: CycleView, stage: Stage, draft: ScoreSheetDraft, source: Source, old: ScoreSheet | None
) -> ScoreSheet:
    blank = ScoreSheet(new_id(), cycle.cycle.id, draft.subject_id, stage.code, draft.rater, ())
    return replace(old or blank, marks=draft.marks, issues=draft.issues, remark=draft.remark, source=source)


def _entry(
    cycle: CycleView, subjects: dict[str, Subject], draft: EntryDraft, file: str, now: str
) -> EntryPreview:
    entry = Entry(
        id=new_id(),
        cycle_id=cycle.cycle.id,
        subject_id=draft.subject_id,
        kind=draft.kind,
        points=draft.points,
        reason=draft.reason,
        evidence=draft.evidence,
        source=Source(file, draft.sheet, draft.row, "", now),
    )
    meaning = (entry.subject_id, entry.kind, entry.points, entry.reason)
    known = any((each.subject_id, each.kind, each.points, each.reason) == meaning for each in cycle.entries)
    return EntryPreview(subjects[draft.subject_id], entry, known)
