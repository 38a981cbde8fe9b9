"""The line breaker's laws, on a made-up face: Chinese one em, ASCII half an em."""

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from core.paper.fonts import Role
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.punctuation import may_part, pieces_of

SETTING = Setting(
    16.0, 16.0, lambda text, role, size: sum(0.5 if character.isascii() else 1 for character in text) * size
)
CELLS = 28
MEASURE = CELLS * 16.0

TEXT = st.text(
    st.sampled_from("街道社会组织年度考核" + "。，、；：？！”’\uff09〕】》“‘\uff08〔【《—…·～" + "A9%.,( -&")
    | st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]),
    max_size=400,
)


def lines_of(text: str, **how: float) -> tuple[Line, ...]:
    return break_lines([Span(text, Role.BODY)], SETTING, MEASURE, **how)


def has_lawful_breaks(text: str) -> bool:
    """Whether no stretch that must stay whole comes near the length of a line."""
    pieces = pieces_of(text)
    stretch = 0
    for number, piece in enumerate(pieces):
        stretch += len(piece)
        if stretch > CELLS // 2:
            return False
        if number + 1 < len(pieces) and may_part(piece, pieces[number + 1]):
            stretch = 0
    return True


@given(TEXT)
@example("\uff08" * 60)
@example("A" * 100)
@example("——" * 40)
def test_nothing_is_lost_and_no_line_is_too_wide(text: str) -> None:
    lines = lines_of(text, indent=32.0)
    assert "".join(line.text for line in lines) == text
    assert all(line.width <= MEASURE + 0.001 for line in lines)


@given(TEXT)
def test_full_lines_end_at_the_edge(text: str) -> None:
    for line in lines_of(text)[:-1]:
        if len(line.text.split()) == 1 and len(line.pieces) > 1:
            assert line.width == pytest.approx(MEASURE)
            assert line.pieces[-1].x + line.pieces[-1].width == pytest.approx(MEASURE)


@given(TEXT)
def test_marks_stand_where_they_may(text: str) -> None:
    assume(has_lawful_breaks(text))
    lines = [line.text for line in lines_of(text)]
    for above, below in pairwise(lines):
        assert below[0] not in "。，、；：？！”’\uff09〕】》·～"
        assert above[-1] not in "“‘\uff08〔【《"


@given(TEXT)
def test_pieces_follow_each_other_without_overlap(text: str) -> None:
    for line in lines_of(text):
        for left, right in pairwise(line.pieces):
            assert left.x + left.width <= right.x + 0.001


def test_a_line_takes_28_characters() -> None:
    assert [len(line.text) for line in lines_of("街" * 60)] == [28, 28, 4]


def test_first_line_is_indented_and_the_others_hang() -> None:
    lines = lines_of("街" * 60, indent=32.0, hang=16.0)
    assert [len(line.text) for line in lines] == [26, 27, 7]
    assert [line.pieces[0].x for line in lines] == [32.0, 16.0, 16.0]


@pytest.mark.parametrize(
    ("text", "first_line"),
    [
        # The full stop would begin line 2: with no mark to squeeze, the last character moves down.
        ("街" * 28 + "。" + "街" * 5, "街" * 27),
        # Two closing marks that meet give half a cell, the one at the end another: both stay.
        ("街" * 27 + "\uff09。" + "街" * 5, "街" * 27 + "\uff09。"),
        # An opening mark never ends a line.
        ("街" * 27 + "《街道》" + "街" * 5, "街" * 27),
        # A number is not torn, nor parted from its percent sign.
        ("街" * 26 + "98.5%。" + "街" * 5, "街" * 26),
        ("街" * 25 + "98.5%" + "街" * 5, "街" * 25 + "98.5%"),
        # Dashes and ellipses are not torn.
        ("街" * 27 + "——" + "街" * 5, "街" * 27),
        ("街" * 27 + "……" + "街" * 5, "街" * 27),
        # A document number stays whole from the bracket on.
        ("街" * 24 + "〔2026〕12号" + "街" * 5, "街" * 24),
        # A dot between the parts of a name does not begin a line.
        ("街" * 28 + "·" + "甲" * 5, "街" * 27),
    ],
)
def test_bad_breaks_are_mended(text: str, first_line: str) -> None:
    lines = lines_of(text)
    assert lines[0].text == first_line
    assert lines[0].width == pytest.approx(MEASURE)


def test_last_line_keeps_its_natural_width() -> None:
    last = lines_of("街" * 28 + "道" * 3)[-1]
    assert last.width == pytest.approx(48.0)


def test_a_smaller_fallback_glyph_stands_in_the_middle_of_its_cell() -> None:
    setting = Setting(16.0, 15.8, lambda text, role, size: 0.95 * size * len(text))
    (piece,) = break_lines([Span("䶮", Role.BODY)], setting, MEASURE)[0].pieces
    assert piece.width == 15.8
    assert piece.origin == pytest.approx((15.8 - 0.95 * 16) / 2)


def test_spaces_at_a_line_end_take_no_room() -> None:
    lines = lines_of("街" * 28 + "  " + "道" * 3)
    assert [line.text.strip() for line in lines] == ["街" * 28, "道" * 3]
    assert lines[0].width == pytest.approx(MEASURE)


def test_an_address_of_the_web_is_parted_between_its_parts() -> None:
    lines = lines_of("街" * 20 + "https://linjiang.example.gov.cn/2025/khjg" + "道" * 20)
    assert lines[0].text == "街" * 20 + "https://"
    assert lines[1].text.startswith("linjiang.example.gov.cn/2025/khjg")


def test_a_part_that_is_too_long_is_parted_rather_than_stretching_its_line() -> None:
    lines = lines_of("街" * 20 + "https://" + "linjiang" * 4 + ".cn" + "道" * 20)
    assert lines[0].text == "街" * 20 + "https://linjiang"


def test_a_credit_code_stays_whole() -> None:
    lines = lines_of("街" * 20 + "52330499MJ0000173X" + "道" * 20)
    assert lines[1].text.startswith("52330499MJ0000173X")
