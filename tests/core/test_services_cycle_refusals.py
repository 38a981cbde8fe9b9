"""What the desks of a cycle refuse, and that each refusal says which cycle of the year it speaks of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from core.errors import AppError, InvalidInput
from core.model.assessment import Cycle, CycleState, Entry, EntryKind
from core.model.decision import DecisionKind
from core.model.journal import ActDraft
from core.model.objection import Objection
from core.model.opening import Opening
from core.paper.render import ReportLabPaper
from core.services.services import Services
from tests.core.housing_areas import AREAS, YEAR, keep_areas, mark, open_areas
from tests.core.played_days import Days, a_decision, a_revocation, named

Act = Callable[[Services], object]


@pytest.fixture
def two(sample: Services) -> Services:
    """A year with two cycles: the sub-district's own, and the first quarter of housing areas."""
    keep_areas(sample)
    open_areas(sample)
    return sample


def caught(act: Callable[..., object], *given: object, **by_name: object) -> AppError:
    with pytest.raises(AppError) as refused:
        act(*given, **by_name)
    return refused.value


def at(services: Services, state: CycleState) -> None:
    """Put the quarter at a state of its path."""
    with services.store.writing(ActDraft("准备", "测试")) as work:
        quarter = next(each for each in work.all(Cycle) if each.code == "q1")
        work.change([replace(quarter, state=state, notice_from="2026-01-08", notice_until="2026-01-14")])


def computed(services: Services) -> None:
    mark(services, YEAR, "甲小区", "95", "q1")
    services.assessments.compute(YEAR, "q1")


def objected(services: Services) -> object:
    subject = named(services, YEAR, "甲小区", "q1")
    return services.objections.register(YEAR, Objection("", "", subject.id, "", "居民", "不实"), "q1")


def decided(services: Services) -> object:
    subject = named(services, YEAR, "甲小区", "q1")
    decision = a_decision(DecisionKind.GRADE, grade="优秀", subject_id=subject.id, decided_on="2026-01-08")
    return services.decisions.decide(YEAR, decision, "q1")


def revoked(services: Services) -> object:
    subject = named(services, YEAR, "甲小区", "q1")
    return services.decisions.revoke(YEAR, a_revocation(subject.id), "q1")


@pytest.mark.parametrize(
    ("state", "code", "act"),
    [
        (CycleState.OPEN, "no_sheets", lambda one: one.assessments.compute(YEAR, "q1")),
        (CycleState.OPEN, "not_computed", lambda one: one.assessments.outcome(YEAR, "q1")),
        (CycleState.OPEN, "not_computed", lambda one: one.verification.package(YEAR, "q1")),
        (CycleState.OPEN, "not_its_turn", lambda one: one.cycles.confirm(YEAR, cycle="q1")),
        (CycleState.OPEN, "no_notice", objected),
        (CycleState.COMPUTED, "not_announced", lambda one: one.award_money.propose(YEAR, "q1")),
        (CycleState.COMPUTED, "revoke_early", revoked),
        (CycleState.NOTICED, "cycle_frozen", lambda one: mark(one, YEAR, "甲小区", "90", "q1")),
        (CycleState.NOTICED, "no_way_back", lambda one: one.cycles.step_back(YEAR, "想改", "q1")),
        (CycleState.ARCHIVED, "cycle_archived", decided),
    ],
)
def test_a_refusal_names_the_cycle_of_the_year(two: Services, state: CycleState, code: str, act: Act) -> None:
    if state is not CycleState.OPEN:
        computed(two)
        at(two, state)

    refusal = caught(act, two)

    assert refusal.code == code
    assert "2025 年度“第一季度”" in refusal.message_zh


@pytest.mark.parametrize(
    ("state", "told", "act"),
    [
        (CycleState.OPEN, "第一步", lambda one: one.cycles.step_back(YEAR, "想改", "q1")),
        (CycleState.NOTICED, "这一步已经办过", lambda one: one.cycles.publish(YEAR, cycle="q1")),
        (CycleState.ARCHIVED, "可以撤销", lambda one: one.cycles.step_back(YEAR, "想改", "q1")),
        (CycleState.ARCHIVED, "可以撤销", lambda one: mark(one, YEAR, "甲小区", "90", "q1")),
    ],
)
def test_a_refusal_says_what_can_be_done_in_its_state(
    two: Services, state: CycleState, told: str, act: Act
) -> None:
    if state is not CycleState.OPEN:
        computed(two)
        at(two, state)
    assert told in str(caught(act, two))


def test_a_cycle_without_a_title_is_called_by_its_year() -> None:
    assert Cycle("c", 2025, "s", CycleState.OPEN, "2026-01-08").called == "2025 年度考核"


def test_a_list_that_the_scheme_has_no_use_for_is_refused(sample: Services) -> None:
    for opening in (Opening(code="own", participants=AREAS), Opening("nurture-results", participants=AREAS)):
        refusal = caught(sample.assessments.open_year, 2026, opening)
        assert refusal.code == "participants_unused"
        assert "用不上另给的名单（2 个）" in refusal.message_zh
    assert sample.assessments.years() == (YEAR,)


