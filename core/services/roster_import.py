"""The import desk for rosters: preview first, then all in one act."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import RuleViolation
from core.model.identity import new_id, new_ids
from core.model.journal import ActDraft
from core.model.organization import Category, Community, Organization
from core.model.reading import ANYWHERE, FileLook, TablePlace
from core.model.roster import RosterColumn, RosterPreview, RosterReading, Verdict
from core.model.tables import OutSheet
from core.model.workbook import Block, RawWorkbook, pasted_workbook, sheet_of
from core.ports import Clock, Reading, ReadWorkbook, Report, Store, Writing, unwatched
from core.rules import roster_matching
from core.rules.cell_values import name_key
from core.rules.faulty_rows import faulty_rows_sheet
from core.rules.head_pointing import look_at
from core.rules.roster_matching import community_ids, newly_made, taken_over
from core.rules.roster_reading import ROSTERS, correct, keep_as_written, read_roster
from core.services.register import store_organizations


@dataclass(frozen=True, slots=True)
class RosterCounts:
    """What an import came to."""

    added: int
    changed: int
    same: int
    duplicates: int
    refused: int
    new_communities: int


class RosterImportService:
    """Rosters from the office's own Excel files."""

    def __init__(self, store: Store, actor: str, clock: Clock, read_workbook: ReadWorkbook) -> None:
        """Work on this store in this person's name, reading files with this reader."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._read = read_workbook

    def look(self, table: Path | Block, place: TablePlace = ANYWHERE) -> FileLook:
        """The first rows of a file or a pasted block and how its head is understood, to correct it by eye.

        Raises:
            InvalidInput: it is no workbook, is empty, or has no such sheet or row.
            StorageFailed: it cannot be read.
        """
        return look_at(workbook_of(table, self._read), ROSTERS, place)

    def preview(
        self, table: Path | Block, place: TablePlace = ANYWHERE, report: Report = unwatched
    ) -> RosterPreview:
        """What importing a file or a pasted block would do; nothing is stored.

        Raises:
            InvalidInput: it is no roster.
            StorageFailed: it cannot be read.
            JobCancelled: the user asked to stop.
        """
        report(0, 3)
        workbook = workbook_of(table, self._read)
        report(1, 3)
        with self._store.reading() as view:
            categories = view.all(Category)
        reading = read_roster(workbook, categories, place, self._clock().date())
        report(2, 3)
        preview = self._judged(reading)
        report(3, 3)
        return preview

    def correct(self, reading: RosterReading, row: int, column: RosterColumn, text: str) -> RosterPreview:
        """The preview with one cell read as `text`, an empty one as no value; the file stays as it is."""
        return self._judged(correct(reading, row, column, text))

    def keep(self, reading: RosterReading, row: int, column: RosterColumn) -> RosterPreview:
        """The preview in which a person lets a doubtful cell stand."""
        return self._judged(keep_as_written(reading, row, column))

    def apply(self, preview: RosterPreview, report: Report = unwatched) -> RosterCounts:
        """Store what the preview shows, with the communities it proposes; all in one act, or nothing.

        Raises:
            RuleViolation: the register changed since the preview was made.
            JobCancelled: the user asked to stop; nothing was stored.
        """
        reading = preview.reading
        reason = sheet_of(reading.file, reading.sheet)
        with self._store.writing(ActDraft("导入名册", self._actor, reason)) as work:
            if newest_act(work) != preview.register_at:
                raise RuleViolation(
                    "preview_old", "预览以后名册有改动，没有导入。", "请重新选择文件，核对后再导入。"
                )
            report(0, 2)
            self._store_rows(work, preview)
            report(1, 2)
        return counts(preview)

    def faulty_sheet(self, preview: RosterPreview) -> OutSheet:
        """The rows that cannot be taken, as in the file, with a column 问题; to repair and import again."""
        return faulty_rows_sheet(preview)

    def _judged(self, reading: RosterReading) -> RosterPreview:
        with self._store.reading() as view:
            communities = view.all(Community)
            former = _former_names(view, communities)
            judged = roster_matching.preview(reading, view.all(Organization), communities, former)
            return replace(judged, register_at=newest_act(view))

    def _store_rows(self, work: Writing, preview: RosterPreview) -> None:
        known = {each.id: each for each in work.all(Organization)}
        standing = work.all(Community)
        last = max((each.position for each in standing), default=0)
        new = [
            Community(new_id(), proposed.name, proposed.kind, position=place)
            for place, proposed in enumerate(preview.new_communities, start=last + 1)
        ]
        work.add(new)
        ids = community_ids((*standing, *new), _former_names(work, standing))
        names = {each.id: each.name for each in (*standing, *new)}
        position = max((each.position for each in known.values()), default=0)
        added = preview.of(Verdict.NEW)
        made = [
            newly_made(record_id, row.row.draft, place, ids, names)
            for place, (record_id, row) in enumerate(
                zip(new_ids(len(added)), added, strict=True), start=position + 1
            )
        ]
        changed = [
            taken_over(row.row.draft, known[row.organization_id], ids)
            for row in preview.of(Verdict.CHANGED)
            if row.organization_id
        ]
        store_organizations(work, changed, self._clock, keyed=made)


def _former_names(view: Reading, communities: Iterable[Community]) -> dict[str, str]:
    """Ids of communities by the keys of the names that the journal says they had."""
    changed = (
        (each.id, change.before)
        for each in communities
        if each.version > 1
        for _, change in view.history(each.id)
    )
    return {name_key(str(said["name"])): each for each, said in changed if said and "name" in said}


def counts(preview: RosterPreview) -> RosterCounts:
    """What the preview's rows come to."""
    return RosterCounts(
        added=len(preview.of(Verdict.NEW)),
        changed=len(preview.of(Verdict.CHANGED)),
        same=len(preview.of(Verdict.SAME)),
        duplicates=len(preview.of(Verdict.DUPLICATE)),
        refused=len(preview.of(Verdict.REFUSED)),
        new_communities=len(preview.new_communities),
    )


def workbook_of(table: Path | Block, read: ReadWorkbook) -> RawWorkbook:
    """The cells of a file, or of a pasted block as a file would give them."""
    return read(table) if isinstance(table, Path) else pasted_workbook(table)


def newest_act(view: Reading) -> int:
    """The number of the newest act that changed something; who only looks or logs in makes nothing old."""
    return view.newest_change()
