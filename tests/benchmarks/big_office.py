"""A big office for the benchmarks: `python -m tests.benchmarks.big_office FOLDER [ORGANIZATIONS]`.

Of 100,000 organizations it has 300,000 activities and 1,000,000 changes of the organizations: each was added
and changed nine times, and a last act changed one in a hundred. Search keys are the program's own.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from core.model.activities import Activity, Series
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Assignment, Category, Community, Organization, Standing, WorkGroup
from core.model.register import RosterQuery
from core.services.derived import with_derived
from core.services.services import Outside, Services
from core.services.setup import OfficeDraft
from core.sheets.reader import read_workbook, read_workbooks
from core.sheets.writer import write_workbook
from db.chain import seal_all
from db.schema import create_store
from db.sqlite_engine import connect, make_engine
from db.store import SqliteStore, open_store
from db.vault import open_vault
from tests.benchmarks.big_roster import cells

NOW = datetime(2026, 1, 8, 9, 30)
ROUNDS = 9
"""Acts that change every organization after it was added."""
PORTION = 10_000
PLACES = ("社区活动室", "文化广场", "党群服务中心", "小区凉亭", "村礼堂")
DEEDS = ("邻里守望", "公益宣传", "环境整治", "义诊", "矛盾调解", "文艺汇演", "安全巡逻")


def services_over(folder: Path) -> Services:
    """The program's services over the store in a folder."""
    path = folder / "shepingtong.sqlite"
    outside = Outside(lambda: NOW, read_workbook, read_workbooks, write_workbook, None, open_vault(path))
    return Services(open_store(path), "录入员", outside)


def indexed(services: Services) -> None:
    """Wait until the store's search index, made when a list is first shown, knows all records."""
    assert isinstance(services.store, SqliteStore)
    services.roster.find(RosterQuery(), 1)
    services.store.index.wait()


def make(folder: Path, count: int) -> Path:
    """An office of so many organizations in this folder; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    create_store(folder / "shepingtong.sqlite")
    services = services_over(folder)
    services.setup.init_office(OfficeDraft("示例街道办事处"))
    with services.store.reading() as view:
        categories, groups = view.all(Category), view.all(WorkGroup)
    with services.store.writing(ActDraft("导入", "张三")) as work:
        names = dict.fromkeys(str(cells(number, count)[0]) for number in range(count))
        communities = [Community(new_id(), name, position=place) for place, name in enumerate(names)]
        work.add(communities)
        owners: list[Organization] = []
        for some in portions(organizations(count, communities, categories)):
            owners += with_derived(work, some)
            work.add(owners[-len(some) :])
        work.add([assignment(each, groups) for each in owners])
        for some in portions(activity(number, owners) for number in range(3 * count)):
            work.add(with_derived(work, some))
    services.close()
    change_many(folder / "shepingtong.sqlite")
    return folder


def portions(records: Iterator[object]) -> Iterator[list[object]]:
    portion = []
    for record in records:
        portion.append(record)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def organizations(
    count: int, communities: Sequence[Community], categories: Sequence[Category]
) -> Iterator[Organization]:
    places = {each.name: each.id for each in communities}
    for number in range(count):
        place, _, name, _, _, filing, _, principal, political, _, _, party, *_ = cells(number, count)
        yield Organization(
            new_id(),
            str(name).strip(),
            community_id=places[str(place)],
            category_id=categories[number % len(categories)].id,
            standing=Standing.FILED,
            filing_number=str(filing),
            founded_on=PartialDate(2012 + number % 13, number % 12 + 1, number % 28 + 1),
            principal=str(principal),
            political_status=str(political),
            phones=(str(13800000000 + number),),
            members=number % 80 + 8,
            party_members=int(party),
            volunteers=number % 40,
            premises=PLACES[number % len(PLACES)],
            activities=number % 40,
            visits=number % 900,
            previous_grade=("优秀", "良好", "合格", "")[number % 4],
            position=number,
        )


def assignment(owner: Organization, groups: Sequence[WorkGroup]) -> Assignment:
    group = next((each for each in groups if each.category_id == owner.category_id), groups[0])
    return Assignment(new_id(), owner.id, group.id, "2025-01-01")


def activity(number: int, owners: Sequence[Organization]) -> Activity:
    title = f"第{number // len(owners) + 1}次{DEEDS[number % len(DEEDS)]}活动"
    held_on = PartialDate(2020 + number % 6, number % 12 + 1, number % 28 + 1)
    owner = owners[number % len(owners)]
    place = PLACES[number % len(PLACES)]
    return Activity(new_id(), owner.id, title, held_on, "公益活动", Series.NEIGHBOURS, place, number % 90)


def change_many(path: Path) -> None:
    """Nine acts that change every organization, and one that changes one in a hundred; straight in SQL."""
    connection = connect(path)
    connection.execute("BEGIN")
    for every in (*[1] * ROUNDS, 100):
        change_some(connection, every)
    connection.execute("COMMIT")
    connection.close()
    engine = make_engine(path)
    with engine.begin() as written:
        seal_all(written)
    engine.dispose()


def change_some(connection: dbapi2.Connection, every: int) -> None:
    (number,) = connection.execute("SELECT max(number) + 1 FROM acts").fetchone()
    connection.execute(
        "INSERT INTO acts (number, id, at, verb, actor, reason) "
        "VALUES (?, ?, '2026-01-08T09:30', '修改', '张三', '')",
        (number, new_id()),
    )
    some = f"WHERE rowid % {every} = 0"
    connection.execute(
        "INSERT INTO changes (act_number, kind, record_id, version, before, after) "
        "SELECT ?, 'organizations', id, version + 1, json_object('members', members), "
        f"json_object('members', members + 1) FROM organizations {some}",
        (number,),
    )
    connection.execute(f"UPDATE organizations SET version = version + 1, members = members + 1 {some}")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
