"""The laws of lines over generated Chinese text, in the finished PDF and for every setting of the page.

No forbidden mark at a line's head or tail, full lines from edge to edge on 28 cells, nothing lost or added.
"""

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.model.document import (
    DocumentFormat,
    OfficialDocument,
    Paragraph,
    People,
    Person,
    Table,
    TableColumn,
)
from core.model.office import LinePitch
from core.paper.boxes import cell_lines
from core.paper.fonts import FontLibrary, Role
from core.paper.grid import CELL, CELLS, SIZE_3, TYPE_WIDTH
from core.paper.lines import Line, Setting, Span, break_lines
from core.paper.render import ReportLabPaper
from tests.laws import examples
from tests.paper.conftest import read

FONTS = FontLibrary()
SETTING = Setting(SIZE_3, CELL, FONTS.width)
HALF = 156 / 28 / 2
"""The blank half of a mark at a line's end may reach over the edge: only its ink counts."""
NO_HEAD = "。，、；：？！”’\uff09〕】》〉·～％"
NO_TAIL = "“‘\uff08〔【《〈￥"
PHRASES = st.sampled_from(
    (
        *"街道社会组织年度考核评定结果通报公示扶持资金发放",
        *(
            "《办法》",
            "“优秀”",
            "\uff08一\uff09",
            "98.5%",
            "2026年",
            "12,000.00元",
            "〔2026〕12号",
            "——",
            "……",
            "0571-12345678",
        ),
        *("。", "，", "、", "；", "：", "？", "！", "”", "\uff09", "3～5", "艾山·甲", "A类", "１２３"),
    )
)


def _is_text(text: str) -> bool:
    """Not a heap of marks: three in a row that begin no line, or dash after dash, leave no lawful break."""
    heaps = (set(text[n : n + 3]) <= set(NO_HEAD) for n in range(len(text) - 2))
    return not any(heaps) and "————" not in text and "…………" not in text


TEXTS = st.lists(PHRASES, min_size=1, max_size=150).map("".join).filter(_is_text)
QUICK = settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))


def lawful(lines: tuple[str, ...]) -> None:
    for above, below in pairwise(lines):
        assert below[0] not in NO_HEAD
        assert above[-1] not in NO_TAIL
        assert not (above[-1].isdecimal() and below[0].isdecimal())
        assert not (above[-1] == below[0] and above[-1] in "—…")


def has_endless_number(text: str, ems: float) -> bool:
    """Whether numbers run into each other for longer than a line: nothing lawful can part them."""
    runs = re.findall("[0-9０-９.,-]+", text)
    return any(sum(0.5 if each.isascii() else 1 for each in run) > ems for run in runs)


def is_full(line: Line, left: float) -> bool:
    """Whether it begins at its left edge and ends at the right one."""
    first, last = line.pieces[0], line.pieces[-1]
    return abs(first.x - left) < 0.001 and abs(last.x + last.width - TYPE_WIDTH) < 0.001


@given(TEXTS, st.sampled_from([(0, 0), (2, 0), (2, 5), (5, 8)]))
@example(
    "街街12,000.00元3～50571-123456780571-12345678。", (5, 8)
)  # a mark after a word too long for one piece
@settings(deadline=None, max_examples=examples(400))
def test_lines_of_body_text(text: str, edges: tuple[int, int]) -> None:
    indent, hang = edges
    lines = break_lines([Span(text, Role.BODY)], SETTING, TYPE_WIDTH, indent=indent * CELL, hang=hang * CELL)
    assert "".join(line.text for line in lines) == text
    if not has_endless_number(text, CELLS - max(edges) - 1):
        lawful(tuple(line.text for line in lines))
    for number, line in enumerate(lines[:-1]):
        assert is_full(line, (hang if number else indent) * CELL)


@given(st.text(st.sampled_from("街道社会组织"), min_size=1, max_size=300), st.integers(0, 5))
def test_lines_of_characters_alone_have_28_cells(text: str, indent: int) -> None:
    lines = break_lines([Span(text, Role.BODY)], SETTING, TYPE_WIDTH, indent=indent * CELL)
    counts = [len(line.text) for line in lines]
    assert counts[0] == min(CELLS - indent, len(text))
    assert all(count == CELLS for count in counts[1:-1])
    for line in lines:
        steps = [right.x - left.x for left, right in pairwise(line.pieces)]
        assert steps == pytest.approx([CELL] * len(steps))


