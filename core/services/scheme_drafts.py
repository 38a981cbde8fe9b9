"""The desk of schemes being written: from one that is there or from a file, checked, tried, kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from core.errors import Conflict, InvalidInput, NotFound
from core.model.assessment import Cycle, SchemeText
from core.model.journal import ActDraft
from core.model.scheme import Scheme
from core.model.scheme_draft import DraftFinding, Table
from core.model.scheme_trial import SchemeTrial
from core.model.scheme_view import SchemeLine
from core.model.tables import OutSheet
from core.ports import Clock, ReadWorkbook, Store, WriteWorkbook, Writing
from core.rules.scheme_file import read_scheme
from core.rules.scheme_findings import findings_of
from core.rules.scheme_sheet_reading import draft_of_sheets
from core.rules.scheme_sheets import sheets_of
from core.rules.scheme_text import draft_of, text_of
from core.rules.scheme_trial import TriedOn, trial_sheet, try_on
from core.services.cycle_reading import find_cycle, read_inputs
from core.services.files import read_text
from core.services.schemes import keep_scheme, newest_own, scheme_lines, scheme_text

TEXT_SUFFIX = ".toml"
_BLANK = """
full = 100
below_name = "不合格"
bands = [
    { name = "优秀", floor = 90 },
    { name = "良好", floor = 80 },
    { name = "合格", floor = 70 },
    { name = "基本合格", floor = 60 },
]
"""


class SchemeDraftService:
    """Drafts go in and out whole; a cycle that is open keeps the scheme that it was opened with."""

    def __init__(
        self, store: Store, actor: str, clock: Clock, read: ReadWorkbook, write: WriteWorkbook
    ) -> None:
        """Work on this store in this person's name."""
        self._store = store
        self._actor = actor
        self._clock = clock
        self._read = read
        self._write = write

    def of_scheme(self, code: str) -> Table:
        """The latest scheme with this code.

        Raises:
            NotFound: there is none.
        """
        with self._store.reading() as view:
            return draft_of(scheme_text(view, code))

    def of_cycle(self, year: int, cycle: str = "") -> Table:
        """The scheme that a cycle was opened with: last year's, to go on from.

        Raises:
            NotFound: there is no such cycle.
        """
        with self._store.reading() as view:
            return draft_of(view.get(SchemeText, find_cycle(view, year, cycle).scheme_id).text)

    def blank(self) -> Table:
        """A scheme from nothing: full mark 100 and the grades that hold where nothing else was said.

        Source: scheme.md R9.
        """
        return draft_of(_BLANK).put("code", f"scheme-{self._free_number('scheme', 1)}")

    def copy_of(self, code: str) -> Table:
        """A scheme of its own that begins as this one.

        Raises:
            NotFound: there is none.
        """
        draft = self.of_scheme(code)
        number = self._free_number(code, 2)
        return draft.put("code", f"{code}-{number}").put("name", f"{draft.word('name')}（{number}）")

    def of_file(self, path: Path) -> Table:
        """The draft in a file: the text of a scheme, or its sheets. Nothing is stored; it may be faulty.

        Raises:
            InvalidInput: the file is neither.
            StorageFailed: it cannot be read.
        """
        if path.suffix.lower() == TEXT_SUFFIX:
            return draft_of(read_text(path))
        return draft_of_sheets(self._read(path))

    def findings(self, draft: Table) -> tuple[DraftFinding, ...]:
        """All that is wrong with a draft, in the words of the form."""
        return findings_of(draft)

    def as_file(self, draft: Table, suffix: str) -> bytes:
        """The draft as the content of a file: its text for `.toml`, its sheets for any other."""
        if suffix.lower() == TEXT_SUFFIX:
            return text_of(draft).encode()
        return self._write(sheets_of(draft))

    def save(self, draft: Table, began_as: str | None = None) -> SchemeLine:
        """Keep a draft as the latest version of its code; `began_as` is the code it began with.

        It is empty for a scheme of its own, None for one that may be a version of another. Cycles that are
        open are not touched.

        Raises:
            InvalidInput: the draft is faulty.
            Conflict: its code is that of another scheme.
        """
        refuse_faulty(findings_of(draft))
        text = text_of(draft)
        scheme = read_scheme(text)
        with self._store.writing(ActDraft("保存考核方案", self._actor, scheme.name)) as work:
            names = {line.code: line.name for line in scheme_lines(work)}
            if began_as not in (None, scheme.code) and scheme.code in names:
                raise Conflict(
                    "scheme_code_taken",
                    f"代码“{scheme.code}”已经是方案“{names[scheme.code]}”的。",
                    "请换一个代码；没有保存。",
                )
            record = _keep_latest(work, scheme, text, self._clock())
        return SchemeLine(record.code, record.name, own=True, loaded_at=record.loaded_at)

    def remove(self, code: str) -> str:
        """Take an office's own scheme out, so that the shipped one of its code stands again; its name.

        Versions that cycles were opened with stay, so does their scheme; the rest waits in the bin.

        Raises:
            NotFound: the office has none of this code.
            Conflict: a cycle was opened with its latest version.
        """
        with self._store.writing(ActDraft("移走考核方案", self._actor)) as work:
            newest = newest_own(work, code)
            if newest is None or not any(line.code == code and line.own for line in scheme_lines(work)):
                raise NotFound(
                    "scheme_not_own",
                    f"方案“{code}”是随程序的，不能移走。",
                    "用不着就不选它；改过的可以移走改的。",
                )
            years = {cycle.scheme_id: cycle.year for cycle in work.all(Cycle)}
            if newest.id in years:
                raise Conflict(
                    "scheme_in_use",
                    f"方案“{newest.name}”已用于 {years[newest.id]} 年度的考核。",
                    "请留着它；以后不用，开启时不选它就是。",
                )
            work.remove([each for each in work.all(SchemeText, code=code) if each.id not in years])
        return newest.name

    def try_on(self, draft: Table, year: int, cycle: str = "") -> SchemeTrial:
        """What the draft would have made of a cycle's marks. Nothing is stored.

        Raises:
            InvalidInput: the draft is faulty, or what was settled in the cycle goes against it.
            NotFound: there is no such cycle.
        """
        refuse_faulty(findings_of(draft))
        with self._store.reading() as view:
            inputs = read_inputs(view, find_cycle(view, year, cycle))
        known = TriedOn(inputs.scheme, inputs.subjects, inputs.sheets, inputs.entries, inputs.settled)
        return try_on(read_scheme(text_of(draft)), known, year, inputs.cycle.title or inputs.scheme.name)

    def trial_table(self, trial: SchemeTrial) -> OutSheet:
        """Those who would get another grade or award, as a table to show, hand out and print."""
        return trial_sheet(trial)

    def _free_number(self, code: str, first: int) -> int:
        """The least number from `first` on that makes a code of its own behind this one."""
        with self._store.reading() as view:
            taken = {line.code for line in scheme_lines(view)}
        return next(number for number in count(first) if f"{code}-{number}" not in taken)


def _keep_latest(work: Writing, scheme: Scheme, text: str, now: datetime) -> SchemeText:
    """The text as the latest version of its scheme, also when the clock was set back."""
    newest = newest_own(work, scheme.code)
    if newest is not None:
        now = max(now, datetime.fromisoformat(newest.loaded_at) + timedelta(microseconds=1))
    record = keep_scheme(work, scheme, text, now)
    if newest is None or newest.loaded_at <= record.loaded_at:
        return record
    again = replace(record, loaded_at=now.isoformat(timespec="microseconds"))
    work.change([again])
    return again


def refuse_faulty(findings: Sequence[DraftFinding], *, in_text: bool = False) -> None:
    """Nothing, if a draft has no findings; `in_text` names keys as the text of a scheme does.

    Raises:
        InvalidInput: it has; all are in `problems`.
    """
    if findings:
        raise InvalidInput(
            "scheme_invalid",
            f"考核方案有 {len(findings)} 处问题。",
            "请按所列逐条修改。",
            [finding.in_text if in_text else finding.problem for finding in findings],
        )
