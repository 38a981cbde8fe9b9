"""The assessment and documents desks over a real store, on the sample year."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from core.errors import NotFound, RuleViolation
from core.model.assessment import Cycle, CycleState, EntryKind, ResultState
from core.model.certificate import CertificateRequest
from core.model.dates import PartialDate
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.mark_entry import TypedMark
from core.model.opening import Opening
from core.model.organization import Organization
from core.model.people import Person, Post, PostKind
from core.model.roster import Verdict
from core.model.year_path import StepState
from core.services.document_opening import Wanted
from core.services.services import Services

YEAR = 2025
NOTICE = Wanted("results-notice", YEAR)


def at_state(services: Services, state: CycleState) -> None:
    """Put the cycle at a state of its path without waiting for its days."""
    with services.store.writing(ActDraft("准备", "测试")) as work:
        cycle = work.all(Cycle)[0]
        work.change([replace(cycle, state=state, notice_from="2026-01-08", notice_until="2026-01-14")])


def test_opening_freezes_the_register(sample: Services) -> None:
    first = sample.assessments.year(YEAR).subjects[0]
    organization = sample.register.register().organizations[0].organization
    sample.register.save_form(replace(organization, name="改了名的队"), None)
    assert sample.assessments.year(YEAR).subjects[0] == first


def test_organizations_not_at_work_are_listed_apart(sample: Services) -> None:
    computed = sample.assessments.compute(YEAR)
    barred = {subject.id: subject.barred for subject in computed.view.subjects if subject.barred}
    assert sorted(barred.values()) == ["已注销", "暂停活动"]
    states = {each.subject_id: each for each in computed.outcome.results}
    assert all(states[each].state is ResultState.NOT_ASSESSED and not states[each].rank for each in barred)


def test_year_opens_once(sample: Services) -> None:
    with pytest.raises(RuleViolation, match="已经开启"):
        sample.assessments.open_year(YEAR)


def test_year_without_register_is_refused(services: Services) -> None:
    with pytest.raises(RuleViolation, match="先导入名册"):
        services.assessments.open_year(YEAR)


def test_sheets_of_five_raters_came_with_their_sources(sample: Services) -> None:
    view = sample.assessments.year(YEAR)
    assert [each.rater.name for each in view.progress] == [
        "自评",
        "社区初评",
        "联动部门",
        "社会事务办",
        "群众测评",
    ]
    assert {each.source.file for each in view.sheets} == {"scores.xlsx"}
    assert all(each.source.row > 3 for each in view.sheets)


def test_raters_owe_no_marks_to_those_that_are_not_assessed(sample: Services, data: Path) -> None:
    missing = dict(sample.score_import.preview(YEAR, data / "scores.xlsx").missing)
    assert missing["群众测评"] == (
        "南河头社区星级门店自治协会",
        "梅兰苑社区公益堂",
        "通界村作风监督志愿队",
    )


def test_mark_above_the_full_mark_waits_for_correction(sample: Services) -> None:
    view = sample.assessments.year(YEAR)
    faulty = [(sheet, issue) for sheet in view.sheets for issue in sheet.issues if issue.indicator]
    assert [issue.text for _, issue in faulty] == ["11"]
    sheet, issue = faulty[0]
    sample.marks.enter(YEAR, sheet.stage, sheet.rater, TypedMark(sheet.subject_id, issue.indicator, "10"))
    mended = next(each for each in sample.assessments.year(YEAR).sheets if each.id == sheet.id)
    assert None not in mended.marks
    assert not [each for each in mended.issues if each.indicator]
    assert (mended.source.row, mended.source.corrected) == (sheet.source.row, "录入员 2026-01-08 09:30")


def test_faulty_marks_of_those_who_take_no_part_are_none_to_check(sample: Services) -> None:
    view = sample.assessments.year(YEAR)
    (faulty,) = (sheet for sheet in view.sheets if any(issue.indicator for issue in sheet.issues))
    barred = next(subject.id for subject in view.subjects if subject.barred)
    more = replace(view, sheets=(*view.sheets, replace(faulty, subject_id=barred)))
    assert view.uncounted_marks == more.uncounted_marks == 1


def test_entries_are_positive_amounts(sample: Services) -> None:
    entries = sample.assessments.year(YEAR).entries
    assert len(entries) == 10
    deductions = [each.points for each in entries if each.kind is EntryKind.DEDUCTION]
    assert sorted(deductions) == [Decimal("0.5"), Decimal(1), Decimal(2)]
    assert sum(each.kind is EntryKind.VETO for each in entries) == 2


def test_importing_scores_again_is_the_same(sample: Services, data: Path) -> None:
    before = sample.register.acts()
    preview = sample.score_import.preview(YEAR, data / "scores.xlsx")
    assert not preview.of(Verdict.NEW, Verdict.CHANGED)
    sample.score_import.apply(preview)
    assert sample.register.acts() == before


def test_corrected_mark_shows_as_a_change_when_the_file_comes_again(sample: Services, data: Path) -> None:
    sheet = sample.assessments.year(YEAR).sheets[0]
    leaf = sample.assessments.year(YEAR).scheme.leaves(sheet.stage, "")[0]
    sample.marks.enter(YEAR, sheet.stage, sheet.rater, TypedMark(sheet.subject_id, leaf.code, "1.25"))
    preview = sample.score_import.preview(YEAR, data / "scores.xlsx")
    assert [each.sheet.id for each in preview.of(Verdict.CHANGED)] == [sheet.id]


def test_computing_twice_changes_nothing(sample: Services) -> None:
    first = sample.assessments.compute(YEAR)
    acts = sample.register.acts()
    again = sample.assessments.compute(YEAR)
    assert again.view.results == first.view.results
    assert sample.register.acts() == acts


def test_changed_mark_makes_the_results_stale(sample: Services) -> None:
    computed = sample.assessments.compute(YEAR)
    assert computed.view.cycle.state is CycleState.COMPUTED
    sheet = computed.view.sheets[0]
    leaf = computed.view.scheme.leaves(sheet.stage, "")[0]
    sample.marks.enter(YEAR, sheet.stage, sheet.rater, TypedMark(sheet.subject_id, leaf.code, "1"))
    assert sample.assessments.year(YEAR).stale
    with pytest.raises(RuleViolation, match="过时"):
        sample.assessments.outcome(YEAR)
    assert not sample.assessments.compute(YEAR).view.stale


def test_steps_are_made_for_one_subject_when_asked_for(sample: Services) -> None:
    opened, nothing = sample.assessments.as_it_stands(YEAR)
    assert nothing is None and opened == sample.assessments.year(YEAR)
    sample.assessments.compute(YEAR)
    view, computed = sample.assessments.as_it_stands(YEAR)
    assert computed is not None and computed.view is view == sample.assessments.year(YEAR)
    assert not any(each.trace for each in computed.outcome.results)
    told = sample.assessments.outcome(YEAR, trace=True).outcome
    assert len({each.trace for each in told.results}) > 50
    assert tuple(map(computed.explained, computed.outcome.results)) == told.results
    sheet = view.sheets[0]
    leaf = view.scheme.leaves(sheet.stage, "")[0]
    sample.marks.enter(YEAR, sheet.stage, sheet.rater, TypedMark(sheet.subject_id, leaf.code, "1"))
    view, computed = sample.assessments.as_it_stands(YEAR)
    assert view.stale and computed is None


def test_explain_wants_one_organization(sample: Services) -> None:
    sample.assessments.compute(YEAR)
    with pytest.raises(NotFound, match="对应"):
        sample.assessments.explain(YEAR, "合唱团")
    with pytest.raises(NotFound, match="没有"):
        sample.assessments.explain(YEAR, "不存在的队")
    subject, result = sample.assessments.explain(YEAR, "松枫社区公益堂")
    assert subject.name == "松枫社区公益堂"
    assert result.trace


def put_in_office(services: Services, group_id: str, before: str) -> None:
    """A leader of one group, who was that of another before."""
    leader = Person(new_id(), "张三")
    posts = [
        Post(new_id(), leader.id, PostKind.LEAD_LEADER, work_group_id=group_id),
        Post(new_id(), leader.id, PostKind.LEAD_LEADER, work_group_id=before, until_on=PartialDate(2001)),
    ]
    with services.store.writing(ActDraft("准备", "测试")) as work:
        work.add([leader])
        work.add(posts)


def test_path_leads_from_empty_register_to_the_archive(services: Services, data: Path) -> None:
    def current() -> str:
        path = services.assessments.path(YEAR)
        return next((step.key for step in path.steps if step.state is StepState.CURRENT), "finished")

    assert current() == "roster"
    services.roster_import.apply(services.roster_import.preview(data / "roster.xlsx"))
    assert current() == "open"
    services.assessments.open_year(YEAR)
    assert current() == "marks:self"
    services.score_import.apply(services.score_import.preview(YEAR, data / "scores.xlsx"))
    assert current() == "compute"
    services.assessments.compute(YEAR)
    assert {"issues", "marks:self"} <= {each.action for each in services.assessments.path(YEAR).to_do}
    for key, state in (
        ("publish", CycleState.NOTICED),
        ("confirm", CycleState.CONFIRMED),
        ("announce", CycleState.ANNOUNCED),
    ):
        assert current() == key
        at_state(services, state)
    (groups,) = services.assessments.path(YEAR).to_do
    assert (groups.action, groups.title) == ("groups", "补 9 个专项推进组的牵头领导")
    put_in_office(services, *(each.id for each in services.register.figures().work_groups[:2]))
    (groups,) = services.assessments.path(YEAR).to_do
    assert groups.title == "补 8 个专项推进组的牵头领导"
    assert current() == "notice"
    (void,) = services.document_issue.at_once(NOTICE)
    services.document_issue.void(void.document_id, "发错了")
    assert current() == "notice" and "还没有生成通报" in services.cycles.path(YEAR).consequence
    services.document_issue.paper(NOTICE)
    assert current() == "certificates"
    services.certificates.issue(CertificateRequest(year=YEAR))
    assert current() == "archive"
    at_state(services, CycleState.ARCHIVED)
    assert current() == "finished"


def test_without_winners_certificates_are_done_with_the_announcement_only(sample: Services) -> None:
    code = "nurture-results"
    view = sample.assessments.open_year(YEAR, Opening(code))
    stage, subject = view.scheme.stages[0], view.assessed[0]
    leaf = view.scheme.leaves(stage.code, subject.category)[0]
    sample.marks.enter(YEAR, stage.code, stage.raters[0].code, TypedMark(subject.id, leaf.code, "0"), code)
    sample.assessments.compute(YEAR, code)
    steps = {step.key: step.state for step in sample.assessments.path(YEAR, code).steps}
    assert (steps["compute"], steps["certificates"]) == (StepState.DONE, StepState.COMING)


def test_preview_books_no_number_and_issuing_books_it_once(sample: Services) -> None:
    sample.assessments.compute(YEAR)
    assert not sample.document_issue.prepared(NOTICE).papers
    first = sample.document_issue.paper(NOTICE)
    prepared = sample.document_issue.prepared(NOTICE)
    assert prepared.papers
    assert prepared.number == "示例街办〔2026〕1号"
    assert sample.document_issue.paper(NOTICE) == first


def test_certificates_are_numbered_in_order_of_award(sample: Services) -> None:
    computed = sample.assessments.compute(YEAR)
    names = {subject.id: subject.name for subject in computed.view.subjects}
    winners = [names[each] for award in computed.outcome.awards for each in award.winners]
    sample.certificates.issue(CertificateRequest(year=YEAR))
    issued = sample.certificates.prepare(CertificateRequest(year=YEAR))
    assert issued.booked
    assert [each.recipient for each in issued.certificates] == winners
    assert [each.number for each in issued.certificates] == [
        f"示例街办证〔2026〕第{n:03d}号" for n in range(1, 6)
    ]


def test_figures_of_the_notice_come_from_the_results(sample: Services) -> None:
    computed = sample.assessments.compute(YEAR)
    pdf = pypdfium2.PdfDocument(sample.document_issue.paper(NOTICE))
    pages = [page.get_textpage().get_text_range().replace("\r\n", "") for page in pdf]
    text = re.sub(r"— \d+ —", "", "".join(pages))
    for count in computed.outcome.grade_counts:
        assert not count.count or f"{count.grade}{count.count}个" in text
    assert "17万元" in text
    assert "表彰" not in text


def test_nothing_is_missing_in_the_fonts(sample: Services) -> None:
    sample.assessments.compute(YEAR)
    assert sample.documents.missing(sample.document_issue.prepared(NOTICE).filled()) == ()


def test_more_places_than_subjects_is_told(services: Services) -> None:
    services.register.save_form(Organization(new_id(), "凤凰社区合唱团"), None)
    services.assessments.open_year(YEAR)
    findings = [str(each) for each in services.assessments.findings(YEAR)]
    assert len(findings) == 2
    assert "名额 2 个" in findings[0]
    assert "名额 3 个" in findings[1]
