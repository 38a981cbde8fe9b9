"""States, clocks, papers and the allowed way of filing matters; what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.errors import InvalidInput, RuleViolation
from core.model.activities import Brand, Good, GoodEvidence
from core.model.completeness_view import SEED_TARGETS
from core.model.dates import PartialDate
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.filing_view import Clock, FilingState
from core.model.office import Office
from core.model.organization import (
    Community,
    CommunityKind,
    Organization,
    PartyOrganization,
    Standing,
    Status,
    WorkGroup,
)
from core.model.people import Sex, Unit, UnitKind
from core.model.tasks import GroupPaper, PaperKind, Task, TaskList
from core.rules import completeness
from core.rules.filing import (
    allowed_kinds,
    applied,
    applied_to_particulars,
    check_allowed,
    clocks,
    state_of,
    with_former,
)
from core.rules.filing_checks import check_days, check_number, checked_change
from core.rules.filing_papers import change_target, missing_papers
from core.rules.working_days import WorkingDays

K = TransitionKind
OFFICE = Office("office", "示例街道办事处")
CALENDAR = WorkingDays()
TODAY = date(2026, 1, 20)


def on(day: int, month: int = 1) -> PartialDate:
    return PartialDate(2026, month, day)


def a_transition(kind: TransitionKind = K.FILE, **said: Any) -> Transition:
    return Transition("t", "o", kind, **said)


def an_organization(**said: Any) -> Organization:
    return Organization("o", "凤凰社区合唱团", **said)


def running(transition: Transition, today: date = TODAY) -> list[Clock]:
    return [each for each in clocks(transition, OFFICE, CALENDAR, today) if not each.done_on]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, FilingState.APPLYING),
        ({"applied_on": on(5)}, FilingState.APPLYING),
        ({"accepted_on": on(6)}, FilingState.AWAITING_COMMUNITY),
        ({"accepted_on": on(6), "community_opined_on": on(7)}, FilingState.AWAITING_STREET),
        (
            {"accepted_on": on(6), "community_opined_on": on(7), "street_opined_on": on(8)},
            FilingState.AWAITING_OFFICE,
        ),
        (
            {
                "accepted_on": on(6),
                "community_opined_on": on(7),
                "street_opined_on": on(8),
                "office_opined_on": on(9),
            },
            FilingState.AWAITING_DECISION,
        ),
        ({"outcome": Outcome.APPROVED}, FilingState.APPROVED),
        ({"outcome": Outcome.REFUSED}, FilingState.REFUSED),
        ({"outcome": Outcome.WITHDRAWN}, FilingState.WITHDRAWN),
    ],
)
def test_state_follows_from_the_dates(said: dict[str, Any], state: FilingState) -> None:
    assert state_of(a_transition(**said)) is state


def test_taking_into_care_needs_no_opinion_of_a_filing_office() -> None:
    said: dict[str, Any] = {
        "accepted_on": on(6),
        "community_opined_on": on(7),
        "street_opined_on": on(8),
    }
    assert state_of(a_transition(K.ENROLL, **said)) is FilingState.AWAITING_DECISION


def test_acceptance_is_due_five_working_days_after_the_application() -> None:
    (clock,) = running(a_transition(applied_on=on(8)))
    # 8 January 2026 is a Thursday, the 10th and 11th are off.
    assert (clock.label, clock.due_on) == ("受理", date(2026, 1, 15))
    assert (clock.days_left, clock.overdue_days, clock.words) == (-3, 3, "逾期 3 个工作日")


def test_each_opinion_has_ten_working_days_from_the_step_before() -> None:
    (clock,) = running(a_transition(applied_on=on(5), accepted_on=on(6), community_opined_on=on(12)))
    assert (clock.label, clock.due_on, clock.words) == ("街道意见", date(2026, 1, 26), "还有 4 个工作日")


def test_decision_has_seven_working_days_from_the_last_opinion() -> None:
    said: dict[str, Any] = {
        "accepted_on": on(6),
        "community_opined_on": on(7),
        "street_opined_on": on(8),
    }
    (clock,) = running(a_transition(applied_on=on(5), office_opined_on=on(9), **said))
    assert (clock.label, clock.due_on, clock.words) == ("办结", date(2026, 1, 20), "今天到期")


def test_steps_that_are_done_say_whether_they_were_late() -> None:
    found = clocks(a_transition(applied_on=on(5), accepted_on=on(14)), OFFICE, CALENDAR, TODAY)
    assert [each.words for each in found] == ["逾期 2 个工作日办理", "还有 6 个工作日"]


def test_cancellation_has_thirty_days_as_a_whole() -> None:
    whole = running(a_transition(K.DEREGISTER, applied_on=on(5), accepted_on=on(6)))[-1]
    assert (whole.label, whole.due_on, whole.words) == ("注销全程", date(2026, 2, 4), "还有 15 天")


def test_lengths_are_settings() -> None:
    office = replace(OFFICE, accept_days=1)
    (clock,) = clocks(a_transition(applied_on=on(8)), office, CALENDAR, TODAY)
    assert clock.due_on == date(2026, 1, 9)


def test_month_alone_starts_no_clock() -> None:
    assert not running(a_transition(applied_on=PartialDate(2026, 1)))


def test_nothing_runs_after_the_decision() -> None:
    withdrawn = a_transition(K.DEREGISTER, applied_on=on(5), outcome=Outcome.WITHDRAWN)
    assert not clocks(withdrawn, OFFICE, CALENDAR, TODAY)


def test_missing_papers_are_told_by_any_usual_title() -> None:
    handed_in = ("备案申请表", "章程\uff08草案\uff09", "张三身份证复印件", "会员名册")
    assert missing_papers(a_transition(papers=handed_in)) == ("活动场所证明",)
    assert len(missing_papers(a_transition())) == 5


def test_change_needs_papers_by_what_it_is_about() -> None:
    head = a_transition(K.CHANGE, change_field="负责人", papers=("变更申请书",))
    assert missing_papers(head) == ("负责人身份证明",)
    assert missing_papers(replace(head, change_field="业务主管单位")) == ()


@pytest.mark.parametrize("kind", TransitionKind)
def test_every_kind_has_papers_and_a_state(kind: TransitionKind) -> None:
    assert missing_papers(a_transition(kind))
    assert state_of(a_transition(kind, accepted_on=on(6))) is not FilingState.APPLYING


@pytest.mark.parametrize(
    ("word", "field"),
    [("负责人变更", "principal"), ("组织名称", "name"), ("地址", "address"), ("变更场所", "premises")],
)
def test_words_for_what_changes(word: str, field: str) -> None:
    target = change_target(word)
    assert target
    assert target.field == field


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ({"standing": Standing.NURTURED}, {K.FILE, K.REGISTER, K.ENROLL}),
        (
            {"standing": Standing.ENROLLED},
            {K.FILE, K.REGISTER, K.CHANGE, K.SUSPEND, K.DEREGISTER, K.REVOKE},
        ),
        ({"standing": Standing.FILED}, {K.REGISTER, K.CHANGE, K.SUSPEND, K.DEREGISTER, K.REVOKE}),
        ({"standing": Standing.REGISTERED}, {K.CHANGE, K.SUSPEND, K.DEREGISTER, K.REVOKE}),
        (
            {"standing": Standing.FILED, "status": Status.SUSPENDED},
            {K.RESUME, K.CHANGE, K.DEREGISTER, K.REVOKE},
        ),
        ({"standing": Standing.FILED, "status": Status.DEREGISTERED}, set()),
        ({"status": Status.REVOKED}, set()),
        ({"standing": Standing.FILED, "merged_into": "other"}, set()),
        ({}, set(TransitionKind) - {K.RESUME}),
    ],
)
def test_what_may_follow(said: dict[str, Any], kinds: set[TransitionKind]) -> None:
    assert set(allowed_kinds(an_organization(**said))) == kinds


def test_refusal_says_how_it_stands_and_what_can_be_done() -> None:
    with pytest.raises(RuleViolation, match=r"备案、正常，不能办理“恢复活动”。可以办理：登记、变更"):
        check_allowed(an_organization(standing=Standing.FILED), K.RESUME)
    with pytest.raises(RuleViolation, match=r"已注销，不能再办理“备案”"):
        check_allowed(an_organization(status=Status.DEREGISTERED), K.FILE)


def test_filing_gives_standing_number_and_date() -> None:
    nurtured = an_organization(standing=Standing.NURTURED)
    filed = applied(nurtured, a_transition(decided_on=on(9), number="XX街社备〔2026〕001号"))
    assert (filed.standing, filed.filing_number, filed.founded_on) == (
        Standing.FILED,
        "XX街社备〔2026〕001号",
        on(9),
    )


def test_registration_keeps_the_filing_number_beside_the_code() -> None:
    filed = an_organization(standing=Standing.FILED, filing_number="001号")
    done = applied(filed, a_transition(K.REGISTER, decided_on=on(9), number="52330499MJ00000500"))
    assert (done.standing, done.credit_code, done.filing_number) == (
        Standing.REGISTERED,
        "52330499MJ00000500",
        "001号",
    )


def test_decision_without_a_number_leaves_the_old_one() -> None:
    assert applied(an_organization(filing_number="001号"), a_transition()).filing_number == "001号"


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (K.SUSPEND, Status.SUSPENDED),
        (K.RESUME, Status.ACTIVE),
        (K.DEREGISTER, Status.DEREGISTERED),
        (K.REVOKE, Status.REVOKED),
    ],
)
def test_status_after_a_decision(kind: TransitionKind, status: Status) -> None:
    assert applied(an_organization(), a_transition(kind)).status is status


def test_new_name_keeps_the_old_one_among_the_former() -> None:
    renamed = applied(
        an_organization(former_names=("凤凰歌队",)),
        a_transition(K.CHANGE, change_field="名称", new_value="凤凰社区爱乐合唱团"),
    )
    assert renamed.name == "凤凰社区爱乐合唱团"
    assert renamed.former_names == ("凤凰歌队", "凤凰社区合唱团")


def test_name_taken_back_is_no_former_one() -> None:
    assert with_former(("甲队",), "甲队", "乙队") == ("乙队",)
    assert with_former(("甲 队",), "丙队", "甲队") == ("甲队",)


def test_new_head_takes_the_old_ones_data_away() -> None:
    change = a_transition(K.CHANGE, change_field="负责人", new_value="李乙")
    changed = applied(an_organization(principal="王喆", political_status="群众", phones=("1",)), change)
    assert (changed.principal, changed.political_status, changed.phones) == ("李乙", "", ("1",))
    form = Particulars("p", "o", "助老", principal_sex=Sex.MALE, principal_id_number="1", principal_title="x")
    assert applied_to_particulars(form, change) == Particulars("p", "o", "助老")


def test_change_of_the_form_leaves_the_roster() -> None:
    change = a_transition(K.CHANGE, change_field="住所", new_value="凤凰路 1 号")
    assert applied(an_organization(), change) == an_organization()
    assert applied_to_particulars(Particulars("p", "o"), change).address == "凤凰路 1 号"


def test_days_must_be_in_order_and_not_to_come() -> None:
    with pytest.raises(InvalidInput, match=r"受理日期 2026-01-05 早于申请日期 2026-01-06"):
        check_days(a_transition(applied_on=on(6), accepted_on=on(5)), TODAY)
    with pytest.raises(InvalidInput, match=r"办结日期 2026-01-09 早于街道签署日期 2026-01-12"):
        check_days(a_transition(street_opined_on=on(12), decided_on=on(9)), TODAY)
    with pytest.raises(InvalidInput, match="晚于今天"):
        check_days(a_transition(applied_on=on(21)), TODAY)
    check_days(a_transition(applied_on=PartialDate(2026, 1), accepted_on=on(5)), TODAY)


def test_credit_code_of_a_registration_is_checked() -> None:
    assert check_number(K.REGISTER, " 52330499mj00000500 ", "") == "52330499MJ00000500"
    with pytest.raises(InvalidInput, match="17 位"):
        check_number(K.REGISTER, "52330499MJ0000050", "")
    with pytest.raises(InvalidInput, match="写明原因"):
        check_number(K.REGISTER, "52330499MJ00000501", "")
    assert check_number(K.REGISTER, "52330499MJ00000501", "与证书一致") == "52330499MJ00000501"
    assert check_number(K.FILE, " 〔2026〕1号 ", "") == "〔2026〕1号"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"change_field": "颜色", "new_value": "红"}, "change_unknown"),
        ({"new_value": "红"}, "change_unknown"),
        ({"change_field": "名称"}, "change_empty"),
        ({"change_field": "名称", "new_value": "名" * 101}, "value_odd"),
        ({"change_field": "宗旨", "new_value": "旨" * 5001}, "value_odd"),
    ],
)
def test_change_must_say_what(said: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_change(a_transition(K.CHANGE, **said))
    assert refused.value.code == code


def test_change_is_kept_with_the_proper_word() -> None:
    kept = checked_change(a_transition(K.CHANGE, change_field="牵头人变更", new_value=" 李 乙 "))
    assert (kept.change_field, kept.new_value) == ("负责人", "李乙")


COMMUNITIES = (Community("u", "凤凰社区"), Community("r", "三北村", CommunityKind.RURAL))


def of_community(community: str, count: int, **said: Any) -> list[Organization]:
    return [Organization(f"{community}{n}", f"队{n}", community_id=community, **said) for n in range(count)]


def test_average_can_pass_while_a_community_fails() -> None:
    places = (Community("a", "甲社区"), Community("b", "乙社区"))
    organizations = [*of_community("a", 13), *of_community("b", 3)]
    counts = completeness.community_counts(places, organizations, (), SEED_TARGETS)
    assert [each.organizations_wanting for each in counts] == [0, 5]
    urban, rural = completeness.averages(counts, SEED_TARGETS)
    assert (urban.average, urban.is_met) == (Decimal("8.00"), True)
    assert (rural.average, rural.communities) == (None, 0)


def test_average_is_met_by_the_exact_count() -> None:
    places = tuple(Community(str(n), f"社区{n}") for n in range(300))
    organizations = [each for place in places for each in of_community(place.id, 8)][:-1]
    urban, _ = completeness.averages(
        completeness.community_counts(places, organizations, (), SEED_TARGETS), SEED_TARGETS
    )
    assert (urban.average, urban.is_met) == (Decimal("8.00"), False)


def test_cancelled_and_merged_ones_do_not_count() -> None:
    organizations = [
        *of_community("u", 1),
        Organization("x", "甲", community_id="u", status=Status.DEREGISTERED),
        Organization("y", "乙", community_id="u", merged_into="u0"),
    ]
    brands = [Brand("1", "u0", "品牌"), Brand("2", "u0", "又一个"), Brand("3", "x", "旧的")]
    urban = completeness.community_counts(COMMUNITIES, organizations, brands, SEED_TARGETS)[0]
    assert (urban.organizations, urban.brands, urban.brands_wanting) == (1, 1, 1)


def test_gap_tells_missing_from_not_looked_at() -> None:
    evidence = [
        GoodEvidence("1", "u0", Good.PROJECT),
        GoodEvidence("2", "u0", Good.BASE, has=False),
        *(GoodEvidence(f"{good}", "u1", good) for good in Good),
    ]
    (gap,) = completeness.five_ones_gaps(of_community("u", 2), evidence, {"u": "凤凰社区"})
    assert gap.missing == (Good.BASE,)
    assert gap.unchecked == (Good.LEADER, Good.TEAM, Good.MECHANISM)
    assert gap.community == "凤凰社区"


def test_party_coverage_counts_three_ways() -> None:
    ways = [PartyOrganization.OWN, PartyOrganization.JOINT, PartyOrganization.NONE, None, None, None]
    found = completeness.party_coverage(
        [Organization(str(n), "队", party_organization=way) for n, way in enumerate(ways)]
    )
    assert (found.organizations, found.unknown, found.share) == (6, 3, Decimal("33.33"))
    assert dict(found.by_way)[PartyOrganization.INSTRUCTOR] == 0
    assert completeness.party_coverage([]).share is None


def test_items_on_a_list_stand_for_the_list() -> None:
    groups = [WorkGroup("g", "c", "公益堂"), WorkGroup("h", "d", "安全治理")]
    papers = [GroupPaper("1", "g", PaperKind.PLAN, year=2025), GroupPaper("2", "g", PaperKind.DUTY_LIST)]
    tasks = [Task("3", "巡查", TaskList.TASKS, work_group_id="g")]
    (bare,) = completeness.group_gaps(groups, papers, tasks)
    assert (bare.work_group, len(bare.missing)) == ("安全治理", 3)
    dated = completeness.group_gaps(groups, papers, tasks, year=2026)
    assert dated[0].missing == (PaperKind.PLAN,)


def test_superior_units_owe_no_plan() -> None:
    units = [
        Unit("1", "经济办", UnitKind.OFFICE),
        Unit("2", "区民政局", UnitKind.SUPERIOR),
        Unit("3", "党建办", UnitKind.OFFICE, plan_handed_in_on=on(5)),
        Unit("4", "某处"),
    ]
    assert [each.name for each in completeness.units_without_plan(units)] == ["经济办"]


def test_papers_missing_of_organizations() -> None:
    filed = Organization("f", "甲队", community_id="u", standing=Standing.FILED)
    charted = replace(filed, id="c", name="乙队")
    cared = replace(filed, id="e", name="丙队", standing=Standing.ENROLLED)
    forms = [Particulars("1", "c", has_charter=True)]
    matter = Transition("2", "c", K.CHANGE, change_field="负责人", papers=("申请",))
    refused = Transition("3", "e", K.FILE, outcome=Outcome.REFUSED)
    rows = completeness.missing_papers_of(
        [filed, charted, cared], forms, [matter, refused], {"u": "凤凰社区"}
    )
    assert [(each.organization, each.missing) for each in rows] == [
        ("甲队", ("备案信息", "章程")),
        ("乙队", ("变更：负责人身份证明",)),
    ]
    assert rows[0].community == "凤凰社区"
