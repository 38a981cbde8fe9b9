"""Bad input of the register: each is told in one Chinese message, and nothing is half stored."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import AppError, Conflict, InvalidInput, RuleViolation
from core.model.attachment import Attachment
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.ledger_view import LedgerPreview
from core.model.ledgers import LEDGERS
from core.model.office import Office
from core.model.organization import Assignment, Category, Community, Organization, WorkGroup
from core.model.reading import RemarkKind
from core.model.roster import RosterColumn, RosterPreview, Verdict
from core.model.tasks import Task
from core.model.workbook import CellValue
from core.services.services import Services
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook
from tests.laws import examples
from tests.sheets.bad_workbooks import a_workbook

TODAY = date(2026, 1, 8)
ACTIVITIES, PEOPLE, INCOMES = (LEDGERS[code] for code in ("activities", "people", "incomes"))
KINDS: tuple[type[Any], ...] = (
    Office,
    Organization,
    Community,
    Category,
    WorkGroup,
    Assignment,
    Attachment,
    *(each.kind for each in LEDGERS.values()),
)
HEAD = tuple(
    column.label
    for column in (
        RosterColumn.NAME,
        RosterColumn.COMMUNITY,
        RosterColumn.PRINCIPAL,
        RosterColumn.PHONES,
        RosterColumn.FOUNDED_ON,
        RosterColumn.CREDIT_CODE,
        RosterColumn.MEMBERS,
        RosterColumn.REMARKS,
    )
)
# The bytes of GB 18030 whose places moved in 2022, and the characters that they are now.
MOVED = dict(
    zip(
        (
            *(0xA6D9, 0xA6DA, 0xA6DB, 0xA6DC, 0xA6DD, 0xA6DE, 0xA6DF, 0xA6EC, 0xA6ED, 0xA6F3),
            *(0xFE59, 0xFE61, 0xFE66, 0xFE67, 0xFE6D, 0xFE7E, 0xFE90, 0xFEA0),
        ),
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
        strict=True,
    )
)
HALF = "\ud800"


def everything(services: Services) -> object:
    """All that is stored, to be compared."""
    with services.store.reading() as view:
        return view.acts(1_000), [view.all(kind) for kind in KINDS]


def a_roster(services: Services, folder: Path, *rows: Sequence[CellValue]) -> RosterPreview:
    return services.roster_import.preview(a_workbook(folder / "名册.xlsx", HEAD, *map(tuple, rows)))


def one_row(services: Services, folder: Path, column: RosterColumn, cell: CellValue) -> RosterPreview:
    """The preview of an organization with this cell in its row."""
    said = {RosterColumn.NAME: "甲队", RosterColumn.COMMUNITY: "东湖社区"} | {column: cell}
    labels = {each.label: value for each, value in said.items()}
    return a_roster(services, folder, [labels.get(title) for title in HEAD])


@pytest.fixture
def registered(services: Services, tmp_path: Path) -> Services:
    """An office with three organizations, two of one name."""
    rows = (("甲队", "东湖社区"), ("甲队", "西河社区"), ("乙•丙队", "西河社区"))
    services.roster_import.apply(a_roster(services, tmp_path, *rows))
    return services


def organizations(services: Services) -> dict[str, Organization]:
    """The organizations in the lists, by name and community."""
    found = services.register.register().organizations
    return {f"{each.organization.name} {each.community}": each.organization for each in found}


C = RosterColumn


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        (C.NAME, "\u200b\u202e", "没有组织名称"),
        (C.NAME, "\u3164", "没有组织名称"),
        (C.NAME, "名" * 101, "超过 100 个字"),
        (C.NAME, "甲_x0007_队", "控制字符或残缺"),
        (C.NAME, "甲\uffff队", "控制字符或残缺"),
        (C.NAME, '=HYPERLINK("http://x","甲")', "像公式"),
        (C.NAME, "#NAME?", "公式出错的标记"),
        (C.COMMUNITY, "13800000001", "不像社区"),
        (C.COMMUNITY, 43529.0, "不像社区"),
        (C.COMMUNITY, "2019-03-05", "不像社区"),
        (C.PHONES, "1380000001", "少了一位"),
        (C.PHONES, "23800000001", "有 11 位，不是电话号码"),
        (C.PHONES, "1.38E+10", "末几位已经丢失"),
        (C.PHONES, "1," * 5_000, "有 10000 个字，不像电话号码"),
        (C.PHONES, "找老王", "没有电话号码"),
        (C.FOUNDED_ON, "2021.2.30", "没有 30 日"),
        (C.FOUNDED_ON, "2019年2月29日", "没有 29 日"),
        (C.FOUNDED_ON, "2019.13.1", "没有 13 月"),
        (C.FOUNDED_ON, "2019.11.31", "没有 31 日"),
        (C.FOUNDED_ON, "去年", "看不懂这个日期"),
        (C.FOUNDED_ON, -1.0, "看不懂这个日期"),
        (C.CREDIT_CODE, "52330499MJ00000501", "校验位不对"),
        (C.CREDIT_CODE, "52330499MJ0000050", "有 17 位"),
        (C.CREDIT_CODE, "52330499MJO0000500", "可能是“0”"),
        (C.CREDIT_CODE, 5.13305e17, "末几位已经丢失"),
        (C.CREDIT_CODE, "5.13305E+17", "末几位已经丢失"),
        (C.MEMBERS, "很多", "不是整数"),
        (C.REMARKS, "字" * 5_000, "有 5000 个字，超过 500 个字"),
    ],
)
def test_a_faulty_cell_is_told_once_and_keeps_its_row_out(
    services: Services, tmp_path: Path, column: RosterColumn, cell: CellValue, words: str
) -> None:
    preview = one_row(services, tmp_path, column, cell)
    (row,) = preview.rows
    (problem,) = row.problems
    assert (row.verdict, problem.place) == (Verdict.REFUSED, f"第 2 行“{column.label}”")
    assert words in problem.message
    assert problem.remedy
    before = everything(services)
    counts = services.roster_import.apply(preview)
    assert (counts.added, counts.refused, counts.new_communities) == (0, 1, 0)
    assert everything(services) == before


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (C.CREDIT_CODE, "52330499MJ00000500", "52330499MJ00000500"),
        (C.CREDIT_CODE, "\ufeff５１３３０４９９ＭＪ００００１２２ｕ ", "51330499MJ0000122U"),
        (C.NAME, "\u202e甲\u200b队\u2066\u061c", "甲队"),
        (C.NAME, "㛃𬭎䶮合唱团", "㛃𬭎䶮合唱团"),
        (C.NAME, "\ue863字队", "䶮字队"),
        (C.PRINCIPAL, "李\ue863", "李䶮"),
        (C.PRINCIPAL, "阿依\u2022古丽", "阿依·古丽"),
        (C.PRINCIPAL, "阿依\u30fb古丽", "阿依·古丽"),
        (C.PRINCIPAL, "阿依.古丽", "阿依·古丽"),
        (C.PHONES, "\u202d138-0000-0001\u202c", ("13800000001",)),
        (C.PHONES, 13800000001.0, ("13800000001",)),
        (C.REMARKS, "字" * 500, "字" * 500),
        (C.REMARKS, "=1+1", "=1+1"),
    ],
)
def test_what_hides_in_a_cell_is_put_right(
    services: Services, tmp_path: Path, column: RosterColumn, cell: CellValue, value: object
) -> None:
    (row,) = one_row(services, tmp_path, column, cell).rows
    assert row.verdict is Verdict.NEW
    assert getattr(row.row.draft, column.value) == value
    assert not any(
        unicodedata.category(each) == "Cf" for said in row.row.remarks for each in str(said.problem)
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [("丙\ue000队", "第 2 个字是别的电脑自造的字\uff08U+E000\uff09"), ("丁\ufffd队", "原来的字已经丢失")],
)
def test_a_character_that_is_lost_is_asked_about(
    services: Services, tmp_path: Path, name: str, words: str
) -> None:
    (row,) = one_row(services, tmp_path, C.NAME, name).rows
    (said,) = row.row.remarks
    assert (row.verdict, said.remark.kind) == (Verdict.NEW, RemarkKind.QUESTION)
    assert words in said.problem.message


def test_the_eighteen_codes_that_moved_are_read_in_every_kind_of_file(
    services: Services, tmp_path: Path
) -> None:
    names = {f"{character}字队": code.to_bytes(2, "big") for code, character in MOVED.items()}
    csv = tmp_path / "名册.csv"
    lines = [
        b"%s%s,%s" % (code, *(text.encode("gb18030") for text in ("字队", "东湖社区")))
        for code in names.values()
    ]
    csv.write_bytes("\r\n".join(["组织名称,所属社区"]).encode("gb18030") + b"\r\n" + b"\r\n".join(lines))
    book = a_roster(
        services, tmp_path, *((f"{code.decode('gb18030')}字队", "东湖社区") for code in names.values())
    )
    for preview in (services.roster_import.preview(csv), book):
        assert [row.row.draft.name for row in preview.rows] == list(names)


@pytest.mark.parametrize("point", ["·", "\u2022", "\u30fb", "\uff0e", ".", "\u2027", " · "])
def test_a_name_is_found_whatever_point_stands_in_it(
    registered: Services, tmp_path: Path, point: str
) -> None:
    rows = [["社会组织", "活动名称"], [f"乙{point}丙队", "演出"]]
    (line,) = registered.ledgers.preview(rows, ACTIVITIES).lines
    assert line.record.organization_id == organizations(registered)["乙\u2022丙队 西河社区"].id
    row = a_roster(registered, tmp_path, (f"乙{point}丙队", "西河社区")).rows[0]
    assert row.verdict in (Verdict.SAME, Verdict.CHANGED)


def test_a_wrong_community_column_makes_no_communities(registered: Services, tmp_path: Path) -> None:
    rows = [(f"新队{number}", f"1380000000{number}") for number in range(5)]
    preview = a_roster(registered, tmp_path, *rows)
    assert {row.verdict for row in preview.rows} == {Verdict.REFUSED}
    assert preview.new_communities == ()


def test_a_wrong_organization_column_is_told_once(registered: Services) -> None:
    before = everything(registered)
    rows = [["社会组织", "活动名称"], *([f"外街\u202e队{number}", "演出"] for number in range(5))]
    preview = registered.ledgers.preview(rows, ACTIVITIES)
    (problem,) = preview.reading.problems
    assert str(problem).startswith("“社会组织”一列\uff1a5 个名称名册里都没有，例如“外街队0”")
    assert problem.remedy
    registered.ledgers.apply(preview)
    assert everything(registered) == before


def test_one_name_in_two_communities_is_told_apart(registered: Services) -> None:
    names = ("甲队", "甲队\uff08东湖社区\uff09", "甲队 ( 西河社区 )")
    rows = [["社会组织", "活动名称"], *([name, "演出"] for name in names)]
    lines = registered.ledgers.preview(rows, ACTIVITIES).lines
    assert [line.verdict for line in lines] == [Verdict.REFUSED, Verdict.NEW, Verdict.NEW]
    assert "2 个同名的" in lines[0].problems[0].message


NONSENSE = ("😀" * 200, "\x07", "昨天", "#REF!", "x" * 10_000, "=1+1", "1e400", HALF, "\u202e", "/", "-1")


@pytest.mark.parametrize("code", LEDGERS)
def test_a_template_filled_with_nonsense_is_refused_row_by_row(registered: Services, code: str) -> None:
    before = everything(registered)
    titles = [column.title for column in registered.ledgers.template(LEDGERS[code]).columns]
    preview = registered.ledgers.preview(
        [titles, *([each] * len(titles) for each in NONSENSE)], LEDGERS[code]
    )
    refused = preview.of(Verdict.REFUSED)
    assert refused
    for line in refused:
        for problem in line.problems:
            assert problem.place
            assert problem.message
            assert len(str(problem)) < 400
            assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in str(problem))
    assert everything(registered) == before
    registered.ledgers.apply(replace(preview, lines=tuple(refused)))
    assert everything(registered) == before


def pasted(rows: Sequence[Sequence[str]]) -> Callable[[Services], LedgerPreview]:
    return lambda services: services.ledgers.preview(rows, ACTIVITIES)


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (pasted([]), "no_header"),
        (pasted([[]]), "no_header"),
        (pasted([["", ""]]), "no_header"),
        (pasted([["社会组织", "活动名称"]]), "ledger_empty"),
        (pasted([["社会组织", "活动名称"], ["合计", ""]]), "ledger_empty"),
        (pasted([[f"列{number}" for number in range(10_000)], ["x"] * 10_000]), "no_header"),
    ],
)
def test_what_holds_no_ledger_is_refused(
    registered: Services, attempt: Callable[[Services], object], code: str
) -> None:
    before = everything(registered)
    with pytest.raises(InvalidInput) as refused:
        attempt(registered)
    assert refused.value.code == code
    assert refused.value.remedy_zh
    assert everything(registered) == before


def test_ten_thousand_columns_beside_the_known_ones_do_no_harm(registered: Services) -> None:
    rows = [
        ["社会组织", "活动名称", *(f"列{n}" for n in range(10_000))],
        ["乙·丙队", "演出", *["x"] * 10_000],
    ]
    (line,) = registered.ledgers.preview(rows, ACTIVITIES).lines
    assert line.verdict is Verdict.NEW


def test_an_old_preview_is_not_applied(registered: Services, tmp_path: Path) -> None:
    ledger = registered.ledgers.preview([["社会组织", "活动名称"], ["乙·丙队", "演出"]], ACTIVITIES)
    roster = a_roster(registered, tmp_path, ("丁队", "东湖社区"))
    registered.ledgers.apply(ledger)
    before = everything(registered)
    for apply in (lambda: registered.ledgers.apply(ledger), lambda: registered.roster_import.apply(roster)):
        with pytest.raises(RuleViolation, match="预览以后"):
            apply()
    assert everything(registered) == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("\u200b", "是空的"),
        ("东\x07湖社区", "控制字符"),
        (f"东湖{HALF}", "残缺"),
        ("社" * 101, "超过 100 个字"),
    ],
)
def test_communities_with_odd_names_are_not_kept(registered: Services, name: str, words: str) -> None:
    before = everything(registered)
    with pytest.raises(InvalidInput, match=words):
        registered.register.save_community(Community(new_id(), name))
    assert everything(registered) == before


def test_a_community_is_not_renamed_to_what_another_is_called(registered: Services) -> None:
    east, west = registered.register.register().communities
    before = everything(registered)
    with pytest.raises(Conflict):
        registered.register.save_community(replace(east, name=f"\u202e{west.name[:2]} 社区"))
    assert everything(registered) == before


@pytest.mark.parametrize("column", [C.NAME, C.PRINCIPAL, C.PREMISES, C.REMARKS])
def test_half_characters_are_refused_in_a_form(registered: Services, column: RosterColumn) -> None:
    form = registered.register.read_form({C.NAME: "丁队", column: f"丁{HALF}"}, None, None)
    assert [said.remark.kind for said in form.remarks] == [RemarkKind.FAULT]


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"name": "\u200b"}, "name"),
        ({"name": f"丁{HALF}"}, "name"),
        ({"name": "丁", "remarks": "字" * 5_001}, "remarks"),
        ({"name": "丁", "phones": "1380000001"}, "phones"),
        ({"name": "丁", "unit_id": new_id()}, "unit_id"),
        ({"name": "丁", "sex": "保密"}, "sex"),
        ({"name": "丁", "id_number": "110105491231002"}, "id_number"),
        ({"name": "丁", "id_number": "1.10105E+17"}, "id_number"),
        ({"name": "丁", "id_number": "110105194902300029"}, "id_number"),
    ],
)
def test_a_form_names_the_field_that_is_wrong(
    registered: Services, texts: dict[str, str], field: str
) -> None:
    form = registered.ledgers.read_form(PEOPLE, texts)
    assert [name for name, _ in form.faults] == [field]
    assert all(said.message and said.remedy for _, said in form.faults)


def test_five_thousand_characters_of_remarks_are_kept_and_come_back(registered: Services) -> None:
    form = registered.ledgers.read_form(PEOPLE, {"name": "丁", "remarks": "字" * 5_000})
    kept = registered.ledgers.save(PEOPLE, form.record)
    assert registered.ledgers.record(PEOPLE, kept).remarks == "字" * 5_000


def test_captions_and_results_are_read_like_fields(registered: Services, tmp_path: Path) -> None:
    owner = organizations(registered)["甲队 东湖社区"].id
    task = registered.ledgers.read_form(LEDGERS["tasks"], {"title": "走访"}).record
    registered.ledgers.save(LEDGERS["tasks"], task)
    path = a_workbook(tmp_path / "佐证.xlsx", ("甲",))
    before = everything(registered)
    for text in ("说" * 5_001, f"说{HALF}"):
        with pytest.raises(InvalidInput, match="附件的说明"):
            registered.attachments.add(owner, path, text)
        with pytest.raises(InvalidInput, match="完成情况"):
            registered.tasks.finish(task.id, TODAY, text)
    assert everything(registered) == before
    registered.tasks.finish(task.id, TODAY, "第一行\n第二行\u200b")
    with registered.store.reading() as view:
        assert view.get(Task, task.id).result == "第一行\n第二行"


def a_huge_file(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(2 << 30)
    return path


def a_file(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("大.pdf", a_huge_file, "file_too_large"),
        ("空.pdf", a_file(b""), "file_empty"),
        ("跑.exe", a_file(b"MZ\x90\0"), "file_may_run"),
        ("跑.pdf", a_file(b"MZ\x90\0\3\0"), "file_may_run"),
        ("报告\u202efdp.exe", a_file(b"MZ"), "file_may_run"),
        ("表.xlsm", a_file(b"PK\3\4"), "file_with_macros"),
    ],
)
def test_attachments_that_are_refused_leave_nothing(
    registered: Services, tmp_path: Path, name: str, make: Callable[[Path], Path], code: str
) -> None:
    before = everything(registered)
    owner = organizations(registered)["甲队 东湖社区"].id
    with pytest.raises(AppError) as refused:
        registered.attachments.add(owner, make(tmp_path / name))
    assert refused.value.code == code
    assert refused.value.remedy_zh
    assert everything(registered) == before
    assert registered.attachments.count() == 0


def test_a_circle_of_merged_organizations_ends_nowhere_in_a_loop(
    registered: Services, tmp_path: Path
) -> None:
    """Merging makes none; a store that was changed by hand may hold one."""
    found = organizations(registered)
    east, west = found["甲队 东湖社区"], found["甲队 西河社区"]
    registered.register.merge(east.id, west.id)
    with pytest.raises(RuleViolation, match="已经并入"):
        registered.register.merge(west.id, east.id)
    with registered.store.writing(ActDraft("改动", "他人")) as work:
        work.change([replace(work.get(Organization, east.id), merged_into=west.id)])
    before = everything(registered)
    assert "甲队 东湖社区" not in organizations(registered)
    with pytest.raises(RuleViolation, match="已经并入"):
        registered.register.merge(found["乙\u2022丙队 西河社区"].id, east.id)
    with pytest.raises(Conflict, match="已并入另一个组织"):
        registered.register.save_form(Organization(new_id(), "甲队", east.community_id), None)
    assert len(a_roster(registered, tmp_path, ("甲队", "东湖社区"), ("甲队", "西河社区")).rows) == 2
    rows = [["社会组织", "活动名称"], ["甲队\uff08东湖社区\uff09", "演出"]]
    assert registered.ledgers.preview(rows, ACTIVITIES).lines[0].verdict is Verdict.REFUSED
    assert everything(registered) == before


AMOUNTS = st.integers(0, 10**12).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")
ROWS = st.lists(
    st.tuples(
        AMOUNTS,
        st.text("甲乙䶮㛃𬭎A1=+-@'\" &<>\u2022·\ue863\u200b", max_size=12),
        st.dates(date(1950, 1, 1), TODAY),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[0],
)


def test_what_is_imported_and_exported_reads_back_the_same(registered: Services, tmp_path: Path) -> None:
    path = tmp_path / "资金.xlsx"

    @settings(max_examples=examples(12))
    @given(rows=ROWS)
    def law(rows: list[tuple[str, str, date]]) -> None:
        table = [["社会组织", "金额", "用途", "到账日期"]]
        table += [["乙·丙队", amount, text, day.isoformat()] for amount, text, day in rows]
        preview = registered.ledgers.preview(table, INCOMES)
        registered.ledgers.apply(preview)
        ids = registered.ledgers.find(INCOMES)
        sheet = registered.ledgers.export(INCOMES, ids, publication=False, masked=False)
        path.write_bytes(write_workbook([sheet]))
        assert read_workbook(path).sheets
        again = registered.ledgers.preview(path, INCOMES)
        assert {line.verdict for line in again.lines} == {Verdict.SAME}
        assert len(again.lines) == len(ids)

    law()
