"""The desk of backups over a real store: when, where, thinned, restored, undone, on trial."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.errors import Conflict, NotFound, StorageFailed
from core.model.audit import ActQuery
from core.model.backup import BackupReason
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Organization
from core.model.people import Person
from core.model.program import VERSION
from core.model.user import DECRYPTED, ENCRYPTED
from core.paper.render import ReportLabPaper
from core.rules.backup_times import asks_backup_first
from core.services.backups import BackupService
from core.services.old_backups import REPLACED
from core.services.services import Services
from db.backup import FolderBackups
from db.schema import create_store
from db.store import open_store
from tests.conftest import copied, outside_of

ROOT = Path(__file__).resolve().parents[2]


class Clock:
    """Goes only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 8, 9, 30)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(office_store: Path, tmp_path: Path) -> Path:
    return copied(office_store, tmp_path)


def opened(path: Path, paper: ReportLabPaper, clock: Clock) -> Services:
    outside = outside_of(path, paper, clock, FolderBackups(path))
    return Services(open_store(path), "录入员", outside)


@pytest.fixture
def office(path: Path, paper: ReportLabPaper, clock: Clock) -> Iterator[Services]:
    with closing(opened(path, paper, clock)) as services:
        yield services


@pytest.fixture
def backups(office: Services) -> BackupService:
    assert office.backups is not None
    return office.backups


def act(office: Services, verb: str = "保存组织", name: str = "甲协会") -> None:
    with office.store.writing(ActDraft(verb, "张三")) as work:
        work.add([Organization(f"{name}-{work.count(Organization)}", name)])


def test_import_begins_with_a_backup_of_what_was_before(
    office: Services, backups: BackupService, data: Path
) -> None:
    preview = office.roster_import.preview(data / "roster.xlsx")
    office.roster_import.apply(preview)
    (made,) = backups.overview().backups
    assert (made.reason, made.occasion) == (BackupReason.BEFORE_ACT, "导入名册前")
    assert dict(made.counts)["organizations"] == 0
    assert backups.faults(made) == ()
    assert backups.lost_acts(made) == 1


def test_ordinary_acts_make_none_and_nothing_new_makes_no_second(
    office: Services, backups: BackupService
) -> None:
    act(office)
    assert backups.overview().backups == ()
    backups.make()
    with pytest.raises(RuntimeError), office.store.writing(ActDraft("导入名册", "张三")):
        raise RuntimeError
    assert len(backups.overview().backups) == 1
    act(office)
    act(office, "批量修改归口")
    assert [each.said for each in backups.overview().backups] == ["批量修改归口", ""]


def test_act_does_not_begin_where_its_backup_fails(
    office: Services, backups: BackupService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderBackups, "free", lambda _self, _place: 0)
    with pytest.raises(StorageFailed) as caught:
        act(office, "导入名册")
    assert caught.value.code == "backup_no_room"
    assert caught.value.message_zh.startswith("没有开始“导入名册”：事先的备份没有做成")
    with office.store.reading() as view:
        assert view.count(Organization) == 0


def test_every_verb_of_an_import_or_of_many_records_asks_for_a_backup() -> None:
    """Walks all acts of the services and of an upgrade, so that a new one is not forgotten."""
    files = (*(ROOT / "core" / "services").glob("*.py"), ROOT / "main.py")
    source = "\n".join(each.read_text("utf-8") for each in files)
    verbs = re.findall(r'ActDraft\(\s*f?"([^"{]+)', source)
    asking = {verb for verb in verbs if asks_backup_first(verb)}
    assert {"导入", "导入名册", "导入评分表", "批量修改", "合并组织", "升级数据"} <= asking
    assert len(verbs) > 50


def test_due_at_start_after_a_day_and_by_change_after_half_an_hour(
    office: Services, backups: BackupService, clock: Clock
) -> None:
    assert backups.due_at_start()
    assert backups.due_by_change()
    backups.make(reason=BackupReason.START)
    clock.wait(days=3)
    assert not backups.due_at_start(), "nothing changed since"
    clock.wait(days=-3)
    act(office)
    clock.wait(minutes=29)
    assert not backups.due_by_change()
    clock.wait(minutes=1)
    assert backups.due_by_change()
    assert not backups.due_at_start()
    clock.wait(hours=24)
    assert backups.due_at_start()


def test_what_was_switched_off_is_never_due(office: Services, backups: BackupService) -> None:
    backups.keep_settings(replace(backups.settings(), at_start=False, every_change=False))
    assert not backups.due_at_start()
    assert not backups.due_by_change()


def test_empty_store_needs_no_backup(
    empty_store: Path, tmp_path: Path, paper: ReportLabPaper, clock: Clock
) -> None:
    with closing(opened(copied(empty_store, tmp_path), paper, clock)) as services:
        assert services.backups is not None
        assert not services.backups.due_at_start()
        assert services.backups.before("导入名册") is None


