"""The whole set of a year: what there is to issue, all or nothing, the same again."""

from dataclasses import replace
from datetime import date

import pytest

from core.errors import DocumentFailed, InvalidInput, JobCancelled, NotFound, RuleViolation
from core.model.assessment import Entry, EntryKind
from core.model.certificate import CertificateRequest
from core.model.identity import new_id
from core.model.year_papers import PaperMaking, SetPaper, YearSet
from core.services import year_papers
from core.services.document_opening import Wanted
from core.services.services import Services

WANTED = YearSet(2025, dated_on=date(2026, 1, 8))
SMALL = (
    SetPaper(PaperMaking.DOCUMENT, "public-notice"),
    SetPaper(PaperMaking.DOCUMENT, "results-notice"),
    SetPaper(PaperMaking.DOCUMENT, "praise-decision"),
    SetPaper(PaperMaking.CERTIFICATES, "certificate"),
    SetPaper(PaperMaking.OVERPRINT, "certificate"),
    SetPaper(PaperMaking.DETAILS),
    SetPaper(PaperMaking.NUMBERS),
    SetPaper(PaperMaking.CERTIFICATE_REGISTER),
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(year_papers, "year_set", lambda: SMALL)


def test_every_paper_of_the_set_has_its_template_or_kind(services: Services) -> None:
    known = {
        PaperMaking.DOCUMENT: {each.code for each in services.document_templates.lines()},
        PaperMaking.CERTIFICATES: {each.code for each in services.certificate_designs.kinds()},
    }
    known[PaperMaking.OVERPRINT] = known[PaperMaking.CERTIFICATES]
    papers = year_papers.year_set()
    assert [each for each in papers if each.code not in known.get(each.make, {""})] == []
    assert set(PaperMaking) == {each.make for each in papers}
    assert len(set(papers)) == len(papers)


def test_all_is_made_once_and_printed_again(computed: Services, small: None) -> None:
    plan = computed.year_papers.plan(WANTED)
    assert [each.state for each in plan.papers] == ["待发"] * 5 + ["现有"] * 3
    assert computed.document_issue.papers() == ()
    made = computed.year_papers.make(plan, note="核对过")
    assert [each.planned.number for each in made[:4]] == [
        "",
        "示例街办〔2026〕1号",
        "示例街办〔2026〕2号",
        "示例街办证〔2026〕第001号",
    ]
    files = [each.file for each in made if each.file]
    assert [each.name[:3] for each in files] == [f"{number:02} " for number in range(1, 9)]
    again = computed.year_papers.make(computed.year_papers.plan(WANTED))
    assert [each.planned.state for each in again] == ["已发"] * 5 + ["现有"] * 3
    certificates, kept = files[3].content, computed.certificate_register.lines()[0].paper
    assert computed.certificates.kept(kept) == certificates
    printed = [each.file.content for each in again if each.file and each.file.name.endswith(".pdf")]
    assert printed == [each.content for each in files if each.name.endswith(".pdf")]
    assert len(computed.document_issue.papers()) == 3 + 5


def test_what_was_issued_alone_is_part_of_the_set(computed: Services, small: None) -> None:
    [notice] = computed.document_issue.at_once(Wanted("results-notice", 2025), note="核对过")
    computed.certificates.issue(CertificateRequest(year=2025))
    plan = computed.year_papers.plan(WANTED)
    assert [each.state for each in plan.papers[:4]] == ["待发", "已发", "待发", "已发"]
    made = computed.year_papers.make(plan, note="核对过")
    assert made[1].file is not None
    assert made[1].file.content == computed.document_issue.printed([notice.id])


def test_stopped_at_any_moment_nothing_is_booked(computed: Services, small: None) -> None:
    plan = computed.year_papers.plan(WANTED)
    steps: list[int] = []
    for stop in range(100):

        def report(done: int, total: int, stop: int = stop) -> None:
            steps.append(done)
            if len(steps) > stop:
                raise JobCancelled

        steps.clear()
        try:
            computed.year_papers.make(plan, report, "核对过")
            break
        except JobCancelled:
            assert computed.document_issue.papers() == ()
            assert computed.documents.documents() == ()
    assert (stop, steps == sorted(steps)) == (len(steps), True)
    assert stop >= 3
    given = sorted((each.series, each.sequence) for each in computed.document_issue.papers() if each.series)
    assert given == [
        ("示例街办", 1),
        ("示例街办", 2),
        *(("示例街办证", number) for number in range(1, 6)),
    ]


def test_findings_stop_the_whole_set_unless_a_reason_is_given(computed: Services, small: None) -> None:
    office = computed.document_issue.prepared(Wanted("results-notice", 2025)).office
    computed.setup.change_office(replace(office, forbidden_words=("带头作用",)))
    plan = computed.year_papers.plan(WANTED)
    with pytest.raises(InvalidInput) as told:
        computed.year_papers.make(plan)
    assert any("《考核结果通报》" in str(each) and "带头作用" in str(each) for each in told.value.problems)
    assert computed.document_issue.papers() == ()
    computed.year_papers.make(plan, note="上级文件用语")
    assert {each.steps[-1].note for each in computed.documents.documents()} == {"上级文件用语"}


def test_a_character_without_a_font_stops_the_whole_set(computed: Services, small: None) -> None:
    office = computed.document_issue.prepared(Wanted("results-notice", 2025)).office
    planned_before = computed.year_papers.plan(WANTED)
    computed.setup.change_office(replace(office, addressee="各社区\uf8ff"))
    for plan in (planned_before, computed.year_papers.plan(WANTED)):
        with pytest.raises(DocumentFailed) as told:
            computed.year_papers.make(plan, note="照发")
        assert "U+F8FF" in told.value.message_zh
        assert computed.document_issue.papers() == ()


def test_papers_that_nobody_needs_are_left_out_with_the_reason(computed: Services, small: None) -> None:
    view = computed.assessments.outcome(2025).view
    for subject in view.assessed:
        entry = Entry(new_id(), "", subject.id, EntryKind.VETO, None, "弄虚作假", evidence="核查记录")
        computed.entries.add(2025, entry)
    computed.assessments.compute(2025)
    made = computed.year_papers.make(computed.year_papers.plan(WANTED), note="核对过")
    assert [bool(each.file) for each in made] == [True, True, False, False, False, True, True, True]
    assert all(each.planned.nothing for each in made if each.file is None)


@pytest.mark.parametrize(("year", "error"), [(1999, NotFound), (2025, RuleViolation)])
def test_a_year_without_results_is_told(
    sample: Services, small: None, year: int, error: type[Exception]
) -> None:
    with pytest.raises(error) as told:
        sample.year_papers.plan(YearSet(year))
    assert str(told.value)
    assert sample.document_issue.papers() == ()
