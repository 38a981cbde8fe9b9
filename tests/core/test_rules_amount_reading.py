"""Amounts read back: capitals and figures as they are written, and nothing that is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.amount_reading import figures_in, is_lawful_capital, read_capital, read_figure
from core.rules.amounts import capital_amount, grouped_yuan, yuan_figure, yuan_text
from core.rules.document_checks import check_document
from tests.core.checked_documents import KNOWN, a_document
from tests.laws import examples

FEN = st.integers(0, 10**14 - 1) | st.integers(0, 10**8)


@settings(max_examples=examples(200))
@given(FEN)
def test_capitals_are_read_back_and_lawful(fen: int) -> None:
    written = capital_amount(fen)
    assert read_capital(written) == fen
    assert is_lawful_capital(written, fen)
    assert is_lawful_capital(written.replace("整", "正").replace("元", "圆"), fen)


@settings(max_examples=examples(200))
@given(FEN, FEN)
def test_capitals_stand_for_no_other_amount(fen: int, other: int) -> None:
    assert is_lawful_capital(capital_amount(fen), other) == (fen == other)


@settings(max_examples=examples(100))
@given(FEN)
def test_figures_are_read_back_however_they_are_written(fen: int) -> None:
    for text in (yuan_text(fen), f"{grouped_yuan(fen)}元", f"{yuan_figure(fen)}元", f"¥{grouped_yuan(fen)}"):
        assert read_figure(text) == fen
    assert [each.fen for each in figures_in(f"给予{yuan_text(fen)}，共{grouped_yuan(fen)}元。")] == [fen, fen]


@settings(max_examples=examples(50))
@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_a_document_says_so_only_where_capitals_and_figures_differ(fen: int, other: int) -> None:
    after = a_document(f"{capital_amount(fen)}\uff08{grouped_yuan(other)}元\uff09。")
    before = a_document(f"{grouped_yuan(other)}元\uff08大写：{capital_amount(fen)}\uff09。")
    assert bool(check_document(after, KNOWN)) == bool(check_document(before, KNOWN)) == (fen != other)


@pytest.mark.parametrize(
    "text",
    ["", "元", "整", "肆万", "壹壹元", "拾拾元整", "佰元整", "壹仟佰元", "四万元整", "壹角贰", "万元整"],
)
def test_what_is_no_amount_in_capitals(text: str) -> None:
    assert read_capital(text) is None


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("贰万零伍佰元整", 2_050_000),
        ("壹拾万柒仟元整", 10_700_000),
        ("壹拾万零柒仟元整", 10_700_000),
        ("壹佰元零伍分", 10_005),
        ("伍角整", 50),
        ("伍角", 50),
    ],
)
def test_lawful_capitals(text: str, fen: int) -> None:
    assert read_capital(text) == fen
    assert is_lawful_capital(text, fen)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("贰万伍佰元整", 2_050_000),
        ("肆万元", 4_000_000),
        ("拾伍元整", 1_500),
        ("壹佰元伍分", 10_005),
        ("壹佰元零伍分整", 10_005),
        ("壹仟零伍拾零元整", 105_000),
    ],
)
def test_unlawful_capitals_of_the_right_amount(text: str, fen: int) -> None:
    assert read_capital(text) == fen
    assert not is_lawful_capital(text, fen)


@pytest.mark.parametrize("text", ["40,00元", "1.234元", "第4项", "若干元", "1,2345元"])
def test_what_is_no_figure(text: str) -> None:
    assert read_figure(text) is None