@given(TEXTS, st.sampled_from(list(Role)))
@settings(deadline=None)
def test_marks_are_squeezed_to_half_at_most(text: str, role: Role) -> None:
    for line in break_lines([Span(text, role)], Setting(SIZE_3, CELL, FONTS.width), TYPE_WIDTH):
        for piece in line.pieces:
            narrowest = 0.5 if piece.text in NO_HEAD + NO_TAIL else 1.0
            if not piece.text.isascii() and not piece.text.isspace():
                assert piece.width >= narrowest * min(CELL, piece.advance) * 0.99
        for left, right in pairwise(line.pieces):
            assert left.x + left.width <= right.x + 0.001


@given(TEXTS, st.floats(4, 20), st.sampled_from([9.0, 10.5, 12.0, 14.0]))
@example("１２３１２３１２３艾山·甲", 12.0, 9.0)  # lines of equal length would part the number
@settings(deadline=None, max_examples=examples(300))
def test_lines_of_table_cells(text: str, ems: float, size: float) -> None:
    setting = Setting(size, size, FONTS.width)
    lines = cell_lines(text, Role.BODY, setting, ems * size)
    assert "".join(line.text for line in lines) == text
    assert all(line.width <= ems * size + 0.001 for line in lines)
    if ems >= 12 and not has_endless_number(text, 11):
        lawful(tuple(line.text for line in lines))


@given(
    st.lists(st.text(st.sampled_from("张王李赵欧阳修远"), min_size=2, max_size=12), min_size=1, max_size=60)
)
@settings(deadline=None)
def test_names_of_a_list_stay_whole(names: list[str]) -> None:
    spans = [Span(f"{name}、", Role.BODY, whole=True) for name in names]
    lines = break_lines(spans, SETTING, TYPE_WIDTH, hang=5 * CELL, justify=False)
    assert "".join(line.text for line in lines) == "".join(f"{name}、" for name in names)
    ends = {0}
    for name in names:
        ends.add(max(ends) + len(name) + 1)
    assert {sum(len(line.text) for line in lines[:n]) for n in range(len(lines))} <= ends


@given(st.integers(1, 200), st.integers(0, 30))
def test_digits_are_never_parted_where_they_fit_a_line(count: int, before: int) -> None:
    text = "街" * before + "8" * count + "元"
    lines = [line.text for line in break_lines([Span(text, Role.BODY)], SETTING, TYPE_WIDTH)]
    assert "".join(lines) == text
    if count <= 50:
        assert any("8" * count in line for line in lines)


SHAPES: list[dict[str, Any]] = [
    {"line_pitch": pitch, "two_sided": two_sided, "format": form}
    for pitch in LinePitch
    for two_sided in (False, True)
    for form in DocumentFormat
]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
@settings(QUICK, max_examples=examples(6))
def test_finished_pages_hold_the_text(
    a_document: Any, paper: ReportLabPaper, shape: dict[str, Any], texts: list[str]
) -> None:
    blocks = (
        *(Paragraph(text) for text in texts),
        People(
            "成员", tuple(Person(name, text) for name, text in zip(("张三", "李四光"), texts, strict=False))
        ),
        Table(
            (TableColumn("内容", 3, "left"), TableColumn("说明", 1)), tuple((text, "无") for text in texts)
        ),
    )
    document: OfficialDocument = a_document(paragraphs=blocks, **shape)
    pages = read(paper.document(document))
    for number, page in enumerate(pages, start=1):
        left = 26 if shape["two_sided"] and number % 2 == 0 else 28
        text = [each for each in page.characters() if each.text.strip() and 37 < each.y < 262]
        if number > 1 and text:
            # Of marks that share a cell the glyphs reach beyond their shares, the ink does not.
            starts = [each.left + (HALF if each.text in "\uff1f\uff01" else 0) for each in text]
            assert min(starts) >= left - 0.3
            ends = [each.right - (HALF if each.text in NO_HEAD else 0) for each in text]
            assert max(ends) <= left + 156 + 0.3
    written = "".join("".join(page.text.split()) for page in pages)
    for number in range(1, len(pages) + 1):
        written = written.replace(f"—{number}—", "", 1)
    for text in texts:
        assert written.replace("内容说明", "").count("".join(text.split())) >= 2
