"""Cycles opened in the window: a second one of a year, one that is taken back, chosen weights."""

from pathlib import Path

from openpyxl import Workbook

from core.model.opening import Opening, Participant
from gui.dialogs.cycle_name import CycleName
from gui.dialogs.open_year import OpenYearDialog
from tests.gui.played_window import YEAR, Window, steps

STARS = Opening("property-stars", participants=(Participant("锦绣小区", "物业小区", "商品房"),))


def test_a_second_cycle_of_a_year_is_opened_and_chosen(window: Window, messages, tmp_path: Path) -> None:
    window.go("open_year")
    form = window.form(OpenYearDialog)
    form.year.choose(YEAR)
    assert form.title_edit.text() == "街道社会组织年度考核\uff08第 2 次\uff09" and form.code.isVisible()
    form.scheme.choose("property-stars")
    window.rest()
    assert not form.save_button.isEnabled() and form.code.text() == "property-stars"
    form.save()
    assert form._taking_part.text() == form._barred.text() == "—"
    assert "表头写“名称”" in form._rows_of["list"].field.accessibleDescription()
    messages.chosen = a_list(tmp_path / "小区.xlsx")
    form._choose_list()
    window.rest()
    assert form._taking_part.text() == "2 个：商品房 2"
    window.save(form)
    assert (window.place.desk.year, window.place.desk.cycle) == (YEAR, "property-stars")
    texts = [action.text() for action in window.place.window.top.year_actions()]
    assert "2025 年度 · 街道社会组织年度考核" in texts and "2025 年度 · 物业小区季度评比与星级" in texts
    window.go("cycle_path")
    assert [words.split("，")[0] for words in steps(window)][1:3] == ["季度检查", "业主满意度"]
    window.page.path.name_button.click()
    named = window.form(CycleName)
    for title in (" ", "第一季度评比"):
        named.title_edit.setText(title)
        named.accept()
        window.rest()
        assert title.strip() or named.row.is_wrong()
    texts = [action.text() for action in window.place.window.top.year_actions()]
    assert "2025 年度 · 第一季度评比" in texts
    window.place.window.top.year_chosen.emit(YEAR, "subdistrict-year")
    window.rest()
    assert window.page._state is not None and window.page._state.view is not None
    assert len(window.page._state.view.subjects) == 60


def test_an_opening_taken_back_leaves_the_first_cycle(window: Window) -> None:
    window.services.assessments.open_year(YEAR, STARS)
    window.place.desk.choose_year(YEAR, "property-stars")
    window.rest()
    window.services.versions.undo(window.services.register.acts(1)[0].number)
    window.place.desk.jobs.saved.emit()
    window.rest()
    assert window.place.desk.cycle == ""


def test_a_year_to_come_is_not_proposed(window: Window) -> None:
    for day, year in (("2025-12-30", YEAR), ("2026-01-08", YEAR + 1)):
        window.clock.turn_to(day)
        window.go("open_year")
        form = window.form(OpenYearDialog)
        assert form.year.chosen() == year
        form.reject()


def test_weights_below_their_bound_are_told(window: Window) -> None:
    window.go("open_year")
    form = window.form(OpenYearDialog)
    form.scheme.choose("joint-teams")
    window.rest()
    form._take_list((Participant("甲队", "联合队伍", "综合整治"),))
    window.rest()
    assert form.save_button.isEnabled()
    first = next(iter(form.weights._fields.values()))
    first.setText("40")
    first.left.emit()
    window.rest()
    assert not form.save_button.isEnabled() and "要求不低于 50" in form.weights.accessibleDescription()
    first.setText("四十")
    first.left.emit()
    assert "请写数字" in form.weights.accessibleDescription()


def a_list(path: Path) -> Path:
    book = Workbook()
    book.active.append(("小区名称", "种类", "小区类别"))
    for name in ("锦绣小区", "东湖小区"):
        book.active.append((name, "物业小区", "商品房"))
    book.save(path)
    return path
