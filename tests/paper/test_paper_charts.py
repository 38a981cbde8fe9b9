"""Charts: exact figures at the right length and place, legible in grey, the same on paper and screen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect, String

from core.errors import DocumentFailed
from core.model.chart import MOST_CATEGORIES, Chart, ChartCategory, ChartKind, ChartSeries, Figure, parted
from core.model.document import Paragraph, Table, TableColumn
from core.model.drawn_chart import DrawnBox, DrawnChart, DrawnLine, DrawnOutline, DrawnText, Shade
from core.model.register_papers import PaperPart, RegisterPaper
from core.paper.chart_board import PATTERNS, Hatch, printed
from core.paper.chart_lines import nice_reach, spread
from core.paper.charts import Charts
from core.paper.fonts import FontLibrary
from core.paper.render import ReportLabPaper
from tests.laws import examples
from tests.paper.conftest import read

CLASSES = (
    "作风建设类",
    "矛盾调处类",
    "小区物业类",
    "卫计服务类",
    "文体活动类",
    "平安巡防类",
    "助老扶弱类",
    "经济发展类",
    "环境保护与垃圾分类宣传志愿服务类",
)
MM = 72 / 25.4


def a_chart(
    figures: Sequence[Figure] = (8, 0, None),
    *more: Sequence[Figure],
    kind: ChartKind = ChartKind.BARS,
    labels: Sequence[str] = (),
    **changes: object,
) -> Chart:
    names = labels or [f"第{place}类" for place in range(len(figures))]
    series = tuple(ChartSeries(f"等次{n}", tuple(each)) for n, each in enumerate((figures, *more)))
    categories = tuple(ChartCategory(f"k{place}", name) for place, name in enumerate(names))
    return replace(Chart("c", "图的标题", "个", kind, categories, series), **changes)


@pytest.fixture(scope="module")
def charts(fonts: FontLibrary) -> Charts:
    return Charts(fonts)


def said(drawn: DrawnChart) -> list[str]:
    return [each.text for each in drawn.shapes if isinstance(each, DrawnText)]


def bars(drawn: DrawnChart) -> list[DrawnBox]:
    return [each for each in drawn.shapes if isinstance(each, DrawnBox) and each.fill is Shade.MIDDLE]


def lines_in_rows(drawn: DrawnChart) -> list[str]:
    """What stands on each baseline, from left to right."""
    texts = [each for each in drawn.shapes if isinstance(each, DrawnText)]
    heights = sorted({round(each.y, 2) for each in texts})
    return [
        "".join(each.text for each in sorted(texts, key=lambda one: one.x) if round(each.y, 2) == height)
        for height in heights
    ]


def corners(drawn: DrawnChart) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for shape in drawn.shapes:
        if isinstance(shape, DrawnText):
            found += [(shape.x, shape.y - shape.size * 0.9), (shape.x + shape.width, shape.y)]
        elif isinstance(shape, DrawnBox):
            found += [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
        elif isinstance(shape, DrawnLine):
            found += [(shape.x, shape.y), (shape.x_end, shape.y_end)]
        elif isinstance(shape, DrawnOutline):
            found += shape.corners
    return found


def on_paper(paper: ReportLabPaper, *blocks: Chart | Paragraph | Table) -> bytes:
    part = PaperPart("报告", "范围", blocks)
    return paper.register_paper(RegisterPaper("报告", "示例街道办事处", date(2026, 1, 8), (part,)))


def test_a_bar_is_as_long_as_its_figure_and_has_it_written_behind(charts: Charts) -> None:
    drawn = charts.shown(a_chart((200, 50, 1234)))
    widths = [each.width for each in bars(drawn)]
    assert widths[0] / widths[2] == pytest.approx(200 / 1234)
    assert widths[1] / widths[0] == pytest.approx(50 / 200)
    assert lines_in_rows(drawn)[-3:] == ["第0类200", "第1类50", "第2类1,234"]
    for bar, text in zip(bars(drawn), ("200", "50", "1,234"), strict=True):
        place = next(each for each in drawn.shapes if isinstance(each, DrawnText) and each.text == text)
        assert 0 < place.x - (bar.x + bar.width) < 6


@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.COLUMNS])
def test_zero_is_zero_and_what_is_not_known_is_named(charts: Charts, kind: ChartKind) -> None:
    drawn = charts.shown(a_chart((8, 0, None), kind=kind))
    assert len(bars(drawn)) == 1
    assert {"8", "0", "缺"} <= set(said(drawn))
    assert [spot.words for spot in drawn.spots] == ["第0类：8 个", "第1类：0 个", "第2类：缺"]


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_chart_of_nothing_but_zeros_or_gaps_is_drawn(charts: Charts, kind: ChartKind) -> None:
    drawn = charts.shown(a_chart((0, None), kind=kind))
    assert "0" in said(drawn)
    assert "缺" in said(drawn)
    assert not bars(drawn)


@pytest.mark.parametrize("kind", list(ChartKind))
@given(data=st.data())
@settings(max_examples=examples(12))
def test_every_figure_is_written_and_nothing_leaves_the_picture(
    charts: Charts, kind: ChartKind, data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, 14), label="categories")
    largest = data.draw(st.sampled_from([3, 40, 99_999]))
    figure = st.none() | st.integers(0, largest) | st.decimals(0, largest, places=1)
    many = 1 if kind in (ChartKind.BARS, ChartKind.COLUMNS) else data.draw(st.integers(1, 8), label="series")
    figures = [data.draw(st.lists(figure, min_size=count, max_size=count)) for _ in range(many)]
    labels = data.draw(
        st.lists(st.text("松枫社区矛盾调处3+a（）", min_size=1, max_size=30), min_size=count, max_size=count)
    )
    chart = a_chart(figures[0], *figures[1:], kind=kind, labels=labels, places=1, note="说明。" * 30)
    drawn = charts.shown(chart)
    for x, y in corners(drawn):
        assert -0.6 <= x <= drawn.width + 0.6
        assert -0.6 <= y <= drawn.height + 0.6
    written = "".join(said(drawn))
    is_cut = kind is ChartKind.STACKED and "…" in written
    for series in chart.series:
        for each in series.figures:
            # Parts of nothing have no place in a bar; what has none beside it is told by dots.
            if (each is None or each or kind is not ChartKind.STACKED) and not is_cut:
                assert chart.words(each) in written
    assert len(drawn.spots) == count


def test_figures_of_parts_stand_in_them_or_behind_the_sum(charts: Charts) -> None:
    chart = a_chart((900, None), (1, None), (99, None), kind=ChartKind.STACKED)
    rows = lines_in_rows(charts.shown(chart))
    assert any("1,000" in row and "等次1 1" in row for row in rows)
    assert any(row.endswith("缺") for row in rows)
    part = a_chart((3, 2), (None, 1), kind=ChartKind.STACKED)
    assert "3（等次1 缺）" in said(charts.shown(part))


def test_parts_make_up_their_sum(charts: Charts) -> None:
    drawn = charts.shown(a_chart((20,), (30,), (50,), kind=ChartKind.STACKED))
    swatch, parts = [], []
    for shape in drawn.shapes:
        if isinstance(shape, DrawnBox) and shape.fill is not Shade.PAPER:
            (swatch if shape.width == 16 else parts).append(shape)
    assert len(swatch) == len(parts) == 3
    assert [each.width / parts[0].width for each in parts] == pytest.approx([1, 1.5, 2.5])
    assert parts[1].x == pytest.approx(parts[0].x + parts[0].width)


def test_a_line_breaks_where_a_year_is_missing(charts: Charts) -> None:
    def joins(*figures: Figure) -> int:
        drawn = charts.shown(a_chart(figures, kind=ChartKind.LINES))
        thick = [each for each in drawn.shapes if isinstance(each, DrawnLine) and each.weight > 1]
        return len(thick)

    assert joins(1, 2, 3) == 2
    assert joins(1, None, 3) == 0
    assert joins(1, 2, None) == 1


def test_figures_of_points_that_are_close_do_not_cover_each_other(charts: Charts) -> None:
    chart = a_chart((10, 10), (10, 11), (11, 12), (12, 13), (0, 0), kind=ChartKind.LINES)
    texts = [
        each
        for each in charts.shown(chart).shapes
        if isinstance(each, DrawnText) and each.size == 8 and each.text.isdecimal() and each.x > 100
    ]
    for one, other in combinations(texts, 2):
        apart_across = abs(one.x - other.x) >= min(one.width, other.width)
        assert apart_across or abs(one.y - other.y) >= 8


@given(st.lists(st.floats(0, 100), max_size=8), st.just(120.0))
def test_spread_heights_keep_order_and_distance(heights: list[float], bottom: float) -> None:
    places = spread(sorted(heights), 0.0, bottom)
    assert all(later - sooner >= 9.49 for sooner, later in pairwise(places))
    assert all(place <= bottom for place in places)


@pytest.mark.parametrize(
    ("largest", "reach"),
    [(1, 1), (3, 5), (5, 5), (51, 100), (Decimal("12.5"), 20), (Decimal("0.3"), Decimal("0.5"))],
)
def test_scale_ends_at_a_round_figure(largest: Figure, reach: Figure) -> None:
    assert nice_reach(largest or 0) == reach


def test_patterns_are_told_apart_without_colour() -> None:
    def grey(shade: Shade) -> float:
        colour = printed(shade)
        return 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue

    for one, other in combinations(PATTERNS, 2):
        assert one.hatch is not other.hatch or abs(grey(one.fill) - grey(other.fill)) > 0.1
    for pattern in PATTERNS:
        plate = Shade.PAPER if pattern.hatch is not Hatch.NONE else pattern.fill
        assert abs(grey(pattern.ink) - grey(plate)) > 0.5


def test_a_long_label_beside_a_bar_is_made_smaller_then_broken_then_cut(charts: Charts) -> None:
    smaller, longer, endless = "松" * 15, "松枫社区" * 6, "松枫社区" * 30
    drawn = charts.shown(a_chart((1, 1, 1), labels=(smaller, longer, endless)))
    labels = [each for each in drawn.shapes if isinstance(each, DrawnText) and each.text.startswith("松")]
    assert [each.size for each in labels] == [8] * 5
    assert labels[0].text == smaller
    assert labels[1].text + labels[2].text == longer
    assert labels[4].text.endswith("…")
    crowded = charts.shown(a_chart((1,) * 30, labels=(longer,) * 30))
    assert sum(each.endswith("…松枫社区") for each in said(crowded)) == 30


def test_labels_below_columns_break_and_turn_where_columns_are_narrow(charts: Charts) -> None:
    few = said(charts.shown(a_chart((1,) * 6, kind=ChartKind.COLUMNS, labels=CLASSES[-1:] * 6)))
    assert max(map(len, few[3:])) > 4
    assert "…" not in "".join(few)
    many = said(charts.shown(a_chart((1,) * 18, kind=ChartKind.COLUMNS, labels=CLASSES * 2)))
    for sign in "矛盾调处类":
        assert sign in many


def test_twenty_six_communities_fit_a_page_with_the_head_of_their_table(paper: ReportLabPaper) -> None:
    names = [f"{CLASSES[-1]}第{place}社区" for place in range(26)]
    table = Table((TableColumn("社区", 3), TableColumn("数", 1)), tuple((name, "1") for name in names))
    pages = read(
        on_paper(paper, Paragraph(heading="一、社区", level=1), a_chart(range(26), labels=names), table)
    )
    page = pages[0]
    assert "一、社区" in page.text
    assert "社区 数" in page.text
    assert all(f"…{name[-4:]}" in page.text for name in names)
    for each in pages:
        assert max(one.bottom for one in each.characters() if one.text not in "—0123456789\r\n ") < 263


def test_more_bars_than_a_picture_holds_are_parted_on_one_scale(charts: Charts) -> None:
    chart = a_chart(range(100))
    parts = parted(chart)
    assert [each.title for each in parts] == ["图的标题（1/3）", "图的标题（2/3）", "图的标题（3/3）"]
    assert [one.key for each in parts for one in each.categories] == [one.key for one in chart.categories]
    assert [figure for each in parts for figure in each.series[0].figures] == list(range(100))
    assert max(len(each.categories) for each in parts) <= MOST_CATEGORIES
    lengths = [bars(charts.shown(each))[-1].width / each.series[0].figures[-1] for each in parts]
    assert lengths == pytest.approx([lengths[0]] * 3, rel=0.02)
    assert parted(parts[0]) == (parts[0],)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: a_chart(()),
        lambda: a_chart((1, -1)),
        lambda: a_chart((1,), (2,)),
        lambda: a_chart(*[(1,)] * 9, kind=ChartKind.LINES),
        lambda: a_chart((1, 2), (1,), kind=ChartKind.STACKED),
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match="chart c"):
        wrong()


@pytest.mark.parametrize("kind", list(ChartKind))
def test_screen_shows_the_shapes_of_the_printed_drawing(charts: Charts, kind: ChartKind) -> None:
    more = ((2, 1, 4),) if kind in (ChartKind.STACKED, ChartKind.LINES) else ()
    chart = a_chart((8, 0, None), *more, kind=kind)
    drawing: Drawing = charts.drawing(chart)
    drawn = charts.shown(chart)
    kinds = {String: DrawnText, Rect: DrawnBox, Line: DrawnLine, Polygon: DrawnOutline}
    assert [kinds[type(each)] for each in drawing.contents] == [type(each) for each in drawn.shapes]
    for shape, own in zip(drawing.contents, drawn.shapes, strict=True):
        if isinstance(shape, String):
            assert (shape.text, shape.x, shape.fontSize) == (own.text, own.x, own.size)
            assert drawn.height - shape.y == pytest.approx(own.y)


def test_figures_stand_on_paper_where_the_drawing_has_them(paper: ReportLabPaper) -> None:
    chart = a_chart((7_654, 321), labels=("作风建设类", "李𬭎调解室"))
    [page] = read(on_paper(paper, chart))
    drawn = paper.chart(chart)
    first = next(each for each in drawn.shapes if isinstance(each, DrawnText) and each.text == "7,654")
    title = next(each for each in drawn.shapes if isinstance(each, DrawnText) and each.text == "图的标题")
    printed_first, printed_title = page.find("7,654")[0], page.find("图的标题")[0]
    assert printed_first.x - printed_title.x == pytest.approx((first.x - title.x) / MM, abs=0.05)
    assert printed_first.y - printed_title.y == pytest.approx((first.y - title.y) / MM, abs=0.05)
    assert printed_title.x == pytest.approx(28, abs=0.05)
    assert "李𬭎调解室" in page.text


def test_equal_charts_give_equal_bytes(paper: ReportLabPaper) -> None:
    chart = a_chart((3, 2), (None, 1), kind=ChartKind.STACKED)
    assert on_paper(paper, chart) == on_paper(paper, chart)


def test_a_character_without_font_is_named_with_its_chart(paper: ReportLabPaper) -> None:
    with pytest.raises(DocumentFailed, match="图“图的标题”"):
        on_paper(paper, a_chart((1,), labels=("李\ue863",)))


def test_a_paper_that_draws_no_charts_says_so(fonts: FontLibrary) -> None:
    plain = ReportLabPaper(fonts)
    with pytest.raises(DocumentFailed) as caught:
        on_paper(plain, a_chart())
    assert caught.value.code == "charts_missing"
