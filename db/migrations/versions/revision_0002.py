"""The register in full: ledgers, attachments, saved views; more about organizations and communities."""

import sqlalchemy as sa
from alembic import op

from db.migration_tables import (
    big,
    flags,
    index,
    key,
    maybe_big,
    maybe_text,
    maybe_whole,
    records,
    text,
    unique,
    whole,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _widen_organizations()
    _widen_communities()
    _widen_offices()
    _create_attachments()
    _create_classifications()
    _create_holidays()
    _create_incubators()
    _create_saved_views()
    _create_units()
    _create_class_mappings()
    _create_people()
    _create_activities()
    _create_brands()
    _create_contacts()
    _create_good_evidence()
    _create_group_papers()
    _create_incomes()
    _create_obligations()
    _create_particulars()
    _create_posts()
    _create_projects()
    _create_service_offers()
    _create_trainings()
    _create_transitions()
    _create_attendance()
    _create_tasks()
    _index_for_finding()


def _widen_organizations() -> None:
    with op.batch_alter_table("organizations", recreate="always") as table:
        table.add_column(sa.Column("party_organization", sa.Text(), nullable=True))
        table.add_column(sa.Column("former_names", sa.Text(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("tags", sa.Text(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("merged_into", sa.Text(), nullable=True))
        table.create_foreign_key(
            "fk_organizations_merged_into",
            "organizations",
            ["merged_into"],
            ["id"],
            deferrable=True,
            initially="DEFERRED",
        )
    with op.batch_alter_table("organizations", recreate="always") as table:
        table.alter_column("former_names", server_default=None)
        table.alter_column("tags", server_default=None)


def _widen_offices() -> None:
    days = {"accept_days": 5, "opinion_days": 10, "decision_days": 7, "cancellation_days": 30}
    flags_of = {"keep_id_numbers": sa.false(), "short_names_first": sa.true()}
    with op.batch_alter_table("offices", recreate="always") as table:
        for name, value in days.items():
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=str(value)))
        for name, flag in flags_of.items():
            table.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=flag))
    with op.batch_alter_table("offices", recreate="always") as table:
        for name in (*days, *flags_of):
            table.alter_column(name, server_default=None)


def _widen_communities() -> None:
    with op.batch_alter_table("communities", recreate="always") as table:
        table.add_column(sa.Column("preparatory", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("communities", recreate="always") as table:
        table.alter_column("preparatory", server_default=None)


def _create_attachments() -> None:
    records(
        "attachments",
        "附件",
        *text("owner_id", "name", "digest"),
        *big("size"),
        *text("added_at", "caption"),
        *whole("version"),
    )
    index("attachments", "owner_id", "digest")


def _create_classifications() -> None:
    records(
        "classifications",
        "分类标准",
        *text("title", "source"),
        *maybe_text("since_on", "until_on"),
        *text("classes", "remarks", "search_key"),
        *whole("version"),
    )


def _create_holidays() -> None:
    records(
        "holidays",
        "节假日",
        *maybe_text("day"),
        *flags("works"),
        *text("name", "search_key"),
        *whole("version"),
    )


def _create_incubators() -> None:
    records(
        "incubators",
        "孵化阵地",
        *text("title"),
        *maybe_text("level"),
        *text("operator", "address"),
        *maybe_big("floor_area"),
        *maybe_text("opened_on"),
        *text("residents", "remarks", "search_key"),
        *whole("version"),
    )


def _create_saved_views() -> None:
    records(
        "saved_views",
        "常用筛选",
        *text("page", "name", "filters"),
        *whole("position", "version"),
        unique("saved_views", "page", "name"),
    )


def _create_units() -> None:
    records(
        "units",
        "单位",
        *text("name"),
        *maybe_text("kind"),
        *text("principal", "liaison", "phones"),
        *maybe_text("plan_handed_in_on"),
        *maybe_whole("position"),
        *text("remarks", "search_key"),
        *whole("version"),
    )


def _create_class_mappings() -> None:
    records(
        "class_mappings",
        "分类对照",
        *maybe_text("classification_id", "category_id"),
        *text("mapped_class", "remarks", "search_key"),
        *whole("version"),
        key("class_mappings", "classification_id", "classifications"),
        key("class_mappings", "category_id", "categories"),
    )
    index("class_mappings", "classification_id", "category_id")


def _create_people() -> None:
    records(
        "people",
        "人员",
        *text("name"),
        *maybe_text("sex"),
        *text("political_status"),
        *maybe_text("unit_id"),
        *text("title", "phones", "id_number", "skills", "certificate", "remarks", "search_key"),
        *whole("version"),
        key("people", "unit_id", "units"),
    )
    index("people", "unit_id")


def _create_activities() -> None:
    records(
        "activities",
        "活动",
        *maybe_text("organization_id"),
        *text("title"),
        *maybe_text("held_on"),
        *text("kind"),
        *maybe_text("series"),
        *text("place"),
        *maybe_whole("visits", "volunteers"),
        *text("remarks", "search_key"),
        *whole("version"),
        key("activities", "organization_id", "organizations"),
    )
    index("activities", "organization_id")


def _create_brands() -> None:
    records(
        "brands",
        "品牌",
        *maybe_text("organization_id"),
        *text("title"),
        *maybe_text("level"),
        *maybe_whole("year"),
        *text("basis", "remarks", "search_key"),
        *whole("version"),
        key("brands", "organization_id", "organizations"),
    )
    index("brands", "organization_id")


def _create_contacts() -> None:
    records(
        "contacts",
        "联系走访",
        *maybe_text("organization_id", "held_on", "kind"),
        *text("by", "subject", "outcome", "remarks", "search_key"),
        *whole("version"),
        key("contacts", "organization_id", "organizations"),
    )
    index("contacts", "organization_id")


def _create_good_evidence() -> None:
    records(
        "good_evidence",
        "五个一",
        *maybe_text("organization_id", "good"),
        *flags("has"),
        *text("evidence"),
        *maybe_text("checked_on"),
        *text("remarks", "search_key"),
        *whole("version"),
        key("good_evidence", "organization_id", "organizations"),
    )
    index("good_evidence", "organization_id")


def _create_group_papers() -> None:
    records(
        "group_papers",
        "工作组文件",
        *maybe_text("work_group_id", "kind"),
        *text("title"),
        *maybe_whole("year"),
        *maybe_text("dated_on"),
        *text("remarks", "search_key"),
        *whole("version"),
        key("group_papers", "work_group_id", "work_groups"),
    )
    index("group_papers", "work_group_id")


def _create_incomes() -> None:
    records(
        "incomes",
        "资金",
        *maybe_text("organization_id", "received_on", "source"),
        *maybe_big("amount"),
        *text("purpose", "payee", "voucher", "remarks", "search_key"),
        *whole("version"),
        key("incomes", "organization_id", "organizations"),
    )
    index("incomes", "organization_id")


def _create_obligations() -> None:
    records(
        "obligations",
        "定期工作",
        *text("title"),
        *maybe_text("rhythm"),
        *maybe_whole("due_day"),
        *maybe_text("work_group_id", "unit_id", "community_id", "since_on", "until_on"),
        *flags("evidence_required"),
        *text("remarks", "search_key"),
        *whole("version"),
        key("obligations", "work_group_id", "work_groups"),
        key("obligations", "unit_id", "units"),
        key("obligations", "community_id", "communities"),
    )
    index("obligations", "work_group_id", "unit_id", "community_id")


def _create_particulars() -> None:
    records(
        "particulars",
        "备案信息",
        *maybe_text("organization_id"),
        *text("purpose", "scope_registered", "scope_printed", "activity_area"),
        *flags("has_charter"),
        *text("charter_version", "supervisory_unit"),
        *maybe_text("principal_sex"),
        *text("principal_title", "principal_id_number"),
        *maybe_whole("staff"),
        *text("party_organization_name", "address"),
        *maybe_big("floor_area"),
        *text("shared_with"),
        *maybe_big("funds"),
        *text("fund_sources", "remarks", "search_key"),
        *whole("version"),
        key("particulars", "organization_id", "organizations"),
    )
    index("particulars", "organization_id")


def _create_posts() -> None:
    records(
        "posts",
        "任职",
        *maybe_text(
            "person_id",
            "kind",
            "work_group_id",
            "organization_id",
            "unit_id",
            "community_id",
            "since_on",
            "until_on",
        ),
        *text("term", "remarks", "search_key"),
        *whole("version"),
        key("posts", "person_id", "people"),
        key("posts", "work_group_id", "work_groups"),
        key("posts", "organization_id", "organizations"),
        key("posts", "unit_id", "units"),
        key("posts", "community_id", "communities"),
    )
    index("posts", "person_id", "work_group_id", "organization_id", "unit_id", "community_id")


def _create_projects() -> None:
    records(
        "projects",
        "项目",
        *text("title"),
        *maybe_text("organization_id", "kind"),
        *text("tags", "client", "contract_number"),
        *maybe_text("contracted_on"),
        *maybe_big("amount"),
        *maybe_text("begun_on", "due_on", "accepted_on"),
        *text("acceptance", "remarks", "search_key"),
        *whole("version"),
        key("projects", "organization_id", "organizations"),
    )
    index("projects", "organization_id")


def _create_service_offers() -> None:
    records(
        "service_offers",
        "购买服务",
        *text("title", "field", "content", "buyer"),
        *maybe_text("organization_id"),
        *maybe_whole("year"),
        *text("remarks", "search_key"),
        *whole("version"),
        key("service_offers", "organization_id", "organizations"),
    )
    index("service_offers", "organization_id")


def _create_trainings() -> None:
    records(
        "trainings",
        "培训",
        *text("title"),
        *maybe_text("held_on"),
        *text("place"),
        *maybe_text("teacher_id"),
        *text("host"),
        *maybe_whole("hours"),
        *text("remarks", "search_key"),
        *whole("version"),
        key("trainings", "teacher_id", "people"),
    )
    index("trainings", "teacher_id")


def _create_transitions() -> None:
    records(
        "transitions",
        "备案事项",
        *maybe_text("organization_id", "kind", "applied_on", "accepted_on"),
        *text("change_field", "old_value", "new_value", "reason", "papers", "community_opinion"),
        *maybe_text("community_opined_on"),
        *text("street_opinion"),
        *maybe_text("street_opined_on"),
        *text("office_opinion"),
        *maybe_text("office_opined_on", "outcome", "decided_on"),
        *text("number", "remarks", "search_key"),
        *whole("version"),
        key("transitions", "organization_id", "organizations"),
    )
    index("transitions", "organization_id")


def _create_attendance() -> None:
    records(
        "attendance",
        "培训签到",
        *maybe_text("training_id"),
        *text("attendee"),
        *maybe_text("organization_id"),
        *flags("attended"),
        *text("certificate_number", "remarks", "search_key"),
        *whole("version"),
        key("attendance", "training_id", "trainings"),
        key("attendance", "organization_id", "organizations"),
    )
    index("attendance", "training_id", "organization_id")


def _create_tasks() -> None:
    records(
        "tasks",
        "任务",
        *text("title"),
        *maybe_text("task_list", "work_group_id", "unit_id", "community_id", "organization_id"),
        *text("responsible", "division"),
        *maybe_text("begun_on", "due_on"),
        *flags("planned", "arranged", "supervised"),
        *maybe_whole("progress"),
        *maybe_text("done_on"),
        *text("result"),
        *maybe_text("obligation_id"),
        *text("period", "remarks", "search_key"),
        *whole("version"),
        key("tasks", "work_group_id", "work_groups"),
        key("tasks", "unit_id", "units"),
        key("tasks", "community_id", "communities"),
        key("tasks", "organization_id", "organizations"),
        key("tasks", "obligation_id", "obligations"),
    )
    index("tasks", "work_group_id", "unit_id", "community_id", "organization_id", "obligation_id")


def _index_for_finding() -> None:
    orders = {
        "units": "position",
        "people": "name",
        "posts": "since_on",
        "transitions": "applied_on",
        "particulars": "organization_id",
        "brands": "year",
        "good_evidence": "checked_on",
        "activities": "held_on",
        "projects": "due_on",
        "trainings": "held_on",
        "attendance": "attendee",
        "contacts": "held_on",
        "incomes": "received_on",
        "service_offers": "year",
        "incubators": "title",
        "obligations": "title",
        "tasks": "due_on",
        "group_papers": "year",
        "classifications": "title",
        "class_mappings": "classification_id",
        "holidays": "day",
    }
    for table, order in orders.items():
        op.create_index(f"ix_{table}_found", table, [order, "id", "search_key"])
    op.create_index(
        "ix_organizations_found", "organizations", ["merged_into", "position", "id", "search_key"]
    )
