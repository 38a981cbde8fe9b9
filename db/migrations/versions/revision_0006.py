"""Users, rules of passwords; the chain of acts: a digest of each, over itself and that of the one before."""

import sqlalchemy as sa
from alembic import op

from db.chain import seal_all
from db.migration_tables import flags, records, text, unique, whole

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_users()
    op.create_table(
        "act_digests",
        *whole("act_number"),
        *text("digest"),
        sa.PrimaryKeyConstraint("act_number", name="pk_act_digests"),
        comment="操作校验码",
    )
    seal_all(op.get_bind())


def _create_users() -> None:
    records(
        "users",
        "账户",
        *text("login", "name", "roles", "password_set_at"),
        *flags("must_change", "is_active"),
        *whole("version"),
        unique("users", "login"),
        unique("users", "name"),
    )
    records(
        "access_rules",
        "密码规则",
        *whole("min_length", "min_classes", "max_days", "remembered", "idle_minutes", "version"),
    )
