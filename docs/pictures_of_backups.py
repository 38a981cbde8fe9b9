"""Pictures of backups: the page, the question before a restore, a damaged store, backups to be replaced.

.venv/bin/python docs/pictures_of_backups.py      writes backup*.png
"""

import tempfile
from datetime import datetime
from pathlib import Path

import pictures
from pictures import ACTOR, Studio, keep, same_ids_every_time, start_application

from core.model.backup import BackupReason
from core.model.journal import ActDraft
from core.model.personal import ERASED
from core.paper.render import ReportLabPaper
from core.ports import Clock
from core.services.services import Outside, Services
from core.sheets.reader import read_workbook, read_workbooks
from core.sheets.writer import write_workbook
from db.backup import FolderBackups
from db.store import open_store
from db.vault import open_vault
from gui.pages.system_backup import BackupPane
from gui.restoring import RestoreOffer, offer_facts
from gui.widgets.box_text import BoxText
from gui.widgets.message_box import MessageBox

HISTORY = (
    ((2025, 9, 30, 17, 29), BackupReason.CHANGE, ""),
    ((2025, 11, 28, 17, 31), BackupReason.CHANGE, ""),
    ((2026, 1, 2, 17, 35), BackupReason.START, ""),
    ((2026, 1, 7, 15, 10), BackupReason.BEFORE_ACT, "导入名册"),
    ((2026, 1, 7, 17, 42), BackupReason.CHANGE, ""),
    ((2026, 1, 8, 8, 30), BackupReason.START, ""),
    ((2026, 1, 8, 9, 5), BackupReason.MANUAL, ""),
)
ON_STICK = datetime(2025, 12, 30, 16, 58)
DAMAGE = "数据文件“shepingtong.sqlite”已损坏，无法读取其中的内容。"


class SteadyBackups(FolderBackups):
    """The free room of a disk changes by the minute, pictures should not."""

    def free(self, place: Path) -> int:
        """Always as much."""
        return 112 << 30


class Wall:
    """A clock that is set by hand."""

    now = pictures.NOW

    def __call__(self) -> datetime:
        """The moment that was set."""
        return self.now


def services_over(path: Path, paper: ReportLabPaper, clock: Clock) -> Services:
    """As the pictures' own, with backups."""
    store = open_store(path, lambda: clock().astimezone())
    outside = Outside(
        clock,
        read_workbook,
        read_workbooks,
        write_workbook,
        paper,
        open_vault(path),
        backups=SteadyBackups(path),
    )
    return Services(store, ACTOR, outside)


def fill(services: Services, wall: Wall, stick: Path) -> None:
    """Some months of backups."""
    backups = services.backups
    assert backups is not None
    stick.mkdir()
    backups.choose_second(stick)
    for moment, reason, said in HISTORY:
        wall.now = datetime(*moment)
        backups.make(said, reason=reason)
    wall.now = ON_STICK
    backups.make_second()
    wall.now = pictures.NOW


def take(studio: Studio, wall: Wall, stick: Path) -> None:
    """The page, then the boxes before it."""
    fill(studio.services, wall, stick)
    studio.go("backup")
    (pane,) = studio.window.findChildren(BackupPane)
    pane.decisions._place.setText(r"E:\shepingtong-3f6a21c8")
    studio.rest()
    # Said when the window opened, before there was any history.
    studio.window.status._hide_notice()
    keep(studio.picture(), "backup")
    backups = studio.services.backups
    assert backups is not None
    offer = RestoreOffer(backups.overview().backups[3], 12)
    note = "恢复后程序会自动重新打开数据。"
    for name, question, shown in (
        ("backup-restore", "用这份备份恢复吗？", offer),
        (
            "backup-damaged",
            f"{DAMAGE}要用最近一份完好的备份恢复吗？",
            RestoreOffer(backups.overview().backups[0], None),
        ),
    ):
        text = BoxText(question, facts=offer_facts(shown), yes="恢复", no="取消", note=note, safe_no=True)
        box = MessageBox("warn", text, studio.window)
        box.show()
        studio.rest()
        keep(studio.picture(box), name)
        box.close()
    with studio.services.store.writing(ActDraft(ERASED, ACTOR, "本人提出，主任同意", keep=True)):
        pass
    backups.make()
    studio.go("backup")
    pane.reload()
    studio.rest()
    pane.decisions._place.setText(r"E:\shepingtong-3f6a21c8")
    keep(studio.picture(), "backup-old")


def main() -> None:
    """Take the pictures."""
    start_application()
    same_ids_every_time()
    pictures._services_over = services_over
    wall = Wall()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        place = Path(folder) / "社评通数据"
        place.mkdir()
        studio = Studio(place, clock=wall)
        try:
            take(studio, wall, Path(other) / "社事办01")
        finally:
            studio.close()


if __name__ == "__main__":
    main()
