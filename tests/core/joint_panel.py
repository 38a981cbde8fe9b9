"""A panel of two groups and a box of residents' ballots, whose scheme says what they see of each other."""

from datetime import datetime

from core.model.ballot_view import Vote
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.opening import Opening, Participant
from core.rules.scheme_file import read_scheme
from core.services.schemes import keep_scheme
from core.services.services import Services
from tests.core.played_days import named

YEAR = 2024
SCHEME = """
code = "panel"
name = "联合评比"
source = "测试"
full = 100
below_name = "不合格"
[subjects]
source = "list"
kind = "小区"
[[bands]]
name = "合格"
floor = 60
[[stages]]
code = "joint"
name = "联合评分"
full = 50
weight = 1
visibility = {{ sheets = "{sheets}", means = "{means}", ranks = "{ranks}" }}
raters = [
    {{ code = "first", name = "一组", weight = 2 }},
    {{ code = "second", name = "二组", weight = 1 }},
    {{ code = "box", name = "居民", weight = 1, ballots = true, minimum_ballots = 3 }},
]
"""
NAMES = ("甲小区", "乙小区", "丙小区")


def open_panel(
    office: Services, sheets: str = "never", means: str = "never", ranks: str = "never"
) -> Services:
    """The office with a cycle whose raters may see so much."""
    text = SCHEME.format(sheets=sheets, means=means, ranks=ranks)
    with office.store.writing(ActDraft("导入方案", "测试")) as work:
        keep_scheme(work, read_scheme(text), text, datetime(2026, 1, 5, 9, 0))
    office.assessments.open_year(YEAR, Opening("panel", participants=tuple(map(Participant, NAMES))))
    return office


def give(office: Services, rater: str, *points: str) -> None:
    """This rater's marks of the first subjects."""
    marks = [
        TypedMark(named(office, YEAR, name).id, "total", text)
        for name, text in zip(NAMES, points, strict=False)
    ]
    office.marks.enter_block(YEAR, "joint", rater, marks)


def cast(office: Services, name: str, *points: str) -> None:
    """So many valid ballots on a subject."""
    for number, text in enumerate(points, start=1):
        ballot = Vote("joint", "box", named(office, YEAR, name).id, number, (text,))
        office.ballots.enter(YEAR, ballot, "甲")
        office.ballots.enter(YEAR, ballot, "乙", second=True)
