import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QImage, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionTab,
    QWidget,
)
from reportlab.pdfgen.canvas import Canvas

from gui.theme import Mode, TextSize, apply_theme, color, font, scaled
from gui.widgets.badge import Badge, BadgeFace, badge_width
from gui.widgets.banner import Banner
from gui.widgets.bar_list import BarList
from gui.widgets.buttons import push_button, rename
from gui.widgets.card import Card, FactRow
from gui.widgets.chip import ChipFilter
from gui.widgets.detail_pane import DetailPane
from gui.widgets.empty_page import EmptyPage
from gui.widgets.fitted_dialog import FittedDialog
from gui.widgets.labels import ElidedLabel, label
from gui.widgets.page import PageHeader
from gui.widgets.pdf_view import Fit, PdfBar, PdfView
from gui.widgets.search_field import SearchField
from gui.widgets.step_path import Step, StepLine, StepPath, StepState
from gui.widgets.tile import Tile
from gui.widgets.to_do_list import ToDo, ToDoList
from gui.widgets.top_bar import TopBar, YearChoice
from gui.widgets.trace_view import TraceStep, TraceView

STEPS = (
    Step("名册冻结", "10-08 完成", StepState.DONE),
    Step("自查", "57 / 60 份", StepState.CURRENT),
    Step("初评", "12-01 起"),
)