def test_an_entry_that_does_not_fit_is_said_to_be_not_registered(two: Services) -> None:
    subject = named(two, YEAR, "甲小区", "q1")
    bonus = Entry("", "", subject.id, EntryKind.BONUS, None, "表彰", evidence="文件")

    refusal = caught(two.entries.add, YEAR, bonus, "q1")

    assert isinstance(refusal, InvalidInput) and "“甲小区”" in refusal.message_zh
    assert "没有登记" in refusal.message_zh and "计算" not in refusal.message_zh
    assert "分值应是大于 0 的数" in str(refusal.problems[0])


def test_what_is_refused_on_the_path_leaves_nothing_behind(services: Services, paper: ReportLabPaper) -> None:
    keep_areas(services)
    open_areas(services)
    mark(services, YEAR, "甲小区", "95")
    mark(services, YEAR, "乙小区", "95")
    days = Days(services.store.path, paper)
    services.close()
    to_the_notice(days)
    through_the_notice(days)
    announced_and_revoked(days)


def untouched(
    office: Services, code: str, act: Callable[..., object], *given: object, **by_name: object
) -> None:
    """Refused with this code, and no act in the journal."""
    before = office.register.acts(1)
    assert caught(act, *given, **by_name).code == code
    assert office.register.acts(1) == before


def to_the_notice(days: Days) -> None:
    with days.on("2026-01-12") as office:
        office.assessments.compute(YEAR)
        untouched(office, "sheets_missing", office.cycles.report, YEAR)
    with days.on("2026-01-11") as office:
        untouched(office, "clock_back", office.assessments.compute, YEAR)
        again = Opening("areas", "q2", participants=AREAS)
        untouched(office, "clock_back", office.assessments.open_year, YEAR, again)
        untouched(office, "clock_back", office.cycles.report, YEAR, accept_missing=True)
    with days.on("2026-01-12") as office:
        office.cycles.report(YEAR, accept_missing=True)
        untouched(office, "notice_short", office.cycles.publish, YEAR, last=date(2026, 1, 13))
    with days.on("2026-01-11") as office:
        untouched(office, "clock_back", office.cycles.publish, YEAR)
    with days.on("2026-01-12") as office:
        assert office.cycles.publish(YEAR).cycle.notice_until == "2026-01-14"


def through_the_notice(days: Days) -> None:
    with days.on("2026-01-15") as office:
        subject = named(office, YEAR, "甲小区")
        late = Objection("", "", subject.id, "", "居民", "不实")
        register = office.objections.register
        untouched(office, "notice_over", register, YEAR, late)
        untouched(office, "notice_over", register, YEAR, replace(late, raised_on="2026-01-09"))
        untouched(office, "day_odd", register, YEAR, replace(late, raised_on="2026-01-16"))
        untouched(office, "day_odd", office.cycles.confirm, YEAR, date(2026, 1, 14))
        grade = a_decision(DecisionKind.GRADE, grade="优秀", subject_id=subject.id, decided_on="2026-01-15")
        decide = office.decisions.decide
        untouched(office, "decision_wrong", decide, YEAR, replace(grade, reason=" "))
        kept = decide(YEAR, grade)
        untouched(office, "decided_already", decide, YEAR, replace(grade, grade="合格"))
        untouched(office, "reason_empty", office.decisions.lift, kept.id, " ")
        office.decisions.lift(kept.id, "误记")
        untouched(office, "lifted_already", office.decisions.lift, kept.id, "再撤")
        untouched(office, "day_odd", decide, YEAR, replace(grade, decided_on="2026-01-16"))
    with days.on("2026-01-13") as office:
        untouched(office, "notice_running", office.cycles.confirm, YEAR)
        untouched(office, "clock_back", office.decisions.decide, YEAR, grade)


def announced_and_revoked(days: Days) -> None:
    with days.on("2026-01-15") as office:
        office.cycles.confirm(YEAR)
    with days.on("2026-01-14") as office:
        untouched(office, "clock_back", office.cycles.announce, YEAR)
    with days.on("2026-01-16") as office:
        office.cycles.announce(YEAR)
        subject = named(office, YEAR, "甲小区")
        revocation = a_revocation(subject.id, dated_on="2026-01-16")
        revoke = office.decisions.revoke
        untouched(office, "revocation_incomplete", revoke, YEAR, replace(revocation, reason=""))
        untouched(office, "day_odd", revoke, YEAR, replace(revocation, dated_on="2026-01-15"))
        untouched(office, "subject_missing", revoke, YEAR, replace(revocation, subject_id="谁"))
        revoke(YEAR, revocation)
        untouched(office, "revoked_twice", revoke, YEAR, revocation)
    with days.on("2026-01-15") as office:
        untouched(office, "clock_back", office.cycles.archive, YEAR)
