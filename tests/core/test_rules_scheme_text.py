"""Drafts of schemes: to text and to sheets and back, and what is wrong with them."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.model.scheme import Scheme
from core.model.scheme_draft import Path as Way
from core.model.scheme_draft import Table, Value, inserted, moved, removed
from core.model.scheme_parts import PARTS, ROOT, Kind, Part, SchemeKey, part_at, part_of
from core.model.scheme_words import text_for, value_of
from core.model.workbook import RawSheet, RawWorkbook
from core.rules.scheme_file import read_scheme
from core.rules.scheme_findings import findings_of
from core.rules.scheme_sheet_reading import draft_of_sheets
from core.rules.scheme_sheets import sheets_of
from core.rules.scheme_text import draft_of, text_of
from core.rules.sections import Section
from core.sheets.reader import read_workbook
from core.sheets.writer import write_workbook

ROOT_FOLDER = Path(__file__).resolve().parents[2]
FILES = tuple(
    path
    for path in (
        *sorted((ROOT_FOLDER / "resources/standards").glob("*.toml")),
        ROOT_FOLDER / "tests/data/schemes/everything.toml",
    )
    if "[[stages]]" in path.read_text("utf-8")
)
EVERYTHING = FILES[-1].read_text("utf-8")


def meaning(text: str) -> Scheme:
    return replace(read_scheme(text), digest="")


def through_excel(draft: Table, folder: Path) -> Table:
    path = folder / "方案.xlsx"
    path.write_bytes(write_workbook(sheets_of(draft)))
    return draft_of_sheets(read_workbook(path))


def put(draft: Table, path: Way, **values: Value | None) -> Table:
    table = draft.at(path)
    for key, value in values.items():
        table = table.put(key, value)
    return draft.put_at(path, table)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_scheme_stays_the_same_as_text_and_as_sheets(file: Path, tmp_path: Path) -> None:
    text = file.read_text("utf-8")
    draft = draft_of(text)

    assert meaning(text_of(draft)) == meaning(text)
    assert draft_of(text_of(draft)) == draft_of(text_of(draft_of(text_of(draft))))
    assert meaning(text_of(through_excel(draft, tmp_path))) == meaning(text)


def test_the_first_table_of_a_list_says_what_belongs_there() -> None:
    lines = text_of(draft_of(EVERYTHING)).splitlines()
    heads = [line for line in lines if line.startswith("[[bands]]")]
    assert heads == [f"{'[[bands]]':28}# 等次；从高到低，达到下限就是", "[[bands]]"]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
leaves: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: texts,
    Kind.LONG: texts,
    Kind.NUMBER: st.decimals(allow_nan=False, allow_infinity=False) | texts,
    Kind.YES_NO: st.booleans(),
    Kind.DAY: st.dates(),
    Kind.TEXTS: st.lists(texts, min_size=1, max_size=3).map(tuple),
}


def values(known: SchemeKey, part: Part, depth: int) -> st.SearchStrategy[Any]:
    if known.kind is Kind.CHOICE:
        return st.sampled_from([value for value, _ in known.choices])
    if known.kind is Kind.TABLE:
        return tables(part_of(part, known.key), depth + 1)
    if known.kind is Kind.TABLES:
        inner = tables(part_of(part, known.key), depth + 1)
        return st.lists(inner, min_size=1, max_size=2).map(tuple)
    return leaves[known.kind]


@st.composite
def tables(draw: st.DrawFn, part: Part, depth: int = 0) -> Table:
    """Any part, with any of its keys and sometimes one that nobody knows; never empty."""
    table = Table((("unknown key", draw(texts)),) if draw(st.integers(0, 9)) == 0 else ())
    chosen = draw(st.lists(st.sampled_from(part.keys), min_size=1, max_size=4, unique=True))
    for known in chosen:
        if depth < 3 or known.kind not in (Kind.TABLE, Kind.TABLES):
            table = table.put(known.key, draw(values(known, part, depth)))
    return table if table != Table() else Table((("code", draw(texts)),))


def as_set(value: Value) -> object:
    """A value without the order of its keys."""
    if isinstance(value, Table):
        return frozenset((key, as_set(each)) for key, each in value.items)
    if isinstance(value, tuple):
        return tuple(as_set(each) if isinstance(each, Table) else each for each in value)
    return value


@given(tables(ROOT))
def test_whatever_was_typed_is_read_back_as_it_was(draft: Table) -> None:
    assert as_set(draft_of(text_of(draft))) == as_set(draft)


@given(st.lists(texts, min_size=1, max_size=3))
def test_several_texts_in_one_field_stay_several(said: list[str]) -> None:
    known = PARTS["awards"].by_key["grades"]
    words = tuple(" ".join(each.split()) for each in said)
    words = tuple(each for each in words if each)

    assert value_of(known, text_for(known, words)) == words


def test_every_key_that_the_reader_knows_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    """And with the same choices, the one that holds by default first."""
    asked: dict[str, set[str]] = {}
    choices: dict[tuple[str, str], tuple[list[str], str | None]] = {}
    take, choice = Section._take, Section.choice

    def word_of(place: str) -> str:
        if place.endswith("]"):
            return place.rpartition("[")[2].rstrip("]")
        return place.rpartition(" 项")[2].partition("“")[0]

    def noted_take(section: Section, key: str, required: bool, example: str) -> object:
        asked.setdefault(word_of(section.place), set()).add(key)
        return take(section, key, required, example)

    def noted_choice(section: Section, key: str, kind: Any, default: Any = None) -> Any:
        choices[word_of(section.place), key] = ([each.value for each in kind], default and default.value)
        return choice(section, key, kind, default)

    monkeypatch.setattr(Section, "_take", noted_take)
    monkeypatch.setattr(Section, "choice", noted_choice)
    with pytest.raises(InvalidInput):
        read_scheme(text_of(one_of_each(ROOT)))

    named = {key if key in SINGLE else part.word: part for key, part in PARTS.items()} | {"": ROOT}
    del named[ROOT.word]
    assert asked == {word: set(part.by_key) for word, part in named.items()}
    for (word, key), (members, default) in choices.items():
        described = [value for value, _ in named[word].by_key[key].choices]
        assert sorted(described) == sorted(members)
        assert default in (None, described[0])


def one_of_each(part: Part, depth: int = 0) -> Table:
    """A table with every key of a part, wrong as they are."""
    table = Table()
    for known in part.keys:
        if known.kind in (Kind.TABLE, Kind.TABLES) and depth < 4:
            inner = one_of_each(part_of(part, known.key), depth + 1)
            table = table.put(known.key, inner if known.kind is Kind.TABLE else (inner,))
        elif known.kind not in (Kind.TABLE, Kind.TABLES):
            table = table.put(known.key, "?")
    return table


SINGLE = {known.part for part in PARTS.values() for known in part.keys if known.kind is Kind.TABLE}


def children(draft: Table) -> list[str]:
    return [node.word("code") for node in draft.at(("stages", 0, "indicators", 0)).tables("children")]


def test_tables_are_put_in_taken_out_and_moved() -> None:
    draft = draft_of(EVERYTHING)
    way: Way = ("stages", 0, "indicators", 0, "children", 1)

    assert children(inserted(draft, way, Table((("code", "new"),)))) == ["brand", "new", "visits", "events"]
    assert children(removed(draft, way)) == ["brand", "events"]
    later, path = moved(draft, way, 1)
    assert (children(later), path) == (["brand", "events", "visits"], (*way[:-1], 2))
    assert moved(draft, way, 9)[0] == later
    assert part_at(way) is PARTS["indicators"]


@pytest.mark.parametrize(
    ("path", "changes", "where", "words"),
    [
        ((), {"full": "一百"}, ((), "full"), "满分：应是数字"),
        (("score",), {"cap": Decimal(0)}, (("score",), "floor"), "最低分、最高分不对"),
        (
            ("stages", 0, "raters", 1),
            {"weight": "x"},
            (("stages", 0, "raters", 1), "weight"),
            "的权重：应是数字",
        ),
        (
            ("stages", 0, "raters", 1),
            {"minimum_share": Decimal(40)},
            (("stages", 0, "raters", 1), "weight"),
            "要求不低于 40",
        ),
        (
            ("stages", 0),
            {"minimum_sheets": Decimal(0)},
            (("stages", 0), "minimum_sheets"),
            "至少几张评分表小于 1",
        ),
        (
            ("stages", 0, "indicators", 0, "children", 2),
            {"step": Decimal(1)},
            (("stages", 0, "indicators", 0, "children", 2), "step"),
            "写了每档几分，计分方式却是按次数",
        ),
        (
            ("stages", 0, "sets", 0, "indicators", 0),
            {"full": Decimal(90)},
            (("stages", 0, "sets", 0), "indicators"),
            "各项满分合计 90",
        ),
        (("bands", 1), {"floor": Decimal(950)}, (("bands", 1), "floor"), "不低于前面的"),
        (("vetoes", 1), {"cap_grade": "三星"}, (("vetoes", 1), "cap_grade"), "作用却不是最高只到"),
        (("awards", 0), {"grades": ("四星",)}, (("awards", 0), "grades"), "没有“四星”这个等次"),
        (("tie_keys", 1), {"indicator": "event"}, (("tie_keys", 1), "indicator"), "是不是想写 events"),
        ((), {"nonsense": Decimal(1)}, ((), "nonsense"), "不认识这个键"),
        (
            ("stages", 0, "raters", 1),
            {"ballots": True, "minimum_ballots": Decimal(0)},
            (("stages", 0, "raters", 1), "minimum_ballots"),
            "至少几张有效票不对——有投票箱：是才写",
        ),
        (("awards", 0, "share"), {"percent": Decimal(0)}, (("awards", 0, "share"), "percent"), "比例不对"),
        (
            ("awards", 1),
            {"conditions": (Table((("fact", "earlier_grade"), ("one_of", ("三星",)))),)},
            (("awards", 1, "conditions", 0), "fact"),
            "请写看什么：往年等次，应是其中之一：优秀，近几年：2 这样",
        ),
        (("vetoes", 0), {"cap_grade": None}, (("vetoes", 0), "cap_grade"), "没有选等次"),
        (("subjects",), {"source": "unit"}, (("subjects",), "source"), "不认识“unit”——是不是想写单位"),
        ((), {"rank_within": "x"}, ((), "rank_within"), "全部一起排、各类别分别排、各种对象分别排"),
    ],
)
def test_a_finding_stands_beside_its_field_in_the_words_of_the_form(
    path: Way, changes: dict[str, Value], where: tuple[Way, str], words: str
) -> None:
    found = findings_of(put(draft_of(EVERYTHING), path, **changes))

    assert where in [(each.path, each.key) for each in found]
    assert any(words in str(each.problem) for each in found)


def test_a_good_draft_has_no_findings() -> None:
    assert findings_of(draft_of(EVERYTHING)) == ()


@pytest.mark.parametrize(
    "odd",
    ["\ud800", '"""', "\\", 'a"b\nc"""\\', "\x00\x7f", "\r\n", "# 不是说明", " 前后 "],
    ids=repr,
)
def test_odd_texts_come_back(odd: str) -> None:
    back = draft_of(text_of(Table((("name", odd),))))

    assert back.word("name") == odd.replace("\ud800", "\ufffd")