def image_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def colors_in(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def shown_in(widget: QWidget) -> set[str]:
    return {one.text() for one in widget.findChildren(QLabel) if one.isVisible()}


def buttons_of(widget: QWidget) -> list[QAbstractButton]:
    return widget.findChildren(QAbstractButton)


def test_a_fitted_dialog_is_as_high_as_its_words_and_never_higher_than_the_screen(qtbot) -> None:
    dialog = FittedDialog(420)
    qtbot.addWidget(dialog)
    foot, fields = push_button("保存"), [QLineEdit() for _ in range(40)]
    for field in fields:
        dialog.words.addWidget(field)
        field.setVisible(field is fields[0])
    dialog.end_with(foot)
    dialog.show()
    low = 2 * 20 + fields[0].sizeHint().height() + foot.sizeHint().height()
    qtbot.waitUntil(lambda: dialog.height() == low)
    for field in fields:
        field.show()
    room = dialog.screen().availableSize().height()
    qtbot.waitUntil(lambda: room * 0.8 < dialog.height() <= room)
    assert foot.geometry().bottom() < dialog.height()
    assert fields[-1].mapTo(dialog, QPoint(0, 0)).y() > foot.y()
    dialog.activateWindow()
    fields[-1].setFocus()
    qtbot.waitUntil(lambda: fields[-1].mapTo(dialog, fields[-1].rect().bottomLeft()).y() < foot.y())


@pytest.mark.parametrize(("width", "narrow"), [(911, True), (1366, False)])
def test_the_office_is_named_in_full_beside_a_cycle_with_a_long_title(
    qtbot, width: int, narrow: bool
) -> None:
    bar, office = TopBar(), "临江街道办事处"
    qtbot.addWidget(bar)
    choice = YearChoice(2025, "q1", "第一季度小区考核评比活动")
    bar.set_office(office)
    bar.set_user("张三")
    bar.set_years((choice,), choice)
    bar.set_narrow(narrow)
    bar.resize(width, 48)
    bar.show()
    assert office in shown_in(bar)
    assert bar.width() == width


def test_a_focused_tick_is_no_wider_than_another(qtbot) -> None:
    tick = QCheckBox("缺的不再等，按考核方案折算")
    qtbot.addWidget(tick)
    tick.show()
    tick.activateWindow()
    size = tick.sizeHint()
    tick.setFocus()
    qtbot.waitUntil(tick.hasFocus)
    assert tick.sizeHint() == size


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("kind", ["g1", "g4", "ok", "err", "accent"])
def test_a_badge_has_its_colours_and_room_for_its_text(
    qapp: QApplication, qtbot, mode: Mode, kind: str
) -> None:
    apply_theme(qapp, mode)
    badge = Badge(BadgeFace("基本合格", kind, "check-line"))
    qtbot.addWidget(badge)
    badge.resize(badge.sizeHint())
    grounds = {"g1": "g1_bg", "g4": "g4_bg", "ok": "ok_bg", "err": "err_bg", "accent": "sel"}
    assert image_of(badge).pixelColor(4, badge.height() // 2) == color(grounds[kind])
    assert badge.width() >= badge_width(BadgeFace("基本合格")) + 16


def test_an_elided_label_keeps_the_whole_text(qtbot) -> None:
    name = "松枫社区" * 10
    label = ElidedLabel(name)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == name
    label.resize(1000, 20)
    assert label.text() == name
    assert label.toolTip() == ""


def test_a_step_can_be_pressed_and_says_where_it_stands(qtbot) -> None:
    path = StepPath()
    qtbot.addWidget(path)
    path.set_steps(STEPS)
    with qtbot.waitSignal(path.chosen) as chosen:
        buttons_of(path)[1].click()
    assert chosen.args == [1]
    assert "正在进行" in buttons_of(path)[1].accessibleName()
    assert "已完成" in buttons_of(path)[0].accessibleName()


def test_steps_are_coloured_by_state(qtbot) -> None:
    path = StepPath()
    qtbot.addWidget(path)
    path.set_steps(STEPS)
    path.resize(600, 100)
    path.show()
    done, current, coming = (colors_in(image_of(button)) for button in buttons_of(path))
    assert color("ok").name() in done
    assert color("accent").name() in current
    assert color("accent").name() not in coming


def test_ten_steps_fit_a_narrow_window(qapp: QApplication, qtbot) -> None:
    path = StepPath()
    qtbot.addWidget(path)
    path.set_steps([Step("居民测评", "12-01 起")] * 10)
    assert path.minimumSizeHint().width() <= 911 - 65 - 2 * 16
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)


def test_the_small_path_has_room_for_its_words(qtbot) -> None:
    line = StepLine(("选择文件", "对应列", "核对预览", "完成"))
    qtbot.addWidget(line)
    line.set_current(2)
    assert line.accessibleName() == "第 3 步 核对预览"
    assert line.sizeHint().width() > 4 * 60


def test_a_focused_painted_button_shows_its_ring(qtbot) -> None:
    tile = Tile("pencil-line", "warn", "更改", "共 17 处")
    qtbot.addWidget(tile)
    tile.set_figure(1400)
    tile.resize(220, 64)
    tile.show()
    tile.activateWindow()
    qtbot.waitUntil(tile.isActiveWindow)
    tile.clearFocus()
    assert color("focus").name() not in colors_in(image_of(tile))
    tile.setFocus()
    qtbot.waitUntil(tile.hasFocus)
    assert color("focus").name() in colors_in(image_of(tile))
    assert tile.accessibleName() == "更改 1,400"


def test_a_tile_filters_while_it_is_down(qtbot) -> None:
    tile = Tile("pencil-line", "warn", "更改")
    qtbot.addWidget(tile)
    with qtbot.waitSignal(tile.toggled) as toggled:
        qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert toggled.args == [True]


def test_a_chip_tells_its_choice_and_its_cross_clears_it(qtbot) -> None:
    chip = ChipFilter("类别", (("a", "作风建设类"), ("b", "公益宣传类")))
    qtbot.addWidget(chip)
    chip.show()
    told: list[object] = []
    chip.changed.connect(told.append)
    chip.set_chosen("b")
    assert chip.text() == "类别：公益宣传类"
    assert chip.fontMetrics().horizontalAdvance(chip.text()) + 40 <= chip.width()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    assert chip.text() == "类别"
    assert told == ["b", None]


def test_a_choice_that_vanished_is_cleared(qtbot) -> None:
    chip = ChipFilter("社区", ((1, "松枫社区"), (2, "阳光&凤凰社区")))
    qtbot.addWidget(chip)
    chip.set_chosen(2)
    assert [each.text() for each in chip.menu().actions()] == ["全部", "松枫社区", "阳光&&凤凰社区"]
    assert chip.text() == "社区：阳光&&凤凰社区"
    chip.set_choices(((1, "松枫社区"),))
    assert chip.chosen() is None
    assert chip.text() == "社区"


def test_a_search_waits_for_a_pause_and_does_not_repeat_itself(qtbot) -> None:
    field = SearchField("名称、负责人、拼音")
    qtbot.addWidget(field)
    told: list[str] = []
    field.changed.connect(told.append)
    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field, " gongyi ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["gongyi"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["gongyi", ""]


def test_a_search_beside_the_window_begins_at_each_key(qtbot) -> None:
    field = SearchField("名称", pause_ms=0)
    qtbot.addWidget(field)
    told: list[str] = []
    field.changed.connect(told.append)
    field.setText("志")
    field.setText("志愿")
    field.setText("志愿 ")
    assert told == ["志", "志愿"]


def test_escape_clears_a_search_before_it_closes_what_the_page_has_open(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, closed = SearchField("名称"), []
    field.setParent(window)
    shortcut = QShortcut(Qt.Key.Key_Escape, window)
    shortcut.activated.connect(lambda: closed.append(True))
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    field.setText("钱七")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), closed) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert closed == [True]


