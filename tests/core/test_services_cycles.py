"""Several cycles, opening, ballots, entries by hand: what goes and what is refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from core.errors import AppError
from core.model.assessment import ChosenWeight, Cycle, CycleState, Entry, EntryKind, Result, SchemeText
from core.model.certificate import CertificateRequest
from core.model.cycle_path import CyclePath
from core.model.decision import DecisionKind
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.money_report import MoneyBy
from core.model.objection import Objection
from core.model.objection_ruling import Ruling
from core.model.opening import Opening, Participant
from core.model.scheme import Visibility, Visible
from core.model.visibility import Seen
from core.paper.render import ReportLabPaper
from core.rules.scheme_file import read_scheme
from core.rules.visibility import may_see
from core.services.services import Services
from tests.core.housing_areas import (
    AREAS,
    LISTED,
    YEAR,
    come_to_the_notice,
    keep_areas,
    mark,
    open_areas,
    play,
    vote,
)
from tests.core.played_days import Days, a_decision, named


@pytest.fixture
def areas(services: Services) -> Iterator[Services]:
    """An office with the scheme of housing areas, its first quarter open."""
    keep_areas(services)
    open_areas(services)
    yield services


def refused(code: str, act: Callable[..., object], *given: object, **by_name: object) -> None:
    with pytest.raises(AppError) as caught:
        act(*given, **by_name)
    assert caught.value.code == code


def test_several_cycles_of_a_year_are_told_by_their_codes(sample: Services) -> None:
    keep_areas(sample)
    open_areas(sample)
    assert [(each.code, each.title) for each in sample.assessments.cycles(YEAR)] == [
        ("subdistrict-year", "街道社会组织年度考核"),
        ("q1", "第一季度"),
    ]
    assert len(sample.assessments.year(YEAR).subjects) == 60
    assert [each.name for each in sample.assessments.year(YEAR, "q1").subjects] == ["甲小区", "乙小区"]
    assert {each.kind for each in sample.assessments.year(YEAR, "q1").subjects} == {"小区"}
    refused("cycle_missing", sample.assessments.year, YEAR, "q9")
    refused("cycle_exists", open_areas, sample)
    refused("scheme_missing", sample.assessments.open_year, YEAR, Opening("没有"))
    refused("participants_empty", sample.assessments.open_year, YEAR, Opening("areas", "q2"))
    mark(sample, YEAR, "甲小区", "95", "q1")
    assert not sample.assessments.year(YEAR).stale
    assert sample.assessments.years() == (YEAR,)
    assert sample.cycles.rename(YEAR, " 第一季度评比 ", "q1").cycle.title == "第一季度评比"
    sample.versions.undo(sample.versions.newest_undoable() or 0)
    assert sample.assessments.year(YEAR, "q1").cycle.title == "第一季度"
    refused("title_empty", sample.cycles.rename, YEAR, " ")
    refused("text_not_accepted", sample.cycles.rename, YEAR, "长" * 101)


@pytest.mark.parametrize("opening", [Opening(code="长" * 101), Opening(title="第一\x00季度")])
def test_a_code_or_title_that_is_none_opens_nothing(sample: Services, opening: Opening) -> None:
    refused("text_not_accepted", sample.assessments.open_year, 2026, opening)
    assert sample.assessments.years() == (YEAR,)


def test_a_frozen_scheme_is_not_checked_by_newer_rules(areas: Services) -> None:
    condition = 'conditions = [{ fact = "filed_on", until = "2025-06-31" }]\n'
    with areas.store.writing(ActDraft("改", "测试")) as work:
        (kept,) = work.all(SchemeText)
        work.change([replace(kept, text=kept.text.replace("[[lists]]", f"{condition}[[lists]]"))])
    assert areas.assessments.year(YEAR).scheme.awards[0].conditions[0].until == "2025-06-31"
    refused("scheme_invalid", areas.schemes.scheme, "areas")


def test_a_cycle_from_before_there_were_codes_has_its_schemes(areas: Services) -> None:
    with areas.store.writing(ActDraft("改", "测试")) as work:
        work.change([replace(work.all(Cycle)[0], code="", title="")])
    assert areas.assessments.year(YEAR, "areas") == areas.assessments.year(YEAR)
    refused("cycle_exists", open_areas, areas, YEAR, "areas")
    refused("cycle_missing", areas.assessments.year, YEAR, "q1")


def test_a_mistyped_veto_is_none(sample: Services) -> None:
    subject = sample.assessments.year(YEAR).assessed[0]
    veto = Entry("", "", subject.id, EntryKind.VETO, None, "发生事故", item="saftey", evidence="通报")
    refused("veto_unknown", sample.entries.add, YEAR, veto)
    assert sample.entries.add(YEAR, replace(veto, item="")).item == ""


def test_a_notice_that_has_not_begun_is_waited_for(areas: Services, paper: ReportLabPaper) -> None:
    days = Days(areas.store.path, paper)
    areas.close()
    with days.on("2026-01-12") as office:
        come_to_the_notice(office, YEAR, "q1", first=date(2026, 1, 14))
        assert [each.code for each in office.cycles.path(YEAR).blockers] == ["notice_running"]


def test_a_clock_set_back_computes_nothing(areas: Services, paper: ReportLabPaper) -> None:
    mark(areas, YEAR, "甲小区", "95")
    days = Days(areas.store.path, paper)
    areas.close()
    with days.on("2026-01-07") as office:
        refused("clock_back", office.assessments.compute, YEAR)
        assert office.assessments.year(YEAR).cycle.state is CycleState.OPEN


def test_a_preview_of_opening_stores_nothing(sample: Services) -> None:
    before = sample.register.acts()
    preview = sample.assessments.preview_opening(2026)
    assert (len(preview.subjects), len(preview.barred)) == (60, 2)
    facts = {name: text for name, text in preview.subjects[0].facts}
    assert facts["opened_on"] == "2026-01-08"
    assert facts["status"] == "正常"
    assert sample.register.acts() == before


def test_ballots_are_entered_twice_by_two_people(areas: Services) -> None:
    enter, box = areas.ballots.enter, areas.ballots
    first = vote(areas, "甲小区", 1, "45", "40")
    refused("ballot_missing", enter, YEAR, first, "乙", second=True)
    refused("ballot_answers", enter, YEAR, replace(first, answers=("45",)), "甲")
    refused("person_empty", enter, YEAR, first, " ")
    refused("box_missing", enter, YEAR, replace(first, rater="desk"), "甲")
    enter(YEAR, first, "甲")
    refused("ballot_entered", enter, YEAR, first, "丙")
    assert box.waiting(YEAR, "residents", "box", first.subject_id) == (1,)
    refused("same_person", enter, YEAR, first, "甲", second=True)
    differing = enter(YEAR, replace(first, answers=("54", "40")), "乙", second=True)
    assert box.differences(YEAR) == (differing,)
    settled = box.resolve(differing.id, ("45", "40"), "丙")
    assert settled.counts and not box.differences(YEAR)
    refused("no_difference", box.resolve, differing.id, ("45", "40"), "丙")
    second = vote(areas, "甲小区", 2, "45", "40")
    enter(YEAR, second, "甲")
    torn = enter(YEAR, replace(second, answers=("46", "40")), "乙", second=True)
    box.invalidate(torn.id, "不是居民")
    refused("invalid_already", box.resolve, torn.id, ("45", "40"), "丙")
    assert [each.invalid for each in areas.assessments.year(YEAR).ballots] == ["", "不是居民"]


def test_only_valid_ballots_count_and_too_few_are_none(areas: Services) -> None:
    for number, answers in ((1, ("45", "40")), (2, ("", "40")), (3, ("60", "40"))):
        for second, by in ((False, "甲"), (True, "乙")):
            areas.ballots.enter(YEAR, vote(areas, "甲小区", number, *answers), by, second=second)
    tally = areas.ballots.tally(YEAR)[0]
    assert (tally.entered, tally.invalid, tally.valid, tally.minimum) == (3, 2, 1, 2)
    reasons = [each.invalid for each in areas.assessments.year(YEAR).ballots]
    assert reasons == ["", "第 1 项“保洁”没有填", "第 1 项“保洁”填了“60”，应在 0 至 50 分之间"]
    assert len(areas.assessments.year(YEAR).progress[1].missing) == 2
    for second, by in ((False, "甲"), (True, "乙")):
        areas.ballots.enter(YEAR, vote(areas, "甲小区", 4, "50", "45"), by, second=second)
    mark(areas, YEAR, "甲小区", "90")
    mark(areas, YEAR, "乙小区", "80")
    areas.assessments.compute(YEAR)
    # 检查 90 × 60% + 居民测评 (85 + 95) ÷ 2 × 40% = 54 + 36
    _, result = areas.assessments.explain(YEAR, "甲小区")
    assert result.final == Decimal(90)
    ballot = areas.assessments.year(YEAR).ballots[3]
    areas.ballots.invalidate(ballot.id, "不是本小区居民")
    assert areas.assessments.year(YEAR).stale
    refused("invalid_already", areas.ballots.invalidate, ballot.id, "再废")


def test_entries_by_hand_need_a_reason_and_a_proof(sample: Services) -> None:
    subject = named(sample, YEAR, "松枫社区公益堂")
    bonus = Entry("", "", subject.id, EntryKind.BONUS, Decimal(2), "市级先进", evidence="市政府文件")
    for gap in ({"reason": " "}, {"evidence": ""}, {"kind": EntryKind.DIRECT}):
        refused("entry_incomplete", sample.entries.add, YEAR, replace(bonus, **gap))
    refused("points_unasked", sample.entries.add, YEAR, replace(bonus, kind=EntryKind.VETO))
    refused("assessment_input", sample.entries.add, YEAR, replace(bonus, points=Decimal(-2)))
    refused("day_odd", sample.entries.add, YEAR, replace(bonus, dated_on="2026-02-30"))
    refused("subject_missing", sample.entries.add, YEAR, replace(bonus, subject_id="谁"))
    barred = named(sample, YEAR, "东升社区天使儿女关爱队").id
    refused("subject_barred", sample.entries.add, YEAR, replace(bonus, subject_id=barred))
    refused("subject_barred", sample.entries.recuse, YEAR, barred, "year", "self", "亲属")
    before = sample.assessments.compute(YEAR)
    kept = sample.entries.add(YEAR, bonus)
    assert (kept.source.person, kept.dated_on) == ("录入员", "2026-01-08")
    after = sample.assessments.compute(YEAR)

    def final(computed: object, subject_id: str = subject.id) -> Decimal:
        return next(each.final for each in computed.outcome.results if each.subject_id == subject_id)

    assert final(after) - final(before) == 2
    sample.entries.lift(kept.id, "文件撤销")
    refused("lifted_already", sample.entries.lift, kept.id, "再")
    assert final(sample.assessments.compute(YEAR)) == final(before)
    # A program that computed otherwise kept something else.
    with sample.store.writing(ActDraft("改", "测试")) as work:
        work.change([replace(work.all(Result, subject_id=subject.id)[0], grade="优越")])
    assert not sample.verification.verify(YEAR).holds
    sample.assessments.compute(YEAR)
    assert sample.verification.verify(YEAR).holds


def test_a_recused_rater_is_left_out_until_it_is_taken_back(sample: Services) -> None:
    subject = named(sample, YEAR, "松枫社区公益堂")
    sheet = next(each for each in sample.assessments.year(YEAR).sheets if each.subject_id == subject.id)
    refused("reason_empty", sample.entries.recuse, YEAR, subject.id, "year", sheet.rater, "")
    refused("rater_missing", sample.entries.recuse, YEAR, subject.id, "year", "谁", "亲属")
    sample.entries.recuse(YEAR, subject.id, "year", sheet.rater, "负责人亲属")
    recused = next(each for each in sample.assessments.year(YEAR).sheets if each.id == sheet.id)
    assert (recused.recused, recused.marks) == ("负责人亲属", sheet.marks)
    sample.entries.unrecuse(YEAR, subject.id, "year", sheet.rater)
    refused("recusal_missing", sample.entries.unrecuse, YEAR, subject.id, "year", sheet.rater)


def test_a_scheme_that_asks_for_it_is_reported_first_and_noticed_long_enough(
    areas: Services, paper: ReportLabPaper
) -> None:
    for name in ("甲小区", "乙小区"):
        mark(areas, YEAR, name, "95")
    areas.assessments.compute(YEAR)
    days = Days(areas.store.path, paper)
    areas.close()
    with days.on("2026-01-09") as office:
        refused("not_its_turn", office.cycles.publish, YEAR, accept_missing=True)
        refused("sheets_missing", office.cycles.report, YEAR)
        reported = office.cycles.report(YEAR, accept_missing=True)
        assert reported.cycle.reported_to == "组织人事部门"
        refused("cycle_frozen", mark, office, YEAR, "甲小区", "1")
        refused("cycle_frozen", office.cycles.rename, YEAR, "第一季度")
        back = office.cycles.step_back(YEAR, "漏一票")
        assert (back.cycle.state, back.cycle.reported_on) == (CycleState.COMPUTED, "")
        office.cycles.report(YEAR, accept_missing=True)
        until = datetime(2026, 1, 12).date()
        refused("notice_short", office.cycles.publish, YEAR, last=until)
        for odd in (until.replace(year=2062), date.min, date.max):
            refused("day_odd", office.cycles.publish, YEAR, first=odd)
            refused("day_odd", office.cycles.publish, YEAR, last=odd)
        assert _notice(office.cycles.publish(YEAR)) == ("2026-01-09", "2026-01-13")


def _notice(path: CyclePath) -> tuple[str, str]:
    return path.cycle.notice_from, path.cycle.notice_until


def test_undo_does_not_pass_the_gates(sample: Services) -> None:
    act = next(each for each in sample.register.acts() if each.verb == "导入评分表")
    sample.assessments.compute(YEAR)
    sample.cycles.publish(YEAR, accept_missing=True)
    gate = sample.register.acts()[0]
    refused("undo_never", sample.versions.undo, gate.number)
    refused("undo_never", sample.versions.undo, act.number)
    assert sample.register.acts()[0] == gate


def test_the_bin_gives_no_sheets_back_to_a_frozen_cycle(sample: Services) -> None:
    act = next(each for each in sample.register.acts() if each.verb == "导入评分表")
    undone = sample.versions.undo(act.number)
    mark_in_year(sample)
    sample.assessments.compute(YEAR)
    sample.cycles.publish(YEAR, accept_missing=True)
    entry = next(each for each in sample.versions.bin() if each.kind == "score_sheets")
    refused("restore_never", sample.versions.restore, undone.number, entry.record_id)
    assert sample.verification.verify(YEAR).holds


def mark_in_year(office: Services) -> None:
    subject = office.assessments.year(YEAR).assessed[0]
    office.marks.enter(YEAR, "year", "self", TypedMark(subject.id, "project", "9"))


def test_undo_takes_no_objection_away_after_the_notice(areas: Services, paper: ReportLabPaper) -> None:
    days = Days(areas.store.path, paper)
    areas.close()
    with days.on("2026-01-12") as office:
        come_to_the_notice(office, YEAR, "q1")
        winner = named(office, YEAR, "甲小区")
        office.objections.register(YEAR, Objection("", "", winner.id, "", "居民", "写错了人"))
        office.versions.undo(office.register.acts()[0].number)
        office.objections.register(YEAR, Objection("", "", winner.id, "", "居民", "楼道未清"))
        registered = office.register.acts()[0]
    with days.on("2026-01-19") as office:
        office.cycles.confirm(YEAR, hold_objected=True)
        refused("undo_never", office.versions.undo, registered.number)
        assert office.cycles.path(YEAR).held == {winner.id}
        objection = office.assessments.year(YEAR).objections[0]
        office.objections.check(objection.id, "纪检组", "楼道已清")
        assert office.objections.withdraw(objection.id, "误会").finding == "楼道已清；误会"
        assert office.cycles.path(YEAR).held == frozenset()


def test_a_decision_is_lifted_and_not_undone(areas: Services) -> None:
    mark(areas, YEAR, "甲小区", "95")
    areas.assessments.compute(YEAR)
    about = {"subject_id": named(areas, YEAR, "甲小区").id, "grade": "合格", "decided_on": "2026-01-08"}
    for wrong in ({"reason": " "}, {"score": Decimal(90)}, {"award": "best"}):
        decision = a_decision(DecisionKind.GRADE, **about, **wrong)
        refused("decision_wrong", areas.decisions.decide, YEAR, decision)
    areas.decisions.decide(YEAR, a_decision(DecisionKind.GRADE, **about))
    with pytest.raises(AppError) as caught:
        areas.versions.undo(areas.register.acts()[0].number)
    assert "撤下那个决定" in caught.value.message_zh


def test_money_is_summed_by_year_award_category_and_community(areas: Services, paper: ReportLabPaper) -> None:
    days = Days(areas.store.path, paper)
    areas.close()
    play(days, YEAR, "q1", "2026-01-12", "2026-01-19")
    with days.on("2026-01-20") as office:
        for by, name in zip(MoneyBy, ("2025", "最佳小区", "没有写明", "没有写明"), strict=True):
            sheet = office.award_money.totals(by)
            assert [row[:4] for row in sheet.rows] == [
                (name, 1, Decimal("1000.00"), Decimal("0.00")),
                ("合计", 1, Decimal("1000.00"), Decimal("0.00")),
            ]


def test_a_held_subject_waits_while_the_others_go_on(areas: Services, paper: ReportLabPaper) -> None:
    days = Days(areas.store.path, paper)
    areas.close()
    with days.on("2026-01-12") as office:
        come_to_the_notice(office, YEAR, "q1")
        winner = named(office, YEAR, "甲小区")
        objection = office.objections.register(YEAR, Objection("", "", winner.id, "", "居民", "楼道未清"))
    with days.on("2026-01-19") as office:
        refused("objections_open", office.cycles.confirm, YEAR)
        assert office.cycles.confirm(YEAR, hold_objected=True).held == {winner.id}
        office.cycles.announce(YEAR)
        assert office.award_money.propose(YEAR) == ()
        refused("no_winner", office.certificates.prepare, CertificateRequest(year=YEAR))
        refused("objections_open", office.cycles.archive, YEAR)
        refused("not_decided", office.objections.answer, objection.id, "已核实")
        office.objections.decide(objection.id, Ruling(False, "领导小组"))
        refused("day_odd", office.objections.answer, objection.id, "已清理", date(2026, 1, 18))
        assert office.objections.answer(objection.id, "已清理").answered_on == "2026-01-19"
        assert [each.winner for each in office.award_money.propose(YEAR)] == ["甲小区"]
        office.cycles.archive(YEAR)


@pytest.mark.parametrize(
    ("setting", "own_delivered", "seen"),
    [
        (Visible.NEVER, True, False),
        (Visible.AFTER_OWN, False, False),
        (Visible.AFTER_OWN, True, True),
        (Visible.ALWAYS, False, True),
    ],
)
def test_what_raters_see_of_each_other(setting: Visible, own_delivered: bool, seen: bool) -> None:
    stage = replace(read_scheme(LISTED).stages[0], visibility=Visibility(ranks=setting))
    assert may_see(stage, Seen.RANKS, own_delivered=own_delivered) is seen
    assert not may_see(stage, Seen.SHEETS, own_delivered=True)


def test_the_weights_that_a_cycle_chose_are_those_of_its_view(sample: Services) -> None:
    chosen = tuple(
        ChosenWeight("year", rater, Decimal(weight), category)
        for category, weights in (("", (60, 40)), ("治安消防", (100, 0)))
        for rater, weight in zip(("party", "unit"), weights, strict=True)
    )
    teams = (Participant("巡查一队", category="综合巡查"), Participant("消防队", category="治安消防"))
    view = sample.assessments.open_year(2024, Opening("joint-teams", weights=chosen, participants=teams))
    raters = view.scheme.stages[0].raters
    assert [(each.weight, each.weight_for("治安消防")[0]) for each in raters] == [(60, 100), (40, 0)]
    # The unit has no weight for the firemen: it owes no sheet for them.
    assert [(each.rater, each.expected) for each in view.progress] == [(raters[0], 2), (raters[1], 1)]
    assert [each.weights for each in view.progress] == [(100, 60), (40,)]


def test_settled_weights_are_refused_where_the_scheme_has_them_fixed(areas: Services) -> None:
    opening = Opening("areas", "q2", weights=(ChosenWeight("check", "desk", Decimal(2)),), participants=AREAS)
    before = areas.register.acts()
    refused("weights_wrong", areas.assessments.open_year, YEAR, opening)
    assert areas.register.acts() == before