def test_huge_and_strange_numbers_are_kept_for_the_reader_to_refuse() -> None:
    for figure in ("1e999999999", "-1e-999999999", "inf", "nan"):
        draft = draft_of(f"full = {figure}\n")
        assert len(text_of(draft)) < 1_000
        assert "full" in {each.key for each in findings_of(draft)}


def a_book(*sheets: RawSheet) -> RawWorkbook:
    return RawWorkbook("方案.xlsx", sheets)


def refused(book: RawWorkbook) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        draft_of_sheets(book)
    return [str(each) for each in caught.value.problems] or [str(caught.value)]


def test_a_workbook_that_is_no_scheme_is_refused() -> None:
    assert refused(a_book(RawSheet("名册", (("序号", "名称"),)))) == [
        "“方案.xlsx”里没有“基本”工作表，不是考核方案的表格。请先从一个方案导出表格，在它上面修改。"
    ]


def test_rows_that_cannot_be_placed_are_named_all_at_once() -> None:
    book = a_book(
        RawSheet("基本", (("项目", "内容"), ("满分", 100.0), ("满份", "100"))),
        RawSheet("环节", (("标题",), ("代码", "名称", "颜色"), ("year", "年度考核", "红"))),
        RawSheet("评分方", (("环节代码", "代码"), ("yaer", "self"))),
        RawSheet(
            "指标",
            (
                ("环节代码", "级", "代码"),
                ("year", 2, "a"),
                ("year", "1", "b"),
                ("year", 3.0, "c"),
                ("year", "9" * 5000, "d"),
                ("year", None, "e"),
            ),
        ),
        RawSheet("等次", (("第几", "什么"),)),
        RawSheet("奖顶", (("代码", "名称"),)),
        RawSheet("选项", (("是",),), hidden=True),
    )

    assert refused(book) == [
        "工作表“奖顶”：方案里没有这张工作表，用不着就删掉——是不是想写 奖项？",
        "工作表“基本”第 3 行：不认识项目“满份”——是不是想写 满分？",
        "工作表“环节”：不认识“颜色”这一列——" + refused(book)[2].partition("——")[2],
        "工作表“评分方”第 2 行：没有代码是“yaer”的环节——请先在工作表“环节”里写上，或改成那里有的代码",
        "工作表“指标”第 2 行：级写的是“2”，上面没有高一级的指标——第一级写 1，它的下级紧接着写 2，以此类推",
        "工作表“指标”第 4 行：级写的是“3”，上面没有高一级的指标——第一级写 1，它的下级紧接着写 2，以此类推",
        f"工作表“指标”第 5 行：级写的是“{'9' * 20}……”，上面没有高一级的指标"
        "——第一级写 1，它的下级紧接着写 2，以此类推",
        "工作表“指标”第 6 行：没有写级——第一级写 1，它的下级紧接着写 2，以此类推",
        "工作表“等次”：找不到写着“名称”的表头——请从方案导出表格，在它上面修改",
    ]


