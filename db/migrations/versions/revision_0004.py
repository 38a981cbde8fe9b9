"""Documents: the office's own templates, written documents, and what became of each number."""

import sqlalchemy as sa
from alembic import op

from db.migration_tables import index, key, maybe_text, records, text, unique, whole

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OFFICE_TEXTS = {
    "praise_verb": "通报表扬",
    "contact_phone": "",
    "contact_address": "",
    "forbidden_words": "[]",
}
PAPER_TEXTS = {
    "recipient": "",
    "state": "issued",
    "reason": "",
    "content": "",
    "digest": "",
    "issued_at": "",
}


def upgrade() -> None:
    _widen("offices", OFFICE_TEXTS)
    records(
        "own_templates", "文书模板", *text("code", "text"), *whole("version"), unique("own_templates", "code")
    )
    records(
        "written_documents",
        "文书",
        *text("template"),
        *whole("year"),
        *text("title", "text"),
        *maybe_text("cycle_id"),
        *text("ref_id", "state", "dated_on", "steps"),
        *whole("version"),
        key("written_documents", "cycle_id", "cycles"),
    )
    index("written_documents", "cycle_id")
    _widen_papers()


def _widen_papers() -> None:
    _widen("issued_papers", PAPER_TEXTS)
    with op.batch_alter_table("issued_papers", recreate="always") as table:
        table.add_column(sa.Column("document_id", sa.Text(), nullable=True))
        table.create_foreign_key(
            "fk_issued_papers_document_id",
            "written_documents",
            ["document_id"],
            ["id"],
            deferrable=True,
            initially="DEFERRED",
        )
        table.alter_column("cycle_id", existing_type=sa.Text(), nullable=True)
        table.drop_constraint("uq_issued_papers_kind_series_year_sequence", type_="unique")
    index("issued_papers", "document_id")
    op.create_index(
        "uq_issued_papers_number",
        "issued_papers",
        ["series", "year", "sequence"],
        unique=True,
        sqlite_where=sa.text("series <> ''"),
    )
    op.execute("UPDATE issued_papers SET kind = 'results-notice' WHERE kind = 'results_notice'")


def _widen(table_name: str, texts: dict[str, str]) -> None:
    with op.batch_alter_table(table_name, recreate="always") as table:
        for name, value in texts.items():
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=value))
    with op.batch_alter_table(table_name, recreate="always") as table:
        for name in texts:
            table.alter_column(name, server_default=None)
