"""The assessment in full: cycles of a year, decisions, objections, revocations, ballots, money, penalties."""

import sqlalchemy as sa
from alembic import op

from db.migration_tables import (
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

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CYCLE_TEXTS = {
    "code": "",
    "title": "",
    "weights": "[]",
    "reported_on": "",
    "reported_to": "",
    "notice_from": "",
    "notice_until": "",
    "confirmed_on": "",
    "announced_on": "",
    "archived_on": "",
}
SUBJECT_TEXTS = {"kind": "", "ref_id": "", "facts": "[]"}
SHEET_TEXTS = {"notes": "[]"}
ENTRY_TEXTS = {"level": ""}


def upgrade() -> None:
    _widen_cycles()
    _widen_subjects()
    _widen("score_sheets", SHEET_TEXTS)
    _widen("entries", ENTRY_TEXTS)
    _create_objections()
    _create_decisions()
    _create_revocations()
    _create_ballots()
    _create_award_payments()
    _create_penalties()


def _widen(table_name: str, texts: dict[str, str]) -> None:
    with op.batch_alter_table(table_name, recreate="always") as table:
        for name, value in texts.items():
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=value))
    with op.batch_alter_table(table_name, recreate="always") as table:
        for name in texts:
            table.alter_column(name, server_default=None)


def _widen_cycles() -> None:
    _widen("cycles", CYCLE_TEXTS)
    with op.batch_alter_table("cycles", recreate="always") as table:
        table.drop_constraint("uq_cycles_year_scheme_id", type_="unique")
        table.create_unique_constraint("uq_cycles_year_code", ["year", "code"])


def _widen_subjects() -> None:
    _widen("subjects", SUBJECT_TEXTS)
    with op.batch_alter_table("subjects", recreate="always") as table:
        table.alter_column("organization_id", existing_type=sa.Text(), nullable=True)


def _create_objections() -> None:
    records(
        "objections",
        "异议",
        *text("cycle_id", "subject_id", "raised_on", "raised_by", "content", "contact", "state"),
        *text("checker", "finding", "decided_by", "decided_on", "answer", "answered_on"),
        *whole("version"),
        key("objections", "cycle_id", "cycles"),
        key("objections", "subject_id", "subjects"),
    )
    index("objections", "cycle_id", "subject_id")


def _create_decisions() -> None:
    records(
        "decisions",
        "决定",
        *text("cycle_id", "kind", "body", "decided_on", "persons", "reason", "evidence"),
        *maybe_text("subject_id"),
        *text("award", "category", "order"),
        *maybe_big("score"),
        *text("grade"),
        *maybe_text("objection_id"),
        *text("lifted"),
        *whole("version"),
        key("decisions", "cycle_id", "cycles"),
        key("decisions", "subject_id", "subjects"),
        key("decisions", "objection_id", "objections"),
    )
    index("decisions", "cycle_id", "subject_id", "objection_id")


def _create_revocations() -> None:
    records(
        "revocations",
        "撤销",
        *text("cycle_id", "subject_id", "body", "dated_on", "reason", "evidence"),
        *flags("promote"),
        *text("lifted"),
        *whole("version"),
        key("revocations", "cycle_id", "cycles"),
        key("revocations", "subject_id", "subjects"),
    )
    index("revocations", "cycle_id", "subject_id")


def _create_ballots() -> None:
    records(
        "ballots",
        "测评票",
        *text("cycle_id", "stage", "rater", "subject_id"),
        *whole("number"),
        *text("first", "first_by", "second", "second_by", "invalid"),
        *whole("version"),
        key("ballots", "cycle_id", "cycles"),
        key("ballots", "subject_id", "subjects"),
        unique("ballots", "cycle_id", "stage", "rater", "subject_id", "number"),
    )
    index("ballots", "subject_id")


def _create_award_payments() -> None:
    records(
        "award_payments",
        "奖金",
        *text("winner"),
        *maybe_whole("year"),
        *text("cycle"),
        *maybe_text("organization_id"),
        *text("award", "head"),
        *maybe_big("amount"),
        *text("payee", "account_holder", "account"),
        *maybe_text("paid_on"),
        *text("voucher", "use_report"),
        *maybe_big("returned"),
        *maybe_text("returned_on"),
        *text("remarks", "search_key"),
        *whole("version"),
        key("award_payments", "organization_id", "organizations"),
    )
    index("award_payments", "organization_id")
    op.create_index("ix_award_payments_found", "award_payments", ["year", "id", "search_key"])


def _create_penalties() -> None:
    records(
        "penalties",
        "处罚",
        *maybe_text("organization_id", "penalized_on", "kind"),
        *text("body", "number", "reason"),
        *maybe_text("annulled_on"),
        *text("remarks", "search_key"),
        *whole("version"),
        key("penalties", "organization_id", "organizations"),
    )
    index("penalties", "organization_id")
    op.create_index("ix_penalties_found", "penalties", ["penalized_on", "id", "search_key"])