def test_an_icon_given_later_is_as_large_as_one_given_at_once() -> None:
    assert push_button("").iconSize() == push_button("", icon_name="add-line").iconSize()


def test_the_focus_ring_of_a_tab_takes_no_room_from_its_words(qtbot) -> None:
    header = PageHeader("系统", ("单位设置", "变更记录"))
    qtbot.addWidget(header)
    header.show()
    qtbot.waitUntil(header.isActiveWindow)
    before = [header.tabs.tabRect(place) for place in range(2)]
    option = QStyleOptionTab()
    header.tabs.setFocus()
    header.tabs.initStyleOption(option, 0)
    option.state |= QStyle.StateFlag.State_HasFocus
    words = header.tabs.style().subElementRect(QStyle.SubElement.SE_TabBarTabText, option, header.tabs)
    assert words.width() >= QFontMetrics(font(14, bold=True)).horizontalAdvance("单位设置")
    assert [header.tabs.tabRect(place) for place in range(2)] == before


def test_a_trace_shows_its_steps_and_leads_to_the_source(qtbot) -> None:
    view = TraceView()
    qtbot.addWidget(view)
    step = TraceStep("规则 4", "按权重相加", "89.575", ("(93.75×10 + 91.25×20) ÷ 100",), (("查看评分表", 5),))
    view.set_steps((step,))
    view.set_steps((step, TraceStep("规则 9", "对照等次分数线", badge=BadgeFace("良好", "g2"))))
    links = [one for one in view.findChildren(QPushButton) if one.isVisibleTo(view)]
    with qtbot.waitSignal(view.source_asked) as asked:
        links[0].click()
    assert asked.args == [5]
    shown = {one.text() for one in view.findChildren(QLabel)}
    assert {"按权重相加", "89.575", "(93.75×10 + 91.25×20) ÷ 100", "对照等次分数线"} <= shown


def test_a_pane_follows_and_forgets(qtbot) -> None:
    pane = DetailPane("组织详情")
    qtbot.addWidget(pane)
    pane.show()
    pane.set_head("凤凰社区平安巡逻队", (BadgeFace("正常", "ok"),))
    pane.add_group(
        "基本信息", (("社区", "凤凰社区"), ("电话", "")), link="变更记录", on_link=pane.clear_groups
    )
    qtbot.waitUntil(lambda: {"凤凰社区平安巡逻队", "基本信息", "凤凰社区", "—"} <= shown_in(pane))
    next(one for one in pane.findChildren(QPushButton) if one.text() == "变更记录").click()
    assert "凤凰社区" not in shown_in(pane)
    pane.show_nothing("选中一个组织")
    assert "选中一个组织" in shown_in(pane)


