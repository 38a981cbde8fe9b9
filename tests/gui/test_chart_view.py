"""A chart on screen: the printed shapes in the theme's colours, by mouse, by keyboard, and read aloud."""

from collections.abc import Sequence

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from reportlab.pdfgen.canvas import Canvas

from core.model.chart import Chart, ChartCategory, ChartKind, ChartSeries, Figure
from core.model.drawn_chart import DrawnBox, DrawnChart, Shade
from core.paper.charts import Charts
from core.paper.fonts import FontLibrary
from core.paper.render import ReportLabPaper
from gui.theme import Mode, apply_theme, color
from gui.tokens import DARK, LIGHT
from gui.widgets import chart_view
from gui.widgets.chart_view import LEAST_SCALE, ChartView
from tests.gui.contrast import contrast

FIGURES = (8, 0, None, 3)


def a_chart(figures: Sequence[Figure] = FIGURES, kind: ChartKind = ChartKind.BARS) -> Chart:
    categories = tuple(ChartCategory(f"k{n}", f"第{n}类") for n in range(len(figures)))
    return Chart("c", "社会组织按类别", "个", kind, categories, (ChartSeries("组织", tuple(figures)),))


@pytest.fixture(scope="module")
def fonts() -> FontLibrary:
    return FontLibrary()


@pytest.fixture
def drawn(paper: ReportLabPaper) -> DrawnChart:
    return paper.chart(a_chart())


