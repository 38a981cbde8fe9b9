"""？！ share one cell, ？？？ have two (GB/T 15834-2011): measured in the finished PDF."""

import pytest

from core.model.document import Paragraph
from core.paper.fonts import FontLibrary, Role
from core.paper.lines import Setting, Span, break_lines
from tests.paper.conftest import Build, Print, near

CELL = 156 / 28
FONTS = FontLibrary()


@pytest.mark.parametrize(
    ("marks", "cells"), [("？", 1), ("？！", 1), ("！！", 1), ("？？？", 2), ("！？！", 2), ("？？？？？", 3)]
)
def test_marks_together_take_fewer_cells(
    a_document: Build, print_document: Print, marks: str, cells: int
) -> None:
    (page, *_) = print_document(a_document(paragraphs=(Paragraph(f"怎么办{marks}好"),)))
    before, after = page.find("怎么办")[0], page.find(f"{marks}好")[-1]
    assert after.x == near(before.x + (3 + cells) * CELL)


@pytest.mark.parametrize(("marks", "cells"), [("？！", 1), ("！！", 1), ("？？？", 2), ("！？！", 2)])
def test_each_mark_stands_in_the_middle_of_its_share(
    a_document: Build, print_document: Print, marks: str, cells: int
) -> None:
    (page, *_) = print_document(a_document(paragraphs=(Paragraph(f"怎么办{marks}好"),)))
    start = page.find("怎么办")[0].x + 3 * CELL
    share = cells * CELL / len(marks)
    for number, mark in enumerate(page.find(marks)):
        middle = FONTS.ink_middle(mark.text, Role.BODY) * 16 * 25.4 / 72
        assert mark.x + middle == near(start + (number + 0.5) * share)


@pytest.mark.parametrize("role", Role)
def test_the_ink_of_marks_that_share_a_cell_does_not_touch(fonts: FontLibrary, role: Role) -> None:
    setting = Setting(16, 16, fonts.width, fonts.ink_middle)
    (line,) = break_lines([Span("好？！好", role)], setting, 28 * 16)
    assert line.width == pytest.approx(3 * 16)
    _, question, exclamation, last = line.pieces
    half = 0.36 * 16 / 2  # the widest of these marks, from its middle
    middles = [piece.origin + fonts.ink_middle(piece.text, role) * 16 for piece in (question, exclamation)]
    assert middles[0] - half >= 16 - 0.7
    assert middles[1] - middles[0] == pytest.approx(8)
    assert middles[1] + half <= last.x


def test_marks_that_share_a_cell_are_never_parted() -> None:
    setting = Setting(16, 16, FONTS.width, FONTS.ink_middle)
    text = f"{'好' * 27}？！{'好' * 40}"
    lines = break_lines([Span(text, Role.BODY)], setting, 28 * 16)
    assert lines[0].text == f"{'好' * 27}？！"
    assert "".join(line.text for line in lines) == text
