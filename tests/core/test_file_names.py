"""Names of files that any file system takes."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.file_names import MAX_NAME_BYTES, distinct_names, file_name


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("临街办证〔2026〕第001号 东湖合唱团", "临街办证〔2026〕第001号 东湖合唱团.pdf"),
        ("A/B:C*D?", "A\uff0fB\uff1aC\uff0aD\uff1f.pdf"),
        ("第一行\n第二行\t尾", "第一行 第二行 尾.pdf"),
        ("con", "_con.pdf"),
        ("LPT1.队", "_LPT1.队.pdf"),
        ("队名. . ", "队名.pdf"),
        ("甲\u200d乙\u202e丙", "甲乙丙.pdf"),
        ("...", "未命名.pdf"),
        ("", "未命名.pdf"),
    ],
)
def test_what_a_name_becomes(stem: str, name: str) -> None:
    assert file_name(stem, ".pdf") == name


@given(st.text(max_size=300))
def test_every_name_is_taken_by_every_system(stem: str) -> None:
    name = file_name(stem, ".pdf")
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name.endswith(".pdf") and len(name) > len(".pdf")
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip() and not name.removesuffix(".pdf").endswith((".", " "))
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)", name)
    assert file_name(name.removesuffix(".pdf"), ".pdf") == name


@given(
    st.lists(st.sampled_from(["甲", "A", "a", "\uff21", "长" * 100, "长" * 101, "con", "甲\uff082\uff09"]))
)
def test_no_two_files_have_one_name(stems: list[str]) -> None:
    names = distinct_names(stems, ".pdf")
    assert len({unicodedata.normalize("NFKC", each).casefold() for each in names}) == len(stems)
    assert max((len(each.encode()) for each in names), default=0) <= MAX_NAME_BYTES


def test_the_second_of_a_name_gets_a_number() -> None:
    assert distinct_names(["甲", "乙", "甲"], ".pdf") == ("甲.pdf", "乙.pdf", "甲\uff082\uff09.pdf")
