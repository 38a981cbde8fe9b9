"""The tables as this version of the program knows them; columns bear the names of the model's fields.

Plain tables, no mapped classes: records go in and out as whole frozen dataclasses (db.records), and
loading the ORM would cost every start about 70 ms.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    text,
)

from core.model.attachment import Attachment
from core.model.ledgers import LEDGERS
from core.model.office import LinePitch, Office
from core.model.organization import (
    Assignment,
    Category,
    Community,
    CommunityKind,
    Organization,
    PartyOrganization,
    Standing,
    Status,
    WorkGroup,
)
from core.model.saved_view import SavedView
from core.model.written_document import (
    DocumentState,
    DocumentStep,
    IssuedPaper,
    OwnTemplate,
    PaperState,
    WrittenDocument,
)
from db.assessment_tables import ASSESSMENT_KINDS
from db.certificate_tables import CERTIFICATE_KINDS
from db.ledger_tables import ledger_table
from db.table_parts import UNJOURNALED, column, link, metadata, records, version
from db.types import LINK, MOMENT, PARTIAL_DATE, TEXTS, enum_text, json_text
from db.user_tables import USER_KINDS

REVISION = "0008"
"""The newest migration; the file's user_version is its number."""


def _steps(value: list[list[str]]) -> tuple[DocumentStep, ...]:
    return tuple(DocumentStep(*one) for one in value)


offices = records(
    "offices",
    "单位设置",
    column("name"),
    column("desk"),
    column("document_code"),
    column("addressee"),
    column("copy_to"),
    column("line_pitch", enum_text(LinePitch)),
    column("two_sided", Boolean),
    column("use_office_fonts", Boolean),
    column("keep_id_numbers", Boolean),
    column("accept_days", Integer),
    column("opinion_days", Integer),
    column("decision_days", Integer),
    column("cancellation_days", Integer),
    column("short_names_first", Boolean),
    column("praise_verb"),
    column("contact_phone"),
    column("contact_address"),
    column("forbidden_words", TEXTS),
    column("print_log_head", Boolean),
    version(),
    # The one office of a store: a second row would need a second value here.
    column("only_one", Integer, server_default="1", unique=True),
    CheckConstraint("only_one = 1", name="only_one"),
)

communities = records(
    "communities",
    "社区（村）",
    column("name"),
    column("kind", enum_text(CommunityKind)),
    column("population", Integer, nullable=True),
    column("areas", Integer, nullable=True),
    column("preparatory", Boolean),
    column("position", Integer),
    version(),
)

categories = records(
    "categories",
    "类别",
    column("number", Integer),
    column("name"),
    column("aliases", TEXTS),
    version(),
)

work_groups = records(
    "work_groups",
    "专项推进组",
    link("category_id", "categories"),
    column("name"),
    column("coordinating_unit"),
    column("linked_departments", TEXTS),
    column("lead_leader"),
    column("convener"),
    column("duties"),
    column("position", Integer),
    version(),
)

organizations = records(
    "organizations",
    "社会组织",
    column("name"),
    link("community_id", "communities", nullable=True),
    link("category_id", "categories", nullable=True),
    column("standing", enum_text(Standing), nullable=True),
    column("filing_number"),
    column("credit_code"),
    column("founded_on", PARTIAL_DATE, nullable=True),
    column("status", enum_text(Status)),
    column("principal"),
    column("political_status"),
    column("phones", TEXTS),
    column("members", Integer, nullable=True),
    column("party_members", Integer, nullable=True),
    column("volunteers", Integer, nullable=True),
    column("premises"),
    column("figures_year", Integer, nullable=True),
    column("activities", Integer, nullable=True),
    column("visits", Integer, nullable=True),
    column("previous_grade"),
    column("remarks"),
    column("party_organization", enum_text(PartyOrganization), nullable=True),
    column("former_names", TEXTS),
    column("tags", TEXTS),
    link("merged_into", "organizations", LINK, nullable=True, index=False),
    column("position", Integer),
    column("search_key", info=UNJOURNALED),
    column("sort_key", info=UNJOURNALED),
    version(),
    # All that finding asks for, in the list's order: the rows themselves are three times as wide.
    Index("ix_organizations_found", "merged_into", "position", "id", "search_key"),
)