def test_a_long_heading_in_a_pane_is_wrapped_not_cut(qtbot) -> None:
    pane = DetailPane("操作详情")
    qtbot.addWidget(pane)
    words = "已发文书　2025年度社会组织考核结果告知书\uff08南河头社区星级门店自治协会\uff09"
    pane.add_group(words, ())
    pane.resize(320, 400)
    pane.show()
    heading = next(each for each in pane.findChildren(QLabel) if each.text() == words)
    assert heading.mapTo(pane, heading.rect().topRight()).x() < pane.width()


def test_rows_of_bars_and_of_to_dos_can_be_pressed(qtbot) -> None:
    bars, to_dos = BarList("九类组织数"), ToDoList()
    for made in (bars, to_dos):
        qtbot.addWidget(made)
    bars.set_rows((("作风建设类", 8), ("矛盾调处类", 0)))
    to_dos.set_rows(
        (ToDo("usb-line", "warn", "9 天没有备份", "建议每周一次", BadgeFace("建议", "warn"), "备份"),)
    )
    with qtbot.waitSignal(bars.chosen) as chosen:
        buttons_of(bars)[1].click()
    assert chosen.args == [1]
    with qtbot.waitSignal(to_dos.chosen) as chosen:
        buttons_of(to_dos)[0].click()
    assert chosen.args == [0]
    assert "9 天没有备份" in buttons_of(to_dos)[0].accessibleName()


def test_bars_share_one_scale(qtbot) -> None:
    bars = BarList("九类组织数")
    qtbot.addWidget(bars)
    bars.set_rows((("甲", 8), ("乙", 4)))
    bars.resize(400, 60)
    bars.show()

    def length(row: QAbstractButton) -> int:
        image = image_of(row)
        middle = row.height() // 2
        return sum(image.pixelColor(x, middle) == color("bar") for x in range(row.width()))

    long, short = (length(row) for row in buttons_of(bars))
    assert long == pytest.approx(2 * short, abs=6)


def test_banner_card_and_empty_page_say_their_words(qtbot) -> None:
    banner = Banner("warn", "两个组织并列", "请由领导小组表决。")
    card = Card("待办", "6 项")
    pressed: list[str] = []
    card.add_link("全部", lambda: pressed.append("all"))
    empty = EmptyPage("contacts-book-2-line", "名册还是空的", "先导入", buttons=(push_button("导入名册"),))
    for made in (banner, card, empty):
        qtbot.addWidget(made)
    assert banner.accessibleName() == "两个组织并列 请由领导小组表决。"
    buttons_of(card)[0].click()
    assert pressed == ["all"]
    assert "名册还是空的" in [one.text() for one in empty.findChildren(QLabel)]


def test_an_empty_page_has_no_ring_around_it_while_its_button_has_the_focus(qtbot) -> None:
    empty = EmptyPage("contacts-book-2-line", "名册还是空的", "先导入", buttons=(push_button("导入名册"),))
    qtbot.addWidget(empty)
    empty.resize(600, 400)
    empty.show()
    empty.activateWindow()
    empty.setFocus()
    qtbot.waitUntil(empty.hasFocus)
    shown = image_of(empty)
    assert color("focus").name() not in {shown.pixelColor(x, 200).name() for x in range(8)}


