"""What the raters of a stage may see of each other: never, after their own sheets, always."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.errors import NotFound
from core.model.assessment import Cycle, CycleState
from core.model.journal import ActDraft
from core.model.scheme import Visible
from core.model.visibility import Seen, SeenSubject
from core.services.services import Services
from tests.core.joint_panel import NAMES, YEAR, cast, give, open_panel
from tests.core.played_days import named


def seen(office: Services, rater: str) -> list[SeenSubject]:
    stage = office.marks.others(YEAR, "joint", rater)
    return [stage.of(named(office, YEAR, name).id) for name in NAMES]


def test_totals_means_and_ranks_are_the_engines(services: Services) -> None:
    office = open_panel(services, "always", "always", "always")
    give(office, "first", "45", "40.125", "40")
    give(office, "second", "41", "45")
    cast(office, "甲小区", "50", "45", "45")
    assert [each.code for each in office.marks.others(YEAR, "joint", "second").others] == ["first", "box"]
    # Of 50 points: (45×2 + 41 + 46 2/3) ÷ 4 and (40.125×2 + 45) ÷ 3; of 100 they are twice as much.
    assert seen(office, "second") == [
        SeenSubject((Decimal("45.00"), Decimal("46.67")), Decimal("88.83"), 1),
        SeenSubject((Decimal("40.125"), None), Decimal("83.50"), 2),
        SeenSubject((Decimal("40.00"), None), Decimal("80.00"), 3),
    ]
    assert [str(each.mean) for each in seen(office, "first")] == ["88.83", "83.50", "80.00"]
    office.assessments.compute(YEAR)
    results = office.assessments.outcome(YEAR).outcome.results
    assert [(each.final, each.rank) for each in results] == [
        (each.mean, each.rank) for each in seen(office, "box")
    ]


SETTINGS = list(Visible)
# Each setting of each beside each of every other.
SQUARE = [(SETTINGS[a], SETTINGS[b], SETTINGS[(a + b) % 3]) for a in range(3) for b in range(3)]


@pytest.mark.parametrize("settings", SQUARE)
def test_nothing_is_given_that_the_scheme_hides(services: Services, settings: tuple[Visible, ...]) -> None:
    office = open_panel(services, *settings)
    give(office, "first", "45", "40", "35")
    give(office, "second", "44")
    for rater, delivered in (("first", True), ("second", False)):
        stage = office.marks.others(YEAR, "joint", rater)
        allowed = [each is Visible.ALWAYS or (each is Visible.AFTER_OWN and delivered) for each in settings]
        assert stage.own_delivered is delivered
        assert [each in stage.shown for each in Seen] == allowed
        waits = [each is Visible.AFTER_OWN and not delivered for each in settings]
        assert [each in stage.waiting for each in Seen] == waits
        first = seen(office, rater)[0]
        assert [bool(first.totals), first.mean is not None, first.rank > 0] == allowed


def test_own_sheets_are_in_with_the_last_mark_or_a_recusal_and_no_longer_without(services: Services) -> None:
    office = open_panel(services, sheets="after_own")
    give(office, "first", "45", "40", "35")
    give(office, "second", "44", "43")
    assert seen(office, "second")[0].totals == ()
    last = named(office, YEAR, "丙小区").id
    office.entries.recuse(YEAR, last, "joint", "second", "亲属")
    assert seen(office, "second")[0].totals == (Decimal("45.00"), None)
    assert seen(office, "first")[2].totals == (None, None), "a recused rater has no total"
    office.entries.unrecuse(YEAR, last, "joint", "second")
    assert seen(office, "second")[0].totals == ()
    give(office, "second", "", "", "42")
    assert seen(office, "second")[2].totals == ()


def test_a_box_has_handed_in_with_enough_ballots_on_each(services: Services) -> None:
    office = open_panel(services, "after_own")
    give(office, "first", "45", "40", "35")
    for name in NAMES:
        assert not office.marks.others(YEAR, "joint", "box").shown
        cast(office, name, "50", "45", "40")
    assert seen(office, "box")[0].totals == (Decimal("45.00"), None)


@pytest.mark.parametrize("state", CycleState)
def test_a_cycle_is_looked_at_in_every_state(services: Services, state: CycleState) -> None:
    office = open_panel(services, "after_own", "always")
    give(office, "first", "45", "40", "35")
    with office.store.writing(ActDraft("改", "测试")) as work:
        (cycle,) = work.all(Cycle)
        work.change([replace(cycle, state=state)])
    assert seen(office, "first")[0] == SeenSubject((None, None), Decimal("90.00"))
    assert seen(office, "second")[0] == SeenSubject((), Decimal("90.00")), "what is not in never will be"


def test_a_rater_is_found_by_its_code(sample: Services) -> None:
    (stage,) = sample.assessments.year(2025).scheme.stages
    assert sample.marks.others(2025, "", "department").stage == stage
    with pytest.raises(NotFound, match="没有评分方“nobody”，或者它没有要评的对象") as caught:
        sample.marks.others(2025, "", "nobody")
    assert "/department" in caught.value.remedy_zh
    with pytest.raises(NotFound):
        sample.marks.others(2025, "elsewhere", "department")
    view = sample.assessments.year(2025)
    again = [replace(each, stage=replace(stage, code="again")) for each in view.progress]
    with pytest.raises(NotFound, match=f"{stage.code}、again"):
        sample.marks.others_in(replace(view, progress=(*view.progress, *again)), "", "department")