assignments = records(
    "assignments",
    "归组",
    link("organization_id", "organizations"),
    link("work_group_id", "work_groups"),
    column("since_on"),
    column("until_on"),
    column("by_hand", Boolean),
    version(),
)

own_templates = records(
    "own_templates",
    "文书模板",
    column("code", unique=True),
    column("text"),
    version(),
)

written_documents = records(
    "written_documents",
    "文书",
    column("template"),
    column("year", Integer),
    column("title"),
    column("text"),
    link("cycle_id", "cycles", LINK, nullable=True),
    column("ref_id"),
    column("state", enum_text(DocumentState)),
    column("dated_on"),
    column("steps", json_text(_steps)),
    version(),
)

issued_papers = records(
    "issued_papers",
    "已发文书",
    column("kind"),
    link("cycle_id", "cycles", LINK, nullable=True),
    link("subject_id", "subjects", LINK, nullable=True),
    column("series"),
    column("year", Integer),
    column("sequence", Integer),
    column("title"),
    column("dated_on"),
    link("document_id", "written_documents", LINK, nullable=True),
    column("recipient"),
    column("state", enum_text(PaperState)),
    column("reason"),
    column("content"),
    column("digest"),
    column("issued_at"),
    column("received_on", nullable=True),
    version(),
    # A number is given once; papers without one have no series.
    Index(
        "uq_issued_papers_number",
        "series",
        "year",
        "sequence",
        unique=True,
        # A server wants the same said for itself; but to say it loads its dialect, at every start.
        sqlite_where=text("series <> ''"),
    ),
)

attachments = records(
    "attachments",
    "附件",
    column("owner_id", index=True),
    column("name"),
    column("digest", index=True),
    column("size", BigInteger),
    column("added_at"),
    column("caption"),
    version(),
)

saved_views = records(
    "saved_views",
    "常用筛选",
    column("page"),
    column("name"),
    column("filters"),
    column("position", Integer),
    version(),
    UniqueConstraint("page", "name"),
)

acts = Table(
    "acts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    column("id", unique=True),
    column("at", MOMENT),
    column("verb"),
    column("actor"),
    column("reason"),
    comment="操作",
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("act_number", Integer, ForeignKey("acts.number"), nullable=False, index=True),
    column("kind"),
    column("record_id", index=True),
    column("version", Integer),
    column("before", json_text(dict), nullable=True),
    column("after", json_text(dict), nullable=True),
    comment="变更",
)

act_digests = Table(
    "act_digests",
    metadata,
    Column("act_number", Integer, primary_key=True, autoincrement=False),
    column("digest"),
    comment="操作校验码",
)

store_identity = Table(
    "store_identity",
    metadata,
    column("store_id", primary_key=True),
    column("created_at", MOMENT),
    comment="数据文件标识",
)

_OF_THEIR_OWN: Mapping[type[Any], Table] = {
    Office: offices,
    Community: communities,
    Category: categories,
    WorkGroup: work_groups,
    Organization: organizations,
    Assignment: assignments,
    **ASSESSMENT_KINDS,
    OwnTemplate: own_templates,
    WrittenDocument: written_documents,
    IssuedPaper: issued_papers,
    **CERTIFICATE_KINDS,
    Attachment: attachments,
    SavedView: saved_views,
    **USER_KINDS,
}


def _with_ledgers(tables: Mapping[type[Any], Table]) -> Mapping[type[Any], Table]:
    """The tables with those of all ledgers; a ledger may refer to those before it."""
    known = dict(tables)
    for each in LEDGERS.values():
        known[each.kind] = ledger_table(each, metadata, known, UNJOURNALED)
    return known


KINDS: Mapping[type[Any], Table] = _with_ledgers(_OF_THEIR_OWN)
"""Where the records of each kind lie."""
