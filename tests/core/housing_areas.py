"""A small scheme whose subjects stand in a list: a desk marks, residents vote; and what is done with it."""

from datetime import date, datetime

from core.model.ballot_view import Vote
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.opening import Opening, Participant
from core.rules.scheme_file import read_scheme
from core.services.schemes import keep_scheme
from core.services.services import Services
from tests.core.played_days import Days, named

YEAR = 2025
LISTED = """
code = "areas"
name = "小区评比"
source = "测试"
full = 100
below_name = "不合格"
report_to = "组织人事部门"
notice_days = 3
budget_yuan = 1000
[subjects]
source = "list"
kind = "小区"
[score]
floor = 0
cap = 100
[[bands]]
name = "优秀"
floor = 90
[[bands]]
name = "合格"
floor = 60
[[stages]]
code = "check"
name = "检查"
full = 100
weight = 60
raters = [{ code = "desk", name = "社会事务办", weight = 1 }]
[[stages]]
code = "residents"
name = "居民测评"
full = 100
weight = 40
raters = [{ code = "box", name = "票箱", weight = 1, ballots = true, minimum_ballots = 2 }]
indicators = [
    { code = "clean", name = "保洁", full = 50 },
    { code = "safe", name = "安全", full = 50 },
]
[[awards]]
code = "best"
name = "最佳小区"
grades = ["优秀"]
places = "number"
number = 1
amount_yuan = 1000
[[lists]]
code = "kept"
name = "保留名单"
grades = ["优秀"]
"""
AREAS = (Participant("甲小区"), Participant("乙小区", category="老旧"))


def keep_areas(services: Services) -> None:
    with services.store.writing(ActDraft("导入方案", "测试")) as work:
        keep_scheme(work, read_scheme(LISTED), LISTED, datetime(2026, 1, 5, 9, 0))


def open_areas(services: Services, year: int = YEAR, code: str = "q1") -> None:
    services.assessments.open_year(year, Opening("areas", code, "第一季度", participants=AREAS))


def mark(services: Services, year: int, name: str, points: str, cycle: str = "") -> None:
    subject = named(services, year, name, cycle)
    services.marks.enter(year, "check", "desk", TypedMark(subject.id, "total", points), cycle)


def vote(services: Services, name: str, number: int, *answers: str, cycle: str = "") -> Vote:
    return Vote("residents", "box", named(services, YEAR, name, cycle).id, number, answers)


def come_to_the_notice(office: Services, year: int, code: str, first: date | None = None) -> None:
    for name, points in (("甲小区", "95"), ("乙小区", "91")):
        mark(office, year, name, points, code)
        subject = named(office, year, name, code)
        for number, by in ((1, "甲"), (2, "丙")):
            ballot = Vote("residents", "box", subject.id, number, ("50", "48"))
            office.ballots.enter(year, ballot, by, cycle=code)
            office.ballots.enter(year, ballot, "乙", second=True, cycle=code)
    office.assessments.compute(year, code)
    office.cycles.report(year, cycle=code)
    office.cycles.publish(year, first, cycle=code)


def play(days: Days, year: int, code: str, noticed: str, confirmed: str) -> None:
    """From marks to the announcement."""
    with days.on(noticed) as office:
        come_to_the_notice(office, year, code)
    with days.on(confirmed) as office:
        office.cycles.confirm(year, cycle=code)
        office.cycles.announce(year, cycle=code)
        office.award_money.propose(year, code)
