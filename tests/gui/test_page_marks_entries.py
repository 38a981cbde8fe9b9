"""Bonuses, deductions and vetoes put in from the marks: items, what is missing, what is refused."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.model.assessment import Entry, EntryKind, SchemeText
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.opening import Opening
from core.rules.scheme_file import read_scheme
from core.services.services import Services
from gui.desk import Desk
from gui.dialogs.entry_form import EntryForm
from gui.jobs import JobRunner
from gui.settings_store import SettingsStore

YEAR = 2024
ITEMS = """
[[bonuses]]
code = "praise"
name = "受表彰"
levels = [{ name = "市", points = 3 }, { name = "区", points = 1.5 }]

[[deductions]]
code = "absent"
name = "缺席例会"
points = 2
at_most = 1
"""


@pytest.fixture
def form(
    qtbot: QtBot, jobs: JobRunner, messages, settings: SettingsStore, sample: Services
) -> Iterator[EntryForm]:
    text = (
        sample.schemes.text("subdistrict-year").replace('code = "subdistrict-year"', 'code = "own"') + ITEMS
    )
    scheme = read_scheme(text)
    with sample.store.writing(ActDraft("登记考核方案", "录入员")) as work:
        work.add([SchemeText(new_id(), scheme.code, scheme.name, text, scheme.digest, "2026-01-08")])
    view = sample.assessments.open_year(YEAR, Opening(scheme_code="own"))
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = EntryForm(Desk(sample, jobs, messages, settings, YEAR), view, view.assessed[0], parent)
    made.open()
    yield made


def test_an_item_says_what_it_is_worth(form: EntryForm, sample: Services, wait_for_jobs) -> None:
    assert form.item.chosen() == "absent" and form.row("points").isHidden()
    desk, parent = form._desk, form.parentWidget()
    _fill(form)
    form.accept()
    wait_for_jobs()
    entry = _entries(sample)[0]
    assert (entry.kind, entry.points, entry.item) == (EntryKind.DEDUCTION, Decimal(2), "absent")
    assert (entry.reason, entry.evidence, entry.dated_on) == ("三月例会", "签到表", "2026-01-08")
    view = sample.assessments.year(YEAR)
    again = EntryForm(desk, view, view.assessed[0], parent)
    assert "已经登记：扣分 2 分 三月例会" in [each.text() for each in again.findChildren(QLabel)]


def test_a_level_decides_what_a_bonus_is_worth(form: EntryForm, sample: Services, wait_for_jobs) -> None:
    form.kind.choose(EntryKind.BONUS)
    form.level.choose("区")
    _fill(form)
    form.accept()
    wait_for_jobs()
    entry = _entries(sample)[0]
    assert (entry.kind, entry.points, entry.level) == (EntryKind.BONUS, Decimal("1.5"), "区")


def test_points_are_asked_for_where_no_item_says_them(
    form: EntryForm, sample: Services, wait_for_jobs
) -> None:
    form.item.choose("")
    _fill(form)
    form.points.setText("两分")
    form.accept()
    assert form.row("points").is_wrong() and form.isVisible()
    form.points.setText("0.5")
    form.accept()
    wait_for_jobs()
    assert [(each.points, each.item) for each in _entries(sample)] == [(Decimal("0.5"), "")]


def test_a_veto_has_a_matter_and_no_points(form: EntryForm, sample: Services, wait_for_jobs) -> None:
    form.kind.choose(EntryKind.VETO)
    assert form.row("points").isHidden() and not form.row("item").isHidden()
    form.item.choose("safety")
    _fill(form)
    form.accept()
    wait_for_jobs()
    assert [(each.kind, each.points, each.item) for each in _entries(sample)] == [
        (EntryKind.VETO, None, "safety")
    ]


@pytest.mark.parametrize("name", ["reason", "evidence"])
def test_what_is_missing_is_told_at_its_field(form: EntryForm, sample: Services, name: str) -> None:
    _fill(form)
    getattr(form, name).setText("  ")
    form.accept()
    assert form.row(name).is_wrong() and form.isVisible()
    assert not _entries(sample)


def test_what_the_scheme_refuses_is_told_in_the_form(
    form: EntryForm, sample: Services, wait_for_jobs, messages
) -> None:
    subject = sample.assessments.year(YEAR).assessed[0]
    first = Entry("", "", subject.id, EntryKind.DEDUCTION, None, "二月例会", "absent", "签到表")
    sample.entries.add(YEAR, first)
    _fill(form)
    form.accept()
    wait_for_jobs()
    assert form.isVisible() and form.row("reason").is_wrong()
    form.dated_on.setText("2026-02-30")
    form.accept()
    wait_for_jobs()
    assert form.row("dated_on").is_wrong()
    assert len(_entries(sample)) == 1 and messages.errors == []


def _fill(form: EntryForm) -> None:
    form.reason.setText("三月例会")
    form.evidence.setText("签到表")


def _entries(sample: Services) -> tuple[Entry, ...]:
    return sample.assessments.year(YEAR).entries