@pytest.fixture(autouse=True)
def tips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was shown beside the pointer, without a window that a test screen cannot raise."""
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, *_rest: shown.append(words))
    return shown


@pytest.fixture
def view(qtbot, drawn: DrawnChart) -> ChartView:
    view = ChartView()
    qtbot.addWidget(view)
    view.set_chart(drawn)
    view.resize(700, view.heightForWidth(700))
    view.show()
    return view


def center(view: ChartView, key: str) -> QPoint:
    return view.spot_rect(key).center().toPoint()


def bar_color(view: ChartView, drawn: DrawnChart) -> str:
    bar = next(each for each in drawn.shapes if isinstance(each, DrawnBox) and each.fill is Shade.MIDDLE)
    scale = view.width() / drawn.width
    image = view.grab().toImage()
    return image.pixelColor(round((bar.x + 20) * scale), round((bar.y + bar.height / 2) * scale)).name()


def test_a_click_chooses_the_category(qtbot, view: ChartView) -> None:
    with qtbot.waitSignal(view.chosen) as heard:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=center(view, "k3"))
    assert heard.args == ["k3"]
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=center(view, "k0"))


def test_a_press_that_is_dragged_away_chooses_nothing(qtbot, view: ChartView) -> None:
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=center(view, "k0"))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=center(view, "k3"))


def test_keys_go_through_the_categories_and_choose(qtbot, view: ChartView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_key() == "k0"
    assert view.accessibleDescription() == "第0类：8 个"
    for key, place in (
        (Qt.Key.Key_Right, "k1"),
        (Qt.Key.Key_End, "k3"),
        (Qt.Key.Key_Down, "k3"),
        (Qt.Key.Key_Up, "k2"),
    ):
        qtbot.keyClick(view, key)
        assert view.current_key() == place
    assert view.accessibleDescription() == "第2类：缺"
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(view.chosen) as heard:
            qtbot.keyClick(view, key)
        assert heard.args == ["k2"]


def test_keys_before_anything_is_current_choose_nothing(qtbot, view: ChartView) -> None:
    with qtbot.assertNotEmitted(view.chosen):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.current_key() == ""
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_key() == "k3"


def test_the_pointer_is_told_the_exact_figure(view: ChartView, tips: list[str]) -> None:
    for key, words in (("k0", "第0类：8 个"), ("k1", "第1类：0 个"), ("k2", "第2类：缺")):
        place = center(view, key)
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
        assert tips[-1] == words
    corner = QPoint(3, 3)
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, corner, view.mapToGlobal(corner)))
    assert len(tips) == 3


def test_it_keeps_its_proportions_and_stays_readable(view: ChartView, drawn: DrawnChart) -> None:
    assert view.heightForWidth(884) / 884 == pytest.approx(drawn.height / drawn.width, rel=0.01)
    assert view.minimumWidth() == round(drawn.width * LEAST_SCALE)
    assert 8 * LEAST_SCALE >= 12
    assert view.minimumHeight() == view.heightForWidth(view.width())


def test_the_current_category_stays_when_figures_change(
    qtbot, view: ChartView, paper: ReportLabPaper
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_End)
    view.set_chart(paper.chart(a_chart((1, 2, 3, 4))))
    assert (view.current_key(), view.accessibleDescription()) == ("k3", "第3类：4 个")
    view.set_chart(paper.chart(a_chart((1, 2))))
    assert view.current_key() == ""
    assert view.accessibleName() == "社会组织按类别"


def test_an_empty_view_is_blank_and_takes_keys(qtbot) -> None:
    empty = ChartView()
    qtbot.addWidget(empty)
    empty.show()
    qtbot.keyClick(empty, Qt.Key.Key_Down)
    assert (empty.current_key(), empty.heightForWidth(500)) == ("", 0)


def test_both_themes_have_their_colours(qapp: QApplication, view: ChartView, drawn: DrawnChart) -> None:
    assert bar_color(view, drawn) == LIGHT.bar.lower()
    apply_theme(qapp, Mode.DARK)
    try:
        assert bar_color(view, drawn) == DARK.line2.lower()
        assert view.grab().toImage().pixelColor(8, view.height() - 9).name() == color("surface").name()
    finally:
        apply_theme(qapp, Mode.LIGHT)


@pytest.mark.parametrize(("tokens", "names"), [(LIGHT, chart_view._TOKENS), (DARK, chart_view._IN_THE_DARK)])
def test_figures_are_readable_on_what_they_stand_on(tokens, names) -> None:
    for ink, ground in (
        (Shade.INK, Shade.PAPER),
        (Shade.INK, Shade.MIDDLE),
        (Shade.INK, Shade.LIGHT),
        (Shade.QUIET, Shade.PAPER),
        (Shade.ON_ACCENT, Shade.ACCENT),
    ):
        assert contrast(getattr(tokens, names[ink]), getattr(tokens, names[ground])) >= 4.5


def test_screen_and_print_show_the_same_picture(qtbot, tmp_path, fonts: FontLibrary) -> None:
    """Painted and rendered from the PDF, hardly a pixel is dark in one of them alone."""
    charts, chart = Charts(fonts), a_chart((8, 0, None, 5), ChartKind.COLUMNS)
    drawn = charts.shown(chart)
    height, draw = charts.picture(chart)
    file = tmp_path / "chart.pdf"
    canvas = Canvas(str(file), pagesize=(drawn.width, height))
    draw(canvas, 0, 0)
    canvas.save()
    view = ChartView()
    qtbot.addWidget(view)
    view.set_chart(drawn)
    view.resize(round(drawn.width * 2), round(height * 2))
    view.show()
    view.clearFocus()
    painted = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    page = pypdfium2.PdfDocument(str(file))[0].render(scale=2, grayscale=True).to_pil().convert("L")
    width, tall = min(painted.width(), page.width), min(painted.height(), page.height)
    one = inked(lambda x, y: painted.pixelColor(x, y).red(), width, tall)
    other = inked(lambda x, y: page.getpixel((x, y)), width, tall)
    assert len(one) > 500
    near = {(x + dx, y + dy) for x, y in other for dx in (-2, -1, 0, 1, 2) for dy in (-2, -1, 0, 1, 2)}
    assert len(one - near) < 0.02 * len(one)


def inked(grey, width: int, height: int) -> set[tuple[int, int]]:
    return {(x, y) for x in range(width) for y in range(height) if grey(x, y) < 190}
