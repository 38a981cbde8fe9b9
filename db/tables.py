"""The tables as this version of the program knows them; columns bear the names of the model's fields.

Plain tables, no mapped classes: records go in and out as whole frozen dataclasses (db.records), and
loading the ORM would cost every start about 70 ms.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from core.model.assessment import (
    MARK_PLACES,
    ChosenWeight,
    Cycle,
    CycleState,
    Entry,
    EntryKind,
    FrozenFact,
    MarkIssue,
    MarkNote,
    Result,
    ResultState,
    SchemeText,
    ScoreSheet,
    Source,
    Subject,
    TraceInput,
    TraceStep,
)
from core.model.attachment import Attachment
from core.model.ballot import Ballot
from core.model.decision import Decision, DecisionKind, Revocation
from core.model.document import IssuedPaper
from core.model.ledgers import LEDGERS
from core.model.objection import Objection, ObjectionState
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
from db.ledger_tables import ledger_table
from db.types import LINK, MOMENT, PARTIAL_DATE, TEXTS, enum_text, json_text, scaled_decimal

REVISION = "0003"
"""The newest migration; the file's user_version is its number."""

UNJOURNALED: Mapping[Any, Any] = {"journal": False}
"""Marks a column that is derived from others: the journal leaves it out."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _column(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = Text, **options: Any) -> Column[Any]:
    return Column(name, kind, **{"nullable": False} | options)


def _link(
    name: str, target: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = Text, **options: Any
) -> Column[Any]:
    """A reference, checked when the act is committed: within it the order of records does not matter."""
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return Column(name, kind, key, **{"nullable": False, "index": True} | options)


def _records(name: str, label: str, *items: SchemaItem) -> Table:
    """A table of records; `label` is what the clerk calls one of them."""
    return Table(name, metadata, _column("id", primary_key=True), *items, comment=label)


def _version() -> Column[Any]:
    return _column("version", Integer)


def _source(value: dict[str, Any]) -> Source:
    return Source(**value)


def _issues(value: list[dict[str, Any]]) -> tuple[MarkIssue, ...]:
    return tuple(MarkIssue(**issue) for issue in value)


def _notes(value: list[dict[str, Any]]) -> tuple[MarkNote, ...]:
    return tuple(MarkNote(**note) for note in value)


def _weights(value: list[list[str]]) -> tuple[ChosenWeight, ...]:
    return tuple(ChosenWeight(stage, rater, Decimal(weight), of) for stage, rater, weight, of in value)


def _facts(value: list[list[str]]) -> tuple[FrozenFact, ...]:
    return tuple(FrozenFact(*one) for one in value)


def _trace(value: list[list[Any]]) -> tuple[TraceStep, ...]:
    return tuple(
        TraceStep(rule, title, tuple(TraceInput(*one) for one in inputs), working, outcome)
        for rule, title, inputs, working, outcome in value
    )


offices = _records(
    "offices",
    "单位设置",
    _column("name"),
    _column("desk"),
    _column("document_code"),
    _column("addressee"),
    _column("copy_to"),
    _column("line_pitch", enum_text(LinePitch)),
    _column("two_sided", Boolean),
    _column("use_office_fonts", Boolean),
    _column("keep_id_numbers", Boolean),
    _column("accept_days", Integer),
    _column("opinion_days", Integer),
    _column("decision_days", Integer),
    _column("cancellation_days", Integer),
    _column("short_names_first", Boolean),
    _version(),
    # The one office of a store: a second row would need a second value here.
    _column("only_one", Integer, server_default="1", unique=True),
    CheckConstraint("only_one = 1", name="only_one"),
)

communities = _records(
    "communities",
    "社区（村）",
    _column("name"),
    _column("kind", enum_text(CommunityKind)),
    _column("population", Integer, nullable=True),
    _column("areas", Integer, nullable=True),
    _column("preparatory", Boolean),
    _column("position", Integer),
    _version(),
)

categories = _records(
    "categories",
    "类别",
    _column("number", Integer),
    _column("name"),
    _column("aliases", TEXTS),
    _version(),
)

work_groups = _records(
    "work_groups",
    "专项推进组",
    _link("category_id", "categories"),
    _column("name"),
    _column("coordinating_unit"),
    _column("linked_departments", TEXTS),
    _column("lead_leader"),
    _column("convener"),
    _column("duties"),
    _column("position", Integer),
    _version(),
)

organizations = _records(
    "organizations",
    "社会组织",
    _column("name"),
    _link("community_id", "communities", nullable=True),
    _link("category_id", "categories", nullable=True),
    _column("standing", enum_text(Standing), nullable=True),
    _column("filing_number"),
    _column("credit_code"),
    _column("founded_on", PARTIAL_DATE, nullable=True),
    _column("status", enum_text(Status)),
    _column("principal"),
    _column("political_status"),
    _column("phones", TEXTS),
    _column("members", Integer, nullable=True),
    _column("party_members", Integer, nullable=True),
    _column("volunteers", Integer, nullable=True),
    _column("premises"),
    _column("figures_year", Integer, nullable=True),
    _column("activities", Integer, nullable=True),
    _column("visits", Integer, nullable=True),
    _column("previous_grade"),
    _column("remarks"),
    _column("party_organization", enum_text(PartyOrganization), nullable=True),
    _column("former_names", TEXTS),
    _column("tags", TEXTS),
    _link("merged_into", "organizations", LINK, nullable=True, index=False),
    _column("position", Integer),
    _column("search_key", info=UNJOURNALED),
    _column("sort_key", info=UNJOURNALED),
    _version(),
    # All that finding asks for, in the list's order: the rows themselves are three times as wide.
    Index("ix_organizations_found", "merged_into", "position", "id", "search_key"),
)

assignments = _records(
    "assignments",
    "归组",
    _link("organization_id", "organizations"),
    _link("work_group_id", "work_groups"),
    _column("since_on"),
    _column("until_on"),
    _column("by_hand", Boolean),
    _version(),
)

scheme_texts = _records(
    "scheme_texts",
    "考核办法",
    _column("code"),
    _column("name"),
    _column("text"),
    _column("digest", unique=True),
    _column("loaded_at"),
    _version(),
)

cycles = _records(
    "cycles",
    "考核周期",
    _column("year", Integer),
    _link("scheme_id", "scheme_texts"),
    _column("state", enum_text(CycleState)),
    _column("opened_on"),
    _column("computed_at"),
    _column("digest"),
    _column("code"),
    _column("title"),
    _column("weights", json_text(_weights)),
    _column("reported_on"),
    _column("reported_to"),
    _column("notice_from"),
    _column("notice_until"),
    _column("confirmed_on"),
    _column("announced_on"),
    _column("archived_on"),
    _version(),
    UniqueConstraint("year", "code"),
)

subjects = _records(
    "subjects",
    "考核对象",
    _link("cycle_id", "cycles", index=False),
    _link("organization_id", "organizations", LINK, nullable=True),
    _column("name"),
    _column("category"),
    _column("community"),
    _column("filed_on"),
    _column("previous_grade"),
    _column("barred"),
    _column("position", Integer),
    _column("kind"),
    _column("ref_id"),
    _column("facts", json_text(_facts)),
    _version(),
    UniqueConstraint("cycle_id", "organization_id"),
)

score_sheets = _records(
    "score_sheets",
    "评分表",
    _link("cycle_id", "cycles", index=False),
    _link("subject_id", "subjects"),
    _column("stage"),
    _column("rater"),
    _column("marks", TEXTS),
    _column("issues", json_text(_issues)),
    _column("recused"),
    _column("remark"),
    _column("source", json_text(_source)),
    _column("notes", json_text(_notes)),
    _version(),
    UniqueConstraint("cycle_id", "stage", "rater", "subject_id"),
)

entries = _records(
    "entries",
    "加减分",
    _link("cycle_id", "cycles"),
    _link("subject_id", "subjects"),
    _column("kind", enum_text(EntryKind)),
    _column("points", scaled_decimal(MARK_PLACES), nullable=True),
    _column("reason"),
    _column("item"),
    _column("evidence"),
    _column("dated_on"),
    _column("lifted"),
    _column("source", json_text(_source)),
    _column("level"),
    _version(),
)

decisions = _records(
    "decisions",
    "决定",
    _link("cycle_id", "cycles"),
    _column("kind", enum_text(DecisionKind)),
    _column("body"),
    _column("decided_on"),
    _column("persons"),
    _column("reason"),
    _column("evidence"),
    _link("subject_id", "subjects", LINK, nullable=True),
    _column("award"),
    _column("category"),
    _column("order", TEXTS),
    _column("score", scaled_decimal(MARK_PLACES), nullable=True),
    _column("grade"),
    _link("objection_id", "objections", LINK, nullable=True),
    _column("lifted"),
    _version(),
)

revocations = _records(
    "revocations",
    "撤销",
    _link("cycle_id", "cycles"),
    _link("subject_id", "subjects"),
    _column("body"),
    _column("dated_on"),
    _column("reason"),
    _column("evidence"),
    _column("promote", Boolean),
    _column("lifted"),
    _version(),
)

objections = _records(
    "objections",
    "异议",
    _link("cycle_id", "cycles"),
    _link("subject_id", "subjects"),
    _column("raised_on"),
    _column("raised_by"),
    _column("content"),
    _column("contact"),
    _column("state", enum_text(ObjectionState)),
    _column("checker"),
    _column("finding"),
    _column("decided_by"),
    _column("decided_on"),
    _column("answer"),
    _column("answered_on"),
    _version(),
)

ballots = _records(
    "ballots",
    "测评票",
    _link("cycle_id", "cycles", index=False),
    _column("stage"),
    _column("rater"),
    _link("subject_id", "subjects"),
    _column("number", Integer),
    _column("first", TEXTS),
    _column("first_by"),
    _column("second", TEXTS),
    _column("second_by"),
    _column("invalid"),
    _version(),
    UniqueConstraint("cycle_id", "stage", "rater", "subject_id", "number"),
)

results = _records(
    "results",
    "考核结果",
    _link("cycle_id", "cycles"),
    _link("subject_id", "subjects", index=False, unique=True),
    _column("state", enum_text(ResultState)),
    _column("final", scaled_decimal(MARK_PLACES), nullable=True),
    _column("grade"),
    _column("rank", Integer),
    _column("award"),
    _column("amount_fen", BigInteger),
    _column("notes", TEXTS),
    _column("trace", json_text(_trace), info=UNJOURNALED),
    _version(),
)

issued_papers = _records(
    "issued_papers",
    "已发文书",
    _column("kind"),
    _link("cycle_id", "cycles"),
    _link("subject_id", "subjects", LINK, nullable=True),
    _column("series"),
    _column("year", Integer),
    _column("sequence", Integer),
    _column("title"),
    _column("dated_on"),
    _version(),
    UniqueConstraint("kind", "series", "year", "sequence"),
)

attachments = _records(
    "attachments",
    "附件",
    _column("owner_id", index=True),
    _column("name"),
    _column("digest", index=True),
    _column("size", BigInteger),
    _column("added_at"),
    _column("caption"),
    _version(),
)

saved_views = _records(
    "saved_views",
    "常用筛选",
    _column("page"),
    _column("name"),
    _column("filters"),
    _column("position", Integer),
    _version(),
    UniqueConstraint("page", "name"),
)

acts = Table(
    "acts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _column("id", unique=True),
    _column("at", MOMENT),
    _column("verb"),
    _column("actor"),
    _column("reason"),
    comment="操作",
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("act_number", Integer, ForeignKey("acts.number"), nullable=False, index=True),
    _column("kind"),
    _column("record_id", index=True),
    _column("version", Integer),
    _column("before", json_text(dict), nullable=True),
    _column("after", json_text(dict), nullable=True),
    comment="变更",
)

store_identity = Table(
    "store_identity",
    metadata,
    _column("store_id", primary_key=True),
    _column("created_at", MOMENT),
    comment="数据文件标识",
)

_OF_THEIR_OWN: Mapping[type[Any], Table] = {
    Office: offices,
    Community: communities,
    Category: categories,
    WorkGroup: work_groups,
    Organization: organizations,
    Assignment: assignments,
    SchemeText: scheme_texts,
    Cycle: cycles,
    Subject: subjects,
    ScoreSheet: score_sheets,
    Entry: entries,
    Objection: objections,
    Decision: decisions,
    Revocation: revocations,
    Ballot: ballots,
    Result: results,
    IssuedPaper: issued_papers,
    Attachment: attachments,
    SavedView: saved_views,
}


def _with_ledgers(tables: Mapping[type[Any], Table]) -> Mapping[type[Any], Table]:
    """The tables with those of all ledgers; a ledger may refer to those before it."""
    known = dict(tables)
    for each in LEDGERS.values():
        known[each.kind] = ledger_table(each, metadata, known, UNJOURNALED)
    return known


KINDS: Mapping[type[Any], Table] = _with_ledgers(_OF_THEIR_OWN)
"""Where the records of each kind lie."""
