"""What the detail pane tells of an organization beyond its row: read in one job when the selection rests."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.model.activities import Good, GoodEvidence
from core.model.filing import TransitionKind
from core.model.filing_view import FilingCase
from core.model.ledgers import LEDGERS
from core.model.organization import Organization
from core.model.register import HistoryLine
from core.model.register_ledgers import BRANDS, GOOD_EVIDENCE, PARTICULARS, TRANSITIONS
from core.services.services import Services

LINK = "organization_id"
TOLD_OTHERWISE = (TRANSITIONS, PARTICULARS, GOOD_EVIDENCE, BRANDS)
COUNTED = tuple(
    each
    for each in LEDGERS.values()
    if each not in TOLD_OTHERWISE and any(f.name == LINK and f.target is Organization for f in each.links)
)


@dataclass(frozen=True, slots=True)
class OrganizationMore:
    """Matters and what may follow, the five ones, brands, records of ledgers, files, changes.

    `goods` holds those that somebody looked at; `counts` the ledgers that have records of it, by code.
    """

    organization_id: str
    cases: tuple[FilingCase, ...]
    allowed: tuple[TransitionKind, ...]
    goods: Mapping[Good, bool]
    brands: tuple[str, ...]
    counts: Mapping[str, int]
    files: int
    history: tuple[HistoryLine, ...]


def read_more(services: Services, key: str) -> OrganizationMore:
    """Read all of it."""
    ledgers = services.ledgers
    equal = {LINK: key}
    goods: list[GoodEvidence] = [
        row.record for row in ledgers.rows(GOOD_EVIDENCE, ledgers.find(GOOD_EVIDENCE, equal=equal))
    ]
    brands = ledgers.rows(BRANDS, ledgers.find(BRANDS, equal=equal))
    counts = {each.code: len(ledgers.find(each, equal=equal)) for each in COUNTED}
    return OrganizationMore(
        key,
        services.filing.of(key),
        services.filing.allowed(key),
        {each.good: each.has for each in goods},
        tuple("，".join(text for text in row.texts[1:4] if text != "—") for row in brands),
        {code: count for code, count in counts.items() if count},
        len(services.attachments.of(key)),
        services.register.history(key),
    )
