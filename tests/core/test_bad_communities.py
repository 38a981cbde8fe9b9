"""Rosters whose communities were renamed, or are none of the office's."""

from dataclasses import replace
from pathlib import Path

from core.model.roster import RosterPreview, Verdict
from core.services.services import Services
from tests.sheets.bad_workbooks import a_workbook

HEAD = ("组织名称", "所属社区", "负责人")


def a_roster(services: Services, folder: Path, *rows: tuple[str, str, str]) -> RosterPreview:
    return services.roster_import.preview(a_workbook(folder / "名册.xlsx", HEAD, *rows))


def test_a_community_is_known_by_the_name_it_had(services: Services, tmp_path: Path) -> None:
    services.roster_import.apply(a_roster(services, tmp_path, ("甲队", "东湖社区", "张三")))
    (community,) = services.register.register().communities
    services.register.save_community(replace(community, name="新苑社区"))
    rows = (("甲队", "东湖社区", "张三"), ("乙队", "东湖社区", ""))
    preview = a_roster(services, tmp_path, *rows)
    assert [row.verdict for row in preview.rows] == [Verdict.SAME, Verdict.NEW]
    assert all("社区\uff08村\uff09已改名，读作“新苑社区”" in row.notes for row in preview.rows)
    assert preview.new_communities == ()
    services.roster_import.apply(preview)
    assert {each.community for each in services.register.register().organizations} == {"新苑社区"}


def test_a_new_community_may_have_the_name_that_another_gave_up(services: Services, tmp_path: Path) -> None:
    services.roster_import.apply(a_roster(services, tmp_path, ("甲队", "东湖社区", "")))
    (community,) = services.register.register().communities
    services.register.save_community(replace(community, name="新苑社区"))
    services.register.save_community(replace(community, id="c2", name="东湖社区", position=0, version=1))
    (row,) = a_roster(services, tmp_path, ("甲队", "东湖社区", "")).rows
    assert (row.verdict, row.notes) == (Verdict.NEW, ("名册中另有同名组织\uff1a新苑社区",))


def test_a_column_of_strange_communities_creates_none(services: Services, tmp_path: Path) -> None:
    services.roster_import.apply(a_roster(services, tmp_path, ("甲队", "东湖社区", "")))
    rows = [(f"队{name}", name, "") for name in ("张三", "李四", "王五")]
    preview = a_roster(services, tmp_path, *rows)
    assert {row.verdict for row in preview.rows} == {Verdict.REFUSED}
    assert "请核对是不是选错了文件或列" in str(preview.rows[0].problems[0])
    assert services.roster_import.apply(preview).new_communities == 0
    assert len(a_roster(services, tmp_path, *rows[:2]).new_communities) == 2
