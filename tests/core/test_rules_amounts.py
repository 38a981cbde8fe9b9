"""Amounts in words against the payment rules' own examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.amounts import capital_amount, grouped_yuan, in_yuan, yuan_figure, yuan_text


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (4_000_000, "肆万元整"),
        (140_950, "壹仟肆佰零玖元伍角"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (1_500, "壹拾伍元整"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (10_000_000_001, "壹亿元零壹分"),
        (1_000_100, "壹万零壹元整"),
        (100_000_000_000, "壹拾亿元整"),
        (99_999_999_999_999, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        (5, "伍分"),
        (50, "伍角"),
        (0, "零元整"),
    ],
)
def test_capital_amount_follows_the_payment_rules(fen: int, text: str) -> None:
    assert capital_amount(fen) == f"人民币{text}"


@pytest.mark.parametrize("fen", [-1, 100_000_000_000_000])
def test_capital_amount_refuses_what_has_no_form(fen: int) -> None:
    with pytest.raises(ValueError, match="超出范围"):
        capital_amount(fen)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (4_000_000, "4万元"),
        (17_000_000, "17万元"),
        (4_050_000, "40,500元"),
        (300_000, "3,000元"),
        (123_450, "1,234.50元"),
        (5, "0.05元"),
        (0, "0元"),
    ],
)
def test_yuan_text_is_short_and_exact(fen: int, text: str) -> None:
    assert yuan_text(fen) == text


@pytest.mark.parametrize(
    ("fen", "bare", "grouped"),
    [(4_050_000, "40500", "40,500"), (123_450, "1234.50", "1,234.50"), (5, "0.05", "0.05"), (0, "0", "0")],
)
def test_fen_are_said_only_where_there_are_some(fen: int, bare: str, grouped: str) -> None:
    assert (yuan_figure(fen), grouped_yuan(fen)) == (bare, grouped)


def test_a_cell_holds_yuan_with_both_places() -> None:
    assert (str(in_yuan(4_050_000)), str(in_yuan(5))) == ("40500.00", "0.05")


_DIGITS = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def _read(text: str) -> int:
    """The fen that a capital amount says, read as a person would."""
    fen, section, digit = 0, 0, 0
    for character in text.removeprefix("人民币").removesuffix("整"):
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section, digit = section + digit * _UNITS[character], 0
        elif character in "亿万元":
            scale = {"亿": 10**10, "万": 10**6, "元": 100}[character]
            fen, section, digit = fen + (section + digit) * scale, 0, 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[character], 0
    return fen


@given(st.integers(min_value=0, max_value=99_999_999_999_999))
def test_capital_amount_says_the_amount_and_never_two_zeros(fen: int) -> None:
    text = capital_amount(fen)
    assert _read(text) == fen
    assert "零零" not in text
    assert text.endswith("整") == (fen % 100 == 0)
