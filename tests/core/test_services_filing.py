"""The filing desk, merging, bulk changes and removal over a real store."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.errors import Conflict, InvalidInput, NotFound, RuleViolation
from core.model.activities import Activity, Project
from core.model.assessment import Cycle, Subject
from core.model.attachment import Attachment
from core.model.dates import PartialDate
from core.model.filing import Outcome, Particulars, Transition, TransitionKind
from core.model.filing_view import FilingState
from core.model.identity import new_id
from core.model.journal import ActDraft
from core.model.organization import Assignment, Organization, Standing, Status
from core.model.people import Sex
from core.model.register import OrganizationSummary
from core.model.register_changes import BulkChange, BulkField
from core.model.roster import RosterColumn, Verdict
from core.model.tasks import Holiday
from core.services.filing import FilingService
from core.services.services import Services

K = TransitionKind


@pytest.fixture
def office(services: Services, data: Path) -> Services:
    """An office with the sample roster and no assessment."""
    services.roster_import.apply(services.roster_import.preview(data / "roster.xlsx"))
    return services


@pytest.fixture
def desk(services: Services) -> FilingService:
    return services.filing


def on(day: int) -> PartialDate:
    return PartialDate(2026, 1, day)


def named(services: Services, name: str) -> OrganizationSummary:
    return next(each for each in services.register.register().organizations if each.organization.name == name)


def first(services: Services, place: int = 0) -> OrganizationSummary:
    return services.register.register().organizations[place]


def kept(services: Services, *records: Any) -> None:
    with services.store.writing(ActDraft("录入", "录入员")) as work:
        work.add(records)


def stored(services: Services, kind: type[Any], **equal: object) -> tuple[Any, ...]:
    with services.store.reading() as view:
        return view.all(kind, **equal)


def acts(services: Services) -> int:
    return services.register.acts(1)[0].number


def nurtured(services: Services, name: str = "凤凰社区太极拳队") -> Organization:
    community = services.register.register().communities[1]
    made = Organization(new_id(), name, community.id, standing=Standing.NURTURED, principal="王喆")
    services.register.save_form(made, None)
    return made


def begun(desk: FilingService, organization: str, kind: TransitionKind, **said: Any) -> Transition:
    return desk.open(Transition(new_id(), organization, kind, **said))


def test_filing_from_application_to_number(office: Services, desk: FilingService) -> None:
    made = nurtured(office)
    matter = begun(desk, made.id, K.FILE, applied_on=on(5))
    desk.save(replace(matter, accepted_on=on(6), papers=("申请", "章程")))
    (case,) = desk.of(made.id)
    assert (case.state, case.missing_papers) == (
        FilingState.AWAITING_COMMUNITY,
        ("负责人身份证明", "成员名单", "活动场所证明"),
    )
    before = acts(office)
    desk.decide(matter.id, Outcome.APPROVED, on(8), "XX街社备〔2026〕001号")
    assert acts(office) == before + 1
    now = named(office, made.name).organization
    assert (now.standing, now.filing_number, now.founded_on) == (
        Standing.FILED,
        "XX街社备〔2026〕001号",
        on(8),
    )
    assert desk.of(made.id)[0].state is FilingState.APPROVED


def test_day_of_application_is_today_where_none_is_said(office: Services, desk: FilingService) -> None:
    assert begun(desk, nurtured(office).id, K.FILE).applied_on == on(8)


def test_refused_filing_changes_nothing_of_the_organization(office: Services, desk: FilingService) -> None:
    made = nurtured(office)
    desk.decide(begun(desk, made.id, K.FILE, applied_on=on(5)).id, Outcome.REFUSED, on(8), reason="人数不够")
    assert named(office, made.name).organization.standing is Standing.NURTURED
    assert desk.of(made.id)[0].transition.reason == "人数不够"


def test_matter_is_found_by_the_organization(office: Services, desk: FilingService) -> None:
    matter = begun(desk, nurtured(office).id, K.FILE)
    (found,) = stored(office, Transition, id=matter.id)
    assert "fhsqtjqd" in found.search_key


def test_what_cannot_follow_is_refused(office: Services, desk: FilingService) -> None:
    with pytest.raises(RuleViolation, match="不能办理“恢复活动”"):
        begun(desk, first(office).id, K.RESUME)
    assert desk.allowed(first(office).id) == (K.REGISTER, K.CHANGE, K.SUSPEND, K.DEREGISTER, K.REVOKE)


def test_second_matter_of_the_kind_is_refused_while_one_is_under_way(
    office: Services, desk: FilingService
) -> None:
    chosen = first(office).id
    begun(desk, chosen, K.CHANGE, change_field="负责人", new_value="李乙")
    begun(desk, chosen, K.CHANGE, change_field="场所", new_value="礼堂")
    with pytest.raises(RuleViolation, match="正在办理"):
        begun(desk, chosen, K.CHANGE, change_field="牵头人", new_value="王丙")


def test_decided_matter_takes_papers_only(office: Services, desk: FilingService) -> None:
    matter = begun(desk, nurtured(office).id, K.FILE)
    desk.decide(matter.id, Outcome.APPROVED, on(8))
    (done,) = stored(office, Transition)
    desk.save(replace(done, papers=("章程",), remarks="补交"))
    (done,) = stored(office, Transition)
    assert done.papers == ("章程",)
    with pytest.raises(RuleViolation, match="只能补材料"):
        desk.save(replace(done, decided_on=on(7)))
    with pytest.raises(RuleViolation, match="已经办结"):
        desk.decide(matter.id, Outcome.REFUSED, on(8))


def test_decision_is_not_a_field_of_the_form(office: Services, desk: FilingService) -> None:
    matter = begun(desk, nurtured(office).id, K.FILE)
    with pytest.raises(RuleViolation, match="请用“办结”"):
        desk.save(replace(matter, outcome=Outcome.APPROVED))


def test_decision_before_the_application_is_refused(office: Services, desk: FilingService) -> None:
    made = nurtured(office)
    matter = begun(desk, made.id, K.FILE, applied_on=on(6))
    with pytest.raises(InvalidInput, match="早于申请日期"):
        desk.decide(matter.id, Outcome.APPROVED, on(5))
    assert named(office, made.name).organization.standing is Standing.NURTURED


def test_number_of_another_is_refused_and_nothing_stored(office: Services, desk: FilingService) -> None:
    taken = first(office).organization
    matter = begun(desk, nurtured(office).id, K.FILE)
    before = acts(office)
    with pytest.raises(Conflict, match=taken.name):
        desk.decide(matter.id, Outcome.APPROVED, on(8), taken.filing_number)
    assert acts(office) == before


def test_change_of_name_keeps_the_old_one(office: Services, desk: FilingService) -> None:
    old = first(office).organization
    matter = begun(desk, old.id, K.CHANGE, change_field="组织名称", new_value="松枫社区清风志愿队")
    assert (matter.change_field, matter.old_value) == ("名称", old.name)
    desk.decide(matter.id, Outcome.APPROVED, on(8))
    now = first(office).organization
    assert (now.name, now.former_names) == ("松枫社区清风志愿队", (old.name,))
    assert "sfsqqf" in now.search_key


def test_change_of_head_clears_what_was_said_of_the_old_one(office: Services, desk: FilingService) -> None:
    old = first(office).organization
    kept(office, Particulars(new_id(), old.id, "监督", principal_sex=Sex.MALE, principal_title="队长"))
    matter = begun(desk, old.id, K.CHANGE, change_field="负责人", new_value="李乙")
    desk.decide(matter.id, Outcome.APPROVED, on(8))
    (form,) = stored(office, Particulars)
    assert (form.purpose, form.principal_sex, form.principal_title) == ("监督", None, "")
    assert first(office).organization.principal == "李乙"
    assert office.register.history(old.id)[0].new != old.principal


def test_change_of_the_form_makes_one_where_none_was(office: Services, desk: FilingService) -> None:
    matter = begun(desk, first(office).id, K.CHANGE, change_field="住所", new_value="凤凰路 1 号")
    desk.decide(matter.id, Outcome.APPROVED, on(8))
    (form,) = stored(office, Particulars)
    assert (form.organization_id, form.address) == (first(office).id, "凤凰路 1 号")


def test_value_replaced_is_that_of_the_day_of_decision(office: Services, desk: FilingService) -> None:
    old = first(office).organization
    matter = begun(desk, old.id, K.CHANGE, change_field="负责人", new_value="李乙")
    office.register.save_form(replace(old, principal="王丙"), None)
    desk.decide(matter.id, Outcome.APPROVED, on(8))
    assert stored(office, Transition)[0].old_value == "王丙"


def test_cancellation_ends_the_assignment_for_good(office: Services, desk: FilingService) -> None:
    chosen = first(office)
    matter = begun(desk, chosen.id, K.DEREGISTER, reason="成员外迁")
    desk.decide(matter.id, Outcome.APPROVED, on(8))
    assert first(office).organization.status is Status.DEREGISTERED
    assert first(office).work_group == ""
    (ended,) = stored(office, Assignment, organization_id=chosen.id)
    assert ended.until_on == "2026-01-08"
    office.register.save_form(replace(first(office).organization, remarks="已归档"), None)
    assert first(office).work_group == ""
    with pytest.raises(RuleViolation, match="已注销"):
        begun(desk, chosen.id, K.CHANGE, change_field="名称", new_value="新名")


def test_suspended_one_comes_back(office: Services, desk: FilingService) -> None:
    chosen = first(office).id
    desk.decide(begun(desk, chosen, K.SUSPEND).id, Outcome.APPROVED, on(8))
    assert first(office).organization.status is Status.SUSPENDED
    desk.decide(begun(desk, chosen, K.RESUME).id, Outcome.APPROVED, on(8))
    assert first(office).organization.status is Status.ACTIVE
    assert first(office).work_group


def test_due_ones_come_with_the_most_urgent_first(office: Services, desk: FilingService) -> None:
    late = begun(desk, nurtured(office).id, K.FILE, applied_on=PartialDate(2025, 12, 22))
    begun(desk, first(office).id, K.SUSPEND, applied_on=on(8))
    done = begun(desk, first(office, 1).id, K.SUSPEND, applied_on=on(8))
    desk.decide(done.id, Outcome.WITHDRAWN, on(8))
    due = desk.due()
    assert [each.organization for each in due] == ["凤凰社区太极拳队", first(office).organization.name]
    assert (due[0].transition_id, due[0].clock.overdue_days, due[0].state) == (
        late.id,
        7,
        FilingState.APPLYING,
    )
    # 9, 12 to 15 January.
    assert due[1].clock.due_on == date(2026, 1, 15)


def test_own_holiday_moves_the_clock(office: Services, desk: FilingService) -> None:
    kept(office, Holiday(new_id(), on(9)))
    begun(desk, first(office).id, K.SUSPEND, applied_on=on(8))
    assert desk.due()[0].clock.due_on == date(2026, 1, 16)


def test_missing_papers_name_all_without_a_form(office: Services, desk: FilingService) -> None:
    assert len(desk.missing_papers()) == 59  # 60 without the cancelled one
    kept(office, Particulars(new_id(), first(office).id, has_charter=True))
    rows = desk.missing_papers()
    assert len(rows) == 58
    assert rows[0].missing == ("备案信息", "章程")


def test_completeness_of_the_sample(office: Services, desk: FilingService) -> None:
    found = desk.completeness()
    assert len(found.five_ones) == 59
    assert sum(each.organizations for each in found.communities) == 59
    assert [(each.communities, each.is_met) for each in found.averages] == [(18, False), (8, False)]
    assert (found.party.organizations, found.party.unknown) == (59, 59)
    assert len(found.groups) == 9


def test_words_and_papers_for_forms(desk: FilingService) -> None:
    assert "负责人" in desk.change_labels()
    assert desk.required_papers(K.CHANGE, "负责人") == ("变更申请书", "负责人身份证明")


def test_name_is_asked_about_in_the_form(office: Services) -> None:
    texts = {RosterColumn.NAME: "凤凰社区业主委员会"}
    form = office.register.read_form(texts, None, None)
    assert "业主委员会" in form.remarks[0].remark.message
    assert not form.faults
    same = replace(form.organization, name="凤凰社区业主委员会")
    assert office.register.read_form(texts, same, None).remarks == ()
    held = first(office).organization
    for name, asked in ((held.name, ()), ("松枫社区第一队", ("含有“第一”字样，名称里一般不用",))):
        again = office.register.read_form({RosterColumn.NAME: name}, held, held.community_id)
        assert tuple(each.remark.message for each in again.remarks) == asked


def duplicate_of(services: Services, **said: Any) -> tuple[Organization, Organization]:
    """The first organization of the roster, and a second record of it."""
    one = first(services).organization
    other = replace(
        Organization(new_id(), "松枫作风监督队", one.community_id, one.category_id, filing_number="旧 1 号"),
        **said,
    )
    services.register.save_form(other, None)
    return one, named(services, other.name).organization


def test_merge_moves_everything_in_one_act(office: Services) -> None:
    one, other = duplicate_of(office, volunteers=5, premises="礼堂")
    activity = Activity(new_id(), other.id, "巡查", on(5))
    project = Project(new_id(), "监督项目", other.id)
    scan = Attachment(new_id(), other.id, "章程.pdf", "d", 1, "2026-01-08T09:30:00")
    kept(office, activity, project, scan)
    preview = office.register.merge_preview(one.id, other.id)
    assert dict(preview.moving) == {"活动": 1, "项目": 1, "归组": 1, "附件": 1}
    assert not preview.refused
    before = acts(office)
    office.register.merge(one.id, other.id, reason="同一个队")
    assert acts(office) == before + 1
    now = first(office).organization
    assert (now.former_names, now.filing_number) == (("松枫作风监督队",), one.filing_number)
    assert len(office.register.register().organizations) == 60
    assert stored(office, Activity)[0].organization_id == one.id
    assert "作风监督志愿队" in stored(office, Project)[0].search_key
    assert stored(office, Attachment)[0].owner_id == one.id
    standing = stored(office, Assignment, organization_id=one.id, until_on="")
    assert len(standing) == 1
    assert not stored(office, Assignment, organization_id=other.id)


def test_merge_twice_leads_to_the_last_one(office: Services) -> None:
    one, other = duplicate_of(office)
    _, third = duplicate_of(office, name="松枫监督小队", filing_number="")
    office.register.merge(other.id, third.id)
    office.register.merge(one.id, other.id)
    assert {each.merged_into for each in stored(office, Organization) if each.merged_into} == {one.id}
    assert first(office).organization.former_names == ("松枫监督小队", "松枫作风监督队")
    with pytest.raises(RuleViolation, match="已经并入"):
        office.register.merge(first(office, 1).id, other.id)
    with pytest.raises(RuleViolation, match="已经并入"):
        office.register.merge(other.id, one.id)


def test_twin_records_become_one_with_the_attachments_of_both(office: Services) -> None:
    one, other = duplicate_of(office)
    mine = Particulars(new_id(), one.id, "监督")
    double = Particulars(new_id(), other.id, "旧宗旨", address="凤凰路 1 号", has_charter=True)
    scan = Attachment(new_id(), double.id, "章程.pdf", "d", 1, "2026-01-08T09:30:00")
    kept(office, mine, double, scan)
    office.register.merge(one.id, other.id)
    (form,) = stored(office, Particulars)
    assert (form.id, form.purpose, form.address, form.has_charter) == (mine.id, "监督", "凤凰路 1 号", True)
    assert stored(office, Attachment)[0].owner_id == mine.id


def test_merge_of_two_in_one_assessment_is_refused(sample: Services) -> None:
    one, other = first(sample).organization, first(sample, 1).organization
    assert "2025 年度" in sample.register.merge_preview(one.id, other.id).refused
    before = acts(sample)
    with pytest.raises(RuleViolation, match="2025 年度考核"):
        sample.register.merge(one.id, other.id)
    assert acts(sample) == before


def test_merged_scores_travel_and_the_year_stays_computed(sample: Services) -> None:
    sample.assessments.compute(2025)
    assessed = first(sample).organization
    fresh = replace(assessed, id=new_id(), name="松枫社区新队", filing_number="", position=0, version=1)
    sample.register.save_form(fresh, None)
    fresh = named(sample, fresh.name).organization
    sample.register.merge(fresh.id, assessed.id)
    year = sample.assessments.year(2025)
    assert not year.stale
    assert fresh.id in {each.organization_id for each in year.subjects}
    assert assessed.id not in {each.organization_id for each in year.subjects}
    digest = year.cycle.digest
    sample.assessments.compute(2025)
    assert sample.assessments.year(2025).cycle.digest == digest


def everything(services: Services) -> list[Any]:
    """All that a merge, a removal or a decision may touch, as it stands, versions aside."""
    kinds = (Organization, Assignment, Activity, Project, Particulars, Attachment, Transition, Subject, Cycle)
    return [replace(each, version=0) for kind in kinds for each in stored(services, kind)]


def test_merge_is_undone_as_one(sample: Services) -> None:
    sample.assessments.compute(2025)
    assessed = first(sample).organization
    made = Organization(new_id(), "松枫社区新队", assessed.community_id)
    sample.register.save_form(made, None)
    kept(sample, Particulars(new_id(), made.id), Particulars(new_id(), assessed.id, "监督"))
    kept(sample, Activity(new_id(), assessed.id, "巡查"))
    # Derived keys are made when a record is written by its own desk.
    sample.register.merge(made.id, assessed.id)
    sample.versions.undo(acts(sample))
    before = everything(sample)
    sample.register.merge(made.id, assessed.id)
    assert everything(sample) != before
    sample.versions.undo(acts(sample))
    assert everything(sample) == before
    assert not sample.assessments.year(2025).stale


def test_removal_and_decision_are_undone_as_one(office: Services, desk: FilingService) -> None:
    chosen = first(office).id
    matter = begun(desk, chosen, K.CHANGE, change_field="住所", new_value="凤凰路 1 号")
    before = everything(office)
    desk.decide(matter.id, Outcome.APPROVED, on(8))
    office.versions.undo(acts(office))
    assert everything(office) == before
    office.register.remove([chosen])
    office.versions.undo(acts(office))
    assert everything(office) == before


def test_import_of_the_duplicate_leads_to_the_kept_one(office: Services, data: Path) -> None:
    one, other = first(office).organization, first(office, 1).organization
    office.register.merge(one.id, other.id)
    preview = office.roster_import.preview(data / "roster.xlsx")
    assert not preview.of(Verdict.NEW)
    assert preview.of(Verdict.DUPLICATE)[0].row.draft.name == other.name
    office.roster_import.apply(preview)
    assert len(office.register.register().organizations) == 59
    assert first(office).organization.name == one.name


def test_new_one_with_the_name_of_a_merged_one_is_refused(office: Services) -> None:
    one, other = duplicate_of(office)
    office.register.merge(one.id, other.id)
    again = Organization(new_id(), other.name, other.community_id)
    with pytest.raises(Conflict, match="已并入另一个组织"):
        office.register.save_form(again, None)
    office.register.save_form(replace(first(office).organization, name=other.name), None)


def test_merge_with_one_that_is_gone_is_refused(office: Services) -> None:
    with pytest.raises(NotFound):
        office.register.merge(first(office).id, "gone")


def test_bulk_change_of_class_moves_groups_in_one_act(office: Services) -> None:
    register = office.register.register()
    ids = [each.id for each in register.organizations[:5]]
    target = register.categories[7]
    before = acts(office)
    done = office.register.bulk_change(ids, BulkChange(BulkField.CATEGORY, target.id), "重新分类")
    assert acts(office) == before + 1
    assert len(done.changed) == 5
    now = office.register.register()
    assert {each.work_group_id for each in now.organizations[:5]} == {now.work_groups[7].id}


def test_bulk_preview_stores_nothing(office: Services) -> None:
    before = office.register.register()
    ids = [each.id for each in before.organizations]
    preview = office.register.bulk_preview(ids, BulkChange(BulkField.STATUS, Status.SUSPENDED.value))
    assert (len(preview.changed), len(preview.refused), preview.same) == (58, 1, 1)
    assert office.register.register() == before


def test_bulk_cancellation_ends_assignments(office: Services) -> None:
    change = BulkChange(BulkField.STATUS, Status.REVOKED.value)
    office.register.bulk_change([first(office).id], change)
    assert first(office).work_group == ""


def test_bulk_change_of_group_is_by_hand(office: Services) -> None:
    register = office.register.register()
    change = BulkChange(BulkField.WORK_GROUP, register.work_groups[8].id)
    office.register.bulk_change([register.organizations[0].id], change)
    (held,) = stored(office, Assignment, organization_id=register.organizations[0].id, until_on="")
    assert (held.by_hand, held.work_group_id) == (True, register.work_groups[8].id)


def test_bulk_change_that_changes_nothing_leaves_no_entry(office: Services) -> None:
    before = acts(office)
    office.register.bulk_change([first(office).id], BulkChange(BulkField.REMOVE_TAG, "示范"))
    assert acts(office) == before


def test_removal_takes_ledgers_and_assignments_along(office: Services) -> None:
    one, other = duplicate_of(office)
    kept(office, Activity(new_id(), one.id, "巡查"), Project(new_id(), "监督项目", one.id))
    office.register.merge(one.id, other.id)
    before = acts(office)
    assert office.register.remove([one.id, one.id, "gone"], "登记有误") == 1
    assert acts(office) == before + 1
    assert len(office.register.register().organizations) == 59
    assert len(stored(office, Organization)) == 59
    assert not stored(office, Activity)
    assert stored(office, Project)[0].organization_id == ""
    assert not stored(office, Assignment, organization_id=one.id)


def test_assessed_one_is_not_removed(sample: Services) -> None:
    made = Organization(new_id(), "百花社区新队")
    sample.register.save_form(made, None)
    with pytest.raises(RuleViolation, match="2025 年度"):
        sample.register.remove([made.id, first(sample).id])
    assert named(sample, made.name)
    assert sample.register.remove([made.id]) == 1
