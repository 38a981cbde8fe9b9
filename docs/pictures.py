"""Pictures of every page for the manual, taken from the sample office.

    .venv/bin/python docs/pictures.py               writes resources/manual/pictures/*.png, all of them

The clock stands still and nothing is asked of the user, so the same program makes the same pictures.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
from openpyxl import Workbook, load_workbook
from PIL import Image, ImageOps
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from core.model import identity
from core.model.activities import Activity
from core.model.activity_ledgers import ACTIVITIES
from core.model.certificate import CertificateRequest
from core.model.dates import PartialDate
from core.model.filing import Particulars, Transition, TransitionKind
from core.model.identity import new_id
from core.model.people import Person, Post, PostKind
from core.model.register_ledgers import PARTICULARS, PEOPLE, POSTS, UNITS
from core.model.task_ledgers import TASKS
from core.model.tasks import Task
from core.paper.charts import Charts
from core.paper.fonts import FontLibrary
from core.paper.render import ReportLabPaper
from core.ports import Clock
from core.services.document_opening import Wanted
from core.services.log_file import Bug
from core.services.sample import SAMPLE_YEAR, fill_sample
from core.services.services import Outside, Services
from core.sheets.reader import read_workbook, read_workbooks
from core.sheets.writer import write_workbook
from db.schema import create_store
from db.store import open_store
from db.vault import open_vault
from gui.app import speak_chinese
from gui.jobs import JobRunner
from gui.main_window import MainWindow
from gui.messages import Answer
from gui.open_office import open_office
from gui.pages.scheme_places import place_of
from gui.pages.todo import PROGRESS
from gui.settings_store import SettingsStore
from gui.theme import Mode, TextSize, apply_theme
from tests.gui.resting import is_at_rest

FOLDER = PROJECT / "resources" / "manual" / "pictures"
FILLED, NOW = datetime(2025, 12, 20, 9, 30), datetime(2026, 1, 8, 9, 30)
ACTOR = "张三"
WHOLE = (1280, 700)
WIDE = (1366, 680)
"""For pages of three columns."""
# Turns of 10 ms, not time: a page that is made for a second is one turn.
REST_TURNS = 40
FRAME, COLOURS = "#8a8a8a", 48


class _SilentMessages:
    """Agrees to everything and gives the file set beforehand."""

    chosen: Path | None = None

    def show_error(self, error: Exception, *, headline: str = "") -> None:
        raise error

    def show_problem(self, headline: str, why: str = "", remedy: str = "", *, retry: str = "") -> bool:
        raise AssertionError(headline, why)

    def show_bug(self, bug: Bug) -> None:
        raise AssertionError(bug.details)

    def confirm(self, question: str, facts: Sequence[tuple[str, str]] = (), **_words: str) -> bool:
        return True

    def ask_save(self, what: str) -> Answer:
        return Answer.DISCARD

    def choose_open_file(self, title: str, kinds: str, *, purpose: str) -> Path | None:
        return self.chosen

    def choose_open_files(self, title: str, kinds: str, *, purpose: str) -> tuple[Path, ...]:
        return (self.chosen,) if self.chosen else ()

    def choose_save_file(self, title: str, kinds: str, *, name: str, purpose: str) -> Path | None:
        return self.chosen

    def choose_folder(self, title: str, *, purpose: str) -> Path | None:
        return self.chosen


class Studio:
    """The window over the sample office, and a camera before it."""

    def __init__(self, folder: Path, clock: Clock = NOW.replace) -> None:
        self.messages = _SilentMessages()
        self.jobs = JobRunner(self.messages)
        self.services = _sample_services(folder, clock)
        settings = SettingsStore(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
        self.window = MainWindow(self.jobs, settings)
        self.window.resize(*WHOLE)
        self.window.show()
        office = open_office(self.services)
        self.workplace = office.enter(self.window, self.jobs, self.messages, settings)
        self.rest()

    def close(self) -> None:
        """Let go of the store."""
        self.window.hide()
        self.jobs.shut_down()
        self.services.close()

    def page(self, key: str) -> Any:
        """A page of the window."""
        return self.window.page(key)

    def go(self, action: str) -> None:
        """Show a page at one of its actions, and wait until nothing moves any more."""
        self.workplace.go(action)
        self.rest()

    def rest(self) -> None:
        """Run the window until nothing is at work in it or about to begin, for a while."""
        calm = 0
        while calm < REST_TURNS:
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()
            calm = calm + 1 if is_at_rest(self.jobs) else 0

    def import_roster(self, path: Path) -> None:
        """Show the preview of a roster."""
        self.messages.chosen = path
        self.go("import_roster")

    def import_scores(self, path: Path) -> None:
        """Show the preview of a score file."""
        self.messages.chosen = path
        self.go("import_scores")

    def form(self) -> Any:
        """The dialog that stands open."""
        self.rest()
        return [each for each in self.window.findChildren(QDialog) if each.isVisible()][-1]

    def picture(self, dialog: QDialog | None = None) -> Image.Image:
        """The window as it stands, with a dialog before it."""
        return picture_of(self.window, dialog)


def picture_of(window: QWidget, dialog: QDialog | None = None) -> Image.Image:
    """A window as it stands, or the dialog before it, in a thin frame."""
    image = (dialog or window).grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    line = image.bytesPerLine()
    taken = Image.frombuffer(
        "RGB", (image.width(), image.height()), bytes(image.constBits()), "raw", "RGB", line, 1
    )
    return ImageOps.expand(taken, 1, FRAME)


def same_ids_every_time() -> None:
    """The results' checksum, which stands under them, is taken over the ids too."""
    identity.time = SimpleNamespace(time_ns=lambda: int(NOW.timestamp()) * 1_000_000_000)
    identity.os = SimpleNamespace(urandom=bytes)


