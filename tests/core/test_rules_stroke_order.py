"""Order by surname strokes: the bundled table and the rules of domain 3.5."""

import pytest

from core.resources import resource_path
from core.rules.stroke_order import StrokeOrder


@pytest.fixture(scope="module")
def order() -> StrokeOrder:
    return StrokeOrder(resource_path("strokes", "order.txt").read_text(encoding="utf-8"))


def ordered(order: StrokeOrder, names: str, *, short_names_first: bool = True) -> str:
    keyed = sorted(names.split(), key=lambda name: order.key(name, short_names_first=short_names_first))
    return " ".join(keyed)


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        ("丁 卜 刁", "two strokes: 横竖, 竖点, 折横"),
        ("丁 卫 马 王 毛 方 石 卢 叶 田", "by number of strokes, then by the first"),
        ("庄 刘", "点横撇横 before 点横撇点"),
        ("王 韦 毛 文 方 尹 邓", "four strokes in the order 横 撇 点 折"),
        ("艾 石 卢 叶 田 史 白 丛 包 冯", "five strokes"),
        ("李 杨 肖 吴 何 余 汪 沈 宋 张 陈", "seven strokes, 杨 and 肖 too"),
    ],
)
def test_surnames(order, names, rule):
    backwards = " ".join(reversed(names.split()))
    assert ordered(order, backwards) == names, rule


@pytest.mark.parametrize(
    ("character", "strokes"),
    [("一", 1), ("九", 2), ("马", 3), ("凸", 5), ("鼎", 12), ("䶮", 9), ("𬭎", 12), ("齉", 36), ("龘", 48)],
)
def test_number_of_strokes(order, character, strokes):
    assert order.strokes(character) == strokes


def test_a_hook_is_upright_and_a_rising_stroke_level(order):
    # 竖钩 as 竖, 提 as 横: 丁 is 横竖, 刁 is 折横.
    assert ordered(order, "刁 丁 厂") == "丁 厂 刁"


def test_short_names_with_an_empty_middle_or_compared_directly(order):
    assert ordered(order, "张一一 张三 张丁") == "张丁 张三 张一一"
    assert ordered(order, "张三 张丁 张一一", short_names_first=False) == "张一一 张丁 张三"


def test_compound_surnames_by_their_first_character(order):
    assert ordered(order, "欧阳修 王安石 欧文 诸葛亮 司马光") == "王安石 司马光 欧文 欧阳修 诸葛亮"


def test_second_character_decides_between_equal_surnames(order):
    assert ordered(order, "王小明 王大明 王小丁") == "王大明 王小丁 王小明"


def test_spaces_separators_and_compatibility_forms_do_not_count(order):
    assert order.key("张　三", short_names_first=True) == order.key("张三", short_names_first=True)
    key = order.key("阿卜杜拉·买买提", short_names_first=True)
    assert key == order.key("阿卜杜拉买买提", short_names_first=True)
    assert order.key("\uf9e1三", short_names_first=True) == order.key("李三", short_names_first=True)


def test_characters_without_strokes_stand_last_by_code_point_and_are_told(order):
    assert ordered(order, "\ue863甲 Anna 龘甲 B队") == "龘甲 Anna B队 \ue863甲"
    assert order.unknown("张\ue863三·A") == "\ue863A"
    assert order.unknown("张䶮𬭎㛃") == ""
    assert order.strokes("A") is None


def test_a_position_goes_before_all_strokes(order):
    leaders = [("丁一", None), ("戴三", 2), ("鞠四", 1), ("卜二", None)]
    keyed = sorted(leaders, key=lambda each: order.key(each[0], short_names_first=True, position=each[1]))
    assert [name for name, _ in keyed] == ["鞠四", "戴三", "丁一", "卜二"]


def test_every_character_of_gb_2312_has_its_place_once(order):
    text = resource_path("strokes", "order.txt").read_text(encoding="utf-8")
    assert len(set(text) - {"\n"}) == len(text.replace("\n", ""))
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(row.decode("gb2312", "ignore") for row in rows)
    assert len(characters) == 6763
    assert order.unknown(characters) == ""
