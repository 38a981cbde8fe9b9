"""The sample office's year from opening to archive: gates, an objection, a tie, a revocation, restarts."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import AppError
from core.model.assessment import CycleState, Entry, EntryKind, Subject
from core.model.award_payment import AwardPayment
from core.model.dates import PartialDate
from core.model.decision import DecisionKind
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.money_report import MoneyBy
from core.model.objection import Objection, ObjectionState
from core.model.objection_ruling import Ruling
from core.model.outcome import AwardFilling, OpenReason
from core.model.reminder import ReminderKind
from core.paper.render import ReportLabPaper
from core.services.services import Services
from core.services.verification import verify_package
from tests.core.played_days import Days, a_decision, a_revocation, marked_alike, named

YEAR = 2025
FIFTH, SIXTH = "滨湖社区楼宇经济联合会", "洁芳社区公益堂"
BEST, GOOD = "优秀社会组织奖", "良好社会组织奖"


@pytest.fixture
def days(sample: Services, paper: ReportLabPaper) -> Days:
    """The sample office's store, closed; its fifth and sixth are equals at the border of the places."""
    marked_alike(sample, YEAR, FIFTH, SIXTH)
    path = sample.store.path
    sample.close()
    return Days(path, paper)


def refused(code: str, act: Callable[..., object], *given: object, **by_name: object) -> None:
    with pytest.raises(AppError) as caught:
        act(*given, **by_name)
    assert caught.value.code == code


def test_a_year_from_opening_to_archive(days: Days, tmp_path: Path) -> None:
    compute(days)
    notice(days)
    object_during_the_notice(days)
    settle_and_confirm(days)
    announce_and_pay(days)
    revoke(days)
    archive_and_verify(days, tmp_path / "结果包.json")
    with days.on("2026-12-31") as office:
        assert office.cycles.path(YEAR).cycle.state is CycleState.ARCHIVED


def compute(days: Days) -> None:
    with days.on("2026-01-09") as office:
        refused("not_its_turn", office.cycles.publish, YEAR)
        assert office.cycles.path(YEAR).next_state is CycleState.COMPUTED
        office.assessments.compute(YEAR)
        refused("sheets_missing", office.cycles.publish, YEAR)
        refused("reason_empty", office.cycles.step_back, YEAR, " ")
        back = office.cycles.step_back(YEAR, "漏了一份评分表")
        assert (back.cycle.state, back.back_to) == (CycleState.OPEN, None)
        assert office.register.acts()[0].reason == "漏了一份评分表"
        office.assessments.compute(YEAR)
        assert {each.name for each in undecided(office)} == {FIFTH, SIXTH}


def notice(days: Days) -> None:
    with days.on("2026-01-08") as office:
        refused("clock_back", office.cycles.publish, YEAR, accept_missing=True)
    with days.on("2026-01-12") as office:
        path = office.cycles.publish(YEAR, accept_missing=True)
        assert (path.cycle.notice_from, path.cycle.notice_until) == ("2026-01-12", "2026-01-16")
        subject = named(office, YEAR, FIFTH)
        refused("cycle_frozen", office.assessments.compute, YEAR)
        mark = TypedMark(subject.id, "project", "1")
        refused("cycle_frozen", office.marks.enter, YEAR, "year", "self", mark)
        refused("cycle_frozen", office.entries.recuse, YEAR, subject.id, "year", "self", "亲属")
        bonus = Entry("", "", subject.id, EntryKind.BONUS, Decimal(1), "获奖", evidence="证书")
        refused("cycle_frozen", office.entries.add, YEAR, bonus)
        refused("no_way_back", office.cycles.step_back, YEAR, "想改")
        refused("notice_running", office.cycles.confirm, YEAR)


