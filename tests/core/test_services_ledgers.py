"""The desk for ledgers on a real store: list, form, bin, import, export."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import AppError, Conflict, InvalidInput, RuleViolation
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.ledger_view import LedgerPreview
from core.model.ledgers import LEDGERS
from core.model.office import Office
from core.model.organization import Community, Organization
from core.model.reading import TablePlace
from core.model.roster import Verdict
from core.model.tables import OutSheet
from core.model.workbook import RawSheet, RawWorkbook
from core.services.ledgers import LedgerService
from core.services.services import Services
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook

ACTIVITIES, PEOPLE, POSTS, UNITS = (LEDGERS[code] for code in ("activities", "people", "posts", "units"))
EAST, WEST = Community(new_id(), "东门社区"), Community(new_id(), "西河社区")
TEAM = Organization(new_id(), "红袖章巡逻队", community_id=EAST.id)
TWIN = Organization(new_id(), "红袖章巡逻队", community_id=WEST.id)
CHOIR = Organization(new_id(), "夕阳红合唱团", community_id=WEST.id)
GONE = Organization(new_id(), "合唱二队", merged_into=CHOIR.id)


@pytest.fixture
def ledgers(services: Services) -> LedgerService:
    with services.store.writing(ActDraft("准备", "录入员")) as work:
        work.add([EAST, WEST, TEAM, TWIN, CHOIR, GONE])
    return services.ledgers


def saved(ledgers: LedgerService, code: str, **texts: str) -> str:
    form = ledgers.read_form(LEDGERS[code], texts)
    assert not form.faults
    return ledgers.save(LEDGERS[code], form.record)


def imported(
    ledgers: LedgerService, rows: Sequence[Sequence[str]], code: str = "activities"
) -> LedgerPreview:
    return ledgers.preview(rows, LEDGERS[code])


def verdicts(preview: LedgerPreview) -> list[Verdict]:
    return [line.verdict for line in preview.lines]


def test_words_find_titles_initials_links_and_phone_digits(ledgers: LedgerService) -> None:
    unit = saved(ledgers, "units", name="邻里服务站")
    person = saved(ledgers, "people", name="王建国", unit_id=unit, phones="13800000104", remarks="懂 调解")
    other = saved(ledgers, "people", name="李四", unit_id=unit)
    for words in ("建国", "wjg", "wangjianguo", "0104", "王 邻里", "调解"):
        assert ledgers.find(PEOPLE, words) == (person,), words
    assert ledgers.find(PEOPLE, "邻里") == ledgers.find(PEOPLE, equal={"unit_id": unit})
    assert set(ledgers.find(PEOPLE)) == {person, other}
    assert ledgers.find(PEOPLE, "100%") == ()


def test_rows_are_masked_and_keep_the_order_asked_for(ledgers: LedgerService) -> None:
    one = saved(ledgers, "people", name="王建国", phones="13800000104")
    two = saved(ledgers, "people", name="李四")
    rows = ledgers.rows(PEOPLE, [two, one])
    assert [row.id for row in rows] == [two, one]
    phones = PEOPLE.fields.index(PEOPLE.field("phones"))
    assert [row.texts[phones] for row in rows] == ["—", "138****0104"]


def test_newest_first_unless_an_order_is_asked_for(ledgers: LedgerService) -> None:
    dates = ("2025-03-05", "2025-11", "2024")
    old = [
        saved(ledgers, "activities", title=f"活动{day}", organization_id=TEAM.id, held_on=day)
        for day in dates
    ]
    assert ledgers.find(ACTIVITIES) == (old[1], old[0], old[2])
    assert ledgers.find(ACTIVITIES, order="held_on") == (old[2], old[0], old[1])
    assert ledgers.find(ACTIVITIES, order="title", descending=True) == (old[1], old[0], old[2])


def test_a_form_keeps_masked_numbers_that_were_not_touched(ledgers: LedgerService) -> None:
    record = ledgers.record(PEOPLE, saved(ledgers, "people", name="王建国", phones="13800000104"))
    texts = dict(ledgers.form_texts(PEOPLE, record))
    assert texts["phones"] == "138****0104"
    form = ledgers.read_form(PEOPLE, texts | {"title": "主任"}, record)
    assert (form.record.phones, form.record.title, form.remarks) == (("13800000104",), "主任", ())
    assert ledgers.read_form(PEOPLE, texts | {"phones": ""}, record).record.phones == ()
    wrong = ledgers.read_form(PEOPLE, texts | {"phones": "138****0105"}, record)
    assert [name for name, _ in wrong.faults] == ["phones"]


def test_a_form_says_what_is_missing_and_what_is_gone(ledgers: LedgerService) -> None:
    form = ledgers.read_form(ACTIVITIES, {"title": " ", "organization_id": new_id(), "visits": "很多"})
    assert [name for name, _ in form.faults] == ["title", "organization_id", "visits"]
    with pytest.raises(InvalidInput, match="“社会组织”、“活动名称”是空的"):
        ledgers.save(ACTIVITIES, form.record)


def test_revealing_a_number_is_logged_with_record_and_field(
    ledgers: LedgerService, services: Services
) -> None:
    person = saved(ledgers, "people", name="王建国", phones="13800000104")
    assert ledgers.reveal(PEOPLE, person, "phones") == "13800000104"
    act = services.register.acts(1)[0]
    assert (act.verb, act.reason, act.change_count) == ("查看号码", "人员“王建国”的联系电话", 0)


def test_id_numbers_are_out_of_everything_until_the_office_keeps_them(
    ledgers: LedgerService, services: Services
) -> None:
    table = [["姓名", "身份证号"], ["王建国", "11010519491231002X"]]
    preview = imported(ledgers, table, "people")
    assert "id_number" not in ledgers.form_texts(PEOPLE)
    assert "居民身份证号" not in [column.title for column in ledgers.template(PEOPLE).columns]
    assert "id_number" not in preview.lines[0].row.values
    assert "“身份证号”一列没有读" in preview.reading.notes[0]
    with services.store.writing(ActDraft("设置", "录入员")) as work:
        work.change([replace(each, keep_id_numbers=True) for each in work.all(Office)])
    assert imported(ledgers, table, "people").lines[0].record.id_number == "11010519491231002X"
    assert "居民身份证号" in [column.title for column in ledgers.template(PEOPLE).columns]


def test_the_same_record_is_not_kept_twice(ledgers: LedgerService) -> None:
    unit = saved(ledgers, "units", name="邻里服务站")
    saved(ledgers, "people", name="王建国", unit_id=unit)
    with pytest.raises(Conflict, match="已经有一条"):
        saved(ledgers, "people", name="王 建国", unit_id=unit)
    saved(ledgers, "people", name="王建国")


@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        ("2025-03-05", "2025-03-04", False),
        ("2025-03", "2024", False),
        ("2025-03", "2025", True),
        ("2025", "2025-01-01", True),
    ],
)
def test_an_end_before_the_beginning_is_refused_as_far_as_both_say(
    ledgers: LedgerService, since: str, until: str, fits: bool
) -> None:
    person = saved(ledgers, "people", name="王建国")
    texts = {"person_id": person, "kind": "liaison", "since_on": since, "until_on": until}
    record = ledgers.read_form(POSTS, texts).record
    if fits:
        assert ledgers.save(POSTS, record) == record.id
    else:
        with pytest.raises(InvalidInput, match="“免职日期”早于“任职日期”"):
            ledgers.save(POSTS, record)


def test_what_others_refer_to_is_not_removed(ledgers: LedgerService) -> None:
    person = saved(ledgers, "people", name="王建国")
    post = saved(ledgers, "posts", person_id=person, kind="expert")
    with pytest.raises(RuleViolation, match="1 条任职写着“王建国”"):
        ledgers.remove(PEOPLE, [person])
    assert ledgers.remove(POSTS, [post]) == 1
    assert ledgers.remove(PEOPLE, [person]) == 1
    assert ledgers.find(PEOPLE) == ()


def test_choices_tell_namesakes_apart_and_leave_out_merged_ones(ledgers: LedgerService) -> None:
    field = ACTIVITIES.field("organization_id")
    assert dict(ledgers.choices(field)) == {
        TEAM.id: "红袖章巡逻队\uff08东门社区\uff09",
        TWIN.id: "红袖章巡逻队\uff08西河社区\uff09",
        CHOIR.id: "夕阳红合唱团",
    }
    assert [title for _, title in ledgers.choices(POSTS.field("community_id"), "xihe")] == ["西河社区"]


TABLE = [
    ["序号", "社会组织", "活动名称", "活动日期", "人次", "备注2"],
    ["1", "夕阳红合唱团", "重阳演出", "2025.10.29", "120", "x"],
    ["2", "红袖章巡逻队\uff08东门社区\uff09", "夜巡", "2025年11月", "", ""],
    ["3", "夕阳红合唱团", "重阳 演出", "2025-10-29", "130", ""],
    ["4", "红袖章巡逻队", "夜巡", "2025-12", "", ""],
    ["5", "夕阳红合唱团", "", "2025-12-01", "", ""],
    ["", "合计", "", "", "250", ""],
]


def test_an_import_is_previewed_applied_and_then_the_same(ledgers: LedgerService, services: Services) -> None:
    preview = imported(ledgers, TABLE)
    assert verdicts(preview) == [
        Verdict.NEW,
        Verdict.NEW,
        Verdict.DUPLICATE,
        Verdict.REFUSED,
        Verdict.REFUSED,
    ]
    duplicate = preview.lines[2]
    assert (duplicate.duplicate_of, [change.new for change in duplicate.changes]) == (2, ["130"])
    assert "2 个同名的" in str(preview.lines[3].problems[0])
    assert str(preview.lines[4].problems[0]) == "第 6 行：没有填“活动名称”——请补上，或删去这一行"
    assert preview.reading.unread_titles == ("序号", "备注2")
    counts = ledgers.apply(preview)
    assert (counts.added, counts.changed, counts.duplicates, counts.refused) == (2, 0, 1, 2)
    assert services.register.acts(1)[0].verb == "导入活动"
    assert ledgers.find(ACTIVITIES, "yx") == (preview.lines[1].record.id,)
    again = imported(ledgers, TABLE)
    assert [line.verdict for line in again.lines[:2]] == [Verdict.SAME, Verdict.SAME]


def test_an_import_changes_what_the_file_says_and_leaves_the_rest(ledgers: LedgerService) -> None:
    ledgers.apply(imported(ledgers, TABLE[:2]))
    row = ["1", "夕阳红合唱团", "重阳演出", "2025.10.29", "", "x"]
    assert verdicts(imported(ledgers, [TABLE[0], row])) == [Verdict.SAME]
    preview = imported(ledgers, [TABLE[0], [*row[:4], "150", ""]])
    (line,) = preview.of(Verdict.CHANGED)
    assert [(each.field, each.old, each.new) for each in line.changes] == [("服务人次", "120", "150")]
    ledgers.apply(preview)
    record = ledgers.record(ACTIVITIES, line.record.id)
    assert (record.visits, record.held_on) == (150, PartialDate(2025, 10, 29))


def test_a_preview_is_refused_after_any_other_change(ledgers: LedgerService) -> None:
    preview = imported(ledgers, TABLE)
    saved(ledgers, "units", name="邻里服务站")
    with pytest.raises(RuleViolation, match="预览以后台账有改动"):
        ledgers.apply(preview)
    assert ledgers.find(ACTIVITIES) == ()


def test_a_column_of_unknown_names_is_told_once(ledgers: LedgerService) -> None:
    rows = [["组织名称", "活动名称"], *([f"外街队{number}", "演出"] for number in range(300))]
    preview = imported(ledgers, rows)
    (problem,) = preview.reading.problems
    assert str(problem).startswith("“组织名称”一列：300 个名称名册里都没有，例如“外街队0”、“外街队1”")
    assert len(preview.of(Verdict.REFUSED)) == 300
    assert {str(line.problems[0])[-11:] for line in preview.lines} == {"这一列的名称全都找不到"}


def test_a_missing_column_is_told_once_and_can_be_chosen(ledgers: LedgerService) -> None:
    rows = [["甲", "活动名称", "日期"], ["夕阳红合唱团", "演出", "2025-10-29"]]
    preview = imported(ledgers, rows)
    assert [problem.place for problem in preview.reading.problems] == ["“社会组织”一列"]
    assert verdicts(preview) == [Verdict.REFUSED]
    mapping = {**preview.reading.mapping, 0: "organization_id"}
    chosen = ledgers.preview(rows, ACTIVITIES, TablePlace(mapping=mapping))
    assert (verdicts(chosen), chosen.reading.problems) == ([Verdict.NEW], ())
    assert chosen.lines[0].record.organization_id == CHOIR.id


def test_a_block_without_a_head_is_read_by_its_mapping(ledgers: LedgerService) -> None:
    mapping = {0: "organization_id", 1: "title"}
    preview = ledgers.preview([["夕阳红合唱团", "演出"]], ACTIVITIES, TablePlace(None, 0, mapping))
    assert verdicts(preview) == [Verdict.NEW]
    assert preview.reading.columns[1].title == "B 列"


def test_people_are_matched_by_name_alone_where_the_file_has_no_unit(ledgers: LedgerService) -> None:
    unit = saved(ledgers, "units", name="邻里服务站")
    person = saved(ledgers, "people", name="王建国", unit_id=unit)
    rows = [["姓名", "职务"], ["王建国", "主任"]]
    (line,) = imported(ledgers, rows, "people").lines
    assert (line.verdict, line.record.id, line.record.unit_id) == (Verdict.CHANGED, person, unit)
    saved(ledgers, "people", name="王建国", unit_id=saved(ledgers, "units", name="河道巡查站"))
    (line,) = imported(ledgers, rows, "people").lines
    assert "分不清是哪一条" in str(line.problems[0])
    assert "“所在单位”" in str(line.problems[0])


def test_a_list_of_people_as_offices_keep_it_is_understood(ledgers: LedgerService) -> None:
    rows = [["人员", "单位名称", "岗位", "手机号码"], ["王建国", "党政办", "主任", "1380000010"]]
    (line,) = imported(ledgers, rows, "people").lines
    (problem,) = line.problems
    assert str(problem).startswith("第 2 行“手机号码”：“1380000010”只有 10 位")
    assert imported(ledgers, rows, "people").reading.mapping == {
        0: "name",
        1: "unit_id",
        2: "title",
        3: "phones",
    }


def test_amounts_in_a_column_of_ten_thousands(ledgers: LedgerService) -> None:
    rows = [["社会组织", "金额\uff08万元\uff09"], ["夕阳红合唱团", "4"], ["夕阳红合唱团", "500元"]]
    preview = imported(ledgers, rows, "incomes")
    assert [line.record.amount for line in preview.lines] == [4_000_000, 50_000]


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ([["甲", "乙"], ["1", "2"]], "no_header", "没有找到活动的表头"),
        ([["社会组织", "活动名称"]], "ledger_empty", "表头下面没有内容"),
    ],
)
def test_what_is_no_ledger_is_refused(
    ledgers: LedgerService, rows: list[list[str]], code: str, words: str
) -> None:
    with pytest.raises(AppError, match=words) as refused:
        imported(ledgers, rows)
    assert refused.value.code == code


def written(path: Path, sheet: OutSheet) -> Path:
    path.write_bytes(write_workbook([sheet]))
    return path


def test_faulty_rows_are_repaired_and_imported(ledgers: LedgerService, tmp_path: Path) -> None:
    sheet = ledgers.faulty_sheet(imported(ledgers, TABLE))
    assert len(sheet.rows) == 2
    assert "没有填“活动名称”" in str(sheet.rows[1][-1])
    mended = (*sheet.rows[1][:2], "冬至慰问", *sheet.rows[1][3:])
    path = written(tmp_path / "待修改.xlsx", replace(sheet, rows=(mended,)))
    assert verdicts(ledgers.preview(path, ACTIVITIES)) == [Verdict.NEW]


def test_an_export_is_imported_as_the_same(ledgers: LedgerService, tmp_path: Path) -> None:
    ledgers.apply(imported(ledgers, TABLE))
    sheet = ledgers.export(ACTIVITIES, ledgers.find(ACTIVITIES), publication=False, masked=False)
    assert sheet.title == "示例街道办事处活动台账"
    assert sheet.subtitle.startswith("内部资料")
    path = written(tmp_path / "活动.xlsx", sheet)
    assert verdicts(ledgers.preview(path, ACTIVITIES)) == [Verdict.SAME, Verdict.SAME]
    assert ledgers.look(path, ACTIVITIES).head == range(3, 4)


def test_an_export_for_publication_has_no_private_columns(ledgers: LedgerService) -> None:
    ids = [saved(ledgers, "people", name="王建国", phones="13800000104")]
    public = ledgers.export(PEOPLE, ids, publication=True, masked=True)
    assert "联系电话" not in [column.title for column in public.columns]
    assert public.subtitle == ""
    masked = ledgers.export(PEOPLE, ids, publication=False, masked=True, names=("name", "phones"))
    assert masked.rows == ((1, "王建国", "138****0104"),)
    whole = ledgers.export(PEOPLE, ids, publication=False, masked=False, names=("name", "phones"))
    assert whole.rows == ((1, "王建国", "13800000104"),)


def test_the_template_comes_back_as_a_file_to_import(ledgers: LedgerService, tmp_path: Path) -> None:
    sheet = ledgers.template(ACTIVITIES)
    columns = {column.title: column for column in sheet.columns}
    assert columns["社会组织*"].choices[-1] == "夕阳红合唱团"
    assert "邻里守望" in columns["系列"].choices
    row = [
        "夕阳红合唱团" if each == "社会组织*" else "演出" if each == "活动名称*" else None for each in columns
    ]
    filled = written(tmp_path / "填好.xlsx", replace(sheet, rows=(tuple(row),)))
    assert verdicts(ledgers.preview(filled, ACTIVITIES)) == [Verdict.NEW]


def test_the_best_visible_sheet_is_taken_and_another_can_be_chosen(
    services: Services, tmp_path: Path
) -> None:
    book = RawWorkbook(
        "两张表.xlsx",
        (
            RawSheet("说明", (("怎么填",),)),
            RawSheet("一", (("单位名称", "联系电话"), ("邻里服务站", 13800000104.0))),
            RawSheet("二", (("说明",), ("单位名称", "性质"), ("河道巡查站", "站所"))),
        ),
    )
    ledgers = LedgerService(services.store, "录入员", services.clock, lambda _: book)
    assert [top.name for top in ledgers.look(tmp_path, UNITS).tops] == ["说明", "一", "二"]
    assert ledgers.preview(tmp_path, UNITS).lines[0].record.phones == ("13800000104",)
    chosen = ledgers.preview(tmp_path, UNITS, TablePlace("二", 2))
    assert [line.record.name for line in chosen.lines] == ["河道巡查站"]
    with pytest.raises(InvalidInput, match="没有工作表“三”"):
        ledgers.preview(tmp_path, UNITS, TablePlace("三"))
    with pytest.raises(InvalidInput, match="没有第 9 行"):
        ledgers.preview(tmp_path, UNITS, TablePlace("二", 9))


def test_a_merged_cell_speaks_for_all_its_rows(services: Services, ledgers: LedgerService) -> None:
    rows = (("社会组织", "活动名称"), ("夕阳红合唱团", "演出"), (None, "慰问"))
    book = RawWorkbook("合并.xlsx", (RawSheet("一", rows, merged=((1, 0, 2, 0),)),))
    reader = LedgerService(services.store, "录入员", services.clock, lambda _: book)
    lines = reader.preview(Path("合并.xlsx"), ACTIVITIES).lines
    assert [line.record.organization_id for line in lines] == [CHOIR.id, CHOIR.id]


def test_the_sheet_reader_gives_the_same_from_a_real_file(
    services: Services, ledgers: LedgerService, tmp_path: Path
) -> None:
    path = tmp_path / "活动.csv"
    text = "社会组织,活动名称,金额\n夕阳红合唱团,演出\u300c一\u300d,\n"
    path.write_bytes(text.encode("gb18030"))
    assert read_workbook(path).sheets[0].rows[1][1] == "演出\u300c一\u300d"
    assert verdicts(services.ledgers.preview(path, ACTIVITIES)) == [Verdict.NEW]
