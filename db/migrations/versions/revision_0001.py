"""The first tables: office, register, assessment, papers, journal.

Written out in full and apart from db.tables, which goes on changing: a revision stays what it was.
"""

import sqlalchemy as sa
from alembic import op

from db.migration_tables import flags, index, key, maybe, maybe_whole, records, text, unique, whole

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


def _create_journal() -> None:
    op.create_table(
        "store_identity",
        *text("store_id", "created_at"),
        sa.PrimaryKeyConstraint("store_id", name="pk_store_identity"),
        comment="数据文件标识",
    )
    op.create_table(
        "acts",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *text("id", "at", "verb", "actor", "reason"),
        sa.PrimaryKeyConstraint("number", name="pk_acts"),
        unique("acts", "id"),
        comment="操作",
    )
    op.create_table(
        "changes",
        *whole("id", "act_number"),
        *text("kind", "record_id"),
        *whole("version"),
        maybe("before", sa.Text()),
        maybe("after", sa.Text()),
        sa.ForeignKeyConstraint(["act_number"], ["acts.number"], "fk_changes_act_number"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        comment="变更",
    )
    index("changes", "act_number", "record_id")


def _create_register() -> None:
    records(
        "offices",
        "单位设置",
        *text("name", "desk", "document_code", "addressee", "copy_to", "line_pitch"),
        *flags("two_sided", "use_office_fonts"),
        *whole("version"),
        sa.Column("only_one", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("only_one = 1", name=op.f("ck_offices_only_one")),
        unique("offices", "only_one"),
    )
    records(
        "communities",
        "社区（村）",
        *text("name", "kind"),
        *maybe_whole("population", "areas"),
        *whole("position", "version"),
    )
    records("categories", "类别", *whole("number"), *text("name", "aliases"), *whole("version"))
    records(
        "work_groups",
        "专项推进组",
        *text("category_id", "name", "coordinating_unit", "linked_departments", "lead_leader"),
        *text("convener", "duties"),
        *whole("position", "version"),
        key("work_groups", "category_id", "categories"),
    )
    index("work_groups", "category_id")
    _create_organizations()


def _create_organizations() -> None:
    records(
        "organizations",
        "社会组织",
        *text("name"),
        maybe("community_id", sa.Text()),
        maybe("category_id", sa.Text()),
        maybe("standing", sa.Text()),
        *text("filing_number", "credit_code"),
        maybe("founded_on", sa.Text()),
        *text("status", "principal", "political_status", "phones"),
        *maybe_whole("members", "party_members", "volunteers"),
        *text("premises"),
        *maybe_whole("figures_year", "activities", "visits"),
        *text("previous_grade", "remarks"),
        *whole("position"),
        *text("search_key", "sort_key"),
        *whole("version"),
        key("organizations", "community_id", "communities"),
        key("organizations", "category_id", "categories"),
    )
    index("organizations", "community_id", "category_id")


def _create_assignments() -> None:
    records(
        "assignments",
        "归组",
        *text("organization_id", "work_group_id", "since_on", "until_on"),
        *flags("by_hand"),
        *whole("version"),
        key("assignments", "organization_id", "organizations"),
        key("assignments", "work_group_id", "work_groups"),
    )
    index("assignments", "organization_id", "work_group_id")


def _create_cycles() -> None:
    records(
        "scheme_texts",
        "考核办法",
        *text("code", "name", "text", "digest", "loaded_at"),
        *whole("version"),
        unique("scheme_texts", "digest"),
    )
    records(
        "cycles",
        "考核周期",
        *whole("year"),
        *text("scheme_id", "state", "opened_on", "computed_at", "digest"),
        *whole("version"),
        key("cycles", "scheme_id", "scheme_texts"),
        unique("cycles", "year", "scheme_id"),
    )
    index("cycles", "scheme_id")
    records(
        "subjects",
        "考核对象",
        *text("cycle_id", "organization_id", "name", "category", "community", "filed_on"),
        *text("previous_grade", "barred"),
        *whole("position", "version"),
        key("subjects", "cycle_id", "cycles"),
        key("subjects", "organization_id", "organizations"),
        unique("subjects", "cycle_id", "organization_id"),
    )
    index("subjects", "organization_id")


def _create_marks() -> None:
    records(
        "score_sheets",
        "评分表",
        *text("cycle_id", "subject_id", "stage", "rater", "marks", "issues", "recused", "remark", "source"),
        *whole("version"),
        key("score_sheets", "cycle_id", "cycles"),
        key("score_sheets", "subject_id", "subjects"),
        unique("score_sheets", "cycle_id", "stage", "rater", "subject_id"),
    )
    index("score_sheets", "subject_id")
    records(
        "entries",
        "加减分",
        *text("cycle_id", "subject_id", "kind"),
        maybe("points", sa.BigInteger()),
        *text("reason", "item", "evidence", "dated_on", "lifted", "source"),
        *whole("version"),
        key("entries", "cycle_id", "cycles"),
        key("entries", "subject_id", "subjects"),
    )
    index("entries", "cycle_id", "subject_id")


def _create_results() -> None:
    records(
        "results",
        "考核结果",
        *text("cycle_id", "subject_id", "state"),
        maybe("final", sa.BigInteger()),
        *text("grade"),
        *whole("rank"),
        *text("award"),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        *text("notes", "trace"),
        *whole("version"),
        key("results", "cycle_id", "cycles"),
        key("results", "subject_id", "subjects"),
        unique("results", "subject_id"),
    )
    index("results", "cycle_id")
    records(
        "issued_papers",
        "已发文书",
        *text("kind", "cycle_id"),
        maybe("subject_id", sa.Text()),
        *text("series"),
        *whole("year", "sequence"),
        *text("title", "dated_on"),
        *whole("version"),
        key("issued_papers", "cycle_id", "cycles"),
        key("issued_papers", "subject_id", "subjects"),
        unique("issued_papers", "kind", "series", "year", "sequence"),
    )
    index("issued_papers", "cycle_id", "subject_id")