def object_during_the_notice(days: Days) -> None:
    with days.on("2026-01-14") as office:
        subject = named(office, YEAR, "凤凰社区平安巡逻队")
        said = Objection("", "", subject.id, "", "居民甲", "志愿者人数不实")
        register = office.objections.register
        refused("objection_incomplete", register, YEAR, replace(said, raised_by="", content=""))
        refused("subject_missing", register, YEAR, replace(said, subject_id="谁"))
        kept = register(YEAR, said)
        assert (kept.raised_on, kept.state) == ("2026-01-14", ObjectionState.REGISTERED)
        office.objections.check(kept.id, "纪检组", "已调阅名册")
        assert office.cycles.path(YEAR).held == {subject.id}
        assert next_words(office) == (
            "正在公示",
            "公示到 2026-01-16，1 个对象的异议没有办结；期满后确定结果。",
        )
    with days.on("2026-01-19") as office:
        refused("notice_over", office.objections.register, YEAR, said)


def settle_and_confirm(days: Days) -> None:
    with days.on("2026-01-20") as office:
        assert next_words(office) == (
            "确定考核结果",
            "公示已于 2026-01-16 期满，1 个对象的异议没有办结，可以确定结果。",
        )
        refused("objections_open", office.cycles.confirm, YEAR)
        refused("ties_undecided", office.cycles.confirm, YEAR, hold_objected=True)
        decide_the_tie(office)
        refused("objections_open", office.cycles.confirm, YEAR)
        view = office.assessments.year(YEAR)
        objection = view.objections[0]
        recheck = a_decision(DecisionKind.RECHECK, score=Decimal("90.5"))
        decide = office.objections.decide
        refused("decision_unasked", decide, objection.id, Ruling(False, "领导小组"), recheck)
        decide(objection.id, Ruling(True, "领导小组", answer="得分改为 90.50"), recheck)
        _, result = office.assessments.explain(YEAR, "凤凰社区平安巡逻队")
        assert (result.final, result.award) == (Decimal("90.50"), "")
        assert [step.rule for step in result.trace if step.title == "复核得分"] == ["R15"]
        refused("objection_closed", office.objections.withdraw, objection.id, "算了")
        assert office.cycles.confirm(YEAR).cycle.confirmed_on == "2026-01-20"


def next_words(office: Services) -> tuple[str, str]:
    step = office.assessments.path(YEAR).next_step
    return step.title, step.detail


def decide_the_tie(office: Services) -> None:
    fifth, sixth = named(office, YEAR, FIFTH), named(office, YEAR, SIXTH)
    tie = a_decision(DecisionKind.TIE, award="good", order=(sixth.id, fifth.id))
    decide = office.decisions.decide
    for missing in ("body", "persons", "reason"):
        refused("decision_wrong", decide, YEAR, replace(tie, **{missing: ""}))
    for day in ("", "2026-02-30", "2026-01-21"):
        refused("decision_wrong" if not day else "day_odd", decide, YEAR, replace(tie, decided_on=day))
    refused("decision_wrong", decide, YEAR, replace(tie, order=(sixth.id,)))
    refused("order_incomplete", decide, YEAR, replace(tie, order=(sixth.id, winner(office).id)))
    refused("no_tie", decide, YEAR, replace(tie, award="excellent"))
    refused("no_open_place", decide, YEAR, a_decision(DecisionKind.LEAVE_OPEN, award="excellent"))
    kept = decide(YEAR, tie)
    assert winners(office, GOOD)[-1] == SIXTH
    refused("decided_already", decide, YEAR, tie)
    office.decisions.lift(kept.id, "会议重开")
    assert {each.name for each in undecided(office)} == {FIFTH, SIXTH}
    refused("lifted_already", office.decisions.lift, kept.id, "再撤")
    decide(YEAR, tie)


def reminded(office: Services) -> list[str]:
    return [each.words for each in office.results.reminders(YEAR) if each.kind is ReminderKind.MONEY]


