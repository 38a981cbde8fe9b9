"""What is called otherwise is found by its new name, wherever it is named."""

from dataclasses import replace

from core.model.activities import Activity, ServiceOffer
from core.model.activity_ledgers import ACTIVITIES, SERVICE_OFFERS
from core.model.identity import new_id
from core.model.organization import Organization
from core.model.people import Person, Unit
from core.model.register_ledgers import PEOPLE, UNITS
from core.services.services import Services


def an_organization(services: Services) -> Organization:
    return services.register.register().organizations[0].organization


def test_a_renamed_organization_takes_its_ledgers_along_and_back(sample: Services) -> None:
    organization = an_organization(sample)
    sample.ledgers.save(ACTIVITIES, Activity(new_id(), organization.id, "重阳慰问"))
    sample.register.save_form(replace(organization, name="银龄互助会"), None)
    assert len(sample.ledgers.find(ACTIVITIES, "银龄")) == 1
    sample.versions.undo(sample.register.acts(1)[0].number)
    assert sample.ledgers.find(ACTIVITIES, "银龄") == ()
    assert len(sample.ledgers.find(ACTIVITIES, organization.name)) == 1


def test_a_renamed_community_is_found_at_its_organizations(sample: Services) -> None:
    register = sample.register.register()
    community = register.communities[0]
    there = sum(each.community == community.name for each in register.organizations)
    sample.register.save_community(replace(community, name="望江社区"))
    hits = sample.search.nearest("wangjiang", limit=there + 1)
    found = next(group for group in hits if group.code == "organizations")
    assert len(found.hits) == there


def test_a_renamed_unit_is_found_at_its_people(services: Services) -> None:
    unit = services.ledgers.record(UNITS, services.ledgers.find(UNITS, "党建办")[0])
    assert isinstance(unit, Unit)
    services.ledgers.save(PEOPLE, Person(new_id(), "张三", unit_id=unit.id))
    services.ledgers.save(UNITS, replace(unit, name="党群工作办"))
    assert len(services.ledgers.find(PEOPLE, "党群")) == 1


def test_what_lost_a_removed_organization_is_found_by_its_name_when_it_is_back(services: Services) -> None:
    gone = Organization(new_id(), "银龄互助会")
    services.register.save_form(gone, None)
    services.ledgers.save(SERVICE_OFFERS, ServiceOffer(new_id(), "上门理发", organization_id=gone.id))
    services.register.remove([gone.id])
    services.versions.undo(services.register.acts(1)[0].number)
    assert len(services.ledgers.find(SERVICE_OFFERS, "银龄")) == 1
