"""The wording of the results notice in years that are not like the sample's."""

from collections.abc import Mapping
from datetime import date

import pytest

from core.model.assessment import Cycle, CycleState, Entry, EntryKind
from core.model.cycle_view import ComputedYear, CycleView
from core.model.document import OfficialDocument
from core.model.office import Office
from core.model.scheme import Rounding, Scheme
from core.rules.assessing import assess
from core.rules.document_filling import PaperFrame, fill
from core.rules.facts_cycle import CycleFacts
from core.rules.facts_office import office_facts
from core.rules.working_days import WorkingDays
from core.services.document_templates import shipped_templates
from tests.core.engine_cases import EXCELLENT, GOOD, a_scheme, a_sheet, a_stage, a_subject, an_entry

OFFICE = Office("office", "临江街道办事处")
FRAME = PaperFrame(OFFICE, "临街办〔2026〕3号", date(2026, 1, 5), date(2026, 1, 6))


def a_computed_year(
    totals: Mapping[str, str | None], *entries: Entry, scheme: Scheme | None = None
) -> ComputedYear:
    scheme = scheme or a_scheme(awards=(EXCELLENT, GOOD))
    subjects = tuple(a_subject(each) for each in totals)
    first = scheme.stages[0]
    sheets = tuple(
        a_sheet(each, total, stage=first.code, rater=first.raters[0].code) for each, total in totals.items()
    )
    outcome = assess(scheme, subjects, sheets, entries)
    cycle = Cycle("cycle", 2025, "scheme", CycleState.COMPUTED, "2026-01-02")
    view = CycleView(cycle, scheme, subjects, sheets, entries, outcome.results, (), (), False)
    return ComputedYear(view, outcome, lambda _subject_id: ())


def notice_of(computed: ComputedYear) -> OfficialDocument:
    year, day = computed.view.cycle.year, FRAME.dated_on
    facts = {**office_facts(OFFICE, year, day), **CycleFacts(computed, WorkingDays(), day).row}
    return fill(shipped_templates()["results-notice"], facts, FRAME)


def says(computed: ComputedYear) -> str:
    return "".join(each.text for each in notice_of(computed).paragraphs)


@pytest.mark.parametrize(
    ("totals", "sentences"),
    [
        ({}, ("优秀奖本年度空缺。", "良好奖本年度空缺。")),
        ({"甲": "95"}, ("组织甲获优秀奖，给予扶持资金4万元，另有1个名额空缺。", "良好奖本年度空缺。")),
        ({"甲": "95", "2": "94"}, ("组织甲、组织2等2个组织获优秀奖，每个给予扶持资金4万元。",)),
        (
            {"甲": "95", "乙": "94", "丙": "94"},
            ("组织甲获优秀奖，给予扶持资金4万元，另有1个名额因2个组织得分并列待定。",),
        ),
        ({"甲": "94", "乙": "94", "丙": "94"}, ("优秀奖本年度因3个组织得分并列待定。",)),
    ],
)
def test_awards_are_told_as_they_were_filled(totals: Mapping[str, str], sentences: tuple[str, ...]) -> None:
    text = says(a_computed_year(totals))
    assert [each for each in sentences if each not in text] == []


def test_nobody_graded_is_told() -> None:
    assert "没有社会组织评定等次；另有1个因评分不全未评定等次（结果见附件1）。" in says(
        a_computed_year({"甲": None})
    )


def test_vetoes_are_told_apart_from_the_last_grade() -> None:
    text = says(a_computed_year({"甲": "95", "乙": "65"}, an_entry("甲", EntryKind.VETO)))
    assert "个；其中1个被一票否决（结果见附件1）。" in text


def test_a_rater_of_two_stages_is_named_once() -> None:
    stages = (a_stage("half", {"自评": 1}), a_stage("year", {"自评": 1, "社区": 1}))
    assert "由自评和社区按权重汇总得出" in says(a_computed_year({}, scheme=a_scheme(*stages)))


def test_scores_are_printed_as_they_were_graded() -> None:
    computed = a_computed_year({"甲": "89.996"}, scheme=a_scheme(rounding=Rounding(places=3)))
    assert notice_of(computed).annexes[0].blocks[0].rows[0][-2:] == ("89.996", "良好")
