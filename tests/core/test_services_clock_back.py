"""A clock set back: every desk of a cycle refuses, open, noticed or announced, and nothing is stored."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import RuleViolation
from core.model.assessment import Entry, EntryKind, MarkNote, ScoreSheet
from core.model.decision import DecisionKind
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.objection import Objection
from core.model.objection_ruling import Ruling
from core.paper.render import ReportLabPaper
from core.services.services import Services
from tests.conftest import copied, services_over
from tests.core.housing_areas import YEAR, come_to_the_notice, keep_areas, mark, open_areas, vote
from tests.core.played_days import Days, a_decision, a_revocation, named

Door = Callable[[Services], object]
MARKED, DAY_BEFORE = "2026-01-12", "2026-01-11"
DECIDED, DAY_BEFORE_DECIDED = "2026-01-14", "2026-01-13"
REVOKED, DAY_BEFORE_REVOKED = "2026-01-21", "2026-01-20"


@pytest.fixture(scope="module")
def opened(office_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Path:
    """The store of an office whose first quarter of housing areas is open."""
    path = copied(office_store, tmp_path_factory.mktemp("opened"))
    with closing(services_over(path, paper)) as office:
        keep_areas(office)
        open_areas(office)
    return path


@pytest.fixture(scope="module")
def marked(opened: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Path:
    """The quarter with marks, ballots and an entry, computed."""
    days = Days(copied(opened, tmp_path_factory.mktemp("marked")), paper)
    with days.on(MARKED) as office:
        mark(office, YEAR, "甲小区", "95")
        first = vote(office, "甲小区", 1, "45", "40")
        office.ballots.enter(YEAR, first, "甲")
        office.ballots.enter(YEAR, replace(first, answers=("44", "40")), "乙", second=True)
        office.ballots.enter(YEAR, replace(first, number=2), "甲")
        office.entries.add(YEAR, bonus(office))
        office.entries.recuse(YEAR, named(office, YEAR, "乙小区").id, "check", "desk", "亲属")
        office.assessments.compute(YEAR)
    return days.path


@pytest.fixture(scope="module")
def decided(opened: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Path:
    """The quarter in its public notice, with an objection, one that is decided, and a decision."""
    days = Days(copied(opened, tmp_path_factory.mktemp("decided")), paper)
    with days.on(MARKED) as office:
        come_to_the_notice(office, YEAR, "q1")
        office.objections.register(YEAR, objection(office, "甲小区"))
        other = office.objections.register(YEAR, objection(office, "乙小区"))
        office.objections.decide(other.id, Ruling(False, "领导小组"))
    with days.on(DECIDED) as office:
        office.decisions.decide(YEAR, grade(office, "乙小区"))
    return days.path


@pytest.fixture(scope="module")
def revoked(decided: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper) -> Path:
    """The quarter announced, with an objection that is still open and a revocation."""
    days = Days(copied(decided, tmp_path_factory.mktemp("revoked")), paper)
    with days.on("2026-01-19") as office:
        office.cycles.confirm(YEAR, hold_objected=True)
        office.cycles.announce(YEAR)
    with days.on(REVOKED) as office:
        office.decisions.revoke(YEAR, revocation(office, "乙小区"))
    return days.path


def bonus(office: Services) -> Entry:
    subject = named(office, YEAR, "甲小区")
    return Entry("", "", subject.id, EntryKind.BONUS, Decimal(1), "获奖", evidence="证书")


def objection(office: Services, name: str) -> Objection:
    return Objection("", "", named(office, YEAR, name).id, "", "居民", "不实")


def grade(office: Services, name: str) -> object:
    subject = named(office, YEAR, name)
    return a_decision(DecisionKind.GRADE, grade="合格", subject_id=subject.id, decided_on=MARKED)


def revocation(office: Services, name: str) -> object:
    return a_revocation(named(office, YEAR, name).id, dated_on="2026-01-19")


def sheet(office: Services) -> ScoreSheet:
    subject = named(office, YEAR, "甲小区")
    return next(each for each in office.assessments.year(YEAR).sheets if each.subject_id == subject.id)


def typed(office: Services) -> TypedMark:
    return TypedMark(sheet(office).subject_id, "total", "94")


def noted(office: Services) -> object:
    note = MarkNote("total", "看过现场")
    return office.marks.note(YEAR, "check", "desk", sheet(office).subject_id, note)


def voted(office: Services, number: int, *, second: bool) -> object:
    ballot = vote(office, "甲小区", number, "45", "40")
    return office.ballots.enter(YEAR, ballot, "乙", second=second)


def resolved(office: Services) -> object:
    return office.ballots.resolve(office.ballots.differences(YEAR)[0].id, ("45", "40"), "丙")


def invalidated(office: Services) -> object:
    return office.ballots.invalidate(office.assessments.year(YEAR).ballots[0].id, "不是居民")


def recused(office: Services) -> object:
    return office.entries.recuse(YEAR, sheet(office).subject_id, "check", "desk", "亲属")


def unrecused(office: Services) -> object:
    return office.entries.unrecuse(YEAR, named(office, YEAR, "乙小区").id, "check", "desk")


OF_AN_OPEN_CYCLE: dict[str, Door] = {
    "一格评分": lambda office: office.marks.enter(YEAR, "check", "desk", typed(office)),
    "一块评分": lambda office: office.marks.enter_block(YEAR, "check", "desk", [typed(office)]),
    "评分说明": noted,
    "核定合计": lambda office: office.marks.settle_total(sheet(office).id, "以明细为准"),
    "发出评分表": lambda office: office.score_sheets.send_out(YEAR, office.store.path.parent),
    "测评票第一遍": lambda office: voted(office, 3, second=False),
    "测评票第二遍": lambda office: voted(office, 2, second=True),
    "核对测评票": resolved,
    "作废测评票": invalidated,
    "登记加分": lambda office: office.entries.add(YEAR, replace(bonus(office), reason="又获奖")),
    "解除加分": lambda office: office.entries.lift(office.assessments.year(YEAR).entries[0].id, "误记"),
    "登记回避": recused,
    "取消回避": unrecused,
    "计算": lambda office: office.assessments.compute(YEAR),
}


def raised(office: Services, place: int = 0) -> str:
    return office.assessments.year(YEAR).objections[place].id


def kept_decision(office: Services) -> str:
    return office.assessments.year(YEAR).decisions[0].id


DURING_A_NOTICE: dict[str, Door] = {
    "作出决定": lambda office: office.decisions.decide(YEAR, grade(office, "甲小区")),
    "撤下决定": lambda office: office.decisions.lift(kept_decision(office), "误记"),
    "登记异议": lambda office: office.objections.register(YEAR, objection(office, "甲小区")),
    "核查异议": lambda office: office.objections.check(raised(office), "纪检组"),
    "处理异议": lambda office: office.objections.decide(raised(office), Ruling(False, "领导小组")),
    "答复异议": lambda office: office.objections.answer(raised(office, 1), "已核实"),
    "撤回异议": lambda office: office.objections.withdraw(raised(office), "算了"),
}


def kept_revocation(office: Services) -> str:
    return office.assessments.year(YEAR).revocations[0].id


AFTER_THE_ANNOUNCEMENT: dict[str, Door] = {
    "作出决定": lambda office: office.decisions.decide(YEAR, grade(office, "甲小区")),
    "处理异议": lambda office: office.objections.decide(raised(office), Ruling(False, "领导小组")),
    "撤销结果": lambda office: office.decisions.revoke(YEAR, revocation(office, "甲小区")),
    "取消撤销": lambda office: office.decisions.lift_revocation(kept_revocation(office), "查无实据"),
}


def refused_before(days: Days, before: str, last: str, door: Door) -> None:
    """Refused on the day before the last step, with nothing in the journal; and open on the day itself.

    Then the clock is looked at once: an act that passes midnight has one day.
    """
    with days.on(before) as office:
        acts = office.register.acts(1)
        with pytest.raises(RuleViolation) as refused:
            door(office)
        assert refused.value.code == "clock_back"
        assert refused.value.message_zh == f"今天是 {before}，早于上一步的日期 {last}。"
        assert refused.value.remedy_zh == "请核对电脑的日期；没有改动任何内容。"
        assert office.register.acts(1) == acts
    reads: list[datetime] = []
    with days.on(last, reads) as office:
        reads.clear()
        door(office)
    assert len(reads) == 1


@pytest.mark.parametrize("door", OF_AN_OPEN_CYCLE.values(), ids=OF_AN_OPEN_CYCLE)
def test_an_open_cycle_takes_nothing_in(
    marked: Path, tmp_path: Path, paper: ReportLabPaper, door: Door
) -> None:
    refused_before(Days(copied(marked, tmp_path), paper), DAY_BEFORE, MARKED, door)


@pytest.mark.parametrize("door", DURING_A_NOTICE.values(), ids=DURING_A_NOTICE)
def test_during_a_notice_nothing_is_decided_and_no_objection_handled(
    decided: Path, tmp_path: Path, paper: ReportLabPaper, door: Door
) -> None:
    refused_before(Days(copied(decided, tmp_path), paper), DAY_BEFORE_DECIDED, DECIDED, door)


@pytest.mark.parametrize("door", AFTER_THE_ANNOUNCEMENT.values(), ids=AFTER_THE_ANNOUNCEMENT)
def test_after_the_announcement_nothing_is_decided_or_revoked(
    revoked: Path, tmp_path: Path, paper: ReportLabPaper, door: Door
) -> None:
    refused_before(Days(copied(revoked, tmp_path), paper), DAY_BEFORE_REVOKED, REVOKED, door)


def test_a_gate_looks_at_the_clock_once(marked: Path, tmp_path: Path, paper: ReportLabPaper) -> None:
    days = Days(copied(marked, tmp_path), paper)
    gates: dict[str, tuple[Door, ...]] = {
        MARKED: (
            lambda office: office.cycles.report(YEAR, accept_missing=True),
            lambda office: office.cycles.step_back(YEAR, "漏了一份"),
            lambda office: office.cycles.report(YEAR, accept_missing=True),
            lambda office: office.cycles.publish(YEAR),
        ),
        "2026-01-19": (
            lambda office: office.cycles.confirm(YEAR),
            lambda office: office.cycles.announce(YEAR),
            lambda office: office.cycles.archive(YEAR),
        ),
    }
    for day, doors in gates.items():
        reads: list[datetime] = []
        with days.on(day, reads) as office:
            for door in doors:
                reads.clear()
                door(office)
                assert len(reads) == 1


def test_sheets_in_files_are_neither_read_nor_stored(
    sample_store: Path, tmp_path: Path, paper: ReportLabPaper, data: Path
) -> None:
    days = Days(copied(sample_store, tmp_path), paper)
    file = Path(shutil.copy(data / "scores.xlsx", tmp_path))
    with days.on("2026-01-08") as office:
        with office.store.writing(ActDraft("清空评分", "测试")) as work:
            work.remove(work.all(ScoreSheet))
        preview = office.score_import.preview(YEAR, file)
    doors: tuple[Door, ...] = (
        lambda office: office.score_import.preview(YEAR, file),
        lambda office: office.score_sheets.take_back(YEAR, [file]),
        lambda office: office.score_import.apply(preview),
    )
    for door in doors:
        refused_before(days, "2026-01-07", "2026-01-08", door)
    with days.on("2026-01-08") as office:
        assert len(office.assessments.year(YEAR).sheets) == len(preview.sheets) > 0


def test_before_the_first_day_of_a_notice_both_ways_out_are_named(
    opened: Path, tmp_path: Path, paper: ReportLabPaper
) -> None:
    days = Days(copied(opened, tmp_path), paper)
    with days.on(MARKED) as office:
        come_to_the_notice(office, YEAR, "q1", first=date(2026, 1, 14))
    doors = (DURING_A_NOTICE["作出决定"], DURING_A_NOTICE["登记异议"])
    for day, code in ((DAY_BEFORE_DECIDED, "notice_ahead"), (DAY_BEFORE, "clock_back")):
        with days.on(day) as office:
            acts = office.register.acts(1)
            for door in doors:
                with pytest.raises(RuleViolation) as refused:
                    door(office)
                assert refused.value.code == code
            assert office.register.acts(1) == acts
            said = refused.value.message_zh + refused.value.remedy_zh
            assert ("公示 2026-01-14 才开始，今天是 2026-01-13" in said) is (code == "notice_ahead")
            assert "电脑的日期" in said
    with days.on("2026-01-14") as office:
        for door in doors:
            door(office)
