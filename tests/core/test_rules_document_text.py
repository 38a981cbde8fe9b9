"""The language of templates: conditions, fields, lists, and the text that they are kept in."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.model.document import DocumentFormat, Paragraph, People, Person, Table, TableColumn
from core.model.document_text import (
    About,
    DocumentText,
    Part,
    TextAnnex,
    TextColumn,
    TextParagraph,
    TextPeople,
    TextReceipt,
    TextReceiptField,
    TextTable,
)
from core.model.facts import Row
from core.model.office import Office
from core.rules.document_conditions import read_condition
from core.rules.document_fields import refuse_unknown, unknown_names
from core.rules.document_filling import PaperFrame, Run, Scope, fill, printed_runs
from core.rules.document_text import read_document, write_document
from core.services.document_templates import shipped_templates

FRAME = PaperFrame(Office("office", "临江街道办事处"), "临街办〔2026〕3号", date(2026, 1, 5))
FACTS: Row = {
    "年度": 2025,
    "单位": "临江街道办事处",
    "空": "",
    "奖项": (
        {"名称": "优秀奖", "个数": 2, "获奖": ({"姓名": "甲"}, {"姓名": "乙"})},
        {"名称": "良好奖", "个数": 0, "获奖": ()},
    ),
}
EMPTY = DocumentText("x", "样例", "通知", About.OFFICE, ("关于样例的通知",), ())


def filled(*blocks: TextParagraph | TextTable | TextPeople, **other: object) -> tuple[object, ...]:
    return fill(replace(EMPTY, blocks=blocks, **other), FACTS, FRAME).paragraphs


def said(*parts: Part) -> str:
    return "".join(run.text for runs in printed_runs(TextParagraph(parts), Scope(FACTS)) for run in runs)


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("", True),
        ("年度", True),
        ("空", False),
        ("没有 空", True),
        ("没有 奖项", False),
        ("奖项 = 2", True),
        ("奖项>1", True),
        ("奖项 ≤ 1", False),
        ("年度 >= 2026 或 奖项 = 2", True),
        ("年度 = 2025 且 空", False),
        ("年度 = 2025 且 没有 空 或 空", True),
        ("单位 = 临江街道办事处", True),
        ("单位 ≠ “临江街道办事处”", False),
        ("年度 = 今年", False),
        ("空 = “”", True),
    ],
)
def test_conditions(when: str, holds: bool) -> None:
    assert Scope(FACTS).holds(when) is holds


@pytest.mark.parametrize("when", ["= 3", "年度 =", "年度 = 1 = 2", "没有 ", "甲 乙", "且", "年度 且 且 空"])
def test_a_broken_condition_is_refused_with_its_words(when: str) -> None:
    with pytest.raises(ValueError, match=when.strip()[-1]):
        read_condition(when)
    with pytest.raises(InvalidInput) as told:
        Scope(FACTS).holds(when)
    assert when in told.value.message_zh


def test_fields_are_filled_and_known_as_data() -> None:
    paragraph = TextParagraph((Part("对{年度}年度{ 单位 }的{空}考核。"),))
    [runs] = printed_runs(paragraph, Scope(FACTS))
    assert runs == [
        Run("对"),
        Run("2025", "年度"),
        Run("年度"),
        Run("临江街道办事处", "单位"),
        Run("的"),
        Run("考核。"),
    ]


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(InvalidInput) as told:
        filled(TextParagraph((Part("{月份}"),)))
    assert "“月份”" in told.value.message_zh


def test_lists_repeat_with_their_own_fields_and_their_place() -> None:
    assert said(Part("{序号}.{名称}{个数}个", each="奖项", between="；")) == "1.优秀奖2个；2.良好奖0个"
    assert said(Part("{名称}", when="个数 > 0", each="奖项", between="；")) == "优秀奖"
    inner = Part("{姓名}", each="获奖", between="、")
    assert (
        said(Part(each="奖项", parts=(Part("{名称}："), inner, Part("。")))) == "优秀奖：甲、乙。良好奖：。"
    )


def test_paragraphs_stand_by_condition_and_for_each_row() -> None:
    plain = TextParagraph((Part("正文"),), "一、", 1, when="没有 奖项")
    each = TextParagraph((Part("获奖{个数}个。"),), "{名称}", 2, when="个数", each="奖项")
    assert filled(plain, each) == (Paragraph("获奖2个。", "优秀奖", 2),)


def test_tables_and_people_take_their_rows_from_lists() -> None:
    columns = (TextColumn("序号", "{序号}", 4), TextColumn("{年度}奖项", "{名称}", 9, "left", 20))
    table = TextTable("奖项", columns, ("", "共{奖项}项"), 11)
    people = TextPeople("成员", "奖项", "{名称}", "{个数}个")
    assert filled(table, people) == (
        Table(
            (TableColumn("序号", 4), TableColumn("2025奖项", 9, "left", 20.0)),
            (("1", "优秀奖"), ("2", "良好奖")),
            ("", "共2项"),
            11.0,
        ),
        People("成员", (Person("优秀奖", "2个"), Person("良好奖", "0个"))),
    )


def test_typed_rows_are_printed_with_their_fields() -> None:
    columns = (TextColumn("事项", "", 4), TextColumn("{年度}年", "", 9, "left"))
    typed = TextTable("", columns, ("共", "{奖项}"), cells=(("一", "{单位}"), ("", "二")))
    assert filled(typed) == (
        Table(
            (TableColumn("事项", 4), TableColumn("2025年", 9, "left")),
            (("一", "临江街道办事处"), ("", "二")),
            ("共", "2"),
        ),
    )


def test_a_list_of_people_stands_for_each_row() -> None:
    people = TextPeople("{名称}", "获奖", post="第{序号}", when="个数", each="奖项")
    assert filled(people) == (People("优秀奖", (Person("甲", "第1"), Person("乙", "第2"))),)


def test_an_annex_stands_for_each_row() -> None:
    annex = TextAnnex("{名称}名单", (TextParagraph((Part("{个数}"),)),), when="个数", each="奖项")
    made = fill(replace(EMPTY, annexes=(annex,)), FACTS, FRAME).annexes
    assert [(each.title, each.blocks) for each in made] == [("优秀奖名单", (Paragraph("2"),))]


def test_what_is_no_list_does_not_repeat() -> None:
    with pytest.raises(InvalidInput, match="不是清单"):
        said(Part("x", each="年度"))


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="{}"), max_size=12
)
FIELDS = st.sampled_from(["", "{年度}", "{单位}"])
TEXTS = st.builds(lambda head, field, tail: head + field + tail, WORDS, FIELDS, WORDS)
SOME = TEXTS.filter(bool)
PARTS = st.recursive(
    st.builds(Part, SOME, WORDS, WORDS, WORDS),
    lambda inner: st.builds(
        Part, st.just(""), WORDS, WORDS, WORDS, st.lists(inner, min_size=1, max_size=2).map(tuple)
    ),
    max_leaves=4,
)
PARAGRAPHS = st.builds(
    TextParagraph, st.lists(PARTS, max_size=3).map(tuple), TEXTS, st.integers(0, 4), WORDS, WORDS
)
NAMES = st.text("甲乙丙丁", min_size=1, max_size=4)
COLUMNS = st.builds(
    TextColumn,
    TEXTS,
    TEXTS,
    st.integers(1, 30),
    st.sampled_from(["left", "center", "right"]),
    st.integers(0, 50),
    WORDS,
)
TABLES = st.lists(COLUMNS, min_size=1, max_size=3).flatmap(
    lambda columns: st.builds(
        TextTable,
        NAMES,
        st.just(tuple(columns)),
        st.just(()) | st.just(("合计",) * len(columns)),
        st.integers(0, 20),
        WORDS,
    )
)
TYPED_TABLES = st.lists(COLUMNS.map(lambda column: replace(column, text="")), min_size=1, max_size=3).flatmap(
    lambda columns: st.builds(
        TextTable,
        st.just(""),
        st.just(tuple(columns)),
        when=WORDS,
        cells=st.lists(st.tuples(*[TEXTS] * len(columns)), min_size=1, max_size=3).map(tuple),
    )
)
PEOPLE = st.builds(TextPeople, TEXTS, NAMES, SOME, TEXTS, WORDS, WORDS) | st.builds(
    TextPeople,
    TEXTS,
    st.just(""),
    when=WORDS,
    each=WORDS,
    typed=st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
)
BLOCKS = st.lists(PARAGRAPHS | TABLES | TYPED_TABLES | PEOPLE, max_size=3).map(tuple)
ANNEXES = st.builds(TextAnnex, NAMES, BLOCKS, WORDS, WORDS, st.booleans())
DOCUMENTS = st.builds(
    DocumentText,
    NAMES,
    NAMES,
    NAMES,
    st.sampled_from(About),
    st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    BLOCKS,
    st.sampled_from(DocumentFormat),
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    st.lists(ANNEXES, max_size=2).map(tuple),
    st.lists(PEOPLE, max_size=2).map(tuple),
    st.builds(
        TextReceipt,
        st.lists(
            st.lists(st.builds(TextReceiptField, TEXTS, TEXTS), min_size=1, max_size=2).map(tuple), max_size=2
        ).map(tuple),
    ),
    seal=st.booleans(),
    imprint=st.booleans(),
    addressee_below=st.booleans(),
    signers=st.lists(NAMES, max_size=2).map(tuple),
    note=TEXTS,
)


@given(DOCUMENTS)
def test_a_written_document_is_read_as_the_same(document: DocumentText) -> None:
    assert read_document(write_document(document)) == document


@pytest.mark.parametrize("code", shipped_templates())
def test_shipped_templates_name_only_what_there_is_and_are_kept_whole(code: str) -> None:
    template = shipped_templates()[code]
    assert tuple(unknown_names(template)) == ()
    assert read_document(write_document(template)) == template


GOOD = write_document(replace(EMPTY, blocks=(TextParagraph((Part("一"),)),)))


def _typed(second: str) -> str:
    """A document whose body is a typed table of two columns with this second row."""
    columns = 'columns = [{ title = "甲" }, { title = "乙" }]'
    return GOOD.replace('text = "一"', f'{columns}\ncells = [["一", "二"], {second}]')


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("code = x", ["第 1 行第 8 列"]),
        ("x" * 300_001, []),
        (GOOD.replace('about = "office"', 'about = "offices"'), ["about"]),
        (GOOD.replace('genre = "通知"', ""), ["genre"]),
        (GOOD + 'level = "一"\n', ["第 1 项正文的 level"]),
        (GOOD + "level = 7\n", ["第 1 项正文的 level"]),
        (GOOD + 'wehn = "x"\n', ["第 1 项正文的 wehn"]),
        (GOOD.replace('text = "一"', 'text = "{年度"'), ["第 1 项正文的 text"]),
        (GOOD.replace('text = "一"', 'text = "{}"'), ["第 1 项正文的 text"]),
        (GOOD.replace('text = "一"', 'text = "\\u0001"'), ["第 1 项正文的 text"]),
        (GOOD.replace('"一"', '"' + "一" * 20_001 + '"'), ["第 1 项正文的 text"]),
        (GOOD.replace('text = "一"', 'table = "名单"'), ["第 1 项正文的 columns"]),
        (_typed('["一"]'), ["第 1 项正文的 cells 第 2 行"]),
        (_typed('["一", "二", "三"]'), ["第 1 项正文的 cells 第 2 行"]),
        (_typed('["一", 2]'), ["第 1 项正文的 cells 第 2 行"]),
        (_typed('["一", "{年度"]'), ["第 1 项正文的 cells 第 2 行"]),
        (_typed('["一", "' + "一" * 20_001 + '"]'), ["第 1 项正文的 cells 第 2 行"]),
        (_typed(", ".join(['["", ""]'] * 500)), ["第 1 项正文的 cells"]),
        (_typed('["", ""]').replace("cells = [", "cells = [] # ["), ["第 1 项正文的 cells"]),
        (_typed('["", ""]') + 'table = "名单"\n', ["第 1 项正文的 table"]),
        (_typed('["", ""]').replace('title = "乙"', 'text = "乙"'), ["第 1 项正文的 columns"]),
        (GOOD.replace('text = "一"', "text = 3"), ["第 1 项正文的 text"]),
        (GOOD.replace('text = "一"', 'parts = [{ when = "x" }]'), ["第 1 项正文第 1 项句子的 text"]),
        (GOOD.replace('text = "一"', 'text = "一"\nparts = [{ text = "二" }]'), ["第 1 项正文的 text"]),
        (GOOD.replace("title = ", "title = 3 #"), ["title"]),
        (GOOD + '[[receipt]]\nfield = [{label="甲"},{label="乙"},{label="丙"}]', ["第 1 项回执栏的 field"]),
    ],
)
def test_a_wrong_text_is_refused_with_its_place(text: str, places: list[str]) -> None:
    with pytest.raises(InvalidInput) as told:
        read_document(text)
    assert [each.place for each in told.value.problems] == places
    assert told.value.remedy_zh


def test_names_that_are_not_there_are_told_with_their_place_and_the_nearest() -> None:
    document = replace(
        EMPTY,
        title=("关于{年}的通知",),
        blocks=(
            TextParagraph((Part("{单立}", when="考核"),), each="名单"),
            TextTable("名单", (TextColumn("甲", "{乙}", 3),), when="=="),
            TextPeople("{丙}", "成员"),
            TextPeople("丙", "奖项", each="各组"),
            TextTable("", (TextColumn("{己}", "", 3),), cells=(("{单位}",), ("{庚}",))),
            TextPeople("丙", "", typed=(("{单位}", ""), ("甲", "{辛}"))),
        ),
        annexes=(TextAnnex("{丁}", (TextParagraph((Part("x", each="年度"),)),)),),
        receipt=TextReceipt(((TextReceiptField("{戊}"),),)),
    )
    with pytest.raises(InvalidInput) as told:
        refuse_unknown(document)
    found = [(each.place, each.message) for each in told.value.problems]
    assert found == [
        ("标题", "没有字段“年”"),
        ("正文第 1 段", "没有清单“名单”"),
        ("正文第 1 段", "条件“考核”里没有字段“考核”"),
        ("正文第 1 段", "没有字段“单立”"),
        ("正文第 2 段", "条件“==”读不懂"),
        ("正文第 2 段", "没有清单“名单”"),
        ("正文第 2 段", "没有字段“乙”"),
        ("正文第 3 段", "没有字段“丙”"),
        ("正文第 3 段", "没有清单“成员”"),
        ("正文第 3 段", "没有字段“姓名”"),
        ("正文第 4 段", "没有清单“各组”"),
        ("正文第 4 段", "没有清单“奖项”"),
        ("正文第 4 段", "没有字段“姓名”"),
        ("正文第 5 段", "没有字段“己”"),
        ("正文第 5 段表格第 2 行", "没有字段“庚”"),
        ("正文第 6 段名单第 2 人", "没有字段“辛”"),
        ("附件1", "没有字段“丁”"),
        ("附件1第 1 段", "没有清单“年度”"),
        ("回执", "没有字段“戊”"),
    ]


def test_a_table_has_a_column_for_each_row_of_a_list() -> None:
    stages = ({"环节": "自评", "满分": "100"}, {"环节": "评审", "满分": "50"})
    result: Row = {"名称": "甲", "环节": ({"得分": "9"}, {"得分": "8"})}
    columns = (TextColumn("名称", "{名称}", 4), TextColumn("{环节}{满分}", "{得分}", 2, each="环节"))
    table = TextTable("结果", columns, ("合计", "{满分}"))
    facts: Row = {"环节": stages, "结果": (result,)}
    [made] = fill(replace(EMPTY, blocks=(table,)), facts, FRAME).paragraphs
    assert isinstance(made, Table)
    assert [each.title for each in made.columns] == ["名称", "自评100", "评审50"]
    assert (made.rows, made.totals) == ((("甲", "9", "8"),), ("合计", "100", "50"))


def test_a_column_for_each_row_names_only_what_is_there() -> None:
    def problems(column: TextColumn) -> list[str]:
        text = replace(EMPTY, about=About.CYCLE, blocks=(TextTable("考核结果", (column,), ("",)),))
        return [each.message for each in unknown_names(text)]

    assert problems(TextColumn("{环节}", "{环节得分}", 2, each="各环节")) == []
    assert problems(TextColumn("{环节得分}", "{环节得分}", 2, each="各环节")) == ["没有字段“环节得分”"]
    assert problems(TextColumn("{环节}", "{评分}", 2, each="各环节")) == ["没有字段“评分”"]
    assert "没有清单“年度”" in problems(TextColumn("名", "名", 2, each="年度"))


def test_typed_people_are_printed_as_written_with_their_fields_filled() -> None:
    typed = TextPeople("出席", "", when="年度", typed=(("张三", "{单位}主任"), ("李四", "")))
    made = fill(replace(EMPTY, attendance=(typed, replace(typed, label="请假", typed=()))), FACTS, FRAME)
    assert [each.label for each in made.attendance] == ["出席", "请假"]
    assert made.attendance[0].people == (Person("张三", "临江街道办事处主任"), Person("李四"))
    assert made.attendance[1].people == ()


def test_what_a_document_needs_must_be_there() -> None:
    wrong = [each.message for each in unknown_names(replace(EMPTY, needs="获奖"))]
    assert wrong == ["条件“获奖”里没有字段“获奖”"]
