"""The checks are silent over the documents that the program itself makes of a year."""

import inspect
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.model.assessment import Cycle, CycleState, Subject
from core.model.cycle_view import ComputedYear, CycleView
from core.model.document import OfficialDocument, Paragraph
from core.model.document_check import DocumentCheck, Known
from core.model.outcome import Outcome
from core.model.scheme import Scheme
from core.paper.render import ReportLabPaper
from core.rules.assessing import assess
from core.rules.document_checks import check_document
from core.rules.document_known import names_in
from core.rules.facts_cycle import CycleFacts
from core.rules.working_days import WorkingDays
from tests.conftest import copied, services_over
from tests.core import test_rules_shipped_schemes as shipped
from tests.core.test_rules_results_notice import notice_of

TODAY = date(2026, 1, 8)
BARE = Known(TODAY)


def known_of(computed: ComputedYear) -> Known:
    """Everything that the facts of a year know; half of the names are those of the register."""
    facts = CycleFacts(computed, WorkingDays(), TODAY)
    names = names_in(facts.row)
    return Known(
        TODAY,
        genre="通报",
        names=names[::2],
        other_names=(*names, *(each.community for each in computed.view.subjects)),
        counts=facts.counts,
        amounts=facts.amounts,
        praise_verb="通报表扬",
    )


@pytest.fixture(scope="module")
def sample_notice(
    sample_store: Path, tmp_path_factory: pytest.TempPathFactory, paper: ReportLabPaper
) -> tuple[OfficialDocument, Known]:
    """The results notice of the sample's year, and what the results know."""
    folder = tmp_path_factory.mktemp("checked")
    with closing(services_over(copied(sample_store, folder), paper)) as services:
        computed = services.assessments.compute(2025)
    return notice_of(computed), known_of(computed)


def test_the_samples_notice(sample_notice: tuple[OfficialDocument, Known]) -> None:
    notice, known = sample_notice
    assert check_document(notice, known) == ()
    # without the register nobody knows that names are written with these brackets
    assert {each.words for each in check_document(notice, BARE)} == {"(", ")"}


def worked_years(patch: pytest.MonkeyPatch) -> list[ComputedYear]:
    """Every year that the tests of the shipped schemes work through."""
    years = []

    def watched(
        scheme: Scheme, subjects: Sequence[Subject], *given: Sequence[Any], **settled: Any
    ) -> Outcome:
        outcome = assess(scheme, subjects, *given, **settled)
        cycle = Cycle("cycle", 2025, "scheme", CycleState.COMPUTED, "2026-01-02")
        sheets, entries = map(tuple, given)
        view = CycleView(cycle, scheme, tuple(subjects), sheets, entries, outcome.results, (), (), False)
        years.append(ComputedYear(view, outcome, lambda _subject_id: ()))
        return outcome

    patch.setattr(shipped, "assess", watched)
    for name, work in vars(shipped).copy().items():
        if name.startswith("test_") and not inspect.signature(work).parameters:
            work()
    return years


def test_the_notice_of_each_shipped_schemes_year(monkeypatch: pytest.MonkeyPatch) -> None:
    years = worked_years(monkeypatch)
    assert {each.view.scheme.code for each in years} == set(shipped.CODES)

    for each in years:
        for known in (known_of(each), BARE):
            assert check_document(notice_of(each), known) == (), each.view.scheme.name


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("优秀15个", "优秀16个", DocumentCheck.COUNT),
        ("参加考核58个", "参加考核57个", DocumentCheck.COUNT),
        ("29个社会组织列入", "28个社会组织列入", DocumentCheck.COUNT),
        ("资金4万元", "资金5万元", DocumentCheck.AMOUNT),
        ("合计17万元", "合计18万元", DocumentCheck.AMOUNT),
        ("等3个组织", "等4个组织", DocumentCheck.COUNT),
        ("附件2", "附件3", DocumentCheck.ANNEX),
        ("三、奖励扶持", "五、奖励扶持", DocumentCheck.HEADING),
    ],
)
def test_a_slip_in_the_samples_notice_is_found(
    sample_notice: tuple[OfficialDocument, Known], right: str, wrong: str, code: DocumentCheck
) -> None:
    notice, known = sample_notice
    slipped = tuple(
        replace(each, text=each.text.replace(right, wrong), heading=each.heading.replace(right, wrong))
        for each in notice.paragraphs
        if isinstance(each, Paragraph)
    )
    assert slipped != notice.paragraphs

    found = check_document(replace(notice, paragraphs=slipped), known)

    assert code in {each.code for each in found}


def test_names_are_those_of_whom_a_document_is_about_and_of_the_results() -> None:
    rows = ({"对象名称": "甲"}, {"对象名称": "乙"})
    assert names_in({"对象名称": "甲", "考核结果": rows}) == ("甲", "甲", "乙")
    assert names_in({"组织": "甲", "考核结果": "无"}) == ()
