"""Fields that many ledgers have."""

from core.model.ledger import Field, FieldKind
from core.model.organization import Community, Organization, WorkGroup
from core.model.people import Unit

K = FieldKind

ORGANIZATION = Field(
    "organization_id",
    "社会组织",
    K.LINK,
    required=True,
    target=Organization,
    synonyms=("组织名称", "名称", "组织", "社团名称"),
    width=28,
)
ANY_ORGANIZATION = Field(
    "organization_id", "社会组织", K.LINK, target=Organization, synonyms=("组织名称", "承接组织"), width=28
)
WORK_GROUP = Field("work_group_id", "工作组", K.LINK, target=WorkGroup, synonyms=("专项推进组",), width=18)
UNIT = Field("unit_id", "单位", K.LINK, target=Unit, synonyms=("办（所）", "部门"), width=18)
COMMUNITY = Field("community_id", "社区（村）", K.LINK, target=Community, synonyms=("所属社区",), width=16)
REMARKS = Field("remarks", "备注", K.LONG, width=20, listed=False)