@pytest.fixture
def two_pages() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(200, 300))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 150, 200, 150, stroke=0, fill=1)
    canvas.showPage()
    canvas.setFillColorRGB(0, 0, 1)
    canvas.rect(0, 0, 200, 300, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_a_page_is_shown_as_it_prints(qtbot, two_pages: bytes) -> None:
    view = PdfView()
    bar = PdfBar(view)
    for made in (view, bar):
        qtbot.addWidget(made)
    view.resize(400, 400)
    view.show()
    view.set_pdf(two_pages)
    image = image_of(view.widget())
    assert image.width() < image.height()
    middle = image.width() // 2
    assert image.pixelColor(middle, image.height() // 4).name() == "#ff0000"
    assert image.pixelColor(middle, image.height() * 3 // 4).name() == "#ffffff"
    assert "1 / 2" in [one.text() for one in bar.findChildren(QLabel)]
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page_index() == 1
    assert image_of(view.widget()).pixelColor(middle, 20).name() == "#0000ff"
    view.go_to(7)
    assert view.page_index() == 1


def test_a_page_fits_or_is_zoomed(qtbot, two_pages: bytes) -> None:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    view.set_pdf(two_pages)
    whole = view.widget().height()
    assert whole <= view.viewport().height()
    view.set_fit(Fit.WIDTH)
    assert view.widget().width() > view.viewport().width() - 48
    before = view.widget().width()
    view.zoom_in()
    assert view.widget().width() > before
    view.clear()
    assert view.page_count() == 0


def test_a_chip_takes_only_what_it_offers(qtbot) -> None:
    chip = ChipFilter("类别", (("a", "作风建设类"),))
    qtbot.addWidget(chip)
    chip.set_chosen("nowhere")
    assert chip.chosen() is None
    chip.set_chosen("a")
    assert chip.chosen() == "a"


def test_a_step_with_gaps_says_so_and_lets_the_next_one_come(qtbot) -> None:
    path = StepPath()
    qtbot.addWidget(path)
    path.set_steps((Step("自评", "55 / 58 份", StepState.PARTIAL), Step("汇总计算", "—", StepState.CURRENT)))
    path.resize(400, 100)
    path.show()
    gaps = buttons_of(path)[0]
    assert gaps.accessibleName() == "第 1 步 自评，还没有完成，55 / 58 份"
    image = image_of(gaps)
    assert image.pixelColor(image.width() - 2, 20) == color("ok")


def test_bars_stay_apart_in_large_text(qapp: QApplication, qtbot) -> None:
    bars = BarList("九类组织数")
    qtbot.addWidget(bars)
    bars.set_rows((("作风建设类", 8), ("矛盾调处类", 6)))
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)
    bars.resize(400, bars.minimumSizeHint().height())
    bars.show()
    rows = buttons_of(bars)
    # A character is as high as its font is large; the rest of the line is air.
    assert all(row.height() >= font(13).pixelSize() * 1.3 for row in rows)
    assert rows[0].geometry().bottom() < rows[1].geometry().top()


def test_a_label_keeps_its_width_when_the_text_grows(qapp: QApplication, qtbot) -> None:
    row = FactRow("联系电话", "138", label_width=72)
    qtbot.addWidget(row)
    word = next(one for one in row.findChildren(QLabel) if one.text() == "联系电话")
    assert word.width() == 72
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)
    assert word.width() == scaled(72)


def test_a_button_keeps_its_keys_with_another_word(qtbot) -> None:
    button = push_button("导入")
    qtbot.addWidget(button)
    button.setShortcut("Ctrl+Return")
    rename(button, "导入 12 行")
    assert (button.text(), button.shortcut().toString()) == ("导入 12 行", "Ctrl+Return")


def test_a_paragraph_ends_its_lines_before_and_after_quotes(qtbot) -> None:
    text = "“手机号码”：写的是“1380000002”，“办公室号码”要补全，见“系统”。"
    paragraph, plain = label(text, wrap=True), QLabel(text)
    plain.setWordWrap(True)
    for each in (paragraph, plain):
        qtbot.addWidget(each)
    assert paragraph.text() == text
    figure = paragraph.fontMetrics().horizontalAdvance("“1380000002”，")
    assert paragraph.minimumSizeHint().width() <= figure + 8 < plain.minimumSizeHint().width()
    kept = label(text, wrap=True, selectable=True)
    qtbot.addWidget(kept)
    assert QLabel.text(kept) == text
