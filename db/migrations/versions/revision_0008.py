"""The day on which the receipt of a letter came back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issued_papers", sa.Column("received_on", sa.Text(), nullable=True))
