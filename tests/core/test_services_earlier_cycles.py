"""Earlier cycles as a cycle sees them: of other years and of its own, as they stood when it was frozen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from core.model.decision import DecisionKind
from core.model.journal import ActDraft
from core.model.opening import Opening, Participant
from core.model.result_list import ListKind
from core.paper.render import ReportLabPaper
from core.rules.scheme_file import read_scheme
from core.services.cycle_reading import find_cycle, read_inputs
from core.services.schemes import keep_scheme
from core.services.services import Services
from tests.core.housing_areas import AREAS, LISTED, YEAR, come_to_the_notice, keep_areas, open_areas, play
from tests.core.played_days import Days, a_decision, a_revocation, named


@pytest.fixture
def areas(services: Services) -> Iterator[Services]:
    """An office with the scheme of housing areas, its first quarter open."""
    keep_areas(services)
    open_areas(services)
    yield services


def test_a_frozen_year_keeps_the_earlier_results_it_saw(areas: Services, paper: ReportLabPaper) -> None:
    days = Days(areas.store.path, paper)
    areas.close()
    play(days, YEAR, "q1", "2026-01-12", "2026-01-19")
    with days.on("2026-01-20") as office:
        open_areas(office, 2026)
    play(days, 2026, "q1", "2026-01-21", "2026-01-28")
    with days.on("2026-02-02") as office:
        earlier = office.assessments.year(2026).earlier
        assert [(each.name, each.year, each.rank, each.award) for each in earlier] == [
            ("甲小区", 2025, 1, "最佳小区"),
            ("乙小区", 2025, 2, ""),
        ]
        winner = named(office, YEAR, "甲小区")
        office.decisions.revoke(YEAR, a_revocation(winner.id, dated_on="2026-02-02"))
        assert office.assessments.year(2026).earlier == earlier
        assert office.verification.verify(2026).holds
        assert office.verification.verify(YEAR).holds


def test_earlier_ranks_are_counted_among_those_ranked_together(
    areas: Services, paper: ReportLabPaper
) -> None:
    text = LISTED.replace('code = "areas"', 'code = "kinds"\nrank_within = "kind"')
    with areas.store.writing(ActDraft("导入方案", "测试")) as work:
        keep_scheme(work, read_scheme(text), text, datetime(2026, 1, 5, 9, 0))
    kinds = tuple(Participant(each.name, kind) for each, kind in zip(AREAS, ("站", "点"), strict=True))
    for year in (2023, 2024):
        areas.assessments.open_year(year, Opening("kinds", participants=kinds))
    days = Days(areas.store.path, paper)
    areas.close()
    play(days, 2023, "kinds", "2026-01-12", "2026-01-19")
    with days.on("2026-01-20") as office:
        seen = office.assessments.year(2024).earlier
        assert [(each.among, each.rank, each.of) for each in seen] == [("站", 1, 1), ("点", 1, 1)]
        # A program that knew no groups counted both, and froze the year with the digest of that.
        come_to_the_notice(office, 2024, "kinds")
        told = tuple(replace(each, of=2, among="") for each in seen)
        with office.store.writing(ActDraft("改", "测试")) as work:
            inputs = read_inputs(work, find_cycle(work, 2024))
            older = replace(inputs, settled=inputs.settled._replace(earlier=told))
            work.change([replace(inputs.cycle, digest=older.digest)])
        year = office.assessments.year(2024)
        assert (year.stale, year.earlier) == (False, told)
        about = {"subject_id": year.subjects[0].id, "grade": "合格"}
        kept = office.decisions.decide(2024, a_decision(DecisionKind.GRADE, **about))
        assert office.assessments.year(2024).earlier == told
        office.decisions.lift(kept.id, "写错")
        assert office.assessments.year(2024).earlier == told
        assert office.verification.verify(2024).holds


def test_the_first_quarter_is_seen_from_the_second(areas: Services, paper: ReportLabPaper) -> None:
    days = Days(areas.store.path, paper)
    areas.close()
    play(days, YEAR, "q1", "2026-01-12", "2026-01-19")
    with days.on("2026-01-20") as office:
        open_areas(office, YEAR, "q2")
        others = Opening("areas", "others", "另一批", participants=(Participant("丙小区"),))
        office.assessments.open_year(YEAR, others)
        seen = office.assessments.year(YEAR, "q2").earlier
        assert [(each.name, each.year, each.number, each.award) for each in seen] == [
            ("甲小区", YEAR, 1, "最佳小区"),
            ("乙小区", YEAR, 1, ""),
        ]
        assert office.assessments.year(YEAR, "others").earlier == ()
        assert office.assessments.year(YEAR, "q1").earlier == ()
    play(days, YEAR, "q2", "2026-01-21", "2026-01-28")
    with days.on("2026-02-02") as office:
        lists = {each.kind: each for each in office.results.lists(YEAR, "q2")}
        titles = [column.title for column in lists[ListKind.YEARS].columns]
        assert titles[1:7:3] == ["2025第1次得分", "2025本次得分"]
        assert office.verification.verify(YEAR, "q2").holds
        open_areas(office, 2026, "q1")
        seen = office.assessments.year(2026, "q1").earlier
        assert [(each.name, each.number) for each in seen[::2]] == [("甲小区", 2), ("甲小区", 1)]


def test_a_quarter_announced_late_does_not_change_one_that_is_frozen(
    areas: Services, paper: ReportLabPaper
) -> None:
    days = Days(areas.store.path, paper)
    areas.close()
    with days.on("2026-01-12") as office:
        come_to_the_notice(office, YEAR, "q1")
        open_areas(office, YEAR, "q2")
        come_to_the_notice(office, YEAR, "q2")
    with days.on("2026-01-19") as office:
        office.cycles.confirm(YEAR, cycle="q1")
        office.cycles.announce(YEAR, cycle="q1")
        assert office.assessments.year(YEAR, "q2").earlier == ()
        assert office.verification.verify(YEAR, "q2").holds
        office.cycles.confirm(YEAR, cycle="q2")
