"""Two versions of a text: what was kept, added, removed; nothing lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.text_comparison import Change, ComparedParagraph
from core.rules.text_comparison import compare_paragraph, compare_texts
from tests.laws import examples

SHORT = {Change.KEPT: " ", Change.ADDED: "+", Change.REMOVED: "-"}
TEXTS = st.lists(st.text("甲乙丙丁，。1 2", max_size=8), max_size=7)


def runs(paragraph: ComparedParagraph) -> str:
    """The runs, each with a sign for what became of it."""
    return "|".join(f"{SHORT[run.change]}{run.text}" for run in paragraph.runs)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("给予扶持资金4万元。", "给予扶持资金40万元。", " 给予扶持资金|-4|+40| 万元。"),
        ("合计1,050.50元", "合计1,050.60元", " 合计|-1,050.50|+1,050.60| 元"),
        ("东湖社区合唱团获奖。", "东湖社区合唱团。", " 东湖社区合唱团|-获奖| 。"),
        ("请于三月报送。", "请各社区于三月报送。", " 请|+各社区| 于三月报送。"),
        ("表彰先进组织", "表扬优秀组织", " 表|-彰先进|+扬优秀| 组织"),
        ("一致", "一致", " 一致"),
        ("", "新", "+新"),
        ("旧", "", "-旧"),
    ],
)
def test_what_was_changed_inside_a_paragraph(old: str, new: str, told: str) -> None:
    assert runs(compare_paragraph(old, new)) == told


def test_a_single_character_between_two_changes_goes_with_them() -> None:
    assert runs(compare_paragraph("先进的单位甲", "优秀的组织甲")) == "-先进的单位|+优秀的组织| 甲"


def test_paragraphs_are_found_again() -> None:
    old = ("现将结果通报如下：", "一、东湖社区合唱团获优秀奖。", "二、希望再接再厉。", "特此通报。")
    new = ("现将结果通报如下：", "新的一段，和别的都不同。", "一、东湖社区合唱团获良好奖。", "特此通报。")

    compared = compare_texts(old, new)

    assert [(each.change, each.old, each.new) for each in compared] == [
        (Change.KEPT, old[0], new[0]),
        (Change.ADDED, "", new[1]),
        (Change.CHANGED, old[1], new[2]),
        (Change.REMOVED, old[2], ""),
        (Change.KEPT, old[3], new[3]),
    ]


def test_a_paragraph_that_moved_is_removed_and_added() -> None:
    compared = compare_texts(["甲段文字", "乙段内容", "丙"], ["乙段内容", "丙", "甲段文字"])
    assert [each.change.label for each in compared] == ["删去", "未改", "未改", "新增"]


@settings(max_examples=examples(100))
@given(TEXTS, TEXTS)
def test_nothing_is_lost_or_added(old: list[str], new: list[str]) -> None:
    compared = compare_texts(old, new)

    assert [each.old for each in compared if each.change is not Change.ADDED] == old
    assert [each.new for each in compared if each.change is not Change.REMOVED] == new
    assert all(each.old == each.new for each in compared if each.change is Change.KEPT)
    assert all(each.old != each.new for each in compared if each.change is Change.CHANGED)


def test_long_texts_are_compared_too() -> None:
    old = "".join(f"第{number}项工作已经完成，" for number in range(400))
    new = old.replace("第200项工作已经完成", "第200项工作没有完成")

    compared = compare_paragraph(old, new)

    assert (compared.old, compared.new) == (old, new)
    assert [run.text for run in compared.runs if run.change is Change.ADDED] == ["第200项工作没有完成，"]


def test_many_new_paragraphs_are_paired_in_order() -> None:
    old = [f"{number}号社区的原来内容" for number in range(250)]
    new = [f"{number}号社区的后来内容" for number in range(250)]
    assert {each.change for each in compare_texts(old, new)} == {Change.CHANGED}
