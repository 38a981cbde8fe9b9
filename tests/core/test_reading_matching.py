"""The preview: new, changed, same, duplicate, refused; and the way back for rows that were refused."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from core.model.organization import Category, Community, CommunityKind, Organization, Status
from core.model.roster import PreviewRow, RosterColumn, RosterPreview, RosterReading, Verdict
from core.model.workbook import CellValue, RawSheet, RawWorkbook
from core.rules.faulty_rows import faulty_rows_sheet
from core.rules.roster_matching import community_ids, preview, taken_over
from core.rules.roster_reading import correct, read_roster
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook

DATA = Path(__file__).parents[1] / "data"
CATEGORIES = (Category("c4", 4, "卫计服务类", ("卫技服务类",)), Category("c8", 8, "文化体育类"))
EAST = Community("k1", "东湖社区")
NORTH = Community("k2", "三北村", CommunityKind.RURAL)
HEAD = ("社区", "名称", "备案号", "类别", "电话", "人数", "备注")


def read(*rows: tuple[CellValue, ...]) -> RosterReading:
    cells = tuple(row + (None,) * (len(HEAD) - len(row)) for row in (HEAD, *rows))
    return read_roster(RawWorkbook("名册.xlsx", (RawSheet("名册", cells),)), CATEGORIES)


def judged(*rows: tuple[CellValue, ...], register: tuple[Organization, ...] = ()) -> list[PreviewRow]:
    return list(preview(read(*rows), register, (EAST, NORTH)).rows)


def an_organization(**changes: object) -> Organization:
    known = Organization(
        "o1", "东湖社区合唱团", "k1", "c8", filing_number="街备1号", phones=("13800000100",), members=20
    )
    return replace(known, **changes)  # type: ignore[arg-type]


def imported(shown: RosterPreview) -> tuple[tuple[Organization, ...], tuple[Community, ...]]:
    """The register after importing into an empty one."""
    communities = tuple(
        Community(f"k{place}", proposed.name, proposed.kind)
        for place, proposed in enumerate(shown.new_communities)
    )
    ids = community_ids(communities)
    organizations = tuple(
        taken_over(row.row.draft, Organization(f"o{place}", ""), ids)
        for place, row in enumerate(shown.of(Verdict.NEW))
    )
    return organizations, communities


@pytest.fixture(scope="module")
def sample() -> RosterReading:
    workbook = read_workbook(DATA / "roster.xlsx")
    names = [row[0] for row in workbook.sheets[2].rows]
    categories = tuple(
        Category(str(name), number, str(name), ("卫技服务类",) if number == 4 else ())
        for number, name in enumerate(names, start=1)
    )
    return read_roster(workbook, categories)


def test_sample_has_60_organizations_and_one_twice(sample: RosterReading):
    shown = preview(sample, (), ())
    assert Counter(row.verdict for row in shown.rows) == {Verdict.NEW: 60, Verdict.DUPLICATE: 1}
    (twice,) = shown.of(Verdict.DUPLICATE)
    assert (twice.row.number, twice.duplicate_of) == (26, 25)
    assert {change.field for change in twice.changes} == {"组织名称", "活动场所", "服务人次", "上年等次"}


def test_sample_proposes_26_communities_villages_by_their_ending(sample: RosterReading):
    kinds = Counter(proposed.kind for proposed in preview(sample, (), ()).new_communities)
    assert kinds == {CommunityKind.URBAN: 18, CommunityKind.RURAL: 8}


def test_importing_the_sample_twice_changes_nothing(sample: RosterReading):
    organizations, communities = imported(preview(sample, (), ()))
    again = preview(sample, organizations, communities)
    assert Counter(row.verdict for row in again.rows) == {Verdict.SAME: 60, Verdict.DUPLICATE: 1}
    assert again.new_communities == ()


def test_changes_field_by_field_old_to_new():
    (row,) = judged(
        ("东湖社区", "东湖社区合唱团", "街备1号", "卫技服务类", "13800000101", 25.0, "暂停活动"),
        register=(an_organization(),),
    )
    assert (row.verdict, row.organization_id) == (Verdict.CHANGED, "o1")
    assert [(change.field, change.old, change.new) for change in row.changes] == [
        ("类别", "文化体育类", "卫计服务类"),
        ("状态", "正常", "暂停活动"),
        ("联系电话", "13800000100", "13800000101"),
        ("成员数", "20", "25"),
        ("备注", "", "暂停活动"),
    ]


def test_what_the_file_leaves_empty_stays():
    known = an_organization(status=Status.SUSPENDED, remarks="装修")
    (row,) = judged(("东湖社区", "东湖社区合唱团"), register=(known,))
    assert row.verdict is Verdict.SAME
    assert taken_over(row.row.draft, known, community_ids((EAST,))) == known


def test_matched_by_number_when_the_name_changed():
    (row,) = judged(("东湖社区", "东湖社区百灵合唱团", "街备1号"), register=(an_organization(),))
    assert row.verdict is Verdict.CHANGED
    assert [(change.old, change.new) for change in row.changes] == [("东湖社区合唱团", "东湖社区百灵合唱团")]


@pytest.mark.parametrize("name", ["东湖社区合唱团 ", "东湖 社区合唱团", "\uff08东湖\uff09合唱团"])
def test_matched_by_name_in_another_spelling(name: str):
    known = an_organization(name="(东湖)合唱团" if "\uff08" in name else "东湖社区合唱团")
    (row,) = judged(("东湖", name), register=(known,))
    assert row.organization_id == "o1"


def test_same_name_in_another_community_is_another_organization():
    known = an_organization(name="合唱团")
    (row,) = judged(("三北村", "合唱团"), register=(known,))
    assert row.verdict is Verdict.NEW
    assert row.notes == ("名册中另有同名组织：东湖社区",)


def test_name_alone_matches_where_one_side_knows_no_community():
    (row,) = judged((None, "合唱团"), register=(an_organization(name="合唱团"),))
    assert row.verdict is Verdict.SAME
    (row,) = judged(("三北村", "合唱团"), register=(an_organization(name="合唱团", community_id=None),))
    assert [(change.field, change.old, change.new) for change in row.changes] == [("所属社区", "", "三北村")]


def test_name_alone_does_not_choose_between_two():
    two = (
        an_organization(name="合唱团"),
        an_organization(id="o2", name="合唱团", community_id="k2", filing_number=""),
    )
    (row,) = judged((None, "合唱团"), register=two)
    assert row.verdict is Verdict.NEW


@pytest.mark.parametrize(
    "second",
    ["合唱团(二队)", "合唱团\uff08二队\uff09 ", "合唱团【二队】", "合 唱团〔二队〕"],
)
def test_duplicates_in_other_spellings(second: str):
    first, row = judged(("东湖社区", "合唱团(二队)"), (None, second))
    assert (first.verdict, row.verdict, row.duplicate_of) == (Verdict.NEW, Verdict.DUPLICATE, 2)


def test_two_rows_that_mean_one_record_are_duplicates():
    rows = judged(
        ("东湖社区", "东湖社区合唱团"), (None, "百灵合唱团", "街备1号"), register=(an_organization(),)
    )
    assert [row.verdict for row in rows] == [Verdict.SAME, Verdict.DUPLICATE]


def test_one_number_on_two_names_is_refused():
    first, second = judged(("东湖社区", "甲队", "街备2号"), ("东湖社区", "乙队", "街备2号"))
    assert (first.verdict, second.verdict) == (Verdict.NEW, Verdict.REFUSED)
    assert "与第 2 行“甲队”相同" in second.problems[0].message


def test_a_refused_row_does_not_make_a_later_one_a_duplicate():
    first, second = judged(("东湖社区", "甲队", None, None, 1380000010.0), ("东湖社区", "甲队"))
    assert (first.verdict, second.verdict) == (Verdict.REFUSED, Verdict.NEW)


def test_unknown_community_is_proposed_once_and_shown():
    shown = preview(read(("新村", "甲队"), (None, "乙队"), ("东湖社区", "东湖社区合唱团")), (), (EAST,))
    assert [(proposed.name, proposed.kind) for proposed in shown.new_communities] == [
        ("新村", CommunityKind.RURAL)
    ]
    moved = preview(read(("新村", "东湖社区合唱团", "街备1号")), (an_organization(),), (EAST,))
    assert [(change.old, change.new) for change in moved.rows[0].changes] == [("东湖社区", "新村")]


def test_community_of_a_refused_row_is_not_proposed():
    assert preview(read(("新村", "甲队", None, None, 1380000010.0)), (), ()).new_communities == ()


def test_refused_rows_come_back_as_a_sheet_that_can_be_repaired(tmp_path: Path):
    reading = read(
        ("东湖社区", "甲队", "街备1号", "不存在类", 1380000010.0, "72人"),
        (None, "乙队", "街备2号", "文化体育类", 13800000100.0, 5.0),
    )
    sheet = faulty_rows_sheet(preview(reading, (), ()))
    assert [column.title for column in sheet.columns][-2:] == ["原行号", "问题"]
    ((*cells, problem),) = sheet.rows
    assert cells == ["东湖社区", "甲队", "街备1号", "不存在类", 1380000010, "72人", None, 2]
    assert "第 2 行“类别”" in str(problem)
    assert "第 2 行“电话”" in str(problem)

    path = tmp_path / "待修改.xlsx"
    path.write_bytes(write_workbook([sheet]))
    again = read_roster(read_workbook(path), CATEGORIES)
    assert [row.draft.name for row in again.rows] == ["甲队"]
    assert again.rows[0].draft == reading.rows[0].draft
    assert again.unread_titles == ("原行号", "问题")
    mended = correct(again, 3, RosterColumn.CATEGORY, "文化体育类")
    mended = correct(mended, 3, RosterColumn.PHONES, "13800000108")
    assert preview(mended, (), (EAST,)).rows[0].verdict is Verdict.NEW


def test_sample_survives_the_way_through_the_repair_sheet(sample: RosterReading, tmp_path: Path):
    """Every spelling of the sample is understood the same when it comes back."""
    shown = preview(sample, (), ())
    refused = replace(shown, rows=tuple(row._replace(verdict=Verdict.REFUSED) for row in shown.rows))
    path = tmp_path / "待修改.xlsx"
    path.write_bytes(write_workbook([faulty_rows_sheet(refused)]))
    again = read_roster(read_workbook(path), sample.categories)
    assert [row.draft for row in again.rows] == [row.draft for row in sample.rows]
