"""The import desk for rosters: pasted blocks, and columns that a person mapped."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from core.errors import InvalidInput
from core.model.reading import TablePlace
from core.model.roster import RosterColumn, Verdict
from core.services.services import Services

BLOCK = [["组织名称", "社区", "电话"], ["银杏合唱团", "东风社区", "13800001234"], ["书画社"]]
FOREIGN = (("东风社区一览",), ("序", "队伍", "归哪个社区"), (1, "银杏合唱团", "东风社区"))
TITLES = {"序": "", "队伍": "name", "归哪个社区": "community"}


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A roster under titles that nobody would guess."""
    book = Workbook()
    for row in FOREIGN:
        book.active.append(row)
    path = tmp_path / "东风.xlsx"
    book.save(path)
    return path


def test_a_pasted_block_is_imported_as_a_file_is(services: Services) -> None:
    counts = services.roster_import.apply(services.roster_import.preview(BLOCK))
    assert (counts.added, counts.new_communities) == (2, 1)
    act = services.register.acts(1)[0]
    assert (act.verb, act.reason) == ("导入名册", "粘贴的内容")
    again = services.roster_import.preview(BLOCK)
    assert {row.verdict for row in again.rows} == {Verdict.SAME}


def test_a_cell_of_a_mapped_column_is_corrected_in_place(services: Services, foreign: Path) -> None:
    place = TablePlace(mapping={0: "members", 1: "name"})
    preview = services.roster_import.preview(foreign, place)
    corrected = services.roster_import.correct(preview.reading, 3, RosterColumn.MEMBERS, "12人")
    assert corrected.rows[0].row.draft.members == 12
    assert services.roster_import.apply(corrected).new_communities == 0


def test_what_was_said_of_the_titles_makes_the_file_a_roster(services: Services, foreign: Path) -> None:
    with pytest.raises(InvalidInput, match="没有找到花名册的表头"):
        services.roster_import.preview(foreign)
    look = services.roster_import.look(foreign)
    assert (look.sheet, look.mapping) == ("Sheet", {})
    known = TablePlace(titles=TITLES)
    assert services.roster_import.look(foreign, known).mapping == {1: "name", 2: "community"}
    (row,) = services.roster_import.preview(foreign, known).rows
    assert (row.row.draft.name, row.row.draft.community) == ("银杏合唱团", "东风社区")


def test_an_exported_roster_comes_back_as_it_went(services: Services, tmp_path: Path) -> None:
    homeless = [*BLOCK[:2], ["书画社", "无"]]
    services.roster_import.apply(services.roster_import.preview(homeless))
    path = tmp_path / "名册.xlsx"
    path.write_bytes(services.exports.roster(services.register.register().organizations, "名册"))
    assert {row.verdict for row in services.roster_import.preview(path).rows} == {Verdict.SAME}