def _sample_services(folder: Path, clock: Clock) -> Services:
    path = folder / "shepingtong.sqlite"
    create_store(path)
    fonts = FontLibrary()
    paper = ReportLabPaper(fonts, Charts(fonts))
    filled = _services_over(path, paper, FILLED.replace)
    fill_sample(filled)
    filled.close()
    return _services_over(path, paper, clock)


def _services_over(path: Path, paper: ReportLabPaper, clock: Clock) -> Services:
    store = open_store(path, lambda: clock().astimezone())
    outside = Outside(clock, read_workbook, read_workbooks, write_workbook, paper, open_vault(path))
    return Services(store, ACTOR, outside)


def changed_roster(folder: Path) -> Path:
    """The sample roster a year later: some figures new, some cells wrong, one organization more."""
    book = load_workbook(PROJECT / "resources" / "sample" / "roster.xlsx")
    sheet = book["花名册"]
    sheet.cell(5, 11).value = 99
    sheet.cell(9, 8).value = "李乙"
    sheet.cell(17, 10).value = 1380000123
    sheet.cell(31, 7).value = "2025.2.30"
    sheet.cell(40, 6).value = "5133O499MJ00000122"
    sheet.cell(50, 3).value = "梅园社区银龄书画社"
    path = folder / "2026年花名册.xlsx"
    book.save(path)
    return path


def foreign_roster(folder: Path) -> Path:
    """A part of the sample roster as somebody else keeps it: under titles of their own."""
    book = load_workbook(PROJECT / "resources" / "sample" / "roster.xlsx", read_only=True)
    rows = [[row[place].value for place in (1, 2, 3, 6, 7)] for row in book["花名册"].iter_rows(5, 30)]
    kept = Workbook()
    for row in (["城东片队伍一览"], ["序", "队伍", "哪一类", "哪年成立", "当家人"], *rows):
        kept.active.append(row)
    path = folder / "城东片报来.xlsx"
    kept.save(path)
    return path


def changed_scores(folder: Path) -> Path:
    """The sample's score file, sent again with a few other marks."""
    book = load_workbook(PROJECT / "resources" / "sample" / "scores.xlsx")
    sheet = book["社会事务办"]
    for row in (5, 9):
        sheet.cell(row, 4).value = 9
    path = folder / "评分表（更正）.xlsx"
    book.save(path)
    return path


