"""Whether the head of the log is printed on issued documents and certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offices", recreate="always") as table:
        table.add_column(sa.Column("print_log_head", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("offices", recreate="always") as table:
        table.alter_column("print_log_head", server_default=None)
