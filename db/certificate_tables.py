"""The tables of certificates: forms, wordings, printers' profiles, what became of each, the store's key."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, Table, UniqueConstraint

from core.model.certificate import CertificateEvent, CertificateEventKind, OwnCertificateTemplate, StoreKey
from core.model.certificate_form import OwnForm, PrintProfile
from db.table_parts import column, link, records, version
from db.types import enum_text, scaled_decimal

LENGTH_PLACES = 2
"""Hundredths of a millimetre and of a per cent."""
ANGLE_PLACES = 4
"""At this fraction of a degree the far corner of an A3 sheet moves by a thousandth of a millimetre."""

certificate_forms = records(
    "certificate_forms",
    "证书版式",
    column("code", unique=True),
    column("text"),
    column("underlay"),
    version(),
)

certificate_templates = records(
    "certificate_templates",
    "证书模板",
    column("code", unique=True),
    column("text"),
    version(),
)

print_profiles = records(
    "print_profiles",
    "套打校准",
    column("printer"),
    column("tray"),
    column("form"),
    column("dx", scaled_decimal(LENGTH_PLACES)),
    column("dy", scaled_decimal(LENGTH_PLACES)),
    column("scale_x", scaled_decimal(LENGTH_PLACES)),
    column("scale_y", scaled_decimal(LENGTH_PLACES)),
    column("rotation", scaled_decimal(ANGLE_PLACES)),
    column("measured_at"),
    version(),
    UniqueConstraint("printer", "tray", "form"),
)

certificate_events = records(
    "certificate_events",
    "证书去向",
    link("paper_id", "issued_papers"),
    column("kind", enum_text(CertificateEventKind)),
    column("happened_on"),
    column("person"),
    column("printer"),
    column("copies", Integer),
    column("reason"),
    column("recorded_at"),
    version(),
)

store_keys = records(
    "store_keys",
    "校验密钥",
    column("purpose", unique=True),
    column("secret"),
    column("made_at"),
    version(),
)

CERTIFICATE_KINDS: Mapping[type[Any], Table] = {
    OwnForm: certificate_forms,
    OwnCertificateTemplate: certificate_templates,
    PrintProfile: print_profiles,
    CertificateEvent: certificate_events,
    StoreKey: store_keys,
}
"""Where their records lie."""
