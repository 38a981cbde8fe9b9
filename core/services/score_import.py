"""The import desk for score files: preview first, then all in one act."""

from dataclasses import dataclass
from pathlib import Path

from core.errors import RuleViolation
from core.model.assessment import Cycle
from core.model.journal import ActDraft
from core.model.roster import Verdict
from core.model.score_preview import ScorePreview
from core.ports import Clock, ReadWorkbook, Store
from core.services.cycle_reading import refuse_unwritable
from core.services.roster_import import newest_act
from core.services.score_files import Understanding, preview_of, read_open_cycle


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

    def preview(self, year: int, path: Path, cycle: str = "") -> ScorePreview:
        """What importing the file into the year would do; nothing is stored.

        Raises:
            NotFound: the year was not opened.
            RuleViolation: its sheets are frozen, or the clock was set back.
            InvalidInput: the file holds no scores, or those of another year, cycle or rater.
            StorageFailed: it cannot be read.
        """
        now = self._clock()
        view, at = read_open_cycle(self._store, year, cycle, now.date())
        return preview_of(view, at, now, [Understanding(view).of(self._read(path))])

    def apply(self, preview: ScorePreview) -> ScoreCounts:
        """Store what the preview shows, all in one act; what is the same is left alone.

        Raises:
            RuleViolation: something changed since the preview was made, or the clock was set back.
        """
        with self._store.writing(ActDraft("导入评分表", self._actor, preview.reading.file)) as work:
            if newest_act(work) != preview.register_at:
                raise RuleViolation(
                    "preview_old", "预览以后数据有改动，没有导入。", "请重新选择文件，核对后再导入。"
                )
            refuse_unwritable(work.get(Cycle, preview.cycle_id), self._clock().date())
            work.add([each.sheet for each in preview.of(Verdict.NEW)])
            work.change([each.sheet for each in preview.of(Verdict.CHANGED)])
            work.add([each.entry for each in preview.new_entries])
        return counts(preview)


def counts(preview: ScorePreview) -> ScoreCounts:
    """What the preview comes to."""
    return ScoreCounts(
        added=len(preview.of(Verdict.NEW)),
        changed=len(preview.of(Verdict.CHANGED)),
        same=len(preview.of(Verdict.SAME)),
        entries=len(preview.new_entries),
        problems=len(preview.reading.problems),
    )
