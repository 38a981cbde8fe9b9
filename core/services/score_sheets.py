"""The desk for score sheets on their way: sent out as Excel, taken back, asked for."""

from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

from core.errors import AppError, InvalidInput, RuleViolation, StorageFailed
from core.model.certificate import NamedFile
from core.model.office import Office
from core.model.score_form import ScoreFile, ScoreForm, TakenBack
from core.model.tables import OutSheet
from core.ports import Clock, ReadWorkbooks, Report, Store, WriteWorkbook, unwatched
from core.rules.reminder_list import reminder_list
from core.rules.returned_files import (
    in_report_order,
    kept_out,
    no_table_line,
    raters_without,
    refused_line,
    report_line,
)
from core.rules.score_forms import form_sheets, score_forms
from core.services.cycle_reading import read_cycle
from core.services.files import refuse_unwritable, write_files
from core.services.score_files import Understanding, preview_of, read_open_cycle

_TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".csv"})
_NO_TABLES = frozenset({".doc", ".docx", ".wps", ".pdf", ".jpg", ".jpeg", ".png", ".zip", ".rar", ".7z"})
"""What raters send instead of a table, or pack it into; the report says that it was not taken."""


class ScoreSheetService:
    """A form for every rater, the report of what came back, the list of who is late."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        read_workbooks: ReadWorkbooks,
        write_workbook: WriteWorkbook,
    ) -> None:
        """Work on this store, reading and writing files with these."""
        self._store = store
        self._clock = clock
        self._read_all = read_workbooks
        self._write = write_workbook

    def forms(self, year: int, cycle: str = "") -> tuple[ScoreForm, ...]:
        """A form for every rater of the cycle that fills in sheets.

        Raises:
            NotFound: there is no such cycle.
        """
        with self._store.reading() as view:
            return score_forms(read_cycle(view, year, cycle, lean=True))

    def send_out(
        self, year: int, folder: Path, cycle: str = "", report: Report = unwatched
    ) -> tuple[Path, ...]:
        """Write all forms of a cycle into a folder, or none; no file that is there already is touched.

        Raises:
            NotFound: there is no such cycle.
            RuleViolation: its sheets are frozen, nobody is to fill in any, the folder holds some, or the
                clock was set back.
            StorageFailed: the folder or disk does not take them.
            JobCancelled: the user asked to stop.
        """
        view, _ = read_open_cycle(self._store, year, cycle, self._clock().date())
        with self._store.reading() as reading:
            office = next((each.name for each in reading.all(Office)), "")
        forms = score_forms(view)
        paths = tuple(folder / form.file for form in forms)
        _refuse_taken(folder, paths)
        files = []
        for done, form in enumerate(forms, start=1):
            files.append(NamedFile(form.file, self._write(form_sheets(form, office, view.heading))))
            report(done, len(forms))
        write_files(folder, files)
        return paths

    def take_back(
        self,
        year: int,
        places: Sequence[Path],
        cycle: str = "",
        chosen: Collection[Path] = (),
        report: Report = unwatched,
    ) -> TakenBack:
        """What these files and all tables of these folders bring; nothing is stored.

        Of several sheets of one rater none is taken until one of them is `chosen`; copies and empty ones are
        set aside.

        Raises:
            NotFound: there is no such cycle.
            RuleViolation: its sheets are frozen, or the clock was set back.
            InvalidInput: there is no table in the folders.
            StorageFailed: a folder cannot be read.
            JobCancelled: the user asked to stop.
        """
        now = self._clock()
        view, at = read_open_cycle(self._store, year, cycle, now.date())
        files: dict[Path, ScoreFile] = {}
        refused: dict[Path, AppError] = {}
        paths, understanding = _tables_in(places), Understanding(view)
        with closing(self._read_all(paths)) as reading:
            for done, (path, workbook) in enumerate(zip(paths, reading, strict=True), start=1):
                try:
                    files[path] = understanding.of(workbook())
                except AppError as error:
                    refused[path] = error
                report(done, len(paths))
        out = kept_out(files, chosen)
        taken = [file for path, file in files.items() if path not in out]
        lines = [report_line(path, file, out.get(path), view) for path, file in files.items()]
        lines += [refused_line(path, error) for path, error in refused.items()]
        lines += [no_table_line(path) for place in places for path in _no_tables_in(place)]
        filled = [file for file in taken if file.reading.sheets or file.reading.entries]
        preview = preview_of(view, at, now, filled)
        return TakenBack(in_report_order(lines), raters_without(view, filled), preview)

    def missing(self, year: int, cycle: str = "") -> OutSheet:
        """催交名单: the raters who owe sheets.

        Raises:
            NotFound: there is no such cycle.
        """
        with self._store.reading() as view:
            return reminder_list(read_cycle(view, year, cycle, lean=True), self._clock().date())


def _tables_in(places: Sequence[Path]) -> tuple[Path, ...]:
    """The files given, and the tables in the folders given, without those that Excel makes for itself."""
    found: list[Path] = []
    for place in places:
        found += _files_of(place, _TABLES) if place.is_dir() else [place]
    if not found:
        names = "、".join(f"“{place.name}”" for place in places)
        raise InvalidInput("no_tables", f"{names}里没有表格文件。", "请选择放着交回的评分表的文件夹。")
    return tuple(dict.fromkeys(found))


def _no_tables_in(place: Path) -> list[Path]:
    return _files_of(place, _NO_TABLES) if place.is_dir() else []


def _files_of(folder: Path, suffixes: Collection[str]) -> list[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise StorageFailed(
            "folder_unreadable", f"文件夹“{folder.name}”打不开。", "请检查读取权限，或换一个文件夹。"
        ) from error
    return [
        each for each in inside if each.suffix.lower() in suffixes and not each.name.startswith(("~$", "."))
    ]


def _refuse_taken(folder: Path, paths: Sequence[Path]) -> None:
    """Nothing, if there are files to write and the folder is free for them.

    Raises:
        RuleViolation: one of the same name may be filled in already.
        StorageFailed: the folder does not take files.
    """
    if not paths:
        raise RuleViolation("no_forms", "这次考核没有要发出的评分表。", "测评票请在“打分”里录入。")
    refuse_unwritable(paths[0])
    taken = [path.name for path in paths if path.exists()]
    if taken:
        raise RuleViolation(
            "forms_exist",
            f"文件夹“{folder.name}”里已有 {len(taken)} 份同名的评分表，例如“{taken[0]}”，没有写入。",
            "里面可能已经填了分，请换一个空文件夹。",
        )