def announce_and_pay(days: Days) -> None:
    with days.on("2026-01-21") as office:
        refused("not_announced", office.award_money.propose, YEAR)
        assert reminded(office) == []
        first = winner(office)
        refused("revoke_early", office.decisions.revoke, YEAR, a_revocation(first.id))
        office.cycles.announce(YEAR)
        lines = office.award_money.propose(YEAR)
        assert [each.amount for each in lines] == [4_000_000] * 2 + [3_000_000] * 3
        assert office.award_money.propose(YEAR) == ()


def revoke(days: Days) -> None:
    with days.on("2026-02-03") as office:
        first, third = winner(office), winners(office, GOOD)[0]
        pay_out(office, first.name)
        refused("revocation_incomplete", office.decisions.revoke, YEAR, a_revocation(first.id, reason=""))
        kept = office.decisions.revoke(YEAR, a_revocation(first.id))
        refused("revoked_twice", office.decisions.revoke, YEAR, a_revocation(first.id))
        assert winners(office, BEST)[-1] == third
        assert reminded(office)[0].startswith("按现在的结果有 2 笔奖金（7万元）还没有登记")
        assert remarks(office) == {first.name: "不再得奖，应追回", third: "不再得奖，停止拨付"}
        assert office.results.payments(YEAR).note == (
            "台账 4 笔 140,000 元，已拨付 1 笔 40,000 元。另有 1 笔 30,000 元停止拨付。"
            "应追回 1 笔 40,000 元，已追回 0 元。按公布的结果还有 2 笔 70,000 元没有登记。"
        )
        assert (third, BEST) in {(each.winner, each.award) for each in office.award_money.propose(YEAR)}
        assert reminded(office) == []
        # Five and the two that moved up, without the line that was stopped.
        assert office.award_money.totals(MoneyBy.AWARD).rows[-1][:2] == ("合计", 6)
        office.decisions.lift_revocation(kept.id, "查无实据")
        assert winners(office, BEST)[0] == first.name
        assert remarks(office)[third] == "不再得奖，停止拨付"
        office.decisions.revoke(YEAR, a_revocation(first.id, promote=False))
        assert [each.reason for each in filled(office, BEST)] == [OpenReason.REVOKED]


def archive_and_verify(days: Days, package: Path) -> None:
    with days.on("2026-02-10") as office:
        assert "还没有生成通报" in office.cycles.path(YEAR).consequence
        office.cycles.archive(YEAR)
        assert office.cycles.path(YEAR).next_state is None
        grade = a_decision(DecisionKind.GRADE, grade="合格", subject_id=winner(office).id)
        refused("cycle_archived", office.decisions.decide, YEAR, grade)
        found = office.verification.verify(YEAR)
        assert (found.holds, found.subjects) == (True, 60)
        package.write_bytes(office.verification.package(YEAR))
    assert verify_package(package).holds


def undecided(office: Services) -> list[Subject]:
    outcome = office.assessments.outcome(YEAR)
    waiting = {one for award in outcome.outcome.awards for one in award.undecided}
    return [each for each in outcome.view.subjects if each.id in waiting]


def filled(office: Services, award: str) -> list[AwardFilling]:
    return [each for each in office.assessments.outcome(YEAR).outcome.awards if each.name == award]


def winners(office: Services, award: str) -> list[str]:
    names = {each.id: each.name for each in office.assessments.year(YEAR).subjects}
    return [names[one] for each in filled(office, award) for one in each.winners]


def winner(office: Services) -> Subject:
    return named(office, YEAR, winners(office, BEST)[0])


def pay_out(office: Services, name: str) -> None:
    with office.store.writing(ActDraft("拨付", "录入员")) as work:
        lines = [each for each in work.all(AwardPayment) if each.winner == name]
        work.change([replace(each, paid_on=PartialDate(2026, 1, 30)) for each in lines])


def remarks(office: Services) -> dict[str, str]:
    with office.store.reading() as view:
        return {each.winner: each.remarks for each in view.all(AwardPayment) if each.remarks}
