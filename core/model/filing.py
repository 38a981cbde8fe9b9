"""Filing, change, cancellation.

An organization's way through the register, and what its filing form says beyond the roster.
"""

from dataclasses import dataclass

from core.model.dates import PartialDate
from core.model.labelled import Labelled
from core.model.people import Sex


class TransitionKind(Labelled):
    """A step in the life of an organization (domain 2.1, 2.2)."""

    FILE = "file", "备案"
    REGISTER = "register", "登记"
    ENROLL = "enroll", "纳入管理"
    CHANGE = "change", "变更"
    SUSPEND = "suspend", "暂停活动"
    RESUME = "resume", "恢复活动"
    DEREGISTER = "deregister", "注销"
    REVOKE = "revoke", "撤销"


class Outcome(Labelled):
    """How an application ended; None while it is under way."""

    APPROVED = "approved", "同意"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "撤回"


@dataclass(frozen=True, slots=True)
class Transition:
    """One application or decision about an organization, with its papers, opinions and dates.

    Its state follows from its dates (core.rules.filing): applied → accepted → opinions → decided. `papers`
    are the titles of the papers handed in. `change_field`, `old_value` and `new_value` say what a change is
    about (name, head, place).
    """

    id: str
    organization_id: str
    kind: TransitionKind
    applied_on: PartialDate | None = None
    accepted_on: PartialDate | None = None
    change_field: str = ""
    old_value: str = ""
    new_value: str = ""
    reason: str = ""
    papers: tuple[str, ...] = ()
    community_opinion: str = ""
    community_opined_on: PartialDate | None = None
    street_opinion: str = ""
    street_opined_on: PartialDate | None = None
    office_opinion: str = ""
    office_opined_on: PartialDate | None = None
    outcome: Outcome | None = None
    decided_on: PartialDate | None = None
    number: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the filing form says of an organization beyond its row in the roster, one record for each.

    `floor_area` is in hundredths of a square metre, `funds` in fen. `scope_registered` is the business scope
    as registered, `scope_printed` as it is printed on papers.
    """

    id: str
    organization_id: str
    purpose: str = ""
    scope_registered: str = ""
    scope_printed: str = ""
    activity_area: str = ""
    has_charter: bool = False
    charter_version: str = ""
    supervisory_unit: str = ""
    principal_sex: Sex | None = None
    principal_title: str = ""
    principal_id_number: str = ""
    staff: int | None = None
    party_organization_name: str = ""
    address: str = ""
    floor_area: int | None = None
    shared_with: str = ""
    funds: int | None = None
    fund_sources: str = ""
    remarks: str = ""
    search_key: str = ""
    version: int = 1
