"""A screen of 1366 x 768 at 150 %: with huge text, which needs most, pages keep inside, no word is cut."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QTabBar, QWidget

from core.model.opening import Opening, Participant
from gui.main_window import SECTIONS
from gui.theme import Mode, TextSize, apply_theme
from gui.widgets.card import ScrollPane
from tests.gui.cut_words import cut_words, once_laid_out
from tests.gui.played_window import YEAR, Window

SMALL = (911, 512)


def _tabs_of(page: QWidget) -> Iterator[QTabBar]:
    return (each for each in page.findChildren(QTabBar) if each.isVisible())


def _reaching_out(page: QWidget) -> Iterator[str]:
    """What is wider than the place it stands in; tables and pages of paper scroll to the side."""
    if page.minimumSizeHint().width() > page.width():
        yield f"needs {page.minimumSizeHint().width()} of {page.width()}"
    for each in (page, *page.findChildren(QWidget)):
        parent = each.parentWidget()
        if not each.isVisible() or isinstance(parent, QTabBar):
            continue
        around = parent.parentWidget()
        if isinstance(parent, QAbstractItemView) or isinstance(around, QAbstractItemView):
            continue
        if isinstance(around, QScrollArea) and not isinstance(around, ScrollPane):
            continue
        yield from (f"cut: {words}" for words in cut_words(each))
        if each.x() < 0 or each.x() + each.width() > parent.width():
            yield f"{type(each).__name__} {each.accessibleName()} in {type(parent).__name__}"


def _found_in(window: Window, key: str) -> Iterator[str]:
    """What reaches out of a section, tab by tab."""
    main = window.place.window
    main.show_section(key)
    window.rest()
    page = main.page(key)
    outer = next(_tabs_of(page), None)
    for place in range(outer.count() if outer else 1):
        if outer:
            outer.setCurrentIndex(place)
            window.rest()
        name = outer.tabText(place) if outer else ""
        yield from (f"{key} {name}: {each}" for each in once_laid_out(window, partial(_reaching_out, page)))


def test_no_page_reaches_out_of_a_small_window(window: Window, qapp: QApplication) -> None:
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)
    window.place.window.resize(*SMALL)
    assert [each for key, _words, _icon in SECTIONS for each in _found_in(window, key)] == []


def test_nor_does_a_cycle_of_many_stages(window: Window, qapp: QApplication) -> None:
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)
    window.place.window.resize(*SMALL)
    for scheme in ("governance-pilots", "property-stars"):
        opening = Opening(scheme, participants=(Participant("松枫社区", "", "商品房"),))
        window.services.assessments.open_year(YEAR, opening)
        window.place.desk.jobs.saved.emit()
        window.place.desk.choose_year(YEAR, scheme)
        window.rest()
        assert [each for key in ("home", "assessment") for each in _found_in(window, key)] == []