def test_what_cells_hold_is_read_as_a_person_would() -> None:
    book = a_book(
        RawSheet(
            "基本",
            (
                ("项目", "内容", "说明"),
                ("奖励预算（元）", "1，700,000", ""),
                ("缺整个环节", "其余按权重折算", None),
            ),
        ),
        RawSheet(
            "环节",
            (
                ("代码", "开始", "满分"),
                (2026.0, date(2026, 10, 1), 99.5),
                ("b", "2026/11/1", "九十"),
                ("c", 20261101.0, 1.0),
            ),
        ),
    )

    draft = draft_of_sheets(book)

    assert draft.get("budget_yuan") == Decimal(1_700_000)
    assert draft.get("missing_stage") == "renormalise"
    assert draft.at(("stages", 0)) == Table(
        (("code", "2026"), ("full", Decimal("99.5")), ("starts_on", date(2026, 10, 1)))
    )
    assert draft.at(("stages", 1)).get("full") == "九十"
    assert [each.get("starts_on") for each in draft.tables("stages")[1:]] == [date(2026, 11, 1)] * 2


def test_a_new_row_needs_no_code_and_names_no_stage_where_there_is_but_one() -> None:
    raters = RawSheet(
        "评分方", (("环节代码", "代码", "名称"), (None, None, "街道"), (None, "raters-1", "社区"))
    )
    one = RawSheet("环节", (("代码", "名称"), (None, "年度考核")))

    draft = draft_of_sheets(a_book(RawSheet("基本", (("项目", "内容"),)), one, raters))

    (stage,) = draft.tables("stages")
    assert (stage.word("code"), [each.word("code") for each in stage.tables("raters")]) == (
        "stages-1",
        ["raters-2", "raters-1"],
    )
    two = RawSheet("环节", (("代码",), ("a",), ("b",)))
    assert refused(a_book(RawSheet("基本", (("项目", "内容"),)), two, raters)) == [
        f"工作表“评分方”第 {number} 行：没有写环节代码——请先在工作表“环节”里写上，或改成那里有的代码"
        for number in (2, 3)
    ]


def test_sheets_of_an_empty_draft_are_there_to_fill_in(tmp_path: Path) -> None:
    sheets = sheets_of(Table())

    assert [sheet.name for sheet in sheets][:3] == ["基本", "环节", "评分方"]
    book = read_workbook_from(write_workbook(sheets), tmp_path)
    assert draft_of_sheets(book) == Table()


def read_workbook_from(content: bytes, folder: Path) -> RawWorkbook:
    path = folder / "空.xlsx"
    path.write_bytes(io.BytesIO(content).getvalue())
    return read_workbook(path)
