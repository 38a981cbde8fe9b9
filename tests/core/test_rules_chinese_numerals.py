"""Chinese numerals, held against cn2an where it is right."""

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.chinese_numerals import capital_section, read_numeral


@given(st.integers(0, 10**12 - 1))
def test_what_is_written_is_read_back(number: int) -> None:
    assert read_numeral(cn2an.an2cn(str(number), "low")) == number
    assert read_numeral(cn2an.an2cn(str(number), "up")) == number


@given(st.integers(1, 9999))
def test_capitals_of_a_section(number: int) -> None:
    assert capital_section(number) == cn2an.an2cn(str(number), "up")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二百五", 250),
        ("一万五", 15_000),
        ("九百一万", 9_100_000),
        ("一万十二", 10_012),
        ("三十零三", 33),
        ("两千", 2000),
        ("二〇二五", 2025),
        ("十二", 12),
    ],
)
def test_spoken_forms(text: str, number: int) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize(
    "text", ["", "三一千一", "千千二", "百十", "一百零", "一万零", "万", "三零万两", "零千", "人"]
)
def test_what_is_no_number(text: str) -> None:
    assert read_numeral(text) is None
