"""Shapes of titles."""

from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.paper.fonts import FontLibrary, Role
from core.paper.grid import TYPE_WIDTH
from core.paper.title import title_lines
from tests.laws import examples

WORDS = (
    "社会组织",
    "规范化",
    "建设",
    "和",
    "年度考核",
    "评定",
    "工作",
    "领导小组",
    "2025年度",
    "开展",
    "成立",
)
FONTS = FontLibrary()


def widths(lines: tuple[str, ...]) -> list[float]:
    return [FONTS.width(line, Role.TITLE, 22) for line in lines]


def is_shapely(lines: tuple[str, ...]) -> bool:
    """Whether the lines form a trapezium or a diamond: no hourglass, no rectangle."""
    room = widths(lines)
    peak = room.index(max(room))
    rises = room[: peak + 1] == sorted(room[: peak + 1])
    falls = room[peak:] == sorted(room[peak:], reverse=True)
    return rises and falls and max(room) - min(room) >= 22


@pytest.mark.parametrize(
    ("groups", "lines"),
    [
        (("关于", "2025年度", "社会组织", "考核结果的通报"), ("关于2025年度社会组织考核结果的通报",)),
        (
            ("临江街道办事处", "关于", "2025年度", "社会组织", "考核结果", "的通报"),
            ("临江街道办事处关于2025年度", "社会组织考核结果的通报"),
        ),
    ],
)
def test_title_is_parted_between_word_groups(
    fonts: FontLibrary, groups: tuple[str, ...], lines: tuple[str, ...]
) -> None:
    assert title_lines(groups, 22, fonts) == lines


def test_long_title_is_a_trapezium_or_a_diamond(fonts: FontLibrary) -> None:
    groups = (
        "临江街道办事处",
        "关于",
        "成立",
        "社会组织",
        "规范化建设",
        "和",
        "年度考核",
        "评定工作",
        "领导小组",
        "的通知",
    )
    lines = title_lines(groups, 22, fonts)
    widths = [len(line) for line in lines]
    peak = widths.index(max(widths))
    assert "".join(lines) == "".join(groups)
    assert widths[: peak + 1] == sorted(widths[: peak + 1])
    assert widths[peak:] == sorted(widths[peak:], reverse=True)
    assert len(set(widths)) > 1
    assert not lines[-1].startswith("的")


def test_ending_is_not_left_alone_even_if_the_shape_suffers(fonts: FontLibrary) -> None:
    lines = title_lines(("临江街道办事处关于二〇二五", "年度社会组织", "的通报"), 22, fonts)
    assert lines == ("临江街道办事处关于二〇二五", "年度社会组织的通报")


@pytest.mark.parametrize("kind", ["通知", "通报", "决定", "函", "公示", "告知书"])
def test_no_kind_stands_alone(fonts: FontLibrary, kind: str) -> None:
    groups = ("临江街道办事处", "关于", "开展", "社会组织", "年度", "考核", "的", kind)
    assert len(title_lines(groups, 22, fonts)[-1]) > len(kind) + 1


def test_a_rectangle_is_avoided_by_one_more_line(fonts: FontLibrary) -> None:
    groups = ("临江街道办事处关于成立", "社会组织考核领导", "小组的通知")
    lines = title_lines(groups, 22, fonts)
    assert is_shapely(lines)


@given(st.lists(st.sampled_from(WORDS), min_size=6, max_size=40))
@settings(deadline=None, max_examples=examples(150))
def test_titles_of_many_words_have_a_good_shape(words: list[str]) -> None:
    groups = ("临江街道办事处", "关于", *words, "的通知")
    lines = title_lines(groups, 22, FONTS)
    assert "".join(lines) == "".join(groups)
    assert all(width <= TYPE_WIDTH for width in widths(lines))
    edges = {0}
    for group in groups:
        edges.add(max(edges) + len(group))
    assert {sum(map(len, lines[:n])) for n in range(len(lines))} <= edges
    assert not any(line.startswith("的") for line in lines)
    if len(groups) > 12:
        assert is_shapely(lines)


@pytest.mark.parametrize("length", [30, 60, 90, 120])
def test_a_title_without_word_groups_is_parted_too(fonts: FontLibrary, length: int) -> None:
    words = (
        "临江街道办事处关于进一步加强社区社会组织规范化建设和开展二〇二五年度社会组织考核评定工作的有关事项"
    )
    title = (words * 3)[: length - 3] + "的通知"
    began = thread_time()
    lines = title_lines((title,), 22, fonts)
    assert thread_time() - began < 1
    assert "".join(lines) == title
    assert all(width <= TYPE_WIDTH for width in widths(lines))
    assert is_shapely(lines)
    for word in ("社会组织", "街道办事处", "规范化", "二〇二五年度", "的通知"):
        assert "".join(lines).count(word) == sum(line.count(word) for line in lines)


def test_a_title_without_word_groups_keeps_its_marks_and_its_numbers(fonts: FontLibrary) -> None:
    title = "关于做好2025年度社会组织考核、品牌评选、表彰和2026年培育工作，以及《考核办法》、《细则》的通知书"
    lines = title_lines((title,), 22, fonts)
    assert "".join(lines) == title
    assert not any(line[0] in "，、" for line in lines)
    for word in ("2025年度", "2026年", "《考核办法》", "的通知书"):
        assert any(word in line for line in lines)