def keep(picture: Image.Image, name: str) -> None:
    """Write a picture, in few colours: a manual of many pictures stays small."""
    FOLDER.mkdir(exist_ok=True)
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


def keep_page(pdf: bytes, number: int, name: str) -> None:
    """Write a page of a document, half as large as it prints on screen."""
    page = pypdfium2.PdfDocument(pdf)[number - 1]
    keep(page.render(scale=0.8).to_pil().convert("RGB"), name)


def _form(studio: Studio) -> QDialog:
    page = studio.page("roster")
    page.organizations.edit_asked.emit(page.organizations.table.current_record())
    studio.rest()
    dialog: QDialog = studio.window.findChildren(QDialog)[-1]
    return dialog


def take_all(studio: Studio, folder: Path) -> None:
    """Every page in the order of a year's work."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    studio.go("home")
    keep(studio.picture(), "home")
    apply_theme(app, Mode.DARK)
    keep(studio.picture(), "home-dark")
    apply_theme(app, Mode.LIGHT)
    studio.go("roster")
    keep(studio.picture(), "roster")
    form = _form(studio)
    keep(studio.picture(form), "organization-form")
    form.reject()
    studio.import_roster(changed_roster(folder))
    keep(studio.picture(), "roster-import")
    studio.import_roster(foreign_roster(folder))
    keep(studio.picture(), "roster-columns")
    studio.go("marks:department")
    keep(studio.picture(), "marks")
    studio.import_scores(changed_scores(folder))
    keep(studio.picture(), "scores-import")
    studio.go("compute")
    studio.go("results")
    keep(studio.picture(), "results")
    studio.go("office")
    keep(studio.picture(), "system")
    studio.go("fonts")
    keep(studio.picture(), "fonts")
    studio.services.assessments.compute(SAMPLE_YEAR)
    studio.go("statistics")
    keep(studio.picture(), "statistics")
    studio.page("statistics").header.tabs.setCurrentIndex(1)
    studio.rest()
    keep(studio.picture(), "statistics-grades")
    documents = studio.services.documents
    notice = documents.render(
        studio.services.document_issue.prepared(Wanted("results-notice", SAMPLE_YEAR)).filled()
    )
    keep_page(notice, 1, "notice-1")
    keep_page(notice, 3, "notice-3")
    certificates = studio.services.certificates.prepare(CertificateRequest(year=SAMPLE_YEAR))
    keep_page(studio.services.certificates.render(certificates), 1, "certificate")


def take_register(studio: Studio) -> None:
    """The register over the year."""
    services = studio.services
    first = services.register.register().organizations[0].organization
    fill_register(services, first.id)
    twin = replace(
        first, id=new_id(), name="松枫作风监督队", filing_number="", credit_code="", position=0, version=1
    )
    services.register.save_form(twin, None)
    studio.go(f"organization:{first.id}")
    keep(studio.picture(), "register-organization")
    studio.go("ledger:activities")
    keep(studio.picture(), "register-activities")
    services.register.merge(first.id, twin.id, reason="同一个组织登记了两次")
    studio.go("log")
    keep(studio.picture(), "register-log")
    services.versions.undo(services.register.acts(1)[0].number)
    studio.go("roster")
    studio.page("roster").header.tabs.setCurrentIndex(0)
    studio.page("roster").organizations.day_asked.emit(FILLED.date())
    studio.rest()
    keep(studio.picture(), "register-day")
    studio.go("groups")
    keep(studio.picture(), "register-groups")
    studio.go("leading_group")
    keep(studio.picture(), "register-leading-group")
    studio.go("todo")
    keep(studio.picture(), "register-todo")
    studio.go("calendar")
    keep(studio.picture(), "register-calendar")
    fill_tasks(services)
    studio.go("todo")
    studio.page("groups").todo.header.tabs.setCurrentIndex(PROGRESS)
    studio.rest()
    keep(studio.picture(), "register-progress")
    studio.go("bin")
    keep(studio.picture(), "register-bin")
    keep_page(services.papers.filing_form(first.id), 1, "register-filing-form")
    keep_page(services.papers.roster(), 1, "register-roster")


def take_schemes(studio: Studio) -> None:
    """A scheme being written."""
    studio.go("schemes")
    schemes = studio.page("assessment").schemes
    schemes.edit("subdistrict-year")
    studio.rest()
    editor = schemes.editor
    path = ("stages", 0, "indicators", 0)
    editor.form.changed.emit(path, "full", Decimal(20))
    editor.outline.choose(place_of(path))
    studio.rest()
    keep(studio.picture(), "scheme-editor")
    editor.undo()
    editor.form.changed.emit(("bands", 0), "floor", Decimal(93))
    editor.trial_asked.emit(SAMPLE_YEAR, "")
    studio.rest()
    keep(studio.picture(), "scheme-trial")
    editor.leave()


def fill_register(services: Services, organization_id: str) -> None:
    """What a month of work leaves in the register."""
    today = PartialDate.of(NOW.date())
    services.ledgers.save(
        PARTICULARS,
        Particulars(
            new_id(),
            organization_id,
            purpose="听取居民对机关作风的意见",
            scope_registered="作风监督",
            has_charter=True,
        ),
    )
    services.filing.open(
        Transition(
            new_id(),
            organization_id,
            TransitionKind.CHANGE,
            change_field="负责人",
            new_value="李四",
            applied_on=today,
        )
    )
    for title, day, visits in (
        ("端午惠民演出", 31, 180),
        ("政风行风恳谈会", 12, 46),
        ("窗口服务走访", 20, 25),
    ):
        held = PartialDate(2025, 5, day)
        services.ledgers.save(ACTIVITIES, Activity(new_id(), organization_id, title, held, visits=visits))
    for name, kind in (("王一", PostKind.GROUP_HEAD), ("赵五", PostKind.OFFICE_DIRECTOR)):
        person = services.ledgers.save(PEOPLE, Person(new_id(), name))
        services.ledgers.save(POSTS, Post(new_id(), person, kind, since_on=PartialDate(2025, 3)))
    removed = services.ledgers.save(PEOPLE, Person(new_id(), "钱七"))
    services.ledgers.remove(PEOPLE, [removed])


def fill_tasks(services: Services) -> None:
    """Tasks of three units: one late, one done, one to come."""
    first, second, third, *_ = services.ledgers.find(UNITS)
    for unit_id, title, due_on, done_on in (
        (first, "印发文化体育专项推进工作方案", PartialDate(2025, 12, 26), None),
        (second, "报送社区社会组织典型材料", PartialDate(2026, 1, 9), PartialDate(2026, 1, 6)),
        (third, "排查活动场所安全", PartialDate(2026, 1, 6), None),
        (third, "整理年度考核佐证材料", PartialDate(2026, 1, 30), None),
    ):
        services.ledgers.save(TASKS, Task(new_id(), title, unit_id=unit_id, due_on=due_on, done_on=done_on))


def start_application() -> QApplication:
    """The program's look, without a blinking cursor."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    speak_chinese(app)
    apply_theme(app, Mode.LIGHT, TextSize.STANDARD)
    app.setCursorFlashTime(0)
    return app


def in_studio(take: Callable[[Studio, Path], None], clock: Clock = NOW.replace) -> None:
    """Take pictures over a sample office that is gone afterwards."""
    app = start_application()
    same_ids_every_time()
    scratch = Path(tempfile.mkdtemp(prefix="pictures-"))
    # Its name stands in the status bar.
    folder = scratch / "社评通数据"
    folder.mkdir()
    studio = Studio(folder, clock)
    try:
        take(studio, folder)
    finally:
        studio.close()
        shutil.rmtree(scratch)
    app.quit()


def take_whole(studio: Studio, folder: Path) -> None:
    """What this program takes of a whole window."""
    take_all(studio, folder)
    take_schemes(studio)
    take_register(studio)


def main() -> int:
    """Take the pictures; those of the other scripts in programs of their own."""
    in_studio(take_whole)
    others = sorted(Path(__file__).parent.glob("pictures_of_*.py"))
    return max(subprocess.run((sys.executable, each), check=False).returncode for each in others)


if __name__ == "__main__":
    sys.exit(main())
