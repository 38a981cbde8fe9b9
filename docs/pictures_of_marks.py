"""Pictures of how marks come in: sheets out and back, ballots, what raters see of each other.

.venv/bin/python docs/pictures_of_marks.py      writes sheets-*.png, ballots-*.png, marks-others.png
"""

import re
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pictures import SAMPLE_YEAR, Studio, in_studio, keep

from core.model.ballot_view import Vote
from core.model.mark_entry import TypedMark
from core.model.opening import Opening, Participant
from core.services.services import Services
from gui.pages.ballots_side import DIFFERENT, SECOND

FULL = re.compile(r"（([\d.]+)分）")
ROOM = (1040, 560)
SCHEME = "neighbour-models"
STATIONS = ("松枫社区友邻站", "凤凰社区友邻站", "洁芳社区友邻站", "水洞埭社区友邻站", "梅园社区友邻站")
ENTERED_BY, AGAIN_BY, BALLOTS = "王一", "李四", 4
ANSWERS, MISREAD = ("18", "26", "17", "13", "14"), ("18", "28", "17", "13", "14")

PILOTS = "governance-pilots"
COMMUNITIES = ("松枫社区", "凤凰社区", "洁芳社区", "水洞埭社区", "梅园社区")
EXPERTS = {
    "expert-1": ("92", "88.5", "90", "86", "91.5"),
    "expert-2": ("90", "87", "91.5", "88", "90"),
    "expert-3": ("93.5", "85", "89", "84.5", "92"),
    "expert-4": ("88", "90"),
}


def take_sheets(studio: Studio, folder: Path) -> None:
    """Sheets go out; one comes back whole, one half filled in, one file is none; who owes some is listed."""
    folder.mkdir()
    studio.go("progress")
    keep(studio.picture(), "sheets-progress")
    paths = studio.services.score_sheets.send_out(SAMPLE_YEAR, folder)
    fill_in(paths[1])
    fill_in(paths[2], until=45)
    for path in paths[3:]:
        path.unlink()
    (folder / "评分说明.xlsx").write_text("不是表格", "utf-8")
    studio.messages.chosen = folder
    bar = studio.page("assessment").progress.sheets
    bar.take_back_folder()
    keep_form(studio, "sheets-returned")
    bar.remind()
    keep_form(studio, "sheets-reminder")


def fill_in(path: Path, *, until: int | None = None) -> None:
    """Give nearly full marks in a sheet that was sent out, down to a row."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        fill_sheet(sheet, until)
    book.save(path)


def fill_sheet(sheet: Worksheet, until: int | None) -> None:
    """What is to be filled in stands below heads that name a full mark."""
    full: dict[int, float] = {}
    for row in sheet.iter_rows(max_row=until):
        for cell in row:
            if found := FULL.search(str(cell.value or "")):
                full[cell.column] = float(found[1])
            elif not cell.protection.locked and cell.column in full:
                cell.value = full[cell.column] - 1


def take_ballots(studio: Studio) -> None:
    """Where ballots are entered again and settled."""
    cycle, box = cast_ballots(studio.services)
    studio.jobs.saved.emit()
    studio.rest()
    studio.workplace.desk.choose_year(SAMPLE_YEAR, cycle)
    studio.go(f"marks:{box}")
    side = studio.page("assessment").marks.ballots.side
    for tab, name in ((SECOND, "ballots-second"), (DIFFERENT, "ballots-different")):
        side.tabs.setCurrentIndex(tab)
        studio.rest()
        keep(studio.picture(), name)


def cast_ballots(services: Services) -> tuple[str, str]:
    """A box in which the second ballot was read in two ways, and the last waits for the second entry."""
    participants = tuple(Participant(name, "友邻站") for name in STATIONS)
    view = services.assessments.open_year(SAMPLE_YEAR, Opening(SCHEME, participants=participants))
    cycle, subject = view.cycle.code, view.assessed[0].id
    (box,) = [each for each in view.progress if each.rater.ballots]
    place = (box.stage.code, box.rater.code, subject)
    for number in range(1, BALLOTS + 1):
        services.ballots.enter(SAMPLE_YEAR, Vote(*place, number, ANSWERS), ENTERED_BY, cycle=cycle)
    for number in range(1, BALLOTS):
        vote = Vote(*place, number, MISREAD if number == 2 else ANSWERS)
        services.ballots.enter(SAMPLE_YEAR, vote, AGAIN_BY, second=True, cycle=cycle)
    return cycle, box.rater.code


def take_others(studio: Studio) -> None:
    """What an expert sees of the others once the own sheets are in."""
    services, marks = studio.services, studio.services.marks
    pilots = Opening(PILOTS, participants=tuple(Participant(name, "试点社区") for name in COMMUNITIES))
    view = services.assessments.open_year(SAMPLE_YEAR, pilots)
    for expert, totals in EXPERTS.items():
        typed = [
            TypedMark(subject.id, "total", total)
            for subject, total in zip(view.assessed, totals, strict=False)
        ]
        marks.enter_block(SAMPLE_YEAR, "expert", expert, typed, view.cycle.code)
    studio.jobs.saved.emit()
    studio.rest()
    studio.workplace.desk.choose_year(SAMPLE_YEAR, view.cycle.code)
    studio.go("marks:expert-1")
    keep(studio.picture(), "marks-others")


def keep_form(studio: Studio, name: str) -> None:
    """The dialog that stands open, as wide as a screen lets it be; then it is left."""
    form = studio.form()
    form.resize(*ROOM)
    studio.rest()
    keep(studio.picture(form), name)
    form.reject()


def take(studio: Studio, folder: Path) -> None:
    """Sheets first, then ballots, then what is seen of other raters."""
    take_sheets(studio, folder / "评分表")
    take_ballots(studio)
    take_others(studio)


if __name__ == "__main__":
    in_studio(take)
