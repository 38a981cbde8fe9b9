"""Penalties of the register, and awards that ask for years without one."""

from collections.abc import Sequence

import pytest

from core.model.condition import Fact
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.mark_entry import TypedMark
from core.model.opening import Opening
from core.model.organization import Organization, Standing
from core.model.penalty import PENALTIES, Penalty
from core.rules.opening import last_penalties
from core.services.services import Services
from tests.core.played_days import named

BRANDS = Opening("brand-organizations", "brands")
MARKS = {"appeal": "28", "cohesion": "28", "endurance": "38"}
CLEAN, LONG_AGO, LATELY, ACQUITTED = "清风社", "老街社", "新街社", "明理社"


def penalty(organization_id: str, day: str, annulled: str = "") -> Penalty:
    return Penalty(
        new_id(),
        organization_id,
        PartialDate.parse(day),
        reason="擅自收费",
        annulled_on=PartialDate.parse(annulled) if annulled else None,
    )


def an_organization(services: Services, name: str, *days: str, annulled: str = "") -> None:
    """An organization with a penalty on each of the days."""
    key = new_id()
    services.register.save_form(
        Organization(key, name, standing=Standing.FILED, founded_on=PartialDate(2020, 3, 1)), None
    )
    for day in days:
        services.ledgers.save(PENALTIES, penalty(key, day, annulled))


@pytest.fixture
def punished(services: Services) -> Services:
    an_organization(services, CLEAN)
    an_organization(services, LONG_AGO, "2023-01-08", "2021")
    an_organization(services, LATELY, "2019-05-01", "2024-05-01")
    an_organization(services, ACQUITTED, "2024-05-01", annulled="2024-09-01")
    return services


def test_an_award_that_asks_for_years_without_a_penalty_looks_into_the_ledger(punished: Services) -> None:
    punished.assessments.open_year(2025, BRANDS)
    for name in (CLEAN, LONG_AGO, LATELY, ACQUITTED):
        subject = named(punished, 2025, name)
        for rater in ("community", "street", "experts"):
            for leaf, points in MARKS.items():
                punished.marks.enter(2025, "review", rater, TypedMark(subject.id, leaf, points))

    punished.assessments.compute(2025)

    awards = {
        name: punished.assessments.explain(2025, name)[1].award for name in (CLEAN, LONG_AGO, ACQUITTED)
    }
    assert set(awards.values()) == {"品牌社区社会组织"}
    _, result = punished.assessments.explain(2025, LATELY)
    assert (result.grade, result.award) == ("品牌组织", "")
    step = next(step for step in result.trace if step.rule == "R13")
    assert [(one.label, one.value) for one in step.inputs] == [
        ("最近一次处罚", "2024-05-01"),
        ("要求", "近 3 年没有处罚"),
    ]


def test_the_last_penalty_is_frozen_when_the_cycle_is_opened(punished: Services) -> None:
    punished.assessments.open_year(2025, BRANDS)
    late = named(punished, 2025, CLEAN)

    punished.ledgers.save(PENALTIES, penalty(late.organization_id, "2026-01-05"))

    frozen = {each.name: each.fact(Fact.LAST_PENALTY_ON) for each in punished.assessments.year(2025).subjects}
    assert frozen == {CLEAN: "", LONG_AGO: "2023-01-08", LATELY: "2024-05-01", ACQUITTED: ""}


@pytest.mark.parametrize(
    ("days", "last"),
    [
        (["2023", "2023-06-01"], "2023"),
        (["2023-12-31", "2023-05"], "2023-12-31"),
        (["2022-05", "2022-05-31", "2022-04-30"], "2022-05"),
    ],
)
def test_a_vague_day_of_a_penalty_counts_as_its_last(days: Sequence[str], last: str) -> None:
    assert last_penalties([penalty("甲", day) for day in days]) == {"甲": last}