def test_older_backups_are_thinned_out(office: Services, backups: BackupService, clock: Clock) -> None:
    for _ in range(12):
        act(office)
        backups.make()
        clock.wait(hours=16)
    made = [each.made_at for each in backups.overview().backups]
    days = [each.date() for each in made if clock.now - each > timedelta(days=2, hours=16)]
    assert len(days) == len(set(days)) > 2
    assert len(made) < 12


def test_second_place_has_a_folder_of_the_store_and_is_reminded_of(
    office: Services, backups: BackupService, clock: Clock, tmp_path: Path
) -> None:
    stick = tmp_path / "U 盘"
    assert backups.overview().second.is_due
    with pytest.raises(NotFound):
        backups.make_second()
    stick.mkdir()
    place = backups.choose_second(stick).chosen
    assert place is not None
    assert place.parent == stick
    made = backups.make_second().backup
    assert made.place == place
    second = backups.overview().second
    assert (second.is_there, second.is_due, second.newest) == (True, False, clock.now)
    clock.wait(days=7)
    assert backups.overview().second.is_due
    shown = backups.overview()
    assert [shown.is_local(each) for each in shown.backups] == [False]


def test_second_place_that_is_gone_is_told_and_what_is_known_stays(
    office: Services, backups: BackupService, clock: Clock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_second(stick)
    backups.make_second()
    backups.make()
    stick.rename(tmp_path / "pulled out")
    with pytest.raises(StorageFailed) as caught:
        backups.make_second()
    assert caught.value.code == "backup_place_gone"
    second = backups.overview().second
    assert (second.is_there, second.newest) == (False, clock.now)
    assert len(backups.overview().backups) == 1
    assert not stick.exists()


def test_second_place_that_takes_no_file_is_refused_when_it_is_chosen(
    backups: BackupService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_descriptor: int) -> None:
        raise OSError(errno.EROFS, "read-only")

    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(os, "fsync", locked)
    with pytest.raises(StorageFailed) as caught:
        backups.choose_second(stick)
    assert (caught.value.code, list(stick.iterdir())) == ("second_place_unwritable", [])
    assert backups.settings().second == ""


def test_second_place_inside_the_data_folder_is_refused(backups: BackupService, path: Path) -> None:
    with pytest.raises(StorageFailed) as caught:
        backups.choose_second(path.parent)
    assert caught.value.code == "second_place_inside"
    with pytest.raises(StorageFailed) as caught:
        backups.choose_second(path.parent / "nowhere")
    assert caught.value.code == "second_place_gone"


def names(path: Path) -> list[str]:
    with closing(open_store(path)) as store, store.reading() as view:
        return sorted(each.name for each in view.all(Organization))


def test_restore_backs_up_what_it_replaces_and_is_undone(
    path: Path, paper: ReportLabPaper, clock: Clock
) -> None:
    backups = BackupService(FolderBackups(path), clock)
    with closing(opened(path, paper, clock)) as office:
        act(office)
        first = backups.make().backup
        act(office, name="乙协会")
        replaced = backups.restore(first)
    assert replaced is not None
    assert replaced.reason is BackupReason.BEFORE_RESTORE
    kept = backups.finish()
    assert kept is not None
    assert names(path) == ["甲协会"]
    clock.wait(minutes=1)
    assert backups.undoing() == replaced
    again = backups.restore(backups.undoing())
    backups.finish()
    assert names(path) == ["乙协会", "甲协会"]
    assert backups.undoing() == again


def test_damaged_store_is_kept_as_it_is_and_the_newest_good_backup_found(
    path: Path, paper: ReportLabPaper, clock: Clock
) -> None:
    backups = BackupService(FolderBackups(path), clock)
    with closing(opened(path, paper, clock)) as office:
        act(office)
        good = backups.make().backup
        act(office, name="乙协会")
        bad = backups.make().backup
    (bad.folder / path.name).write_bytes(b"gone")
    path.write_bytes(b"\x00" * 5000)
    found = backups.newest_good()
    assert found == good
    assert backups.lost_acts(found) is None
    assert backups.restore(found) is None
    kept = backups.finish()
    assert kept is not None
    assert (kept / path.name).read_bytes() == b"\x00" * 5000
    assert names(path) == ["甲协会"]


def test_store_that_is_gone_is_not_begun_anew(path: Path, paper: ReportLabPaper, clock: Clock) -> None:
    backups = BackupService(FolderBackups(path), clock)
    backups.refuse_new_store()
    backups.make()
    path.unlink()
    with pytest.raises(StorageFailed) as caught:
        backups.refuse_new_store()
    assert (caught.value.code, "2026-01-08 09:30" in caught.value.message_zh) == ("store_gone", True)


def test_bare_pc_is_restored_from_the_stick_alone(
    path: Path, paper: ReportLabPaper, clock: Clock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with closing(opened(path, paper, clock)) as office:
        act(office)
        assert office.backups is not None
        office.backups.choose_second(stick)
        office.backups.make_second()
    shutil.rmtree(path.parent)
    bare = BackupService(FolderBackups(tmp_path / "new" / "shepingtong.sqlite"), clock)
    found = bare.newest_good_in(stick)
    assert (bare.replaces_something(), bare.restore(found), bare.finish()) == (False, None, None)
    assert names(bare.store_path) == ["甲协会"]
    assert (bare.settings().second, bare.settings().second_at) == (str(found.place), found.made_at)


def test_of_several_stores_in_a_share_only_its_own_is_taken_unasked(
    path: Path, paper: ReportLabPaper, clock: Clock, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    made = []
    for name in ("甲", "乙"):
        store = tmp_path / name / path.name
        store.parent.mkdir()
        create_store(store)
        with closing(opened(store, paper, clock)) as office:
            act(office)
            assert office.backups is not None
            office.backups.choose_second(share)
            made.append((office.backups, office.backups.make_second().backup))
        clock.wait(minutes=1)
    (first, own), (_, other) = made
    assert first.newest_good_in(share) == own
    bare = BackupService(FolderBackups(tmp_path / "new" / path.name), clock)
    with pytest.raises(Conflict) as caught:
        bare.newest_good_in(share)
    assert all(f"“{each.place.name}”最近一份是 2026-01-08 09:3" in str(caught.value) for each in (own, other))
    bare.restore(bare.newest_good_in(other.place))
    assert bare.settings().second == str(other.place)


def test_folder_without_backups_is_told(backups: BackupService, tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        backups.listed(tmp_path / "store")
    assert caught.value.code == "no_backups"


def test_drill_is_noted_with_its_date_and_due_after_a_year(
    office: Services, backups: BackupService, clock: Clock
) -> None:
    with pytest.raises(NotFound):
        backups.drill()
    made = backups.make().backup
    assert backups.overview().drill_is_due
    drill = backups.drill()
    assert (drill.backup, drill.faults) == (made, ())
    assert backups.settings().drilled_name == made.name
    assert not backups.overview().drill_is_due
    clock.wait(days=365)
    assert backups.overview().drill_is_due


def test_drill_of_a_damaged_backup_counts_for_nothing(office: Services, backups: BackupService) -> None:
    made = backups.make().backup
    (made.folder / office.store.path.name).write_bytes(b"gone")
    assert backups.drill().faults != ()
    assert backups.settings().drilled_at is None


def test_backups_name_the_program_that_made_them(office: Services, backups: BackupService) -> None:
    assert backups.make().backup.program == VERSION


def test_backups_that_hold_what_was_erased_since_are_told_and_replaced(
    office: Services, backups: BackupService, clock: Clock, tmp_path: Path
) -> None:
    person = Person(new_id(), "张三", phones=("13800000104",))
    with office.store.writing(ActDraft("登记人员", "张三")) as work:
        work.add([person])
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_second(stick)
    old = [backups.make().backup, backups.make_second().backup]
    assert office.old_backups.found() is None
    office.persons.erase(person.id, "本人提出")
    clock.wait(minutes=1)
    standing = backups.make().backup
    found = office.old_backups.found()
    assert found is not None and {each.folder for each in found.backups} == {each.folder for each in old}
    assert found.said == "有 2 份备份是“删除个人信息”以前做的，里面还有当时的内容"
    office.old_backups.replace()
    left = backups.overview().backups
    assert standing in left and not {each.folder for each in old} & {each.folder for each in left}
    assert len({each.place for each in left}) == 2
    assert all(backups.faults(each) == () for each in left)
    [act_of_it] = office.audit.acts(ActQuery(verbs=(REPLACED,)))
    assert all(each.name in act_of_it.reason for each in old)
    assert left[0].last_act >= act_of_it.number
    with pytest.raises(NotFound):
        office.old_backups.replace()


def test_old_backups_stay_where_no_new_one_can_be_made(
    office: Services, backups: BackupService, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(office)
    old = backups.make().backup
    with office.store.writing(ActDraft(ENCRYPTED, "张三", keep=True)):
        pass

    def full(*_given: object) -> None:
        raise StorageFailed("disk_full", "磁盘满了。", "请腾出空间。")

    monkeypatch.setattr(FolderBackups, "make", full)
    with pytest.raises(StorageFailed):
        office.old_backups.replace()
    assert backups.overview().backups == (old,)
    # Who has put the data in clear again keeps what is in clear.
    with office.store.writing(ActDraft(DECRYPTED, "张三", keep=True)):
        pass
    assert office.old_backups.found() is None
