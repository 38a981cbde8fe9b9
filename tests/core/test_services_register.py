"""The register desk over a real store."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import Conflict, InvalidInput, JobCancelled, RuleViolation
from core.model.identity import new_id
from core.model.office import Office
from core.model.organization import Community, CommunityKind, Organization, Status
from core.model.roster import RosterColumn, Verdict
from core.rules.search_keys import with_keys
from core.services.roster_import import counts
from core.services.services import Services
from core.services.setup import OfficeDraft


def roster_file(data: Path) -> Path:
    return data / "roster.xlsx"


def test_new_office_has_nine_categories_each_with_its_group(services: Services) -> None:
    register = services.register.register()
    assert len(register.categories) == len(register.work_groups) == 9
    assert [group.category_id for group in register.work_groups] == [each.id for each in register.categories]
    first = register.work_groups[0]
    assert (first.coordinating_unit, first.linked_departments) == ("街道纪工委", ("党建办",))


def test_document_code_is_guessed_from_the_name(bare_services: Services) -> None:
    assert bare_services.setup.init_office(OfficeDraft("城东街道办事处")).document_code == "城东街办"


def test_second_office_is_refused(services: Services) -> None:
    with pytest.raises(Conflict):
        services.setup.init_office(OfficeDraft("另一个街道办事处"))


def test_sample_roster_has_60_organizations_in_26_communities(services: Services, data: Path) -> None:
    came = services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    assert (came.added, came.duplicates, came.refused, came.new_communities) == (60, 1, 0, 26)
    register = services.register.register()
    assert len(register.organizations) == 60
    assert all(each.work_group for each in register.organizations)
    assert sum(each.organization.status is Status.ACTIVE for each in register.organizations) == 58


def test_both_spellings_of_class_four_are_one(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    classes = {each.category for each in services.register.register().organizations}
    assert "卫计服务类" in classes
    assert "卫技服务类" not in classes


def test_importing_again_leaves_no_entry(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    before = services.register.acts()
    again = services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    assert (again.same, again.added, again.changed) == (60, 0, 0)
    assert services.register.acts() == before


def test_old_preview_is_refused_and_stores_nothing(services: Services, data: Path) -> None:
    preview = services.roster_import.preview(roster_file(data))
    services.roster_import.apply(preview)
    with pytest.raises(RuleViolation) as refused:
        services.roster_import.apply(preview)
    assert refused.value.code == "preview_old"
    assert len(services.register.register().organizations) == 60


def test_correction_in_the_preview_is_what_gets_stored(services: Services, data: Path) -> None:
    preview = services.roster_import.preview(roster_file(data))
    row = preview.rows[0].row.number
    corrected = services.roster_import.correct(preview.reading, row, RosterColumn.PRINCIPAL, "沈庚")
    services.roster_import.apply(corrected)
    assert services.register.register().organizations[0].organization.principal == "沈庚"


def test_faulty_row_waits_until_it_is_corrected(services: Services, data: Path) -> None:
    preview = services.roster_import.preview(roster_file(data))
    row = preview.rows[0].row.number
    faulty = services.roster_import.correct(preview.reading, row, RosterColumn.PHONES, "1380000123")
    assert counts(faulty).refused == 1
    assert "10 位" in str(faulty.of(Verdict.REFUSED)[0].problems[0])
    assert services.roster_import.faulty_sheet(faulty).rows[0][-1]
    mended = services.roster_import.correct(faulty.reading, row, RosterColumn.PHONES, "")
    assert counts(mended).refused == 0


def test_group_by_hand_survives_the_next_import(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    register = services.register.register()
    chosen = register.organizations[0]
    other = next(group for group in register.work_groups if group.id != chosen.work_group_id)
    assert services.register.move([chosen.id], other.id, "街道研究决定") == 1
    services.register.save_form(replace(chosen.organization, remarks="已调整"), None)
    assert services.register.register().organizations[0].work_group == other.name


def test_stale_edit_is_refused(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    read = services.register.register().organizations[0].organization
    services.register.save_form(replace(read, principal="李乙"), None)
    with pytest.raises(Conflict):
        services.register.save_form(replace(read, principal="王丙"), None)
    assert services.register.register().organizations[0].organization.principal == "李乙"


def test_history_tells_old_and_new_with_the_phone_masked(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    read = services.register.register().organizations[0].organization
    services.register.save_form(replace(read, phones=("13800009999",)), None, "换号")
    newest = services.register.history(read.id)[0]
    assert (newest.field, newest.old, newest.new, newest.reason) == (
        "联系电话",
        "138****0100",
        "138****9999",
        "换号",
    )


def test_form_reads_like_the_import_and_names_its_faults(services: Services) -> None:
    texts = {
        RosterColumn.NAME: "百花社区合唱团",
        RosterColumn.PHONES: "1380000123",
        RosterColumn.MEMBERS: "约26",
    }
    form = services.register.read_form(texts, None, None)
    assert form.organization.members == 26
    assert [said.column for said in form.faults] == [RosterColumn.PHONES]


def test_form_empties_a_field(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    read = services.register.register().organizations[0].organization
    form = services.register.read_form(
        {RosterColumn.NAME: read.name, RosterColumn.PREMISES: ""}, read, read.community_id
    )
    assert form.organization.premises == ""
    assert form.organization.principal == read.principal


def test_keys_change_nothing_else() -> None:
    given = Organization("id", "凤凰社区合唱团", principal="王喆", remarks="注", position=7, version=3)
    keyed = with_keys(given, "凤凰社区")
    assert replace(keyed, search_key="", sort_key="") == given
    assert "fhsqhct" in keyed.search_key


def test_empty_office_settings_are_refused(services: Services) -> None:
    office = services.setup.office()
    assert isinstance(office, Office)
    with pytest.raises(InvalidInput):
        services.setup.change_office(replace(office, document_code=" "))
    assert services.setup.office() == office


def test_number_of_one_and_name_of_another_is_refused(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    preview = services.roster_import.preview(roster_file(data))
    first, second = preview.rows[0], preview.rows[1]
    mixed = services.roster_import.correct(
        preview.reading, first.row.number, RosterColumn.NUMBER, second.row.draft.filing_number
    )
    judged = mixed.rows[0]
    assert judged.verdict is Verdict.REFUSED
    assert second.row.draft.name in str(judged.problems[0])


def test_twin_is_refused(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    first = services.register.register().organizations[0].organization
    form = services.register.read_form({RosterColumn.NAME: first.name + " "}, None, first.community_id)
    with pytest.raises(Conflict, match=first.name):
        services.register.save_form(form.organization, None)
    numbered = replace(form.organization, name="另一个队", filing_number=first.filing_number)
    with pytest.raises(Conflict, match="备案号"):
        services.register.save_form(numbered, None)


def test_new_community_goes_to_the_end(services: Services) -> None:
    services.register.save_community(Community(new_id(), "新村社区"))
    services.register.save_community(Community(new_id(), "三北村", CommunityKind.RURAL, population=1700))
    communities = services.register.register().communities
    assert [(each.name, each.position) for each in communities] == [("新村社区", 1), ("三北村", 2)]
    with pytest.raises(Conflict):
        services.register.save_community(Community(new_id(), "三北村"))


def test_year_of_the_figures_stays_while_they_stay(services: Services, data: Path) -> None:
    services.roster_import.apply(services.roster_import.preview(roster_file(data)))
    read = services.register.register().organizations[0].organization
    texts = {RosterColumn.NAME: read.name, RosterColumn.ACTIVITIES: str(read.activities)}
    assert services.register.read_form(texts, read, read.community_id).organization.figures_year == 2025
    texts[RosterColumn.ACTIVITIES] = "99"
    assert services.register.read_form(texts, read, read.community_id).organization.figures_year == 2026


def test_cancelled_import_stores_nothing(services: Services, data: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise JobCancelled

    preview = services.roster_import.preview(roster_file(data))
    with pytest.raises(JobCancelled):
        services.roster_import.apply(preview, stop)
    assert not services.register.register().organizations
    assert services.roster_import.apply(preview).added == 60
