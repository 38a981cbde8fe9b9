"""What the form of an organization begins with, and what its texts say: runs inside jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.model.filing import Particulars
from core.model.ledger import Field
from core.model.organization import Category, Organization, PartyOrganization, Standing, Status
from core.model.reading import Remark
from core.model.register import OrganizationSummary
from core.model.register_ledgers import PARTICULARS
from core.model.roster import RosterColumn
from core.services.services import Services
from gui.dialogs.organization_fields import LINES, PARTY, TAGS, tags_of

ORGANIZATION_ID = "organization_id"


@dataclass(frozen=True, slots=True)
class FormStart:
    """What the filing form says so far: its fields in use, the record if there is one, its texts."""

    fields: Mapping[str, Field]
    particulars: Particulars | None
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the texts `words`, and what there is to say about each field.

    `namesake` is another organization of the same name, None if there is none.
    """

    words: Mapping[str, str]
    organization: Organization
    particulars: Particulars
    remarks: Mapping[str, Remark]
    namesake: OrganizationSummary | None


def read_start(services: Services, organization_id: str | None) -> FormStart:
    """Read what the filing form says."""
    ledgers = services.ledgers
    ids = ledgers.find(PARTICULARS, equal={ORGANIZATION_ID: organization_id}) if organization_id else ()
    record: Particulars | None = ledgers.record(PARTICULARS, ids[0]) if ids else None
    fields = {each.name: each for each in ledgers.fields(PARTICULARS)}
    return FormStart(fields, record, ledgers.form_texts(PARTICULARS, record))


def read_words(
    services: Services,
    base: Organization | None,
    start: FormStart,
    words: Mapping[str, str],
    categories: Sequence[Category],
) -> Reading:
    """What the form's texts say; `words` by field name, choices by their key."""
    said = services.register.read_form(
        _roster_texts(words, categories), base, words[RosterColumn.COMMUNITY] or None
    )
    party = words[PARTY]
    organization = replace(
        said.organization,
        tags=tags_of(words[TAGS]),
        party_organization=PartyOrganization(party) if party else None,
    )
    more = {name: words[name] for name in start.fields if name in words and name not in LINES}
    form = services.ledgers.read_form(PARTICULARS, more, start.particulars)
    remarks: dict[str, Remark] = dict(reversed(form.remarks)) | dict(reversed(form.faults))
    # A fault goes before a question, the first of several before the others.
    remarks |= {each.column: each.remark for each in (*reversed(said.remarks), *reversed(said.faults))}
    particulars = replace(form.record, organization_id=organization.id)
    namesake = services.roster.namesake(organization) if organization.name else None
    return Reading(words, organization, particulars, remarks, namesake)


def _roster_texts(words: Mapping[str, str], categories: Sequence[Category]) -> dict[RosterColumn, str]:
    """The texts as they would stand in a row of a roster."""
    names = {each.id: each.name for each in categories}
    shown = {
        RosterColumn.CATEGORY: names.get(words[RosterColumn.CATEGORY], ""),
        RosterColumn.STATUS: Status(words[RosterColumn.STATUS]).label,
        RosterColumn.STANDING: _label(words[RosterColumn.STANDING]),
    }
    plain = {column: words[column] for column in RosterColumn if column in words}
    return {
        column: shown.get(column, text) for column, text in plain.items() if column != RosterColumn.COMMUNITY
    }


def _label(standing: str) -> str:
    return Standing(standing).label if standing else ""
