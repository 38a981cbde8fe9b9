"""Certificates: forms, wordings, printers' profiles, events, blank sheets, the key of the check values."""

from alembic import op

from db.migration_tables import big, index, key, maybe_text, maybe_whole, records, text, unique, whole

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_forms_and_wordings()
    _create_profiles()
    _create_events()
    _create_stock_movements()
    _create_keys()


def _create_forms_and_wordings() -> None:
    records(
        "certificate_forms",
        "证书版式",
        *text("code", "text", "underlay"),
        *whole("version"),
        unique("certificate_forms", "code"),
    )
    records(
        "certificate_templates",
        "证书模板",
        *text("code", "text"),
        *whole("version"),
        unique("certificate_templates", "code"),
    )


def _create_profiles() -> None:
    records(
        "print_profiles",
        "套打校准",
        *text("printer", "tray", "form"),
        *big("dx", "dy", "scale_x", "scale_y", "rotation"),
        *text("measured_at"),
        *whole("version"),
        unique("print_profiles", "printer", "tray", "form"),
    )


def _create_events() -> None:
    records(
        "certificate_events",
        "证书去向",
        *text("paper_id", "kind", "happened_on", "person", "printer"),
        *whole("copies"),
        *text("reason", "recorded_at"),
        *whole("version"),
        key("certificate_events", "paper_id", "issued_papers"),
    )
    index("certificate_events", "paper_id")


def _create_stock_movements() -> None:
    records(
        "stock_movements",
        "空白证书",
        *text("form"),
        *maybe_text("kind"),
        *maybe_whole("count"),
        *maybe_text("moved_on"),
        *text("person", "remarks", "search_key"),
        *whole("version"),
    )
    op.create_index("ix_stock_movements_found", "stock_movements", ["moved_on", "id", "search_key"])


def _create_keys() -> None:
    records(
        "store_keys",
        "校验密钥",
        *text("purpose", "secret", "made_at"),
        *whole("version"),
        unique("store_keys", "purpose"),
    )
