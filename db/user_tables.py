"""The tables of users and of what is asked of their passwords; the passwords' part is in the file of keys."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Integer, Table

from core.model.user import AccessRules, Role, User
from db.table_parts import column, records, version
from db.types import MOMENT, json_text

users = records(
    "users",
    "账户",
    column("login", unique=True),
    column("name", unique=True),
    column("roles", json_text(lambda value: tuple(map(Role, value)))),
    column("password_set_at", MOMENT),
    column("must_change", Boolean),
    column("is_active", Boolean),
    version(),
)

access_rules = records(
    "access_rules",
    "密码规则",
    *(column(name, Integer) for name in ("min_length", "min_classes", "max_days", "remembered")),
    column("idle_minutes", Integer),
    version(),
)

USER_KINDS: Mapping[type[Any], Table] = {User: users, AccessRules: access_rules}
