"""Shapes of titles."""

import pytest

from core.paper.fonts import FontLibrary
from core.paper.title import title_lines


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
