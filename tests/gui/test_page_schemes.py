"""考核 › 方案: schemes listed, written, checked beside the field, kept, handed out and tried."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from core.model.opening import SHIPPED_SCHEME
from core.model.scheme_draft import Table
from core.model.scheme_parts import Page as SchemePage
from core.rules.scheme_text import draft_of
from core.services.services import Services
from gui.clipboard import put_block
from gui.desk import Desk
from gui.jobs import JobRunner
from gui.messages import Answer
from gui.pages.assessment import AssessmentPage
from gui.pages.scheme_editor import SchemeEditor
from gui.pages.scheme_form import SchemeForm
from gui.pages.scheme_places import Place, figure_of, keys_at, place_of, places_below
from gui.pages.schemes import SchemesPane
from gui.settings_store import SettingsStore
from gui.theme import Mode, TextSize, apply_theme
from tests.gui.conftest import RecordingMessages

CODE = "subdistrict-year"
Wait = Callable[[], None]
Where = tuple[tuple[str | int, ...], str]
PROJECT = ("stages", 0, "indicators", 0)
PERCENT = Table((("places", "percent"), ("number", Decimal(20))))
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pane(
    sample: Services,
    jobs: JobRunner,
    messages: RecordingMessages,
    settings: SettingsStore,
    qtbot: QtBot,
    wait_for_jobs: Wait,
) -> SchemesPane:
    """The shipped scheme being written."""
    pane = SchemesPane(Desk(sample, jobs, messages, settings, 2025))
    qtbot.addWidget(pane)
    pane.resize(1220, 690)
    pane.show()
    pane.edit(CODE)
    wait_for_jobs()
    return pane


def shown(form: SchemeForm) -> dict[Where, QWidget]:
    found = {where: row.field for where, row in form._rows.items()}
    for rows in form._lists.values():
        found |= rows.fields
    return found


def field(form: SchemeForm, path: tuple[str | int, ...], key: str) -> Any:
    return shown(form)[path, key]


def type_in(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.setText(text)
    line.textEdited.emit(text)


def type_in_places(editor: SchemeEditor, texts: dict[Where, str]) -> None:
    for (path, key), text in texts.items():
        if (path, key) not in shown(editor.form):
            editor.outline.choose(place_of(path, key))
        widget = field(editor.form, path, key)
        if isinstance(widget, QPlainTextEdit):
            widget.setPlainText(text)
        else:
            type_in(widget, text)


def is_in_sight(form: SchemeForm, widget: QWidget) -> bool:
    return form.viewport().rect().contains(widget.mapTo(form.viewport(), widget.rect().center()))


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)


def checked(pane: SchemesPane, wait_for_jobs: Wait) -> tuple[str, ...]:
    """What is wrong after the pause that typing has is over."""
    pane.editor._check()
    wait_for_jobs()
    return tuple(str(each.problem) for each in pane.editor._findings)


def test_a_faulty_field_is_told_beside_it_in_the_outline_and_as_a_list(
    pane: SchemesPane, wait_for_jobs: Wait
) -> None:
    editor = pane.editor
    editor.outline.choose(Place(PROJECT, SchemePage.STAGES))
    type_in(field(editor.form, PROJECT, "full"), "十五")

    assert checked(pane, wait_for_jobs) == (
        "第 1 项环节“年度考核”第 1 项指标“一个好项目”的满分：应是数字——请写数字，例如 10",
    )
    row = editor.form._rows[PROJECT, "full"]
    assert row.is_wrong()
    assert editor.found.list.model().rowCount() == 1
    assert "有要改的" in editor.outline._items[Place(PROJECT, SchemePage.STAGES)].accessibleText()

    editor.outline.choose(Place((), SchemePage.BANDS))
    editor.found.list.clicked.emit(editor.found.list.model().index(0, 0))
    assert editor.outline.place() == Place(PROJECT, SchemePage.STAGES)
    assert field(editor.form, PROJECT, "full").text() == "十五"


def test_nothing_typed_is_lost_when_saving_is_refused(
    pane: SchemesPane, messages: RecordingMessages, wait_for_jobs: Wait, sample: Services
) -> None:
    editor = pane.editor
    type_in(field(editor.form, (), "name"), "新方案")
    type_in(field(editor.form, (), "full"), "0")
    editor.save()
    wait_for_jobs()

    assert [error.code for error in messages.errors] == ["scheme_invalid"]
    assert editor.draft().word("name") == "新方案"
    assert sample.schemes.scheme(CODE).name == "街道社会组织年度考核"

    type_in(field(editor.form, (), "full"), "100")
    editor.save()
    wait_for_jobs()
    assert sample.schemes.scheme(CODE).name == "新方案"
    assert "新一版" in editor.notice.text()
    assert not editor._history.is_changed


def test_tables_are_added_moved_and_taken_out_and_taken_back(pane: SchemesPane, wait_for_jobs: Wait) -> None:
    editor, outline = pane.editor, pane.editor.outline

    def names() -> list[str]:
        return [each.word("name") for each in editor.draft().tables("bands")]

    outline.choose(Place((), SchemePage.BANDS))
    bands = editor.form._lists[(), "bands"]
    bands.asked.emit("add", ("bands",))
    type_in(field(editor.form, ("bands", 4), "name"), "不及格")
    assert names() == ["优秀", "良好", "合格", "基本合格", "不及格"]
    editor.form.asked.emit("up", ("bands", 4))
    editor.form.asked.emit("remove", ("bands", 0))
    assert names() == ["良好", "合格", "不及格", "基本合格"]
    editor.undo()
    assert names() == ["优秀", "良好", "合格", "不及格", "基本合格"]

    outline.setFocus()
    outline.choose(Place(PROJECT, SchemePage.STAGES))
    editor.side.asked.emit("add", (*PROJECT, "children"))
    assert outline.place() == Place((*PROJECT, "children", 0), SchemePage.STAGES)
    assert editor.draft().at((*PROJECT, "children", 0)).word("code") == "indicators-1"
    outline.setFocus()
    press(outline, Qt.Key.Key_Delete)
    assert editor.draft().at(PROJECT).tables("children") == ()
    outline.choose(Place(PROJECT, SchemePage.STAGES))
    press(outline, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert outline.place() == Place(("stages", 0, "indicators", 1), SchemePage.STAGES)
    press(outline, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.draft().at(PROJECT).word("name") == "一个好项目"
    assert checked(pane, wait_for_jobs) != ()


def test_a_new_scheme_is_written_row_by_row_from_nothing(
    pane: SchemesPane, wait_for_jobs: Wait, sample: Services, qtbot: QtBot
) -> None:
    pane.resize(1220, 450)
    pane.new()
    wait_for_jobs()
    editor, form = pane.editor, pane.editor.form
    assert [each.key for each in editor._findings] == ["name", "source", "stages"]
    editor._go_to(editor._findings[2])
    assert form.window().focusWidget() is form._lists[(), "stages"].add
    type_in_places(editor, {((), "name"): "社区评比", ((), "source"): "会议纪要"})

    editor._go_to(editor._findings[2])
    form._lists[(), "stages"].add.click()
    stage = ("stages", 0)
    assert editor.outline.place() == Place(stage, SchemePage.STAGES)
    assert form._title.text() == "未命名的环节"
    type_in_places(editor, {(stage, "name"): "评分", (stage, "full"): "100", (stage, "weight"): "1"})
    form._lists[stage, "raters"].add.click()
    type_in_places(editor, {((*stage, "raters", 0), "name"): "街道", ((*stage, "raters", 0), "weight"): "1"})
    form._lists[stage, "indicators"].add.click()
    first, second = (*stage, "indicators", 0), (*stage, "indicators", 1)
    type_in_places(editor, {(first, "name"): "环境", (first, "full"): "60"})
    press(field(form, first, "full"), Qt.Key.Key_Return)
    assert form.window().focusWidget() is field(form, second, "name")
    qtbot.waitUntil(lambda: is_in_sight(form, field(form, second, "name")))
    type_in_places(editor, {(second, "name"): "服务", (second, "full"): "40"})
    press(field(form, first, "full"), Qt.Key.Key_Return)
    assert form.window().focusWidget() is field(form, second, "full")
    assert editor.outline.place() == Place(stage, SchemePage.STAGES)

    editor.save()
    wait_for_jobs()
    assert [line.name for line in sample.schemes.all() if line.own] == ["社区评比"]


def test_changes_are_taken_back_and_made_again_where_they_were_made(pane: SchemesPane) -> None:
    editor, outline = pane.editor, pane.editor.outline
    outline.choose(Place(PROJECT, SchemePage.STAGES))
    field(editor.form, PROJECT, "kind").setCurrentText("扣分")
    outline.choose(Place((), SchemePage.BANDS))
    below = editor.form._lists[(), "bands"]
    below.asked.emit("remove", ("bands", 3))
    assert editor.form.window().focusWidget() is editor.form._lists[(), "bands"].add

    # Whatever has the keyboard, the act is the editor's, not the store's.
    for key, kind, bands in (("Z", "deduct", 4), ("Z", "", 4), ("Y", "deduct", 4), ("Y", "deduct", 3)):
        press(editor.form.window().focusWidget(), getattr(Qt.Key, f"Key_{key}"), CONTROL)
        assert editor.draft().at(PROJECT).word("kind") == kind
        assert len(editor.draft().tables("bands")) == bands
    assert outline.place() == Place((), SchemePage.BANDS)
    editor.undo()
    editor.undo()
    assert outline.place() == Place(PROJECT, SchemePage.STAGES)
    for modifier, kind in ((CONTROL | Qt.KeyboardModifier.ShiftModifier, "deduct"), (CONTROL, "")):
        line = field(editor.form, PROJECT, "name")
        line.setFocus()
        press(line, Qt.Key.Key_Z, modifier)
        assert editor.draft().at(PROJECT).word("kind") == kind
        assert editor.form.window().focusWidget() is field(editor.form, PROJECT, "kind")


def test_a_block_of_a_spreadsheet_is_pasted_into_the_rows(pane: SchemesPane) -> None:
    editor, stage = pane.editor, ("stages", 0)
    editor.outline.choose(Place(stage, SchemePage.STAGES))
    before, last = editor.draft(), (*stage, "indicators", 7)
    put_block((("满意率", "9.5", "甲"), ("", "", ""), ("档案", "5,5", "乙")))
    press(field(editor.form, last, "name"), Qt.Key.Key_V, CONTROL)

    rows = editor.draft().at(stage).tables("indicators")[7:]
    assert [(each.word("name"), each.get("full")) for each in rows] == [
        ("满意率", Decimal("9.5")),
        ("档案", "5,5"),
    ]
    assert rows[0].word("code") == "satisfaction" and rows[1].word("code") == "indicators-1"
    assert editor.outline.place() == Place(stage, SchemePage.STAGES)
    editor.undo()
    assert editor.draft() == before

    put_block((("一行",),))
    line = field(editor.form, last, "name")
    line.clear()
    press(line, Qt.Key.Key_V, CONTROL)
    assert line.text() == editor.draft().at(last).word("name") == "一行"


def test_what_is_folded_shows_that_something_in_it_is_wrong(pane: SchemesPane, wait_for_jobs: Wait) -> None:
    outline = pane.editor.outline
    pane.editor._put(PROJECT, "full", "十五")
    checked(pane, wait_for_jobs)
    stage = outline._items[Place(("stages", 0), SchemePage.STAGES)]
    assert "有要改的" not in stage.accessibleText()
    outline.collapse(stage.index())
    assert "有要改的" in stage.accessibleText()
    outline.expand(stage.index())
    assert "有要改的" not in stage.accessibleText()


def test_a_choice_brings_the_fields_that_belong_to_it(pane: SchemesPane, qtbot: QtBot) -> None:
    editor = pane.editor
    editor.outline.choose(Place(PROJECT, SchemePage.STAGES))
    assert (PROJECT, "step") in editor.form._rows
    kind = field(editor.form, PROJECT, "kind")
    kind.setCurrentText("选项")

    qtbot.waitUntil(lambda: (PROJECT, "choices") in editor.form._lists)
    assert (PROJECT, "step") not in editor.form._rows
    assert editor.draft().at(PROJECT).word("kind") == "options"

    rater = ("stages", 0, "raters", 0)
    editor.outline.choose(Place(rater, SchemePage.STAGES))
    assert (rater, "minimum_ballots") not in editor.form._rows
    field(editor.form, rater, "ballots").setCurrentText("是")
    qtbot.waitUntil(lambda: (rater, "minimum_ballots") in editor.form._rows)


def test_grades_are_ticked_and_ties_name_stages_by_their_names(pane: SchemesPane) -> None:
    editor = pane.editor
    editor.outline.choose(Place(("awards", 0), SchemePage.AWARDS))
    ticks = field(editor.form, ("awards", 0), "grades")
    ticks._boxes["良好"].setChecked(True)
    assert editor.draft().at(("awards", 0)).get("grades") == ("优秀", "良好")

    place = Place(("awards", 0), SchemePage.AWARDS)
    assert figure_of(editor.draft(), place) == "2 个"
    assert figure_of(editor.draft().put_at(place.path, PERCENT), place) == "20%"

    editor.outline.choose(Place((), SchemePage.RANKING))
    assert field(editor.form, ("tie_keys", 0), "stage").currentText() == "年度考核"
    assert field(editor.form, ("tie_keys", 0), "indicator").currentText() == "居民满意度"


def test_sums_stand_against_what_they_should_be(pane: SchemesPane) -> None:
    editor = pane.editor
    stage = ("stages", 0)
    editor.outline.choose(Place(stage, SchemePage.STAGES))
    assert editor.form._lists[stage, "indicators"]._sum.text() == "满分合计 100，应为 100"
    type_in(field(editor.form, PROJECT, "full"), "20")
    assert editor.form._lists[stage, "indicators"]._sum.text() == "满分合计 105，应为 100"
    assert editor.form._lists[stage, "raters"]._sum.text() == "权重合计 100"


def test_a_small_window_keeps_every_command(pane: SchemesPane) -> None:
    pane.set_narrow(True)
    folded = {action.text(): action for action in pane.editor.header.actions()}
    assert list(folded) == ["撤销上一步", "导出", "用往年评分试算"]
    assert folded["用往年评分试算"].menu() is pane.editor.trial_menu
    assert not folded["撤销上一步"].isEnabled()
    pane.editor._put((), "name", "改了")
    assert folded["撤销上一步"].isEnabled()


def test_no_form_scrolls_to_the_side_in_a_small_window_with_huge_text(
    pane: SchemesPane, qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, Mode.LIGHT, TextSize.HUGE)
    pane.set_narrow(True)
    pane.resize(829, 450)
    draft = draft_of((Path(__file__).parents[1] / "data/schemes/everything.toml").read_text("utf-8"))
    draft = draft.put("bands", (*draft.tables("bands"), *pane.editor.draft().tables("bands")))
    pane.editor.begin(draft, None)
    form = pane.editor.form
    for place in all_places(draft, [Place((), page) for page in SchemePage]):
        pane.editor.outline.choose(place)
        qapp.processEvents()
        assert form._title.isVisible()
        assert form.widget().minimumSizeHint().width() <= form.viewport().width(), place
    pane.editor.outline.choose(Place((), SchemePage.LISTS))
    assert form._lists[(), "lists"].is_folded
    pane.activateWindow()
    where = (("lists", 0), "name")
    form.focus(*where)
    qtbot.waitUntil(lambda: field(form, *where).hasFocus())
    pane.resize(1600, 690)
    qtbot.waitUntil(lambda: not form._lists[(), "lists"].is_folded)
    assert field(form, *where).hasFocus()

    form.asked.emit("open", ("stages", 0, "raters", 1))
    assert field(form, ("stages", 0, "raters", 1), "name").hasFocus()


def test_leaving_asks_about_what_was_not_saved(
    pane: SchemesPane, messages: RecordingMessages, wait_for_jobs: Wait
) -> None:
    assert pane.may_leave()
    type_in(field(pane.editor.form, (), "name"), "改了")
    messages.answer = Answer.STAY
    assert not pane.may_leave()
    assert messages.questions == ["对方案的修改"]
    messages.answer = Answer.DISCARD
    assert pane.may_leave() and pane.table.isVisible()
    pane.editor.leave()
    wait_for_jobs()
    assert pane.table.isVisible()
    assert len(messages.questions) == 2


def test_a_draft_goes_out_and_in_and_a_copy_is_a_scheme_of_its_own(
    pane: SchemesPane, messages: RecordingMessages, wait_for_jobs: Wait, tmp_path: Path, sample: Services
) -> None:
    messages.chosen = tmp_path / "方案.xlsx"
    pane.editor.export()
    wait_for_jobs()
    assert "方案.xlsx" in pane.editor.notice.text()
    pane.import_file()
    wait_for_jobs()
    assert pane.editor._history.is_changed
    assert pane.editor.draft().word("code") == CODE

    pane.table.select_ids((CODE,))
    pane.copy()
    wait_for_jobs()
    pane.editor.save()
    wait_for_jobs()
    assert [line.code for line in sample.schemes.all() if line.own] == [f"{CODE}-2"]
    pane.editor.leave()
    wait_for_jobs()
    assert pane.table.current_record().code == f"{CODE}-2"

    assert pane.remove_button.isEnabled()
    pane.remove()
    wait_for_jobs()
    pane.reload()
    wait_for_jobs()
    assert not pane.remove_button.isEnabled()
    assert not [line for line in pane.model.shown() if line.own]

    pane.edit_cycle(2025, "")
    wait_for_jobs()
    assert pane.editor.draft() == sample.scheme_drafts.of_cycle(2025)


def test_a_file_that_is_no_scheme_leaves_the_draft_alone(
    pane: SchemesPane, messages: RecordingMessages, wait_for_jobs: Wait, data: Path
) -> None:
    before = pane.editor.draft()
    messages.chosen = data / "roster.xlsx"
    pane.import_file()
    wait_for_jobs()
    assert [error.code for error in messages.errors] == ["scheme_no_sheets"]
    assert pane.editor.draft() == before


def test_a_trial_lists_who_would_move(pane: SchemesPane, wait_for_jobs: Wait) -> None:
    editor = pane.editor
    editor._put(("bands", 0), "floor", Decimal(93))
    editor.trial_menu.actions()[0].trigger()
    wait_for_jobs()

    rows = pane.trial.model.shown()
    assert rows
    assert all(row[5:7] == ("优秀", "良好") for row in rows)
    assert f"{len(rows)} 个等次会变" in pane.trial.note.whole_text()


def test_no_key_of_a_scheme_is_out_of_sight() -> None:
    """Each stands on the form of a place that the outline has."""
    draft = draft_of((Path(__file__).parents[1] / "data/schemes/everything.toml").read_text("utf-8"))
    places = set(all_places(draft, [Place((), page) for page in SchemePage]))
    for path, key in written(draft, ()):
        place = place_of(path, key)
        assert place in places
        inside = path[len(place.path) :]
        assert str([*inside, key][0]) in {known.key for known in keys_at(place)}


def all_places(draft: Table, places: Iterable[Place]) -> Iterator[Place]:
    for place in places:
        yield place
        yield from all_places(draft, places_below(draft, place))


def written(table: Table, path: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    """Every value of a draft that is no table, by its way."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for key, value in table.items:
        if isinstance(value, Table):
            found += written(value, (*path, key))
        elif isinstance(value, tuple) and any(isinstance(each, Table) for each in value):
            for inner, each in table.under((), key):
                found += written(each, (*path, *inner))
        else:
            found.append((path, key))
    return found


def test_the_long_source_is_kept_as_it_is_typed(pane: SchemesPane) -> None:
    source = field(pane.editor.form, (), "source")
    assert isinstance(source, QPlainTextEdit)
    source.setPlainText("街道党工委会议纪要\n2026 年第 3 号")
    assert pane.editor.draft().word("source") == "街道党工委会议纪要\n2026 年第 3 号"
    assert place_of((), "source") == Place((), SchemePage.BASICS)


def test_the_schemes_are_reached_from_the_year(
    show_page: Callable[..., Any], sample: Services, wait_for_jobs: Wait
) -> None:
    page: AssessmentPage = show_page(AssessmentPage, sample)
    page.scheme.schemes_asked.emit()
    wait_for_jobs()
    assert [line.code for line in page.schemes.model.shown()] == [line.code for line in sample.schemes.all()]
    assert page.schemes.table.current_record().code == SHIPPED_SCHEME
    page.schemes.edit_chosen()
    wait_for_jobs()
    assert page.schemes.editor.isVisible()
    page.schemes.editor.leave()
    page.schemes.left.emit()
    assert page.header.isVisible()
