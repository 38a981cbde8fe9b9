"""The first tables: office, register, assessment, papers, journal.

Written out in full and apart from db.tables, which goes on changing: a revision stays what it was.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_journal()
    _create_register()
    _create_assignments()
    _create_cycles()
    _create_marks()
    _create_results()


def _text(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _whole(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def _maybe_whole(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=True) for name in names)


def _flags(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Boolean(), nullable=False) for name in names)


def _maybe(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _records(name: str, label: str, *items: Any) -> None:
    op.create_table(
        name, *_text("id"), *items, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), comment=label
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name, deferrable=True, initially="DEFERRED")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _create_journal() -> None:
    op.create_table(
        "store_identity",
        *_text("store_id", "created_at"),
        sa.PrimaryKeyConstraint("store_id", name="pk_store_identity"),
        comment="数据文件标识",
    )
    op.create_table(
        "acts",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *_text("id", "at", "verb", "actor", "reason"),
        sa.PrimaryKeyConstraint("number", name="pk_acts"),
        _unique("acts", "id"),
        comment="操作",
    )
    op.create_table(
        "changes",
        *_whole("id", "act_number"),
        *_text("kind", "record_id"),
        *_whole("version"),
        _maybe("before", sa.Text()),
        _maybe("after", sa.Text()),
        sa.ForeignKeyConstraint(["act_number"], ["acts.number"], "fk_changes_act_number"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        comment="变更",
    )
    _index("changes", "act_number", "record_id")


def _create_register() -> None:
    _records(
        "offices",
        "单位设置",
        *_text("name", "desk", "document_code", "addressee", "copy_to", "line_pitch"),
        *_flags("two_sided", "use_office_fonts"),
        *_whole("version"),
        sa.Column("only_one", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("only_one = 1", name=op.f("ck_offices_only_one")),
        _unique("offices", "only_one"),
    )
    _records(
        "communities",
        "社区（村）",
        *_text("name", "kind"),
        *_maybe_whole("population", "areas"),
        *_whole("position", "version"),
    )
    _records("categories", "类别", *_whole("number"), *_text("name", "aliases"), *_whole("version"))
    _records(
        "work_groups",
        "专项推进组",
        *_text("category_id", "name", "coordinating_unit", "linked_departments", "lead_leader"),
        *_text("convener", "duties"),
        *_whole("position", "version"),
        _key("work_groups", "category_id", "categories"),
    )
    _index("work_groups", "category_id")
    _create_organizations()


def _create_organizations() -> None:
    _records(
        "organizations",
        "社会组织",
        *_text("name"),
        _maybe("community_id", sa.Text()),
        _maybe("category_id", sa.Text()),
        _maybe("standing", sa.Text()),
        *_text("filing_number", "credit_code"),
        _maybe("founded_on", sa.Text()),
        *_text("status", "principal", "political_status", "phones"),
        *_maybe_whole("members", "party_members", "volunteers"),
        *_text("premises"),
        *_maybe_whole("figures_year", "activities", "visits"),
        *_text("previous_grade", "remarks"),
        *_whole("position"),
        *_text("search_key", "sort_key"),
        *_whole("version"),
        _key("organizations", "community_id", "communities"),
        _key("organizations", "category_id", "categories"),
    )
    _index("organizations", "community_id", "category_id")


def _create_assignments() -> None:
    _records(
        "assignments",
        "归组",
        *_text("organization_id", "work_group_id", "since_on", "until_on"),
        *_flags("by_hand"),
        *_whole("version"),
        _key("assignments", "organization_id", "organizations"),
        _key("assignments", "work_group_id", "work_groups"),
    )
    _index("assignments", "organization_id", "work_group_id")


def _create_cycles() -> None:
    _records(
        "scheme_texts",
        "考核办法",
        *_text("code", "name", "text", "digest", "loaded_at"),
        *_whole("version"),
        _unique("scheme_texts", "digest"),
    )
    _records(
        "cycles",
        "考核周期",
        *_whole("year"),
        *_text("scheme_id", "state", "opened_on", "computed_at", "digest"),
        *_whole("version"),
        _key("cycles", "scheme_id", "scheme_texts"),
        _unique("cycles", "year", "scheme_id"),
    )
    _index("cycles", "scheme_id")
    _records(
        "subjects",
        "考核对象",
        *_text("cycle_id", "organization_id", "name", "category", "community", "filed_on"),
        *_text("previous_grade", "barred"),
        *_whole("position", "version"),
        _key("subjects", "cycle_id", "cycles"),
        _key("subjects", "organization_id", "organizations"),
        _unique("subjects", "cycle_id", "organization_id"),
    )
    _index("subjects", "organization_id")


def _create_marks() -> None:
    _records(
        "score_sheets",
        "评分表",
        *_text("cycle_id", "subject_id", "stage", "rater", "marks", "issues", "recused", "remark", "source"),
        *_whole("version"),
        _key("score_sheets", "cycle_id", "cycles"),
        _key("score_sheets", "subject_id", "subjects"),
        _unique("score_sheets", "cycle_id", "stage", "rater", "subject_id"),
    )
    _index("score_sheets", "subject_id")
    _records(
        "entries",
        "加减分",
        *_text("cycle_id", "subject_id", "kind"),
        _maybe("points", sa.BigInteger()),
        *_text("reason", "item", "evidence", "dated_on", "lifted", "source"),
        *_whole("version"),
        _key("entries", "cycle_id", "cycles"),
        _key("entries", "subject_id", "subjects"),
    )
    _index("entries", "cycle_id", "subject_id")


def _create_results() -> None:
    _records(
        "results",
        "考核结果",
        *_text("cycle_id", "subject_id", "state"),
        _maybe("final", sa.BigInteger()),
        *_text("grade"),
        *_whole("rank"),
        *_text("award"),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        *_text("notes", "trace"),
        *_whole("version"),
        _key("results", "cycle_id", "cycles"),
        _key("results", "subject_id", "subjects"),
        _unique("results", "subject_id"),
    )
    _index("results", "cycle_id")
    _records(
        "issued_papers",
        "已发文书",
        *_text("kind", "cycle_id"),
        _maybe("subject_id", sa.Text()),
        *_text("series"),
        *_whole("year", "sequence"),
        *_text("title", "dated_on"),
        *_whole("version"),
        _key("issued_papers", "cycle_id", "cycles"),
        _key("issued_papers", "subject_id", "subjects"),
        _unique("issued_papers", "kind", "series", "year", "sequence"),
    )
    _index("issued_papers", "cycle_id", "subject_id")
